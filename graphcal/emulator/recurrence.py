"""Expand a recurring event into its occurrences (REP-18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from dateutil import rrule  # type: ignore[import-untyped]

from graphcal.emulator import times
from graphcal.emulator.errors import invalid_property
from graphcal.emulator.properties import a_list, an_object, choice, number, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphcal.emulator.model import Event

LARGEST = 999  # dates of a numbered series, and steps between dates
DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
_WEEKDAYS = {
    "sunday": rrule.SU, "monday": rrule.MO, "tuesday": rrule.TU, "wednesday": rrule.WE,
    "thursday": rrule.TH, "friday": rrule.FR, "saturday": rrule.SA,
}  # fmt: skip
_INDEXES = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
_FREQUENCIES = {
    "daily": rrule.DAILY, "weekly": rrule.WEEKLY, "absoluteMonthly": rrule.MONTHLY,
    "relativeMonthly": rrule.MONTHLY, "absoluteYearly": rrule.YEARLY, "relativeYearly": rrule.YEARLY,
}  # fmt: skip


@dataclass(frozen=True)
class Occurrence:
    """One date of a series."""

    day: date
    start: datetime
    end: datetime


def read(value: Any) -> dict[str, Any] | None:
    """Check a `patternedRecurrence` and complete it; null is no recurrence."""
    if value is None:
        return None
    given = an_object("recurrence", value)
    pattern = an_object("pattern", given.get("pattern"))
    span = an_object("range", given.get("range"))
    kind = choice("type", pattern.get("type"), _FREQUENCIES)
    ends = choice("type", span.get("type"), ("endDate", "noEnd", "numbered"))
    interval = number("interval", pattern.get("interval", 1))
    found = {
        "pattern": {
            "type": kind,
            "interval": interval,
            "month": number("month", pattern.get("month") or 0),
            "dayOfMonth": number("dayOfMonth", pattern.get("dayOfMonth") or 0),
            "daysOfWeek": [
                choice("daysOfWeek", day, DAYS) for day in a_list("daysOfWeek", pattern.get("daysOfWeek"))
            ],
            "firstDayOfWeek": choice("firstDayOfWeek", pattern.get("firstDayOfWeek") or "sunday", DAYS),
            "index": choice("index", pattern.get("index") or "first", _INDEXES),
        },
        "range": {
            "type": ends,
            "startDate": _day(span.get("startDate")).isoformat(),
            "endDate": _day(span.get("endDate")).isoformat() if ends == "endDate" else "0001-01-01",
            "recurrenceTimeZone": text("recurrenceTimeZone", span.get("recurrenceTimeZone")),
            "numberOfOccurrences": number("numberOfOccurrences", span.get("numberOfOccurrences") or 0),
        },
    }
    _check(found["pattern"], found["range"])
    return found


def _check(pattern: dict[str, Any], span: dict[str, Any]) -> None:
    """Refuse a recurrence that has no dates, or more than anybody could list."""
    needs_days = pattern["type"] == "weekly" or pattern["type"].startswith("relative")
    zone = span["recurrenceTimeZone"]
    conditions = (
        (1 <= pattern["interval"] <= LARGEST, "'interval' is a small number."),
        (0 <= pattern["month"] <= 12, "'month' is a month."),  # noqa: PLR2004 - months of a year
        (0 <= pattern["dayOfMonth"] <= 31, "'dayOfMonth' is a day of a month."),  # noqa: PLR2004 - days of a month
        (pattern["daysOfWeek"] or not needs_days, "'daysOfWeek' names at least one day."),
        (
            span["type"] != "numbered" or 1 <= span["numberOfOccurrences"] <= LARGEST,
            "There are no occurrences.",
        ),
        (
            span["type"] != "endDate" or span["endDate"] >= span["startDate"],
            "The range ends before it starts.",
        ),
        (not zone or times.zone(zone), f"'{zone}' is no known time zone."),
    )
    for condition, sentence in conditions:
        if not condition:
            raise invalid_property(sentence)


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(text("range", value))
    except ValueError as reason:
        raise invalid_property(f"'{value}' in 'range' is no date.") from reason


def _rule(recurrence: dict[str, Any], begin: datetime) -> rrule.rrule:
    pattern, span = recurrence["pattern"], recurrence["range"]
    kind = pattern["type"]
    options: dict[str, Any] = {"interval": pattern["interval"], "wkst": _WEEKDAYS[pattern["firstDayOfWeek"]]}
    days = [_WEEKDAYS[day] for day in pattern["daysOfWeek"]]
    if kind == "weekly" and days:
        options["byweekday"] = days
    if kind.startswith("relative"):
        options |= {"byweekday": days, "bysetpos": _INDEXES[pattern["index"]]}
    if kind.startswith("absolute") and pattern["dayOfMonth"]:
        options["bymonthday"] = pattern["dayOfMonth"]
    if kind.endswith("Yearly") and pattern["month"]:
        options["bymonth"] = pattern["month"]
    if span["type"] == "numbered":
        options["count"] = span["numberOfOccurrences"]
    if span["type"] == "endDate":
        options["until"] = datetime.combine(date.fromisoformat(span["endDate"]), time.max)
    return rrule.rrule(_FREQUENCIES[kind], dtstart=begin, **options)


def occurrences(event: Event, until: datetime) -> Iterator[Occurrence]:
    """Yield the dates of an event that begin before `until`; a single event has one."""
    length = event.end.instant - event.start.instant
    if event.recurrence is None:
        if event.start.instant < until:
            yield Occurrence(event.start.instant.date(), event.start.instant, event.end.instant)
        return
    name = event.recurrence["range"]["recurrenceTimeZone"] or event.start.zone
    zone = UTC if event.is_all_day else times.zone(name) or UTC
    local = event.start.instant.astimezone(zone).replace(tzinfo=None)
    first = datetime.combine(date.fromisoformat(event.recurrence["range"]["startDate"]), local.time())
    for wall in _rule(event.recurrence, max(first, local)):
        start = wall.replace(tzinfo=zone).astimezone(UTC)
        if start >= until:
            return
        if wall.date() not in event.removed_days:
            yield Occurrence(wall.date(), start, start + length)


def between(event: Event, begin: datetime, end: datetime) -> list[Occurrence]:
    """Return the occurrences that overlap a window."""
    return [one for one in occurrences(event, end) if one.end > begin or one.start >= begin]
