"""Define the typed words of step phrases, so that a word outside its type is an undefined step."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING, Any

from pytest_bdd import parsers

from graphcal.people import PERSONAS
from graphcal.story import ANSWERS
from graphcal.story.replies import WAYS
from graphcal.targets.arrangement import DELEGATE_ROLES, OPTIONS

if TYPE_CHECKING:
    from collections.abc import Callable

ROLES = ("freeBusyRead", "limitedRead", "read", "write", *DELEGATE_ROLES)
_NAMES = "|".join(key.capitalize() for key in PERSONAS)


@dataclass(frozen=True)
class Word:
    """A type of the parse library: what its words look like, and what they mean to a step."""

    pattern: str
    meaning: Callable[[str], Any] = str

    def __call__(self, text: str) -> Any:
        """Return what a word of this type means."""
        return self.meaning(text)


def listed(text: str) -> tuple[str, ...]:
    """Read "Alex", "Alex and Megan" or "Alex, Megan and Christie" as the keys of personas."""
    return tuple(name.lower() for name in text.replace(" and ", ", ").split(", "))


def counted(text: str) -> int:
    """Read "not at all", "once" or "3 times"."""
    words = {"not at all": 0, "once": 1}
    return words[text] if text in words else int(text.partition(" ")[0])


TYPES = {
    "Person": Word(_NAMES, str.lower),  # the persona's key
    "People": Word(rf"(?:(?:{_NAMES}), )*(?:{_NAMES}) and (?:{_NAMES})|(?:{_NAMES})", listed),
    "Text": Word(r'[^"]*'),
    # Pronouns say nothing that the name has not said.
    "Pronoun": Word("his|her"),
    "Subject": Word("he|she"),
    "Object": Word("him|her"),
    "Ability": Word("can|cannot", lambda text: text == "can"),
    "Switch": Word("on|off", lambda text: text == "on"),
    "Clock": Word(r"\d\d:\d\d", time.fromisoformat),
    "Moment": Word(r"\d\d:\d\d(?:[+-]\d\d:\d\d)?"),  # of some day, with an offset or without
    "Number": Word(r"\d+", int),
    "Role": Word("|".join(ROLES)),
    "Default": Word("none|freeBusyRead"),  # what a whole organisation may have
    "Option": Word("|".join(OPTIONS)),
    "Codes": Word(r"\d{3}(?: or \d{3})*", lambda text: tuple(map(int, text.split(" or ")))),
    "Manner": Word("|".join(ANSWERS)),
    "Way": Word("|".join(map(re.escape, WAYS))),
    "Availability": Word("free|tentative|busy"),
    "Precision": Word("fractions|whole seconds"),
    "Reading": Word("alone|in the list|in a view"),
    "Properties": Word(r"\w+(?: and \w+)*", lambda text: tuple(text.split(" and "))),
    "Names": Word(r'"[^"]*"(?:, "[^"]*")* and "[^"]*"', lambda text: tuple(re.findall('"([^"]*)"', text))),
    "Count": Word(r"not at all|once|\d+ times", counted),
    "Belonging": Word("calendar|events"),
    "Shelf": Word("inbox|events"),
    "Credential": Word("no token|a false token", {"no token": "nothing", "a false token": "garbage"}.get),
    "Route": Word("in (?:his|her) mailbox|through (?:his|her) copy", lambda text: text.split()[-1]),
    "Thing": Word("calendar|event"),
    "Scopes": Word(r"[A-Z][\w.]+(?: and [A-Z][\w.]+)*", lambda text: tuple(text.split(" and "))),
}


def phrase(pattern: str) -> parsers.parse:
    """Return the parser of a step phrase such as "{who:Person} lists {her:Pronoun} calendars"."""
    return parsers.parse(pattern, extra_types=TYPES)
