"""Steps about events: creating one in somebody's name, and what each copy of it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, then, when

from graphcal import expect
from graphcal.facts import Invitation, Sight
from graphcal.outcomes import Unmet
from graphcal.phrases import phrase
from graphcal.plans import read_plan, read_plans
from graphcal.story import Story
from graphcal.timezones import wall_time, zoned

if TYPE_CHECKING:
    from datetime import time

    from graphcal.schemas import Schemas
    from graphcal.value import Value


@given(phrase('the meeting "{subject:Text}" is planned'))
def is_planned(subject: str, datatable: list[list[str]], story: Story) -> None:
    """Say what the meeting's name means."""
    story.plan(read_plan(subject, datatable))


@given("these meetings are planned")
def are_planned(datatable: list[list[str]], story: Story) -> None:
    """Say what the names of several meetings mean."""
    for meeting in read_plans(datatable):
        story.plan(meeting)


@given(
    phrase('{by:Person} has invited {invitees:People} to "{subject:Text}" in {owner:Person}\'s calendar'),
    target_fixture="invitation",
)
def has_invited(by: str, invitees: tuple[str, ...], subject: str, owner: str, story: Story) -> Invitation:
    """Create the event in the owner's calendar, once in a chapter."""
    return story.invite(
        story.person(by), story.person(owner), tuple(story.person(key) for key in invitees), subject
    )


@given(phrase('{by:Person} has invited {invitees:People} to "{subject:Text}"'), target_fixture="invitation")
def has_invited_herself(by: str, invitees: tuple[str, ...], subject: str, story: Story) -> Invitation:
    """Create the event in the inviter's own calendar, once in a chapter."""
    person = story.person(by)
    return story.invite(person, person, tuple(story.person(key) for key in invitees), subject)


@given(
    phrase('{owner:Person} has entered "{subject:Text}" in {his:Pronoun} calendar'),
    target_fixture="invitation",
)
def has_entered(owner: str, subject: str, story: Story) -> Invitation:
    """Create an event without attendees in the own calendar, once in a chapter."""
    person = story.person(owner)
    return story.invite(person, person, (), subject)


@given(phrase("{owner:Person} has entered {subjects:Names} in {his:Pronoun} calendar"))
def has_entered_several(owner: str, subjects: tuple[str, ...], story: Story) -> None:
    """Create several such events."""
    person = story.person(owner)
    for subject in subjects:
        story.invite(person, person, (), subject)


@when(phrase("{who:Person} looks at the event {she:Subject} created"), target_fixture="sight")
def looks_at_the_created_event(invitation: Invitation) -> Sight:
    """Look at the answer to the creation."""
    return Sight(invitation.created, "organizerEvent", lambda: invitation.event)


@when(phrase("{who:Person} looks at the event of the invitation"), target_fixture="sight")
def looks_at_the_event_of_the_invitation(who: str, invitation: Invitation, story: Story) -> Sight:
    """Look at the attendee's copy, as it came with the invitation and before any answer."""
    received = story.received(story.person(who), invitation)
    return Sight(received.exchange, "attendeeEvent", lambda: received.event)


@when(phrase("{who:Person} looks at the event after {her:Pronoun} answer"), target_fixture="sight")
def looks_at_the_event_after_the_answer(who: str, invitation: Invitation, story: Story) -> Sight:
    """Look at the attendee's copy once she has answered."""
    copy = story.own_copy(story.person(who), invitation)
    return Sight(copy.exchange, "attendeeEvent", lambda: copy)


@when(phrase("{who:Person} looks at the event in {his:Pronoun} calendar"), target_fixture="sight")
def looks_at_the_event_in_the_calendar(who: str, invitation: Invitation, story: Story) -> Sight:
    """Look at the owner's event, where the answers are tallied."""
    person = story.person(who)
    exchange = story.tally(person, invitation)
    return Sight(exchange, "organizerEvent", lambda: exchange.resource(f"the event in {person}'s calendar"))


@then("the service has created the event")
def has_created(sight: Sight) -> None:
    """INV-01, REP-06: the creation succeeds, whatever its status is."""
    expect.success(sight.exchange, "creating the event")


