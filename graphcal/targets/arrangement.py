"""Verify, or make so, what has to hold at a live target while scenarios of a chapter look at it."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graphcal.graph.client import Graph, segment
from graphcal.outcomes import Trouble, Unmet, Unsupported
from graphcal.signin.refusals import ABOUT_SCOPES, SignInTrouble
from graphcal.targets.effects import await_removal, await_role
from graphcal.targets.settings import is_loopback

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from graphcal.graph.exchange import Exchange
    from graphcal.journal import Journal
    from graphcal.people import Person
    from graphcal.value import Value

    Step = tuple[Person, str, str, Mapping[str, Any] | None]

PERMISSIONS = "/me/calendar/calendarPermissions"
SETTINGS = "/me/mailboxSettings"
NO_ROLE = "none"  # no entry in the owner's permissions
EVERYBODY = ""  # the address of the organisation's entry
DELEGATE_ROLES = ("delegateWithoutPrivateEventAccess", "delegateWithPrivateEventAccess")
CLOSED = ("freeBusyRead", "none")  # roles that show no event
OPTION = "delegateMeetingMessageDeliveryOptions"
DELEGATE_ONLY = "sendToDelegateOnly"
OPTIONS = (DELEGATE_ONLY, "sendToDelegateAndPrincipal", "sendToDelegateAndInformationToPrincipal")
READ = ("Calendars.Read", "MailboxSettings.Read")
GONE = 404
CHANGE = ("Calendars.ReadWrite", "MailboxSettings.ReadWrite")
OF_SIGN_IN = frozenset(("openid", "profile", "email", "offline_access", "User.Read"))  # who it is, no more


@dataclass
class LiveArrangement:
    """Knows the roles on each owner's calendar and the delivery options; with `changes` it sets what is asked for.

    The state of the target is read once and kept up with what is changed. How to go back to what was found
    is written into the journal before, and `restore` does so.
    """

    graph: Graph
    journal: Journal
    mark: str
    changes: bool
    people: tuple[Person, ...] = ()
    held: dict[str, list[list[str]]] = field(default_factory=dict)
    _permissions: dict[str, dict[str, Value]] = field(default_factory=dict)
    _roles: dict[tuple[str, str], str] = field(default_factory=dict)
    _options: dict[str, str] = field(default_factory=dict)
    _found: dict[tuple[str, str], str] = field(default_factory=dict)
    _touched: set[tuple[str, str]] = field(default_factory=set)
    _hidden: set[tuple[str, str, str]] = field(default_factory=set)
    _hindrances: dict[tuple[str, ...], Exception] = field(default_factory=dict)
    _undo: list[Step] = field(default_factory=list)

    def require_delegation(self, owner: Person, delegate: Person) -> None:
        """Return when the delegate may write for the owner and alone receives the meeting messages."""

        def arrange() -> None:
            self._hold_role(owner, delegate, DELEGATE_ROLES)
            self._hold_option(owner, DELEGATE_ONLY)
            if self._roles[owner.key, delegate.address.casefold()] == DELEGATE_ROLES[1]:
                self._note("private", [owner.key, delegate.key])

        self._holding("delegations", [owner.key, delegate.key], arrange)

    def require_role(self, owner: Person, other: Person, role: str) -> None:
        """Return when the other has exactly that role on the owner's primary calendar."""
        self._holding("roles", [owner.key, other.key, role], lambda: self._hold_role(owner, other, (role,)))

    def require_default(self, owner: Person, role: str) -> None:
        """Return when everybody of the owner's organisation has exactly that role on the primary calendar."""
        self._holding("defaults", [owner.key, role], lambda: self._hold_default(owner, role))

    def require_closed(self, owner: Person) -> None:
        """Return when everybody of the owner's organisation sees free and busy times at most; no entry tells no more."""

        def arrange() -> None:
            self._read_permissions(owner)
            if self._roles.get((owner.key, EVERYBODY), NO_ROLE) not in CLOSED:
                self._change_role(owner, EVERYBODY, CLOSED[0])

        self._holding("closed", [owner.key], arrange)

    def shows_private(self, owner: Person, delegate: Person) -> bool:
        """Tell whether a delegation that holds was found with the right to see private items."""
        return [owner.key, delegate.key] in self.held.get("private", [])

    def further_delegates(self, owner: Person) -> frozenset[str]:
        """Return the addresses of the owner's delegates who play no persona."""
        known = {person.address.casefold() for person in self.people}
        further = [
            address
            for (key, address), role in self._roles.items()
            if key == owner.key and role in DELEGATE_ROLES and address not in known
        ]
        for address in further:
            self._note("delegates", [owner.key, address])
        return frozenset(further)

    def require_no_delegate(self, owner: Person) -> None:
        """Return when nobody is the owner's delegate; who was is a writer until the chapter ends."""

        def arrange() -> None:
            self._read_permissions(owner)
            for address, role in [(key[1], held) for key, held in self._roles.items() if key[0] == owner.key]:
                if role in DELEGATE_ROLES:
                    self._change_role(owner, address, "write")

        self._holding("undelegated", [owner.key], arrange)

    def require_option(self, owner: Person, option: str) -> None:
        """Return when the owner's mailbox delivers meeting messages in this way."""
        self._holding("options", [owner.key, option], lambda: self._hold_option(owner, option))

    def require_loopback(self) -> None:
        """Return when the service is on this machine."""

        def arrange() -> None:
            if not is_loopback(self.graph.base_url):
                raise Unmet(
                    f"{self.graph.base_url} is not on this machine, so people outside might be written to"
                )

        self._holding("reach", ["loopback"], arrange)

    def require_changes(self) -> None:
        """Return when permissions and settings may be changed through the API."""

        def arrange() -> None:
            if not self.changes:
                raise Unmet(
                    "the target's file does not allow permissions and settings to be changed: "
                    'it lacks setup = "api"'
                )

        self._holding("changes", ["allowed"], arrange)

    def require_token(self, person: Person, scopes: tuple[str, ...]) -> None:
        """Return when the person gets a token for these scopes and no others, as far as it tells."""
        self._holding("tokens", [person.key, *scopes], lambda: self._hold_token(person, scopes))

    def undo_later(
        self, person: Person, method: str, path: str, body: Mapping[str, Any] | None = None
    ) -> None:
        """Note the request that undoes what a scenario is about to change. Raises Unmet where it must not."""
        self.graph.require_writing()
        self.journal.changes(self.mark, {"person": person.key, "method": method, "path": path, "body": body})
        self._undo.append((person, method, path, body))

    @contextmanager
    def undoing(
        self, person: Person, method: str, path: str, body: Mapping[str, Any] | None = None
    ) -> Iterator[None]:
        """Note the same before a block, and undo at its end; what can't be undone then is tried again later."""
        step = (person, method, path, body)
        self.undo_later(*step)
        try:
            yield
        finally:
            with suppress(Trouble, Unmet, Unsupported):
                if not self._undone(step):
                    self._undo.remove(step)

    def restore(self) -> None:
        """Undo the changes, newest first. Raises what hinders it; what is gone already hinders nothing."""
        refused = []
        while self._undo:
            refused.append(self._undone(self._undo.pop()))
        if any(refused):
            raise Unmet("; ".join(filter(None, refused)))

    def _undone(self, step: Step) -> str:
        """Send the request that undoes something; return "", or a sentence that says what refused it."""
        person, method, path, body = step
        exchange = self.graph.write(person, method, path, body, scopes=CHANGE)
        if exchange.succeeded or exchange.status == GONE:
            return ""
        return f"{path} of {person} could not be restored: {exchange}"

    def _holding(self, kind: str, what: list[str], arrange: Callable[[], None]) -> None:
        """Arrange something, and remember that it held; what hindered it once is not tried again."""
        key = (kind, *what)
        if known := self._hindrances.get(key):
            raise type(known)(*known.args)
        try:
            arrange()
        except (Unmet, Unsupported, Trouble) as hindrance:
            # A service that gives no answer is not asked again by each scenario: it may take its time.
            self._hindrances[key] = hindrance
            raise
        self._note(kind, what)

    def _note(self, kind: str, what: list[str]) -> None:
        if what not in self.held.setdefault(kind, []):
            self.held[kind].append(what)

    def _hold_token(self, person: Person, scopes: tuple[str, ...]) -> None:
        bearer, asked = self.graph.bearer, " and ".join(scopes)
        if not bearer.narrows(person):
            raise Unmet(
                f"{person}'s token can't be limited to {asked}: the target's file gives one for everything"
            )
        try:
            granted = bearer.granted(person, scopes)
        except SignInTrouble as trouble:
            if trouble.number in ABOUT_SCOPES:
                raise Unmet(f"{person} gets no token for {asked}: {trouble}") from None
            raise
        if granted is None:
            return  # it does not tell, so it is taken for what was asked for
        if more := sorted(set(granted) - set(scopes) - OF_SIGN_IN):
            raise Unmet(
                f"{person}'s token for {asked} allows more, as was once consented to: {', '.join(more)}"
            )
        if lacking := sorted(set(scopes) - set(granted)):
            raise Unmet(f"{person}'s token for {asked} lacks {', '.join(lacking)}")

    def _hold_option(self, owner: Person, option: str) -> None:
        if owner.key not in self._options:
            exchange = self.graph.get(owner, SETTINGS, shape="mailboxSettings", scopes=READ)
            found = exchange.resource(f"{owner}'s mailbox settings")[OPTION]
            self._options[owner.key] = found.text
        found_option = self._options[owner.key]
        if found_option == option:
            return
        if not self.changes:
            wanted = "to the delegate only" if option == DELEGATE_ONLY else f"as {option}"
            raise Unmet(f"{owner}'s meeting messages are delivered as {found_option}, not {wanted}")
        if (owner.key, OPTION) not in self._touched:
            self._touched.add((owner.key, OPTION))
            self.undo_later(owner, "PATCH", SETTINGS, {OPTION: found_option})
        self._change(owner, "PATCH", SETTINGS, {OPTION: option})
        self._options[owner.key] = option

    def _hold_role(self, owner: Person, other: Person, roles: tuple[str, ...]) -> None:
        self._read_permissions(owner)
        address = other.address.casefold()
        held = self._roles.get((owner.key, address), NO_ROLE)
        if held in roles:
            return
        if not self.changes:
            found = "no permission" if held == NO_ROLE else f"the role {held}"
            wanted = "no permission" if roles == (NO_ROLE,) else " or ".join(roles)
            raise Unmet(f"{other} has {found} on {owner}'s calendar, not {wanted}")
        if held == NO_ROLE:
            self._grant(owner, other, roles[0])
        elif roles == (NO_ROLE,):
            self._withdraw(owner, address)
        else:
            self._change_role(owner, address, roles[0])
        self._await_role(owner, other, roles[0])

    def _await_role(self, owner: Person, other: Person, role: str) -> None:
        """Wait for a role to take effect; what has once not shown in time is not waited for again."""
        key = (owner.key, other.key, role)
        if key in self._hidden:
            return
        shown = False
        with suppress(Trouble, Unmet, Unsupported):  # what becomes of the role, scenarios see
            if role == NO_ROLE:
                shown = await_removal(self.graph, owner, other)
            else:
                shown = await_role(self.graph, owner, other, role)
        if not shown:
            self._hidden.add(key)

    def _hold_default(self, owner: Person, role: str) -> None:
        self._read_permissions(owner)
        held = self._roles.get((owner.key, EVERYBODY))
        if held is None:
            raise Unmet(f"{owner}'s permissions hold no entry of the organisation, which has no address")
        if held != role:
            self._change_role(owner, EVERYBODY, role)

    def _read_permissions(self, owner: Person) -> None:
        if owner.key in self._permissions:
            return
        entries: dict[str, Value] = {}
        shape = "calendarPermissionCollection"
        for exchange in self.graph.pages(owner, PERMISSIONS, shape=shape, scopes=READ):
            for entry in exchange.resource(f"{owner}'s permissions")["value"].items():
                address = entry.at("emailAddress.address").text.casefold() or EVERYBODY
                if address != EVERYBODY or _is_of_everybody(entry, entries):
                    entries[address] = entry
        self._permissions[owner.key] = entries
        found = {(owner.key, address): entry["role"].text for address, entry in entries.items()}
        self._roles.update(found)
        self._found.update(found)

    def _grant(self, owner: Person, other: Person, role: str) -> None:
        body = {"emailAddress": {"name": other.name, "address": other.address}, "role": role}
        # Created first: its id is needed to undo it, and a permission without effect harms nobody.
        created = self.graph.write(
            owner, "POST", PERMISSIONS, body, shape="calendarPermission", scopes=CHANGE
        )
        entry = created.resource(f"{other}'s permission")
        address = other.address.casefold()
        self.undo_later(owner, "DELETE", _path_of(entry))
        self._permissions[owner.key][address] = entry
        self._roles[owner.key, address] = role

    def _withdraw(self, owner: Person, address: str) -> None:
        entry = self._permissions[owner.key].pop(address)
        del self._roles[owner.key, address]
        if found := self._found.pop((owner.key, address), None):
            body = {"emailAddress": entry["emailAddress"].json, "role": found}
            self.undo_later(owner, "POST", PERMISSIONS, body)
        self._change(owner, "DELETE", _path_of(entry), None)

    def _change_role(self, owner: Person, address: str, role: str) -> None:
        path = _path_of(self._permissions[owner.key][address])
        if not self.changes:
            raise Unmet(f"somebody has the role {self._roles[owner.key, address]} on {owner}'s calendar")
        if (owner.key, address) in self._found and (owner.key, address) not in self._touched:
            self._touched.add((owner.key, address))
            self.undo_later(owner, "PATCH", path, {"role": self._found[owner.key, address]})
        self._change(owner, "PATCH", path, {"role": role})
        self._roles[owner.key, address] = role

    def _change(self, owner: Person, method: str, path: str, body: dict[str, Any] | None) -> None:
        """Change something, which may be too new to be found at once. Raises Unmet where that is refused."""

        def send() -> Exchange:
            return self.graph.write(owner, method, path, body, scopes=CHANGE)

        exchange = self.graph.poll(send, lambda answer: answer.succeeded)
        if not exchange.succeeded:
            raise Unmet(f"{path} of {owner} could not be changed: {exchange}")


def _is_of_everybody(entry: Value, known: Mapping[str, Value]) -> bool:
    """Tell the organisation's entry from others without an address: that of people outside, one that can go."""
    is_inside = entry["isInsideOrganization"].json is True
    return entry["isRemovable"].json is not True and (is_inside or EVERYBODY not in known)


def _path_of(entry: Value) -> str:
    return f"{PERMISSIONS}/{segment(entry['id'].text)}"
