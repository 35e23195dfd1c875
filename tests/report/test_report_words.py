"""The report speaks English or Portuguese, each from one table; what it quotes keeps its own language."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import pytest
import sample

import graphcal.report
from graphcal.report import as_html, as_markdown
from graphcal.report.words import LANGUAGES, words_in
from graphcal.report.writer import write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphcal.report.model import Report

EN, PT = words_in("en"), words_in("pt")
FOLDER = Path(graphcal.report.__file__).parent


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_have_the_same_keys_and_places(language: str) -> None:
    """Nothing is missing in one language, and every sentence has a place for the same values."""
    table = words_in(language).table

    assert list(table) == list(EN.table)
    assert {key for key in table if not table[key].strip()} == set()
    assert {key: _places(text) for key, text in table.items() if key != "verdict.summary"} == {
        key: _places(text) for key, text in EN.table.items() if key != "verdict.summary"
    }


def test_every_key_is_used() -> None:
    """No words are kept that no report says: a key or its group stands in the code."""
    code = "".join(path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.py")).replace("'", '"')
    groups = {key.partition(".")[0] for key in EN.table}
    named = {group for group in groups if f'"{group}"' in code or f'f"{group}.{{' in code}

    assert [key for key in EN.table if f'"{key}"' not in code and key.partition(".")[0] not in named] == []


def test_numbers_are_written_as_the_language_does() -> None:
    """Thousands and decimals have the language's signs; one is not plural."""
    assert (EN.number(1234567), EN.number(1234.56, 1)) == ("1,234,567", "1,234.6")
    assert (PT.number(1234567), PT.number(1234.56, 1)) == ("1.234.567", "1.234,6")
    assert (EN.count(1, "request"), EN.count(2000, "request")) == ("1 request", "2,000 requests")
    assert (PT.count(1, "scenario"), PT.count(0, "scenario")) == ("1 cenário", "0 cenários")


def test_unknown_word_keeps_its_name() -> None:
    """An outcome that this version does not know is called as it is."""
    assert PT.name("outcome", "odd") == "odd"
    assert PT.name("outcome", "passed") == "com êxito"


class _Spoken(HTMLParser):
    """Collects each text of a page with the language that it is said to be in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[tuple[str, str]] = []
        self._languages = [""]
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"br", "input", "link", "meta"}:
            self._languages.append(dict(attrs).get("lang") or self._languages[-1])

    def handle_endtag(self, tag: str) -> None:
        del tag
        self._languages.pop()

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self._languages[-1], " ".join(data.split())))

    def said_in(self, language: str) -> Iterator[str]:
        """Yield the texts in a language."""
        yield from (text for spoken, text in self.texts if spoken == language)


def _quoted(report: Report) -> set[str]:
    """Return the English sentences that a report quotes, each in one piece."""
    sentences = {row.text for row in report.requirements if "`" not in row.text}
    sentences |= {scenario.title for scenario in report.scenarios}
    sentences |= {row.source for row in report.requirements} | {row.reason for row in report.requirements}
    sentences |= {step.text for scenario in report.scenarios for step in scenario.steps}
    return {" ".join(sentence.split()) for sentence in sentences if len(sentence.split()) > 2}


def test_portuguese_page_says_which_words_are_english() -> None:
    """A screen reader reads the report's own words in Portuguese and what it quotes in English."""
    report = sample.troubled()
    page = as_html.text(report, "pt")
    spoken = _Spoken(page)

    assert page.startswith('<!doctype html>\n<html lang="pt">')
    assert set(spoken.said_in("pt")) & _quoted(report) == set()
    assert _quoted(report) - set(spoken.said_in("en")) - {row.reason for row in report.requirements} == set()


def test_portuguese_page_has_no_english_words_of_its_own() -> None:
    """Nothing that the report says itself is left in English."""
    own = {
        text
        for key, text in EN.table.items()
        if len(text) > 3 and text != PT.table[key] and not _places(text) and not key.startswith("number.")
    }
    page = as_html.text(sample.troubled(), "pt")

    assert set(_Spoken(page).said_in("pt")) & own == set()
    assert 'aria-label="Filter' not in page


def test_english_page_marks_no_language() -> None:
    """Where all is in one language, no part names another."""
    assert {language for language, _ in _Spoken(as_html.text(sample.troubled())).texts} == {"en"}


def test_portuguese_feature_is_portuguese_in_either_page() -> None:
    """What a feature in features/pt/ says is marked in the English page, and not in the Portuguese one."""
    report = sample.green()
    scenario = replace(
        report.scenarios[0],
        feature="features/pt/walkthrough.feature",
        title="Adele lista os calendários dela",
        rule="Adele encontra o calendário de Alex",
    )
    report = replace(report, scenarios=(scenario,), features=())

    english, portuguese = (_Spoken(as_html.text(report, language)) for language in LANGUAGES)
    assert {scenario.title, scenario.rule} <= set(english.said_in("pt"))
    assert {scenario.title, scenario.rule} <= set(portuguese.said_in("pt"))


def test_verdict_is_said_in_portuguese() -> None:
    """The first line of both reports tells verdict and numbers."""
    spoken = _Spoken(as_html.text(sample.troubled(), "pt")).texts
    first = as_markdown.text(sample.troubled(), "pt").splitlines()[0]
    numbers = (
        "de 82 cenários, 4 com falha, 1 com erro, 2 com aviso, 1 com desvio conhecido, 1 sem suporte, "
        "3 sem pré-condição, 70 com êxito"
    )

    assert ("pt", "✗ Desvia-se:") in spoken
    assert ("pt", numbers) in spoken
    assert first == f"✗ **Desvia-se:** {numbers}"


def test_dates_are_written_in_portuguese() -> None:
    """The moment of the run reads as a Portuguese reader writes it."""
    assert "21 de novembro de 2026, 06:33:12 UTC" in as_markdown.text(sample.green(), "pt")
    assert "21 de novembro de 2026, 06:33:12 UTC" in as_html.text(sample.green(), "pt")


def test_writer_writes_what_people_read_in_the_language(tmp_path: Path) -> None:
    """report.html and report.md are in Portuguese; what programs read is the same in any language."""
    write(sample.green(), tmp_path / "en")
    write(sample.green(), tmp_path / "pt", "pt")
    differing = {
        path.name
        for path in (tmp_path / "pt").iterdir()
        if path.read_bytes() != (tmp_path / "en" / path.name).read_bytes()
    }

    assert differing == {"report.html", "report.md"}


def test_option_chooses_the_language(tmp_path: Path) -> None:
    """`graphcal run --lang pt` writes a Portuguese page; a language that nobody has written is a usage error."""
    command = [
        sys.executable,
        "-m",
        "graphcal",
        "run",
        "features/shared_calendar.feature",
        "-k",
        "zzz",
        "--lang",
    ]
    chosen = subprocess.run([*command, "pt", "--report", str(tmp_path)], capture_output=True, check=False)
    unknown = subprocess.run([*command, "xx"], capture_output=True, text=True, check=False)

    assert chosen.returncode == 5
    assert '<html lang="pt">' in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert unknown.returncode == 2
    assert "choose from 'en', 'pt'" in unknown.stderr
