"""Hold what a story establishes: a meeting, its invitation, what mailboxes and calendars show of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from graphcal.outcomes import Unmet
from graphcal.schemas.violation import MISSING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from graphcal.graph.exchange import Exchange
    from graphcal.people import Person
    from graphcal.value import Value

UNANSWERED = (None, MISSING, "none", "notResponded", "organizer")


@dataclass(frozen=True)
class Meeting:
    """A meeting as its inviter plans it: on one day, in one zone."""

    subject: str
    day: int
    month: int
    starts: time
    ends: time
    zone: str
    place: str
    text: str
    extras: tuple[tuple[str, object], ...] = ()

    @property
    def sensitivity(self) -> str:
        """How confidential it is, in the metadata's word."""
        return str(dict(self.extras).get("sensitivity", "normal"))

    def properties(self, now: datetime) -> dict[str, Any]:
        """Return what the event's JSON says besides: `extras`, in which a recurrence lacks its start."""
        found = dict(self.extras)
        if isinstance(days := found.pop("days", None), int):
            start = self.date(now).isoformat()
            span = {"type": "numbered", "startDate": start, "numberOfOccurrences": days}
            found["recurrence"] = {"pattern": {"type": "daily", "interval": 1}, "range": span}
        return found

    def date(self, now: datetime) -> date:
        """Return the day's next date, today included."""
        this_year = date(now.year, self.month, self.day)
        return this_year if this_year >= now.date() else this_year.replace(year=now.year + 1)

    def start(self, now: datetime) -> datetime:
        """Return the start as wall time in the meeting's zone."""
        return datetime.combine(self.date(now), self.starts)

    def end(self, now: datetime) -> datetime:
        """Return the end as wall time in the meeting's zone."""
        return datetime.combine(self.date(now), self.ends)


@dataclass(frozen=True)
class Situation:
    """What a scenario says holds while it looks: roles by owner and holder, delivery options by owner.

    `former` are roles that were held before, in the same scenario. As text it is the same for scenarios that
    say the same, "" for one that says nothing.
    """

    roles: tuple[tuple[Person, Person, str], ...] = ()
    options: tuple[tuple[Person, str], ...] = ()
    former: tuple[tuple[Person, Person, str], ...] = ()

    def with_role(self, owner: Person, other: Person, role: str) -> Situation:
        """Add a role, in the place of another that the same person has there."""
        others = tuple(entry for entry in self.roles if entry[:2] != (owner, other))
        return replace(self, roles=(*others, (owner, other, role)))

    def with_new_role(self, owner: Person, other: Person, role: str) -> Situation:
        """Put a role in the place of the one that the same person has had so far."""
        former = (*self.former, (owner, other, self.role_of(other, owner)))
        return replace(self.with_role(owner, other, role), former=former)

    def with_option(self, owner: Person, option: str) -> Situation:
        """Add an owner's delivery option, in the place of another."""
        others = tuple(entry for entry in self.options if entry[0] != owner)
        return replace(self, options=(*others, (owner, option)))

    def role_of(self, other: Person, owner: Person) -> str:
        """Return the role that the scenario says somebody has on an owner's calendar, "" for none said."""
        return next((role for giver, holder, role in self.roles if (giver, holder) == (owner, other)), "")

    def promises_copy(self, other: Person, owner: Person) -> bool:
        """Tell whether somebody's role brings a copy of the owner's calendar."""
        return self.role_of(other, owner) in _RIGHTS

    def is_shown_in(self, listing: Listing) -> bool:
        """Tell whether a list of calendars shows the reader's roles: a copy, with the rights of the role."""
        if not all(page.succeeded and isinstance(page.payload["value"].json, list) for page in listing.pages):
            return True  # a refusal, or no collection: no waiting changes that
        for owner, other, role in self.roles:
            if other == listing.reader and role in _RIGHTS:
                copies = copies_of(owner, listing)
                if not any(_has_rights(copy, _RIGHTS[role]) for copy in copies):
                    return False
        return True

    def __str__(self) -> str:
        words = [f"{owner.key} gives {other.key} {role}" for owner, other, role in self.roles]
        words += [f"{owner.key} gave {other.key} {role}" for owner, other, role in self.former]
        return ", ".join(sorted([*words, *(f"{owner.key} has {option}" for owner, option in self.options)]))

    def __bool__(self) -> bool:
        return bool(self.roles or self.options)


DELEGATE = "delegate"  # either of the two roles
_RIGHTS = {  # what is true or false of a copy; where a role promises no copy, nothing is waited for
    DELEGATE: {"canEdit": True},
    "read": {"canEdit": False, "canViewPrivateItems": False},
    "write": {"canEdit": True, "canViewPrivateItems": False},
    "delegateWithoutPrivateEventAccess": {"canEdit": True, "canViewPrivateItems": False},
    "delegateWithPrivateEventAccess": {"canEdit": True, "canViewPrivateItems": True},
}


def _has_rights(copy: Value, rights: Mapping[str, bool]) -> bool:
    return all(copy[name].json is value for name, value in rights.items())


