"""`graphcal diff` says what lies between two runs, and its exit code whether that is worse."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import graphcal.report
from graphcal.command import main
from graphcal.outcomes import ExitCode, Outcome
from graphcal.report.as_diff import TITLES
from graphcal.report.comparison import KINDS, compare

Json = dict[str, Any]

SCHEMA = json.loads(Path(graphcal.report.__file__).with_name("diff.schema.json").read_text(encoding="utf-8"))
OUTCOMES = [*map(str, Outcome)]


def report(*scenarios: Json, **more: Any) -> Json:
    """Return a report.json with these scenarios, each of which judges a requirement of its own."""
    rows = [
        {
            "id": scenario["requirements"][0],
            "level": "stated",
            "text": "It is so.",
            "source": "A page",
            "outcome": scenario["outcome"],
            "scenarios": [scenario["id"]],
            "reason": scenario["message"],
        }
        for scenario in scenarios
    ]
    return {
        "suite": {"name": "graphcal", "version": "0.1.0"},
        "target": {"name": "Contoso", "kind": "service", "base_url": "https://graph.microsoft.com/v1.0"},
        "started": "2026-11-20T08:00:00+00:00",
        "seconds": 1.5,
        "requests": 7,
        "verdict": "conformant",
        "standings": [],
        "scenarios": list(scenarios),
        "requirements": rows,
        **more,
    }


def scenario(title: str, outcome: str, message: str = "", requirement: str = "INV-02") -> Json:
    """Return a scenario of a report.json."""
    return {
        "id": f"features/a.feature::{title}",
        "feature": "features/a.feature",
        "line": 7,
        "title": title,
        "requirements": [requirement],
        "outcome": outcome,
        "provenance": "service",
        "seconds": 0.1,
        "requests": 1,
        "message": message,
        "curl": "",
    }


def diff(folder: Path, old: Json, new: Json, *options: str, **settings: Any) -> Result:
    """Run the command on two reports."""
    for name, content in (("old.json", old), ("new.json", new)):
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    arguments = ["diff", str(folder / "old.json"), str(folder / "new.json"), *options]
    return CliRunner().invoke(main, arguments, **settings)


@pytest.mark.parametrize(
    ("was", "now", "worse", "worse_if_strict"),
    [
        ("passed", "failed", True, True),
        ("warned", "failed", True, True),
        ("known", "failed", True, True),
        ("unmet", "failed", True, True),
        ("error", "failed", True, True),
        ("passed", "error", True, True),
        ("failed", "error", True, True),
        ("passed", "unsupported", True, True),
        ("warned", "unmet", True, True),
        ("known", "unsupported", True, True),
        ("failed", "unsupported", False, False),
        ("unmet", "unsupported", False, False),
        ("passed", "warned", False, True),
        ("failed", "warned", False, False),
        ("passed", "known", False, False),
        ("failed", "passed", False, False),
        ("unmet", "passed", False, False),
        ("failed", "failed", False, False),
        ("", "failed", True, True),
        ("", "error", True, True),
        ("", "passed", False, False),
        ("", "unmet", False, False),
        ("passed", "", False, True),
        ("failed", "", False, True),
        ("unmet", "", False, False),
    ],
)
def test_what_counts_as_worse(was: str, now: str, worse: bool, worse_if_strict: bool) -> None:
    """A new failure, a new error and what is no longer looked at are worse; with --strict more is."""
    old = report(*([scenario("A", was)] if was else []))
    new = report(*([scenario("A", now)] if now else []))
    found = [compare(old, new, ("a", "b"), strict=strict).worse for strict in (False, True)]

    assert found == [worse, worse_if_strict]


@pytest.mark.parametrize(
    ("was", "now", "worse"),
    [
        ("conformant", "deviates", True),
        ("conformant", "inconclusive", True),
        ("conformant", "empty", True),
        ("inconclusive", "deviates", True),
        ("inconclusive", "empty", False),
        ("deviates", "inconclusive", False),
        ("inconclusive", "conformant", False),
    ],
)
def test_verdict_can_get_worse_by_itself(was: str, now: str, worse: bool, tmp_path: Path) -> None:
    """A run that was stopped says less than the one before, though no scenario says anything else."""
    ended = diff(tmp_path, report(verdict=was), report(verdict=now))

    assert ended.exit_code == (ExitCode.DEVIATION if worse else ExitCode.CLEAN)
    assert f"he verdict was {was} and is {now}." in ended.output


def standing(verdict: str, kind: str = "level", name: str = "stated", wanting: tuple[str, ...] = ()) -> Json:
    """Return a standing of a report.json."""
    counts = dict.fromkeys(OUTCOMES, 0)
    return {
        "kind": kind, "name": name, "title": "A title", "verdict": verdict, "counts": counts,
        "wanting": [*wanting],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("was", "now", "heading"),
    [
        ("conformant", "incomplete", "Standing worse"),
        ("conformant", "deviates", "Standing worse"),
        ("incomplete", "inconclusive", "Standing worse"),
        ("inconclusive", "deviates", "Standing worse"),
        ("empty", "deviates", "Standing worse"),
        ("deviates", "inconclusive", "Standing better"),
        ("inconclusive", "incomplete", "Standing better"),
        ("incomplete", "conformant", "Standing better"),
        ("empty", "inconclusive", "Judged in one run only"),
        ("empty", "conformant", "Judged in one run only"),
        ("conformant", "empty", "Judged in one run only"),
        ("deviates", "empty", "Judged in one run only"),
    ],
)
def test_standing_can_get_worse_by_itself(was: str, now: str, heading: str, tmp_path: Path) -> None:
    """A level that no longer conforms counts, though the run's verdict and each scenario are what they were."""
    old, new = report(standings=[standing(was)]), report(standings=[standing(now, wanting=("SET-01",))])
    ended = diff(tmp_path, old, new)

    assert ended.exit_code == (ExitCode.DEVIATION if heading == "Standing worse" else ExitCode.CLEAN)
    line = f"stated  A title (was {was}, is {now}; now wanting SET-01)"
    assert f"\n{heading}: 1 level\n  {line}\n" in ended.output


