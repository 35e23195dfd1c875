"""The emulator breaks one requirement after another; the chapters that judge it turn red, and little else.

Every eighth fault is tried on the scenarios of its requirement, a few on all that judge it. With
GRAPHCAL_ALL_FAULTS=1 every fault is tried on its whole chapters, and no scenario may stay green throughout, which
takes a quarter of an hour; `graphcal selftest` does the same and prints the score.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from command_runs import as_it_was

from graphcal import places, selftest
from graphcal.emulator import FAULTS

FEATURES = {path.stem: path for path in sorted(places.features().glob("*.feature"))}
COVERED = selftest.features_of(FEATURES.values())
ALTERED = {"walkthrough", "shared_calendar"}  # each of their scenarios is turned red by an altered recording
ALL = bool(os.environ.get("GRAPHCAL_ALL_FAULTS"))
EACH, FEW = (1, 1) if ALL else (12, 48)
TRIED = [fault for fault in FAULTS if fault.partition(".")[0] in COVERED]


def faults_of(chapter: str) -> list[str]:
    """Return the faults of the requirements that a chapter judges."""
    path = FEATURES[chapter]
    return [fault for fault in TRIED if path in COVERED[fault.partition(".")[0]]]


@pytest.mark.parametrize("fault", TRIED[::EACH])
def test_fault_is_seen(fault: str) -> None:
    """The requirement that is broken turns red, without trouble of the suite."""
    requirement = fault.partition(".")[0]
    with as_it_was():
        seen = selftest.trial(fault, sorted(COVERED[requirement]), "-m", requirement)
    assert seen.is_caught
    assert seen.trouble == set()


@pytest.mark.skipif(not ALL, reason="takes minutes; to run it: GRAPHCAL_ALL_FAULTS=1")
@pytest.mark.parametrize("chapter", sorted(set(FEATURES) - ALTERED))
def test_every_scenario_of_the_chapter_has_been_red(chapter: str) -> None:
    """No scenario is trusted that no fault turns red."""
    path, red = FEATURES[chapter], set[str]()
    scenarios = set(selftest.sound([path]).scenarios)
    for fault in faults_of(chapter):
        with as_it_was():
            red |= selftest.trial(fault, [path]).red_scenarios
    assert scenarios - red == set()


@pytest.mark.parametrize("fault", TRIED[::FEW])
def test_fault_accuses_little_else(fault: str) -> None:
    """At most two requirements turn red that it does not break."""
    with as_it_was():
        seen = selftest.trial(fault, sorted(COVERED[fault.partition(".")[0]]))
    assert seen.holds, selftest.line_of(seen)


def test_every_covered_requirement_has_a_fault() -> None:
    """What scenarios judge, the emulator can break."""
    assert set(COVERED) - {fault.partition(".")[0] for fault in FAULTS} == set()
