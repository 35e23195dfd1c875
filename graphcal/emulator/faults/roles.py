"""Faults of roles, private events and scopes (PRM, PRV, SCP)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from graphcal.emulator.delivery import Stop
from graphcal.emulator.faults.fault import (
    Fault,
    answered,
    entity,
    granted,
    recipient,
    scoped,
    shown,
    status,
    waive,
)
from graphcal.emulator.people import PEOPLE
from graphcal.emulator.sharing import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphcal.emulator.model import Person
    from graphcal.emulator.sharing import Rights
    from graphcal.emulator.web import Request, Response

_COPY = r"/me/calendars/[^/]+"
_PERMISSIONS = r"/.*/calendarPermissions"
_MORE_PRIVATE = {"normal": "personal", "personal": "private", "private": "confidential"}
_EVENTS = "/users/[^/]+/calendar/events.*"
_REFUSALS = (403, 404)
OUTSIDER = PEOPLE[4]


def _all_see(_role: Role, rights: Rights) -> Rights:
    """Show private events to everybody who sees details."""
    return replace(rights, private=rights.details)


def _rename(*, can_edit: bool) -> Callable[[Request, Response], Response | None]:
    """Refuse the renaming of copies that can be edited, or of those that cannot."""
    refuse = status(403, "ErrorAccessDenied")

    def change(request: Request, response: Response) -> Response | None:
        concerned = (response.json or {}).get("canEdit") is can_edit
        return refuse(request, response) if concerned else None

    return change


def _of_copies(change: dict[str, Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Change copies of shared calendars only."""
    return lambda found: {} if found["canShare"] else change


def _also_listed(_request: Request, found: dict[str, Any]) -> dict[str, Any]:
    """List somebody with the role none, unless he has a role."""
    entry = {
        "id": "Tm9uZQ==",
        "isRemovable": True,
        "isInsideOrganization": True,
        "role": "none",
        "allowedRoles": ["none", "freeBusyRead", "limitedRead", "read", "write"],
        "emailAddress": recipient(OUTSIDER)["emailAddress"],
    }
    return {"value": [*found.get("value", []), entry]}


def _undelegated(principal: Person, plan: list[Stop]) -> list[Stop]:
    return [Stop(principal)] if any(stop.is_delegated for stop in plan) else plan


def _masked(
    change: Callable[[Request, Response], Response],
) -> Callable[[Request, Response], Response | None]:
    """Change answers that hold a private event masked."""

    def seam(request: Request, response: Response) -> Response | None:
        found = response.json or {}
        masked = found.get("sensitivity") == "private" and not found.get("bodyPreview")
        return change(request, response) if masked else None

    return seam


def _recoded(request: Request, response: Response) -> Response | None:
    return (
        status(response.status, "ErrorSomething")(request, response) if response.status in _REFUSALS else None
    )


def _bad_request(request: Request, response: Response) -> Response | None:
    return status(400, "ErrorInvalidRequest")(request, response) if response.status in _REFUSALS else None


