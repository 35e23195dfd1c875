"""Make jsonschema's validators, with the keywords of which this package knows more than jsonschema does.

Its own messages quote the whole value, which a hostile payload makes huge, or too deep to be written;
its own $ref goes through a registry at every visit, which takes half of the time of a validation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend

from graphcal.schemas.closed import Names
from graphcal.schemas.formats import CHECKS
from graphcal.schemas.violation import MISSING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jsonschema.protocols import Validator

    from graphcal.schemas.library import Node


MEMBERS, LETTERS = 8, 200  # of a value that is small
MOST_REMEMBERED = 20_000  # small values
TYPE, NAMESPACE = "@odata.type", "microsoft.graph."


def validator_maker(follow: Callable[[str], Node]) -> Callable[[Node], Validator]:
    """Return a function that makes a validator of a schema; `follow` resolves a $ref."""
    sound: set[tuple[int, str]] = (
        set()
    )  # small values that fit a schema: the same people answer again and again

    def reference(validator: Any, target: str, value: object, _: Node) -> Iterator[ValidationError]:
        node = follow(target)
        key = id(node), _written(value)
        if key in sound:
            return
        fits = True
        for error in validator.descend(value, node):
            fits = False
            yield error
        if fits and key[1] and len(sound) < MOST_REMEMBERED:
            sound.add(key)

    def unevaluated(validator: Any, rest: object, value: object, schema: Node) -> Iterator[ValidationError]:
        if rest is False and isinstance(value, dict):
            for name in Names.of(validator, follow).strangers(schema, value):
                yield ValidationError("unknown", path=[name], instance=value[name])

    keywords = {
        **_LEAVES,
        "$ref": reference,
        "unevaluatedProperties": unevaluated,
    }
    own: Any = extend(Draft202012Validator, validators=keywords)  # type: ignore[no-untyped-call]
    formats = FormatChecker(formats=())
    for name, holds in CHECKS.items():
        formats.checks(name)(_of_text(holds))
    return lambda schema: own(schema, format_checker=formats)


def _type(validator: Any, kinds: str | list[str], value: object, _: Node) -> Iterator[ValidationError]:
    if not any(validator.is_type(value, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)):
        yield ValidationError("type")


def _enum(_: object, members: list[object], value: object, __: Node) -> Iterator[ValidationError]:
    if not any(_same(value, member) for member in members):
        yield ValidationError("enum")


def _const(_: object, only: object, value: object, __: Node) -> Iterator[ValidationError]:
    if not _same(value, only):
        yield ValidationError("const")


def _max_items(_: object, most: int, value: object, __: Node) -> Iterator[ValidationError]:
    if isinstance(value, list) and len(value) > most:
        yield ValidationError("maxItems")


def _properties(validator: Any, named: Node, value: object, _: Node) -> Iterator[ValidationError]:
    if isinstance(value, dict):
        for name, member in named.items():
            if name in value and not _is_plainly(member, value[name]):
                told = _short_type(value[name]) if name == TYPE else value[name]
                yield from validator.descend(told, member, path=name, schema_path=name)


def _required(_: object, names: list[str], value: object, __: Node) -> Iterator[ValidationError]:
    if isinstance(value, dict):
        for name in names:
            if name not in value:
                yield ValidationError("required", path=[name], instance=MISSING)


_TYPE_ONLY = {"type", "title", "description", "$comment"}
_KINDS = {"string": str, "boolean": bool, "null": type(None), "integer": int, "object": dict, "array": list}
_LEAVES: dict[str, Any] = {
    "type": _type,
    "properties": _properties,
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


def _is_plainly(schema: Any, value: object) -> bool:
    """Tell a value that fits a schema of nothing but a type: no validator need be made for it."""
    if not isinstance(schema, dict) or not schema.keys() <= _TYPE_ONLY:
        return False
    kinds = schema.get("type", ())
    return any(_KINDS.get(kind) is type(value) for kind in ([kinds] if isinstance(kinds, str) else kinds))


def _written(value: object, depth: int = 2) -> str:
    """Write a small value so that no other is written alike; "" for a large one."""
    if isinstance(value, dict) and len(value) <= MEMBERS and depth:
        members = [_written(member, depth - 1) for member in value.values()]
        return f"{{{list(value)}{members}}}" if all(members) else ""
    if isinstance(value, dict | list) or (isinstance(value, str) and len(value) > LETTERS):
        return ""
    return repr(value)


def _of_text(holds: Callable[[str], bool]) -> Callable[[object], bool]:
    """Let a check of a format pass whatever is no text, as JSON Schema does."""
    return lambda value: not isinstance(value, str) or holds(value)
