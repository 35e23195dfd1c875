"""The GitHub action does what its inputs say, step by step as the runner takes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml
from composite import ACTION, FOLDER, ROOT
from jobs import ADDRESS, INSTALLED, answers, free_port, is_running, verdict_in

from graphcal import places

if TYPE_CHECKING:
    from pathlib import Path

    from composite import Job

CHAPTER = "features/refusals.feature"
FEW = f"{CHAPTER} -m ERR-03"
REPORTS = {"report.html", "report.json", "report.md"}
WORKFLOWS = [ROOT / "docs" / "ci" / name for name in ("github.yml", "github-shards.yml")]
HOSTILE = '$(touch pwned) `touch pwned`; touch pwned "it\'s" * & {}'


def verdict(job: Job, report: str = "graphcal-report") -> str:
    """Return the verdict that was written."""
    return verdict_in(job.workspace / report)


@pytest.mark.parametrize(("options", "code"), [("", 0), ("--fault ERR-03", 1)], ids=["good", "faulty"])
def test_service_is_started_judged_and_stopped(job: Job, options: str, code: int) -> None:
    """The exit code is that of the run; the report is told and uploaded, whatever it says."""
    port = free_port()
    ended = job.use(
        start=f"graphcal serve --port {port} {options} > target.toml",
        ready=ADDRESS.format(port),
        target="target.toml",
        arguments=FEW,
    )
    assert (ended, job.steps["judge"].outputs) == (code, {"code": str(code)}), job.printed
    assert ("Deviates" if code else "Conformant") in job.summary
    assert set(job.uploaded["graphcal-report"]) > {*REPORTS, "service.log"}
    assert [line[:7] for line in job.annotations] == ["::error"] * code
    assert "Nothing was left behind." in job.printed
    assert not answers(port)


def test_service_that_dies_is_told_at_once(job: Job) -> None:
    """Its log is shown, and can give the runner no command."""
    code = job.use(start="echo ::set-env name=X::y; exit 7", ready=ADDRESS.format(free_port()))
    assert code == 3
    assert job.steps["judge"].outcome == "skipped"
    [annotation] = job.annotations
    assert "ended with exit code 7" in annotation
    stop, said, restart = job.printed.splitlines()[-3:]
    assert (stop[:16], said, restart) == ("::stop-commands:", "::set-env name=X::y", f"::{stop[17:]}::")
    assert job.uploaded == {"graphcal-report": ["service.log"]}


def test_service_that_never_answers_is_stopped(job: Job) -> None:
    """It is given up after a time, with all that it has started."""
    start = "sleep 1000 & echo $! > sleeper; wait"
    code = job.use(start=start, ready=ADDRESS.format(free_port()), patience="2")
    assert code == 3
    assert "within 2 seconds" in job.annotations[0]
    assert not is_running(job.workspace / "sleeper")


def test_service_without_an_address_is_a_wrong_input(job: Job) -> None:
    """When it is up, nobody could know."""
    assert job.use(start="sleep 1000") == 2
    assert "start needs ready" in job.annotations[0]


def test_missing_target_is_a_wrong_input(job: Job) -> None:
    """Exit code 2, and nothing of an earlier run is told or cleaned up."""
    folder = job.workspace / "graphcal-report"
    folder.mkdir()
    (folder / "report.md").write_text("of an earlier run", "utf-8")
    assert job.use(target="missing.toml") == 2
    assert "missing.toml: no such file" in job.printed
    assert job.summary == ""
    assert job.steps["Remove what a run that was cut short has left at the service"].outcome == "skipped"


def test_baseline_decides_what_fails(job: Job) -> None:
    """What was so before does not fail again and is not annotated; what is worse does; trouble stays trouble."""
    assert job.use(arguments=FEW, target="replay", report="sound") == 0
    job.environment["GRAPHCAL_EMULATOR_FAULT"] = "ERR-03"
    assert job.use(arguments=FEW, report="broken") == 1
    assert job.use(arguments=FEW, baseline="broken", report="again") == 0
    assert job.annotations == []
    assert "Nothing has changed." in job.summary
    assert job.use(arguments=FEW, baseline="sound/report.json", report="worse") == 1
    assert [line.startswith("::error title=graphcal::Worse: 1 requirement") for line in job.annotations] == [
        True
    ]
    assert "### Newly failing" in job.summary
    assert job.use(arguments=FEW, target="replay", baseline="broken", report="better") == 0
    assert "newly passing" in job.summary


def test_missing_baseline_is_a_wrong_input(job: Job) -> None:
    """It is no reason to pass."""
    assert job.use(arguments=FEW, target="replay", baseline="nowhere") == 2
    assert "nowhere" in job.printed
    assert "Conformant" in job.summary


def test_arguments_are_quoted_as_in_a_shell(job: Job) -> None:
    """Blanks, quotes and line ends of Windows do what they do there."""
    written = f'{CHAPTER}\r\n-m "ERR-03 or ERR-10"\r\n--co -q\r\n'
    assert job.use(arguments=written, target="replay") == 0
    assert job.use(arguments=f'{CHAPTER} -m "ERR-03 or') == 2
    assert job.annotations == ["::error title=graphcal::arguments: a quote is left open"]


@pytest.mark.parametrize("name", ["target", "arguments", "baseline", "report", "shards"])
def test_no_input_is_run(job: Job, name: str) -> None:
    """Whatever an input holds, it stays a word."""
    chosen = {"arguments": FEW, "target": "replay", name: HOSTILE}
    job.use(**chosen)
    assert list(job.workspace.rglob("pwned")) == []
    assert (name == "report") == (job.workspace / HOSTILE / "report.json").exists()


def test_settings_of_the_jobs_own_pytest_do_not_matter(job: Job) -> None:
    """PYTEST_ADDOPTS names plugins that are not installed where graphcal is."""
    job.environment |= {"PYTEST_ADDOPTS": "--cov=src", "PYTEST_PLUGINS": "missing"}
    assert job.use(arguments=FEW, target="replay") == 0


def test_shards_are_merged(job: Job) -> None:
    """Reports of several jobs become one, with one verdict."""
    assert job.use(arguments=FEW, report="shards/one", target="replay") == 0
    assert job.use(arguments=f"{CHAPTER} -m ERR-10", report="shards/two", target="replay") == 0
    assert job.use(shards="shards") == 0
    assert verdict(job) == "conformant"
    assert "2 of 220" not in job.summary
    (job.workspace / "shards" / "three").mkdir()
    assert job.use(shards="shards") == 2


def test_it_installs_itself_and_leaves_the_jobs_python_alone(job: Job) -> None:
    """Into an environment of its own, from the commit that the workflow names."""
    assert job.use(arguments=FEW, target="replay") == 0
    asked = (job.temp / "graphcal" / "bin" / INSTALLED).read_text("utf-8").splitlines()
    assert (FOLDER / "../../..").resolve() == ROOT
    assert asked[-1] == f"{FOLDER}/../../.."
    [python] = [step for step in ACTION["runs"]["steps"] if step.get("id") == "python"]
    assert python["with"]["update-environment"] is False


def test_no_script_holds_an_expression() -> None:
    """An input that the runner writes into a script would be run."""
    scripts = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]
    for path in WORKFLOWS:
        jobs = yaml.safe_load(path.read_text("utf-8"))["jobs"].values()
        scripts += [step["run"] for job in jobs for step in job["steps"] if "run" in step]
    assert len(scripts) > 4
    assert [script for script in scripts if "${{" in script] == []


def test_actions_of_others_are_pinned() -> None:
    """By commit, with the version beside it; a tag can be moved."""
    lines = [line for path in (FOLDER / "action.yml", *WORKFLOWS) for line in _uses(path)]
    assert len(lines) > 5
    pinned = re.compile(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|OWNER/graphcal/\S+@COMMIT")
    assert [line for line in lines if not pinned.fullmatch(line)] == []


def _uses(path: Path) -> list[str]:
    return re.findall(r"uses: (.+)", path.read_text("utf-8"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_may_read_and_no_more(path: Path) -> None:
    """Their token can change nothing; their inputs are the action's."""
    workflow = yaml.safe_load(path.read_text("utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    used = [step for step in steps if step.get("uses", "").startswith("OWNER")]
    assert used
    assert [name for step in used for name in step["with"] if name not in ACTION["inputs"]] == []


def test_matrix_names_every_chapter() -> None:
    """A chapter that no job judges would be missing."""
    matrix = yaml.safe_load(WORKFLOWS[1].read_text("utf-8"))["jobs"]["chapter"]["strategy"]["matrix"]
    assert matrix == {"chapter": [path.stem for path in places.chapters()]}
