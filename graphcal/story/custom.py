"""Make a calendar beside the primary one, and share it: once in a chapter, and gone after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphcal.facts import Listing
from graphcal.graph.client import segment
from graphcal.outcomes import Unmet
from graphcal.story.calendars import READ, READ_SHARED, WRITE, ids_in
from graphcal.story.permissions import permission_body

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphcal.graph.exchange import Exchange
    from graphcal.people import Person
    from graphcal.story import Story
    from graphcal.value import Value

OUTSIDER = ("Pat Outside", "pat.outside@example.com")  # of a domain that is nobody's


@dataclass(frozen=True)
class Custom:
    """A calendar that its owner made beside the primary one, its name as it was sent, and the answer."""

    owner: Person
    name: str
    made: Exchange

    @property
    def path(self) -> str:
        """The path of the calendar for its owner. Raises Unmet where it could not be made."""
        identifier = self.made.resource(f"{self.owner}'s calendar {self.name!r}")["id"].text
        if not identifier:
            raise Unmet(f"{self.owner}'s new calendar tells no id: {self.made}")
        return f"/me/calendars/{segment(identifier)}"


def make_calendar(story: Story, owner: Person, name: str) -> Custom:
    """Make another calendar, which is removed after the chapter."""
    marked = story.mark(name)

    def establish() -> Custom:
        story.chapter.arrangement.require_changes()
        body = {"name": marked}
        made = story.chapter.graph.write(owner, "POST", "/me/calendars", body, shape="calendar", scopes=WRITE)
        custom = Custom(owner, marked, made)
        # Made first: its id is needed to remove it, and an empty calendar harms nobody.
        story.chapter.arrangement.undo_later(owner, "DELETE", custom.path)
        return custom

    custom = story.fact(("custom calendar", owner, name), establish)
    story.look(custom.made)
    return custom


def read_custom(story: Story, custom: Custom) -> Exchange:
    """Read a custom calendar as its owner."""
    key = ("calendar", custom.owner, custom.name)
    return story.read(key, custom.owner, custom.path, shape="calendar", scopes=READ)


@dataclass(frozen=True)
class CustomShare:
    """A custom calendar shared with somebody: the new permission, and the sharee's list before and after."""

    custom: Custom
    sharee: Person
    permission: Exchange
    before: Listing
    after: Listing

    @property
    def copy(self) -> Value:
        """The calendar that is new in the sharee's list. Raises Unmet where none is."""
        new = ids_in(self.after.pages) - ids_in(self.before.pages)
        for entry in self.after.entries:
            if entry["id"].text in new:
                return entry
        raise Unmet(
            f"{self.sharee}'s list has no new calendar; it may have to be accepted in Outlook: {self.after.first}"
        )


def share_calendar(story: Story, custom: Custom, sharee: Person) -> CustomShare:
    """Share a custom calendar with somebody who may write in it, and wait for the copy."""
    graph = story.chapter.graph

    def ask() -> tuple[Exchange, ...]:
        return tuple(graph.pages(sharee, "/me/calendars", shape="calendarCollection", scopes=READ_SHARED))

    def establish() -> CustomShare:
        before = Listing(sharee, ask())
        known = ids_in(before.pages)
        given = _give(story, custom, permission_body(sharee.name, sharee.address, "write"))
        given.resource(f"{sharee}'s permission on {custom.name!r}")
        after = graph.poll_all(ask, lambda pages: bool(ids_in(pages) - known))
        return CustomShare(custom, sharee, given, before, Listing(sharee, after))

    share = story.fact(("custom share", custom.owner, sharee, custom.name), establish)
    for exchange in (share.permission, *share.after.pages):
        story.look(exchange)
    return share


def share_outside(story: Story, custom: Custom) -> Exchange:
    """Let somebody outside the organisation read a custom calendar, which holds nothing."""
    key = ("custom share", custom.owner, "outside", custom.name)
    return story.exchange(key, lambda: _give(story, custom, permission_body(*OUTSIDER, "read")))


def _give(story: Story, custom: Custom, body: Mapping[str, Any]) -> Exchange:
    """Give a permission on a custom calendar, inside of a fact; it goes before the calendar does."""
    path = f"{custom.path}/calendarPermissions"
    graph = story.chapter.graph
    given = graph.write(custom.owner, "POST", path, body, shape="calendarPermission", scopes=WRITE)
    if given.succeeded and given.payload["id"].text:
        undone = f"{path}/{segment(given.payload['id'].text)}"
        story.chapter.arrangement.undo_later(custom.owner, "DELETE", undone)
    return given
