"""Find the scenarios of two runs that are the same under another title, or in another language."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Protocol, TypeVar

from graphcal.report.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SUFFIX = ".feature"


class Row(Protocol):
    """What is known of a scenario: how it ended too, with what message."""

    @property
    def id(self) -> str:
        """Its id, which begins with the feature file."""

    @property
    def requirements(self) -> tuple[str, ...]:
        """The ids of its requirements."""

    @property
    def outcome(self) -> str:
        """How it ended."""

    @property
    def message(self) -> str:
        """What it said of that."""


R = TypeVar("R", bound=Row)


def chapter_of(identifier: str) -> str:
    """Return the feature file of a scenario without the folder of its language; "" where it lies in none.

    Both "features/tally.feature::A" and "features/pt/tally.feature::B" lie in "features/tally.feature".
    """
    path = identifier.partition("::")[0]
    *folders, name = path.split("/")
    if not name.endswith(SUFFIX):
        return ""
    return "/".join([*(folder for folder in folders if folder not in LANGUAGES), name])


def renamed(old: Iterable[R], new: Iterable[R]) -> Iterator[tuple[R, R]]:
    """Yield pairs of rows that only one of two runs has by their ids.

    They are of one chapter and the same requirements, and there are as many of these in the one run as in the
    other: else nobody knows which has become which. Those that ended alike are paired, in the order of their
    reports; the rest only between languages, for a scenario of another title may be another scenario.
    """
    before, after = _together(old), _together(new)
    for place, rows in after.items():
        earlier = before.get(place, [])
        if place[0] and len(earlier) == len(rows):
            yield from _alike(earlier, rows)


def _alike(old: Iterable[R], new: Iterable[R]) -> Iterator[tuple[R, R]]:
    """Pair as many rows as may be the same, those first of which most is the same."""
    left, right = list(old), list(new)
    for same in (_says_the_same, _ended_alike, _is_translated):
        for now in list(right):
            was = next((row for row in left if same(row, now)), None)
            if was is not None:
                left.remove(was)
                right.remove(now)
                yield was, now


def _says_the_same(was: Row, now: Row) -> bool:
    return (was.outcome, was.message) == (now.outcome, now.message)


def _ended_alike(was: Row, now: Row) -> bool:
    return was.outcome == now.outcome


def _is_translated(was: Row, now: Row) -> bool:
    """Tell whether two rows of one chapter are in different languages."""
    return was.id.partition("::")[0] != now.id.partition("::")[0]


def _together(rows: Iterable[R]) -> dict[tuple[str, tuple[str, ...]], list[R]]:
    found: defaultdict[tuple[str, tuple[str, ...]], list[R]] = defaultdict(list)
    for row in rows:
        found[chapter_of(row.id), tuple(sorted(row.requirements))].append(row)
    return dict(found)
