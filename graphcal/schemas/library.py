"""Find schemas in a folder: each file is read when something first refers to it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Node = Mapping[str, Any]  # a schema or a part of one


class UnknownSchemaError(KeyError):
    """Tell that a reference leads to no schema, and what there is instead."""

    def __str__(self) -> str:
        """Give the sentence itself, where KeyError would quote it."""
        return str(self.args[0])


class Library:
    """The schemas of one folder; a reference is "event", or "eventMessage#/$defs/own" for a part of a file."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; nothing is read yet."""
        self._folder = folder
        self._nodes: dict[str, Node] = {}
        self._pages: dict[int, str] = {}
        self._paged: set[str] = set()

    def names(self) -> list[str]:
        """List the schemas of the folder."""
        return sorted(path.stem for path in self._folder.glob("*.json"))

    def node(self, reference: str) -> Node:
        """Follow a reference; one that leads nowhere is an UnknownSchemaError."""
        known = self._nodes.get(reference)
        if known is None:
            known = self._nodes[reference] = self._found(reference)
        return known

    def page(self, node: Node) -> str:
        """Name the page that the nearest $comment around a node names."""
        for name in [name for name in self._nodes if "#" not in name and name not in self._paged]:
            self._paged.add(name)
            self._pages.update(_pages(self._nodes[name], ""))
        return self._pages.get(id(node), "")

    def _found(self, reference: str) -> Node:
        name, _, pointer = reference.partition("#")
        name = name.removesuffix(".json")
        canonical = f"{name}#{pointer}" if pointer else name
        if canonical != reference:
            return self.node(canonical)
        if not pointer:
            return self._read(name)
        node: Any = self.node(name)
        for step in pointer.strip("/").split("/"):
            if not isinstance(node, dict) or step not in node:
                raise UnknownSchemaError(f'"{reference}": {name}.json has no {pointer}{_meant(step, node)}')
            node = node[step]
        return cast("Node", node)

    def _read(self, name: str) -> Node:
        path = self._folder / f"{name}.json"
        if not path.is_file():
            raise UnknownSchemaError(
                f'"{name}": no such schema in {self._folder}{_meant(name, self.names())}'
            )
        text = path.read_text(encoding="utf-8")
        # References within a file name the file, so that they mean the same wherever they are met.
        node: dict[str, Any] = json.loads(re.sub(r'("\$ref":\s*")#', rf"\g<1>{name}.json#", text))
        # jsonschema takes $schema as a wish for its own validator class, and $id as a base to resolve from.
        del node["$schema"], node["$id"]
        return node


def _meant(name: str, known: Any) -> str:
    import difflib  # noqa: PLC0415  # only a mistyped reference needs it

    close = difflib.get_close_matches(name, known if isinstance(known, dict | list) else [], n=1, cutoff=0.7)
    return f'; did you mean "{close[0]}"?' if close else ""


def _pages(node: Any, page: str) -> Iterator[tuple[int, str]]:
    if isinstance(node, dict):
        page = node.get("$comment", page)
        yield id(node), page
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _pages(child, page)
