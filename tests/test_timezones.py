"""Graph's times and zone names become instants that can be compared."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from graphcal.timezones import instant, wall_time, zone, zoned

EVENING = datetime(2019, 12, 26, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize("name", ["Pacific Standard Time", "America/Los_Angeles", "US/Pacific"])
def test_zone_has_a_windows_and_an_iana_name(name: str) -> None:
    """18:00 on the coast is 02:00 UTC of the next day in winter, whatever the zone is called."""
    assert zoned("2019-12-25T18:00:00", name) == EVENING


ZONED = {
    "winter": ("2019-12-25T18:00:00", "Pacific Standard Time", (2019, 12, 26, 2)),
    "summer": ("2019-06-25T18:00:00", "Pacific Standard Time", (2019, 6, 26, 1)),
    "an hour before spring": ("2019-03-10T01:00:00", "Pacific Standard Time", (2019, 3, 10, 9)),
    "after spring": ("2019-03-10T03:00:00", "Pacific Standard Time", (2019, 3, 10, 10)),
    "the first of two": ("2019-11-03T01:00:00", "Pacific Standard Time", (2019, 11, 3, 8)),
    "half an hour": ("2019-12-25T18:00:00", "India Standard Time", (2019, 12, 25, 12, 30)),
    "other side": ("2019-12-25T18:00:00", "Tonga Standard Time", (2019, 12, 25, 5)),
    "UTC": ("2019-12-25T18:00:00", "UTC", (2019, 12, 25, 18)),
    "Windows UTC": ("2019-12-25T18:00:00", "Coordinated Universal Time", None),
    "seven digits": ("2019-12-25T18:00:00.1234567", "UTC", (2019, 12, 25, 18, 0, 0, 123456)),
    "with an offset": ("2019-12-25T18:00:00Z", "UTC", None),
    "no such zone": ("2019-12-25T18:00:00", "Contoso Standard Time", None),
    "zone is a path": ("2019-12-25T18:00:00", "../../etc/passwd", None),
    "zone is absolute": ("2019-12-25T18:00:00", "/etc/localtime", None),
    "zone is empty": ("2019-12-25T18:00:00", "", None),
    "zone is a folder": ("2019-12-25T18:00:00", "America", None),
    "zone with a NUL": ("2019-12-25T18:00:00", "UTC\0", None),
    "zone of a thousand letters": ("2019-12-25T18:00:00", "x" * 1000, None),
    "zone is null": ("2019-12-25T18:00:00", None, None),
    "zone is a number": ("2019-12-25T18:00:00", 7, None),
    "time is null": (None, "UTC", None),
    "time is an object": ({}, "UTC", None),
    "end of time": ("9999-12-31T23:59:59", "Pacific Standard Time", None),
    "begin of time": ("0001-01-01T00:00:00", "Tokyo Standard Time", None),
}


@pytest.mark.parametrize(("time", "name", "expected"), ZONED.values(), ids=ZONED)
def test_time_and_zone_make_an_instant_or_none(
    time: object, name: object, expected: tuple[int, ...] | None
) -> None:
    """What makes no instant makes None, and never an exception."""
    assert zoned(time, name) == (datetime(*expected, tzinfo=UTC) if expected else None)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize("digits", range(13))
def test_fraction_has_up_to_twelve_digits(digits: int) -> None:
    """Graph prints none to seven digits, OData allows twelve; what is finer than a microsecond is cut."""
    fraction = "." + "123456789012"[:digits] if digits else ""
    expected = int("123456"[:digits].ljust(6, "0"))
    assert instant(f"2019-12-21T05:00:00{fraction}Z") == datetime(2019, 12, 21, 5, 0, 0, expected, tzinfo=UTC)
    assert wall_time(f"2019-12-21T05:00:00{fraction}") == datetime(2019, 12, 21, 5, 0, 0, expected)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("text", "hour"),
    [("05:00:00Z", 5), ("05:00:00+00:00", 5), ("05:00:00-03:00", 8), ("05:00:00+04:30", 0)],
    ids=["Z", "zero", "west", "east"],
)
def test_offset_is_taken_off(text: str, hour: int) -> None:
    """An instant is told in UTC whatever offset it was written with."""
    minute = 30 if "30" in text else 0
    assert instant(f"2019-12-21T{text}") == datetime(2019, 12, 21, hour, minute, tzinfo=UTC)


GARBAGE = [
    "",
    "Z",
    "2019-12-21",
    "2019-12-21T05:00Z",
    "2019-12-21 05:00:00Z",
    "2019-12-21t05:00:00z",
    "2019-13-21T05:00:00Z",
    "2019-02-29T05:00:00Z",
    "2019-12-21T24:00:00Z",
    "2019-12-21T05:00:60Z",
    "2019-12-21T05:00:00.Z",
    "2019-12-21T05:00:00.1234567890123Z",
    "2019-12-21T05:00:00+0100",
    "2019-12-21T05:00:00Z\n",
    " 2019-12-21T05:00:00Z",
    "20191221T050000Z",
    "12019-12-21T05:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "0000-00-00T00:00:00Z",
    None,
    7,
    True,
    [],
    {},
]


@pytest.mark.parametrize("text", GARBAGE, ids=repr)
def test_garbage_is_no_instant(text: object) -> None:
    """What is no time is None, and never an exception."""
    assert instant(text) is None


def test_minimum_is_an_instant() -> None:
    """Graph writes 0001-01-01T00:00:00Z where nobody has answered."""
    assert instant("0001-01-01T00:00:00Z") == datetime(1, 1, 1, tzinfo=UTC)


def test_instant_needs_an_offset_and_wall_time_none() -> None:
    """A DateTimeOffset and a dateTime are not taken for one another."""
    assert instant("2019-12-21T05:00:00") is None
    assert wall_time("2019-12-21T05:00:00Z") is None


def test_unknown_zone_is_named() -> None:
    """The error says which name is none."""
    with pytest.raises(ValueError, match="'Contoso Standard Time' is no Windows or IANA time zone"):
        zone("Contoso Standard Time")
