"""Keep, in the process that the user started, what all scenarios found; end the run with it."""

from __future__ import annotations

import gc
import json
from typing import TYPE_CHECKING, Any

import pytest

from graphcal.collect import ScenarioItem
from graphcal.known import stale
from graphcal.outcomes import ExitCode
from graphcal.progress import News
from graphcal.report.writer import ReportError, write
from graphcal.stash import RUN
from graphcal.summary import print_summary

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from graphcal.run import Run


class Keeper:
    """A pytest plugin of the controlling process.

    It stays out of the way of a run that collects tests and no scenario, such as `pytest tests`.
    """

    def __init__(self, config: pytest.Config) -> None:
        self._run: Run = config.stash[RUN]
        self._judges = not config.option.collectonly
        self._language: str = config.option.lang
        self._written: list[Path] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Remember which scenarios are to run."""
        scenarios = [item for item in session.items if isinstance(item, ScenarioItem)]
        self._run.selected.update(item.nodeid for item in scenarios)
        self._judges &= bool(scenarios) or not session.items
        gc.freeze()  # what is loaded by now stays; looking through it again finds nothing

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Tell a worker of xdist what only this process has read."""
        node.workerinput["strict"] = self._run.strict

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, node: object, ids: list[str]) -> None:
        """Remember which scenarios the workers are to run."""
        del node
        scenarios = (name for name in ids if name.partition("::")[0].endswith(".feature"))
        self._run.selected.update(scenarios)
        self._judges &= bool(self._run.selected) or not ids

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take in what a scenario in a worker has found."""
        if found := getattr(report, "graphcal", None):
            self._run.take_in(News.read(json.loads(found)))

    def pytest_keyboard_interrupt(self) -> None:
        """Remember that the run was stopped."""
        self._run.interrupted = True

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Set the exit code and write the report, whatever has happened."""
        if not self._judges:
            return
        run = self._run
        run.take_in(run.progress.drain())  # what a chapter left that was closed by Ctrl-C
        run.take_in(News(scenarios=stale(run.target.known, run.scenarios)))
        if exitstatus in {
            pytest.ExitCode.OK,
            pytest.ExitCode.TESTS_FAILED,
            pytest.ExitCode.NO_TESTS_COLLECTED,
        }:
            session.exitstatus = run.exit_code()
        elif exitstatus == pytest.ExitCode.INTERNAL_ERROR:
            session.exitstatus = ExitCode.TROUBLE
        if run.report_folder:
            try:
                report = run.report(int(session.exitstatus))
                self._written = write(report, run.report_folder, self._language)
            except ReportError as error:
                run.notes.append(str(error))
                session.exitstatus = session.exitstatus or ExitCode.TROUBLE

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter, exitstatus: int
    ) -> Generator[None, None, None]:
        """Print the verdict by chapter and requirement, after all that pytest prints."""
        yield
        if exitstatus == pytest.ExitCode.USAGE_ERROR:  # pytest says below what it does not understand
            terminalreporter.write_line(
                "graphcal list prints requirements and scenarios, graphcal run --help the options."
            )
        elif self._judges:
            print_summary(terminalreporter, self._run.report(int(exitstatus)), self._written)
