"""Keep the state of a stranger's emulator: what is in its mailboxes, whose it is, and what is due later."""

from __future__ import annotations

import hashlib
import heapq
import itertools
import uuid
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from stranger_model import (
    ASSISTANT,
    DELEGATES,
    DELIVERY,
    OWNER,
    WRITERS,
    Calendar,
    Grant,
    Item,
    Letter,
    Meeting,
    Message,
    Party,
    Stop,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from stranger_options import Options


@dataclass
class World:
    """All mailboxes of one service."""

    options: Options
    calendars: list[Calendar] = field(default_factory=list)
    grants: list[Grant] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    settings: dict[str, dict[str, Any]] = field(default_factory=dict)
    transactions: dict[tuple[str, str], Item] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._views: dict[tuple[str, str], str] = {}
        self._due: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._numbers = itertools.count(1)

    # Ids and time.

    def digest(self) -> bytes:
        """Return 32 bytes that no other call returns."""
        return hashlib.sha256(f"{self.options.seed} {next(self._numbers)}".encode()).digest()

    def mint(self, seed: str = "") -> str:
        """Return an id that a path can't hold unencoded; the same for the same seed."""
        raw = hashlib.sha256(seed.encode()).digest() if seed else self.digest()
        return f"{uuid.UUID(bytes=raw[:16])}/{raw.hex()[40:44]}+{raw.hex()[44:50].upper()}=="

    def later(self, share: float, effect: Callable[[datetime], None]) -> None:
        """Have something happen after a share of the delivery time."""
        due = datetime.now(UTC) + timedelta(seconds=self.options.delivery * share)
        heapq.heappush(self._due, (due, next(self._numbers), effect))

    def settle(self) -> None:
        """Let everything happen that is due."""
        while self._due and self._due[0][0] <= datetime.now(UTC):
            due, _, effect = heapq.heappop(self._due)
            effect(due)

    # Calendars and rights.

    def add_calendar(self, name: str, owner: Party, *, primary: bool = False) -> Calendar:
        """Add a calendar, of which the organisation sees free and busy (SET-26)."""
        calendar = Calendar(self.mint(), name, owner, primary=primary)
        self.calendars.append(calendar)
        self.give(calendar, None, self.options.everybody)
        return calendar

    def primary(self, party: Party) -> Calendar:
        """Return somebody's primary calendar."""
        return next(calendar for calendar in self.calendars if calendar.owner is party and calendar.primary)

    def give(self, calendar: Calendar, party: Party | None, role: str) -> Grant:
        """Give somebody a role; its entry has the same id whenever it is given, its copy another."""
        seed = f"{calendar.id} {party.address.casefold() if party else 'Default'}"
        grant = Grant(self.mint(seed), calendar, party, role, self.mint())
        self.grants = sorted([*self.grants, grant], key=lambda entry: entry.id)
        return grant

    def promise(self, grant: Grant, role: str) -> None:
        """Have a role take effect later; what a sharee could not see coming takes effect at once."""
        if {grant.role, role} <= {*WRITERS}:
            grant.role, grant.promised = role, ""
            return
        grant.promised = role
        self.later(1.0, lambda _: self._keep(grant))

    def _keep(self, grant: Grant) -> None:
        """Let the last promise come true."""
        grant.role, grant.promised, grant.since = grant.told, "", datetime.now(UTC)
        if grant.party and grant.role == "none" and grant in self.grants:
            self.grants.remove(grant)

    def role(self, calendar: Calendar, party: Party) -> str:
        """Return what somebody may do in a calendar: by an entry of one's own, else as everybody."""
        if calendar.owner is party:
            return OWNER
        grants = [grant for grant in self.grants if grant.calendar is calendar and grant.accepted]
        roles = {grant.party: grant.role for grant in grants if grant.role != "none"}
        return roles.get(party) or roles.get(None) or "none"

    def delegates(self, owner: Party) -> list[Party]:
        """Return the delegates of an owner."""
        return [
            grant.party
            for grant in self.grants
            if grant.calendar is self.primary(owner)
            and grant.party
            and grant.role in DELEGATES
            and grant.accepted
        ]

    def stops(
        self, party: Party, *, request: bool, writer: Party | None = None, primary: bool = True
    ) -> list[Stop]:
        """Return where meeting messages to somebody come (RTE-01, RTE-11 to RTE-17).

        Nobody receives what he has written himself; only meetings of a primary calendar concern delegates.
        """
        if not party.id:
            return []
        agents = [agent for agent in self.delegates(party) if agent is not writer] if primary else []
        if not agents:
            return [Stop(party)]
        option = self.settings[party.key][DELIVERY]
        stops = [Stop(agent, delegated=request) for agent in agents]
        if option != "sendToDelegateOnly":
            stops.append(Stop(party, informational=option == "sendToDelegateAndInformationToPrincipal"))
        elif request and self.options.bins_requests:
            stops.append(Stop(party, "deleteditems"))
        return stops

    # Items and messages.

    def view(self, item: Item, party: Party) -> Item:
        """Return what a sharee sees of an item through the copy of its calendar."""
        key = (item.id, party.key)
        if key not in self._views:
            name = f"{party.address.partition('@')[0]}/" if self.options.named_ids else ""
            self._views[key] = name + self.mint()
        return replace(item, id=self._views[key], original=item)

    def attendee_item(self, meeting: Meeting, party: Party) -> Item | None:
        """Return an attendee's own copy."""
        mine = [
            item
            for item in self.items
            if item.meeting is meeting and item.role == "attendee" and item.calendar.owner is party
        ]
        return mine[0] if mine else None

    def file(self, letter: Letter, stop: Stop, moment: datetime, *, read: bool = False) -> None:
        """Put a letter into a folder; the assistant's are nobody's to clean up."""
        if stop.holder is ASSISTANT:
            return
        self.messages.append(
            Message(
                self.mint(),
                self.mint(),
                stop.holder,
                stop.folder,
                letter,
                moment,
                read,
                stop.delegated,
                stop.informational,
            )
        )
