"""The places where the service can be made to misbehave: each is the identity unless a fault is put there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphcal.emulator.delivery import Stop
    from graphcal.emulator.errors import GraphError
    from graphcal.emulator.model import Attendee, Event, Message, Person
    from graphcal.emulator.sharing import Rights, Role
    from graphcal.emulator.web import Request, Response


def _second(_first: Any, value: Any) -> Any:
    return value


def _same(value: Any) -> Any:
    return value


@dataclass(frozen=True)
class Seams:
    """What passes through here can be changed from outside.

    `waived`: requirements whose rules are not applied.  `allowed`: whether the scopes of a token suffice.
    `rights`: of a role.  `alias`: the id under which a copy shows something of another mailbox.
    `window`: an end of a view's window, as text.
    `moved`: the immutable id of a message that is moved.  `stops`: where a meeting message for a principal goes.  `message`, `copy`: what is put into a mailbox,
    None for nothing.  `tally`: an attendee in the owner's event.  `shown`: the JSON of a resource, after its
    kind.  `answer`: the whole HTTP answer.
    """

    waived: frozenset[str] = frozenset()
    allowed: Callable[[str, bool], bool] = _second
    rights: Callable[[Role, Rights], Rights] = _second
    alias: Callable[[str, str], str] = _second
    window: Callable[[Request, str], str] = _second
    moved: Callable[[str], str] = _same
    stops: Callable[[Person, list[Stop]], list[Stop]] = _second
    message: Callable[[Message], Message | None] = _same
    copy: Callable[[Event], Event | None] = _same
    tally: Callable[[Attendee], Attendee] = _same
    shown: Callable[[str, dict[str, Any]], dict[str, Any]] = _second
    answer: Callable[[Request, Response], Response] = _second

    def require(self, requirement: str, condition: object, refusal: GraphError) -> None:
        """Refuse unless the condition holds, or the requirement behind the refusal is waived."""
        if not condition and requirement not in self.waived:
            raise refusal
