"""`graphcal merge` makes of the reports of shards the report that one run would have written."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from click.testing import CliRunner, Result

from graphcal import places
from graphcal.command import main
from graphcal.outcomes import ExitCode, Outcome
from graphcal.progress import News
from graphcal.report import as_json, evidence, model
from graphcal.run import Run

COMMAND = shutil.which("graphcal", path=str(Path(sys.executable).parent)) or ""
TARGET = model.Target("Contoso", "service", "https://graph.microsoft.com/v1.0")
WALKTHROUGH, SHARED = "features/walkthrough.feature", "features/shared_calendar.feature"
Json = dict[str, Any]


def scenario(title: str, outcome: str = "passed", feature: str = WALKTHROUGH, **more: Any) -> model.Scenario:
    """Return a scenario as a run ended it."""
    facts = {"requirements": ("RCV-02",), "message": "" if outcome == "passed" else f"It {outcome}.", **more}
    return model.Scenario(
        id=f"{feature}::{title}",
        feature=feature,
        line=7,
        title=title,
        rule="A rule",
        level="stated",
        outcome=outcome,
        provenance="service",
        seconds=0.5,
        requests=2,
        **facts,
    )


def shard(
    folder: Path, *scenarios: model.Scenario, exchanges: tuple[model.Exchange, ...] = (), **more: Any
) -> Path:
    """Write what a merge reads of a run that found this; return its folder."""
    run = Run(cast("Any", SimpleNamespace(description=TARGET, known=())))
    run.take_in(News(scenarios=list(scenarios), exchanges=list(exchanges)))
    report = replace(run.report(run.exit_code()), **more)
    folder.mkdir()
    (folder / "report.json").write_text(as_json.text(report), encoding="utf-8")
    (folder / evidence.NAME).write_text(evidence.text(report), encoding="utf-8")
    return folder


def merge(folder: Path, *shards: Path) -> tuple[Result, Json]:
    """Run the command; return what it ended with, and report.json where there is one."""
    ended = CliRunner().invoke(main, ["merge", *map(str, shards), "--report", str(folder)])
    written = folder / "report.json"
    return ended, json.loads(written.read_text(encoding="utf-8")) if written.exists() else {}


def merged(folder: Path, *shards: Path) -> model.Report:
    """Merge shards; return all that is known of the whole."""
    merge(folder, *shards)
    return evidence.read((folder / evidence.NAME).read_bytes())


def test_merged_shards_say_what_one_run_says(tmp_path: Path) -> None:
    """Two chapters, each run by itself, and the run of both: the same verdict, outcomes, steps and answers."""
    chapters = [
        path.relative_to(places.suite()).as_posix() for path in sorted(places.features().glob("*.feature"))
    ][-2:]
    for name, chosen in (("one", chapters[:1]), ("two", chapters[1:]), ("both", chapters)):
        run_chapters(chosen, tmp_path / name)
    ended, _ = merge(tmp_path / "all", tmp_path / "two", tmp_path / "one")
    whole, once = (evidence.read((tmp_path / name / evidence.NAME).read_bytes()) for name in ("all", "both"))

    assert ended.exit_code == once.exit_code
    assert (whole.verdict, whole.headline, whole.standings) == (once.verdict, once.headline, once.standings)
    assert whole.requirements == once.requirements
    assert whole.features == once.features
    assert [timeless(item) for item in whole.scenarios] == [timeless(item) for item in once.scenarios]
    assert whole.exchanges.keys() == once.exchanges.keys()
    assert {path.name for path in (tmp_path / "all").iterdir()} == {
        path.name for path in (tmp_path / "one").iterdir()
    }


def run_chapters(chapters: list[str], folder: Path) -> None:
    """Run some chapters on their recordings in a process of its own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    arguments = ["-pno:randomly", "-pno:xdist", *chapters, "--report", str(folder)]
    subprocess.run(
        [COMMAND, "run", *arguments], env=environment, capture_output=True, check=False, timeout=120
    )


def timeless(item: model.Scenario) -> model.Scenario:
    """Return a scenario without what differs from run to run: its time, and who asked first for a fact."""
    return replace(item, seconds=0, requests=0)


