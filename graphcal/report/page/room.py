"""Decide what a page has room for, in bytes of UTF-8."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from graphcal.report.wording import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def size(text: str) -> int:
    """Return how many bytes a text takes in the file."""
    return len(printable(text).encode())


def share(sizes: Sequence[int], room: int) -> int:
    """Return the size up to which all can be granted what they want so that together they fit the room."""
    for number, wanted in enumerate(sorted(sizes)):
        fair = room // (len(sizes) - number)
        if wanted > fair:
            return fair
        room -= wanted
    return max(sizes, default=0)


def fitting(sizes: Iterable[int], room: int) -> int:
    """Return how many of the first fit the room together."""
    return sum(end <= room for end in accumulate(sizes))
