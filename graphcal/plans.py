"""Read the table that describes a meeting in a feature file."""

from __future__ import annotations

from datetime import datetime, time

from graphcal.facts import Meeting
from graphcal.outcomes import Trouble

_ROWS = ("day", "from", "to", "time zone", "place", "text")


def read_plan(subject: str, rows: list[list[str]]) -> Meeting:
    """Return the meeting that a two-column table describes.

    Raises Trouble, naming the row, where one is missing, unknown or unreadable.
    """
    table = {row[0]: row[1] for row in rows if len(row) == 2}  # noqa: PLR2004 - a name and a value
    if sorted(table) != sorted(_ROWS) or len(rows) != len(_ROWS):
        found = ", ".join(row[0] for row in rows)
        raise Trouble(f'the meeting "{subject}" needs the rows {", ".join(_ROWS)}; it has {found}')
    try:
        # A year without 29 February: a meeting needs a day that every year has.
        day = datetime.strptime(f"{table['day']} 2001", "%d %B %Y")  # noqa: DTZ007 - a date, no moment
        starts, ends = time.fromisoformat(table["from"]), time.fromisoformat(table["to"])
    except ValueError as error:
        raise Trouble(
            f'the meeting "{subject}": write day like "25 December", from and to like "18:00" ({error})'
        ) from error
    return Meeting(
        subject, day.day, day.month, starts, ends, table["time zone"], table["place"], table["text"]
    )
