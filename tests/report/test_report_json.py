"""report.json is the contract that report.schema.json describes."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sample
from jsonschema import Draft202012Validator

import graphcal.report
from graphcal.outcomes import Outcome, Verdict
from graphcal.report import as_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphcal.report.model import Report

SCHEMA = json.loads(
    Path(graphcal.report.__file__).with_name("report.schema.json").read_text(encoding="utf-8")
)
VALIDATOR = Draft202012Validator(SCHEMA)


def _subschemas(schema: Any) -> list[dict[str, Any]]:
    children = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else []
    own = [schema] if isinstance(schema, dict) else []
    return [*own, *(found for child in children for found in _subschemas(child))]


def test_schema_is_a_valid_schema() -> None:
    """The schema itself obeys JSON Schema 2020-12."""
    Draft202012Validator.check_schema(SCHEMA)


def test_every_object_of_the_schema_is_closed() -> None:
    """No object of the contract admits a property that the schema does not name, or lets one be absent."""
    objects = [schema for schema in _subschemas(SCHEMA) if schema.get("type") == "object"]

    assert len(objects) == 7
    assert all(schema["additionalProperties"] is False for schema in objects)
    assert all(sorted(schema["required"]) == sorted(schema["properties"]) for schema in objects)


def test_every_property_of_the_schema_is_described() -> None:
    """A reader of the schema is told what each property means."""
    properties = [
        schema
        for parent in _subschemas(SCHEMA)
        for schema in parent.get("properties", {}).values()
        if isinstance(parent.get("properties"), dict)
    ]

    assert all("description" in schema or "$ref" in schema for schema in properties)


def test_schema_knows_the_outcomes_and_verdicts_of_the_suite() -> None:
    """The words of the contract are the words that a run uses."""
    assert set(SCHEMA["$defs"]["outcome"]["enum"]) == set(Outcome)
    assert set(SCHEMA["properties"]["verdict"]["enum"]) == set(Verdict)


@pytest.mark.parametrize("build", [sample.green, sample.troubled, sample.hostile, sample.empty])
def test_report_fits_the_schema(build: Callable[[], Report]) -> None:
    """Whatever a run found, its report.json fits the schema, but for a time that is none."""
    report = replace(build(), started="2026-11-21T06:33:12+00:00")

    assert [error.message for error in VALIDATOR.iter_errors(json.loads(as_json.text(report)))] == []


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("verdict",), "fine"),
        (("started",), "yesterday"),
        (("seconds",), -1),
        (("target", "kind"), "tenant"),
        (("scenarios", 0, "outcome"), "untested"),
        (("scenarios", 0, "line"), 0),
        (("scenarios", 0, "message"), None),
        (("requirements", 0, "level"), "must"),
        (("requirements", 0, "source"), {"title": "Walkthrough", "url": "https://example.org"}),
        (("requirements", 0, "extra"), 1),
    ],
    ids=lambda value: ".".join(map(str, value)) if isinstance(value, tuple) else "",
)
def test_schema_refuses_what_the_contract_does_not_allow(place: tuple[Any, ...], value: object) -> None:
    """Each restriction of the schema is one that a wrong report runs into."""
    document: Any = deepcopy(as_json.document(sample.green()))
    parent = document
    for step in place[:-1]:
        parent = parent[step]
    parent[place[-1]] = value

    assert not VALIDATOR.is_valid(document)


def test_text_is_indented_by_two_and_ends_with_a_line_break() -> None:
    """report.json reads and diffs well."""
    text = as_json.text(sample.green())

    assert text.startswith('{\n  "suite": {\n    "name": "graphcal",\n')
    assert text.endswith("}\n")


def test_source_is_one_string_with_its_address() -> None:
    """The page that a requirement comes from is part of its source."""
    document: Any = as_json.document(sample.green())

    assert document["requirements"][0]["source"] == f"Walkthrough, step 1 <{sample.PAGE}>"


def test_source_without_an_address_stands_alone() -> None:
    """A requirement without a page has a source without brackets."""
    report = sample.green()
    report = replace(report, requirements=(replace(report.requirements[0], url=""),))
    document: Any = as_json.document(report)

    assert document["requirements"][0]["source"] == "Walkthrough, step 1"


def test_hostile_text_comes_back_as_it_was() -> None:
    """Control characters and lone surrogates survive UTF-8 and are read back unchanged."""
    document = json.loads(as_json.text(sample.hostile()).encode("utf-8"))

    assert document["target"]["name"] == sample.HOSTILE


def test_untested_requirements_say_why() -> None:
    """What no scenario covers carries the reason."""
    document: Any = as_json.document(sample.green())
    untested = {row["id"]: row["reason"] for row in document["requirements"] if row["outcome"] == "untested"}

    assert untested["SET-17"] == "accepting happens in an Outlook client"
    assert all(untested.values())
