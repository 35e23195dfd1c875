"""The reference emulator passes every scenario, through MSAL over TLS, and nothing stays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from live_place import Place


@pytest.mark.parametrize("delivery", ["0", "0.5"])
def test_every_scenario_of_both_chapters_passes(place: Place, delivery: str) -> None:
    """None is skipped: one run arranges the delegation for one chapter, and the share for the other."""
    ran = place.run("emulator", environment={"GRAPHCAL_EMULATOR_DELIVERY": delivery})
    assert ran.code == 0, ran.output
    assert set(ran.outcomes) == {"passed"}
    assert {scenario["feature"] for scenario in ran.report["scenarios"]} == {
        "features/walkthrough.feature",
        "features/shared_calendar.feature",
    }
    assert {scenario["provenance"] for scenario in ran.report["scenarios"]} == {"emulator"}
    assert ran.report["target"]["base_url"].startswith("https://localhost:")
    assert place.journal == []
    assert "Not cleaned up" not in ran.output


def test_two_workers_have_an_emulator_each(place: Place) -> None:
    """A chapter stays with one worker, so both workers reach the same outcomes."""
    ran = place.run("emulator", "-n", "2", "--dist", "loadfile")
    assert ran.code == 0, ran.output
    assert set(ran.outcomes) == {"passed"}
    assert len(ran.report["scenarios"]) > 140
    assert place.journal == []


def test_fault_is_found(place: Place) -> None:
    """An emulator that breaks a requirement is told from one that does not."""
    ran = place.run("emulator", environment={"GRAPHCAL_EMULATOR_FAULT": "INV-02"})
    assert ran.code == 1, ran.output
    assert ran.failed == {"INV-02", "INV-22"}  # INV-22 says that a sharee's requests are answered the same
    assert ran.ended("error") == []
    assert place.journal == []


def test_unknown_fault_is_a_mistake_of_the_user(place: Place) -> None:
    """The variable is named in a sentence."""
    ran = place.run("emulator", environment={"GRAPHCAL_EMULATOR_FAULT": "INV-99"})
    assert ran.code == 2
    assert "GRAPHCAL_EMULATOR_FAULT=INV-99" in ran.output


def test_requests_are_few(place: Place) -> None:
    """Hardly a request is sent that no scenario asserts: facts are established once per chapter.

    `requests` in report.json counts what the chapter sent and leaves out arranging and cleaning up. What
    the scenarios judge are the exchanges that the page of the report shows; the rest are the searches.
    """
    ran = place.run("emulator", "-k", "walkthrough")
    page = (place.reports / "report.html").read_text(encoding="utf-8")
    judged = set(re.findall(r"walkthrough-\d+", page))
    assert ran.code == 0, ran.output
    assert len(judged) >= 6
    assert ran.report["requests"] / len(judged) <= 1.5
