"""messages.ndjson is what the tools around Cucumber expect: valid, complete, and true to the report."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sample
from gherkin.stream.id_generator import IdGenerator
from jsonschema import Draft202012Validator

from graphcal import places
from graphcal.report import as_messages, model
from graphcal.report.sources import read_source, sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CUCUMBER = Path(__file__).with_name("cucumber")
STATUSES = (
    "UNKNOWN",
    "PASSED",
    "SKIPPED",
    "PENDING",
    "UNDEFINED",
    "AMBIGUOUS",
    "FAILED",
)  # least severe first
FEATURES = sorted(places.features().rglob("*.feature"))
PORTUGUESE = """\
# language: pt
Funcionalidade: Calendário delegado

  Cenário: A delegada vê o calendário
    Dado que Alex delegou o seu calendário
    Quando Adele lista os calendários
    Então o calendário de Alex está na lista
"""

Envelope = dict[str, Any]


@cache
def _validator() -> Draft202012Validator:
    schema = json.loads((CUCUMBER / "messages.schema.json").read_text(encoding="utf-8"))
    return Draft202012Validator(schema)


def _messages(report: model.Report) -> list[Envelope]:
    return [json.loads(line) for line in as_messages.text(report).splitlines()]


def _of(envelopes: list[Envelope], kind: str) -> list[Any]:
    return [envelope[kind] for envelope in envelopes if kind in envelope]


def _troubled() -> model.Report:
    """Return the scenarios that did not pass, and a few that did."""
    report = sample.troubled()
    few = [s for s in report.scenarios if s.outcome != "passed" or "walkthrough" in s.feature]
    return replace(report, scenarios=tuple(few))


def _written() -> model.Report:
    """Return a run of every scenario of the suite's own feature files, each of which passed."""
    scenarios = []
    for file in FEATURES:
        path = file.relative_to(places.suite()).as_posix()
        source = read_source(places.suite(), path, IdGenerator())
        assert source is not None
        scenarios += [_passed(path, pickle) for pickle in source.pickles]
    return replace(sample.green(), scenarios=tuple(scenarios), features=(), exchanges={})


def _passed(path: str, pickle: Envelope) -> model.Scenario:
    steps = tuple(model.Step("*", step["text"], 1, "passed") for step in pickle["steps"])
    found = replace(
        sample.green().scenarios[0], feature=path, title=pickle["name"], steps=steps, exchanges=()
    )
    return replace(found, id=f"{path}::{pickle['name']}", line=pickle["location"]["line"])


@pytest.mark.parametrize("build", [_troubled, sample.hostile, sample.empty])
def test_every_message_fits_the_published_schema(build: Callable[[], model.Report]) -> None:
    """Whatever a run found, each line is an envelope that Cucumber's schema allows."""
    for envelope in _messages(build()):
        assert [error.message for error in _validator().iter_errors(envelope)] == []


@pytest.mark.parametrize("path", FEATURES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_feature_files_fit_the_published_schema(path: Path) -> None:
    """The documents and pickles of every chapter are valid too."""
    source = read_source(places.suite(), path.relative_to(places.suite()).as_posix(), IdGenerator())
    assert source is not None
    envelopes = [{"gherkinDocument": source.document}, *({"pickle": pickle} for pickle in source.pickles[:9])]
    for envelope in envelopes:
        assert [error.message for error in _validator().iter_errors(envelope)] == []


@pytest.mark.parametrize("build", [_troubled, sample.hostile, _written])
def test_ids_are_unique_and_every_reference_leads_to_one(build: Callable[[], model.Report]) -> None:
    """A reader can join the messages."""
    envelopes = _messages(build())
    ids = Counter(identifier for envelope in envelopes for identifier in _values(envelope, "id"))
    named = {
        reference
        for envelope in envelopes
        for key in ("pickleId", "pickleStepId", "testCaseId", "testStepId", "testCaseStartedId", "astNodeId")
        for reference in _values(envelope, key)
    }
    named.update(
        each for envelope in envelopes for found in _values(envelope, "astNodeIds") for each in found
    )

    assert [identifier for identifier, times in ids.items() if times > 1] == []
    assert named - ids.keys() == set()


def _values(node: Any, key: str) -> Iterator[Any]:
    """Yield the values of a key, not inside of bodies, wherever they stand."""
    if isinstance(node, dict):
        if key in node:
            yield node[key]
        for child in node.values():
            yield from _values(child, key)
    elif isinstance(node, list):
        for child in node:
            yield from _values(child, key)


def test_messages_come_in_the_order_of_cucumber() -> None:
    """What a message refers to was said before it."""
    kinds = [next(iter(envelope)) for envelope in _messages(_troubled())]
    order = list(dict.fromkeys(kinds))

    assert order[:7] == [
        "meta",
        "source",
        "gherkinDocument",
        "pickle",
        "testRunStarted",
        "testCase",
        "testCaseStarted",
    ]
    assert kinds[-1] == "testRunFinished"
    assert kinds.index("testRunStarted") == max(n for n, kind in enumerate(kinds) if kind == "pickle") + 1


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        ("passed", "PASSED"),
        ("failed", "FAILED"),
        ("error", "FAILED"),
        ("warned", "PASSED"),
        ("known", "SKIPPED"),
        ("unmet", "SKIPPED"),
        ("unsupported", "SKIPPED"),
    ],
)
def test_outcome_becomes_a_status(outcome: str, status: str) -> None:
    """The most severe status of a scenario's steps is the status for its outcome."""
    titles = {scenario.title for scenario in _troubled().scenarios if scenario.outcome == outcome}
    ended = {title: max(results, key=STATUSES.index) for title, results in _statuses(_troubled()).items()}

    assert titles
    assert {ended[title] for title in titles} == {status}


