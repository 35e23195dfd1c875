"""Find the event a path names: in one's own calendars, in copies of shared ones, in another's mailbox."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from graphcal.emulator import recurrence
from graphcal.emulator.errors import access_denied, item_not_found
from graphcal.emulator.render import Seat

if TYPE_CHECKING:
    from graphcal.emulator.calls import Call
    from graphcal.emulator.model import Calendar, Event

HORIZON = timedelta(days=1825)  # how far ahead the dates of an endless series are looked up


def _seat(call: Call, calendar: Calendar, event: Event) -> Seat:
    """Take the seat from which a calendar shows an event: a copy has ids of its own (SET-13, INV-21)."""
    original = call.tenant.original(calendar) or calendar
    through_copy = calendar.source is not None
    identifier = event.id
    if through_copy:
        alias = call.tenant.namer.item_id(calendar.mailbox, "seen", event.id)
        identifier = call.tenant.seams.alias(event.id, alias)
    return Seat(event, calendar, calendar.mailbox, identifier, call.rights(original), through_copy)


def in_calendar(call: Call, calendar: Calendar) -> list[Seat]:
    """Return all events of a calendar or copy; 403 to whom it is not shared (PRM-03, ERR-05)."""
    original = call.tenant.original(calendar) or calendar
    call.tenant.seams.require("ERR-05", call.rights(original).titles, access_denied())
    events = call.tenant.mailboxes[original.mailbox].events.values()
    return [_seat(call, calendar, event) for event in events if event.calendar == original.id]


def in_mailbox(call: Call) -> list[Seat]:
    """Return the events of the mailbox's own calendars, as far as they are open to the caller."""
    own = [calendar for calendar in call.mailbox.calendars.values() if calendar.source is None]
    open_ = [calendar for calendar in own if call.rights(calendar).titles]
    call.tenant.seams.require("ERR-05", open_, access_denied())
    return [seat for calendar in open_ or own for seat in in_calendar(call, calendar)]


def addressed(call: Call) -> list[Seat]:
    """Return what the path's collection holds: a calendar's events, or the mailbox's."""
    if "anywhere" in call.parameters:
        return in_mailbox(call)
    return in_calendar(call, call.calendar())


def find(call: Call) -> Seat:
    """Return the event that the path names; its id counts in the addressed mailbox only (SET-14, RSP-19)."""
    identifier = call.parameters["event"]
    call.check_id(identifier)
    candidates = addressed(call)
    if "anywhere" in call.parameters and call.actor.oid == call.mailbox.owner.oid:
        copies = [
            one for one in call.mailbox.calendars.values() if one.source is not None and call.is_listed(one)
        ]
        readable = [one for one in copies if call.rights(call.tenant.original(one) or one).titles]
        candidates += [seat for copy in readable for seat in in_calendar(call, copy)]
    for seat in candidates:
        if identifier in {seat.id, seat.event.immutable_id}:
            return seat
    for seat in candidates:
        if seat.event.recurrence is not None:
            dates = dated(
                call,
                seat,
                recurrence.between(seat.event, seat.event.start.instant, seat.event.start.instant + HORIZON),
            )
            match = next((one for one in dates if one.id == identifier), None)
            if match is not None:
                return match
    raise item_not_found()


def dated(call: Call, seat: Seat, dates: list[recurrence.Occurrence]) -> list[Seat]:
    """Return a seat for each date of a series; a single event keeps its own."""
    if seat.event.recurrence is None:
        return [seat] if dates else []
    namer = call.tenant.namer
    return [
        Seat(
            seat.event,
            seat.calendar,
            seat.mailbox,
            namer.item_id(seat.id, one.day),
            seat.rights,
            seat.through_copy,
            one,
        )
        for one in dates
    ]
