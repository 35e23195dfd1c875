"""Do something to a meeting after its invitation, once in a chapter, and see what becomes of it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphcal.facts import Sight, entries_in
from graphcal.graph.client import segment
from graphcal.outcomes import Deviation, Unmet, Unsupported
from graphcal.story.deeds import Deed
from graphcal.story.telling import own_event_path

if TYPE_CHECKING:
    from graphcal.facts import Invitation
    from graphcal.graph.exchange import Exchange
    from graphcal.people import Person
    from graphcal.story import Story
    from graphcal.value import Value


@dataclass(frozen=True)
class Change:
    """A deed done: by whom, to which meeting, and the answer to the request.

    `words` name it in the facts that rest on it; `before` is the event as its doer read it last.
    """

    words: tuple[object, ...]
    by: Person
    invitation: Invitation
    deed: Deed
    before: Exchange
    exchange: Exchange

    @property
    def subject(self) -> str:
        """What the meeting is called since."""
        return self.deed.subject or self.invitation.subject

    @property
    def is_private(self) -> bool:
        """Whether an invitee did it to her own copy, which is nobody else's business."""
        return self.by in self.invitation.invitees and not self.deed.action

    def shows_in(self, reading: Exchange) -> bool:
        """Tell whether a reading of the event shows the change."""
        try:
            self.deed.check(reading)
        except (Deviation, Unmet):
            return False
        return True


@dataclass(frozen=True)
class ChangeSight(Sight):
    """What a scenario looks at because of a change."""

    change: Change = field(kw_only=True)


@dataclass(frozen=True)
class Place:
    """Where somebody has an event: its path, and the least scopes that read it and that change it there."""

    path: str
    read: tuple[str, ...] = ("Calendars.Read",)
    write: tuple[str, ...] = ("Calendars.ReadWrite",)


def event_place(story: Story, who: Person, invitation: Invitation) -> Place:
    """Say where somebody has the event of a meeting. Raises Unmet where it is not known to be there."""
    if who == invitation.by:
        identifier = invitation.event["id"].text
    elif who == invitation.owner:
        identifier = story.event_id(who, invitation)
    else:
        identifier = story.received(who, invitation).event["id"].text
    if not identifier:
        raise Unmet(f"{who}'s event tells no id: {invitation.created}")
    if who == invitation.by != invitation.owner:
        path = f"{story.copy_path(who, invitation.owner)}/events/{segment(identifier)}"
        return Place(path, ("Calendars.Read.Shared",), ("Calendars.ReadWrite.Shared",))
    return Place(own_event_path(identifier))


def do(story: Story, by: Person, invitation: Invitation, deed: Deed) -> Change:
    """Do something to a meeting, once in a chapter, when all that was sent before has arrived."""
    _await_arrival(story, invitation)
    answers = tuple(f"{person.key} {response}" for person, response in story.tallied.items())
    words = (*deed.words, by, invitation.subject, answers)
    place = event_place(story, by, invitation)
    before = story.read(
        ("before", *words),
        by,
        place.path,
        shape="event",
        scopes=place.read,
        until=lambda reading: reading.succeeded,
    )
    before.resource("the event before the change")
    exchange = story.write(
        words, by, deed.method, place.path + deed.action, deed.body, shape=deed.shape, scopes=place.write
    )
    change = Change(words, by, invitation, deed, before, exchange)
    if change.is_private and exchange.succeeded:
        look_again(story, by, change)  # before anybody else changes the meeting
    return change


def repeat(story: Story, invitation: Invitation) -> Change:
    """Send the request that has created a meeting once more."""
    _await_arrival(story, invitation)
    words = ("repeat", invitation.by, invitation.subject)
    sent = invitation.created.request
    exchange = story.exchange(words, lambda: story.create(invitation.by, sent.path, sent.body, sent.headers))
    deed = Deed(words, lambda _: None, "POST")
    return Change(words, invitation.by, invitation, deed, invitation.created, exchange)


