"""Steps about how answers are tallied: on the owner's event, and not on the other attendees'."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pytest_bdd import given, then, when

from graphcal import expect
from graphcal.facts import Invitation, Sight
from graphcal.outcomes import Unmet
from graphcal.phrases import phrase
from graphcal.story import Story
from graphcal.story.replies import copy_since
from graphcal.timezones import instant

if TYPE_CHECKING:
    from graphcal.graph.exchange import Exchange
    from graphcal.value import Value

TALLIED = ("tentativelyAccepted", "accepted", "declined")


@given(phrase("{owner:Person} has looked at the event in {his:Pronoun} calendar"), target_fixture="before")
def has_looked_at_the_event(owner: str, invitation: Invitation, story: Story) -> Value:
    """Read the owner's event as it is before the answers that come next."""
    exchange = story.tally(story.person(owner), invitation)
    return exchange.resource(f"the event in {owner.capitalize()}'s calendar")


@given(phrase("{owner:Person} has seen {who:Person}'s answer in {his:Pronoun} calendar"))
def has_seen_the_answer(owner: str, who: str, invitation: Invitation, story: Story) -> None:
    """Wait for an answer to show on the owner's event."""
    exchange = story.tally(story.person(owner), invitation)
    event = exchange.resource(f"the event in {owner.capitalize()}'s calendar")
    _answered(event, story, who)


@when(phrase("{who:Person} looks at {her:Pronoun} copy of the event"), target_fixture="sight")
def looks_at_the_copy(who: str, invitation: Invitation, story: Story) -> Sight:
    """Look at an attendee's event as it is since others have answered."""
    exchange = copy_since(story, story.person(who), invitation)
    return Sight(exchange, "attendeeEvent", lambda: exchange.resource(f"{who.capitalize()}'s event"))


@then(phrase('{who:Person}\'s answer is "{response:Text}"'))
def the_tallied_answer_is(who: str, response: str, sight: Sight, story: Story) -> None:
    """TAL-04, TAL-05, TAL-06, RSP-20, RSP-21: the attendee's status in the owner's event."""
    expect.equal(_tallied(sight.value, story, who)["response"], response)


@then(phrase("{owner:Person} is told {who:Person}'s answer that was not addressed to {him:Object}"))
def is_told_without_a_message(owner: str, who: str, sight: Sight, response: Exchange, story: Story) -> None:
    """TAL-07: the service tallies, not the message."""
    person = story.person(owner)
    message = response.resource(f"{who.capitalize()}'s answer")["toRecipients"]
    tallied = _tallied(sight.value, story, who)["response"]
    expect.all_of(
        [
            lambda: expect.that(
                person.address.casefold() not in expect.addresses(message), message, f"no {person.address}"
            ),
            lambda: expect.one_of(tallied, TALLIED),
        ]
    )


@then(phrase("{who:Person}'s answer bears the time that {her:Pronoun} own copy tells"))
def bears_the_time_of_the_copy(who: str, sight: Sight, invitation: Invitation, story: Story) -> None:
    """TAL-08: both sides tell one moment, a second's rounding aside."""
    own = story.own_copy(story.person(who), invitation)
    told = own.at("responseStatus.time")
    if instant(told.json) is None:
        raise Unmet(f"{who.capitalize()}'s copy tells no time of her answer: {own.exchange}")
    _within(_answered(sight.value, story, who), told, 1)


@then(
    phrase(
        "{who:Person}'s answer bears the time {her:Pronoun} message was sent, "
        "give or take {seconds:Number} seconds"
    )
)
def bears_the_time_of_the_message(
    who: str, seconds: int, sight: Sight, response: Exchange, story: Story
) -> None:
    """TAL-08: the moment of the answer."""
    sent = response.resource(f"{who.capitalize()}'s answer")["sentDateTime"]
    _within(_answered(sight.value, story, who), sent, seconds)


@then(phrase("the event was changed at most {seconds:Number} seconds after {who:Person}'s answer"))
def was_changed_after(seconds: int, who: str, sight: Sight, story: Story) -> None:
    """TAL-09, TAL-14: recording the answer is a change of the event, and takes a while at most."""
    changed = sight.value["lastModifiedDateTime"]
    answered = _answered(sight.value, story, who)
    modified, moment = instant(changed.json), instant(answered.json)
    expect.that(
        modified is not None
        and moment is not None
        and timedelta(seconds=-1) <= modified - moment <= timedelta(seconds=seconds),
        changed,
        f"a moment from {answered.json} to {seconds} seconds later",
    )


@then(phrase("the event has another change key than before {who:Person}'s answer"))
def has_another_change_key(who: str, sight: Sight, before: Value, story: Story) -> None:
    """TAL-09: recording an answer is a change of the event."""
    _has_changed("changeKey", who, sight, before, story)


@then(phrase("the event has another etag than before {who:Person}'s answer"))
def has_another_etag(who: str, sight: Sight, before: Value, story: Story) -> None:
    """TAL-09: recording an answer is a change of the event."""
    _has_changed("@odata.etag", who, sight, before, story)


@then(phrase("the event was changed later than before {who:Person}'s answer"))
def was_changed_later(who: str, sight: Sight, before: Value, story: Story) -> None:
    """TAL-09: recording an answer is a change of the event."""
    _answered(sight.value, story, who)
    changes = [side["lastModifiedDateTime"] for side in (before, sight.value)]
    first, second = (instant(change.json) for change in changes)
    if first is None:
        raise Unmet(f"the event did not tell when it was changed: {before.exchange}")
    expect.that(second is not None and second > first, changes[1], f"a moment after {changes[0].json}")


@then(phrase("{who:Person} attends as optional"))
def attends_as_optional(who: str, sight: Sight, story: Story) -> None:
    """TAL-12: who was not invited joins the list."""
    person = story.person(who)
    attendees = sight.value["attendees"]
    expect.among(attendees, [person])
    expect.equal(expect.entry_of(attendees, person)["type"], "optional")


def _tallied(event: Value, story: Story, who: str) -> Value:
    return expect.entry_of(event["attendees"], story.person(who))["status"]


def _answered(event: Value, story: Story, who: str) -> Value:
    """Return the tallied time of an answer. Raises Unmet where none is tallied."""
    tallied = _tallied(event, story, who)
    if tallied["response"].json not in TALLIED:
        raise Unmet(f"no answer of {who.capitalize()} is tallied: {event.exchange}")
    return tallied["time"]


def _has_changed(name: str, who: str, sight: Sight, before: Value, story: Story) -> None:
    """Expect a property to have another value than before an answer. Raises Unmet where none is tallied or told."""
    _answered(sight.value, story, who)
    if not before[name].text:
        raise Unmet(f"the event told no {name} before: {before.exchange}")
    after = sight.value[name]
    expect.that(after.text not in {"", before[name].text}, after, f"another {name} than {before[name].text}")


def _within(value: Value, other: Value, seconds: int) -> None:
    found, wanted = instant(value.json), instant(other.json)
    expect.that(
        found is not None and wanted is not None and abs(found - wanted) <= timedelta(seconds=seconds),
        value,
        f"the moment {other.json}, give or take {seconds} s",
    )
