"""Steps about the attendees' answers: giving one in this or that way, receiving it, and the copy it is given on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pytest_bdd import given, then, when

from graphcal import expect
from graphcal.facts import Invitation, Search, Sight
from graphcal.outcomes import Unmet
from graphcal.phrases import phrase
from graphcal.story import Story
from graphcal.story.queries import bearing, day_with
from graphcal.story.replies import (
    NO_EVENT,
    SILENT,
    Reply,
    day_after_answer,
    invitation_after_answer,
    reply_by,
    reply_for,
    reply_under,
    require,
    sight_of,
)
from graphcal.timezones import instant

if TYPE_CHECKING:
    from graphcal.graph.exchange import Exchange
    from graphcal.schemas import Schemas


# Giving an answer.


@when(phrase('{who:Person} answers {manner:Manner}: "{comment:Text}"'), target_fixture="sight")
def answers(who: str, manner: str, comment: str, invitation: Invitation, story: Story) -> Sight:
    """Answer the invitation, once in a chapter."""
    return sight_of(story.answer(story.person(who), manner, comment, invitation))


@given(phrase('{who:Person} has answered {manner:Manner}: "{comment:Text}"'))
def has_answered(who: str, manner: str, comment: str, invitation: Invitation, story: Story) -> None:
    """Answer the invitation, once in a chapter."""
    require(story.answer(story.person(who), manner, comment, invitation))


@when(phrase("{who:Person} answers {manner:Manner} and says nothing"), target_fixture="sight")
def answers_and_says_nothing(who: str, manner: str, invitation: Invitation, story: Story) -> Sight:
    """Answer without a single parameter."""
    return sight_of(story.answer(story.person(who), manner, None, invitation))


@given(phrase("{who:Person} has answered {manner:Manner} and said nothing"))
def has_answered_and_said_nothing(who: str, manner: str, invitation: Invitation, story: Story) -> None:
    """Answer without a single parameter."""
    require(story.answer(story.person(who), manner, None, invitation))


@when(phrase("{who:Person} answers {manner:Manner} without a message"), target_fixture="sight")
def answers_without_a_message(who: str, manner: str, invitation: Invitation, story: Story) -> Sight:
    """Answer so that no message is sent."""
    return sight_of(story.answer(story.person(who), manner, None, invitation, SILENT))


@given(phrase("{who:Person} has answered {manner:Manner} without a message"))
def has_answered_without_a_message(who: str, manner: str, invitation: Invitation, story: Story) -> None:
    """Answer so that no message is sent."""
    require(story.answer(story.person(who), manner, None, invitation, SILENT))


@when(
    phrase('{who:Person} answers {manner:Manner} without a message, with the comment "{comment:Text}"'),
    target_fixture="sight",
)
def comments_without_a_message(
    who: str, manner: str, comment: str, invitation: Invitation, story: Story
) -> Sight:
    """Give a comment that no message would carry."""
    told = {"comment": comment, **SILENT}
    return sight_of(story.answer(story.person(who), manner, None, invitation, told))


@when(phrase('{who:Person} answers {manner:Manner} by {way:Way}: "{comment:Text}"'), target_fixture="sight")
def answers_by(who: str, manner: str, way: str, comment: str, invitation: Invitation, story: Story) -> Sight:
    """Answer on another path that leads to the same event."""
    return sight_of(reply_by(story, story.person(who), Reply(manner, comment), invitation, way))


@when(
    phrase('{who:Person} answers {manner:Manner} under the id of {owner:Person}\'s event: "{comment:Text}"'),
    target_fixture="sight",
)
def answers_under(
    who: str, manner: str, owner: str, comment: str, invitation: Invitation, story: Story
) -> Sight:
    """Answer with an id from another mailbox."""
    person, other = story.person(who), story.person(owner)
    return sight_of(reply_under(story, person, other, Reply(manner, comment), invitation))


@when(
    phrase('{owner:Person} answers {his:Pronoun} own meeting {manner:Manner}: "{comment:Text}"'),
    target_fixture="sight",
)
def answers_own_meeting(owner: str, manner: str, comment: str, invitation: Invitation, story: Story) -> Sight:
    """Answer as the one who invites."""
    person = story.person(owner)
    return sight_of(reply_under(story, person, person, Reply(manner, comment), invitation))


@when(
    phrase('{by:Person} answers {manner:Manner} for {who:Person}: "{comment:Text}"'), target_fixture="sight"
)
def answers_for(by: str, manner: str, who: str, comment: str, invitation: Invitation, story: Story) -> Sight:
    """Answer on the event in somebody else's mailbox."""
    return sight_of(reply_for(story, story.person(by), story.person(who), Reply(manner, comment), invitation))


