"""Write the specification: each requirement with its outcome beside it and its scenarios below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphcal.report import wording
from graphcal.report.page.markup import prose, tag
from graphcal.report.page.parts import details, exchange_links, outcome, steps, title
from graphcal.report.page.view import own_steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graphcal.report.model import Requirement, Scenario
    from graphcal.report.page.markup import Child, Markup
    from graphcal.report.page.view import Chapter, View
    from graphcal.report.words import Words

LONGEST_REASON = 160  # characters of a reason that stands above in full


def specification(view: View) -> Iterator[Child]:
    """Write the catalogue by chapter, then the scenarios that belong to no requirement."""
    yield tag("p", view.say("spec.intro", explain=tag("code", "graphcal explain ID")))
    yield _filter(view)
    yield (_chapter(view, chapter) for chapter in view.chapters)
    if view.homeless:
        yield tag("section", tag("h3", view.words("spec.homeless")), _scenarios(view, view.homeless))


def _filter(view: View) -> Markup:
    """Write the controls that the script shows and obeys; without scripts they stay hidden."""
    words, rows = view.words, view.report.requirements
    found = wording.tally(word for row in rows for word in _found(view, row))
    levels = wording.tally(row.level for row in rows)
    search = tag("input", type="search", name="text", placeholder=words("filter.example"))
    return tag(
        "form",
        tag("label", words("filter.text"), " ", search),
        _choices(words, "outcome", found),
        _choices(words, "level", levels),
        tag("button", words("filter.reset"), type="reset"),
        tag("p", id="shown", role="status"),
        id="filter",
        role="search",
        aria_label=words("filter.title"),
        hidden="",
    )


def _choices(words: Words, kind: str, values: Iterable[str]) -> Markup:
    boxes = [
        tag("label", tag("input", type="checkbox", name=kind, value=value), " ", words.name(kind, value))
        for value in values
    ]
    return tag("fieldset", tag("legend", words(f"filter.{kind}")), boxes)


def _found(view: View, row: Requirement) -> Iterable[str]:
    """Return the outcomes that a requirement is found by: its own and those of its scenarios."""
    ended = (view.scenarios[name].outcome for name in row.scenarios if name in view.scenarios)
    return dict.fromkeys([row.outcome, *ended])


def _chapter(view: View, chapter: Chapter) -> Markup:
    counted = wording.in_words(chapter.counts, view.words)
    if chapter.verdict:
        counted = f"{view.words.name('verdict', chapter.verdict)}: {counted}"
    heading = tag("span", f"{chapter.key} {chapter.title}", lang=view.lang())
    return tag(
        "section",
        tag("h3", heading, " ", tag("small", counted)),
        (_requirement(view, row) for row in chapter.requirements),
    )


def _requirement(view: View, row: Requirement) -> Markup:
    origin = [view.words.name("level", row.level), " · ", view.source(row)]
    mine = [view.scenarios[name] for name in row.scenarios if name in view.scenarios]
    return tag(
        "div",
        tag("h4", row.id, " ", outcome(view.words, row.outcome)),
        tag("p", prose(row.text), lang=view.lang()),
        tag("p", tag("small", origin)),
        tag("p", prose(row.reason), class_="soft", lang=view.lang()) if row.reason and not mine else None,
        _scenarios(view, [scenario for scenario in mine if view.homes[scenario.id] == row.id]),
        (_reference(view, scenario) for scenario in mine if view.homes[scenario.id] != row.id),
        (tag("p", name) for name in row.scenarios if name not in view.scenarios),
        class_="row",
        id=view.fragment("requirement", row.id),
        data_level=row.level,
        data_found=" ".join(_found(view, row)),
    )


def _reference(view: View, scenario: Scenario) -> Markup:
    """Point to a scenario that is written out under another requirement."""
    home = view.link("requirement", view.homes[scenario.id])
    told = view.say("spec.also", scenario=view.scenario_link(scenario), requirement=home)
    return tag("p", outcome(view.words, scenario.outcome), " ", told, class_="also")


def _scenarios(view: View, scenarios: Sequence[Scenario]) -> Iterator[Child]:
    for scenario in scenarios:
        state = None if scenario.outcome == "passed" else scenario.outcome
        summary = [outcome(view.words, scenario.outcome), " ", title(view, scenario)]
        yield details(summary, _scenario(view, scenario), class_=state)


def _scenario(view: View, scenario: Scenario) -> Iterator[Child]:
    """Write where a scenario stands and what it rests on, what it found in a line, and its steps."""
    yield tag("p", _facts(view, scenario), id=view.fragment("scenario", scenario.id))
    if scenario.message:
        yield tag("p", _message(view, scenario))
    yield steps(view, view.lang(scenario.feature), own_steps(scenario))


def _message(view: View, scenario: Scenario) -> Iterator[Child]:
    """Say what the scenario found, in short, and link to where all is told, or the reason that many have."""
    reason = view.reason(scenario)
    if scenario.findings or (scenario.outcome, reason) not in view.listed:
        short = wording.shortened(reason, LONGEST_REASON, view.words)
        yield [tag("span", prose(short), lang=view.lang()), " "]
    if scenario.findings and scenario.id not in view.told:
        answers = dict.fromkeys(finding.exchange for finding in scenario.findings if finding.exchange)
        yield [view.say("page.in", answer=exchange_links(view, [*answers])), " "] if answers else None
    yield view.account(scenario)


def _facts(view: View, scenario: Scenario) -> Iterator[Child]:
    yield f"{scenario.feature}:{scenario.line}"
    if scenario.exchanges:
        yield [" · ", view.say("spec.rests_on", answers=exchange_links(view, scenario.exchanges))]
