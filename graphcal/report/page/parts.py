"""Write the pieces that several sections of the page are made of."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from graphcal.report import wording
from graphcal.report.page.markup import join, prose, tag
from graphcal.report.page.view import NOT_RUN, short, status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphcal.report.model import Exchange, Scenario, Step
    from graphcal.report.page.json_view import Line, Note
    from graphcal.report.page.markup import Child, Markup
    from graphcal.report.page.view import View
    from graphcal.report.words import Words


SAME = "exchanges.same"  # the note that names another exchange
EXPECTED_TYPE = "application/json"  # a header that says so says nothing
LONGEST_HEADER = 300  # characters of its value
MOST_LINES = 40  # of a command


def fact(name: Child, *value: Child) -> list[Child]:
    """Write a line of a `<dl>`."""
    return [tag("dt", name), tag("dd", *value)]


def details(label: Child, *content: Child, class_: str | None = None) -> Markup:
    """Write what is folded until a reader opens it, or a link leads to something in it."""
    return tag("details", tag("summary", label), content, class_=class_)


def label(words: Child, *remark: Child) -> Markup:
    """Write the small heading of a block, with a remark beside it."""
    return tag("p", words, [" ", tag("small", *remark)] if remark else None, class_="label")


def title(view: View, scenario: Scenario) -> Child:
    """Write what a scenario is called, in its language."""
    lang = view.lang(scenario.feature)
    return tag("span", scenario.title, lang=lang) if lang else scenario.title


def outcome(words: Words, word: str) -> Markup:
    """Write an outcome by its name; the style sheet puts its mark before it."""
    return tag("b", words.name("outcome", word), class_=f"o {word}")


def quote(view: View, name: str) -> Child:
    """Quote a requirement with its level and the page it comes from; nothing for an id without a row."""
    if not (row := view.requirements.get(name)):
        return None
    level = view.words.name("level", row.level)
    origin = [view.link("requirement", name), f" · {level} · ", view.source(row)]
    return tag("blockquote", tag("p", prose(row.text), lang=view.lang()), tag("footer", origin))


def exchange_links(view: View, names: Sequence[str]) -> Iterator[Child]:
    """Name exchanges, with a link to the first of each chapter; the others of it are near, by their numbers."""
    before = ""
    for position, name in enumerate(names):
        chapter, _, number = name.rpartition("-")
        yield ", " if position else None
        yield number if chapter and chapter == before else view.link("exchange", name)
        before = chapter


def curl(view: View, written: str) -> Iterator[Child]:
    """Write a command to be copied under its heading, nothing where there is none.

    A very long one stands only beside its request, where a link leads.
    """
    if written:
        asked = view.asked.get(written)
        is_long = view.command(written).count("\n") >= MOST_LINES
        whole = view.link("exchange", asked.id) if asked and is_long else None
        yield label(view.words("page.curl"), whole or view.words("page.curl_hint"))
        yield None if whole else command(view, written)


def command(view: View, written: str) -> Markup:
    """Write a curl; the script puts a button before it that copies it."""
    return tag("pre", view.command(written), class_="curl")


def steps(view: View, lang: str | None, written: Sequence[Step]) -> Markup:
    """Write steps in a language, None for the page's; those that did not pass say so.

    Of those that were not run the first one says it for all.
    """
    unreached = next((step for step in written if step.outcome == NOT_RUN), None)
    noted = [step for step in written if step.outcome not in {"passed", NOT_RUN} or step is unreached]
    own = view.words.language if lang else None
    return tag(
        "ol",
        (_step(step, _ended(view.words, step, own) if step in noted else None) for step in written),
        lang=lang,
    )


def _ended(words: Words, step: Step, lang: str | None) -> Child:
    name = words.name("outcome", step.outcome)
    ended = (
        words("page.not_run") if step.outcome == NOT_RUN else words("page.step", outcome=name, line=step.line)
    )
    return [" ", tag("small", ended, lang=lang)]


def _step(step: Step, note: Child) -> Markup:
    state = None if step.outcome == "passed" else step.outcome.replace(" ", "-")
    cells = [tag("tr", [tag("td", cell) for cell in row]) for row in step.table]
    table = ["\n", tag("table", cells)] if cells else None
    return tag("li", tag("b", step.keyword.strip()), " ", step.text, note, table, class_=state)


def answer(
    view: View, exchange: Exchange, lines: Sequence[Line], *, marked: bool, headless: bool = False
) -> Markup:
    """Write an answer as it goes over the wire: its status, marked if that is what is wrong, headers, body."""
    start = status(exchange) or view.words("page.unanswered")
    headers = (
        f"\n{name}: {wording.shortened(short(value), LONGEST_HEADER, view.words)}"
        for name, value in exchange.response_headers.items()
        if not value.startswith(EXPECTED_TYPE) and not headless
    )
    body = ["\n", _body(view, lines)] if lines else None
    return tag("pre", tag("mark", start) if marked else start, headers, body)


def _body(view: View, lines: Sequence[Line]) -> Iterator[Child]:
    for special, group in groupby(lines, key=lambda line: line.marked or bool(line.note)):
        if special:
            yield (["\n", _line(view, line)] for line in group)
        else:
            yield "".join(f"\n{line.text}" for line in group)


def _line(view: View, line: Line) -> Markup:
    bare = line.text.lstrip(" ")
    indent = line.text[: len(line.text) - len(bare)]
    remark = tag("i" if line.marked else "small", " ", _noted(view, line.note)) if line.note else None
    return join([indent, tag("mark", bare) if line.marked else bare, remark])


def _noted(view: View, note: Note) -> Child:
    if isinstance(note.value, int):
        return view.words.count(note.value, note.key)
    return view.say(note.key, name=view.link("exchange", note.value) if note.key == SAME else note.value)
