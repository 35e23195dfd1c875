"""Whatever a service answers, the run ends with a report and never stumbles over the answer itself."""

from __future__ import annotations

import json
import os
import re
from functools import cache
from typing import Any

import pytest
from answer_fuzz import STEPS, judged, rounds
from command_runs import Cassette, Ran, answer, body, run_changed, walkthrough
from jsonschema import Draft202012Validator

from graphcal import places
from graphcal.graph.exchange import Exchange, Request
from graphcal.outcomes import ExitCode, Trouble
from graphcal.value import MISSING

STUMBLED = re.compile(
    r"the suite's own trouble|Traceback|INTERNALERROR|\b(Key|Type|Attribute|Recursion)Error\b"
)
SHARE = 1 if os.environ.get("GRAPHCAL_ALL_TROUBLES") else 3  # else every third spoilt answer
TALLY = 6  # the last answer: what is wrong with it touches the scenarios about Alex's event only
LONGEST = 1500  # characters of a message that somebody has to read


@cache
def contract() -> Draft202012Validator:
    """Return the validator of report.json."""
    path = places.PACKAGE / "report" / "report.schema.json"
    return Draft202012Validator(
        json.loads(path.read_text(encoding="utf-8")), format_checker=Draft202012Validator.FORMAT_CHECKER
    )


def assert_met_well(ran: Ran) -> None:
    """Check what holds of every run: a report that keeps the contract, and no stumbling."""
    assert ran.report, ran.output
    contract().validate(ran.report)
    assert ran.code in {ExitCode.CLEAN, ExitCode.DEVIATION, ExitCode.TROUBLE, ExitCode.NOTHING_CHECKED}
    assert len(ran.outcomes) > 100
    assert [message for message in ran.messages if STUMBLED.search(message)] == []
    assert STUMBLED.search(ran.output) is None
    assert [message for message in ran.messages if len(message) > LONGEST] == []


def nested(depth: int) -> str:
    """Return an object that is nested so deep, as JSON."""
    return '{"x": ' * depth + "null" + "}" * depth


def with_extra(text: str, value: str) -> str:
    """Give an object that is written as JSON a property that nobody knows."""
    return f'{{"graphcalExtra": {value}, {text.lstrip()[1:]}'


def nulled(value: Any) -> Any:
    """Return a payload whose every property is null."""
    if isinstance(value, list):
        return [nulled(member) for member in value]
    return dict.fromkeys(value) if isinstance(value, dict) else None


def emptied(value: Any) -> Any:
    """Return a payload whose every string is empty, every number 0, every flag turned."""
    if isinstance(value, dict):
        return {key: emptied(member) for key, member in value.items()}
    if isinstance(value, list):
        return [emptied(member) for member in value]
    return not value if isinstance(value, bool) else type(value)()


HTML = "<!DOCTYPE html><html><body>Sign in</body></html>"
REFUSAL = '{"error": {"code": "ErrorAccessDenied", "message": "Access is denied."}}'
PASSED, FAILED, TROUBLE = ExitCode.CLEAN, ExitCode.DEVIATION, ExitCode.TROUBLE

