"""Say in words what several report formats say of a run: outcomes, counts, durations, provenance."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

from graphcal.outcomes import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphcal.report.model import Report, Requirement, Scenario, Standing
    from graphcal.report.words import Words

UNTESTED = "untested"
OUTCOMES = (*map(str, Outcome), UNTESTED)  # of a requirement, worst first
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


def verdict(report: Report, words: Words) -> tuple[str, str]:
    """Return the verdict's word and what it rests on: "Deviates", "2 of 130 scenarios failed"."""
    word, _, rest = report.headline.partition(": ")
    if not rest or word.casefold() != report.verdict:
        rest = report.headline
    scenarios = words.count(len(report.scenarios), "scenario")
    counted = in_words(tally(scenario.outcome for scenario in report.scenarios), words)
    return words.name("verdict", report.verdict), words(
        "verdict.summary", headline=rest, scenarios=scenarios, tally=counted
    )


def tally(outcomes: Iterable[str] | Mapping[str, int]) -> dict[str, int]:
    """Count outcomes, or put counted ones in order: worst first, without those that did not occur."""
    counted = Counter(outcomes)
    return {outcome: counted[outcome] for outcome in (*OUTCOMES, *counted) if counted[outcome]}


def in_words(counts: Mapping[str, int], words: Words) -> str:
    """Write a tally as "2 failed, 30 passed"."""
    parts = [f"{words.number(number)} {words.name('outcome', word)}" for word, number in counts.items()]
    return ", ".join(parts) or words("verdict.nothing")


def standing(found: Standing, words: Words) -> str:
    """Say how a target stands at a level: "stated: Conformant (40 passed)"."""
    name, word = words.name("level", found.name), words.name("verdict", found.verdict)
    return words("page.standing", name=name, verdict=word, tally=in_words(tally(found.counts), words))


def duration(seconds: float, words: Words) -> str:
    """Write a time span as a reader would say it."""
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 60:  # noqa: PLR2004 - seconds in a minute
        return f"{words.number(seconds, 1)} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s"


def moment(started: str, words: Words) -> str:
    """Write an RFC 3339 time for a reader; what is none is returned as it is."""
    try:
        then = datetime.fromisoformat(started)
    except ValueError:
        return started
    month = words("date.months").split()[then.month - 1]
    day = words("date.day", day=then.day, month=month, year=then.year)
    return f"{day}, {then:%H:%M:%S} {then.tzname() or ''}".rstrip()


def first_line(message: str) -> str:
    """Return the line of a message that is complete on its own."""
    return next((line.strip() for line in message.splitlines() if line.strip()), "")


def shortened(text: str, length: int, words: Words) -> str:
    """Cut a text to a number of characters, and say how many more there are."""
    more = len(text) - length
    return text if more <= 0 else f"{text[:length]}… ({words.count(more, 'cut')})"


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


def provenance(report: Report, words: Words) -> list[str]:
    """Say where the answers come from and what a pass is therefore worth, one sentence each."""
    silent = {"unmet", "error"}
    counts = Counter(scenario.provenance for scenario in report.scenarios if scenario.outcome not in silent)
    sentences = [
        _origin(report, kind, counts[kind], words)
        for kind in ("documentation", "emulator", "service")
        if counts[kind]
    ]
    if set(counts) & {"documentation", "emulator"}:
        sentences.append(words("origin.worth_there" if counts["service"] else "origin.worth_here"))
    return sentences


def _origin(report: Report, kind: str, number: int, words: Words) -> str:
    """Say of how many scenarios the answers come from where."""
    titles = dict.fromkeys(r.title for r in report.recordings if r.provenance == kind and r.title)
    key = kind if kind == "documentation" or report.target.kind == "replay" else "live"
    return words(
        f"origin.{key}",
        rest=words.count(number, "resting"),
        named=": " + "; ".join(titles) if titles and key != "live" else "",
        target=report.target.name,
    )
