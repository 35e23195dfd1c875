"""Faults of what answers look like, and of the tally (RTE, TAL)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from graphcal.emulator.faults.fault import (
    DELEGATE,
    OWNER,
    Fault,
    answered,
    entity,
    filed,
    invitee,
    recipient,
    shown,
    status,
    waive,
)
from graphcal.emulator.model import Answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphcal.emulator.model import Attendee

_RESPONSES = "meeting(Accepted|TenativelyAccepted|Declined)"
_OWN_EVENT = r"/me/calendar/events/[^/]+"
_OTHERS = {"accepted": "declined", "declined": "accepted"}


def _tallied(sentence: str, change: Callable[[Attendee], Attendee]) -> Fault:
    """Note an answer wrongly in the owner's event."""
    return Fault(sentence, seams={"tally": change})


def _misspelt(found: dict[str, Any]) -> dict[str, Any]:
    kind = found["meetingMessageType"]
    return {"meetingMessageType": kind.replace("meetingTenatively", "meetingTentatively")}


def _tentative(found: dict[str, Any]) -> dict[str, Any]:
    plain = found["meetingMessageType"] in {"meetingAccepted", "meetingDeclined"}
    return {"meetingMessageType": "meetingTenativelyAccepted"} if plain else {}


def _statuses(old: str, new: str, *, organizer: bool) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Show one answer as another, in the organizer's event or in the attendees' copies."""

    def change(found: dict[str, Any]) -> dict[str, Any]:
        if found.get("isOrganizer") is not organizer:
            return {}
        return {
            "attendees": [
                one | {"status": one["status"] | {"response": new}}
                if one["status"]["response"] == old
                else one
                for one in found["attendees"]
            ]
        }

    return change


def _typed(found: dict[str, Any]) -> dict[str, Any]:
    return {"@odata.type": "#microsoft.graph.message"} if "responseType" in found else {}


def _later(attendee: Attendee) -> Attendee:
    return replace(attendee, answer=replace(attendee.answer, time=attendee.answer.time + timedelta(hours=1)))


def _only_required(found: dict[str, Any]) -> dict[str, Any]:
    return {"attendees": [one for one in found["attendees"] if one["type"] == "required"]}


def _all_required(found: dict[str, Any]) -> dict[str, Any]:
    return {"attendees": [one | {"type": "required"} for one in found["attendees"]]}


def _mixed_up(attendee: Attendee) -> Attendee:
    swapped = _OTHERS.get(attendee.answer.response, attendee.answer.response)
    return replace(attendee, answer=replace(attendee.answer, response=swapped))


FAULTS: dict[str, Fault] = {
    "RCV-14": shown(
        "event", "Invitees have accepted from the start.", _statuses("none", "accepted", organizer=False)
    ),
    "RTE-02": shown("message", "The kind is spelt as in a dictionary.", _misspelt),
    "RTE-03": shown("message", "Every response is tentative.", _tentative),
    "RTE-04": filed(
        _RESPONSES, "A response comes from its recipient.", lambda one: replace(one, from_=one.to[0])
    ),
    "RTE-05": filed(
        _RESPONSES, "The owner is among the recipients.", lambda one: replace(one, to=(*one.to, OWNER.email))
    ),
    "RTE-07": filed(
        _RESPONSES,
        "The subject has no prefix.",
        lambda one: replace(one, subject=one.subject.partition(": ")[2]),
    ),
    "RTE-08": filed(
        _RESPONSES, "A response begins a conversation.", lambda one: replace(one, index=one.index[::-1])
    ),
    "RTE-09": filed(_RESPONSES, "A response has been read.", lambda one: replace(one, is_read=True)),
    "RTE-10": shown("message", "Responses are plain messages.", _typed),
    "RTE-10.response": shown(
        "message",
        "Every response accepts.",
        lambda found: {"responseType": "accepted"} if found.get("responseType") else {},
    ),
    "TAL-01": answered(
        "GET", _OWN_EVENT, "The owner cannot read his event.", status(404, "ErrorItemNotFound")
    ),
    "TAL-02": answered(
        "GET",
        _OWN_EVENT,
        "The owner is not the organizer.",
        entity(lambda _request, _found: {"isOrganizer": False}),
    ),
    "TAL-02.own": answered(
        "GET",
        "/me/events/[^/]+",
        "Nobody organizes what is in his own calendar.",
        entity(lambda _request, _found: {"isOrganizer": False}),
    ),
    "TAL-02.organizer": answered(
        "GET",
        "/me/events/[^/]+",
        "The organizer is somebody else.",
        entity(
            lambda _request, found: {"organizer": recipient(DELEGATE)} if found.get("isOrganizer") else {}
        ),
    ),
    "TAL-03": answered(
        "GET",
        _OWN_EVENT,
        "The owner attends his own meeting.",
        entity(lambda _request, found: {"attendees": [invitee(OWNER), *found["attendees"]]}),
    ),
    "TAL-04": shown(
        "event", "Who has not answered has declined.", _statuses("none", "declined", organizer=True)
    ),
    "TAL-05": _tallied("No answer is tallied.", lambda one: replace(one, answer=Answer())),
    "TAL-06": _tallied("Accepted and declined are mixed up.", _mixed_up),
    "TAL-07": _tallied(
        "Without a message to the owner nothing is tallied.", lambda one: replace(one, answer=Answer())
    ),
    "TAL-08": _tallied("The tally has a time of its own.", _later),
    "TAL-09": waive("TAL-09", "The tally leaves no trace in the event."),
    "TAL-10": answered(
        "GET", _OWN_EVENT, "The owner is tentative.", entity(lambda _request, _found: {"showAs": "tentative"})
    ),
    "TAL-14": answered(
        "GET",
        _OWN_EVENT,
        "An answer is recorded an hour late.",
        entity(lambda _request, _found: {"lastModifiedDateTime": "2199-01-01T00:00:00.0000000Z"}),
    ).and_so("TAL-09"),
    "TAL-10.response": answered(
        "GET",
        _OWN_EVENT,
        "The owner has accepted his own meeting.",
        entity(
            lambda _request, found: {
                "responseStatus": {**found.get("responseStatus", {}), "response": "accepted"}
            }
        ),
    ),
    "TAL-11": shown("event", "Attendees see answers.", _statuses("none", "accepted", organizer=False)),
    "TAL-12": shown("event", "Nobody joins who was not invited.", _only_required),
    "TAL-12.kind": shown("event", "Whoever joins is required.", _all_required),
}
