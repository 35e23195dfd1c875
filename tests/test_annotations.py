"""Annotations of GitHub Actions say what failed, where, and no more than GitHub shows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from graphcal import places
from graphcal.annotations import checkout, commands, wanted
from graphcal.report.model import Report, Requirement, Scenario, Target

FEATURE = "features/tally.feature"
SCENARIO = Scenario(
    id="s", feature=FEATURE, line=12, title="Alex sees the tally", rule="", requirements=("SET-00",),
    level="stated", outcome="failed", provenance="service", seconds=1, requests=1, message="expected a",
)  # fmt: skip
EMPTY = Report(
    version="1", target=Target("x", "service", ""), started="", seconds=1, requests=1, verdict="deviates",
    headline="Deviates: 1 of 1 scenario failed", exit_code=1, chapters={}, features=(), recordings=(),
    scenarios=(), requirements=(),
)  # fmt: skip


def row(number: int, outcome: str = "failed", text: str = "a: b, c") -> Requirement:
    """Return a requirement with an outcome."""
    identifier = f"SET-{number:02}"
    return Requirement(identifier, "SET", "stated", text, "", "https://x", outcome, ("s",), "50 %\nno")


def test_what_ends_a_line_or_a_title_is_escaped() -> None:
    """As GitHub reads it."""
    [line] = commands(replace(EMPTY, requirements=(row(0),)), None)
    assert line == "::error title=graphcal SET-00 (stated)%3A a%3A b%2C c::50 %25%0Ano%0Ahttps://x"


def test_ten_of_a_kind_are_shown_and_the_rest_counted() -> None:
    """Failures and errors are one kind to GitHub; failures come first."""
    rows = [row(number, "error") for number in range(7)] + [row(number + 7) for number in range(6)]
    warned = [row(number + 13, "warned") for number in range(11)]
    lines = list(commands(replace(EMPTY, requirements=(*rows, *warned)), None))
    assert [line.split(" ")[0] for line in lines] == [
        *["::error"] * 10, "::notice", *["::warning"] * 10, "::notice",
    ]  # fmt: skip
    assert ["SET-07" in lines[0], "SET-00" in lines[6]] == [True, True]
    assert lines[10] == "::notice title=graphcal::3 more errors: report.html shows all"
    assert lines[-1] == "::notice title=graphcal::1 more warning: report.html shows all"


def test_a_scenario_in_the_checkout_is_pointed_at() -> None:
    """By its path from there; a package's lies elsewhere, and stands in the message alone."""
    report = replace(EMPTY, requirements=(row(0),), scenarios=(SCENARIO,))
    [inside] = commands(report, places.suite().parent)
    assert inside.startswith(f"::error file={places.suite().name}/{FEATURE},line=12,title=")
    for elsewhere in (Path("/elsewhere"), None):
        [outside] = commands(report, elsewhere)
        assert outside.startswith("::error title=")
        assert outside.endswith(f"%0A{FEATURE}:12")


def test_a_scenario_of_no_requirement_is_said() -> None:
    """A known deviation that deviates no longer fails the run, so it is an annotation."""
    stale = replace(
        SCENARIO, id="[[known]]::x", feature="[[known]]", line=1, requirements=(), message="remove"
    )
    [line] = commands(replace(EMPTY, scenarios=(stale,)), places.suite())
    assert line == "::error title=graphcal%3A Alex sees the tally::remove%0A[[known]]:1"


def test_a_run_that_could_not_judge_says_its_verdict() -> None:
    """An exit code without a reason at the pull request would be a riddle."""
    assert list(commands(replace(EMPTY, exit_code=0), None)) == []
    lines = list(commands(replace(EMPTY, exit_code=5, requirements=(row(0, "warned"),)), None))
    assert [line[:9] for line in lines] == ["::warning", "::error t"]
    assert lines[-1] == "::error title=graphcal::Deviates: 1 of 1 scenario failed"


def test_long_texts_are_cut() -> None:
    """To what GitHub takes."""
    long = replace(row(0, text="t" * 300), reason="r" * 70_000)
    [line] = commands(replace(EMPTY, requirements=(long,)), None)
    title, message = line.removeprefix("::error title=").split("::", 1)
    assert (len(title.replace("%3A", ":")), len(message)) == (255, 4000 + len("%0Ahttps://x"))


def test_only_steps_of_github_actions_are_annotated() -> None:
    """Elsewhere the commands would be noise."""
    assert wanted({"GITHUB_ACTIONS": "true"})
    assert not wanted({"GITHUB_ACTIONS": "false"})
    assert checkout({}) is None
    assert checkout({"GITHUB_WORKSPACE": str(places.suite())}) == places.suite()
