"""Hold a JSON value together with the answer it came in and its place there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from graphcal.schemas.violation import MISSING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphcal.graph.exchange import Exchange

_PLAIN_KEY = re.compile(r"[A-Za-z_]\w*")
_ANNOTATION = re.compile(r"@|\w+@(odata|microsoft\.graph)\.")


@dataclass(frozen=True)
class Value:
    """A JSON value found at `path` ("$.value[1].owner") of an answer.

    Looking up a property that is not there gives a Value of MISSING, so that a check can say so
    instead of a KeyError that looks like trouble of the suite.
    """

    json: Any
    exchange: Exchange
    path: str = "$"

    def __getitem__(self, key: str) -> Value:
        found = self.json.get(key, MISSING) if isinstance(self.json, dict) else MISSING
        return Value(found, self.exchange, self.path + _step(key))

    def at(self, dotted: str) -> Value:
        """Follow property names joined by dots."""
        value = self
        for key in dotted.split("."):
            value = value[key]
        return value

    def items(self) -> list[Value]:
        """Return the members of a collection; what is no collection has none."""
        members = self.json if isinstance(self.json, list) else []
        return [Value(member, self.exchange, f"{self.path}[{index}]") for index, member in enumerate(members)]

    @property
    def exists(self) -> bool:
        """Whether the property is there, be it null."""
        return self.json is not MISSING

    @property
    def text(self) -> str:
        """The value where it is a string, else the empty string."""
        return self.json if isinstance(self.json, str) else ""

    def texts(self, *, without: frozenset[str] = frozenset()) -> Iterator[Value]:
        """Yield every string below, keys of objects included, annotations and `without` left out.

        `without` names properties of this value itself. Iterative, so that depth costs no stack.
        """
        pending = [self]
        while pending:
            value = pending.pop()
            if isinstance(value.json, str):
                yield value
            elif isinstance(value.json, dict):
                for key in value.json:
                    if _ANNOTATION.match(key) or (value is self and key in without):
                        continue
                    yield Value(key, value.exchange, value[key].path)
                    pending.append(value[key])
            else:
                pending.extend(value.items())


@lru_cache(maxsize=1024)
def _step(key: str) -> str:
    """Write the step to a property; scenarios look up the same few again and again."""
    return f".{key}" if _PLAIN_KEY.fullmatch(key) else f"['{key}']"
