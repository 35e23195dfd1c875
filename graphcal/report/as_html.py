"""Write report.html: the specification with what a run found, one page that needs nothing from outside."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from graphcal.catalogue import LEVELS
from graphcal.report import wording
from graphcal.report.page.evidence import exchanges, least, recordings
from graphcal.report.page.features import features
from graphcal.report.page.markup import Markup, join, link, prose, tag
from graphcal.report.page.packed import packed
from graphcal.report.page.parts import details, fact, outcome
from graphcal.report.page.room import fitting, size
from graphcal.report.page.specification import specification
from graphcal.report.page.troubles import case, failures, remarks, unchecked
from graphcal.report.page.view import MOST_UNFOLDED, View
from graphcal.report.words import ENGLISH, words_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from graphcal.report.model import Report
    from graphcal.report.page.markup import Child

FOLDER = Path(__file__).parent / "page"
STYLE = FOLDER / "page.css"
SCRIPT = FOLDER / "page.js"
LARGEST_PAGE = 980_000  # bytes: a page of less than a million can be mailed
FOR_ANSWERS = 40_000  # bytes: a page that has less to show of answers is a lean one
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
    whole = View(report, words_in(language))
    written = _sections(whole)
    view, pack, asked = _fitting(whole, size(_page(whole, written)))
    if view.told != whole.told or view.missing:
        written = _sections(view)
    room = LARGEST_PAGE - size(_page(view, written)) - len(pack) - asked
    written["exchanges"] = join([exchanges(view, room), tag("data", id="packed", value=pack, hidden="")])
    return wording.printable(_page(view, written))


def _sections(view: View) -> dict[str, Markup]:
    """Write what the page tells, but for the exchanges, which get the room that is left."""
    return {name: join([SECTIONS[name](view)]) for name in view.sections if name in SECTIONS}


def _page(view: View, written: Mapping[str, Markup]) -> str:
    page = tag("html", _head(view), _body(view, written), lang=view.words.language)
    return f"<!doctype html>\n{page}"


def _fitting(whole: View, taken: int) -> tuple[View, str, int]:
    """View a report with no more than there is room for; pack its answers, and say what its requests take.

    `taken` is the size of the page with all cases and no exchange. The first cases matter most, then that
    each request is there, then the other cases, then each curl, then what is shown of the answers.
    """
    room = LARGEST_PAGE - taken
    asked = least(whole)
    if (wanted := sum(asked.values())) + FOR_ANSWERS <= room:
        pack = packed(whole)
        if wanted + len(pack) + FOR_ANSWERS <= room:
            return whole, pack, wanted
    lean = View(whole.report, whole.words, lean=True)
    pack, asked = packed(lean), least(lean)
    room -= len(pack)
    if (wanted := sum(asked.values())) <= room:
        return lean, pack, wanted
    cases = [size(case(whole, scenario)) for scenario in whole.cases]
    room += sum(cases)
    most = fitting(cases, max(room - wanted, min(room, sum(cases[:MOST_UNFOLDED]))))
    names = sorted(asked, key=lambda name: (name not in whole.paths, asked[name]))
    kept = set(names[: fitting((asked[name] for name in names), room - sum(cases[:most]))])
    shown = {name: one for name, one in whole.report.exchanges.items() if name in kept}
    report, missing = replace(whole.report, exchanges=shown), len(asked) - len(shown)
    view = View(report, whole.words, most=most, missing=missing, lean=True)
    return view, packed(view, len(pack)) if missing else pack, sum(asked[name] for name in kept)


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


def _body(view: View, written: Mapping[str, Markup]) -> Markup:
    words = view.words
    titles = {name: words(f"sections.{name}") for name in view.sections}
    links = [tag("li", link(f"#{name}", title)) for name, title in titles.items()]
    sections = [
        tag("section", tag("h2", title, id=name), written.get(name), aria_labelledby=name)
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
    yield _main_reason(view)
    if view.counts:
        stripes = [tag("i", class_=name, style=f"flex: {number}") for name, number in view.counts.items()]
        yield tag("div", stripes, class_="bar", aria_hidden="true")
        yield tag("ul", _counts(view), class_="counts")
    yield tag("dl", _facts(view))
    yield details(words("page.glossary"), tag("dl", _glossary(view)))


def _main_reason(view: View) -> Markup | None:
    """Say why most scenarios failed or were not checked, where that is one reason and the headline does not."""
    (word, reason), alike = max(view.listed.items(), key=lambda item: len(item[1]), default=(("", ""), []))
    if 2 * len(alike) <= len(view.report.scenarios) or reason in view.report.headline:
        return None
    place = f"#{view.fragment('reason', f'{word} {reason}')}"
    told = view.say(
        "page.main_reason",
        scenarios=link(place, view.words.count(len(alike), "scenario")),
        reason=tag("span", prose(reason), lang=view.lang()),
    )
    return tag("p", told, class_="lead")


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
