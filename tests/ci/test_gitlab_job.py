"""The GitLab job does what its variables say, in the shells that a runner may find."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from composite import ROOT, shell
from jobs import ADDRESS, INSTALLED, answers, environment, free_port, is_running, python_in, verdict_in

from graphcal import places

if TYPE_CHECKING:
    from pathlib import Path

GITLAB = ROOT / "docs" / "ci" / "gitlab.yml"
JOB: dict[str, Any] = yaml.safe_load(GITLAB.read_text("utf-8"))[".graphcal"]
SHARDS: dict[str, Any] = yaml.safe_load((GITLAB.parent / "gitlab-shards.yml").read_text("utf-8"))
FOUND = [name for name in ("dash", "bash") if shutil.which(name)]  # the stricter one first
SHELLS = FOUND if os.environ.get("GRAPHCAL_ALL_SHELLS") else FOUND[:1]
CHAPTER = "features/refusals.feature"
FEW = f"{CHAPTER} -m ERR-03"
HOSTILE = '$(touch pwned) `touch pwned`; touch pwned "it\'s" * & {}'


class Runner:
    """A runner with an empty checkout."""

    def __init__(self, folder: Path, name: str) -> None:
        self.workspace, self.temp, self.shell = folder / "work space", folder / "temp", name
        self.workspace.mkdir()
        self.temp.mkdir()
        python_in(self.temp)
        self.environment = environment(self.temp)
        self.printed = self.afterwards = ""

    def run(self, **variables: str) -> int:
        """Run the script, then what comes after it in a shell of its own; return the exit code."""
        given = {"GRAPHCAL_PACKAGE": "a package", **{f"GRAPHCAL_{k}": v for k, v in variables.items()}}
        own = {**JOB["variables"], "GRAPHCAL_VENV": str(self.temp / "venv"), **given}
        strict = ["-e"] if self.shell == "dash" else ["-eo", "pipefail"]
        command = [self.shell, *strict, "-c"]
        code, self.printed = shell(
            [*command, "\n".join(JOB["script"])], self.workspace, self.environment | own
        )
        _, self.afterwards = shell(
            [*command, "\n".join(JOB["after_script"])], self.workspace, self.environment | own
        )
        return code

    def verdict(self, report: str = "graphcal-report") -> str:
        """Return the verdict that was written."""
        return verdict_in(self.workspace / report)


@pytest.fixture(params=SHELLS)
def runner(request: pytest.FixtureRequest, tmp_path: Path) -> Runner:
    """A runner whose image has this shell."""
    return Runner(tmp_path, request.param)


@pytest.mark.parametrize(("options", "code"), [("", 0), ("--fault ERR-03", 1)], ids=["good", "faulty"])
def test_service_is_started_judged_and_stopped(runner: Runner, options: str, code: int) -> None:
    """The exit code is that of the run, and the reports are where the artifacts are taken from."""
    port = free_port()
    ended = runner.run(
        START=f"graphcal serve --port {port} {options} > target.toml",
        READY=ADDRESS.format(port),
        TARGET="target.toml",
        ARGUMENTS=FEW,
    )
    assert ended == code, runner.printed
    assert runner.verdict() == ("deviates" if code else "conformant")
    assert "Nothing was left behind." in runner.afterwards
    assert not answers(port)
    [path] = JOB["artifacts"]["paths"]
    assert {"junit.xml", "report.md", "service.log"} < {
        file.name for file in (runner.workspace / path).iterdir()
    }
    assert list(runner.workspace.glob(JOB["artifacts"]["reports"]["junit"]))


def test_service_that_dies_is_told_at_once(runner: Runner) -> None:
    """With the end of its log."""
    assert runner.run(START="echo boom; exit 7", READY=ADDRESS.format(free_port())) == 3
    assert "ended with exit code 7 before it answered" in runner.printed
    assert runner.printed.endswith("boom\n")


def test_service_that_never_answers_is_stopped(runner: Runner) -> None:
    """It is given up after a time."""
    code = runner.run(
        START="sleep 1000 & echo $! > sleeper; wait",
        READY=ADDRESS.format(free_port()),
        PATIENCE="2",
    )
    assert code == 3
    assert "within 2 seconds" in runner.printed
    assert not is_running(runner.workspace / "sleeper")


@pytest.mark.parametrize(
    "variables",
    [{"PACKAGE": ""}, {"START": "sleep 1000"}, {"TARGET": "missing.toml"}, {"ARGUMENTS": '-k "open'}],
    ids=["package", "ready", "target", "quote"],
)
def test_wrong_variable_is_told(runner: Runner, variables: dict[str, str]) -> None:
    """Exit code 2 is that of usage."""
    assert runner.run(**variables) == 2
    [name] = variables
    said = {"PACKAGE": "GRAPHCAL_PACKAGE", "START": "GRAPHCAL_READY", "TARGET": "missing.toml"}
    assert said.get(name, "GRAPHCAL_ARGUMENTS") in runner.printed


def test_baseline_decides_what_fails(runner: Runner) -> None:
    """What was so before does not fail again; what is worse does."""
    few, sound = {"ARGUMENTS": FEW}, {"ARGUMENTS": FEW, "TARGET": "replay"}
    assert runner.run(**sound, REPORT="graphcal-report/sound") == 0
    runner.environment["GRAPHCAL_EMULATOR_FAULT"] = "ERR-03"
    assert runner.run(**few, BASELINE="graphcal-report/sound", REPORT="graphcal-report/broken") == 1
    assert "Worse: " in runner.printed
    assert runner.run(**few, BASELINE="graphcal-report/broken", REPORT="graphcal-report/again") == 0
    assert runner.run(**sound, BASELINE="nowhere", REPORT="graphcal-report/lost") == 2


def test_arguments_are_quoted_as_in_a_shell(runner: Runner) -> None:
    """Blanks, quotes and line ends of Windows do what they do there."""
    assert runner.run(TARGET="replay", ARGUMENTS=f'{CHAPTER}\r\n-m "ERR-03 or ERR-10"\r\n--co -q\r\n') == 0
    (runner.workspace / "x").touch()
    assert runner.run(TARGET="replay", ARGUMENTS=f"{CHAPTER} -k ?") == 2  # not the name of a file


@pytest.mark.parametrize("name", ["TARGET", "ARGUMENTS", "BASELINE", "REPORT", "SHARDS", "PACKAGE"])
def test_no_variable_is_run(runner: Runner, name: str) -> None:
    """Whatever a variable holds, it stays a word."""
    runner.run(**{"ARGUMENTS": FEW, "TARGET": "replay", name: HOSTILE})
    assert list(runner.workspace.rglob("pwned")) == []
    assert (name == "REPORT") == (runner.workspace / HOSTILE / "report.json").exists()


def test_shards_are_merged(runner: Runner) -> None:
    """Reports of several jobs become one, and what is installed is what was asked for."""
    assert runner.run(ARGUMENTS=FEW, REPORT="graphcal-report/one", TARGET="replay") == 0
    assert runner.run(ARGUMENTS=f"{CHAPTER} -m ERR-10", REPORT="graphcal-report/two", TARGET="replay") == 0
    assert runner.run(SHARDS="graphcal-report", REPORT="graphcal-verdict") == 0
    assert runner.verdict("graphcal-verdict") == "conformant"


def test_package_is_installed_as_it_is_written(runner: Runner) -> None:
    """There is no default: nobody knows who owns the name on an index."""
    assert JOB["variables"]["GRAPHCAL_PACKAGE"] == ""
    script = "\n".join(JOB["script"][:1])
    own = {"GRAPHCAL_PACKAGE": "a package", "GRAPHCAL_VENV": str(runner.temp / "venv")}
    code, _ = shell([runner.shell, "-e", "-c", script], runner.workspace, runner.environment | own)
    assert code == 0
    assert (runner.temp / "venv" / "bin" / INSTALLED).read_text("utf-8").splitlines()[-1] == "a package"


def test_matrix_names_every_chapter() -> None:
    """A chapter that no job judges would be missing; every variable is one that the job reads."""
    [matrix] = SHARDS["graphcal"]["parallel"]["matrix"]
    assert matrix == {"CHAPTER": [path.stem for path in places.chapters()]}
    set_there = {name for one in SHARDS.values() if isinstance(one, dict) for name in one["variables"]}
    assert set_there <= set(JOB["variables"])
