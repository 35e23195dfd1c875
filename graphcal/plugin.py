"""Join the suite to pytest: its options and fixtures, and the outcome of each scenario."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

import pytest

from graphcal import places
from graphcal.catalogue import LEVELS
from graphcal.choosing import language_named
from graphcal.collect import ScenarioItem
from graphcal.keeper import Keeper
from graphcal.known import excused
from graphcal.outcomes import ExitCode, Outcome, UsageError
from graphcal.progress import Progress
from graphcal.report.words import LANGUAGES
from graphcal.run import Run
from graphcal.stash import RUN
from graphcal.targets import open_target
from graphcal.verdicts import ending_of

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from pytest_bdd.parser import Step

    from graphcal.schemas import Schemas
    from graphcal.story import Story
    from graphcal.targets.base import Target
    from graphcal.targets.settings import Known

MAXIMUM_WORKERS = 4
_SKIPPED = (Outcome.UNMET, Outcome.UNSUPPORTED)
_EXPECTED = (Outcome.WARNED, Outcome.KNOWN)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the suite. --strict is pytest's own; here it also makes warnings fail."""
    group = parser.getgroup("graphcal", "conformance of shared and delegated calendars")
    group.addoption(
        "--target", default="replay", metavar="T", help="what to judge: replay, emulator, or a FILE.toml"
    )
    group.addoption(
        "--cassettes",
        type=folder_named,
        metavar="DIR",
        help="folder of the recordings to judge (default: the suite's)",
    )
    group.addoption("--record", type=folder_named, help=argparse.SUPPRESS)  # what graphcal record is made of
    group.addoption(
        "--report",
        type=folder_named,
        metavar="DIR",
        help="write report.html, report.md, report.json, junit.xml, messages.ndjson and badge.svg here",
    )
    group.addoption(
        "--lang",
        choices=LANGUAGES,
        help="language of report.html and report.md, and of the chapters that are written in it "
        "(default: that of the chapters that are named, else en)",
    )


def folder_named(text: str) -> Path:
    """Read the value of an option that names a folder; an empty one would be the folder one is in."""
    if not text:
        raise argparse.ArgumentTypeError("is empty; name a folder")
    return Path(text)


def record_into(folder: Path, target: Target) -> None:
    """Let a live target record its chapters. Raises UsageError for one that is a recording itself."""
    from graphcal.targets.live import LiveTarget  # noqa: PLC0415 - imports requests, which a replay need not yet

    if not isinstance(target, LiveTarget):
        raise UsageError("record: recordings are made of a live target; say --target emulator or FILE.toml")
    target.record_into = folder


def pytest_configure(config: pytest.Config) -> None:
    """Open the target and make the requirements known as markers."""
    option = config.option
    option.lang = option.lang or language_named(config.args, config.invocation_params.dir)
    worker: dict[str, bool] | None = getattr(config, "workerinput", None)
    strict = worker["strict"] if worker else "--strict" in config.invocation_params.args
    target = None
    try:
        target = open_target(option.target, option.cassettes or places.cassettes())
        refuse_crowds(config, target)
        if option.record:
            record_into(option.record, target)
        progress = Progress(tells_exchanges=option.report is not None)
        run = Run(target, strict=strict, report_folder=option.report, progress=progress)
        rows = run.catalogue.requirements.values()
        refuse_unknown(target.known, run)
        if worker is None:
            for name, folder in (("--report", option.report), ("--cassettes", option.record)):
                if folder:
                    make_folder(name, folder)
    except UsageError as error:
        if target:
            target.close()
        pytest.exit(f"graphcal: {error}", returncode=ExitCode.USAGE)
    config.stash[RUN] = run
    for row in rows:
        config.addinivalue_line("markers", f"{row.id}: ({row.level}) {row.text}")
    for level in LEVELS:
        config.addinivalue_line("markers", f"{level}: judges the part of a requirement that is {level}")
    if worker is None:
        config.pluginmanager.register(Keeper(config), "graphcal.keeper")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Read each chapter in one language. What the command line names is read in any case: pytest asks not of it."""
    return places.is_passed_over(collection_path, config.option.lang) or None


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let go of the target."""
    if RUN in config.stash:
        config.stash[RUN].target.close()


