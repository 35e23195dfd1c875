"""The things a mailbox holds, as plain data: who may do what with them is decided elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graphcal.emulator.bodies import Body
from graphcal.emulator.times import MINIMUM, Moment

if TYPE_CHECKING:
    from datetime import date, datetime

    from graphcal.emulator.sharing import Role


@dataclass(frozen=True)
class Address:
    """A name and an SMTP address, as every mail shows them."""

    name: str
    address: str

    def same(self, other: str) -> bool:
        """Tell whether an address is this one; case does not matter (INV-20)."""
        return self.address.lower() == other.strip().lower()


@dataclass(frozen=True)
class Person:
    """Somebody in the directory: `key` is the short name used in tests and settings, `oid` the object id."""

    key: str
    name: str
    address: str
    oid: str
    inside: bool = True
    has_mailbox: bool = True

    @property
    def email(self) -> Address:
        """Return the person as sender or recipient."""
        return Address(self.name, self.address)


@dataclass(frozen=True)
class Answer:
    """What somebody answered and when; `none` and the minimum time for no answer (INV-09)."""

    response: str = "none"
    time: datetime = MINIMUM


@dataclass(frozen=True)
class Slot:
    """A proposed time."""

    start: Moment
    end: Moment


@dataclass(frozen=True)
class Attendee:
    """Somebody invited, with the answer known in this mailbox."""

    email: Address
    kind: str = "required"
    answer: Answer = Answer()
    proposed: Slot | None = None


@dataclass(frozen=True)
class Permission:
    """An entry of a calendar's permission list; no address for the organisation's default entry."""

    id: str
    email: Address
    role: Role
    inside: bool
    removable: bool
    allowed: tuple[Role, ...]


@dataclass
class Calendar:
    """A calendar of this mailbox, or with a `source` (owner's oid, calendar id) the copy of a shared one."""

    id: str
    mailbox: str
    name: str
    is_default: bool = False
    color: str = "auto"
    version: int = 1
    permissions: list[Permission] = field(default_factory=list)
    source: tuple[str, str] | None = None


@dataclass
class Event:
    """One mailbox's copy of an event; `fields` are the plain JSON properties, checked on the way in."""

    id: str
    immutable_id: str
    mailbox: str
    calendar: str
    ical_uid: str
    created: datetime
    modified: datetime
    organizer: Address
    is_organizer: bool
    start: Moment
    end: Moment
    answer: Answer
    body: Body = field(default_factory=Body)
    fields: dict[str, Any] = field(default_factory=dict)
    location: dict[str, Any] = field(default_factory=dict)
    locations: list[dict[str, Any]] = field(default_factory=list)
    recurrence: dict[str, Any] | None = None
    attendees: list[Attendee] = field(default_factory=list)
    is_cancelled: bool = False
    sequence: int = 0
    version: int = 1
    removed_days: frozenset[date] = frozenset()

    @property
    def is_all_day(self) -> bool:
        """Tell whether the event lasts whole days, which have no zone."""
        return bool(self.fields.get("isAllDay"))

    @property
    def is_private(self) -> bool:
        """Tell whether the event is hidden from all but trusted delegates (PRV-01)."""
        return bool(self.fields.get("sensitivity") == "private")


@dataclass
class Message:
    """A meeting message in one mailbox; `kind` is the metadata's `meetingMessageType`."""

    id: str
    immutable_id: str
    mailbox: str
    folder: str
    kind: str
    ical_uid: str
    created: datetime
    modified: datetime
    sent: datetime
    subject: str
    body: Body
    sender: Address
    from_: Address
    to: tuple[Address, ...]
    index: bytes
    start: Moment
    end: Moment
    cc: tuple[Address, ...] = ()
    fields: dict[str, Any] = field(default_factory=dict)
    importance: str = "normal"
    is_read: bool = False
    is_delegated: bool = False
    is_out_of_date: bool = False
    response: str | None = None
    proposed: Slot | None = None
    previous_start: Moment | None = None
    previous_end: Moment | None = None
    sequence: int = 0
    version: int = 1


@dataclass
class Mailbox:
    """What one person has in the service."""

    owner: Person
    settings: dict[str, Any]
    folders: dict[str, str]
    calendars: dict[str, Calendar] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)
    transactions: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def default_calendar(self) -> Calendar:
        """Return the primary calendar: the only one that can be delegated (SET-20)."""
        return next(calendar for calendar in self.calendars.values() if calendar.is_default)
