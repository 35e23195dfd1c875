"""Steps about permissions: the owner's list of them, and giving, changing and taking them back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pytest_bdd import given, then, when

from graphcal import expect
from graphcal.facts import Sight
from graphcal.outcomes import Unmet
from graphcal.phrases import ROLES, phrase
from graphcal.story import Story
from graphcal.story.permissions import (
    ENTRIES,
    ENTRY,
    PermissionChange,
    Permissions,
    change_role,
    give,
    hand_over,
    list_after,
    list_permissions,
    take_back,
)
from graphcal.targets.arrangement import DELEGATE_ROLES

if TYPE_CHECKING:
    from graphcal.value import Value

BEYOND_READING = [role for role in ROLES if role not in ("freeBusyRead", "limitedRead", "read")]
CREATED, ACCEPTED = 201, 200


@dataclass(frozen=True)
class PermissionsSight(Sight):
    """The permissions on a calendar, of all pages."""

    permissions: Permissions = field(kw_only=True)

    @classmethod
    def of(cls, permissions: Permissions) -> PermissionsSight:
        """Look at a list."""
        first = permissions.pages[0]
        return cls(first, ENTRIES, lambda: first.resource("the permissions"), permissions=permissions)


# The list.


@when(phrase("{owner:Person} lists the permissions on {his:Pronoun} calendar"), target_fixture="sight")
def lists(owner: str, story: Story) -> PermissionsSight:
    """Look at who may do what in somebody's primary calendar."""
    return PermissionsSight.of(list_permissions(story, story.person(owner)))


@when(
    phrase("{owner:Person} lists the permissions on {his:Pronoun} calendar after that"),
    target_fixture="sight",
)
def lists_after(permission_change: PermissionChange, story: Story) -> PermissionsSight:
    """Look at the list once it shows what was done."""
    return PermissionsSight.of(list_after(story, permission_change))


@then(phrase("the list mentions {other:Person}"))
def mentions(other: str, sight: PermissionsSight, story: Story) -> None:
    """SET-25, SET-29: an entry with the person's address."""
    person = story.person(other)
    found = sight.permissions.of(person)
    expect.that(found is not None, sight.value["value"], f"an entry for {person.address}", "no such entry")


@then(phrase('the list mentions {other:Person} with the role "{role:Role}"'))
def mentions_with(other: str, role: str, sight: PermissionsSight, story: Story) -> None:
    """SET-28, SET-31: what was given, or changed, stays."""
    mentions(other, sight, story)
    expect.equal(sight.permissions.entry_of(story.person(other))["role"], role)


@then(phrase("the list does not mention {other:Person}"))
def does_not_mention(other: str, sight: PermissionsSight, story: Story) -> None:
    """SET-30: a removed entry is gone."""
    person = story.person(other)
    found = sight.permissions.of(person)
    place = found.at("emailAddress.address") if found else sight.value["value"]
    expect.that(found is None, place, f"no entry for {person.address}")


@then("the list mentions the organisation once")
def mentions_the_organisation(sight: PermissionsSight) -> None:
    """SET-25: what everybody inside may do."""
    found = sight.permissions.of_the_organisation()
    expect.that(
        len(found) == 1,
        sight.value["value"],
        "one entry without an address, for everybody in the organisation",
        f"{len(found)} such entries",
    )


# One permission.


@when(
    phrase("{owner:Person} looks at {other:Person}'s permission on {his:Pronoun} calendar"),
    target_fixture="sight",
)
def looks_at_a_permission(owner: str, other: str, story: Story) -> Sight:
    """Look at somebody's entry in the list."""
    found = list_permissions(story, story.person(owner))
    return Sight(found.pages[0], ENTRY, lambda: found.entry_of(story.person(other)))


@when(
    phrase("{owner:Person} looks at the organisation's permission on {his:Pronoun} calendar"),
    target_fixture="sight",
)
def looks_at_the_organisation(owner: str, story: Story) -> Sight:
    """Look at the entry of everybody."""
    found = list_permissions(story, story.person(owner))

    def entry() -> Value:
        entries = found.of_the_organisation()
        if len(entries) != 1:
            raise Unmet(f"which entry is the organisation's can't be told: {found.pages[0]}")
        return entries[0]

    return Sight(found.pages[0], ENTRY, entry)


@then(phrase("the permission {can:Ability} be removed"))
def can_be_removed(can: bool, sight: Sight) -> None:
    """SET-26, SET-27: isRemovable."""
    expect.equal(sight.value["isRemovable"], can)


@then("the permission is for somebody inside the organisation")
def is_inside(sight: Sight) -> None:
    """SET-20, SET-26: isInsideOrganization."""
    expect.equal(sight.value["isInsideOrganization"], expected=True)


@then(phrase("the permission is one of {other:Person}"))
def is_of(other: str, sight: Sight, story: Story) -> None:
    """SET-31: by address, in any casing. Raises Unmet where the address is left out."""
    address, person = sight.value.at("emailAddress.address"), story.person(other)
    if not address.text:
        raise Unmet(f"the permission does not tell whose it is: {sight.exchange}")
    expect.address(address, person)


@then("the permission names no address")
def names_no_address(sight: Sight) -> None:
    """SET-26: null, empty or left out."""
    address = sight.value.at("emailAddress.address")
    expect.that(not address.exists or address.json in (None, ""), address, "no address")


