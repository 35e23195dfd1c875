"""Write the specification as it can be read, and the catalogue of requirements behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphcal.report import wording
from graphcal.report.page.markup import link, outcome, prose, tag
from graphcal.report.page.parts import chips, details, steps
from graphcal.report.page.view import own_steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphcal.report.model import Scenario, Step
    from graphcal.report.page.markup import Child
    from graphcal.report.page.view import Chapter, Family, View


def specification(view: View) -> Iterator[Child]:
    """Write the features, their rules, and each scenario folded."""
    yield tag("p", "Every scenario as it is written; open one to see its steps and the answers it rests on.")
    for chapter in view.chapters:
        fragment = view.fragment("feature", chapter.path)
        heading = tag("h3", chapter.title, id=fragment)
        yield tag("section", heading, _chapter(view, chapter), aria_labelledby=fragment)


def _chapter(view: View, chapter: Chapter) -> Iterator[Child]:
    yield tag("p", f"{wording.in_words(chapter.counts)} · {chapter.path}", class_="soft")
    yield (tag("p", prose(paragraph)) for paragraph in chapter.paragraphs)
    yield _background(chapter.background)
    for rule in chapter.rules:
        yield tag("h4", prose(rule.text)) if rule.text else None
        yield _background(rule.background)
        for scenario in rule.scenarios:
            names = tag("small", " ".join(scenario.requirements), class_="ids")
            title = [outcome(scenario.outcome), " ", tag("span", scenario.title), " ", names]
            fragment = view.fragment("scenario", scenario.id)
            yield details(title, _scenario(view, scenario), class_="row", fragment=fragment)


def _background(written: Sequence[Step]) -> Child:
    return details("Before each scenario", steps(written), class_="before") if written else None


def _scenario(view: View, scenario: Scenario) -> Iterator[Child]:
    if scenario.message:
        trouble = view.fragment("trouble", scenario.id)
        more = [" ", link(f"#{trouble}", "All about it")] if trouble else None
        yield tag("p", prose(wording.first_line(scenario.message)), more)
    yield steps(own_steps(scenario))
    spent = f"{wording.plural(scenario.requests, 'request')}, {wording.duration(scenario.seconds)}"
    facts = [f"line {scenario.line}", scenario.level, scenario.provenance, spent]
    yield tag(
        "p",
        chips("Requirements", (view.link("requirement", name) for name in scenario.requirements)),
        chips("Rests on", (view.link("exchange", name) for name in scenario.exchanges)),
        tag("small", " · ".join(fact for fact in facts if fact)),
        class_="chips",
    )


def requirements(view: View) -> Iterator[Child]:
    """Write the catalogue, each chapter folded with its tally."""
    number = wording.plural(len(view.report.requirements), "requirement")
    words = f"{number}: what each says, how firmly it is promised, and what this run found; "
    yield tag("p", words, tag("code", "graphcal explain ID"), " tells more about one.")
    names = [tag("th", name, scope="col") for name in ("Id", "Requirement", "Level", "Outcome")]
    for family in view.families:
        size = wording.plural(len(family.requirements), "requirement")
        numbers = tag("span", f"{size}: {wording.in_words(family.counts)}", class_="soft")
        title = [tag("h3", f"{family.key} {family.title}"), " ", numbers]
        table = tag("table", tag("thead", tag("tr", names)), tag("tbody", _rows(view, family)))
        yield details(title, table, class_="fold")


def _rows(view: View, family: Family) -> Iterator[Child]:
    for requirement in family.requirements:
        covering = [tag("li", _covering(view, name)) for name in requirement.scenarios]
        yield tag(
            "tr",
            tag("th", requirement.id, scope="row"),
            tag(
                "td",
                tag("p", prose(requirement.text), " ", tag("small", view.source(requirement))),
                tag("p", prose(requirement.reason), class_="soft") if requirement.reason else None,
                tag("ul", covering) if covering else None,
            ),
            tag("td", requirement.level),
            tag("td", outcome(requirement.outcome)),
            id=view.fragment("requirement", requirement.id),
        )


def _covering(view: View, name: str) -> list[Child]:
    scenario = view.scenarios.get(name)
    if not scenario:
        return [name]
    return [wording.MARKS.get(scenario.outcome, "?"), " ", view.link("scenario", name, scenario.title)]
