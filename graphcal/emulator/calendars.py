"""Read, rename, make and remove calendars, the copies of shared ones among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphcal.emulator import properties, queries, render
from graphcal.emulator.calls import quoted
from graphcal.emulator.errors import access_denied, invalid_property, invalid_request
from graphcal.emulator.web import Response

if TYPE_CHECKING:
    from graphcal.emulator.calls import Call
    from graphcal.emulator.model import Calendar

_COLORS = (
    "auto", "lightBlue", "lightGreen", "lightOrange", "lightGray", "lightYellow", "lightTeal", "lightPink",
    "lightBrown", "lightRed", "maxColor",
)  # fmt: skip


def list_all(call: Call) -> Response:
    """Answer GET …/calendars: one's own and the copies of shared ones (SET-01 to SET-11)."""
    found = [one for one in call.mailbox.calendars.values() if call.is_listed(one)]
    own = call.actor.oid == call.mailbox.owner.oid
    if not own:
        found = [one for one in found if one.source is None]
    call.tenant.seams.require("ERR-05", own or found, access_denied())
    return queries.page(call, found, render.calendar, "calendars")


def _visible(call: Call) -> Calendar:
    """Return the addressed calendar; 403 for one that is not shared with the caller (ERR-05)."""
    calendar = call.calendar()
    original = call.tenant.original(calendar) or calendar
    seen = calendar.source is not None or call.rights(original).titles
    call.tenant.seams.require("ERR-05", seen, access_denied())
    return calendar


def _one(call: Call, calendar: Calendar, status: int = 200) -> Response:
    shown = queries.project(render.calendar(call, calendar), call.options.get("$select"))
    path = "calendars/$entity" if "calendar" in call.parameters or status != 200 else "calendar/$entity"  # noqa: PLR2004
    return call.ok(shown, call.context(path), status)


def get(call: Call) -> Response:
    """Answer GET …/calendar or …/calendars/{id} (SET-12 to SET-16)."""
    return _one(call, _visible(call))


def change(call: Call) -> Response:
    """Answer PATCH of a calendar: a sharee changes the name of her copy and nothing else (SET-18, SET-19)."""
    calendar = _visible(call)
    mine = call.actor.oid == calendar.mailbox
    call.tenant.seams.require("PRM-11", mine, access_denied())
    call.check_match(call.tenant.namer.change_key(calendar.mailbox, calendar.id, calendar.version))
    given = properties.without_annotations(call.request.json())
    waived = call.tenant.seams.waived
    if "name" in given:
        name = _name(given)
        calendar.name = calendar.name if "PRM-13.kept" in call.tenant.seams.waived else name
        if "SET-19" in waived:
            _spread(call, calendar)
    if "color" in given and (calendar.source is None or "SET-18" in waived):
        calendar.color = properties.choice("color", given["color"], _COLORS)
    calendar.version += 1
    return _one(call, calendar)


def _spread(call: Call, renamed: Calendar) -> None:
    """Give the name of a copy to the original and to all other copies, as no service should (SET-19)."""
    original = call.tenant.original(renamed) or renamed
    source = (original.mailbox, original.id)
    for mailbox in call.tenant.mailboxes.values():
        for calendar in mailbox.calendars.values():
            if calendar is original or calendar.source == source:
                calendar.name = renamed.name


def _name(given: dict[str, Any]) -> str:
    name = properties.text("name", given.get("name")).strip()
    if not name:
        raise invalid_property("'name' is not empty.")
    return name


def create(call: Call) -> Response:
    """Answer POST …/calendars with a new custom calendar (SET-32)."""
    if call.actor.oid != call.mailbox.owner.oid:
        raise access_denied()
    given = properties.without_annotations(call.request.json())
    name = _name(given)
    if any(one.name == name and one.source is None for one in call.mailbox.calendars.values()):
        raise invalid_request("A calendar with this name exists.")
    calendar = call.tenant.add_calendar(call.mailbox.owner, name)
    calendar.color = properties.choice("color", given.get("color") or "auto", _COLORS)
    answer = _one(call, calendar, 201)
    answer.headers["Location"] = (
        f"{call.root}/users('{call.mailbox.owner.oid}')/calendars('{quoted(calendar.id)}')"
    )
    return answer


def delete(call: Call) -> Response:
    """Answer DELETE …/calendars/{id}; the primary calendar stays."""
    calendar = _visible(call)
    call.tenant.seams.require("PRM-11", call.actor.oid == calendar.mailbox, access_denied())
    if calendar.is_default:
        raise invalid_request("The default calendar cannot be deleted.")
    call.check_match(call.tenant.namer.change_key(calendar.mailbox, calendar.id, calendar.version))
    del call.mailbox.calendars[calendar.id]
    if calendar.source is None:
        gone = [one for one in call.mailbox.events.values() if one.calendar == calendar.id]
        for event in gone:
            del call.mailbox.events[event.id]
    return Response(204)


def groups(call: Call) -> Response:
    """Answer GET …/calendarGroups: there is one, which holds everything."""
    if call.actor.oid != call.mailbox.owner.oid:
        raise access_denied()
    return queries.page(call, ["My Calendars"], _group, "calendarGroups")


def _group(call: Call, name: str) -> dict[str, Any]:
    owner, namer = call.mailbox.owner.oid, call.tenant.namer
    identifier = namer.folder_id(owner, "group")
    return {
        "id": identifier,
        "name": name,
        "classId": "0006f0b7-0000-0000-c000-000000000046",
        "changeKey": namer.change_key(owner, identifier, 1),
    }
