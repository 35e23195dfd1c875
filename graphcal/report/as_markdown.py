"""Write report.md, short enough for a comment on a pull request: verdict, table, failures, warnings."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from graphcal.report.wording import (
    MARKS,
    VERDICT_MARKS,
    duration,
    first_line,
    moment,
    plural,
    printable,
    provenance,
    tally,
    verdict,
    with_outcome,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphcal.report.model import Finding, Report, Requirement, Scenario

MOST_FAILURES = 10
MOST_FINDINGS = 3  # of one scenario
MOST_REMARKS = 10
LONGEST_VALUE = 300  # characters
LONGEST_COMMAND = 1500  # characters

_SPECIAL = re.compile(r"[\\`*_\[\]|~]")
_LEADING = re.compile(r"^(\d*)([-+=.)])(?=[-=\s]|$)")
_BREAKING = re.compile(r"[<>\s\\]")  # what would end a link's address early
_LINKING = re.compile(r"@|#|\$|://|www\.", re.IGNORECASE)


def text(report: Report) -> str:
    """Return the run as GitHub Markdown, below the length that a comment may have."""
    word, rest = verdict(report)
    blocks = [
        f"{VERDICT_MARKS.get(report.verdict, '')} **{plain(word)}:** {plain(rest)}",
        _origin(report),
        _table(report),
        *_failures(report),
        *_remarks(report, "Warnings and known deviations", ("warned", "known")),
        *_remarks(report, "Not checked", ("unsupported", "unmet")),
        *(f"- {plain(note)}" for note in report.notes),
        plain(" ".join(provenance(report))),
    ]
    return printable("\n\n".join(block for block in blocks if block)) + "\n"


def _origin(report: Report) -> str:
    numbers = f"{plural(report.requests, 'request')} · {duration(report.seconds)}"
    return f"{plain(report.target.name)} · {numbers} · {plain(moment(report.started))} · graphcal {plain(report.version)}"


def plain(value: str) -> str:
    """Write any text so that Markdown shows it as it is: one line, no markup, no mention, no bare link."""
    escaped = _SPECIAL.sub(r"\\\g<0>", escape(" ".join(value.split()), quote=False))
    return _LINKING.sub(_inert, _LEADING.sub(r"\1\\\2", escaped))


def _inert(match: re.Match[str]) -> str:
    found = match.group()
    return "<span>$</span>" if found == "$" else f"{found[0]}<!-- -->{found[1:]}"


def code(value: str) -> str:
    """Write any text as a code span, whatever backticks it holds."""
    shown = _short(" ".join(value.split()), LONGEST_VALUE)
    if not shown:
        return "(empty)"
    fence = "`" * (_longest_run(shown) + 1)
    space = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{space}{shown}{space}{fence}"


def block(value: str, language: str) -> str:
    """Write any text as a fenced block, whatever backticks it holds."""
    fence = "`" * max(3, _longest_run(value) + 1)
    return f"{fence}{language}\n{_short(value.strip(), LONGEST_COMMAND)}\n{fence}"


def _longest_run(value: str) -> int:
    return max((len(run) for run in re.findall("`+", value)), default=0)


def _short(value: str, length: int) -> str:
    return value if len(value) <= length else f"{value[:length]}… ({len(value) - length:,} characters more)"


def _table(report: Report) -> str:
    """Count the requirements by chapter; each has the worst outcome of its scenarios."""
    total = tally(requirement.outcome for requirement in report.requirements)
    if not total:
        return ""
    columns = sorted(total, key=lambda outcome: outcome != "passed")
    rows = [["Requirements", *map(plain, columns)], ["---", *("--:" for _ in columns)]]
    for key, title in report.chapters.items():
        counts = tally(
            requirement.outcome for requirement in report.requirements if requirement.chapter == key
        )
        rows.append([f"{plain(key)} {plain(title)}", *(str(counts.get(outcome, "")) for outcome in columns)])
    rows.append(["**all**", *(f"**{total[outcome]}**" for outcome in columns)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _failures(report: Report) -> Iterable[str]:
    troubled = with_outcome(report, "failed", "error")
    requirements = {requirement.id: requirement for requirement in report.requirements}
    for scenario in troubled[:MOST_FAILURES]:
        yield from _failure(scenario, [requirements[i] for i in scenario.requirements if i in requirements])
    if len(troubled) > MOST_FAILURES:
        yield f"… and {plural(len(troubled) - MOST_FAILURES, 'more scenario')} in report.html."


def _failure(scenario: Scenario, requirements: Sequence[Requirement]) -> Iterable[str]:
    yield f"### {MARKS[scenario.outcome]} {plain(scenario.outcome)}: {plain(scenario.title)}"
    if not scenario.findings:
        yield plain(_short(first_line(scenario.message), LONGEST_VALUE))
    facts = [fact for finding in scenario.findings[:MOST_FINDINGS] for fact in _facts(finding)]
    if len(scenario.findings) > MOST_FINDINGS:
        facts.append(f"- … and {len(scenario.findings) - MOST_FINDINGS} more in report.html")
    facts += [_requirement(requirement) for requirement in requirements]
    facts.append(f"- Where: {code(f'{scenario.feature}:{scenario.line}')}")
    yield "\n".join(facts)
    if scenario.curl:
        yield f"<details><summary>The request as curl</summary>\n\n{block(scenario.curl, 'sh')}\n\n</details>"


def _facts(finding: Finding) -> Iterable[str]:
    yield f"- Expected: {code(finding.expected)}"
    yield f"- Actual: {code(finding.actual)}{f' at {code(finding.path)}' if finding.path else ''}"
    if finding.hint:
        yield f"- Note: {plain(_short(finding.hint, LONGEST_VALUE))}"


def _requirement(requirement: Requirement) -> str:
    name = plain(requirement.id)
    if requirement.url.startswith("https://"):
        name = f"[{name}](<{_BREAKING.sub('', requirement.url)}>)"
    return f"- {name} ({plain(requirement.level)}): {plain(_short(requirement.text, LONGEST_VALUE))}"


def _remarks(report: Report, title: str, outcomes: Sequence[str]) -> Iterable[str]:
    scenarios = with_outcome(report, *outcomes)
    if not scenarios:
        return
    lines = [
        f"- {MARKS[s.outcome]} {plain(s.outcome)}: {plain(s.title)}"
        + (f" ({plain(_short(line, LONGEST_VALUE))})" if (line := first_line(s.message)) else "")
        for s in scenarios[:MOST_REMARKS]
    ]
    if len(scenarios) > MOST_REMARKS:
        lines.append(f"- … and {len(scenarios) - MOST_REMARKS} more in report.html.")
    yield f"### {title}"
    yield "\n".join(lines)
