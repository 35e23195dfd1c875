"""What a report says can be looked up: requirements with examples, outcomes, verdicts, levels, exit codes."""

from __future__ import annotations

import pytest

from graphcal import places
from graphcal.catalogue import LEVELS, read_catalogue
from graphcal.explaining import explanation
from graphcal.glossary import WORDS
from graphcal.outcomes import ExitCode, Outcome, UsageError, Verdict
from graphcal.recording.cassette import PROVENANCES

CATALOGUE = read_catalogue(places.features() / "requirements.toml")
CODES = [value for name, value in vars(ExitCode).items() if name.isupper()]


@pytest.mark.parametrize("word", [*Outcome, *Verdict, *LEVELS, *PROVENANCES, *CODES])
def test_every_word_of_a_report_is_explained(word: object) -> None:
    """In any casing."""
    text = explanation(CATALOGUE, str(word).upper())
    assert text.startswith(f"{str(word).upper()}. ")
    assert [line[:11].strip() for line in text.splitlines() if line.startswith(("Right", "Wrong"))] == [
        "Right",
        "Wrong",
    ]


def test_no_word_is_explained_that_no_report_has() -> None:
    """Besides those there are the verdict on a part, and the outcome of a requirement that did not run."""
    there = {str(word) for word in (*Outcome, *Verdict, *LEVELS, *PROVENANCES, *CODES)}
    assert set(WORDS) - there == {"incomplete", "untested"}


@pytest.mark.parametrize("words", ["3", "exit 3", "exit code 3", "Exit 3"])
def test_exit_code_is_found_however_it_is_called(words: str) -> None:
    """As people write it."""
    assert "trouble of the suite or the network" in explanation(CATALOGUE, words)


def test_requirement_shows_what_is_sent_and_what_is_wrong() -> None:
    """The sentence, the page, the scenario, the request of the recording, and a failure of a broken service."""
    text = explanation(CATALOGUE, "rsp-01")
    assert "https://learn.microsoft.com/en-us/graph/" in text
    assert "When Christie answers tentatively" in text
    assert "tentativelyAccept {" in text
    assert "as Christie, answered 202" in text
    assert "expected status 202, got status" in " ".join(text.split())


@pytest.mark.parametrize("words", ["prv", " PRV "])
def test_chapter_is_its_sentences(words: str) -> None:
    """With the level of each."""
    lines = explanation(CATALOGUE, words).splitlines()
    rows = [row for row in CATALOGUE.requirements.values() if row.chapter == "PRV"]
    assert lines[0] == f"PRV  {CATALOGUE.chapters['PRV']}"
    assert [line[:6] for line in lines if line.startswith("PRV-")] == [row.id for row in rows]


def test_core_is_what_is_stated() -> None:
    """The table of a run calls it so."""
    assert "A level: the walkthrough itself says so." in explanation(CATALOGUE, "core")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("RCV-02 RCV-03", "one at a time; graphcal explain RCV-02"),
        ("nonsense", "the words stated, documented, "),
        ("exit 4", "the chapters, as SET"),
    ],
)
def test_what_can_be_explained_is_named(words: str, said: str) -> None:
    """Whoever guesses wrong learns what there is."""
    with pytest.raises(UsageError, match=said):
        explanation(CATALOGUE, words)


def test_unknown_word_names_the_nearest() -> None:
    """A typing mistake is a sentence."""
    with pytest.raises(UsageError, match="did you mean unmet"):
        explanation(CATALOGUE, "unmett")
