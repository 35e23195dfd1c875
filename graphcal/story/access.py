"""Use an owner's calendar as somebody else: read what is in it and try to change it, once in a chapter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from graphcal import expect
from graphcal.facts import DELEGATE, copies_of, copy_of
from graphcal.graph.client import segment
from graphcal.outcomes import Deviation, Unmet
from graphcal.story.permissions import list_permissions
from graphcal.story.queries import MANY, Pages, window_of
from graphcal.story.telling import own_event_path
from graphcal.targets.arrangement import DELEGATE_ROLES, NO_ROLE
from graphcal.timezones import zoned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from graphcal.facts import Invitation, Meeting
    from graphcal.graph.exchange import Exchange
    from graphcal.people import Person
    from graphcal.report.model import Finding
    from graphcal.story import Story
    from graphcal.value import Value

READ, WRITE = ("Calendars.Read.Shared",), ("Calendars.ReadWrite.Shared",)
READING = ("read", "write", DELEGATE, *DELEGATE_ROLES)
WRITING = READING[1:]
READING_ALL = (DELEGATE_ROLES[1],)
LIMITED = "limitedRead"
OPEN = ("normal", "personal", "confidential")  # what the roles do not hide: only of private events they speak


def require_effect(story: Story, who: Person, owner: Person) -> None:
    """Wait until somebody's role has the effect that it should have, or time is up.

    It shows in the copy of the calendar; where a role promises none, in what the owner's own meetings of the
    scenario do not tell. Raises Unmet where a promised copy is missing: a share counts once it is accepted.
    """
    if story.situation.promises_copy(who, owner):
        copy_of(owner, story.calendars(who))
        return
    for invitation in story.invitations.values():
        if who != owner == invitation.by:
            open_event(story, who, invitation)
            return


def takes_effect(story: Story, who: Person, owner: Person) -> bool:
    """Tell whether somebody's role can be seen to have an effect: nobody accepts what there is no role for."""
    if story.situation.role_of(who, owner) in {"", NO_ROLE}:
        return True
    return bool(copies_of(owner, story.calendars(who)))


def moments_of(meeting: Meeting, story: Story) -> tuple[datetime, datetime]:
    """Return when a meeting starts and ends. Raises Unmet for a zone in which that can't be worked out."""
    now = story.chapter.now
    starts, ends = (zoned(side.isoformat(), meeting.zone) for side in (meeting.start(now), meeting.end(now)))
    if starts is None or ends is None:
        raise Unmet(f"{meeting.zone} is no zone in which times can be worked out")
    return starts, ends


def may_read(story: Story, who: Person, owner: Person, invitation: Invitation) -> bool:
    """Tell whether the role of the situation shows somebody the text of an event in an owner's calendar."""
    role = story.situation.role_of(who, owner)
    allowed = READING if invitation.meeting.sensitivity in OPEN else READING_ALL
    return who == owner or role in allowed


def may_know(story: Story, who: Person, invitation: Invitation) -> bool:
    """Tell whether the role of the situation shows somebody the title of an event, if no more."""
    is_limited = story.situation.role_of(who, invitation.owner) == LIMITED
    return is_limited and invitation.meeting.sensitivity in OPEN


def may_write(story: Story, who: Person, invitation: Invitation) -> bool:
    """Tell whether the role of the situation lets somebody change an event in its owner's calendar."""
    is_writer = story.situation.role_of(who, invitation.owner) in WRITING
    return is_writer and may_read(story, who, invitation.owner, invitation)


def event_path(story: Story, who: Person, invitation: Invitation) -> str:
    """Return the path of an event, which its owner made himself, in his mailbox."""
    identifier = invitation.event["id"].text
    if who == invitation.owner:
        return own_event_path(identifier)
    return f"{story.calendar_path(who, invitation.owner, 'mailbox')}/events/{segment(identifier)}"


