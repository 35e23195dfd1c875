"""Write how each feature file opens, and its rules as sentences with what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphcal.report import wording
from graphcal.report.page.markup import prose, tag
from graphcal.report.page.parts import label, steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphcal.report.model import Step
    from graphcal.report.page.markup import Child
    from graphcal.report.page.view import Feature, Rule, View


def features(view: View) -> Iterator[Child]:
    """Write the features in reading order; their scenarios stand under the requirements that they judge."""
    yield tag("p", view.words("features.intro"))
    for feature in view.features:
        fragment = view.fragment("feature", feature.path)
        heading = tag("h3", feature.title, id=fragment, lang=view.lang(feature.path))
        yield tag("section", heading, _feature(view, feature))


def _feature(view: View, feature: Feature) -> Iterator[Child]:
    lang = view.lang(feature.path)
    yield tag("p", feature.path, " · ", wording.in_words(feature.counts, view.words), class_="soft")
    yield (tag("p", prose(paragraph), lang=lang) for paragraph in feature.paragraphs)
    yield _background(view, feature.background, lang)
    yield tag("ul", (_rule(view, rule, lang) for rule in feature.rules if rule.text), class_="rules")


def _rule(view: View, rule: Rule, lang: str | None) -> Child:
    text = tag("span", prose(rule.text), lang=lang) if lang else prose(rule.text)
    counted = tag("small", wording.in_words(rule.counts, view.words))
    return tag("li", text, " ", counted, _background(view, rule.background, lang))


def _background(view: View, written: Sequence[Step], lang: str | None) -> Child:
    return [label(view.words("features.background")), steps(view, lang, written)] if written else None
