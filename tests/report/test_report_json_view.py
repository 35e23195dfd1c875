"""Bodies are printed so that the place in question is found at a glance."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sample

from graphcal.report.page.json_view import LONGEST_TEXT, MOST_LINES, Line, locate, view

BODY: dict[str, Any] = {
    "@odata.type": "#microsoft.graph.event",
    "value": [{"a": 1}, {"a.b": 2, "a": {"b": 3}}],
    "odd'name": True,
}


@pytest.mark.parametrize(
    ("path", "place", "missing"),
    [
        ("$", (), ""),
        ("$.value[0].a", ("value", 0, "a"), ""),
        ("$.@odata.type", ("@odata.type",), ""),
        ("$['@odata.type']", ("@odata.type",), ""),
        ('$["odd\'name"]', ("odd'name",), ""),
        ("$.value[1].a.b", ("value", 1, "a.b"), ""),
        ("$.value[1]['a'].b", ("value", 1, "a", "b"), ""),
        ("$.value[1].c", ("value", 1), "c"),
        ("$.value[7].a", ("value",), "[7].a"),
        ("$.value[*].a", ("value",), "[*].a"),
        ("nonsense", (), "nonsense"),
    ],
)
def test_path_is_found_as_far_as_it_goes(path: str, place: tuple[str | int, ...], missing: str) -> None:
    """A path leads to the deepest place that exists, and what is missing is named."""
    assert locate(BODY, path) == (place, missing)


def test_print_is_the_json_itself() -> None:
    """Without a path nothing is added or left out."""
    body = sample.exchanges()["walkthrough-6"].response_body

    assert "\n".join(line.text for line in view(body)) == json.dumps(body, indent=2, ensure_ascii=False)


def test_named_place_is_marked() -> None:
    """Only the line of the value in question is marked."""
    body = sample.exchanges()["walkthrough-1"].response_body

    assert [line.text.strip() for line in view(body, ["$.value[1].canShare"]) if line.marked] == [
        '"canShare": false,'
    ]


def test_small_object_is_marked_as_a_whole() -> None:
    """A path to an object marks all its lines."""
    assert [line.text for line in view(BODY, ["$.value[0]"]) if line.marked] == [
        "    {",
        '      "a": 1',
        "    },",
    ]


def test_absent_member_is_noted_where_it_should_be() -> None:
    """What is missing is said at the object that lacks it."""
    assert Line("    {", marked=True, note="← no canShare here") in view(BODY, ["$.value[0].canShare"])


def test_excerpt_keeps_the_neighbourhood_and_drops_the_rest() -> None:
    """Of a long answer a failure shows what is around the place in question."""
    body = sample.exchanges()["walkthrough-3"].response_body
    lines = view(body, ["$.event.attendees[1].emailAddress.address"], excerpt=True)

    assert [line.text.strip() for line in lines if line.marked] == ['"address": "MeganB@contoso.com"']
    assert len(lines) < 20 < len(view(body))


def test_excerpt_without_a_place_shows_the_beginning() -> None:
    """Where a status is wrong, the first members tell what came."""
    lines = view(sample.exchanges()["walkthrough-2"].response_body, [""], excerpt=True)

    assert lines[1].text.startswith('  "@odata.context"')
    assert [line.text for line in lines[-2:]] == ["  …", "}"]


def test_short_body_is_never_shortened() -> None:
    """An excerpt of little is all of it."""
    assert view(BODY, ["$.value[0].a"], excerpt=True) == view(BODY, ["$.value[0].a"])


@pytest.mark.parametrize("body", [None, True, 0, "", [], {}, "text\nof two lines", [[]]])
def test_any_json_can_be_printed(body: object) -> None:
    """No shape of body breaks a report."""
    view(body, ["$.a", "$[0]"], excerpt=True)


def test_endless_bodies_are_cut() -> None:
    """Length, depth and long values are bounded, and the cut is said."""
    deep: list[Any] = []
    for _ in range(3000):
        deep = [deep]

    assert view(list(range(MOST_LINES * 2)))[-1].note == "… 402 more lines are left out here"
    assert [line.text for line in view(deep)] == ["(nested too deep to be shown)"]
    assert "[…]" in [line.text.strip() for line in view(deep, ["$[0]"])]
    assert len(view("x" * LONGEST_TEXT * 3)[0].text) < LONGEST_TEXT * 2
    assert len(view({"a": "x" * LONGEST_TEXT * 3})[1].text) < LONGEST_TEXT * 2