def _statuses(report: model.Report) -> dict[str, list[str]]:
    """Return the statuses of the steps by the scenario's title."""
    envelopes = _messages(report)
    titles = {pickle["id"]: pickle["name"] for pickle in _of(envelopes, "pickle")}
    cases = {case["id"]: titles[case["pickleId"]] for case in _of(envelopes, "testCase")}
    runs = {run["id"]: cases[run["testCaseId"]] for run in _of(envelopes, "testCaseStarted")}
    found: dict[str, list[str]] = {title: [] for title in runs.values()}
    for step in _of(envelopes, "testStepFinished"):
        found[runs[step["testCaseStartedId"]]].append(step["testStepResult"]["status"])
    return found


def _alone(outcome: str, *steps: str) -> model.Report:
    """Return a run of one scenario that ended so, with steps that ended so."""
    scenario = replace(
        sample.green().scenarios[0],
        feature="features/none.feature",
        outcome=outcome,
        message="Why.",
        steps=tuple(model.Step("*", f"step {number}", 1, ended) for number, ended in enumerate(steps)),
    )
    return replace(sample.green(), scenarios=(scenario,), features=())


@pytest.mark.parametrize(
    ("outcome", "steps", "statuses"),
    [
        ("failed", ("passed", "failed", "not run"), ["PASSED", "FAILED", "SKIPPED"]),
        ("error", ("not run", "not run"), ["FAILED", "SKIPPED"]),
        ("error", ("passed", "passed"), ["PASSED", "FAILED"]),
        ("warned", ("passed", "warned", "not run"), ["PASSED", "PASSED", "UNKNOWN"]),
        ("known", ("passed", "failed", "not run"), ["PASSED", "SKIPPED", "SKIPPED"]),
        ("unmet", ("unmet", "not run"), ["SKIPPED", "SKIPPED"]),
        ("failed", (), ["FAILED"]),
        ("passed", (), ["PASSED"]),
    ],
)
def test_step_that_ended_the_scenario_has_its_status(
    outcome: str, steps: tuple[str, ...], statuses: list[str]
) -> None:
    """The step at fault carries the outcome, be it before any step or after all of them."""
    assert list(_statuses(_alone(outcome, *steps)).values()) == [statuses]


def test_steps_that_the_report_does_not_know_are_unknown() -> None:
    """Of a failure without steps, those in the feature file before the last are not called passed."""
    report = _written()
    failed = replace(report.scenarios[0], outcome="failed", message="Why.", steps=())
    statuses = _statuses(replace(report, scenarios=(failed,)))[failed.title]

    assert (set(statuses[:-1]), statuses[-1]) == ({"UNKNOWN"}, "FAILED")


def test_failure_says_what_was_found_and_which_sentence_it_contradicts() -> None:
    """The message holds every finding and every requirement; the exception is of the outcome's kind."""
    step = next(
        step
        for step in _of(_messages(_troubled()), "testStepFinished")
        if "Expected no trace of Adele" in step["testStepResult"].get("message", "")
    )
    result = step["testStepResult"]

    assert result["message"].startswith("failed: Expected no trace of Adele in Christie's event")
    assert "expected nothing that names Adele, got Adele Vance ($.event.attendees[0]" in result["message"]
    assert "RCV-09 (stated): The delegate appears nowhere in the event" in result["message"]
    assert sample.PAGE in result["message"]
    assert result["exception"]["type"] == "failed"


def test_only_failures_have_an_exception() -> None:
    """What a scenario could not look at is no error in Cucumber's eyes."""
    results = [step["testStepResult"] for step in _of(_messages(_troubled()), "testStepFinished")]

    assert {result["status"] for result in results if "exception" in result} == {"FAILED"}
    assert {result["exception"]["type"] for result in results if "exception" in result} == {"failed", "error"}


