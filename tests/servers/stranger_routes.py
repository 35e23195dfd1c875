"""Find who answers a call to a stranger's emulator: what its path means, and whether the token opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import stranger_answers
import stranger_calendars
import stranger_events
import stranger_mail
import stranger_permissions
import stranger_schedule
import stranger_settings
from stranger_model import RefusedError, invalid, missing
from stranger_scopes import check

if TYPE_CHECKING:
    from stranger_calls import Answer, Call, Handler

BESIDE = {"calendar": ["calendars", "primary"], "calendarview": ["calendars", "primary", "calendarView"]}
GRAPH = "microsoft.graph."
ROUTES: dict[str, dict[str, tuple[Handler, str]]] = {
    **stranger_calendars.ROUTES,
    **stranger_events.ROUTES,
    **stranger_answers.ROUTES,
    **stranger_schedule.ROUTES,
    **stranger_permissions.ROUTES,
    **stranger_settings.ROUTES,
    **stranger_mail.ROUTES,
}


def answer(call: Call, segments: list[str]) -> Answer:
    """Answer a call whose path below the mailbox has these segments."""
    segments = _plain(call, segments)
    shapes = [pattern for pattern in ROUTES if _fits(pattern.split("/"), segments)]
    if not shapes:
        raise invalid(f"Resource not found for the segment '{segments[-1]}'.", "BadRequest")
    handlers = ROUTES[shapes[0]]
    if call.method not in handlers:
        raise RefusedError(405, "ErrorInvalidRequest", f"{call.method} is not allowed here.")
    handler, need = handlers[call.method]
    check(call.scopes, need, foreign=call.foreign, strict=call.options.strict_scopes)
    names = shapes[0].split("/")
    call.ids.extend(found for name, found in zip(names, segments, strict=True) if name == "*")
    return handler(call)


def _plain(call: Call, segments: list[str]) -> list[str]:
    """Return the path that means the same and begins with "calendars" wherever a calendar is meant."""
    first = segments[0].casefold()
    if first == "calendargroups" and len(segments) > 2:
        if segments[1] not in stranger_calendars.group_ids(call):
            raise missing()
        return _plain(call, segments[2:])
    if first == "calendargroup":
        return _plain(call, segments[1:] or ["calendarGroups"])
    if first in BESIDE:
        return BESIDE[first] + segments[1:]
    if first == "events":
        return ["calendars", "any" if len(segments) > 1 else "primary", *segments]
    return segments


def _fits(pattern: list[str], segments: list[str]) -> bool:
    return len(pattern) == len(segments) and all(
        name == "*" or name.casefold() == found.removeprefix(GRAPH).casefold()
        for name, found in zip(pattern, segments, strict=True)
    )
