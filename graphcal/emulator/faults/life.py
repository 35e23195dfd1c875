"""Faults of updates, cancellations and forwarding (LIF)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from graphcal.emulator.bodies import Body
from graphcal.emulator.delivery import Stop
from graphcal.emulator.faults.fault import OWNER, Fault, answered, filed, shown, status, waive, without
from graphcal.emulator.faults.refusals import deleted_again
from graphcal.emulator.people import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphcal.emulator.faults.fault import AtAnswer
    from graphcal.emulator.model import Event, Message, Person
    from graphcal.emulator.web import Request, Response

OUTSIDER = PEOPLE[4]
_EVENT = r"/.*/events/[^/]+"
_OLD = {"displayName": "Old place", "locationType": "default", "uniqueIdType": "unknown"}


def _first_only(message: Message) -> Message | None:
    """Lose requests that are updates."""
    return message if message.fields["meetingRequestType"] == "newMeetingRequest" else None


def _unchanging(_found: dict[str, Any]) -> dict[str, Any]:
    return {"changeKey": "AAAA", "@odata.etag": 'W/"AAAA"'}


def _unmarked(event: Event) -> Event:
    return replace(event, is_cancelled=False)


def _uncancelled(event: Event) -> Event | None:
    return None if event.is_cancelled else event


def _nothing_called_off(found: dict[str, Any]) -> dict[str, Any]:
    return {"meetingMessageType": "none"} if found["meetingMessageType"] == "meetingCancelled" else {}


def _misremembered(found: dict[str, Any]) -> dict[str, Any]:
    """Tell other former values than there were, of those that are told."""
    times = [name for name in ("previousStartDateTime", "previousEndDateTime") if name in found]
    return {name: {**found[name], "dateTime": "2001-01-01T00:00:00.0000000"} for name in times}


def _misplaced(found: dict[str, Any]) -> dict[str, Any]:
    return {"previousLocation": _OLD} if "previousLocation" in found else {}


def _lost_on(people: int) -> Callable[[Message], Message | None]:
    """Lose requests to an outsider that are addressed to so many people."""
    return lambda one: None if one.mailbox == OUTSIDER.oid and len(one.to) == people else one


def _also_owner(principal: Person, plan: list[Stop]) -> list[Stop]:
    return [*plan, Stop(principal)] if principal == OWNER else plan


def _only(number: int, change: AtAnswer) -> AtAnswer:
    """Change only answers with this status."""
    return lambda request, response: change(request, response) if response.status == number else response


def _organizer_only(request: Request, response: Response) -> Response | None:
    """Refuse an attendee's change of her copy."""
    attends = response.json and response.json.get("isOrganizer") is False
    return status(403, "ErrorAccessDenied")(request, response) if attends else None


FAULTS: dict[str, Fault] = {
    "LIF-01": answered("PATCH", _EVENT, "A change answers nothing.", status(204)),
    "LIF-01.body": answered("PATCH", _EVENT, "A change does not show the subject.", without("subject")),
    "LIF-01.owner": waive("LIF-01.owner", "What the holder of an event changes is not kept.").and_so(
        "LIF-06", "LIF-07"
    ),
    "LIF-01.delegate": waive("LIF-01.delegate", "What a delegate changes is not kept."),
    "LIF-02": filed("meetingRequest", "Changes are not told.", _first_only),
    "LIF-02.times": shown("message", "A request tells wrong former times.", _misremembered),
    "LIF-02.place": shown("message", "A request tells a wrong former place.", _misplaced),
    "LIF-03": shown("message", "No request is ever outdated.", lambda _found: {"isOutOfDate": False}),
    "LIF-03.all": shown("message", "Every request is outdated.", lambda _found: {"isOutOfDate": True}),
    "LIF-04": waive("LIF-04", "A new attendee is told to everybody."),
    "LIF-04.newcomer": filed("meetingRequest", "Who is added is not invited.", _lost_on(3)),
    "LIF-05": waive("LIF-05", "Answers outlive a new time."),
    "LIF-06": waive("LIF-06", "A new time is not taken over."),
    "LIF-07": answered("PATCH", _EVENT, "An attendee cannot change her copy.", _organizer_only),
    "LIF-07.shared": waive("LIF-07", "What an attendee changes, she changes for all."),
    "LIF-07.overwritten": waive("LIF-07.overwritten", "What an attendee has changed stays so."),
    "LIF-08": shown("event", "The change key never changes.", _unchanging),
    "LIF-09": shown("event", "Old places stay.", lambda found: {"locations": [*found["locations"], _OLD]}),
    "LIF-10": answered("POST", f"{_EVENT}/cancel", "Cancelling answers 204.", _only(202, status(204))),
    "LIF-10.event": waive("LIF-10", "A cancelled event stays in its organizer's calendar."),
    "LIF-10.comment": filed(
        "meetingCancelled", "The comment is lost.", lambda one: replace(one, body=Body())
    ),
    "LIF-11": shown("message", "A cancellation is of no kind.", _nothing_called_off).and_so("LIF-14"),
    "LIF-12": Fault("A cancelled event is not marked.", seams={"copy": _unmarked}),
    "LIF-12.kept": Fault("A cancelled event vanishes.", seams={"copy": _uncancelled}),
    "LIF-13": waive("LIF-13", "An attendee cancels."),
    "LIF-13.code": answered(
        "POST",
        f"{_EVENT}/cancel",
        "An attendee who cancels is told something else.",
        _only(400, status(400, "ErrorInternalServerError")),
    ),
    "LIF-14": filed(
        "meetingCancelled", "Nobody is told that a meeting is off.", lambda _message: None
    ).and_so("LIF-10", "LIF-11"),
    "LIF-14.status": answered(
        "DELETE", "/me/events/[^/]+", "Deleting answers 200.", _only(204, status(200))
    ).and_so("LIF-15"),
    "LIF-15": answered("DELETE", _EVENT, "What is gone can be deleted.", deleted_again).and_so("ERR-06"),
    "LIF-15.told": waive("LIF-15", "Who deletes a meeting declines it."),
    "LIF-15.owner": Fault(
        "Who deletes a meeting declines it, and the owner hears of it.",
        waived=frozenset({"LIF-15"}),
        seams={"stops": _also_owner},
    ).and_so("RTE-06"),
    "LIF-16": waive("LIF-16", "A forwarded meeting does not reach the owner's list."),
    "LIF-16.recipient": filed("meetingRequest", "Nothing that is forwarded arrives.", _lost_on(1)),
    "LIF-16.status": answered("POST", f"{_EVENT}/forward", "Forwarding answers 200.", status(200)),
}
