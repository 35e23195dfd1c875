"""Run the scenarios against an altered recording of the walkthrough, inside this process."""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from graphcal import places
from graphcal.recording import published
from graphcal.stash import RUN

if TYPE_CHECKING:
    from alterations import Exchanges

PUBLISHED = places.cassettes() / "published"


@dataclass
class Judgement:
    """What a run made of a recording: outcomes and messages by title, phrases of Thens that failed."""

    exit_code: int
    outcomes: dict[str, str]
    requirements: dict[str, tuple[str, ...]]
    messages: dict[str, str]
    red_phrases: set[str]

    @property
    def red(self) -> dict[str, str]:
        """The scenarios that turned red, with their outcomes; what could not be judged is not red."""
        return {title: how for title, how in self.outcomes.items() if how not in {"passed", "unmet"}}


class _Spy:
    """A pytest plugin that takes away what the run knows when it ends."""

    def __init__(self) -> None:
        self.judgement: Judgement | None = None
        self.red_phrases: set[str] = set()

    def pytest_bdd_step_error(self, step_func: object, step: object) -> None:
        if step.type == "then":  # type: ignore[attr-defined]
            self.red_phrases.add(f"{step_func.__module__}.{step_func.__name__}")  # type: ignore[attr-defined]

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        report = session.config.stash[RUN].report(0)
        self.judgement = Judgement(
            session.config.stash[RUN].exit_code(),
            {scenario.title: str(scenario.outcome) for scenario in report.scenarios},
            {scenario.title: scenario.requirements for scenario in report.scenarios},
            {scenario.title: scenario.message for scenario in report.scenarios},
            self.red_phrases,
        )


def exchanges(chapter: str = "walkthrough") -> Exchanges:
    """Return the exchanges of a chapter: the walkthrough's as published by step, another's as recorded."""
    if chapter != "walkthrough":
        return recorded(chapter)
    found = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(PUBLISHED.glob("*.json")))
    return {exchange["step"]: exchange for exchange in found}


def recorded(chapter: str) -> Exchanges:
    """Return the exchanges of a recording by number, bodies as JSON."""
    table = json.loads((places.cassettes() / f"{chapter}.json").read_text(encoding="utf-8"))
    found: Exchanges = {}
    for number, interaction in enumerate(table["interactions"], start=1):
        response = interaction["response"]
        body = response["body"]["string"]
        found[number] = {
            "request": interaction["request"],
            "response": {
                "status": response["status"]["code"],
                "headers": response["headers"],
                **({"body": json.loads(body)} if body else {}),
            },
        }
    return found


def rewritten(chapter: str, altered: Exchanges) -> dict[str, Any]:
    """Return the recording of a chapter with altered exchanges."""
    table = json.loads((places.cassettes() / f"{chapter}.json").read_text(encoding="utf-8"))
    for interaction, exchange in zip(table["interactions"], altered.values(), strict=True):
        response = exchange["response"]
        interaction["response"]["status"]["code"] = response["status"]
        interaction["response"]["body"]["string"] = json.dumps(response["body"]) if "body" in response else ""
    return table


def judge(altered: Exchanges, *options: str, chapter: str = "walkthrough") -> Judgement:
    """Judge a recording made of altered exchanges."""
    if chapter != "walkthrough":
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, f"{chapter}.json").write_text(
                json.dumps(rewritten(chapter, altered)), encoding="utf-8"
            )
            return judge_folder(Path(folder), *options, chapter=chapter)
    with tempfile.TemporaryDirectory() as folder:
        items = published.found_items(list(exchanges().values()))
        cassette = published.cassette(list(altered.values()), items)
        Path(folder, "walkthrough.json").write_text(json.dumps(cassette), encoding="utf-8")
        return judge_folder(Path(folder), *options)


def judge_folder(folder: Path, *options: str, chapter: str = "walkthrough") -> Judgement:
    """Judge a chapter's recording in a folder."""
    spy = _Spy()
    arguments = [
        "-c",
        str(places.PACKAGE / "pytest.ini"),
        f"--rootdir={places.suite()}",
        f"--confcutdir={places.suite()}",
        *("-pno:cacheprovider", "-pno:randomly", "-pno:xdist"),
        f"--cassettes={folder}",
        *options,
        str(places.features() / f"{chapter}.feature"),
    ]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        pytest.main(arguments, plugins=[spy])
    if spy.judgement is None:
        raise RuntimeError("the run ended before it began")
    return spy.judgement
