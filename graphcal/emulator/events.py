"""Create, read, change and delete events."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import TYPE_CHECKING

from graphcal.emulator import answers, drafts, meetings, places, queries, recurrence, render, times
from graphcal.emulator.calls import quoted
from graphcal.emulator.errors import access_denied, invalid_request
from graphcal.emulator.model import Answer, Event
from graphcal.emulator.properties import fold, location, moment, without_annotations
from graphcal.emulator.times import MINIMUM, Moment
from graphcal.emulator.web import Response

if TYPE_CHECKING:
    from datetime import datetime

    from graphcal.emulator.calls import Call
    from graphcal.emulator.model import Calendar
    from graphcal.emulator.render import Seat


def _path(call: Call) -> str:
    """Return the collection as metadata links name it: a calendar's, or the mailbox's."""
    if "anywhere" in call.parameters:
        return "events"
    return f"calendars('{quoted(call.calendar().id)}')/events"


def list_all(call: Call) -> Response:
    """Answer GET …/events: single events and series, not their dates (REP-18)."""
    return queries.page(call, places.addressed(call), render.event, _path(call))


def instances(call: Call) -> Response:
    """Answer GET …/events/{id}/instances: the dates of a series in a window."""
    seat = places.find(call)
    begin, end = window(call)
    dates = places.dated(call, seat, recurrence.between(seat.event, begin, end))
    return queries.page(call, dates, render.event, f"{_path(call)}('{quoted(seat.id)}')/instances")


def window(call: Call) -> tuple[datetime, datetime]:
    """Read the window of a calendar view; without an offset a time is UTC, whatever is preferred (REP-17)."""
    found = []
    for name in ("startDateTime", "endDateTime"):
        given = call.tenant.seams.window(call.request, call.options.get(name, "").replace(" ", "+"))
        instant = times.instant(given, "UTC") if given else None
        if instant is None:
            raise invalid_request(f"This request requires a time in the parameter '{name}'.")
        found.append(instant)
    return found[0], found[1]


def get(call: Call) -> Response:
    """Answer GET …/events/{id}."""
    return _one(call, places.find(call))


def _one(call: Call, seat: Seat, status: int = 200) -> Response:
    shown = queries.project(render.event(call, seat), call.options.get("$select"))
    answer = call.ok(shown, call.context(queries.named(call, _path(call)) + "/$entity"), status)
    answer.headers["ETag"] = f'W/"{seat.change_key(call)}"'
    return answer


def create(call: Call) -> Response:
    """Answer POST …/events with the new event; with attendees, the invitations go out at once (INV-01 to INV-08)."""
    tenant = call.tenant
    calendar = call.calendar()
    if "INV-23" in tenant.seams.waived and call.actor.oid != call.mailbox.owner.oid:
        calendar = tenant.mailboxes[call.actor.oid].default_calendar
    original = tenant.original(calendar) or calendar
    rights = call.rights(original)
    tenant.seams.require("ERR-05", rights.free_busy, access_denied())
    tenant.seams.require("PRM-06", rights.edit, access_denied())
    given = without_annotations(call.request.json())
    drafts.check(given, creating=True)
    owner = tenant.mailboxes[original.mailbox]
    transaction = (original.id, str(given.get("transactionId") or ""))
    event = owner.events.get(owner.transactions.get(transaction, ""))  # INV-24: a retry finds what it made
    if event is None or "INV-24" in tenant.seams.waived:
        event = _new(call, original)
        drafts.apply(tenant, event, given, creating=True)
        owner.events[event.id] = event
        if transaction[1]:
            owner.transactions[transaction] = event.id
        meetings.invite(call, event, event.attendees)
    seat = next(one for one in places.in_calendar(call, calendar) if one.event is event)
    answer = _one(call, seat, 201)
    answer.headers["Location"] = f"{call.root}/users('{call.mailbox.owner.oid}')/events('{quoted(seat.id)}')"
    return answer


def _new(call: Call, calendar: Calendar) -> Event:
    """Return an empty event of the calendar's owner, who is its organizer whoever makes it (INV-04, INV-05)."""
    tenant = call.tenant
    number = tenant.namer.fresh()
    owner = tenant.directory[calendar.mailbox]
    nowhere = location(None)
    return Event(
        id=tenant.namer.item_id(owner.oid, "event", number),
        immutable_id=tenant.namer.immutable_id(owner.oid, "event", number),
        mailbox=owner.oid,
        calendar=calendar.id,
        ical_uid=tenant.namer.ical_uid(owner.oid, number),
        created=tenant.now,
        modified=tenant.now,
        organizer=owner.email,
        is_organizer=True,
        start=Moment(tenant.now, "UTC"),
        end=Moment(tenant.now, "UTC"),
        answer=Answer("organizer", MINIMUM),  # INV-11
        fields=copy.deepcopy(drafts.DEFAULTS),
        location=nowhere,
    )


def may_change(call: Call, seat: Seat) -> None:
    """Refuse a change to whom may only read, and of private events to all but trusted delegates (PRM-06, PRV-03)."""
    call.tenant.seams.require("PRM-06", seat.rights.edit, access_denied())
    if seat.event.is_private:
        call.tenant.seams.require("PRV-03", seat.rights.edit_private, access_denied())


def change(call: Call) -> Response:
    """Answer PATCH …/events/{id} with the changed event; its organizer's changes reach the attendees (LIF-01)."""
    seat = places.find(call)
    may_change(call, seat)
    call.check_match(seat.change_key(call))
    if seat.occurrence is not None:
        raise invalid_request("A single date of a series cannot be changed in this service.")
    given = without_annotations(call.request.json())
    drafts.check(given, creating=False)
    before, draft = seat.event, copy.deepcopy(seat.event)
    drafts.apply(call.tenant, draft, given, creating=False)
    draft.version += 1  # LIF-08
    draft.modified = call.tenant.now
    if ("LIF-01.delegate" if seat.through_copy else "LIF-01.owner") not in call.tenant.seams.waived:
        call.tenant.mailboxes[draft.mailbox].events[draft.id] = draft
    if draft.is_organizer:  # LIF-07: an attendee changes her own copy only
        meetings.update(call, before, draft)
    elif "LIF-07" in call.tenant.seams.waived:
        meetings.impose(call.tenant, draft)
    return _one(call, replace(seat, event=draft))


def delete(call: Call) -> Response:
    """Answer DELETE …/events/{id}; only the organizer's deletion is told to others (LIF-14, LIF-15)."""
    seat = places.find(call)
    may_change(call, seat)
    call.check_match(seat.change_key(call))
    event = seat.event
    if "PRM-07.removed" in call.tenant.seams.waived and call.actor.oid != call.mailbox.owner.oid:
        return Response(204)
    if seat.occurrence is not None:
        event.removed_days |= {seat.occurrence.day}
        event.version += 1
        return Response(204)
    if event.is_organizer:
        meetings.cancel(call, event, "")
    elif "LIF-15" in call.tenant.seams.waived:
        answers.leave(call, event)
    del call.tenant.mailboxes[event.mailbox].events[event.id]
    return Response(204)


def remind(call: Call) -> Response:
    """Answer POST …/dismissReminder and …/snoozeReminder: the reminder is off, or on again for later."""
    seat = places.find(call)
    may_change(call, seat)
    snoozing = call.parameters["action"].lower() == "snoozereminder"
    if snoozing:
        moment("newReminderTime", fold(call.request.json()).get("newReminderTime"))
    seat.event.fields["isReminderOn"] = snoozing
    seat.event.version += 1
    seat.event.modified = call.tenant.now
    return Response(200)
