"""Faults of roles, private events and scopes (PRM, PRV, SCP)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from graphcal.emulator.faults.fault import Fault, answered, granted, scoped, shown, status, waive
from graphcal.emulator.sharing import Role

if TYPE_CHECKING:
    from graphcal.emulator.sharing import Rights
    from graphcal.emulator.web import Request, Response

_COPY = r"/me/calendars/[^/]+"
_PERMISSIONS = r"/.*/calendarPermissions"


def _all_see(_role: Role, rights: Rights) -> Rights:
    """Show private events to everybody who sees details."""
    return replace(rights, private=rights.details)


def _rename(request: Request, response: Response) -> Response | None:
    refused = response.json and response.json.get("canEdit") is False
    return status(403, "ErrorAccessDenied")(request, response) if refused else None


def _more_roles(found: dict[str, Any]) -> dict[str, Any]:
    return {} if found["isInsideOrganization"] else {"allowedRoles": [*found["allowedRoles"], "write"]}


def _named(found: dict[str, Any]) -> dict[str, Any]:
    return {
        "scheduleItems": [{"subject": "Private", "isPrivate": True, **one} for one in found["scheduleItems"]]
    }


def _unauthorized(request: Request, response: Response) -> Response | None:
    refused = status(401, "InvalidAuthenticationToken")(request, response)
    return refused if response.status == 403 else None  # noqa: PLR2004 - access denied


def _unexpanded(request: Request, response: Response) -> Response | None:
    return None if "expand" in request.query else status(403, "ErrorAccessDenied")(request, response)


FAULTS: dict[str, Fault] = {
    "PRM-01": granted(Role.NONE, "No access still shows free/busy.", free_busy=True),
    "PRM-02": granted(Role.FREE_BUSY, "Free/busy shows titles.", titles=True),
    "PRM-03": granted(Role.FREE_BUSY, "Free/busy opens events.", titles=True, details=True),
    "PRM-04": granted(Role.LIMITED, "Limited reading shows everything.", details=True),
    "PRM-04.titles": granted(Role.LIMITED, "Limited reading shows no titles.", titles=False),
    "PRM-05": granted(Role.READ, "Reading shows no details.", details=False),
    "PRM-06": granted(Role.READ, "Who may read may write.", edit=True),
    "PRM-07": granted(Role.WRITE, "Who may write may not.", edit=False),
    "PRM-09": granted(Role.DELEGATE, "A delegate may not write.", edit=False),
    "PRM-10": granted(
        Role.TRUSTED_DELEGATE, "A trusted delegate is as any other.", private=False, edit_private=False
    ),
    "PRM-11": waive("PRM-11", "Everybody handles permissions."),
    "PRM-12": shown("calendar", "Everybody may share onward.", lambda _found: {"canShare": True}),
    "PRM-13": answered("PATCH", _COPY, "A reader cannot rename her copy.", _rename),
    "PRM-14": shown("calendarPermission", "Outsiders may write.", _more_roles),
    "PRM-14.granted": waive("PRM-14", "Any role can be given to anybody."),
    "PRM-15": shown(
        "calendar",
        "The copy's flags do not follow the role.",
        lambda found: {} if found["canShare"] else {"canEdit": True},
    ),
    "PRV-01": Fault("Private events are not masked.", seams={"rights": _all_see}),
    "PRV-02": granted(Role.TRUSTED_DELEGATE, "Private events are masked for all.", private=False),
    "PRV-03": waive("PRV-03", "Every writer changes private events."),
    "PRV-04": granted(Role.TRUSTED_DELEGATE, "Nobody changes private events.", edit_private=False),
    "PRV-06": shown("scheduleInformation", "Schedules name private events.", _named),
    "PRV-07": shown(
        "event",
        "Confidential events are private.",
        lambda found: {"sensitivity": found["sensitivity"].replace("confidential", "private")},
    ),
    "SCP-01": scoped("SCP-01", "No scope lists calendars.", allowed=False),
    "SCP-02": scoped("SCP-02", "A scope for reading writes.", allowed=True),
    "SCP-02.refused": scoped("SCP-02", "No scope creates events.", allowed=False),
    "SCP-03": scoped("SCP-03", "No scope expands a message.", allowed=False),
    "SCP-04": scoped("SCP-04", "No scope answers.", allowed=False),
    "SCP-05": answered(
        "GET", "/me/messages/[^/]+", "No scope reads a message without its event.", _unexpanded
    ),
    "SCP-06": scoped("SCP-06", "No scope reads events.", allowed=False).and_so("SCP-07"),
    "SCP-07": scoped("SCP-06", "Any scope reads another's mailbox.", allowed=True),
    "SCP-07.copy": answered("GET", _COPY, "No scope reads a copy.", status(403, "ErrorAccessDenied")),
    "SCP-07.mailbox": answered(
        "GET", "/users/.*/calendar", "No scope reads another's mailbox.", status(403, "ErrorAccessDenied")
    ),
    "SCP-08": scoped("SCP-08", "A scope for reading changes permissions.", allowed=True),
    "SCP-08.status": answered(
        "PATCH|DELETE", f"{_PERMISSIONS}/.*", "Too small a scope is no token.", _unauthorized
    ),
    "SCP-08.listed": answered(
        "GET", _PERMISSIONS, "No scope lists permissions.", status(403, "ErrorAccessDenied")
    ),
    "SCP-08.added": answered(
        "POST", _PERMISSIONS, "No scope adds permissions.", status(403, "ErrorAccessDenied")
    ),
    "SCP-08.changed": answered(
        "PATCH", f"{_PERMISSIONS}/.*", "No scope changes permissions.", status(403, "ErrorAccessDenied")
    ),
    "SCP-08.removed": answered(
        "DELETE", f"{_PERMISSIONS}/.*", "No scope removes permissions.", status(403, "ErrorAccessDenied")
    ),
    "SCP-09": scoped("SCP-09", "A scope for reading changes settings.", allowed=True),
    "SCP-09.refused": scoped("SCP-09", "No scope opens settings.", allowed=False),
    "SCP-09.set": answered(
        "PATCH", "/me/mailboxSettings", "No scope changes settings.", status(403, "ErrorAccessDenied")
    ),
    "SCP-10": scoped("SCP-10", "A scope for reading changes calendars and events.", allowed=True),
    "SCP-10.refused": scoped("SCP-10", "No scope changes calendars and events.", allowed=False),
    "SCP-11": scoped("SCP-11", "No scope asks for schedules.", allowed=False),
}