@then(phrase('the permission has the role "{role:Role}"'))
def has_the_role(role: str, sight: Sight) -> None:
    """SET-26, SET-28, SET-31: what the person may do."""
    expect.equal(sight.value["role"], role)


@then("the permission allows the role that it has")
def allows_its_role(sight: Sight) -> None:
    """SET-31: allowedRoles hold what can be given."""
    _allows(sight, [sight.value["role"].text])


@then("the permission allows both roles of a delegate")
def allows_delegation(sight: Sight) -> None:
    """SET-27: a delegate's entry offers both."""
    _allows(sight, DELEGATE_ROLES)


@then("the permission allows none of the roles of a delegate")
def allows_no_delegation(sight: Sight) -> None:
    """SET-20: custom calendars are not delegated."""
    _allows_none(sight, DELEGATE_ROLES)


@then("the permission allows nothing beyond reading")
def allows_reading_at_most(sight: Sight) -> None:
    """SET-27: somebody outside."""
    _allows_none(sight, BEYOND_READING)


# Giving, changing, taking back.


@given(
    phrase('{owner:Person} has given {other:Person} the role "{role:Role}"'),
    target_fixture="permission_change",
)
def has_given(owner: str, other: str, role: str, story: Story) -> PermissionChange:
    """Give a role to somebody who has none, once in a chapter."""
    return give(story, story.person(owner), story.person(other), role).require()


@when(phrase('{owner:Person} gives {other:Person} the role "{role:Role}"'), target_fixture="sight")
def gives(owner: str, other: str, role: str, story: Story) -> Sight:
    """Give a role to somebody who has none, once in a chapter."""
    return _answer(give(story, story.person(owner), story.person(other), role))


@given(
    phrase('{owner:Person} has changed {other:Person}\'s role to "{role:Role}"'),
    target_fixture="permission_change",
)
def has_changed(role: str, permission_change: PermissionChange, story: Story) -> PermissionChange:
    """Give another role to somebody who was given one, once in a chapter."""
    return change_role(story, permission_change, role).require()


@when(phrase('{owner:Person} changes {other:Person}\'s role to "{role:Role}"'), target_fixture="sight")
def changes(role: str, permission_change: PermissionChange, story: Story) -> Sight:
    """Give another role to somebody who was given one, once in a chapter."""
    return _answer(change_role(story, permission_change, role))


@given(
    phrase("{owner:Person} has tried to make {other:Person}'s permission one of {third:Person}"),
    target_fixture="permission_change",
)
def has_tried_to_hand_over(third: str, permission_change: PermissionChange, story: Story) -> PermissionChange:
    """Change the address of a permission, or try to."""
    return hand_over(story, permission_change, story.person(third))


@when(
    phrase("{owner:Person} tries to make {other:Person}'s permission one of {third:Person}"),
    target_fixture="sight",
)
def tries_to_hand_over(third: str, permission_change: PermissionChange, story: Story) -> Sight:
    """Change the address of a permission, or try to."""
    return _answer(hand_over(story, permission_change, story.person(third)))


@given(
    phrase("{owner:Person} has taken {other:Person}'s permission back"), target_fixture="permission_change"
)
def has_taken_back(permission_change: PermissionChange, story: Story) -> PermissionChange:
    """Remove the permission that somebody was given, once in a chapter."""
    return take_back(story, permission_change).require()


@when(phrase("{owner:Person} takes {other:Person}'s permission back"), target_fixture="sight")
def takes_back(permission_change: PermissionChange, story: Story) -> Sight:
    """Remove the permission that somebody was given, once in a chapter."""
    return _answer(take_back(story, permission_change))


@then("the service has created the permission")
def has_created(sight: Sight) -> None:
    """SET-31: with one of the two statuses that sources give it."""
    if sight.exchange.status != ACCEPTED:
        expect.status(sight.exchange, CREATED, f"{ACCEPTED}, which the page says, would do as well")


@then("the answer is one permission with an id")
def is_one_permission(sight: Sight) -> None:
    """SET-31: the page speaks of a collection and shows one entry."""
    expect.item(sight.exchange, "giving a permission")


@then(phrase("the permission is refused or still one of {other:Person}"))
def is_refused_or_still_of(other: str, sight: Sight, story: Story) -> None:
    """SET-29: any refusal will do, and so does an answer without the address."""
    address = sight.exchange.payload.at("emailAddress.address")
    if not sight.exchange.succeeded or not address.exists:
        return
    person = story.person(other)
    expect.address(address, person)


def _answer(change: PermissionChange) -> Sight:
    return Sight(change.exchange, ENTRY, lambda: change.exchange.resource("the permission"))


def _allows(sight: Sight, roles: list[str] | tuple[str, ...]) -> None:
    allowed = sight.value["allowedRoles"]
    found = [role.json for role in allowed.items()]
    lacking = [role for role in roles if role not in found]
    expect.that(not lacking, allowed, f"allowedRoles to hold {' and '.join(lacking)}")


def _allows_none(sight: Sight, roles: list[str] | tuple[str, ...]) -> None:
    """Expect none of some roles among those allowed. Raises Unmet where none is told at all."""
    allowed = sight.value["allowedRoles"]
    found = [role.json for role in allowed.items()]
    if not found:
        raise Unmet(f"the permission tells no allowed roles: {sight.exchange}")
    more = [role for role in found if role in roles]
    expect.that(not more, allowed, f"allowedRoles without {' and '.join(roles)}")
