"""Apply the deviations that a target's file lists: they are reported, not failing, until they end."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from textwrap import shorten
from typing import TYPE_CHECKING

from graphcal.outcomes import Outcome
from graphcal.report import model

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from graphcal.targets.settings import Known


EXCUSED = 90  # days until an entry that is proposed expires
STALE = "[[known]]::"  # begins the id of what is said of an entry that is stale
SHOWN = 3  # entries that are proposed
REASON = 80  # letters of a reason that are proposed


def excused(scenario: model.Scenario, known: Sequence[Known], today: date) -> model.Scenario:
    """Return a failed scenario as known where an entry names it or one of its requirements.

    An entry that has expired excuses nothing, and says so.
    """
    if scenario.outcome != Outcome.FAILED:
        return scenario
    for entry in known:
        if concerns(entry, scenario):
            if entry.expires and entry.expires < today:
                return replace(
                    scenario, message=f"{scenario.message}; its entry in [[known]] expired on {entry.expires}"
                )
            return replace(
                scenario, outcome=str(Outcome.KNOWN), message=f"{scenario.message}; known: {entry.reason}"
            )
    return scenario


def entries_for(report: model.Report) -> str:
    """Return the entries that would make a failed run's failures known, three at most; "" where nothing failed."""
    failed = [row for row in report.requirements if row.outcome == Outcome.FAILED]
    expires = datetime.fromisoformat(report.started).date() + timedelta(days=EXCUSED)
    entries = [_entry(row.id, row.reason, expires) for row in failed[:SHOWN]]
    if len(failed) > SHOWN:
        entries.append(f"# and so on for {', '.join(row.id for row in failed[SHOWN:])}")
    return "\n".join(entries)


def _entry(requirement: str, reason: str, expires: date) -> str:
    words = json.dumps(shorten(reason, REASON, placeholder=" …"), ensure_ascii=False)
    return f'[[known]]\nrequirement = "{requirement}"\nreason = {words}\nexpires = {expires}'


def concerns(entry: Known, scenario: model.Scenario) -> bool:
    """Tell whether an entry is about a scenario."""
    return entry.requirement in scenario.requirements or entry.scenario == scenario.id


def stale(known: Iterable[Known], scenarios: Sequence[model.Scenario]) -> list[model.Scenario]:
    """Return a failed scenario for each entry whose scenarios ran and none of which deviates any more."""
    found = []
    for entry in known:
        outcomes = {scenario.outcome for scenario in scenarios if concerns(entry, scenario)}
        if outcomes and outcomes <= {Outcome.PASSED, Outcome.WARNED}:
            name = entry.requirement or entry.scenario
            found.append(
                model.Scenario(
                    id=f"{STALE}{name}",
                    feature="[[known]]",
                    line=1,
                    title=f"The known deviation {name} still deviates",
                    rule="",
                    requirements=(entry.requirement,) if entry.requirement else (),
                    level="",
                    outcome=str(Outcome.FAILED),
                    provenance="",
                    seconds=0,
                    requests=0,
                    message=f"{name} no longer deviates; remove its entry from [[known]] in the target's file",
                )
            )
    return found