@then("the answer is an event and no message")
def is_an_event(sight: Sight) -> None:
    """INV-03: iCalUId and attendees are an event's, meetingMessageType a message's."""
    if not sight.exchange.succeeded:
        raise Unmet(f"the event was not created: {sight.exchange}")
    event = sight.exchange.payload
    expect.all_of(
        [
            lambda: expect.that(bool(event["iCalUId"].text), event["iCalUId"], "the iCalUId of an event"),
            lambda: expect.that(event["attendees"].exists, event["attendees"], "the attendees of an event"),
            lambda: expect.that(
                not event["meetingMessageType"].exists,
                event["meetingMessageType"],
                "no property of a message",
            ),
        ]
    )


@then("the event is organized by the owner of its calendar")
def is_organized_by_the_owner(sight: Sight, schemas: Schemas) -> None:
    """INV-04, TAL-02: isOrganizer speaks of the calendar, not of who is signed in."""
    expect.fits(sight.value, "organizerEvent#/$defs/organizing", schemas)


@then("the event is organized by somebody else")
def is_organized_by_somebody_else(sight: Sight, schemas: Schemas) -> None:
    """RCV-08: an attendee's copy."""
    expect.fits(sight.value, "attendeeEvent#/$defs/attending", schemas)


@then(phrase("the organizer is {who:Person}"))
def the_organizer_is(who: str, sight: Sight, story: Story) -> None:
    """INV-05, RCV-08, TAL-02: by address, in any casing."""
    expect.person(sight.value["organizer"], story.person(who))


@then(phrase("the attendees are exactly {people:People}"))
def the_attendees_are(people: tuple[str, ...], sight: Sight, story: Story) -> None:
    """INV-06, RCV-07, TAL-03: these and nobody else, in any order."""
    expect.exactly(sight.value["attendees"], [story.person(key) for key in people])


@then(phrase("{people:People} are required"))
@then(phrase("{people:People} is required"))
def are_required(people: tuple[str, ...], sight: Sight, story: Story) -> None:
    """INV-10, RCV-07: the attendees' type."""
    attendees = sight.value["attendees"]
    entries = [expect.entry_of(attendees, story.person(key)) for key in people]
    expect.each(entries, lambda entry: expect.equal(entry["type"], "required"))


@then("each address is as it was given, casing aside")
def addresses_are_as_given(sight: Sight, invitation: Invitation) -> None:
    """INV-20: the directory may answer in its own casing, and with nothing else."""
    given = {invitee.name: invitee for invitee in invitation.invitees}
    known = [
        (entry, given[entry.at("emailAddress.name").text])
        for entry in sight.value["attendees"].items()
        if entry.at("emailAddress.name").text in given
    ]
    if not known:
        raise Unmet(f"no attendee bears the name that was given: {sight.exchange}")
    expect.each(known, lambda pair: expect.person(*pair))


@then(phrase("nothing in the event reveals {who:Person}"))
def nothing_reveals(who: str, sight: Sight, story: Story) -> None:
    """INV-07, RCV-09: no property but annotations names the delegate."""
    expect.silent_about(sight.value, story.person(who))


@then("the attendees are asked to respond")
def are_asked_to_respond(sight: Sight, schemas: Schemas) -> None:
    """INV-13: responseRequested, and allowNewTimeProposals where the service tells it."""
    expect.fits(sight.value, "organizerEvent#/$defs/responses", schemas)


@then("the event has the defaults of a plain meeting")
def has_the_defaults(sight: Sight, schemas: Schemas) -> None:
    """INV-12: what a creation leaves out."""
    expect.fits(sight.value, "createdEvent#/$defs/defaults", schemas)
    expect.fits(sight.value, "organizerEvent#/$defs/busy", schemas)


@then(phrase("the reminder is {on:Switch} and set to {minutes:Number} minutes"))
def the_reminder_is(on: bool, minutes: int, sight: Sight) -> None:
    """INV-14: the owner is reminded, his delegate is not."""
    event = sight.value
    expect.all_of(
        [
            lambda: expect.equal(event["isReminderOn"], on),
            lambda: expect.equal(event["reminderMinutesBeforeStart"], minutes),
        ]
    )


