"""Turn what people write into what the service stores: HTML documents, plain text and previews."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from html.parser import HTMLParser

PREVIEW_LENGTH = 255  # REP-08
_HEAD = '<html>\r\n<head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\r\n</head>\r\n<body>\r\n'
_FOOT = "\r\n</body>\r\n</html>\r\n"
_BREAKING = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4"})


@dataclass(frozen=True)
class Body:
    """A body as its author gave it; `kind` is `html` or `text`."""

    content: str = ""
    kind: str = "html"

    def as_html(self) -> str:
        """Return a full document around the content (INV-18)."""
        if not self.content:
            return ""
        if self.kind == "html":
            return self.content if "<html" in self.content.lower() else f"{_HEAD}{self.content}{_FOOT}"
        return f"{_HEAD}<div>{html.escape(self.content, quote=False)}</div>{_FOOT}"

    def as_text(self) -> str:
        """Return the content without markup (REP-07)."""
        return _text(self.content) if self.kind == "html" else self.content

    def preview(self) -> str:
        """Return the beginning of the text on one line (INV-18, REP-08)."""
        return " ".join(self.as_text().split())[:PREVIEW_LENGTH]


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's signature
        if tag in {"style", "script", "title"}:
            self.hidden += 1
        elif tag in _BREAKING:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"style", "script", "title"} and self.hidden:
            self.hidden -= 1

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.pieces.append(data)


def _text(markup: str) -> str:
    reader = _Text()
    reader.feed(markup)
    reader.close()
    return re.sub(r"\n\s*\n+", "\n", "".join(reader.pieces)).strip()
