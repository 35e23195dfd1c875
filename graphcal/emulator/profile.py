"""Show who somebody is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphcal.emulator import queries

if TYPE_CHECKING:
    from graphcal.emulator.calls import Call
    from graphcal.emulator.web import Response


def get(call: Call) -> Response:
    """Answer GET /me and GET /users/{id}."""
    person = call.mailbox.owner
    given, _, surname = person.name.partition(" ")
    found = {
        "id": person.oid,
        "displayName": person.name,
        "givenName": given,
        "surname": surname,
        "mail": person.address,
        "userPrincipalName": person.address,
    }
    context = f"{call.root}/$metadata#users/$entity"
    return call.ok(queries.project(found, call.options.get("$select")), context)
