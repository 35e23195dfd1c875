"""No command shows a traceback for what a shell does to it: wrong words, closed streams, a folder that is gone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from command_runs import run_command

from graphcal.command import main
from graphcal.outcomes import ExitCode
from graphcal.shell import Commands

COMMAND = shutil.which("graphcal", path=str(Path(sys.executable).parent)) or ""
COMMANDS = {"list": ["list", "--steps"], "explain": ["explain", "unmet"], "run": ["run", "-mRCV-02"]}


def shell(line: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Let a shell run a line in which $graphcal is the command."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    return subprocess.run(
        [shutil.which("bash") or "", "-c", line],
        cwd=folder,
        env={**kept, "graphcal": COMMAND, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_output_that_cannot_be_written_is_said(words: list[str], tmp_path: Path) -> None:
    """A full disk is trouble, in a sentence."""
    ended = shell(f'"$graphcal" {" ".join(words)} > /dev/full', tmp_path)

    assert ended.returncode == ExitCode.TROUBLE
    assert ended.stderr.startswith("graphcal: ")
    assert "No space left on device" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_reader_may_go_and_output_be_closed(words: list[str], tmp_path: Path) -> None:
    """`| head` and `>&-` are no reason to complain."""
    closed = shell(f'"$graphcal" {" ".join(words)} >&-', tmp_path)
    gone = shell(f'"$graphcal" {" ".join(words)} | true; exit ${{PIPESTATUS[0]}}', tmp_path)

    assert (closed.returncode, closed.stderr) == (ExitCode.CLEAN, "")
    assert gone.returncode in {ExitCode.CLEAN, ExitCode.TROUBLE}  # clean, where the reader went later
    assert gone.stderr == ""


def test_character_that_the_output_lacks_is_escaped(tmp_path: Path) -> None:
    """Where a console knows no tick, a comparison is printed all the same."""
    shell('"$graphcal" run -mRCV-02 --report r', tmp_path)
    ended = shell('"$graphcal" diff r r --markdown', tmp_path, PYTHONIOENCODING="latin-1")

    assert (ended.returncode, ended.stderr) == (ExitCode.CLEAN, "")
    assert ended.stdout.startswith(r"\u2713 **Nothing has changed.**")


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_folder_may_be_gone(words: list[str], tmp_path: Path) -> None:
    """What needs no folder works; a run says that it needs one."""
    ended = shell(f'mkdir x; cd x; rmdir ../x; "$graphcal" {" ".join(words)}', tmp_path)

    if words[0] == "run":
        assert ended.returncode == ExitCode.USAGE
        assert ended.stderr == (
            "graphcal: the folder that this was started in is gone; change to another one\n"
        )
    else:
        assert (ended.returncode, ended.stderr) == (ExitCode.CLEAN, "")


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (KeyboardInterrupt(), ExitCode.USAGE, "graphcal: stopped\n"),
        (PermissionError(13, "Permission denied", "x"), ExitCode.TROUBLE, "graphcal: x: Permission denied\n"),
    ],
    ids=["Ctrl-C", "system"],
)
def test_what_ends_a_command_is_a_sentence(error: BaseException, code: int, said: str) -> None:
    """Ctrl-C is no deviation of the target's, and neither is a file that the system refuses."""

    @click.group(cls=Commands)
    def group() -> None:
        """Hold a command."""

    @group.command()
    def fails() -> None:
        """Fail."""
        raise error

    ended = CliRunner().invoke(group, ["fails"])
    assert (ended.exit_code, ended.output) == (code, said)


@pytest.mark.parametrize(
    "words",
    [["diff", "", "x"], ["merge", "x", "--report", ""], ["cleanup", "--target", ""]],
    ids=lambda words: words[0],
)
def test_empty_path_is_refused(words: list[str]) -> None:
    """A variable that a job forgot to set does not name the folder one is in."""
    ended = CliRunner().invoke(main, words)
    assert ended.exit_code == ExitCode.USAGE
    assert "is empty; name a file or folder" in ended.output


@pytest.mark.parametrize("option", ["--report=", "--cassettes="])
def test_empty_path_of_a_run_is_refused(option: str) -> None:
    """So it is for what pytest reads."""
    ran = run_command(option)
    assert ran.code == ExitCode.USAGE
    assert "is empty; name a folder" in ran.output


@pytest.mark.parametrize("option", ["-m", "--target", "--report", "-k"])
def test_option_without_its_value_is_refused(option: str) -> None:
    """The features are not taken for it."""
    ran = run_command(option)
    assert ran.code == ExitCode.USAGE
    assert f"argument {option}" in ran.output
    assert "expected one argument" in ran.output


def test_usage_error_is_not_buried() -> None:
    """What pytest does not understand is the last that is said, without a table of nothing."""
    ran = run_command("nonsense")
    assert ran.code == ExitCode.USAGE
    assert ran.output.rstrip().endswith("file or directory not found: nonsense")
    assert "requirements    " not in ran.output
    assert "graphcal run --help" in ran.output


def test_refused_run_lets_go_of_its_emulator(tmp_path: Path) -> None:
    """A run that never begins ends at once, though its target had been opened."""
    ended = shell('"$graphcal" run --target emulator -n 9', tmp_path)
    assert ended.returncode == ExitCode.USAGE
    assert "Graph serves 4 requests of an app at once" in ended.stdout + ended.stderr


def test_recordings_in_the_place_of_a_file_are_refused(tmp_path: Path) -> None:
    """Before the first request, for a tenant is not asked in vain."""
    (tmp_path / "taken").touch()
    ended = shell('"$graphcal" record --target emulator --cassettes taken', tmp_path)
    assert ended.returncode == ExitCode.USAGE
    assert "--cassettes taken: no folder can be made there" in ended.stdout + ended.stderr


@pytest.mark.parametrize("command", [[], *([name] for name in main.commands)], ids=str)
def test_help_is_not_cut_short(command: list[str]) -> None:
    """Each command is told in a line, and nothing of its help runs together."""
    printed = CliRunner().invoke(main, [*command, "--help"]).output
    assert "..." not in printed.replace("REPORT...", "").replace("[ARGS]...", "").replace("S]...", "")
    assert "\\b" not in printed
