"""Read and write times in the ways of Graph, for a stranger's emulator."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from stranger_model import RefusedError
from tzlocal.windows_tz import win_tz


def stamp(moment: datetime) -> str:
    """Write a timestamp with seven digits behind the second."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f0Z")


def second(moment: datetime) -> str:
    """Write a timestamp in whole seconds."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def wall(moment: datetime, zone: str) -> dict[str, str]:
    """Write a moment as wall time in a zone; Graph's seventh digit is always 0 here."""
    local = moment.astimezone(zone_of(zone, "TimeZoneNotSupportedException"))
    return {"dateTime": local.strftime("%Y-%m-%dT%H:%M:%S.%f0"), "timeZone": zone}


def moment_of(told: dict[str, Any]) -> datetime:
    """Read a dateTimeTimeZone."""
    zone = zone_of(told["timeZone"], "ErrorPropertyValidationFailure")
    return _parsed(told["dateTime"], zone)


def instant_of(text: str) -> datetime:
    """Read a moment of a query: an offset is honoured, none means UTC (REP-17)."""
    return _parsed(text.replace(" ", "+"), UTC)


def _parsed(text: str, zone: ZoneInfo | Any) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise RefusedError(400, "ErrorInvalidParameter", f"{text} is no time.") from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def zone_of(name: str, code: str) -> ZoneInfo:
    """Return the zone of a Windows or IANA name, else refuse the request with `code`."""
    try:
        return ZoneInfo(win_tz.get(name, name))
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise RefusedError(400, code, f"The zone {name} is not supported.") from error