@pytest.mark.parametrize(("now", "code"), [("empty", ExitCode.DEVIATION), ("conformant", ExitCode.CLEAN)])
def test_standing_that_is_gone_is_worse_if_strict(now: str, code: int, tmp_path: Path) -> None:
    """With --strict a chapter that nobody judges any more is missed, and one that is newly judged is not."""
    old, new = report(standings=[standing("incomplete")]), report(standings=[standing(now)])

    assert diff(tmp_path, old, new, "--strict").exit_code == code


def test_core_that_a_scenario_leaves_for_known_is_worse(tmp_path: Path) -> None:
    """Nothing exempts from the core: a pass that has become a known deviation is worse there, and only there."""
    old, new = report(scenario("A", "passed")), report(scenario("A", "known", "Why."))
    old["standings"] = [standing("conformant"), standing("conformant", "chapter", "INV")]
    new["standings"] = [standing("deviates", wanting=("INV-02",)), standing("conformant", "chapter", "INV")]
    ended = diff(tmp_path, old, new)

    assert ended.output.splitlines()[-1] == "Worse: 1 standing."
    assert (
        "### Standing worse: 1 level\n\n- stated A title (was conformant, is deviates; now wanting INV-02)"
        in (diff(tmp_path, old, new, "--markdown").output)
    )
    told = json.loads(diff(tmp_path, old, new, "--json").output)
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(told)] == []
    assert [(row["name"], row["worse"], row["lost"]) for row in told["standings"]] == [
        ("stated", True, ["INV-02"])
    ]


def test_standing_that_got_better_is_told(tmp_path: Path) -> None:
    """Good news counts too."""
    old = report(standings=[standing("deviates", wanting=("SET-01",)), standing("deviates", "all", "")])
    new = report(standings=[standing("conformant"), standing("incomplete", "all", "", ("SET-02",))])
    ended = diff(tmp_path, old, new)

    assert "Standing better: over all, 1 level\n" in ended.output
    assert "  A title (was deviates, is incomplete; now wanting SET-02)\n" in ended.output
    assert ended.output.splitlines()[-1] == "Nothing got worse. 2 standings better."


