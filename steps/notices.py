"""Steps about the messages that tell of a change: new requests, cancellations, and what should not come."""

from __future__ import annotations

from pytest_bdd import then, when

from graphcal import expect
from graphcal.facts import Sight
from graphcal.graph.exchange import Exchange
from graphcal.outcomes import Unmet
from graphcal.phrases import phrase
from graphcal.story import Story
from graphcal.story.changes import (
    Change,
    ChangeSight,
    Mail,
    first_message,
    further_mail,
    further_message,
    is_told,
)
from graphcal.timezones import zoned


@when(phrase("{who:Person} looks at the new request"), target_fixture="sight")
@when(phrase("{who:Person} looks at the cancellation"), target_fixture="sight")
def looks_at_the_message(who: str, change: Change, story: Story) -> ChangeSight:
    """Look at the message that tells of the change."""
    return _message(further_message(story, story.person(who), change), change)


@when(phrase("{who:Person} looks at the first request again"), target_fixture="sight")
def looks_at_the_first_request(who: str, change: Change, story: Story) -> ChangeSight:
    """Look at the invitation once a newer request has come."""
    return _message(first_message(story, story.person(who), change), change)


def _message(exchange: Exchange, change: Change) -> ChangeSight:
    return ChangeSight(exchange, "requestMessage", lambda: exchange.resource("the message"), change=change)


@when(
    phrase("{who:Person} looks for further messages about the meeting in {her:Pronoun} inbox"),
    target_fixture="mail",
)
def looks_for_further_messages(who: str, change: Change, story: Story) -> Mail:
    """Search an inbox for what should not be there, once it has had the time to arrive."""
    return further_mail(story, story.person(who), change)


@then(phrase("the message has reached {who:Person}"))
def has_reached(who: str, sight: Sight) -> None:
    """LIF-02, LIF-11, LIF-14: a message of its own besides the invitation."""
    expect.item(sight.exchange, f"reading the message in {who.capitalize()}'s mailbox")


@then("the message is a cancellation")
def is_a_cancellation(sight: Sight) -> None:
    """LIF-11, LIF-14: meetingMessageType."""
    expect.equal(sight.value["meetingMessageType"], "meetingCancelled")


@then("what the request tells of the former time and place is right")
def tells_the_former(sight: ChangeSight, story: Story) -> None:
    """LIF-02: each of them is optional, and right where it is told."""
    request, meeting, now = sight.value, sight.change.invitation.meeting, story.chapter.now
    walls = {
        "previousStartDateTime": meeting.start(now).isoformat(),
        "previousEndDateTime": meeting.end(now).isoformat(),
    }
    told = [name for name in walls if is_told(request[name])]
    told += ["previousLocation"] if request.at("previousLocation.displayName").text else []
    if not told:
        raise Unmet(f"the request tells nothing of what was before: {sight.exchange}")

    def is_right(name: str) -> None:
        value = request[name]
        if name not in walls:
            expect.equal(value["displayName"], meeting.place)
            return
        found = zoned(value["dateTime"].json, value["timeZone"].json)
        wanted = zoned(walls[name], meeting.zone)
        expect.that(found == wanted, value, f"the moment {walls[name]} {meeting.zone}")

    expect.each(told, is_right)


@then("the request is out of date")
def is_out_of_date(sight: ChangeSight) -> None:
    """LIF-03: a newer one has come."""
    expect.equal(sight.value["isOutOfDate"], expected=True)


@then("no further message about the meeting is there")
def no_further_message(mail: Mail) -> None:
    """LIF-04, INV-24: what does not arrive."""
    expect.each(
        mail.further,
        lambda message: expect.that(False, message["subject"], "no message but the invitation"),
    )