def open_event(story: Story, who: Person, invitation: Invitation) -> Exchange:
    """Read an event by its id in its owner's mailbox, once it tells just what the reader may know."""
    graph, owner, meeting = story.chapter.graph, invitation.owner, invitation.meeting
    if story.situation.promises_copy(who, owner):
        require_effect(story, who, owner)
    wanted = may_read(story, who, owner, invitation)
    titled = wanted or may_know(story, who, invitation)
    scopes = ("Calendars.Read",) if who == owner else READ

    def fits(exchange: Exchange) -> bool:
        if not exchange.succeeded:
            return not wanted
        event = exchange.payload
        told = (meeting.text in event.at("body.content").text, meeting.subject in event["subject"].text)
        return told == (wanted, titled)

    def read() -> Exchange:
        path = event_path(story, who, invitation)
        return graph.poll(lambda: graph.get(who, path, shape="event", scopes=scopes), fits, lifts=wanted)

    return story.exchange(("open", who, owner, invitation.subject), read)


def view_day(story: Story, who: Person, owner: Person, invitation: Invitation, way: str) -> Pages:
    """View the day of a meeting in an owner's calendar, by the copy or in the "mailbox", once it shows there."""
    window = urlencode(window_of(invitation.meeting, story.chapter.now), safe=":")
    return _pages_with(story, who, invitation, way, ("view", owner), f"calendarView?{window}")


def list_with(story: Story, who: Person, owner: Person, invitation: Invitation, way: str) -> Pages:
    """List the events of an owner's calendar in the same way, once a meeting shows there."""
    return _pages_with(story, who, invitation, way, ("list", owner), f"events?$top={MANY}")


def _pages_with(  # noqa: PLR0913, PLR0917 - each names one thing that differs between the collections
    story: Story, who: Person, invitation: Invitation, way: str, words: tuple[str, Person], below: str
) -> Pages:
    """Read a collection below an owner's calendar, once it tells of a meeting just what the reader may know."""
    graph, meeting, (what, owner) = story.chapter.graph, invitation.meeting, words
    require_effect(story, who, owner)
    wanted = may_read(story, who, owner, invitation)
    titled = wanted or may_know(story, who, invitation)

    def look() -> tuple[Exchange, ...]:
        path = f"{story.calendar_path(who, owner, way)}/{below}"
        return tuple(graph.pages(who, path, shape="eventCollection", scopes=READ))

    def fits(pages: tuple[Exchange, ...]) -> bool:
        entries = [entry for page in pages if page.succeeded for entry in page.payload["value"].items()]
        named = [entry for entry in entries if entry["subject"].text == invitation.subject]
        told = any(meeting.text in entry.at("body.content").text for entry in named)
        return (bool(named), told) == (titled, wanted)

    key = (what, who, owner, way, invitation.subject)
    return Pages.of(story.pages(key, lambda: graph.poll_all(look, fits)), invitation.subject, "")


def enter(story: Story, who: Person, owner: Person, subject: str, way: str) -> Exchange:
    """Try to create an event without attendees in the owner's calendar, by the copy or in the "mailbox"."""
    require_effect(story, who, owner)
    body = story.draft(story.meeting(subject), ())
    path = f"{story.calendar_path(who, owner, way)}/events"
    patient = story.situation.role_of(who, owner) in WRITING
    return story.exchange(
        ("enter", who, owner, way, body["subject"]), lambda: story.create(who, path, body, patient=patient)
    )


def rename(story: Story, who: Person, invitation: Invitation) -> Exchange:
    """Try to give an event of the owner's another subject."""
    body = {"subject": renamed(story, invitation)}
    return _attempt(story, who, invitation, "PATCH", body)


def remove(story: Story, who: Person, invitation: Invitation) -> Exchange:
    """Try to delete an event of the owner's."""
    return _attempt(story, who, invitation, "DELETE")


def renamed(story: Story, invitation: Invitation) -> str:
    """Return the subject that `rename` gives."""
    return story.mark(f"{invitation.meeting.subject}, renamed")


def look_for_removed(story: Story, invitation: Invitation) -> Exchange:
    """Read an event as its owner after somebody removed it, once it is gone or time is up."""
    return _as_owner(story, "gone", invitation, lambda exchange: not exchange.succeeded)


