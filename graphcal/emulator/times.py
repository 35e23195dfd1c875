"""Turn clock times with zone names into instants and back (REP-01 to REP-06)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from tzlocal.windows_tz import win_tz

MINIMUM = datetime(1, 1, 1, tzinfo=UTC)  # how the service writes "never"
CLEARED = datetime(4501, 1, 1, tzinfo=UTC)  # how it writes "not any more" (LIF-05)
_LOCAL = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)?")


@dataclass(frozen=True)
class Moment:
    """An instant, and the zone in which its author thinks of it."""

    instant: datetime
    zone: str


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """Return every accepted zone name in lower case, with the IANA name behind it (REP-06)."""
    names = {name.lower(): name for name in available_timezones()}
    return names | {windows.lower(): iana for windows, iana in win_tz.items()} | {"utc": "Etc/UTC"}


def zone(name: str) -> ZoneInfo | None:
    """Return the rules of a Windows or IANA zone, None for an unknown name."""
    found = _zones().get(name.strip().lower())
    return ZoneInfo(found) if found else None


def parse(text: str) -> datetime | None:
    """Read an ISO 8601 time; naive without an offset, aware with one; None if it is neither."""
    match = _LOCAL.fullmatch(text.strip())
    if match is None:
        return None
    clock, fraction, offset = match.groups()
    try:
        found = datetime.fromisoformat(clock + ("+00:00" if offset == "Z" else offset or ""))
    except ValueError:
        return None
    return found + timedelta(microseconds=int((fraction or "0").ljust(6, "0")[:6]))


def instant(text: str, zone_name: str) -> datetime | None:
    """Return the UTC instant of a clock time in a zone; an offset in the text wins over the zone."""
    local, rules = parse(text), zone(zone_name)
    if local is None or rules is None:
        return None
    aware = local if local.tzinfo else local.replace(tzinfo=rules)
    try:
        return aware.astimezone(UTC)
    except OverflowError:
        return None


def stamp(when: datetime) -> str:
    """Write a timestamp with a sub-second part, as on events; `MINIMUM` and its like without (REP-05)."""
    whole = when in (MINIMUM, CLEARED)
    return when.replace(tzinfo=None).isoformat(timespec="seconds" if whole else "microseconds") + (
        "Z" if whole else "0Z"
    )


def whole(when: datetime) -> str:
    """Write a timestamp in whole seconds, as on messages (REP-05)."""
    return when.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def clock_time(when: datetime, zone_name: str) -> dict[str, str]:
    """Write an instant as clock time in a zone, with seven digits and no offset (REP-04)."""
    local = when.astimezone(zone(zone_name) or UTC).replace(tzinfo=None)
    return {"dateTime": local.isoformat(timespec="microseconds") + "0", "timeZone": zone_name}
