"""A check holds or raises a Deviation that says what was expected, what came, and where."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from value_samples import value_of

from graphcal import expect
from graphcal.graph.curl import curl
from graphcal.graph.exchange import GARBAGE, Exchange, Request
from graphcal.outcomes import Deviation, Unmet
from graphcal.people import Person
from graphcal.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable

ADELE = Person("adele", "Adele Vance", "AdeleV@contoso.com")
ALEX = Person("alex", "Alex Wilber", "AlexW@contoso.com")
MEGAN = Person("megan", "Megan Bowen", "meganb@contoso.com")


def recipients(*addresses: object) -> list[dict[str, Any]]:
    """Return a collection of recipients with these addresses."""
    return [{"emailAddress": {"address": address}} for address in addresses]


def told(check: Callable[[], None]) -> list[str]:
    """Return what a check says, or nothing where it holds."""
    try:
        check()
    except Deviation as deviation:
        return [f"{found.path}: {found.expected}, got {found.actual}" for found in deviation.findings]
    return []


EQUAL = {
    "same": ("a", "a", []),
    "other": ("a", "b", ['$.x: x to be "b", got "a"']),
    "true and 1": (1, True, ["$.x: x to be true, got 1"]),
    "1 and true": (True, 1, ["$.x: x to be 1, got true"]),
    "1.0 and 1": (1.0, 1, ["$.x: x to be 1, got 1.0"]),
    "null and false": (None, False, ["$.x: x to be false, got null"]),
    "null": (None, None, []),
    "other casing": ("A", "a", ['$.x: x to be "a", got "A"']),
}


@pytest.mark.parametrize(("actual", "expected", "said"), EQUAL.values(), ids=EQUAL)
def test_equal_tells_kinds_apart(actual: object, expected: object, said: list[str]) -> None:
    """JSON's true is no 1, and null is no false."""
    assert told(lambda: expect.equal(value_of({"x": actual})["x"], expected)) == said


def test_equal_names_what_is_missing() -> None:
    """Where the property is not there, the path it would have is told."""
    assert told(lambda: expect.equal(value_of({})["x"], "a")) == ['$.x: x to be "a", got nothing']


@pytest.mark.parametrize(
    ("actual", "said"),
    [("none", []), ("notResponded", []), (None, ['$.x: x to be "none" or "notResponded", got null'])],
    ids=["first", "second", "neither"],
)
def test_one_of_several_will_do(actual: object, said: list[str]) -> None:
    """Any of the values holds; the others are told with all that would."""
    assert told(lambda: expect.one_of(value_of({"x": actual})["x"], ("none", "notResponded"))) == said


def test_status_is_told_with_the_error() -> None:
    """A refusal is told with the code that Graph gives it."""
    exchange = value_of(None, status=403).exchange
    exchange.__dict__["payload"] = Value({"error": {"code": "ErrorAccessDenied"}}, exchange)
    assert told(lambda: expect.status(exchange, 200)) == [
        ': status 200, got status 403 with the error "ErrorAccessDenied"'
    ]
    assert told(lambda: expect.status(exchange, 403)) == []


@pytest.mark.parametrize("address", ["AdeleV@contoso.com", "adelev@CONTOSO.com"])
def test_person_is_known_by_the_address(address: str) -> None:
    """Casing does not count."""
    assert told(lambda: expect.person(value_of(recipients(address)[0]), ADELE)) == []


@pytest.mark.parametrize("recipient", [{}, None, "AdeleV@contoso.com", recipients(None)[0]], ids=repr)
def test_recipient_without_an_address_is_nobody(recipient: object) -> None:
    """What has no address is told, whatever it is."""
    (said,) = told(lambda: expect.person(value_of(recipient), ADELE))
    assert said.startswith("$.emailAddress.address: the address of Adele, AdeleV@contoso.com, got ")


