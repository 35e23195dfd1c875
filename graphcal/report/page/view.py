"""Arrange a report as the HTML page reads it: troubles first, then the specification, then the evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from http import HTTPStatus
from itertools import groupby, takewhile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from graphcal.report import wording
from graphcal.report.page.json_view import Line, view
from graphcal.report.page.markup import Markup, http_message, link, tag

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphcal.report.model import Exchange, Finding, Json, Recording, Report, Requirement, Scenario, Step


@dataclass(frozen=True)
class Evidence:
    """A finding with the exchange that shows it, None where an earlier finding has shown it."""

    finding: Finding
    exchange: Exchange | None
    paths: Sequence[str]


@dataclass(frozen=True)
class Rule:
    """A rule as a sentence ("" for scenarios outside any rule) and its scenarios."""

    text: str
    background: Sequence[Step]
    scenarios: Sequence[Scenario]


@dataclass(frozen=True)
class Chapter:
    """A feature in reading order, with its tally."""

    path: str
    title: str
    paragraphs: Sequence[str]
    background: Sequence[Step]
    rules: Sequence[Rule]
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Family:
    """The requirements of one chapter of the catalogue, with their tally."""

    key: str
    title: str
    requirements: Sequence[Requirement]
    counts: Mapping[str, int]


class View:
    """What the sections of the page show, computed from the report."""

    def __init__(self, report: Report) -> None:
        """Sort the scenarios by what a reader needs first."""
        self.report = report
        self.counts = wording.tally(scenario.outcome for scenario in report.scenarios)
        self.troubled = wording.with_outcome(report, "failed", "error")
        self.remarked = wording.with_outcome(report, "warned", "known")
        self.unchecked = wording.with_outcome(report, "unsupported", "unmet")
        self.requirements = {requirement.id: requirement for requirement in report.requirements}
        self.scenarios = {scenario.id: scenario for scenario in report.scenarios}

    @cached_property
    def sections(self) -> list[str]:
        """The fragments of the sections that have something to show."""
        report = self.report
        contents = {
            "failures": self.troubled,
            "remarks": self.remarked,
            "unchecked": self.unchecked,
            "specification": report.scenarios,
            "requirements": report.requirements,
            "exchanges": report.exchanges,
            "recordings": report.recordings,
        }
        return [fragment for fragment, content in contents.items() if content]

    def section_of(self, outcome: str) -> str:
        """Return the fragment of the section that shows scenarios with this outcome."""
        places = {"failures": self.troubled, "remarks": self.remarked, "unchecked": self.unchecked}
        return next(
            (f for f, shown in places.items() if any(s.outcome == outcome for s in shown)), "specification"
        )

    @cached_property
    def reasons(self) -> dict[tuple[str, str], list[Scenario]]:
        """What was not checked, by outcome and reason."""
        groups: dict[tuple[str, str], list[Scenario]] = {}
        for scenario in self.unchecked:
            groups.setdefault((scenario.outcome, wording.first_line(scenario.message)), []).append(scenario)
        return groups

    @cached_property
    def fragments(self) -> dict[tuple[str, str], str]:
        """A readable fragment, unique in the page, for each thing that is linked to."""
        scenarios = self.report.scenarios
        things = [
            *((("feature", path), _stem(path)) for path in wording.feature_paths(self.report)),
            *((("scenario", s.id), f"{_stem(s.feature)} {s.title}") for s in scenarios),
            *((("requirement", name), name) for name in self.requirements),
            *((("exchange", name), f"exchange {name}") for name in self.report.exchanges),
            *((("trouble", s.id), f"trouble {s.title}") for s in (*self.troubled, *self.remarked)),
        ]
        taken = {"main", *self.sections}
        return {thing: _unused(name, taken) for thing, name in things}

    def fragment(self, kind: str, name: str) -> str:
        """Return the fragment of a thing, "" where the page does not show it."""
        return self.fragments.get((kind, name), "")

    def link(self, kind: str, name: str, label: str = "") -> Markup:
        """Link to a thing, or only name it where the page does not show it."""
        fragment = self.fragment(kind, name)
        return link(f"#{fragment}" if fragment else "", label or name)

    def source(self, requirement: Requirement) -> Markup:
        """Link to the page that a requirement comes from."""
        return link(requirement.url, requirement.source)

    @cached_property
    def chapters(self) -> list[Chapter]:
        """The features with their rules and scenarios, without those that nothing was run of."""
        titles = wording.feature_titles(self.report)
        descriptions = {feature.path: feature.description for feature in self.report.features}
        chapters = []
        for path, group in groupby(wording.in_order(self.report), key=lambda scenario: scenario.feature):
            mine = list(group)
            paragraphs = [part for part in re.split(r"\n\s*\n", descriptions.get(path, "")) if part.strip()]
            shared = _shared(mine)
            rules = [
                _rule(text, list(scenarios), shared)
                for text, scenarios in groupby(mine, key=lambda s: s.rule)
            ]
            counts = wording.tally(scenario.outcome for scenario in mine)
            chapters.append(Chapter(path, titles[path], paragraphs, shared, rules, counts))
        return chapters

    @cached_property
    def families(self) -> list[Family]:
        """The catalogue by chapter."""
        rows: dict[str, list[Requirement]] = {key: [] for key in self.report.chapters}
        for requirement in self.report.requirements:
            rows.setdefault(requirement.chapter, []).append(requirement)
        titles = self.report.chapters
        return [
            Family(k, titles.get(k, ""), mine, wording.tally(r.outcome for r in mine))
            for k, mine in rows.items()
        ]

    @cached_property
    def exchanges(self) -> dict[str, list[Exchange]]:
        """The exchanges by the chapter that their id begins with, titled as the feature of that name."""
        titles = {_stem(path): title for path, title in wording.feature_titles(self.report).items()}
        groups: dict[str, list[Exchange]] = {}
        for exchange in self.report.exchanges.values():
            stem, _, number = exchange.id.rpartition("-")
            groups.setdefault(titles.get(stem, stem) if number.isdigit() else "", []).append(exchange)
        return groups

    def evidence(self, scenario: Scenario) -> list[Evidence]:
        """Return the findings of a scenario, each exchange with the first finding that names it."""
        shown: set[str] = set()
        evidence = []
        for finding in scenario.findings:
            exchange = None if finding.exchange in shown else self.report.exchanges.get(finding.exchange)
            paths = [other.path for other in scenario.findings if other.exchange == finding.exchange]
            evidence.append(Evidence(finding, exchange, paths))
            shown.add(finding.exchange)
        return evidence

    @cached_property
    def _paths(self) -> dict[str, list[str]]:
        """The JSON paths that findings name, by exchange."""
        found: dict[str, list[str]] = {}
        for finding in (finding for scenario in self.report.scenarios for finding in scenario.findings):
            found.setdefault(finding.exchange, []).append(finding.path)
        return found

    def request(self, exchange: Exchange, *, excerpt: bool = False) -> Markup:
        """Write what was sent."""
        start = f"{exchange.method} {exchange.url}"
        return http_message(
            start, exchange.request_headers, _body(exchange.request_body, (), excerpt=excerpt)
        )

    def answer(self, exchange: Exchange, paths: Sequence[str] | None = None) -> Markup:
        """Write what came back: whole, every finding's place marked, or shortened to the paths given."""
        marked = self._paths.get(exchange.id, ()) if paths is None else paths
        start = status(exchange)
        if "" in marked:
            start = tag("mark", start)  # a finding on the answer as a whole, which its status sums up
        lines = _body(exchange.response_body, marked, excerpt=paths is not None)
        return http_message(start, exchange.response_headers, lines)

    def recorded_chapter(self, recording: Recording) -> Markup:
        """Link to the feature that a recording belongs to."""
        fitting = [path for path in wording.feature_paths(self.report) if _stem(path) == recording.chapter]
        return self.link("feature", fitting[0] if fitting else "", recording.chapter)


