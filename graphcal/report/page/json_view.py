"""Print JSON for reading: indented, short values in one line, what findings speak of marked, the rest abridged."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html import escape
from itertools import accumulate, takewhile
from json.encoder import encode_basestring
from typing import TYPE_CHECKING

from graphcal.report.wording import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graphcal.report.model import Json

Place = tuple[str | int, ...]

WIDTH = 108  # characters: a value that fits is printed in one line
LONGEST_TEXT = 1000  # characters of one string value
LONGEST_ID = 48  # characters of an opaque value such as an id; what a finding names is never abridged
MOST_ITEMS = 4  # of a list
MOST_LINES = 400  # lines of one body
SHORT_ENOUGH = 20  # lines: a body up to here is never shortened
MOST_MARKED = 12  # lines: of a larger value only the first line is marked
DEEPEST = 60  # levels
NOTE = 50  # bytes that a note takes

_INDEX = re.compile(r"\[(\d+)\]")
_QUOTED = re.compile(r"""\[(?:'([^']*)'|"([^"]*)")\]""")
_OPAQUE = re.compile(r"[\w+/=.:@<>-]*\d[\w+/=.:@<>-]*", re.ASCII)


@dataclass(frozen=True)
class Note:
    """A remark that is not part of the JSON: a key of the report's words, and the number or name it is about."""

    key: str
    value: int | str


@dataclass(frozen=True)
class Line:
    """One printed line."""

    text: str
    marked: bool = False
    note: Note | None = None


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


def printed(body: Json, paths: Iterable[str] = (), *, around: int = 0) -> list[Line]:
    """Print a body and mark what `paths` name; no line for no body, None or "".

    With `around`, of a long body only so many members are shown on either side of what is marked, or as
    many twice from the beginning where nothing is.
    """
    if body is None or body == "":
        return []
    if isinstance(body, str):
        lines = [Line(_shortened(text)) for text in body.split("\n")]
        return _capped(lines, SHORT_ENOUGH if around else MOST_LINES)
    printer = _Printer.for_paths(body, [path for path in paths if path])
    lines = list(printer.value(body, (), "", ""))
    if around and len(lines) > SHORT_ENOUGH:
        printer.around = around
        lines = list(printer.value(body, (), "", ""))
    return _capped(lines, MOST_LINES)


def indented(body: Json) -> str:
    """Print a body for reading with nothing left out."""
    return "\n".join(line.text for line in _Printer(abridge=False).value(body, (), "", ""))


def size(lines: Sequence[Line]) -> int:
    """Return about how many bytes lines take in a page."""
    text = printable(escape("".join(f"\n{line.text}" for line in lines), quote=False))
    return len(text.encode()) + NOTE * sum(line.note is not None for line in lines)


def cut(lines: Sequence[Line], most: int) -> list[Line]:
    """Keep the first lines that take no more than so many bytes, and note how many are left out.

    OData's annotations go first: they are long, and seldom what a reader looks for.
    """
    if size(lines) <= most:
        return list(lines)
    telling = [line for line in lines if not line.text.lstrip().startswith('"@odata.')]
    ends = accumulate(size([line]) for line in telling)
    kept = telling[: sum(1 for _ in takewhile(lambda end: end <= most, ends))]
    if len(kept) == 1:
        kept = []  # an opening bracket alone tells nothing
    return [*kept, Line("", note=Note("cut_lines", len(lines) - len(kept)))]


def _capped(lines: Sequence[Line], most: int) -> list[Line]:
    more = len(lines) - most
    return list(lines) if more <= 0 else [*lines[:most], Line("", note=Note("cut_lines", more))]


