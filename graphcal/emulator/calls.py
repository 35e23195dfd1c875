"""One call of one operation: who asks, of whose mailbox, and how the answer is to look."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from graphcal.emulator import times
from graphcal.emulator.errors import item_not_found, malformed_id, stale, unsupported_zone
from graphcal.emulator.naming import is_well_formed
from graphcal.emulator.sharing import has_entry, rights
from graphcal.emulator.web import Request, Response

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphcal.emulator.model import Calendar, Mailbox, Person
    from graphcal.emulator.sharing import Rights
    from graphcal.emulator.state import Tenant


@dataclass(frozen=True)
class Caller:
    """Who signed the token: a person, or with None the application itself; `scopes` are what it may use."""

    person: Person | None
    scopes: frozenset[str]


@dataclass(frozen=True)
class Look:
    """How the caller wants items shown: zone of clock times, bodies as text, ids that survive moves."""

    zone: str = "UTC"
    text: bool = False
    immutable: bool = False

    @classmethod
    def of(cls, request: Request) -> tuple[Look, dict[str, str]]:
        """Read the `Prefer` header; return the look and the preferences that it applies (REP-03, REP-07)."""
        asked = request.preferences()
        applied: dict[str, str] = {}
        zone = asked.get("outlook.timezone", "")
        if zone:
            if times.zone(zone) is None:
                raise unsupported_zone(zone)
            applied["outlook.timezone"] = f'"{zone}"'
        body = asked.get("outlook.body-content-type", "").lower()
        if body in {"text", "html"}:
            applied["outlook.body-content-type"] = f'"{body}"'
        immutable = asked.get("idtype", "").lower() == "immutableid"
        if immutable:
            applied["IdType"] = '"ImmutableId"'
        return cls(zone or "UTC", body == "text", immutable), applied


@dataclass
class Call:
    """What an operation works with; `mailbox` is the addressed one, which may be another person's."""

    tenant: Tenant
    request: Request
    caller: Caller
    mailbox: Mailbox
    parameters: Mapping[str, str]
    look: Look
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def root(self) -> str:
        """Return the address below which every resource lies."""
        return f"{self.request.origin}/v1.0"

    @property
    def actor(self) -> Person:
        """Return who acts: the person who signed in; an application acts as the mailbox's owner."""
        return self.caller.person or self.mailbox.owner

    def context(self, what: str) -> str:
        """Return the metadata link of an answer, below the addressed user."""
        return f"{self.root}/$metadata#users('{self.mailbox.owner.oid}')/{what}"

    def ok(self, value: dict[str, Any], context: str, status: int = 200) -> Response:
        """Answer with one entity."""
        return Response(status, {"@odata.context": context, **value})

    def check_id(self, identifier: str) -> None:
        """Refuse an id that could never have been one (ERR-07)."""
        self.tenant.seams.require("ERR-07", is_well_formed(identifier), malformed_id())

    def check_match(self, change_key: str) -> None:
        """Refuse to change an item that is not in the state the caller names with `If-Match`."""
        wanted = self.request.headers.get("if-match", "*").strip()
        if wanted not in {"*", f'W/"{change_key}"', f'"{change_key}"'}:
            raise stale()

    def rights(self, calendar: Calendar) -> Rights:
        """Return the caller's rights in an original calendar."""
        return rights(self.tenant, self.caller.person, calendar)

    def is_listed(self, calendar: Calendar) -> bool:
        """Tell whether a calendar shows in the mailbox's list: one's own, or a copy while the share holds (ERR-11)."""
        original = self.tenant.original(calendar)
        if original is None:
            return False
        if calendar.source is not None:
            return has_entry(self.mailbox.owner, original)
        person = self.caller.person
        return person is None or person.oid == calendar.mailbox or self.rights(calendar).titles

    def calendar(self) -> Calendar:
        """Return the addressed calendar or copy: the one in the path, else the primary one (SET-12, SET-14)."""
        identifier = self.parameters.get("calendar")
        if identifier is None:
            return self.mailbox.default_calendar
        self.check_id(identifier)
        found = self.mailbox.calendars.get(identifier)
        if found is None or self.tenant.original(found) is None:
            raise item_not_found()
        if found.source is not None and not self.is_listed(found):
            raise item_not_found()
        if found.source is not None and self.actor.oid != self.mailbox.owner.oid:
            raise item_not_found()
        return found


def quoted(identifier: str) -> str:
    """Write an id as it stands in links."""
    return quote(identifier, safe="")
