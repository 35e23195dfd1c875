"""Answer invitations otherwise than on the event in one's own mailbox, and see what becomes of one's copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphcal.facts import Sight
from graphcal.graph.client import segment
from graphcal.outcomes import Unmet
from graphcal.schemas import MISSING
from graphcal.story.queries import MANY, NOTHING, VIEW, bearing, window_of
from graphcal.story.telling import ANSWERS, own_event_path
from graphcal.value import Value

if TYPE_CHECKING:
    from graphcal.facts import Invitation
    from graphcal.graph.exchange import Exchange
    from graphcal.people import Person
    from graphcal.story import Story

WAYS = (  # paths of one's own events, besides /me/events
    "/me/calendar/events",
    "/me/calendars/{id}/events",
    "/me/calendarGroups/{id}/calendars/{id}/events",
    "/users/{id}/events",
)
SILENT = {"sendResponse": False}  # the parameter by which no message is sent
NO_EVENT: tuple[object, ...] = (MISSING, None, {})  # what an invitation may bring when its event is gone


@dataclass(frozen=True)
class Reply:
    """What somebody says to an invitation: in which manner, and with which comment."""

    manner: str
    comment: str

    @property
    def action(self) -> str:
        """The last segment of the path."""
        return ANSWERS[self.manner][0]

    @property
    def response(self) -> str:
        """What is tallied."""
        return ANSWERS[self.manner][1]

    @property
    def body(self) -> dict[str, Any]:
        """The parameters of the action."""
        return {"comment": self.comment, "sendResponse": True}


def sight_of(answer: Exchange) -> Sight:
    """Look at how an answer was received; there is nothing in it to look at but its status."""
    return Sight(answer, "", lambda: Value(MISSING, answer))


def require(answer: Exchange) -> None:
    """Raise Unmet where an answer was refused."""
    if not answer.succeeded:
        raise Unmet(f"{answer.request.person} could not answer: {answer}")


def reply_by(story: Story, who: Person, reply: Reply, invitation: Invitation, way: str) -> Exchange:
    """Answer an invitation on another path, one of WAYS, that leads to the same event."""
    event = story.received(who, invitation).event["id"].text
    path = f"{_filled(story, who, way)}/{segment(event)}/{reply.action}"
    key = ("answer", who, reply.manner, reply.comment, "by", way, invitation.subject)
    return story.write(key, who, "POST", path, reply.body)


def reply_under(story: Story, who: Person, owner: Person, reply: Reply, invitation: Invitation) -> Exchange:
    """Answer a meeting under the id that its event has in its owner's mailbox."""
    path = f"{own_event_path(story.event_id(owner, invitation))}/{reply.action}"
    key = ("answer", who, reply.manner, reply.comment, "under the id of", owner, invitation.subject)
    return story.write(key, who, "POST", path, reply.body)


def reply_for(story: Story, by: Person, who: Person, reply: Reply, invitation: Invitation) -> Exchange:
    """Answer an invitation for somebody, on the event in that person's mailbox.

    Raises Unmet where the event is not to be seen there.
    """
    mailbox = story.mailbox_path(who)
    view = _view(f"{mailbox}/calendar/calendarView", story, invitation)
    found = story.fact(
        ("event of", who, "for", by, invitation.subject),
        lambda: story.chapter.finder.viewed(by, view, invitation),
    )
    if found.nothing:
        raise Unmet(found.nothing.absent)
    path = f"{mailbox}/events/{segment(found.identifier)}/{reply.action}"
    key = ("answer", by, "for", who, reply.manner, reply.comment, invitation.subject)
    exchange = story.write(key, by, "POST", path, reply.body)
    if exchange.succeeded:
        story.tallied[who] = reply.response
    return exchange


def day_after_answer(story: Story, who: Person, invitation: Invitation) -> tuple[Exchange, ...]:
    """View the day of a meeting once an answer has taken it away, or the time for that is up."""
    graph, path = story.chapter.graph, _view(VIEW, story, invitation)

    def look() -> tuple[Exchange, ...]:
        return tuple(graph.pages(who, path, shape="eventCollection", scopes=("Calendars.Read",)))

    def is_gone(pages: tuple[Exchange, ...]) -> bool:
        return all(page.succeeded for page in pages) and not bearing(invitation.subject, pages)

    key = ("view of the day after the answer", who, invitation.subject)
    return story.pages(key, lambda: graph.poll_all(look, is_gone))


def invitation_after_answer(story: Story, who: Person, invitation: Invitation) -> Exchange:
    """Open an invitation again once an answer has taken its event away, or the time for that is up."""
    identifier = story.received(who, invitation).message["id"].text
    return story.read(
        ("invitation after the answer", who, invitation.subject),
        who,
        f"/me/messages/{segment(identifier)}?$expand=microsoft.graph.eventMessage/event",
        shape="message",
        scopes=("Mail.Read", "Calendars.Read.Shared"),
        until=lambda found: found.succeeded and found.payload["event"].json in NO_EVENT,
    )


def copy_since(story: Story, who: Person, invitation: Invitation) -> Exchange:
    """Read an attendee's copy as it is once the answers are given that the scenario has told of."""
    told = tuple(f"{person.key} {response}" for person, response in story.tallied.items())
    path = own_event_path(story.received(who, invitation).event["id"].text)
    key = ("copy", who, invitation.subject, told)
    return story.read(key, who, path, shape="event", scopes=("Calendars.Read",))


def _filled(story: Story, who: Person, way: str) -> str:
    """Return a way with somebody's ids in the place of its braces. Raises Unmet where one can't be found."""
    path = way.replace("/users/{id}", story.mailbox_path(who))
    if "/calendars/{id}" not in way:
        return path
    scopes = ("Calendars.Read",)
    calendar = story.read(("own calendar", who), who, "/me/calendar", shape="calendar", scopes=scopes)
    identifier = calendar.resource(f"{who}'s calendar")["id"].text
    if "/calendarGroups/{id}" in way:
        group = story.fact(
            ("group of the own calendar", who), lambda: story.chapter.finder.group(who, identifier)
        )
        if group.nothing:
            raise Unmet(group.nothing.absent)
        path = path.replace("/calendarGroups/{id}", f"/calendarGroups/{segment(group.identifier)}")
    return path.replace("/calendars/{id}", f"/calendars/{segment(identifier)}")


def _view(path: str, story: Story, invitation: Invitation) -> str:
    window = window_of(invitation.meeting, story.chapter.now)
    return NOTHING.path(path, **window, **{"$top": MANY})
