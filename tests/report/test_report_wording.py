"""Reports speak of a run in the same plain words."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sample

from graphcal.catalogue import LEVELS
from graphcal.outcomes import Outcome, Verdict
from graphcal.report import wording
from graphcal.report.words import words_in

WORDS = words_in("en")


def test_every_outcome_and_verdict_has_words_and_a_mark() -> None:
    """Nothing a run can find is left without an explanation."""
    assert list(wording.OUTCOMES) == [*Outcome, "untested"]
    assert set(wording.MARKS) == set(wording.OUTCOMES)
    assert set(wording.VERDICT_MARKS) == set(Verdict)
    for key in (
        *(f"{kind}.{word}" for word in wording.OUTCOMES for kind in ("outcome", "meaning")),
        *(f"{kind}.{word}" for word in LEVELS for kind in ("level", "meaning")),
        *(f"verdict.{word}" for word in Verdict),
    ):
        assert WORDS(key)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.0421, "42 ms"), (0.9996, "1000 ms"), (1.0, "1.0 s"), (59.0, "59.0 s"), (192.4, "3 min 12 s")],
)
def test_duration_is_said_as_people_say_it(seconds: float, said: str) -> None:
    """Milliseconds, seconds, or minutes."""
    assert wording.duration(seconds, WORDS) == said


@pytest.mark.parametrize(
    ("started", "said"),
    [
        ("2026-11-21T06:33:12+00:00", "21 November 2026, 06:33:12 UTC"),
        ("2026-11-21T06:33:12Z", "21 November 2026, 06:33:12 UTC"),
        ("2026-01-02T06:33:12+01:00", "2 January 2026, 06:33:12 UTC+01:00"),
        ("soon", "soon"),
    ],
)
def test_moment_is_readable(started: str, said: str) -> None:
    """A time is written out; what is none is left alone."""
    assert wording.moment(started, WORDS) == said


def test_tally_is_worst_first() -> None:
    """What needs attention is read first."""
    assert (
        wording.in_words(wording.tally(["passed", "warned", "passed", "failed"]), WORDS)
        == "1 failed, 1 warned, 2 passed"
    )


def test_outcome_nobody_knows_is_counted_too() -> None:
    """A number never disappears."""
    assert wording.tally(["passed", "odd"]) == {"passed": 1, "odd": 1}


def test_tally_can_be_put_in_order_too() -> None:
    """Numbers that somebody has counted already are put worst first as well."""
    assert list(wording.tally({"passed": 3, "unmet": 0, "failed": 1})) == ["failed", "passed"]


def test_long_text_is_cut_and_says_so() -> None:
    """What is cut off is counted."""
    assert wording.shortened("abcdef", 6, WORDS) == "abcdef"
    assert wording.shortened("abcdefg", 4, WORDS) == "abcd… (3 characters more)"


def test_scenarios_are_read_in_the_order_of_the_files() -> None:
    """A run in random order is reported like any other."""
    report = sample.green()

    assert wording.in_order(replace(report, scenarios=report.scenarios[::-1])) == list(report.scenarios)


def test_scenario_of_an_unlisted_feature_is_not_lost() -> None:
    """A feature that could not be described is called by its path."""
    report = replace(sample.green(), features=())

    assert len(wording.in_order(report)) == len(report.scenarios)
    assert wording.feature_titles(report)["features/roles.feature"] == "features/roles.feature"


def test_service_is_not_called_evidence_about_the_suite() -> None:
    """Answers of the target itself speak for themselves."""
    assert wording.provenance(sample.troubled(), WORDS) == [
        "78 scenarios rest on what Contoso test tenant answered during this run."
    ]


def test_unprintable_characters_become_visible() -> None:
    """What neither XML nor UTF-8 carries is shown by a stand-in; line breaks and tabs stay."""
    assert wording.printable("a\x00\x1b\t\n\r\n\x7f\ud800\uffff\u202e") == "a␀␛\t\n\n␡\ufffd\ufffd\ufffd"
