"""Write report.html: one page without scripts or outside resources, for maintainers and for reviewers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from graphcal.report import wording
from graphcal.report.page.chapters import requirements, specification
from graphcal.report.page.evidence import exchanges, recordings
from graphcal.report.page.markup import Markup, link, outcome, prose, tag
from graphcal.report.page.parts import details, fact
from graphcal.report.page.troubles import failures, remarks, unchecked
from graphcal.report.page.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graphcal.report.model import Report
    from graphcal.report.page.markup import Child

STYLE = Path(__file__).parent / "page" / "page.css"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
TONES = {"conformant": "passed", "deviates": "failed", "inconclusive": "error"}
COLOURS = {"conformant": "1a7340", "deviates": "b3261e", "inconclusive": "9a2a6b"}
SECTIONS: dict[str, tuple[str, Callable[[View], Child]]] = {
    "failures": ("Failures", failures),
    "remarks": ("Warnings and known deviations", remarks),
    "unchecked": ("Not checked", unchecked),
    "specification": ("Specification", specification),
    "requirements": ("Requirements", requirements),
    "exchanges": ("Requests and answers", exchanges),
    "recordings": ("Recordings", recordings),
}


def text(report: Report) -> str:
    """Return the page. Nothing in a report is trusted: every text is escaped, only https:// is linked."""
    view = View(report)
    shown = {fragment: SECTIONS[fragment] for fragment in SECTIONS if fragment in view.sections}
    sections = [
        tag("section", tag("h2", title, id=fragment), write(view), aria_labelledby=fragment)
        for fragment, (title, write) in shown.items()
    ]
    links = [tag("li", link(f"#{fragment}", title)) for fragment, (title, _) in shown.items()]
    contents = tag("nav", tag("ul", links), aria_label="Contents")
    body = tag(
        "body",
        tag("a", "Skip to the results", class_="skip", href="#main"),
        tag("header", _header(view), contents),
        tag("main", sections, id="main", tabindex=-1),
        tag(
            "footer", tag("p", f"Written by graphcal {report.version}. For programs: report.json, junit.xml.")
        ),
    )
    return wording.printable("<!doctype html>\n" + tag("html", _head(report), body, lang="en"))


def _head(report: Report) -> Markup:
    mark = wording.VERDICT_MARKS.get(report.verdict, "")
    colour = COLOURS.get(report.verdict, "59616c")
    drawing = f"<circle cx='4' cy='4' r='4' fill='%23{colour}'/>"
    icon = f"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'>{drawing}</svg>"
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", f"{mark} {report.verdict}: {report.target.name} (graphcal)"),
        tag("link", rel="icon", href=icon),
        tag("style", "\n", Markup(STYLE.read_text(encoding="utf-8"))),
    )


def _header(view: View) -> Iterator[Child]:
    report = view.report
    word, rest = wording.verdict(report)
    mark = wording.VERDICT_MARKS.get(report.verdict, "")
    yield tag(
        "p", f"graphcal {report.version} · shared and delegated calendars on Microsoft Graph", class_="kicker"
    )
    yield tag("h1", tag("span", f"{mark} {word}:", class_=TONES.get(report.verdict, "untested")), " ", rest)
    if view.counts:
        stripes = [tag("i", class_=word, style=f"flex: {number}") for word, number in view.counts.items()]
        yield tag("div", stripes, class_="bar", aria_hidden="true")
        numbers = [
            tag("li", tag("b", str(number)), " ", link(f"#{view.section_of(word)}", word), class_=word)
            for word, number in view.counts.items()
        ]
        total = tag("li", f"of {wording.plural(len(report.scenarios), 'scenario')}", class_="soft")
        yield tag("ul", numbers, total, class_="counts")
    yield tag("dl", _facts(view))
    yield details("What the words mean", tag("dl", _glossary()))


def _facts(view: View) -> Iterator[Child]:
    report, target = view.report, view.report.target
    base = [", ", tag("code", target.base_url)] if target.base_url else None
    yield fact("Target", target.name, " ", tag("span", "(", target.kind, base, ")", class_="soft"))
    if origins := wording.provenance(report):
        more = tag("p", link("#recordings", "Where each answer comes from")) if report.recordings else None
        yield fact("Answers", [tag("p", prose(sentence)) for sentence in origins], more)
    requests = wording.plural(report.requests, "request")
    run = f", {wording.duration(report.seconds)}, {requests}, exit code {report.exit_code}"
    yield fact("Run", tag("time", wording.moment(report.started), datetime=report.started), run)
    if report.command:
        yield fact("Command", tag("code", report.command))
    if report.notes:
        yield fact("Notes", (tag("p", prose(note)) for note in report.notes))


def _glossary() -> Iterator[Child]:
    yield from (fact(outcome(word), meaning) for word, meaning in wording.MEANINGS.items())
    yield from (fact(word, meaning) for word, meaning in wording.LEVELS.items())
