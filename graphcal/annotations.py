"""Say failures as workflow commands of GitHub Actions, which shows them at the pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphcal.outcomes import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graphcal.report.model import Report

MOST = 10  # GitHub shows no more of one step and kind
KINDS = {Outcome.FAILED: "error", Outcome.ERROR: "error", Outcome.WARNED: "warning"}


def wanted(environ: Mapping[str, str]) -> bool:
    """Tell whether the run is a step of GitHub Actions."""
    return environ.get("GITHUB_ACTIONS") == "true"


def commands(report: Report) -> Iterator[str]:
    """Yield a line for each requirement that failed or warned, ten of a kind, errors first."""
    for outcome in (Outcome.FAILED, Outcome.ERROR, Outcome.WARNED):
        rows = [row for row in report.requirements if row.outcome == outcome]
        for row in rows[:MOST]:
            title = _escaped(f"graphcal {row.id} ({row.level}): {row.text}").replace(",", "%2C")
            yield f"::{KINDS[outcome]} title={title.replace(':', '%3A')}::{_escaped(row.reason)} {row.url}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
