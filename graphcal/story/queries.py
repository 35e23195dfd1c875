"""Ask for events and messages in the ways that a query has: by a zone, in part, in a window, page by page."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from graphcal import expect
from graphcal.facts import Sight, entries_in
from graphcal.graph.client import AstrayError, segment
from graphcal.outcomes import Unmet
from graphcal.story.telling import own_event_path
from graphcal.timezones import zoned

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

    from graphcal.facts import Invitation, Meeting
    from graphcal.graph.exchange import Exchange
    from graphcal.people import Person
    from graphcal.story import Story
    from graphcal.value import Value

EVENTS, VIEW = "/me/calendar/events", "/me/calendar/calendarView"
MESSAGES, INBOX = "/me/messages", "/me/mailFolders/inbox/messages"
MAIL = ("Mail.Read",)
MANY = 50  # entries of a page where the size of pages is not the point


@dataclass(frozen=True)
class Wish:
    """How an answer is wanted: `words` name it in facts, `select` are the properties that should come."""

    words: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    select: tuple[str, ...] = ()

    @classmethod
    def zone(cls, name: str) -> Wish:
        """Wish for times in a zone."""
        return cls(f"times in {name}", {"Prefer": f'outlook.timezone="{name}"'})

    @classmethod
    def only(cls, names: tuple[str, ...]) -> Wish:
        """Wish for nothing but some properties."""
        return cls(f"only {' and '.join(names)}", select=names)

    def path(self, base: str, **options: object) -> str:
        """Return a path with the options of a query, $select among them."""
        if self.select:
            options["$select"] = ",".join(self.select)
        return f"{base}?{urlencode(options, safe='$,:', quote_via=quote)}" if options else base


NOTHING = Wish()
AS_TEXT = Wish("body as text", {"Prefer": 'outlook.body-content-type="text"'})
IMMUTABLE = Wish("immutable ids", {"Prefer": 'IdType="ImmutableId"'})


@dataclass(frozen=True)
class Ask:
    """A collection that somebody asks for: `words` name the fact, `path` is that of the first page.

    `scopes` are the least that do, where it is not a collection of the reader's own.
    """

    words: tuple[Hashable, ...]
    who: Person
    path: str
    wish: Wish = NOTHING
    scopes: tuple[str, ...] = ()

    def pages(self, story: Story) -> Iterator[Exchange]:
        """Read the collection, of events or of messages, page by page."""
        mail = self.path.startswith((MESSAGES, INBOX))
        shape, scopes = ("messageCollection", MAIL) if mail else ("eventCollection", ("Calendars.Read",))
        headers, least = self.wish.headers, self.scopes or scopes
        return story.chapter.graph.pages(self.who, self.path, shape=shape, headers=headers, scopes=least)

    @property
    def key(self) -> tuple[Hashable, ...]:
        """The key of the fact."""
        return (*self.words, self.who, self.wish.words)


@dataclass(frozen=True)
class Pages(Sight):
    """The pages of a collection that were opened, in their order, and the entry on them that is looked for."""

    pages: tuple[Exchange, ...] = field(kw_only=True)

    @classmethod
    def of(cls, pages: tuple[Exchange, ...], subject: str, role: str = "organizerEvent") -> Pages:
        """Look for the entry that bears a subject."""
        return cls(pages[-1], role, lambda: required(subject, pages)[0], pages=pages)

    @property
    def place(self) -> Value:
        """The entries of the last page, where something may be missing."""
        return self.pages[-1].payload["value"]

    @property
    def unopened(self) -> str:
        """Say which link on the last page was not followed; "" where it has none."""
        link = self.pages[-1].payload["@odata.nextLink"].text if self.pages[-1].succeeded else ""
        return f"the link to the next page may not be followed, it leads to {link}" if link else ""

    def entries(self, subject: str = "") -> list[Value]:
        """Return the entries that bear a subject, or all. Raises Deviation where a page was refused."""
        expect.each(self.pages, lambda page: expect.success(page, f"reading {page.request.path}"))
        return bearing(subject, self.pages)


def bearing(subject: str, pages: Iterable[Exchange]) -> list[Value]:
    """Return the entries whose subject holds a text. Raises Unmet where a page can't be read."""
    return [entry for entry in entries_in(pages, "the collection") if subject in entry["subject"].text]


