"""Carry meeting messages: when they arrive, and whose mailbox they go to under each delivery option."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphcal.emulator import settings, sharing

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

    from graphcal.emulator.model import Event, Message, Person
    from graphcal.emulator.state import Tenant


@dataclass(frozen=True)
class Stop:
    """One mailbox on the way of a meeting message, and how its copy is marked there."""

    person: Person
    folder: str = "inbox"
    is_delegated: bool = False
    is_informational: bool = False


@dataclass(order=True)
class _Parcel:
    due: datetime
    number: int
    deliver: Callable[[], None] = field(compare=False)


class Outbox:
    """Parcels in the order in which they arrive; each is an action on the tenant."""

    def __init__(self, delay: timedelta) -> None:
        """Start empty; every parcel takes the same time (RCV-20)."""
        self.delay = delay
        self._parcels: list[_Parcel] = []
        self._count = 0

    def put(self, tenant: Tenant, deliver: Callable[[], None]) -> None:
        """Send something; it happens at the next settling after the delay."""
        self._count += 1
        heapq.heappush(self._parcels, _Parcel(tenant.now + self.delay, self._count, deliver))

    def settle(self, tenant: Tenant) -> None:
        """Deliver what is due; during each delivery the tenant's time is that of its arrival."""
        now = tenant.now
        while self._parcels and self._parcels[0].due <= now:
            parcel = heapq.heappop(self._parcels)
            tenant.now = parcel.due
            parcel.deliver()
        tenant.now = now


def stops(tenant: Tenant, principal: Person, *, request: bool, besides: Person | None = None) -> list[Stop]:
    """Say where a meeting message for the principal goes (RTE-01 to RTE-17).

    `besides` sends nothing to the person who wrote the message.
    """
    mailbox = tenant.mailboxes.get(principal.oid)
    if mailbox is None:
        return []
    agents = [person for person in sharing.delegates(tenant, mailbox.default_calendar) if person != besides]
    option = mailbox.settings[settings.DELIVERY]
    plan = [Stop(agent, is_delegated=True) for agent in agents]
    if not agents:
        plan = [Stop(principal)]  # RTE-16, RTE-17
    elif option == settings.BOTH:
        plan.append(Stop(principal))  # RTE-11
    elif option == settings.BOTH_AND_INFORM:
        plan.append(Stop(principal, is_informational=True))  # RTE-12
    elif request:
        plan.append(Stop(principal, "deleteditems"))  # his copy of a request is only filed away
    return tenant.seams.stops(principal, plan)


def response_stops(
    tenant: Tenant, principal: Person, event: Event | None, *, besides: Person | None = None
) -> list[Stop]:
    """Say where a response goes: only those to meetings of the primary calendar concern delegates (RTE-01)."""
    if event is not None and event.calendar != tenant.mailboxes[principal.oid].default_calendar.id:
        return [Stop(principal)]
    return stops(tenant, principal, request=False, besides=besides)


def file_message(tenant: Tenant, message: Message) -> None:
    """Put a message into its mailbox, unless a fault swallows it."""
    kept = tenant.seams.message(message)
    if kept is not None:
        tenant.mailboxes[kept.mailbox].messages[kept.id] = kept
