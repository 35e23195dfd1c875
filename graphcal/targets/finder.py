"""Search live mailboxes for what a story does not name, as a client has to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from graphcal.facts import UNANSWERED, is_answer
from graphcal.graph.client import segment
from graphcal.outcomes import Unmet
from graphcal.targets.base import Found

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graphcal.facts import Invitation
    from graphcal.graph.client import Graph
    from graphcal.graph.exchange import Exchange
    from graphcal.people import Person
    from graphcal.value import Value

GROUPS = "/me/calendarGroups"
INBOX = "/me/mailFolders/inbox/messages?$top=50&$select=id,subject,sender,from,receivedDateTime"


@dataclass
class MailboxFinder:
    """Lists and looks, and waits for what arrives late.

    `places` keeps the ids that were found, for a recording of the run.
    """

    graph: Graph
    places: dict[str, str] = field(default_factory=dict)

    def invitation(self, reader: Person, subject: str) -> Found:
        """Find the meeting request: an event message in the inbox that bears the subject and no answer's."""

        def fits(message: Value) -> bool:
            return _is_event_message(message) and message["subject"].text.endswith(subject)

        def resembles(message: Value) -> bool:
            return message["subject"].text.endswith(subject)

        def search(meant: Callable[[Value], bool]) -> tuple[str, Exchange]:
            return self._search(reader, INBOX, "messageCollection", meant, ("Mail.Read",))

        absent = f"no invitation to {subject!r} is in {reader}'s inbox"
        return self._found(
            f"invitation {reader.key}", lambda: search(fits), absent, lambda: search(resembles), reader.key
        )

    def answer(self, reader: Person, responder: Person, subject: str) -> Found:
        """Find the message from the responder whose subject holds the meeting's, in whatever language."""

        def fits(message: Value) -> bool:
            return is_answer(message, responder, subject)

        def resembles(message: Value) -> bool:
            sent = responder.has_address(message.at("sender.emailAddress.address").json)
            typed = message["@odata.type"].text.endswith("eventMessageResponse")
            return (sent or typed) and subject in message["subject"].text

        def search(meant: Callable[[Value], bool]) -> tuple[str, Exchange]:
            return self._search(reader, INBOX, "messageCollection", meant, ("Mail.Read.Shared",))

        place, absent = f"answer {reader.key} {responder.key}", f"no answer of {responder} to {subject!r}"
        absent = f"{absent} is in {reader}'s inbox"
        return self._found(place, lambda: search(fits), absent, lambda: search(resembles), reader.key)

    def event(self, owner: Person, invitation: Invitation) -> Found:
        """Find the event by its iCalUId; where that is not the same, by its subject, so that it is judged."""
        identifier = invitation.event["iCalUId"].text
        condition = quote(f"iCalUId eq '{identifier.replace(chr(39), chr(39) * 2)}'", safe="'()")
        scopes = ("Calendars.Read",)

        def search() -> tuple[str, Exchange]:
            found, exchange = self._search(
                owner,
                f"/me/calendar/events?$filter={condition}",
                "eventCollection",
                lambda event: bool(identifier) and event["iCalUId"].json == identifier,
                scopes,
            )
            if found:
                return found, exchange
            return self._search(
                owner,
                "/me/calendar/events?$top=50",
                "eventCollection",
                lambda event: event["subject"].json == invitation.subject,
                scopes,
            )

        return self._found(
            f"event {owner.key}", search, f"{invitation.subject!r} is not in {owner}'s calendar"
        )

    def further(self, reader: Person, subject: str, known: frozenset[str]) -> Found:
        """Find an event message whose subject holds the meeting's and whose id is not known."""

        def fits(message: Value) -> bool:
            told = _is_event_message(message) and subject in message["subject"].text
            return told and message["id"].text not in known

        return self._found(
            f"further {reader.key}",
            lambda: self._search(reader, INBOX, "messageCollection", fits, ("Mail.Read",)),
            f"no further message about {subject!r} is in {reader}'s inbox",
            inbox=reader.key,
        )

    def settle(self) -> None:
        """Wait as long again as the slowest arrival took."""
        self.graph.patience.sleep(min(self.graph.slowest_delivery * 1.5, self.graph.patience.delivery))

    def settled_inbox(self, reader: Person) -> list[Exchange]:
        """Read an inbox, all pages, after as long again as the slowest arrival took."""
        self.settle()
        return list(inbox(self.graph, reader))

    def calendar_id(self, owner: Person, tally: Value) -> str:
        """Return the id of the owner's primary calendar in the owner's own mailbox."""
        del tally
        return calendar_id(self.graph, owner)

    def own_copy(self, attendee: Person, invited: Value) -> Value:
        """Return the attendee's event as it stands after the attendee's answer."""
        return answered_copy(self.graph, attendee, invited)

    def viewed(self, reader: Person, view: str, invitation: Invitation) -> Found:
        """Find an invitation's event in the view of a calendar, be it somebody else's."""
        identifier = invitation.event["iCalUId"].text

        def fits(event: Value) -> bool:
            known = bool(identifier) and event["iCalUId"].json == identifier
            return known or bool(event["subject"].json == invitation.subject)

        return self._found(
            f"viewed {reader.key}",
            lambda: self._search(reader, view, "eventCollection", fits, ("Calendars.Read.Shared",)),
            f"{reader} does not see {invitation.subject!r} in the view",
        )

    def group(self, who: Person, calendar: str) -> Found:
        """Find the calendar group that holds somebody's calendar with this id."""
        scopes = ("Calendars.Read",)

        def holds(group: Value) -> bool:
            path = f"{GROUPS}/{segment(group['id'].text)}/calendars"
            found, _ = self._search(
                who, path, "calendarCollection", lambda entry: entry["id"].json == calendar, scopes
            )
            return bool(found)

        # No scenario judges a group, so there is no schema of them.
        return self._found(
            f"group {who.key}",
            lambda: self._search(who, GROUPS, "", holds, scopes),
            f"no calendar group of {who} holds the calendar",
        )

    def _found(
        self,
        place: str,
        search: Callable[[], tuple[str, Exchange]],
        absent: str,
        otherwise: Callable[[], tuple[str, Exchange]] | None = None,
        inbox: str = "",
    ) -> Found:
        """Search until time is up; `otherwise` finds what may be meant and is not as it should be, to be judged.

        `inbox` says whose inbox is searched.
        """
        first, deliveries = len(self.graph.exchanges), self.graph.deliveries
        seconds = deliveries.patience(inbox, self.graph.patience.delivery)
        before = ", where nothing has ever arrived" if deliveries.is_doubtful(inbox) else ""
        identifier = ""

        def ask() -> Exchange:
            nonlocal identifier
            identifier, exchange = search()
            return exchange

        exchange = self.graph.poll(ask, lambda _: bool(identifier), within=seconds)
        if not identifier and otherwise:
            identifier, _ = otherwise()
        if inbox:
            deliveries.note(inbox, arrived=bool(identifier))
        if identifier:
            del self.graph.exchanges[first:]  # the search is no exchange that a scenario judges
            self.places[f"{self.graph.fact}: {place}"] = identifier
            return Found(identifier)
        waited = f"{absent}{before}, after {exchange.attempts} looks in {seconds:g} s: {exchange}"
        return Found(nothing=replace(exchange, absent=waited))

    def _search(
        self,
        person: Person,
        path: str,
        shape: str,
        fits: Callable[[Value], bool],
        scopes: tuple[str, ...],
    ) -> tuple[str, Exchange]:
        """Return the id of the first item that fits, "" where none does, and the last page looked at."""
        for exchange in self.graph.pages(person, path, shape=shape, scopes=scopes):
            if not exchange.succeeded:
                break
            for item in exchange.payload["value"].items():
                if fits(item) and item["id"].text:
                    return item["id"].text, exchange
        return "", exchange


