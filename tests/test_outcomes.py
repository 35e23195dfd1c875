"""Outcomes add up to a verdict and an exit code."""

from __future__ import annotations

import itertools

import pytest

from graphcal.outcomes import Deviation, ExitCode, Outcome, Verdict, exit_code_of, sentence, verdict_of, worst
from graphcal.report.model import Finding
from graphcal.verdicts import ending_of, first_line

SUMS = {
    "nothing": ([], Verdict.EMPTY, 5),
    "passed": (["passed"], Verdict.CONFORMANT, 0),
    "failed": (["failed"], Verdict.DEVIATES, 1),
    "failed among passed": (["passed", "failed", "passed"], Verdict.DEVIATES, 1),
    "failed and error": (["error", "failed"], Verdict.DEVIATES, 1),
    "error": (["error"], Verdict.INCONCLUSIVE, 3),
    "error among passed": (["passed", "error"], Verdict.INCONCLUSIVE, 3),
    "warned": (["passed", "warned"], Verdict.CONFORMANT, 0),
    "warned alone": (["warned"], Verdict.CONFORMANT, 0),
    "known": (["known", "passed"], Verdict.CONFORMANT, 0),
    "unmet among passed": (["passed", "unmet"], Verdict.CONFORMANT, 0),
    "unmet alone": (["unmet", "unmet"], Verdict.INCONCLUSIVE, 3),
    "unsupported among passed": (["passed", "unsupported"], Verdict.CONFORMANT, 0),
    "unsupported alone": (["unsupported"], Verdict.INCONCLUSIVE, 5),
    "unmet and unsupported": (["unmet", "unsupported"], Verdict.INCONCLUSIVE, 5),
    "unmet and error": (["unmet", "error"], Verdict.INCONCLUSIVE, 3),
}


@pytest.mark.parametrize(("outcomes", "verdict", "code"), SUMS.values(), ids=SUMS)
def test_outcomes_add_up(outcomes: list[str], verdict: Verdict, code: int) -> None:
    """Each sum of outcomes has one verdict and one exit code."""
    assert verdict_of(outcomes) == verdict
    assert exit_code_of(outcomes) == code


@pytest.mark.parametrize("outcome", Outcome)
def test_failure_outranks_everything(outcome: Outcome) -> None:
    """A proven deviation is never hidden by what else happened."""
    assert exit_code_of([outcome, Outcome.FAILED]) == ExitCode.DEVIATION
    assert verdict_of([outcome, Outcome.FAILED]) == Verdict.DEVIATES


@pytest.mark.parametrize("chosen", list(itertools.combinations(Outcome, 3)), ids=" ".join)
def test_exit_code_and_verdict_agree(chosen: tuple[Outcome, ...]) -> None:
    """0 is conformant, 1 deviates, and everything else is inconclusive."""
    code = exit_code_of(chosen)
    expected = {0: Verdict.CONFORMANT, 1: Verdict.DEVIATES}.get(code, Verdict.INCONCLUSIVE)
    assert verdict_of(chosen) == expected


def test_order_of_outcomes_does_not_count() -> None:
    """Sums are the same whatever ran first."""
    for chosen in itertools.permutations(["passed", "error", "unmet", "warned"]):
        assert (verdict_of(chosen), exit_code_of(chosen)) == (Verdict.INCONCLUSIVE, 3)


ORDER = [Outcome(name) for name in ["failed", "error", "warned", "known", "passed", "unsupported", "unmet"]]


@pytest.mark.parametrize(("first", "second"), list(itertools.pairwise(ORDER)), ids=" ".join)
def test_worst_is_the_one_that_says_most(first: Outcome, second: Outcome) -> None:
    """Of two outcomes of a requirement the report shows the worse."""
    assert worst([second, first, second]) == first


ENDINGS = {
    "nothing": (None, "stated", "passed", ""),
    "stated": (Deviation([Finding("a", "b")]), "stated", "failed", "expected a, got b"),
    "documented": (Deviation([Finding("a", "b")]), "documented", "failed", "expected a, got b"),
    "observed": (Deviation([Finding("a", "b")]), "observed", "warned", "expected a, got b"),
    "assertion": (AssertionError("no"), "stated", "error", "the suite's own trouble: AssertionError: no"),
    "slip": (KeyError("id"), "stated", "error", "the suite's own trouble: KeyError: 'id'"),
}


@pytest.mark.parametrize(("error", "level", "outcome", "message"), ENDINGS.values(), ids=ENDINGS)
def test_exception_decides_the_outcome(
    error: Exception | None, level: str, outcome: str, message: str
) -> None:
    """Only a Deviation is a failure of the service; what nobody foresaw is the suite's own trouble."""
    ending = ending_of(error, level, strict=False)
    assert (ending.outcome, ending.message) == (outcome, message)


def test_strict_lets_observations_fail() -> None:
    """With --strict what is only observed fails too."""
    assert ending_of(Deviation([Finding("a", "b")]), "observed", strict=True).outcome == "failed"


def test_finding_is_said_with_its_place() -> None:
    """The sentence is complete on its own."""
    assert sentence(Finding("x to be 1", "2", "$.value[1].x")) == "expected x to be 1, got 2 ($.value[1].x)"


def test_several_findings_are_counted() -> None:
    """One line says the first finding, its hint, and how many more there are."""
    findings = (Finding("a", "b", hint="try c"), Finding("d", "e"), Finding("f", "g"))
    assert first_line(findings) == "expected a, got b; try c; and 2 more"
