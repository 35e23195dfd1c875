"""Read the tables that describe meetings in a feature file."""

from __future__ import annotations

from datetime import datetime, time
from functools import cache

from graphcal.facts import Meeting
from graphcal.outcomes import Trouble

_ROWS = ("day", "from", "to", "time zone", "place", "text")
_DEFAULTS = {"time zone": "UTC", "place": "Conference room", "text": "What there is to discuss."}
_EXTRAS: dict[
    str, dict[str, tuple[tuple[str, object], ...]]
] = {  # the words that a table has for further properties of an event
    "sensitivity": {
        word: (("sensitivity", word),) for word in ("normal", "personal", "private", "confidential")
    },
    "answers": {"wanted": (), "not wanted": (("responseRequested", False),)},
    "other times": {"welcome": (), "not welcome": (("allowNewTimeProposals", False),)},
    "repeats": {f"{days} days": (("days", days),) for days in range(2, 10)},
    "lasts": {"all day": (("isAllDay", True),)},
}


def read_plan(subject: str, rows: list[list[str]]) -> Meeting:
    """Return the meeting that a two-column table describes; a row without a name goes on with the one above.

    Raises Trouble, naming the row, where one is missing, unknown or unreadable.
    """
    rows = _unfolded(rows)
    table = {row[0]: row[1] for row in rows if len(row) == 2}  # noqa: PLR2004 - a name and a value
    if sorted(table) != sorted(_ROWS) or len(rows) != len(_ROWS):
        found = ", ".join(row[0] for row in rows)
        raise Trouble(f'the meeting "{subject}" needs the rows {", ".join(_ROWS)}; it has {found}')
    return _meeting(subject, table)


def _unfolded(rows: list[list[str]]) -> list[list[str]]:
    """Join the rows of a long value."""
    found: list[list[str]] = []
    for row in rows:
        if found and len(row) == len(found[-1]) == 2 and not row[0]:  # noqa: PLR2004 - a name and a value
            found[-1] = [found[-1][0], f"{found[-1][1]} {row[1]}"]
        else:
            found.append(row)
    return found


def read_plans(rows: list[list[str]]) -> tuple[Meeting, ...]:
    """Return the meetings of a table with a row for each, its columns named in the first row.

    Meeting, day, from and to are needed; an empty cell, or a column that is not there, has the default.
    Raises Trouble, naming the meeting or the column, for what is missing, unknown or unreadable.
    """
    return _plans(tuple(map(tuple, rows)))


@cache
def _plans(rows: tuple[tuple[str, ...], ...]) -> tuple[Meeting, ...]:
    """Read a table once: it stands in the background of every scenario of a chapter."""
    names, meetings = rows[0] if rows else (), []
    unknown = [name for name in names if name not in ("meeting", *_ROWS, *_EXTRAS)]
    missing = [name for name in ("meeting", *_ROWS[:3]) if name not in names]
    if unknown or missing or len(rows) < 2:  # noqa: PLR2004 - the names and one meeting
        known = ", ".join(("meeting", *_ROWS, *_EXTRAS))
        raise Trouble(f"a table of meetings has columns out of {known}, the first four in any case")
    for row in rows[1:]:
        table = {name: cell for name, cell in zip(names, row, strict=True) if cell}
        meetings.append(_meeting(table.pop("meeting", ""), {**_DEFAULTS, **table}))
    return tuple(meetings)


@cache
def _day(text: str) -> datetime:
    """Read a day in a year without 29 February: a meeting needs a day that every year has."""
    return datetime.strptime(f"{text} 2001", "%d %B %Y")  # noqa: DTZ007 - a date, no moment


def _meeting(subject: str, table: dict[str, str]) -> Meeting:
    try:
        day = _day(table["day"])
        starts, ends = time.fromisoformat(table["from"]), time.fromisoformat(table["to"])
        extras = [pair for name in _EXTRAS if name in table for pair in _EXTRAS[name][table[name]]]
    except ValueError as error:
        raise Trouble(
            f'the meeting "{subject}": write day like "25 December", from and to like "18:00" ({error})'
        ) from error
    except KeyError as error:
        raise Trouble(
            f'the meeting "{subject}": {error} is missing, or no word that its column knows'
        ) from error
    return Meeting(
        subject,
        day.day,
        day.month,
        starts,
        ends,
        table["time zone"],
        table["place"],
        table["text"],
        tuple(extras),
    )