def test_warning_is_a_log_of_the_step_that_passed() -> None:
    """Formatters show no message of a step that passed, so the warning is attached."""
    logs = [
        each for each in _of(_messages(_troubled()), "attachment") if each["mediaType"] == as_messages.LOG
    ]

    assert [log["body"].partition(":")[0] for log in logs] == ["warned", "warned"]


def test_exchange_is_attached_once_and_to_whatever_did_not_pass() -> None:
    """A run over one recording does not repeat its answers a hundred times, and no trouble lacks its own."""
    report = _troubled()
    attached = Counter(
        each["fileName"]
        for each in _of(_messages(report), "attachment")
        if each["mediaType"] == "application/json"
    )
    needed = Counter(
        f"{name}.json"
        for scenario in report.scenarios
        if scenario.outcome != "passed"
        for name in scenario.exchanges
    )

    assert all(needed[name] <= times <= needed[name] + 1 for name, times in attached.items())
    assert set(attached) == {f"{name}.json" for s in report.scenarios for name in s.exchanges}


@pytest.mark.parametrize(
    ("length", "times", "media_type"),
    [(5_000, 4, "application/json"), (20_000, 1, "application/json"), (500_000, 1, "text/plain")],
    ids=["short", "long", "very long"],
)
def test_long_exchange_is_attached_once(length: int, times: int, media_type: str) -> None:
    """A service that answers rubbish at length does not make a stream that no formatter can read."""
    report = _troubled()
    failed = next(s for s in report.scenarios if s.outcome == "failed")
    [name, *_] = failed.exchanges
    long = replace(report.exchanges[name], response_body={"subject": "x" * length})
    many = tuple(replace(failed, id=f"{failed.id} {n}", exchanges=(name,)) for n in range(4))
    report = replace(report, scenarios=many, exchanges={name: long})
    found = [a for a in _of(_messages(report), "attachment") if a.get("fileName") == f"{name}.json"]

    assert [a["mediaType"] for a in found] == [media_type] * times
    assert all(len(a["body"]) < 51_000 for a in found)


def test_attached_exchange_is_json_with_request_answer_and_command() -> None:
    """A reader of the attachment can send the request again."""
    attached = next(
        each
        for each in _of(_messages(_troubled()), "attachment")
        if each.get("fileName") == "walkthrough-1.json"
    )
    body = json.loads(attached["body"])

    assert (body["method"], body["status"], body["curl"][:4]) == ("GET", 200, "curl")
    assert body["response_body"]["value"][1]["canShare"] is True


def test_answer_with_a_number_that_json_has_not_is_attached_as_text() -> None:
    """Python reads NaN and other tools do not."""
    report = sample.green()
    odd = replace(report.exchanges["walkthrough-1"], response_body={"value": float("nan")})
    envelopes = _messages(replace(report, exchanges={odd.id: odd}))

    assert [each["mediaType"] for each in _of(envelopes, "attachment")] == ["text/plain"]


def test_scenarios_are_told_one_after_another_from_the_start_of_the_run() -> None:
    """The clock begins when the run began and moves on by what each scenario took; steps take nothing."""
    report = _troubled()
    envelopes = _messages(report)
    begun = _seconds(_of(envelopes, "testRunStarted")[0])
    starts = [_seconds(each) for each in _of(envelopes, "testCaseStarted")]
    ends = [_seconds(each) for each in _of(envelopes, "testCaseFinished")]

    assert begun == 1795242792  # 2026-11-21T06:33:12Z
    assert starts == [begun, *ends[:-1]]
    assert ends[-1] - begun == pytest.approx(sum(scenario.seconds for scenario in report.scenarios), abs=1e-3)
    assert _seconds(_of(envelopes, "testRunFinished")[0]) == max(begun + report.seconds, ends[-1])
    durations = [each["testStepResult"]["duration"] for each in _of(envelopes, "testStepFinished")]
    assert durations.count({"seconds": 0, "nanos": 0}) == len(durations)


def _seconds(message: Envelope) -> float:
    return float(message["timestamp"]["seconds"] + message["timestamp"]["nanos"] / 1e9)


@pytest.mark.parametrize(
    ("build", "success"), [(sample.green, True), (sample.troubled, False), (sample.empty, False)]
)
def test_success_is_that_of_the_exit_code(build: Callable[[], model.Report], success: bool) -> None:
    """A run that checked nothing is no success either; the headline and what a pass is worth are said."""
    finished = _of(_messages(build()), "testRunFinished")[0]

    assert finished["success"] is success
    assert finished["message"].startswith(build().headline)
    assert ("says nothing about Microsoft 365" in finished["message"]) is (build is sample.green)


