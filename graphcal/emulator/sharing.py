"""Decide who may do what with a calendar: the table of roles, and the one function that applies it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphcal.emulator.model import Calendar, Person
    from graphcal.emulator.state import Tenant

DEFAULT_ENTRY = "RGVmYXVsdA=="  # base64 of "Default": the organisation's entry (SET-26)


class Role(StrEnum):
    """The roles of a calendar permission, as the metadata spells them (PRM-01 to PRM-16)."""

    NONE = "none"
    FREE_BUSY = "freeBusyRead"
    LIMITED = "limitedRead"
    READ = "read"
    WRITE = "write"
    DELEGATE = "delegateWithoutPrivateEventAccess"
    TRUSTED_DELEGATE = "delegateWithPrivateEventAccess"
    CUSTOM = "custom"


DELEGATES = frozenset({Role.DELEGATE, Role.TRUSTED_DELEGATE})
OUTSIDE_ROLES = (Role.FREE_BUSY, Role.LIMITED, Role.READ)  # PRM-14
INSIDE_ROLES = (*OUTSIDE_ROLES, Role.WRITE)
PRIMARY_ROLES = (*INSIDE_ROLES, Role.DELEGATE, Role.TRUSTED_DELEGATE)  # SET-20
DEFAULT_ENTRY_ROLES = (Role.NONE, *INSIDE_ROLES)


@dataclass(frozen=True)
class Rights:
    """What a caller may see and do in one calendar."""

    free_busy: bool = False
    titles: bool = False
    details: bool = False
    private: bool = False
    edit: bool = False
    edit_private: bool = False
    respond: bool = False
    own: bool = False


OWNER = Rights(
    free_busy=True,
    titles=True,
    details=True,
    private=True,
    edit=True,
    edit_private=True,
    respond=True,
    own=True,
)
RIGHTS = {
    Role.NONE: Rights(),
    Role.CUSTOM: Rights(),  # PRM-16: a legal value without defined rights
    Role.FREE_BUSY: Rights(free_busy=True),  # PRM-02
    Role.LIMITED: Rights(free_busy=True, titles=True),  # PRM-04
    Role.READ: Rights(free_busy=True, titles=True, details=True),  # PRM-05, PRM-06
    Role.WRITE: Rights(free_busy=True, titles=True, details=True, edit=True),  # PRM-07, PRM-08
    Role.DELEGATE: Rights(free_busy=True, titles=True, details=True, edit=True, respond=True),  # PRM-09
    Role.TRUSTED_DELEGATE: Rights(
        free_busy=True, titles=True, details=True, private=True, edit=True, edit_private=True, respond=True
    ),  # PRM-10
}


def role(person: Person, calendar: Calendar) -> Role:
    """Return somebody's role on somebody else's calendar: the own entry, else the organisation's."""
    for permission in calendar.permissions:
        if permission.id != DEFAULT_ENTRY and permission.email.same(person.address):
            return permission.role
    if not person.inside:
        return Role.NONE
    return next((entry.role for entry in calendar.permissions if entry.id == DEFAULT_ENTRY), Role.NONE)


def rights(tenant: Tenant, person: Person | None, calendar: Calendar) -> Rights:
    """Return what a person may do with an original calendar; nobody in particular is the application itself."""
    if person is None or person.oid == calendar.mailbox:
        return OWNER
    held = role(person, calendar)
    return tenant.seams.rights(held, RIGHTS[held])


def has_entry(person: Person, calendar: Calendar) -> bool:
    """Tell whether the calendar was shared with this very person, beyond the organisation's default."""
    return any(
        entry.id != DEFAULT_ENTRY and entry.email.same(person.address) for entry in calendar.permissions
    )


def delegates(tenant: Tenant, calendar: Calendar) -> list[Person]:
    """Return the people who act for the owner, in the order in which they were named (SET-24)."""
    entries = [entry for entry in calendar.permissions if entry.role in DELEGATES]
    found = (tenant.find(entry.email.address) for entry in entries)
    return [person for person in found if person is not None and person.has_mailbox]


def allowed_roles(calendar: Calendar, *, inside: bool) -> tuple[Role, ...]:
    """Return the roles that an address may have on a calendar (SET-20, SET-27, PRM-14)."""
    if not inside:
        return OUTSIDE_ROLES
    return PRIMARY_ROLES if calendar.is_default else INSIDE_ROLES
