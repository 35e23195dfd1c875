"""report.html is one page that stands alone, shows everything, works without its script, and trusts nothing."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shlex
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
import sample

from graphcal.report import as_html, wording
from graphcal.report.page.troubles import MOST_LISTED
from graphcal.report.page.view import MOST_UNFOLDED

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphcal.report.model import Report

VOID = {"br", "input", "link", "meta"}
BUILDERS = [sample.green, sample.troubled, sample.hostile, sample.empty]


@dataclass
class Element:
    """An element with its attributes, its text, and what it stands in."""

    name: str
    attributes: dict[str, str]
    parents: tuple[str, ...]
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text in it and below."""
        return "".join(self.parts)


@dataclass
class Document(HTMLParser):
    """A page read back; `problems` lists tags that do not close what was opened."""

    elements: list[Element] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Start reading."""
        super().__init__()
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        names = [name for name, _ in attrs]
        self.problems += [f"{tag} {name} twice" for name, times in Counter(names).items() if times > 1]
        element = Element(tag, {n: v or "" for n, v in attrs}, tuple(e.name for e in self._open))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """Close the element that was opened last."""
        if not self._open or self._open.pop().name != tag:
            self.problems.append(f"</{tag}> closes something else, line {self.getpos()[0]}")

    def handle_data(self, data: str) -> None:
        """Give the text to every element it stands in."""
        for element in self._open:
            element.parts.append(data)

    def named(self, *names: str) -> list[Element]:
        """Return the elements of these names."""
        return [element for element in self.elements if element.name in names]

    def by_id(self, fragment: str) -> Element:
        """Return the element with that id."""
        return next(element for element in self.elements if element.attributes.get("id") == fragment)


def _read(report: Report) -> Document:
    document = Document()
    document.feed(as_html.text(report))
    document.close()
    return document


def _section(document: Document, fragment: str) -> Element:
    """Return the section under the heading of that id."""
    return next(e for e in document.named("section") if e.attributes.get("aria-labelledby") == fragment)


def _details(document: Document, start: str) -> str:
    """Return the text of what is folded under a heading that starts so."""
    return next(e.text for e in document.named("details") if e.text.startswith(start))


@cache
def _built(build: Callable[[], Report]) -> Document:
    return _read(build())


@pytest.mark.parametrize("build", BUILDERS)
def test_page_is_well_formed(build: Callable[[], Report]) -> None:
    """Each tag closes what was opened last, no attribute stands twice, all of it is UTF-8."""
    as_html.text(build()).encode("utf-8")

    assert _built(build).problems == []


@pytest.mark.parametrize("build", BUILDERS)
def test_page_stands_alone(build: Callable[[], Report]) -> None:
    """Nothing is loaded from anywhere, only the page's own script is run, and a policy says so to the browser."""
    document = _built(build)
    policy = next(e for e in document.named("meta") if "http-equiv" in e.attributes)
    script = document.named("script")[0].text.encode()
    digest = base64.b64encode(hashlib.sha256(script).digest()).decode()

    assert document.named("img", "iframe", "object", "embed", "base", "audio", "video", "svg") == []
    assert len(document.named("script")) == 1
    assert [e for e in document.elements if "src" in e.attributes or "srcset" in e.attributes] == []
    assert [e.attributes["href"][:5] for e in document.named("link")] == ["data:"]
    assert not re.search(r"url\(|@import|@font-face", document.named("style")[0].text)
    assert policy.attributes["content"] == (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
        f"script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize("build", BUILDERS)
def test_only_https_pages_and_places_in_the_page_are_linked(build: Callable[[], Report]) -> None:
    """Neither javascript: nor http: becomes a link, and no attribute handles an event."""
    document = _built(build)

    assert [a for a in document.named("a") if not a.attributes["href"].startswith(("#", "https://"))] == []
    assert [name for e in document.elements for name in e.attributes if name.startswith("on")] == []


@pytest.mark.parametrize("build", BUILDERS)
def test_every_internal_link_leads_somewhere(build: Callable[[], Report]) -> None:
    """Each fragment that is linked to exists once."""
    document = _built(build)
    ids = Counter(e.attributes["id"] for e in document.elements if "id" in e.attributes)
    linked = {a.attributes["href"][1:] for a in document.named("a") if a.attributes["href"].startswith("#")}
    labelled = {
        e.attributes["aria-labelledby"] for e in document.elements if "aria-labelledby" in e.attributes
    }

    assert (linked | labelled) - set(ids) == set()
    assert [fragment for fragment, times in ids.items() if times > 1] == []


@pytest.mark.parametrize("build", BUILDERS)
def test_hostile_text_is_only_ever_text(build: Callable[[], Report]) -> None:
    """No text of the data becomes an element: the page has only elements that it writes itself."""
    own = (
        "html head meta title link style script body a header p h1 span b div i ul li dl dt dd code time "
        "data details summary nav main section h2 h3 h4 article pre blockquote footer ol small table tr td mark br "
        "form label input fieldset legend button"
    )

    assert {element.name for element in _built(build).elements} <= set(own.split())


def test_page_says_its_language_and_scales() -> None:
    """Screen readers know the language, phones the width."""
    document = _built(sample.green)

    assert document.named("html")[0].attributes == {"lang": "en"}
    assert any(e.attributes.get("name") == "viewport" for e in document.named("meta"))


def test_headings_are_nested_without_gaps() -> None:
    """One h1, and no heading skips a level."""
    levels = [int(e.name[1]) for e in _built(sample.troubled).named("h1", "h2", "h3", "h4")]

    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_skip_link_is_the_first_stop_of_the_keyboard() -> None:
    """The keyboard reaches the results at once."""
    assert _built(sample.troubled).named("a")[0].attributes["href"] == "#main"


def test_nothing_scrolls_inside_the_page() -> None:
    """What is long wraps, so that neither a keyboard nor a phone has to scroll in two directions."""
    style = _built(sample.troubled).named("style")[0].text

    assert re.findall(r"overflow(?:-[xy])?: *(?:auto|scroll)", style) == []
    assert "white-space: pre-wrap" in style


def test_controls_are_hidden_until_the_script_shows_them() -> None:
    """Without scripts there is no control that does nothing."""
    document = _built(sample.troubled)
    controls = [e for e in document.named("input", "button", "fieldset") if "form" not in e.parents]

    assert controls == []
    assert ["hidden" in form.attributes for form in document.named("form")] == [True]


def test_every_control_has_a_name() -> None:
    """Search and boxes are labelled, groups have a legend, the form is a search landmark with a name."""
    document = _built(sample.troubled)

    assert [e for e in document.named("input") if "label" not in e.parents] == []
    assert [e.text for e in document.named("legend")] == ["Outcome", "Level"]
    assert document.named("form")[0].attributes["role"] == "search"
    assert document.named("form")[0].attributes["aria-label"] == "Filter the specification"


def test_filter_offers_what_occurs() -> None:
    """Each outcome and level of the run is a choice, and nothing else."""
    report = sample.troubled()
    boxes = [e.attributes for e in _read(report).named("input") if e.attributes["type"] == "checkbox"]
    offered = {(box["name"], box["value"]) for box in boxes}

    assert offered == {("outcome", outcome) for outcome in wording.OUTCOMES} | {
        ("level", row.level) for row in report.requirements
    }


def test_requirement_is_found_by_its_level_and_every_outcome_below_it() -> None:
    """A requirement that one scenario fails and another passes is found by both."""
    report = sample.troubled()
    rows = {e.attributes["id"]: e.attributes for e in _read(report).elements if "data-found" in e.attributes}

    assert len(rows) == len(report.requirements)
    assert rows["SET-04"]["data-level"] == "stated"
    assert rows["SET-04"]["data-found"] == "failed"
    assert rows["RSP-02"]["data-found"] == "passed"


def test_headline_tells_the_verdict_in_words() -> None:
    """The verdict is not told by colour alone."""
    assert _built(sample.green).named("h1")[0].text == "✓ Conformant: 82 scenarios passed"
    assert _built(sample.troubled).named("h1")[0].text.startswith("✗ Deviates: 4 of 82 scenarios failed")
    assert _built(sample.green).named("title")[0].text == "✓ Conformant: recordings (graphcal)"


def test_headline_without_a_verdict_gets_one() -> None:
    """A headline that is only a sentence is preceded by the verdict."""
    report = replace(sample.green(), headline="All is well.")

    assert _read(report).named("h1")[0].text == "✓ Conformant: All is well."


def test_header_says_why_most_scenarios_were_stopped() -> None:
    """A refused token is on the first screen, not below a hundred entries; the headline does not say it twice."""
    report = sample.green()
    stopped = tuple(
        replace(s, outcome="error", message="Alex's token was refused.") for s in report.scenarios[9:]
    )
    report = replace(report, scenarios=(*report.scenarios[:9], *stopped), headline="Inconclusive: 73 error")
    header = _read(report).named("header")[0]
    told = _read(replace(report, headline="Inconclusive: because Alex's token was refused.")).named("header")[
        0
    ]

    assert "73 scenarios for one reason: Alex's token was refused." in header.text
    assert "for one reason" not in told.text + _built(sample.troubled).named("header")[0].text


def test_header_tells_what_was_judged_and_how() -> None:
    """Target, provenance, time, size, command and exit code stand on top."""
    report = sample.green()
    header = " ".join(_read(report).named("header")[0].text.split())

    assert "recordings (replay, https://graph.microsoft.com/v1.0)" in header
    assert "26 scenarios rest on published documentation: Create Outlook events" in header
    assert "56 scenarios rest on recordings of a reference emulator" in header
    assert "A pass here is evidence about the suite, not about Microsoft 365." in header
    assert "21 November 2026, 06:33:12 UTC, 912 ms, 143 requests, exit code 0" in header
    assert report.command in header


def test_counts_name_every_outcome() -> None:
    """The numbers of the run are written with their words."""
    counts = next(e for e in _built(sample.troubled).named("ul") if e.attributes.get("class") == "counts")

    assert " ".join(counts.text.split()) == (
        "4 failed 1 error 2 warned 1 known 1 unsupported 3 unmet 70 passed of 82 scenarios"
    )


def test_every_requirement_stands_with_its_outcome_and_source() -> None:
    """The specification is the catalogue: each sentence with level, outcome and the page it comes from."""
    report = sample.troubled()
    document = _read(report)
    links = {a.attributes["href"] for a in document.named("a")}

    for row in report.requirements:
        words = " ".join(document.by_id(row.id).text.split())
        assert words.startswith(f"{row.id} {row.outcome} ")
        assert row.text.replace("`", "") in words
        assert f"{row.level} · {row.source}" in words
        assert row.url in links


def test_every_scenario_is_written_once_under_its_requirement() -> None:
    """A scenario stands folded under the first requirement that it judges, with outcome, steps and answers."""
    report = sample.troubled()
    document = _read(report)
    folded = [e for e in document.named("details") if e.parents[-3:] == ("section", "section", "div")]
    texts = [" ".join(e.text.split()) for e in folded]

    assert len(folded) == len(report.scenarios)
    for scenario in report.scenarios:
        [words] = [text for text in texts if text.startswith(f"{scenario.outcome} {scenario.title} ")]
        assert all(step.text in words for step in scenario.steps if step.line > scenario.line)
        assert all(name.rpartition("-")[2] in words for name in scenario.exchanges)
        assert f"{scenario.feature}:{scenario.line}" in words


def test_scenario_of_two_requirements_is_linked_from_the_second() -> None:
    """The other requirement says how the scenario ended and where it is."""
    text = " ".join(_built(sample.green).by_id("SET-07").text.split())

    assert "passed The list holds a copy of the delegated calendar, see SET-03" in text


def test_scenario_of_no_requirement_is_shown() -> None:
    """What the suite finds beside the catalogue is not lost."""
    report = sample.green()
    stray = replace(
        report.scenarios[0], id="stray", title="Every recorded answer is asked for", requirements=()
    )
    text = _read(replace(report, scenarios=(*report.scenarios, stray))).named("main")[0].text

    assert "Scenarios of no requirement" in text
    assert "Every recorded answer is asked for" in text


def test_chapters_have_a_tally_and_a_verdict() -> None:
    """The twelve chapters of the catalogue stand in its order, each with what was found."""
    headings = [" ".join(e.text.split()) for e in _built(sample.troubled).named("h3")]
    chapters = [h for h in headings if h[:3] in sample.CHAPTERS]

    assert [h[:3] for h in chapters] == list(sample.CHAPTERS)
    assert chapters[0] == (
        "SET Calendars and delegation set-up Deviates: 1 failed, 1 unmet, 19 passed, 12 untested"
    )


def test_background_is_told_with_the_feature() -> None:
    """Steps of a Background stand where the feature opens, not in each scenario."""
    document = _built(sample.green)
    label = "Before each scenario"
    features = _section(document, "features")

    assert document.named("main")[0].text.count(label) == 1
    assert (
        f'{label} Given Adele is a delegate of Alex And the meeting "Christmas dinner" is planned day '
        "25 December from 18:00 to 22:00 time zone Pacific Standard Time"
    ) in " ".join(features.text.split())


def test_rules_of_a_feature_are_sentences_with_an_outcome() -> None:
    """Who knows the feature finds what became of each of its rules."""
    items = [" ".join(e.text.split()) for e in _built(sample.troubled).named("li") if "section" in e.parents]

    assert "Adele finds the calendar that Alex delegated to her 1 failed, 4 passed" in items


def test_scenario_stopped_in_its_background_shows_all_steps() -> None:
    """Where the Background did not go well, the scenario says which step it was."""
    report = sample.green()
    scenario = report.scenarios[0]
    steps = (replace(scenario.steps[0], outcome="unmet"), *scenario.steps[1:])
    report = replace(
        report, scenarios=(replace(scenario, steps=steps, outcome="unmet"), *report.scenarios[1:])
    )
    page = " ".join(_read(report).by_id("SET-01").text.split())

    assert "Given Adele is a delegate of Alex unmet, line 7" in page


def test_failure_is_unfolded_and_complete() -> None:
    """Expected, actual, place, sentence, source link, curl, failing step and answer stand together, unfolded."""
    document = _built(sample.troubled)
    article = document.by_id("t1-24")
    text = " ".join(article.text.split())

    assert "details" not in article.parents
    for part in (
        "failed A delegate cannot share the owner's calendar on",
        "Expected false Actual true At $.value[1].canShare in the answer walkthrough-1",
        "Note Compute canShare from the role.",
        "A delegate cannot share the owner's calendar on: Adele cannot share Alex's calendar.",
        "SET-04 · stated · Walkthrough, step 1",
        "curl -sS -X GET",
        "And Adele cannot share Alex's calendar failed, line 27",
        "200 OK",
    ):
        assert part in text


def test_each_failure_needs_no_click() -> None:
    """The sentence, the link to its page and the curl of a failure stand outside of anything folded."""
    report = sample.troubled()
    document = _read(report)
    failed = [s for s in report.scenarios if s.outcome == "failed"]
    unfolded = [e for e in document.elements if "article" in e.parents and "details" not in e.parents]
    links = [e.attributes["href"] for e in unfolded if e.name == "a"]

    assert len([e for e in unfolded if e.attributes.get("class") == "curl"]) == len(failed) + 1
    assert links.count(sample.PAGE) == len(failed) + 1
    assert len([e for e in unfolded if e.name == "blockquote"]) == len(failed) + 1


def test_failures_begin_with_their_reasons() -> None:
    """The first thing to read is what is wrong: stated before documented, failures before errors."""
    document = _built(sample.troubled)
    reasons, scenarios = _reasons(document)

    assert reasons == [
        "failed Expected canShare of Alex's calendar to be false, got true.",
        "failed Expected no trace of Adele in Christie's event, found her in 2 places.",
        "failed Expected the message to say meetingTenativelyAccepted, but it has no meetingMessageType.",
        "failed Expected 201 Created for the new event, got 200 OK.",
        "error No answer from graph.microsoft.com within 60 s.",
    ]
    assert scenarios == [
        "A delegate cannot share the owner's calendar on SET-04",
        "The delegate appears nowhere in the event RCV-09",
        "A tentative answer has its own message type RTE-02",
        "Creating is answered with 201 INV-02",
        "The tally comes in time TAL-14",
    ]


def test_reason_of_many_failures_is_told_once() -> None:
    """Scenarios that ended alike stand under one reason, of many the first ten unfolded."""
    document = _read(_failing(MOST_LISTED + 5))
    [group] = [e for e in document.named("ul") if e.attributes.get("class") == "tight"]
    folded = [a.text for a in document.named("a") if a.parents[-3:] == ("details", "ul", "li")]

    assert group.text.count("to be false, got true.") == 1
    assert "5 more" in [e.text for e in document.named("summary")]
    assert folded == ["A delegate cannot share the owner's calendar on"] * 5


def test_of_very_many_failures_the_first_are_unfolded() -> None:
    """The others are told in full too, folded."""
    document = _read(_failing(MOST_UNFOLDED + 5))
    entries = [a.attributes["href"] for a in document.named("a") if a.parents[-2:] == ("ul", "li")]
    targets = {e.attributes["id"]: e for e in document.elements if "id" in e.attributes}

    assert len(document.named("article")) == MOST_UNFOLDED
    assert [targets[entry[1:]].name for entry in entries if entry.startswith("#t")] == (
        ["article"] * MOST_UNFOLDED + ["div"] * 5
    )
    assert "curl -sS -X GET" in targets[f"t1-{104 + MOST_UNFOLDED}"].text
    assert (
        f"In full below: {MOST_UNFOLDED} scenarios. In full, but folded: 5." in document.named("main")[0].text
    )


def test_same_trouble_of_the_suite_is_told_once() -> None:
    """Of a hundred scenarios that one refused token stopped one is told in full; the others lead to it."""
    report = sample.troubled()
    error = next(s for s in report.scenarios if s.outcome == "error")
    many = tuple(replace(error, id=f"{error.id} {n}", line=100 + n) for n in range(100))
    [requirement] = [row for row in report.requirements if row.id == "TAL-14"]
    requirement = replace(requirement, scenarios=tuple(s.id for s in many))
    document = _read(replace(report, scenarios=many, requirements=(requirement,)))
    [article] = document.named("article")
    links = [a.attributes["href"] for a in document.named("a") if a.text == "All about it"]

    assert links == [f"#{article.attributes['id']}"] * 100
    assert document.named("main")[0].text.count(error.message.splitlines()[0]) == 2


def test_long_command_stands_beside_its_request_only() -> None:
    """A curl of hundreds of lines does not come between a failure and its answer."""
    report = sample.troubled()
    failed = next(s for s in report.scenarios if s.outcome == "failed")
    asked = report.exchanges[failed.findings[0].exchange]
    body = {f"attendee {n}": f"nobody-{n}@example.com" for n in range(100)}
    asked = replace(asked, request_body=body, curl=f"curl --data {shlex.quote(json.dumps(body))} {asked.url}")
    failed = replace(failed, curl=asked.curl)
    document = _read(replace(report, scenarios=(failed,), exchanges={asked.id: asked}))
    [command] = [e for e in document.named("pre") if e.attributes.get("class") == "curl"]

    assert "article" not in command.parents
    assert "nobody-99@example.com" in command.text
    assert f"Repeat it with curl {asked.id}" in document.named("article")[0].text


def _reasons(document: Document) -> tuple[list[str], list[str]]:
    """Return the reasons at the head of the failures and what is listed under them."""
    inside = [e for e in document.elements if e.parents[:4] == ("html", "body", "main", "section")]
    shown = inside[: next(n for n, e in enumerate(inside) if e.name == "article")]
    reasons = [e for e in shown if e.name == "p" and e.parents[-1] == "li"]
    entries = [e for e in shown if e.name == "li" and e.parents.count("ul") == 2]
    return [e.text.strip() for e in reasons], [e.text.strip() for e in entries]


def _failing(number: int) -> Report:
    """Return a run in which so many scenarios fail as one of the sample does."""
    report = sample.troubled()
    failed = next(s for s in report.scenarios if s.outcome == "failed")
    many = tuple(replace(failed, id=f"{failed.id} {n}", line=100 + n) for n in range(number))
    requirement = replace(report.requirements[3], scenarios=tuple(s.id for s in many))
    return replace(report, scenarios=many, requirements=(requirement,))


def test_place_of_a_finding_is_marked() -> None:
    """The offending line is marked, an absent member and a wrong status too."""
    document = _built(sample.troubled)
    marked = [mark.text.strip() for mark in document.named("mark") if "article" in mark.parents]

    assert marked == [
        '"canShare": true,',
        '"name": "Adele Vance",',
        '"address": "AdeleV@contoso.com"',
        "{",
        "200 OK",
    ]
    assert "← no meetingMessageType here" in [i.text.strip() for i in document.named("i")]


def test_many_findings_are_folded() -> None:
    """Of a hundred findings five stand open, twenty are folded, and the others counted."""
    report = sample.troubled()
    scenario = next(
        s for s in report.scenarios if s.title == "A delegate cannot share the owner's calendar on"
    )
    many = replace(scenario, findings=scenario.findings * 100)
    document = _read(replace(report, scenarios=(many,)))

    assert "95 more findings" in [summary.text for summary in document.named("summary")]
    assert "75 more in evidence.json" in document.named("main")[0].text
    assert len([p for p in document.named("p") if p.text == "Expected"]) == 25


def test_exchange_is_printed_once() -> None:
    """Each body is in the page once; everything else links to it."""
    report = sample.green()
    document = _read(report)

    for number, name in enumerate(report.exchanges, start=1):
        assert "details" in document.by_id(f"x1-{number}").parents
        assert name in _section(document, "exchanges").text
    assert as_html.text(report).count("2019-12-21T04:59:01.9766929Z") == 1


def test_curl_of_an_exchange_sends_the_same_with_its_json_indented() -> None:
    """What is copied from the page asks what was asked, and its body can be read."""
    exchange = sample.exchanges()["walkthrough-2"]
    sent = f"curl --data {shlex.quote(json.dumps(exchange.request_body, ensure_ascii=False))} {exchange.url}"
    report = replace(sample.green(), exchanges={exchange.id: replace(exchange, curl=sent)})
    [shown] = [e.text for e in _read(report).named("pre") if e.attributes.get("class") == "curl"]
    before, after = shlex.split(sent), shlex.split(shown)

    assert '\n  "subject": "Christmas dinner",\n' in shown
    assert [before[0], before[1], before[3]] == [after[0], after[1], after[3]]
    assert json.loads(after[2]) == json.loads(before[2])


def test_unanswered_request_says_so() -> None:
    """An exchange without an answer is not shown as an empty one."""
    assert "no answer came" in _details(_built(sample.troubled), "routing-7")


def test_unknown_status_is_shown_as_a_number() -> None:
    """A status without a usual phrase stands alone."""
    report = sample.green()
    odd = replace(report.exchanges["walkthrough-1"], status=799)
    document = _read(replace(report, exchanges={"walkthrough-1": odd}))

    assert "799" in _details(document, "walkthrough-1")


def test_same_reason_is_told_once() -> None:
    """What was not checked is grouped by why."""
    document = _built(sample.troubled)
    groups = [e for e in document.named("ul") if e.attributes.get("class") == "tight"][1:]

    assert groups[0].text.count("Nobody has private access") == 1
    assert "A delegate with private access sees the subject" in groups[0].text


def test_untested_requirement_says_why() -> None:
    """What nobody looks at says for what reason."""
    assert "accepting happens in an Outlook client" in _built(sample.green).by_id("SET-17").text


def test_recordings_tell_their_provenance() -> None:
    """Every fact of a recording is shown, addresses as links."""
    document = _built(sample.green)
    section = _section(document, "recordings")

    assert "walkthrough: Create Outlook events in a shared or delegated calendar" in section.text
    assert "read on" in section.text
    assert sample.PAGE in [a.attributes["href"] for a in document.named("a") if "dd" in a.parents]


def test_empty_sections_are_left_out() -> None:
    """A green run has no heading for failures; an empty run has no sections at all."""
    assert "failures" not in {e.attributes.get("id") for e in _built(sample.green).elements}
    assert _built(sample.empty).named("section", "form") == []


def test_words_are_explained() -> None:
    """A reader who meets an outcome or a level for the first time finds what it means."""
    header = _built(sample.green).named("header")[0].text

    assert "The target does what the requirement says." in header
    assert "Seen in an example or a report, promised nowhere." in header


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(2 * d for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_have_enough_contrast(scheme: int) -> None:
    """Every colour of text reaches 4.5 to 1 on every ground it stands on (WCAG AA)."""
    blocks = re.findall(r":root \{(.*?)\}", as_html.STYLE.read_text(encoding="utf-8"), re.DOTALL)
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6});", blocks[scheme]))
    grounds = {
        "paper": ("ink", "soft", "link", "passed", "failed", "warned", "known", "error", "other"),
        "panel": ("ink", "soft", "link", "passed", "failed", "warned", "known", "error", "other"),
        "good": ("ink",),
        "bad": ("ink", "link", "failed", "error"),
        "mark": ("ink",),
    }

    assert {
        (ground, text)
        for ground, texts in grounds.items()
        for text in texts
        if _contrast(colours[ground], colours[text]) < 4.5
    } == set()
