"""report.html is one page that stands alone, shows everything, and trusts nothing."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
import sample

from graphcal.report import as_html

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphcal.report.model import Report

VOID = {"br", "link", "meta"}
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
    """Nothing is loaded from anywhere, nothing is run, and a policy says so to the browser."""
    document = _built(build)
    policy = next(e for e in document.named("meta") if "http-equiv" in e.attributes)

    assert (
        document.named("script", "img", "iframe", "object", "embed", "form", "base", "audio", "video", "svg")
        == []
    )
    assert [e for e in document.elements if "src" in e.attributes or "srcset" in e.attributes] == []
    assert [e.attributes["href"][:5] for e in document.named("link")] == ["data:"]
    assert not re.search(r"url\(|@import|@font-face", document.named("style")[0].text)
    assert policy.attributes["content"].startswith("default-src 'none'; style-src 'unsafe-inline'")


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
        "html head meta title link style body a header p h1 span b div i ul li dl dt dd code time details "
        "summary nav main section h2 h3 h4 article pre blockquote footer ol small table tr td th thead tbody "
        "mark br"
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
    """The keyboard reaches the results at once, and everything that scrolls."""
    document = _built(sample.troubled)

    assert document.named("a")[0].attributes["href"] == "#main"
    assert [pre for pre in document.named("pre") if pre.attributes.get("tabindex") != "0"] == []


def test_headline_tells_the_verdict_in_words() -> None:
    """The verdict is not told by colour alone."""
    assert _built(sample.green).named("h1")[0].text == "✓ Conformant: 82 scenarios passed"
    assert _built(sample.troubled).named("h1")[0].text.startswith("✗ Deviates: 4 of 82 scenarios failed")
    assert _built(sample.green).named("title")[0].text == "✓ conformant: recordings (graphcal)"


def test_headline_without_a_verdict_gets_one() -> None:
    """A headline that is only a sentence is preceded by the verdict."""
    report = replace(sample.green(), headline="All is well.")

    assert _read(report).named("h1")[0].text == "✓ Conformant: All is well."


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


def test_every_scenario_appears_with_its_steps_and_outcome() -> None:
    """The specification holds all scenarios in order, each with its outcome in words and its own steps."""
    report = sample.troubled()
    document = _read(report)
    specification = [
        e
        for e in document.named("details")
        if e.parents[-2:] == ("section", "section") and "row" in e.attributes["class"]
    ]

    assert len(specification) == len(report.scenarios)
    for scenario, element in zip(report.scenarios, specification, strict=True):
        words = " ".join(element.text.split())
        assert f"{scenario.outcome} {scenario.title}" in words
        assert all(step.text in words for step in scenario.steps if step.line > scenario.line)
        assert all(name in words for name in (*scenario.requirements, *scenario.exchanges))


def test_background_is_told_once() -> None:
    """Steps of a Background stand before the scenarios, not in each."""
    document = _built(sample.green)
    before = [e for e in document.named("details") if e.attributes.get("class") == "before"]

    assert len(before) == 1
    assert " ".join(before[0].text.split()) == (
        "Before each scenario Given Adele is a delegate of Alex And the meeting "
        '"Christmas dinner" is planned day 25 December from 18:00 to 22:00 time zone Pacific Standard Time'
    )


def test_scenario_stopped_in_its_background_shows_all_steps() -> None:
    """Where the Background did not go well, the scenario says which step it was."""
    report = sample.green()
    scenario = report.scenarios[0]
    steps = (replace(scenario.steps[0], outcome="unmet"), *scenario.steps[1:])
    report = replace(
        report, scenarios=(replace(scenario, steps=steps, outcome="unmet"), *report.scenarios[1:])
    )
    page = " ".join(_read(report).by_id("walkthrough-the-delegate-lists-her-calendars").text.split())

    assert "Given Adele is a delegate of Alex ○ unmet, line 7" in page


def test_failure_is_unfolded_and_complete() -> None:
    """Message, expected, actual, place, requirement, failing step, exchange and curl stand together."""
    article = _built(sample.troubled).by_id("trouble-a-delegate-cannot-share-the-owner-s-calendar-on")
    text = " ".join(article.text.split())

    assert "details" not in article.parents
    for part in (
        "✗ failed A delegate cannot share the owner's calendar on",
        "Expected canShare of Alex's calendar to be false, got true.",
        "Expected false Actual true At $.value[1].canShare in the answer walkthrough-1",
        "Note Compute canShare from the role.",
        "SET-04 · stated · Walkthrough, step 1",
        "And Adele cannot share Alex's calendar ✗ failed, line 27",
        "GET https://graph.microsoft.com/v1.0/me/calendars",
        "200 OK",
        "curl -sS -X GET",
    ):
        assert part in text


def test_place_of_a_finding_is_marked() -> None:
    """The offending line is marked, an absent member and a wrong status too."""
    document = _built(sample.troubled)
    marked = [mark.text.strip() for mark in document.named("mark") if "article" in mark.parents]

    assert marked == [
        '"canShare": true,',
        "200 OK",
        '"name": "Adele Vance",',
        '"address": "AdeleV@contoso.com"',
        "{",
    ]
    assert "← no meetingMessageType here" in [i.text.strip() for i in document.named("i")]


def test_many_findings_are_folded() -> None:
    """Of a hundred findings five stand open."""
    report = sample.troubled()
    scenario = next(
        s for s in report.scenarios if s.title == "A delegate cannot share the owner's calendar on"
    )
    many = replace(scenario, findings=scenario.findings * 100)
    document = _read(replace(report, scenarios=(many,)))

    assert "95 more" in [summary.text for summary in document.named("summary")]


def test_exchange_is_printed_in_full_once() -> None:
    """Each body is in the page once; everything else links to it."""
    report = sample.green()
    document = _read(report)

    for name in report.exchanges:
        assert "details" in document.by_id(f"exchange-{name}").parents
    assert as_html.text(report).count("&lt;86880ccb8ec64184996e46eaddaed279@") == 1


def test_unanswered_request_says_so() -> None:
    """An exchange without an answer is not shown as an empty one."""
    assert "no answer came" in _built(sample.troubled).by_id("exchange-routing-7").text


def test_unknown_status_is_shown_as_a_number() -> None:
    """A status without a usual phrase stands alone."""
    report = sample.green()
    odd = replace(report.exchanges["walkthrough-1"], status=799)
    document = _read(replace(report, exchanges={"walkthrough-1": odd}))

    assert "799" in document.by_id("exchange-walkthrough-1").text


def test_same_reason_is_told_once() -> None:
    """What was not checked is grouped by why."""
    document = _built(sample.troubled)
    groups = [e for e in document.named("ul") if e.attributes.get("class") == "tight"]

    assert groups[0].text.count("Nobody has private access") == 1
    assert "A delegate with private access sees the subject" in groups[0].text


def test_requirements_are_listed_by_chapter() -> None:
    """All 220 rows are there, folded by chapter with a tally, untested ones with their reason."""
    document = _built(sample.green)
    folded = [e for e in document.named("details") if e.attributes.get("class") == "fold"]

    assert len(folded) == len(sample.CHAPTERS)
    assert "33 requirements: 21 passed, 12 untested" in folded[0].text
    assert "accepting happens in an Outlook client" in document.by_id("set-17").text
    assert sum(len(re.findall(r"(?m)^[A-Z]{3}-\d\d$", e.text)) for e in folded) == 220


def test_recordings_tell_their_provenance() -> None:
    """Every fact of a recording is shown, addresses as links."""
    document = _built(sample.green)
    section = next(e for e in document.named("section") if e.attributes["aria-labelledby"] == "recordings")

    assert "walkthrough: Create Outlook events in a shared or delegated calendar" in section.text
    assert "read on" in section.text
    assert sample.PAGE in [a.attributes["href"] for a in document.named("a") if "dd" in a.parents]


def test_empty_sections_are_left_out() -> None:
    """A green run has no heading for failures; an empty run has no sections at all."""
    assert "failures" not in {e.attributes.get("id") for e in _built(sample.green).elements}
    assert _built(sample.empty).named("section") == []


def test_words_are_explained() -> None:
    """A reader who meets an outcome or a level for the first time finds what it means."""
    header = _built(sample.green).named("header")[0].text

    assert "The target does what the requirement says." in header
    assert "Seen in an example or a report, promised nowhere." in header


def test_page_is_small() -> None:
    """Ninety scenarios with their evidence stay well below half a megabyte."""
    assert len(as_html.text(sample.troubled()).encode()) < 300_000


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
        "panel": ("ink", "soft", "link", "failed", "warned", "known", "other"),
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
