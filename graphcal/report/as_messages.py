"""Write messages.ndjson: the run as Cucumber Messages, which the tools around Cucumber read.

| outcome | the step that ended the scenario | the steps after it |
|---|---|---|
| `passed` | `PASSED` | |
| `failed`, `error` | `FAILED`, with an exception of that type | `SKIPPED` |
| `warned` | `PASSED`, with a log that says what it found | `UNKNOWN`, which leaves the scenario `PASSED` |
| `known`, `unmet`, `unsupported` | `SKIPPED`, with a message that says which and why | `SKIPPED` |

A report knows when the run began and how long each scenario took, so the scenarios are told as if they had
run one after another without a pause. How long a step took it does not know: the duration is told as zero.
Where a report does not know the steps, the last one carries the outcome and those before it are `UNKNOWN`.
An exchange is attached to the first scenario that looked at it and to every one that did not pass; a long
one once, and a very long one cut, as text.
There are no step definitions: a report knows what is written, not which function did it.
"""

from __future__ import annotations

import json
import platform
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from gherkin.stream.id_generator import IdGenerator

from graphcal import places
from graphcal.outcomes import ExitCode, Outcome, sentence
from graphcal.report.sources import Source, sources
from graphcal.report.wording import first_line, source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphcal.report.model import Exchange, Report, Scenario
    from graphcal.report.sources import Node

PROTOCOL = "34.2.1"  # of the published schema that the tests validate with
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = 1_000_000_000  # nanoseconds
PASSED, FAILED, SKIPPED, UNKNOWN = "PASSED", "FAILED", "SKIPPED", "UNKNOWN"
ENDINGS = {Outcome.FAILED: FAILED, Outcome.ERROR: FAILED, Outcome.WARNED: PASSED, Outcome.PASSED: PASSED}
GHERKIN = "text/x.cucumber.gherkin+plain"
LOG = "text/x.cucumber.log+plain"
LONG, LONGEST = 10_000, 50_000  # characters of an attached exchange


def text(report: Report) -> str:
    """Return the stream, an envelope a line, in ASCII; no two of its ids are the same."""
    stream = _Stream(report)
    encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
    return "".join(f"{encode(envelope)}\n" for envelope in stream.envelopes())


class _Case(NamedTuple):
    """A scenario as it is told: the ids of its test case and of that one's steps."""

    id: str
    steps: Sequence[str]
    pickle: Node
    scenario: Scenario


class _Stream:
    """What the envelopes of one report share: their ids, the time that is told, what was attached."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.ids = IdGenerator()
        self.now = _nanoseconds(report.started)
        self.end = self.now + round(report.seconds * SECOND)
        self.attached: set[str] = set()  # ids of exchanges
        self.requirements = {requirement.id: requirement for requirement in report.requirements}

    def envelopes(self) -> Iterator[Node]:
        """Yield the messages in the order in which Cucumber sends them."""
        found = list(sources(self.report, places.suite(), self.ids))
        yield {"meta": _meta(self.report.version)}
        for each in found:
            yield {"source": {"uri": each.uri, "data": each.text, "mediaType": GHERKIN}}
            yield {"gherkinDocument": each.document}
            yield from ({"pickle": pickle} for pickle in each.pickles)
        run = self.ids.get_next_id()
        yield {"testRunStarted": {"id": run, "timestamp": _moment(self.now)}}
        cases = [case for each in found for case in self._cases(each)]
        for case in cases:
            yield {"testCase": _test_case(case, run)}
        for case in cases:
            yield from self._told(case)
        yield {"testRunFinished": self._finished(run)}

    def _cases(self, origin: Source) -> Iterator[_Case]:
        for pickle in origin.pickles:
            if scenario := origin.scenarios.get(pickle["id"]):
                steps = [self.ids.get_next_id() for _ in pickle["steps"]]
                yield _Case(self.ids.get_next_id(), steps, pickle, scenario)

    def _told(self, case: _Case) -> Iterator[Node]:
        started = self.ids.get_next_id()
        begin = {"attempt": 0, "id": started, "testCaseId": case.id, "timestamp": _moment(self.now)}
        yield {"testCaseStarted": begin}
        culprit = _culprit(case)
        for number, (step, status) in enumerate(zip(case.steps, _statuses(case, culprit), strict=True)):
            place = {"testCaseStartedId": started, "testStepId": step}
            yield {"testStepStarted": {**place, "timestamp": _moment(self.now)}}
            result: Node = {"duration": _moment(0), "status": status}
            if number == culprit:
                yield from ({"attachment": {**place, **each}} for each in self._attachments(case.scenario))
                result |= self._reason(case.scenario)
            yield {"testStepFinished": {**place, "testStepResult": result, "timestamp": _moment(self.now)}}
        self.now += round(case.scenario.seconds * SECOND)
        end = {"testCaseStartedId": started, "timestamp": _moment(self.now), "willBeRetried": False}
        yield {"testCaseFinished": end}

    def _reason(self, scenario: Scenario) -> Node:
        """Say what the scenario found, what that contradicts, and for a failure of which kind it is."""
        if scenario.outcome == Outcome.PASSED:
            return {}
        more = [sentence(finding) for finding in scenario.findings[1:]]
        rows = [self.requirements[name] for name in scenario.requirements if name in self.requirements]
        says = [f"{row.id} ({row.level}): {row.text} {source(row)}" for row in rows]
        message = "\n".join([f"{scenario.outcome}: {scenario.message}", *more, *says])
        if ENDINGS.get(Outcome(scenario.outcome)) != FAILED:
            return {"message": message}
        named = {"type": scenario.outcome, "message": first_line(scenario.message), "stackTrace": message}
        return {"message": message, "exception": named}

    def _attachments(self, scenario: Scenario) -> Iterator[Node]:
        if scenario.outcome == Outcome.WARNED:  # of a step that passed, formatters show no message
            yield _attached(f"{scenario.outcome}: {scenario.message}", LOG)
        for name in scenario.exchanges:
            exchange = self.report.exchanges.get(name)
            if exchange and (name not in self.attached or scenario.outcome != Outcome.PASSED):
                attachment = _exchange(exchange)
                if name not in self.attached or len(attachment["body"]) <= LONG:
                    yield attachment
                self.attached.add(name)
        if scenario.curl:
            yield _attached(scenario.curl, "text/plain", "again.sh")

    def _finished(self, run: str) -> Node:
        report = self.report
        return {
            "testRunStartedId": run,
            "success": report.exit_code == ExitCode.CLEAN,
            "message": "\n".join([f"{report.headline}.", *_origins(report), *report.notes]),
            "timestamp": _moment(max(self.now, self.end)),
        }


def _origins(report: Report) -> Iterator[str]:
    """Say whose answers were judged, and what a pass is worth where they are not the service's own."""
    counts = Counter(scenario.provenance for scenario in report.scenarios if scenario.provenance)
    if counts:
        listed = ", ".join(f"{kind} ({number})" for kind, number in sorted(counts.items()))
        yield f"Answers of, by scenarios: {listed}."
    if counts.keys() - {"service"}:
        yield "A pass on recordings or on the emulator says nothing about Microsoft 365."


