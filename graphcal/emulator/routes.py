"""The table of paths: which operation answers which method, and what it needs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphcal.emulator import (
    answers,
    calendars,
    events,
    meetings,
    messages,
    permissions,
    profile,
    schedules,
    settings,
)
from graphcal.emulator.errors import method_not_allowed, unknown_segment

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphcal.emulator.calls import Call
    from graphcal.emulator.web import Response

    Operation = Callable[[Call], Response]

_USER = r"/(?:me|users/(?P<user>[^/]+))"
_IN_GROUP = r"(?:calendarGroups?/[^/]+/|calendarGroup/)?"
_CALENDAR = rf"(?:calendar|{_IN_GROUP}calendars/(?P<calendar>[^/]+))"
_EVENT = rf"{_USER}(?:/{_CALENDAR}|(?P<anywhere>))/events/(?P<event>[^/]+)"
_MAIL = rf"{_USER}(?:/mailFolders/(?P<folder>[^/]+))?/messages"
_GRAPH = r"(?:microsoft\.graph\.)?"


@dataclass(frozen=True)
class Route:
    """One shape of path, with its operation and need for each method."""

    shape: re.Pattern[str]
    methods: dict[str, tuple[Operation, str]]


def _route(shape: str, **methods: tuple[Operation, str]) -> Route:
    return Route(re.compile(shape, re.IGNORECASE), methods)


ROUTES = (
    _route(_USER, GET=(profile.get, "read profile")),
    _route(
        rf"{_USER}/{_IN_GROUP}calendars",
        GET=(calendars.list_all, "list calendars"),
        POST=(calendars.create, "write calendars"),
    ),
    _route(rf"{_USER}/calendarGroups", GET=(calendars.groups, "list calendars")),
    _route(
        rf"{_USER}/{_CALENDAR}",
        GET=(calendars.get, "read calendars"),
        PATCH=(calendars.change, "write calendars"),
        DELETE=(calendars.delete, "write calendars"),
    ),
    _route(
        rf"{_USER}(?:/{_CALENDAR}|(?P<anywhere>))/events",
        GET=(events.list_all, "read calendars"),
        POST=(events.create, "create events"),
    ),
    _route(
        _EVENT,
        GET=(events.get, "read calendars"),
        PATCH=(events.change, "write events"),
        DELETE=(events.delete, "write events"),
    ),
    _route(rf"{_EVENT}/instances", GET=(events.instances, "read calendars")),
    _route(
        rf"{_EVENT}/{_GRAPH}(?P<action>accept|tentativelyAccept|decline)", POST=(answers.respond, "respond")
    ),
    _route(
        rf"{_EVENT}/{_GRAPH}(?P<action>dismissReminder|snoozeReminder)", POST=(events.remind, "write events")
    ),
    _route(rf"{_EVENT}/{_GRAPH}cancel", POST=(meetings.cancel_action, "write events")),
    _route(rf"{_EVENT}/{_GRAPH}forward", POST=(meetings.forward_action, "forward")),
    _route(
        rf"{_USER}(?:/{_CALENDAR}|(?P<anywhere>))/calendarView",
        GET=(schedules.calendar_view, "read calendars"),
    ),
    _route(rf"{_USER}/{_CALENDAR}/{_GRAPH}getSchedule", POST=(schedules.get_schedule, "read schedules")),
    _route(
        rf"{_USER}/{_CALENDAR}/calendarPermissions",
        GET=(permissions.list_all, "list permissions"),
        POST=(permissions.create, "create permissions"),
    ),
    _route(
        rf"{_USER}/{_CALENDAR}/calendarPermissions/(?P<permission>[^/]+)",
        GET=(permissions.get, "list permissions"),
        PATCH=(permissions.change, "write permissions"),
        DELETE=(permissions.delete, "write permissions"),
    ),
    _route(
        rf"{_USER}/mailboxSettings",
        GET=(settings.read, "read settings"),
        PATCH=(settings.change, "write settings"),
    ),
    _route(
        rf"{_USER}/mailboxSettings/(?P<setting>\w+)",
        GET=(settings.read_one, "read settings"),
        PATCH=(settings.change_one, "write settings"),
        PUT=(settings.change_one, "write settings"),
    ),
    _route(_MAIL, GET=(messages.list_all, "read mail")),
    _route(rf"{_USER}/mailFolders", GET=(messages.folders, "read mail")),
    _route(rf"{_USER}/mailFolders/(?P<folder>[^/]+)", GET=(messages.folder, "read mail")),
    _route(
        rf"{_MAIL}/(?P<message>[^/]+)",
        GET=(messages.get, "read mail"),
        PATCH=(messages.change, "write mail"),
        DELETE=(messages.delete, "write mail"),
    ),
    _route(rf"{_MAIL}/(?P<message>[^/]+)/{_GRAPH}eventMessage/event", GET=(messages.event, "read mail")),
    _route(rf"{_MAIL}/(?P<message>[^/]+)/{_GRAPH}move", POST=(messages.move, "write mail")),
)

_KEYED = frozenset({
    "users", "calendars", "calendargroups", "events", "calendarpermissions", "mailfolders", "messages",
})  # fmt: skip
_WORDS = _KEYED | {
    "me", "calendar", "calendargroup", "instances", "accept", "tentativelyaccept", "decline", "cancel", "forward",
    "dismissreminder", "snoozereminder", "calendarview", "getschedule", "mailboxsettings", "move",
}  # fmt: skip


def find(method: str, path: str) -> tuple[Operation, str, dict[str, str]]:
    """Return the operation, its need and the path's parameters; 400 for no resource, 405 for a wrong method."""
    allowed: list[str] = []
    for route in ROUTES:
        match = route.shape.fullmatch(path)
        if match is None:
            continue
        given = {name: value for name, value in match.groupdict().items() if value is not None}
        if method in route.methods:
            operation, need = route.methods[method]
            return operation, need, given
        allowed += route.methods
    if allowed:
        raise method_not_allowed(sorted(allowed))
    raise unknown_segment(_stranger(path))


def _stranger(path: str) -> str:
    """Return the first segment that is neither a known word nor the key after one."""
    parts = [part for part in path.split("/") if part]
    keyed = False
    for part in parts:
        word = part.lower().removeprefix("microsoft.graph.")
        if not keyed and word not in _WORDS:
            return part
        keyed = not keyed and word in _KEYED
    return parts[-1] if parts else ""
