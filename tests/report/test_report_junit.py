"""junit.xml is read by every CI system, whatever texts a target sends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
import sample

from graphcal.report import as_junit

if TYPE_CHECKING:
    from graphcal.report.model import Report


def _parsed(report: Report) -> ET.Element:
    return ET.fromstring(as_junit.text(report).encode("utf-8"))  # noqa: S314 - our own output


def _case(root: ET.Element, title: str) -> ET.Element:
    return next(case for case in root.iter("testcase") if case.get("name") == title)


def _properties(case: ET.Element) -> list[tuple[str | None, str | None]]:
    return [(entry.get("name"), entry.get("value")) for entry in case.iter("property")]


def test_each_feature_is_a_suite_and_each_scenario_a_case() -> None:
    """Suites and cases stand in the order of the features."""
    report = sample.green()
    root = _parsed(report)

    assert [suite.get("name") for suite in root] == [feature.path for feature in report.features]
    assert [case.get("name") for case in root.iter("testcase")] == [s.title for s in report.scenarios]


def test_counts_agree_with_the_cases() -> None:
    """The numbers of each suite, and their sums, are those of its cases."""
    root = _parsed(sample.troubled())
    elements = {"failures": "failure", "errors": "error", "skipped": "skipped", "tests": "testcase"}

    assert {name: root.get(name) for name in elements} == {
        "tests": "82",
        "failures": "4",
        "errors": "1",
        "skipped": "4",
    }
    for suite in [root, *root]:
        for attribute, name in elements.items():
            assert suite.get(attribute) == str(len(list(suite.iter(name))))


def test_case_says_where_it_stands_and_how_long_it_took() -> None:
    """A CI system can link a case to its file and line."""
    scenario = sample.green().scenarios[2]
    case = _case(_parsed(sample.green()), scenario.title)

    assert {name: case.get(name) for name in ("classname", "file", "line", "time")} == {
        "classname": "features/walkthrough.feature",
        "file": "features/walkthrough.feature",
        "line": str(scenario.line),
        "time": f"{scenario.seconds:.3f}",
    }


def test_case_carries_requirements_place_outcome_and_level() -> None:
    """The ids, the place and the finer word are properties, which every reader of JUnit passes on."""
    scenario = sample.green().scenarios[1]
    case = _case(_parsed(sample.green()), scenario.title)

    assert _properties(case) == [
        ("requirement", "SET-03"),
        ("requirement", "SET-07"),
        ("file", "features/walkthrough.feature"),
        ("line", str(scenario.line)),
        ("outcome", "passed"),
        ("level", "stated"),
        ("provenance", "documentation"),
    ]


@pytest.mark.parametrize(
    ("title", "element", "outcome"),
    [
        ("Creating is answered with 201", "failure", "failed"),
        ("The tally comes in time", "error", "error"),
        ("An attendee forwards the event", "skipped", "unsupported"),
        ("Reading scopes do not let a delegate create", "skipped", "unmet"),
        ("The subject says how Christie answered", "system-out", "warned"),
        ("A comment cannot be silent", "system-out", "known"),
    ],
)
def test_outcome_becomes_the_nearest_that_junit_knows(title: str, element: str, outcome: str) -> None:
    """Only a failure fails; a warning and a known deviation pass and say what they found."""
    scenario = next(scenario for scenario in sample.troubled().scenarios if scenario.title == title)
    case = _case(_parsed(sample.troubled()), title)

    assert [child.tag for child in case] == ["properties", element]
    assert ("outcome", outcome) in _properties(case)
    assert scenario.message in (case.findtext(element) or "")


def test_message_of_a_failure_is_its_first_line_and_its_body_has_the_curl() -> None:
    """A list of failures shows complete sentences; opening one shows the rest."""
    failure = next(_parsed(sample.troubled()).iter("failure"))

    assert failure.get("message") == "Expected canShare of Alex's calendar to be false, got true."
    assert "graphcal explain SET-04" in (failure.text or "")
    assert "curl -sS -X GET" in (failure.text or "")


def test_hostile_texts_leave_valid_xml() -> None:
    """Control characters and lone surrogates become visible stand-ins; everything else comes back."""
    root = _parsed(sample.hostile())
    shown = (
        sample.HOSTILE.replace("\x00", "␀")
        .replace("\x1b", "␛")
        .replace("\x7f", "␡")
        .replace("\ud800", "\ufffd")
    )

    assert [case.get("name") for case in root.iter("testcase")] == [
        f"{number} {shown}" for number in range(7)
    ]
    assert next(root.iter("failure")).get("message") == re.sub(r"\u2028$", "", shown)


def test_empty_run_is_valid_too() -> None:
    """A run that was stopped before it began has a report."""
    root = _parsed(sample.empty())

    assert (root.tag, root.get("tests"), list(root)) == ("testsuites", "0", [])
