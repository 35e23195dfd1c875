"""Write HTML from texts that nobody vouches for: whatever is not Markup already is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from graphcal.report.wording import MARKS

if TYPE_CHECKING:
    from graphcal.report.page import json_view

_PIECES = re.compile(r"`(?P<code>[^`\n]+)`|(?P<link>https://[^\s<>\"'`]+[^\s<>\"'`.,;:!?)])")
_VOID = {"br", "link", "meta"}
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


def prose(value: str) -> Markup:
    """Write a sentence: `code` between backticks, https:// addresses as links, the rest as it is."""
    written: list[str] = []
    end = 0
    for piece in _PIECES.finditer(value):
        written.append(value[end : piece.start()])
        written.append(tag("code", piece["code"]) if piece["code"] else link(piece["link"], piece["link"]))
        end = piece.end()
    return join([*written, value[end:]])


def link(target: str, label: str) -> Markup:
    """Link a label to a fragment of the page or to an https:// address; any other target is left out."""
    return tag("a", label, href=target) if target.startswith(("#", "https://")) else join([label])


def outcome(word: str) -> Markup:
    """Write an outcome as its mark and its word."""
    return tag("span", tag("b", MARKS.get(word, "?"), aria_hidden="true"), f" {word}", class_=f"o {word}")


def http_message(start: str, headers: Mapping[str, str], lines: Sequence[json_view.Line]) -> Markup:
    """Write a request or an answer as it goes over the wire: its first line, headers, body."""
    head = [tag("b", start), *(f"\n{name}: {value}" for name, value in headers.items())]
    body: list[Child] = ["\n"] if lines else []
    for special, group in groupby(lines, key=lambda line: line.marked or bool(line.note)):
        if special:
            body += (["\n", _line(line)] for line in group)
        else:
            body.append("".join(f"\n{line.text}" for line in group))
    return tag("pre", head, body, tabindex=0)


def _line(line: json_view.Line) -> Markup:
    bare = line.text.lstrip(" ")
    indent = line.text[: len(line.text) - len(bare)]
    note = tag("i", f" {line.note}") if line.note else None
    return join([indent, tag("mark", bare) if line.marked else bare, note])
