"""Decide whether texts have the formats that the schemas name."""

from __future__ import annotations

import base64
import binascii
import re
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_DAY = r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
_TIME = r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,12})?"
_OFFSET = r"(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"


def is_instant(text: str) -> bool:
    """Tell an Edm.DateTimeOffset: RFC 3339 with Z or an offset, from year 1, at most twelve digits of a second."""
    return _is_on_calendar(f"{_DAY}T{_TIME}{_OFFSET}", text)


def is_local_time(text: str) -> bool:
    """Tell the dateTime of a dateTimeTimeZone: the same without an offset."""
    return _is_on_calendar(f"{_DAY}T{_TIME}", text)


def is_day(text: str) -> bool:
    """Tell an Edm.Date: a day that the calendar has."""
    return _is_on_calendar(_DAY, text)


def is_time_of_day(text: str) -> bool:
    """Tell an Edm.TimeOfDay: hours, minutes and seconds, at most twelve digits of a second."""
    return re.fullmatch(_TIME, text) is not None


def is_base64(text: str) -> bool:
    """Tell an Edm.Binary: padded base64 in the standard or the URL alphabet."""
    try:
        base64.b64decode(text.replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


CHECKS: Mapping[str, Callable[[str], bool]] = {
    "date-time": is_instant,
    "graph-date-time": is_local_time,
    "date": is_day,
    "time-of-day": is_time_of_day,
    "base64": is_base64,
}


def _is_on_calendar(pattern: str, text: str) -> bool:
    match = re.fullmatch(pattern, text)
    if match is None:
        return False
    try:
        date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return False
    return True
