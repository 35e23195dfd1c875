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
from graphcal.targets.arrangement import OPTION, OPTIONS, SETTINGS

if TYPE_CHECKING:
    from graphcal.graph.exchange import Exchange
    from graphcal.people import Person
    from graphcal.value import Value

READ, CHANGE = ("MailboxSettings.Read",), ("MailboxSettings.ReadWrite",)
SHAPE = "mailboxSettings"
ANY_OBJECT = "common#/$defs/annotations"  # how the option is wrapped when it comes alone, no page shows


@dataclass(frozen=True)
class OptionSight(Sight):
    """What tells a delivery option: the settings, or that one property; `chosen` is the one that was set."""

    chosen: str = field(default="", kw_only=True)

    @property
    def option(self) -> Value:
        """The option. Raises Unmet where the answer can't be read."""
        return option_in(self.value)


@dataclass(frozen=True)
class Choice:
    """A delivery option that was chosen and taken back: the answer, and the settings while it held."""

    option: str
    answer: Exchange
    after: Exchange


@when(phrase("{who:Person} looks at {his:Pronoun} mailbox settings"), target_fixture="sight")
def looks_at_the_settings(who: str, story: Story) -> OptionSight:
    """Look at all settings of somebody's mailbox."""
    return _sight(settings(story, story.person(who)))


@when(phrase("{who:Person} looks at {his:Pronoun} delivery option alone"), target_fixture="sight")
def looks_at_the_option(who: str, story: Story) -> OptionSight:
    """Look at the one property by its own path."""
    person, path = story.person(who), f"{SETTINGS}/{OPTION}"
    return _sight(story.read(("option", person), person, path, shape=ANY_OBJECT, scopes=READ))


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
    told = option_in(settings(story, story.person(who)).resource("the mailbox settings"))
    expect.equal(sight.option, told.json)


def settings(story: Story, who: Person) -> Exchange:
    """Read the settings of somebody's mailbox."""
    return story.read(("settings", who), who, SETTINGS, shape=SHAPE, scopes=READ)


def choose(story: Story, who: Person) -> Choice:
    """Choose another delivery option than there is, see the settings, and choose the old one again."""
    graph, arrangement = story.chapter.graph, story.chapter.arrangement

    def establish() -> Choice:
        arrangement.require_changes()
        old = option_in(settings(story, who).resource("the mailbox settings")).json
        if old not in OPTIONS:
            raise Unmet(f"{who}'s delivery option is not told, so it could not be restored")
        new = next(option for option in OPTIONS if option != old)
        with arrangement.undoing(who, "PATCH", SETTINGS, {OPTION: old}):
            answer = graph.write(who, "PATCH", SETTINGS, {OPTION: new}, shape=SHAPE, scopes=CHANGE)
            after = graph.poll(
                lambda: graph.get(who, SETTINGS, shape=SHAPE, scopes=READ),
                lambda found: found.succeeded and option_in(found.payload).json == new,
            )
        return Choice(new, answer, after)

    return story.fact(("choice", who), establish)


def option_in(found: Value) -> Value:
    """Return the delivery option from the settings, or from the answer that holds nothing else."""
    return found[OPTION] if found[OPTION].exists or not found["value"].exists else found["value"]


def _sight(exchange: Exchange, chosen: str = "") -> OptionSight:
    return OptionSight(exchange, SHAPE, lambda: exchange.resource("the mailbox settings"), chosen=chosen)
