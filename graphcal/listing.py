"""Print the catalogue, the scenarios and the vocabulary for people."""

from __future__ import annotations

import importlib
import sys
import textwrap
from collections import defaultdict
from typing import TYPE_CHECKING

from graphcal import places
from graphcal.catalogue import Requirement, read_catalogue

if TYPE_CHECKING:
    from pytest_bdd.parser import Feature, ScenarioTemplate

WIDTH = 100


def requirements() -> str:
    """Return a line for each requirement, by chapter, with the scenarios that judge it below."""
    catalogue = read_catalogue(places.features() / "requirements.toml")
    scenarios = scenarios_by_requirement()
    lines = []
    for chapter, title in catalogue.chapters.items():
        lines += [f"{chapter}  {title}", ""]
        for row in catalogue.requirements.values():
            if row.chapter == chapter:
                lines += [*wrapped(f"{row.id}  ", f"{row.text} ({row.level})"), *_judged(row, scenarios)]
        lines.append("")
    covered = sum(not row.untested for row in catalogue.requirements.values())
    lines.append(f"{len(catalogue.requirements)} requirements, {covered} of them judged by scenarios.")
    return "\n".join(lines)


def vocabulary() -> str:
    """Return every step phrase, by keyword, with the module that defines it."""
    from pytest_bdd.steps import step_function_context_registry  # noqa: PLC0415 - filled by the imports below

    suite = str(places.suite())
    if suite not in sys.path:
        sys.path.insert(0, suite)
    for path in sorted((places.suite() / "steps").glob("[a-z]*.py")):
        importlib.import_module(f"steps.{path.stem}")
    phrases = defaultdict(list)
    for context in list(step_function_context_registry.values()):
        if context.step_func.__module__.startswith("steps."):
            phrases[context.type or "step"].append((context.parser.name, context.step_func.__module__))
    lines = []
    for keyword in ("given", "when", "then"):
        lines += [keyword.capitalize()]
        lines += [
            f"  {phrase}  ({module.removeprefix('steps.')})" for phrase, module in sorted(phrases[keyword])
        ]
    return "\n".join(lines)


def scenarios_by_requirement() -> defaultdict[str, list[ScenarioTemplate]]:
    """Return the scenarios of all features under the requirements they are tagged with."""
    from pytest_bdd.feature import get_feature  # noqa: PLC0415 - imports pytest, which a wrong id need not wait for

    found: defaultdict[str, list[ScenarioTemplate]] = defaultdict(list)
    for path in sorted(places.features().rglob("*.feature")):
        feature = get_feature(str(places.features()), str(path.relative_to(places.features())))
        for template in feature.scenarios.values():
            for tag in template.tags:
                found[tag].append(template)
    return found


def places_relative(feature: Feature) -> str:
    """Return a feature's path below the folder of features."""
    return feature.filename.partition(f"{places.features()}/")[2]


def _judged(row: Requirement, scenarios: defaultdict[str, list[ScenarioTemplate]]) -> list[str]:
    if row.untested:
        return wrapped("        untested: ", row.untested)
    return [
        f"        {places_relative(template.feature)}:{template.line_number}  {template.name}"
        for template in scenarios[row.id]
    ]


def wrapped(start: str, text: str) -> list[str]:
    """Break a text into lines of which the first begins with `start` and the others with as many spaces."""
    return textwrap.wrap(
        text, WIDTH, initial_indent=start, subsequent_indent=" " * len(start), break_on_hyphens=False
    )