def status(exchange: Exchange) -> str:
    """Write the status of an answer with its usual phrase: "201 Created"."""
    if exchange.status is None:
        return "no answer came"
    try:
        return f"{exchange.status} {HTTPStatus(exchange.status).phrase}"
    except ValueError:
        return str(exchange.status)


def _body(content: Json, paths: Sequence[str], *, excerpt: bool) -> list[Line]:
    return [] if content is None or content == "" else view(content, paths, excerpt=excerpt)


def own_steps(scenario: Scenario) -> Sequence[Step]:
    """Return the steps below the scenario's heading; all of them where trouble came before."""
    background = _background(scenario)
    return (
        scenario.steps[len(background) :]
        if all(s.outcome == "passed" for s in background)
        else scenario.steps
    )


def short(url: str) -> str:
    """Return an address without the host and version that all of them share."""
    return re.sub(r"^https?://[^/]+(?:/v1\.0)?(?=/)", "", url)


def _background(scenario: Scenario) -> Sequence[Step]:
    """Return the steps that stand above the scenario's heading, in a Background."""
    return list(takewhile(lambda step: step.line < scenario.line, scenario.steps))


def _shared(scenarios: Sequence[Scenario]) -> Sequence[Step]:
    """Return the background steps that all scenarios have in common, as they are written."""
    first, *others = map(_background, scenarios)
    lines = [{step.line for step in other} for other in others]
    return [replace(step, outcome="passed") for step in first if all(step.line in other for other in lines)]


def _rule(text: str, scenarios: Sequence[Scenario], shared: Sequence[Step]) -> Rule:
    return Rule(text, _shared(scenarios)[len(shared) :], scenarios)


def _stem(path: str) -> str:
    return PurePosixPath(path).stem


def _unused(name: str, taken: set[str]) -> str:
    """Turn a name into a fragment that is not taken yet."""
    base = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:80] or "part"
    fragment, number = base, 1
    while fragment in taken:
        number += 1
        fragment = f"{base}-{number}"
    taken.add(fragment)
    return fragment