EXACTLY = {
    "any order and casing": (recipients("meganb@contoso.com", "ALEXW@contoso.com"), ""),
    "one more": (
        recipients("alexw@contoso.com", "meganb@contoso.com", "x@contoso.com"),
        "alexw@contoso.com, meganb@contoso.com, x@contoso.com",
    ),
    "one less": (recipients("alexw@contoso.com"), "alexw@contoso.com"),
    "one twice": (
        recipients("alexw@contoso.com", "alexw@contoso.com", "meganb@contoso.com"),
        "alexw@contoso.com, alexw@contoso.com, meganb@contoso.com",
    ),
    "one without": (recipients("alexw@contoso.com", None), "(no address), alexw@contoso.com"),
    "nobody": ([], "[]"),
    "no collection": ({"a": 1}, '{"a": 1}'),
    "null": (None, "null"),
    "a crowd": (
        recipients(*(f"{number:03}@contoso.com" for number in range(500))),
        ", ".join(f"{number:03}@contoso.com" for number in range(10)) + ", and 490 more",
    ),
}


@pytest.mark.parametrize(("collection", "came"), EXACTLY.values(), ids=EXACTLY)
def test_exactly_these_and_nobody_else(collection: object, came: str) -> None:
    """Who is there is told by address, a crowd by its first ten."""
    wanted = "$.x: x to be exactly alexw@contoso.com, meganb@contoso.com, got "
    found = told(lambda: expect.exactly(value_of({"x": collection})["x"], [ALEX, MEGAN]))
    assert found == ([wanted + came] if came else [])


def test_nobody_is_not_exactly_nothing() -> None:
    """An empty collection is expected of a collection only."""
    assert told(lambda: expect.exactly(value_of([]), [])) == []
    assert told(lambda: expect.exactly(value_of(None), [])) != []


def test_among_names_who_is_lacking() -> None:
    """Whoever else is there does not matter."""
    collection = value_of({"x": recipients("x@contoso.com", "ALEXW@contoso.com")})["x"]
    assert told(lambda: expect.among(collection, [ALEX])) == []
    assert told(lambda: expect.among(collection, [ALEX, MEGAN])) == [
        "$.x: x to hold meganb@contoso.com, got alexw@contoso.com, x@contoso.com"
    ]


def test_entry_of_somebody_is_found_or_unmet() -> None:
    """Another scenario judges who is there, so a lack of somebody is no failure here."""
    collection = value_of({"x": [None, *recipients("x@contoso.com", "ALEXW@contoso.com")]})["x"]
    assert expect.entry_of(collection, ALEX).path == "$.x[2]"
    with pytest.raises(Unmet, match="x do not hold Megan"):
        expect.entry_of(collection, MEGAN)


def test_same_is_said_with_whose_copy() -> None:
    """Two copies agree, or the second is told with the first."""
    first, second = value_of({"uid": "1"}), value_of({"uid": "2"}, person="Alex")
    assert told(lambda: expect.same(first["uid"], first["uid"])) == []
    assert told(lambda: expect.same(first["uid"], second["uid"])) == [
        '$.uid: uid to be "1", as in Adele\'s copy, got "2"'
    ]
    assert told(lambda: expect.same(first["no"], second["no"])) != []


def test_different_needs_both() -> None:
    """Values that are not both there can't be told apart."""
    first, second = value_of({"id": "1"}), value_of({"id": "1"}, person="Alex")
    assert told(lambda: expect.different(first["id"], second["id"])) == [
        '$.id: id to differ from Adele\'s, got "1"'
    ]
    assert told(lambda: expect.different(first["no"], second["id"])) == []
    assert told(lambda: expect.different(first["id"], value_of({"id": "2"})["id"])) == []


