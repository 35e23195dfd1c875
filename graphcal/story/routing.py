"""Find meeting messages in one inbox or another, and answer a request on its event, once in a chapter."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphcal.facts import Sight, entries_in
from graphcal.graph.client import segment
from graphcal.targets.finder import inbox

if TYPE_CHECKING:
    from graphcal.facts import Invitation
    from graphcal.graph.exchange import Exchange
    from graphcal.people import Person
    from graphcal.story import Story
    from graphcal.story.replies import Reply
    from graphcal.targets.base import Found
    from graphcal.value import Value

WITH_EVENT = "?$expand=microsoft.graph.eventMessage/event"
MAIL = ("Mail.Read",)
MAIL_AND_EVENT = ("Mail.Read", "Calendars.Read.Shared")


def request_in(story: Story, reader: Person, invitation: Invitation, *, with_event: bool = False) -> Exchange:
    """Open the request for a meeting in somebody's inbox, be it addressed to the reader or not."""

    def read() -> Exchange:
        invitation.created.resource(f"the event that {invitation.by} created")
        return _opened(story, reader, story.chapter.finder.invitation(reader, invitation.subject), with_event)

    return story.exchange((_words("request", with_event), reader, invitation.subject), read)


def response_in(story: Story, reader: Person, responder: Person, invitation: Invitation) -> Exchange:
    """Open somebody's answer in an inbox, and ask for its event with it."""

    def read() -> Exchange:
        found = story.chapter.finder.answer(reader, responder, invitation.subject)
        return _opened(story, reader, found, with_event=True)

    return story.exchange((_words("response", with_event=True), reader, responder, invitation.subject), read)


@dataclass(frozen=True)
class News(Sight):
    """An inbox, on all its pages, that should hold a message about a meeting, in whatever form."""

    pages: tuple[Exchange, ...] = field(kw_only=True)
    subject: str = field(kw_only=True)

    @property
    def found(self) -> list[Value]:
        """The messages whose subject holds the meeting's. Raises Unmet where a page can't be read."""
        messages = entries_in(self.pages, "the inbox")
        return [message for message in messages if self.subject in message["subject"].text]


def news_in(story: Story, reader: Person, invitation: Invitation) -> News:
    """Read somebody's inbox once it holds any message about a meeting, or time is up."""
    graph, subject = story.chapter.graph, invitation.subject

    def seen(pages: tuple[Exchange, ...]) -> News:
        return News(pages[-1], "", lambda: pages[-1].payload, pages=pages, subject=subject)

    def arrived(pages: tuple[Exchange, ...]) -> bool:
        return all(page.succeeded for page in pages) and bool(seen(pages).found)

    key = ("news", reader, subject)
    return seen(story.pages(key, lambda: graph.poll_all(lambda: tuple(inbox(graph, reader)), arrived)))


def reply_on_event(story: Story, who: Person, reply: Reply, invitation: Invitation) -> Exchange:
    """Answer an invitation on the event in one's calendar, whatever message has come."""
    path = f"/me/calendar/events/{segment(story.event_id(who, invitation))}/{reply.action}"
    key = ("answer", who, reply.manner, reply.comment, "on the event", invitation.subject)
    return story.write(key, who, "POST", path, reply.body)


def _words(what: str, with_event: bool) -> str:
    return f"{what} with its event" if with_event else what


def _opened(story: Story, reader: Person, found: Found, with_event: bool) -> Exchange:
    if with_event:
        return story.message(reader, found, WITH_EVENT, MAIL_AND_EVENT)
    return story.message(reader, found, scopes=MAIL)
