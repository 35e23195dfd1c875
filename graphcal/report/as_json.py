"""Write report.json, the contract that other programs read; report.schema.json describes it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from graphcal.outcomes import Outcome
from graphcal.report.wording import source

if TYPE_CHECKING:
    from graphcal.report.model import Json, Report, Requirement, Scenario

_SURROGATE = re.compile("[\ud800-\udfff]")


def document(report: Report) -> dict[str, Json]:
    """Return the report as the JSON object that report.schema.json describes; seconds have three decimals."""
    return {
        "suite": {"name": "graphcal", "version": report.version},
        "target": {
            "name": report.target.name,
            "kind": report.target.kind,
            "base_url": report.target.base_url,
        },
        "started": report.started,
        "seconds": round(report.seconds, 3),
        "requests": report.requests,
        "verdict": report.verdict,
        "scenarios": [_scenario(scenario) for scenario in report.scenarios],
        "requirements": [_requirement(requirement) for requirement in report.requirements],
        "standings": [
            {
                "kind": standing.kind,
                "name": standing.name,
                "title": standing.title,
                "verdict": standing.verdict,
                "counts": {str(outcome): standing.counts.get(outcome, 0) for outcome in Outcome},
                "wanting": list(standing.wanting),
            }
            for standing in report.standings
        ],
    }


def text(report: Report) -> str:
    """Return report.json as text that UTF-8 can carry: a lone surrogate stays, as its escape."""
    written = json.dumps(document(report), ensure_ascii=False, indent=2, allow_nan=False)
    return _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", written) + "\n"


def _scenario(scenario: Scenario) -> dict[str, Json]:
    return {
        "id": scenario.id,
        "feature": scenario.feature,
        "line": scenario.line,
        "title": scenario.title,
        "requirements": list(scenario.requirements),
        "outcome": scenario.outcome,
        "provenance": scenario.provenance,
        "seconds": round(scenario.seconds, 3),
        "requests": scenario.requests,
        "message": scenario.message,
        "curl": scenario.curl,
    }


def _requirement(requirement: Requirement) -> dict[str, Json]:
    return {
        "id": requirement.id,
        "level": requirement.level,
        "text": requirement.text,
        "source": source(requirement),
        "outcome": requirement.outcome,
        "scenarios": list(requirement.scenarios),
        "reason": requirement.reason,
    }
