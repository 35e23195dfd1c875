"""Steps about how the service answers, whatever was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import then

from graphcal import expect
from graphcal.facts import Sight
from graphcal.phrases import phrase
from graphcal.story import Story

if TYPE_CHECKING:
    from graphcal.schemas import Schemas

MISPRINT = (
    "the current edition of the page prints 200 here by an editing accident; "
    "its earlier edition and the API reference say 201"
)


@then(phrase("the service answers {code:Number}"))
def answers(code: int, sight: Sight) -> None:
    """SET-01, INV-02, RCV-06, RSP-01, TAL-01: the status."""
    misprinted = (code, sight.exchange.status) == (201, 200)
    expect.status(sight.exchange, code, MISPRINT if misprinted else "")


@then(phrase("the service answers with {codes:Codes}"))
def answers_with(codes: tuple[int, ...], sight: Sight) -> None:
    """PRV-05: one of several statuses, of success or of refusal."""
    expect.one_status_of(sight.exchange, codes)


@then(phrase("the service answers {code:Number} with a collection"))
def answers_with_a_collection(code: int, sight: Sight) -> None:
    """SET-01: a collection is an object whose `value` is an array."""
    expect.status(sight.exchange, code)
    collection = sight.exchange.payload["value"]
    expect.that(isinstance(collection.json, list), collection, "an array")


@then("the service refuses")
def refuses_somehow(sight: Sight) -> None:
    """ERR, REP: a refusal, where no source gives its status."""
    expect.refused(sight.exchange)


@then(phrase("the service refuses with {codes:Codes}"))
def refuses(codes: tuple[int, ...], sight: Sight) -> None:
    """ERR, PRM, PRV, RSP, LIF: a refusal, with any status that the sources give it."""
    expect.refused(sight.exchange, codes)


@then(phrase('the error is called "{names:Text}"'))
def error_is_called(names: str, sight: Sight) -> None:
    """ERR: one of the codes that have been seen, in whatever casing, joined by "or"."""
    expect.error_code(sight.exchange, names.split(" or "))


@then("the answer brings an item")
def brings_an_item(sight: Sight) -> None:
    """TAL-01: what was asked for, not just a status."""
    expect.item(sight.exchange, f"{sight.exchange.request.method} {sight.exchange.request.path}")


@then("the answer is empty")
def is_empty(sight: Sight) -> None:
    """RSP-01: an action without a result says nothing."""
    body = sight.exchange.body
    expect.that(not body, sight.value, "an empty body", f"{len(body)} bytes")


@then("every property has the type that the metadata gives it")
def has_documented_types(sight: Sight, story: Story) -> None:
    """REP-19: every answer is checked when it comes; here the findings of this one are told."""
    sight.exchange.resource("the answer")
    story.judged.append(sight.exchange)
    expect.violated([(sight.exchange.payload, violation) for violation in sight.exchange.violations])


@then("every property that the page prints is there")
def has_printed_properties(sight: Sight, schemas: Schemas) -> None:
    """REP-19: no source promises all of them, so lacking one is worth a warning."""
    expect.violated(
        [
            (resource, violation)
            for resource, role in sight.roles
            for violation in schemas.violations(resource.json, f"{role}#/$defs/printed")
        ]
    )
