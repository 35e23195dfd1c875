"""The feature files keep the rules that make them readable and complete."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

from graphcal import places
from graphcal.catalogue import Catalogue, read_catalogue
from graphcal.feature import Example, read_examples
from graphcal.outcomes import Outcome, Verdict
from graphcal.step_index import StepIndex

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

FEATURES = sorted(places.features().rglob("*.feature"))
WIDTH = 100


@cache
def modules() -> tuple[ModuleType, ...]:
    """Import the modules of the steps."""
    paths = sorted((places.suite() / "steps").glob("[a-z]*.py"))
    return tuple(importlib.import_module(f"steps.{path.stem}") for path in paths)


@cache
def definitions() -> tuple[StepFunctionContext, ...]:
    """Return all step definitions of the suite."""
    names = {module.__name__ for module in modules()}
    found = list(step_function_context_registry.values())
    return tuple(context for context in found if context.step_func.__module__ in names)


@cache
def catalogue() -> Catalogue:
    """Return the suite's catalogue."""
    return read_catalogue(places.features() / "requirements.toml")


@cache
def examples(path: Path) -> tuple[Example, ...]:
    """Return the scenarios of a feature file; reading refuses what would not run."""
    return tuple(read_examples(path, catalogue(), StepIndex(list(definitions()))))


def everything() -> list[Example]:
    """Return the scenarios of all feature files."""
    return [example for path in FEATURES for example in examples(path)]


NAMES = [path.relative_to(places.features()).with_suffix("").as_posix() for path in FEATURES]
chapter = pytest.mark.parametrize("path", FEATURES, ids=NAMES)


def test_there_are_features() -> None:
    """What follows is said of something."""
    assert FEATURES != []
    assert len(definitions()) > 50


@chapter
def test_lines_are_short_and_clean(path: Path) -> None:
    """No line is wider than a screen, none ends in blanks, none holds a tab."""
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [number for number, line in enumerate(lines, 1) if len(line) > WIDTH] == []
    assert [number for number, line in enumerate(lines, 1) if line != line.rstrip() or "\t" in line] == []


@chapter
def test_titles_are_unique(path: Path) -> None:
    """A title names one scenario or one row of an outline."""
    titles = Counter(example.title for example in examples(path))
    assert [title for title, count in titles.items() if count > 1] == []


@chapter
def test_titles_are_rendered(path: Path) -> None:
    """No title or step keeps a placeholder that its table does not fill."""
    texts = [
        text
        for example in examples(path)
        for text in (example.title, *(s.name for s in example.scenario.steps))
    ]
    assert [text for text in texts if "<" in text] == []


@chapter
def test_every_scenario_acts_once_and_checks(path: Path) -> None:
    """Given, one When, Then: in this order."""
    for example in examples(path):
        kinds = [step.type for step in example.scenario.steps]
        assert kinds.count("when") == 1, example.title
        assert "then" in kinds, example.title
        order = ["given", "when", "then"]
        assert all(order.index(first) <= order.index(second) for first, second in pairwise(kinds)), (
            example.title
        )


@chapter
def test_every_tag_is_known(path: Path) -> None:
    """Tags are ids of the catalogue or levels."""
    tags = {tag for example in examples(path) for tag in example.tags}
    assert {tag for tag in tags if tag not in catalogue()} <= {"stated", "documented", "observed"}


@chapter
def test_recording_goes_with_the_chapter(path: Path) -> None:
    """There is one recording for a feature file, of the same name."""
    assert (places.cassettes() / f"{path.stem}.json").is_file()


def test_no_recording_is_left_over() -> None:
    """A recording without a feature file would judge nothing."""
    recorded = {path.stem for path in places.cassettes().glob("*.json")}
    assert recorded == {path.stem for path in FEATURES}


def test_every_phrase_is_used() -> None:
    """The vocabulary holds no phrase that no scenario says."""
    index = StepIndex(list(definitions()))
    used = {
        id(definition)
        for example in everything()
        for step in example.scenario.steps
        for definition in index.find(step)
    }
    assert [d.parser.name for d in definitions() if id(d) not in used] == []


def test_no_step_has_two_definitions() -> None:
    """pytest-bdd would silently take the last of them."""
    index = StepIndex(list(definitions()))
    steps = {(step.type, step.name): step for example in everything() for step in example.scenario.steps}
    assert [step.name for step in steps.values() if len(index.find(step)) != 1] == []


def test_no_phrase_stands_twice() -> None:
    """One phrase has one meaning for each keyword."""
    phrases = Counter((definition.type, definition.parser.name) for definition in definitions())
    assert [phrase for phrase, count in phrases.items() if count > 1] == []


def test_every_step_has_a_keyword() -> None:
    """A phrase for any keyword could stand where it does not belong."""
    assert {definition.type for definition in definitions()} == {"given", "when", "then"}


def checking(module: ModuleType) -> set[str]:
    """Return the names of a module's functions that call graphcal.expect, be it through one another."""
    functions = {
        node.name: node
        for node in ast.parse(inspect.getsource(module)).body
        if isinstance(node, ast.FunctionDef)
    }
    found: set[str] = set()
    for _ in functions:
        found |= {
            name
            for name, function in functions.items()
            if any(
                isinstance(node, ast.Call)
                and (
                    (isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "expect")
                    or (isinstance(node.func, ast.Name) and node.func.id in found)
                )
                for node in ast.walk(function)
            )
        }
    return found


@pytest.mark.parametrize(
    "module", [path.stem for path in sorted((places.suite() / "steps").glob("[a-z]*.py"))]
)
def test_every_then_can_fail(module: str) -> None:
    """A Then that calls no check of graphcal.expect could not fail."""
    (source,) = [found for found in modules() if found.__name__ == f"steps.{module}"]
    thens = {
        definition.step_func.__name__
        for definition in definitions()
        if definition.type == "then" and definition.step_func.__module__ == source.__name__
    }
    assert thens - checking(source) == set()


def test_covered_requirements_are_those_without_a_reason() -> None:
    """A row of the catalogue has a scenario or says why not, and never both."""
    covered = {identifier for example in everything() for identifier in example.requirements}
    testable = {row.id for row in catalogue().requirements.values() if not row.untested}
    assert testable == covered


def test_report_knows_the_outcomes() -> None:
    """The contract of report.json lists exactly the outcomes and verdicts there are."""
    text = (places.PACKAGE / "report" / "report.schema.json").read_text(encoding="utf-8")
    schema = json.loads(text)
    assert set(schema["$defs"]["outcome"]["enum"]) == set(Outcome)
    assert set(schema["properties"]["verdict"]["enum"]) == set(Verdict)
