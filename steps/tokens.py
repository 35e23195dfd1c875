"""Steps about tokens: what one allows that was given for some scopes and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, then, when

from graphcal import expect
from graphcal.facts import Invitation, Sight
from graphcal.graph.client import segment
from graphcal.phrases import phrase
from graphcal.story import Story
from graphcal.story.custom import Custom, share_calendar
from graphcal.story.deeds import cancelling, deleting, renaming
from graphcal.story.permissions import PermissionChange, change_role, give, take_back
from graphcal.story.tokens import Token

if TYPE_CHECKING:
    from graphcal.graph.exchange import Exchange


@given(phrase("{who:Person} has a token for {scopes:Scopes} alone"), target_fixture="token")
def has_a_token(who: str, scopes: tuple[str, ...], story: Story) -> Token:
    """Make sure that there is such a token. Raises Unmet where tokens can't be limited, or allow more."""
    person = story.person(who)
    story.chapter.arrangement.require_token(person, scopes)
    return Token(story, person, scopes)


# Calendars and schedules.


@when(phrase("{who:Person} uses it to list {her:Pronoun} calendars"), target_fixture="sight")
def lists_calendars(token: Token) -> Sight:
    """List one's calendars."""
    return _sight(token.list_calendars())


@when(phrase("{who:Person} uses it to read {owner:Person}'s calendar {way:Route}"), target_fixture="sight")
def reads_the_calendar(owner: str, way: str, token: Token, story: Story) -> Sight:
    """Read an owner's primary calendar through one's copy, or in the owner's mailbox."""
    path = story.calendar_path(token.holder, story.person(owner), way)
    return _sight(token.read(("calendar", owner, way), path, "calendar"))


@when(phrase("{who:Person} uses it to read {her:Pronoun} copy of that calendar"), target_fixture="sight")
def reads_the_copy(custom: Custom, token: Token, story: Story) -> Sight:
    """Read one's copy of a calendar that was shared beside the primary one."""
    copy = share_calendar(story, custom, token.holder).copy
    path = f"/me/calendars/{segment(copy['id'].text)}"
    return _sight(token.read(("copy", custom.name), path, "calendar"))


@when(
    phrase('{who:Person} uses it to call {her:Pronoun} copy of {owner:Person}\'s calendar "{name:Text}"'),
    target_fixture="sight",
)
def renames_the_copy(owner: str, name: str, token: Token, story: Story) -> Sight:
    """Rename one's copy."""
    return _sight(token.rename_copy(story.person(owner), name))


@when(phrase("{who:Person} uses it to ask when {owner:Person} is busy"), target_fixture="sight")
def asks_for_the_schedule(owner: str, token: Token, story: Story) -> Sight:
    """Ask for somebody's schedule."""
    return _sight(token.ask_for_schedule(story.person(owner)))


# Events and messages.


@when(
    phrase('{who:Person} uses it to enter "{subject:Text}" in {owner:Person}\'s calendar'),
    target_fixture="sight",
)
def enters(subject: str, owner: str, token: Token, story: Story) -> Sight:
    """Create an event through one's copy."""
    return _sight(token.create(story.person(owner), subject))


@when(phrase("{who:Person} uses it to read the event"), target_fixture="sight")
def reads_the_event(invitation: Invitation, token: Token) -> Sight:
    """Read the event where one has it."""
    return _sight(token.read_event(invitation))


@when(phrase('{who:Person} uses it to call the event "{name:Text}"'), target_fixture="sight")
def renames_the_event(name: str, invitation: Invitation, token: Token, story: Story) -> Sight:
    """Change the subject of the event."""
    return _sight(token.do(renaming(story.mark(name)), invitation))


@when(phrase("{who:Person} uses it to cancel the meeting"), target_fixture="sight")
def cancels(invitation: Invitation, token: Token) -> Sight:
    """Call the meeting off."""
    return _sight(token.do(cancelling("Not today."), invitation))


@when(phrase("{who:Person} uses it to delete the event"), target_fixture="sight")
def deletes(invitation: Invitation, token: Token) -> Sight:
    """Delete the event."""
    return _sight(token.do(deleting(), invitation))


@when(phrase("{who:Person} uses it to read the invitation with its event"), target_fixture="sight")
def reads_the_invitation(invitation: Invitation, token: Token) -> Sight:
    """Read the message and, in the same answer, its event."""
    return _sight(token.read_invitation(invitation))


@when(phrase("{who:Person} uses it to answer {manner:Manner}"), target_fixture="sight")
def answers(manner: str, invitation: Invitation, token: Token) -> Sight:
    """Answer the invitation in one's own mailbox."""
    return _sight(token.answer(manner, invitation))


@when(phrase("{who:Person} uses it to read {responder:Person}'s answer"), target_fixture="sight")
def reads_the_answer(responder: str, invitation: Invitation, token: Token, story: Story) -> Sight:
    """Read the message with somebody's answer."""
    return _sight(token.read_answer(story.person(responder), invitation))


# Permissions and settings.


@when(
    phrase("{who:Person} uses it to list the permissions on {his:Pronoun} calendar"), target_fixture="sight"
)
def lists_the_permissions(token: Token) -> Sight:
    """List who may do what."""
    return _sight(token.list_permissions())


@when(phrase('{who:Person} uses it to give {other:Person} the role "{role:Role}"'), target_fixture="sight")
def gives(other: str, role: str, token: Token, story: Story) -> Sight:
    """Give a role to somebody who has none."""
    with token.trying():
        return _sight(give(story, token.holder, story.person(other), role, token.scopes).exchange)


@when(
    phrase('{who:Person} uses it to change {other:Person}\'s role to "{role:Role}"'), target_fixture="sight"
)
def changes(role: str, permission_change: PermissionChange, token: Token, story: Story) -> Sight:
    """Give another role to somebody who was given one."""
    with token.trying():
        return _sight(change_role(story, permission_change, role, token.scopes).exchange)


@when(phrase("{who:Person} uses it to take {other:Person}'s permission back"), target_fixture="sight")
def takes_back(permission_change: PermissionChange, token: Token, story: Story) -> Sight:
    """Remove the permission that somebody was given."""
    with token.trying():
        return _sight(take_back(story, permission_change, token.scopes).exchange)


@when(phrase("{who:Person} uses it to read {his:Pronoun} mailbox settings"), target_fixture="sight")
def reads_the_settings(token: Token) -> Sight:
    """Read the settings of one's mailbox."""
    return _sight(token.read_settings())


@when(phrase("{who:Person} uses it to set {his:Pronoun} delivery option"), target_fixture="sight")
def sets_the_option(token: Token) -> Sight:
    """Set the option to what it is."""
    return _sight(token.set_option())


@then("the service allows it")
def allows(sight: Sight) -> None:
    """SCP: the scopes are enough, whatever else the answer is like."""
    request = sight.exchange.request
    expect.success(sight.exchange, f"{request.method} {request.path} with {' and '.join(request.scopes)}")


def _sight(exchange: Exchange) -> Sight:
    return Sight(exchange, "", lambda: exchange.resource("the answer"))
