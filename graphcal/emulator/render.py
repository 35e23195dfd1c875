"""Write resources as JSON, each exactly as the metadata names its properties."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from graphcal.emulator import times
from graphcal.emulator.calls import Look, quoted

if TYPE_CHECKING:
    from graphcal.emulator.bodies import Body
    from graphcal.emulator.calls import Call
    from graphcal.emulator.model import Address, Answer, Attendee, Calendar, Event, Permission, Slot
    from graphcal.emulator.recurrence import Occurrence
    from graphcal.emulator.sharing import Rights
    from graphcal.emulator.times import Moment


@dataclass(frozen=True)
class Seat:
    """From where an event is seen: which mailbox, under which id, with which rights, which date of a series."""

    event: Event
    calendar: Calendar
    mailbox: str
    id: str
    rights: Rights
    through_copy: bool = False
    occurrence: Occurrence | None = None

    def change_key(self, call: Call) -> str:
        """Return the key of this state of the event in this mailbox (RCV-11, LIF-08)."""
        return call.tenant.namer.change_key(self.mailbox, self.id, self.event.version)


def address(email: Address) -> dict[str, str]:
    """Write an `emailAddress`; the organisation's entry has no address (SET-26)."""
    return {"name": email.name, "address": email.address} if email.address else {"name": email.name}


def recipient(email: Address) -> dict[str, Any]:
    """Write a `recipient`."""
    return {"emailAddress": address(email)}


def answer(given: Answer) -> dict[str, str]:
    """Write a `responseStatus`."""
    return {"response": given.response, "time": times.stamp(given.time)}


def moment(when: Moment, look: Look, *, all_day: bool = False) -> dict[str, str]:
    """Write a `dateTimeTimeZone` in the zone that the caller prefers (REP-01, REP-03)."""
    if all_day:
        return {**times.clock_time(when.instant, "UTC"), "timeZone": look.zone}
    return times.clock_time(when.instant, look.zone)


def slot(given: Slot, look: Look) -> dict[str, Any]:
    """Write a `timeSlot`."""
    return {"start": moment(given.start, look), "end": moment(given.end, look)}


def body(given: Body, look: Look) -> dict[str, str]:
    """Write an `itemBody` (REP-07)."""
    if look.text:
        return {"contentType": "text", "content": given.as_text()}
    return {"contentType": "html", "content": given.as_html()}


def attendee(given: Attendee, look: Look) -> dict[str, Any]:
    """Write an `attendee`; a proposal shows only where one was made (RSP-15)."""
    proposal = {"proposedNewTime": slot(given.proposed, look)} if given.proposed else {}
    return {"type": given.kind, "status": answer(given.answer), **recipient(given.email), **proposal}


def calendar(call: Call, shown: Calendar) -> dict[str, Any]:
    """Write a `calendar`: an original, or the copy of a shared one with the sharee's rights (SET-02 to SET-10)."""
    tenant = call.tenant
    original = tenant.original(shown) or shown
    rights = call.rights(original)
    found = {
        "id": shown.id,
        "name": shown.name,
        "color": shown.color,
        "hexColor": "",
        "isDefaultCalendar": shown.is_default and rights.own,
        "changeKey": tenant.namer.change_key(shown.mailbox, shown.id, shown.version),
        "canShare": rights.own,  # SET-04
        "canViewPrivateItems": rights.private,  # SET-08, SET-09
        "canEdit": rights.edit,  # SET-05, PRM-15
        "allowedOnlineMeetingProviders": ["teamsForBusiness"],
        "defaultOnlineMeetingProvider": "teamsForBusiness",
        "isTallyingResponses": original.is_default,  # SET-32
        "isRemovable": not shown.is_default,
        "owner": address(tenant.directory[original.mailbox].email),  # SET-06
    }
    return tenant.seams.shown("calendar", found)


def permission(call: Call, entry: Permission) -> dict[str, Any]:
    """Write a `calendarPermission`."""
    found = {
        "id": entry.id,
        "isRemovable": entry.removable,
        "isInsideOrganization": entry.inside,
        "role": str(entry.role),
        "allowedRoles": [str(role) for role in entry.allowed],
        "emailAddress": address(entry.email),
    }
    return call.tenant.seams.shown("calendarPermission", found)


