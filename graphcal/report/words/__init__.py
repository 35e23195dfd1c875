"""Hold the report's own words, a table for each language; what is quoted in it keeps its own language."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ENGLISH = "en"  # also the language of the catalogue and of what checks say
LANGUAGES = (ENGLISH, "pt")


class Words:
    """The words of one language, by dotted keys: "outcome.passed"; `{name}` in them is a place for a value."""

    def __init__(self, language: str, table: Mapping[str, str]) -> None:
        self.language = language
        self.table = table

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the words of a key, with the values in their places. Raises KeyError for an unknown key."""
        return self.table[key].format_map(values)

    def name(self, kind: str, word: str) -> str:
        """Return how an outcome, a level or the like is called; what nobody knows keeps its name."""
        return self.table.get(f"{kind}.{word}", word)

    def number(self, value: float, decimals: int = 0) -> str:
        """Write a number with the language's separators: "1,234.5"."""
        written = f"{value:,.{decimals}f}"
        return written.translate(
            {ord(","): self.table["number.thousands"], ord("."): self.table["number.decimal"]}
        )

    def count(self, number: int, noun: str) -> str:
        """Write a number with its noun: "1 request", "2 requests"."""
        return f"{self.number(number)} {self.table[f'{noun}.one' if number == 1 else f'{noun}.many']}"


@cache
def words_in(language: str) -> Words:
    """Return the words of one of the LANGUAGES."""
    path = Path(__file__).with_name(f"{language}.toml")
    return Words(language, dict(_flat(tomllib.loads(path.read_text(encoding="utf-8")))))


def _flat(table: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the entries of all groups, each key behind its group's name and a dot."""
    for group, entries in table.items():
        yield from ((f"{group}.{key}", text) for key, text in entries.items())
