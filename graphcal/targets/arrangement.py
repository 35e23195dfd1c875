"""Verify, or make so, what has to hold at a live target before the scenarios of a chapter begin."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graphcal.graph.client import Graph, segment
from graphcal.outcomes import Trouble, Unmet, Unsupported

if TYPE_CHECKING:
    from graphcal.journal import Journal
    from graphcal.people import Person
    from graphcal.value import Value

PERMISSIONS = "/me/calendar/calendarPermissions"
SETTINGS = "/me/mailboxSettings"
DELEGATE_ROLES = ("delegateWithoutPrivateEventAccess", "delegateWithPrivateEventAccess")
OPTION = "delegateMeetingMessageDeliveryOptions"
DELEGATE_ONLY = "sendToDelegateOnly"
READ = ("Calendars.Read", "MailboxSettings.Read")
CHANGE = ("Calendars.ReadWrite", "MailboxSettings.ReadWrite")


@dataclass
class LiveArrangement:
    """Knows the owner's permissions and delivery option; with `changes` it sets what is asked for.

    What it changes is written into the journal before, and `restore` undoes it.
    """

    graph: Graph
    journal: Journal
    mark: str
    changes: bool
    _hindrances: dict[tuple[str, ...], Exception | None] = field(default_factory=dict)
    _undo: list[tuple[Person, str, str, dict[str, Any] | None]] = field(default_factory=list)

    def require_delegation(self, owner: Person, delegate: Person) -> None:
        """Return when the delegate may write for the owner and alone receives the meeting messages."""
        self._once(("delegation", owner.key, delegate.key), lambda: self._delegation(owner, delegate))

    def require_share(self, owner: Person, sharee: Person, role: str) -> None:
        """Return when the owner has shared the primary calendar in exactly that role, and not delegated it."""
        self._once(("share", owner.key, sharee.key, role), lambda: self._role(owner, sharee, (role,)))

    @property
    def held(self) -> dict[str, list[list[str]]]:
        """What was found to hold, as a recording tells it."""
        kept: dict[str, list[list[str]]] = {"delegations": [], "shares": []}
        for (kind, *names), hindrance in self._hindrances.items():
            if not hindrance:
                kept[f"{kind}s"].append(names)
        return kept

    def restore(self) -> None:
        """Undo the changes, newest first. Raises what hinders it."""
        while self._undo:
            person, method, path, body = self._undo.pop()
            self.graph.write(person, method, path, body, scopes=CHANGE)

    def _once(self, key: tuple[str, ...], arrange: Any) -> None:
        if key not in self._hindrances:
            self._hindrances[key] = None
            try:
                arrange()
            except (Unmet, Unsupported, Trouble) as hindrance:
                # A service that gives no answer is not asked again by each scenario: it may take its time.
                self._hindrances[key] = hindrance
        if known := self._hindrances[key]:
            raise type(known)(*known.args)

    def _delegation(self, owner: Person, delegate: Person) -> None:
        self._role(owner, delegate, DELEGATE_ROLES)
        exchange = self.graph.get(owner, SETTINGS, shape="mailboxSettings", scopes=READ)
        option = exchange.resource(f"{owner}'s mailbox settings")[OPTION]
        if option.json == DELEGATE_ONLY:
            return
        if not self.changes:
            raise Unmet(
                f"{owner}'s meeting messages are delivered as {option.json}, not to the delegate only"
            )
        self._change(
            owner,
            "PATCH",
            SETTINGS,
            {OPTION: DELEGATE_ONLY},
            ("PATCH", SETTINGS, {OPTION: option.json}),
        )

    def _role(self, owner: Person, other: Person, roles: tuple[str, ...]) -> None:
        entry = self._entry(owner, other)
        if entry is not None and entry["role"].json in roles:
            return
        found = "no permission" if entry is None else f"the role {entry['role'].json}"
        if not self.changes:
            raise Unmet(f"{other} has {found} on {owner}'s calendar, not {' or '.join(roles)}")
        if entry is None:
            body = {"emailAddress": {"name": other.name, "address": other.address}, "role": roles[0]}
            # Created first: its id is needed to undo it, and a permission without effect harms nobody.
            created = self.graph.write(
                owner, "POST", PERMISSIONS, body, shape="calendarPermission", scopes=CHANGE
            )
            identifier = created.resource(f"{other}'s permission")["id"].text
            self._remember(owner, "DELETE", f"{PERMISSIONS}/{segment(identifier)}", None)
            return
        path = f"{PERMISSIONS}/{segment(entry['id'].text)}"
        self._change(owner, "PATCH", path, {"role": roles[0]}, ("PATCH", path, {"role": entry["role"].json}))

    def _entry(self, owner: Person, other: Person) -> Value | None:
        shape = "calendarPermissionCollection"
        for exchange in self.graph.pages(owner, PERMISSIONS, shape=shape, scopes=READ):
            for entry in exchange.resource(f"{owner}'s permissions")["value"].items():
                if other.has_address(entry.at("emailAddress.address").json):
                    return entry
        return None

    def _change(
        self,
        owner: Person,
        method: str,
        path: str,
        body: dict[str, Any],
        undo: tuple[str, str, dict[str, Any]],
    ) -> None:
        self._remember(owner, *undo)
        exchange = self.graph.write(owner, method, path, body, scopes=CHANGE)
        if not exchange.succeeded:
            raise Unmet(f"{path} of {owner} could not be changed: {exchange}")

    def _remember(self, owner: Person, method: str, path: str, body: dict[str, Any] | None) -> None:
        self.journal.changes(self.mark, {"person": owner.key, "method": method, "path": path, "body": body})
        self._undo.append((owner, method, path, body))