def _meta(version: str) -> Node:
    return {
        "protocolVersion": PROTOCOL,
        "implementation": {"name": "graphcal", "version": version},
        "runtime": {"name": platform.python_implementation(), "version": platform.python_version()},
        "os": {"name": platform.system(), "version": platform.release()},
        "cpu": {"name": platform.machine()},
    }


def _test_case(case: _Case, run: str) -> Node:
    pairs = zip(case.steps, case.pickle["steps"], strict=True)
    steps = [{"id": step, "pickleStepId": written["id"]} for step, written in pairs]
    return {"id": case.id, "pickleId": case.pickle["id"], "testSteps": steps, "testRunStartedId": run}


def _culprit(case: _Case) -> int:
    """Return the place of the step that ended the scenario; of a scenario that passed, the last."""
    if case.scenario.outcome != Outcome.PASSED:
        for number, step in enumerate(case.scenario.steps):
            if step.outcome != Outcome.PASSED:
                return number
    return len(case.steps) - 1


def _statuses(case: _Case, culprit: int) -> list[str]:
    outcome = Outcome(case.scenario.outcome)
    sure = bool(case.scenario.steps) or outcome == Outcome.PASSED
    before = PASSED if sure else UNKNOWN
    after = UNKNOWN if outcome == Outcome.WARNED else SKIPPED
    return [before] * culprit + [ENDINGS.get(outcome, SKIPPED)] + [after] * (len(case.steps) - culprit - 1)


def _attached(body: str, media_type: str, name: str = "") -> dict[str, Any]:
    named = {"fileName": name} if name else {}
    return {"body": body, "contentEncoding": "IDENTITY", "mediaType": media_type, **named}


def _exchange(exchange: Exchange) -> Node:
    """Attach an exchange as JSON; one with a number that JSON has not, such as NaN, or cut, as text."""
    write = partial(json.dumps, vars(exchange), default=dict, indent=2, ensure_ascii=False)
    try:
        text, media_type = write(allow_nan=False), "application/json"
    except ValueError:
        text, media_type = write(), "text/plain"
    if len(text) > LONGEST:
        text, media_type = f"{text[:LONGEST]}…\nCut; evidence.json holds all.", "text/plain"
    return _attached(text, media_type, f"{exchange.id}.json")


def _nanoseconds(started: str) -> int:
    """Return a time as nanoseconds since the epoch; what is no time is the epoch."""
    try:
        then = datetime.fromisoformat(started)
        return (then - EPOCH) // timedelta(microseconds=1) * 1000
    except (TypeError, ValueError):
        return 0


def _moment(nanoseconds: int) -> dict[str, int]:
    """Write a Timestamp, or a Duration, which looks the same."""
    return dict(zip(("seconds", "nanos"), divmod(nanoseconds, SECOND), strict=True))
