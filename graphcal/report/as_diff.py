"""Write what lies between two runs: for a terminal, for a pull request, for programs (diff.schema.json)."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from itertools import accumulate, groupby
from typing import TYPE_CHECKING

from graphcal import __version__
from graphcal.report.as_markdown import plain
from graphcal.report.comparison import GONE, KINDS, MESSAGE, NEW, UNTESTED, target_name
from graphcal.report.pairing import chapter_of
from graphcal.report.wording import first_line, printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphcal.report.comparison import Change, Comparison, Side
    from graphcal.report.standing_changes import StandingChange

TITLES = {
    "failed": "Newly failing",
    "error": "Newly ending in an error",
    "warned": "Newly warned",
    "known": "Newly known",
    "unsupported": "Newly unsupported",
    "unmet": "Newly unmet",
    "passed": "Newly passing",
    "message": "Still so, with another message",
    "new": "New in the run",
    "gone": "Gone from the run",
    "untested": "No longer tested",
}
SCOPE = {NEW, GONE, UNTESTED}  # kinds of changes in what was run, not in what was found
LOST = 5  # requirements that a standing names
LONGEST = 300  # characters of a line's part, in a comment
MOST = 20  # changes of a kind, in a comment; on a terminal, of those in SCOPE
LARGEST = 60_000  # characters; GitHub takes 65,536


def as_json(comparison: Comparison) -> str:
    """Return the comparison as the JSON that diff.schema.json describes, in ASCII."""
    document = {
        "suite": {"name": "graphcal", "version": __version__},
        "worse": comparison.worse,
        "verdict_worse": comparison.verdict_worse,
        **asdict(comparison),
    }
    return json.dumps(document, indent=2) + "\n"


def as_lines(comparison: Comparison) -> Iterator[tuple[str, str]]:
    """Yield the comparison as lines for a terminal, each with its colour or "".

    What makes the runs hard to compare comes first, the summary last.
    """
    yield from ((printable(text), colour) for text, colour in _lines(comparison))


def _lines(comparison: Comparison) -> Iterator[tuple[str, str]]:
    yield from ((remark, "yellow") for remark in comparison.remarks)
    yield f"Old: {_origin(comparison.old)}", ""
    yield f"New: {_origin(comparison.new)}", ""
    for title, standings in _standings(comparison):
        yield "", ""
        yield title, "red" if any(standing.worse for standing in standings) else ""
        yield from ((f"  {_standing(standing)}", "") for standing in standings)
    for kind in KINDS:
        items = _told(comparison, kind)
        if items:
            yield "", ""
            title = f"{TITLES[kind]}: {_counted(_of_kind(comparison, kind))}"
            yield title, "red" if any(change.worse for change in _of_kind(comparison, kind)) else ""
        for said, alike in groupby(items, lambda item: item[1]):
            yield from ((f"  {heading}", "") for heading, _ in alike)
            yield from ((f"    {line}", "") for line in said)
    yield "", ""
    yield summary(comparison), "red" if comparison.worse else "green"


def as_markdown(comparison: Comparison) -> str:
    """Return the comparison as GitHub Markdown, below the length that a comment may have."""
    lines = [f"{'✗' if comparison.worse else '✓'} **{plain(summary(comparison))}**", ""]
    facts = [*comparison.remarks, f"Old: {_origin(comparison.old)}", f"New: {_origin(comparison.new)}"]
    lines += [f"- {_cut(fact)}" for fact in facts]
    for title, standings in _standings(comparison):
        lines += [
            "",
            f"### {plain(title)}",
            "",
            *(f"- {_cut(_standing(standing))}" for standing in standings),
        ]
    for kind in KINDS:
        items = _told(comparison, kind)
        if items:
            lines += ["", f"### {TITLES[kind]}", ""]
        for heading, messages in items[:MOST]:
            said = "; ".join(messages)
            lines.append(f"- {_cut(heading)}" + (f": {_cut(said)}" if said else ""))
        if len(items) > MOST:
            lines.append(f"- … and {len(items) - MOST} more; graphcal diff lists them.")
    sizes = accumulate(len(line) + 1 for line in lines)
    kept = [line for line, size in zip(lines, sizes, strict=True) if size < LARGEST]
    rest = (
        [] if len(kept) == len(lines) else ["", "The rest is too long for a comment; graphcal diff lists it."]
    )
    return printable("\n".join([*kept, *rest])) + "\n"


def _cut(value: str) -> str:
    return plain(value if len(value) <= LONGEST else f"{value[:LONGEST]}…")


def summary(comparison: Comparison) -> str:
    """Say in a sentence whether anything got worse."""
    changes = (*comparison.requirements, *comparison.scenarios)
    verdicts = f"the verdict was {comparison.old.verdict} and is {comparison.new.verdict}"
    if comparison.worse:
        counted = _counted([change for change in changes if change.worse])
        standings = sum(standing.worse for standing in comparison.standings)
        parts = [
            counted,
            _number(standings, "standing") if standings else "",
            verdicts if comparison.verdict_worse else "",
        ]
        return f"Worse: {'; '.join(part for part in parts if part)}."
    passing = sum(change.kind == "passed" for change in comparison.scenarios)
    better = f" {_number(passing, 'scenario')} newly passing." if passing else ""
    standings = sum(standing.better for standing in comparison.standings)
    better += f" {_number(standings, 'standing')} better." if standings else ""
    moved = f" {verdicts.capitalize()}." if comparison.old.verdict != comparison.new.verdict else ""
    changed = changes or comparison.standings or moved
    return f"Nothing got worse.{better}{moved}" if changed else "Nothing has changed."


def _origin(side: Side) -> str:
    return f"{side.verdict}, {target_name(side.target)}, graphcal {side.version}, {side.started}, {side.file}"


def _standings(comparison: Comparison) -> Iterator[tuple[str, list[StandingChange]]]:
    """Yield headings with the standings that got worse, got better, or are of another scope."""
    groups = {
        "Standing worse": [each for each in comparison.standings if each.worse],
        "Standing better": [each for each in comparison.standings if each.better],
        "Judged in one run only": [each for each in comparison.standings if not (each.worse or each.better)],
    }
    for title, standings in groups.items():
        if standings:
            yield f"{title}: {_by_kind(standings)}", standings


def _by_kind(standings: Sequence[StandingChange]) -> str:
    """Count standings: "over all, 1 level, 2 chapters"."""
    counts = Counter(standing.kind for standing in standings)
    parts = ["over all"] if counts.pop("all", 0) else []
    return ", ".join(parts + [_number(number, kind) for kind, number in counts.items()])


def _standing(standing: StandingChange) -> str:
    """Name a standing: "stated  The core … (was conformant, is deviates; now wanting SET-01, SET-04)"."""
    label = f"{standing.name}  {standing.title}" if standing.name else standing.title
    more = len(standing.lost) - LOST
    lost = ", ".join(standing.lost[:LOST]) + (f" and {more} more" if more > 0 else "")
    wanting = f"; now wanting {lost}" if lost else ""
    return f"{label} (was {standing.was}, is {standing.now}{wanting})"


def _of_kind(comparison: Comparison, kind: str) -> list[Change]:
    return [change for change in (*comparison.requirements, *comparison.scenarios) if change.kind == kind]


def _told(comparison: Comparison, kind: str) -> list[tuple[str, list[str]]]:
    """Return the lines that name the changes of a kind, each with its messages: requirements, then scenarios.

    Scenarios that came or went with their whole chapter share a line, which comes first; of changes in what
    was run there are at most MOST lines.
    """
    whole = {*comparison.old_only, *comparison.new_only} if kind in SCOPE else set()
    changes = _of_kind(comparison, kind)
    chapters = Counter(chapter_of(change.id) for change in changes)
    items: list[tuple[str, list[str]]] = [
        (f"{chapter}  {_number(number, 'scenario')}, the whole chapter", [])
        for chapter, number in chapters.items()
        if chapter in whole
    ]
    items += [
        (_heading(change), _messages(change)) for change in changes if chapter_of(change.id) not in whole
    ]
    more = len(items) - MOST
    if kind in SCOPE and more > 0:
        items[MOST:] = [(f"… and {more} more; graphcal diff --json lists them", [])]
    return items


def _heading(change: Change) -> str:
    """Name a change: "INV-02  The answer is 201. (documented; was passed)"."""
    of_scenario = change.subject == "scenario"
    label = change.place if of_scenario else change.id
    details = [", ".join(change.requirements) if of_scenario else change.place, _outcomes(change)]
    return f"{label}  {change.title} ({'; '.join(part for part in details if part)})"


def _counted(changes: Sequence[Change]) -> str:
    counts = Counter(change.subject for change in changes)
    return ", ".join(_number(number, subject) for subject, number in sorted(counts.items()))


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _outcomes(change: Change) -> str:
    """Say of the outcomes what the kind does not say."""
    if change.kind in {NEW, MESSAGE}:
        return change.now
    return f"was {change.was}" if change.was else "new"


def _messages(change: Change) -> list[str]:
    """Return what a scenario says: of the same outcome both messages, else the one in the new run."""
    now = first_line(change.message)
    if change.was == change.now:
        return [f"was: {first_line(change.message_was)}", f"now: {now}"]
    return [now] if now else []
