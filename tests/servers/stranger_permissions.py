"""Answer calls about who may do what in a calendar, for a stranger's emulator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import stranger_words as words
from stranger_calls import place_of, unknown
from stranger_drafts import among
from stranger_model import OWNER, Grant, denied, invalid, known

if TYPE_CHECKING:
    from stranger_calls import Answer, Call, Handler
    from stranger_model import Calendar

ENTRIES = "calendars/*/calendarPermissions"
FIXED = {"emailAddress", "allowedRoles", "isRemovable", "isInsideOrganization"}


def _calendar(call: Call) -> Calendar:
    place = place_of(call)
    if place.role != OWNER:
        raise denied()
    return place.calendar


def _grants(call: Call) -> list[Grant]:
    """Return the entries of the calendar; one that is removed is none, whatever effect it still has."""
    calendar = _calendar(call)
    entries = [grant for grant in call.world.grants if grant.calendar is calendar]
    return [grant for grant in entries if grant.party is None or grant.told != "none"]


def _list(call: Call) -> Answer:
    """List the entries; who is not the owner sees none (PRM-11, CON-10)."""
    if place_of(call).role != OWNER and call.options.foreign_permissions == "empty":
        return call.page([])
    entries = [words.permission(grant) for grant in _grants(call)]
    return call.page([*entries, *([words.ANONYMOUS] if call.options.anonymous else [])])


def _grant(call: Call) -> Grant:
    for grant in _grants(call):
        if grant.id == call.ids[1]:
            return grant
    raise unknown(call, call.ids[1])


def _get(call: Call) -> Answer:
    return call.one(words.permission(_grant(call)))


def _create(call: Call) -> Answer:
    calendar, mail = _calendar(call), call.body.get("emailAddress") or {}
    if "@" not in str(mail.get("address")):
        raise invalid("The address is missing.", "ErrorInvalidRecipients")
    party = known(str(mail["address"]), str(mail.get("name") or ""))
    if party in [grant.party for grant in _grants(call)]:
        raise invalid("The calendar is shared with this person.", "ErrorSharingAlreadyExists")
    role = among(call.body.get("role"), words.allowed_roles(calendar, party))
    leaving = [grant for grant in call.world.grants if (grant.calendar, grant.party) == (calendar, party)]
    grant = leaving[0] if leaving else call.world.give(calendar, party, "none")
    grant.accepted = bool(leaving) or not call.options.needs_acceptance
    call.world.promise(grant, role)
    return call.one(words.permission(grant), call.options.granting)


def _change(call: Call) -> Answer:
    """Change a role, and nothing else (SET-28, SET-29)."""
    grant = _grant(call)
    if call.options.refuses_extras and FIXED & set(call.body):
        raise invalid("Only the role can be changed.")
    if "role" in call.body:
        role = among(call.body["role"], words.allowed_roles(grant.calendar, grant.party))
        call.world.promise(grant, role)
    return call.one(words.permission(grant))


def _remove(call: Call) -> Answer:
    grant = _grant(call)
    if grant.party is None:
        raise denied()
    call.world.promise(grant, "none")
    return 204, None


ROUTES: dict[str, dict[str, tuple[Handler, str]]] = {
    ENTRIES: {"GET": (_list, "list"), "POST": (_create, "grant")},
    f"{ENTRIES}/*": {"GET": (_get, "list"), "PATCH": (_change, "write"), "DELETE": (_remove, "write")},
}
