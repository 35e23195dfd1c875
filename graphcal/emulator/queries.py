"""Apply query options to what is listed: `$filter`, `$orderby`, `$skip`, `$top`, `$select`, `$expand`, paging."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cmp_to_key
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from graphcal.emulator.calls import Look
from graphcal.emulator.errors import GraphError, bad_query, invalid_parameter
from graphcal.emulator.web import Response

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graphcal.emulator.calls import Call

T = TypeVar("T")
DEFAULT_SIZE = 10  # REP-15
LARGEST_SIZE = 1000
_KNOWN = frozenset(
    {"$filter", "$orderby", "$skip", "$top", "$select", "$expand", "$count", "$format", "$search"}
)
_ALWAYS = ("@odata.type", "@odata.etag", "id")  # REP-11


def options(given: Mapping[str, str]) -> dict[str, str]:
    """Return the OData options, also those written without `$`; 400 for one that does not exist."""
    found = {}
    for name, value in given.items():
        bare = name.lstrip("$").lower()
        if f"${bare}" in _KNOWN:
            found[f"${bare}"] = value
        elif name.startswith("$"):
            raise bad_query(f"The query option '{name}' is not supported.")
        else:
            found[name] = value
    return found


def _count(call: Call, name: str, default: int, largest: int | None) -> int:
    text = call.options.get(name)
    if text is None:
        return default
    number = int(text) if text.isascii() and text.isdecimal() else -1
    if number < (0 if name == "$skip" else 1) or (largest is not None and number > largest):
        raise invalid_parameter(f"'{text}' is no value for '{name}'.")
    return number


def _preferred_size(call: Call) -> int:
    """Return the page size that the caller prefers, else the default one."""
    wanted = call.request.preferences().get("odata.maxpagesize", "")
    usable = wanted.isascii() and wanted.isdecimal() and 1 <= int(wanted) <= LARGEST_SIZE
    return int(wanted) if usable else DEFAULT_SIZE


def names(text: str | None) -> list[str]:
    """Return the properties of a `$select`, without the type that may stand before each."""
    found = [part.strip().rpartition("/")[2] for part in (text or "").split(",")]
    return [name for name in found if name]


def project(item: dict[str, Any], select: str | None) -> dict[str, Any]:
    """Keep the selected properties, and those that always come (REP-11)."""
    wanted = names(select)
    if not wanted or "*" in wanted:
        return item
    kept = {*_ALWAYS, *wanted}
    return {name: value for name, value in item.items() if name in kept or name.partition("@")[0] in wanted}


def expansions(call: Call) -> dict[str, str]:
    """Return the navigations of `$expand`, each with the options in its parentheses."""
    text = call.options.get("$expand", "")
    parts = re.findall(r"([\w./]+)(?:\(((?:[^()]|\([^()]*\))*)\))?", text)
    if text and not parts:
        raise bad_query(f"'{text}' is no expansion.")
    return dict(parts)


def named(call: Call, path: str) -> str:
    """Return a path with the projection that metadata links carry."""
    projection = names(call.options.get("$select")) + [f"{name}()" for name in expansions(call)]
    return f"{path}({','.join(projection)})" if projection else path


def _ordered(items: list[tuple[T, dict[str, Any]]], orderby: str) -> list[tuple[T, dict[str, Any]]]:
    for part in reversed(orderby.split(",")):
        path, _, direction = part.strip().partition(" ")
        if direction.strip().lower() not in {"", "asc", "desc"} or not re.fullmatch(r"[\w/]+", path):
            raise bad_query(f"'{part.strip()}' is no order.")
        items = sorted(items, key=cmp_to_key(_comparison(path)), reverse=direction.strip().lower() == "desc")
    return items


def _comparison(path: str) -> Callable[[tuple[T, dict[str, Any]], tuple[T, dict[str, Any]]], int]:
    def compare(left: tuple[T, dict[str, Any]], right: tuple[T, dict[str, Any]]) -> int:
        a, b = (str(_at(item, path)).lower() for _, item in (left, right))
        return (a > b) - (a < b)

    return compare


def _at(item: Any, path: str) -> Any:
    for name in path.split("/"):
        item = item.get(name) if isinstance(item, dict) else None
    return item


def check_efficiency(call: Call) -> None:
    """Refuse an order by what the filter does not name first, as messages do (REP-16)."""
    if "$filter" not in call.options or "$orderby" not in call.options:
        return
    from graphcal.emulator import filters  # noqa: PLC0415 - see `page`

    filtered = list(dict.fromkeys(filters.roots(filters.parse(call.options["$filter"]))))
    ordered = [
        part.strip().partition(" ")[0].partition("/")[0] for part in call.options["$orderby"].split(",")
    ]
    sentence = "The restriction or sort order is too complex for this operation."
    refusal = GraphError(400, "InefficientFilter", sentence)
    call.tenant.seams.require("REP-16", filtered[: len(ordered)] == ordered, refusal)


def page(
    call: Call,
    found: list[T],
    write: Callable[[Call, T], dict[str, Any]],
    path: str,
    *,
    filterable: Callable[[Call, T], dict[str, Any]] | None = None,
) -> Response:
    """Answer with one page of what was found, and a link to the next one (REP-15)."""
    plain = replace(call, look=Look()) if call.look != Look() else call
    pairs = (
        [(one, (filterable or write)(plain, one)) for one in found]
        if _looks_inside(call)
        else [(one, {}) for one in found]
    )
    if "$filter" in call.options:
        from graphcal.emulator import filters  # noqa: PLC0415 - its grammar takes as long as all other imports

        condition = filters.parse(call.options["$filter"])
        ignored = "REP-13" in call.tenant.seams.waived and filters.roots(condition) == ["iCalUId"]
        pairs = [pair for pair in pairs if ignored or filters.matches(condition, pair[1])]
    if "$orderby" in call.options:
        pairs = _ordered(pairs, call.options["$orderby"])
    size = _count(call, "$top", _preferred_size(call), LARGEST_SIZE)
    skip = _count(call, "$skip", 0, None)
    shown = [project(write(call, one), call.options.get("$select")) for one, _ in pairs[skip : skip + size]]
    body: dict[str, Any] = {"@odata.context": call.context(named(call, path))}
    if call.options.get("$count", "").lower() == "true":
        body["@odata.count"] = len(pairs)
    body["value"] = shown
    if skip + size < len(pairs):
        body["@odata.nextLink"] = _link(call, skip + size)
    return Response(200, body)


def _link(call: Call, skip: int) -> str:
    """Return the address of the page after so many items: the caller's own, with its other options."""
    given = call.request.parameters().items()
    rest = [(name, value) for name, value in given if name.lstrip("$").lower() != "skip"]
    query = urlencode([*rest, ("$skip", str(skip))], safe="$")
    return f"{call.request.origin}{_encoded(call.request.path)}?{query}"


def _looks_inside(call: Call) -> bool:
    return "$filter" in call.options or "$orderby" in call.options


def _encoded(path: str) -> str:
    return re.sub(
        r"[^\w\-./~@=$:']", lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), path
    )
