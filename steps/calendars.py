"""Steps about calendars: whose they are, who may do what in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, then, when

from graphcal import expect
from graphcal.outcomes import Unmet
from graphcal.phrases import phrase
from graphcal.story import Sight, Story, copies_of, copy_of, shared_by

if TYPE_CHECKING:
    from graphcal.people import Person
    from graphcal.schemas import Schemas
    from graphcal.value import Value


@given(phrase("{owner:Person} has delegated {his:Pronoun} calendar to {delegate:Person}"))
def has_delegated(owner: str, delegate: str, story: Story) -> None:
    """Hold the arrangement before the story; which rows it makes true, the chapter's scenarios judge."""
    story.chapter.arrangement.require_delegation(story.person(owner), story.person(delegate))


@when(phrase("{who:Person} lists {her:Pronoun} calendars"), target_fixture="sight")
def lists_calendars(who: str, story: Story) -> Sight:
    """Look at the calendars in somebody's mailbox."""
    person = story.person(who)
    exchange = story.calendars(person)

    def listing() -> Value:
        found = exchange.resource(f"{person}'s list of calendars")
        if not isinstance(found["value"].json, list):
            raise Unmet(f"{person}'s calendars can't be looked at: {exchange} holds no collection")
        return found

    def cast() -> list[tuple[Value, str]]:
        own = copies_of(person, listing())
        return [
            (entry, "ownCalendar" if entry in own else "delegatedCalendar")
            for entry in listing()["value"].items()
        ]

    return Sight(exchange, "calendarCollection", listing, cast)


@then(phrase("{who:Person}'s own calendar is listed"))
def own_calendar_is_listed(who: str, sight: Sight, story: Story, schemas: Schemas) -> None:
    """SET-02: a calendar whose owner is the reader."""
    expect.fits(own_calendar(story.person(who), sight.value), "ownCalendar#/$defs/owner", schemas)


@then(phrase("{who:Person} has every right to {her:Pronoun} own calendar"))
def has_every_right(who: str, sight: Sight, story: Story, schemas: Schemas) -> None:
    """SET-02: the three flags."""
    expect.fits(own_calendar(story.person(who), sight.value), "ownCalendar#/$defs/rights", schemas)


@then(phrase("exactly one copy of {owner:Person}'s calendar is listed"))
def one_copy_is_listed(owner: str, sight: Sight, story: Story) -> None:
    """SET-03: one copy, unless the owner shares other calendars, of which only one may be primary."""
    person, listing = story.person(owner), sight.value["value"]
    copies = shared_by(person, sight.value)
    primary = [entry for entry in copies if entry["isTallyingResponses"].json is True] or [
        entry for entry in copies if entry["name"].json == person.name
    ]
    expect.that(
        len(copies) == 1 or len(primary) == 1,
        listing,
        f"one copy of {person}'s primary calendar, owned by {person.address}",
        f"{len(copies)} calendars of that owner",
    )


@then(phrase("{who:Person} {can:Ability} share {owner:Person}'s calendar"))
def can_share(can: bool, owner: str, sight: Sight, story: Story) -> None:
    """SET-04: only the owner may share."""
    expect.equal(copy_of(story.person(owner), sight.value)["canShare"], can)


@then(phrase("{who:Person} {can:Ability} edit {owner:Person}'s calendar"))
def can_edit(can: bool, owner: str, sight: Sight, story: Story) -> None:
    """SET-05: a delegate writes."""
    expect.equal(copy_of(story.person(owner), sight.value)["canEdit"], can)


@then(phrase("{who:Person} {can:Ability} see private items in {owner:Person}'s calendar"))
def can_see_private_items(can: bool, owner: str, sight: Sight, story: Story) -> None:
    """SET-08: only a delegate who was given that right sees private items."""
    expect.equal(copy_of(story.person(owner), sight.value)["canViewPrivateItems"], can)


@then(phrase("{owner:Person}'s calendar names {same:Person} as its owner"))
def names_owner(owner: str, same: str, sight: Sight, story: Story) -> None:
    """SET-06: name and address of the owner, the address in any casing."""
    calendar, person = copy_of(story.person(owner), sight.value), story.person(same)
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
def is_called_after(owner: str, same: str, sight: Sight, story: Story) -> None:
    """SET-07: the copy of a delegated calendar bears the owner's display name."""
    expect.equal(copy_of(story.person(owner), sight.value)["name"], story.person(same).name)


@then(
    phrase(
        "{owner:Person}'s calendar has another id in {his:Pronoun} mailbox "
        "than its copy has in {delegate:Person}'s"
    )
)
def has_another_id(owner: str, delegate: str, sight: Sight, story: Story) -> None:
    """SET-13: an id is valid in one mailbox."""
    person = story.person(owner)
    original = story.chapter.finder.calendar_id(person, sight.value)
    listing = story.calendars(story.person(delegate)).resource(f"the calendars of {delegate.capitalize()}")
    copy = copy_of(person, listing)["id"]
    expect.that(copy.json != original, copy, f"another id than in {person}'s mailbox")


def own_calendar(who: Person, listing: Value) -> Value:
    """Return the primary calendar of a mailbox's own person. Raises Deviation where there is none."""
    own = copies_of(who, listing)
    expect.that(bool(own), listing["value"], f"a calendar owned by {who.address}", "no such calendar")
    default = [entry for entry in own if entry["isDefaultCalendar"].json is True]
    told = any(entry["isDefaultCalendar"].exists for entry in own)
    expect.that(bool(default) or not told, listing["value"], f"{who.address}'s default calendar", "none is")
    return (default or own)[0]
