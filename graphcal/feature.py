"""Read a feature file into examples that can be run, and say all that is wrong with it at once."""

from __future__ import annotations

import inspect
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from gherkin.dialect import Dialect
from gherkin.errors import ParserError
from pytest_bdd.exceptions import GherkinParseError
from pytest_bdd.parser import FeatureParser, Scenario, Step, render_string

from graphcal import places
from graphcal.catalogue import LEVELS, Catalogue
from graphcal.outcomes import UsageError
from graphcal.report.words import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_bdd.gherkin_parser import Scenario as GherkinScenario
    from pytest_bdd.parser import Feature, Rule, ScenarioTemplate

    from graphcal.step_index import StepIndex

REQUIREMENT = re.compile(r"[A-Z]{3}-\d\d")


@dataclass(frozen=True)
class Example:
    """A scenario, or one row of an outline: what runs as one item.

    `level` is the level at which the scenario judges.
    """

    scenario: Scenario
    requirements: tuple[str, ...]
    level: str
    tags: tuple[str, ...]

    @property
    def title(self) -> str:
        """The title, which no other example of the file has."""
        return self.scenario.name

    @property
    def line(self) -> int:
        """The line of the scenario's heading in its file."""
        return self.scenario.line_number

    @property
    def rule(self) -> str:
        """The name of the rule it is an example of."""
        return self.scenario.rule.name if self.scenario.rule else ""


def read_examples(path: Path, catalogue: Catalogue, index: StepIndex) -> list[Example]:
    """Read the examples of a feature file.

    Raises UsageError with a line for everything that would not run, or not as it reads: file:line, what
    is wrong, and the mend.
    """
    problems: list[str] = []
    examples = []
    for template in _templates(path):
        rows = _rows(template)
        problems += _heading_problems(template, rows)
        for row, row_tags in rows or [({}, set())]:
            example, found = _example(template, row, row_tags, catalogue)
            examples.append(example)
            problems += [*found, *_step_problems(template, example.scenario, index)]
    titles = Counter(example.title for example in examples)
    for example in examples:
        if titles[example.title] > 1:
            problems.append(
                f"{example.line}: {titles[example.title]} scenarios are called {example.title!r}; "
                "titles are unique, in an outline by a <placeholder>"
            )
    if problems:
        lines = sorted(dict.fromkeys(problems), key=lambda line: int(line.partition(":")[0]))
        raise UsageError("\n".join(f"{path}:{line}" for line in lines))
    return examples


class _Parser(FeatureParser):
    """Notes each heading, where pytest-bdd would keep the last scenario of a name and drop the others."""

    def __init__(self, folder: str, name: str) -> None:
        super().__init__(folder, name)
        self.headings: defaultdict[str, list[int]] = defaultdict(list)

    def parse_scenario(
        self, scenario_data: GherkinScenario, feature: Feature, rule: Rule | None = None
    ) -> ScenarioTemplate:
        """Parse a scenario and note its heading."""
        self.headings[scenario_data.name].append(scenario_data.location.line)
        return super().parse_scenario(scenario_data, feature, rule)


def _templates(path: Path) -> list[ScenarioTemplate]:
    try:
        parser = _Parser(str(path.parent), path.name)
        feature = parser.parse()
    except GherkinParseError as error:
        raise UsageError(f"{path}:{error.line}: {error.message} {error.line_content}".rstrip()) from None
    except ParserError as error:
        raise UsageError(f"{path}: {error}") from None
    except (UnicodeDecodeError, OSError) as error:
        raise UsageError(f"{path}: can't be read: {error}") from None
    except KeyError:  # pytest-bdd looks for the feature of a file that has none
        raise UsageError(f"{path}: no feature in it, so nothing would be checked") from None
    for name, lines in parser.headings.items():
        if len(lines) > 1:
            found = " and ".join(str(line) for line in lines)
            raise UsageError(f"{path}:{lines[-1]}: the scenarios at lines {found} are both called {name!r}")
    if feature.language != places.language_of(path):
        raise UsageError(
            f"{path}:1: the language of the feature is {feature.language!r}, that of its folder is "
            f"{places.language_of(path)!r}; features in pt lie in features/pt"
        )
    if not feature.scenarios:
        raise UsageError(f"{path}: no scenario in it, so nothing would be checked")
    return list(feature.scenarios.values())


def _rows(template: ScenarioTemplate) -> list[tuple[dict[str, str], set[str]]]:
    """Return the rows of an outline with the tags of their Examples; a plain scenario has none."""
    return [(row, examples.tags) for examples in template.examples for row in examples.as_contexts()]


