"""Run a composite action of GitHub as its runner does: step by step, each in a shell and environment of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".github" / "actions" / "graphcal"
ACTION: dict[str, Any] = yaml.safe_load((FOLDER / "action.yml").read_text("utf-8"))
SHELL = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail"]  # what `shell: bash` stands for
EXPRESSION = re.compile(r"\$\{\{ *(.+?) *\}\}")
TERM = re.compile(r"(?P<name>[\w.-]+) != '(?P<other>[^']*)'")
ENDS_WITH = re.compile(r"endsWith\((?P<name>[\w.-]+), '(?P<end>[^']*)'\)")


@dataclass
class Step:
    """What became of a step: success, failure or skipped; its exit code, its outputs, what it printed."""

    outcome: str = "skipped"
    code: int = 0
    outputs: dict[str, str] = field(default_factory=dict)
    printed: str = ""


@dataclass
class Job:
    """A job with a checkout and a folder for temporary files, in which an action is run once or more often."""

    workspace: Path
    temp: Path
    environment: dict[str, str]
    given: dict[str, dict[str, str]]  # outputs of steps that are not run, by id
    steps: dict[str, Step] = field(default_factory=dict)
    uploaded: dict[str, list[str]] = field(default_factory=dict)
    inputs: dict[str, str] = field(default_factory=dict)

    @property
    def summary(self) -> str:
        """The summary of the run, of all its steps."""
        return "".join(path.read_text("utf-8") for path in sorted(self.temp.glob("summary-*")))

    @property
    def printed(self) -> str:
        """The log of the job."""
        return "".join(step.printed for step in self.steps.values())

    @property
    def annotations(self) -> list[str]:
        """The errors, warnings and notices in the log."""
        return [line for line in self.printed.splitlines() if line.startswith(("::error", "::warn", "::not"))]

    def use(self, **inputs: str) -> int:
        """Run the action with inputs; return the exit code of the step that failed, 0 for success."""
        defaults = {name: str(given["default"]) for name, given in ACTION["inputs"].items()}
        self.inputs, self.steps, code = defaults | inputs, {}, 0
        for number, step in enumerate(ACTION["runs"]["steps"]):
            name = step.get("id") or step.get("name") or step["uses"].partition("@")[0]
            ended = self.steps[name] = Step()
            if self._holds(step.get("if", "success()"), failed=bool(code)):
                self._do(step, ended, number)
                code = code or ended.code
        return code

    def _do(self, step: dict[str, Any], ended: Step, number: int) -> None:
        ended.outcome = "success"
        if step.get("id") in self.given:
            ended.outputs = self.given[step["id"]]
        elif "run" in step:
            self._shell(step, ended, number)
        else:
            path = self.workspace / self._filled(step["with"]["path"])
            files = sorted(file.name for file in path.rglob("*") if file.is_file())
            self.uploaded[self._filled(step["with"]["name"])] = files

    def _shell(self, step: dict[str, Any], ended: Step, number: int) -> None:
        assert step["shell"] == "bash"
        script, output = self.temp / f"script-{number}.sh", self.temp / f"output-{number}"
        script.write_text(step["run"], "utf-8")
        output.write_text("")
        own = {
            "GITHUB_ACTION_PATH": str(FOLDER),
            "GITHUB_ACTIONS": "true",
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(self.temp / f"summary-{number}"),
            "GITHUB_WORKSPACE": str(self.workspace),
            "RUNNER_TEMP": str(self.temp),
            **{name: self._filled(text) for name, text in step.get("env", {}).items()},
        }
        ended.code, ended.printed = shell([*SHELL, str(script)], self.workspace, self.environment | own)
        ended.outcome = "failure" if ended.code else "success"
        ended.outputs = dict(line.split("=", 1) for line in output.read_text("utf-8").splitlines())

    def _filled(self, text: str) -> str:
        return EXPRESSION.sub(lambda found: self._value(found[1]), text)

    def _value(self, name: str) -> str:
        match name.split("."):
            case ["inputs", one]:
                return self.inputs[one]
            case ["steps", one, "outputs", key]:
                return self.steps.get(one, Step()).outputs.get(key, "")
            case ["steps", one, "outcome"]:
                return self.steps[one].outcome
        raise KeyError(name)

    def _holds(self, condition: str, *, failed: bool) -> bool:
        terms = condition.split(" && ")
        alone = "always()" not in terms
        return (not failed or not alone) and all(self._term(term) for term in terms)

    def _term(self, term: str) -> bool:
        if term in {"always()", "success()"}:
            return True
        if found := ENDS_WITH.fullmatch(term):
            return self._value(found["name"]).endswith(found["end"])
        found = TERM.fullmatch(term)
        assert found, f"the tests' runner does not know the condition {term}"
        return self._value(found["name"]) != found["other"]


def shell(command: list[str], folder: Path, environment: dict[str, str]) -> tuple[int, str]:
    """Run a command; return its exit code and all that it printed. Nothing of it outlives its time."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        printed, _ = process.communicate(timeout=200)
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    return process.returncode, printed