def test_standing_that_only_one_report_has_is_no_change(tmp_path: Path) -> None:
    """A version of the suite with another chapter says nothing of the target by that."""
    ended = diff(tmp_path, report(), report(standings=[standing("deviates", "chapter", "NEW")]))

    assert (ended.exit_code, ended.output.splitlines()[-1]) == (ExitCode.CLEAN, "Nothing has changed.")


def test_renamed_scenario_is_the_same_one(tmp_path: Path) -> None:
    """A failure under another title is no new failure, and a message that changed is told."""
    old = report(scenario("A", "failed", "Why."), scenario("B", "passed", requirement="INV-03"))
    new = report(scenario("Z", "failed", "Who knows."), scenario("Y", "passed", requirement="INV-03"))
    ended = diff(tmp_path, old, new)

    assert ended.exit_code == ExitCode.CLEAN
    assert ended.output.startswith("2 scenarios have another title or language in the second run, ")
    assert (
        "Still so, with another message: 1 scenario\n  features/a.feature:7  Z (INV-02; failed)"
        in ended.output
    )
    assert "Gone" not in ended.output
    changes = json.loads(diff(tmp_path, old, new, "--json").output)["scenarios"]
    assert [change["id_was"] for change in changes] == ["features/a.feature::A"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ([("A", "passed")], [("Y", "unmet")]),
        ([("A", "passed"), ("B", "passed")], [("Y", "passed")]),
        ([("A", "passed")], [("Y", "passed"), ("Z", "passed")]),
    ],
    ids=["ended otherwise", "fewer", "more"],
)
def test_scenario_that_may_be_another_is_not_paired(
    old: list[tuple[str, str]], new: list[tuple[str, str]], tmp_path: Path
) -> None:
    """Where titles, outcomes or numbers do not tell which has become which, one is gone and one is new."""
    sides = [report(*(scenario(*facts) for facts in side)) for side in (old, new)]
    told = json.loads(diff(tmp_path, *sides, "--json").output)
    kinds = [change["kind"] for change in told["scenarios"]]

    assert (kinds.count("new"), kinds.count("gone")) == (len(new), len(old))


def in_portuguese(row: Json, title: str) -> Json:
    """Return a scenario as the Portuguese chapter has it."""
    feature = row["feature"].replace("features/", "features/pt/")
    return {**row, "id": f"{feature}::{title}", "feature": feature, "title": title}


def test_language_makes_no_difference(tmp_path: Path) -> None:
    """The same scenario in another language is the same scenario, also where it ends otherwise."""
    old = report(scenario("A", "passed"), scenario("B", "failed", "Why.", "INV-03"))
    new = report(
        in_portuguese(scenario("A", "unmet", "No."), "Um"),
        in_portuguese(scenario("B", "failed", "Why.", "INV-03"), "Dois"),
    )
    ended = diff(tmp_path, old, new)

    assert "Newly unmet: 1 requirement, 1 scenario\n" in ended.output
    assert "features/pt/a.feature:7  Um (INV-02; was passed)" in ended.output
    assert "Only the" not in ended.output
    assert "Dois" not in ended.output


def test_runs_of_differing_scope_do_not_fill_the_screen(tmp_path: Path) -> None:
    """A chapter that only one run has is one line; what got worse is not buried below it."""
    rows = [scenario(f"Row {number}", "passed", requirement=f"INV-{number:02}") for number in range(90)]
    other = [
        {**row, "id": row["id"].replace("/a.", "/b."), "feature": "features/b.feature"} for row in rows[:30]
    ]
    ended = diff(tmp_path, report(*rows[:40], *other), report({**rows[0], "outcome": "failed"}, *rows[40:]))
    lines = ended.output.splitlines()

    assert lines[0] == "Only the first run has anything of features/b.feature."
    assert "  features/b.feature  30 scenarios, the whole chapter" in lines
    assert lines.count("  … and 80 more; graphcal diff --json lists them") == 1
    assert len(lines) < 60
    assert "Newly failing: 1 requirement, 1 scenario" in lines


