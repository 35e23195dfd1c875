"""Steps about mailbox settings: where the meeting messages of somebody with delegates go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pytest_bdd import then, when

from graphcal import expect
from graphcal.facts import Sight
from graphcal.outcomes import Unmet
from graphcal.phrases import phrase
from graphcal.story import Story
from graphcal.story.mailboxes import SHAPE, choose, option_in, read_option, read_settings
from graphcal.targets.arrangement import OPTIONS

if TYPE_CHECKING:
    from graphcal.graph.exchange import Exchange
    from graphcal.value import Value


@dataclass(frozen=True)
class OptionSight(Sight):
    """What tells a delivery option: the settings, or that one property; `chosen` is the one that was set."""

    chosen: str = field(default="", kw_only=True)

    @property
    def option(self) -> Value:
        """The option. Raises Unmet where the answer can't be read."""
        return option_in(self.value)


@when(phrase("{who:Person} looks at {his:Pronoun} mailbox settings"), target_fixture="sight")
def looks_at_the_settings(who: str, story: Story) -> OptionSight:
    """Look at all settings of somebody's mailbox."""
    return _sight(read_settings(story, story.person(who)))


@when(phrase("{who:Person} looks at {his:Pronoun} delivery option alone"), target_fixture="sight")
def looks_at_the_option(who: str, story: Story) -> OptionSight:
    """Look at the one property by its own path."""
    return _sight(read_option(story, story.person(who)))


@when(phrase("{who:Person} chooses another delivery option"), target_fixture="sight")
def chooses(who: str, story: Story) -> OptionSight:
    """Look at the answer to the choice."""
    choice = choose(story, story.person(who))
    return _sight(story.look(choice.answer), choice.option)


@when(
    phrase("{who:Person} looks at {his:Pronoun} mailbox settings, having chosen another delivery option"),
    target_fixture="sight",
)
def looks_after_choosing(who: str, story: Story) -> OptionSight:
    """Look at the settings while the choice holds."""
    choice = choose(story, story.person(who))
    if not choice.answer.succeeded:
        raise Unmet(f"no other delivery option could be chosen: {choice.answer}")
    return _sight(story.look(choice.after), choice.option)


@then(phrase('the delivery option is "{option:Option}"'))
def option_is(option: str, sight: OptionSight) -> None:
    """SET-21: what a mailbox has from the beginning."""
    expect.equal(sight.option, option)


@then("the delivery option is the one that was chosen")
def option_is_chosen(sight: OptionSight) -> None:
    """SET-23: the answer repeats it, the mailbox keeps it."""
    expect.equal(sight.option, sight.chosen)


@then(phrase("the delivery option is that of {who:Person}'s mailbox settings"))
def option_is_that_of_the_settings(who: str, sight: OptionSight, story: Story) -> None:
    """SET-22: one of three words, the same by both ways."""
    expect.one_of(sight.option, OPTIONS)
    told = option_in(read_settings(story, story.person(who)).resource("the mailbox settings"))
    expect.equal(sight.option, told.json)


def _sight(exchange: Exchange, chosen: str = "") -> OptionSight:
    return OptionSight(exchange, SHAPE, lambda: exchange.resource("the mailbox settings"), chosen=chosen)
