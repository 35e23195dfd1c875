"""Make of a real run one of the size that the whole catalogue will have, with as many failures as wanted."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from graphcal.report import evidence
from graphcal.report.model import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from graphcal.report.model import Exchange, Report, Scenario

SCENARIOS, EXCHANGES = 600, 720
CHAPTERS = ("features/walkthrough.feature", "features/shared_calendar.feature")
NEXT = 73  # requirements further on, a copy of a scenario judges another one


def real_run(folder: Path) -> Report:
    """Judge the recordings, and return what became known of the run."""
    command = [
        sys.executable,
        "-m",
        "graphcal",
        "run",
        "-pno:randomly",
        "-pno:xdist",
        "--report",
        str(folder),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    report = evidence.read((folder / evidence.NAME).read_bytes())
    assert report.exchanges, done.stdout
    return report


def enlarged(report: Report, failed: int = 0) -> Report:
    """Repeat scenarios and exchanges under other ids, until there are SCENARIOS and EXCHANGES.

    Of the scenarios, `failed` fail over the id in the last answer that they look at.
    """
    turns = -(-EXCHANGES // len(report.exchanges))
    repeated = (_again(one, turn) for turn in range(turns) for one in report.exchanges.values())
    exchanges = {one.id: one for one in islice(repeated, EXCHANGES)}
    rows = [row.id for row in report.requirements]
    copies = range(-(-SCENARIOS // len(report.scenarios)))
    scenarios = [
        replace(
            scenario,
            id=f"{scenario.id} {copy}",
            feature=_path(scenario.feature, copy),
            requirements=tuple(
                rows[(rows.index(i) + NEXT * copy) % len(rows)] for i in scenario.requirements
            ),
            exchanges=tuple(_name(name, number % turns) for name in scenario.exchanges),
        )
        for copy in copies
        for number, scenario in enumerate(report.scenarios)
    ][:SCENARIOS]
    looking = [number for number, scenario in enumerate(scenarios) if _seen(scenario, exchanges)]
    for number in looking[:: max(1, len(looking) // failed)][:failed] if failed else ():
        scenarios[number] = _failing(scenarios[number], exchanges)
    judging: dict[str, list[str]] = {row: [] for row in rows}
    for scenario in scenarios:
        for row in scenario.requirements:
            judging[row].append(scenario.id)
    return replace(
        report,
        features=tuple(replace(f, path=_path(f.path, copy)) for f in report.features for copy in copies),
        scenarios=tuple(scenarios),
        requirements=tuple(replace(row, scenarios=tuple(judging[row.id])) for row in report.requirements),
        exchanges=exchanges,
    )


def _failing(scenario: Scenario, exchanges: Mapping[str, Exchange]) -> Scenario:
    seen = _seen(scenario, exchanges)[-1]
    finding = Finding("id to be another one", "the id of the event before", "$.id", seen.id)
    message = f"expected {finding.expected}, got {finding.actual} ({finding.path})"
    steps = (*scenario.steps[:-1], replace(scenario.steps[-1], outcome="failed"))
    return replace(
        scenario, outcome="failed", message=message, curl=seen.curl, steps=steps, findings=(finding,)
    )


def _seen(scenario: Scenario, exchanges: Mapping[str, Exchange]) -> list[Exchange]:
    """Return those of the exchanges that a scenario looks at whose answer is an object."""
    found = (exchanges[name] for name in scenario.exchanges if name in exchanges)
    return [exchange for exchange in found if isinstance(exchange.response_body, dict)]


def _again(exchange: Exchange, turn: int) -> Exchange:
    """Return an exchange that differs from the first in its id and in one value of its answer."""
    body = exchange.response_body
    return replace(
        exchange,
        id=_name(exchange.id, turn),
        curl=f"{exchange.curl} # {turn}",
        response_body={**body, "turn": turn} if isinstance(body, dict) else body,
    )


def _name(exchange: str, turn: int) -> str:
    chapter, _, number = exchange.rpartition("-")
    return f"{chapter}-{int(number) + 1000 * turn}"


def _path(feature: str, copy: int) -> str:
    path = PurePosixPath(feature)
    return str(path.with_stem(f"{path.stem}_{copy}"))