def _unnamed(found: dict[str, Any]) -> dict[str, Any]:
    kept = ("status", "start", "end")
    return {"scheduleItems": [{name: one[name] for name in kept} for one in found["scheduleItems"]]}


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
    "PRM-01.listed": answered(
        "GET", "/me/calendar/calendarPermissions", "Whoever has no access is listed.", entity(_also_listed)
    ),
    "PRM-02": granted(Role.FREE_BUSY, "Free/busy shows titles.", titles=True).and_so("PRM-03"),
    "PRM-02.writing": granted(Role.FREE_BUSY, "Who sees free/busy may write.", titles=True, edit=True).and_so(
        "PRM-03", "PRM-15"
    ),
    "PRM-03": granted(Role.FREE_BUSY, "Free/busy opens events.", titles=True, details=True).and_so("PRM-02"),
    "PRM-03.code": answered("GET", _EVENTS, "Outsiders are refused by another name.", _recoded),
    "PRM-04": granted(Role.LIMITED, "Limited reading shows everything.", details=True),
    "PRM-04.titles": granted(Role.LIMITED, "Limited reading shows no titles.", titles=False),
    "PRM-04.writing": granted(Role.LIMITED, "A limited reader may write.", edit=True).and_so("PRM-15"),
    "PRM-04.private": granted(Role.LIMITED, "A limited reader sees private titles.", private=True).and_so(
        "PRV-01"
    ),
    "PRM-05": granted(Role.READ, "Reading shows no details.", details=False),
    "PRM-06": granted(Role.READ, "Who may read may write.", edit=True).and_so("PRM-15"),
    "PRM-06.status": answered(
        "POST|PATCH|DELETE", _EVENTS, "A refused change is a bad request.", _bad_request
    ),
    "PRM-07": granted(Role.WRITE, "Who may write may not.", edit=False).and_so("PRM-15"),
    "PRM-07.reading": granted(Role.WRITE, "Who may write cannot read.", details=False),
    "PRM-07.kept": waive("LIF-01.owner", "What is changed is confirmed and not kept.").and_so(
        "PRM-09", "PRM-10", "PRV-04", "LIF-01", "LIF-06", "LIF-07"
    ),
    "PRM-07.removed": waive("PRM-07.removed", "What others remove stays.").and_so(
        "PRM-09", "PRM-10", "PRV-04"
    ),
    "PRM-09": granted(Role.DELEGATE, "A delegate may not write.", edit=False).and_so("PRM-15"),
    "PRM-09.reading": granted(Role.DELEGATE, "A delegate cannot read.", details=False),
    "PRM-09.messages": Fault("A delegate receives nothing.", seams={"stops": _undelegated}),
    "PRM-10": granted(
        Role.TRUSTED_DELEGATE, "A trusted delegate is as any other.", private=False, edit_private=False
    ).and_so("PRV-02", "PRV-04"),
    "PRM-10.reading": granted(Role.TRUSTED_DELEGATE, "A trusted delegate cannot read.", details=False).and_so(
        "PRV-02"
    ),
    "PRM-10.writing": granted(Role.TRUSTED_DELEGATE, "A trusted delegate may not write.", edit=False).and_so(
        "PRM-15", "PRV-04"
    ),
    "PRM-11": waive("PRM-11", "Everybody handles permissions."),
    "PRM-12": shown("calendar", "Everybody may share onward.", lambda _found: {"canShare": True}),
    "PRM-13": answered("PATCH", _COPY, "A reader cannot rename her copy.", _rename(can_edit=False)),
    "PRM-13.writers": answered("PATCH", _COPY, "A writer cannot rename her copy.", _rename(can_edit=True)),
    "PRM-13.kept": waive("PRM-13.kept", "A copy keeps its name.").and_so("SET-18"),
    "PRM-14": shown("calendarPermission", "Outsiders may write.", _more_roles),
    "PRM-14.granted": waive("PRM-14", "Any role can be given to anybody."),
    "PRM-15": shown("calendar", "Every copy can be edited.", _of_copies({"canEdit": True})),
    "PRM-15.never": shown("calendar", "No copy can be edited.", _of_copies({"canEdit": False})),
    "PRM-15.flag": Fault(
        "The flag follows the role, the right does not.",
        seams={
            **shown("calendar", "", _of_copies({"canEdit": True})).seams,
            **granted(Role.WRITE, "", edit=False).seams,
        },
    ).and_so("PRM-07"),
    "PRV-01": Fault("Private events are not masked.", seams={"rights": _all_see}).and_so(
        "PRM-05", "PRM-09", "PRV-05"
    ),
    "PRV-01.limited": granted(Role.LIMITED, "Limited readers see private titles.", private=True).and_so(
        "PRM-04"
    ),
    "PRV-01.schedules": waive("PRV-06", "Schedules tell what private events are.").and_so(
        "PRM-04", "PRM-05", "PRM-09", "PRV-06"
    ),
    "PRV-02": granted(Role.TRUSTED_DELEGATE, "Private events are masked for all.", private=False).and_so(
        "PRM-10"
    ),
    "PRV-03": waive("PRV-03", "Every writer changes private events."),
    "PRV-03.done": replace(
        answered(
            "PATCH", _EVENTS, "A change that is refused is made.", _masked(status(403, "ErrorAccessDenied"))
        ),
        waived=frozenset({"PRV-03"}),
    ),
    "PRV-04": granted(Role.TRUSTED_DELEGATE, "Nobody changes private events.", edit_private=False).and_so(
        "PRM-10"
    ),
    "PRV-05": answered(
        "GET",
        "/users/[^/]+/calendar/events/[^/]+",
        "Private events are a conflict.",
        _masked(status(409, "ErrorIrresolvableConflict")),
    ),
    "PRV-06": shown("scheduleInformation", "Schedules name private events.", _named).and_so("PRM-02"),
    "PRV-06.silent": shown("scheduleInformation", "Schedules name nothing.", _unnamed).and_so("PRM-04"),
    "PRV-07": shown(
        "event",
        "Confidential events are private.",
        lambda found: {"sensitivity": found["sensitivity"].replace("confidential", "private")},
    ),
    "PRV-07.others": shown(
        "event",
        "Events are more private than they were made.",
        lambda found: {"sensitivity": _MORE_PRIVATE.get(found["sensitivity"], found["sensitivity"])},
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