@then(phrase('the event remembers the zone of "{subject:Text}"'))
def remembers_the_zone(subject: str, sight: Sight, story: Story) -> None:
    """INV-15: the zone names given at creation."""
    event, zone = sight.value, story.meeting(subject).zone
    expect.all_of(
        [
            lambda: expect.equal(event["originalStartTimeZone"], zone),
            lambda: expect.equal(event["originalEndTimeZone"], zone),
        ]
    )


@then(phrase('the event is from {start:Clock} to {end:Clock} in "{zone:Text}"'))
def is_from_to(start: time, end: time, zone: str, sight: Sight, invitation: Invitation, story: Story) -> None:
    """INV-16: the Prefer header governs the zone of the answer."""
    day = invitation.meeting.date(story.chapter.now)

    def told(side: Value, clock: time) -> None:
        wall = wall_time(side["dateTime"].json)
        wanted = f"{day.isoformat()}T{clock.isoformat()}"
        expect.that(
            wall is not None and wall.isoformat() == wanted, side["dateTime"], f"the wall time {wanted}"
        )
        expect.equal(side["timeZone"], zone)

    event = sight.value
    expect.all_of([lambda: told(event["start"], start), lambda: told(event["end"], end)])


@then("the times of the event are in UTC")
def times_are_in_utc(sight: Sight) -> None:
    """REP-01: the zone of a reading that asks for none."""
    event = sight.value
    expect.all_of(
        [
            lambda: expect.equal(event.at("start.timeZone"), "UTC"),
            lambda: expect.equal(event.at("end.timeZone"), "UTC"),
        ]
    )


@then(phrase('the event is at the moment planned for "{subject:Text}"'))
def is_at_the_moment_planned(subject: str, sight: Sight, story: Story) -> None:
    """REP-02: the same instant, in whatever zone it is told."""
    meeting, now = story.meeting(subject), story.chapter.now

    def told(side: Value, wall: str) -> None:
        wanted = zoned(wall, meeting.zone)
        found = zoned(side["dateTime"].json, side["timeZone"].json)
        if found is None:
            raise Unmet(f"{side.path} tells no moment: {sight.exchange}")
        expect.that(found == wanted, side, f"the moment {wall} {meeting.zone} ({wanted:%d %b %H:%M} UTC)")

    event = sight.value
    expect.all_of(
        [
            lambda: told(event["start"], meeting.start(now).isoformat()),
            lambda: told(event["end"], meeting.end(now).isoformat()),
        ]
    )


@then("start and end have seven fractional digits and no offset")
def have_seven_digits(sight: Sight, schemas: Schemas) -> None:
    """REP-04: the form of a dateTimeTimeZone on output."""
    expect.fits(sight.value, f"{sight.role}#/$defs/times", schemas)


@then(phrase('the place is "{place:Text}" in both ways that an event tells it'))
def the_place_is(place: str, sight: Sight, schemas: Schemas) -> None:
    """INV-19: location and locations mirror each other; an attendee's copy may know the place for another kind."""
    event = sight.value
    if sight.role == "organizerEvent":
        expect.fits(event, "organizerEvent#/$defs/place", schemas)
    listed = event["locations"].items()
    expect.all_of(
        [
            lambda: expect.equal(event.at("location.displayName"), place),
            lambda: expect.that(len(listed) == 1, event["locations"], "one location"),
            lambda: expect.each(listed, lambda entry: expect.equal(entry["displayName"], place)),
        ]
    )


@then(phrase("the event is shown as {availability:Availability}"))
def is_shown_as(availability: str, sight: Sight) -> None:
    """RCV-05, RSP-07, TAL-10: what the time counts as."""
    expect.equal(sight.value["showAs"], availability)


@then("the event counts its own side as the organizer")
def counts_its_own_side(sight: Sight, schemas: Schemas) -> None:
    """INV-11, TAL-10: the organizer has no answer to give."""
    expect.fits(sight.value, "organizerEvent#/$defs/ownStatus", schemas)
