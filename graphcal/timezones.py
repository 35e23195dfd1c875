"""Turn Graph's times and zone names into instants that can be compared."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_STAMP = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,12}))?(Z|[+-]\d\d:\d\d)?")


@cache
def zone(name: str) -> ZoneInfo:
    """Return the zone of a Windows name ("Pacific Standard Time") or an IANA one.

    Raises ValueError for a name that is neither.
    """
    from tzlocal.windows_tz import win_tz  # noqa: PLC0415 - 30 ms that few runs need

    try:
        return ZoneInfo(win_tz.get(name, name))
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is no Windows or IANA time zone") from error


def wall_time(text: object) -> datetime | None:
    """Read a dateTime without offset, 0 to 12 fractional digits; None where it is none."""
    match = _STAMP.fullmatch(text) if isinstance(text, str) else None
    if match is None or match[3]:
        return None
    return _moment(match)


def instant(text: object) -> datetime | None:
    """Read a DateTimeOffset as an aware UTC datetime; None where it is none."""
    match = _STAMP.fullmatch(text) if isinstance(text, str) else None
    if match is None or not match[3]:
        return None
    moment = _moment(match)
    if moment is None:
        return None
    if match[3] == "Z":
        return moment.replace(tzinfo=UTC)
    sign = -1 if match[3][0] == "-" else 1
    offset = timedelta(hours=int(match[3][1:3]), minutes=int(match[3][4:6])) * sign
    try:
        return (moment - offset).replace(tzinfo=UTC)
    except OverflowError:
        return None


def zoned(date_time: object, zone_name: object) -> datetime | None:
    """Read a dateTimeTimeZone's two parts as an aware UTC datetime; None where they make no instant."""
    moment = wall_time(date_time)
    if moment is None or not isinstance(zone_name, str):
        return None
    try:
        return moment.replace(tzinfo=zone(zone_name)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _moment(match: re.Match[str]) -> datetime | None:
    try:
        moment = datetime.fromisoformat(match[1])
    except ValueError:
        return None
    digits = (match[2] or "").ljust(6, "0")
    return moment.replace(microsecond=int(digits[:6]))
