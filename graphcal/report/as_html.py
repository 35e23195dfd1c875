"""Write report.html: the specification with what a run found, one page that needs nothing from outside."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from graphcal.catalogue import LEVELS
from graphcal.report import wording
from graphcal.report.page.evidence import exchanges, recordings
from graphcal.report.page.features import features
from graphcal.report.page.markup import Markup, join, link, prose, tag
from graphcal.report.page.parts import details, fact, outcome
from graphcal.report.page.specification import specification
from graphcal.report.page.troubles import failures, remarks, unchecked
from graphcal.report.page.view import View
from graphcal.report.words import ENGLISH, words_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graphcal.report.model import Report
    from graphcal.report.page.markup import Child

FOLDER = Path(__file__).parent / "page"
STYLE = FOLDER / "page.css"
SCRIPT = FOLDER / "page.js"
LARGEST_PAGE = 948_000  # characters of what the sections hold, so that the page has less than a million bytes
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{digest}'; "
    "base-uri 'none'; form-action 'none'"
)
TONES = {"conformant": "passed", "deviates": "failed", "inconclusive": "error"}
COLOURS = {"conformant": "1a7340", "deviates": "b3261e", "inconclusive": "9a2a6b"}
SECTIONS: dict[str, Callable[[View], Child]] = {
    "failures": failures,
    "remarks": remarks,
    "unchecked": unchecked,
    "specification": specification,
    "features": features,
    "recordings": recordings,
}


def text(report: Report, language: str = ENGLISH) -> str:
    """Return the page in one of the LANGUAGES; what it quotes stays in its own.

    Nothing in a report is trusted: every text is escaped, only https:// is linked, and the page's policy
    lets a browser run no other script than the page's own, without which all can be read too.
    """
    view = View(report, words_in(language))
    written = {name: join([SECTIONS[name](view)]) for name in view.sections if name in SECTIONS}
    room = LARGEST_PAGE - sum(map(len, written.values()))
    written |= {name: join([exchanges(view, room)]) for name in view.sections if name not in SECTIONS}
    page = tag("html", _head(view), _body(view, written), lang=language)
    return wording.printable(f"<!doctype html>\n{page}")


def _head(view: View) -> Markup:
    report = view.report
    mark = wording.VERDICT_MARKS.get(report.verdict, "")
    word = view.words.name("verdict", report.verdict)
    colour = COLOURS.get(report.verdict, "59616c")
    drawing = f"<circle cx='4' cy='4' r='4' fill='%23{colour}'/>"
    icon = f"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'>{drawing}</svg>"
    digest = base64.b64encode(hashlib.sha256(_script().encode()).digest()).decode()
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY.format(digest=digest)),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", f"{mark} {word}: {report.target.name} (graphcal)"),
        tag("link", rel="icon", href=icon),
        tag("style", "\n", Markup(STYLE.read_text(encoding="utf-8"))),
    )


def _script() -> str:
    """Return the script with a line end on either side, for the policy names the hash of all of it."""
    return f"\n{SCRIPT.read_text(encoding='utf-8')}"


def _body(view: View, written: dict[str, Markup]) -> Markup:
    words = view.words
    titles = {name: words(f"sections.{name}") for name in view.sections}
    links = [tag("li", link(f"#{name}", title)) for name, title in titles.items()]
    sections = [
        tag("section", tag("h2", title, id=name), written[name], aria_labelledby=name)
        for name, title in titles.items()
    ]
    return tag(
        "body",
        link("#main", words("page.skip"), class_="skip"),
        tag("header", _header(view), tag("nav", tag("ul", links), aria_label=words("page.contents"))),
        tag("main", sections, id="main", tabindex=-1),
        tag("footer", tag("p", words("page.written", version=view.report.version))),
        tag("p", id="copied", role="status", class_="unseen"),
        tag("script", Markup(_script())),
        data_shown=words.table["filter.shown"],
        data_copy=words("page.copy"),
        data_copied=words("page.copied"),
        data_selected=words("page.selected"),
    )


def _header(view: View) -> Iterator[Child]:
    report, words = view.report, view.words
    word, rest = wording.verdict(report, words)
    mark = wording.VERDICT_MARKS.get(report.verdict, "")
    yield tag("p", words("page.subject", version=report.version), class_="kicker")
    yield tag("h1", tag("span", f"{mark} {word}:", class_=TONES.get(report.verdict, "untested")), " ", rest)
    if view.lang():
        yield tag("p", report.headline, lang=view.lang(), class_="soft")
    if view.counts:
        stripes = [tag("i", class_=name, style=f"flex: {number}") for name, number in view.counts.items()]
        yield tag("div", stripes, class_="bar", aria_hidden="true")
        yield tag("ul", _counts(view), class_="counts")
    yield tag("dl", _facts(view))
    yield details(words("page.glossary"), tag("dl", _glossary(view)))


def _counts(view: View) -> Iterator[Child]:
    words = view.words
    for name, number in view.counts.items():
        label = words.name("outcome", name)
        yield tag(
            "li", tag("b", words.number(number)), " ", link(f"#{view.section_of(name)}", label), class_=name
        )
    total = words.count(len(view.report.scenarios), "scenario")
    yield tag("li", words("page.of", total=total), class_="soft")


def _facts(view: View) -> Iterator[Child]:
    report, target, words = view.report, view.report.target, view.words
    base = [", ", tag("code", target.base_url)] if target.base_url else None
    kind = tag("span", "(", words.name("target", target.kind), base, ")", class_="soft")
    yield fact(words("page.target"), tag("span", target.name, lang=view.lang()), " ", kind)
    if origins := wording.provenance(report, words):
        more = tag("p", link("#recordings", words("page.origins"))) if report.recordings else None
        yield fact(words("page.answers"), [tag("p", prose(sentence)) for sentence in origins], more)
    if levels := [standing for standing in report.standings if standing.kind == "level"]:
        yield fact(words("page.levels"), (tag("p", wording.standing(standing, words)) for standing in levels))
    requests = words.count(report.requests, "request")
    code = words("page.exit_code", code=report.exit_code)
    run = f", {wording.duration(report.seconds, words)}, {requests}, {code}"
    yield fact(
        words("page.run"), tag("time", wording.moment(report.started, words), datetime=report.started), run
    )
    if report.command:
        yield fact(words("page.command"), tag("code", report.command))
    if report.notes:
        notes = (tag("p", prose(note), lang=view.lang()) for note in report.notes)
        yield fact(words("page.notes"), notes)


def _glossary(view: View) -> Iterator[Child]:
    words = view.words
    for name in wording.OUTCOMES:
        yield fact(outcome(words, name), words(f"meaning.{name}"))
    for level in LEVELS:
        yield fact(words.name("level", level), words(f"meaning.{level}"))
