"""badge.svg says the verdict in two words, to everybody and everywhere."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
import sample

from graphcal.outcomes import Verdict
from graphcal.report import as_badge

if TYPE_CHECKING:
    from graphcal.report.model import Report

SVG = "{http://www.w3.org/2000/svg}"


def _parsed(report: Report) -> ET.Element:
    return ET.fromstring(as_badge.text(report).encode("utf-8"))  # noqa: S314 - our own output


def _words(report: Report) -> list[str | None]:
    return [element.text for element in _parsed(report).iter(f"{SVG}text")]


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (sample.green(), "conformant 81/220"),
        (sample.troubled(), "deviates: 4 failed"),
        (replace(sample.green(), verdict="inconclusive"), "inconclusive"),
        (sample.empty(), "nothing checked"),
    ],
    ids=list(Verdict),
)
def test_badge_says_the_verdict(report: Report, said: str) -> None:
    """What holds is counted of all requirements; what fails by scenarios, as the headline does."""
    assert _words(report) == ["graphcal", said]


def test_badge_is_an_image_with_a_name_and_a_title() -> None:
    """Who can't see it hears the verdict, and who points at it reads the headline."""
    root = _parsed(sample.troubled())

    assert root.get("role") == "img"
    assert root.get("aria-label") == "graphcal: deviates: 4 failed"
    assert root.findtext(f"{SVG}title") == f"graphcal: {sample.troubled().headline}"


def test_badge_loads_nothing() -> None:
    """Neither a font nor a style nor an image comes from elsewhere."""
    written = as_badge.text(sample.troubled())

    assert re.findall(r"https?://\S+?(?=\")", written) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"href|url\(|@import|<script|<style", written)


def test_words_fit_into_their_fields() -> None:
    """Each text is held to the width between the edges of its field, whatever the font."""
    root = _parsed(sample.troubled())
    fields = [(int(rect.get("x", "")), int(rect.get("width", ""))) for rect in root.iter(f"{SVG}rect")]
    texts = [(int(word.get("x", "")), int(word.get("textLength", ""))) for word in root.iter(f"{SVG}text")]

    assert [(x - 6, length + 12) for x, length in texts] == fields
    assert int(root.get("width", "")) == sum(width for _, width in fields)


@pytest.mark.parametrize("colour", [*as_badge.COLOURS.values(), "#24292f"])
def test_white_is_readable_on_every_colour(colour: str) -> None:
    """The contrast is that of WCAG's level AA."""
    assert 1.05 / (_luminance(colour) + 0.05) >= 4.5


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_same_report_gives_the_same_bytes() -> None:
    """A badge in a repository changes only with the verdict."""
    again = replace(sample.troubled(), started="2027-01-01T00:00:00+00:00", seconds=1.0)

    assert as_badge.text(again) == as_badge.text(sample.troubled())


def test_hostile_headline_leaves_valid_xml() -> None:
    """What a target's name holds becomes text."""
    assert _words(sample.hostile()) == ["graphcal", "deviates: 1 failed"]
