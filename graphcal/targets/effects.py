"""Wait until a role that was changed shows to its holder: no document says how long that takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphcal.facts import Listing, Situation, copies_of

if TYPE_CHECKING:
    from graphcal.graph.client import Graph
    from graphcal.graph.exchange import Exchange
    from graphcal.people import Person

SHARED = ("Calendars.Read.Shared",)


def await_role(graph: Graph, owner: Person, other: Person, role: str) -> bool:
    """Wait until somebody's role on an owner's primary calendar shows, or time is up; tell whether it does.

    A role that brings a copy shows in the copy's rights, and any other in that no copy can be edited.
    """
    wanted = Situation().with_role(owner, other, role)

    def ask() -> tuple[Exchange, ...]:
        return tuple(graph.pages(other, "/me/calendars", shape="calendarCollection", scopes=SHARED))

    def shown(pages: tuple[Exchange, ...]) -> bool:
        listing = Listing(other, pages)
        if not wanted.is_shown_in(listing) or not all(page.succeeded for page in pages):
            return False
        copies = [] if wanted.promises_copy(other, owner) else copies_of(owner, listing)
        return not any(copy["canEdit"].json is True for copy in copies)

    return shown(graph.poll_all(ask, shown))


def await_removal(graph: Graph, owner: Person, other: Person) -> bool:
    """Wait until somebody without a role is refused the owner's calendar, or time is up; tell whether it is so."""
    path = f"/users/{owner.id or owner.address}/calendar"

    def ask() -> Exchange:
        return graph.get(other, path, shape="calendar", scopes=SHARED)

    return not graph.poll(ask, lambda answer: not answer.succeeded).succeeded
