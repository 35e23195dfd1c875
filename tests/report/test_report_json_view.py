"""Bodies are printed so that the place in question is found at a glance."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sample

from graphcal.report.page.json_view import (
    LONGEST_TEXT,
    MOST_LINES,
    WIDTH,
    Line,
    Note,
    cut,
    indented,
    locate,
    printed,
    size,
)

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


@pytest.mark.parametrize("name", [n for n, e in sample.exchanges().items() if e.response_body])
def test_indented_body_is_the_json_itself(name: str) -> None:
    """Nothing is added or left out, and what fits is in one line."""
    body = sample.exchanges()[name].response_body
    lines = indented(body).split("\n")

    assert json.loads("\n".join(lines)) == body
    assert len(lines) < len(json.dumps(body, indent=2).split("\n"))


def test_what_fits_stands_in_one_line() -> None:
    """Small objects and lists are read as one thing; no line of several values is longer than is read at once."""
    body = sample.exchanges()["walkthrough-2"].response_body
    lines = [line.text for line in printed(body)]

    assert '      "emailAddress": {"name": "Megan Bowen", "address": "MeganB@contoso.com"}' in lines
    assert [line for line in lines if line.endswith(("},", "],")) and len(line) > WIDTH + 5] == []


def test_named_place_is_marked() -> None:
    """Only the line of the value in question is marked."""
    body = sample.exchanges()["walkthrough-1"].response_body

    assert [line.text.strip() for line in printed(body, ["$.value[1].canShare"]) if line.marked] == [
        '"canShare": false,'
    ]


def test_small_object_is_marked_as_a_whole() -> None:
    """A path to an object marks all its lines."""
    assert [line.text for line in printed(BODY, ["$.value[0]"]) if line.marked] == [
        "    {",
        '      "a": 1',
        "    },",
    ]


def test_absent_member_is_noted_where_it_should_be() -> None:
    """What is missing is said at the object that lacks it."""
    note = Note("page.absent", "canShare")

    assert Line("    {", marked=True, note=note) in printed(BODY, ["$.value[0].canShare"])


def test_long_id_is_abridged_unless_it_is_what_matters() -> None:
    """An id shows its beginning and its end; the one a finding names is shown whole; prose is left alone."""
    name = "AAMkAGI2TG93AAA-" * 6
    body = {"id": name, "text": "many words " * 10, "other": name}

    assert [line.text for line in printed(body, ["$.id"])] == [
        "{",
        f'  "id": "{name}",',
        f'  "text": "{"many words " * 10}",',
        '  "other": "AAMkAGI2TG93AAA-…TG93AAA-"',
        "}",
    ]


def test_long_list_shows_its_beginning_and_what_matters() -> None:
    """Of many items the first are shown, and any that a finding names; how many are left out is said."""
    body = {"value": [{"subject": f"number {n}", "text": "many words " * 10} for n in range(30)]}
    lines = printed(body, ["$.value[20].subject"])

    assert [line.text.strip() for line in lines if "subject" in line.text] == [
        *(f'"subject": "number {n}",' for n in range(4)),
        '"subject": "number 20",',
    ]
    assert [line.note for line in lines if line.note] == [Note("cut_items", 16), Note("cut_items", 9)]


def test_excerpt_keeps_the_neighbourhood_and_drops_the_rest() -> None:
    """Of a long answer a failure shows what is around the place in question, and says what it leaves out."""
    body = sample.exchanges()["walkthrough-3"].response_body
    lines = printed(body, ["$.event.attendees[1].emailAddress.address"], around=4)

    assert [line.text.strip() for line in lines if line.marked] == ['"address": "MeganB@contoso.com"']
    assert len(lines) < 20 < len(printed(body))
    assert {line.note.key for line in lines if line.note} == {"cut_members", "cut_items"}


def test_excerpt_without_a_place_shows_the_beginning() -> None:
    """Where a status is wrong, the first members tell what came."""
    lines = printed(sample.exchanges()["walkthrough-2"].response_body, [""], around=4)

    assert lines[1].text.startswith('  "@odata.context"')
    assert [line.text for line in lines[-2:]] == ["  …", "}"]


def test_short_body_is_never_shortened() -> None:
    """An excerpt of little is all of it."""
    assert printed(BODY, ["$.value[0].a"], around=1) == printed(BODY, ["$.value[0].a"])


@pytest.mark.parametrize("body", [None, True, 0, "", [], {}, "text\nof two lines", [[]]])
def test_any_json_can_be_printed(body: object) -> None:
    """No shape of body breaks a report."""
    printed(body, ["$.a", "$[0]"], around=4)


def test_cut_body_says_how_much_is_gone() -> None:
    """As many lines are kept as fit into so many characters."""
    lines = [Line("12345"), Line("123"), Line("1")]

    assert size(lines) == 12
    assert cut(lines, 12) == lines
    assert cut(lines, 11) == [*lines[:2], Line("", note=Note("cut_lines", 1))]
    assert cut(lines, 9) == [Line("", note=Note("cut_lines", 3))]
    assert cut(lines, 0) == [Line("", note=Note("cut_lines", 3))]


def test_annotations_are_cut_first() -> None:
    """Of an event, a reader wants the subject before the context."""
    lines = printed({"@odata.context": "x " * 100, "subject": "Lunch", "body": "y " * 100})

    assert [line.text for line in cut(lines, 30)] == ["{", '  "subject": "Lunch",', ""]
    assert cut(lines, 30)[-1].note == Note("cut_lines", 3)


def test_endless_bodies_are_cut() -> None:
    """Length, depth and long values are bounded, and the cut is said."""
    deep: list[Any] = []
    for _ in range(3000):
        deep = [deep]
    many = {f"member {n}": "x" for n in range(MOST_LINES * 2)}

    assert printed(many)[-1].note == Note("cut_lines", 402)
    assert "[…]" in [line.text.strip() for line in printed(deep, ["$[0]"])]
    assert printed("x" * (LONGEST_TEXT + 7)) == [Line(f"{'x' * LONGEST_TEXT}… (+7)")]
    assert len(printed({"a": "x y" * LONGEST_TEXT})[1].text) < LONGEST_TEXT * 2