def test_requirement_that_was_not_tested_before_is_new(tmp_path: Path) -> None:
    """What a larger run looks at for the first time has not been mended."""
    old, new = report(scenario("A", "passed")), report(scenario("A", "passed"))
    old["requirements"][0]["outcome"] = "untested"

    assert "New in the run: 1 requirement\n" in diff(tmp_path, old, new).output


def test_nothing_changed_is_said(tmp_path: Path) -> None:
    """Two runs that found the same end with 0, whenever they ran and however long they took."""
    same = report(scenario("A", "failed", "Why."), verdict="deviates")
    again = {**same, "started": "2026-11-21T08:00:00+00:00", "seconds": 9.0}
    ended = diff(tmp_path, same, again)

    assert (ended.exit_code, ended.output.splitlines()[-1]) == (ExitCode.CLEAN, "Nothing has changed.")


def test_each_kind_of_change_has_its_heading(tmp_path: Path) -> None:
    """Newly failing comes first; each scenario stands with its requirement, what it was and what it says."""
    titles = ["Fails", "Mends", "Says more", "Comes", "Goes", "Stays"]
    old = report(
        scenario("Fails", "passed", requirement="INV-01"),
        scenario("Mends", "failed", "expected 201, got 200", "INV-02"),
        scenario("Says more", "failed", "expected 1, got 2", "INV-03"),
        scenario("Goes", "passed", requirement="INV-04"),
        scenario("Stays", "passed", requirement="INV-05"),
    )
    new = report(
        scenario("Fails", "failed", "expected true, got false\nmore", "INV-01"),
        scenario("Mends", "passed", requirement="INV-02"),
        scenario("Says more", "failed", "expected 1, got 3", "INV-03"),
        scenario("Comes", "passed", requirement="INV-06"),
        scenario("Stays", "passed", requirement="INV-05"),
    )
    lines = diff(tmp_path, old, new).output.splitlines()

    assert lines[3:] == [
        "Newly failing: 1 requirement, 1 scenario",
        "  INV-01  It is so. (stated; was passed)",
        "  features/a.feature:7  Fails (INV-01; was passed)",
        "    expected true, got false",
        "",
        "Newly passing: 1 requirement, 1 scenario",
        "  INV-02  It is so. (stated; was failed)",
        "  features/a.feature:7  Mends (INV-02; was failed)",
        "",
        "Still so, with another message: 1 scenario",
        "  features/a.feature:7  Says more (INV-03; failed)",
        "    was: expected 1, got 2",
        "    now: expected 1, got 3",
        "",
        "New in the run: 1 requirement, 1 scenario",
        "  INV-06  It is so. (stated; passed)",
        "  features/a.feature:7  Comes (INV-06; passed)",
        "",
        "Gone from the run: 1 requirement, 1 scenario",
        "  INV-04  It is so. (stated; was passed)",
        "  features/a.feature:7  Goes (INV-04; was passed)",
        "",
        "Worse: 1 requirement, 1 scenario.",
    ]
    assert set(titles) - {title for title in titles for line in lines if f"  {title} (" in line} == {"Stays"}


def test_new_scenario_that_fails_is_newly_failing(tmp_path: Path) -> None:
    """What was not there before and fails is found where failures are looked for."""
    ended = diff(tmp_path, report(), report(scenario("A", "failed", "Why.")))

    assert "Newly failing: 1 requirement, 1 scenario\n  INV-02  It is so. (stated; new)" in ended.output
    assert ended.exit_code == ExitCode.DEVIATION


def test_message_that_many_scenarios_share_is_said_once(tmp_path: Path) -> None:
    """A service that is down does not fill the screen with one sentence."""
    names = [f"Row {number}" for number in range(9)]
    old = report(*(scenario(name, "passed") for name in names))
    ended = diff(tmp_path, old, report(*(scenario(name, "error", "No answer.") for name in names)))

    assert ended.output.count("No answer.") == 1


