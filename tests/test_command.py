"""The installed command does what its help says, wherever it is started."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from command_runs import Cassette, Ran, answer, body, run_command, run_recording, walkthrough
from jsonschema import Draft202012Validator

from graphcal import __version__, places
from graphcal.command import main
from graphcal.outcomes import ExitCode

COMMAND = shutil.which("graphcal", path=str(Path(sys.executable).parent)) or ""
SLOW = """
import time
from pathlib import Path

ended = 0

def pytest_runtest_logfinish():
    global ended
    ended += 1
    if ended == 5:
        Path("five").touch()
    if ended >= 5:
        time.sleep(0.1)
"""


def command(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [COMMAND, *arguments], cwd=folder, env=environment(), capture_output=True, text=True, check=False
    )


def environment(**more: str) -> dict[str, str]:
    """Return the environment without what belongs to the pytest around this test."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")} | more


def contract() -> Draft202012Validator:
    """Return the validator of report.json."""
    path = places.PACKAGE / "report" / "report.schema.json"
    return Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))


def uneven() -> Cassette:
    """Return a recording whose scenarios pass, warn, fail and can't be judged."""
    recording = walkthrough()
    created, invitation = body(recording, 2), body(recording, 3)
    created["isReminderOn"] = True
    invitation["sender"] = invitation["from"]
    answer(recording, 2, json.dumps(created))
    answer(recording, 3, json.dumps(invitation))
    answer(recording, 6, '{"error": {"code": "ErrorItemNotFound", "message": "Not found."}}', status=404)
    return recording


@cache
def in_order() -> Ran:
    """Judge the uneven recording from the first scenario to the last."""
    return run_recording(uneven())


def test_version_is_the_packages(tmp_path: Path) -> None:
    """The command tells the version of the package."""
    assert command("--version", folder=tmp_path).stdout == f"graphcal, version {__version__}\n"


