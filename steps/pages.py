"""Steps about lists and views: their windows, their pages, and what is on them."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pytest_bdd import then, when

from graphcal import expect
from graphcal.facts import Invitation, Sight
from graphcal.outcomes import Unmet
from graphcal.phrases import phrase
from graphcal.story import Story
from graphcal.story.queries import (
    EVENTS,
    INBOX,
    MANY,
    NOTHING,
    VIEW,
    Ask,
    Pages,
    Wish,
    bearing,
    day_with,
    event_alone,
    every_page,
    list_with,
    opened,
    required,
    window_of,
)
from graphcal.timezones import zoned

if TYPE_CHECKING:
    from graphcal.graph.exchange import Exchange
    from graphcal.value import Value


@when(phrase("{who:Person} lists {his:Pronoun} events"), target_fixture="sight")
def lists_events(who: str, invitation: Invitation, story: Story) -> Pages:
    """List all events, once the event is among them."""
    person, subject = story.person(who), invitation.subject
    event_alone(story, person, invitation).resource(f"{person}'s event")
    path = Wish.only(("id", "subject", "type")).path(EVENTS, **{"$top": MANY})
    return every_page(story, Ask(("all events", subject), person, path), subject, 1)


@when(
    phrase("{who:Person} pages through the day of {subjects:Names}, {size:Number} at a time"),
    target_fixture="sight",
)
def pages_through(who: str, subjects: tuple[str, ...], size: int, story: Story) -> Pages:
    """Follow the links of a view from page to page, once these meetings of one day show in it."""
    person = story.person(who)
    for subject in subjects:
        invitation = story.invite(person, person, (), subject)
        required(invitation.subject, day_with(story, person, invitation).pages)
    window = window_of(story.meeting(subjects[0]), story.chapter.now)
    path = NOTHING.path(VIEW, **window, **{"$top": size})
    return every_page(story, Ask(("pages of", size, subjects), person, path))


@when(
    phrase("{who:Person} opens {count:Number} pages of {her:Pronoun} {what:Shelf}, {size:Number} at a time"),
    target_fixture="sight",
)
def opens_pages(who: str, count: int, what: str, size: int, invitation: Invitation, story: Story) -> Pages:
    """Follow the links of a list a few times, once what was entered or received last is in it."""
    person = story.person(who)
    if what == "events":
        required(invitation.subject, list_with(story, person, invitation).pages)
    path = NOTHING.path({"inbox": INBOX, "events": EVENTS}[what], **{"$top": size})
    ask = Ask((count, "pages of", what, size), person, path)

    def look() -> tuple[Exchange, ...]:
        return tuple(opened(islice(ask.pages(story), count)))

    def differ(pages: tuple[Exchange, ...]) -> bool:
        return not all(page.succeeded for page in pages) or not twice_in(bearing("", pages))

    # What arrives in between moves the rest on, so that an entry may come again: then the list is opened once more.
    return Pages.of(story.pages(ask.key, lambda: story.chapter.graph.poll_all(look, differ)), "")


@when(
    phrase('{who:Person} views the day of "{subject:Text}" from {begin:Moment} to {end:Moment}'),
    target_fixture="sight",
)
def views(who: str, begin: str, end: str, invitation: Invitation, story: Story) -> Pages:
    """View a part of the day, its ends with an offset or without."""
    return view(story, who, (begin, end), invitation, NOTHING)


@when(
    phrase(
        '{who:Person} views the day of "{subject:Text}" from {begin:Moment} to {end:Moment}, '
        'with times in "{zone:Text}"'
    ),
    target_fixture="sight",
)
def views_in_a_zone(who: str, begin: str, end: str, zone: str, invitation: Invitation, story: Story) -> Pages:
    """View a part of the day, and prefer a zone."""
    return view(story, who, (begin, end), invitation, Wish.zone(zone))


@when(phrase("{who:Person} views {his:Pronoun} calendar without {names:Properties}"), target_fixture="sight")
def views_without(who: str, names: tuple[str, ...], invitation: Invitation, story: Story) -> Sight:
    """Leave an end of the window out."""
    person, window = story.person(who), window_of(invitation.meeting, story.chapter.now)
    path = NOTHING.path(VIEW, **{name: end for name, end in window.items() if name not in names})
    exchange = story.read(
        ("view without", names, person), person, path, shape="eventCollection", scopes=("Calendars.Read",)
    )
    return Sight(exchange, "", lambda: exchange.payload)


@when(
    phrase('{who:Person} views {days:Number} days of {his:Pronoun} calendar, from "{subject:Text}" on'),
    target_fixture="sight",
)
def views_days(who: str, days: int, subject: str, story: Story) -> Pages:
    """View some days, once a daily series shows on each of them."""
    return view_of_days(story, who, days, subject)


@when(
    phrase(
        "{who:Person} opens the first page of {days:Number} days of {his:Pronoun} calendar, "
        'from "{subject:Text}" on'
    ),
    target_fixture="sight",
)
def opens_the_first_page(who: str, days: int, subject: str, story: Story) -> Pages:
    """View some days, once a series shows on each of them, without asking for a number of entries."""
    required(story.mark(subject), view_of_days(story, who, days, subject).pages)
    person, window = story.person(who), window_of(story.meeting(subject), story.chapter.now, days)
    ask = Ask(("first page of", days, "days", subject), person, NOTHING.path(VIEW, **window))
    return Pages.of(story.pages(ask.key, lambda: opened(islice(ask.pages(story), 1))), "")


@then(phrase('"{subject:Text}" is shown {times:Count}'))
def is_shown(subject: str, times: int, sight: Pages, story: Story) -> None:
    """SET-15, SET-16, REP-13 to REP-18: how often an entry bears the subject, on all pages together."""
    marked = story.mark(subject)
    found = sight.entries(marked)
    hint = sight.unopened if len(found) < times else ""
    expect.that(len(found) == times, sight.place, f"{marked!r} {times} times", f"{len(found)} times", hint)


@then(phrase('nothing but "{subject:Text}" is shown'))
def nothing_else_is_shown(subject: str, sight: Pages, story: Story) -> None:
    """REP-13: an iCalUId belongs to one meeting."""
    marked = story.mark(subject)
    others = [entry["subject"] for entry in sight.entries() if marked not in entry["subject"].text]
    expect.each(others, lambda other: expect.that(False, other, f"nothing but {marked!r}"))


@then(phrase('"{subject:Text}" is shown with the type "{kind:Text}"'))
def is_shown_with_the_type(subject: str, kind: str, sight: Pages, story: Story) -> None:
    """REP-18: a master or its occurrences."""
    found = required(story.mark(subject), sight.pages)
    expect.each(found, lambda entry: expect.equal(entry["type"], kind))


@then(phrase('"{subject:Text}" is shown on {days:Number} days at its time'))
def is_shown_on_days(subject: str, days: int, sight: Pages, story: Story) -> None:
    """REP-18: each of a daily series' dates, once."""
    meeting, marked = story.meeting(subject), story.mark(subject)
    start = meeting.start(story.chapter.now)
    wanted = [zoned((start + timedelta(days=day)).isoformat(), meeting.zone) for day in range(days)]
    found = [
        zoned(entry.at("start.dateTime").json, entry.at("start.timeZone").json)
        for entry in sight.entries(marked)
    ]
    if None in found:
        raise Unmet(f"not every {subject!r} tells a moment: {sight.exchange}")
    told = ", ".join(sorted(f"{moment:%d %b %H:%M}" for moment in found if moment))
    same = sorted(map(str, found)) == sorted(map(str, wanted))
    expect.that(
        same, sight.place, f"{marked!r} on {days} days from {start:%d %b %H:%M} on", told or "on none"
    )


