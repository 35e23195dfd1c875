"""Write what a run found wrong, and what it could not check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphcal.report import wording
from graphcal.report.page.markup import outcome, prose, tag
from graphcal.report.page.parts import block, chips, curl, details, label, steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphcal.report.model import Scenario
    from graphcal.report.page.markup import Child, Markup
    from graphcal.report.page.view import Evidence, View

MOST_FINDINGS = 5  # of one scenario, unfolded


def failures(view: View) -> Iterator[Child]:
    """Write each failed scenario unfolded, then the errors."""
    for scenario in view.troubled:
        heading = tag("h3", outcome(scenario.outcome), " ", scenario.title)
        first = tag("p", prose(wording.first_line(scenario.message)), class_="lead")
        fragment = view.fragment("trouble", scenario.id)
        yield tag("article", heading, first, _case(view, scenario), class_=scenario.outcome, id=fragment)


def remarks(view: View) -> Iterator[Child]:
    """Write each warning and known deviation folded."""
    for scenario in view.remarked:
        reason = tag("small", prose(wording.first_line(scenario.message)))
        title = [outcome(scenario.outcome), " ", tag("span", scenario.title, tag("br"), reason)]
        fragment = view.fragment("trouble", scenario.id)
        yield details(title, _case(view, scenario), class_="row", fragment=fragment)


def unchecked(view: View) -> Markup:
    """Write each reason not to check something, and what it kept from being checked."""
    groups = []
    for (word, reason), scenarios in view.reasons.items():
        links = [tag("li", view.link("scenario", scenario.id, scenario.title)) for scenario in scenarios]
        groups.append(tag("li", tag("p", outcome(word), " ", prose(reason)), tag("ul", links)))
    return tag("ul", groups, class_="tight")


def _case(view: View, scenario: Scenario) -> Iterator[Child]:
    """Tell all about a scenario in trouble: what it found, what it checks, its steps, the evidence, the curl."""
    evidence = view.evidence(scenario)
    _, _, rest = scenario.message.strip().partition("\n")
    if rest and not evidence:
        yield block(rest, class_="message")
    yield (_finding(view, item) for item in evidence[:MOST_FINDINGS])
    if more := evidence[MOST_FINDINGS:]:
        yield details(f"{len(more)} more", (_finding(view, item) for item in more))
    yield (_requirement(view, name) for name in scenario.requirements)
    if scenario.steps:
        yield label("Scenario", view.link("scenario", scenario.id, f"{scenario.feature}:{scenario.line}"))
        yield steps(scenario.steps)
    yield _exchanges(view, scenario, evidence)
    yield curl(scenario.curl)
    if rest and evidence:
        yield details("The whole message", block(scenario.message.strip(), class_="message"))


def _finding(view: View, item: Evidence) -> Iterator[Child]:
    finding = item.finding
    expected = tag("div", label("Expected"), block(finding.expected))
    actual = tag("div", label("Actual"), block(finding.actual), class_="actual")
    yield tag("div", expected, actual, class_="versus")
    place = ["At ", tag("code", finding.path)] if finding.path else None
    answer = [" in the answer " if place else "In the answer ", view.link("exchange", finding.exchange)]
    if place or finding.exchange:
        yield tag("p", place, answer if finding.exchange else None, class_="where")
    if finding.hint:
        yield tag("p", tag("b", "Note"), " ", prose(finding.hint), class_="where")


def _requirement(view: View, name: str) -> Child:
    if not (row := view.requirements.get(name)):
        return None
    origin = [view.link("requirement", name), f" · {row.level} · ", view.source(row)]
    return tag("blockquote", tag("p", prose(row.text)), tag("footer", origin))


def _exchanges(view: View, scenario: Scenario, evidence: Sequence[Evidence]) -> Iterator[Child]:
    shown = [item for item in evidence if item.exchange]
    if not shown and scenario.exchanges:
        links = (view.link("exchange", name) for name in scenario.exchanges)
        yield tag("p", chips("Rests on", links), class_="chips")
    for item in shown:
        if item.exchange:
            yield label("Request", f"as {item.exchange.person}")
            yield view.request(item.exchange, excerpt=True)
            yield label("Answer", view.link("exchange", item.exchange.id, "in full"))
            yield view.answer(item.exchange, item.paths)