def test_module_is_the_command(tmp_path: Path) -> None:
    """`python -m graphcal` does the same."""
    ended = subprocess.run(
        [sys.executable, "-m", "graphcal", "--version"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.stdout == f"graphcal, version {__version__}\n"


def test_run_judges_from_another_folder_and_leaves_nothing_there(tmp_path: Path) -> None:
    """A plain run passes, says the verdict last, and writes no file."""
    ended = command("run", folder=tmp_path)
    assert (ended.returncode, ended.stderr) == (ExitCode.CLEAN, "")
    assert "Conformant: " in ended.stdout
    assert list(tmp_path.iterdir()) == []


def test_conftest_of_the_folder_does_not_matter(tmp_path: Path) -> None:
    """Settings of another project's pytest stay out of the run."""
    (tmp_path / "conftest.py").write_text("raise RuntimeError\n", encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --frobnicate\n", encoding="utf-8")
    (tmp_path / "features").mkdir()
    ended = command("run", "-mRCV-02", folder=tmp_path)
    assert (ended.returncode, ended.stderr) == (ExitCode.CLEAN, "")


def test_warning_of_a_library_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that will drop something is no trouble of whoever runs the suite with it."""
    warn = (
        "import warnings\n\n\ndef pytest_bdd_before_step():\n    warnings.warn('soon', DeprecationWarning)\n"
    )
    (tmp_path / "old_library.py").write_text(warn, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    ran = run_command("-pold_library", "-mSET-03")
    assert (ran.code, set(ran.outcomes.values())) == (ExitCode.CLEAN, {"passed"})


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_names_the_commands(option: str) -> None:
    """Help says what there is."""
    ended = CliRunner().invoke(main, [option])
    assert ended.exit_code == 0
    assert all(f"\n  {name} " in ended.output for name in ("run", "list", "explain", "diff", "merge"))


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_of_run_names_its_options(option: str) -> None:
    """`graphcal run --help` says the suite's own options, not all of pytest's."""
    ended = CliRunner().invoke(main, ["run", option])
    assert ended.exit_code == 0
    assert all(name in ended.output for name in ("--target", "--cassettes", "--report", "--strict"))
    assert "--junit-prefix" not in ended.output


def test_unknown_command_is_a_usage_error() -> None:
    """A mistyped command exits with 2."""
    assert CliRunner().invoke(main, ["rnu"]).exit_code == ExitCode.USAGE


def test_list_prints_every_requirement() -> None:
    """Each id stands there with its level, and with its scenarios or the reason why none."""
    printed = CliRunner().invoke(main, ["list"]).output
    report = in_order().report
    assert [row["id"] for row in report["requirements"] if f"\n{row['id']}  " not in printed] == []
    titles = [scenario["title"] for scenario in report["scenarios"] if "for " not in scenario["title"]]
    assert len([title for title in titles if title in printed]) > 70


def test_list_prints_the_vocabulary() -> None:
    """The phrases stand under their keywords, with the module that defines them."""
    ended = CliRunner().invoke(main, ["list", "--steps"])
    assert ended.exit_code == 0
    lines = ended.output.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == ["Given", "When", "Then"]
    assert "  the sender is {who:Person}  (messages)" in lines


@pytest.mark.parametrize("typed", ["RCV-02", "rcv-02", "Rcv-02"])
def test_explain_takes_any_casing(typed: str) -> None:
    """An id is found however it is typed."""
    ended = CliRunner().invoke(main, ["explain", typed])
    assert ended.exit_code == 0
    assert ended.output.startswith("RCV-02  The invitation arrives\n")
    assert "https://learn.microsoft.com/" in ended.output
    assert "Then the sender is Adele" in ended.output


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("RCV-99", "did you mean RCV-"),
        ("nonsense", "graphcal list prints them all"),
        ("", "no requirement ''"),
    ],
)
def test_explain_helps_with_an_unknown_id(typed: str, said: str) -> None:
    """What is no id exits with 2 and a hint."""
    ended = CliRunner().invoke(main, ["explain", typed])
    assert ended.exit_code == ExitCode.USAGE
    assert said in ended.output
    assert "Traceback" not in ended.output


SELECTED = {
    "by word": ("-ksender", {"features/walkthrough.feature::The delegate is the sender of the invitation"}),
    "by requirement": (
        "-mRCV-02",
        {"features/walkthrough.feature::The delegate is the sender of the invitation"},
    ),
    "by id of the report": (
        "features/walkthrough.feature::The invitation is from the owner",
        {"features/walkthrough.feature::The invitation is from the owner"},
    ),
    "by two requirements": (
        "-mRCV-02 or RCV-03",
        {
            "features/walkthrough.feature::The delegate is the sender of the invitation",
            "features/walkthrough.feature::The invitation is from the owner",
        },
    ),
}


@pytest.mark.parametrize(("option", "ids"), SELECTED.values(), ids=SELECTED)
def test_scenarios_are_selected(
    option: str, ids: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A word, a requirement, or an id as report.json prints it selects scenarios, in any folder."""
    monkeypatch.chdir(tmp_path)
    ran = run_command(option)
    assert ran.code == ExitCode.CLEAN
    assert ids <= set(ran.outcomes)
    assert len(ran.outcomes) <= 10


def test_every_id_of_the_report_selects_its_scenario() -> None:
    """The ids of outline rows too can be given back to the command."""
    (identifier,) = [
        name for name in in_order().outcomes if "lists her calendars" in name and "printed" in name
    ]
    assert set(run_command(identifier).outcomes) == {identifier}


USAGE = {
    "unknown option": (["--frobnicate"], "unrecognized arguments: --frobnicate"),
    "unknown target": (["--target=venus"], "--target venus: unknown target"),
    "missing target file": (["--target=no.toml"], "no.toml: no such file; --target names a TOML file"),
    "missing folder of recordings": (["--cassettes=/nowhere"], "--cassettes /nowhere: no such folder"),
    "unknown scenario": (["features/walkthrough.feature::No such"], "No such"),
    "bad expression": (["-k("], "-k"),
}


@pytest.mark.parametrize(("arguments", "said"), USAGE.values(), ids=USAGE)
def test_usage_error_exits_with_2(arguments: list[str], said: str) -> None:
    """What the user got wrong is named, and no traceback is shown."""
    ran = run_command(*arguments)
    assert ran.code == ExitCode.USAGE
    assert said in ran.output
    assert "Traceback" not in ran.output


@pytest.mark.parametrize("option", ["--log-level=INFO", "--log-cli-level=INFO"])
def test_options_of_logging_are_taken(option: str) -> None:
    """A run leaves pytest's logging out, but not where it is asked for."""
    ran = run_command("-mRCV-02", option)
    assert ran.code == ExitCode.CLEAN


def test_report_in_the_place_of_a_file_is_refused(tmp_path: Path) -> None:
    """Where no folder can be made, nothing runs, and the file stays as it was."""
    file = tmp_path / "report"
    file.write_text("mine", encoding="utf-8")
    ran = run_command(f"--report={file}")
    assert ran.code == ExitCode.USAGE
    assert f"--report {file}: no folder can be made there" in ran.output
    assert file.read_text(encoding="utf-8") == "mine"


def test_report_folder_is_made(tmp_path: Path) -> None:
    """A folder that does not exist yet is made, with those above it."""
    folder = tmp_path / "a" / "b c"
    assert run_command("-mRCV-02", f"--report={folder}").code == ExitCode.CLEAN
    assert sorted(path.name for path in folder.iterdir()) == [
        "badge.svg",
        "evidence.json",
        "junit.xml",
        "messages.ndjson",
        "report.html",
        "report.json",
        "report.md",
    ]
    contract().validate(json.loads((folder / "report.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("option", ["-knothingofthiskind", "-mRSP-10"])
def test_nothing_selected_is_no_pass(option: str) -> None:
    """A run that checked nothing exits with 5 and says so."""
    ran = run_command(option)
    assert ran.code == ExitCode.NOTHING_CHECKED
    assert ran.report["verdict"] == "empty"
    assert "Empty: no scenario ran, so nothing is known." in ran.output


@pytest.mark.parametrize(
    ("options", "outcome", "code"),
    [((), "warned", ExitCode.CLEAN), (("--strict",), "failed", ExitCode.DEVIATION)],
    ids=["as it is", "strict"],
)
def test_strict_turns_warnings_into_failures(options: tuple[str, ...], outcome: str, code: int) -> None:
    """What is only observed warns, and fails with --strict."""
    recording = walkthrough()
    created = body(recording, 2)
    created["isReminderOn"] = True
    answer(recording, 2, json.dumps(created))
    ran = run_recording(recording, *options)
    assert ran.code == code
    assert ran.by_outcome == {outcome: 1, "passed": len(ran.outcomes) - 1}


def test_uneven_recording_is_uneven() -> None:
    """The tests of order below compare outcomes of several kinds."""
    ran = in_order()
    assert ran.code == ExitCode.DEVIATION
    assert set(ran.by_outcome) == {"passed", "failed", "warned", "unmet"}
    contract().validate(ran.report)


@pytest.mark.parametrize("seed", [1, 7, 2019])
def test_order_does_not_matter(seed: int) -> None:
    """Whatever scenario runs first, all end as they do in order."""
    ran = run_recording(uneven(), f"--randomly-seed={seed}", plugins=("-pno:xdist",))
    assert ran.outcomes == in_order().outcomes
    assert ran.code == in_order().code


def test_workers_do_not_matter(tmp_path: Path) -> None:
    """With two workers the report holds the same."""
    (tmp_path / "walkthrough.json").write_text(json.dumps(uneven()), encoding="utf-8")
    ended = command(
        "run",
        "-n2",
        "--dist=loadfile",
        "-pno:randomly",
        f"--cassettes={tmp_path}",
        "--report=found",
        "features/walkthrough.feature",
        folder=tmp_path,
    )
    assert ended.returncode == ExitCode.DEVIATION
    report = json.loads((tmp_path / "found" / "report.json").read_text(encoding="utf-8"))
    contract().validate(report)
    expected = in_order().report
    for key in ("verdict", "requests", "target", "requirements"):
        assert report[key] == expected[key]
    drop = {"seconds"}
    assert [{key: row[key] for key in row.keys() - drop} for row in report["scenarios"]] == [
        {key: row[key] for key in row.keys() - drop} for row in expected["scenarios"]
    ]


@pytest.mark.parametrize("first", range(0, 20, 5))
def test_scenario_alone_ends_as_among_the_others(first: int, tmp_path: Path) -> None:
    """Every fifth scenario is run alone: the facts it needs are established for it."""
    alone_is_the_same(list(in_order().outcomes)[first::20], tmp_path)


def test_scenarios_of_the_last_step_end_alone_as_among_the_others(tmp_path: Path) -> None:
    """Every scenario about the tally, which needs all facts before it, is run alone."""
    rows = [row for row in in_order().report["scenarios"] if row["requirements"][0].startswith("TAL")]
    alone_is_the_same([row["id"] for row in rows], tmp_path)


def alone_is_the_same(identifiers: list[str], folder: Path) -> None:
    """Run scenarios one by one and compare with the run of all."""
    (folder / "walkthrough.json").write_text(json.dumps(uneven()), encoding="utf-8")
    for identifier in identifiers:
        ran = run_command(f"--cassettes={folder}", identifier)
        assert ran.outcomes == {identifier: in_order().outcomes[identifier]}


def test_interrupted_run_leaves_a_report(tmp_path: Path) -> None:
    """Ctrl-C in the middle of a run exits with 2; what was found by then is reported, with no verdict on all."""
    (tmp_path / "slow.py").write_text(SLOW, encoding="utf-8")
    process = subprocess.Popen(
        [COMMAND, "run", "-pslow", "-pno:randomly", "--report=found"],
        cwd=tmp_path,
        env=environment(PYTHONPATH=str(tmp_path)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 30
    while not (tmp_path / "five").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    printed, errors = process.communicate(timeout=30)
    assert process.returncode == ExitCode.USAGE
    assert errors == ""
    assert "Traceback" not in printed
    report = json.loads((tmp_path / "found" / "report.json").read_text(encoding="utf-8"))
    contract().validate(report)
    assert report["verdict"] == "inconclusive"
    assert 5 <= len(report["scenarios"]) < len(in_order().outcomes)
    assert "Inconclusive: the run stopped after" in printed
