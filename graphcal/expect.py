"""Compare what came with what a requirement says, and say the difference in full."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

from graphcal.outcomes import Deviation, Unmet
from graphcal.report.model import Finding
from graphcal.schemas.violation import brief

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from graphcal.graph.exchange import Exchange
    from graphcal.people import Person
    from graphcal.schemas import Schemas, Violation
    from graphcal.value import Value

T = TypeVar("T")

SHOWN = 10  # addresses that a sentence lists
REFUSALS = range(400, 500)
OPAQUE = frozenset(
    ("id", "changeKey", "seriesMasterId", "parentFolderId", "conversationId")
)  # what ids are in
_APPLIED = re.compile(r"""([\w.-]+)\s*=\s*["']?([^"',;]*)""")  # a name and a value of Preference-Applied
_NAME = re.compile(r"(?<=\.)\w+|(?<=\[)'[^']*'")  # a property in a JSON path, after a dot or in brackets


def finding(value: Value, expected: str, actual: str = "", hint: str = "") -> Finding:
    """Describe a difference at a place of an answer."""
    return Finding(expected, actual or brief(value.json), value.path, value.exchange.id, hint)


def that(holds: bool, value: Value, expected: str, actual: str = "", hint: str = "") -> None:
    """Raise Deviation unless something holds of a value."""
    if not holds:
        raise Deviation([finding(value, expected, actual, hint)])


def equal(value: Value, expected: object, name: str = "") -> None:
    """Expect a value, true and 1 told apart."""
    same = type(value.json) is type(expected) and value.json == expected
    that(same, value, f"{name or leaf(value)} to be {brief(expected)}")


def one_of(value: Value, allowed: Sequence[object]) -> None:
    """Expect one of several values."""
    words = " or ".join(brief(item) for item in allowed)
    that(any(value.json == item for item in allowed), value, f"{leaf(value)} to be {words}")


def status(exchange: Exchange, code: int, hint: str = "") -> None:
    """Expect a status code. Raises Unmet where the answer is a search in vain."""
    if exchange.absent:
        raise Unmet(exchange.absent)
    if exchange.status != code:
        raise Deviation(
            [Finding(f"status {code}", f"status {exchange.status}{_error(exchange)}", "", exchange.id, hint)]
        )


def one_status_of(exchange: Exchange, codes: Sequence[int]) -> None:
    """Expect one of several status codes. Raises Unmet where the answer is a search in vain."""
    if exchange.status not in codes:
        status(exchange, codes[0], f"{' and '.join(str(code) for code in codes[1:])} would do as well")


def refused(exchange: Exchange, codes: Sequence[int] = REFUSALS) -> None:
    """Expect a refusal with one of these statuses, else with any from 400 to 499."""
    if exchange.absent:
        raise Unmet(exchange.absent)
    if exchange.status not in codes:
        wanted = "400 to 499" if codes == REFUSALS else " or ".join(str(code) for code in codes)
        raise Deviation(
            [
                Finding(
                    f"a refusal with {wanted}", f"status {exchange.status}{_error(exchange)}", "", exchange.id
                )
            ]
        )


def error_code(exchange: Exchange, codes: Sequence[str]) -> None:
    """Expect an error's code to be one of these, in whatever casing. Raises Unmet where none is told.

    Graph's own codes lack the "Error" that Outlook's begin with, and some parts of the service answer so.
    """
    if exchange.absent or exchange.succeeded:
        raise Unmet(exchange.absent or f"there is no error to look at: {exchange}")
    code = exchange.payload.at("error.code")
    if not code.text:
        raise Unmet(f"no error code is told: {exchange}")
    known = {name.casefold().removeprefix("error") for name in codes}
    that(code.text.casefold().removeprefix("error") in known, code, f"the code {' or '.join(codes)}")


def untold(exchange: Exchange, secrets: Iterable[str]) -> None:
    """Expect an answer, of whatever status and form, to hold none of these texts."""
    body = exchange.body.decode("utf-8", "replace")
    told = [secret for secret in secrets if secret in body]
    if told:
        raise Deviation([Finding("nothing that is somebody else's", ", ".join(told), "", exchange.id)])


def preference(exchange: Exchange, name: str, value: str) -> None:
    """Expect an answer to confirm a preference, such as outlook.timezone. Raises Unmet where it is a refusal."""
    if exchange.absent or not exchange.succeeded:
        raise Unmet(exchange.absent or f"nothing is confirmed in a refusal: {exchange}")
    applied = exchange.headers.get("preference-applied", "")
    found = {(match[1].casefold(), match[2].strip().casefold()) for match in _APPLIED.finditer(applied)}
    if (name.casefold(), value.casefold()) not in found:
        actual = brief(applied) if applied else "no such header"
        raise Deviation([Finding(f'Preference-Applied with {name}="{value}"', actual, "", exchange.id)])


def success(exchange: Exchange, what: str) -> None:
    """Expect any status of success; `what` says what should have worked."""
    if exchange.absent:
        raise Deviation([Finding(f"{what} to succeed", exchange.absent, "", exchange.id)])
    if not exchange.succeeded:
        raise Deviation(
            [Finding(f"{what} to succeed", f"status {exchange.status}{_error(exchange)}", "", exchange.id)]
        )


def _error(exchange: Exchange) -> str:
    code = exchange.payload.at("error.code")
    return f" with the error {brief(code.json)}" if code.exists else ""


def item(exchange: Exchange, what: str) -> None:
    """Expect an item in a successful answer: an object with an id."""
    success(exchange, what)
    identifier = exchange.payload["id"]
    that(
        bool(identifier.text), identifier, f"{what} to bring an item with an id", brief(exchange.payload.json)
    )


def address(value: Value, who: Person) -> None:
    """Expect an address to be somebody's, in any casing."""
    that(who.has_address(value.json), value, f"the address of {who}, {who.address}")


def person(recipient: Value, who: Person) -> None:
    """Expect a recipient, attendee or organizer to be somebody, by address."""
    address(recipient.at("emailAddress.address"), who)


def addresses(collection: Value) -> list[str]:
    """Return the case-folded addresses of recipients or attendees, "" where one has none."""
    return [member.at("emailAddress.address").text.casefold() for member in collection.items()]


def exactly(collection: Value, people: Iterable[Person], besides: Iterable[str] = ()) -> None:
    """Expect the recipients or attendees to be these people, in any order, and nobody else but addresses `besides`."""
    wanted = sorted(who.address.casefold() for who in people)
    found = sorted(address for address in addresses(collection) if address not in besides)
    that(
        isinstance(collection.json, list) and found == wanted,
        collection,
        f"{leaf(collection)} to be exactly {', '.join(wanted)}",
        _listed(found) or brief(collection.json),
    )


def among(collection: Value, people: Iterable[Person]) -> None:
    """Expect the recipients or attendees to hold these people, whoever else is there."""
    found = addresses(collection)
    lacking = [who.address for who in people if who.address.casefold() not in found]
    that(
        not lacking,
        collection,
        f"{leaf(collection)} to hold {', '.join(lacking)}",
        _listed(sorted(found)) or brief(collection.json),
    )


def _listed(found: Sequence[str]) -> str:
    rest = [f"and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    return ", ".join([address or "(no address)" for address in found[:SHOWN]] + rest)


def entry_of(collection: Value, who: Person) -> Value:
    """Return the recipient or attendee that is somebody.

    Raises Unmet where there is none: the scenario that judges who is there says so.
    """
    for member in collection.items():
        if who.has_address(member.at("emailAddress.address").json):
            return member
    raise Unmet(f"{leaf(collection)} do not hold {who}: {collection.exchange}")


def same(first: Value, second: Value, name: str = "") -> None:
    """Expect two values in two answers to agree."""
    that(
        second.exists and first.json == second.json,
        second,
        f"{name or leaf(second)} to be {brief(first.json)}, as in {first.exchange.request.person}'s copy",
    )


def different(first: Value, second: Value) -> None:
    """Expect two values that are both there to differ."""
    if first.exists and second.exists:
        that(
            first.json != second.json,
            second,
            f"{leaf(second)} to differ from {first.exchange.request.person}'s",
        )


def silent_about(value: Value, who: Person, *, without: frozenset[str] = frozenset()) -> None:
    """Expect no string below a value, annotations, ids and `without` aside, to name somebody.

    A person is named by address, by its local part, by id, by display name in either order. The ids of an item
    mean nothing (REP-10): one that begins with the name of its mailbox tells no more, in a link neither.
    """
    turned = ", ".join(reversed(who.name.split(None, 1)))
    names = filter(None, [who.address, who.address.partition("@")[0], who.id, who.name, turned])
    listed = "|".join(map(re.escape, names))
    pattern = re.compile(
        rf"(?<!\w)(?<!\w@)({listed})(?!\w)", re.IGNORECASE
    )  # "a@adele.example" names no Adele
    told = {holder[name].text for holder in (value, value["event"]) for name in OPAQUE}
    ids = {identifier for identifier in told if identifier and not pattern.fullmatch(identifier)}
    findings = [
        finding(text, f"nothing that names {who}")
        for text in value.texts(without=without)
        if pattern.search(_without_ids(text.text, ids))
    ]
    if findings:
        raise Deviation(findings)


def _without_ids(text: str, ids: Iterable[str]) -> str:
    for identifier in ids:
        text = text.replace(identifier, " ").replace(quote(identifier, safe=""), " ")
    return text


def all_of(checks: Iterable[Callable[[], None]]) -> None:
    """Run several checks and report all their findings together."""
    findings: list[Finding] = []
    for check in checks:
        try:
            check()
        except Deviation as deviation:
            findings.extend(deviation.findings)
    if findings:
        raise Deviation(findings)


def each(values: Iterable[T], check: Callable[[T], None]) -> None:
    """Check every value and report all findings together."""
    all_of([partial(check, value) for value in values])


def fits(value: Value, part: str, schemas: Schemas) -> None:
    """Expect a value to fit a part of a role's schema, such as "createdEvent#/$defs/defaults"."""
    violated([(value, violation) for violation in schemas.violations(value.json, part)])


def violated(violations: Iterable[tuple[Value, Violation]]) -> None:
    """Raise Deviation for violations, each found below a value of an answer."""
    findings = [finding_of(value, violation) for value, violation in violations]
    if findings:
        raise Deviation(findings)


def finding_of(value: Value, violation: Violation) -> Finding:
    """Describe a violation found below a value of an answer."""
    return Finding(
        f"{last_name(violation.path)} to be {violation.allowed}",
        brief(violation.actual),
        value.path + violation.path[1:],
        value.exchange.id,
        violation.hint,
    )


def leaf(value: Value) -> str:
    """Return the last property name of a value's path, for a sentence."""
    return last_name(value.path)


def last_name(path: str) -> str:
    """Return the last property name of a JSON path."""
    names: list[str] = _NAME.findall(path)
    return names[-1].strip("'") if names else "the answer"
