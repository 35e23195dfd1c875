"""Name what a stranger's emulator holds: people, calendars, who may do what, events, letters."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

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
ASSISTANT = _party("assistant", "Erik Şen", "ErikS@Fabrikam.example")  # whom no scenario knows


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
    `promised` is a role that the entry tells already and that has no effect yet, "none" for an entry that
    is removed; `since` is when the role got its effect.
    """

    id: str
    calendar: Calendar
    party: Party | None
    role: str
    local: str
    name: str = ""
    accepted: bool = True
    promised: str = ""
    since: datetime | None = None

    @property
    def told(self) -> str:
        """The role that the entry tells."""
        return self.promised or self.role


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


def known(address: str, name: str = "") -> Party:
    """Return who has an address, as the directory knows him, else as he was named."""
    for party in (*PARTIES.values(), ASSISTANT):
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