def inbox(graph: Graph, reader: Person) -> Iterator[Exchange]:
    """Read an inbox page by page."""
    return graph.pages(reader, INBOX, shape="messageCollection", scopes=("Mail.Read",))


def calendar_id(graph: Graph, owner: Person) -> str:
    """Ask for the id of the owner's primary calendar as the owner."""
    exchange = graph.get(owner, "/me/calendar", shape="calendar", scopes=("Calendars.Read",))
    identifier = exchange.resource(f"{owner}'s calendar")["id"].text
    if not identifier:
        raise Unmet(f"{owner}'s calendar tells no id: {exchange}")
    return identifier


def answered_copy(graph: Graph, attendee: Person, invited: Value) -> Value:
    """Read the attendee's event until it shows the attendee's answer, or time is up."""
    path = f"/me/events/{segment(invited['id'].text)}"

    def answered(exchange: Exchange) -> bool:
        if not exchange.succeeded:
            return False
        return exchange.payload.at("responseStatus.response").json not in UNANSWERED

    exchange = graph.poll(
        lambda: graph.get(attendee, path, shape="event", scopes=("Calendars.Read",)), answered
    )
    return exchange.resource(f"{attendee}'s event")


def _is_event_message(message: Value) -> bool:
    """Tell an event message by its type where the service annotates it."""
    kind = message["@odata.type"]
    return not kind.exists or "eventMessage" in kind.text
