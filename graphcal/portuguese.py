"""Say the typed words and the tables of step phrases in Portuguese; they mean to a step what the English ones mean."""

from __future__ import annotations

import re
from datetime import date, time

from pytest_bdd import parsers

from graphcal import phrases
from graphcal.outcomes import Trouble
from graphcal.phrases import Word
from graphcal.report.words import words_in

LANGUAGE = "pt"
_ROWS = {
    "dia": "day",
    "de": "from",
    "até": "to",
    "fuso horário": "time zone",
    "local": "place",
    "texto": "text",
}


def listed(text: str) -> tuple[str, ...]:
    """Read "Alex", "Alex e Megan" or "Alex, Megan e Christie" as the keys of personas."""
    return phrases.listed(text.replace(" e ", " and "))


def _saying(name: str, words: dict[str, str]) -> Word:
    """Return an English type with other words, each beside the English one that means the same."""
    return Word("|".join(words), lambda text: phrases.TYPES[name](words[text.lower()]))


TYPES = {
    **{name: phrases.TYPES[name] for name in ("Person", "Text", "Clock", "Number")},
    "People": Word(phrases.TYPES["People"].pattern.replace(" and ", " e "), listed),
    "Object": _saying("Object", {"ele": "him", "ela": "her"}),
    "Ability": _saying("Ability", {"pode": "can", "não pode": "cannot"}),
    "Switch": _saying("Switch", {"ligado": "on", "desligado": "off"}),
    "Manner": _saying(
        "Manner",
        {
            "provisoriamente": "tentatively",
            "positivamente": "positively",
            "negativamente": "negatively",
        },
    ),
    "Availability": _saying("Availability", {"livre": "free", "provisório": "tentative", "ocupado": "busy"}),
    "Precision": _saying("Precision", {"frações": "fractions", "segundos inteiros": "whole seconds"}),
}


class Phrase(parsers.parse):
    """The parser of a step phrase such as "{who:Person} lista seus calendários"."""

    language = LANGUAGE

    def __init__(self, pattern: str) -> None:
        super().__init__(pattern, extra_types=TYPES)


def in_english(subject: str, rows: list[list[str]]) -> list[list[str]]:
    """Return the table that plans a meeting in the words of `graphcal.plans`, its rows in the same order.

    Raises Trouble, in the words of the table, where a row is missing, unknown or unreadable.
    """
    names = [row[0] for row in rows if row and row[0]]
    if sorted(names) != sorted(_ROWS) or any(len(row) != 2 for row in rows):  # noqa: PLR2004 - a name and a value
        found = ", ".join(names)
        raise Trouble(f'the meeting "{subject}" needs the rows {", ".join(_ROWS)}; it has {found}')
    try:
        return [_row(name, value) for name, value in rows]
    except ValueError as error:
        raise Trouble(
            f'the meeting "{subject}": write dia like "25 de dezembro", de and até like "18:00" ({error})'
        ) from error


def _row(name: str, value: str) -> list[str]:
    """Translate a row of a plan; one without a name goes on with the row above. Raises ValueError."""
    if name == "dia":
        value = _day(value)
    elif name in {"de", "até"}:
        time.fromisoformat(value)
    return [_ROWS.get(name, ""), value]


def _day(text: str) -> str:
    """Read "25 de dezembro" as "25 December". Raises ValueError for what is no day of every year."""
    months = words_in(LANGUAGE)("date.months").split()
    number, _, month = text.partition(" de ")
    if month.lower() not in months or not re.fullmatch(r"\d\d?", number):
        raise ValueError(f"{text!r} names no day and month")
    return f"{date(2001, months.index(month.lower()) + 1, int(number)):%d %B}"
