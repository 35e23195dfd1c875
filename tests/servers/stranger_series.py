"""Say on which dates a series takes place, for a stranger's emulator: by day or by week."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from stranger_model import RefusedError, invalid
from stranger_times import zone_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from stranger_model import Details, Item

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LAST = date(2100, 1, 1)  # of a series without an end


def checked(recurrence: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """Return a patternedRecurrence with what it leaves out, None for none. Refuses other patterns."""
    if not recurrence:
        return None
    pattern, span = dict(recurrence["pattern"]), dict(recurrence["range"])
    if pattern.get("type") not in {"daily", "weekly"}:
        raise RefusedError(501, "NotImplemented", "Only daily and weekly series are supported.")
    try:
        days = [date.fromisoformat(span["startDate"])]
        days += [date.fromisoformat(span["endDate"])] if span["type"] == "endDate" else []
        count = int(span["numberOfOccurrences"]) if span["type"] == "numbered" else 1
    except (KeyError, ValueError) as error:
        raise invalid(f"The range is wrong: {error}.", "ErrorPropertyValidationFailure") from error
    if days != sorted(days) or count < 1 or int(pattern.get("interval", 1)) < 1:
        raise invalid("The series has no date at all.", "ErrorPropertyValidationFailure")
    fields = {"month": 0, "dayOfMonth": 0, "daysOfWeek": [], "firstDayOfWeek": "sunday", "index": "first"}
    ends = {"endDate": "0001-01-01", "numberOfOccurrences": 0, "recurrenceTimeZone": ""}
    return {"pattern": {**fields, "interval": 1, **pattern}, "range": {**ends, **span}}


def spans(item: Item, first: datetime, last: datetime) -> list[Item]:
    """Return what of an item lies in a window: itself, or the dates of its series (REP-18)."""
    every = [item] if item.details.recurrence is None else list(_occurrences(item, last))
    return [one for one in every if one.details.start < last and first < one.details.end]


def occurrence(item: Item, day: str) -> Item | None:
    """Return the date of a series on a day written as YYYYMMDD."""
    if item.details.recurrence is None or len(day) != len("20300101") or not day.isdigit():
        return None
    last = datetime.strptime(day, "%Y%m%d").replace(tzinfo=UTC) + timedelta(days=2)
    return next((one for one in _occurrences(item, last) if one.date == day), None)


def _occurrences(item: Item, last: datetime) -> Iterator[Item]:
    details = item.details
    zone = zone_of(details.zones[0], "ErrorPropertyValidationFailure")
    starts, length = details.start.astimezone(zone), details.end - details.start
    for day in _days(details):
        local = datetime.combine(day, starts.time(), zone)
        start = local.astimezone(UTC)
        if start >= last:
            return
        name = day.strftime("%Y%m%d")
        single = replace(details, start=start, end=start + length, recurrence=None)
        yield replace(item, id=f"{item.id}~{name}", details=single, date=name)


def _days(details: Details) -> Iterator[date]:
    recurrence = details.recurrence or {}
    pattern, span = recurrence["pattern"], recurrence["range"]
    first = date.fromisoformat(span["startDate"])
    last = date.fromisoformat(span["endDate"]) if span["type"] == "endDate" else LAST
    every = (first + timedelta(days=number) for number in range((last - first).days + 1))
    found = (day for day in every if _fits(day, first, pattern))
    count = int(span["numberOfOccurrences"]) if span["type"] == "numbered" else None
    yield from itertools.islice(found, count)


def _fits(day: date, first: date, pattern: Mapping[str, Any]) -> bool:
    interval = int(pattern["interval"])
    if pattern["type"] == "daily":
        return (day - first).days % interval == 0
    sunday = first - timedelta(days=first.isoweekday() % 7)
    names = [name.casefold() for name in pattern["daysOfWeek"]] or [DAYS[first.weekday()]]
    return DAYS[day.weekday()] in names and ((day - sunday).days // 7) % interval == 0
