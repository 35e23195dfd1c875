"""A feature file that would not run as it reads is refused before anything runs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from command_runs import Ran, copy_suite, run_command

from graphcal import places
from graphcal.outcomes import ExitCode

if TYPE_CHECKING:
    from pathlib import Path

SOUND = """\
Feature: A trial

  @SET-01
  Scenario: A list
    When Adele lists her calendars
    Then the service answers 200 with a collection
"""
EXTRA_STEPS = """
from pytest_bdd import then, when
from graphcal.phrases import phrase

@then(phrase("the service answers {code:Number} in verse"))
def in_verse(code): raise AssertionError

@then("the service answers 200 in verse")
def in_prose(): raise AssertionError

@when("Adele waits")
async def waits(): raise AssertionError
"""
VOCABULARY = "graphcal list --steps prints the vocabulary"

Refuse = Callable[..., Ran]


@pytest.fixture(scope="module")
def features(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of features of a suite of its own, shared by the tests of this module."""
    return copy_suite(tmp_path_factory.mktemp("suite"))


@pytest.fixture
def collect(features: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Refuse]:
    """Run the command on a suite with the given files, and take them away again."""
    monkeypatch.setattr(places, "suite", lambda: features.parent)
    written: list[Path] = []

    def run(content: str | bytes, *options: str, **others: str) -> Ran:
        files = {"trial": content, **others}
        for name, text in files.items():
            written.append(features / f"{name}.feature")
            written[-1].write_bytes(text if isinstance(text, bytes) else text.encode())
        return run_command(*options)

    yield run
    for path in written:
        path.unlink()


@pytest.fixture
def extra_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A module of step definitions beside those of the suite."""
    (tmp_path / "extra_steps.py").write_text(EXTRA_STEPS, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield "extra_steps"
    del sys.modules["extra_steps"]


def refusals(ran: Ran) -> list[str]:
    """Return the lines that name a place in the trial, without the folder; check that the run was refused."""
    assert ran.code == ExitCode.USAGE
    assert "Traceback" not in ran.output
    assert "INTERNALERROR" not in ran.output
    assert ran.report["scenarios"] == []
    lines = ran.output.splitlines()
    return [line.partition("/features/")[2] for line in lines if "/features/trial.feature:" in line]


def test_sound_file_is_collected(collect: Refuse) -> None:
    """The file that the tests below spoil is fine before."""
    ran = collect(SOUND, "--collect-only")
    assert ran.code == ExitCode.CLEAN
    assert "features/trial.feature::A list" in ran.output


LIST = SOUND.partition("\n\n")[2]  # its scenario, tag and all
ANOTHER = LIST.replace("A list", "Another list")


def spoilt(old: str, new: str) -> str:
    """Return the sound file with one thing changed."""
    assert old in SOUND
    return SOUND.replace(old, new)


def outline(*examples: str) -> str:
    """Return the sound file's scenario as an outline with a table of examples."""
    rows = "".join(f"      {row}\n" for row in examples)
    return spoilt("Scenario:", "Scenario Outline:") + ("\n    Examples:\n" + rows if rows else "")


