"""Keep the state of a stranger's emulator: people, calendars, items, messages, and what is due later."""

from __future__ import annotations

import hashlib
import heapq
import itertools
import uuid
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from stranger_options import Options

DELEGATES = ("delegateWithoutPrivateEventAccess", "delegateWithPrivateEventAccess")
WRITERS = ("write", *DELEGATES)
READERS = ("read", *WRITERS)
ROLES = ("freeBusyRead", "limitedRead", *READERS)
OWNER = "owner"
NEVER = "0001-01-01T00:00:00Z"
DELIVERY = "delegateMeetingMessageDeliveryOptions"


class RefusedError(Exception):
    """A request that is answered with Graph's error envelope."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


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
    """Somebody who is asked to come, and the answer that is tallied; `proposed` is a start and an end."""

    party: Party
    type: str = "required"
    response: str = "none"
    time: str = NEVER
    proposed: tuple[datetime, datetime] | None = None


@dataclass
class Calendar:
    """A calendar in its owner's mailbox."""

    id: str
    name: str
    owner: Party
    primary: bool = False
    version: int = 0


@dataclass
class Grant:
    """What one person, or with None the organisation, may do in another's calendar.

    `local` is the id of the copy that shows the calendar in the person's mailbox, `name` what she calls it.
    """

    id: str
    calendar: Calendar
    party: Party | None
    role: str
    local: str
    name: str = ""
    accepted: bool = True


@dataclass(frozen=True)
class Details:
    """What an event says, in one of its versions; times are in UTC, zones those it was given in."""

    subject: str
    text: str
    start: datetime
    end: datetime
    zones: tuple[str, str]
    place: str
    traits: Mapping[str, Any]
    recurrence: Mapping[str, Any] | None = None


@dataclass
class Meeting:
    """What all copies of an event have in common, and what its organizer says now."""

    uid: str
    organizer: Party
    details: Details
    invitees: list[Invitee]
    index: bytes
    primary: bool = True
    transaction: str | None = None
    cancelled: bool = False

    @property
    def subject(self) -> str:
        """The subject that the organizer gives."""
        return self.details.subject


@dataclass
class Item:
    """One copy of an event, the owner's or an attendee's.

    `original` is set in what a sharee sees of an item through the copy of its calendar, `date` in one date
    of a series. `guests` is who was invited when the copy was made or last brought up to date.
    """

    id: str
    meeting: Meeting
    calendar: Calendar
    role: str
    created: datetime
    modified: datetime
    shown: datetime
    details: Details
    guests: tuple[Invitee, ...] = ()
    version: int = 0
    show_as: str = "busy"
    response: str = "organizer"
    answered: str = NEVER
    cancelled: bool = False
    original: Item | None = None
    date: str = ""

    def touch(self, moment: datetime) -> None:
        """Note a change."""
        self.modified, self.version = moment, self.version + 1

    @property
    def source(self) -> Item:
        """The item itself, wherever it is looked at from."""
        return self.original or self


@dataclass(frozen=True)
class Letter:
    """What somebody sends; `kind` is "" for a plain one, else request, response or cancellation.

    `previous` is what an update replaces.
    """

    kind: str
    subject: str | None
    text: str
    sender: Party | None
    author: Party | None
    to: tuple[Party, ...]
    sent: datetime
    meeting: Meeting | None = None
    details: Details | None = None
    index: bytes = b""
    response: str = ""
    proposed: tuple[datetime, datetime] | None = None
    previous: Details | None = None


@dataclass
class Message:
    """A letter in somebody's folder; `stable` is the id that survives a move."""

    id: str
    stable: str
    holder: Party
    folder: str
    letter: Letter
    received: datetime
    read: bool = False
    delegated: bool = False
    informational: bool = False
    outdated: bool = False

    @property
    def subject(self) -> str | None:
        """The subject of the letter."""
        return self.letter.subject


@dataclass(frozen=True)
class Stop:
    """One mailbox that a meeting message comes to, and how it is marked there."""

    holder: Party
    folder: str = "inbox"
    delegated: bool = False
    informational: bool = False


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
        self.give(calendar, None, "freeBusyRead")
        return calendar

    def primary(self, party: Party) -> Calendar:
        """Return somebody's primary calendar."""
        return next(calendar for calendar in self.calendars if calendar.owner is party and calendar.primary)

    def give(self, calendar: Calendar, party: Party | None, role: str, *, accepted: bool = True) -> Grant:
        """Give somebody a role; its entry has the same id whenever it is given, its copy another."""
        grant = Grant(self.entry_id(calendar, party), calendar, party, role, self.mint(), accepted=accepted)
        self.grants = sorted([*self.grants, grant], key=lambda entry: entry.id)
        return grant

    def entry_id(self, calendar: Calendar, party: Party | None) -> str:
        """Return the id of somebody's entry among a calendar's permissions."""
        return self.mint(f"{calendar.id} {party.address.casefold() if party else 'Default'}")

    def role(self, calendar: Calendar, party: Party) -> str:
        """Return what somebody may do in a calendar: by an entry of one's own, else as everybody."""
        if calendar.owner is party:
            return OWNER
        roles = {
            grant.party: grant.role for grant in self.grants if grant.calendar is calendar and grant.accepted
        }
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
            self._views[key] = self.mint()
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
        """Put a letter into a folder."""
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


def known(address: str, name: str = "") -> Party:
    """Return who has an address, as the directory knows him, else as he was named."""
    for party in PARTIES.values():
        if party.address.casefold() == address.casefold():
            return party
    return Party("", name or address, address)


def missing() -> RefusedError:
    """Return the refusal of an id that nothing has (ERR-06)."""
    return RefusedError(404, "ErrorItemNotFound", "The specified object was not found in the store.")


def denied() -> RefusedError:
    """Return the refusal of something that is there and not open to the reader."""
    return RefusedError(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.")


def invalid(message: str, code: str = "ErrorInvalidRequest") -> RefusedError:
    """Return the refusal of a request that nobody could make."""
    return RefusedError(400, code, message)
