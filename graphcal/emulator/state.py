"""The tenant: its people, their mailboxes, and what is still on its way between them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from graphcal.emulator import people, settings
from graphcal.emulator.delivery import Outbox
from graphcal.emulator.errors import invalid_request
from graphcal.emulator.model import Address, Calendar, Mailbox, Permission, Person
from graphcal.emulator.seams import Seams
from graphcal.emulator.sharing import DEFAULT_ENTRY, DEFAULT_ENTRY_ROLES, Role, allowed_roles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphcal.emulator.naming import Namer

Clock = Callable[[], datetime]
FOLDERS = ("inbox", "drafts", "sentitems", "deleteditems", "outbox", "junkemail", "archive")


class Tenant:
    """Everything the service remembers. Its methods build states; the HTTP operations live in other modules."""

    def __init__(
        self,
        clock: Clock,
        namer: Namer,
        *,
        delivery_seconds: float = 0,
        accepts_shares: bool = True,
        seams: Seams | None = None,
    ) -> None:
        """Start empty; with `accepts_shares` off a share has no copy until `accept` is called (SET-17)."""
        self.clock = clock
        self.namer = namer
        self.accepts_shares = accepts_shares
        self.seams = seams or Seams()
        self.outbox = Outbox(timedelta(seconds=delivery_seconds))
        self.directory: dict[str, Person] = {}
        self.mailboxes: dict[str, Mailbox] = {}
        self.now = datetime.min.replace(tzinfo=UTC)

    def tick(self) -> None:
        """Read the clock, once for a whole request, and deliver what is due by then."""
        self.now = max(self.now, self.clock().astimezone(UTC))
        self.outbox.settle(self)

    def add_people(self, newcomers: Iterable[Person]) -> None:
        """Put people into the directory, each with the mailbox that the person is said to have."""
        for person in newcomers:
            self.directory[person.oid] = person
            if not (person.has_mailbox and person.inside):
                continue
            folders = {name: self.namer.folder_id(person.oid, name) for name in FOLDERS}
            mailbox = Mailbox(person, settings.initial(), folders)
            self.mailboxes[person.oid] = mailbox
            self.add_calendar(person, "Calendar", is_default=True)

    def find(self, user: str) -> Person | None:
        """Find somebody by short name, object id or address."""
        wanted = user.strip().lower()
        for person in self.directory.values():
            if wanted == person.key or wanted in people.spellings(person):
                return person
        return None

    def mailbox(self, user: str) -> Mailbox:
        """Return the mailbox of somebody who has one; KeyError otherwise."""
        person = self.find(user)
        if person is None:
            raise KeyError(user)
        return self.mailboxes[person.oid]

    def known(self, email: Address) -> Address:
        """Return an address as the directory writes it (INV-20)."""
        person = self.find(email.address) if "@" in email.address else None
        return person.email if person else email

    def add_calendar(self, owner: Person, name: str, *, is_default: bool = False) -> Calendar:
        """Make a calendar with the organisation's default entry; only a primary one tallies (SET-26, SET-32)."""
        identifier = self.namer.folder_id(
            owner.oid, "calendar", "default" if is_default else self.namer.fresh()
        )
        organisation = Permission(
            DEFAULT_ENTRY, Address("My Organization", ""), Role.FREE_BUSY, True, False, DEFAULT_ENTRY_ROLES
        )
        calendar = Calendar(identifier, owner.oid, name, is_default=is_default, permissions=[organisation])
        self.mailboxes[owner.oid].calendars[identifier] = calendar
        return calendar

    def share(self, calendar: Calendar, email: Address, role: Role) -> Permission:
        """Share or delegate a calendar; GraphError if the role is not for this address (SET-27, PRM-14)."""
        email = self.known(email)
        inside = people.is_inside(email.address)
        allowed = allowed_roles(calendar, inside=inside)
        self.seams.require(
            "PRM-14", role in allowed, invalid_request(f"The role '{role}' is not allowed here.")
        )
        if any(entry.email.same(email.address) for entry in calendar.permissions):
            raise invalid_request("The calendar is already shared with this recipient.")
        identifier = self.namer.folder_id(calendar.id, "permission", email.address.lower())
        permission = Permission(identifier, email, role, inside, True, allowed)
        calendar.permissions.append(permission)
        if self.accepts_shares:
            self.accept(calendar, email.address)
        return permission

    def accept(self, calendar: Calendar, user: str) -> Calendar | None:
        """Put the copy of a shared calendar into the sharee's mailbox, as Outlook does on acceptance (SET-03)."""
        person = self.find(user)
        mailbox = self.mailboxes.get(person.oid) if person else None
        if person is None or mailbox is None:
            return None
        source = (calendar.mailbox, calendar.id)
        for copy in mailbox.calendars.values():
            if copy.source == source:
                return copy
        owner = self.directory[calendar.mailbox]
        by_owner = calendar.is_default or "SET-07" in self.seams.waived
        name = owner.name if by_owner else calendar.name  # SET-07
        identifier = self.seams.alias(calendar.id, self.namer.folder_id(person.oid, "copy", calendar.id))
        copy = Calendar(identifier, person.oid, name, source=source)
        mailbox.calendars[identifier] = copy
        return copy

    def original(self, calendar: Calendar) -> Calendar | None:
        """Return the calendar behind a copy, the calendar itself if it is none, None if it is gone."""
        if calendar.source is None:
            return calendar
        owner, identifier = calendar.source
        return self.mailboxes[owner].calendars.get(identifier)


def documented(tenant: Tenant) -> None:
    """Set up the documented scenario: Alex has delegated his primary calendar to Adele (SET-03, SET-21)."""
    tenant.add_people(people.PEOPLE)
    alex, adele = tenant.mailbox("alex"), tenant.mailbox("adele")
    tenant.share(alex.default_calendar, adele.owner.email, Role.DELEGATE)
