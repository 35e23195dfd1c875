"""Run the command as a user does, in a process of its own, with a state and a token cache of its own."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from stranger import Stranger
    from stranger_world import World

MARK = "[gc-"  # in the subject of everything that a run creates
OURS = ("GRAPHCAL_", "PYTEST_", "COV_")  # variables that would change what a run does


@dataclass(frozen=True)
class Ended:
    """A command that has ended: its exit code, what it printed, and report.json where it wrote one."""

    code: int
    output: str
    seconds: float
    report: dict[str, Any] = field(default_factory=dict)

    @property
    def outcomes(self) -> dict[str, int]:
        """How many scenarios ended in each way."""
        found = [scenario["outcome"] for scenario in self.report["scenarios"]]
        return {outcome: found.count(outcome) for outcome in sorted(set(found))}

    @property
    def failed(self) -> set[str]:
        """The requirements that failed."""
        return {row["id"] for row in self.report["requirements"] if row["outcome"] == "failed"}

    def ended(self, outcome: str, chapter: str = "") -> list[str]:
        """Return the messages of the scenarios that ended so, in one chapter or in all."""
        return [
            scenario["message"]
            for scenario in self.report["scenarios"]
            if scenario["outcome"] == outcome and chapter in scenario["feature"]
        ]


FEATURE = ".feature"
FIRST_CHAPTERS = ("features/walkthrough.feature", "features/shared_calendar.feature")


@dataclass
class Place:
    """A folder to run in, with the target's file; state, token cache and reports lie beside it."""

    folder: Path

    def __post_init__(self) -> None:
        self.here.mkdir()

    @property
    def here(self) -> Path:
        """The working directory."""
        return self.folder / "here"

    @property
    def state(self) -> Path:
        """Where the journal is."""
        return self.folder / "state"

    @property
    def cache(self) -> Path:
        """Where tokens are kept."""
        return self.folder / "cache"

    @property
    def reports(self) -> Path:
        """Where the report is written."""
        return self.folder / "report"

    @property
    def journal(self) -> list[Path]:
        """The journals that have anything to tell."""
        return list(self.state.rglob("*.jsonl"))

    def start(self, *arguments: object, environment: Mapping[str, str] | None = None) -> Command:
        """Start the command."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        own = {"GRAPHCAL_STATE": str(self.state), "GRAPHCAL_CACHE": str(self.cache)}
        process = subprocess.Popen(
            [sys.executable, "-m", "graphcal", *map(str, arguments)],
            cwd=self.here,
            env={**kept, **own, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        return Command(process, self.reports)

    def start_run(
        self, target: object, *options: str, environment: Mapping[str, str] | None = None
    ) -> Command:
        """Start a run of the first chapters, or of those that the options name, with a report."""
        fixed = ("run", "--target", target, "--report", self.reports, "-p", "no:randomly")
        chapters = () if any(FEATURE in option for option in options) else FIRST_CHAPTERS
        return self.start(*fixed, *options, *chapters, environment=environment)

    def run(
        self,
        target: object,
        *options: str,
        environment: Mapping[str, str] | None = None,
        within: float = 60,
    ) -> Ended:
        """Judge a target; `within` bounds the seconds."""
        return self.start_run(target, *options, environment=environment).end(within)

    def clean_up(self, target: Path, environment: Mapping[str, str] | None = None) -> Ended:
        """Remove what is left at a target."""
        return self.start("cleanup", "--target", target, environment=environment).end()


@dataclass
class Command:
    """A command that goes on."""

    process: subprocess.Popen[str]
    reports: Path
    began: float = field(default_factory=time.monotonic)

    @property
    def goes_on(self) -> bool:
        """Whether it has not ended yet."""
        return self.process.poll() is None

    def signal(self, number: int) -> None:
        """Send a signal."""
        self.process.send_signal(number)

    def end(self, within: float = 60) -> Ended:
        """Wait until it has ended, some seconds at most."""
        try:
            output, _ = self.process.communicate(timeout=within)
        except subprocess.TimeoutExpired:
            self.process.kill()
            output, _ = self.process.communicate()
            raise AssertionError(f"the command went on after {within} s: {output[-2000:]}") from None
        seconds = time.monotonic() - self.began
        written = self.reports / "report.json"
        report = json.loads(written.read_text(encoding="utf-8")) if written.exists() else {}
        return Ended(self.process.returncode, output, seconds, report)


@contextlib.contextmanager
def served(place: Place, *options: str) -> Iterator[tuple[Command, Path]]:
    """Run `graphcal serve`; give the command, and the file that it printed."""
    command = place.start("serve", *options, environment={"PYTHONUNBUFFERED": "1"})
    assert command.process.stdout
    lines = []
    for line in command.process.stdout:
        lines.append(line)
        if "[people.diego]" in "".join(lines) and line.startswith("password"):
            break
    file = place.here / "served.toml"
    file.write_text("".join(lines), encoding="utf-8")
    try:
        yield command, file
    finally:
        command.process.kill()
        command.process.communicate()


def marked(world: World) -> list[str]:
    """Return the subjects of what runs have left in a stranger's mailboxes."""
    world.settle()
    messages = [message.subject for message in world.messages]
    events = [item.meeting.subject for item in world.items]
    return [subject for subject in messages + events if MARK in (subject or "")]


def furniture(world: World) -> list[object]:
    """Return all that is in a stranger's mailboxes and bears no run's mark, and who may do what."""
    world.settle()
    messages = [
        (one.id, one.holder.key, one.folder, one.subject, one.read)
        for one in world.messages
        if MARK not in (one.subject or "")
    ]
    events = [
        (one.id, one.calendar.id, one.meeting.subject, one.version, one.show_as)
        for one in world.items
        if MARK not in one.meeting.subject
    ]
    grants = [(one.id, one.calendar.id, one.role) for one in world.grants]
    return [messages, events, grants, {key: dict(value) for key, value in world.settings.items()}]


def wait_for_requests(server: Stranger, number: int, command: Command) -> None:
    """Return as soon as a stranger was asked so often, or the command has ended."""
    while len(server.requests) < number and command.goes_on:
        time.sleep(0.002)
