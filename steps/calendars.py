"""Steps about calendars: whose they are, who may do what in them, in whose mailbox they are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pytest_bdd import then, when

from graphcal import expect
from graphcal.facts import Invitation, Listing, Sight, copies_of, copy_of, primary_of
from graphcal.outcomes import Unmet
from graphcal.phrases import phrase
from graphcal.story import Story
from graphcal.story.calendars import (
    ids_in,
    list_events,
    list_twice,
    open_event,
    read_calendar,
    use_elsewhere,
)
from graphcal.story.queries import Pages

if TYPE_CHECKING:
    from graphcal.people import Person
    from graphcal.schemas import Schemas
    from graphcal.value import Value


@dataclass(frozen=True)
class CalendarsSight(Sight):
    """Somebody's calendars, of all pages."""

    listing: Listing = field(kw_only=True)

    @classmethod
    def of(cls, listing: Listing) -> CalendarsSight:
        """Look at a list: the reader's own calendar in its role, all others as somebody else's."""

        def cast() -> list[tuple[Value, str]]:
            own = copies_of(listing.reader, listing)
            return [
                (entry, "ownCalendar" if entry in own else "delegatedCalendar") for entry in listing.entries
            ]

        def collection() -> Value:
            listing.require()
            return listing.first.payload

        return cls(listing.first, "calendarCollection", collection, cast, listing=listing)


@when(phrase("{who:Person} lists {her:Pronoun} calendars"), target_fixture="sight")
def lists_calendars(who: str, story: Story) -> CalendarsSight:
    """Look at the calendars in somebody's mailbox."""
    return CalendarsSight.of(story.calendars(story.person(who)))


@when(phrase("{who:Person} lists {her:Pronoun} calendars by {same:Pronoun} address"), target_fixture="sight")
def lists_calendars_by_address(who: str, story: Story) -> CalendarsSight:
    """Look at the same calendars, the mailbox named."""
    return CalendarsSight.of(list_twice(story, story.person(who)).by_name)


@when(phrase("{who:Person} looks at {his:Pronoun} calendar"), target_fixture="sight")
def looks_at_the_calendar(who: str, story: Story) -> Sight:
    """Look at somebody's own primary calendar."""
    exchange = read_calendar(story, story.person(who), story.person(who))
    return Sight(exchange, "ownCalendar", lambda: exchange.resource(f"{who.capitalize()}'s calendar"))


@when(phrase("{who:Person} reads {owner:Person}'s calendar {way:Route}"), target_fixture="sight")
def reads_the_calendar(who: str, owner: str, way: str, story: Story) -> Sight:
    """Read an owner's calendar through one's copy, or in the owner's mailbox."""
    exchange = read_calendar(story, story.person(who), story.person(owner), way)
    return Sight(exchange, "delegatedCalendar", lambda: exchange.resource(f"{owner.capitalize()}'s calendar"))


@when(
    phrase("{who:Person} lists the events of {owner:Person}'s calendar {way:Route}"), target_fixture="sight"
)
def lists_the_events(who: str, way: str, invitation: Invitation, story: Story) -> Pages:
    """List the events of an owner's calendar as far as the meeting."""
    return list_events(story, story.person(who), invitation, way)


@when(phrase("{who:Person} opens the event in {owner:Person}'s calendar {way:Route}"), target_fixture="sight")
def opens_the_event(who: str, way: str, invitation: Invitation, story: Story) -> Sight:
    """Open an event of an owner's calendar by its id."""
    exchange = open_event(story, story.person(who), invitation, way)
    return Sight(exchange, "organizerEvent", lambda: exchange.resource(f"the event that {who} opened"))


@when(
    phrase("{who:Person} uses the id of the {thing:Thing} in {owner:Person}'s mailbox in {her:Pronoun} own"),
    target_fixture="sight",
)
def uses_the_id(who: str, thing: str, invitation: Invitation, story: Story) -> Sight:
    """Ask one's own mailbox for what has its id in another."""
    exchange = use_elsewhere(story, story.person(who), invitation, thing)
    return Sight(exchange, thing, lambda: exchange.resource(f"the {thing}"))


