"""The pages under docs, and what CI takes from the project, run as they are written."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from graphcal.annotations import commands
from graphcal.report.model import Report, Requirement, Target

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted((ROOT / "docs").glob("*.md"))
ACTION: dict[str, Any] = yaml.safe_load((ROOT / ".github/actions/graphcal/action.yml").read_text("utf-8"))
GITLAB: dict[str, Any] = yaml.safe_load((ROOT / "docs/ci/gitlab.yml").read_text("utf-8"))["graphcal"]
INSTALLS = re.compile(r"^.*pip install.*$\n?", re.MULTILINE)  # what the tests run in has it installed


def scripts(page: Path) -> str:
    """Return the shell blocks of a page as one script, without installing."""
    blocks = re.findall(r"^```sh\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return INSTALLS.sub("", "\n".join(blocks))


def ran(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a script in a folder, with the command of this environment first on the path."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "GRAPHCAL"))}
    around = folder.parent
    own = {"GRAPHCAL_STATE": f"{around}/state", "GRAPHCAL_CACHE": f"{around}/cache", "PATH": path}
    process = subprocess.Popen(
        ["bash", "-euo", "pipefail", "-m", "-c", script],  # noqa: S607 - the shell of the pages
        cwd=folder,
        env={**kept, **own, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        output, errors = process.communicate(timeout=200)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    return subprocess.CompletedProcess(script, process.returncode, output, errors)


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """An empty folder to work in."""
    folder = tmp_path / "here"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_commands_of_a_page_run(page: Path, here: Path) -> None:
    """Every shell block, one after the other, in an empty folder."""
    ended = ran(scripts(page), here)
    assert ended.returncode == 0, ended.stdout[-2000:] + ended.stderr[-2000:]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page_is_two_screens_at_most_and_its_links_lead_somewhere(page: Path) -> None:
    """A page that nobody finishes helps nobody."""
    text = page.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 100
    links = re.findall(r"\]\((?!https)([^)#]+)\)", text)
    assert [link for link in links if not (page.parent / link).exists()] == []


def judged(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the step of the GitHub action that judges."""
    step = next(step for step in ACTION["runs"]["steps"] if step.get("name") == "Judge")
    defaults = {name.upper(): str(given["default"]) for name, given in ACTION["inputs"].items()}
    environment = {name: inputs.get(name.lower(), defaults[name]) for name in step["env"]}
    return ran(
        step["run"],
        folder,
        GITHUB_ACTIONS="true",
        GITHUB_STEP_SUMMARY=str(folder / "summary.md"),
        **environment,
    )


CHAPTER = "features/refusals.feature"


def test_github_action_judges_and_compares(here: Path) -> None:
    """The verdict is in the summary; with a baseline only what got worse fails."""
    first = judged(here, arguments=CHAPTER, report="first")
    assert first.returncode == 0, first.stdout + first.stderr
    again = judged(here, arguments=CHAPTER, report="second", baseline="first")
    assert again.returncode == 0
    summary = (here / "summary.md").read_text(encoding="utf-8")
    assert "Conformant" in summary
    assert summary.rstrip().endswith("second")


def test_github_action_fails_with_the_target(here: Path) -> None:
    """A deviation is an annotation, and the exit code is that of the run."""
    step = next(step for step in ACTION["runs"]["steps"] if step.get("name") == "Judge")
    environment = {"TARGET": "emulator", "ARGUMENTS": CHAPTER, "BASELINE": "", "REPORT": "report"}
    ended = ran(
        step["run"],
        here,
        GITHUB_ACTIONS="true",
        GITHUB_STEP_SUMMARY=str(here / "summary.md"),
        GRAPHCAL_EMULATOR_FAULT="ERR-03",
        **environment,
    )
    assert ended.returncode == 1
    assert "::error title=graphcal ERR-03 (documented)%3A " in ended.stdout


def test_gitlab_job_judges(here: Path) -> None:
    """The script of the job, without installing."""
    variables = {**GITLAB["variables"], "ARGUMENTS": CHAPTER}
    ended = ran(INSTALLS.sub("", "\n".join(GITLAB["script"])), here, **variables)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert (here / GITLAB["artifacts"]["reports"]["junit"]).exists()


def test_annotations_are_few_and_escaped() -> None:
    """Ten of a kind; what ends a line or a title is written as GitHub wants it."""
    rows = tuple(
        Requirement(
            f"SET-{number:02}", "SET", "stated", "a: b, c", "", "https://x", "failed", ("s",), "50 %\nno"
        )
        for number in range(12)
    )
    report = Report(
        version="1", target=Target("x", "service", ""), started="", seconds=1, requests=1, verdict="deviates",
        headline="", exit_code=1, chapters={}, features=(), recordings=(), scenarios=(), requirements=rows,
    )  # fmt: skip
    lines = list(commands(report))
    assert len(lines) == 10
    assert lines[0] == ("::error title=graphcal SET-00 (stated)%3A a%3A b%2C c::50 %25%0Ano https://x")
