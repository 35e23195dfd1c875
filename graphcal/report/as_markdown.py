"""Write report.md, a comment on a pull request: verdict, failures with all that mends them, then numbers."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from graphcal.report import wording
from graphcal.report.wording import (
    MARKS,
    VERDICT_MARKS,
    first_line,
    printable,
    shortened,
    tally,
    with_outcome,
)
from graphcal.report.words import ENGLISH, words_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphcal.report.model import Finding, Report, Requirement, Scenario
    from graphcal.report.words import Words

LONGEST = 5_500  # characters: what a reader of a pull request still scrolls through
MOST_FINDINGS = 2  # of one scenario
MOST_NAMED = 12  # requirements in a list
MOST_REMARKS = 6  # reasons or notes
MOST_TOGETHER = 3  # requirements that share a reason, scenarios that share requirements
LONGEST_VALUE = 160  # characters
LONGEST_COMMAND = (
    1000  # characters: a longer one stands in report.html alone, for a cut one asks something else
)

_SPECIAL = re.compile(r"[\\`*_\[\]|~]")
_LEADING = re.compile(r"^(\d*)([-+=.)])(?=[-=\s]|$)")
_BREAKING = re.compile(r"[<>\s\\]")  # what would end a link's address early
_LINKING = re.compile(r"@|#|\$|://|www\.", re.IGNORECASE)


def text(report: Report, language: str = ENGLISH) -> str:
    """Return the run as GitHub Markdown in one of the LANGUAGES, however much failed about LONGEST long."""
    words = words_in(language)
    writer = _Writer(report, words)
    top, bottom = list(writer.top()), list(writer.bottom())
    room = LONGEST - sum(len(part) + 2 for part in (*top, *bottom))
    blocks = [*top, *writer.failures(room), *bottom]
    return printable("\n\n".join(block for block in blocks if block)) + "\n"


def plain(value: str) -> str:
    """Write any text so that Markdown shows it as it is: one line, no markup, no mention, no bare link."""
    escaped = _SPECIAL.sub(r"\\\g<0>", escape(" ".join(value.split()), quote=False))
    return _LINKING.sub(_inert, _LEADING.sub(r"\1\\\2", escaped))


def _inert(match: re.Match[str]) -> str:
    found = match.group()
    return "<span>$</span>" if found == "$" else f"{found[0]}<!-- -->{found[1:]}"


def code(value: str) -> str:
    """Write any text as a code span, whatever backticks it holds."""
    shown = " ".join(value.split())
    if not shown:
        return "` `"
    fence = "`" * (_longest_run(shown) + 1)
    space = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{space}{shown}{space}{fence}"


def block(value: str, language: str) -> str:
    """Write any text as a fenced block, whatever backticks it holds."""
    fence = "`" * max(3, _longest_run(value) + 1)
    return f"{fence}{language}\n{value.strip()}\n{fence}"


def _longest_run(value: str) -> int:
    return max((len(run) for run in re.findall("`+", value)), default=0)


class _Writer:
    """Writes the blocks of one comment."""

    def __init__(self, report: Report, words: Words) -> None:
        self._report = report
        self._words = words
        self._requirements = {requirement.id: requirement for requirement in report.requirements}

    def top(self) -> Iterator[str]:
        """Write the verdict, and of what run it is."""
        report, words = self._report, self._words
        word, rest = wording.verdict(report, words)
        yield f"{VERDICT_MARKS.get(report.verdict, '')} **{plain(word)}:** {plain(self._short(rest))}"
        facts = [
            self._short(report.target.name),
            words.count(report.requests, "request"),
            wording.duration(report.seconds, words),
            wording.moment(report.started, words),
            f"graphcal {report.version}",
        ]
        yield " · ".join(map(plain, map(self._short, facts)))

    def bottom(self) -> Iterator[str]:
        """Write what is no failure: warnings, what was not checked, the numbers, what a pass is worth."""
        yield from self._remarks("remarks", ("warned", "known"))
        yield from self._remarks("unchecked", ("unsupported", "unmet"))
        levels = (found for found in self._report.standings if found.kind == "level")
        yield " · ".join(plain(wording.standing(found, self._words)) for found in levels)
        yield self._table()
        yield "\n".join(f"- {plain(self._short(note))}" for note in self._report.notes[:MOST_REMARKS])
        yield plain(" ".join(map(self._short, wording.provenance(self._report, self._words))))

    def failures(self, room: int) -> Iterator[str]:
        """Write as many failures as fit into so many characters, one at least; of the rest, the requirements."""
        groups: dict[tuple[str, tuple[str, ...]], list[Scenario]] = {}
        for scenario in with_outcome(self._report, "failed", "error"):
            groups.setdefault((scenario.outcome, scenario.requirements), []).append(scenario)
        waiting = list(groups.values())
        while waiting:
            written = "\n\n".join(self._failure(waiting[0]))
            room -= len(written) + 2
            if room < 0 and len(waiting) < len(groups):
                yield self._rest([scenario for group in waiting for scenario in group])
                return
            yield written
            waiting.pop(0)

    def _rest(self, scenarios: Sequence[Scenario]) -> str:
        """Count the scenarios that are not told, by requirement."""
        numbers = tally(name for scenario in scenarios for name in scenario.requirements)
        named = self._listed([f"{name} ({number})" for name, number in numbers.items()], MOST_NAMED)
        told = self._words("comment.rest", more=self._words.count(len(scenarios), "more_failures"))
        return f"**{plain(told)}** {named}"

    def _failure(self, scenarios: Sequence[Scenario]) -> Iterator[str]:
        """Write what scenarios of the same requirements found: the sentences, each scenario, one request."""
        first = scenarios[0]
        names = self._listed(first.requirements, MOST_TOGETHER)
        heading = [f"### {MARKS[first.outcome]} {plain(self._words.name('outcome', first.outcome))}"]
        yield ": ".join([*heading, names] if names else heading)
        found = (self._requirements.get(name) for name in first.requirements[:MOST_TOGETHER])
        yield from (self._requirement(requirement) for requirement in found if requirement)
        told = [line for scenario in scenarios[:MOST_TOGETHER] for line in self._scenario(scenario)]
        if more := len(scenarios[MOST_TOGETHER:]):
            told.append(f"- {plain(self._words('comment.more', more=more))}")
        yield "\n".join(told)
        curls = [scenario.curl for scenario in scenarios if 0 < len(scenario.curl) <= LONGEST_COMMAND]
        if curls:
            summary = plain(self._words("comment.curl"))
            yield f"<details><summary>{summary}</summary>\n\n{block(curls[0], 'sh')}\n\n</details>"

    def _requirement(self, requirement: Requirement) -> str:
        source = plain(self._short(requirement.source))
        if requirement.url.startswith("https://"):
            source = f"[{source}](<{_BREAKING.sub('', requirement.url)}>)"
        level = plain(self._words.name("level", requirement.level))
        return f"> {plain(requirement.text)} ({level}: {source})"

    def _scenario(self, scenario: Scenario) -> Iterator[str]:
        place = code(self._short(f"{scenario.feature}:{scenario.line}"))
        yield f"- {plain(self._short(scenario.title))} ({place})"
        if not scenario.findings:
            yield f"  - {plain(self._short(first_line(scenario.message)))}"
        for finding in scenario.findings[:MOST_FINDINGS]:
            yield from (f"  - {line}" for line in self._finding(finding))
        if more := len(scenario.findings[MOST_FINDINGS:]):
            yield f"  - {plain(self._words('comment.more', more=more))}"

    def _finding(self, finding: Finding) -> Iterator[str]:
        words = self._words
        yield f"{words('page.expected')}: {code(self._short(finding.expected))}"
        place = f" ({code(self._short(finding.path))})" if finding.path else ""
        yield f"{words('page.actual')}: {code(self._short(finding.actual))}{place}"
        if finding.hint:
            yield f"{words('page.note')}: {plain(self._short(finding.hint))}"

    def _remarks(self, title: str, outcomes: Sequence[str]) -> Iterator[str]:
        """Write what ended so, in one line for each reason."""
        groups: dict[tuple[str, str], list[Scenario]] = {}
        for scenario in with_outcome(self._report, *outcomes):
            groups.setdefault((scenario.outcome, first_line(scenario.message)), []).append(scenario)
        if groups:
            yield f"### {plain(self._words(f'sections.{title}'))}"
            lines = [self._remark(*key, scenarios) for key, scenarios in groups.items()]
            more = len(lines) - MOST_REMARKS
            yield "\n".join(lines[:MOST_REMARKS] + ([f"- … (+{more})"] if more > 0 else []))

    def _remark(self, outcome: str, reason: str, scenarios: Sequence[Scenario]) -> str:
        names = [*dict.fromkeys(name for scenario in scenarios for name in scenario.requirements)]
        parts = [
            f"- {MARKS[outcome]} {plain(self._words.name('outcome', outcome))}",
            self._listed(names, MOST_TOGETHER),
            plain(self._short(reason)),
        ]
        return ": ".join(filter(None, parts))

    def _table(self) -> str:
        """Count the requirements by chapter, each with the worst outcome of its scenarios, and judge each chapter."""
        report, words = self._report, self._words
        total = tally(requirement.outcome for requirement in report.requirements)
        if not total:
            return ""
        columns = sorted(total, key=lambda outcome: outcome != "passed")
        named = [words.name("outcome", column) for column in columns]
        heads = [words("comment.requirements"), words("comment.verdict"), *named]
        rows = [[plain(head) for head in heads], ["---", "---", *("--:" for _ in columns)]]
        verdicts = {
            (found.kind, found.name): words.name("verdict", found.verdict) for found in report.standings
        }
        for key, title in report.chapters.items():
            counts = tally(row.outcome for row in report.requirements if row.chapter == key)
            verdict = plain(verdicts.get(("chapter", key), ""))
            numbers = (str(counts.get(column, "")) for column in columns)
            rows.append([f"{plain(key)} {plain(title)}", verdict, *numbers])
        verdict = plain(verdicts.get(("all", ""), ""))
        rows.append([plain(words("comment.all")), verdict, *(f"**{total[column]}**" for column in columns)])
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)

    def _listed(self, values: Sequence[str], most: int) -> str:
        """Write the first values with commas between, and how many more there are."""
        more = len(values) - most
        shown = [plain(self._short(value)) for value in values[:most]]
        return ", ".join(shown + ([f"… (+{more})"] if more > 0 else []))

    def _short(self, value: str) -> str:
        return shortened(" ".join(value.split()), LONGEST_VALUE, self._words)
