"""Steps that compare the copies of one event: what they share, and what each has of its own."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pytest_bdd import then

from graphcal import expect
from graphcal.facts import Invitation, Sight
from graphcal.phrases import phrase
from graphcal.story import Story
from graphcal.timezones import instant, zoned

if TYPE_CHECKING:
    from graphcal.value import Value

SHARED = (  # what the copies of an event have in common, besides their times and their organizer
    "subject",
    "bodyPreview",
    "body.content",
    "location.displayName",
    "importance",
    "sensitivity",
    "originalStartTimeZone",
    "originalEndTimeZone",
    "isAllDay",
    "isCancelled",
    "responseRequested",
    "type",
)


@then("the event has the iCalUId of the event that Adele created")
def has_the_icaluid_of_the_created(sight: Sight, invitation: Invitation) -> None:
    """INV-21, RCV-10: one meeting, one iCalUId."""
    expect.same(invitation.event["iCalUId"], sight.value["iCalUId"])


@then(phrase("the event has the iCalUId of {who:Person}'s copy"))
def has_the_icaluid_of_the_copy(who: str, sight: Sight, invitation: Invitation, story: Story) -> None:
    """RCV-10: one meeting, one iCalUId."""
    expect.same(story.received(story.person(who), invitation).event["iCalUId"], sight.value["iCalUId"])


@then("the event has another id than the event that Adele created")
def has_another_id(sight: Sight, invitation: Invitation) -> None:
    """INV-21: an item's id belongs to a mailbox."""
    expect.different(invitation.event["id"], sight.value["id"])


@then("its id, change key and etag are not those of the event that Adele created")
def has_ids_unlike_the_created(sight: Sight, invitation: Invitation) -> None:
    """RCV-11: every copy is an item of its own."""
    _different_items(invitation.event, sight.value)


@then(phrase("its id, change key and etag are not those of {who:Person}'s copy"))
def has_ids_unlike_the_copy(who: str, sight: Sight, invitation: Invitation, story: Story) -> None:
    """RCV-11: every copy is an item of its own."""
    _different_items(story.received(story.person(who), invitation).event, sight.value)


@then("the event was not made before the event that Adele created")
def was_not_made_before(sight: Sight, invitation: Invitation) -> None:
    """RCV-20: delivery takes time, and never less than none."""
    created = instant(invitation.event["createdDateTime"].json)
    found = instant(sight.value["createdDateTime"].json)
    expect.that(
        created is not None and found is not None and found >= created - timedelta(seconds=1),
        sight.value["createdDateTime"],
        f"a moment at or after {invitation.event['createdDateTime'].json}",
    )


@then(phrase("the event agrees with {who:Person}'s copy on what the meeting is"))
def agrees_with_the_copy(who: str, sight: Sight, invitation: Invitation, story: Story) -> None:
    """RCV-12: what every copy has in common."""
    event, copy = sight.value, story.received(story.person(who), invitation).event
    organizers = [side.at("organizer.emailAddress.address") for side in (copy, event)]
    expect.all_of(
        [
            lambda: expect.each(SHARED, lambda name: expect.same(copy.at(name), event.at(name))),
            lambda: _same_moment(copy["start"], event["start"]),
            lambda: _same_moment(copy["end"], event["end"]),
            lambda: expect.that(
                organizers[0].text.casefold() == organizers[1].text.casefold(),
                organizers[1],
                f"{organizers[0].text}, as in {who.capitalize()}'s copy",
            ),
        ]
    )


def _same_moment(first: Value, second: Value) -> None:
    """Compare two times; how they are written, other scenarios judge."""
    moments = [zoned(side["dateTime"].json, side["timeZone"].json) for side in (first, second)]
    who = first.exchange.request.person
    expect.that(None in moments or moments[0] == moments[1], second, f"the moment that {who}'s copy tells")


def _different_items(first: Value, second: Value) -> None:
    names = ("id", "changeKey", "@odata.etag")
    expect.each(names, lambda name: expect.different(first[name], second[name]))