REFUSED = {
    "keyword mistyped at the first step": (
        spoilt("    When", "    Whn").replace("    Then", "    Thn"),
        "4: 'A list' has no Then, so it could not fail; is 'Whn Adele lists her calendars' meant to be a step?",
    ),
    "no step at all": (
        "Feature: A trial\n\n  @SET-01\n  Scenario: A list\n",
        "4: 'A list' has no Then, so it could not fail",
    ),
    "no Then": (
        spoilt("    Then the service answers 200 with a collection\n", ""),
        "4: 'A list' has no Then, so it could not fail",
    ),
    "two scenarios of one title": (
        f"{SOUND}\n{LIST}",
        "9: the scenarios at lines 4 and 9 are both called 'A list'",
    ),
    "one title in two Rules": (
        f"Feature: A trial\n\n  Rule: One\n{LIST}\n  Rule: Two\n{LIST}",
        "11: the scenarios at lines 5 and 11 are both called 'A list'",
    ),
    "outline whose rows have one title": (
        outline("| code |", "| 200  |", "| 201  |"),
        "4: 2 scenarios are called 'A list'; titles are unique, in an outline by a <placeholder>",
    ),
    "row with the title of another scenario": (
        SOUND
        + ANOTHER.replace("Scenario: Another", "Scenario Outline: <which>")
        + "\n    Examples:\n      | which |\n      | A     |\n",
        "4: 2 scenarios are called 'A list'; titles are unique, in an outline by a <placeholder>",
        "8: 2 scenarios are called 'A list'; titles are unique, in an outline by a <placeholder>",
    ),
    "outline whose table has no row": (
        outline("| code |"),
        "4: 'A list' is an outline without a row; give it Examples with rows",
    ),
    "outline without Examples": (
        outline(),
        "4: 'A list' is an outline without a row; give it Examples with rows",
    ),
    "undefined step": (
        spoilt("lists her", "burns her"),
        f"5: no step is defined for 'When Adele burns her calendars'; {VOCABULARY}",
    ),
    "unknown person": (
        spoilt("Adele", "Adela"),
        f"5: no step is defined for 'When Adela lists her calendars'; {VOCABULARY}",
    ),
    "step in a Background that is not defined": (
        spoilt("A trial\n", "A trial\n\n  Background:\n    Given all is well\n"),
        f"4: no step is defined for 'Given all is well'; {VOCABULARY}",
    ),
    "Then phrase behind a When": (
        spoilt("When Adele lists her calendars", "When the service answers 200"),
        f"5: no step is defined for 'When the service answers 200'; {VOCABULARY}",
    ),
    "unknown requirement": (
        spoilt("SET-01", "SET-99"),
        "4: @SET-99 is no requirement of the catalogue; graphcal list prints them",
    ),
    "unknown tag": (
        spoilt("@SET-01", "@SET-01 @slow"),
        "4: unknown tag @slow; tags are requirement ids, stated, documented, observed",
    ),
    "no tag of a requirement": (
        spoilt("  @SET-01\n", ""),
        "3: no requirement is tagged, so nobody would know what a failure means",
    ),
    "requirements of two levels": (
        spoilt("@SET-01", "@SET-01 @INV-09"),
        "4: say with one tag at which level the scenario judges: stated, documented, observed",
    ),
    "two tags of levels": (
        spoilt("@SET-01", "@SET-02 @stated @observed"),
        "4: say with one tag at which level the scenario judges: stated, documented, observed",
    ),
    "level that the catalogue does not give": (
        spoilt("@SET-01", "@SET-03 @observed"),
        "4: the catalogue says nothing observed of SET-03; a level tag splits a row that has parts of two levels",
    ),
    "title with two colons": (
        spoilt("A list", "A::list"),
        "4: a title holds no '::' and ends without a full stop: 'A::list'",
    ),
    "title with a full stop": (
        spoilt("A list", "A list."),
        "4: a title holds no '::' and ends without a full stop: 'A list.'",
    ),
    "no title": (
        spoilt("A list", ""),
        "4: a scenario without a title; reports and -k know it by its title",
    ),
    "two Whens": (
        spoilt("    When", "    When Adele lists her calendars\n    When"),
        "4: 'A list' has 2 Whens; one behaviour a scenario",
    ),
    "Then before When": (
        spoilt("    When", "    Then the service answers 200\n    When"),
        "4: 'A list' does not go from Given through When to Then",
    ),
    "Given after When": (
        spoilt("    Then", "    Given Alex has delegated his calendar to Adele\n    Then"),
        "4: 'A list' does not go from Given through When to Then",
    ),
}


@pytest.mark.parametrize(("content", "told"), [(case[0], case[1:]) for case in REFUSED.values()], ids=REFUSED)
def test_refusal_names_the_line_and_what_is_wrong(
    content: str, told: tuple[str, ...], collect: Refuse
) -> None:
    """Each of these files is refused with all the lines of its problem, and nothing else is said."""
    assert [f"trial.feature:{line}" for line in told] == refusals(collect(content))


UNREADABLE = {
    "keyword mistyped below a step": (spoilt("    Then", "    Thn"), "6: Unexpected token found"),
    "no Feature": (LIST, "2: Misplaced or incorrect 'Scenario' keyword"),
    "tags and nothing else": ("@SET-01\n", "2: "),
    "And as the first step": (
        spoilt("    When", "    And"),
        "5: First step in a scenario or background must",
    ),
    "second Feature": (f"{SOUND}\n{SOUND}", "8: "),
    "table of unequal rows": (f"{SOUND}      | a | b |\n      | c |\n", "8: "),
    "text block left open": (f'{SOUND}      """\n      and so on\n', "9: "),
    "unknown language": (f"# language: xx\n{SOUND}", "1: "),
}


@pytest.mark.parametrize(("content", "told"), UNREADABLE.values(), ids=UNREADABLE)
def test_syntax_error_is_told_with_its_line(content: str, told: str, collect: Refuse) -> None:
    """What the parser of Gherkin refuses is told with its line, and without a traceback."""
    (line,) = refusals(collect(content))
    assert line.startswith(f"trial.feature:{told}")


WHOLE = {
    "empty file": ("", "no feature in it, so nothing would be checked"),
    "blank lines": ("\n\n", "no feature in it, so nothing would be checked"),
    "comments only": ("# nothing yet\n", "no feature in it, so nothing would be checked"),
    "no scenario": ("Feature: A trial\n", "no scenario in it, so nothing would be checked"),
    "Rule without scenario": ("Feature: A\n\n  Rule: B\n", "no scenario in it, so nothing would be checked"),
    "Latin-1": ("Feature: Bär\n".encode("latin-1"), "can't be read: 'utf-8' codec can't decode byte 0xe4"),
    "UTF-16": (SOUND.encode("utf-16"), "can't be read: 'utf-8' codec can't decode byte 0xff"),
}