@pytest.mark.parametrize(
    ("outcomes", "worst"),
    [
        (("passed", "failed"), "failed"),
        (("failed", "error"), "failed"),
        (("passed", "error"), "error"),
        (("passed", "warned"), "warned"),
        (("known", "failed"), "failed"),
        (("known", "known"), "known"),
        (("unmet", "passed"), "passed"),
        (("unsupported", "failed", "passed"), "failed"),
    ],
)
def test_of_a_scenario_in_several_shards_the_worst_outcome_counts(
    outcomes: tuple[str, ...], worst: str, tmp_path: Path
) -> None:
    """Whichever shard is named first; the note says that there were several."""
    folders = [shard(tmp_path / str(n), scenario("A", outcome)) for n, outcome in enumerate(outcomes)]
    for order in (folders, folders[::-1]):
        ended, report = merge(tmp_path / "all", *order)
        assert [row["outcome"] for row in report["scenarios"]] == [worst]
        assert "Scenarios that ran in more than one shard: 1;" in ended.output


@pytest.mark.parametrize(
    ("outcomes", "code", "verdict"),
    [
        (("passed", "passed"), ExitCode.CLEAN, "conformant"),
        (("passed", "failed"), ExitCode.DEVIATION, "deviates"),
        (("failed", "error"), ExitCode.DEVIATION, "deviates"),
        (("passed", "error"), ExitCode.TROUBLE, "inconclusive"),
        (("unmet", "unmet"), ExitCode.TROUBLE, "inconclusive"),
        (("unsupported", "unmet"), ExitCode.NOTHING_CHECKED, "inconclusive"),
    ],
)
def test_verdict_and_exit_code_are_those_of_the_union(
    outcomes: tuple[str, str], code: int, verdict: str, tmp_path: Path
) -> None:
    """A shard that passed does not excuse another one that did not."""
    first = shard(tmp_path / "1", scenario("A", outcomes[0]))
    second = shard(tmp_path / "2", scenario("B", outcomes[1], SHARED, requirements=("SET-10",)))
    ended, report = merge(tmp_path / "all", first, second)

    assert (ended.exit_code, report["verdict"]) == (code, verdict)
    assert ended.output.splitlines()[-1].lower().startswith(verdict)


def test_shard_that_was_stopped_leaves_the_whole_inconclusive(tmp_path: Path) -> None:
    """What passed before Ctrl-C is no verdict on what did not run."""
    stopped = shard(tmp_path / "1", scenario("A"), verdict="inconclusive")
    ended, report = merge(tmp_path / "all", stopped, shard(tmp_path / "2", scenario("B", feature=SHARED)))

    assert (ended.exit_code, report["verdict"]) == (ExitCode.TROUBLE, "inconclusive")
    assert f"{stopped}/report.json: the run was stopped before its end." in ended.output


def test_shard_without_a_core_call_was_not_stopped(tmp_path: Path) -> None:
    """What a target does not implement makes a verdict inconclusive too, and ends as one run would."""
    lacking = shard(tmp_path / "1", scenario("A", "unsupported"), scenario("B", requirements=("SET-01",)))
    ended, _ = merge(tmp_path / "all", lacking)

    assert "stopped" not in ended.output


def test_shard_that_ran_nothing_is_said(tmp_path: Path) -> None:
    """It takes nothing from what the others found, and alone it is nothing."""
    empty, other = shard(tmp_path / "1"), shard(tmp_path / "2", scenario("A"))
    ended, report = merge(tmp_path / "all", empty, other)

    assert (ended.exit_code, report["verdict"]) == (ExitCode.CLEAN, "conformant")
    assert f"{empty}/report.json: no scenario ran." in ended.output.splitlines()
    assert merge(tmp_path / "alone", empty)[0].exit_code == ExitCode.NOTHING_CHECKED


@pytest.mark.parametrize(
    ("there", "code"), [("known", ExitCode.CLEAN), ("passed", ExitCode.DEVIATION)], ids=["used", "stale"]
)
@pytest.mark.parametrize("entry", ["RCV-02", f"{WALKTHROUGH}::A"], ids=["requirement", "scenario"])
def test_entry_is_stale_only_if_no_shard_needs_it(there: str, code: int, entry: str, tmp_path: Path) -> None:
    """A deviation that shows in one chapter alone does not fail the others."""
    stale = scenario("The entry", "failed", feature="[[known]]")
    stale = replace(stale, id=f"[[known]]::{entry}")
    first = shard(tmp_path / "1", scenario("A", there))
    ended, report = merge(
        tmp_path / "all", first, shard(tmp_path / "2", scenario("B", feature=SHARED), stale)
    )

    assert ended.exit_code == code
    assert (stale.id in {row["id"] for row in report["scenarios"]}) is (there == "passed")


def test_note_names_its_shard(tmp_path: Path) -> None:
    """Two jobs may say the same of themselves, and what a merge said before is found anew."""
    folders = [
        shard(
            tmp_path / n,
            scenario(n),
            notes=("The service put off 1 request.", "No report has anything of x."),
        )
        for n in ("1", "2")
    ]
    lines = merge(tmp_path / "all", *folders)[0].output.splitlines()

    assert [line for line in lines if "put off" in line] == [
        f"{folder}: The service put off 1 request." for folder in folders
    ]
    assert [line for line in lines if line.endswith(" x.")] == []


