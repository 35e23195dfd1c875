"""Write meeting messages and put them into mailboxes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphcal.emulator import delivery
from graphcal.emulator.model import Message

if TYPE_CHECKING:
    from datetime import datetime

    from graphcal.emulator.bodies import Body
    from graphcal.emulator.delivery import Stop
    from graphcal.emulator.model import Address, Event, Person, Slot
    from graphcal.emulator.state import Tenant

PREFIXES = {
    "meetingRequest": "",  # RCV-15
    "meetingCancelled": "Canceled: ",
    "meetingAccepted": "Accepted: ",
    "meetingTenativelyAccepted": "Tentative: ",  # RTE-07
    "meetingDeclined": "Declined: ",
    "none": "Meeting Forward Notification: ",
}
PROPOSAL_PREFIX = "New Time Proposed: "  # RSP-14


@dataclass(frozen=True)
class Letter:
    """What a message says, by whom, and on whose behalf; the event supplies the rest."""

    sender: Address
    author: Address
    sent: datetime
    body: Body
    to: tuple[Address, ...]
    cc: tuple[Address, ...] = ()
    proposed: Slot | None = None


def organized(tenant: Tenant, organizer: Address, ical_uid: str) -> Event | None:
    """Find the organizer's own event behind all copies (RCV-10)."""
    person = tenant.find(organizer.address)
    mailbox = tenant.mailboxes.get(person.oid) if person else None
    events = mailbox.events.values() if mailbox else ()
    return next((one for one in events if one.ical_uid == ical_uid and one.is_organizer), None)


def outdate(tenant: Tenant, person: Person, ical_uid: str, sequence: int) -> None:
    """Flag requests for a meeting from before a change of it: a newer word has arrived (LIF-03)."""
    for message in tenant.mailboxes[person.oid].messages.values():
        current = message.kind != "meetingRequest" or message.sequence >= sequence
        if message.ical_uid == ical_uid and not current and not message.is_out_of_date:
            message.is_out_of_date = True
            message.version += 1


def file(  # noqa: PLR0913 - each says one thing about the message
    tenant: Tenant,
    stop: Stop,
    event: Event,
    letter: Letter,
    kind: str,
    *,
    before: Event | None = None,
    **more: Any,
) -> None:
    """Put a message into the mailbox of a stop, marked as its recipient is to see it (RTE-14)."""
    number = tenant.namer.fresh()
    owner = stop.person.oid
    arrived = tenant.now.replace(microsecond=0)
    prefix = PROPOSAL_PREFIX if letter.proposed else PREFIXES[kind]
    fields = {
        "location": event.location,
        "recurrence": event.recurrence,
        "isAllDay": event.is_all_day,
        "responseRequested": event.fields["responseRequested"],
        "allowNewTimeProposals": event.fields["allowNewTimeProposals"],
        **more,
    }
    message = Message(
        id=tenant.namer.item_id(owner, "message", number),
        immutable_id=tenant.namer.immutable_id(owner, "message", number),
        mailbox=owner,
        folder=stop.folder,
        kind=kind,
        ical_uid=event.ical_uid,
        created=arrived,
        modified=arrived,
        sent=letter.sent.replace(microsecond=0),
        subject=prefix + event.fields["subject"],
        body=letter.body,
        sender=letter.sender,
        from_=letter.author,
        to=letter.to,
        cc=letter.cc,
        index=_index(tenant, event, kind, number),
        start=event.start,
        end=event.end,
        fields=fields,
        importance=event.fields["importance"],
        is_delegated=stop.is_delegated and kind == "meetingRequest",
        proposed=letter.proposed,
        sequence=event.sequence,
    )
    if before is not None:  # LIF-02
        if before.start != event.start:
            message.previous_start = before.start
        if before.end != event.end:
            message.previous_end = before.end
        if before.location != event.location:
            message.fields["previousLocation"] = before.location
    delivery.file_message(tenant, message)


def _index(tenant: Tenant, event: Event, kind: str, number: str) -> bytes:
    """Return 22 bytes for a request and five more for what follows it (RCV-19, RTE-08)."""
    root = tenant.namer.conversation_root(event.ical_uid)
    return root if kind == "meetingRequest" else root + tenant.namer.digest("reply", number)[:5]
