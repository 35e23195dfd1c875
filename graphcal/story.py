"""Establish the facts of a chapter, each at most once, and hand them to whoever asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from graphcal.facts import Invitation, Listing, Meeting, Received, Search, copy_of, has_answers
from graphcal.graph.client import segment
from graphcal.outcomes import Trouble, Unmet, Unsupported

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from graphcal.graph.exchange import Exchange
    from graphcal.people import Person
    from graphcal.targets.base import Chapter, Found
    from graphcal.value import Value

T = TypeVar("T")

HINDRANCES = (Unmet, Unsupported, Trouble)  # what may keep a fact from becoming true
ANSWERS = {"tentatively": "tentativelyAccept", "positively": "accept", "negatively": "decline"}


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
            expanded = "?$expand=microsoft.graph.eventMessage/event"
            return self._message(reader, found, expanded, ("Mail.Read", "Calendars.Read.Shared"))

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
            return self._message(reader, found, "", ("Mail.Read.Shared",))

        return self.exchange(("response", reader, responder, invitation.subject), read)

    def _message(self, reader: Person, found: Found, query: str, scopes: tuple[str, ...]) -> Exchange:
        """Read a message that was found, or return the search in vain."""
        if found.nothing:
            return found.nothing
        path = f"/me/messages/{segment(found.identifier)}{query}"
        return self.chapter.graph.get(reader, path, shape="message", scopes=scopes)

    def search(self, reader: Person, responder: Person, invitation: Invitation) -> Search:
        """Search an inbox for an answer that should not be there."""

        def look() -> Search:
            return Search(tuple(self.chapter.finder.settled_inbox(reader)), responder, invitation.subject)

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
