"""List who may do what in a calendar; give, change and take back a permission: once in a chapter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphcal.facts import entries_in
from graphcal.graph.client import segment
from graphcal.outcomes import Unmet
from graphcal.targets.arrangement import NO_ROLE, PERMISSIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphcal.graph.exchange import Exchange
    from graphcal.people import Person
    from graphcal.story import Story
    from graphcal.value import Value

LIST, CHANGE = ("Calendars.Read",), ("Calendars.ReadWrite",)
ENTRY, ENTRIES = "calendarPermission", "calendarPermissionCollection"
ORGANISATION = "My Organization"


@dataclass(frozen=True)
class Permissions:
    """The permissions on an owner's primary calendar, on as many pages as the service makes of them."""

    owner: Person
    pages: tuple[Exchange, ...]

    @property
    def entries(self) -> list[Value]:
        """The entries of all pages. Raises Unmet where a page can't be read."""
        what = f"the permissions on {self.owner}'s calendar"
        return list(entries_in(self.pages, what))

    def of(self, person: Person) -> Value | None:
        """Return somebody's entry, found by address: an id tells nothing."""
        for entry in self.entries:
            if person.has_address(entry.at("emailAddress.address").json):
                return entry
        return None

    def entry_of(self, person: Person) -> Value:
        """Return somebody's entry. Raises Unmet where there is none: the scenario that judges it says so."""
        entry = self.of(person)
        if entry is None:
            raise Unmet(
                f"the permissions on {self.owner}'s calendar do not mention {person}: {self.pages[0]}"
            )
        return entry

    def of_the_organisation(self) -> list[Value]:
        """Return the entries that may be that of everybody: told by no address, by the name, or by being fixed."""
        for telling in (
            lambda entry: not entry.at("emailAddress.address").text,
            lambda entry: entry.at("emailAddress.name").json == ORGANISATION,
            lambda entry: entry["isRemovable"].json is False,
        ):
            if told := [entry for entry in self.entries if telling(entry)]:
                # People outside may have an entry without an address as well.
                return [entry for entry in told if entry["isInsideOrganization"].json is True] or told
        return []


def list_permissions(story: Story, owner: Person) -> Permissions:
    """List the permissions once those show that the scenario has told of."""
    held = [other for giver, other, role in story.situation.roles if giver == owner and role != NO_ROLE]
    return _listed(
        story, ("permissions", owner), owner, lambda found: all(found.of(one) is not None for one in held)
    )


def permission_body(name: str, address: str, role: str) -> dict[str, Any]:
    """Return the body of the request that gives somebody a role."""
    return {"emailAddress": {"name": name, "address": address}, "role": role}


@dataclass(frozen=True)
class PermissionChange:
    """Something done to a person's permission: `words` for it, the answer, and how the list shows it."""

    words: tuple[object, ...]
    owner: Person
    other: Person
    exchange: Exchange
    shown: Callable[[Permissions], bool]

    def require(self) -> PermissionChange:
        """Return the change. Raises Unmet where the service refused it."""
        if not self.exchange.succeeded:
            raise Unmet(f"{self.other}'s permission could not be changed before: {self.exchange}")
        return self


def give(
    story: Story, owner: Person, other: Person, role: str, scopes: tuple[str, ...] = CHANGE
) -> PermissionChange:
    """Give a role to somebody who has none; it is taken back after the chapter."""
    words = ("give", role, _told(scopes), owner, other)

    def establish() -> Exchange:
        story.chapter.arrangement.require_changes()
        body = permission_body(other.name, other.address, role)
        graph = story.chapter.graph
        given = graph.write(owner, "POST", PERMISSIONS, body, shape=ENTRY, scopes=scopes)
        # Given first: its id is needed to take it back, and the role of a reader harms nobody.
        if identifier := _given_id(story, owner, other, given):
            story.chapter.arrangement.undo_later(owner, "DELETE", _path(identifier))
        return given

    exchange = story.exchange(words, establish)
    return PermissionChange(words, owner, other, exchange, lambda found: found.of(other) is not None)


def _given_id(story: Story, owner: Person, other: Person, given: Exchange) -> str:
    """Return the id of a new entry: from the answer, or from the list where the answer does not tell it."""
    if not given.succeeded:
        return ""
    if told := given.payload["id"].text:
        return told
    pages = story.chapter.graph.pages(owner, PERMISSIONS, shape=ENTRIES, scopes=LIST)
    entry = Permissions(owner, tuple(pages)).of(other)
    return entry["id"].text if entry else ""


def change_role(
    story: Story, gift: PermissionChange, role: str, scopes: tuple[str, ...] = CHANGE
) -> PermissionChange:
    """Change the role of somebody who was given one. Raises Unmet where the permission does not allow it."""
    entry = _given(story, gift)
    if role not in [allowed.json for allowed in entry["allowedRoles"].items()]:
        raise Unmet(f"{gift.other} can't be given the role {role}: {entry.exchange}")

    def shown(found: Permissions) -> bool:
        changed = found.of(gift.other)
        return changed is not None and changed["role"].json == role

    return _changed(story, ("change", role), gift, {"role": role}, shown, scopes)


def hand_over(story: Story, gift: PermissionChange, third: Person) -> PermissionChange:
    """Try to change whose a permission is."""
    body = {"emailAddress": {"name": third.name, "address": third.address}}
    return _changed(story, ("hand over", third), gift, body, gift.shown)


def take_back(story: Story, gift: PermissionChange, scopes: tuple[str, ...] = CHANGE) -> PermissionChange:
    """Remove the permission that somebody was given."""

    def shown(found: Permissions) -> bool:
        return found.of(gift.other) is None

    return _changed(story, ("take back",), gift, None, shown, scopes)


def list_after(story: Story, change: PermissionChange) -> Permissions:
    """List the permissions once they show what was done, or time is up."""
    return _listed(story, ("permissions after", *change.words), change.owner, change.shown)


def _given(story: Story, gift: PermissionChange) -> Value:
    """Return the entry of somebody who was given a role. Raises Unmet where it does not show."""
    return list_after(story, gift.require()).entry_of(gift.other)


def _changed(  # noqa: PLR0913, PLR0917 - each names one thing that differs between the changes
    story: Story,
    words: tuple[object, ...],
    gift: PermissionChange,
    body: dict[str, Any] | None,
    shown: Callable[[Permissions], bool],
    scopes: tuple[str, ...] = CHANGE,
) -> PermissionChange:
    """Change, or without a body remove, the entry of somebody who was given a role."""
    path = _path(_given(story, gift)["id"].text)
    words = (*words, _told(scopes), gift.owner, gift.other)
    method, shape = ("PATCH", ENTRY) if body else ("DELETE", None)
    exchange = story.write(words, gift.owner, method, path, body, shape=shape, scopes=scopes)
    return PermissionChange(words, gift.owner, gift.other, exchange, shown)


def _listed(
    story: Story, key: tuple[object, ...], owner: Person, good: Callable[[Permissions], bool]
) -> Permissions:
    graph = story.chapter.graph

    def ask() -> tuple[Exchange, ...]:
        return tuple(graph.pages(owner, PERMISSIONS, shape=ENTRIES, scopes=LIST))

    def shown(pages: tuple[Exchange, ...]) -> bool:
        return pages[-1].succeeded and good(Permissions(owner, pages))

    return Permissions(owner, story.pages(key, lambda: graph.poll_all(ask, shown)))


def _path(identifier: str) -> str:
    return f"{PERMISSIONS}/{segment(identifier)}"


def _told(scopes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the scopes where they are others than a change usually has, for the name of a fact."""
    return () if scopes == CHANGE else scopes
