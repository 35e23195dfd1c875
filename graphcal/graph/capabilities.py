"""Remember which calls a target does not implement, so that each is asked for once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphcal.outcomes import Unsupported

if TYPE_CHECKING:
    from graphcal.graph.exchange import Exchange, Request

NOT_FOUND = 404
_KEYED = frozenset(  # after these segments stands an id
    name.casefold()
    for name in (
        "users",
        "calendars",
        "calendarGroups",
        "events",
        "calendarPermissions",
        "mailFolders",
        "messages",
    )
)


@dataclass
class Capabilities:
    """What a target lacks: `declared` by its file, as segments of paths; the rest as its answers have shown.

    It is shared by all chapters of a run. A call that has succeeded once is implemented.
    """

    declared: tuple[str, ...] = ()
    _lacking: dict[str, str] = field(default_factory=dict)
    _implemented: set[str] = field(default_factory=set)

    def require(self, request: Request) -> None:
        """Raise Unsupported for a call that the target is known not to implement."""
        segments = {part.casefold() for part in request.path.partition("?")[0].split("/")}
        for name in self.declared:
            if name.casefold() in segments:
                raise Unsupported(f"the target's file says that it does not implement {name}")
        if known := self._lacking.get(call_of(request)):
            raise Unsupported(known)

    def answered_by(self, exchange: Exchange) -> bool:
        """Tell whether an answer comes from the call itself, not from a service that does not know the call.

        Only what was known to work before is judged by a 404 that is not Graph's.
        """
        call = call_of(exchange.request)
        if exchange.succeeded:
            self._implemented.add(call)
        return not exchange.is_unimplemented and (call in self._implemented or not exchange.is_foreign)

    def lacks(self, exchange: Exchange) -> Unsupported:
        """Remember the call that an answer shows to be unknown, and return what to raise.

        A 404 says so of one item only where the path ends in an id, and is not remembered then.
        """
        call = call_of(exchange.request)
        sentence = f"the target does not implement the call {call}: {exchange}"
        if exchange.status != NOT_FOUND or not call.endswith("{id}"):
            self._lacking[call] = sentence
        return Unsupported(sentence)


def call_of(request: Request) -> str:
    """Return the method and the shape of the path, such as "GET /me/events/{id}"."""
    shape, keyed = [], False
    for part in request.path.partition("?")[0].split("/"):
        shape.append("{id}" if keyed else part)
        keyed = not keyed and part.casefold() in _KEYED
    return f"{request.method} {'/'.join(shape)}"
