"""Steps about requests that are meant to be refused, and about what a refusal may tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from pytest_bdd import given, then, when

from graphcal import expect
from graphcal.facts import Invitation, Sight
from graphcal.graph.client import segment
from graphcal.outcomes import Unmet
from graphcal.phrases import phrase
from graphcal.story import Story
from graphcal.story.telling import own_event_path
from graphcal.targets.arrangement import NO_ROLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphcal.graph.exchange import Exchange
    from graphcal.people import Person
    from graphcal.schemas import Schemas

NOBODY = "nobody@contoso.com"  # the documentation's organisation, in which nobody has this name
EVENTS = "/me/calendar/events"
READ = ("Calendars.Read.Shared",)
SHAPES = {"": "calendar", "/events": "eventCollection"}  # what comes from below the path of a calendar


@dataclass(frozen=True)
class Several(Sight):
    """Several answers to look at, of which the last stands for all."""

    exchanges: tuple[Exchange, ...] = field(kw_only=True)

    @classmethod
    def of(cls, exchanges: tuple[Exchange, ...]) -> Several:
        """Look at answers that should all be refusals."""
        return cls(exchanges[-1], "", lambda: exchanges[-1].payload, exchanges=exchanges)


def refusal(exchange: Exchange) -> Sight:
    """Look at an answer that should be a refusal."""
    return Sight(exchange, "", lambda: exchange.payload)


@when(
    phrase("{who:Person} lists {her:Pronoun} calendars with {credential:Credential}"), target_fixture="sight"
)
def lists_calendars_without(who: str, credential: str, story: Story) -> Sight:
    """Ask without a token, or with one that nobody has issued."""
    person, graph = story.person(who), story.chapter.graph
    return refusal(
        story.exchange(
            ("calendars with", credential, person),
            lambda: graph.get(person, "/me/calendars", shape="calendarCollection", credential=credential),
        )
    )


@when(phrase("{who:Person} asks for {owner:Person}'s {what:Belonging}"), target_fixture="sight")
def asks_for_a_calendar(who: str, owner: str, what: str, story: Story) -> Sight:
    """Ask for the calendar of somebody else, or for its events."""
    path = {"calendar": "", "events": "/events"}[what]
    return refusal(read_below(story, story.person(who), story.person(owner), path, ""))


@when(phrase("{who:Person} asks for the event in {owner:Person}'s calendar"), target_fixture="sight")
def asks_for_the_event(who: str, owner: str, invitation: Invitation, story: Story) -> Sight:
    """Ask for an event of somebody else's by its id."""
    person = story.person(owner)
    path = f"/events/{segment(story.event_id(person, invitation))}"
    return refusal(read_below(story, story.person(who), person, path, invitation.subject))


@given(phrase("{who:Person} has read {owner:Person}'s calendar, its events and the event"))
def has_read(who: str, owner: str, invitation: Invitation, story: Story) -> None:
    """Make sure that somebody has access, which may take a while to be given."""
    for exchange in read_all(story, story.person(who), story.person(owner), invitation, before=True):
        exchange.resource(f"what {owner.capitalize()} shares")


@when(
    phrase("{who:Person} reads them again after {owner:Person} has withdrawn {his:Pronoun} role"),
    target_fixture="sight",
)
def reads_again(who: str, owner: str, invitation: Invitation, story: Story) -> Several:
    """Take the permission away, and ask until it shows."""
    person, holder = story.person(owner), story.person(who)
    story.chapter.arrangement.require_role(person, holder, NO_ROLE)
    return Several.of(read_all(story, holder, person, invitation, before=False))


@when(phrase("{who:Person} asks for the event after {she:Subject} has deleted it"), target_fixture="sight")
def asks_for_what_is_deleted(who: str, invitation: Invitation, story: Story) -> Sight:
    """Delete an event of one's own and ask for it until it is gone."""
    person, subject = story.person(who), invitation.subject
    path = own_event_path(invitation.event["id"].text)
    scopes = ("Calendars.ReadWrite",)
    before = story.read(
        ("before the deletion", person, subject),
        person,
        path,
        shape="event",
        scopes=scopes,
        until=lambda found: found.succeeded,
    )
    before.resource("the event")
    deleted = story.write(("deletion", person, subject), person, "DELETE", path, scopes=scopes)
    if not deleted.succeeded:
        raise Unmet(f"the event could not be deleted: {deleted}")
    key = ("after the deletion", person, subject)
    return refusal(
        story.read(key, person, path, shape="event", scopes=scopes, until=lambda found: not found.succeeded)
    )


@when(
    phrase(
        "{who:Person} asks for an event of {her:Pronoun} own by the id that it has in {owner:Person}'s calendar"
    ),
    target_fixture="sight",
)
def asks_by_another_id(who: str, owner: str, invitation: Invitation, story: Story) -> Sight:
    """Ask the own mailbox for an id of another one."""
    person = story.person(who)
    path = own_event_path(story.event_id(story.person(owner), invitation))
    key = ("an id of another mailbox", person, invitation.subject)
    return refusal(story.read(key, person, path, shape="event", scopes=READ))


@when(phrase('{who:Person} asks for an event by the id "{identifier:Text}"'), target_fixture="sight")
def asks_by_a_broken_id(who: str, identifier: str, story: Story) -> Sight:
    """Ask for what is no id at all."""
    person, path = story.person(who), own_event_path(identifier)
    return refusal(story.read(("event", identifier, person), person, path, shape="event", scopes=READ))


@when(phrase("{who:Person} asks for the calendar of an unknown user"), target_fixture="sight")
def asks_for_nobody(who: str, story: Story) -> Sight:
    """Ask for somebody whom the directory does not know."""
    person, path = story.person(who), f"/users/{NOBODY}/calendar"
    return refusal(story.read(("calendar of nobody", person), person, path, shape="calendar", scopes=READ))


