"""Run the command inside this process, and make recordings and suites for it to run on."""

from __future__ import annotations

import contextlib
import gc
import io
import json
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphcal import places, running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Cassette = dict[str, Any]  # a recording as JSON
CHAPTER = "features/walkthrough.feature"
ALONE = ("-pno:randomly", "-pno:xdist")


@dataclass(frozen=True)
class Ran:
    """What a run left: its exit code, what it printed, and report.json where it wrote one."""

    code: int
    output: str
    report: dict[str, Any] = field(default_factory=dict)

    @property
    def outcomes(self) -> dict[str, str]:
        """The outcomes by the scenarios' ids."""
        return {scenario["id"]: scenario["outcome"] for scenario in self.report["scenarios"]}

    @property
    def by_outcome(self) -> dict[str, int]:
        """How many scenarios ended in each way."""
        outcomes = list(self.outcomes.values())
        return {outcome: outcomes.count(outcome) for outcome in sorted(set(outcomes))}

    @property
    def messages(self) -> list[str]:
        """What the scenarios that did not pass say."""
        return [scenario["message"] for scenario in self.report["scenarios"] if scenario["message"]]


def run_command(*arguments: str, plugins: tuple[str, ...] = ALONE) -> Ran:
    """Run `graphcal run` with a report, inside this process; leave the process as it was."""
    printed = io.StringIO()
    with tempfile.TemporaryDirectory() as folder, as_it_was(), contextlib.redirect_stdout(printed):
        with contextlib.redirect_stderr(printed):
            code = running.run([*plugins, f"--report={folder}", *arguments])
        written = Path(folder, "report.json")
        report = json.loads(written.read_text(encoding="utf-8")) if written.exists() else {}
    return Ran(code, printed.getvalue(), report)


@contextlib.contextmanager
def as_it_was() -> Iterator[None]:
    """Leave this process as it was, whatever a run in it does."""
    path, thresholds, conftest = list(sys.path), gc.get_threshold(), sys.modules.get("conftest")
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*thresholds)
        sys.path[:] = path
        if conftest is not None:
            sys.modules["conftest"] = conftest


def walkthrough() -> Cassette:
    """Return the recording of the walkthrough as it is shipped."""
    found: Cassette = json.loads((places.cassettes() / "walkthrough.json").read_text(encoding="utf-8"))
    return found


def metadata(cassette: Cassette) -> dict[str, Any]:
    """Return a recording's provenance, to be changed in place."""
    found: dict[str, Any] = cassette["metadata"]["graphcal"]
    return found


def request(cassette: Cassette, step: int) -> dict[str, Any]:
    """Return the recorded request of a step of the walkthrough, to be changed in place."""
    found: dict[str, Any] = cassette["interactions"][step - 1]["request"]
    return found


def response(cassette: Cassette, step: int) -> dict[str, Any]:
    """Return the recorded response of a step of the walkthrough, to be changed in place."""
    found: dict[str, Any] = cassette["interactions"][step - 1]["response"]
    return found


def body(cassette: Cassette, step: int) -> Any:
    """Return the answer of a step of the walkthrough as JSON."""
    return json.loads(response(cassette, step)["body"]["string"])


def answer(cassette: Cassette, step: int, text: str, *, status: int = 0, content_type: str = "") -> None:
    """Give a step of the walkthrough another answer."""
    changed = response(cassette, step)
    changed["body"]["string"] = text
    if status:
        changed["status"] = {"code": status, "message": "So"}
    if content_type:
        changed["headers"]["Content-Type"] = [content_type]


def run_recording(
    recording: Cassette | str | bytes, *arguments: str, plugins: tuple[str, ...] = ALONE
) -> Ran:
    """Judge a recording of the walkthrough given as JSON or as the content of its file."""
    content = json.dumps(recording) if isinstance(recording, dict) else recording
    with tempfile.TemporaryDirectory() as folder:
        data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
        Path(folder, "walkthrough.json").write_bytes(data)
        return run_command(f"--cassettes={folder}", *arguments, CHAPTER, plugins=plugins)


def run_changed(change: Callable[[Cassette], object], *arguments: str) -> Ran:
    """Judge the recording of the walkthrough after a change."""
    recording = walkthrough()
    change(recording)
    return run_recording(recording, *arguments)


def copy_suite(folder: Path) -> Path:
    """Copy the suite without its feature files; return the copy's folder of features."""
    suite = places.suite()
    for part in ("steps", "schemas", "cassettes"):
        shutil.copytree(suite / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(suite / "conftest.py", folder)
    features = folder / "features"
    features.mkdir()
    shutil.copy(suite / "features" / "requirements.toml", features)
    return features
