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
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from graphcal.report.model import Scenario
    from graphcal.report.page.markup import Child, Markup
    from graphcal.report.page.view import Evidence, View

MOST_FINDINGS = 5  # of one scenario, unfolded
MOST_FOLDED = 20  # further findings
MOST_LISTED = 10  # scenarios of one reason, unfolded
NEIGHBOURS = 4  # members on either side of what is wrong in an answer
LONGEST_VALUE, LONGEST_FOLDED = 1500, 300  # characters of what was expected or came
LONGEST_MESSAGE = 6000


def failures(view: View) -> Iterator[Child]:
    """Write why scenarios failed, each reason with its scenarios, then each of these complete.

    The first are unfolded; those that there is no room for are only listed.
    """
    if view.troubled:
        yield _by_reason(view, view.causes, _entry)
    told = [scenario for group in view.causes.values() for scenario in group if scenario.id in view.told]
    if len(view.unfolded) < len(view.troubled):
        yield tag("p", _counted(view, len(told)))
    yield (case(view, scenario) for scenario in told)


def _counted(view: View, told: int) -> Iterator[Child]:
    """Say how many failures are told open, folded, and only listed."""
    unfolded, more = len(view.unfolded), len(view.troubled) - told
    yield view.words("failures.unfolded", told=view.words.count(unfolded, "scenario"))
    if told > unfolded:
        yield [" ", view.words("failures.folded", told=told - unfolded)]
    if more:
        yield [" ", view.words("failures.listed", more=more)]


def _entry(view: View, scenario: Scenario) -> list[Child]:
    """Link to what is told about a scenario, here or in the specification."""
    kind = "trouble" if scenario.id in view.told else "scenario"
    told = view.link(kind, scenario.id, scenario.title, view.lang(scenario.feature))
    return [told, tag("small", " ", ", ".join(scenario.requirements))]


def case(view: View, scenario: Scenario) -> Markup:
    """Write all about a scenario that is worth it, unfolded if it is one of the first that failed."""
    fragment = view.fragment("trouble", scenario.id)
    heading = [outcome(view.words, scenario.outcome), " ", title(view, scenario)]
    if scenario.id in view.unfolded:
        return tag("article", tag("h3", heading), _case(view, scenario), class_=scenario.outcome, id=fragment)
    reason = tag("small", prose(view.reason(scenario)), lang=view.lang())
    summary = [*heading, tag("br"), reason]
    return details(summary, tag("div", _case(view, scenario), id=fragment), class_=scenario.outcome)


def remarks(view: View) -> Iterator[Child]:
    """Write each warning and known deviation folded, or a line of it where there is no room."""
    yield (case(view, scenario) for scenario in view.remarked if scenario.id in view.told)
    if rest := [scenario for scenario in view.remarked if scenario.id not in view.told]:
        yield tag("p", view.words("remarks.listed", more=len(rest)))
        yield tag("ul", (tag("li", _remark(view, scenario)) for scenario in rest), class_="tight")


def _remark(view: View, scenario: Scenario) -> Iterator[Child]:
    reason = tag("small", prose(view.reason(scenario)), lang=view.lang())
    yield [outcome(view.words, scenario.outcome), " ", view.scenario_link(scenario), tag("br"), reason]


def unchecked(view: View) -> Markup:
    """Write each reason not to check something, and what it kept from being checked."""
    return _by_reason(view, view.reasons, lambda view, scenario: [view.scenario_link(scenario)])


def _by_reason(
    view: View,
    groups: Mapping[tuple[str, str], Sequence[Scenario]],
    entry: Callable[[View, Scenario], list[Child]],
) -> Markup:
    """List reasons with the scenarios that ended so, of many the first unfolded."""
    items = []
    for (word, reason), scenarios in groups.items():
        told = tag("span", prose(reason), lang=view.lang())
        entries = [tag("li", entry(view, scenario)) for scenario in scenarios]
        more = entries[MOST_LISTED:]
        folded = details(view.words.count(len(more), "more"), tag("ul", more)) if more else None
        items.append(
            tag(
                "li",
                tag("p", outcome(view.words, word), " ", told),
                tag("ul", entries[:MOST_LISTED]),
                folded,
                id=view.fragment("reason", f"{word} {reason}") or None,
            )
        )
    return tag("ul", items, class_="tight")


def _case(view: View, scenario: Scenario) -> Iterator[Child]:
    """Tell all about a scenario in trouble: what it found, what it judges, the curl, its steps, the answer."""
    evidence = view.evidence(scenario)
    message = wording.shortened(scenario.message.strip(), LONGEST_MESSAGE, view.words)
    first, _, rest = message.partition("\n")
    if not evidence:
        yield tag("p", prose(first), class_="lead", lang=view.lang())
        yield tag("pre", rest, lang=view.lang()) if rest else None
    yield (_finding(view, item) for item in evidence[:MOST_FINDINGS])
    yield _more_findings(view, evidence[MOST_FINDINGS:])
    yield (quote(view, name) for name in scenario.requirements)
    yield curl(view, scenario.curl)
    if scenario.steps:
        place = f"{scenario.feature}:{scenario.line}"
        yield label(view.words("page.scenario"), view.link("scenario", scenario.id, place))
        yield steps(view, view.lang(scenario.feature), scenario.steps)
    yield _answers(view, scenario, evidence[:MOST_FINDINGS])
    if rest and evidence:
        yield details(view.words("page.message"), tag("pre", message, lang=view.lang()))


def _more_findings(view: View, evidence: Sequence[Evidence]) -> Child:
    if not evidence:
        return None
    left = len(evidence) - MOST_FOLDED
    rest = tag("p", view.words("page.left_out", more=view.words.number(left))) if left > 0 else None
    shown = (_finding(view, item, LONGEST_FOLDED) for item in evidence[:MOST_FOLDED])
    return details(view.words.count(len(evidence), "more_findings"), shown, rest)


def _finding(view: View, item: Evidence, longest: int = LONGEST_VALUE) -> Iterator[Child]:
    finding, words = item.finding, view.words
    expected, actual = (
        tag("pre", wording.shortened(value, longest, words), lang=view.lang())
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
        hint = wording.shortened(finding.hint, longest, words)
        yield tag("p", tag("b", words("page.note")), " ", tag("span", prose(hint), lang=view.lang()))


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