# What comes instead of an answer, its status (0: the recorded one), its content type ("": the recorded one),
# the exit code of the run, and what one of the messages says.
BODIES: dict[str, tuple[Any, int, str, int, str]] = {
    "HTML with 200": (lambda _: HTML, 200, "text/html", TROUBLE, "is no JSON (text/html)"),
    "HTML with 502": (
        lambda _: HTML,
        502,
        "text/html",
        TROUBLE,
        "something between here and the service failed",
    ),
    "nothing with 200": (lambda _: "", 200, "", FAILED, ""),
    "blanks with 200": (lambda _: " \r\n ", 200, "", FAILED, ""),
    "nothing with 204": (lambda _: "", 204, "", FAILED, "204"),
    "cut short": (lambda text: text[: len(text) // 2], 0, "", TROUBLE, "A proxy or a truncated connection"),
    "two documents": (lambda text: text + text, 0, "", TROUBLE, "is no JSON"),
    "UTF-16 without a mark": (
        lambda text: text.encode("ascii", "replace").decode().encode("utf-16-le").decode("ascii"),
        0,
        "application/json; charset=utf-16",
        TROUBLE,
        "is no JSON",
    ),
    "UTF-8 with a mark": (lambda text: "\ufeff" + text, 0, "", PASSED, ""),
    "number": (lambda _: "7", 0, "", FAILED, ""),
    "number that is none": (lambda _: "NaN", 0, "", FAILED, ""),
    "array": (lambda _: "[]", 0, "", FAILED, ""),
    "null": (lambda _: "null", 0, "", FAILED, ""),
    "true": (lambda _: "true", 0, "", FAILED, ""),
    "string": (lambda _: '"well"', 0, "", FAILED, ""),
    "empty object": (lambda _: "{}", 0, "", FAILED, ""),
    "every property null": (lambda text: json.dumps(nulled(json.loads(text))), 0, "", FAILED, ""),
    "every value empty": (lambda text: json.dumps(emptied(json.loads(text))), 0, "", FAILED, ""),
    "lone surrogates": (lambda text: text.replace("Alex", r"\ud800"), 0, "", FAILED, ""),
    "controls": (lambda text: text.replace("Alex", r"\u0000\u001b[31m\u202e"), 0, "", FAILED, ""),
    "extra property": (lambda text: with_extra(text, "[1]"), 0, "", PASSED, ""),
    "extra property, nested 150 deep": (lambda text: with_extra(text, nested(150)), 0, "", PASSED, ""),
    "extra property, nested 300 deep": (lambda text: with_extra(text, nested(300)), 0, "", PASSED, ""),
    "extra property, nested 5000 deep": (lambda text: with_extra(text, nested(5000)), 0, "", -1, ""),
    "extra property, nested 100000 deep": (
        lambda text: with_extra(text, nested(100_000)),
        0,
        "",
        TROUBLE,
        "nests its JSON too deep to read",
    ),
    "extra property that is no number": (lambda text: with_extra(text, "NaN"), 0, "", PASSED, ""),
    "extra property out of range": (lambda text: with_extra(text, "[1e999, -1e999]"), 0, "", PASSED, ""),
    "number of 5000 digits": (lambda text: with_extra(text, "9" * 5000), 0, "", TROUBLE, "is no JSON"),
    "property of a megabyte": (lambda text: with_extra(text, json.dumps("x" * 2**20)), 0, "", PASSED, ""),
    "subject of a megabyte": (
        lambda text: text.replace('"Christmas dinner"', json.dumps("x" * 2**20)),
        0,
        "",
        PASSED,
        "…",
    ),
    "thousand properties": (
        lambda text: with_extra(text, json.dumps({f"name {number}": number for number in range(1000)})),
        0,
        "",
        PASSED,
        "",
    ),
    "thousand attendees": (
        lambda text: re.sub(
            r'"attendees": \[', lambda found: found.group() + '{"type": 7}, ' * 1000, text, count=1
        ),
        0,
        "",
        FAILED,
        "",
    ),
    "redirect": (lambda _: "", 302, "", TROUBLE, ""),
    "401": (lambda _: REFUSAL, 401, "", TROUBLE, "the token was refused; sign in again"),
    "403": (lambda _: REFUSAL, 403, "", FAILED, "ErrorAccessDenied"),
    "404": (lambda _: REFUSAL, 404, "", FAILED, "404"),
    "429": (lambda _: REFUSAL, 429, "", TROUBLE, "the service asks for fewer requests; run again later"),
    "500": (lambda _: REFUSAL, 500, "", FAILED, "500"),
    "503": (lambda _: REFUSAL, 503, "", TROUBLE, "the service is not available; run again later"),
    "error of another shape": (lambda _: '{"error": "no"}', 400, "", FAILED, "400"),
    "HTML with 404": (lambda _: HTML, 404, "text/html", -1, ""),
    "nothing with 500": (lambda _: "", 500, "", FAILED, "500"),
}


@pytest.mark.parametrize(("spoil", "status", "content_type", "code", "said"), BODIES.values(), ids=BODIES)
def test_one_odd_answer_is_judged_or_told(
    spoil: Any, status: int, content_type: str, code: int, said: str
) -> None:
    """One odd answer, the last one, gives the documented exit code, and a message that says what came."""

    def change(cassette: Cassette) -> None:
        text = json.dumps(body(cassette, TALLY))
        answer(cassette, TALLY, spoil(text), status=status, content_type=content_type)

    ran = run_changed(change)
    assert_met_well(ran)
    if code >= 0:
        assert ran.code == code
    assert not said or any(said in message for message in ran.messages), ran.messages


@pytest.mark.parametrize("number", range(0, len(BODIES), 2 * SHARE), ids=list(BODIES)[:: 2 * SHARE])
def test_odd_answer_in_any_place_is_met_well(number: int) -> None:
    """The same answers in the other places of the story: each in one of them, in turn."""
    spoil, status, content_type, _, _ = list(BODIES.values())[number]

    def change(cassette: Cassette) -> None:
        step = STEPS[number // 2 % 4]
        answer(
            cassette, step, spoil(json.dumps(body(cassette, step))), status=status, content_type=content_type
        )

    assert_met_well(run_changed(change))


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        ("{}", 0, FAILED),
        (HTML, 0, FAILED),
        ("", 200, FAILED),
        (REFUSAL, 403, FAILED),
        (REFUSAL, 401, TROUBLE),
    ],
    ids=["object", "HTML", "200", "403", "401"],
)
def test_action_that_says_something_is_met_well(text: str, status: int, code: int) -> None:
    """The action that answers with nothing but 202 may do otherwise."""
    ran = run_changed(lambda cassette: answer(cassette, 4, text, status=status))
    assert_met_well(ran)
    assert ran.code == code


def test_redirect_is_not_followed() -> None:
    """A redirect ends in trouble: a token goes to no other address."""

    def change(cassette: Cassette) -> None:
        answer(cassette, TALLY, "", status=302)
        cassette["interactions"][TALLY - 1]["response"]["headers"]["Location"] = ["https://example.com/"]

    ran = run_changed(change)
    assert_met_well(ran)
    assert ran.code == TROUBLE
    assert any(message.endswith("redirects; a token goes to no other address") for message in ran.messages)


def everywhere(value: Any) -> Any:
    """Give every object of a payload properties and annotations that nobody knows."""
    if isinstance(value, list):
        return [everywhere(member) for member in value]
    if isinstance(value, dict):
        extra = {"graphcalExtra": {"deep": [None, 1, "x"]}, "@odata.extra": "y", "extra@odata.count": 0}
        return {key: everywhere(member) for key, member in value.items()} | extra
    return value


def test_extra_properties_change_nothing() -> None:
    """Graph may add properties anywhere at any time, so every scenario passes as before."""

    def change(cassette: Cassette) -> None:
        for step in STEPS:
            answer(cassette, step, json.dumps(everywhere(body(cassette, step))))

    ran = run_changed(change)
    assert_met_well(ran)
    assert ran.by_outcome.keys() == {"passed"}
    assert ran.messages == []


def test_order_of_properties_changes_nothing() -> None:
    """JSON objects have no order."""

    def change(cassette: Cassette) -> None:
        for step in STEPS:
            answer(cassette, step, json.dumps(body(cassette, step), sort_keys=True, indent=4))

    assert run_changed(change).by_outcome.keys() == {"passed"}


ROUNDS = rounds()


@pytest.mark.parametrize("number", range(0, len(ROUNDS), SHARE))
def test_values_of_any_kind_are_met_well(number: int) -> None:
    """A value of another kind in any place of an answer is judged; several places are spoilt in each run."""
    ran = judged(ROUNDS[number])
    assert_met_well(ran)
    assert ran.code == FAILED


def exchange(content: bytes, content_type: str) -> Exchange:
    """Return an exchange whose answer is these bytes."""
    request = Request("Alex", "GET", "/me/calendar")
    headers = {"content-type": content_type} if content_type else {}
    return Exchange(
        "x-1", request, "https://graph.microsoft.com/v1.0/me/calendar", 200, "OK", headers, content
    )


READ = {
    "UTF-8": ("utf-8", "application/json"),
    "UTF-8 with a mark": ("utf-8-sig", "application/json"),
    "UTF-16, declared": ("utf-16", 'application/json; charset="UTF-16"'),
    "Latin-1, declared": ("latin-1", "application/json;charset=iso-8859-1; odata.metadata=minimal"),
    "UTF-8, declared as Latin-1": ("utf-8", "application/json; charset=latin-1"),
    "no content type": ("utf-8", ""),
}


@pytest.mark.parametrize(("encoding", "content_type"), READ.values(), ids=READ)
def test_encoding_is_the_usual_or_the_declared_one(encoding: str, content_type: str) -> None:
    """JSON is UTF-8 whatever a header says, and what is none is read as declared."""
    content = '{"name": "Jürgen"}'.encode(encoding)
    assert exchange(content, content_type).payload.json == {"name": "Jürgen"}


UNREAD = {
    "UTF-16, undeclared": (
        '{"name": "Jürgen"}'.encode("utf-16"),
        "application/json",
        "can't be read as text",
    ),
    "Latin-1, undeclared": ('{"name": "Jürgen"}'.encode("latin-1"), "", "can't be read as text"),
    "unknown encoding": (b"\xff", "application/json; charset=klingon", "can't be read as text"),
    "codec that is no encoding": (b"\xff", "application/json; charset=base64", "can't be read as text"),
    "charset without a name": (b"\xff", "application/json; charset=", "can't be read as text"),
    "charset with a NUL": (b"\xff", "application/json; charset=\0", ""),
    "bytes": (bytes(range(256)), "application/octet-stream", "can't be read as text"),
    "HTML": (HTML.encode(), "text/html", "is no JSON (text/html)"),
    "no content type": (b"well", "", "is no JSON (no content type)"),
    "bomb": (b"[" * 100_000, "application/json", "nests its JSON too deep to read"),
}


@pytest.mark.parametrize(("content", "content_type", "said"), UNREAD.values(), ids=UNREAD)
def test_unreadable_answer_is_trouble(content: bytes, content_type: str, said: str) -> None:
    """What can't be read is the network's trouble, named by status, request and person."""
    found = exchange(content, content_type)
    with pytest.raises(Trouble) as caught:
        _ = found.payload
    assert str(caught.value).startswith("the answer 200 to GET /me/calendar as Alex ")
    assert said in str(caught.value)


@pytest.mark.parametrize("content", [b"", b" ", b"\r\n\t"], ids=["nothing", "blank", "line breaks"])
def test_empty_answer_is_missing_and_no_trouble(content: bytes) -> None:
    """An empty body is no JSON and no trouble either: there is just nothing."""
    assert exchange(content, "application/json").payload.json is MISSING


def test_story_is_what_the_fuzz_takes_it_for() -> None:
    """The steps that the fuzz spoils are those whose answer has a body."""
    recording = walkthrough()
    texts = [interaction["response"]["body"]["string"] for interaction in recording["interactions"]]
    assert [number for number, text in enumerate(texts, start=1) if text] == list(STEPS)
