"""Faults of calendars, their copies, permissions and settings (SET)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from graphcal.emulator.faults.fault import Fault, answered, entity, listed, shown, status, waive, without

if TYPE_CHECKING:
    from collections.abc import Callable

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


def _last(_principal: Person, plan: list[Stop]) -> list[Stop]:
    """Keep the delegate who was named last."""
    delegated = [stop for stop in plan if stop.is_delegated]
    return [stop for stop in plan if not stop.is_delegated or stop is delegated[-1]]


def _rename(request: Request, response: Response) -> Response | None:
    return replace(response, json={**response.json, "name": "Calendar"}) if b"name" in request.body else None


def _default_name(found: dict[str, Any]) -> dict[str, Any]:
    return {"name": "Calendar"} if found["name"] == found["owner"]["name"] else {}


def _email(request: Request, found: dict[str, Any]) -> dict[str, Any]:
    return {"emailAddress": request.json().get("emailAddress", found["emailAddress"])}


def _delegable(found: dict[str, Any]) -> dict[str, Any]:
    """Offer the roles of delegates wherever somebody inside may write."""
    allowed = found["allowedRoles"]
    return {"allowedRoles": [*allowed, *_DELEGATES]} if allowed[-1] == "write" else {}


def _writing_outside(found: dict[str, Any]) -> dict[str, Any]:
    return {} if found["isInsideOrganization"] else {"allowedRoles": [*found["allowedRoles"], "write"]}


def _of_organisation(change: dict[str, Any]) -> Any:
    """Change the organisation's entry only."""
    return lambda found: {} if "address" in found["emailAddress"] else change


def _again(which: Callable[[dict[str, Any]], bool]) -> Any:
    """List some calendars a second time, under other ids."""

    def more(_request: Request, found: dict[str, Any]) -> dict[str, Any]:
        listed_before = found.get("value", [])
        return {
            "value": [
                *listed_before,
                *({**one, "id": one["id"][::-1]} for one in listed_before if which(one)),
            ]
        }

    return entity(more)


def _collected(_request: Request, response: Response) -> Response:
    return replace(response, json={"value": [response.json]})


