"""Write what a run found wrong, and what it could not check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphcal.report import wording
from graphcal.report.page.json_view import printed
from graphcal.report.page.markup import prose, tag
from graphcal.report.page.parts import (
    answer,
    curl,
    details,
    exchange_links,
    label,
    outcome,
    quote,
    steps,
    title,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphcal.report.model import Scenario
    from graphcal.report.page.markup import Child, Markup
    from graphcal.report.page.view import Evidence, View

MOST_FINDINGS = 5  # of one scenario, unfolded
NEIGHBOURS = 4  # members on either side of what is wrong in an answer
LONGEST_VALUE = 1500  # characters of what was expected or came


def failures(view: View) -> Iterator[Child]:
    """Write a list of the failed scenarios and errors, then each of them complete and unfolded."""
    if len(view.troubled) > 1:
        yield tag("ol", (tag("li", _entry(view, scenario)) for scenario in view.troubled), class_="index")
    if more := len(view.troubled) - len(view.unfolded):
        yield tag("p", view.words("failures.more", told=len(view.unfolded), more=more))
    yield (_failure(view, scenario) for scenario in view.unfolded)


def _entry(view: View, scenario: Scenario) -> list[Child]:
    """Write a line of the list: a link to what is told about a scenario, here or in the specification."""
    kind = "trouble" if view.fragment("trouble", scenario.id) else "scenario"
    told = view.link(kind, scenario.id, scenario.title, view.lang(scenario.feature))
    names = tag("small", " ", ", ".join(scenario.requirements))
    return [outcome(view.words, scenario.outcome), " ", told, names]


def _failure(view: View, scenario: Scenario) -> Markup:
    return tag(
        "article",
        tag("h3", outcome(view.words, scenario.outcome), " ", title(view, scenario)),
        _case(view, scenario),
        class_=scenario.outcome,
        id=view.fragment("trouble", scenario.id),
    )


def remarks(view: View) -> Iterator[Child]:
    """Write each warning and known deviation folded."""
    for scenario in view.remarked:
        reason = tag("small", prose(wording.first_line(scenario.message)), lang=view.lang())
        summary = [outcome(view.words, scenario.outcome), " ", title(view, scenario), tag("br"), reason]
        target = tag("div", _case(view, scenario), id=view.fragment("trouble", scenario.id))
        yield details(summary, target, class_=scenario.outcome)


def unchecked(view: View) -> Markup:
    """Write each reason not to check something, and what it kept from being checked."""
    groups = []
    for (word, reason), scenarios in view.reasons.items():
        why = tag("p", outcome(view.words, word), " ", tag("span", prose(reason), lang=view.lang()))
        groups.append(tag("li", why, tag("ul", (tag("li", view.scenario_link(s)) for s in scenarios))))
    return tag("ul", groups, class_="tight")


def _case(view: View, scenario: Scenario) -> Iterator[Child]:
    """Tell all about a scenario in trouble: what it found, what it judges, the curl, its steps, the answer."""
    evidence = view.evidence(scenario)
    first, _, rest = scenario.message.strip().partition("\n")
    if not evidence:
        yield tag("p", prose(first), class_="lead", lang=view.lang())
        yield tag("pre", rest, lang=view.lang()) if rest else None
    yield (_finding(view, item) for item in evidence[:MOST_FINDINGS])
    if more := evidence[MOST_FINDINGS:]:
        yield details(view.words.count(len(more), "more"), (_finding(view, item) for item in more))
    yield (quote(view, name) for name in scenario.requirements)
    yield curl(view, scenario.curl)
    if scenario.steps:
        place = f"{scenario.feature}:{scenario.line}"
        yield label(view.words("page.scenario"), view.link("scenario", scenario.id, place))
        yield steps(view, view.lang(scenario.feature), scenario.steps)
    yield _answers(view, scenario, evidence)
    if rest and evidence:
        yield details(view.words("page.message"), tag("pre", scenario.message.strip(), lang=view.lang()))


def _finding(view: View, item: Evidence) -> Iterator[Child]:
    finding, words = item.finding, view.words
    expected, actual = (
        tag("pre", wording.shortened(value, LONGEST_VALUE, words), lang=view.lang())
        for value in (finding.expected, finding.actual)
    )
    yield tag(
        "div",
        tag("div", label(words("page.expected")), expected),
        tag("div", label(words("page.actual")), actual, class_="actual"),
        class_="versus",
    )
    place = tag("code", finding.path)
    exchange = view.link("exchange", finding.exchange)
    if finding.path and finding.exchange:
        yield tag("p", view.say("page.at_in", place=place, answer=exchange))
    elif finding.path or finding.exchange:
        yield tag("p", view.say("page.at" if finding.path else "page.in", place=place, answer=exchange))
    if finding.hint:
        yield tag("p", tag("b", words("page.note")), " ", tag("span", prose(finding.hint), lang=view.lang()))


def _answers(view: View, scenario: Scenario, evidence: Sequence[Evidence]) -> Iterator[Child]:
    shown = [item for item in evidence if item.exchange]
    if not shown and scenario.exchanges:
        yield tag("p", view.say("spec.rests_on", answers=exchange_links(view, scenario.exchanges)))
    for item in shown:
        if item.exchange:
            whole = view.link("exchange", item.exchange.id, view.words("page.whole"))
            yield label(view.words("page.answer", person=item.exchange.person), whole)
            lines = printed(item.exchange.response_body, item.paths, around=NEIGHBOURS)
            yield answer(view, item.exchange, lines, marked="" in item.paths)
