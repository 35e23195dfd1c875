"""Faults of calendars, their copies, permissions and settings (SET)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from graphcal.emulator.faults.fault import Fault, answered, entity, listed, shown, status, waive, without

if TYPE_CHECKING:
    from graphcal.emulator.delivery import Stop
    from graphcal.emulator.model import Person
    from graphcal.emulator.web import Request, Response

_CALENDARS = r"/(me|users/[^/]+)/calendars"
_PERMISSIONS = r"/.*/calendarPermissions"
_OPTION = "delegateMeetingMessageDeliveryOptions"
_DELEGATES = ("delegateWithoutPrivateEventAccess", "delegateWithPrivateEventAccess")


def _copy(change: dict[str, Any]) -> Any:
    """Change copies of shared calendars only."""
    return lambda found: {} if found["canShare"] else change


def _original_id(original: str, _alias: str) -> str:
    return original


def _first(_principal: Person, plan: list[Stop]) -> list[Stop]:
    """Keep one delegate."""
    return [stop for number, stop in enumerate(plan) if number == 0 or not stop.is_delegated]


def _rename(request: Request, response: Response) -> Response | None:
    return replace(response, json={**response.json, "name": "Calendar"}) if b"name" in request.body else None


def _default_name(found: dict[str, Any]) -> dict[str, Any]:
    return {"name": "Calendar"} if found["name"] == found["owner"]["name"] else {}


def _email(request: Request, found: dict[str, Any]) -> dict[str, Any]:
    return {"emailAddress": request.json().get("emailAddress", found["emailAddress"])}


FAULTS: dict[str, Fault] = {
    "SET-01": answered("GET", _CALENDARS, "The list of calendars is no collection.", without("value")),
    "SET-02": answered(
        "GET", _CALENDARS, "The own calendar is not listed.", listed(lambda one: not one["canShare"])
    ),
    "SET-02.flags": shown(
        "calendar", "The own calendar cannot be edited.", lambda found: {"canEdit": not found["canShare"]}
    ),
    "SET-03": answered(
        "GET", _CALENDARS, "The delegated calendar is not listed.", listed(lambda one: one["canShare"])
    ),
    "SET-04": shown("calendar", "A delegate may share.", lambda _found: {"canShare": True}),
    "SET-05": shown("calendar", "A delegate may not edit.", _copy({"canEdit": False})),
    "SET-06": shown("calendar", "A copy belongs to nobody.", _copy({"owner": {"name": "", "address": ""}})),
    "SET-07": shown("calendar", "The copy has no name of its own.", _default_name),
    "SET-08": shown(
        "calendar", "Everybody sees private items.", lambda _found: {"canViewPrivateItems": True}
    ),
    "SET-09": shown("calendar", "No delegate sees private items.", _copy({"canViewPrivateItems": False})),
    "SET-10": answered(
        "GET", _CALENDARS, "Copies for reading are not listed.", listed(lambda one: one["canEdit"])
    ),
    "SET-10.flags": shown("calendar", "Every sharee may edit.", lambda _found: {"canEdit": True}),
    "SET-11": answered(
        "GET", "/users/[^/]+/calendars", "Under one's name nothing is listed.", listed(lambda _one: False)
    ),
    "SET-12": answered(
        "GET",
        "/users/[^/]+/calendar",
        "The owner's calendar is out of reach.",
        status(404, "ErrorItemNotFound"),
    ),
    "SET-13": Fault("The copy has the id of the original.", seams={"alias": _original_id}),
    "SET-14": Fault("The owner's ids count in the sharee's mailbox.", seams={"alias": _original_id}),
    "SET-15": answered(
        "GET",
        r"/me/calendars/[^/]+/events.*",
        "Events of the copy are out of reach.",
        status(404, "ErrorItemNotFound"),
    ),
    "SET-16": answered(
        "GET",
        r"/users/[^/]+/.*events.*",
        "The owner's events are out of reach.",
        status(403, "ErrorAccessDenied"),
    ),
    "SET-18": answered("PATCH", r"/me/calendars/[^/]+", "A copy keeps its name.", _rename),
    "SET-19": shown(
        "calendar",
        "The owner's calendar has the sharee's name.",
        lambda found: {"name": "Boss"} if found["isDefaultCalendar"] else {},
    ),
    "SET-20": shown(
        "calendarPermission",
        "Delegates are outside the organisation.",
        lambda found: {"isInsideOrganization": found["role"] not in _DELEGATES},
    ),
    "SET-21": shown(
        "mailboxSettings",
        "The default is another one.",
        lambda found: (
            {_OPTION: "sendToDelegateAndPrincipal"} if found.get(_OPTION) == "sendToDelegateOnly" else {}
        ),
    ),
    "SET-22": answered(
        "GET", r"/me/mailboxSettings/\w+", "The option has no path.", status(404, "ResourceNotFound")
    ),
    "SET-23": answered("PATCH", "/me/mailboxSettings", "The change is not shown.", without(_OPTION)),
    "SET-24": Fault("Only the first delegate gets messages.", seams={"stops": _first}),
    "SET-25": answered(
        "GET", _PERMISSIONS, "The organisation has no entry.", listed(lambda one: one["isRemovable"])
    ),
    "SET-25.people": answered(
        "GET", _PERMISSIONS, "Sharees have no entry.", listed(lambda one: not one["isRemovable"])
    ),
    "SET-26": shown(
        "calendarPermission", "The organisation's entry can be removed.", lambda _found: {"isRemovable": True}
    ),
    "SET-26.address": shown(
        "calendarPermission",
        "The organisation has an address.",
        lambda found: {"emailAddress": {"address": "all@contoso.com", **found["emailAddress"]}},
    ),
    "SET-27": shown(
        "calendarPermission",
        "No entry may become a delegate's.",
        lambda found: {"allowedRoles": [role for role in found["allowedRoles"] if role not in _DELEGATES]},
    ),
    "SET-27.removable": shown(
        "calendarPermission", "No entry can be removed.", lambda _found: {"isRemovable": False}
    ),
    "SET-28": answered(
        "PATCH",
        f"{_PERMISSIONS}/.*",
        "The role does not change.",
        entity(lambda _request, _found: {"role": "freeBusyRead"}),
    ),
    "SET-29": answered("PATCH", f"{_PERMISSIONS}/.*", "The address can be changed.", entity(_email)),
    "SET-30": answered("DELETE", f"{_PERMISSIONS}/.*", "Removing answers 200.", status(200)),
    "SET-30.entry": waive("ERR-11", "A removed entry stays."),
    "SET-31": answered("POST", _PERMISSIONS, "The new entry has no id.", without("id")),
    "SET-31.roles": answered("POST", _PERMISSIONS, "The new entry allows no roles.", without("allowedRoles")),
    "SET-32": shown("calendar", "No calendar tallies.", lambda _found: {"isTallyingResponses": False}),
    "SET-32.custom": shown(
        "calendar", "Every calendar tallies.", lambda _found: {"isTallyingResponses": True}
    ),
}
