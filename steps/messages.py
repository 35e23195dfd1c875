"""Steps about meeting messages: who sent them, to whom, and what they say of themselves."""

from __future__ import annotations

import base64
import binascii
from functools import partial
from typing import TYPE_CHECKING

from pytest_bdd import given, then, when

from graphcal import expect
from graphcal.facts import DELEGATE, Invitation, Sight
from graphcal.outcomes import Unmet
from graphcal.phrases import phrase
from graphcal.story import Story
from graphcal.story.changes import is_told
from graphcal.timezones import instant, zoned

if TYPE_CHECKING:
    from graphcal.schemas import Schemas
    from graphcal.value import Value


@given(phrase("{who:Person} has received the invitation"))
def has_received(who: str, invitation: Invitation, story: Story) -> None:
    """Wait for the message that invites somebody."""
    story.received(story.person(who), invitation).exchange.resource(f"{who.capitalize()}'s invitation")


@when(phrase("{who:Person} looks at the invitation"), target_fixture="sight")
def looks_at_the_invitation(who: str, invitation: Invitation, story: Story) -> Sight:
    """Look at the message that invites somebody."""
    received = story.received(story.person(who), invitation)
    return Sight(received.exchange, "requestMessage", lambda: received.message)


@then(phrase("the invitation has reached {who:Person}"))
def has_reached(who: str, sight: Sight) -> None:
    """INV-08: no call but the creation has sent it."""
    expect.item(sight.exchange, f"reading the invitation in {who.capitalize()}'s mailbox")


@then("the message is a meeting request")
def is_a_meeting_request(sight: Sight, schemas: Schemas) -> None:
    """RCV-01: meetingMessageType."""
    expect.fits(sight.value, "requestMessage#/$defs/kind", schemas)


@then("the message is a tentative acceptance")
def is_a_tentative_acceptance(sight: Sight, schemas: Schemas) -> None:
    """RTE-02: meetingMessageType, misspelt as in the metadata."""
    expect.fits(sight.value, "responseMessage#/$defs/kind", schemas)


@then("the message brings its event")
def brings_its_event(sight: Sight, schemas: Schemas) -> None:
    """RCV-06: $expand puts the event into the same answer."""
    expect.item(sight.exchange, "reading the invitation with its event")
    expect.fits(sight.value, "requestMessage#/$defs/event", schemas)


@then(phrase("the sender is {who:Person}"))
def the_sender_is(who: str, sight: Sight, story: Story) -> None:
    """RCV-02, RTE-04: who sent it, be it for somebody else."""
    expect.person(sight.value["sender"], story.person(who))


@then(phrase("the message is from {who:Person}"))
def is_from(who: str, sight: Sight, story: Story) -> None:
    """RCV-03, RTE-04: in whose name it was sent."""
    expect.person(sight.value["from"], story.person(who))


@then(phrase("the message is addressed to {people:People}"))
def is_addressed_to(people: tuple[str, ...], sight: Sight, story: Story) -> None:
    """RCV-04: these at least."""
    expect.among(sight.value["toRecipients"], [story.person(key) for key in people])


@then(phrase("the message is addressed to exactly {people:People}"))
def is_addressed_to_exactly(people: tuple[str, ...], sight: Sight, story: Story) -> None:
    """RCV-04, RTE-05: these and nobody else, unless the owner of a delegate's calendar has further delegates."""
    wanted = [story.person(key) for key in people]
    owners = [owner for owner, other, role in story.situation.roles if other in wanted and role == DELEGATE]
    besides = {address for owner in owners for address in story.chapter.arrangement.further_delegates(owner)}
    expect.exactly(sight.value["toRecipients"], wanted, besides)


@then("nobody gets a copy of the request")
def nobody_gets_a_copy(sight: Sight, schemas: Schemas) -> None:
    """RCV-04: cc, bcc and replyTo are empty."""
    expect.fits(sight.value, "requestMessage#/$defs/nobodyElse", schemas)


@then(phrase("nothing in the message but its sender reveals {who:Person}"))
def only_the_sender_reveals(who: str, sight: Sight, story: Story) -> None:
    """RCV-09: the one place where the delegate shows."""
    expect.silent_about(sight.value, story.person(who), without=frozenset(("sender",)))


@then("the message has another id than its event")
def has_another_id_than_its_event(sight: Sight) -> None:
    """RCV-11: two items."""
    expect.different(sight.value["id"], sight.value["event"]["id"])


@then(phrase('the message bears the subject and the text of "{subject:Text}"'))
def bears_subject_and_text(subject: str, sight: Sight, invitation: Invitation, story: Story) -> None:
    """RCV-15: no prefix, and the event's text."""
    message = sight.value
    expect.all_of(
        [
            lambda: expect.equal(message["subject"], invitation.subject),
            lambda: expect.equal(message["bodyPreview"], story.meeting(subject).text),
        ]
    )


@then("the message's type is eventMessage or eventMessageRequest")
def is_of_the_request_type(sight: Sight, schemas: Schemas) -> None:
    """RCV-16: the base type or the derived one."""
    expect.fits(sight.value, "requestMessage#/$defs/type", schemas)