FAULTS: dict[str, Fault] = {
    "SET-01": answered("GET", _CALENDARS, "The list of calendars is no collection.", without("value")),
    "SET-01.context": answered(
        "GET", _CALENDARS, "The list does not say what it holds.", without("@odata.context")
    ),
    "SET-02": answered(
        "GET", _CALENDARS, "The own calendar is not listed.", listed(lambda one: not one["canShare"])
    ),
    "SET-02.flags": shown(
        "calendar", "The own calendar cannot be edited.", lambda found: {"canEdit": not found["canShare"]}
    ),
    "SET-02.default": shown(
        "calendar", "No calendar is the default.", lambda _found: {"isDefaultCalendar": False}
    ),
    "SET-02.defaults": answered(
        "GET", _CALENDARS, "There are two default calendars.", _again(lambda one: one["isDefaultCalendar"])
    ),
    "SET-03": answered(
        "GET", _CALENDARS, "The delegated calendar is not listed.", listed(lambda one: one["canShare"])
    ),
    "SET-04": shown("calendar", "A delegate may share.", lambda _found: {"canShare": True}),
    "SET-05": shown("calendar", "A delegate may not edit.", _copy({"canEdit": False})),
    "SET-06": shown("calendar", "A copy belongs to nobody.", _copy({"owner": {"name": "", "address": ""}})),
    "SET-07": shown("calendar", "The copy has no name of its own.", _default_name),
    "SET-07.custom": waive("SET-07", "A custom calendar is called after its owner."),
    "SET-08": shown(
        "calendar", "Everybody sees private items.", lambda _found: {"canViewPrivateItems": True}
    ),
    "SET-09": shown("calendar", "No delegate sees private items.", _copy({"canViewPrivateItems": False})),
    "SET-10": answered(
        "GET", _CALENDARS, "Copies are listed twice.", _again(lambda one: not one["canShare"])
    ).and_so("SET-03"),
    "SET-10.flags": shown("calendar", "Every sharee may edit.", lambda _found: {"canEdit": True}),
    "SET-11": answered(
        "GET", "/users/[^/]+/calendars", "Under one's name nothing is listed.", listed(lambda _one: False)
    ),
    "SET-12": answered(
        "GET",
        "/users/[^/]+/calendar",
        "The owner's calendar is out of reach.",
        status(404, "ErrorItemNotFound"),
    ).and_so("SET-16"),
    "SET-13": Fault("The copy has the id of the original.", seams={"alias": _original_id}).and_so("SET-14"),
    "SET-14": Fault("The owner's ids count in the sharee's mailbox.", seams={"alias": _original_id}).and_so(
        "SET-13"
    ),
    "SET-15": answered(
        "GET",
        r"/me/calendars/[^/]+/events.*",
        "Events of the copy are out of reach.",
        status(404, "ErrorItemNotFound"),
    ),
    "SET-15.calendar": answered(
        "GET", r"/me/calendars/[^/]+", "The copy is out of reach.", status(404, "ErrorItemNotFound")
    ),
    "SET-15.listed": answered(
        "GET", r"/me/calendars/[^/]+/events", "The copy lists no events.", listed(lambda _one: False)
    ),
    "SET-15.event": answered(
        "GET",
        r"/me/calendars/[^/]+/events/[^/]+",
        "No event of the copy can be opened.",
        status(404, "ErrorItemNotFound"),
    ),
    "SET-16": answered(
        "GET",
        r"/users/[^/]+/.*events.*",
        "The owner's events are out of reach.",
        status(403, "ErrorAccessDenied"),
    ),
    "SET-16.calendar": answered(
        "GET",
        "/users/[^/]+/calendar",
        "The owner's calendar is closed.",
        status(403, "ErrorAccessDenied"),
    ).and_so("SET-12"),
    "SET-18": answered("PATCH", r"/me/calendars/[^/]+", "A copy keeps its name.", _rename),
    "SET-18.kept": answered(
        "GET",
        r"/me/calendars/[^/]+",
        "A copy goes by its first name.",
        entity(lambda _request, found: {"name": found["owner"]["name"]}),
    ),
    "SET-18.colour": waive("SET-18", "A copy takes any colour."),
    "SET-18.status": answered("PATCH", r"/me/calendars/[^/]+", "Renaming answers 204.", status(204)),
    "SET-19": waive("SET-19", "A name given to a copy is everybody's."),
    "SET-20": shown(
        "calendarPermission",
        "Delegates are outside the organisation.",
        lambda found: {"isInsideOrganization": found["role"] not in _DELEGATES},
    ),
    "SET-20.custom": shown("calendarPermission", "Custom calendars can be delegated.", _delegable),
    "SET-21": shown(
        "mailboxSettings",
        "The default is another one.",
        lambda found: (
            {_OPTION: "sendToDelegateAndPrincipal"} if found.get(_OPTION) == "sendToDelegateOnly" else {}
        ),
    ).and_so("SET-23"),
    "SET-22": answered(
        "GET", r"/me/mailboxSettings/\w+", "The option has no path.", status(404, "ResourceNotFound")
    ),
    "SET-22.value": answered(
        "GET",
        r"/me/mailboxSettings/\w+",
        "The option is another than the settings tell.",
        entity(lambda _request, _found: {"value": "sendToDelegateAndInformationToPrincipal"}),
    ),
    "SET-22.word": answered(
        "GET",
        r"/me/mailboxSettings/\w+",
        "The option is a number.",
        entity(lambda _request, _found: {"value": 0}),
    ),
    "SET-23": answered("PATCH", "/me/mailboxSettings", "The change is not shown.", without(_OPTION)),
    "SET-23.status": answered("PATCH", "/me/mailboxSettings", "The change answers 204.", status(204)),
    "SET-23.kept": waive("SET-23", "The change is not kept."),
    "SET-24": Fault("Only the first delegate gets messages.", seams={"stops": _first}),
    "SET-24.last": Fault("Only the last delegate gets messages.", seams={"stops": _last}),
    "SET-25": answered(
        "GET", _PERMISSIONS, "The organisation has no entry.", listed(lambda one: one["isRemovable"])
    ),
    "SET-25.people": answered(
        "GET", _PERMISSIONS, "Sharees have no entry.", listed(lambda one: not one["isRemovable"])
    ),
    "SET-25.list": answered(
        "GET", _PERMISSIONS, "The permissions are no collection.", without("value")
    ).and_so("REP-19"),
    "SET-26": shown(
        "calendarPermission", "The organisation's entry can be removed.", lambda _found: {"isRemovable": True}
    ),
    "SET-26.address": shown(
        "calendarPermission",
        "The organisation has an address.",
        lambda found: {"emailAddress": {"address": "all@contoso.com", **found["emailAddress"]}},
    ),
    "SET-26.inside": shown(
        "calendarPermission",
        "The organisation is outside.",
        _of_organisation({"isInsideOrganization": False}),
    ),
    "SET-26.role": shown(
        "calendarPermission", "The organisation may read everything.", _of_organisation({"role": "read"})
    ),
    "SET-27": shown(
        "calendarPermission",
        "No entry may become a delegate's.",
        lambda found: {"allowedRoles": [role for role in found["allowedRoles"] if role not in _DELEGATES]},
    ),
    "SET-27.removable": shown(
        "calendarPermission", "No entry can be removed.", lambda _found: {"isRemovable": False}
    ),
    "SET-27.outside": shown("calendarPermission", "Somebody outside may write.", _writing_outside),
    "SET-28": answered(
        "PATCH",
        f"{_PERMISSIONS}/.*",
        "The role does not change.",
        entity(lambda _request, _found: {"role": "freeBusyRead"}),
    ),
    "SET-28.status": answered("PATCH", f"{_PERMISSIONS}/.*", "Changing a role answers 204.", status(204)),
    "SET-28.kept": waive("SET-28", "A changed role is not kept.").and_so("SET-09", "SET-24"),
    "SET-29": answered("PATCH", f"{_PERMISSIONS}/.*", "The address can be changed.", entity(_email)),
    "SET-29.kept": waive("SET-29", "An entry passes to another person."),
    "SET-30": answered("DELETE", f"{_PERMISSIONS}/.*", "Removing answers 200.", status(200)),
    "SET-30.entry": waive("ERR-11", "A removed entry stays."),
    "SET-31": answered("POST", _PERMISSIONS, "The new entry has no id.", without("id")).and_so("REP-19"),
    "SET-31.roles": answered("POST", _PERMISSIONS, "The new entry allows no roles.", without("allowedRoles")),
    "SET-31.status": answered("POST", _PERMISSIONS, "The new entry answers 202.", status(202)),
    "SET-31.many": answered("POST", _PERMISSIONS, "The new entry comes as a collection.", _collected).and_so(
        "REP-19"
    ),
    "SET-32": shown("calendar", "No calendar tallies.", lambda _found: {"isTallyingResponses": False}),
    "SET-32.custom": shown(
        "calendar", "Every calendar tallies.", lambda _found: {"isTallyingResponses": True}
    ),
    "SET-32.copy": shown("calendar", "No copy tallies.", _copy({"isTallyingResponses": False})),
}
