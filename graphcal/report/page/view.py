"""Arrange a report as the HTML page reads it: troubles first, then the specification, then the evidence."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass, replace
from functools import cached_property
from http import HTTPStatus
from itertools import groupby, takewhile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from graphcal import places
from graphcal.catalogue import LEVELS
from graphcal.report import wording
from graphcal.report.page.json_view import indented
from graphcal.report.page.markup import Markup, filled, link

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphcal.report.model import Exchange, Finding, Recording, Report, Requirement, Scenario, Step
    from graphcal.report.page.markup import Child
    from graphcal.report.words import Words

NOT_RUN = "not run"  # what a step is that another one kept from being run
MOST_TOLD = 150  # cases that are told in full, room or not
MOST_UNFOLDED = 20  # failures and errors that are told in full without a click
LONGEST_REASON, SHORTEST_REASON = 500, 80  # characters of the first line of a message
ALL_REASONS = 30_000  # characters of all that differ

_LONG_ID = re.compile(r"(?<![\w%-])(?=[a-zA-Z_%-]*\d)([\w%-]{6})[\w%=-]{16,}([\w%=-]{4})")


@dataclass(frozen=True)
class Evidence:
    """A finding with the exchange that shows it, None where an earlier finding has shown it."""

    finding: Finding
    exchange: Exchange | None
    paths: Sequence[str]


@dataclass(frozen=True)
class Chapter:
    """The requirements of one chapter of the catalogue, with their tally and the verdict on them."""

    key: str
    title: str
    requirements: Sequence[Requirement]
    counts: Mapping[str, int]
    verdict: str


@dataclass(frozen=True)
class Rule:
    """A rule of a feature as a sentence ("" for scenarios outside any rule), with their tally."""

    text: str
    background: Sequence[Step]
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Feature:
    """A feature file as it opens, with its rules in reading order and its tally."""

    path: str
    title: str
    paragraphs: Sequence[str]
    background: Sequence[Step]
    rules: Sequence[Rule]
    counts: Mapping[str, int]


class View:
    """What the sections of the page show, computed from the report."""

    def __init__(
        self, report: Report, words: Words, *, most: int = MOST_TOLD, missing: int = 0, lean: bool = False
    ) -> None:
        """Sort the scenarios by what a reader needs first.

        `most` is how many cases there is room for; `missing` how many exchanges of the run
        the report was relieved of; a `lean` page shows a curl only where a finding speaks of the answer.
        """
        self.report = report
        self.words = words
        self.missing = missing
        self.lean = lean
        self.counts = wording.tally(scenario.outcome for scenario in report.scenarios)
        self.troubled = sorted(wording.with_outcome(report, "failed", "error"), key=_weight)
        self.remarked = wording.with_outcome(report, "warned", "known")
        self.unchecked = wording.with_outcome(report, "unsupported", "unmet")
        self.requirements = {requirement.id: requirement for requirement in report.requirements}
        self.scenarios = {scenario.id: scenario for scenario in report.scenarios}
        different = {wording.first_line(s.message) for s in report.scenarios}
        self.reason_length = max(SHORTEST_REASON, min(LONGEST_REASON, ALL_REASONS // (len(different) or 1)))
        self.causes = self._by_reason(self.troubled)
        self.reasons = self._by_reason(self.unchecked)
        self.cases = self._cases()[:most]
        self.told = {scenario.id for scenario in self.cases}
        self.unfolded = {s.id for s in self.cases[:MOST_UNFOLDED] if s.outcome in {"failed", "error"}}

    @cached_property
    def sections(self) -> list[str]:
        """The fragments of the sections that have something to show."""
        report = self.report
        contents = {
            "failures": self.troubled,
            "remarks": self.remarked,
            "unchecked": self.unchecked,
            "specification": report.scenarios or report.requirements,
            "features": report.scenarios,
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

    def lang(self, path: str = "") -> str | None:
        """Return the language of what a feature file says, or the suite; None where the page is in it too."""
        language = places.language_of(Path(path))
        return None if language == self.words.language else language

    def say(self, key: str, /, **children: Child) -> list[Child]:
        """Return the words of a key with children in their places."""
        return filled(self.words.table[key], **children)

    def reason(self, scenario: Scenario) -> str:
        """Return the first line of what a scenario says, which is complete on its own."""
        return wording.shortened(wording.first_line(scenario.message), self.reason_length, self.words)

    def _by_reason(self, scenarios: Sequence[Scenario]) -> dict[tuple[str, str], list[Scenario]]:
        """Group scenarios by outcome and reason, each group where its first one stands."""
        groups: dict[tuple[str, str], list[Scenario]] = {}
        for scenario in scenarios:
            groups.setdefault((scenario.outcome, self.reason(scenario)), []).append(scenario)
        return groups

    def _cases(self) -> list[Scenario]:
        """List what is worth being told in full, the most telling first.

        That is one scenario of each cause, then the others that found something of their own, then
        warnings and known deviations.
        """
        groups = self.causes.values()
        others = [scenario for group in groups for scenario in group[1:] if scenario.findings]
        return [*(group[0] for group in groups), *others, *self.remarked]

    @cached_property
    def listed(self) -> dict[tuple[str, str], list[Scenario]]:
        """The scenarios that failed or were not checked, by outcome and reason."""
        return self.causes | self.reasons

    def account(self, scenario: Scenario) -> Markup | None:
        """Link to where a scenario is told in full, or one of the same cause, or else its reason."""
        group = self.listed.get((scenario.outcome, self.reason(scenario)), [])
        told = next((one.id for one in (scenario, *group[:1]) if one.id in self.told), None)
        if told:
            return self.link("trouble", told, self.words("spec.all_about_it"))
        reason = f"{scenario.outcome} {self.reason(scenario)}"
        return self.link("reason", reason, self.words("spec.reason")) if group else None

    @cached_property
    def fragments(self) -> dict[tuple[str, str], str]:
        """A short fragment, unique in the page, for each thing that is linked to.

        Where there are hundreds of them, they consist of a letter, the number of the feature and a line
        or the number of the exchange: s3-24, x3-7. A requirement's is its id, which people know and type.
        """
        paths = wording.feature_paths(self.report)
        numbers = {_name(path): str(number) for number, path in enumerate(paths, start=1)}
        things = [
            *((("requirement", name), name) for name in self.requirements),
            *((("feature", path), _name(path)) for path in paths),
            *((("scenario", s.id), f"s{numbers[_name(s.feature)]}-{s.line}") for s in self.report.scenarios),
            *((("trouble", s.id), f"t{numbers[_name(s.feature)]}-{s.line}") for s in self.cases),
            *((("reason", " ".join(reason)), f"r{n}") for n, reason in enumerate(self.listed, start=1)),
        ]
        for name in self.report.exchanges:
            chapter, _, number = name.rpartition("-")
            things.append((("exchange", name), f"x{numbers.get(chapter, chapter)}-{number}"))
        taken = {"main", "filter", "shown", "copied", *self.sections}
        return {thing: _unused(name, taken) for thing, name in things}

    def fragment(self, kind: str, name: str) -> str:
        """Return the fragment of a thing, "" where the page does not show it."""
        return self.fragments.get((kind, name), "")

    def link(self, kind: str, name: str, label: str = "", lang: str | None = None) -> Markup:
        """Link to a thing, or only name it where the page does not show it."""
        fragment = self.fragment(kind, name)
        return link(f"#{fragment}" if fragment else "", label or name, lang=lang)

    def scenario_link(self, scenario: Scenario) -> Markup:
        """Link to the place in the specification where a scenario is written."""
        return self.link("scenario", scenario.id, scenario.title, self.lang(scenario.feature))

    def source(self, requirement: Requirement) -> Markup:
        """Link to the page that a requirement comes from."""
        return link(requirement.url, requirement.source, lang=self.lang())

    @cached_property
    def chapters(self) -> list[Chapter]:
        """The catalogue by chapter."""
        rows: dict[str, list[Requirement]] = {key: [] for key in self.report.chapters}
        for requirement in self.report.requirements:
            rows.setdefault(requirement.chapter, []).append(requirement)
        titles = self.report.chapters
        verdicts = {s.name: s.verdict for s in self.report.standings if s.kind == "chapter"}
        return [
            Chapter(
                key, titles.get(key, ""), mine, wording.tally(r.outcome for r in mine), verdicts.get(key, "")
            )
            for key, mine in rows.items()
            if mine
        ]

    @cached_property
    def homes(self) -> dict[str, str]:
        """The requirement under which a scenario is written out, by its id: the first that it judges."""
        homes: dict[str, str] = {}
        for requirement in self.report.requirements:
            for name in requirement.scenarios:
                homes.setdefault(name, requirement.id)
        return homes

    @cached_property
    def homeless(self) -> list[Scenario]:
        """The scenarios that judge no requirement of the catalogue."""
        return [s for s in wording.in_order(self.report) if s.id not in self.homes]

    @cached_property
    def features(self) -> list[Feature]:
        """The features with their rules, without those that nothing was run of."""
        titles = wording.feature_titles(self.report)
        descriptions = {feature.path: feature.description for feature in self.report.features}
        features = []
        for path, group in groupby(wording.in_order(self.report), key=lambda scenario: scenario.feature):
            mine = list(group)
            paragraphs = [part for part in re.split(r"\n\s*\n", descriptions.get(path, "")) if part.strip()]
            shared = _shared(mine)
            rules = [
                Rule(text, _shared(ruled)[len(shared) :], wording.tally(s.outcome for s in ruled))
                for text, ruled in ((text, list(part)) for text, part in groupby(mine, key=lambda s: s.rule))
            ]
            counts = wording.tally(scenario.outcome for scenario in mine)
            features.append(Feature(path, titles[path], paragraphs, shared, rules, counts))
        return features

    @cached_property
    def exchanges(self) -> dict[str, list[Exchange]]:
        """The exchanges by the chapter that their id begins with, titled as the feature of that name."""
        titles = {_name(path): title for path, title in wording.feature_titles(self.report).items()}
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
    def repeated(self) -> dict[str, str]:
        """The exchange whose answer had the same body before, by exchange; none of which a finding speaks."""
        first: dict[str, str] = {}
        found = {
            name: first.setdefault(json.dumps(one.response_body, default=str), name)
            for name, one in self.report.exchanges.items()
        }
        return {name: before for name, before in found.items() if name not in {before, *self.paths}}

    @cached_property
    def paths(self) -> dict[str, list[str]]:
        """The JSON paths that findings name, by exchange."""
        found: dict[str, list[str]] = {}
        for finding in (finding for scenario in self.report.scenarios for finding in scenario.findings):
            found.setdefault(finding.exchange, []).append(finding.path)
        return found

    @cached_property
    def asked(self) -> dict[str, Exchange]:
        """The exchange that asked first with a curl."""
        return {exchange.curl: exchange for exchange in [*self.report.exchanges.values()][::-1]}

    @cached_property
    def commands(self) -> dict[str, str]:
        """Each curl with the JSON that it sends indented, which sends the same."""
        return {
            curl: curl.replace(shlex.quote(json.dumps(sent, ensure_ascii=False)), shlex.quote(indented(sent)))
            for curl, sent in ((curl, one.request_body) for curl, one in self.asked.items())
            if isinstance(sent, dict)
        }

    def command(self, curl: str) -> str:
        """Return a curl as it is shown."""
        return self.commands.get(curl, curl)

    def recorded_chapter(self, recording: Recording) -> Markup:
        """Link to the feature that a recording belongs to."""
        fitting = [path for path in wording.feature_paths(self.report) if _name(path) == recording.chapter]
        return self.link("feature", fitting[0] if fitting else "", recording.chapter)


def status(exchange: Exchange) -> str:
    """Write the status of an answer with its usual phrase, "201 Created"; "" where no answer came."""
    if exchange.status is None:
        return ""
    try:
        return f"{exchange.status} {HTTPStatus(exchange.status).phrase}"
    except ValueError:
        return str(exchange.status)


def own_steps(scenario: Scenario) -> Sequence[Step]:
    """Return the steps below the scenario's heading, after the one above it that ended the scenario.

    The table of that one is told with the feature.
    """
    background = _background(scenario)
    culprits = [replace(step, table=()) for step in background if step.outcome not in {"passed", NOT_RUN}]
    return [*culprits, *scenario.steps[len(background) :]]


def without_host(url: str) -> str:
    """Return an address without the host and version that all of them share."""
    return re.sub(r"^https?://[^/]+(?:/v1\.0)?(?=/)", "", url)


def short(address: str) -> str:
    """Return an address with each long id by its beginning and its end."""
    return _LONG_ID.sub(r"\1…\2", address)


def _background(scenario: Scenario) -> Sequence[Step]:
    """Return the steps that stand above the scenario's heading, in a Background."""
    return list(takewhile(lambda step: step.line < scenario.line, scenario.steps))


def _shared(scenarios: Sequence[Scenario]) -> Sequence[Step]:
    """Return the background steps that all scenarios have in common, as they are written."""
    first, *others = map(_background, scenarios)
    lines = [{step.line for step in other} for other in others]
    return [replace(step, outcome="passed") for step in first if all(step.line in other for other in lines)]


def _weight(scenario: Scenario) -> tuple[bool, int]:
    """Return what orders troubles: failures before errors, and the more a page promises, the sooner."""
    level = LEVELS.index(scenario.level) if scenario.level in LEVELS else len(LEVELS)
    return scenario.outcome == "error", level


def _name(path: str) -> str:
    """Return what a feature is called in fragments and in the ids of its exchanges: "walkthrough"."""
    return PurePosixPath(path).stem


def _unused(name: str, taken: set[str]) -> str:
    """Turn a name into a fragment that is not taken yet."""
    base = re.sub(r"[^a-zA-Z0-9]+", "-", name).strip("-")[:80] or "part"
    fragment, number = base, 1
    while fragment in taken:
        number += 1
        fragment = f"{base}-{number}"
    taken.add(fragment)
    return fragment
