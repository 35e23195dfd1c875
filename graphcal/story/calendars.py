"""Look at an owner's primary calendar in both mailboxes, and at what its reader may change of the copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphcal.facts import Listing, copy_of
from graphcal.graph.client import segment
from graphcal.outcomes import Unmet
from graphcal.story.queries import MANY, Ask, Pages, pages_with

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphcal.facts import Invitation
    from graphcal.graph.exchange import Exchange
    from graphcal.people import Person
    from graphcal.story import Story
    from graphcal.value import Value

READ, READ_SHARED = ("Calendars.Read",), ("Calendars.Read.Shared",)
WRITE, WRITE_SHARED = ("Calendars.ReadWrite",), ("Calendars.ReadWrite.Shared",)
COLOURS = ("lightGreen", "lightBlue")


def scopes_of(who: Person, owner: Person, way: str) -> tuple[str, ...]:
    """Return the least scopes that read a calendar: more than one's own are needed in the owner's mailbox."""
    return READ_SHARED if way == "mailbox" and who != owner else READ


def read_calendar(story: Story, who: Person, owner: Person, way: str = "copy") -> Exchange:
    """Read an owner's primary calendar: one's own, the copy of it, or the one in the owner's "mailbox"."""
    return story.read(
        ("calendar", who, owner, way),
        who,
        story.calendar_path(who, owner, way),
        shape="calendar",
        scopes=scopes_of(who, owner, way),
        until=lambda found: found.succeeded,
    )


def list_events(story: Story, who: Person, invitation: Invitation, way: str) -> Pages:
    """List the events of an owner's calendar as far as a meeting, once it shows."""
    owner, subject = invitation.owner, invitation.subject
    invitation.created.resource(f"the event that {invitation.by} created")
    path = f"{story.calendar_path(who, owner, way)}/events?$top={MANY}"
    scopes = scopes_of(who, owner, way)
    return pages_with(story, Ask(("events", owner, way, subject), who, path, scopes=scopes), subject)


def open_event(story: Story, who: Person, invitation: Invitation, way: str) -> Exchange:
    """Open a meeting's event in an owner's calendar, by the id that it has there.

    Raises Unmet where it is not known: in a copy, events are found in its list.
    """
    owner = invitation.owner
    if way == "mailbox":
        identifier = story.event_id(owner, invitation)
    else:
        identifier = list_events(story, who, invitation, way).value["id"].text
    return story.read(
        ("event", who, owner, way, invitation.subject),
        who,
        f"{story.calendar_path(who, owner, way)}/events/{segment(identifier)}",
        shape="event",
        scopes=scopes_of(who, owner, way),
        until=lambda found: found.succeeded,
    )


def use_elsewhere(story: Story, who: Person, invitation: Invitation, thing: str) -> Exchange:
    """Use the id that a calendar, or an event, has in its owner's mailbox in one's own.

    Raises Unmet where the id is not good in the owner's mailbox either.
    """
    owner = invitation.owner
    if thing == "calendar":
        found = read_calendar(story, who, owner, "mailbox").resource(f"{owner}'s calendar in his mailbox")
        path, shape = "/me/calendars", "calendar"
    else:
        found = open_event(story, who, invitation, "mailbox").resource(f"the event in {owner}'s mailbox")
        path, shape = "/me/events", "event"
    if not found["id"].text:
        raise Unmet(f"{owner}'s mailbox tells no id: {found.exchange}")
    path = f"{path}/{segment(found['id'].text)}"
    return story.read(("elsewhere", who, owner, thing), who, path, shape=shape, scopes=READ_SHARED)


@dataclass(frozen=True)
class TwoListings:
    """Somebody's calendars, asked for as one's own and right after by one's name."""

    own: Listing
    by_name: Listing


def list_twice(story: Story, who: Person) -> TwoListings:
    """List somebody's calendars in two ways, in the second until it shows the same ones or time is up."""
    graph = story.chapter.graph

    def ask(path: str) -> tuple[Exchange, ...]:
        return tuple(graph.pages(who, path, shape="calendarCollection", scopes=READ_SHARED))

    def establish() -> TwoListings:
        own, path = ask("/me/calendars"), f"{story.mailbox_path(who)}/calendars"
        by_name = graph.poll_all(lambda: ask(path), lambda pages: ids_in(pages) == ids_in(own))
        return TwoListings(Listing(who, own), Listing(who, by_name))

    found = story.fact(("calendars in two ways", who), establish)
    for page in (*found.own.pages, *found.by_name.pages):
        story.look(page)
    return found


def ids_in(pages: Iterable[Exchange]) -> frozenset[str]:
    """Return the ids of the items on the pages of a collection; a page that is refused has none."""
    return frozenset(item["id"].text for page in pages for item in page.payload["value"].items())


@dataclass(frozen=True)
class Renaming:
    """A copy that was renamed, and what was seen of the calendar while it was.

    `name` is the new one; `before` and `after` are how others saw the calendar, `copy` how its reader did.
    """

    name: str
    answer: Exchange
    copy: Exchange
    before: Mapping[Person, Exchange]
    after: Mapping[Person, Exchange]


def rename(story: Story, who: Person, owner: Person, name: str) -> Renaming:
    """Rename one's copy of a calendar, look at it from all sides, and give it its old name back."""
    graph, marked = story.chapter.graph, story.mark(name)

    def establish() -> Renaming:
        path = story.copy_path(who, owner)
        old = copy_of(owner, story.calendars(who))["name"].text
        sides = [owner, *sharees(story, owner, who)]
        before = {other: read_calendar(story, other, owner) for other in sides}
        with story.chapter.arrangement.undoing(who, "PATCH", path, {"name": old}):
            change = {"name": marked}
            answer = graph.write(who, "PATCH", path, change, shape="calendar", scopes=WRITE_SHARED)
            copy = graph.poll(
                lambda: graph.get(who, path, shape="calendar", scopes=READ),
                lambda found: found.succeeded and found.payload["name"].json == marked,
            )
            after = {other: _look_at(story, other, owner) for other in sides}
        return Renaming(marked, answer, copy, before, after)

    return story.fact(("renaming", who, owner, name), establish)


def sharees(story: Story, owner: Person, but: Person) -> list[Person]:
    """Return who else has a role on an owner's calendar in the situation of the scenario."""
    return [other for giver, other, _ in story.situation.roles if giver == owner and other != but]


def _look_at(story: Story, who: Person, owner: Person) -> Exchange:
    path = story.calendar_path(who, owner)
    return story.chapter.graph.get(who, path, shape="calendar", scopes=scopes_of(who, owner, "copy"))


@dataclass(frozen=True)
class Colouring:
    """An attempt to give a copy another colour: its colour before, the answer, and the copy after."""

    before: Value
    answer: Exchange
    after: Exchange


def colour(story: Story, who: Person, owner: Person) -> Colouring:
    """Try to give one's copy of a calendar another colour; where that succeeds, it is taken back."""
    graph = story.chapter.graph

    def establish() -> Colouring:
        path, before = story.copy_path(who, owner), copy_of(owner, story.calendars(who))["color"]
        wanted = next(name for name in COLOURS if name != before.json)
        change = {"color": wanted}
        answer = graph.write(who, "PATCH", path, change, shape="calendar", scopes=WRITE_SHARED)
        after = graph.get(who, path, shape="calendar", scopes=READ)
        if wanted in (answer.payload["color"].json, after.payload["color"].json):
            story.chapter.arrangement.undo_later(who, "PATCH", path, {"color": before.json})
        return Colouring(before, answer, after)

    return story.fact(("colouring", who, owner), establish)
