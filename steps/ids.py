"""Steps about ids: what they tell apart, and what they outlast."""

from __future__ import annotations

from dataclasses import dataclass, field

from pytest_bdd import then, when

from graphcal import expect
from graphcal.facts import Invitation, Sight
from graphcal.graph.client import segment
from graphcal.outcomes import Unmet
from graphcal.phrases import phrase
from graphcal.story import Story
from graphcal.story.queries import (
    IMMUTABLE,
    INBOX,
    MAIL,
    MANY,
    MESSAGES,
    Ask,
    event_alone,
    pages_with,
)
from graphcal.story.telling import own_event_path
from graphcal.value import Value

BIN = "deleteditems"  # a folder that every mailbox has


@dataclass(frozen=True)
class Twice(Sight):
    """An item that was read before, and then again."""

    before: Value = field(kw_only=True)


@when(phrase("{who:Person} reads the event by its id in the other casing"), target_fixture="sight")
def reads_by_the_other_casing(who: str, invitation: Invitation, story: Story) -> Sight:
    """Ask with capitals for small letters, and the other way round."""
    person = story.person(who)
    identifier = event_alone(story, person, invitation).resource(f"{person}'s event")["id"].text
    if identifier.swapcase() == identifier:
        raise Unmet(f"the id {identifier} has no letters")
    path = own_event_path(identifier.swapcase())
    key = ("event in the other casing", person, invitation.subject)
    exchange = story.read(key, person, path, shape="event", scopes=("Calendars.Read",))
    return Sight(exchange, "organizerEvent", lambda: exchange.payload)


@when(
    phrase("{who:Person} reads the invitation before and after moving it, with immutable ids"),
    target_fixture="sight",
)
def reads_after_moving(who: str, invitation: Invitation, story: Story) -> Twice:
    """Find the message in the inbox, move it to another folder and read it there by the id it had."""
    person, subject = story.person(who), invitation.subject
    story.received(person, invitation).exchange.resource(f"{person}'s invitation")
    inbox = IMMUTABLE.path(INBOX, **{"$top": MANY})
    before = pages_with(story, Ask(("inbox", subject), person, inbox, IMMUTABLE), subject).value["id"]
    path = f"{MESSAGES}/{segment(before.text)}"
    moved = story.write(
        ("move", person, subject),
        person,
        "POST",
        f"{path}/move",
        {"destinationId": BIN},
        shape="message",
        scopes=("Mail.ReadWrite",),
        headers=IMMUTABLE.headers,
    )
    moved.resource("the message that was moved")
    key = ("message after the move", person, subject)
    after = story.read(
        key,
        person,
        path,
        shape="message",
        scopes=MAIL,
        headers=IMMUTABLE.headers,
        until=lambda found: found.succeeded,
    )
    return Twice(after, "requestMessage", lambda: after.resource("the moved message"), before=before)


@when(
    phrase("{who:Person} reads {his:Pronoun} calendar with and without immutable ids"), target_fixture="sight"
)
def reads_the_calendar_twice(who: str, story: Story) -> Twice:
    """Read the primary calendar once so and once so."""
    person, scopes = story.person(who), ("Calendars.Read",)
    plain = story.read(("calendar", person), person, "/me/calendar", shape="calendar", scopes=scopes)
    before = plain.resource(f"{person}'s calendar")["id"]
    again = story.read(
        ("calendar with immutable ids", person),
        person,
        "/me/calendar",
        shape="calendar",
        scopes=scopes,
        headers=IMMUTABLE.headers,
    )
    return Twice(again, "ownCalendar", lambda: again.resource(f"{person}'s calendar"), before=before)


@then("it has the same id both times")
def has_the_same_id(sight: Twice) -> None:
    """REP-10: an id that lasts."""
    expect.equal(sight.value["id"], sight.before.json)
