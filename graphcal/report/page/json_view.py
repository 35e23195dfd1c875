"""Print JSON for reading: indented, the places a finding speaks of marked, the rest shortened on request."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphcal.report.model import Json

Place = tuple[str | int, ...]

LONGEST_TEXT = 2000  # characters of one string value
MOST_LINES = 400  # lines of one body
SHORT_ENOUGH = 20  # lines: a body up to here is never shortened
NEIGHBOURS = 4  # members of an object that an excerpt shows on each side of what is marked
MOST_MARKED = 12  # lines: of a larger value only the first line is marked
DEEPEST = 60  # levels

_INDEX = re.compile(r"\[(\d+)\]")
_QUOTED = re.compile(r"""\[(?:'([^']*)'|"([^"]*)")\]""")


@dataclass(frozen=True)
class Line:
    """One printed line; `note` is a remark that is not part of the JSON."""

    text: str
    marked: bool = False
    note: str = ""


def locate(body: Json, path: str) -> tuple[Place, str]:
    """Find a JSON path in a body: the deepest place that exists, and what of the path is missing there.

    A dotted name is matched against the members that exist, so "$.event.@odata.etag" needs no brackets.
    """
    rest, node = path.removeprefix("$"), body
    place: Place = ()
    while rest:
        step, length = _step(node, rest)
        if step is None:
            break
        node = node[step]  # type: ignore[index]  # _step saw the member
        place, rest = (*place, step), rest[length:]
    return place, rest.lstrip(".")


def _step(node: Json, rest: str) -> tuple[str | int | None, int]:
    """Return the member that the path goes to next and how many characters name it, or None."""
    if isinstance(node, list) and (index := _INDEX.match(rest)) and int(index[1]) < len(node):
        return int(index[1]), index.end()
    if isinstance(node, dict):
        if (quoted := _QUOTED.match(rest)) and (name := quoted[1] or quoted[2] or "") in node:
            return name, quoted.end()
        if rest.startswith("."):
            fitting = [
                n for n in node if rest.startswith(n, 1) and rest[1 + len(n) : 2 + len(n)] in {"", ".", "["}
            ]
            if fitting:
                name = max(fitting, key=len)
                return name, 1 + len(name)
    return None, 0


def view(body: Json, paths: Iterable[str] = (), *, excerpt: bool = False) -> list[Line]:
    """Print a body and mark what `paths` name; an excerpt shows of a long body only what is around that."""
    paths = [path for path in paths if path]
    if isinstance(body, str) or not (paths or excerpt):
        lines = [Line(_shortened(text)) for text in _plain(body).split("\n")]
        return _capped(lines, SHORT_ENOUGH if excerpt else MOST_LINES)
    printer = _Printer.for_paths(body, paths)
    lines = list(printer.value(body, (), "", ""))
    if excerpt and len(lines) > SHORT_ENOUGH:
        printer.shorten = True
        lines = list(printer.value(body, (), "", ""))
    return _capped(lines, MOST_LINES)


def _plain(body: Json) -> str:
    """Print a body in which nothing is to be marked, which is far quicker."""
    if isinstance(body, str):
        return body
    try:
        return json.dumps(body, ensure_ascii=False, indent=2, default=str)
    except RecursionError:
        return "(nested too deep to be shown)"


def _capped(lines: list[Line], most: int) -> list[Line]:
    if len(lines) <= most:
        return lines
    return [*lines[:most], Line("", note=f"… {len(lines) - most:,} more lines are left out here")]


@dataclass
class _Printer:
    """Walk a body: `hits` are to be marked, `gaps` are containers that lack something, with its name."""

    hits: set[Place] = field(default_factory=set)
    gaps: dict[Place, str] = field(default_factory=dict)
    shorten: bool = False

    @classmethod
    def for_paths(cls, body: Json, paths: Iterable[str]) -> _Printer:
        printer = cls()
        for place, missing in (locate(body, path) for path in paths):
            if missing:
                printer.gaps[place] = missing
            else:
                printer.hits.add(place)
        return printer

    def value(self, value: Json, place: Place, before: str, after: str) -> Iterator[Line]:
        """Print one value; `before` and `after` are what stands in its line around it."""
        note = f"← no {self.gaps[place]} here" if place in self.gaps else ""
        marked = place in self.hits and bool(place)
        if not isinstance(value, dict | list) or not value:
            yield Line(before + _scalar(value) + after, marked or bool(note), note)
            return
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        folded = self.shorten and place and not self._leads_on(place) and not self._inside(place)
        if folded or len(place) > DEEPEST:
            yield Line(f"{before}{opening}…{closing}{after}")
            return
        indent = "  " * len(place)
        inner = list(self._members(value, place, indent + "  "))
        whole = marked and len(inner) < MOST_MARKED
        yield Line(before + opening, marked or bool(note), note)
        yield from (Line(line.text, marked=True, note=line.note) for line in inner) if whole else inner
        yield Line(indent + closing + after, whole)

    def _members(self, value: dict[str, Json] | list[Json], place: Place, indent: str) -> Iterator[Line]:
        named = isinstance(value, dict)
        members: list[tuple[str | int, Json]] = list(
            value.items() if isinstance(value, dict) else enumerate(value)
        )
        near = self._near(place, [key for key, _ in members]) if named else set()
        everything = not self.shorten or self._inside(place)
        skipping = False
        for number, (key, member) in enumerate(members, start=1):
            here = (*place, key)
            if everything or number - 1 in near or self._leads_on(here):
                label = f"{_scalar(key)}: " if named else ""
                yield from self.value(member, here, indent + label, "," if number < len(members) else "")
                skipping = False
            elif not skipping:
                yield Line(indent + "…")
                skipping = True

    def _leads_on(self, place: Place) -> bool:
        """Tell whether a place of interest is here or below."""
        return any(target[: len(place)] == place for target in (*self.hits, *self.gaps))

    def _inside(self, place: Place) -> bool:
        """Tell whether this is a marked value or a part of one."""
        return any(place[: len(hit)] == hit for hit in self.hits)

    def _near(self, place: Place, keys: list[str | int]) -> set[int]:
        """Return the positions of the members that an excerpt shows beside what is marked or absent here."""
        hits = {number for number, key in enumerate(keys) if (*place, key) in self.hits}
        if place in self.gaps or not (self.hits or self.gaps or place):
            hits.add(NEIGHBOURS)
        return {near for hit in hits for near in range(hit - NEIGHBOURS, hit + NEIGHBOURS + 1)}


def _scalar(value: Json) -> str:
    return json.dumps(_shortened(value) if isinstance(value, str) else value, ensure_ascii=False, default=str)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}… ({len(text):,} characters)"
