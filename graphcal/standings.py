"""Say how a target stands: in each chapter, at each level, and over all."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from graphcal.outcomes import Outcome
from graphcal.report.model import Requirement, Standing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CORE = "stated"  # the level that nothing exempts from
CHECKED = (Outcome.PASSED, Outcome.WARNED, Outcome.KNOWN, Outcome.FAILED)
UNJUDGED = (Outcome.UNSUPPORTED, Outcome.UNMET)
LEVEL_TITLES = {
    "stated": "The core: what the walkthrough states",
    "documented": "What other pages document",
    "observed": "What has been observed",
}


def standings(requirements: Sequence[Requirement], chapters: Mapping[str, str]) -> tuple[Standing, ...]:
    """Return the standing over all, at each level, and in each chapter, in this order."""
    rows = [row for row in requirements if row.scenarios]
    found = [_standing("all", "", "All requirements", rows)]
    for level, title in LEVEL_TITLES.items():
        found.append(_standing("level", level, title, [row for row in rows if row.level == level]))
    for chapter, title in chapters.items():
        found.append(_standing("chapter", chapter, title, [row for row in rows if row.chapter == chapter]))
    return tuple(found)


def _standing(kind: str, name: str, title: str, rows: Sequence[Requirement]) -> Standing:
    counts = Counter(str(row.outcome) for row in rows)
    verdict = _verdict(rows)
    wanting = tuple(row.id for row in rows if row.outcome not in (Outcome.PASSED, Outcome.WARNED))
    return Standing(kind, name, title, verdict, dict(counts), wanting)


def _verdict(rows: Sequence[Requirement]) -> str:
    """Judge some requirements; what the core lacks, or is known to do otherwise, is a deviation of the core."""
    seen = {row.outcome for row in rows}
    core = {row.outcome for row in rows if row.level == CORE}
    if not rows:
        return "empty"
    if Outcome.FAILED in seen:
        return "deviates"
    if Outcome.ERROR in seen or not seen & set(CHECKED):
        return "inconclusive"
    if core & {Outcome.UNSUPPORTED, Outcome.KNOWN}:
        return "deviates"
    return "incomplete" if seen & set(UNJUDGED) else "conformant"


def core_of(found: Sequence[Standing]) -> Standing:
    """Return the standing at the level that nothing exempts from."""
    return next(standing for standing in found if (standing.kind, standing.name) == ("level", CORE))


def core_sentence(core: Standing, requirements: Sequence[Requirement]) -> str:
    """Say in a sentence what keeps a target from conforming to the core; "" where nothing does."""
    lacking = {
        outcome: [row.id for row in requirements if row.id in core.wanting and row.outcome == outcome]
        for outcome in (Outcome.UNSUPPORTED, Outcome.KNOWN)
    }
    words = {Outcome.UNSUPPORTED: "not implemented", Outcome.KNOWN: "known to deviate"}
    parts = [f"{_listed(rows)} {words[outcome]}" for outcome, rows in lacking.items() if rows]
    return f"not conformant to the core: {'; '.join(parts)}" if parts else ""


def _listed(rows: Sequence[str]) -> str:
    shown = ", ".join(rows[:3])
    return shown if len(rows) <= 3 else f"{shown} and {len(rows) - 3} more"  # noqa: PLR2004 - as many as are shown
