"""Show what happens when: calendar views and free/busy schedules."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from graphcal.emulator import places, properties, queries, recurrence, render
from graphcal.emulator.calls import quoted
from graphcal.emulator.errors import invalid_parameter, invalid_property, invalid_request
from graphcal.emulator.events import window
from graphcal.emulator.times import Moment
from graphcal.emulator.web import Response

if TYPE_CHECKING:
    from datetime import datetime

    from graphcal.emulator.calls import Call
    from graphcal.emulator.model import Event

LONGEST_VIEW = timedelta(days=1825)  # REP-17
_OPEN = frozenset({"normal", "personal"})  # PRV-06
_DIGITS = {"free": "0", "tentative": "1", "busy": "2", "oof": "3", "workingElsewhere": "4", "unknown": "0"}
_HIDDEN_FROM_VIEW = {"createdDateTime", "lastModifiedDateTime"}  # REP-12


def calendar_view(call: Call) -> Response:
    """Answer GET …/calendarView: single events and the dates of series in a window (REP-17, REP-18)."""
    begin, end = window(call)
    call.tenant.seams.require(
        "REP-17", end - begin <= LONGEST_VIEW, invalid_request("The window is too long.")
    )
    unselectable = _HIDDEN_FROM_VIEW & set(queries.names(call.options.get("$select")))
    call.tenant.seams.require(
        "REP-12", not unselectable, invalid_request(f"Not selectable here: {sorted(unselectable)}.")
    )
    found = [
        one
        for seat in places.addressed(call)
        for one in places.dated(call, seat, recurrence.between(seat.event, begin, end))
    ]
    found.sort(key=lambda one: one.occurrence.start if one.occurrence else one.event.start.instant)
    path = (
        "calendarView"
        if "anywhere" in call.parameters
        else f"calendars('{quoted(call.calendar().id)}')/calendarView"
    )
    return queries.page(call, found, render.event, path)


def get_schedule(call: Call) -> Response:
    """Answer POST …/getSchedule: everybody in the organisation sees free/busy (PRM-02, PRV-06)."""
    given = properties.fold(call.request.json())
    schedules = [
        properties.text("schedules", one) for one in properties.a_list("schedules", given.get("schedules"))
    ]
    begin = properties.moment("startTime", given.get("startTime"))
    end = properties.moment("endTime", given.get("endTime"))
    interval = properties.number("availabilityViewInterval", given.get("availabilityViewInterval") or 30)
    if not schedules:
        raise invalid_parameter("'schedules' names at least one address.")
    if end.instant <= begin.instant or not 5 <= interval <= 1440:  # noqa: PLR2004 - minutes, as documented
        raise invalid_property("The window or the interval is impossible.")
    found = [
        _schedule(call, one, begin.instant, end.instant, timedelta(minutes=interval)) for one in schedules
    ]
    context = f"{call.root}/$metadata#Collection(microsoft.graph.scheduleInformation)"
    return Response(200, {"@odata.context": context, "value": found})


def _schedule(
    call: Call, address: str, begin: datetime, end: datetime, interval: timedelta
) -> dict[str, Any]:
    person = call.tenant.find(address) if "@" in address else None
    mailbox = call.tenant.mailboxes.get(person.oid) if person else None
    if mailbox is None:
        return _nothing(address, "ErrorMailRecipientNotFound", "Unable to resolve the address.")
    calendar = mailbox.default_calendar
    rights = call.rights(calendar)
    if not rights.free_busy:  # PRM-01
        return _nothing(
            address, "ErrorNoFreeBusyAccess", "The requester may not see free/busy of this mailbox."
        )
    dates = [
        (event, one)
        for event in mailbox.events.values()
        if event.calendar == calendar.id
        for one in recurrence.between(event, begin, end)
    ]
    dates.sort(key=lambda pair: pair[1].start)
    found = {
        "scheduleId": address,
        "availabilityView": _view(dates, begin, end, interval),
        "scheduleItems": [_item(call, event, one, titles=rights.titles) for event, one in dates],
        "workingHours": mailbox.settings["workingHours"],
    }
    return call.tenant.seams.shown("scheduleInformation", found)


def _nothing(address: str, code: str, message: str) -> dict[str, Any]:
    return {
        "scheduleId": address,
        "availabilityView": "",
        "scheduleItems": [],
        "error": {"responseCode": code, "message": message},
    }


def _item(call: Call, event: Event, one: recurrence.Occurrence, *, titles: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "status": event.fields["showAs"],
        "start": render.moment(Moment(one.start, event.start.zone), call.look),
        "end": render.moment(Moment(one.end, event.end.zone), call.look),
    }
    open_ = event.fields["sensitivity"] in _OPEN or "PRV-06" in call.tenant.seams.waived
    if titles and open_:
        found |= {
            "isPrivate": False,
            "subject": event.fields["subject"],
            "location": event.location["displayName"],
        }
    return found


def _view(
    dates: list[tuple[Event, recurrence.Occurrence]], begin: datetime, end: datetime, interval: timedelta
) -> str:
    digits, slot = [], begin
    while slot < end:
        here = [
            event.fields["showAs"] for event, one in dates if one.start < slot + interval and one.end > slot
        ]
        digits.append(max((_DIGITS[status] for status in here), default="0"))
        slot += interval
    return "".join(digits)
