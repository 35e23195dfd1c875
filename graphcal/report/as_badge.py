"""Write badge.svg: the verdict in two words, to be shown on a page about the target."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, tostring

from graphcal.outcomes import Outcome, Verdict
from graphcal.report.wording import printable

if TYPE_CHECKING:
    from graphcal.report.model import Report

NAME = "graphcal"
GREY = "#59616c"
COLOURS = {  # behind white text, each with a contrast of more than 4.5
    Verdict.CONFORMANT: "#1a7340",
    Verdict.DEVIATES: "#b3261e",
    Verdict.INCONCLUSIVE: "#9a2a6b",
    Verdict.EMPTY: GREY,
}
HEIGHT, PADDING = 20, 6  # pixels
NARROW, USUAL, WIDE = 4.0, 6.8, 9.8  # pixels that a character takes, about, in what most systems call Verdana
_NARROW, _WIDE = frozenset(" :/.,fijlrtI1"), frozenset("mwMW")


def text(report: Report) -> str:
    """Return the badge as SVG: "graphcal | conformant 205/220", the requirements that hold of all there are.

    It loads nothing, and the same report gives the same bytes. Its title is the headline of the run.
    """
    said = value(report)
    left, right = _width(NAME), _width(said)
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": f"{left + right}",
            "height": f"{HEIGHT}",
            "viewBox": f"0 0 {left + right} {HEIGHT}",
            "role": "img",
            "aria-label": f"{NAME}: {said}",
        },
    )
    SubElement(root, "title").text = f"{NAME}: {report.headline}"
    _field(root, 0, left, "#24292f", NAME)
    _field(root, left, right, COLOURS.get(Verdict(report.verdict), GREY), said)
    return printable(tostring(root, encoding="unicode")) + "\n"


def value(report: Report) -> str:
    """Say the verdict in two words and a number."""
    if report.verdict == Verdict.CONFORMANT:
        held = sum(requirement.outcome == Outcome.PASSED for requirement in report.requirements)
        return f"conformant {held}/{len(report.requirements)}"
    if report.verdict == Verdict.DEVIATES:
        return f"deviates: {sum(scenario.outcome == Outcome.FAILED for scenario in report.scenarios)} failed"
    return "nothing checked" if report.verdict == Verdict.EMPTY else report.verdict


def _field(root: Element, start: int, width: int, colour: str, words: str) -> None:
    SubElement(root, "rect", x=f"{start}", width=f"{width}", height=f"{HEIGHT}", fill=colour)
    label = SubElement(
        root,
        "text",
        {
            "x": f"{start + PADDING}",
            "y": "14",
            "fill": "#ffffff",
            "font-family": "Verdana, 'DejaVu Sans', sans-serif",
            "font-size": "11",
            "textLength": f"{width - 2 * PADDING}",  # so that it fits in whatever font there is
        },
    )
    label.text = words


def _width(words: str) -> int:
    characters = (NARROW if sign in _NARROW else WIDE if sign in _WIDE else USUAL for sign in words)
    return round(sum(characters)) + 2 * PADDING
