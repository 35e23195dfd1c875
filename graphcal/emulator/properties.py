"""Check JSON values that clients send: enumerations in any case, clock times in known zones, and so on."""

from __future__ import annotations

import copy
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any

from graphcal.emulator import times
from graphcal.emulator.bodies import Body
from graphcal.emulator.errors import invalid_property
from graphcal.emulator.model import Address, Attendee, Slot
from graphcal.emulator.times import Moment

if TYPE_CHECKING:
    from collections.abc import Iterable

IMPORTANCE = ("low", "normal", "high")
SENSITIVITY = ("normal", "personal", "private", "confidential")
SHOW_AS = ("free", "tentative", "busy", "oof", "workingElsewhere", "unknown")
ATTENDEE_KINDS = ("required", "optional", "resource")
LOCATION_TYPES = (
    "default", "conferenceRoom", "homeAddress", "businessAddress", "geoCoordinates", "streetAddress", "hotel",
    "restaurant", "localBusiness", "postalAddress",
)  # fmt: skip
UNIQUE_ID_TYPES = ("unknown", "locationStore", "directory", "private", "bing")


def without_annotations(given: dict[str, Any]) -> dict[str, Any]:
    """Drop `@odata.type` and its like, which official clients add to what they send."""
    return {name: value for name, value in given.items() if "@" not in name}


def fold(given: dict[str, Any]) -> dict[str, Any]:
    """Return an action's parameters in lower camel case: some clients send `SendResponse`."""
    return {name[:1].lower() + name[1:]: value for name, value in without_annotations(given).items()}


def text(name: str, value: Any) -> str:
    """Return a string; null stands for an empty one."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise invalid_property(f"'{name}' is a string.")
    return value


def truth(name: str, value: Any) -> bool:
    """Return a Boolean."""
    if not isinstance(value, bool):
        raise invalid_property(f"'{name}' is a Boolean.")
    return value


def spelt_truth(name: str, value: Any) -> bool:
    """Return a Boolean, also from its name: the client O365 sends `"false"` for `isOnlineMeeting`."""
    return truth(name, {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value)


def number(name: str, value: Any) -> int:
    """Return an integer."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise invalid_property(f"'{name}' is an integer.")
    return value


def choice(name: str, value: Any, members: Iterable[str]) -> str:
    """Return the metadata's spelling of an enumeration member (INV-17)."""
    for member in members:
        if isinstance(value, str) and value.lower() == member.lower():
            return member
    raise invalid_property(f"'{value}' is no member of the enumeration of '{name}'.")


def an_object(name: str, value: Any) -> dict[str, Any]:
    """Return a JSON object, without annotations."""
    if not isinstance(value, dict):
        raise invalid_property(f"'{name}' is an object.")
    return without_annotations(value)


def a_list(name: str, value: Any) -> list[Any]:
    """Return a list; null stands for an empty one."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise invalid_property(f"'{name}' is a collection.")
    return value


def moment(name: str, value: Any, *, all_day: bool = False) -> Moment:
    """Read a `dateTimeTimeZone` (REP-04, REP-06); whole days are kept as their dates, without a zone."""
    given = an_object(name, value)
    zone = text(name, given.get("timeZone")) or "UTC"
    clock = text(name, given.get("dateTime"))
    if times.zone(zone) is None:
        raise invalid_property(f"'{zone}' in '{name}' is no known time zone.")
    local = times.parse(clock)
    instant = times.instant(clock, zone)
    if local is None or instant is None:
        raise invalid_property(f"'{clock}' in '{name}' is no time.")
    if all_day:
        if local.time().replace(tzinfo=None).isoformat() != "00:00:00":
            raise invalid_property(f"'{name}' of an all-day event is midnight.")
        instant = local.replace(tzinfo=UTC)
    return Moment(instant, zone)


def slot(name: str, value: Any) -> Slot:
    """Read a `timeSlot`."""
    given = an_object(name, value)
    found = Slot(moment(name, given.get("start")), moment(name, given.get("end")))
    if found.end.instant < found.start.instant:
        raise invalid_property(f"'{name}' ends before it starts.")
    return found


def body(name: str, value: Any) -> Body:
    """Read an `itemBody`."""
    if value is None:
        return Body()
    given = an_object(name, value)
    kind = choice("contentType", given.get("contentType") or "text", ("text", "html"))
    return Body(text("content", given.get("content")), kind)


def address(name: str, value: Any) -> Address:
    """Read an `emailAddress`, which needs an address."""
    given = an_object(name, value)
    found = text("address", given.get("address")).strip()
    if "@" not in found:
        raise invalid_property(f"'{found}' in '{name}' is no address.")
    return Address(text("name", given.get("name")) or found, found)


def attendee(value: Any) -> Attendee:
    """Read an `attendee`; a status in it is ignored, for only answers set it."""
    given = an_object("attendees", value)
    kind = choice("type", given.get("type") or "required", ATTENDEE_KINDS)  # INV-10
    return Attendee(address("emailAddress", given.get("emailAddress")), kind)


def location(value: Any) -> dict[str, Any]:
    """Read a `location` and add what the service adds to a bare name (INV-19)."""
    given = copy.deepcopy(an_object("location", value)) if value is not None else {}
    shown = text("displayName", given.get("displayName"))
    found: dict[str, Any] = {"displayName": shown}
    found["locationType"] = choice("locationType", given.get("locationType") or "default", LOCATION_TYPES)
    if shown:
        found["uniqueId"] = text("uniqueId", given.get("uniqueId")) or shown
    kind = given.get("uniqueIdType") or ("private" if shown else "unknown")
    found["uniqueIdType"] = choice("uniqueIdType", kind, UNIQUE_ID_TYPES)
    for name in ("locationUri", "locationEmailAddress", "address", "coordinates"):
        if given.get(name) is not None:
            found[name] = given[name]
    return found


def longest_day(start: Moment, end: Moment) -> bool:
    """Tell whether an all-day event lasts at least one whole day."""
    return end.instant - start.instant >= timedelta(days=1)
