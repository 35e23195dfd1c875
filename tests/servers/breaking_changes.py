"""Change entities in the ways of a service that breaks a requirement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from stranger_model import NEVER, PARTIES
from stranger_times import moment_of, wall

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]

ALEX, ADELE, MEGAN, CHRISTIE, DIEGO = (
    {"emailAddress": {"name": PARTIES[key].name, "address": PARTIES[key].address}}
    for key in ("alex", "adele", "megan", "christie", "diego")
)
STAMPS = ("createdDateTime", "lastModifiedDateTime", "sentDateTime", "receivedDateTime")


def put(path: str, value: object) -> Callable[[Json], None]:
    """Set what lies at a dotted path; annotations are named whole."""
    way = [path] if path.startswith("@") else path.split(".")

    def change(entity: Json) -> None:
        for name in way[:-1]:
            entity = entity.setdefault(name, {})
        entity[way[-1]] = value

    return change


def drop(name: str) -> Callable[[Json], None]:
    """Remove a property."""
    return lambda entity: entity.pop(name, None)


def drop_in(*way: str) -> Callable[[Json], None]:
    """Remove a property of a property."""

    def change(entity: Json) -> None:
        for name in way[:-1]:
            entity = entity.get(name) or {}
        entity.pop(way[-1], None)

    return change


def add(name: str, party: Json) -> Callable[[Json], None]:
    """Add somebody to the attendees or recipients."""
    attends = (
        {"type": "required", "status": {"response": "none", "time": NEVER}} if name == "attendees" else {}
    )

    def change(entity: Json) -> None:
        entity[name] = [*entity.get(name, []), {**attends, **party}]

    return change


def remove(name: str, party: Json) -> Callable[[Json], None]:
    """Remove somebody from the attendees or recipients."""

    def change(entity: Json) -> None:
        entity[name] = [entry for entry in entity.get(name, []) if not _same(entry, party)]

    return change


def of(name: str, party: Json, inner: Callable[[Json], None]) -> Callable[[Json], None]:
    """Change the entry of somebody."""

    def change(entity: Json) -> None:
        for entry in entity.get(name, []):
            if _same(entry, party):
                inner(entry)

    return change


def respond(response: str) -> Callable[[Json], None]:
    """Tell another answer; one that was none gets a time."""

    def change(attendee: Json) -> None:
        time = "2026-01-01T00:00:00.0000000Z" if response != "none" else NEVER
        attendee["status"] = {"response": response, "time": time}

    return change


def of_times(inner: Callable[[str], str]) -> Callable[[Json], None]:
    """Write start and end in another way."""

    def change(event: Json) -> None:
        for name in ("start", "end"):
            event[name] = {**event[name], "dateTime": inner(event[name]["dateTime"])}

    return change


def of_stamps(inner: Callable[[str], str]) -> Callable[[Json], None]:
    """Write timestamps in another way."""

    def change(item: Json) -> None:
        for name in STAMPS:
            if name in item:
                item[name] = inner(item[name])

    return change


def _zoned(zone: str) -> Callable[[Json], None]:
    def change(event: Json) -> None:
        for name in ("start", "end"):
            event[name] = wall(moment_of(event[name]), zone)

    return change


def plain_link(item: Json) -> None:
    """Put the id into the web link as it is."""
    item["webLink"] = item["webLink"].replace(quote(item["id"], safe=""), item["id"])


def _same(entry: Json, party: Json) -> bool:
    addresses = [str(one["emailAddress"]["address"]).casefold() for one in (entry, party)]
    return addresses[0] == addresses[1]


to_utc = _zoned("UTC")
to_tokyo = _zoned("Tokyo Standard Time")
