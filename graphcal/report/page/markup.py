"""Write HTML from texts that nobody vouches for: whatever is not Markup already is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from string import Formatter

_PIECES = re.compile(r"`(?P<code>[^`\n]+)`|(?P<link>https://[^\s<>\"'`]+[^\s<>\"'`.,;:!?)])")
_VOID = {"br", "input", "link", "meta"}
_INLINE = {"a", "b", "code", "i", "mark", "small", "span", "time"}


class Markup(str):
    """HTML, safe to be put into a page as it is."""

    __slots__ = ()


Child = str | None | Iterable["Child"]


def tag(name: str, /, *children: Child, **attributes: str | int | None) -> Markup:
    """Write an element: texts are escaped, Markup is not, lists are flattened, None is left out.

    An attribute is named as in HTML, with "_" for "-" and `class_` for class; None leaves it out.
    """
    start = name + "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    end = "" if name in _INLINE else "\n"
    return Markup(f"<{start}>{end}" if name in _VOID else f"<{start}>{join(children)}</{name}>{end}")


def join(children: Iterable[Child]) -> Markup:
    """Write one thing after the other, escaping what is not Markup."""
    return Markup("".join(map(_written, children)))


def _written(child: Child) -> str:
    if child is None or isinstance(child, Markup):
        return child or ""
    return escape(child, quote=False) if isinstance(child, str) else join(child)


def filled(template: str, **children: Child) -> list[Child]:
    """Put children into the places of a sentence: "At {place} in the answer {answer}"."""
    written: list[Child] = []
    for text, name, _, _ in Formatter().parse(template):
        written += [text, children[name] if name else None]
    return written


def prose(value: str) -> Markup:
    """Write a sentence: `code` between backticks, https:// addresses as links, the rest as it is."""
    written: list[str] = []
    end = 0
    for piece in _PIECES.finditer(value):
        written.append(value[end : piece.start()])
        written.append(tag("code", piece["code"]) if piece["code"] else link(piece["link"], piece["link"]))
        end = piece.end()
    return join([*written, value[end:]])


def link(target: str, label: str, **attributes: str | None) -> Markup:
    """Link a label to a fragment of the page or to an https:// address; any other target is left out."""
    if target.startswith(("#", "https://")):
        return tag("a", label, href=target, **attributes)
    return tag("span", label, **attributes) if any(attributes.values()) else join([label])
