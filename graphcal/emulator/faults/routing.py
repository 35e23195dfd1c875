"""Faults of the ways of meeting messages (RTE): whose inbox they reach, and what comes of it there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from graphcal.emulator.delivery import Stop
from graphcal.emulator.faults.fault import DELEGATE, OWNER, Fault, answered, entity, shown, status

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphcal.emulator.model import Event, Person
    from graphcal.emulator.web import Request, Response

_MESSAGE = "/me/messages/[^/]+"
_EVENT = r"/events/[^/]+"
_DENIED = status(403, "ErrorAccessDenied")
Plan = list[Stop]


def _routed(sentence: str, change: Callable[[Person, Plan], Plan]) -> Fault:
    """Send messages elsewhere."""
    return Fault(sentence, seams={"stops": change})


def _only_principal(principal: Person, plan: Plan) -> Plan:
    return [Stop(principal)] if any(stop.is_delegated for stop in plan) else plan


def _also_principal(principal: Person, plan: Plan) -> Plan:
    told = any(stop.person == principal and stop.folder == "inbox" for stop in plan)
    return plan if told else [*plan, Stop(principal)]


def _requests_to_principal(principal: Person, plan: Plan) -> Plan:
    return [Stop(principal)] if any(stop.folder == "deleteditems" for stop in plan) else plan


def _requests_to_both(principal: Person, plan: Plan) -> Plan:
    return [
        Stop(principal) if stop.folder == "deleteditems" and stop.person == principal else stop
        for stop in plan
    ]


def _no_principal(_principal: Person, plan: Plan) -> Plan:
    return [stop for stop in plan if stop.is_delegated or stop.is_informational] or plan


def _no_delegate_beside(_principal: Person, plan: Plan) -> Plan:
    both = any(not stop.is_delegated and stop.folder == "inbox" for stop in plan)
    return [stop for stop in plan if not (both and stop.is_delegated)]


def _no_information(_principal: Person, plan: Plan) -> Plan:
    return [stop for stop in plan if not stop.is_informational]


def _only_information(_principal: Person, plan: Plan) -> Plan:
    return [stop for stop in plan if stop.is_informational] or plan


def _to_sharee(principal: Person, plan: Plan) -> Plan:
    return [Stop(DELEGATE)] if plan == [Stop(principal)] and principal == OWNER else plan


def _to_nobody(principal: Person, plan: Plan) -> Plan:
    return [] if plan == [Stop(principal)] and principal == OWNER else plan


def _not_in_the_calendar(event: Event) -> Event | None:
    """Keep what the owner is invited to out of his calendar."""
    return None if event.mailbox == OWNER.oid and not event.is_organizer else event


def _event_of_her_own(_request: Request, found: dict[str, Any]) -> dict[str, Any]:
    made_up = {"id": "AAMkAGI=", "subject": found.get("subject")}
    return {"event": made_up} if "event" in found and found.get("isDelegated") else {}


def _response_expanded(change: Callable[[Request, Response], Response]) -> Any:
    def seam(request: Request, response: Response) -> Response | None:
        found = response.json or {}
        return change(request, response) if "event" in found and "responseType" in found else None

    return seam


def _listed_event(_request: Request, response: Response) -> Response:
    return replace(response, json={**response.json, "event": []})


FAULTS: dict[str, Fault] = {
    "PRM-08": _routed("Who may write gets meeting messages.", _to_sharee),
    "RTE-01": _routed("Delegates get nothing.", _only_principal),
    "RTE-06": _routed("The owner gets what only delegates should.", _also_principal).and_so("RTE-13"),
    "RTE-11": _routed("The owner gets nothing beside delegates.", _no_principal),
    "RTE-11.delegate": _routed("Delegates get nothing beside the owner.", _no_delegate_beside).and_so(
        "RTE-12"
    ),
    "RTE-11.owner_answers": answered(
        "POST", f"/me/calendar{_EVENT}/accept", "The owner cannot answer.", _DENIED
    ).and_so("RTE-12"),
    "RTE-11.delegate_answers": answered(
        "POST", f"/users/[^/]+{_EVENT}/accept", "Delegates cannot answer.", _DENIED
    ),
    "RTE-12": _routed("The owner is not informed.", _no_information),
    "RTE-12.delegate": _routed("Only the owner is informed.", _only_information),
    "RTE-12.answers": answered(
        "POST", f"/me/calendar{_EVENT}/accept", "Who is informed cannot answer.", _DENIED
    ).and_so("RTE-11"),
    "RTE-13": _routed("Requests for the owner do not reach delegates.", _requests_to_principal),
    "RTE-13.owner": _routed("Requests for the owner reach him as well.", _requests_to_both),
    "RTE-14": shown("message", "No request is marked as delegated.", lambda _found: {"isDelegated": False}),
    "RTE-14.all": shown(
        "message", "Every request is marked as delegated.", lambda _found: {"isDelegated": True}
    ),
    "RTE-15": answered("GET", _MESSAGE, "A delegate has an event of her own.", entity(_event_of_her_own)),
    "RTE-15.calendar": Fault("The owner's calendar lacks the event.", seams={"copy": _not_in_the_calendar}),
    "RTE-16": _routed("A mere sharee gets the responses.", _to_sharee),
    "RTE-17": _routed("Without delegates nobody gets anything.", _to_nobody),
    "RTE-18": answered(
        "GET",
        _MESSAGE,
        "A response with its event is too much.",
        _response_expanded(status(400, "ErrorInvalidRequest")),
    ),
    "RTE-18.kind": answered(
        "GET", _MESSAGE, "The event of a response is a list.", _response_expanded(_listed_event)
    ).and_so("REP-19"),
}
