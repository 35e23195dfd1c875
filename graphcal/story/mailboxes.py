"""Look at the settings of a mailbox, and choose where its owner's meeting messages go: once in a chapter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphcal.outcomes import Unmet
from graphcal.targets.arrangement import OPTION, OPTIONS, SETTINGS

if TYPE_CHECKING:
    from graphcal.graph.exchange import Exchange
    from graphcal.people import Person
    from graphcal.story import Story
    from graphcal.value import Value

READ, CHANGE = ("MailboxSettings.Read",), ("MailboxSettings.ReadWrite",)
SHAPE = "mailboxSettings"
ANY_OBJECT = "common#/$defs/annotations"  # how the option is wrapped when it comes alone, no page shows


@dataclass(frozen=True)
class Choice:
    """A delivery option that was chosen and taken back: the answer, and the settings while it held."""

    option: str
    answer: Exchange
    after: Exchange


def read_settings(story: Story, who: Person) -> Exchange:
    """Read the settings of somebody's mailbox."""
    return story.read(("settings", who), who, SETTINGS, shape=SHAPE, scopes=READ)


def read_option(story: Story, who: Person) -> Exchange:
    """Read the delivery option of somebody's mailbox by its own path."""
    return story.read(("option", who), who, f"{SETTINGS}/{OPTION}", shape=ANY_OBJECT, scopes=READ)


def known_option(story: Story, who: Person) -> str:
    """Return the delivery option of somebody's mailbox. Raises Unmet where the settings do not tell it."""
    option = option_in(read_settings(story, who).resource("the mailbox settings"))
    if option.json not in OPTIONS:
        raise Unmet(f"{who}'s delivery option is not told, so it could not be restored: {option.exchange}")
    return option.text


def choose(story: Story, who: Person) -> Choice:
    """Choose another delivery option than there is, see the settings, and choose the old one again."""
    graph, arrangement = story.chapter.graph, story.chapter.arrangement

    def establish() -> Choice:
        arrangement.require_changes()
        old = known_option(story, who)
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
