"""A value knows where it was found, and looks for names as deep as they may hide."""

from __future__ import annotations

from typing import Any

import pytest
from value_samples import value_of

from graphcal.value import MISSING


def found(payload: Any, **options: Any) -> list[tuple[str, str]]:
    """Return the strings of a payload with their places, sorted by place."""
    return sorted((text.path, text.text) for text in value_of(payload).texts(**options))


def test_property_is_found_with_its_path() -> None:
    """A path leads from the answer to the value."""
    value = value_of({"value": [{}, {"owner": {"name": "Alex"}}]})["value"].items()[1].at("owner.name")
    assert (value.json, value.path, value.exists) == ("Alex", "$.value[1].owner.name", True)


def test_odd_names_are_quoted_in_a_path() -> None:
    """A name that is no plain word stands in brackets."""
    assert value_of({"@odata.etag": "W"})["@odata.etag"].path == "$['@odata.etag']"


@pytest.mark.parametrize(
    "payload",
    [{}, [], None, 7, "text", True, MISSING],
    ids=["{}", "[]", "null", "7", "text", "true", "nothing"],
)
def test_what_is_not_there_is_missing(payload: Any) -> None:
    """Looking for a property never raises, whatever holds it."""
    value = value_of(payload).at("a.b.c")
    assert (value.json, value.exists, value.text, value.items()) == (MISSING, False, "", [])
    assert value.path == "$.a.b.c"


def test_null_is_there() -> None:
    """Null is a value, and not the lack of one."""
    value = value_of({"a": None})["a"]
    assert (value.exists, value.json, value.text) == (True, None, "")


@pytest.mark.parametrize("payload", [{"0": 1}, "text", 7, None], ids=["object", "string", "number", "null"])
def test_what_is_no_collection_has_no_members(payload: Any) -> None:
    """Only an array has members."""
    assert value_of(payload).items() == []


def test_texts_are_values_and_keys() -> None:
    """A name may hide in a key as well as in a value."""
    assert found({"a": "x", "b": [{"c": "y"}, "z"], "d": 7, "e": None}) == [
        ("$.a", "a"),
        ("$.a", "x"),
        ("$.b", "b"),
        ("$.b[0].c", "c"),
        ("$.b[0].c", "y"),
        ("$.b[1]", "z"),
        ("$.d", "d"),
        ("$.e", "e"),
    ]


@pytest.mark.parametrize(
    "key",
    ["@odata.context", "@odata.etag", "@microsoft.graph.tips", "event@odata.context", "a@microsoft.graph.b"],
)
def test_annotations_are_left_out(key: str) -> None:
    """Annotations are about the answer, not about the meeting; nothing below them is looked at."""
    assert found({key: {"deep": "AdeleV"}, "a": {key: "AdeleV"}}) == [("$.a", "a")]


@pytest.mark.parametrize("key", ["AdeleV@contoso.com", "a@b", "odata.context", "a@odata"])
def test_addresses_are_no_annotations(key: str) -> None:
    """A key that only looks like an annotation is looked at."""
    assert (f"$['{key}']", key) in found({key: 1})


def test_properties_are_left_out_at_the_top_only() -> None:
    """The name left out is that of the value's own property, not of one below."""
    assert found({"sender": "x", "a": {"sender": "y"}}, without=frozenset(("sender",))) == [
        ("$.a", "a"),
        ("$.a.sender", "sender"),
        ("$.a.sender", "y"),
    ]


def test_string_alone_is_a_text() -> None:
    """A value that is a string yields itself."""
    assert found("x") == [("$", "x")]


def test_depth_costs_no_stack() -> None:
    """What hides twenty thousand levels deep is found."""
    payload: Any = "bottom"
    for _ in range(20_000):
        payload = [payload]
    assert [text.text for text in value_of(payload).texts()] == ["bottom"]
    while isinstance(payload, list):  # Python would take it down recursively
        payload = payload[0]
