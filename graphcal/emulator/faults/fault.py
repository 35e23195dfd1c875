"""What a fault is, and small tools to write one at a seam."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from graphcal.emulator.people import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graphcal.emulator.model import Message
    from graphcal.emulator.sharing import Rights, Role
    from graphcal.emulator.web import Request, Response

    Json = dict[str, Any]
    AtAnswer = Callable[[Request, Response], Response]

OWNER, DELEGATE = PEOPLE[0], PEOPLE[1]


@dataclass(frozen=True)
class Fault:
    """One way to break one requirement: a sentence, rules that are not applied, and what is put at which seam.

    `implies` names other requirements that cannot hold either.
    """

    sentence: str
    waived: frozenset[str] = frozenset()
    seams: Mapping[str, Any] = field(default_factory=dict)
    implies: frozenset[str] = frozenset()

    def and_so(self, *others: str) -> Fault:
        """Return the fault with the other requirements that it breaks by its nature."""
        return replace(self, implies=frozenset(others))


def waive(requirement: str, sentence: str) -> Fault:
    """Leave out the rule that the code names with a requirement."""
    return Fault(sentence, waived=frozenset({requirement}))


def shown(kind: str, sentence: str, change: Callable[[Json], Json]) -> Fault:
    """Change the JSON of a kind of resource; `change` returns what is different."""

    def seam(what: str, found: Json) -> Json:
        return {**found, **change(found)} if what == kind else found

    return Fault(sentence, seams={"shown": seam})


def answered(
    method: str, path: str, sentence: str, change: Callable[[Request, Response], Response | None]
) -> Fault:
    """Change the answers to a method on paths below /v1.0 that match; None keeps an answer."""
    shape = re.compile(rf"/v1\.0{path}", re.IGNORECASE)

    def seam(request: Request, response: Response) -> Response:
        if re.fullmatch(method, request.method) and shape.fullmatch(request.path):
            return change(request, response) or response
        return response

    return Fault(sentence, seams={"answer": seam})


def status(number: int, code: str = "") -> AtAnswer:
    """Answer with another status; with a code, refuse."""

    def change(_request: Request, response: Response) -> Response:
        refusal = {"error": {"code": code, "message": "A fault.", "innerError": {}}}
        return replace(response, status=number, json=refusal if code else response.json)

    return change


def entity(change: Callable[[Request, Json], Json]) -> AtAnswer:
    """Change the entity of a successful answer; `change` returns what is different."""

    def seam(request: Request, response: Response) -> Response:
        if response.json is None or "error" in response.json:
            return response
        return replace(response, json={**response.json, **change(request, response.json)})

    return seam


def listed(keep: Callable[[Json], bool]) -> AtAnswer:
    """Keep only some items of a list."""
    return entity(lambda _request, found: {"value": [one for one in found["value"] if keep(one)]})


def without(*names: str) -> AtAnswer:
    """Leave properties out of an entity."""

    def seam(_request: Request, response: Response) -> Response:
        kept = {name: value for name, value in (response.json or {}).items() if name not in names}
        return replace(response, json=kept)

    return seam


def filed(kinds: str, sentence: str, change: Callable[[Message], Message | None]) -> Fault:
    """Change messages of some kinds (a pattern) on their way into a mailbox; None loses them."""

    def seam(message: Message) -> Message | None:
        return change(message) if re.fullmatch(kinds, message.kind) else message

    return Fault(sentence, seams={"message": seam})


def granted(held: Role, sentence: str, **changes: bool) -> Fault:
    """Give a role other rights."""

    def seam(role: Role, rights: Rights) -> Rights:
        return replace(rights, **changes) if role == held else rights

    return Fault(sentence, seams={"rights": seam})


def scoped(requirement: str, sentence: str, *, allowed: bool) -> Fault:
    """Accept any scope for an operation, or none."""

    def seam(needed: str, met: bool) -> bool:
        return allowed if needed == requirement else met

    return Fault(sentence, seams={"allowed": seam})


def recipient(person: Any) -> Json:
    """Write somebody as recipient."""
    return {"emailAddress": {"name": person.name, "address": person.address}}


def invitee(person: Any) -> Json:
    """Write somebody as attendee who has not answered."""
    never = {"response": "none", "time": "0001-01-01T00:00:00Z"}
    return {"type": "required", "status": never, **recipient(person)}