@when(phrase('{who:Person} enters "{subject:Text}" in {his:Pronoun} calendar'), target_fixture="sight")
def enters(who: str, subject: str, story: Story) -> Sight:
    """Create an event without attendees, and prefer no zone."""
    person, body = story.person(who), story.draft(story.meeting(subject), ())
    return refusal(story.exchange(("entry", person, subject), lambda: story.create(person, EVENTS, body)))


@when(phrase("{who:Person} asks for {owner:Person}'s mailbox settings"), target_fixture="sight")
def asks_for_settings(who: str, owner: str, story: Story) -> Sight:
    """Ask for the settings of another mailbox."""
    person, other = story.person(who), story.person(owner)
    path = f"{story.mailbox_path(other)}/mailboxSettings"
    key, scopes = ("mailbox settings", person, other), ("MailboxSettings.Read",)
    return refusal(story.read(key, person, path, shape="mailboxSettings", scopes=scopes))


@when(phrase("{who:Person} asks for {owner:Person}'s permissions {way:Route}"), target_fixture="sight")
def asks_for_permissions(who: str, owner: str, way: str, story: Story) -> Sight:
    """List the permissions of a calendar that is somebody else's."""
    person, other = story.person(who), story.person(owner)
    path = f"{story.calendar_path(person, other, way)}/calendarPermissions"
    key, shape = ("permissions", way, person, other), "calendarPermissionCollection"
    return refusal(story.read(key, person, path, shape=shape, scopes=READ))


@when(
    phrase('{who:Person} gives {other:Person} the role "{role:Role}" on {owner:Person}\'s calendar'),
    target_fixture="sight",
)
def gives_a_role(who: str, other: str, role: str, owner: str, story: Story) -> Sight:
    """Share a calendar that is somebody else's; what is shared against the rules, its owner takes back."""
    person, holder, principal = story.person(who), story.person(other), story.person(owner)
    story.chapter.arrangement.require_changes()

    def give() -> Exchange:
        body = {"emailAddress": {"name": holder.name, "address": holder.address}, "role": role}
        path = f"{story.mailbox_path(principal)}/calendar/calendarPermissions"
        shape, scopes = "calendarPermission", ("Calendars.ReadWrite.Shared",)
        given_role = story.chapter.graph.write(person, "POST", path, body, shape=shape, scopes=scopes)
        if given_role.succeeded:
            identifier = segment(given_role.payload["id"].text)
            undone = f"/me/calendar/calendarPermissions/{identifier}"
            with story.chapter.arrangement.undoing(principal, "DELETE", undone):
                pass  # else whoever tries it next would be refused because it was given already
        return given_role

    return refusal(story.exchange(("gives", holder, role, person, principal), give))


@then("the answer is an error with a code and a message")
def is_an_error(sight: Sight, story: Story, schemas: Schemas) -> None:
    """ERR-01: one object, with an inner error at most, spelt in either way."""
    exchange = sight.exchange
    if exchange.succeeded:
        raise Unmet(f"nothing was refused: {exchange}")
    story.judged.append(exchange)
    expect.that(exchange.payload.exists, exchange.payload, "an error", "an empty body")
    expect.fits(exchange.payload, "error", schemas)


@then(phrase("the service refuses each with {codes:Codes}"))
def refuses_each(codes: tuple[int, ...], sight: Several) -> None:
    """ERR-11: none of what was there before."""
    expect.each(sight.exchanges, lambda exchange: expect.refused(exchange, codes))


@then(phrase('nothing of "{subject:Text}" is told'))
def nothing_is_told(subject: str, sight: Sight, invitation: Invitation, story: Story) -> None:
    """ERR-05: neither what the event is called, nor where it takes place, nor what it says."""
    meeting = story.meeting(subject)
    expect.untold(sight.exchange, (invitation.subject, meeting.place, meeting.text))


@then("no permission is told")
def no_permission_is_told(sight: Sight) -> None:
    """ERR-13: an empty list, or a refusal of whatever kind."""
    if not sight.exchange.succeeded:
        expect.refused(sight.exchange)
        return
    listed = sight.exchange.payload["value"]
    expect.that(listed.json == [], listed, "no entry")


def read_below(story: Story, who: Person, owner: Person, path: str, subject: str) -> Exchange:
    """Ask once for what lies below an owner's calendar: itself, its events, or one event."""
    key = ("asks for", path.split("/")[1] if path else "calendar", subject, who, owner)
    shape = SHAPES.get(path, "event")
    return story.read(key, who, f"{story.mailbox_path(owner)}/calendar{path}", shape=shape, scopes=READ)


def read_all(
    story: Story, who: Person, owner: Person, invitation: Invitation, *, before: bool
) -> tuple[Exchange, ...]:
    """Ask for an owner's calendar, its events and one event, until they are given, or not any more.

    Once time is up for one of them, the rest is asked for without waiting.
    """
    graph, base = story.chapter.graph, f"{story.mailbox_path(owner)}/calendar"

    def good(exchange: Exchange) -> bool:
        return exchange.succeeded is before

    def ask_for_all() -> Iterator[Exchange]:
        waiting = True
        for path in ("", "/events", f"/events/{segment(story.event_id(owner, invitation))}"):
            ask = partial(graph.get, who, base + path, shape=SHAPES.get(path, "event"), scopes=READ)
            exchange = graph.poll(ask, good, lifts=True) if waiting else ask()
            waiting = good(exchange)
            yield exchange

    return story.pages(
        ("reads before" if before else "reads after", who, owner, invitation.subject), ask_for_all
    )
