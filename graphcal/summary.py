"""Print the verdict of a run to the terminal: by chapter, then what did not pass."""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphcal.annotations import checkout, commands, wanted
from graphcal.catalogue import LEVELS
from graphcal.known import entries_for
from graphcal.outcomes import Outcome, Verdict
from graphcal.recording.cassette import PROVENANCES
from graphcal.standings import CORE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
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
COLUMN = 12  # characters, where there is room
NARROWEST = 10  # characters of a title: "documented"
BESIDE = len("SET ") + len("  inconclusive")  # characters of a row besides title and columns
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
        terminal.write_line(
            "What the run has created is removed by now: an id in a curl command is one of then."
        )
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
    table = _Table(terminal, *_widths(terminal, report, columns))
    terminal.write_line("")
    table.print_head()
    verdicts = {(standing.kind, standing.name): standing.verdict for standing in report.standings}
    for chapter, title in report.chapters.items():
        rows = [row for row in report.requirements if row.chapter == chapter]
        table.print_row(chapter, title, rows, verdicts["chapter", chapter])
    for level in LEVELS:
        rows = [row for row in report.requirements if row.level == level]
        table.print_row("", "stated, the core" if level == CORE else level, rows, verdicts["level", level])
    table.print_row("", "all", report.requirements, verdicts["all", ""])


def _widths(
    terminal: pytest.TerminalReporter, report: Report, columns: Sequence[str]
) -> tuple[int, dict[str, int]]:
    """Return how many characters wide the titles and each column are: fewer where a terminal is narrow."""
    title = max(map(len, report.chapters.values()))
    room = shutil.get_terminal_size().columns - BESIDE if terminal.isatty else sys.maxsize
    if title + COLUMN * len(columns) <= room:
        return title, dict.fromkeys(columns, COLUMN)
    narrow = {column: len(column) + 2 for column in columns}
    return max(min(title, room - sum(narrow.values())), NARROWEST), narrow


@dataclass(frozen=True)
class _Table:
    """A table of requirements by outcome; widths are in characters."""

    terminal: pytest.TerminalReporter
    title: int
    columns: Mapping[str, int]

    def print_head(self) -> None:
        """Name the columns."""
        named = "".join(f"{column:>{width}}" for column, width in self.columns.items())
        self.terminal.write_line(f"    {'requirements':{self.title}.{self.title}}{named}")

    def print_row(self, key: str, title: str, rows: Sequence[Requirement], verdict: str) -> None:
        """Count some requirements by outcome, and judge them."""
        count = Counter(row.outcome for row in rows)
        self.terminal.write(f"{key:4}{title:{self.title}.{self.title}}")
        for column, width in self.columns.items():
            colour = {_COLOURS[Outcome(column)]: True} if count[column] and column in _COLOURS else {}
            self.terminal.write(f"{count[column] or '-':>{width}}", **colour)
        self.terminal.write_line("" if verdict == Verdict.EMPTY else f"  {verdict}")


def _print_rest(terminal: pytest.TerminalReporter, report: Report) -> None:
    rest = [row for row in report.requirements if row.outcome not in {Outcome.PASSED, _UNTESTED}]
    order = list(Outcome)
    rest.sort(key=lambda row: order.index(Outcome(row.outcome)))
    together: dict[tuple[str, str], list[str]] = {}
    for row in rest:
        together.setdefault((row.outcome, row.reason), []).append(row.id)
    for trouble in report.scenarios:  # of a chapter as a whole, which no requirement tells of
        if not trouble.requirements and trouble.outcome in {Outcome.FAILED, Outcome.ERROR}:
            together[trouble.outcome, trouble.message] = [trouble.feature]
    if together:
        terminal.write_line("")
    for (outcome, reason), identifiers in together.items():
        colour = {_COLOURS[Outcome(outcome)]: True} if outcome in _COLOURS else {}
        named = ", ".join(identifiers[:SHOWN])
        more = f" and {len(identifiers) - SHOWN} more" if len(identifiers) > SHOWN else ""
        terminal.write(f"{outcome:12}", **colour)
        terminal.write_line(f"{named}{more}  {reason}")
