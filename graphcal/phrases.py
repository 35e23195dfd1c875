"""Define the typed words of step phrases, so that a word outside its type is an undefined step."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Any

from parse import with_pattern
from pytest_bdd import parsers

from graphcal.people import PERSONAS
from graphcal.story import ANSWERS

if TYPE_CHECKING:
    from collections.abc import Callable

_NAMES = "|".join(key.capitalize() for key in PERSONAS)


@with_pattern(_NAMES)
def person(text: str) -> str:
    """Read a persona's name; the value is the persona's key ("adele")."""
    return text.lower()


@with_pattern(rf"(?:(?:{_NAMES}), )*(?:{_NAMES}) and (?:{_NAMES})|(?:{_NAMES})")
def people(text: str) -> tuple[str, ...]:
    """Read "Alex", "Alex and Megan" or "Alex, Megan and Christie"; the value holds the keys."""
    return tuple(name.lower() for name in text.replace(" and ", ", ").split(", "))


@with_pattern(r'[^"]*')
def text(text: str) -> str:
    """Read what stands between quotation marks."""
    return text


@with_pattern(r"his|her")
def pronoun(text: str) -> str:
    """Read a possessive, which says nothing that the name has not said."""
    return text


@with_pattern(r"he|she")
def subject(text: str) -> str:
    """Read a personal pronoun, which says nothing that the name has not said."""
    return text


@with_pattern(r"him|her")
def grammatical_object(text: str) -> str:
    """Read a personal pronoun, which says nothing that the name has not said."""
    return text


@with_pattern(r"fractions|whole seconds")
def precision(text: str) -> str:
    """Read how fine a timestamp is."""
    return text


@with_pattern(r"can|cannot")
def ability(text: str) -> bool:
    """Read whether somebody can."""
    return text == "can"


@with_pattern(r"on|off")
def switch(text: str) -> bool:
    """Read whether something is on."""
    return text == "on"


@with_pattern(r"\d\d:\d\d")
def clock(text: str) -> time:
    """Read a time of the day."""
    return time.fromisoformat(text)


@with_pattern(r"\d+")
def number(text: str) -> int:
    """Read a whole number."""
    return int(text)


@with_pattern("|".join(ANSWERS))
def manner(text: str) -> str:
    """Read how somebody answers."""
    return text


@with_pattern(r"free|tentative|busy")
def availability(text: str) -> str:
    """Read what an event shows its time as."""
    return text


TYPES: dict[str, Callable[[str], Any]] = {
    "Person": person,
    "People": people,
    "Text": text,
    "Pronoun": pronoun,
    "Subject": subject,
    "Object": grammatical_object,
    "Precision": precision,
    "Ability": ability,
    "Switch": switch,
    "Clock": clock,
    "Number": number,
    "Manner": manner,
    "Availability": availability,
}


def phrase(pattern: str) -> parsers.parse:
    """Return the parser of a step phrase such as "{who:Person} lists {her:Pronoun} calendars"."""
    return parsers.parse(pattern, extra_types=TYPES)
