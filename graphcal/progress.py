"""Note, in the process that runs the scenarios, what they do; hand it over piece by piece."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graphcal.expect import finding_of
from graphcal.outcomes import Outcome
from graphcal.report import model
from graphcal.verdicts import first_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphcal.graph.exchange import Exchange
    from graphcal.schemas import Violation
    from graphcal.story import Story
    from graphcal.targets.base import Closing

SHOWN = 3  # sentences that a message lists
_SOUND = {Outcome.PASSED, Outcome.WARNED, Outcome.KNOWN}


@dataclass
class News:
    """What became known since the last news, as plain data.

    `throttled` counts the requests that the service put off; `waited` seconds were spent on that.
    """

    scenarios: list[model.Scenario] = field(default_factory=list)
    exchanges: list[model.Exchange] = field(default_factory=list)
    recordings: list[model.Recording] = field(default_factory=list)
    features: list[model.Feature] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    throttled: int = 0
    waited: float = 0

    def __bool__(self) -> bool:
        return self != News()

    @classmethod
    def read(cls, plain: dict[str, Any]) -> News:
        """Make news of what `dataclasses.asdict` made of news, also after a detour through JSON."""
        return cls(
            [_scenario(item) for item in plain["scenarios"]],
            [model.Exchange(**{**item, "scopes": tuple(item["scopes"])}) for item in plain["exchanges"]],
            [model.Recording(**item) for item in plain["recordings"]],
            [model.Feature(**item) for item in plain["features"]],
            list(plain["notes"]),
            plain["throttled"],
            plain["waited"],
        )


def _scenario(plain: dict[str, Any]) -> model.Scenario:
    return model.Scenario(
        **{
            **plain,
            "requirements": tuple(plain["requirements"]),
            "steps": tuple(_step(step) for step in plain["steps"]),
            "findings": tuple(model.Finding(**found) for found in plain["findings"]),
            "exchanges": tuple(plain["exchanges"]),
        }
    )


def _step(plain: dict[str, Any]) -> model.Step:
    return model.Step(**{**plain, "table": tuple(tuple(row) for row in plain["table"])})


@dataclass
class Progress:
    """What the scenarios of this process have done.

    `story` is the chapter of the running scenario; `sizes` tells how many scenarios a chapter has;
    `tells_exchanges` whether anybody wants to read them: a report holds them, the terminal does not.
    """

    story: Story | None = None
    tells_exchanges: bool = True
    sizes: dict[str, int] = field(default_factory=dict)
    _news: News = field(default_factory=News)
    _outcomes: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _told: int = 0
    _sent_before: int = 0

    def open(self, path: str, feature: model.Feature, size: int) -> None:
        """Remember how a chapter opens and how many scenarios it has."""
        self.sizes[path] = size
        self._news.features.append(feature)

    def begin(self) -> None:
        """Forget what the scenario before has looked at."""
        if self.story:
            self.story.begin()
        self._sent_before = self.sent

    @property
    def sent(self) -> int:
        """How many requests the running chapter has sent."""
        return self.story.chapter.graph.sent if self.story else 0

    @property
    def sent_now(self) -> int:
        """How many requests the running scenario has sent."""
        return self.sent - self._sent_before

    def end(self, scenario: model.Scenario) -> None:
        """Take in how a scenario ended."""
        self._news.scenarios.append(scenario)
        self._outcomes[scenario.feature][scenario.outcome] += 1

    def close(self, feature: str, closing: Closing) -> None:
        """Take in what a chapter leaves: answers nobody looked at or asked for, what could not be cleaned up."""
        story = self.story
        self._news.notes += closing.notes
        self._news.throttled += closing.throttled
        self._news.waited += closing.waited
        if story is None:
            return
        self._tell_exchanges()
        for requirement, unseen in _unseen(story).items():
            self._news.scenarios.append(_unseen_scenario(feature, requirement, unseen, story))
        if closing.left:
            self._news.notes += [f"Not cleaned up: {what}" for what in closing.left]
            self._news.scenarios.append(_left_scenario(feature, closing.left, story))
        ran = self._outcomes[feature]
        leftovers = closing.unasked
        if leftovers and ran.total() == self.sizes.get(feature) and set(ran) <= _SOUND:
            self._news.scenarios.append(_leftover_scenario(feature, leftovers, story))
        self.story, self._told, self._sent_before = None, 0, 0

    def exchange(self, identifier: str) -> Exchange | None:
        """Return an exchange of the running chapter."""
        exchanges = self.story.chapter.graph.exchanges if self.story else []
        return next((exchange for exchange in exchanges if exchange.id == identifier), None)

    def drain(self) -> News:
        """Return what became known since the last call."""
        self._tell_exchanges()
        news, self._news = self._news, News()
        return news

    def _tell_exchanges(self) -> None:
        if self.story is None:
            return
        if not self._told and not self._news.recordings:
            self._news.recordings.append(self.story.chapter.recording)
        exchanges = self.story.chapter.graph.exchanges
        if self.tells_exchanges:
            self._news.exchanges += [exchange.for_report() for exchange in exchanges[self._told :]]
        self._told = len(exchanges)


def _unseen(story: Story) -> dict[str, list[tuple[Exchange, Violation]]]:
    """Return the violations in answers whose shape no scenario has judged, by requirement."""
    found: dict[str, list[tuple[Exchange, Violation]]] = {}
    for exchange in story.chapter.graph.exchanges:
        if exchange not in story.judged:
            for violation in exchange.violations:
                found.setdefault(violation.requirement, []).append((exchange, violation))
    return found


def _unseen_scenario(
    feature: str, requirement: str, unseen: list[tuple[Exchange, Violation]], story: Story
) -> model.Scenario:
    findings = tuple(finding_of(exchange.payload, violation) for exchange, violation in unseen)
    exchanges = tuple(dict.fromkeys(exchange.id for exchange, _ in unseen))
    return model.Scenario(
        id=f"{feature}::Every answer fits its schema ({requirement})",
        feature=feature,
        line=1,
        title=f"Every answer fits its schema, also where no scenario looks ({requirement})",
        rule="",
        requirements=(requirement,),
        level="documented",
        outcome=Outcome.FAILED,
        provenance=story.chapter.provenance,
        seconds=0,
        requests=0,
        message=first_line(findings),
        curl=unseen[0][0].for_report().curl,
        findings=findings,
        exchanges=exchanges,
    )


def _leftover_scenario(feature: str, leftovers: Sequence[str], story: Story) -> model.Scenario:
    return _trouble(
        feature,
        "Every recorded answer is asked for",
        story,
        f"the recording holds answers that no scenario asked for, {_listed(leftovers)}. "
        "Record the chapter again, or mend the scenario that should have asked",
    )


def _left_scenario(feature: str, left: Sequence[str], story: Story) -> model.Scenario:
    return _trouble(
        feature,
        "What was created and changed is removed and restored",
        story,
        f"the clean-up has failed, {_listed(left)}. Run graphcal cleanup for this target to try again",
    )


def _listed(sentences: Sequence[str]) -> str:
    more = f"; and {len(sentences) - SHOWN} more" if len(sentences) > SHOWN else ""
    return f"{len(sentences)} in all: {'; '.join(sentences[:SHOWN])}{more}"


def _trouble(feature: str, title: str, story: Story, message: str) -> model.Scenario:
    """Describe trouble with a chapter as a whole as a scenario that ended in it."""
    return model.Scenario(
        id=f"{feature}::{title}",
        feature=feature,
        line=1,
        title=title,
        rule="",
        requirements=(),
        level="",
        outcome=Outcome.ERROR,
        provenance=story.chapter.provenance,
        seconds=0,
        requests=0,
        message=message,
    )