@then(phrase("no page holds more than {size:Number}"))
def no_page_holds_more(size: int, sight: Pages) -> None:
    """REP-15: $top; fewer are legal."""
    sight.entries()
    collections = [page.payload["value"] for page in sight.pages]
    expect.each(
        collections,
        lambda found: expect.that(
            len(found.items()) <= size, found, f"at most {size} entries", f"{len(found.items())}"
        ),
    )


@then("every link to a next page is a whole URL")
def links_are_whole(sight: Pages) -> None:
    """REP-15: a link is opened as it is. Raises Unmet where there is one page, and so no link."""
    links = [page.payload["@odata.nextLink"] for page in sight.pages if page.succeeded]
    told = [link for link in links if link.exists]
    if not told:
        raise Unmet(f"no page leads to another: {sight.exchange}")
    expect.each(told, lambda link: expect.that(bool(urlsplit(link.text).netloc), link, "a whole URL"))


@then(phrase("there are {count:Number} pages, and no entry is on both"))
def pages_differ(count: int, sight: Pages) -> None:
    """REP-15: the link is there where there is more, and leads on."""
    twice = twice_in(sight.entries())
    expect.all_of(
        [
            lambda: expect.that(
                len(sight.pages) == count,
                sight.place,
                f"{count} pages",
                f"{len(sight.pages)}",
                sight.unopened,
            ),
            lambda: expect.that(
                not twice, sight.place, "other entries than on the page before", f"{len(twice)} again"
            ),
        ]
    )


@then(phrase("the first page holds {size:Number}"))
def first_page_holds(size: int, sight: Pages) -> None:
    """REP-15: the size of a page when none is asked for, which is soft."""
    sight.entries()
    first = sight.pages[0].payload
    found = first["value"]
    if len(found.items()) < size and not first["@odata.nextLink"].exists:
        raise Unmet(f"there are no {size} entries: {sight.pages[0]}")
    expect.that(len(found.items()) == size, found, f"{size} entries", f"{len(found.items())}")


def twice_in(entries: list[Value]) -> list[str]:
    """Return the ids that more than one entry has."""
    identifiers = [entry["id"].text for entry in entries]
    return [identifier for identifier in identifiers if identifiers.count(identifier) > 1]


def view(story: Story, who: str, ends: tuple[str, str], invitation: Invitation, wish: Wish) -> Pages:
    """View a window, once the meeting shows in a view of its day.

    Each end is a time of that day such as "09:00" or "18:00+09:00".
    """
    person, day = story.person(who), invitation.meeting.date(story.chapter.now)
    required(invitation.subject, day_with(story, person, invitation).pages)
    begin, end = (f"{day.isoformat()}T{clock[:5]}:00{clock[5:]}" for clock in ends)
    path = wish.path(VIEW, startDateTime=begin, endDateTime=end)
    return every_page(story, Ask(("view", *ends, invitation.subject), person, path, wish))


def view_of_days(story: Story, who: str, days: int, subject: str) -> Pages:
    """View some days from a daily series' first one on, once the series shows on each of them."""
    person = story.person(who)
    series = story.invite(person, person, (), subject)
    window = window_of(series.meeting, story.chapter.now, days)
    path = NOTHING.path(VIEW, **window, **{"$top": MANY})
    return every_page(story, Ask(("view of", days, "days", subject), person, path), series.subject, days)
