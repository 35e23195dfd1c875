"""The permission list of a calendar: the owner shares, delegates, changes roles and takes back (SET-25 to SET-31)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graphcal.emulator import properties, queries, render
from graphcal.emulator.calls import quoted
from graphcal.emulator.errors import access_denied, invalid_request, item_not_found
from graphcal.emulator.sharing import Role
from graphcal.emulator.web import Response

if TYPE_CHECKING:
    from graphcal.emulator.calls import Call
    from graphcal.emulator.model import Calendar, Permission


def _original(call: Call) -> Calendar:
    calendar = call.calendar()
    return call.tenant.original(calendar) or calendar


def _is_owner(call: Call) -> bool:
    return call.rights(_original(call)).own


def _own(call: Call) -> Calendar:
    """Return the calendar if the caller owns it; nobody else changes permissions (PRM-11, ERR-13)."""
    call.tenant.seams.require("PRM-11", _is_owner(call), access_denied())
    return _original(call)


def _path(call: Call) -> str:
    if "calendar" in call.parameters:
        return f"calendars('{quoted(call.parameters['calendar'])}')/calendarPermissions"
    return "calendar/calendarPermissions"


def list_all(call: Call) -> Response:
    """Answer GET …/calendarPermissions; to anybody but the owner the list is empty (PRM-11)."""
    original = _original(call)
    open_ = _is_owner(call) or "PRM-11" in call.tenant.seams.waived
    call.tenant.seams.require("ERR-05", call.rights(original).free_busy, access_denied())
    return queries.page(call, original.permissions if open_ else [], render.permission, _path(call))


def _find(call: Call) -> tuple[Calendar, Permission]:
    calendar = _own(call)
    wanted = call.parameters["permission"]
    for entry in calendar.permissions:
        if entry.id == wanted:
            return calendar, entry
    raise item_not_found()


def _one(call: Call, entry: Permission, status: int = 200) -> Response:
    return call.ok(render.permission(call, entry), call.context(_path(call) + "/$entity"), status)


def get(call: Call) -> Response:
    """Answer GET …/calendarPermissions/{id}."""
    return _one(call, _find(call)[1])


def create(call: Call) -> Response:
    """Answer POST …/calendarPermissions with the new entry (SET-31)."""
    calendar = _own(call)
    given = properties.without_annotations(call.request.json())
    email = properties.address("emailAddress", given.get("emailAddress"))
    role = Role(properties.choice("role", given.get("role"), Role))
    owner = call.tenant.directory[calendar.mailbox]
    if owner.email.same(email.address):
        raise invalid_request("A calendar cannot be shared with its owner.")
    return _one(call, call.tenant.share(calendar, email, role), 201)


def change(call: Call) -> Response:
    """Answer PATCH …/calendarPermissions/{id}: the role changes, nothing else does (SET-28, SET-29)."""
    calendar, entry = _find(call)
    given = properties.without_annotations(call.request.json())
    role = Role(properties.choice("role", given.get("role", str(entry.role)), Role))
    refusal = invalid_request(f"The role '{role}' is not allowed for this recipient.")
    call.tenant.seams.require("PRM-14", role in entry.allowed, refusal)
    waived = call.tenant.seams.waived
    changed = replace(entry, role=role)
    if "SET-29" in waived and "emailAddress" in given:
        changed = replace(changed, email=properties.address("emailAddress", given["emailAddress"]))
    if "SET-28" not in waived:
        calendar.permissions = [changed if one is entry else one for one in calendar.permissions]
    return _one(call, changed)


def delete(call: Call) -> Response:
    """Answer DELETE …/calendarPermissions/{id}: the sharee loses access and copy (SET-30, ERR-11)."""
    calendar, entry = _find(call)
    if not entry.removable:
        raise invalid_request("This entry cannot be removed.")
    if "ERR-11" in call.tenant.seams.waived:
        return Response(204)
    calendar.permissions.remove(entry)
    person = call.tenant.find(entry.email.address)
    mailbox = call.tenant.mailboxes.get(person.oid) if person else None
    if mailbox is not None:
        source = (calendar.mailbox, calendar.id)
        for copy in [one for one in mailbox.calendars.values() if one.source == source]:
            del mailbox.calendars[copy.id]
    return Response(204)
