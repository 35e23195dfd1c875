"""The reference emulator answers wrongly in ways that are no faults of its own, and the chapters notice.

An eighth of the breaks is tried; with GRAPHCAL_ALL_BREAKS=1 all are, which takes about six minutes.
"""

from __future__ import annotations

import os

import pytest
from command_runs import as_it_was
from emulator_breaks import BREAKS, as_fault

from graphcal import places, selftest
from graphcal.emulator import FAULTS

CHOSEN = list(BREAKS) if os.environ.get("GRAPHCAL_ALL_BREAKS") else list(BREAKS)[::12]
LEAST = 60


@pytest.mark.parametrize("name", CHOSEN)
def test_break_turns_its_requirement_red(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """And at most two others; the suite has no trouble of its own."""
    chapter, chosen = BREAKS[name]
    fault = f"{chosen.requirement}.unseen"
    monkeypatch.setitem(FAULTS, fault, as_fault(chosen))
    with as_it_was():
        seen = selftest.trial(fault, [places.features() / f"{chapter}.feature"])
    assert seen.is_caught, seen.outcomes
    assert len(seen.strangers) <= selftest.MOST_STRANGERS, sorted(seen.strangers)
    assert seen.trouble == set()


def test_breaks_are_many_and_of_all_chapters() -> None:
    """Every chapter but the first two, whose breaks stand before a stranger, has some."""
    features = {path.stem for path in places.features().glob("*.feature")}
    assert {chapter for chapter, _ in BREAKS.values()} == features - {"walkthrough", "shared_calendar"}
    assert len(BREAKS) >= LEAST