def refuse_crowds(config: pytest.Config, target: Target) -> None:
    """Refuse more workers than a service may be asked by at once. Raises UsageError."""
    workers = getattr(config.option, "numprocesses", None)
    if target.description.kind != "replay" and isinstance(workers, int) and workers > MAXIMUM_WORKERS:
        raise UsageError(
            f"-n {workers}: Graph serves {MAXIMUM_WORKERS} requests of an app at once; ask for fewer"
        )


def refuse_unknown(known: Iterable[Known], run: Run) -> None:
    """Refuse entries of [[known]] that name no requirement. Raises UsageError."""
    for entry in known:
        if entry.requirement and entry.requirement not in run.catalogue:
            raise UsageError(f"[[known]] {entry.requirement}: no such requirement; graphcal list prints them")


def make_folder(option: str, folder: Path) -> None:
    """Make the folder that an option names before anything runs, and see that files can be written into it.

    Raises UsageError where one of the two fails.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{option} {folder}: no folder can be made there: {error.strerror}") from error
    try:
        with TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise UsageError(
            f"{option} {folder}: can't be written into: {error.strerror}; name another"
        ) from error


@pytest.fixture(scope="session")
def schemas(pytestconfig: pytest.Config) -> Schemas:
    """The schemas that answers are checked against."""
    return pytestconfig.stash[RUN].schemas


@pytest.fixture(scope="module")
def story(request: pytest.FixtureRequest) -> Iterator[Story]:
    """The facts of the chapter, on its target."""
    from graphcal.story import Story  # noqa: PLC0415 - imports requests, which listing does not need

    run = request.config.stash[RUN]
    feature = request.node.nodeid
    with run.target.chapter(request.path.stem, run.schemas) as chapter:
        run.progress.story = Story(chapter)
        yield run.progress.story
    run.progress.close(feature, run.target.closing(request.path.stem))


def pytest_bdd_before_scenario(request: pytest.FixtureRequest) -> None:
    """Begin to note what the scenario does."""
    request.config.stash[RUN].progress.begin()
    request.node.steps.clear()


def pytest_bdd_after_step(request: pytest.FixtureRequest, step: Step) -> None:
    """Note a step that went well."""
    request.node.steps.append((step, True))


def pytest_bdd_step_error(request: pytest.FixtureRequest, step: Step, exception: Exception) -> None:
    """Note the step that ended the scenario, and name it in a traceback."""
    request.node.steps.append((step, False))
    exception.add_note(f"{request.node.location[0]}:{step.line_number}: {step.keyword.strip()} {step.name}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Give a scenario its outcome, and pytest the word for it that comes nearest."""
    report = yield
    if not isinstance(item, ScenarioItem):
        return report
    run = item.config.stash[RUN]
    error = call.excinfo.value if call.excinfo else None
    if isinstance(error, Exception) or (error is None and call.when == "call"):
        ending = ending_of(error, item.example.level, strict=run.strict)
        scenario = excused(item.described(ending, call.duration), run.target.known, run.started.date())
        run.progress.end(scenario)
        report.graphcal_outcome = str(scenario.outcome)  # type: ignore[attr-defined]
        said = f"{scenario.outcome}: {scenario.message}"
        if scenario.outcome in _SKIPPED:
            report.outcome = "skipped"
            report.longrepr = (str(item.path), item.example.line, said)
        elif scenario.outcome in _EXPECTED:
            report.outcome = "skipped"
            report.wasxfail = said
    if news := run.progress.drain():
        if hasattr(item.config, "workerinput"):
            report.graphcal = json.dumps(asdict(news))  # type: ignore[attr-defined]
        else:
            run.take_in(news)
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_report_teststatus(report: pytest.TestReport | pytest.CollectReport) -> tuple[str, str, str] | None:
    """Tell the suite's own trouble from a failure of the service."""
    outcome = getattr(report, "graphcal_outcome", None)
    if outcome == Outcome.ERROR:
        return "error", "E", "ERROR"
    if outcome in _SKIPPED:
        return "skipped", "s", str(outcome).upper()
    if outcome in _EXPECTED:
        return "xfailed", str(outcome)[0], str(outcome).upper()
    return None
