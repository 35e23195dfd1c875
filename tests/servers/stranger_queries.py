"""Apply query options to the collections of a stranger's emulator, and cut them into pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlencode

from stranger_world import Options, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]
Query = dict[str, str]

_EQUAL = re.compile(r"(iCalUId|subject) eq '((?:[^']|'')*)'")
_CALL = re.compile(r"(startswith|contains)\(subject, ?'((?:[^']|'')*)'\)")
_EXPANDED = re.compile(r"microsoft\.graph\.eventMessage/event(\(.*\))?")
_OPTIONS = {"$filter", "$select", "$top", "$skip", "$orderby", "$expand", "$count", "$skiptoken"}
_OWN = ("startDateTime", "endDateTime")


def read_query(text: str) -> Query:
    """Read the options of a URL. Refuses those that are not known."""
    query = dict(parse_qsl(text, keep_blank_values=True))
    for name in query:
        if name not in _OPTIONS and name not in _OWN:
            raise RefusedError(400, "RequestBroker--ParseUri", f"The query option {name} is not supported.")
    return query


def collection(found: list[Json], query: Query, url: str, options: Options) -> Json:
    """Return the page of a collection that a query asks for; `url` is absolute and without a query."""
    found = [entry for entry in found if _filter(query, options)(entry)]
    found = _ordered(found, query.get("$orderby", ""))[_number(query, "$skip", 0) :]
    size = min(_number(query, "$top", options.page_size) or 1, options.page_size)
    first = int(query.get("$skiptoken", "p0=")[1:-1], 36)
    page: Json = {"@odata.count": len(found)} if query.get("$count") == "true" else {}
    page["value"] = [selected(entry, query, options) for entry in found[first : first + size]]
    if first + size < len(found):
        token = _base36(first + size)
        rest = {**query, "$skiptoken": f"p{token}="}
        page["@odata.nextLink"] = f"{url}?{urlencode(rest, safe='$', quote_via=quote)}"
    return page


def selected(entry: Json, query: Query, options: Options) -> Json:
    """Reduce an entity to what is selected, its id and its annotations."""
    names = {name.strip() for name in query.get("$select", "").split(",")} - {""}
    if not names or not options.select:
        return entry
    unknown = names & {"meetingMessageType", "event", "responseType"}
    if unknown:
        raise RefusedError(400, "RequestBroker--ParseUri", f"Could not find a property named {min(unknown)}.")
    names |= {"id"}
    return {name: value for name, value in entry.items() if name in names or name.startswith("@")}


def expands(query: Query) -> bool:
    """Say whether a message's event is asked for; nothing else can be expanded."""
    asked = query.get("$expand", "")
    if asked and not _EXPANDED.fullmatch(asked):
        raise RefusedError(400, "RequestBroker--ParseUri", f"{asked} can't be expanded.")
    return bool(asked)


def _filter(query: Query, options: Options) -> Callable[[Json], bool]:
    text = query.get("$filter", "").strip()
    if not text:
        return lambda _: True
    equal, call = _EQUAL.fullmatch(text), _CALL.fullmatch(text)
    if equal and options.filters:
        name, wanted = equal[1], equal[2].replace("''", "'")
        return lambda entry: name in entry and entry[name] == wanted
    if call and options.filters:
        wanted = call[2].replace("''", "'").casefold()
        test = str.startswith if call[1] == "startswith" else str.__contains__
        return lambda entry: bool(test(str(entry.get("subject") or "").casefold(), wanted))
    raise RefusedError(400, "ErrorInvalidUrlQueryFilter", f"The query filter {text} is not supported.")


def _ordered(found: list[Json], order: str) -> list[Json]:
    """Order entities; where nothing is said they come oldest first."""
    if not order:
        return found
    name, _, direction = order.partition(" ")
    if name not in {
        "receivedDateTime",
        "start/dateTime",
        "createdDateTime",
        "subject",
        "lastModifiedDateTime",
    }:
        raise RefusedError(400, "ErrorInvalidUrlQuery", f"{name} can't order a collection.")
    ordering = name.split("/")

    def value(entry: Json) -> str:
        part: Any = entry
        for step in ordering:
            part = part.get(step) or ""
        return str(part)

    return sorted(found, key=value, reverse=direction == "desc")


def _number(query: Query, name: str, default: int) -> int:
    try:
        return max(int(query.get(name, default)), 0)
    except ValueError as error:
        raise RefusedError(400, "ErrorInvalidUrlQuery", f"{name} must be a number.") from error


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits or "0"
