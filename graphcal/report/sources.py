"""Find the Gherkin that the scenarios of a report are written in, with the ids of Cucumber Messages."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from gherkin.ast_builder import AstBuilder
from gherkin.errors import ParserError
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler

from graphcal.report.wording import feature_titles, in_order, printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from gherkin.stream.id_generator import IdGenerator

    from graphcal.report.model import Report, Scenario

Node = dict[str, Any]  # a GherkinDocument, a Pickle, or a part of one, as JSON


@dataclass(frozen=True)
class Source:
    """A text in Gherkin, what the parser makes of it, and the scenarios of the report by their pickles' ids."""

    uri: str
    text: str
    document: Node
    pickles: Sequence[Node]
    scenarios: dict[str, Scenario]


def sources(report: Report, suite: Path, ids: IdGenerator) -> Iterator[Source]:
    """Yield the feature files that the report's scenarios stand in, in its order.

    A scenario that its file does not hold as the report has it, or whose file is not below the suite, is
    yielded in a text that is written from the report: no scenario of a report is lost.
    """
    scenarios = in_order(report)
    for path, title in feature_titles(report).items():
        mine = [scenario for scenario in scenarios if scenario.feature == path]
        file = read_source(suite, path, ids)
        found = _matched(file.pickles, mine) if file else {}
        if file and found:
            yield replace(file, scenarios=found)
        told = {scenario.id for scenario in found.values()}
        strays = [scenario for scenario in mine if scenario.id not in told]
        if strays and told:
            yield _written(f"{path}#beside", f"{title}: what the run found beside its scenarios", strays, ids)
        elif strays:
            yield _written(path, title, strays, ids)


def read_source(suite: Path, path: str, ids: IdGenerator) -> Source | None:
    """Parse a feature file, named by its path below the suite; None where there is none that can be parsed."""
    try:
        file = (suite / path).resolve()
        if file.suffix != ".feature" or not file.is_relative_to(suite.resolve()):  # a foreign report's path
            return None
        return _parsed(path, file.read_text(encoding="utf-8"), ids)
    except (
        OSError,
        ValueError,
        ParserError,
        re.error,
    ):  # re.error: a column's title, which becomes a pattern
        return None


def _parsed(uri: str, text: str, ids: IdGenerator) -> Source:
    document: Any = {"uri": uri, **Parser(AstBuilder(ids)).parse(text)}
    pickles: Any = Compiler(ids).compile(document)
    return Source(uri, text, document, pickles, {})


def _matched(pickles: Sequence[Node], scenarios: Sequence[Scenario]) -> dict[str, Scenario]:
    by_title = {scenario.title: scenario for scenario in scenarios}
    pairs = [(pickle, by_title.get(pickle["name"])) for pickle in pickles]
    return {pickle["id"]: scenario for pickle, scenario in pairs if scenario and _same(pickle, scenario)}


def _same(pickle: Node, scenario: Scenario) -> bool:
    """Tell whether the steps are those of the report, which may not know any."""
    written = [step["text"] for step in pickle["steps"]]
    known = [step.text for step in scenario.steps]
    return bool(written) and known in ([], written)


def _written(uri: str, title: str, scenarios: Sequence[Scenario], ids: IdGenerator) -> Source:
    """Write scenarios as Gherkin from what the report knows of them, without their tables."""
    lines = [
        "# Written from the report: no feature file of the suite holds this.",
        f"Feature: {_line(title)}",
    ]
    for scenario in scenarios:
        lines += ["", f"  Scenario: {_line(scenario.title)}"]
        steps = [f"{step.keyword} {step.text}" for step in scenario.steps] or [scenario.title]
        lines += [f"    * {_line(step) or '…'}" for step in steps]
    source = _parsed(uri, "\n".join(lines) + "\n", ids)
    source.scenarios.update(
        (pickle["id"], scenario) for pickle, scenario in zip(source.pickles, scenarios, strict=True)
    )
    return source


def _line(text: str) -> str:
    return " ".join(printable(text).split())
