"""What a target's file lists as known is reported and does not fail, until it ends."""

from __future__ import annotations

from datetime import date

import pytest

from graphcal.known import excused, stale
from graphcal.report.model import Scenario
from graphcal.targets.settings import Known

TODAY = date(2026, 6, 1)


def scenario(outcome: str) -> Scenario:
    """Return a scenario of INV-02 that ended so."""
    return Scenario(
        id="features/x.feature::Creating answers 201",
        feature="features/x.feature",
        line=3,
        title="Creating answers 201",
        rule="",
        requirements=("INV-02",),
        level="documented",
        outcome=outcome,
        provenance="service",
        seconds=0.1,
        requests=1,
        message="expected status 201, got status 200" if outcome != "passed" else "",
    )


BY_ID = Known("INV-02", "", "ticket 4711")
BY_TITLE = Known("", "features/x.feature::Creating answers 201", "ticket 4711")


@pytest.mark.parametrize("entry", [BY_ID, BY_TITLE], ids=["requirement", "scenario"])
def test_known_failure_is_excused(entry: Known) -> None:
    """A failure that the file names becomes known, with the reason."""
    found = excused(scenario("failed"), [entry], TODAY)
    assert found.outcome == "known"
    assert found.message == "expected status 201, got status 200; known: ticket 4711"


def test_expired_entry_excuses_nothing() -> None:
    """An entry ends on the day it names."""
    entry = Known("INV-02", "", "ticket 4711", date(2026, 5, 31))
    found = excused(scenario("failed"), [entry], TODAY)
    assert found.outcome == "failed"
    assert found.message.endswith("its entry in [[known]] expired on 2026-05-31")


@pytest.mark.parametrize("outcome", ["passed", "warned", "unmet", "error"])
def test_only_failures_are_excused(outcome: str) -> None:
    """An entry changes nothing but a failure."""
    assert excused(scenario(outcome), [BY_ID], TODAY) == scenario(outcome)


@pytest.mark.parametrize(
    ("outcome", "count"), [("passed", 1), ("known", 0), ("unmet", 0), ("error", 0)], ids=str
)
def test_stale_entry_fails(outcome: str, count: int) -> None:
    """An entry whose scenarios pass fails the run until it is removed."""
    found = stale([BY_ID], [scenario(outcome)])
    assert [item.outcome for item in found] == ["failed"] * count


def test_entry_of_what_did_not_run_is_not_stale() -> None:
    """A selection of other scenarios says nothing about an entry."""
    assert stale([BY_ID], []) == []