@pytest.mark.parametrize(
    ("chapters", "options", "language"),
    [
        (("features/pt/walkthrough.feature",), (), "pt"),
        (("features/pt/walkthrough.feature",), ("--lang", "en"), "en"),
        (("features/pt/walkthrough.feature", SHARED), (), "en"),
        ((SHARED,), ("--lang", "pt"), "pt"),
    ],
)
def test_language_is_that_of_the_chapters(
    chapters: tuple[str, ...], options: tuple[str, ...], language: str, tmp_path: Path
) -> None:
    """Where all are in one, as in a run; --lang says another."""
    folders = [shard(tmp_path / str(n), scenario("A", feature=chapter)) for n, chapter in enumerate(chapters)]
    arguments = ["merge", *map(str, folders), "--report", str(tmp_path / "all"), *options]
    assert CliRunner().invoke(main, arguments).exit_code == ExitCode.CLEAN

    page, comment = ((tmp_path / "all" / name).read_text("utf-8") for name in ("report.html", "report.md"))
    assert f'<html lang="{language}"' in page
    assert ("**Conforme:**" in comment) is (language == "pt")


def test_missing_chapters_are_said(tmp_path: Path) -> None:
    """A shard that never wrote its report is missed."""
    ended, _ = merge(tmp_path / "all", shard(tmp_path / "1", scenario("A")))
    note = ended.output.splitlines()[0]

    assert note.startswith("No report has anything of ")
    assert SHARED in note
    assert WALKTHROUGH not in note
    assert merged(tmp_path / "again", tmp_path / "all").notes.count(note) == 1


def test_requirement_has_the_worst_outcome_of_all_shards(tmp_path: Path) -> None:
    """The rows of the catalogue are judged again, from every scenario that has them."""
    first = shard(tmp_path / "1", scenario("A"))
    second = shard(tmp_path / "2", scenario("B", Outcome.FAILED, SHARED))
    rows = {row["id"]: row for row in merge(tmp_path / "all", first, second)[1]["requirements"]}

    assert rows["RCV-02"]["outcome"] == "failed"
    assert rows["RCV-02"]["reason"] == "It failed."
    assert sorted(rows["RCV-02"]["scenarios"]) == sorted([f"{WALKTHROUGH}::A", f"{SHARED}::B"])
    assert rows["RCV-01"]["outcome"] == "untested"


@pytest.mark.parametrize(
    ("starts", "seconds"),
    [
        (("2026-11-21T08:00:00+00:00", "2026-11-21T08:00:00+00:00"), 10.0),
        (("2026-11-21T08:00:05+00:00", "2026-11-21T09:00:00+01:00"), 15.0),
        (("2026-11-22T08:00:00+00:00", "2026-11-21T08:00:00+00:00"), 20.0),
    ],
    ids=["at once", "overlapping", "the next day"],
)
def test_time_is_that_in_which_a_shard_ran(starts: tuple[str, str], seconds: float, tmp_path: Path) -> None:
    """Shards side by side take no longer than one; the pause before a repetition does not count."""
    folders = [
        shard(tmp_path / str(n), scenario("A"), started=start, seconds=10.0, requests=3)
        for n, start in enumerate(starts)
    ]
    report = merge(tmp_path / "all", *folders)[1]

    assert (report["seconds"], report["started"], report["requests"]) == (seconds, starts[1], 6)


def exchange(identifier: str, status: int) -> model.Exchange:
    """Return an exchange with a status."""
    return model.Exchange(
        identifier, "Adele", "GET", "https://x.example", {}, None, status, {}, None, "curl x"
    )


def test_steps_findings_and_exchanges_come_along(tmp_path: Path) -> None:
    """The merged page shows what the pages of the shards show."""
    full = scenario(
        "A",
        "failed",
        steps=(model.Step("Then", "it is so", 9, "failed"),),
        findings=(model.Finding("201", "200", "$", "a-1", "hint"),),
        exchanges=("a-1",),
    )
    whole = merged(tmp_path / "all", shard(tmp_path / "1", full, exchanges=(exchange("a-1", 200),)))

    assert whole.scenarios == (full,)
    assert whole.exchanges == {"a-1": exchange("a-1", 200)}


