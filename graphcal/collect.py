"""Turn a feature file into pytest items, one a scenario or outline row, and refuse what would not run."""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from graphcal import places
from graphcal.execution import execute
from graphcal.feature import Example, read_examples
from graphcal.outcomes import UsageError
from graphcal.report import model
from graphcal.stash import RUN
from graphcal.step_index import StepIndex
from graphcal.verdicts import Ending, text_of

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from pytest_bdd.parser import Step


class FeatureFile(pytest.Module):
    """A chapter: a feature file as pytest's unit of sharing and of distribution."""

    def _getobj(self) -> ModuleType:
        return ModuleType(self.path.stem)  # pytest looks for hooks and marks in it; there are none

    def collect(self) -> Iterator[ScenarioItem]:
        """Yield the scenarios, or raise one CollectError that lists all that is wrong with the file."""
        run = self.config.stash[RUN]
        index = StepIndex.of(self.session, places.language_of(self.path))
        try:
            examples = read_examples(self.path, run.catalogue, index)
        except UsageError as error:
            raise self.CollectError(str(error)) from None
        run.progress.open(self.nodeid, opening(self.nodeid, examples), len(examples))
        fixtures = None
        for example in examples:
            item = ScenarioItem.from_parent(self, example=example, index=index, fixtureinfo=fixtures)
            fixtures = item._fixtureinfo  # noqa: SLF001 - all scenarios ask for the same, which pytest need not find again
            yield item


class ScenarioItem(pytest.Function):
    """A scenario, or one row of an outline."""

    def __init__(self, *, example: Example, index: StepIndex, **arguments: Any) -> None:
        def run(request: pytest.FixtureRequest) -> None:
            execute(example, index, request)

        super().__init__(name=example.title, callobj=run, **arguments)
        self.example = example
        self.steps: list[tuple[Step, bool]] = []  # those that ran, and whether they went well
        for tag in example.tags:
            self.add_marker(tag)

    @classmethod
    def from_parent(cls, parent: FeatureFile, **arguments: Any) -> ScenarioItem:  # type: ignore[override]
        """Make the item of an example."""
        return super(pytest.Function, cls).from_parent(parent, **arguments)

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        """Point at the scenario's heading."""
        return self.path, self.example.line - 1, self.example.title

    def described(self, ending: Ending, seconds: float) -> model.Scenario:
        """Describe for the report how the scenario ended, which took some seconds."""
        progress = self.config.stash[RUN].progress
        story = progress.story
        looked_at = story.looked_at if story else []
        culprit = ending.findings[0].exchange if ending.findings else ""
        shown = progress.exchange(culprit) or (looked_at[-1] if looked_at else None)
        return model.Scenario(
            id=self.nodeid,
            feature=self.parent.nodeid if self.parent else "",
            line=self.example.line,
            title=self.example.title,
            rule=self.example.rule,
            requirements=self.example.requirements,
            level=self.example.level,
            outcome=str(ending.outcome),  # plain text crosses the border of a worker
            provenance=story.chapter.provenance if story else "",
            seconds=round(seconds, 6),
            requests=progress.sent_now,
            message=ending.message,
            curl=shown.for_report().curl if shown and ending.message else "",
            steps=tuple(self._described_steps(ending)),
            findings=ending.findings,
            exchanges=tuple(exchange.id for exchange in looked_at),
        )

    def _described_steps(self, ending: Ending) -> Iterator[model.Step]:
        for number, step in enumerate(self.example.scenario.steps):
            if number >= len(self.steps):
                outcome = "not run"
            else:
                outcome = "passed" if self.steps[number][1] else ending.outcome
            table = tuple(tuple(map(str, row)) for row in step.datatable.raw()) if step.datatable else ()
            yield model.Step(step.keyword.strip(), step.name, step.line_number, str(outcome), table)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> Any:  # type: ignore[override]
        """Say what a scenario found; a traceback only of what the suite did not foresee."""
        text = text_of(excinfo.value, self)
        return super().repr_failure(excinfo) if text is None else text


def opening(path: str, examples: list[Example]) -> model.Feature:
    """Describe how a chapter opens."""
    feature = examples[0].scenario.feature
    text = "\n".join(line.strip() for line in feature.description.splitlines())
    return model.Feature(path, feature.name, text)