def _heading_problems(
    template: ScenarioTemplate, rows: list[tuple[dict[str, str], set[str]]]
) -> Iterator[str]:
    if not template.name:
        yield f"{template.line_number}: a scenario without a title; reports and -k know it by its title"
    dialect = Dialect.for_name(template.feature.language)
    outlines = dialect.scenario_outline_keywords if dialect else ()
    if not rows and (template.examples or template.keyword in outlines):
        yield f"{template.line_number}: {template.name!r} is an outline without a row; give it Examples with rows"


def _example(
    template: ScenarioTemplate, row: dict[str, str], row_tags: set[str], catalogue: Catalogue
) -> tuple[Example, list[str]]:
    line = template.line_number
    rule_tags = template.rule.tags if template.rule else set()
    tags = tuple(sorted(template.tags | template.feature.tags | rule_tags | row_tags))
    requirements = tuple(tag for tag in tags if REQUIREMENT.fullmatch(tag))
    level_tags = [tag for tag in tags if tag in LEVELS]
    problems = [
        f"{line}: @{tag} is no requirement of the catalogue; graphcal list prints them"
        for tag in requirements
        if tag not in catalogue
    ]
    problems += [
        f"{line}: unknown tag @{tag}; tags are requirement ids, {', '.join(LEVELS)}"
        for tag in tags
        if tag not in (*requirements, *level_tags)
    ]
    if not requirements:
        problems.append(f"{line}: no requirement is tagged, so nobody would know what a failure means")
    scenario = rendered(template, row)
    if "::" in scenario.name or scenario.name.endswith("."):
        problems.append(f"{line}: a title holds no '::' and ends without a full stop: {scenario.name!r}")
    known = [catalogue[identifier] for identifier in requirements if identifier in catalogue]
    softness = {requirement.level == "observed" for requirement in known}
    if len(level_tags) > 1 or (len(softness) > 1 and not level_tags):
        problems.append(f"{line}: say with one tag at which level the scenario judges: {', '.join(LEVELS)}")
    for requirement in known:
        if level_tags and level_tags[0] not in (requirement.level, *requirement.parts):
            problems.append(
                f"{line}: the catalogue says nothing {level_tags[0]} of {requirement.id}; "
                "a level tag splits a row that has parts of two levels"
            )
    level = level_tags[0] if level_tags else known[0].level if known else LEVELS[0]
    return Example(scenario, requirements, level, tags), problems


def rendered(template: ScenarioTemplate, row: dict[str, str]) -> Scenario:
    """Put a row's values into a scenario.

    ScenarioTemplate.render copies every table of every step, which here costs more than running them.
    """
    return Scenario(
        feature=template.feature,
        keyword=template.keyword,
        name=render_string(template.name, row),
        line_number=template.line_number,
        steps=[_rendered_step(step, row) for step in template.steps],
        description=template.description,
        tags=template.tags,
        rule=template.rule,
    )


def _rendered_step(step: Step, row: dict[str, str]) -> Step:
    if not row or not _has_placeholder(step):
        return step
    table = Step.render_datatable(step.datatable, row) if step.datatable else None
    text = render_string(step.docstring, row) if step.docstring is not None else None
    return Step(
        render_string(step.name, row), step.type, step.indent, step.line_number, step.keyword, table, text
    )


def _has_placeholder(step: Step) -> bool:
    rows = step.datatable.raw() if step.datatable else ()
    return any("<" in str(text) for text in (step.name, step.docstring, *chain.from_iterable(rows)))


def _step_problems(template: ScenarioTemplate, scenario: Scenario, index: StepIndex) -> Iterator[str]:
    line = template.line_number
    kinds = [step.type for step in scenario.steps]
    if "then" not in kinds:
        stray = next((text.strip() for text in (template.description or "").splitlines() if text.strip()), "")
        hint = f"; is {stray!r} meant to be a step?" if stray else ""
        yield f"{line}: {template.name!r} has no Then, so it could not fail{hint}"
    if kinds.count("when") > 1:
        yield f"{line}: {template.name!r} has {kinds.count('when')} Whens; one behaviour a scenario"
    if sorted(kinds, key=["given", "when", "then"].index) != kinds:
        yield f"{line}: {template.name!r} does not go from Given through When to Then"
    for step in scenario.steps:
        yield from _definition_problems(step, index, template.feature.language)


def _definition_problems(step: Step, index: StepIndex, language: str) -> Iterator[str]:
    found = index.find(step)
    said = f"{step.keyword.strip()} {step.name}"
    if not found:
        lang = "" if language == ENGLISH else f" --lang {language}"
        yield f"{step.line_number}: no step is defined for {said!r}; graphcal list --steps{lang} prints the vocabulary"
    elif len(found) > 1:
        yield f"{step.line_number}: {len(found)} steps are defined for {said!r}; pytest-bdd would take the last"
    elif inspect.iscoroutinefunction(found[0].step_func):
        yield f"{step.line_number}: the step for {said!r} is async, and nobody would await it"
