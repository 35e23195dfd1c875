"""A person at a terminal is told what a run waits for; nobody else is."""

from __future__ import annotations

import io

import pytest

from graphcal.waiting import Waiting, is_watched


class Terminal(io.StringIO):
    """A stream that a person looks at."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


def told(*naps: tuple[str, float], tells: bool = True) -> list[str]:
    """Return the lines that are written while somebody sleeps so."""
    stream = io.StringIO()
    waiting = Waiting("routing", 60, stream, tells, rest=lambda _seconds: None)
    for what, seconds in naps:
        waiting.sleep(what, seconds)
    return stream.getvalue().split("\n")[1::2]


def test_long_wait_is_told_with_its_reason_and_its_end() -> None:
    """Once after two seconds, and every ten seconds from then."""
    lines = told(*[("the answer", 1.0)] * 14)
    assert lines == [
        "routing: waiting for the answer, 2 s so far, 60 s at most",
        "routing: waiting for the answer, 12 s so far, 60 s at most",
    ]


def test_short_waits_for_several_things_are_not_told() -> None:
    """Each thing has a clock of its own."""
    assert told(("a", 1.5), ("b", 1.5), ("c", 1.5)) == []


def test_nobody_else_is_told() -> None:
    """A pipe, a file, CI."""
    assert told(("a", 30.0), tells=False) == []


@pytest.mark.parametrize(
    ("stream", "environ", "watched"),
    [
        (Terminal(), {}, True),
        (io.StringIO(), {}, False),
        (None, {}, False),
        (Terminal(), {"CI": "true"}, False),
        (Terminal(), {"PYTEST_XDIST_WORKER": "gw0"}, False),
    ],
)
def test_only_a_person_looks_on(stream: io.StringIO | None, environ: dict[str, str], watched: bool) -> None:
    """A terminal that is neither CI's nor shared."""
    assert is_watched(stream, environ) is watched
