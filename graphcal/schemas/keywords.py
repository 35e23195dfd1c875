"""Make jsonschema's validators, with the keywords of which this package knows more than jsonschema does.

Its own messages quote the whole value, which a hostile payload makes huge, or too deep to be written;
its own way from a schema to its parts makes a validator of each at every visit, and its own $ref goes
through a registry, which together take more than half of the time of a validation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend

from graphcal.schemas.closed import Names
from graphcal.schemas.formats import CHECKS
from graphcal.schemas.violation import MISSING

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonschema.protocols import Validator

    from graphcal.schemas.library import Node


MEMBERS, LETTERS = 8, 800  # of a value that is small: its members, and the letters it takes to write
MOST_REMEMBERED = 20_000  # small values
TYPE, NAMESPACE = "@odata.type", "microsoft.graph."

Step = str | int | None  # of a path
Errors = Iterator[ValidationError]


class Validators:
    """Makes one validator of each schema, and of each part of one, where jsonschema makes one at each visit.

    What is remembered of a schema is found by its identity: whoever follows references keeps the schemas.
    """

    def __init__(self, follow: Callable[[str], Node]) -> None:
        """Take the function that resolves a $ref."""
        self._follow = follow
        self._made: dict[int, Validator] = {}
        self._kinds: dict[int, frozenset[type]] = {}
        self._sound: set[tuple[int, str]] = set()
        self._formats = FormatChecker(formats=())
        for name, holds in CHECKS.items():
            self._formats.checks(name)(_of_text(holds))
        keywords = {
            **_LEAVES,
            "$ref": self._reference,
            "properties": self._properties,
            "patternProperties": _pattern_properties,
            "unevaluatedProperties": self._unevaluated,
        }
        self._own: Any = extend(Draft202012Validator, validators=keywords)  # type: ignore[no-untyped-call]
        self._own.evolve = lambda _, schema: self.of(schema)
        self._own.descend = self._descend

    def of(self, schema: Node) -> Validator:
        """Return the validator of a schema."""
        validator = self._made.get(id(schema))
        if validator is None:
            validator = self._made[id(schema)] = self._own(schema, format_checker=self._formats)
        return validator

    def _descend(self, instance: Any, schema: Node, path: Step = None, schema_path: Step = None) -> Errors:
        for error in self.of(schema).iter_errors(instance):
            if path is not None:
                error.path.appendleft(path)
            if schema_path is not None:
                error.schema_path.appendleft(schema_path)
            yield error

    def _reference(self, _: object, target: str, value: Any, __: Node) -> Errors:
        """Follow a $ref once for each small value: the same people answer again and again."""
        node = self._follow(target)
        key = id(node), _written(value)
        if key in self._sound:
            return
        fits = True
        for error in self.of(node).iter_errors(value):
            fits = False
            yield error
        if fits and key[1] and len(self._sound) < MOST_REMEMBERED:
            self._sound.add(key)

    def _properties(self, _: object, named: Node, value: object, __: Node) -> Errors:
        if isinstance(value, dict):
            for name, member in named.items():
                if name in value and type(value[name]) not in self._plain_kinds(member):
                    told = _short_type(value[name]) if name == TYPE else value[name]
                    yield from self._descend(told, member, path=name, schema_path=name)

    def _plain_kinds(self, schema: Node) -> frozenset[type]:
        """Return the types of which all values fit a schema; none where it says more than a type."""
        kinds = self._kinds.get(id(schema))
        if kinds is None:
            kinds = self._kinds[id(schema)] = _plain_kinds(schema)
        return kinds

    def _unevaluated(self, validator: Any, rest: object, value: object, schema: Node) -> Errors:
        if rest is False and isinstance(value, dict):
            for name in Names.of(validator, self._follow).strangers(schema, value):
                yield ValidationError("unknown", path=[name], instance=value[name])


def _type(validator: Any, kinds: str | list[str], value: object, _: Node) -> Errors:
    if not any(validator.is_type(value, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)):
        yield ValidationError("type")


def _enum(_: object, members: list[object], value: object, __: Node) -> Errors:
    if not any(_same(value, member) for member in members):
        yield ValidationError("enum")


def _const(_: object, only: object, value: object, __: Node) -> Errors:
    if not _same(value, only):
        yield ValidationError("const")


def _max_items(_: object, most: int, value: object, __: Node) -> Errors:
    if isinstance(value, list) and len(value) > most:
        yield ValidationError("maxItems")


def _pattern_properties(validator: Any, patterns: Node, value: object, _: Node) -> Errors:
    if isinstance(value, dict):
        for pattern, member in patterns.items():
            for name in value:
                if _is_found(pattern, name):
                    yield from validator.descend(value[name], member, path=name, schema_path=pattern)


@lru_cache(maxsize=4096)
def _is_found(pattern: str, name: str) -> bool:
    """Tell whether a pattern is found in a name: the same few names come in every answer."""
    return re.search(pattern, name) is not None


def _required(_: object, names: list[str], value: object, __: Node) -> Errors:
    if isinstance(value, dict):
        for name in names:
            if name not in value:
                yield ValidationError("required", path=[name], instance=MISSING)


_TYPE_ONLY = {"type", "title", "description", "$comment"}
_KINDS = {"string": str, "boolean": bool, "null": type(None), "integer": int, "object": dict, "array": list}
_LEAVES: dict[str, Any] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "maxItems": _max_items,
    "required": _required,
}


def _short_type(value: object) -> object:
    """Write an annotated type as a fragment, as Graph does; OData allows the whole URI, and some leave the # out."""
    if not isinstance(value, str):
        return value
    name = value.rpartition("#")[2]
    return f"#{name}" if name.startswith(NAMESPACE) else value


def _same(value: object, other: object) -> bool:
    """Compare as JSON does, where true is not 1."""
    return value == other and isinstance(value, bool) is isinstance(other, bool)


def _plain_kinds(schema: Any) -> frozenset[type]:
    if not isinstance(schema, dict) or not schema.keys() <= _TYPE_ONLY:
        return frozenset()
    kinds = schema.get("type", ())
    return frozenset(
        _KINDS[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds) if kind in _KINDS
    )


def _written(value: object) -> str:
    """Write a small value so that no other is written alike; "" for a large one."""
    if isinstance(value, dict | list) and len(value) > MEMBERS:
        return ""
    try:
        text = repr(value)
    except RecursionError:
        return ""
    return text if len(text) <= LETTERS else ""


def _of_text(holds: Callable[[str], bool]) -> Callable[[object], bool]:
    """Let a check of a format pass whatever is no text, as JSON Schema does."""
    return lambda value: not isinstance(value, str) or holds(value)