@then(phrase("{who:Person}'s own calendar is listed"))
def own_calendar_is_listed(who: str, sight: CalendarsSight, story: Story, schemas: Schemas) -> None:
    """SET-02: a calendar whose owner is the reader."""
    expect.fits(own_calendar(story.person(who), sight.listing), "ownCalendar#/$defs/owner", schemas)


@then(phrase("{who:Person} has every right to {her:Pronoun} own calendar"))
def has_every_right(who: str, sight: CalendarsSight, story: Story, schemas: Schemas) -> None:
    """SET-02: the three flags."""
    expect.fits(own_calendar(story.person(who), sight.listing), "ownCalendar#/$defs/rights", schemas)


@then("its context is that of calendars")
def context_is_of_calendars(sight: CalendarsSight) -> None:
    """SET-01: what stands before the end of @odata.context is the service's own."""
    sight.listing.require()
    context = sight.listing.first.payload["@odata.context"]
    expect.that(context.text.endswith("/calendars"), context, '@odata.context to end in "/calendars"')


@then(phrase("exactly one of {who:Person}'s own calendars is the default"))
def one_is_the_default(who: str, sight: CalendarsSight, story: Story) -> None:
    """SET-02: the primary calendar. Raises Unmet where no calendar tells whether it is, as in 2019."""
    own = copies_of(story.person(who), sight.listing)
    if not any(entry["isDefaultCalendar"].exists for entry in own):
        raise Unmet(f"no calendar tells whether it is the default: {sight.exchange}")
    found = [entry["isDefaultCalendar"] for entry in own if entry["isDefaultCalendar"].json is True]
    place = found[-1] if found else sight.listing.first.payload["value"]
    names = f"{len(found)} such calendars" if found else "none"
    expect.that(len(found) == 1, place, f"one calendar of {who.capitalize()}'s to be the default", names)


@then(phrase("exactly one copy of {owner:Person}'s calendar is listed"))
def one_copy_is_listed(owner: str, sight: CalendarsSight, story: Story) -> None:
    """SET-03: one copy, unless the owner shares other calendars, of which only one may be primary."""
    person = story.person(owner)
    primary = primary_of(person, sight.listing)
    expect.that(
        len(primary) == 1,
        sight.listing.first.payload["value"],
        f"one copy of {person}'s primary calendar, owned by {person.address}",
        f"{len(primary)} that may be it",
    )


@then(phrase("at most one copy of {owner:Person}'s calendar is listed"))
def no_second_copy_is_listed(owner: str, sight: CalendarsSight, story: Story) -> None:
    """SET-10: one copy. Raises Unmet where there is none: a share may have to be accepted in Outlook first."""
    if not primary_of(story.person(owner), sight.listing):
        raise Unmet(f"no copy of {owner.capitalize()}'s calendar is listed: {sight.exchange}")
    one_copy_is_listed(owner, sight, story)


@then(phrase("{who:Person} {can:Ability} share {owner:Person}'s calendar"))
def can_share(can: bool, owner: str, sight: CalendarsSight, story: Story) -> None:
    """SET-04: only the owner may share."""
    expect.equal(copy_of(story.person(owner), sight.listing)["canShare"], can)


@then(phrase("{who:Person} {can:Ability} edit {owner:Person}'s calendar"))
def can_edit(can: bool, owner: str, sight: CalendarsSight, story: Story) -> None:
    """SET-05: a delegate writes."""
    expect.equal(copy_of(story.person(owner), sight.listing)["canEdit"], can)


@then(phrase("{who:Person} {can:Ability} see private items in {owner:Person}'s calendar"))
def can_see_private_items(can: bool, owner: str, sight: CalendarsSight, story: Story) -> None:
    """SET-08: only a delegate who was given that right sees private items."""
    person, reader = story.person(owner), sight.listing.reader
    if not can and story.chapter.arrangement.shows_private(person, reader):
        raise Unmet(f"{person} has given {reader} the right to see private items")
    expect.equal(copy_of(person, sight.listing)["canViewPrivateItems"], can)


