"""Every requirement is broken by the emulator once, and the chapters that judge it turn red, and little else."""

from __future__ import annotations

import pytest

from graphcal import places, selftest
from graphcal.emulator import FAULTS

FEATURES = {path.stem: path for path in sorted(places.features().glob("*.feature"))}
COVERED = selftest.features_of(FEATURES.values())
ALTERED = {"walkthrough", "shared_calendar"}  # each of their scenarios is turned red by an altered recording


def faults_of(chapter: str) -> list[str]:
    """Return the faults of the requirements that a chapter judges."""
    path = FEATURES[chapter]
    return [fault for fault in FAULTS if path in COVERED.get(fault.partition(".")[0], ())]


@pytest.mark.parametrize("chapter", FEATURES)
def test_chapter_notices_what_the_emulator_breaks(chapter: str) -> None:
    """Each fault turns its requirement red where this chapter alone judges it, and at most two others.

    No scenario is trusted that no fault turns red.
    """
    path = FEATURES[chapter]
    found = [selftest.trial(fault, [path]) for fault in faults_of(chapter)]
    alone = [seen for seen in found if COVERED[seen.requirement] == {path}]
    assert [seen.fault for seen in alone if not seen.is_caught] == []
    assert {
        seen.fault: seen.strangers for seen in found if len(seen.strangers) > selftest.MOST_STRANGERS
    } == {}
    assert {seen.fault: seen.trouble for seen in found if seen.trouble} == {}
    if chapter not in ALTERED:
        red = set[str]().union(*(seen.red_scenarios for seen in found))
        assert set(found[0].scenarios) - red == set()


def test_every_covered_requirement_has_a_fault() -> None:
    """What scenarios judge, the emulator can break."""
    assert set(COVERED) - {fault.partition(".")[0] for fault in FAULTS} == set()
