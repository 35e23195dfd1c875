"""Say in plain words what a schema allows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from graphcal.schemas.library import Node


_TYPES = {
    "string": "a string",
    "boolean": "a boolean",
    "integer": "an integer",
    "number": "a number",
    "object": "an object",
    "array": "an array",
    "null": "null",
}
_FORMATS = {
    "date-time": 'an instant such as "2019-12-21T04:59:01.9766929Z"',
    "graph-date-time": 'a date and time without an offset, such as "2019-12-25T18:00:00.0000000"',
    "date": 'a day such as "2019-12-25"',
    "time-of-day": 'a time of day such as "08:00:00.0000000"',
    "base64": "bytes in base64",
}


def allowed(schema: Node, follow: Callable[[str], Node]) -> str:
    """Describe what a schema allows by the most telling of its keywords; `follow` resolves a $ref."""
    if "x-words" in schema:
        return str(schema["x-words"])
    if "$ref" in schema:
        words = allowed(follow(schema["$ref"]), follow)
        return words if "null" in schema.get("type", "null") else words.removesuffix(" or null")
    for keyword, phrase in _PHRASES.items():
        if keyword in schema:
            return phrase(schema)
    return "a value"


def hint(schema: Node, value: object) -> str:
    """Say what else is known of a wrong value: a slip that the schema names, or the wrong case."""
    if not isinstance(value, str):
        return ""
    if value in schema.get("x-hints", ()):
        return str(schema["x-hints"][value])
    members = [each for each in (*schema.get("enum", ()), schema.get("const")) if isinstance(each, str)]
    same = [each for each in members if each.casefold() == value.casefold()]
    return f"only the case differs from {json.dumps(same[0])}" if same else ""


def _const(schema: Node) -> str:
    return json.dumps(schema["const"], ensure_ascii=False)


def _enum(schema: Node) -> str:
    members = [json.dumps(each, ensure_ascii=False) for each in schema["enum"] if each is not None]
    listed = f"one of {', '.join(members)}" if len(members) > 1 else members[0]
    return f"{listed} or null" if None in schema["enum"] else listed


def _format(schema: Node) -> str:
    return _or_null(_FORMATS.get(schema["format"], f"a {schema['format']}"), schema)


def _length(schema: Node) -> str:
    least = schema["minLength"]
    return _or_null("a non-empty string" if least == 1 else f"a string of {least} or more characters", schema)


def _pattern(schema: Node) -> str:
    return _or_null(f"text that matches {schema['pattern']}", schema)


def _items(schema: Node) -> str:
    if schema.get("maxItems") == 0:
        return "an empty array"
    return "a non-empty array" if schema.get("minItems") == 1 else "an array of another length"


def _range(schema: Node) -> str:
    bounds = [f"{word} {schema[word]}" for word in ("minimum", "maximum") if word in schema]
    return _or_null(f"an integer with the {' and the '.join(bounds)}", schema)


def _type(schema: Node) -> str:
    kinds = schema["type"]
    return _joined(_TYPES[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds))


def _or_null(words: str, schema: Node) -> str:
    return f"{words} or null" if "null" in schema.get("type", ()) else words


def _joined(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


_PHRASES: Mapping[str, Callable[[Node], str]] = {
    "const": _const,
    "enum": _enum,
    "format": _format,
    "pattern": _pattern,
    "minLength": _length,
    "maxItems": _items,
    "minItems": _items,
    "minimum": _range,
    "maximum": _range,
    "type": _type,
}