def test_requirement_that_is_no_longer_tested_is_told(tmp_path: Path) -> None:
    """A run of fewer scenarios is no better run."""
    old, new = report(scenario("A", "passed")), report(scenario("A", "passed"))
    new["requirements"][0]["outcome"] = "untested"
    ended = diff(tmp_path, old, new)

    assert "No longer tested: 1 requirement" in ended.output
    assert ended.exit_code == ExitCode.CLEAN
    assert diff(tmp_path, old, new, "--strict").exit_code == ExitCode.DEVIATION


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"target": {"name": "Fabrikam", "kind": "replay", "base_url": ""}},
            "The targets differ: Contoso (service, https://graph.microsoft.com/v1.0), then Fabrikam (replay).",
        ),
        (
            {"suite": {"name": "graphcal", "version": "0.2.0"}},
            "The versions of graphcal differ: 0.1.0, then 0.2.0.",
        ),
        ({"started": "2026-11-20T08:00:00+01:00"}, "The first of the two runs is the later one."),
    ],
    ids=["target", "version", "order"],
)
def test_what_makes_runs_hard_to_compare_is_said_first(change: Json, said: str, tmp_path: Path) -> None:
    """Nobody reads a difference of two targets as a change of one."""
    ended = diff(tmp_path, report(), report(**change))

    assert ended.output.splitlines()[0] == said
    assert said[:20] in diff(tmp_path, report(), report(**change), "--markdown").output


def test_emulator_on_another_port_is_the_same_target(tmp_path: Path) -> None:
    """A server that each job starts for itself listens wherever a port is free."""
    first, second = (
        {"name": "mine", "kind": "service", "base_url": f"http://127.0.0.1:{port}/v1.0"}
        for port in (4100, 4200)
    )

    assert "differ" not in diff(tmp_path, report(target=first), report(target=second)).output


@pytest.mark.parametrize("strict", [False, True])
def test_json_fits_its_schema(strict: bool, tmp_path: Path) -> None:
    """Every kind of change is in the contract for programs, and the exit code agrees with it."""
    old = report(*(scenario(outcome, outcome, "a") for outcome in OUTCOMES), scenario("Goes", "passed"))
    turned = [
        scenario(outcome, now, "b")
        for outcome, now in zip(OUTCOMES, [*OUTCOMES[1:], OUTCOMES[0]], strict=True)
    ]
    new = report(*turned, scenario("Comes", "unmet"), verdict="deviates")
    ended = diff(tmp_path, old, new, "--json", *(["--strict"] if strict else []))
    document = json.loads(ended.output)

    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(document)] == []
    assert {change["kind"] for change in document["scenarios"]} == {*OUTCOMES, "new", "gone"}
    assert (document["worse"], document["strict"]) == (True, strict)
    assert ended.exit_code == ExitCode.DEVIATION


def test_schema_is_closed_and_knows_every_kind() -> None:
    """No property may be absent, and none may be added that the schema does not name."""
    objects = [SCHEMA, *SCHEMA["$defs"].values(), *SCHEMA["properties"].values()]
    closed = [each for each in objects if each.get("type") == "object"]
    kinds = [
        *SCHEMA["$defs"]["outcome"]["enum"],
        *SCHEMA["$defs"]["change"]["properties"]["kind"]["anyOf"][1]["enum"],
    ]

    Draft202012Validator.check_schema(SCHEMA)
    assert len(closed) == 5
    assert all(each["additionalProperties"] is False for each in closed)
    assert all(sorted(each["required"]) == sorted(each["properties"]) for each in closed)
    assert sorted(kinds) == sorted(KINDS) == sorted(TITLES)


