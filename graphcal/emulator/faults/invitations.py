"""Faults of inviting and of what attendees receive (INV, RCV)."""

from __future__ import annotations

from dataclasses import replace
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
    without,
)
from graphcal.emulator.model import Attendee
from graphcal.emulator.people import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphcal.emulator.model import Event
    from graphcal.emulator.web import Request

INVITEE = PEOPLE[3]
_EVENTS = r"/.*/events"
_COPY_EVENTS = r"/me/calendars/[^/]+/events"
_OWNERS_EVENTS = r"/users/[^/]+/calendar/events"


def _created(sentence: str, change: dict[str, Any]) -> Fault:
    """Change the answer to a creation only."""
    return answered("POST", _EVENTS, sentence, entity(lambda _request, _found: change))


def _as_message(_request: Request, _found: dict[str, Any]) -> dict[str, Any]:
    return {"meetingMessageType": "meetingRequest", "@odata.type": "#microsoft.graph.eventMessage"}


def _reversed_uid(_request: Request, found: dict[str, Any]) -> dict[str, Any]:
    return {"iCalUId": found["iCalUId"][::-1]}


def _in_utc(_request: Request, found: dict[str, Any]) -> dict[str, Any]:
    return {name: {**found[name], "timeZone": "UTC"} for name in ("start", "end")}


def _readdressed(_request: Request, found: dict[str, Any]) -> dict[str, Any]:
    def elsewhere(attendee: dict[str, Any]) -> dict[str, Any]:
        address = attendee["emailAddress"]
        return {**attendee, "emailAddress": {**address, "address": f"mail.{address['address']}"}}

    return {"attendees": [elsewhere(attendee) for attendee in found["attendees"]]}


def _own_copy(
    change: Callable[[dict[str, Any]], dict[str, Any]],
) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Change attendees' copies only."""
    return lambda found: {} if found.get("isOrganizer", True) else change(found)


def _placed(sentence: str, change: Callable[[Event], Event | None]) -> Fault:
    """Change what the service puts into an attendee's calendar."""
    return Fault(sentence, seams={"copy": change})


def _busy(event: Event) -> Event:
    return replace(event, fields=event.fields | {"showAs": "busy"})


def _with_delegate(event: Event) -> Event:
    return replace(event, attendees=[*event.attendees, Attendee(DELEGATE.email)])


def _prefixed(event: Event) -> Event:
    return replace(event, fields=event.fields | {"subject": f"FW: {event.fields['subject']}"})


