"""How a target stands by chapter and level, and the sentence that says so."""

from __future__ import annotations

import pytest

from graphcal.headline import headline
from graphcal.known import entries_for
from graphcal.outcomes import verdict_of
from graphcal.report.model import Report, Requirement, Scenario, Standing, Target
from graphcal.standings import core_of, core_sentence, standings

CHAPTERS = {"SET": "Calendars", "ERR": "Errors"}
REFUSED = "the token was refused; sign in again"


def row(identifier: str, level: str, outcome: str) -> Requirement:
    """Return a requirement that a scenario judged, or none."""
    scenarios = () if outcome == "untested" else (f"features/x.feature::{identifier}",)
    return Requirement(
        identifier, identifier[:3], level, "A sentence.", "A page", "https://x", outcome, scenarios, "why"
    )


def scenario(outcome: str, message: str = "") -> Scenario:
    """Return a scenario that ended so."""
    return Scenario("x::a", "x", 1, "a", "", ("SET-01",), "stated", outcome, "service", 0, 1, message)


def of(found: tuple[Standing, ...], kind: str, name: str = "") -> str:
    """Return the verdict of one standing."""
    return next(standing.verdict for standing in found if (standing.kind, standing.name) == (kind, name))


SINGLE = {
    "passed": "conformant",
    "warned": "conformant",
    "failed": "deviates",
    "error": "inconclusive",
    "unmet": "inconclusive",
    "untested": "empty",
}


@pytest.mark.parametrize("level", ["stated", "documented", "observed"])
@pytest.mark.parametrize(("outcome", "verdict"), SINGLE.items())
def test_single_row_stands_as_it_ended(level: str, outcome: str, verdict: str) -> None:
    """What was not looked at is no conformance."""
    found = standings([row("SET-01", level, outcome)], CHAPTERS)
    assert {of(found, "all"), of(found, "level", level), of(found, "chapter", "SET")} == {verdict}
    assert of(found, "chapter", "ERR") == "empty"


@pytest.mark.parametrize("outcome", ["unsupported", "known"])
def test_core_is_not_exempted(outcome: str) -> None:
    """A stated row that is not implemented, or known to deviate, keeps a target from conforming to the core."""
    rows = [row("SET-01", "stated", "passed"), row("SET-03", "stated", outcome)]
    found = standings(rows, CHAPTERS)
    assert of(found, "level", "stated") == of(found, "all") == "deviates"
    assert core_sentence(core_of(found), rows).startswith("not conformant to the core: SET-03 ")


def test_other_levels_may_lack_calls() -> None:
    """Beyond the core what is not implemented leaves a level incomplete, and the core as it is."""
    rows = [
        row("SET-01", "stated", "passed"),
        row("ERR-01", "documented", "unsupported"),
        row("ERR-04", "documented", "passed"),
    ]
    found = standings(rows, CHAPTERS)
    assert of(found, "level", "documented") == of(found, "chapter", "ERR") == "incomplete"
    assert of(found, "level", "stated") == "conformant"
    assert core_sentence(core_of(found), rows) == ""


HEADLINES = {
    "one": (["passed"], False, "Conformant: 1 scenario passed"),
    "some warned": (["passed", "passed", "warned"], False, "Conformant: 2 of 3 scenarios passed, 1 warned"),
    "failed": (["passed", "failed", "warned"], False, "Deviates: 1 of 3 scenarios failed, 1 warned"),
    "error": (["passed", "error"], False, "Inconclusive: of 2 scenarios, 1 error"),
    "nothing": ([], False, "Empty: no scenario ran, so nothing is known"),
    "stopped": (["error"], True, "Inconclusive: the run stopped after 1 scenario"),
    "stopped after a failure": (["failed"], True, "Deviates: 1 of 1 scenario failed"),
}


@pytest.mark.parametrize(("outcomes", "unfinished", "said"), HEADLINES.values(), ids=HEADLINES)
def test_verdict_is_said_in_a_sentence(outcomes: list[str], unfinished: bool, said: str) -> None:
    """The headline counts what matters for the verdict."""
    scenarios = [scenario(outcome) for outcome in outcomes]
    assert headline(verdict_of(outcomes), scenarios, "", unfinished=unfinished) == said


@pytest.mark.parametrize("outcome", ["unsupported", "unmet", "error"])
def test_vacuous_run_says_so_and_why(outcome: str) -> None:
    """A run that could look at nothing says it first, with what hindered most scenarios."""
    scenarios = [scenario(outcome, REFUSED), scenario(outcome, REFUSED), scenario(outcome, "other")]
    said = headline(verdict_of([outcome]), scenarios, "", unfinished=False)
    assert said == (
        f"Inconclusive: nothing could be judged, of 3 scenarios 3 {outcome}; most often because {REFUSED}"
    )


def test_failures_bring_the_entry_to_paste() -> None:
    """An entry for each of three requirements, quotes and all, and the names of the others."""
    rows = [row(f"SET-0{number}", "stated", "failed") for number in range(1, 6)]
    report = Report(
        version="1", target=Target("x", "service", ""), started="2026-01-01T00:00:00+00:00", seconds=1, requests=1,
        verdict="deviates", headline="", exit_code=1, chapters=CHAPTERS, features=(), recordings=(), scenarios=(),
        requirements=tuple(rows),
    )  # fmt: skip
    text = entries_for(report)
    assert text.startswith('[[known]]\nrequirement = "SET-01"\nreason = "why"\nexpires = 2026-04-01\n')
    assert text.endswith("# and so on for SET-04, SET-05")
