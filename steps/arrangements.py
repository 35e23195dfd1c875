"""Steps about what holds before a story begins: roles on a calendar, and how meeting messages are delivered."""

from __future__ import annotations

from pytest_bdd import given

from graphcal.facts import DELEGATE
from graphcal.people import ORGANISATION
from graphcal.phrases import phrase
from graphcal.story import Story
from graphcal.targets.arrangement import DELEGATE_ONLY, NO_ROLE


@given(phrase("{owner:Person} has delegated {his:Pronoun} calendar to {delegate:Person}"))
def has_delegated(owner: str, delegate: str, story: Story) -> None:
    """Make the other a delegate, who alone receives the meeting messages; of private items nothing is said."""
    person, other = story.person(owner), story.person(delegate)
    story.chapter.arrangement.require_delegation(person, other)
    story.situation = story.situation.with_role(person, other, DELEGATE).with_option(person, DELEGATE_ONLY)


@given(phrase("{owner:Person} has shared {his:Pronoun} calendar with {sharee:Person}, who may write in it"))
def has_shared(owner: str, sharee: str, story: Story) -> None:
    """Share with write access, without a delegation to anybody: else the answers would go to a delegate."""
    _give(story, owner, sharee, "write")
    story.chapter.arrangement.require_no_delegate(story.person(owner))


@given(phrase('{other:Person} has the role "{role:Role}" on {owner:Person}\'s calendar'))
def has_the_role(other: str, role: str, owner: str, story: Story) -> None:
    """Give somebody exactly this role on the owner's primary calendar."""
    _give(story, owner, other, role)


@given(phrase("{other:Person} has no role on {owner:Person}'s calendar"))
def has_no_role(other: str, owner: str, story: Story) -> None:
    """Leave somebody with what everybody of the organisation may see."""
    _give(story, owner, other, NO_ROLE)


@given(
    phrase(
        'everybody in {owner:Person}\'s organisation has the role "{role:Default}" on {his:Pronoun} calendar'
    )
)
def everybody_has_the_role(owner: str, role: str, story: Story) -> None:
    """Say what the primary calendar shows to people without a role of their own."""
    person = story.person(owner)
    story.chapter.arrangement.require_default(person, role)
    story.situation = story.situation.with_role(person, ORGANISATION, role)


@given(phrase("{owner:Person} shares with nobody else more than when {he:Subject} is free or busy"))
def shares_no_more(owner: str, story: Story) -> None:
    """Make sure that who has no role of his own sees no event of the primary calendar."""
    story.chapter.arrangement.require_closed(story.person(owner))


@given(phrase("nobody is {owner:Person}'s delegate"))
def nobody_is_delegate(owner: str, story: Story) -> None:
    """Leave the owner without a delegate."""
    person = story.person(owner)
    story.chapter.arrangement.require_no_delegate(person)
    story.situation = story.situation.with_role(person, person, "alone")


@given(phrase('{owner:Person}\'s meeting messages are delivered by "{option:Option}"'))
def are_delivered_by(owner: str, option: str, story: Story) -> None:
    """Set the delivery option of the owner's mailbox."""
    person = story.person(owner)
    story.chapter.arrangement.require_option(person, option)
    story.situation = story.situation.with_option(person, option)


def _give(story: Story, owner: str, other: str, role: str) -> None:
    person, holder = story.person(owner), story.person(other)
    story.chapter.arrangement.require_role(person, holder, role)
    story.situation = story.situation.with_role(person, holder, role)
