"""Print the catalogue, the scenarios and the vocabulary for people."""

from __future__ import annotations

import importlib
import sys
import textwrap
from collections import defaultdict
from typing import TYPE_CHECKING

from graphcal import places
from graphcal.catalogue import Requirement, read_catalogue
from graphcal.report.words import ENGLISH, LANGUAGES

if TYPE_CHECKING:
    from pytest_bdd.parser import Feature, ScenarioTemplate

WIDTH = 100


def requirements(language: str = ENGLISH) -> str:
    """Return a line for each requirement, by chapter, with the scenarios that judge it below.

    Chapters that are written in the language too are listed in it.
    """
    catalogue = read_catalogue(places.features() / "requirements.toml")
    scenarios = scenarios_by_requirement(language)
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


def vocabulary(language: str = ENGLISH) -> str:
    """Return every step phrase in a language, by its keyword, with the module that says what it does."""
    from gherkin.dialect import DIALECTS  # noqa: PLC0415 - see below
    from pytest_bdd.steps import step_function_context_registry  # noqa: PLC0415 - filled by the imports below

    suite = str(places.suite())
    if suite not in sys.path:
        sys.path.insert(0, suite)
    names = sorted(path.stem for path in (places.suite() / "steps").glob("[a-z]*.py"))
    for name in sorted(names, key=LANGUAGES.__contains__):  # translations last: they build on what is there
        importlib.import_module(f"steps.{name}")
    phrases = defaultdict(list)
    for context in list(step_function_context_registry.values()):
        spoken = getattr(context.parser, "language", ENGLISH)
        if context.step_func.__module__.startswith("steps.") and spoken == language:
            phrases[context.type or "step"].append((context.parser.name, context.step_func.__module__))
    lines = []
    for keyword in ("given", "when", "then"):
        lines += [DIALECTS[language][keyword][1].strip()]  # the first is the asterisk
        lines += [
            f"  {phrase}  ({module.removeprefix('steps.')})" for phrase, module in sorted(phrases[keyword])
        ]
    return "\n".join(lines)


def scenarios_by_requirement(language: str = ENGLISH) -> defaultdict[str, list[ScenarioTemplate]]:
    """Return the scenarios that a run in a language reads, under the requirements they are tagged with."""
    from pytest_bdd.feature import get_feature  # noqa: PLC0415 - imports pytest, which a wrong id need not wait for

    found: defaultdict[str, list[ScenarioTemplate]] = defaultdict(list)
    for path in places.chapters(language):
        feature = get_feature(str(places.features()), str(path.relative_to(places.features())))
        for template in feature.scenarios.values():
            for tag in template.tags.union(*(examples.tags for examples in template.examples)):
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