def required(subject: str, pages: tuple[Exchange, ...]) -> list[Value]:
    """Return the entries that bear a subject. Raises Unmet where there is none."""
    found = bearing(subject, pages)
    if not found:
        raise Unmet(f"{subject!r} is on no page: {pages[-1]}")
    return found


def event_alone(story: Story, who: Person, invitation: Invitation, wish: Wish = NOTHING) -> Exchange:
    """Read somebody's own event by its id, once it is there."""
    path = wish.path(own_event_path(story.event_id(who, invitation)))
    return story.read(
        ("event alone", who, invitation.subject, wish.words),
        who,
        path,
        shape="event",
        scopes=("Calendars.Read",),
        headers=wish.headers,
        until=lambda found: found.succeeded,
    )


def message_alone(story: Story, who: Person, invitation: Invitation, wish: Wish = NOTHING) -> Exchange:
    """Read somebody's invitation by its id."""
    identifier = story.received(who, invitation).message["id"].text
    key = ("message alone", who, invitation.subject, wish.words)
    path = wish.path(f"{MESSAGES}/{segment(identifier)}")
    return story.read(key, who, path, shape="message", scopes=MAIL, headers=wish.headers)


def pages_with(story: Story, ask: Ask, subject: str) -> Pages:
    """Open the pages of a collection as far as an entry that bears a subject, once it is there."""

    def holds(page: Exchange) -> bool:
        return page.succeeded and bool(bearing(subject, [page]))

    def look() -> tuple[Exchange, ...]:
        return tuple(opened(ask.pages(story), holds))

    graph = story.chapter.graph
    return Pages.of(
        story.pages(ask.key, lambda: graph.poll_all(look, lambda pages: holds(pages[-1]))), subject
    )


def every_page(story: Story, ask: Ask, subject: str = "", times: int = 0) -> Pages:
    """Open all pages of a collection, once a subject shows on them so many times."""

    def look() -> tuple[Exchange, ...]:
        return tuple(opened(ask.pages(story)))

    def good(pages: tuple[Exchange, ...]) -> bool:
        return all(page.succeeded for page in pages) and len(bearing(subject, pages)) >= times

    graph = story.chapter.graph
    return Pages.of(story.pages(ask.key, lambda: graph.poll_all(look, good)), subject)


def opened(
    pages: Iterable[Exchange], enough: Callable[[Exchange], bool] = lambda _page: False
) -> Iterator[Exchange]:
    """Open pages until one is enough, or a link leads astray: what is not reached then, a scenario judges."""
    try:
        for page in pages:
            yield page
            if enough(page):
                return
    except AstrayError:
        return


def window_of(meeting: Meeting, now: datetime, days: int = 1) -> dict[str, str]:
    """Return the window of a view that begins with the day of a meeting, in UTC."""
    start = zoned(meeting.start(now).isoformat(), meeting.zone)
    if start is None:
        raise Unmet(f"{meeting.zone} is no zone in which a window can be worked out")
    begin = datetime.combine(start.date(), time(), UTC)
    ends = {"startDateTime": begin, "endDateTime": begin + timedelta(days=days)}
    return {name: f"{end:%Y-%m-%dT%H:%M:%SZ}" for name, end in ends.items()}


def day_with(story: Story, who: Person, invitation: Invitation, wish: Wish = NOTHING) -> Pages:
    """View the day of somebody's meeting, once the meeting shows."""
    path = wish.path(VIEW, **window_of(invitation.meeting, story.chapter.now))
    ask = Ask(("view of the day", invitation.subject), who, path, wish)
    return pages_with(story, ask, invitation.subject)


def list_with(story: Story, who: Person, invitation: Invitation, wish: Wish = NOTHING) -> Pages:
    """List somebody's events as far as the meeting, once it shows."""
    path = wish.path(EVENTS, **{"$top": MANY})
    return pages_with(story, Ask(("list of events", invitation.subject), who, path, wish), invitation.subject)
