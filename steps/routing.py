"""Steps about the ways of meeting messages: whose inbox holds them, and who may answer on the event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, then, when

from graphcal import expect
from graphcal.facts import Invitation, Search, Sight
from graphcal.outcomes import Unmet
from graphcal.phrases import phrase
from graphcal.story import Story, routing
from graphcal.story.replies import NO_EVENT, Reply, sight_of
from graphcal.story.routing import News

if TYPE_CHECKING:
    from graphcal.graph.exchange import Exchange


@given(phrase("the request has come to {reader:Person}"))
def has_come(reader: str, invitation: Invitation, story: Story) -> None:
    """Wait for the request in somebody's inbox, whoever was invited."""
    exchange = routing.request_in(story, story.person(reader), invitation)
    exchange.resource(f"the request in {reader.capitalize()}'s mailbox")


@when(phrase("{reader:Person} looks at the request in {her:Pronoun} inbox"), target_fixture="sight")
def looks_at_the_request(reader: str, invitation: Invitation, story: Story) -> Sight:
    """Look at the request, whoever was invited."""
    return _message(routing.request_in(story, story.person(reader), invitation), "the request")


@when(phrase("{reader:Person} looks at the request with its event"), target_fixture="sight")
def looks_at_the_request_with_its_event(reader: str, invitation: Invitation, story: Story) -> Sight:
    """Look at the request, whoever was invited, and at what it leads to in the reader's mailbox."""
    exchange = routing.request_in(story, story.person(reader), invitation, with_event=True)
    return _message(exchange, "the request")


@when(
    phrase("{reader:Person} looks at {responder:Person}'s answer with its event"),
    target_fixture="sight",
)
def looks_at_the_answer_with_its_event(
    reader: str, responder: str, invitation: Invitation, story: Story
) -> Sight:
    """Look at an answer, and at what it leads to in the reader's mailbox."""
    exchange = routing.response_in(story, story.person(reader), story.person(responder), invitation)
    return _message(exchange, "the answer")


@when(
    phrase("{reader:Person} looks for {inviter:Person}'s request in {his:Pronoun} inbox"),
    target_fixture="search",
)
def looks_for_the_request(reader: str, inviter: str, invitation: Invitation, story: Story) -> Search:
    """Search an inbox for a request once it has arrived elsewhere, and as long again."""
    return story.search(story.person(reader), story.person(inviter), invitation)


@when(phrase("{reader:Person} looks for news of the meeting in {his:Pronoun} inbox"), target_fixture="sight")
def looks_for_news(reader: str, invitation: Invitation, story: Story) -> News:
    """Wait for any message about the meeting, in whatever form."""
    return routing.news_in(story, story.person(reader), invitation)


@when(
    phrase('{who:Person} answers {manner:Manner} on the event in {his:Pronoun} calendar: "{comment:Text}"'),
    target_fixture="sight",
)
def answers_on_the_event(who: str, manner: str, comment: str, invitation: Invitation, story: Story) -> Sight:
    """Answer without any message."""
    return sight_of(routing.reply_on_event(story, story.person(who), Reply(manner, comment), invitation))


@then(phrase("no request of {inviter:Person} is there"))
def no_request_is_there(search: Search) -> None:
    """RTE-13: what does not arrive."""
    expect.success(search.pages[0], "reading the inbox")
    expect.each(
        search.found,
        lambda message: expect.that(False, message["subject"], "no message of the inviter's on the meeting"),
    )


@then("a message about the meeting is there")
def a_message_is_there(sight: News) -> None:
    """RTE-12: one at least, which may be of any type."""
    expect.each(sight.pages, lambda page: expect.success(page, "reading the inbox"))
    value = sight.pages[-1].payload["value"]
    expect.that(bool(sight.found), value, f'a message with "{sight.subject}" in its subject', "none")


@then("the request is marked as delegated")
def is_marked_as_delegated(sight: Sight) -> None:
    """RTE-14: isDelegated of a delegate's message."""
    expect.equal(sight.value["isDelegated"], expected=True)


@then("the request is not marked as delegated")
def is_not_marked_as_delegated(sight: Sight) -> None:
    """RTE-14: isDelegated of any other's, where it is told."""
    mark = sight.value["isDelegated"]
    expect.that(mark.json is not True, mark, "false, or no such property")


@then("the message brings no event")
def brings_no_event(sight: Sight) -> None:
    """RTE-15: an error, or nothing in the event's place."""
    if sight.exchange.succeeded:
        event = sight.value["event"]
        expect.that(event.json in NO_EVENT, event, "no event, or an empty one")


@then("its event is missing, empty or an event")
def event_is_legal(sight: Sight) -> None:
    """RTE-18: what people were given, and what is documented."""
    if sight.exchange.absent:
        raise Unmet(sight.exchange.absent)
    expect.success(sight.exchange, "reading the answer with its event")
    event = sight.value["event"]
    known = isinstance(event.json, dict) and not event["meetingMessageType"].exists
    expect.that(event.json in NO_EVENT or known, event, "null, nothing or an event")


def _message(exchange: Exchange, name: str) -> Sight:
    reader = exchange.request.person
    return Sight(exchange, "", lambda: exchange.resource(f"{name} in {reader}'s mailbox"))
