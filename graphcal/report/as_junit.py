"""Write junit.xml, which every CI system shows: a suite for each feature, a case for each scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from graphcal.report.wording import feature_titles, first_line, in_order, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphcal.report.model import Report, Scenario

_ELEMENTS = {"failed": "failure", "error": "error", "unsupported": "skipped", "unmet": "skipped"}
_COUNTED = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def text(report: Report) -> str:
    """Return the run as JUnit XML; JUnit knows fewer outcomes, so the finer word is a property of each case.

    `warned` and `known` count as passed and say what they found in `system-out`.
    """
    root = Element("testsuites", name="graphcal")
    scenarios = in_order(report)
    _count(root, scenarios)
    root.set("time", f"{report.seconds:.3f}")
    for path, title in feature_titles(report).items():
        if mine := [scenario for scenario in scenarios if scenario.feature == path]:
            suite = SubElement(root, "testsuite", name=path, timestamp=report.started)
            _count(suite, mine)
            suite.set("time", f"{sum(scenario.seconds for scenario in mine):.3f}")
            _properties(
                suite, [("title", title), ("target", report.target.name), ("verdict", report.verdict)]
            )
            for scenario in mine:
                _case(suite, scenario)
    indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{printable(tostring(root, encoding="unicode"))}\n'


def _count(element: Element, scenarios: Sequence[Scenario]) -> None:
    ended = [_ELEMENTS.get(scenario.outcome) for scenario in scenarios]
    element.set("tests", str(len(scenarios)))
    for attribute, name in _COUNTED.items():
        element.set(attribute, str(ended.count(name)))


def _case(suite: Element, scenario: Scenario) -> None:
    case = SubElement(
        suite,
        "testcase",
        classname=scenario.feature,
        name=scenario.title,
        file=scenario.feature,
        line=str(scenario.line),
        time=f"{scenario.seconds:.3f}",
    )
    requirements = [("requirement", name) for name in scenario.requirements]
    place = [("file", scenario.feature), ("line", str(scenario.line))]
    facts = [("outcome", scenario.outcome), ("level", scenario.level), ("provenance", scenario.provenance)]
    _properties(case, [*requirements, *place, *facts])
    body = "\n\n".join(part for part in (scenario.message, scenario.curl) if part)
    if name := _ELEMENTS.get(scenario.outcome):
        result = SubElement(case, name, message=first_line(scenario.message), type=scenario.outcome)
        result.text = body
    elif scenario.outcome != "passed":
        SubElement(case, "system-out").text = f"{scenario.outcome}: {body}"


def _properties(parent: Element, pairs: Sequence[tuple[str, str]]) -> None:
    properties = SubElement(parent, "properties")
    for name, value in pairs:
        SubElement(properties, "property", name=name, value=value)
