"""Establish the facts of a chapter, each at most once, and hand them to whoever asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, TypeVar

from graphcal.graph.client import segment
from graphcal.outcomes import Trouble, Unmet, Unsupported
from graphcal.schemas.violation import MISSING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from graphcal.graph.exchange import Exchange
    from graphcal.people import Person
    from graphcal.targets.base import Chapter
    from graphcal.value import Value

T = TypeVar("T")

UNANSWERED = (None, MISSING, "none", "notResponded", "organizer")
HINDRANCES = (Unmet, Unsupported, Trouble)  # what may keep a fact from becoming true
ANSWERS = {"tentatively": "tentativelyAccept", "positively": "accept", "negatively": "decline"}


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


@dataclass(frozen=True)
class Search:
    """An inbox, on all its pages, that is searched for an answer that should not be there."""

    pages: tuple[Exchange, ...]
    responder: Person
    subject: str

    @property
    def found(self) -> list[Value]:
        """The messages that may be the answer. Raises Unmet where a page can't be read."""
        return [
            message
            for page in self.pages
            for message in page.resource("the inbox")["value"].items()
            if is_answer(message, self.responder, self.subject)
        ]


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


@dataclass
class Story:
    """The facts of one chapter, by the values of the phrases that name them.

    `looked_at` collects the exchanges that the running scenario rests on, `judged` those whose shape
    a scenario has judged.
    """

    chapter: Chapter
    meetings: dict[str, Meeting] = field(default_factory=dict)
    looked_at: list[Exchange] = field(default_factory=list)
    judged: list[Exchange] = field(default_factory=list)
    _facts: dict[Hashable, Any] = field(default_factory=dict)

    def fact(self, key: Hashable, establish: Callable[[], T]) -> T:
        """Return the fact of that key, establishing it the first time; what hindered it hinders again."""
        if key not in self._facts:
            try:
                self._facts[key] = establish()
            except HINDRANCES as hindrance:
                self._facts[key] = hindrance
        found = self._facts[key]
        if isinstance(found, HINDRANCES):
            raise type(found)(*found.args)
        return found  # type: ignore[no-any-return]

    def exchange(self, key: Hashable, establish: Callable[[], Exchange]) -> Exchange:
        """Return a fact that is one exchange, and note that the scenario looks at it."""
        return self.look(self.fact(key, establish))

    def look(self, exchange: Exchange) -> Exchange:
        """Note that the running scenario rests on an exchange."""
        if exchange not in self.looked_at:
            self.looked_at.append(exchange)
        return exchange

    def person(self, key: str) -> Person:
        """Return who plays a persona at this target. Raises Unmet where nobody does."""
        try:
            return self.chapter.people[key]
        except KeyError:
            raise Unmet(f"the target names nobody as {key.capitalize()}") from None

    def plan(self, meeting: Meeting) -> None:
        """Remember what a meeting's name means in this chapter."""
        known = self.meetings.setdefault(meeting.subject, meeting)
        if known != meeting:
            raise Trouble(f'this chapter describes the meeting "{meeting.subject}" in two ways')

    def meeting(self, subject: str) -> Meeting:
        """Return the meeting of that name. Raises Trouble where no step has described it."""
        try:
            return self.meetings[subject]
        except KeyError:
            raise Trouble(f'no step of the scenario describes the meeting "{subject}"') from None

    # The facts of the walkthrough, each on top of the one before.

    def calendars(self, who: Person) -> Listing:
        """List somebody's calendars, all pages."""

        def read() -> Listing:
            shape, scopes = "calendarCollection", ("Calendars.Read.Shared",)
            return Listing(
                who, tuple(self.chapter.graph.pages(who, "/me/calendars", shape=shape, scopes=scopes))
            )

        listing = self.fact(("calendars", who), read)
        for page in listing.pages:
            self.look(page)
        return listing

    def invite(self, by: Person, owner: Person, invitees: tuple[Person, ...], subject: str) -> Invitation:
        """Create a meeting in the owner's calendar through the copy in the inviter's mailbox."""
        invitation = self.fact(
            ("invitation", by, owner, invitees, subject), lambda: self._invite(by, owner, invitees, subject)
        )
        self.look(invitation.created)
        return invitation

    def _invite(self, by: Person, owner: Person, invitees: tuple[Person, ...], subject: str) -> Invitation:
        meeting, now = self.meeting(subject), self.chapter.now
        calendar = copy_of(owner, self.calendars(by))
        body = {
            "subject": self.chapter.mark(subject),
            "body": {"contentType": "HTML", "content": meeting.text},
            "start": {"dateTime": meeting.start(now).isoformat(), "timeZone": meeting.zone},
            "end": {"dateTime": meeting.end(now).isoformat(), "timeZone": meeting.zone},
            "location": {"displayName": meeting.place},
            "attendees": [
                {"emailAddress": {"address": invitee.address, "name": invitee.name}, "type": "required"}
                for invitee in invitees
            ],
            **self.chapter.transaction(subject),
        }
        self.chapter.note_created(str(body["subject"]), by, "")
        created = self.chapter.graph.write(
            by,
            "POST",
            f"/me/calendars/{segment(calendar['id'].text)}/events",
            body,
            shape="event",
            headers={"Prefer": f'outlook.timezone="{meeting.zone}"'},
            scopes=("Calendars.ReadWrite.Shared",),
        )
        if created.succeeded:
            self.chapter.note_created(str(body["subject"]), by, created.payload["id"].text)
        return Invitation(meeting, by, owner, invitees, body["subject"], created)  # type: ignore[arg-type]

    def received(self, reader: Person, invitation: Invitation) -> Received:
        """Open the invitation in an invitee's mailbox, with the event that came with it."""

        def read() -> Exchange:
            invitation.created.resource(f"the event that {invitation.by} created")
            found = self.chapter.finder.invitation(reader, invitation.subject)
            if found.nothing:
                return found.nothing
            identifier = found.identifier
            return self.chapter.graph.get(
                reader,
                f"/me/messages/{segment(identifier)}?$expand=microsoft.graph.eventMessage/event",
                shape="message",
                scopes=("Mail.Read", "Calendars.Read.Shared"),
            )

        return Received(reader, self.exchange(("received", reader, invitation.subject), read))

    def answer(self, who: Person, manner: str, comment: str, invitation: Invitation) -> Exchange:
        """Answer an invitation: tentatively, positively or negatively."""
        received = self.received(who, invitation)

        def send() -> Exchange:
            event = received.event
            return self.chapter.graph.write(
                who,
                "POST",
                f"/me/events/{segment(event['id'].text)}/{ANSWERS[manner]}",
                {"comment": comment, "sendResponse": True},
                scopes=("Calendars.ReadWrite.Shared",),
            )

        return self.exchange(("answer", who, manner, comment, invitation.subject), send)

    def response(self, reader: Person, responder: Person, invitation: Invitation) -> Exchange:
        """Open a responder's answer in the mailbox it was delivered to."""

        def read() -> Exchange:
            found = self.chapter.finder.answer(reader, responder, invitation.subject)
            if found.nothing:
                return found.nothing
            identifier = found.identifier
            return self.chapter.graph.get(
                reader,
                f"/me/messages/{segment(identifier)}",
                shape="message",
                scopes=("Mail.Read.Shared",),
            )

        return self.exchange(("response", reader, responder, invitation.subject), read)

    def search(self, reader: Person, responder: Person, invitation: Invitation) -> Search:
        """Search an inbox for an answer that should not be there."""

        def look() -> Search:
            pages = tuple(self.chapter.finder.settled_inbox(reader))
            return Search(tuple(pages), responder, invitation.subject)

        search = self.fact(("search", reader, responder, invitation.subject), look)
        for page in search.pages:
            self.look(page)
        return search

    def own_copy(self, attendee: Person, invitation: Invitation) -> Value:
        """Read an attendee's event once she has answered."""
        invited = self.received(attendee, invitation).event
        copy = self.fact(
            ("own copy", attendee, invitation.subject),
            lambda: self.chapter.finder.own_copy(attendee, invited),
        )
        self.look(copy.exchange)
        return copy

    def calendar_id(self, owner: Person, invitation: Invitation) -> str:
        """Return the id that the owner's calendar has in the owner's mailbox."""
        tally = self.tally(owner, invitation).resource(f"the event in {owner}'s calendar")
        return self.fact(("calendar id", owner), lambda: self.chapter.finder.calendar_id(owner, tally))

    def tally(self, owner: Person, invitation: Invitation) -> Exchange:
        """Read the event in its owner's calendar."""

        def read() -> Exchange:
            found = self.chapter.finder.event(owner, invitation)
            if found.nothing:
                return found.nothing
            path = f"/me/calendar/events/{segment(found.identifier)}"
            graph = self.chapter.graph
            return graph.poll(
                lambda: graph.get(owner, path, shape="event", scopes=("Calendars.Read",)), has_answers
            )

        return self.exchange(("tally", owner, invitation.subject), read)


def has_answers(exchange: Exchange) -> bool:
    """Tell whether an event shows the answer of at least one attendee."""
    if not exchange.succeeded:
        return False
    statuses = (entry.at("status.response").json for entry in exchange.payload["attendees"].items())
    return any(status not in UNANSWERED for status in statuses)


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
