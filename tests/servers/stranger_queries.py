"""Apply query options to the collections of a stranger's emulator, and cut them into pages."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlencode

from stranger_filters import Clause, at, clauses
from stranger_model import invalid

if TYPE_CHECKING:
    from stranger_options import Options

Json = dict[str, Any]
Query = dict[str, str]

_EXPANDED = re.compile(r"microsoft\.graph\.eventMessage/event(\(.*\))?")
_OPTIONS = {"$filter", "$select", "$top", "$skip", "$orderby", "$expand", "$count", "$skiptoken"}
_OWN = ("startDateTime", "endDateTime")
ORDERED = ("receivedDateTime", "start/dateTime", "createdDateTime", "subject", "lastModifiedDateTime")
MOST = 1000  # entries that a page can be asked to hold (REP-15)


def read_query(text: str) -> Query:
    """Read the options of a URL. Refuses those that are not known."""
    query = dict(parse_qsl(text, keep_blank_values=True))
    for name in query:
        if name not in _OPTIONS and name not in _OWN:
            raise invalid(f"The query option {name} is not supported.", "RequestBroker--ParseUri")
    return query


def collection(found: list[Json], query: Query, url: str, options: Options) -> Json:
    """Return the page of a collection that a query asks for; `url` is absolute and without a query."""
    of_messages = url.endswith("/messages")
    conditions = _conditions(query, options, of_messages=of_messages)
    found = [entry for entry in found if all(clause.holds(entry) for clause in conditions)]
    found = _ordered(found, query.get("$orderby", ""))[_number(query, "$skip", 0) :]
    size = min(_number(query, "$top", options.page_size, MOST) or 1, options.page_size)
    first = int(query.get("$skiptoken", "p0=")[1:-1], 36)
    page: Json = {"@odata.count": len(found)} if query.get("$count") == "true" else {}
    chosen = query if options.select or not of_messages else {}
    page["value"] = [selected(entry, chosen) for entry in found[first : first + size]]
    if first + size < len(found):
        token = _base36(first + size)
        rest = {**query, "$skiptoken": f"p{token}="}
        page["@odata.nextLink"] = f"{url}?{urlencode(rest, safe='$', quote_via=quote)}"
    return page


def selected(entry: Json, query: Query) -> Json:
    """Reduce an entity to what is selected, its id and its annotations."""
    names = {name.strip() for name in query.get("$select", "").split(",")} - {""}
    if not names:
        return entry
    unknown = names & {"meetingMessageType", "event", "responseType"}
    if unknown:
        raise invalid(f"Could not find a property named {min(unknown)}.", "RequestBroker--ParseUri")
    names |= {"id"}
    return {name: value for name, value in entry.items() if name in names or name.startswith("@")}


def expands(query: Query) -> bool:
    """Say whether a message's event is asked for; nothing else can be expanded."""
    asked = query.get("$expand", "")
    if asked and not _EXPANDED.fullmatch(asked):
        raise invalid(f"{asked} can't be expanded.", "RequestBroker--ParseUri")
    return bool(asked)


def _conditions(query: Query, options: Options, *, of_messages: bool) -> list[Clause]:
    """Read $filter; on messages it begins with the properties of $orderby, where that is given (REP-16)."""
    text = query.get("$filter", "").strip()
    found = clauses(text)
    names = list(dict.fromkeys(clause.name for clause in found))
    ordering = [name for name, _ in _order(query.get("$orderby", ""))]
    if of_messages and found and names[: len(ordering)] != ordering:
        raise invalid("The restriction or sort order is too complex.", "InefficientFilter")
    promised = of_messages and names[:1] in [[""], ["receivedDateTime"]]
    if found and not options.filters and not promised:
        raise invalid(f"The query filter {text} is not supported.", "ErrorInvalidUrlQueryFilter")
    return found


def _order(text: str) -> list[tuple[str, bool]]:
    """Read $orderby: names, and whether each descends."""
    found = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _, direction = part.partition(" ")
        if name not in ORDERED:
            raise invalid(f"{name} can't order a collection.", "ErrorInvalidUrlQuery")
        found.append((name, direction.strip().lower() == "desc"))
    return found


def _ordered(found: list[Json], order: str) -> list[Json]:
    """Order entities; where nothing is said they come oldest first."""
    for name, descends in reversed(_order(order)):
        found = sorted(found, key=partial(at, name=name), reverse=descends)
    return found


def _number(query: Query, name: str, default: int, most: int | None = None) -> int:
    try:
        number = int(query.get(name, default))
    except ValueError as error:
        raise invalid(f"{name} must be a number.", "ErrorInvalidUrlQuery") from error
    if number < 0 or (most is not None and number > most):
        raise invalid(f"{name} is out of range.", "ErrorInvalidUrlQuery")
    return number


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits or "0"
