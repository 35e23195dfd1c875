"""Faults of answering an invitation (RSP)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from graphcal.emulator.bodies import Body
from graphcal.emulator.faults.fault import OWNER, Fault, answered, filed, granted, shown, status, waive
from graphcal.emulator.model import Answer
from graphcal.emulator.post import PROPOSAL_PREFIX
from graphcal.emulator.sharing import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphcal.emulator.model import Attendee, Message
    from graphcal.emulator.web import Request, Response

    Json = dict[str, Any]

_ACTION = "(accept|tentativelyAccept|decline)"
_RESPONSES = "meeting(Accepted|TenativelyAccepted|Declined)"
_NEVER = "0001-01-01T00:00:00Z"


def _reacting(
    sentence: str, change: Callable[[Request, Response], Response | None], below: str = ""
) -> Fault:
    """Change how an answer is received, on paths below one."""
    return answered("POST", rf"{below}/.*/{_ACTION}", sentence, change)


def _refused(told: Callable[[Json], bool]) -> Callable[[Request, Response], Response | None]:
    """Refuse answers by their parameters."""
    refuse = status(400, "ErrorInvalidRequest")
    return lambda request, response: refuse(request, response) if told(request.json()) else None


def _recoded(words: str) -> Callable[[Request, Response], Response | None]:
    """Give another name to the error whose sentence holds some words."""

    def change(_request: Request, response: Response) -> Response | None:
        error = (response.json or {}).get("error", {})
        if words not in error.get("message", ""):
            return None
        return replace(response, json={"error": error | {"code": "ErrorInternalServerError"}})

    return change


def _plain_success(_request: Request, response: Response) -> Response | None:
    return replace(response, status=200) if response.status == 202 else None  # noqa: PLR2004 - accepted


def _told(_request: Request, response: Response) -> Response | None:
    return replace(response, json={}) if response.json is None else None


def _any_id(_request: Request, response: Response) -> Response | None:
    return replace(response, status=202, json=None) if response.status == 404 else None  # noqa: PLR2004 - not found


def _silent(given: Json) -> bool:
    return given == {"sendResponse": False}


def _own_copy(change: Callable[[Json], Json]) -> Callable[[Json], Json]:
    """Change attendees' copies only."""
    return lambda found: {} if found.get("isOrganizer", True) else change(found)


def _unasked(message: Message) -> Message | None:
    """Lose responses without a comment, as if they had to be asked for."""
    return message if message.body.content else None


def _untimed(found: Json) -> Json:
    return {"responseStatus": {**found["responseStatus"], "time": _NEVER}}


def _too_busy(found: Json) -> Json:
    return {"showAs": "busy"} if found["responseStatus"]["response"] == "tentativelyAccepted" else {}


def _unprefixed(message: Message) -> Message:
    return replace(message, subject=message.subject.removeprefix(PROPOSAL_PREFIX))


def _undecided(found: Json) -> Json:
    return {"responseType": "none"} if "proposedNewTime" in found else {}


def _spread(found: Json) -> Json:
    """Show one attendee's proposal beside all of them."""
    attendees = found.get("attendees", [])
    slots = [one["proposedNewTime"] for one in attendees if "proposedNewTime" in one]
    return {"attendees": [one | {"proposedNewTime": slots[0]} for one in attendees]} if slots else {}


def _unproposed(attendee: Attendee) -> Attendee:
    return replace(attendee, proposed=None)


def _uncounted(attendee: Attendee) -> Attendee:
    """Leave out the owner's answer to somebody else's invitation."""
    return replace(attendee, answer=Answer()) if attendee.email == OWNER.email else attendee


FAULTS: dict[str, Fault] = {
    "RSP-01": answered("POST", r"/.*/tentativelyAccept", "A tentative answer is a 200.", _plain_success),
    "RSP-02": answered("POST", r"/.*/(accept|decline)", "An answer is a 200.", _plain_success),
    "RSP-02.body": answered("POST", r"/.*/(accept|decline)", "An answer is told something.", _told),
    "RSP-03": _reacting(
        "Below calendars nothing can be answered.", status(404, "ErrorItemNotFound"), "/me/calendars?"
    ),
    "RSP-03.group": _reacting(
        "Below groups nothing can be answered.", status(404, "ErrorItemNotFound"), "/me/calendarGroups"
    ),
    "RSP-03.user": _reacting(
        "Below users nothing can be answered.", status(404, "ErrorItemNotFound"), "/users"
    ).and_so("RSP-20"),
    "RSP-04": filed(_RESPONSES, "A response must be asked for.", _unasked),
    "RSP-04.refused": _reacting("An answer needs a parameter.", _refused(lambda given: not given)),
    "RSP-05": filed(_RESPONSES, "The comment is lost.", lambda one: replace(one, body=Body())),
    "RSP-06": shown(
        "event",
        "The attendee's copy never shows an answer.",
        _own_copy(lambda _found: {"responseStatus": {"response": "notResponded", "time": _NEVER}}),
    ),
    "RSP-06.time": shown("event", "The attendee's copy tells no time of an answer.", _own_copy(_untimed)),
    "RSP-07": shown("event", "Attendees are never busy.", _own_copy(lambda _found: {"showAs": "tentative"})),
    "RSP-07.tentative": shown("event", "Perhaps makes busy.", _own_copy(_too_busy)),
    "RSP-08": waive("RSP-08", "A declined event stays."),
    "RSP-09": waive("RSP-09", "A silent answer is sent."),
    "RSP-09.refused": _reacting("No answer can be silent.", _refused(_silent)).and_so("RSP-18"),
    "RSP-11": waive("RSP-11", "A silent answer may carry a comment."),
    "RSP-11.code": _reacting("A comment without a message is an unknown error.", _recoded("a comment")),
    "RSP-12": waive("RSP-12", "A silent answer may carry a proposal."),
    "RSP-12.code": _reacting(
        "A proposal without a message is an unknown error.", _recoded("a proposed time")
    ),
    "RSP-13": waive("RSP-13", "New times may be proposed where none are wanted."),
    "RSP-14": filed(_RESPONSES, "The proposal is lost.", lambda one: replace(one, proposed=None)),
    "RSP-14.response": shown("message", "A proposal is no response.", _undecided),
    "RSP-14.subject": filed(_RESPONSES, "The subject does not tell of a proposal.", _unprefixed),
    "RSP-15": Fault("The owner's event shows no proposal.", seams={"tally": _unproposed}),
    "RSP-15.others": shown("event", "One proposal is everybody's.", _spread),
    "RSP-17": waive("RSP-17", "The organizer answers his own meeting."),
    "RSP-17.code": _reacting("The organizer's answer is an unknown error.", _recoded("The organizer of")),
    "RSP-18": waive("RSP-18", "A response is sent where none is wanted."),
    "RSP-18.code": _reacting("An answer not wanted is an unknown error.", _recoded("wants no response")),
    "RSP-18.silent": _reacting("Only answers that are sent are taken.", _refused(_silent)).and_so("RSP-09"),
    "RSP-19": _reacting("Any id can be answered.", _any_id),
    "RSP-20": granted(Role.DELEGATE, "A delegate cannot answer for the owner.", respond=False),
    "RSP-20.tally": Fault("The owner's answer does not count.", seams={"tally": _uncounted}),
    "RSP-21": waive("RSP-21", "The first answer counts."),
}