@dataclass
class _Printer:
    """Walk a body: `hits` are to be marked, `gaps` are containers that lack something, with its name.

    `trail` holds the places on the way to these, themselves included. `around` keeps only so many neighbours
    of them; `abridge` cuts ids, long texts and long lists.
    """

    hits: set[Place] = field(default_factory=set)
    gaps: dict[Place, str] = field(default_factory=dict)
    around: int = 0
    abridge: bool = True
    trail: set[Place] = field(default_factory=set)

    @classmethod
    def for_paths(cls, body: Json, paths: Iterable[str]) -> _Printer:
        printer = cls()
        for place, missing in (locate(body, path) for path in paths):
            if missing:
                printer.gaps[place] = missing
            else:
                printer.hits.add(place)
            printer.trail |= {place[:length] for length in range(len(place) + 1)}
        return printer

    def value(self, value: Json, place: Place, before: str, after: str) -> Iterator[Line]:
        """Print one value; `before` and `after` are what stands in its line around it."""
        note = Note("page.absent", self.gaps[place]) if place in self.gaps else None
        marked = place in self.hits and bool(place)
        if not isinstance(value, dict | list) or not value:
            text = self._scalar(value, marked=marked)
            yield Line(before + text + after, marked or bool(note), note)
            return
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        folded = bool(self.around and place) and place not in self.trail and not self._inside(place)
        if folded or (self.abridge and len(place) > DEEPEST):
            yield Line(f"{before}{opening}…{closing}{after}")
            return
        indent = "  " * len(place)
        inner = list(self._members(value, place, indent + "  "))
        if place not in self.trail and (flat := _in_one_line(inner, before)):
            yield Line(f"{before}{opening}{flat}{closing}{after}")
            return
        whole = marked and len(inner) < MOST_MARKED
        yield Line(before + opening, marked or bool(note), note)
        yield from (Line(line.text, marked=True, note=line.note) for line in inner) if whole else inner
        yield Line(indent + closing + after, whole)

    def _members(self, value: dict[str, Json] | list[Json], place: Place, indent: str) -> Iterator[Line]:
        named = isinstance(value, dict)
        members: list[tuple[str | int, Json]] = list(
            value.items() if isinstance(value, dict) else enumerate(value)
        )
        near = self._near(place, [key for key, _ in members]) if named and self.around else set()
        everything = not self.around or self._inside(place)
        skipped = 0
        for number, (key, member) in enumerate(members, start=1):
            here = (*place, key)
            wanted = (
                everything and (named or number <= MOST_ITEMS or not self.abridge)
            ) or number - 1 in near
            if wanted or here in self.trail:
                if skipped:
                    yield _gap(indent, skipped, named=named)
                    skipped = 0
                label = f"{_written(key)}: " if named else ""
                yield from self.value(member, here, indent + label, "," if number < len(members) else "")
            else:
                skipped += 1
        if skipped:
            yield _gap(indent, skipped, named=named)

    def _scalar(self, value: Json, *, marked: bool) -> str:
        if not isinstance(value, str) or not self.abridge:
            return _written(value)
        if len(value) > LONGEST_ID and not marked and _OPAQUE.fullmatch(value):
            return encode_basestring(f"{value[:16]}…{value[-8:]}")
        return encode_basestring(_shortened(value))

    def _inside(self, place: Place) -> bool:
        """Tell whether this is a marked value or a part of one."""
        return any(place[: len(hit)] == hit for hit in self.hits)

    def _near(self, place: Place, keys: list[str | int]) -> set[int]:
        """Return the positions of the members that an excerpt shows beside what is marked or absent here."""
        hits = {number for number, key in enumerate(keys) if (*place, key) in self.hits}
        if place in self.gaps or not (self.trail or place):
            hits.add(self.around)
        return {near for hit in hits for near in range(hit - self.around, hit + self.around + 1)}


def _gap(indent: str, skipped: int, *, named: bool) -> Line:
    return Line(f"{indent}…", note=Note("cut_members" if named else "cut_items", skipped))


def _in_one_line(inner: Sequence[Line], before: str) -> str:
    """Join the members of a value that fits into one line, "" where it does not."""
    room = WIDTH - len(before)
    if 3 * len(inner) > room or any(line.note for line in inner):
        return ""
    flat = " ".join(line.text.lstrip(" ") for line in inner)
    return flat if len(flat) <= room else ""


def _written(value: Json) -> str:
    return encode_basestring(value) if isinstance(value, str) else json.dumps(value, default=str)


def _shortened(text: str) -> str:
    more = len(text) - LONGEST_TEXT
    return text if more <= 0 else f"{text[:LONGEST_TEXT]}… (+{more})"