def test_markdown_says_the_summary_first_and_is_short(tmp_path: Path) -> None:
    """A pull request shows at most twenty changes of a kind, and no markup of a target's."""
    many = [scenario(f"Row {number}", "passed", requirement=f"INV-{number}") for number in range(300)]
    worse = [{**row, "outcome": "failed", "message": f"<b>@octocat</b> {'x' * 900}"} for row in many]
    text = diff(tmp_path, report(*many), report(*worse), "--markdown").output

    assert text.startswith("✗ **Worse: 300 requirements, 300 scenarios.**\n")
    assert "- … and 580 more; graphcal diff lists them." in text
    assert "<b>" not in text
    assert "@octocat" not in text
    assert len(text) < 65_536


def test_colours_are_for_terminals_that_want_them(tmp_path: Path) -> None:
    """A pipe gets none, and NO_COLOR is honoured."""
    old, new = report(scenario("A", "passed")), report(scenario("A", "failed"))

    assert "\x1b[31mNewly failing" in diff(tmp_path, old, new, color=True).output
    assert "\x1b" not in diff(tmp_path, old, new).output
    assert "\x1b" not in diff(tmp_path, old, new, color=True, env={"NO_COLOR": "1"}).output


@pytest.mark.parametrize("option", [(), ("--markdown",), ("--json",)], ids=str)
def test_hostile_texts_reach_no_terminal(option: tuple[str, ...], tmp_path: Path) -> None:
    """Control characters and lone surrogates of a report do nothing and break nothing."""
    bad = "\x1b[2J\x07\ud800\u202e"
    ended = diff(tmp_path, report(scenario(bad, "passed")), report(scenario(bad, "failed", bad)), *option)

    assert ended.exit_code == ExitCode.DEVIATION
    assert not any(sign in ended.output for sign in bad if sign not in "[2J")


def test_scenario_that_stands_twice_counts_by_its_worst(tmp_path: Path) -> None:
    """A report that somebody put together by hand is read too."""
    twice = report(scenario("A", "failed", "Why."), scenario("A", "passed"))

    assert (
        "Newly failing: 1 requirement, 1 scenario"
        in diff(tmp_path, report(scenario("A", "passed")), twice).output
    )


def test_folder_stands_for_its_report(tmp_path: Path) -> None:
    """The folders that --report wrote can be compared as they are."""
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "report.json").write_text(json.dumps(report()), encoding="utf-8")
    ended = CliRunner().invoke(main, ["diff", str(tmp_path / "old"), str(tmp_path / "new")])

    assert (ended.exit_code, ended.output.splitlines()[-1]) == (ExitCode.CLEAN, "Nothing has changed.")


def test_report_that_is_none_is_a_usage_error(tmp_path: Path) -> None:
    """Exit code 2 and one sentence: which file, what is wrong, what to do."""
    ended = diff(tmp_path, report(), {"verdict": "fine"})

    assert ended.exit_code == ExitCode.USAGE
    assert ended.output.splitlines()[-1].startswith(
        f"Error: {tmp_path}/new.json: no report of graphcal: at $."
    )
    assert "Traceback" not in ended.output


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_no_mutant_of_a_report_breaks_the_command(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever stands at whatever place of a report, the command compares it or refuses it."""
    mutant: Any = deepcopy(
        report(scenario("A", "failed", "Why."), scenario("B", "passed", requirement="INV-03"))
    )
    places = [(mutant, key) for key in mutant]
    for parent, key in places:
        child = parent[key]
        keys = child if isinstance(child, dict) else range(len(child)) if isinstance(child, list) else ()
        places += [(child, inner) for inner in keys]
    parent, key = data.draw(st.sampled_from(places))
    odd = [
        "",
        "\x00",
        "passed",
        -1,
        1e12,
        10**12,
        None,
        True,
        [],
        {},
        [[]],
        {"id": 1},
        "0001-01-01T00:00:00+14:00",
    ]
    parent[key] = data.draw(st.sampled_from(odd))
    folder = tmp_path_factory.mktemp("mutant")
    for option in ((), ("--markdown",), ("--json",)):
        ended = diff(folder, report(scenario("A", "passed")), mutant, *option)
        assert ended.exit_code in {ExitCode.CLEAN, ExitCode.DEVIATION, ExitCode.USAGE}
        assert not isinstance(ended.exception, Exception) or isinstance(ended.exception, SystemExit)
