"""Apply $filter to the collections of a stranger's emulator: clauses that are joined by "and"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from stranger_model import invalid

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]

_TEXT = r"'(?P<text>(?:[^']|'')*)'"
_CLAUSES = (
    re.compile(rf"(?P<name>[\w/]+) (?P<operator>eq|ne|ge|gt|le|lt) (?:{_TEXT}|(?P<plain>[\w:.+\-]+))"),
    re.compile(rf"(?P<operator>startswith|contains)\((?P<name>subject), ?{_TEXT}\)"),
    re.compile(
        r"singleValueExtendedProperties/any\((?P<name>\w+): ?(?P=name)/id eq '(?P<property>[^']*)' and "
        rf"(?P=name)/value (?P<operator>eq) {_TEXT}\)",
        re.IGNORECASE,
    ),
    re.compile(
        r"singleValueExtendedProperties/any\((?P<name>\w+): ?(?P=name)/id eq '(?P<property>[^']*)' and "
        rf"(?P<operator>startswith)\((?P=name)/value, ?{_TEXT}\)\)",
        re.IGNORECASE,
    ),
)
_AND = re.compile(r"\s+and\s+")
_MESSAGE_CLASS = {"string 0x001a", "string 0x1a"}
_CLASSES = {
    "meetingRequest": "IPM.Schedule.Meeting.Request",
    "meetingCancelled": "IPM.Schedule.Meeting.Canceled",
    "meetingAccepted": "IPM.Schedule.Meeting.Resp.Pos",
    "meetingTenativelyAccepted": "IPM.Schedule.Meeting.Resp.Tent",
    "meetingDeclined": "IPM.Schedule.Meeting.Resp.Neg",
}
_PROPERTIES = {
    "iCalUId",
    "subject",
    "receivedDateTime",
    "sentDateTime",
    "isRead",
    "start/dateTime",
    "end/dateTime",
    "from/emailAddress/address",
}
_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda left, right: left == right,
    "ne": lambda left, right: left != right,
    "ge": lambda left, right: left >= right,
    "gt": lambda left, right: left > right,
    "le": lambda left, right: left <= right,
    "lt": lambda left, right: left < right,
    "startswith": lambda left, right: left.startswith(right),
    "contains": lambda left, right: right in left,
}


@dataclass(frozen=True)
class Clause:
    """One condition; `name` is the property's path, "" for the message's class."""

    name: str
    operator: str
    wanted: str

    def holds(self, entry: Json) -> bool:
        """Tell whether an entity meets the condition."""
        found = (
            at(entry, self.name)
            if self.name
            else _CLASSES.get(entry.get("meetingMessageType", ""), "IPM.Note")
        )
        return _OPERATORS[self.operator](*(_comparable(text) for text in (found, self.wanted)))


def at(entry: Json, name: str) -> str:
    """Return the value of a property, by its path, as text."""
    part: Any = entry
    for step in name.split("/"):
        part = (part or {}).get(step)
    return str(part).lower() if isinstance(part, bool) else str(part or "")


def _comparable(text: str) -> Any:
    try:
        return f"{datetime.fromisoformat(text):%Y-%m-%dT%H:%M:%S.%f}"
    except ValueError:
        return text.casefold()


def clauses(text: str) -> list[Clause]:
    """Read a $filter. Refuses what can't be filtered by (REP-13, REP-14)."""
    found, rest = [], text.strip()
    while rest:
        match = next((match for match in (clause.match(rest) for clause in _CLAUSES) if match), None)
        rest = rest[match.end() :] if match else rest
        joined = _AND.match(rest)
        if match is None or (rest and not joined):
            raise invalid(f"The query filter {text} is not supported.", "ErrorInvalidUrlQueryFilter")
        rest = rest[joined.end() :] if joined else ""
        found.append(_clause(match, text))
    return found


def _clause(match: re.Match[str], text: str) -> Clause:
    given = match.groupdict()
    wanted = given["text"] if given["text"] is not None else given["plain"]
    if "property" in given:
        if given["property"].casefold() in _MESSAGE_CLASS:
            return Clause("", given["operator"].lower(), wanted)
    elif given["name"] in _PROPERTIES:
        return Clause(given["name"], given["operator"], wanted.replace("''", "'"))
    raise invalid(f"The query filter {text} is not supported.", "ErrorInvalidUrlQueryFilter")
