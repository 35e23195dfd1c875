"""Carry meeting messages between the mailboxes of a stranger's emulator, and do there what they bring about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stranger_model import NEVER, Item, Letter, Meeting, Party, Stop

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from stranger_world import World

    Delivery = Callable[[World, Letter, Meeting, Party, datetime], None]

PREFIXES = {
    "accepted": "Zugesagt: ",
    "tentativelyAccepted": "Mit Vorbehalt: ",
    "declined": "Abgelehnt: ",
    "proposed": "Neuer Terminvorschlag: ",
    "cancelled": "Abgesagt: ",
    "forwarded": "Besprechung weitergeleitet: ",
}


def spokesman(world: World, sender: Party, meeting: Meeting) -> Party:
    """Return who is named as the sender of what somebody sends for the organizer, after the invitation."""
    return meeting.organizer if world.options.discreet else sender


def tell(world: World, letter: Letter, parties: tuple[Party, ...], deliver: Delivery) -> None:
    """Send a letter about a meeting: it is filed as sent at once, and reaches each of the parties later."""
    meeting = letter.meeting
    if meeting is None:
        return
    if letter.sender:
        world.file(letter, Stop(letter.sender, "sentitems"), letter.sent, read=True)

    def delivery(party: Party) -> Callable[[datetime], None]:
        return lambda moment: deliver(world, letter, meeting, party, moment)

    for party in parties:
        if party.id:
            world.later(0.75, delivery(party))


def invite(world: World, letter: Letter, meeting: Meeting, party: Party, moment: datetime) -> None:
    """Bring a request: the event stands in the calendar, and requests of before are out of date (LIF-03)."""
    if meeting.cancelled or letter.details is None:
        return
    item = world.attendee_item(meeting, party)
    if item is None:
        item = Item(
            world.mint(),
            meeting,
            world.primary(party),
            "attendee",
            moment,
            moment,
            moment,
            letter.details,
            show_as="tentative",
            response=world.options.unanswered,
        )
        world.items.append(item)
    elif (item.details.start, item.details.end) != (letter.details.start, letter.details.end):
        item.response, item.answered, item.show_as = world.options.unanswered, NEVER, "tentative"
    item.details, item.guests, item.cancelled = letter.details, tuple(meeting.invitees), False
    item.touch(moment)
    _arrive(world, letter, meeting, party, moment)


def uninvite(world: World, letter: Letter, meeting: Meeting, party: Party, moment: datetime) -> None:
    """Bring a cancellation: the attendee keeps the event, which says that it is cancelled, or loses it (LIF-12)."""
    item = world.attendee_item(meeting, party)
    if item:
        item.cancelled, item.show_as = True, "free"
        item.touch(moment)
        if not world.options.keeps_cancelled:
            world.items.remove(item)
    _arrive(world, letter, meeting, party, moment)


def _arrive(world: World, letter: Letter, meeting: Meeting, party: Party, moment: datetime) -> None:
    for stop in world.stops(party, request=True, writer=letter.sender):
        for message in world.messages:
            earlier = message.letter
            if message.holder is stop.holder and earlier.meeting is meeting and earlier.kind == "request":
                message.outdated = message.outdated or party in earlier.to
        world.file(letter, stop, moment)
