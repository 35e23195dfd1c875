"""Find the properties of a payload that a schema does not know by name, be their values right or wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from graphcal.schemas.library import Node


Steps = tuple[str | int, ...]


class Names:
    """What schemas know by name."""

    def __init__(self, follow: Callable[[str], Node], holds: Callable[[Node, object], bool]) -> None:
        """Take the function that resolves a $ref and the one that decides the condition of an if."""
        self._follow = follow
        self._holds = holds

    @classmethod
    def of(cls, validator: Any, follow: Callable[[str], Node]) -> Self:
        """Let one of jsonschema's validators decide the conditions."""
        return cls(follow, lambda schema, value: bool(validator.evolve(schema=schema).is_valid(value)))

    def unknown(self, schemas: list[Node], value: object, steps: Steps = ()) -> Iterator[Steps]:
        """Walk through a value and name the way to each property that none of the schemas knows.

        Annotations ("@odata.type", "event@odata.context") are always known.
        """
        nodes = [node for schema in schemas for node in self._applying(schema, value)]
        if isinstance(value, list):
            items = [node["items"] for node in nodes if "items" in node]
            for index, item in enumerate(value if items else ()):
                yield from self.unknown(items, item, (*steps, index))
        elif isinstance(value, dict):
            for name, item in value.items():
                known = [node["properties"][name] for node in nodes if name in node.get("properties", ())]
                if known:
                    yield from self.unknown(known, item, (*steps, name))
                elif _closed(nodes) and "@" not in name:
                    yield (*steps, name)

    def strangers(self, schema: Node, value: Mapping[str, object]) -> list[str]:
        """List the properties of an object itself that a schema does not know."""
        nodes = list(self._applying(schema, value))
        known = {name for node in nodes for name in node.get("properties", ())}
        return [name for name in value if name not in known and "@" not in name]

    def _applying(self, schema: Node, value: object) -> Iterator[Node]:
        """Give a schema and all that apply to the same value through it."""
        yield schema
        if "$ref" in schema:
            yield from self._applying(self._follow(schema["$ref"]), value)
        for each in (*schema.get("allOf", ()), *schema.get("anyOf", ()), *schema.get("oneOf", ())):
            yield from self._applying(each, value)
        if "if" in schema:
            branch = "then" if self._holds(schema["if"], value) else "else"
            yield from self._applying(schema.get(branch, {}), value)


def _closed(nodes: list[Node]) -> bool:
    """Tell whether the schemas of an object name properties at all and none of them says that it is open."""
    return any("properties" in node for node in nodes) and not any(
        node.get("additionalProperties") is True for node in nodes
    )