@then(phrase("{owner:Person}'s calendar names {same:Person} as its owner"))
def names_owner(owner: str, same: str, sight: CalendarsSight, story: Story) -> None:
    """SET-06: name and address of the owner, the address in any casing."""
    calendar, person = copy_of(story.person(owner), sight.listing), story.person(same)
    expect.all_of(
        [
            lambda: expect.equal(calendar.at("owner.name"), person.name, "the owner's name"),
            lambda: expect.address(calendar.at("owner.address"), person),
        ]
    )


@then(phrase("the calendar belongs to {owner:Person}"))
def belongs_to(owner: str, sight: Sight, story: Story) -> None:
    """SET-12, SET-15, SET-16: by its owner's address. Raises Unmet where no owner is told."""
    address, person = sight.value.at("owner.address"), story.person(owner)
    if not address.text:
        raise Unmet(f"the calendar tells no owner: {sight.exchange}")
    expect.address(address, person)


@then(phrase("{owner:Person}'s calendar is called after {same:Person}"))
def is_called_after(owner: str, same: str, sight: CalendarsSight, story: Story) -> None:
    """SET-07: the copy of a delegated calendar bears the owner's display name."""
    expect.equal(copy_of(story.person(owner), sight.listing)["name"], story.person(same).name)


@then(
    phrase(
        "{owner:Person}'s calendar has another id in {his:Pronoun} mailbox "
        "than its copy has in {delegate:Person}'s"
    )
)
def has_another_id(owner: str, delegate: str, invitation: Invitation, story: Story) -> None:
    """SET-13: an id is valid in one mailbox."""
    person = story.person(owner)
    original = story.calendar_id(person, invitation)
    copy = copy_of(person, story.calendars(story.person(delegate)))["id"]
    expect.that(copy.json != original, copy, f"another id than in {person}'s mailbox")


@then(phrase("they are the calendars that {who:Person} lists without it"))
def are_the_same_calendars(who: str, sight: CalendarsSight, story: Story) -> None:
    """SET-11: one mailbox, named in two ways."""
    expect.success(sight.exchange, "listing the calendars of a mailbox that is named")
    found = list_twice(story, story.person(who))
    found.own.require()
    own, by_name = ids_in(found.own.pages), ids_in(found.by_name.pages)
    expect.that(
        own == by_name,
        sight.exchange.payload["value"],
        f"the {len(own)} calendars of {found.own.first.request.path}",
        f"{len(by_name)}, of which {len(own & by_name)} are among them",
    )


@then(phrase("it has another id than the copy of {owner:Person}'s calendar in {who:Person}'s mailbox"))
def has_another_id_than_the_copy(owner: str, who: str, sight: Sight, story: Story) -> None:
    """SET-13: an id is valid in one mailbox."""
    copy = copy_of(story.person(owner), story.calendars(story.person(who)))
    identifier = sight.value["id"]
    expect.that(identifier.json != copy["id"].json, identifier, "another id than that of the copy")


@then("the calendar keeps count of the answers")
def keeps_count(sight: Sight) -> None:
    """SET-32: a primary calendar."""
    expect.equal(_tallying(sight), expected=True)


@then("the calendar keeps no count of the answers")
def keeps_no_count(sight: Sight) -> None:
    """SET-32: any other calendar."""
    expect.equal(_tallying(sight), expected=False)


def _tallying(sight: Sight) -> Value:
    """Return isTallyingResponses. Raises Unmet where a service leaves it out, as that of the page does."""
    told = sight.value["isTallyingResponses"]
    if not told.exists or told.json is None:
        raise Unmet(f"the calendar does not say whether it keeps count of answers: {sight.exchange}")
    return told


def own_calendar(who: Person, listing: Listing) -> Value:
    """Return the primary calendar of a mailbox's own person. Raises Deviation where there is none."""
    own, place = copies_of(who, listing), listing.first.payload["value"]
    expect.that(bool(own), place, f"a calendar owned by {who.address}", "no such calendar")
    default = [entry for entry in own if entry["isDefaultCalendar"].json is True]
    told = any(entry["isDefaultCalendar"].exists for entry in own)
    expect.that(bool(default) or not told, place, f"{who.address}'s default calendar", "none is")
    return (default or own)[0]