REVEALING = {
    "address": {"a": "AdeleV@contoso.com"},
    "address in a sentence": {"a": "sent by <adelev@CONTOSO.com>."},
    "local part": {"a": "adelev"},
    "name": {"a": "Adele Vance"},
    "name in the other order": {"a": "Vance, Adele"},
    "key": {"Adele Vance": 1},
    "deep": {"a": [{"b": [["x", {"c": "ADELE VANCE"}]]}]},
    "path": {"a": "/o=Exchange/cn=Recipients/cn=AdeleV"},
    "sender of something below": {"a": {"sender": "AdeleV"}},
    "id of a user": {"createdBy": {"user": {"id": "AdeleV"}}},
    "id that is a name and no more": {"id": "AdeleV@contoso.com"},
    "link beside an id": {"id": "AdeleV/17=", "webLink": "https://mail.example/AdeleV?item=AdeleV%2F17%3D"},
}


@pytest.mark.parametrize("payload", REVEALING.values(), ids=REVEALING)
def test_somebody_is_revealed(payload: object) -> None:
    """A person shows by address, local part or name, in values and keys, however deep."""
    (said,) = told(lambda: expect.silent_about(value_of(payload), ADELE, without=frozenset(("sender",))))
    assert ": nothing that names Adele, got " in said


SILENT = {
    "nothing": {},
    "others": {"a": "Alex Wilber", "b": ["meganb@contoso.com"]},
    "part of a word": {"a": "AdeleVance", "b": "xAdeleV", "c": "AdeleV1"},
    "first name alone": {"a": "Adele"},
    "annotation": {"@odata.context": "users('AdeleV')", "event@odata.context": "AdeleV"},
    "left out": {"sender": {"emailAddress": {"address": "AdeleV@contoso.com"}}},
    "no text": {"a": [None, 7, True]},
    "id that begins with the mailbox": {"id": "AdeleV/17=", "changeKey": "AdeleV#1"},
    "link that holds such an id": {
        "id": "AdeleV/17=",
        "webLink": "https://mail.example/?item=AdeleV%2F17%3D",
    },
    "id of the event in a message": {
        "event": {"id": "adelev-17", "webLink": "https://mail.example/adelev-17"}
    },
    "host of another's address": {"a": "alex@adelev.example"},
}


@pytest.mark.parametrize("payload", SILENT.values(), ids=SILENT)
def test_nobody_is_revealed(payload: object) -> None:
    """Annotations and what is left out may name her, and a longer word is another word."""
    assert told(lambda: expect.silent_about(value_of(payload), ADELE, without=frozenset(("sender",)))) == []


def test_who_is_there_besides_may_be_known() -> None:
    """Addresses that are given as such are passed over, and no others."""
    collection = value_of(recipients("AdeleV@contoso.com", "Bob@contoso.com"))
    assert told(lambda: expect.exactly(collection, [ADELE], {"bob@contoso.com"})) == []
    assert told(lambda: expect.exactly(collection, [ADELE], {"eve@contoso.com"})) != []


def test_every_trace_is_told() -> None:
    """All places that name somebody are told together."""
    payload = {"a": "AdeleV", "b": [{"c": "Adele Vance"}]}
    paths = [line.partition(":")[0] for line in told(lambda: expect.silent_about(value_of(payload), ADELE))]
    assert sorted(paths) == ["$.a", "$.b[0].c"]


def test_name_with_signs_is_no_pattern() -> None:
    """A name is searched for as it stands."""
    odd = Person("adele", "A. (B) [C]+", "a.b+c@contoso.com")
    assert told(lambda: expect.silent_about(value_of(["axb+c@contoso.com", "A. B C"]), odd)) == []
    assert len(told(lambda: expect.silent_about(value_of(["a.b+c@contoso.com", "A. (B) [C]+"]), odd))) == 2


def test_all_checks_are_told_together() -> None:
    """A failing check does not hide the next one; what is unmet ends them."""
    value = value_of({"a": 1, "b": 2})

    def unmet() -> None:
        raise Unmet("no")

    checks = [lambda: expect.equal(value["a"], 3), lambda: expect.equal(value["b"], 4)]
    assert len(told(lambda: expect.all_of(checks))) == 2
    with pytest.raises(Unmet):
        expect.all_of([*checks, unmet])


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("$", "the answer"),
        ("$.value[1]", "value"),
        ("$.value[1].owner", "owner"),
        ("$['@odata.etag']", "@odata.etag"),
        ("$.a['b c'][0]", "b c"),
    ],
)
def test_sentence_names_the_last_property(path: str, name: str) -> None:
    """A path ends with the name that a sentence uses."""
    assert expect.last_name(path) == name