def _attendees(changed: dict[str, Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Change every attendee in the organizer's event."""
    return lambda found: (
        {"attendees": [one | changed for one in found["attendees"]]} if found.get("isOrganizer") else {}
    )


def _contrary(found: dict[str, Any]) -> dict[str, Any]:
    names = ("responseRequested", "allowNewTimeProposals")
    return {name: not found[name] for name in names if name in found}


_NOT_RESPONDED = {"response": "notResponded", "time": "0001-01-01T00:00:00Z"}

FAULTS: dict[str, Fault] = {
    "INV-01": answered(
        "POST", _COPY_EVENTS, "Nothing can be created in a copy.", status(403, "ErrorAccessDenied")
    ),
    "INV-02": answered("POST", _EVENTS, "Creating answers 200.", status(200)),
    "INV-03": answered("POST", _EVENTS, "Creating answers with a message.", entity(_as_message)),
    "INV-03.attendees": answered(
        "POST", _EVENTS, "The new event has no attendees.", without("attendees")
    ).and_so("INV-06", "INV-09"),
    "INV-04": _created("The delegate's new event is not the organizer's.", {"isOrganizer": False}),
    "INV-05": _created("The delegate is the organizer.", {"organizer": recipient(DELEGATE)}),
    "INV-06": answered(
        "POST",
        _EVENTS,
        "The owner is among the attendees.",
        entity(lambda _request, found: {"attendees": [invitee(OWNER), *found.get("attendees", [])]}),
    ),
    "INV-07": shown(
        "event", "The event names the delegate.", lambda _found: {"lastModifiedBy": recipient(DELEGATE)}
    ),
    "INV-08": filed("meetingRequest", "No invitation is sent.", lambda _message: None),
    "INV-09": shown(
        "event", "Invitees have a status of their own kind.", _attendees({"status": _NOT_RESPONDED})
    ).and_so("TAL-04", "TAL-05", "TAL-07", "TAL-06", "RCV-14"),
    "INV-10": shown("event", "Every attendee is optional.", _attendees({"type": "optional"})),
    "INV-11": _created("The organizer has not responded.", {"responseStatus": _NOT_RESPONDED}),
    "INV-12": _created("A new event is free time.", {"showAs": "free"}),
    "INV-14": shown("event", "No reminder is set.", lambda _found: {"reminderMinutesBeforeStart": 0}),
    "INV-17": shown(
        "event",
        "The body's type is shown as it was sent.",
        lambda found: {"body": {**found["body"], "contentType": "HTML"}},
    ),
    "INV-18": shown("event", "There is no preview.", lambda _found: {"bodyPreview": ""}),
    "INV-13": shown("event", "Responses are not requested.", lambda _found: {"responseRequested": False}),
    "INV-13.proposals": shown(
        "event", "New times cannot be proposed.", lambda _found: {"allowNewTimeProposals": False}
    ),
    "INV-13.decided": shown(
        "event", "Responses are always requested.", lambda _found: {"responseRequested": True}
    ),
    "INV-13.closed": shown(
        "event", "New times can always be proposed.", lambda _found: {"allowNewTimeProposals": True}
    ),
    "INV-15": shown(
        "event",
        "The original zones are lost.",
        lambda _found: {"originalStartTimeZone": "UTC", "originalEndTimeZone": "UTC"},
    ),
    "INV-16": answered("POST", _EVENTS, "The preferred zone does not reach the answer.", entity(_in_utc)),
    "INV-19": shown("event", "The list of places is empty.", lambda _found: {"locations": []}),
    "INV-20": answered(
        "POST", _COPY_EVENTS, "Attendees come back with other addresses.", entity(_readdressed)
    ).and_so("INV-06"),
    "INV-21": answered("POST", _COPY_EVENTS, "The copy has another iCalUId.", entity(_reversed_uid)),
    "INV-22": answered("POST", _COPY_EVENTS, "A sharee cannot invite.", status(403, "ErrorAccessDenied")),
    "INV-23": answered(
        "POST",
        _OWNERS_EVENTS,
        "Nothing can be created in the owner's mailbox.",
        status(403, "ErrorAccessDenied"),
    ),
    "INV-23.astray": waive("INV-23", "What is posted to the owner's mailbox lands in one's own."),
    "INV-24": waive("INV-24", "A retry makes a second event."),
    "INV-24.returned": answered("POST", _EVENTS, "No transaction id comes back.", without("transactionId")),
    "INV-24.fixed": waive("INV-24.fixed", "A transaction id can be replaced."),
    "INV-24.unset": shown(
        "event",
        "Every event has a transaction id.",
        lambda found: {"transactionId": found.get("transactionId") or "1"},
    ),
    "INV-25": waive("INV-25", "An event takes any number of attendees."),
    "RCV-01": filed("meetingRequest", "A request is no request.", lambda one: replace(one, kind="none")),
    "RCV-02": filed("meetingRequest", "The sender is the owner.", lambda one: replace(one, sender=one.from_)),
    "RCV-02.own": filed(
        "meetingRequest",
        "The sender is always the delegate.",
        lambda one: replace(one, sender=DELEGATE.email),
    ),
    "RCV-03.own": filed(
        "meetingRequest",
        "What the owner sends is from his delegate.",
        lambda one: replace(one, from_=DELEGATE.email) if one.sender == one.from_ else one,
    ),
    "RCV-03": filed(
        "meetingRequest", "The author is the delegate.", lambda one: replace(one, from_=one.sender)
    ).and_so("RCV-09"),
    "RCV-04": filed(
        "meetingRequest", "Only the first recipient is named.", lambda one: replace(one, to=one.to[:1])
    ),
    "RCV-05": _placed("The service makes no event for attendees.", lambda _event: None),
    "RCV-05.shown": _placed("The attendee's event is busy before any answer.", _busy),
    "RCV-06": answered("GET", "/me/messages/[^/]+", "A message cannot be expanded.", without("event")),
    "RCV-07": _placed(
        "The organizer is not listed.", lambda event: replace(event, attendees=event.attendees[1:])
    ),
    "RCV-08": shown(
        "event",
        "The attendee's organizer is the delegate.",
        _own_copy(lambda _found: {"organizer": recipient(DELEGATE)}),
    ).and_so("RCV-09"),
    "RCV-08.flag": shown("event", "The attendee is the organizer.", lambda _found: {"isOrganizer": True}),
    "RCV-09": _placed("The delegate is among the attendees.", _with_delegate).and_so("RCV-07"),
    "RCV-10": shown(
        "event",
        "Each copy has an iCalUId of its own.",
        _own_copy(lambda found: {"iCalUId": found["iCalUId"][::-1]}),
    ),
    "RCV-10.each": shown(
        "event", "No two copies share an iCalUId.", _own_copy(lambda found: {"iCalUId": found["id"]})
    ),
    "RCV-11": shown(
        "event",
        "All copies have one change key.",
        lambda _found: {"changeKey": "AAAAAA==", "@odata.etag": 'W/"AAAAAA=="'},
    ).and_so("LIF-08"),
    "RCV-20": shown(
        "event",
        "The copy is older than the event.",
        _own_copy(lambda _found: {"createdDateTime": "2001-01-01T00:00:00.0000000Z"}),
    ),
    "RCV-12": _placed("The copy has another subject.", _prefixed),
    "RCV-12.one": _placed(
        "One copy has another subject.",
        lambda event: _prefixed(event) if event.mailbox == INVITEE.oid else event,
    ),
    "RCV-15": filed(
        "meetingRequest",
        "The request's subject has a prefix.",
        lambda one: replace(one, subject=f"Invitation: {one.subject}"),
    ),
    "RCV-18": shown("message", "What arrives is a draft.", lambda _found: {"isDraft": True}),
    "RCV-19": filed(
        "meetingRequest", "The conversation has a short root.", lambda one: replace(one, index=one.index[:10])
    ),
    "RCV-13": shown(
        "event",
        "An attendee has accepted before she answered.",
        _own_copy(lambda found: {"responseStatus": {**found["responseStatus"], "response": "accepted"}}),
    ),
    "RCV-16": shown(
        "message",
        "Meeting messages are plain messages.",
        lambda _found: {"@odata.type": "#microsoft.graph.message"},
    ),
    "RCV-17": shown(
        "message", "The request's window is empty.", lambda found: {"endDateTime": found["startDateTime"]}
    ),
    "RCV-17.asked": shown("message", "A request asks for the contrary.", _contrary),
    "RCV-17.current": shown("message", "A new request is out of date.", lambda _found: {"isOutOfDate": True}),
    "RCV-17.type": shown(
        "message", "Every request is for a date of a series.", lambda _found: {"type": "occurrence"}
    ),
}
