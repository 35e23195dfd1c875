"""Faults of updates, cancellations and forwarding (LIF)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from graphcal.emulator.bodies import Body
from graphcal.emulator.faults.fault import Fault, answered, entity, filed, shown, status, waive, without

if TYPE_CHECKING:
    from graphcal.emulator.model import Event, Message
    from graphcal.emulator.web import Request, Response

_EVENT = r"/.*/events/[^/]+"
_OLD = {"displayName": "Old place", "locationType": "default", "uniqueIdType": "unknown"}


def _first_only(message: Message) -> Message | None:
    """Lose requests that are updates."""
    return message if message.fields["meetingRequestType"] == "newMeetingRequest" else None


def _unchanging(_found: dict[str, Any]) -> dict[str, Any]:
    return {"changeKey": "AAAA", "@odata.etag": 'W/"AAAA"'}


def _unmarked(event: Event) -> Event:
    return replace(event, is_cancelled=False)


def _nothing_called_off(found: dict[str, Any]) -> dict[str, Any]:
    return {"meetingMessageType": "none"} if found["meetingMessageType"] == "meetingCancelled" else {}


def _early(_request: Any, found: dict[str, Any]) -> dict[str, Any]:
    return {"start": {**found["start"], "dateTime": "2001-01-01T00:00:00.0000000"}}


def _organizer_only(request: Request, response: Response) -> Response | None:
    """Refuse an attendee's change of her copy."""
    attends = response.json and response.json.get("isOrganizer") is False
    return status(403, "ErrorAccessDenied")(request, response) if attends else None


def _again(_request: Request, response: Response) -> Response | None:
    return replace(response, status=204, json=None) if response.status == 404 else None  # noqa: PLR2004 - not found


FAULTS: dict[str, Fault] = {
    "LIF-01": answered("PATCH", _EVENT, "A change answers nothing.", status(204)),
    "LIF-01.body": answered("PATCH", _EVENT, "A change does not show the subject.", without("subject")),
    "LIF-02": filed("meetingRequest", "Changes are not told.", _first_only),
    "LIF-03": shown("message", "No request is ever outdated.", lambda _found: {"isOutOfDate": False}),
    "LIF-04": waive("LIF-04", "A new attendee is told to everybody."),
    "LIF-05": waive("LIF-05", "Answers outlive a new time."),
    "LIF-06": answered("PATCH", _EVENT, "A new time is not taken over.", entity(_early)),
    "LIF-07": answered("PATCH", _EVENT, "An attendee cannot change her copy.", _organizer_only),
    "LIF-08": shown("event", "The change key never changes.", _unchanging),
    "LIF-09": shown("event", "Old places stay.", lambda found: {"locations": [*found["locations"], _OLD]}),
    "LIF-10": answered("POST", f"{_EVENT}/cancel", "Cancelling answers 204.", status(204)),
    "LIF-10.comment": filed(
        "meetingCancelled", "The comment is lost.", lambda one: replace(one, body=Body())
    ),
    "LIF-11": shown("message", "A cancellation is of no kind.", _nothing_called_off),
    "LIF-12": Fault("A cancelled event is not marked.", seams={"copy": _unmarked}),
    "LIF-13": waive("LIF-13", "An attendee cancels."),
    "LIF-14": filed("meetingCancelled", "Nobody is told that a meeting is off.", lambda _message: None),
    "LIF-14.status": answered("DELETE", _EVENT, "Deleting answers 200.", status(200)),
    "LIF-15": answered("DELETE", _EVENT, "What is gone can be deleted.", _again),
    "LIF-16": waive("LIF-16", "A forwarded meeting does not reach the owner's list."),
    "LIF-16.status": answered("POST", f"{_EVENT}/forward", "Forwarding answers 200.", status(200)),
}