def answered(status: int, body: object = None, **headers: str) -> Exchange:
    """Return an exchange with this answer."""
    request = Request("Alex", "GET", "/me/calendar")
    content = b"" if body is None else json.dumps(body).encode()
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return Exchange("x-1", request, "https://graph.test/v1.0/me/calendar", status, "", told, content)


@pytest.mark.parametrize(
    ("status", "held"), [(200, False), (399, False), (400, True), (499, True), (500, False)]
)
def test_any_refusal_is_one_of_the_four_hundreds(status: int, held: bool) -> None:
    """Where no source gives the status, success and a breakdown are none."""
    said = told(lambda: expect.refused(answered(status)))
    assert said == ([] if held else [f": a refusal with 400 to 499, got status {status}"])


@pytest.mark.parametrize("code", ["ErrorItemNotFound", "errorItemNotFound", "itemNotFound"])
def test_error_code_may_be_graphs_own(code: str) -> None:
    """Outlook puts "Error" before what Graph calls it, and casing does not count."""
    exchange = answered(404, {"error": {"code": code, "message": ""}})
    expect.error_code(exchange, ["ErrorAccessDenied", "ErrorItemNotFound"])


@pytest.mark.parametrize(("status", "body"), [(200, {}), (404, None), (404, {"error": {"code": ""}})])
def test_error_code_that_is_not_told_is_unmet(status: int, body: object) -> None:
    """That an error has a code is judged elsewhere."""
    with pytest.raises(Unmet):
        expect.error_code(answered(status, body), ["ErrorItemNotFound"])


CONFIRMED = {
    "quoted": 'outlook.timezone="Tokyo Standard Time"',
    "bare": "outlook.timezone=Tokyo Standard Time",
    "among others": 'IdType="ImmutableId", Outlook.TimeZone="tokyo standard time"; odata.maxpagesize=5',
}


@pytest.mark.parametrize("header", CONFIRMED.values(), ids=CONFIRMED)
def test_preference_is_confirmed_in_any_writing(header: str) -> None:
    """Quotes, casing and neighbours do not count."""
    expect.preference(answered(200, {}, preference_applied=header), "outlook.timezone", "Tokyo Standard Time")


@pytest.mark.parametrize("header", ["", 'outlook.timezone="UTC"', 'timezone="Tokyo Standard Time"'])
def test_preference_that_is_not_confirmed_is_told(header: str) -> None:
    """Another value or another preference is no confirmation."""
    headers = {"preference_applied": header} if header else {}
    exchange = answered(200, {}, **headers)
    (said,) = told(lambda: expect.preference(exchange, "outlook.timezone", "Tokyo Standard Time"))
    assert said.startswith(': Preference-Applied with outlook.timezone="Tokyo Standard Time", got ')


def test_what_is_told_in_a_refusal_counts_too() -> None:
    """Whatever the status and the form of the answer."""
    exchange = answered(403, {"error": {"message": "You may not see The attic."}})
    assert told(lambda: expect.untold(exchange, ["The attic", "Salary talks"])) == [
        ": nothing that is somebody else's, got The attic"
    ]
    expect.untold(exchange, ["Salary talks"])


def test_command_sends_the_credential_that_was_sent() -> None:
    """A request without a token, or with a false one, is repeated as it was."""
    url = "https://graph.test/v1.0/me"
    commands = {
        credential: curl(Request("Alex", "GET", "/me", credential=credential), url)
        for credential in ("token", "nothing", "garbage")
    }
    assert '--header "Authorization: Bearer $ALEX_TOKEN"' in commands["token"]
    assert "Authorization" not in commands["nothing"]
    assert f'--header "Authorization: Bearer {GARBAGE}"' in commands["garbage"]
