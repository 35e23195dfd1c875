"""Steps about what people make of a shared calendar: a copy by another name, another calendar that is shared."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pytest_bdd import given, then, when

from graphcal import expect
from graphcal.facts import Sight
from graphcal.outcomes import Unmet
from graphcal.phrases import phrase
from graphcal.story import Story
from graphcal.story.calendars import Colouring, Renaming, colour, rename
from graphcal.story.custom import Custom, make_calendar, read_custom, share_calendar, share_outside

if TYPE_CHECKING:
    from graphcal.graph.exchange import Exchange


@dataclass(frozen=True)
class RenamedSight(Sight):
    """A calendar as somebody sees it while another calls her copy something else; `before` is how it was."""

    before: Exchange = field(kw_only=True)


@dataclass(frozen=True)
class ColouredSight(Sight):
    """The answer to an attempt to colour a copy, and the copy before and after."""

    colouring: Colouring = field(kw_only=True)


@given(phrase('{owner:Person} has made a calendar "{name:Text}"'), target_fixture="custom")
def has_made(owner: str, name: str, story: Story) -> Custom:
    """Make a calendar beside the primary one, once in a chapter."""
    return make_calendar(story, story.person(owner), name)


@given(phrase("{owner:Person} has shared the calendar {he:Subject} has made with {sharee:Person}"))
def has_shared(sharee: str, custom: Custom, story: Story) -> None:
    """Let somebody write in the calendar, once in a chapter."""
    share_calendar(story, custom, story.person(sharee))


@when(
    phrase('{who:Person} calls {her:Pronoun} copy of {owner:Person}\'s calendar "{name:Text}"'),
    target_fixture="sight",
)
def calls(who: str, owner: str, name: str, story: Story) -> Sight:
    """Look at the answer to the renaming."""
    renaming = rename(story, story.person(who), story.person(owner), name)
    return _answered(story, renaming.answer)


@when(
    phrase('{who:Person} looks at {owner:Person}\'s calendar, which {reader:Person} calls "{name:Text}"'),
    target_fixture="sight",
)
def looks_at_the_renamed(who: str, owner: str, reader: str, name: str, story: Story) -> Sight:
    """Look at a calendar while somebody calls her copy of it something else."""
    renaming = _renamed(rename(story, story.person(reader), story.person(owner), name))
    if who == reader:
        return _answered(story, renaming.copy)
    person = story.person(who)
    exchange = story.look(renaming.after[person])
    return RenamedSight(
        exchange,
        "ownCalendar" if who == owner else "delegatedCalendar",
        lambda: exchange.resource(f"{person}'s calendar"),
        before=renaming.before[person],
    )


@when(
    phrase("{who:Person} tries to give {her:Pronoun} copy of {owner:Person}'s calendar another colour"),
    target_fixture="sight",
)
def tries_to_colour(who: str, owner: str, story: Story) -> ColouredSight:
    """Look at the answer to the attempt, and at the copy after it."""
    found = colour(story, story.person(who), story.person(owner))
    for exchange in (found.answer, found.after):
        story.look(exchange)
    return ColouredSight(
        found.after, "delegatedCalendar", lambda: found.after.resource("the copy"), colouring=found
    )


@when(phrase("{owner:Person} looks at the calendar {he:Subject} has made"), target_fixture="sight")
def looks_at_the_custom(custom: Custom, story: Story) -> Sight:
    """Look at the other calendar as its owner."""
    exchange = read_custom(story, custom)
    return Sight(exchange, "ownCalendar", lambda: exchange.resource("the calendar"))


@when(phrase("{sharee:Person} looks at {her:Pronoun} copy of it"), target_fixture="sight")
def looks_at_the_copy(sharee: str, custom: Custom, story: Story) -> Sight:
    """Look at what is new in the sharee's list since the calendar was shared."""
    share = share_calendar(story, custom, story.person(sharee))
    return Sight(share.after.first, "delegatedCalendar", lambda: share.copy)


@when(
    phrase("{owner:Person} shares the calendar {he:Subject} has made with {sharee:Person}"),
    target_fixture="sight",
)
def shares(sharee: str, custom: Custom, story: Story) -> Sight:
    """Look at the new permission."""
    return _permission(share_calendar(story, custom, story.person(sharee)).permission)


@when(
    phrase("{owner:Person} shares the calendar {he:Subject} has made with somebody outside"),
    target_fixture="sight",
)
def shares_outside(custom: Custom, story: Story) -> Sight:
    """Look at the new permission of somebody who belongs to no organisation."""
    return _permission(share_outside(story, custom))


@then(phrase('the calendar is called "{name:Text}"'))
def is_called(name: str, sight: Sight, story: Story) -> None:
    """SET-07, SET-18: the name that its owner, or the reader of the copy, has given it."""
    expect.equal(sight.value["name"], story.mark(name))


@then("the calendar is called what it was before")
def is_called_as_before(sight: RenamedSight) -> None:
    """SET-19: a new name is its giver's affair."""
    before = sight.before.resource("the calendar before the renaming")["name"]
    expect.equal(sight.value["name"], before.json)


@then("the copy has the colour that it had before")
def has_the_old_colour(sight: ColouredSight) -> None:
    """SET-18: the change may be refused or ignored."""
    answer, before = sight.colouring.answer, sight.colouring.before
    told = [answer.payload["color"]] if answer.succeeded and answer.payload["color"].exists else []
    expect.each([*told, sight.value["color"]], lambda shown: expect.equal(shown, before.json))


def _answered(story: Story, exchange: Exchange) -> Sight:
    story.look(exchange)
    return Sight(exchange, "delegatedCalendar", lambda: exchange.resource("the renamed copy"))


def _permission(exchange: Exchange) -> Sight:
    return Sight(exchange, "calendarPermission", lambda: exchange.resource("the new permission"))


def _renamed(renaming: Renaming) -> Renaming:
    """Return a renaming that took place. Raises Unmet where it was refused."""
    if not renaming.answer.succeeded:
        raise Unmet(f"the copy could not be renamed: {renaming.answer}")
    return renaming
