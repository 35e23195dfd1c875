"""Make, change, forward and call off meetings in a stranger's emulator, and tell whom that concerns."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from stranger_drafts import amended, drafted, invited, parameters
from stranger_model import NEVER, Invitee, Item, Letter, Meeting, Party, invalid, known
from stranger_post import PREFIXES, invite, spokesman, tell, uninvite

if TYPE_CHECKING:
    from stranger_model import Calendar, Details
    from stranger_world import World

RESET = {"none": NEVER, "notResponded": "4501-01-01T00:00:00Z"}  # CON-23
OF_THE_MEETING = ("importance", "sensitivity", "isAllDay", "responseRequested", "allowNewTimeProposals")


def create(world: World, calendar: Calendar, sender: Party, body: dict[str, Any]) -> tuple[Item, bool]:
    """Put a new event into a calendar and invite whom it names; the flag says that it was there (INV-24)."""
    transaction = body.get("transactionId")
    if transaction and (calendar.id, transaction) in world.transactions:
        return world.transactions[calendar.id, transaction], True
    now, details = datetime.now(UTC), drafted(body)
    meeting = Meeting(
        world.digest().hex().upper(),
        calendar.owner,
        details,
        invited(body.get("attendees")),
        b"\x01" + world.digest()[:21],
        calendar.primary,
        transaction,
    )
    item = Item(
        world.mint(),
        meeting,
        calendar,
        "owner",
        now,
        now,
        now + timedelta(seconds=world.options.delivery),
        details,
        show_as=details.traits["showAs"],
    )
    if transaction:
        world.transactions[calendar.id, transaction] = item
    world.later(0.25, lambda _: world.items.append(item))
    _request(world, meeting, sender, meeting.invitees, details.text)
    return item, False


def change(world: World, item: Item, sender: Party, body: dict[str, Any]) -> None:
    """Change an event: an attendee his own copy only, the organizer's side everybody's (LIF-01 to LIF-09)."""
    now, transaction = datetime.now(UTC), body.get("transactionId")
    if transaction and transaction != item.meeting.transaction and world.options.refuses_extras:
        raise invalid("The transactionId of an event can't be changed.")
    before, item.details = item.details, amended(item.details, body)
    if "showAs" in body:
        item.show_as = item.details.traits["showAs"]
    item.touch(now)
    if item.role == "owner":
        item.meeting.details = item.details
        agent = spokesman(world, sender, item.meeting)
        _tell_of_change(world, item.meeting, agent, before, _invited_anew(world, item.meeting, agent, body))


def _invited_anew(world: World, meeting: Meeting, sender: Party, body: dict[str, Any]) -> list[Invitee]:
    """Take over the attendees of a change, tell who is invited no more, and return who is added."""
    if "attendees" not in body:
        return []
    known_ones = {invitee.party.address.casefold(): invitee for invitee in meeting.invitees}
    wanted = {invitee.party.address.casefold(): invitee for invitee in invited(body["attendees"])}
    for address in known_ones.keys() & wanted.keys():
        known_ones[address].type = wanted[address].type
    meeting.invitees = [known_ones.get(address, invitee) for address, invitee in wanted.items()]
    gone = [invitee.party for address, invitee in known_ones.items() if address not in wanted]
    _cancel(world, meeting, sender, gone, "")
    return [invitee for address, invitee in wanted.items() if address not in known_ones]


def _tell_of_change(
    world: World, meeting: Meeting, sender: Party, before: Details, added: list[Invitee]
) -> None:
    if _said(before) == _said(meeting.details):
        _request(world, meeting, sender, added, meeting.details.text)  # LIF-04
        return
    if (before.start, before.end) != (meeting.details.start, meeting.details.end):
        response = world.options.rescheduled
        for invitee in meeting.invitees:
            invitee.response, invitee.time, invitee.proposed = response, RESET[response], None
    others = [invitee for invitee in meeting.invitees if invitee not in added]
    _request(world, meeting, sender, others, meeting.details.text, before)
    _request(world, meeting, sender, added, meeting.details.text)


def _said(details: Details) -> Details:
    """Return the part of the details that attendees are told of."""
    return replace(details, traits={name: details.traits[name] for name in OF_THE_MEETING})


def _request(  # noqa: PLR0913, PLR0917 - what an invitation says, and to whom
    world: World,
    meeting: Meeting,
    sender: Party,
    invitees: list[Invitee],
    text: str,
    previous: Details | None = None,
) -> None:
    if not invitees:
        return
    now, details = datetime.now(UTC), meeting.details
    to = tuple(invitee.party for invitee in invitees)
    letter = Letter(
        "request",
        details.subject,
        text,
        sender,
        meeting.organizer,
        to,
        now,
        meeting,
        details,
        meeting.index,
        previous=previous,
    )
    tell(world, letter, to, invite)


def _cancel(world: World, meeting: Meeting, sender: Party, parties: list[Party], comment: str) -> None:
    if not parties:
        return
    now, details = datetime.now(UTC), meeting.details
    subject = PREFIXES["cancelled"] + details.subject
    letter = Letter(
        "cancellation",
        subject,
        comment,
        sender,
        meeting.organizer,
        tuple(parties),
        now,
        meeting,
        details,
        meeting.index + world.digest()[:5],
    )
    tell(world, letter, tuple(parties), uninvite)


def call_off(world: World, item: Item, sender: Party, comment: str = "") -> None:
    """Cancel a meeting from the organizer's side: the event goes, the attendees are told (LIF-10 to LIF-14)."""
    if item.role != "owner":
        raise invalid("You need to be an organizer to cancel a meeting.")
    meeting = item.meeting
    meeting.cancelled = True
    world.items.remove(item)
    parties = [invitee.party for invitee in meeting.invitees]
    _cancel(world, meeting, spokesman(world, sender, meeting), parties, comment)


def forward(world: World, item: Item, sender: Party, body: dict[str, Any]) -> None:
    """Pass an event on: who receives it attends from now on, and the organizer is told (LIF-16)."""
    given = parameters(body)
    try:
        mails = [entry["emailAddress"] for entry in given.get("torecipients") or []]
        parties = [known(mail["address"], mail.get("name", "")) for mail in mails]
    except (KeyError, TypeError) as error:
        raise invalid(f"A recipient lacks {error}.", "ErrorInvalidRecipients") from error
    if not parties:
        raise invalid("Nobody is named to forward the event to.", "ErrorInvalidRecipients")
    meeting, text = item.meeting, str(given.get("comment") or item.details.text)
    present = {invitee.party for invitee in meeting.invitees}
    added = [Invitee(party, "optional") for party in parties if party not in present]

    def attend(moment: datetime) -> None:
        meeting.invitees += added
        for copy in world.items:
            if copy.meeting is meeting and copy.role == "owner":
                copy.touch(moment)

    world.later(0.25, attend)
    _request(world, meeting, sender, [Invitee(party) for party in parties], text)
    if item.role == "attendee":
        _tell_of_forwarding(world, meeting, sender)


def _tell_of_forwarding(world: World, meeting: Meeting, sender: Party) -> None:
    organizer, subject = meeting.organizer, PREFIXES["forwarded"] + meeting.subject
    notice = Letter("", subject, "Weitergeleitet.", sender, sender, (organizer,), datetime.now(UTC))

    def arrive(moment: datetime) -> None:
        for stop in world.stops(organizer, request=False, primary=meeting.primary):
            world.file(notice, stop, moment)

    world.later(0.75, arrive)
