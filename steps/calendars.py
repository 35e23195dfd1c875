"""Steps about calendars: whose they are, who may do what in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pytest_bdd import then, when

from graphcal import expect
from graphcal.facts import Invitation, Listing, Sight, copies_of, copy_of, primary_of
from graphcal.phrases import phrase
from graphcal.story import Story

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


@then(phrase("{who:Person}'s own calendar is listed"))
def own_calendar_is_listed(who: str, sight: CalendarsSight, story: Story, schemas: Schemas) -> None:
    """SET-02: a calendar whose owner is the reader."""
    expect.fits(own_calendar(story.person(who), sight.listing), "ownCalendar#/$defs/owner", schemas)


@then(phrase("{who:Person} has every right to {her:Pronoun} own calendar"))
def has_every_right(who: str, sight: CalendarsSight, story: Story, schemas: Schemas) -> None:
    """SET-02: the three flags."""
    expect.fits(own_calendar(story.person(who), sight.listing), "ownCalendar#/$defs/rights", schemas)


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
    expect.equal(copy_of(story.person(owner), sight.listing)["canViewPrivateItems"], can)


@then(phrase("{owner:Person}'s calendar names {same:Person} as its owner"))
def names_owner(owner: str, same: str, sight: CalendarsSight, story: Story) -> None:
    """SET-06: name and address of the owner, the address in any casing."""
    calendar, person = copy_of(story.person(owner), sight.listing), story.person(same)
    expect.all_of(
        [
            lambda: expect.equal(calendar.at("owner.name"), person.name, "the owner's name"),
            lambda: expect.that(
                person.has_address(calendar.at("owner.address").json),
                calendar.at("owner.address"),
                f"the address of {person}, {person.address}",
            ),
        ]
    )


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


def own_calendar(who: Person, listing: Listing) -> Value:
    """Return the primary calendar of a mailbox's own person. Raises Deviation where there is none."""
    own, place = copies_of(who, listing), listing.first.payload["value"]
    expect.that(bool(own), place, f"a calendar owned by {who.address}", "no such calendar")
    default = [entry for entry in own if entry["isDefaultCalendar"].json is True]
    told = any(entry["isDefaultCalendar"].exists for entry in own)
    expect.that(bool(default) or not told, place, f"{who.address}'s default calendar", "none is")
    return (default or own)[0]
