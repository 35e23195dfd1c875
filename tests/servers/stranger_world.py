"""Keep the state of a stranger's emulator: people, calendars, items, messages, and what is due later."""

from __future__ import annotations

import hashlib
import heapq
import itertools
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

DELEGATES = ("delegateWithoutPrivateEventAccess", "delegateWithPrivateEventAccess")
WRITERS = ("write", *DELEGATES)
READERS = ("read", *WRITERS)
ROLES = ("freeBusyRead", "limitedRead", *READERS)
NEVER = "0001-01-01T00:00:00Z"


class RefusedError(Exception):
    """A request that is answered with Graph's error envelope."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


@dataclass(frozen=True)
class Options:
    """The choices that a test makes: `delivery` in seconds, `prefix` the path before the resources.

    Without `filters` every $filter is refused, without `select` every $select is ignored;
    `etags` adds @odata.etag, which the page prints and no document promises.
    """

    shared_only: bool = False
    delivery: float = 0.0
    page_size: int = 3
    filters: bool = True
    select: bool = True
    etags: bool = False
    seed: str = "stranger"
    prefix: str = "/outlook/v1.0"


@dataclass(frozen=True)
class Party:
    """Somebody with an address, in the directory's casing; `id` is "" for people outside."""

    key: str
    name: str
    address: str
    id: str = ""


def _party(key: str, name: str, address: str) -> Party:
    return Party(key, name, address, str(uuid.uuid5(uuid.NAMESPACE_DNS, address)))


PARTIES = {
    party.key: party
    for party in (
        _party("alex", "Alex Öztürk", "AlexO@Fabrikam.example"),
        _party("adele", "Adele D'Souza", "AdeleD@Fabrikam.example"),
        _party("megan", "Megan Brandt", "Megan.Brandt@Fabrikam.example"),
        _party("christie", "Christie Ng", "ChristieN@Fabrikam.example"),
        _party("diego", "Diego Álvarez", "DiegoA@Fabrikam.example"),
    )
}


@dataclass
class Invitee:
    """Somebody who is asked to come, and the answer that is tallied."""

    party: Party
    type: str = "required"
    response: str = "none"
    time: str = NEVER


@dataclass
class Calendar:
    """A calendar in its owner's mailbox."""

    id: str
    name: str
    owner: Party
    primary: bool = False
    role: str = ""


@dataclass
class Grant:
    """What one person may do in another's calendar, and the id of the copy that shows it there."""

    id: str
    calendar: Calendar
    party: Party | None
    role: str
    local: str


@dataclass
class Meeting:
    """What all copies of an event have in common; times are in UTC."""

    uid: str
    organizer: Party
    subject: str
    text: str
    start: datetime
    end: datetime
    zones: tuple[str, str]
    place: str
    invitees: list[Invitee]
    index: bytes
    traits: dict[str, Any] = field(default_factory=dict)
    transaction: str | None = None
    cancelled: bool = False


@dataclass
class Item:
    """One copy of an event: the owner's, a view of it in a sharee's mailbox, or an attendee's."""

    id: str
    meeting: Meeting
    calendar: Calendar
    role: str
    created: datetime
    modified: datetime
    shown: datetime
    version: int = 0
    show_as: str = "busy"
    response: str = "organizer"
    answered: str = NEVER
    original: Item | None = None

    def touch(self, moment: datetime) -> None:
        """Note a change."""
        self.modified, self.version = moment, self.version + 1


@dataclass
class Message:
    """A message in a folder; `kind` is "" for a plain one."""

    id: str
    holder: Party
    folder: str
    kind: str
    subject: str | None
    text: str
    sender: Party | None
    author: Party | None
    to: list[Party]
    sent: datetime
    received: datetime
    meeting: Meeting | None = None
    index: bytes = b""
    response: str = ""
    read: bool = False


class World:
    """All mailboxes of one service."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.calendars: list[Calendar] = []
        self.grants: list[Grant] = []
        self.items: list[Item] = []
        self.messages: list[Message] = []
        self.settings = {
            key: {"delegateMeetingMessageDeliveryOptions": "sendToDelegateOnly"} for key in PARTIES
        }
        self.transactions: dict[tuple[str, str], Item] = {}
        self._views: dict[tuple[str, str], Item] = {}
        self._due: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._numbers = itertools.count(1)

    def digest(self) -> bytes:
        """Return 32 bytes that no other call returns."""
        return hashlib.sha256(f"{self.options.seed} {next(self._numbers)}".encode()).digest()

    def mint(self) -> str:
        """Return an id that a path can't hold unencoded."""
        raw = self.digest()
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

    def primary(self, party: Party) -> Calendar:
        """Return somebody's primary calendar."""
        return next(calendar for calendar in self.calendars if calendar.owner is party and calendar.primary)

    def grant(self, calendar: Calendar, party: Party) -> Grant | None:
        """Return what somebody may do in a calendar of somebody else."""
        found = [grant for grant in self.grants if grant.calendar is calendar and grant.party is party]
        return found[0] if found else None

    def delegates(self, owner: Party) -> list[Party]:
        """Return the delegates of an owner."""
        return [
            grant.party
            for grant in self.grants
            if grant.calendar is self.primary(owner) and grant.party and grant.role in DELEGATES
        ]

    def receivers(self, party: Party) -> list[Party]:
        """Return whom meeting messages to somebody reach (RTE-01, RTE-11, RTE-16, RTE-17)."""
        delegates = self.delegates(party)
        if not delegates:
            return [party]
        only = self.settings[party.key]["delegateMeetingMessageDeliveryOptions"] == "sendToDelegateOnly"
        return delegates if only else [*delegates, party]

    def view(self, item: Item, party: Party) -> Item:
        """Return the copy of an owner's item in a sharee's mailbox."""
        key = (item.id, party.key)
        if key not in self._views:
            self._views[key] = Item(
                self.mint(), item.meeting, item.calendar, "view", item.created, item.modified, item.shown
            )
        view = self._views[key]
        view.original, view.modified, view.version = item, item.modified, item.version
        view.show_as = item.show_as
        return view

    def attendee_item(self, meeting: Meeting, party: Party) -> Item | None:
        """Return an attendee's own copy."""
        mine = [
            item
            for item in self.items
            if item.meeting is meeting and item.role == "attendee" and item.calendar.owner is party
        ]
        return mine[0] if mine else None


def known(address: str, name: str = "") -> Party:
    """Return who has an address, as the directory knows him, else as he was named."""
    for party in PARTIES.values():
        if party.address.casefold() == address.casefold():
            return party
    return Party("", name or address, address)