def web_link(kind: str, identifier: str) -> str:
    """Write a link for browsers, which contains the encoded id (REP-20)."""
    base = "https://outlook.office365.com/owa/"
    if kind == "event":
        return f"{base}?itemid={quoted(identifier)}&exvsurl=1&path=/calendar/item"
    return f"{base}?ItemID={quoted(identifier)}&exvsurl=1&viewmodel=ReadMessageItem"


def event(call: Call, seat: Seat) -> dict[str, Any]:
    """Write an `event` as it is seen from a seat."""
    shown, look = seat.event, call.look
    key = seat.change_key(call)
    identifier = seat.id
    if look.immutable and not seat.through_copy and seat.occurrence is None:
        identifier = shown.immutable_id
    start, end, kind = shown.start, shown.end, "singleInstance"
    ical_uid, master, recurrence = shown.ical_uid, None, shown.recurrence
    if shown.recurrence is not None:
        kind = "seriesMaster"
    if seat.occurrence is not None:
        kind, master, recurrence = "occurrence", shown.id, None
        start, end = replace(start, instant=seat.occurrence.start), replace(end, instant=seat.occurrence.end)
        ical_uid = call.tenant.namer.ical_uid(shown.ical_uid, seat.occurrence.day)
    fields = shown.fields
    found = {
        "@odata.etag": f'W/"{key}"',  # REP-09
        "id": identifier,
        "createdDateTime": times.stamp(shown.created),
        "lastModifiedDateTime": times.stamp(shown.modified),
        "changeKey": key,
        "categories": fields["categories"],
        **({"transactionId": fields["transactionId"]} if fields.get("transactionId") else {}),  # INV-24
        "originalStartTimeZone": shown.start.zone,
        "originalEndTimeZone": shown.end.zone,
        "iCalUId": ical_uid,
        "reminderMinutesBeforeStart": fields["reminderMinutesBeforeStart"],
        "isReminderOn": fields["isReminderOn"] and not seat.through_copy,  # INV-14
        "hasAttachments": False,
        "subject": fields["subject"],
        "bodyPreview": shown.body.preview(),
        "importance": fields["importance"],
        "sensitivity": fields["sensitivity"],
        "isAllDay": shown.is_all_day,
        "isCancelled": shown.is_cancelled,
        "isOrganizer": shown.is_organizer,  # INV-04: true in a delegate's view too
        "responseRequested": fields["responseRequested"],
        "seriesMasterId": master,
        "showAs": fields["showAs"],
        "type": kind,
        "webLink": web_link("event", identifier),
        "onlineMeetingUrl": None,
        "isOnlineMeeting": fields["isOnlineMeeting"],
        "onlineMeetingProvider": fields["onlineMeetingProvider"],
        "allowNewTimeProposals": fields["allowNewTimeProposals"],
        "isDraft": False,
        "hideAttendees": fields["hideAttendees"],
        "recurrence": recurrence,
        "responseStatus": answer(shown.answer),
        "body": body(shown.body, look),
        "start": moment(start, look, all_day=shown.is_all_day),
        "end": moment(end, look, all_day=shown.is_all_day),
        "location": shown.location,
        "locations": shown.locations,
        "attendees": [attendee(one, look) for one in shown.attendees],
        "organizer": recipient(shown.organizer),
    }
    visible = seat.rights.private if shown.is_private else seat.rights.titles
    if not visible:
        found = _masked(found, "Private Appointment" if shown.is_private else "Busy")
    elif not seat.rights.details:
        found = _masked(found, found["subject"]) | {
            "location": shown.location,
            "locations": shown.locations,
        }  # PRM-04
    return call.tenant.seams.shown("event", found)


_FREE_BUSY = frozenset({
    "@odata.etag", "id", "createdDateTime", "lastModifiedDateTime", "changeKey", "sensitivity", "isAllDay",
    "isCancelled", "showAs", "type", "seriesMasterId", "webLink", "start", "end", "recurrence",
    "originalStartTimeZone", "originalEndTimeZone", "organizer",
})  # fmt: skip


def _masked(full: dict[str, Any], subject: str) -> dict[str, Any]:
    """Leave of an event what free/busy shows, and a subject that says nothing (PRV-01)."""
    nothing = {"body": {"contentType": "html", "content": ""}, "bodyPreview": "", "attendees": []}
    blank = {"displayName": ""}
    shown = {name: value for name, value in full.items() if name in _FREE_BUSY}
    return shown | nothing | {"subject": subject, "location": blank, "locations": []}
