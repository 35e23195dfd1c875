"""Steps about the attendees' answers: giving one, receiving it, and how it is tallied."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pytest_bdd import given, then, when

from graphcal import expect
from graphcal.facts import Invitation, Search, Sight
from graphcal.outcomes import Unmet
from graphcal.phrases import phrase
from graphcal.schemas import MISSING
from graphcal.story import Story
from graphcal.timezones import instant
from graphcal.value import Value

if TYPE_CHECKING:
    from graphcal.graph.exchange import Exchange
    from graphcal.schemas import Schemas

TALLIED = ("tentativelyAccepted", "accepted", "declined")


@when(phrase('{who:Person} answers {manner:Manner}: "{comment:Text}"'), target_fixture="sight")
def answers(who: str, manner: str, comment: str, invitation: Invitation, story: Story) -> Sight:
    """Answer the invitation, once in a chapter."""
    exchange = story.answer(story.person(who), manner, comment, invitation)
    return Sight(exchange, "", lambda: Value(MISSING, exchange))


@given(phrase('{who:Person} has answered {manner:Manner}: "{comment:Text}"'))
def has_answered(who: str, manner: str, comment: str, invitation: Invitation, story: Story) -> None:
    """Answer the invitation, once in a chapter."""
    exchange = story.answer(story.person(who), manner, comment, invitation)
    if not exchange.succeeded:
        raise Unmet(f"{who.capitalize()} could not answer: {exchange}")


@given(phrase("{reader:Person} has read {responder:Person}'s answer"), target_fixture="response")
def has_read(reader: str, responder: str, invitation: Invitation, story: Story) -> Exchange:
    """Open the message that carries somebody's answer."""
    return story.response(story.person(reader), story.person(responder), invitation)


@when(phrase("{reader:Person} looks at {responder:Person}'s answer"), target_fixture="sight")
def looks_at_the_answer(reader: str, responder: str, invitation: Invitation, story: Story) -> Sight:
    """Look at the message that carries somebody's answer."""
    exchange = story.response(story.person(reader), story.person(responder), invitation)
    name = f"{responder.capitalize()}'s answer in {reader.capitalize()}'s mailbox"
    return Sight(exchange, "responseMessage", lambda: exchange.resource(name))


@when(
    phrase("{reader:Person} looks for {responder:Person}'s answer in {her:Pronoun} inbox"),
    target_fixture="search",
)
def looks_for_the_answer(reader: str, responder: str, invitation: Invitation, story: Story) -> Search:
    """Search an inbox once what arrives elsewhere has arrived, and as long again."""
    return story.search(story.person(reader), story.person(responder), invitation)


@then(phrase("no answer of {responder:Person} is there"))
def no_answer_is_there(search: Search) -> None:
    """RTE-16, PRM-08: what does not arrive."""
    expect.success(search.pages[0], "reading the inbox")
    expect.each(
        search.found,
        lambda message: expect.that(False, message["subject"], "no message of the attendee's on the meeting"),
    )


@then(phrase("{responder:Person}'s answer has reached {reader:Person}"))
def has_reached(responder: str, reader: str, sight: Sight) -> None:
    """RTE-01: the delegate receives what answers an invitation in the owner's name."""
    expect.item(
        sight.exchange, f"reading {responder.capitalize()}'s answer in {reader.capitalize()}'s mailbox"
    )


@then("no attendee has answered")
def nobody_has_answered(sight: Sight, schemas: Schemas) -> None:
    """INV-09: the owner's side of a new event."""
    expect.fits(sight.value, "createdEvent#/$defs/unanswered", schemas)


@then("no attendee's answer is shown")
def no_answer_is_shown(sight: Sight, schemas: Schemas) -> None:
    """RCV-14: the attendees' side."""
    expect.fits(sight.value, "attendeeEvent#/$defs/unanswered", schemas)


@then(phrase("the answer of {who:Person} is shown as open"))
def is_shown_as_open(who: str, sight: Sight, story: Story) -> None:
    """RCV-14: clients treat the two values alike."""
    entry = expect.entry_of(sight.value["attendees"], story.person(who))
    expect.one_of(entry.at("status.response"), ("none", "notResponded"))


@then("the event's own response is open")
def own_response_is_open(sight: Sight, schemas: Schemas) -> None:
    """RCV-13: sources show both values."""
    expect.fits(sight.value, "attendeeEvent#/$defs/ownStatus", schemas)


@then(phrase('{who:Person}\'s answer is "{response:Text}"'))
def the_tallied_answer_is(who: str, response: str, sight: Sight, story: Story) -> None:
    """TAL-04, TAL-05: the attendee's status in the owner's event."""
    expect.equal(_tallied(sight, story, who)["response"], response)


@then(phrase("{owner:Person} is told {who:Person}'s answer that was not addressed to {him:Object}"))
def is_told_without_a_message(owner: str, who: str, sight: Sight, response: Exchange, story: Story) -> None:
    """TAL-07: the service tallies, not the message."""
    person = story.person(owner)
    message = response.resource(f"{who.capitalize()}'s answer")["toRecipients"]
    tallied = _tallied(sight, story, who)["response"]
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
    _within(_answered(sight, story, who), told, 1)


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
    _within(_answered(sight, story, who), sent, seconds)


@then(phrase("the event was changed at most {seconds:Number} seconds after {who:Person}'s answer"))
def was_changed_after(seconds: int, who: str, sight: Sight, story: Story) -> None:
    """TAL-09, TAL-14: recording the answer is a change of the event, and takes a while at most."""
    changed = sight.value["lastModifiedDateTime"]
    answered = _answered(sight, story, who)
    modified, moment = instant(changed.json), instant(answered.json)
    expect.that(
        modified is not None
        and moment is not None
        and timedelta(seconds=-1) <= modified - moment <= timedelta(seconds=seconds),
        changed,
        f"a moment from {answered.json} to {seconds} seconds later",
    )


def _tallied(sight: Sight, story: Story, who: str) -> Value:
    return expect.entry_of(sight.value["attendees"], story.person(who))["status"]


def _answered(sight: Sight, story: Story, who: str) -> Value:
    """Return the tallied time of an answer. Raises Unmet where none is tallied."""
    tallied = _tallied(sight, story, who)
    if tallied["response"].json not in TALLIED:
        raise Unmet(f"no answer of {who.capitalize()} is tallied: {sight.exchange}")
    return tallied["time"]


def _within(value: Value, other: Value, seconds: int) -> None:
    found, wanted = instant(value.json), instant(other.json)
    expect.that(
        found is not None and wanted is not None and abs(found - wanted) <= timedelta(seconds=seconds),
        value,
        f"the moment {other.json}, give or take {seconds} s",
    )