@pytest.mark.parametrize(("content", "told"), WHOLE.values(), ids=WHOLE)
def test_problem_of_a_whole_file_is_told_with_its_name(
    content: str | bytes, told: str, collect: Refuse
) -> None:
    """What is wrong with a file as a whole has no line; the file is named."""
    (line,) = refusals(collect(content))
    assert line.startswith(f"trial.feature: {told}")


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (
            "Then the service answers 200 in verse",
            "6: 2 steps are defined for 'Then the service answers 200 in verse'; pytest-bdd would take the last",
        ),
        ("When Adele waits", "5: the step for 'When Adele waits' is async, and nobody would await it"),
    ],
    ids=["two definitions", "async definition"],
)
def test_bad_step_definition_is_refused(step: str, told: str, extra_steps: str, collect: Refuse) -> None:
    """A step with two definitions, or one that nobody would await, is refused where it is used."""
    keyword = step.split(" ", 1)[0]
    lines = [step if line.split()[:1] == [keyword] else line.strip() for line in SOUND.splitlines()]
    assert [f"trial.feature:{told}"] == refusals(collect("\n".join(lines), f"-p{extra_steps}"))


def test_problems_of_one_file_come_together_in_the_order_of_lines(collect: Refuse) -> None:
    """Whoever mends a file sees all that is wrong with it at once, from top to bottom."""
    content = spoilt("lists her", "burns her") + dedent(
        """
          @SET-99 @slow
          Scenario: Another.
            When Adele lists her calendars
            When Adele lists her calendars

          Scenario: The last
            When Adele lists her calendars
            Then all is well
        """
    )
    assert refusals(collect(content)) == [
        f"trial.feature:5: no step is defined for 'When Adele burns her calendars'; {VOCABULARY}",
        "trial.feature:9: @SET-99 is no requirement of the catalogue; graphcal list prints them",
        "trial.feature:9: unknown tag @slow; tags are requirement ids, stated, documented, observed",
        "trial.feature:9: a title holds no '::' and ends without a full stop: 'Another.'",
        "trial.feature:9: 'Another.' has no Then, so it could not fail",
        "trial.feature:9: 'Another.' has 2 Whens; one behaviour a scenario",
        "trial.feature:13: no requirement is tagged, so nobody would know what a failure means",
        f"trial.feature:15: no step is defined for 'Then all is well'; {VOCABULARY}",
    ]


def test_problem_of_an_outline_is_told_once(collect: Refuse) -> None:
    """Rows share their steps, so a problem of a step is not repeated for each row."""
    content = (
        outline("| code |", "| 200  |", "| 201  |")
        .replace("A list", "A list <code>")
        .replace("SET-01", "SET-99")
    )
    assert refusals(collect(content)) == [
        "trial.feature:4: @SET-99 is no requirement of the catalogue; graphcal list prints them"
    ]


def test_one_bad_file_stops_the_run(collect: Refuse) -> None:
    """Nothing of a sound chapter runs beside a bad one: a verdict on half the suite is none."""
    ran = collect(SOUND.replace("SET-01", "SET-99"), sound=SOUND)
    assert refusals(ran) == [
        "trial.feature:4: @SET-99 is no requirement of the catalogue; graphcal list prints them"
    ]
    assert ran.report["verdict"] == "empty"


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_either_newline_is_fine(newline: str, collect: Refuse) -> None:
    """A checkout on Windows reads like any other."""
    assert collect(SOUND.replace("\n", newline), "--collect-only").code == ExitCode.CLEAN


def test_command_refuses_without_a_traceback(features: Path) -> None:
    """The command in a process of its own says the same and exits with 2."""
    bad = features / "trial.feature"
    bad.write_text(spoilt("SET-01", "SET-99"), encoding="utf-8")
    script = (
        "import sys; from pathlib import Path; from graphcal import places, running; "
        "places.suite = lambda: Path(sys.argv[1]); sys.exit(running.run([]))"
    )
    try:
        ended = subprocess.run(
            [sys.executable, "-c", script, str(features.parent)],
            capture_output=True,
            text=True,
            check=False,
            cwd=features.parent,
            env={name: value for name, value in os.environ.items() if not name.startswith("PYTEST")},
        )
    finally:
        bad.unlink()
    assert ended.returncode == ExitCode.USAGE
    assert (
        f"{bad}:4: @SET-99 is no requirement of the catalogue; graphcal list prints them"
        in ended.stdout.splitlines()
    )
    assert "Traceback" not in ended.stdout
    assert ended.stderr == ""
