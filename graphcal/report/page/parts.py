"""Write the pieces that several sections of the page are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphcal.report import wording
from graphcal.report.page.markup import tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graphcal.report.model import Step
    from graphcal.report.page.markup import Child, Markup


def fact(name: Child, *value: Child) -> list[Child]:
    """Write a line of a `<dl>`."""
    return [tag("dt", name), tag("dd", *value)]


def details(label: Child, *content: Child, class_: str | None = None, fragment: str | None = None) -> Markup:
    """Write what is folded until a reader opens it.

    The fragment names the content, not the whole, because a browser unfolds what it is sent into.
    """
    inner = [tag("div", *content, id=fragment)] if fragment else content
    return tag("details", tag("summary", label), inner, class_=class_)


def label(words: str, *remark: Child) -> Markup:
    """Write the small heading of a block, with a remark beside it."""
    return tag("p", words, [" ", tag("small", *remark)] if remark else None, class_="label")


def block(text: str, class_: str | None = None) -> Markup:
    """Write a text as it is, scrolling inside; it can be reached by keyboard."""
    return tag("pre", text, class_=class_, tabindex=0)


def chips(words: str, links: Iterable[Markup]) -> list[Child]:
    """Write a row of short links, nothing where there is none."""
    row = [[tag("span", link), " "] for link in links]
    return [f"{words} ", row] if row else []


def curl(command: str) -> Iterator[Child]:
    """Write a command to be copied, nothing where there is none."""
    if command:
        yield label("Repeat it with curl", "a click selects the whole command")
        yield block(command, class_="curl")


def steps(written: Sequence[Step]) -> Markup:
    """Write the steps of a scenario; those that did not pass say so."""
    items = []
    for step in written:
        mark = f" {wording.MARKS.get(step.outcome, '')} {step.outcome}, line {step.line}"
        note = tag("small", mark) if step.outcome != "passed" else None
        rows = [tag("tr", [tag("td", cell) for cell in row]) for row in step.table]
        text = tag("div", step.text, note, ["\n", tag("table", rows)] if rows else None)
        state = step.outcome.replace(" ", "-")
        items.append(tag("li", tag("b", step.keyword.strip()), " ", text, class_=state))
    return tag("ol", items, class_="steps")
