"""Print the verdict of a run to the terminal: by chapter, then what did not pass."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from graphcal.outcomes import Outcome, Verdict
from graphcal.recording.cassette import PROVENANCES

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
    if report.requirements:
        _print_chapters(terminal, report)
    _print_rest(terminal, report)
    for note in report.notes:
        terminal.write_line(note)
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
    for chapter, title in report.chapters.items():
        _print_row(terminal, f"{chapter} {title:{width}}", _of(report.requirements, chapter), columns)
    _print_row(terminal, f"    {'all':{width}}", report.requirements, columns)


def _of(requirements: Sequence[Requirement], chapter: str) -> list[Requirement]:
    return [row for row in requirements if row.chapter == chapter]


def _print_row(
    terminal: pytest.TerminalReporter, title: str, rows: Sequence[Requirement], columns: Sequence[str]
) -> None:
    count = Counter(row.outcome for row in rows)
    terminal.write(title)
    for column in columns:
        colour = {_COLOURS[Outcome(column)]: True} if count[column] and column in _COLOURS else {}
        terminal.write(f"{count[column] or '-':>12}", **colour)
    terminal.write_line("")


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