@given(phrase('{by:Person} has answered {manner:Manner} for {who:Person}: "{comment:Text}"'))
def has_answered_for(
    by: str, manner: str, who: str, comment: str, invitation: Invitation, story: Story
) -> None:
    """Answer on the event in somebody else's mailbox."""
    require(reply_for(story, story.person(by), story.person(who), Reply(manner, comment), invitation))


@then("the service takes the answer")
def takes_the_answer(sight: Sight) -> None:
    """RSP-03, RSP-04, RSP-09, RSP-18, RSP-20: with any status of success; which one, RSP-01 and RSP-02 say."""
    expect.success(sight.exchange, "answering the invitation")


# Receiving an answer.


@given(phrase("{reader:Person} has read {responder:Person}'s answer"), target_fixture="response")
def has_read(reader: str, responder: str, invitation: Invitation, story: Story) -> Exchange:
    """Open the message that carries somebody's answer."""
    return story.response(story.person(reader), story.person(responder), invitation)


@given(phrase("{responder:Person}'s answer has come to {reader:Person}"))
def has_come(responder: str, reader: str, invitation: Invitation, story: Story) -> None:
    """Wait for the message that carries somebody's answer."""
    exchange = story.response(story.person(reader), story.person(responder), invitation)
    exchange.resource(f"{responder.capitalize()}'s answer in {reader.capitalize()}'s mailbox")


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
    """RSP-09, RTE-16, PRM-08: what does not arrive."""
    expect.success(search.pages[0], "reading the inbox")
    expect.each(
        search.found,
        lambda message: expect.that(False, message["subject"], "no message of the attendee's on the meeting"),
    )


@then(phrase("{responder:Person}'s answer has reached {reader:Person}"))
def has_reached(responder: str, reader: str, sight: Sight) -> None:
    """RSP-04, RTE-01: the delegate receives what answers an invitation in the owner's name."""
    expect.item(
        sight.exchange, f"reading {responder.capitalize()}'s answer in {reader.capitalize()}'s mailbox"
    )


@then(phrase('the message\'s kind is "{kind:Text}"'))
def kind_is(kind: str, sight: Sight) -> None:
    """RTE-03: meetingMessageType."""
    expect.equal(sight.value["meetingMessageType"], kind)


# The event that is answered.


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


@then(phrase('the event\'s own response is "{response:Text}"'))
def own_response_is(response: str, sight: Sight) -> None:
    """RSP-06: the responder's side."""
    expect.equal(sight.value["responseStatus"]["response"], response)


@then(phrase("the event's own response is no older than {who:Person}'s invitation"))
def own_response_is_no_older(who: str, sight: Sight, invitation: Invitation, story: Story) -> None:
    """RSP-06: given after the invitation came, by the service's own clock, a second's rounding aside."""
    received = story.received(story.person(who), invitation).message["receivedDateTime"]
    came, answered = instant(received.json), sight.value["responseStatus"]["time"]
    if came is None:
        raise Unmet(f"the invitation does not tell when it came: {received.exchange}")
    moment = instant(answered.json)
    expect.that(
        moment is not None and moment >= came - timedelta(seconds=1),
        answered,
        f"a moment not before {received.json}, when the invitation came",
    )


@given(phrase("{who:Person} has the event in {her:Pronoun} calendar"))
def has_the_event(who: str, invitation: Invitation, story: Story) -> None:
    """See the event in a view of its day."""
    day_with(story, story.person(who), invitation).value.exchange.resource("the view of the day")


@when(phrase("{who:Person} looks for the event in {her:Pronoun} calendar"), target_fixture="day")
def looks_for_the_event(who: str, invitation: Invitation, story: Story) -> tuple[Exchange, ...]:
    """View the day of the event once an answer may have taken it away."""
    return day_after_answer(story, story.person(who), invitation)


@then("the event is no longer there")
def is_no_longer_there(day: tuple[Exchange, ...], invitation: Invitation) -> None:
    """RSP-08: declining takes the event away."""
    expect.each(
        bearing(invitation.subject, day),
        lambda event: expect.that(False, event["subject"], "no event of the meeting that was declined"),
    )


@when(phrase("{who:Person} looks at the invitation after {her:Pronoun} answer"), target_fixture="sight")
def looks_at_the_invitation_again(who: str, invitation: Invitation, story: Story) -> Sight:
    """Look at the message with its event once an answer may have taken the event away."""
    exchange = invitation_after_answer(story, story.person(who), invitation)
    return Sight(exchange, "", lambda: exchange.resource("the invitation after the answer"))


@then("the invitation leads to no event")
def leads_to_no_event(sight: Sight) -> None:
    """RSP-08: an empty object, null or nothing."""
    event = sight.value["event"]
    expect.that(event.json in NO_EVENT, event, "no event, or an empty one")
