"""One thing that is wrong with a payload, and how paths and values are written in a line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sized

T = TypeVar("T")

WIDTH = 120  # characters that a value may take in a line
_NESTING = 3  # levels of a value that are written out
_ITEMS = 4  # items of each level that are written out


class Missing(Enum):
    """Stand for the value of a property that is not there."""

    MISSING = "nothing"


MISSING = Missing.MISSING


@dataclass(frozen=True)
class Violation:
    """A value that a schema does not allow.

    `path` is its JSON path ("$.attendees[0].type"); of a property that is missing, the path it would have.
    `actual` is the value, or MISSING. `allowed` says in words what may stand there.
    `source` names the page that says so, `requirement` the row of the catalogue it belongs to.
    `level` is "observed" where the check is softer than its row, else "". `hint` says what else is known.
    """

    path: str
    actual: object
    allowed: str
    source: str
    requirement: str
    level: str
    hint: str = ""

    def __str__(self) -> str:
        """Say in one line where, what was expected and what came."""
        return f"at {self.path} expected {self.allowed}, got {brief(self.actual)}"


def json_path(steps: Iterable[str | int]) -> str:
    """Write the way to a value as a JSON path: names after a dot, or quoted in brackets where they need it."""
    return "$" + "".join(_step(step) for step in steps)


def brief(value: object) -> str:
    """Write a value as JSON, printable and in at most WIDTH characters whatever its size and depth."""
    text = _written(value, _NESTING)
    return text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"


def _step(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    if step.isascii() and step.isidentifier():
        return f".{step}"
    return "['" + _printable(step[:WIDTH].replace("\\", r"\\").replace("'", r"\'")) + "']"


def _written(value: object, nesting: int) -> str:
    if value is MISSING:
        return MISSING.value
    if isinstance(value, str):
        return _printable(json.dumps(value[:WIDTH], ensure_ascii=False))
    if isinstance(value, dict):
        pairs = _shown(value.items(), nesting)
        return _enclosed(
            "{}", [f"{_written(name, 0)}: {_written(item, nesting - 1)}" for name, item in pairs], value
        )
    if isinstance(value, list | tuple):
        return _enclosed("[]", [_written(item, nesting - 1) for item in _shown(value, nesting)], value)
    if value is None or isinstance(value, bool | int | float):
        return json.dumps(value)
    return f"a Python {type(value).__name__}"


def _shown(items: Iterable[T], nesting: int) -> Iterable[T]:
    return islice(items, _ITEMS if nesting > 0 else 0)


def _enclosed(brackets: str, shown: list[str], whole: Sized) -> str:
    rest = ["…"] if len(shown) < len(whole) else []
    return brackets[0] + ", ".join(shown + rest) + brackets[1]


def _printable(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)
