"""Establish the facts of a chapter, each at most once, and hand them to whoever asks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from graphcal.facts import Invitation, Listing, Meeting, Received, Search, Situation, copy_of
from graphcal.graph.client import segment
from graphcal.outcomes import Trouble, Unmet, Unsupported

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

    from graphcal.graph.exchange import Exchange
    from graphcal.people import Person
    from graphcal.targets.base import Chapter, Found
    from graphcal.value import Value

T = TypeVar("T")

HINDRANCES = (Unmet, Unsupported, Trouble)  # what may keep a fact from becoming true
ANSWERS = {  # how somebody answers: the action, and the response that is tallied
    "tentatively": ("tentativelyAccept", "tentativelyAccepted"),
    "positively": ("accept", "accepted"),
    "negatively": ("decline", "declined"),
}
WRITE = ("Calendars.ReadWrite.Shared",)


@dataclass
class Story:
    """The facts of one chapter, by the values of the phrases that name them and the situation they are true in.

    `situation` is what the running scenario has said of roles and delivery, `tallied` who has answered what
    in it, `invitations` the meetings it has told of, by their names; `looked_at` collects the exchanges that it
    rests on, `judged` those whose shape a scenario has judged; `eventless` tells that a request has come whose
    event never did.
    """

    chapter: Chapter
    meetings: dict[str, Meeting] = field(default_factory=dict)
    situation: Situation = field(default_factory=Situation)
    tallied: dict[Person, str] = field(default_factory=dict)
    invitations: dict[str, Invitation] = field(default_factory=dict)
    looked_at: list[Exchange] = field(default_factory=list)
    judged: list[Exchange] = field(default_factory=list)
    eventless: bool = False
    _facts: dict[Hashable, Any] = field(default_factory=dict)

    def begin(self) -> None:
        """Forget what the scenario before has said and looked at; its facts stay."""
        self.looked_at.clear()
        self.tallied.clear()
        self.invitations.clear()
        self.situation = Situation()

    def look(self, exchange: Exchange) -> Exchange:
        """Note that the running scenario rests on an exchange."""
        if exchange not in self.looked_at:
            self.looked_at.append(exchange)
        return exchange

    # How facts are established.

    def fact(self, key: tuple[Hashable, ...], establish: Callable[[], T]) -> T:
        """Return the fact of that key, establishing it the first time; what hindered it hinders again."""
        label = self.label(key)
        if label not in self._facts:
            graph = self.chapter.graph
            before, graph.fact = graph.fact, label
            try:
                self._facts[label] = establish()
            except HINDRANCES as hindrance:
                self._facts[label] = hindrance
            finally:
                graph.fact = before
        found = self._facts[label]
        if isinstance(found, HINDRANCES):
            raise type(found)(*found.args)
        return found  # type: ignore[no-any-return]

    def label(self, key: tuple[Hashable, ...]) -> str:
        """Name a fact in words that are the same in every run of the chapter."""
        words = " ".join(_word(part) for part in key if part not in ("", ()))
        if self.chapter.run_mark:
            words = re.sub(rf" \[{re.escape(self.chapter.run_mark)}[^]]*\]", "", words)
        return f"{self.situation}: {words}" if self.situation else words

    def exchange(self, key: tuple[Hashable, ...], establish: Callable[[], Exchange]) -> Exchange:
        """Return a fact that is one exchange, and note that the scenario looks at it."""
        return self.look(self.fact(key, establish))

    def pages(
        self, key: tuple[Hashable, ...], establish: Callable[[], Iterable[Exchange]]
    ) -> tuple[Exchange, ...]:
        """Return a fact that is the pages of a collection, and note that the scenario looks at them."""
        found = self.fact(key, lambda: tuple(establish()))
        for page in found:
            self.look(page)
        return found

    def read(  # noqa: PLR0913 - each names one thing that a reading may say
        self,
        key: tuple[Hashable, ...],
        person: Person,
        path: str,
        *,
        shape: str,
        scopes: tuple[str, ...],
        headers: Mapping[str, str] | None = None,
        until: Callable[[Exchange], bool] | None = None,
    ) -> Exchange:
        """Read something once in a chapter; with `until`, wait for the answer to be so, or for time to be up."""
        graph = self.chapter.graph

        def ask() -> Exchange:
            return graph.get(person, path, shape=shape, headers=headers, scopes=scopes)

        return self.exchange(key, lambda: graph.poll(ask, until) if until else ask())

    def write(  # noqa: PLR0913 - each names one thing that a request may say
        self,
        key: tuple[Hashable, ...],
        person: Person,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        shape: str | None = None,
        scopes: tuple[str, ...] = WRITE,
        headers: Mapping[str, str] | None = None,
    ) -> Exchange:
        """Change something, or call an action, once in a chapter."""
        graph = self.chapter.graph
        return self.exchange(
            key,
            lambda: graph.write(person, method, path, body, shape=shape, headers=headers, scopes=scopes),
        )

    # Who and what the phrases name.

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

    def mark(self, subject: str) -> str:
        """Return the subject that a meeting of that name has in this situation."""
        return self.chapter.mark(subject, str(self.situation))

    # Calendars.

    def calendars(self, who: Person) -> Listing:
        """List somebody's calendars, all pages, once the roles of the situation show in it."""
        shape, scopes = "calendarCollection", ("Calendars.Read.Shared",)
        graph = self.chapter.graph

        def ask() -> tuple[Exchange, ...]:
            return tuple(graph.pages(who, "/me/calendars", shape=shape, scopes=scopes))

        def shown(pages: tuple[Exchange, ...]) -> bool:
            return self.situation.is_shown_in(Listing(who, pages))

        return Listing(who, self.pages(("calendars", who), lambda: graph.poll_all(ask, shown)))

    def copy_path(self, who: Person, owner: Person) -> str:
        """Return the path of the copy of an owner's calendar in somebody's mailbox. Raises Unmet where none is."""
        return f"/me/calendars/{segment(copy_of(owner, self.calendars(who))['id'].text)}"

    def mailbox_path(self, owner: Person) -> str:
        """Return the path of an owner's mailbox for others."""
        return f"/users/{owner.id or owner.address}"

    def calendar_path(self, who: Person, owner: Person, way: str = "copy") -> str:
        """Return the path of an owner's calendar for somebody: the own one, by the copy, or by the "mailbox"."""
        if way == "mailbox":
            return f"{self.mailbox_path(owner)}/calendar"
        return "/me/calendar" if who == owner else self.copy_path(who, owner)

    # A meeting and its invitation.

    def invite(
        self, by: Person, owner: Person, invitees: tuple[Person, ...], subject: str, way: str = "copy"
    ) -> Invitation:
        """Create a meeting in the owner's calendar: one's own, through the copy, or in the owner's "mailbox"."""
        key = ("invitation", by, owner, invitees, subject, "" if way == "copy" else way)
        invitation = self.fact(key, lambda: self._invite(by, owner, invitees, subject, way))
        self.look(invitation.created)
        self.invitations[subject] = invitation
        return invitation

    def invitation(self, subject: str) -> Invitation:
        """Return the meeting of that name that the scenario has told of. Raises Trouble for another name."""
        try:
            return self.invitations[subject]
        except KeyError:
            raise Trouble(f'no step of the scenario makes the meeting "{subject}"') from None

    def _invite(
        self, by: Person, owner: Person, invitees: tuple[Person, ...], subject: str, way: str
    ) -> Invitation:
        meeting = self.meeting(subject)
        body = self.draft(meeting, invitees)
        path = f"{self.calendar_path(by, owner, way)}/events"
        headers = {"Prefer": f'outlook.timezone="{meeting.zone}"'}
        created = self.create(by, path, body, headers, patient=by != owner)
        return Invitation(meeting, by, owner, invitees, body["subject"], created)

    def draft(self, meeting: Meeting, invitees: tuple[Person, ...]) -> dict[str, Any]:
        """Return the body of the request that creates a meeting."""
        now, subject = self.chapter.now, self.mark(meeting.subject)
        return {
            "subject": subject,
            "body": {"contentType": "HTML", "content": meeting.text},
            "start": {"dateTime": meeting.start(now).isoformat(), "timeZone": meeting.zone},
            "end": {"dateTime": meeting.end(now).isoformat(), "timeZone": meeting.zone},
            "location": {"displayName": meeting.place},
            "attendees": [invitee_of(person) for person in invitees],
            **meeting.properties(now),
            **self.chapter.transaction(subject),
        }

    def create(  # noqa: PLR0913 - each names one thing that a creation may say
        self,
        by: Person,
        path: str,
        body: Mapping[str, Any],
        headers: Mapping[str, str] | None = None,
        scopes: tuple[str, ...] = WRITE,
        *,
        patient: bool = False,
    ) -> Exchange:
        """Create an event inside of a fact, and note it for the clean-up before and after.

        With `patient`, a refusal is taken for a permission that is still on its way, until time is up.
        """
        subject = str(body["subject"])
        self.chapter.note_created(subject, by, "")
        graph = self.chapter.graph

        def send() -> Exchange:
            return graph.write(by, "POST", path, body, shape="event", headers=headers, scopes=scopes)

        created = graph.insist(send) if patient else send()
        if created.succeeded:
            self.chapter.note_created(subject, by, created.payload["id"].text)
        return created

    def received(self, reader: Person, invitation: Invitation) -> Received:
        """Open the invitation in a mailbox, with the event that came with it."""

        def read() -> Exchange:
            invitation.created.resource(f"the event that {invitation.by} created")
            found = self.chapter.finder.invitation(reader, invitation.subject)
            return self._message_with_event(reader, found)

        return Received(reader, self.exchange(("received", reader, invitation.subject), read))

    def _message_with_event(self, reader: Person, found: Found) -> Exchange:
        """Open a message once its event is there too, which may come later; what once stays away is awaited no more."""
        expanded, scopes = (
            "?$expand=microsoft.graph.eventMessage/event",
            ("Mail.Read", "Calendars.Read.Shared"),
        )

        def ask() -> Exchange:
            return self.message(reader, found, expanded, scopes)

        def has_come(exchange: Exchange) -> bool:
            return bool(exchange.absent or exchange.payload.at("event.id").text)

        if self.eventless:
            return ask()
        exchange = self.chapter.graph.poll(ask, has_come)
        self.eventless = not has_come(exchange)
        return exchange

    def message(
        self, reader: Person, found: Found, query: str = "", scopes: tuple[str, ...] = ("Mail.Read.Shared",)
    ) -> Exchange:
        """Read, inside of a fact, a message that was found, or return the search in vain."""
        if found.nothing:
            return found.nothing
        path = f"/me/messages/{segment(found.identifier)}{query}"
        return self.chapter.graph.get(reader, path, shape="message", scopes=scopes)

    # Answers.

    def answer(
        self,
        who: Person,
        manner: str,
        comment: str | None,
        invitation: Invitation,
        extra: Mapping[str, Any] | None = None,
    ) -> Exchange:
        """Answer an invitation: tentatively, positively or negatively.

        Without a comment nothing is said but what `extra` holds, parameters of the action.
        """
        received = self.received(who, invitation)
        action, response = ANSWERS[manner]
        body = {} if comment is None else {"comment": comment, "sendResponse": True}
        body.update(extra or {})

        def send() -> Exchange:
            path = f"{own_event_path(received.event['id'].text)}/{action}"
            return self.chapter.graph.write(who, "POST", path, body, scopes=WRITE)

        told = "" if extra is None else " ".join(sorted(extra))
        exchange = self.exchange(("answer", who, manner, comment or "", told, invitation.subject), send)
        if exchange.succeeded and body.get("sendResponse", True):
            self.tallied[who] = response
        return exchange

    def response(self, reader: Person, responder: Person, invitation: Invitation) -> Exchange:
        """Open a responder's answer in the mailbox it was delivered to."""

        def read() -> Exchange:
            return self.message(reader, self.chapter.finder.answer(reader, responder, invitation.subject))

        return self.exchange(("response", reader, responder, invitation.subject), read)

    def search(self, reader: Person, responder: Person, invitation: Invitation) -> Search:
        """Search an inbox for an answer that should not be there."""

        def look() -> Iterable[Exchange]:
            return self.chapter.finder.settled_inbox(reader)

        pages = self.pages(("search", reader, responder, invitation.subject), look)
        return Search(pages, responder, invitation.subject)

    # An event in this or that calendar.

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

    def event_id(self, owner: Person, invitation: Invitation) -> str:
        """Return the id of a meeting's event in its owner's mailbox. Raises Unmet where it is not there."""
        if invitation.by == owner:
            return invitation.event["id"].text
        found = self.fact(
            ("event id", owner, invitation.subject), lambda: self.chapter.finder.event(owner, invitation)
        )
        if found.nothing:
            raise Unmet(found.nothing.absent)
        return found.identifier

    def tally(self, owner: Person, invitation: Invitation) -> Exchange:
        """Read the event in its owner's calendar, once it shows the answers that the scenario has told of."""
        told = dict(self.tallied)

        def shown(exchange: Exchange) -> bool:
            return exchange.succeeded and all(
                _response_of(person, exchange) == response for person, response in told.items()
            )

        def read() -> Exchange:
            found = self.chapter.finder.event(owner, invitation)
            if found.nothing:
                return found.nothing
            path = f"/me/calendar/events/{segment(found.identifier)}"
            graph = self.chapter.graph
            return graph.poll(
                lambda: graph.get(owner, path, shape="event", scopes=("Calendars.Read",)), shown
            )

        answers = tuple(f"{person.key} {response}" for person, response in told.items())
        return self.exchange(("tally", owner, invitation.subject, answers), read)


def own_event_path(identifier: str) -> str:
    """Return the path of an event in the mailbox of whoever asks, in whichever calendar of his it is."""
    return f"/me/events/{segment(identifier)}"


def invitee_of(person: Person) -> dict[str, Any]:
    """Write somebody as an attendee who is required."""
    return {"emailAddress": {"address": person.address, "name": person.name}, "type": "required"}


def _response_of(person: Person, exchange: Exchange) -> object:
    for entry in exchange.payload["attendees"].items():
        if person.has_address(entry.at("emailAddress.address").json):
            return entry.at("status.response").json
    return None


def _word(part: object) -> str:
    if isinstance(part, tuple):
        return "+".join(_word(member) for member in part)
    return str(getattr(part, "key", part))