def test_exchanges_of_one_name_stay_apart(tmp_path: Path) -> None:
    """Two shards of one chapter may both have a walkthrough-1; each scenario keeps its own."""
    folders = [
        shard(
            tmp_path / str(n),
            scenario(str(n), "failed", findings=(model.Finding("1", "2", "$", "a-1"),), exchanges=("a-1",)),
            exchanges=(exchange("a-1", status),),
        )
        for n, status in enumerate((200, 404, 200))
    ]
    whole = merged(tmp_path / "all", *folders)
    seen = [whole.exchanges[item.exchanges[0]].status for item in whole.scenarios]

    assert seen == [200, 404, 200]
    assert [item.findings[0].exchange for item in whole.scenarios] == [
        item.exchanges[0] for item in whole.scenarios
    ]
    assert len(whole.exchanges) == 2


@pytest.mark.parametrize(
    "content", [None, "", "{}", '{"version": 1}'], ids=["missing", "empty", "other", "wrong"]
)
def test_report_without_evidence_is_merged_with_a_note(content: str | None, tmp_path: Path) -> None:
    """report.json is enough: the outcome stays, the steps and exchanges are missed."""
    folder = shard(tmp_path / "1", scenario("A", "failed", steps=(model.Step("Then", "x", 9, "failed"),)))
    (folder / evidence.NAME).unlink()
    if content is not None:
        (folder / evidence.NAME).write_text(content, encoding="utf-8")
    ended, report = merge(tmp_path / "all", folder)

    assert ended.exit_code == ExitCode.DEVIATION
    assert [row["outcome"] for row in report["scenarios"]] == ["failed"]
    assert "evidence.json is not there or can't be read, so the steps and exchanges" in ended.output


def rewritten(folder: Path, **more: Any) -> Path:
    """Change report.json of a shard."""
    file = folder / "report.json"
    file.write_text(json.dumps({**json.loads(file.read_text(encoding="utf-8")), **more}), encoding="utf-8")
    return folder


def test_evidence_of_another_ending_is_not_believed(tmp_path: Path) -> None:
    """Where the two files disagree on an outcome, report.json is right, and its scenario has no steps."""
    folder = shard(tmp_path / "1", scenario("A", "failed", steps=(model.Step("Then", "x", 9, "failed"),)))
    rows = json.loads((folder / "report.json").read_text(encoding="utf-8"))["scenarios"]
    rewritten(folder, scenarios=[{**row, "outcome": "passed"} for row in rows])

    assert [(item.outcome, item.steps) for item in merged(tmp_path / "all", folder).scenarios] == [
        ("passed", ())
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"suite": {"name": "graphcal", "version": "9.9"}}, "written by graphcal 9.9, this is "),
        (
            {"target": {"name": "Fabrikam", "kind": "service", "base_url": "https://x.example"}},
            "judges Fabrikam (service, https://x.example), ",
        ),
        (
            {"requirements": []},
            "its catalogue has another SET-01 than this graphcal's; run all shards, and merge, ",
        ),
        ({"verdict": "fine"}, "no report of graphcal: at $.verdict expected one of "),
    ],
    ids=["version", "target", "catalogue", "contract"],
)
def test_reports_that_do_not_belong_together_are_refused(change: Json, said: str, tmp_path: Path) -> None:
    """Nothing is written, and the sentence names the file that is another."""
    first, second = (shard(tmp_path / name, scenario(name)) for name in ("1", "2"))
    ended, report = merge(tmp_path / "all", first, rewritten(second, **change))

    assert (ended.exit_code, report) == (ExitCode.USAGE, {})
    assert f"Error: {second}/report.json: {said}" in ended.output


def test_emulator_that_each_job_started_is_one_target(tmp_path: Path) -> None:
    """A port on the machine itself is nobody's address."""
    folders = [
        shard(
            tmp_path / str(n),
            scenario(str(n)),
            target=model.Target("mine", "service", f"http://localhost:{n}/v1.0"),
        )
        for n in (4100, 4200)
    ]

    assert len(merge(tmp_path / "all", *folders)[1]["scenarios"]) == 2


def test_folder_that_cannot_be_written_is_a_usage_error(tmp_path: Path) -> None:
    """A file in the way is said in one sentence."""
    (tmp_path / "taken").write_text("", encoding="utf-8")
    ended, _ = merge(tmp_path / "taken", shard(tmp_path / "1", scenario("A")))

    assert ended.exit_code == ExitCode.USAGE
    assert "Cannot write the report to " in ended.output


@pytest.mark.parametrize("arguments", [["--report", "x"], ["x"]], ids=["no reports", "no folder"])
def test_command_needs_reports_and_a_folder(arguments: list[str]) -> None:
    """Without one of them nobody could know what is meant."""
    assert CliRunner().invoke(main, ["merge", *arguments]).exit_code == ExitCode.USAGE
