"""Print the verdict of a run to the terminal: by chapter, then what did not pass."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

from graphcal.annotations import checkout, commands, wanted
from graphcal.catalogue import LEVELS
from graphcal.known import entries_for
from graphcal.outcomes import Outcome, Verdict
from graphcal.recording.cassette import PROVENANCES
from graphcal.standings import CORE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pytest

    from graphcal.report.model import Report, Requirement

_COLOURS = {
    Outcome.FAILED: "red",
    Outcome.ERROR: "red",
    Outcome.WARNED: "yellow",
    Outcome.KNOWN: "yellow",
    Verdict.CONFORMANT: "green",
    Verdict.DEVIATES: "red",
    Verdict.INCONCLUSIVE: "yellow",
    Verdict.EMPTY: "yellow",
}
_UNTESTED = "untested"
SHOWN = 4  # ids of requirements that share an outcome and its reason


def print_summary(terminal: pytest.TerminalReporter, report: Report, written: Sequence[Path]) -> None:
    """Print a table of requirements by chapter, those that did not pass, and the verdict last."""
    terminal.section(f"graphcal {report.version}: {report.target.name}", sep="=")
    for recording in report.recordings:
        kind = PROVENANCES.get(recording.provenance, recording.provenance)
        title = "" if recording.title == kind else f" ({recording.title})"
        terminal.write_line(f"{recording.chapter}: answers of {kind}{title}")
    if any(recording.provenance != "service" for recording in report.recordings):
        terminal.write_line(
            "A pass on these is evidence about the suite and its recordings, not about Microsoft 365."
        )
    if report.verdict == Verdict.INCONCLUSIVE:
        terminal.write_line(report.headline + ".", bold=True, yellow=True)
    if report.requirements:
        _print_chapters(terminal, report)
    _print_rest(terminal, report)
    if report.target.kind == "service" and (entries := entries_for(report)):
        terminal.write_line("")
        terminal.write_line("What is known and accepted for a time goes into the target's file:")
        terminal.write_line(entries)
    for line in (*report.notes, *(commands(report, checkout(os.environ)) if wanted(os.environ) else ())):
        terminal.write_line(line)
    for path in written:
        if path.suffix == ".html":
            terminal.write_line(f"Report: {path}")
    terminal.write_line("")
    terminal.write_line(report.headline + ".", bold=True, **{_COLOURS[Verdict(report.verdict)]: True})


def _print_chapters(terminal: pytest.TerminalReporter, report: Report) -> None:
    seen = Counter(row.outcome for row in report.requirements)
    columns = [outcome for outcome in (Outcome.PASSED, *Outcome) if seen[outcome]]
    columns = [*dict.fromkeys(columns), _UNTESTED]
    width = max(len(title) for title in report.chapters.values())
    terminal.write_line("")
    terminal.write_line(f"    {'requirements':{width}}" + "".join(f"{column:>12}" for column in columns))
    verdicts = {(standing.kind, standing.name): standing.verdict for standing in report.standings}
    for chapter, title in report.chapters.items():
        rows = [row for row in report.requirements if row.chapter == chapter]
        _print_row(terminal, f"{chapter} {title:{width}}", rows, columns, verdicts["chapter", chapter])
    for level in LEVELS:
        rows = [row for row in report.requirements if row.level == level]
        name = "stated, the core" if level == CORE else level
        _print_row(terminal, f"    {name:{width}}", rows, columns, verdicts["level", level])
    _print_row(terminal, f"    {'all':{width}}", report.requirements, columns, verdicts["all", ""])


def _print_row(
    terminal: pytest.TerminalReporter,
    title: str,
    rows: Sequence[Requirement],
    columns: Sequence[str],
    verdict: str,
) -> None:
    count = Counter(row.outcome for row in rows)
    terminal.write(title)
    for column in columns:
        colour = {_COLOURS[Outcome(column)]: True} if count[column] and column in _COLOURS else {}
        terminal.write(f"{count[column] or '-':>12}", **colour)
    terminal.write_line("" if verdict == Verdict.EMPTY else f"  {verdict}")


def _print_rest(terminal: pytest.TerminalReporter, report: Report) -> None:
    rest = [row for row in report.requirements if row.outcome not in {Outcome.PASSED, _UNTESTED}]
    order = list(Outcome)
    rest.sort(key=lambda row: order.index(Outcome(row.outcome)))
    if rest:
        terminal.write_line("")
    together: dict[tuple[str, str], list[str]] = {}
    for row in rest:
        together.setdefault((row.outcome, row.reason), []).append(row.id)
    for (outcome, reason), identifiers in together.items():
        colour = {_COLOURS[Outcome(outcome)]: True} if outcome in _COLOURS else {}
        named = ", ".join(identifiers[:SHOWN])
        more = f" and {len(identifiers) - SHOWN} more" if len(identifiers) > SHOWN else ""
        terminal.write(f"{outcome:12}", **colour)
        terminal.write_line(f"{named}{more}  {reason}")
