"""Say in JSON what a stranger's emulator holds, in ways that are legal and not those of the examples."""

from __future__ import annotations

import base64
import html
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from stranger_model import OWNER, ROLES, WRITERS, Calendar, Grant, Party
from stranger_times import wall

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from stranger_options import Options

Json = dict[str, Any]

_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z")
PRIVATE_READERS = (OWNER, "delegateWithPrivateEventAccess")
ANONYMOUS: Json = {  # what people outside may do, who are nobody in particular
    "id": "QW5vbnltb3Vz",
    "role": "freeBusyRead",
    "allowedRoles": ["none", "freeBusyRead"],
    "isRemovable": False,
    "isInsideOrganization": False,
    "emailAddress": {"name": "Anonymous"},
}
MAIL = "https://mail.fabrikam.example/owa/?item="


def spiced(value: Any) -> Any:
    """Add a property that nobody knows to every object that is not empty."""
    if isinstance(value, list):
        return [spiced(entry) for entry in value]
    if isinstance(value, dict) and value:
        return {**{name: spiced(entry) for name, entry in value.items()}, "fabrikamRank": 7}
    return value


def formed(value: Any, options: Options, base_url: str) -> Any:
    """Write type annotations and timestamps in another way that OData allows."""
    if isinstance(value, list):
        return [formed(entry, options, base_url) for entry in value]
    if isinstance(value, dict):
        return {name: _formed(name, entry, options, base_url) for name, entry in value.items()}
    if isinstance(value, str) and options.fine_stamps and _STAMP.fullmatch(value):
        return f"{value[:-1]}00Z"
    return value


def _formed(name: str, value: Any, options: Options, base_url: str) -> Any:
    if name != "@odata.type":
        return formed(value, options, base_url)
    base = {"#": "#", "": "", "absolute": f"{base_url}/$metadata#"}[options.type_form]
    return base + value.removeprefix("#")


def link(identifier: str) -> str:
    """Return the web link of an item: the id is encoded in it (REP-20)."""
    return f"{MAIL}{quote(identifier, safe='')}&view=plain"


def key(identifier: str, version: int) -> str:
    """Return the change key of an item's version."""
    return base64.b64encode(f"{identifier[-8:]}#{version:04}".encode()).decode()


def mail(party: Party | None) -> Json:
    """Return an emailAddress."""
    return {"address": party.address, "name": party.name} if party else {}


def recipient(party: Party | None) -> Json | None:
    """Return a recipient, null where there is none."""
    return {"emailAddress": mail(party)} if party else None


def body(text: str, preferences: Mapping[str, str]) -> Json:
    """Return a body as the reader prefers it, HTML where nothing is said (REP-07)."""
    if preferences.get("outlook.body-content-type") == "text":
        return {"contentType": "text", "content": text}
    document = f"<!doctype html><HTML lang=de><body><p>{html.escape(text, quote=False)}</p></body></HTML>"
    return {"contentType": "html", "content": document}


def place(name: str) -> Json:
    """Return a location without the parts that are for internal use."""
    return {
        "displayName": name,
        "locationType": "default",
        "uniqueIdType": "unknown",
        "address": {"city": ""},
    }


def profile(party: Party) -> Json:
    """Return a user."""
    return {
        "id": party.id,
        "displayName": party.name,
        "mail": party.address,
        "userPrincipalName": party.address,
    }


def calendar(owned: Calendar, role: str, grant: Grant | None) -> Json:
    """Return a calendar as somebody with a role sees it; with a grant, the copy of it in that sharee's mailbox."""
    name = owned.owner.name if grant and owned.primary else owned.name
    identifier = grant.local if grant else owned.id
    return {
        "id": identifier,
        "isDefaultCalendar": owned.primary and role == OWNER,
        "name": grant.name or name if grant else owned.name,
        "hexColor": "",
        "color": "lightTeal",
        "changeKey": key(identifier, owned.version),
        "canEdit": role in {OWNER, *WRITERS},
        "canShare": role == OWNER,
        "canViewPrivateItems": role in PRIVATE_READERS,
        "isRemovable": not owned.primary or role != OWNER,
        "isTallyingResponses": owned.primary,
        "allowedOnlineMeetingProviders": ["teamsForBusiness"],
        "defaultOnlineMeetingProvider": "teamsForBusiness",
        "owner": mail(owned.owner),
    }


def allowed_roles(owned: Calendar, party: Party | None) -> tuple[str, ...]:
    """Return which roles somebody can have (SET-20, SET-27): only insiders write, only for a primary delegate."""
    if party is None:
        return ("none", "freeBusyRead", "limitedRead", "read", "write")
    if not party.id:
        return ("freeBusyRead", "limitedRead", "read")
    return ROLES if owned.primary else ("freeBusyRead", "limitedRead", "read", "write")


def permission(grant: Grant) -> Json:
    """Return a calendarPermission; the organisation has no address (SET-26)."""
    return {
        "id": grant.id,
        "role": grant.told,
        "allowedRoles": [*reversed(allowed_roles(grant.calendar, grant.party))],
        "isRemovable": grant.party is not None,
        "isInsideOrganization": grant.party is None or bool(grant.party.id),
        "emailAddress": mail(grant.party) if grant.party else {"name": "My Organization"},
    }


def slot(proposed: tuple[datetime, datetime], preferences: Mapping[str, str]) -> Json:
    """Return a timeSlot."""
    zone = preferences.get("outlook.timezone", "UTC")
    return {"start": wall(proposed[0], zone), "end": wall(proposed[1], zone)}