def test_feature_files_are_told_as_they_are_written() -> None:
    """Every chapter is there with its full text, and every scenario is a row or scenario of it."""
    report = _written()
    envelopes = _messages(report)
    texts = {source["uri"]: source["data"] for source in _of(envelopes, "source")}

    assert texts == {
        file.relative_to(places.suite()).as_posix(): file.read_text(encoding="utf-8") for file in FEATURES
    }
    assert len(_of(envelopes, "testCase")) == len(report.scenarios)


def test_scenarios_that_were_not_selected_have_no_test_case() -> None:
    """A run of one scenario tells the whole chapter and ran one."""
    report = _written()
    envelopes = _messages(replace(report, scenarios=report.scenarios[:1]))

    assert len(_of(envelopes, "testCase")) == 1
    assert len(_of(envelopes, "pickle")) > 1


def test_what_is_no_scenario_of_its_file_stands_beside_it() -> None:
    """A check of the run itself, or a scenario that has been rewritten, is told from the report."""
    report = _written()
    check = replace(report.scenarios[0], id="x", title="Every answer fits its schema", steps=())
    changed = replace(report.scenarios[1], steps=(model.Step("*", "another step", 1, "passed"),))
    found = list(
        sources(
            replace(report, scenarios=(report.scenarios[0], check, changed)), places.suite(), IdGenerator()
        )
    )

    assert [source.uri for source in found] == [check.feature, f"{check.feature}#beside"]
    assert list(found[1].scenarios.values()) == [check, changed]


@pytest.mark.parametrize(
    "path",
    [
        "features/none.feature",
        "../secret.feature",
        "secret.txt",
        "a\0b.feature",
        "broken.feature",
        "[[known]]",
    ],
)
def test_scenario_without_a_feature_file_is_told_from_the_report(path: str, tmp_path: Path) -> None:
    """A file that is missing, broken or not of the suite is not shown; the scenario is, with its steps."""
    suite = tmp_path / "suite"
    suite.mkdir()
    (tmp_path / "secret.feature").write_text(PORTUGUESE, encoding="utf-8")
    (suite / "secret.txt").write_text(PORTUGUESE, encoding="utf-8")
    (suite / "broken.feature").write_text("Feature: x\n  Nonsense:\n", encoding="utf-8")
    scenario = replace(sample.green().scenarios[0], feature=path)
    report = replace(sample.green(), scenarios=(scenario,), features=())
    (source,) = sources(report, suite, IdGenerator())

    assert source.text.startswith("# Written from the report")
    assert [pickle["name"] for pickle in source.pickles] == [scenario.title]
    assert [step["text"] for step in source.pickles[0]["steps"]] == [
        f"{step.keyword} {step.text}" for step in scenario.steps
    ]


def test_chapter_in_portuguese_is_told_in_portuguese(tmp_path: Path) -> None:
    """The language of a feature file is the language of its document and pickles."""
    (tmp_path / "features" / "pt").mkdir(parents=True)
    path = "features/pt/delegado.feature"
    (tmp_path / path).write_text(PORTUGUESE, encoding="utf-8")
    title = "A delegada vê o calendário"
    scenario = replace(sample.green().scenarios[0], feature=path, title=title, steps=())
    report = replace(sample.green(), scenarios=(scenario,), features=())
    (source,) = sources(report, tmp_path, IdGenerator())

    assert source.text == PORTUGUESE
    assert source.document["feature"]["language"] == "pt"
    assert [pickle["name"] for pickle in source.pickles] == [title]


def test_same_report_gives_the_same_messages() -> None:
    """Ids are counted, not drawn."""
    assert as_messages.text(_troubled()) == as_messages.text(_troubled())


@pytest.mark.skipif(
    not shutil.which("node") or not (CUCUMBER / "node_modules").is_dir(),
    reason="needs node and: npm install --no-package-lock --prefix tests/report/cucumber",
)
@pytest.mark.parametrize(
    ("build", "counts"),
    [
        (sample.troubled, {"PASSED": 72, "SKIPPED": 5, "FAILED": 5}),
        (sample.hostile, {"PASSED": 2, "SKIPPED": 3, "FAILED": 2}),
        (sample.empty, {}),
    ],
)
def test_official_formatter_renders_the_messages(
    build: Callable[[], model.Report], counts: dict[str, int], tmp_path: Path
) -> None:
    """Cucumber's own library counts the scenarios as this one does, and its formatter writes the page."""
    page = tmp_path / "page.html"
    ended = subprocess.run(
        [shutil.which("node") or "", CUCUMBER / "render.mjs", page],
        input=as_messages.text(build()),
        capture_output=True,
        text=True,
        check=True,
    )

    assert {status: number for status, number in json.loads(ended.stdout).items() if number} == counts
    assert page.read_text(encoding="utf-8").rstrip().endswith("</html>")
