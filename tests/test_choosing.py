"""`graphcal run` finds the chapters that its arguments name, and the language that they are in."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_runs import run_command

from graphcal import places
from graphcal.choosing import chosen, language_named
from graphcal.outcomes import ExitCode, UsageError

FEATURES = places.features()
TALLY = "features/tally.feature"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["-k", "tally"],
        ["-m", "RCV-02"],
        ["--report", "features"],
        ["--cassettes", TALLY],
        ["--deselect", TALLY],
        [f"--ignore={TALLY}"],
        ["-m"],
    ],
    ids=" ".join,
)
def test_all_chapters_run_where_none_is_named(arguments: list[str]) -> None:
    """The value of an option is no chapter, and no option takes the features for its value."""
    assert chosen(arguments) == [str(FEATURES), *arguments]


@pytest.mark.parametrize(
    ("named", "found"),
    [
        (TALLY, FEATURES / "tally.feature"),
        (f"{TALLY}::A title", f"{FEATURES / 'tally.feature'}::A title"),
        ("features/pt", FEATURES / "pt"),
        ("features", FEATURES),
        (str(FEATURES / "tally.feature"), FEATURES / "tally.feature"),
    ],
)
def test_chapter_is_found_from_any_folder(
    named: str, found: Path | str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As reports print it, also a folder, or by its path; the features before it are left out."""
    monkeypatch.chdir(tmp_path)
    assert chosen(["-x", named, "--report", "features"]) == ["-x", str(found), "--report", "features"]


def test_chapter_is_found_from_among_the_features(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the shell completes the name of a file, that name is enough."""
    monkeypatch.chdir(FEATURES)
    assert chosen(["tally.feature"]) == [str(FEATURES / "tally.feature")]


def test_chapter_that_is_left_out_is_not_the_only_one() -> None:
    """What pytest shall ignore is found as a chapter is, and the others run."""
    assert chosen(["--ignore", TALLY]) == [str(FEATURES), "--ignore", str(FEATURES / "tally.feature")]


def test_feature_files_of_another_folder_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing would read them, and the run would be one of all chapters."""
    monkeypatch.chdir(tmp_path)
    Path("mine.feature").touch()
    for named in ("mine.feature", "."):
        with pytest.raises(UsageError, match=r"no chapter of this suite, whose feature files lie in"):
            chosen([named])
    with pytest.raises(
        UsageError, match=r"other.feature: no such chapter; there are features/inviting.feature, "
    ):
        chosen(["features/other.feature"])


@pytest.mark.parametrize(
    ("named", "language"),
    [
        ([], "en"),
        (["features"], "en"),
        ([TALLY], "en"),
        (["features/pt"], "pt"),
        (["features/pt/walkthrough.feature::Um"], "pt"),
        (["features/pt", "features/pt/walkthrough.feature"], "pt"),
        (["features/pt", TALLY], "en"),
    ],
)
def test_language_is_that_of_all_that_is_named(named: list[str], language: str) -> None:
    """A run of Portuguese chapters alone is one in Portuguese."""
    assert language_named(named, places.suite()) == language


@pytest.mark.parametrize(
    ("arguments", "language"),
    [((), "pt"), (("--lang=pt",), "pt"), (("--lang=en",), "en")],
    ids=["by itself", "said", "other"],
)
def test_run_of_a_folder_is_in_its_language(
    arguments: tuple[str, ...], language: str, tmp_path: Path
) -> None:
    """Its chapters alone run, and the report is in their language unless another is wanted."""
    ran = run_command("features/pt", "-mRCV-02", *arguments, f"--report={tmp_path}")

    assert ran.code == ExitCode.CLEAN
    assert "Conformant: 1 scenario passed." in ran.output
    assert f'<html lang="{language}"' in (tmp_path / "report.html").read_text(encoding="utf-8")