@then("the message's type is eventMessage or eventMessageResponse")
def is_of_the_response_type(sight: Sight, schemas: Schemas) -> None:
    """RTE-10: the base type or the derived one, and one of three responses where it is told."""
    expect.fits(sight.value, "responseMessage#/$defs/type", schemas)


@then("the request tells the time and the place of its event")
def tells_time_and_place(sight: Sight) -> None:
    """RCV-17: what is told of when and where; the published request tells none of it."""
    request, event = sight.value, _event_of(sight)

    def is_at(name: str, side: Value) -> None:
        found, wanted = (
            zoned(time["dateTime"].json, time["timeZone"].json) for time in (request[name], side)
        )
        expect.that(found == wanted, request[name], f"the moment {side['dateTime'].json}, as in its event")

    checks = {
        "startDateTime": partial(is_at, "startDateTime", event["start"]),
        "endDateTime": partial(is_at, "endDateTime", event["end"]),
        "location": partial(
            expect.same, event.at("location.displayName"), request.at("location.displayName")
        ),
    }
    expect.all_of([checks[name] for name in _told(request, *checks)])


@then("the request asks for what its event asks for")
def asks_for_what_its_event_asks(sight: Sight) -> None:
    """RCV-17: an answer, and proposals of other times."""
    request, event = sight.value, _event_of(sight)
    names = _told(request, "responseRequested", "allowNewTimeProposals")
    expect.each(
        [name for name in names if is_told(event[name])], lambda name: expect.same(event[name], request[name])
    )


@then(phrase('the request is for a "{kind:Text}"'))
def is_for_a(kind: str, sight: Sight) -> None:
    """RCV-17: type."""
    expect.each(_told(sight.value, "type"), lambda name: expect.equal(sight.value[name], kind))


@then("the request is not out of date")
def is_not_out_of_date(sight: Sight) -> None:
    """RCV-17: nothing newer has come."""
    told = _told(sight.value, "isOutOfDate")
    expect.each(told, lambda name: expect.equal(sight.value[name], expected=False))


def _told(request: Value, *names: str) -> list[str]:
    """Return the properties that a request tells. Raises Unmet where it tells none, as a published one does."""
    told = [name for name in names if is_told(request[name])]
    if not told:
        raise Unmet(f"the request tells nothing of {', '.join(names)}: {request.exchange}")
    return told


def _event_of(sight: Sight) -> Value:
    """Return the event that came with a request. Raises Unmet where none did."""
    event = sight.value["event"]
    if not isinstance(event.json, dict) or not event.json:
        raise Unmet(f"the request comes without its event: {sight.exchange}")
    return event


@then("the message is no draft, not flagged and of normal importance")
def is_plain(sight: Sight, schemas: Schemas) -> None:
    """RCV-18: how an invitation arrives."""
    expect.fits(sight.value, "requestMessage#/$defs/state", schemas)


@then("the message was sent before it was received")
def was_sent_before_received(sight: Sight) -> None:
    """RCV-18: or in the same second."""
    sent, received = (instant(sight.value[name].json) for name in ("sentDateTime", "receivedDateTime"))
    expect.that(
        sent is not None and received is not None and sent <= received,
        sight.value["sentDateTime"],
        f"a moment not after receivedDateTime, {sight.value['receivedDateTime'].json}",
    )


@then("the message is unread, no draft and copied to nobody")
def is_unread(sight: Sight, schemas: Schemas) -> None:
    """RTE-09: how an answer arrives."""
    expect.fits(sight.value, "responseMessage#/$defs/state", schemas)


@then(phrase('the subject is "{prefix:Text}" before that of "{subject:Text}"'))
def has_prefix(prefix: str, sight: Sight, invitation: Invitation) -> None:
    """RTE-07: the prefix is in the language of a mailbox, so the row is soft."""
    expect.equal(sight.value["subject"], prefix + invitation.subject)


@then(phrase("the conversation index is a root of {length:Number} bytes"))
def is_a_root(length: int, sight: Sight) -> None:
    """RCV-19: what answers extend."""
    index = sight.value["conversationIndex"]
    found = _bytes(index)
    expect.that(
        found is not None and len(found) == length,
        index,
        f"base64 of {length} bytes",
        "" if found is None else f"base64 of {len(found)} bytes",
    )


@then(phrase("the conversation index is that of {who:Person}'s invitation and {more:Number} bytes more"))
def continues_the_conversation(
    who: str, more: int, sight: Sight, invitation: Invitation, story: Story
) -> None:
    """RTE-08: the answer extends the request's index."""
    root = _bytes(story.received(story.person(who), invitation).message["conversationIndex"])
    found = _bytes(sight.value["conversationIndex"])
    expect.that(
        root is not None and found is not None and found.startswith(root) and len(found) == len(root) + more,
        sight.value["conversationIndex"],
        f"the bytes of the request's conversationIndex followed by {more} more",
    )


def _bytes(value: Value) -> bytes | None:
    try:
        return base64.b64decode(value.text, validate=True) if value.text else None
    except binascii.Error:
        return None