def look_again(story: Story, invitation: Invitation, *, until: str) -> Exchange:
    """Read an event as its owner after somebody tried to change it, once it bears a subject or time is up."""
    return _as_owner(story, "since", invitation, lambda exchange: exchange.payload["subject"].json == until)


def _as_owner(story: Story, word: str, invitation: Invitation, until: Callable[[Exchange], bool]) -> Exchange:
    owner = invitation.owner
    path = event_path(story, owner, invitation)
    key = (word, owner, invitation.subject)
    return story.read(key, owner, path, shape="event", scopes=("Calendars.Read",), until=until)


def promote(story: Story, owner: Person, other: Person, role: str) -> None:
    """Give somebody another role, once the old one shows in the calendars. Raises Unmet where it shows already."""
    old = story.situation.role_of(other, owner)
    if copy_of(owner, story.calendars(other))["canEdit"].json is not False:
        raise Unmet(f"{other} may edit {owner}'s calendar already, with the role {old}")
    story.chapter.arrangement.require_role(owner, other, role)
    story.situation = story.situation.with_new_role(owner, other, role)


def raise_role(story: Story, who: Person, owner: Person, role: str) -> Exchange:
    """Try to give oneself another role on an owner's calendar; where that succeeds, it is undone at once."""
    arrangement, graph = story.chapter.arrangement, story.chapter.graph
    arrangement.require_changes()
    require_effect(story, who, owner)
    entry = list_permissions(story, owner).entry_of(who)
    below = f"calendarPermissions/{segment(entry['id'].text)}"

    def change() -> Exchange:
        path, body = f"{story.mailbox_path(owner)}/calendar/{below}", {"role": role}
        changed = graph.write(who, "PATCH", path, body, shape="calendarPermission", scopes=WRITE)
        if changed.succeeded:
            with arrangement.undoing(owner, "PATCH", f"/me/calendar/{below}", {"role": entry["role"].text}):
                pass
        return changed

    return story.exchange(("raise role", who, owner, role), change)


def _attempt(
    story: Story, who: Person, invitation: Invitation, method: str, body: Mapping[str, Any] | None = None
) -> Exchange:
    """Send a change once the role is in effect and the event is there, as its owner sees it."""
    require_effect(story, who, invitation.owner)
    open_event(story, invitation.owner, invitation).resource(f"the event in {invitation.owner}'s calendar")
    path, shape = event_path(story, who, invitation), "event" if body else None
    graph = story.chapter.graph

    def send() -> Exchange:
        return graph.write(who, method, path, body, shape=shape, scopes=WRITE)

    patient = may_write(story, who, invitation)
    key = (method, who, invitation.owner, invitation.subject)
    return story.exchange(key, lambda: graph.insist(send) if patient else send())


@dataclass(frozen=True)
class Secrets:
    """What of an event somebody may not learn: words of it, and who attends."""

    invitation: Invitation
    words: tuple[str, ...]
    starts: datetime

    @classmethod
    def all(cls, story: Story, invitation: Invitation) -> Secrets:
        """Everything but that the time is taken."""
        meeting = invitation.meeting
        return cls(invitation, (meeting.subject, meeting.place, meeting.text), moments_of(meeting, story)[0])

    @classmethod
    def but_title_and_place(cls, story: Story, invitation: Invitation) -> Secrets:
        """The text and the attendees."""
        meeting = invitation.meeting
        return cls(invitation, (meeting.text,), moments_of(meeting, story)[0])

    def found_in(self, answer: Value) -> Iterator[Finding]:
        """Yield where an answer, an event or a collection, discloses any of it."""
        for text in answer.texts():
            for word in self.words:
                if word in text.text:
                    yield expect.finding(text, f'nothing of the event, such as "{word}"')
        for item in self._items(answer):
            for invitee in self.invitation.invitees:
                try:
                    expect.silent_about(item, invitee)
                except Deviation as deviation:
                    yield from deviation.findings

    def _items(self, answer: Value) -> list[Value]:
        """Return what may be the event: the answer, or those of a collection that begin when it does."""
        items = answer["value"].items()
        if not items:
            return [answer]
        return [
            item
            for item in items
            if zoned(item.at("start.dateTime").json, item.at("start.timeZone").json) == self.starts
        ]