def done(story: Story, change: Change) -> Change:
    """Return the change. Raises Unmet where it was refused, or its doer's own event does not show it."""
    if not change.exchange.succeeded:
        raise Unmet(f"what {change.by} was to do before failed: {change.exchange}")
    if not change.deed.action and not change.shows_in(reading := look_again(story, change.by, change)):
        raise Unmet(f"what {change.by} has done before does not show: {reading}")
    return change


def _await_arrival(story: Story, invitation: Invitation) -> None:
    """Wait for what was sent before a change; whether it arrives, other scenarios judge."""
    for invitee in invitation.invitees:
        with suppress(Unmet, Unsupported):
            story.received(invitee, invitation)
    with suppress(Unmet, Unsupported):
        story.event_id(invitation.owner, invitation)
    if story.tallied:
        story.tally(invitation.owner, invitation)


def delete_again(story: Story, change: Change) -> Exchange:
    """Delete an event that is deleted."""
    sent = change.exchange.request
    return story.write(("again", *change.words), change.by, "DELETE", sent.path, scopes=sent.scopes)


def look_again(story: Story, who: Person, change: Change) -> Exchange:
    """Read somebody's event once it shows the change; or, where it should not, once it has had the time to."""
    place, key = event_place(story, who, change.invitation), ("after", who, *change.words)
    until = change.shows_in if change.exchange.succeeded else None
    if not change.is_private or who == change.by:
        return story.read(key, who, place.path, shape="event", scopes=place.read, until=until)
    look_again(story, change.by, change)

    def read() -> Exchange:
        story.chapter.finder.settle()
        return story.chapter.graph.get(who, place.path, shape="event", scopes=place.read)

    return story.exchange(key, read)


def further_message(story: Story, reader: Person, change: Change) -> Exchange:
    """Open the message that tells an invitee of a change: another than the invitation."""
    first = story.received(reader, change.invitation).message["id"].text

    def read() -> Exchange:
        found = story.chapter.finder.further(reader, change.subject, frozenset((first,)))
        return story.message(reader, found, scopes=("Mail.Read",))

    return story.exchange(("further", reader, *change.words), read)


def first_message(story: Story, reader: Person, change: Change) -> Exchange:
    """Open the invitation again, once the message of the change has arrived and the invitation says so.

    Raises Unmet where the invitation has never told whether it is out of date.
    """
    further_message(story, reader, change).resource(f"{reader}'s message of the change")
    first = story.received(reader, change.invitation).message
    if not is_told(first["isOutOfDate"]):
        raise Unmet(f"the invitation does not tell whether it is out of date: {first.exchange}")
    return story.read(
        ("first", reader, *change.words),
        reader,
        f"/me/messages/{segment(first['id'].text)}",
        shape="message",
        scopes=("Mail.Read",),
        until=lambda reading: reading.payload["isOutOfDate"].json is True,
    )


def is_told(value: Value) -> bool:
    """Tell whether a property that a service may leave out has a value."""
    return value.exists and value.json is not None


@dataclass(frozen=True)
class Mail:
    """An inbox, on all its pages, that may hold messages about a meeting besides the invitation."""

    pages: tuple[Exchange, ...]
    subject: str
    first: str

    @property
    def further(self) -> list[Value]:
        """The messages about the meeting besides the invitation. Raises Unmet where a page can't be read."""
        return [
            message
            for message in entries_in(self.pages, "the inbox")
            if self.subject in message["subject"].text and message["id"].text != self.first
        ]


def further_mail(story: Story, reader: Person, change: Change) -> Mail:
    """Search an inbox for what a change should not send, once it has had the time to arrive."""
    first = story.received(reader, change.invitation).message["id"].text
    pages = story.pages(("mail", reader, *change.words), lambda: story.chapter.finder.settled_inbox(reader))
    return Mail(pages, change.invitation.subject, first)
