"""Steps about ways of inviting: through the owner's mailbox, optionally, with a transaction id, too many people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_bdd import given, then, when

from graphcal import expect
from graphcal.facts import Invitation, Sight
from graphcal.outcomes import Unmet
from graphcal.phrases import phrase
from graphcal.story import Story
from graphcal.story.changes import is_told

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphcal.people import Person

NOBODY = "nobody-{}@example.com"  # a domain that is reserved for examples and receives no mail


@given(
    phrase(
        '{by:Person} has invited {invitees:People} to "{subject:Text}" by way of {owner:Person}\'s mailbox'
    ),
    target_fixture="invitation",
)
def has_invited_by_mailbox(
    by: str, invitees: tuple[str, ...], subject: str, owner: str, story: Story
) -> Invitation:
    """Create the event in the owner's mailbox instead of the copy, once in a chapter."""
    people = tuple(story.person(key) for key in invitees)
    return story.invite(story.person(by), story.person(owner), people, subject, "mailbox")


@given(
    phrase(
        "{by:Person} has invited {invitees:People}, and {others:People} optionally, "
        'to "{subject:Text}" in {owner:Person}\'s calendar'
    ),
    target_fixture="invitation",
)
def has_invited_optionally(
    by: str, invitees: tuple[str, ...], others: tuple[str, ...], subject: str, owner: str, story: Story
) -> Invitation:
    """Create an event in which some need not come, once in a chapter."""
    needed, free = (tuple(story.person(key) for key in keys) for keys in (invitees, others))

    def change(body: dict[str, Any]) -> None:
        for entry in body["attendees"][len(needed) :]:
            entry["type"] = "optional"

    return _invited(story, story.person(by), story.person(owner), (*needed, *free), subject, change)


@given(
    phrase('{owner:Person} has entered "{subject:Text}" in {his:Pronoun} calendar without a transaction id'),
    target_fixture="invitation",
)
def has_entered_without_id(owner: str, subject: str, story: Story) -> Invitation:
    """Create an event by a request that is not meant to be sent again."""
    person = story.person(owner)
    return _invited(story, person, person, (), subject, lambda body: body.pop("transactionId", None))


@given(
    phrase('{by:Person} has invited {number:Number} people who do not exist to "{subject:Text}"'),
    target_fixture="invitation",
)
def has_invited_nobody(by: str, number: int, subject: str, story: Story) -> Invitation:
    """Make sure that such people can be invited at all. Raises Unmet where they can't."""
    invitation = _invited_nobody(story, story.person(by), number, subject)
    invitation.created.resource("an event with attendees who do not exist")
    return invitation


@when(
    phrase('{by:Person} invites {number:Number} people who do not exist to "{subject:Text}"'),
    target_fixture="sight",
)
def invites_nobody(by: str, number: int, subject: str, story: Story) -> Sight:
    """Ask for an event with so many attendees, none of whom gets mail."""
    invitation = _invited_nobody(story, story.person(by), number, subject)
    return Sight(invitation.created, "organizerEvent", lambda: invitation.event)


def _invited_nobody(story: Story, by: Person, number: int, subject: str) -> Invitation:
    story.chapter.arrangement.require_loopback()

    def change(body: dict[str, Any]) -> None:
        addresses = [NOBODY.format(count) for count in range(1, number + 1)]
        body["attendees"] = [{"emailAddress": {"address": address}} for address in addresses]

    return _invited(story, by, by, (), subject, change)


def _invited(
    story: Story,
    by: Person,
    owner: Person,
    invitees: tuple[Person, ...],
    subject: str,
    change: Callable[[dict[str, Any]], object],
) -> Invitation:
    """Create a meeting whose request is changed before it is sent, once in a chapter."""
    meeting = story.meeting(subject)
    body = story.draft(meeting, invitees)
    change(body)
    path = f"{story.calendar_path(by, owner)}/events"
    created = story.exchange(
        ("invitation", by, owner, invitees, subject), lambda: story.create(by, path, body)
    )
    return Invitation(meeting, by, owner, invitees, body["subject"], created)


@then("no event is created")
def no_event_is_created(sight: Sight) -> None:
    """INV-25: any error will do."""
    expect.refused(sight.exchange)


@then(phrase("{people:People} is optional"))
def is_optional(people: tuple[str, ...], sight: Sight, story: Story) -> None:
    """INV-10: the type is kept as it was sent."""
    attendees = sight.value["attendees"]
    entries = [expect.entry_of(attendees, story.person(key)) for key in people]
    expect.each(entries, lambda entry: expect.equal(entry["type"], "optional"))


@then("the attendees are not asked to respond")
def are_not_asked_to_respond(sight: Sight) -> None:
    """INV-13: what the organizer decides, instead of the default."""
    expect.equal(sight.value["responseRequested"], expected=False)


@then("no other time may be proposed")
def no_other_time(sight: Sight) -> None:
    """INV-13: told by services that are younger than the published payloads."""
    allowed = sight.value["allowNewTimeProposals"]
    if not is_told(allowed):
        raise Unmet(f"the event does not tell whether other times may be proposed: {sight.exchange}")
    expect.equal(allowed, expected=False)


@then("the event bears the transaction id it was given")
def bears_the_transaction_id(sight: Sight, invitation: Invitation) -> None:
    """INV-24: what was set comes back."""
    expect.equal(sight.value["transactionId"], _given_id(invitation))


@then("the event bears no other transaction id than it was given")
def bears_no_other_id(sight: Sight, invitation: Invitation) -> None:
    """INV-24: it is fixed for good."""
    if not is_told(sight.value["transactionId"]):
        raise Unmet(f"the event tells no transactionId: {sight.exchange}")
    expect.equal(sight.value["transactionId"], _given_id(invitation))


@then("the event bears no transaction id")
def bears_no_transaction_id(sight: Sight) -> None:
    """INV-24: it is returned only if one was set."""
    identifier = sight.value["transactionId"]
    expect.that(not is_told(identifier), identifier, "no transactionId")


def _given_id(invitation: Invitation) -> str:
    return str(invitation.created.request.body["transactionId"])
