"""Say in words what several report formats say of a run: outcomes, counts, durations, provenance."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphcal.report.model import Report, Requirement, Scenario

MEANINGS: Mapping[str, str] = {
    "failed": "The target does something else than a stated or documented requirement says.",
    "error": "The suite or the network broke down, so nothing is known about the target here.",
    "warned": "The target does something else than was merely observed elsewhere; nobody promised it.",
    "known": "The target deviates, and its own settings already list that deviation.",
    "unsupported": "The target does not offer this call at all.",
    "unmet": "What the scenario needs beforehand does not hold here, so it was not tried.",
    "passed": "The target does what the requirement says.",
    "untested": "No scenario of this run covers the requirement.",
}
LEVELS: Mapping[str, str] = {
    "stated": "The walkthrough page says so.",
    "documented": "Another page of the documentation says so.",
    "observed": "Seen in an example or a report, promised nowhere.",
}
MARKS: Mapping[str, str] = {
    "failed": "✗",
    "error": "‼",
    "warned": "!",
    "known": "≈",
    "unsupported": "∅",
    "unmet": "○",
    "passed": "✓",
    "untested": "·",
}
VERDICT_MARKS: Mapping[str, str] = {"conformant": "✓", "deviates": "✗", "inconclusive": "‼", "empty": "○"}

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Replace what XML and UTF-8 cannot carry, or what makes a line read backwards.

    Control characters become their pictures; lone surrogates and direction overrides become U+FFFD.
    """
    return _UNPRINTABLE.sub(_picture, text.replace("\r\n", "\n"))


def _picture(match: re.Match[str]) -> str:
    character = match.group()
    if character == "\x7f":
        return "\u2421"
    return chr(0x2400 + ord(character)) if character < " " else "\ufffd"


def verdict(report: Report) -> tuple[str, str]:
    """Split the headline into the verdict's word and what it rests on: "Deviates", "2 of 130 scenarios failed"."""
    word, _, rest = report.headline.partition(": ")
    if rest and word.casefold() == report.verdict:
        return word, rest
    return report.verdict.capitalize(), report.headline


def tally(outcomes: Iterable[str]) -> dict[str, int]:
    """Count outcomes, worst first; an outcome that did not occur is left out."""
    counted = Counter(outcomes)
    return {outcome: counted[outcome] for outcome in (*MEANINGS, *counted) if counted[outcome]}


def in_words(counts: Mapping[str, int]) -> str:
    """Write a tally as "2 failed, 30 passed"."""
    return ", ".join(f"{number} {outcome}" for outcome, number in counts.items()) or "nothing checked"


def plural(number: int, noun: str) -> str:
    """Write a number with its noun: "1 request", "2 requests"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def duration(seconds: float) -> str:
    """Write a time span as a reader would say it."""
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 60:  # noqa: PLR2004 - seconds in a minute
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s"


def moment(started: str) -> str:
    """Write an RFC 3339 time for a reader; what is none is returned as it is."""
    try:
        then = datetime.fromisoformat(started)
    except ValueError:
        return started
    return f"{then.day} {then:%B %Y, %H:%M:%S} {then.tzname() or ''}".rstrip()


def first_line(message: str) -> str:
    """Return the line of a message that is complete on its own."""
    return next((line.strip() for line in message.splitlines() if line.strip()), "")


def source(requirement: Requirement) -> str:
    """Write where a requirement comes from as "Walkthrough, step 1 <https://…>"."""
    return f"{requirement.source} <{requirement.url}>" if requirement.url else requirement.source


def feature_paths(report: Report) -> list[str]:
    """List the paths of all features, in the report's order, then those only a scenario names."""
    return list(dict.fromkeys([*(f.path for f in report.features), *(s.feature for s in report.scenarios)]))


def feature_titles(report: Report) -> dict[str, str]:
    """Map the path of a feature to its title."""
    return {path: path for path in feature_paths(report)} | {f.path: f.title for f in report.features}


def in_order(report: Report) -> list[Scenario]:
    """List the scenarios as the features are read, whatever order they ran in."""
    place = {path: number for number, path in enumerate(feature_paths(report))}
    return sorted(report.scenarios, key=lambda scenario: (place[scenario.feature], scenario.line))


def with_outcome(report: Report, *outcomes: str) -> list[Scenario]:
    """List the scenarios that ended so, grouped by outcome in the order given."""
    ordered = in_order(report)
    return [scenario for outcome in outcomes for scenario in ordered if scenario.outcome == outcome]


def provenance(report: Report) -> list[str]:
    """Say where the answers come from and what a pass is therefore worth, one sentence each."""
    silent = {"unmet", "error"}
    counts = Counter(scenario.provenance for scenario in report.scenarios if scenario.outcome not in silent)
    sentences = [
        _origin(report, kind, counts[kind])
        for kind in ("documentation", "emulator", "service")
        if counts[kind]
    ]
    if set(counts) & {"documentation", "emulator"}:
        where = "there" if counts["service"] else "here"
        sentences.append(f"A pass {where} is evidence about the suite, not about Microsoft 365.")
    return sentences


def _origin(report: Report, kind: str, number: int) -> str:
    rest = f"{plural(number, 'scenario')} {'rests' if number == 1 else 'rest'} on"
    titles = dict.fromkeys(r.title for r in report.recordings if r.provenance == kind and r.title)
    named = ": " + "; ".join(titles) if titles else ""
    if kind == "documentation":
        return f"{rest} published documentation{named}."
    if report.target.kind == "replay":
        return f"{rest} recordings of {'a reference emulator' if kind == 'emulator' else 'a service'}{named}."
    return f"{rest} what {report.target.name} answered during this run."
