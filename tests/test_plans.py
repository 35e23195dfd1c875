"""The table of a meeting is read as a person writes it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from graphcal.facts import Meeting
from graphcal.outcomes import Trouble
from graphcal.plans import read_plan

ROWS = [
    ["day", "25 December"],
    ["from", "18:00"],
    ["to", "22:00"],
    ["time zone", "Pacific Standard Time"],
    ["place", "Alex' home"],
    ["text", "Happy holidays!"],
]


def with_row(name: str, value: str) -> list[list[str]]:
    """Return the rows with another value in one of them."""
    return [[key, value if key == name else old] for key, old in ROWS]


def test_meeting_is_read() -> None:
    """Day and month, times of the day, and the rest as it stands."""
    assert read_plan("Dinner", ROWS) == Meeting(
        "Dinner",
        25,
        12,
        time(18, 0),
        time(22, 0),
        "Pacific Standard Time",
        "Alex' home",
        "Happy holidays!",
    )


def test_long_text_takes_several_rows() -> None:
    """A row without a name goes on with the one above."""
    rows = [*ROWS[:-1], ["text", "Happy"], ["", "holidays!"]]
    assert read_plan("Dinner", rows) == read_plan("Dinner", ROWS)


def test_order_of_rows_does_not_count() -> None:
    """A table is read by its names."""
    assert read_plan("Dinner", ROWS[::-1]) == read_plan("Dinner", ROWS)


NAMES = 'the meeting "Dinner" needs the rows day, from, to, time zone, place, text; it has '
WRITE = 'the meeting "Dinner": write day like "25 December", from and to like "18:00" ('
REFUSED = {
    "row missing": (ROWS[1:], NAMES + "from, to, time zone, place, text"),
    "row unknown": ([*ROWS, ["guests", "2"]], NAMES),
    "row twice": ([*ROWS, ROWS[0]], NAMES),
    "row of three": ([[*ROWS[0], "x"], *ROWS[1:]], NAMES),
    "row of one": ([["day"], *ROWS[1:]], NAMES),
    "empty table": ([], NAMES),
    "day with a year": (with_row("day", "25 December 2019"), WRITE),
    "day that is none": (with_row("day", "31 June"), WRITE),
    "day of leap years only": (with_row("day", "29 February"), WRITE),
    "time that is none": (with_row("from", "25:00"), WRITE),
    "time in words": (with_row("to", "noon"), WRITE),
}


@pytest.mark.parametrize(("rows", "said"), REFUSED.values(), ids=REFUSED)
def test_bad_table_is_trouble(rows: list[list[str]], said: str) -> None:
    """The sentence names the meeting, and the rows or how to write them."""
    with pytest.raises(Trouble) as caught:
        read_plan("Dinner", rows)
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2019, 12, 21, 4, 59, tzinfo=UTC), date(2019, 12, 25)),
        (datetime(2019, 12, 25, 23, 59, tzinfo=UTC), date(2019, 12, 25)),
        (datetime(2019, 12, 26, 0, 0, tzinfo=UTC), date(2020, 12, 25)),
    ],
    ids=["before", "the day itself", "after"],
)
def test_meeting_is_on_its_next_day(now: datetime, expected: date) -> None:
    """The day comes this year or next, today included."""
    meeting = read_plan("Dinner", ROWS)
    assert meeting.date(now) == expected
    assert meeting.start(now).isoformat() == f"{expected}T18:00:00"
    assert meeting.end(now).isoformat() == f"{expected}T22:00:00"
