"""Check that the schemas reject the published answers once a single thing in them is wrong."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from graphcal.schemas import Schemas
from graphcal.schemas.formats import CHECKS as CHECKERS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
EXCHANGES = ROOT / "cassettes" / "published"
SCHEMAS = Schemas(ROOT / "schemas")

# What is checked of each answer: a schema, and the steps to the value that has to fit it.
CHECKS: dict[str, list[tuple[str, tuple[str | int, ...]]]] = {
    "1-list-calendars": [
        ("calendarCollection", ()),
        ("ownCalendar", ("value", 0)),
        ("delegatedCalendar", ("value", 1)),
    ],
    "2-create-event": [("createdEvent", ())],
    "3-get-request-message": [("requestMessage", ()), ("attendeeEvent", ("event",))],
    "5-get-response-message": [("responseMessage", ())],
    "6-get-tally": [("organizerEvent", ())],
}
# The service's own ids of places: the location page calls them internal, so nothing is promised of them.
INTERNAL = {"uniqueId", "uniqueIdType"}
# The owner's event may also be found in a list, whose items have no context; of lists, only value is promised.
UNPROMISED = {"1-list-calendars": {"@odata.context"}, "6-get-tally": {"@odata.context"}}
GONE = object()
ENUMERATED = {
    "color", "importance", "sensitivity", "showAs", "type", "response", "contentType", "locationType",
    "uniqueIdType", "inferenceClassification", "meetingMessageType", "flagStatus", "@odata.type",
}  # fmt: skip
WRONG: dict[type, list[object]] = {
    str: [7, 7.5, True, [], {}, ["text"]],
    bool: ["true", "", 1, 0, [], {}],
    int: ["15", "", 15.5, True, [], {}, 2**31],
    dict: ["text", "", 7, True, [], [{}]],
    list: ["text", "", 7, True, {}, {"0": {}}],
    type(None): [7, 7.5, []],
}
LOCAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?")

Steps = tuple[str | int, ...]


def body(exchange: str) -> Any:
    """Return the published answer of an exchange."""
    return json.loads((EXCHANGES / f"{exchange}.json").read_text(encoding="utf-8"))["response"]["body"]


def places(value: object, steps: Steps = ()) -> Iterator[tuple[Steps, Any]]:
    """Give every value below a value, with the steps to it."""
    pairs: Any = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for step, child in pairs:
        yield (*steps, step), child
        yield from places(child, (*steps, step))


def replacements(name: str | int, value: Any) -> Iterator[tuple[str, object]]:
    """Give what is wrong in the place of a value, and what is wrong about it."""
    for wrong in WRONG[type(value)]:
        yield f"{wrong!r} for a {type(value).__name__}", wrong
    if value is not None and name not in INTERNAL:
        yield "null", None
    if name in ENUMERATED:
        yield from (
            (f"{wrong!r} is no member", wrong)
            for wrong in (f"{value}x", value.title(), value.upper(), "", " ")
        )
    if isinstance(value, list):
        strays: list[object] = [None, 7, [], *([] if name == "categories" else ["text"])]
        yield from ((f"an item {stray!r}", [*value, stray]) for stray in strays)
    if isinstance(value, str) and LOCAL.match(value):
        yield from broken_times(value)


def broken_times(text: str) -> Iterator[tuple[str, str]]:
    """Give times that are none, made of one that is."""
    digits = text.removesuffix("Z")
    end = text[len(digits) :]
    whole, _, fraction = digits.partition(".")
    yield "month 13", re.sub(r"-\d\d-", "-13-", text, count=1)
    yield "month 0", re.sub(r"-\d\d-", "-00-", text, count=1)
    yield "30 February", re.sub(r"-\d\d-\d\d", "-02-30", text, count=1)
    yield "29 February of a common year", re.sub(r"^\d{4}-\d\d-\d\d", "2019-02-29", text)
    yield "day 0", re.sub(r"-(\d\d)-\d\d", r"-\1-00", text, count=1)
    yield "hour 24", re.sub(r"T\d\d", "T24", text)
    yield "minute 60", re.sub(r":\d\d:", ":60:", text)
    yield "second 60", re.sub(r":\d\d(?=\D|$)(?!:)", ":60", text)
    yield "a blank for T", text.replace("T", " ")
    yield "t for T", text.replace("T", "t")
    yield "no T", text.replace("T", "")
    yield "thirteen digits", f"{whole}.{fraction:0<13}{end}"
    yield "a point without digits", f"{whole}.{end}"
    yield "a comma", f"{whole},{fraction or 0}{end}"
    yield "no seconds", re.sub(r"(T\d\d:\d\d).*?(Z?)$", r"\1\2", text)
    yield "a year of two digits", text[2:]
    yield "year 0", re.sub(r"^\d{4}", "0000", text)
    yield "a day alone", text[:10]
    yield "a blank before", f" {text}"
    yield "a line end", f"{text}\n"
    yield "other digits", text.replace("0", "٠")  # noqa: RUF001  # Arabic digits
    yield "another offset", f"{digits}+02:00"
    yield "an offset without a colon", f"{digits}+0200"
    yield "Unix time", "1577297760"
    if end:
        yield "no offset", digits
        yield "two offsets", f"{text}Z"
        yield "z for Z", f"{digits}z"
    else:
        yield "an offset", f"{text}Z"


def mutants(exchange: str) -> Iterator[tuple[str, object]]:
    """Give copies of a published answer with one fault each, named by its place and the fault."""
    original = body(exchange)
    bodies: list[object] = [None, [], {}, "text", 7, True]
    yield from ((f"$: {wrong!r}", wrong) for wrong in bodies)
    for steps, value in places(original):
        faults: list[tuple[str, object]] = list(replacements(steps[-1], value))
        if isinstance(steps[-1], str) and steps[-1] not in INTERNAL | UNPROMISED.get(exchange, set()):
            faults.append(("gone", GONE))
        for fault, wrong in faults:
            mutant = copy.deepcopy(original)
            parent: Any = mutant
            for step in steps[:-1]:
                parent = parent[step]
            if wrong is GONE:
                del parent[steps[-1]]
            else:
                parent[steps[-1]] = wrong
            yield f"{'.'.join(map(str, steps))}: {fault}", mutant


def violated(exchange: str, payload: Any) -> bool:
    """Tell whether any of the schemas that belong to an answer reject a payload."""
    for reference, steps in CHECKS[exchange]:
        value: Any = payload
        for step in steps:
            value = value[step]  # never reached where an earlier schema rejects what it steps through
        if SCHEMAS.violations(value, reference):
            return True
    return False


@pytest.mark.parametrize("exchange", CHECKS)
def test_published_answer_fits(exchange: str) -> None:
    """Without a fault, every schema of an exchange accepts its answer."""
    assert not violated(exchange, body(exchange))


@pytest.mark.parametrize("exchange", CHECKS)
def test_single_faults_are_rejected(exchange: str) -> None:
    """No single fault in a published answer goes unseen."""
    every = list(mutants(exchange))
    survivors = [name for name, mutant in every if not violated(exchange, mutant)]
    assert len(every) > 90
    assert survivors == [], f"{len(survivors)} of {len(every)} mutants survive: {survivors}"


@pytest.mark.parametrize("exchange", CHECKS)
def test_verdicts_are_those_of_plain_jsonschema(exchange: str) -> None:
    """What this package does in jsonschema's stead, and its cutting of roles into parts, changes no verdict."""
    files = [json.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "schemas").glob("*.json")]
    registry = Registry[Any]().with_resources(
        (file["$id"], DRAFT202012.create_resource(file)) for file in files
    )
    formats = FormatChecker(formats=())
    for name, holds in CHECKERS.items():
        formats.checks(name)(lambda value, holds=holds: not isinstance(value, str) or holds(value))
    every = list(mutants(exchange))
    for name, payload in [("none", body(exchange)), *every[::15]]:
        for reference, steps in CHECKS[exchange]:
            plain = Draft202012Validator(
                {"$ref": f"{reference}.json"}, registry=registry, format_checker=formats
            )
            if not steps:
                assert plain.is_valid(payload) is not bool(SCHEMAS.violations(payload, reference)), name
