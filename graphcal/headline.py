"""Say the verdict of a run in one sentence."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from graphcal.outcomes import Outcome, Verdict
from graphcal.standings import CHECKED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphcal.report.model import Scenario


def headline(verdict: Verdict, scenarios: Sequence[Scenario], core: str, *, unfinished: bool) -> str:
    """Say the verdict; `core` says what keeps the target from conforming to the core, or nothing."""
    count = Counter(scenario.outcome for scenario in scenarios)
    ran = f"{len(scenarios)} scenario{'' if len(scenarios) == 1 else 's'}"
    rest = [
        f"{count[outcome]} {outcome}" for outcome in Outcome if count[outcome] and outcome != Outcome.PASSED
    ]
    if verdict == Verdict.EMPTY:
        return "Empty: no scenario ran, so nothing is known"
    if verdict == Verdict.DEVIATES:
        return _joined(f"Deviates: {count[Outcome.FAILED]} of {ran} failed", rest[1:], core)
    if unfinished:
        return f"Inconclusive: the run stopped after {ran}"
    if not set(count) & set(CHECKED):
        return _vacuous(scenarios, ran, rest)
    if verdict == Verdict.INCONCLUSIVE:
        return _joined(f"Inconclusive: of {ran}", rest, core)
    passed = f"{count[Outcome.PASSED]} of {ran} passed" if rest else f"{ran} passed"
    return _joined(f"Conformant: {passed}", rest, core)


def _vacuous(scenarios: Sequence[Scenario], ran: str, rest: Sequence[str]) -> str:
    [(reason, times)] = Counter(scenario.message for scenario in scenarios).most_common(1)
    often = "because" if times == len(scenarios) else "most often because"
    return _joined(
        "Inconclusive: nothing could be judged",
        [f"of {ran} {', '.join(rest)}"],
        f"{often} {reason.rstrip('.')}",
    )


def _joined(opening: str, parts: Sequence[str], ending: str) -> str:
    return ", ".join([opening, *parts]) + (f"; {ending}" if ending else "")
