"""Hold what is known of a run while it goes on, and make the report of it at the end."""

from __future__ import annotations

import shlex
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from graphcal import __version__, places
from graphcal.catalogue import Catalogue, read_catalogue
from graphcal.headline import headline
from graphcal.outcomes import Outcome, Verdict, exit_code_of, verdict_of, worst
from graphcal.progress import News, Progress
from graphcal.report import model
from graphcal.standings import core_of, core_sentence, standings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphcal.schemas import Schemas
    from graphcal.targets.base import Target


@dataclass
class Run:
    """One run against one target: its settings, what is in progress, and what has been found.

    `selected` holds the ids of the scenarios that are to run; `notes` are sentences on the run as a whole.
    The service put off `throttled` requests, and `waited` seconds were spent on that.
    """

    target: Target
    strict: bool = False
    report_folder: Path | None = None
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    clock: float = field(default_factory=time.perf_counter)
    progress: Progress = field(default_factory=Progress)
    selected: set[str] = field(default_factory=set)
    interrupted: bool = False
    notes: list[str] = field(default_factory=list)
    throttled: int = 0
    waited: float = 0
    _scenarios: dict[str, model.Scenario] = field(default_factory=dict)
    _exchanges: dict[str, model.Exchange] = field(default_factory=dict)
    _recordings: dict[str, model.Recording] = field(default_factory=dict)
    _features: dict[str, model.Feature] = field(default_factory=dict)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The catalogue of the suite."""
        return read_catalogue(places.features() / "requirements.toml")

    @cached_property
    def schemas(self) -> Schemas:
        """The schemas of the suite."""
        from graphcal.schemas import Schemas  # noqa: PLC0415 - loads a validator that listing does not need

        return Schemas(places.schemas())

    def take_in(self, news: News) -> None:
        """Remember what a process that ran scenarios has found."""
        self._features.update((feature.path, feature) for feature in news.features)
        self._recordings.update((recording.chapter, recording) for recording in news.recordings)
        self._exchanges.update((exchange.id, exchange) for exchange in news.exchanges)
        self.notes += [note for note in news.notes if note not in self.notes]
        self.throttled += news.throttled
        self.waited += news.waited
        for scenario in news.scenarios:
            known = self._scenarios.get(scenario.id)
            if known is None or worst((known.outcome, scenario.outcome)) == scenario.outcome:
                self._scenarios[scenario.id] = scenario

    @property
    def scenarios(self) -> list[model.Scenario]:
        """The scenarios that ran."""
        return list(self._scenarios.values())

    def outcomes(self) -> list[str]:
        """Return the outcomes of all scenarios that ran."""
        return [scenario.outcome for scenario in self._scenarios.values()]

    def exit_code(self) -> int:
        """Return the exit code for what has been seen."""
        return exit_code_of(self.outcomes())

    def report(self, exit_code: int) -> model.Report:
        """Make the report of what has been seen, be it all or not."""
        outcomes = self.outcomes()
        verdict = verdict_of(outcomes)
        requirements = tuple(self._requirements())
        found = standings(requirements, self.catalogue.chapters)
        core = core_sentence(core_of(found), requirements)
        if verdict == Verdict.CONFORMANT and core_of(found).counts.get(Outcome.UNSUPPORTED):
            verdict = Verdict.INCONCLUSIVE
        unfinished = self.interrupted or len(self._scenarios) < len(self.selected)
        if unfinished and verdict == Verdict.CONFORMANT:
            verdict = Verdict.INCONCLUSIVE
        return model.Report(
            version=__version__,
            target=self.target.description,
            started=self.started.isoformat(timespec="seconds"),
            seconds=round(time.perf_counter() - self.clock, 3),
            requests=sum(scenario.requests for scenario in self._scenarios.values()),
            verdict=verdict,
            headline=headline(verdict, self.scenarios, core, unfinished=unfinished),
            exit_code=exit_code,
            chapters=dict(self.catalogue.chapters),
            features=tuple(self._features.values()),
            recordings=tuple(self._recordings.values()),
            scenarios=tuple(self._sorted()),
            requirements=requirements,
            standings=found,
            exchanges=dict(self._exchanges),
            notes=(*self.notes, *self._throttling()),
            command=command_line(),
        )

    def _throttling(self) -> Iterator[str]:
        """Say how often the service asked for patience, and how long it got it."""
        if self.throttled:
            requests = "1 request" if self.throttled == 1 else f"{self.throttled} requests"
            yield f"The service put off {requests} (429, 503 or 504); {self.waited:.0f} s were spent waiting for it."

    def _sorted(self) -> list[model.Scenario]:
        """Return the scenarios in the order of their features, whatever order they ran in."""
        return sorted(self._scenarios.values(), key=lambda item: (item.feature, item.line, item.title))

    def _requirements(self) -> list[model.Requirement]:
        by_requirement: dict[str, list[model.Scenario]] = {}
        for scenario in self._sorted():
            for identifier in scenario.requirements:
                by_requirement.setdefault(identifier, []).append(scenario)
        rows = []
        for row in self.catalogue.requirements.values():
            scenarios = by_requirement.get(row.id, [])
            outcome = worst(scenario.outcome for scenario in scenarios) if scenarios else "untested"
            reason = row.untested or "not selected in this run"
            if scenarios:
                reason = next((item.message for item in scenarios if item.outcome == outcome), "")
            rows.append(
                model.Requirement(
                    id=row.id,
                    chapter=row.chapter,
                    level=row.level,
                    text=row.text,
                    source=row.source,
                    url=row.url,
                    outcome=outcome,
                    scenarios=tuple(item.id for item in scenarios),
                    reason=reason,
                )
            )
        return rows


def command_line() -> str:
    """Return the command that the user gave, as it can be given again."""
    started = Path(sys.argv[0])
    name = started.parent.name if started.name == "__main__.py" else started.name
    return shlex.join([name, *sys.argv[1:]])
