"""Tell a person at a terminal what a live run waits for; say nothing to anybody else."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FIRST, NEXT = 2, 10  # seconds of one wait until it is told of, and between tellings


@dataclass
class Waiting:
    """Sleeps, and says on `stream` for what and for how long, where `tells` says that a person looks on.

    `longest` is how long one thing may take to arrive, in seconds.
    """

    chapter: str
    longest: float
    stream: TextIO
    tells: bool
    rest: Callable[[float], None] = time.sleep
    _what: str = ""
    _waited: float = 0
    _due: float = field(default=FIRST)

    def sleep(self, what: str, seconds: float) -> None:
        """Sleep some seconds, in which something called `what` may come true."""
        if what != self._what:
            self._what, self._waited, self._due = what, 0, FIRST
        self.rest(seconds)
        self._waited += seconds
        if self.tells and self._waited >= self._due:
            self._due = self._waited + NEXT
            self.stream.write(
                f"\n{self.chapter}: waiting for {what or 'the service'}, "
                f"{self._waited:.0f} s so far, {self.longest:.0f} s at most\n"
            )
            self.stream.flush()


def is_watched(stream: TextIO | None, environ: Mapping[str, str]) -> bool:
    """Tell whether a person looks at a stream: a terminal, neither in CI nor shared by workers."""
    return bool(stream and stream.isatty() and not environ.get("CI") and "PYTEST_XDIST_WORKER" not in environ)


def waiting(chapter: str, longest: float) -> Waiting:
    """Return the waiting of a chapter, told on standard error past pytest's capturing."""
    stream = sys.__stderr__
    return Waiting(chapter, longest, stream or sys.stderr, is_watched(stream, os.environ))