@dataclass(frozen=True)
class Invitation:
    """A meeting that somebody created in an owner's calendar, and the answer to the creation."""

    meeting: Meeting
    by: Person
    owner: Person
    invitees: tuple[Person, ...]
    subject: str
    created: Exchange

    @property
    def event(self) -> Value:
        """The event as the creation answered it. Raises Unmet where it was refused, or is another thing."""
        event = self.created.resource(f"the event that {self.by} created")
        if event["meetingMessageType"].exists:
            raise Unmet(f"the event that {self.by} created can't be looked at: {self.created} is a message")
        return event


@dataclass(frozen=True)
class Sight:
    """What a scenario looks at: an answer, and the resource in it that `find` returns.

    `role` names the schema with the values that the resource has in its role ("createdEvent");
    `cast` gives every resource of the answer that plays a role, where it is not just that one.
    """

    exchange: Exchange
    role: str
    find: Callable[[], Value]
    cast: Callable[[], list[tuple[Value, str]]] | None = None

    @property
    def value(self) -> Value:
        """The resource. Raises Unmet where the answer holds none to look at."""
        return self.find()

    @property
    def roles(self) -> list[tuple[Value, str]]:
        """Every resource of the answer that plays a role, with the role's schema."""
        return self.cast() if self.cast else [(self.value, self.role)]


@dataclass(frozen=True)
class Received:
    """An invitation as an invitee's mailbox holds it: the message with its event in one answer."""

    reader: Person
    exchange: Exchange

    @property
    def message(self) -> Value:
        """The message. Raises Unmet where it can't be read."""
        return self.exchange.resource(f"{self.reader}'s invitation")

    @property
    def event(self) -> Value:
        """The event that came with the message. Raises Unmet where none did."""
        event = self.message["event"]
        if not isinstance(event.json, dict) or not event.json:
            raise Unmet(f"{self.reader}'s invitation holds no event to look at: {self.exchange}")
        return event


def entries_in(pages: Iterable[Exchange], name: str) -> Iterator[Value]:
    """Go through a collection's entries on all its pages. Raises Unmet for a page that can't be read."""
    for page in pages:
        yield from page.resource(name)["value"].items()


@dataclass(frozen=True)
class Search:
    """An inbox, on all its pages, that is searched for an answer that should not be there."""

    pages: tuple[Exchange, ...]
    responder: Person
    subject: str

    @property
    def found(self) -> list[Value]:
        """The messages that may be the answer. Raises Unmet where a page can't be read."""
        messages = entries_in(self.pages, "the inbox")
        return [message for message in messages if is_answer(message, self.responder, self.subject)]


@dataclass(frozen=True)
class Listing:
    """Somebody's calendars, on as many pages as the service makes of them."""

    reader: Person
    pages: tuple[Exchange, ...]

    @property
    def first(self) -> Exchange:
        """The answer to the request itself; the pages after it follow its links."""
        return self.pages[0]

    def require(self) -> None:
        """Raise Unmet where a page holds no collection."""
        for page in self.pages:
            if not isinstance(page.resource(f"{self.reader}'s list of calendars")["value"].json, list):
                raise Unmet(f"{self.reader}'s calendars can't be looked at: {page} holds no collection")

    @property
    def entries(self) -> list[Value]:
        """The calendars of all pages. Raises Unmet where a page holds no collection."""
        self.require()
        return [entry for page in self.pages for entry in page.payload["value"].items()]


def is_answer(message: Value, responder: Person, subject: str) -> bool:
    """Tell somebody's answer by who sent it and by the meeting's subject in it, in whatever language."""
    sender = message.at("from.emailAddress.address").json
    return responder.has_address(sender) and subject in message["subject"].text


def copies_of(owner: Person, listing: Listing) -> list[Value]:
    """Return the calendars of a list that belong to an owner, by the owner's address."""
    return [entry for entry in listing.entries if owner.has_address(entry.at("owner.address").json)]


def shared_by(owner: Person, listing: Listing) -> list[Value]:
    """Return what may be copies of an owner's calendars in somebody else's list.

    Told by the owner's address, or by the name of the owner or of the calendar: whose they are, a scenario
    judges.
    """
    own = copies_of(owner, listing)
    return [
        entry
        for entry in listing.entries
        if entry in own or owner.name in (entry["name"].json, entry.at("owner.name").json)
    ]


def primary_of(owner: Person, listing: Listing) -> list[Value]:
    """Return those copies of an owner's calendars that may be of the primary one.

    The primary one tallies responses, or bears the owner's name; one that does not tally is another.
    """
    copies = shared_by(owner, listing)
    for telling in (
        lambda entry: entry["isTallyingResponses"].json is True,
        lambda entry: entry["name"].json == owner.name,
        lambda entry: entry["isTallyingResponses"].json is not False,
    ):
        if told := [entry for entry in copies if telling(entry)]:
            return told
    return []


def copy_of(owner: Person, listing: Listing) -> Value:
    """Return the copy of the owner's primary calendar. Raises Unmet where the list holds none."""
    copies = primary_of(owner, listing)
    if not copies:
        raise Unmet(f"no calendar of {owner} is in the list: {listing.first}")
    return copies[0]
