"""What a report says can be looked up: requirements with examples, outcomes, verdicts, levels, exit codes."""

from __future__ import annotations

import pytest

from graphcal import places
from graphcal.catalogue import LEVELS, read_catalogue
from graphcal.explaining import WORDS, explanation
from graphcal.outcomes import ExitCode, Outcome, UsageError, Verdict

CATALOGUE = read_catalogue(places.features() / "requirements.toml")
CODES = [value for name, value in vars(ExitCode).items() if name.isupper()]


@pytest.mark.parametrize("word", [*Outcome, *Verdict, *LEVELS, *CODES])
def test_every_word_of_a_report_is_explained(word: object) -> None:
    """In any casing."""
    assert explanation(CATALOGUE, str(word).upper()).startswith(f"{str(word).upper()}. A")
    assert len(WORDS[str(word)]) > 30


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


def test_unknown_word_names_the_nearest() -> None:
    """A typing mistake is a sentence."""
    with pytest.raises(UsageError, match="did you mean unmet"):
        explanation(CATALOGUE, "unmett")
