"""Create, answer and call off meetings in a stranger's emulator, and deliver what that sends."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from stranger_times import moment_of, stamp
from stranger_world import Invitee, Item, Meeting, Message, Party, RefusedError, World, known

if TYPE_CHECKING:
    from stranger_world import Calendar

PREFIXES = {
    "accepted": "Zugesagt: ",
    "tentativelyAccepted": "Mit Vorbehalt: ",
    "declined": "Abgelehnt: ",
    "cancelled": "Abgesagt: ",
}
RESPONSES = {"accept": "accepted", "tentativelyAccept": "tentativelyAccepted", "decline": "declined"}
DEFAULTS = {
    "showAs": "busy",
    "importance": "normal",
    "sensitivity": "normal",
    "isAllDay": False,
    "responseRequested": True,
    "allowNewTimeProposals": True,
    "reminderMinutesBeforeStart": 15,
    "isReminderOn": True,
    "categories": [],
}
UNSUPPORTED = ("recurrence", "isOnlineMeeting", "attachments")


def create(world: World, calendar: Calendar, sender: Party, body: dict[str, Any]) -> Item:
    """Put a new event into a calendar and invite whom it names."""
    transaction = body.get("transactionId")
    if transaction and (calendar.id, transaction) in world.transactions:
        return world.transactions[calendar.id, transaction]
    if any(body.get(name) for name in UNSUPPORTED):
        raise RefusedError(501, "NotImplemented", "Only single plain meetings are supported.")
    now = datetime.now(UTC)
    meeting = _drafted(world, calendar.owner, body)
    shown = now + timedelta(seconds=world.options.delivery)
    item = Item(world.mint(), meeting, calendar, "owner", now, now, shown, show_as=meeting.traits["showAs"])
    if transaction:
        world.transactions[calendar.id, transaction] = item
    world.later(0.25, lambda _: world.items.append(item))
    if meeting.invitees:
        note = _letter(world, sender, "request", meeting, meeting.subject, meeting.text, now)
        _file(world, note, "sentitems", [sender], calendar.owner, read=True)
        for invitee in meeting.invitees:
            world.later(0.75, lambda moment, who=invitee.party: _invite(world, note, who, moment))  # type: ignore[misc]
    return item


def _drafted(world: World, organizer: Party, body: dict[str, Any]) -> Meeting:
    try:
        start, end = moment_of(body["start"]), moment_of(body["end"])
        zones = (body["start"]["timeZone"], body["end"]["timeZone"])
        invitees = [_invitee(entry) for entry in body.get("attendees") or []]
    except (KeyError, TypeError, AttributeError) as error:
        raise RefusedError(400, "RequestBodyRead", f"The body lacks {error}.") from error
    if end < start:
        raise RefusedError(400, "ErrorPropertyValidationFailure", "The end lies before the start.")
    content = str((body.get("body") or {}).get("content") or "")
    return Meeting(
        uid=world.digest().hex().upper(),
        organizer=organizer,
        subject=str(body.get("subject") or ""),
        text=_plain(content),
        start=start,
        end=end,
        zones=zones,
        place=str((body.get("location") or {}).get("displayName") or ""),
        invitees=invitees,
        index=b"\x01" + world.digest()[:21],
        traits={name: body.get(name, default) for name, default in DEFAULTS.items()},
        transaction=body.get("transactionId"),
    )


def _invitee(entry: dict[str, Any]) -> Invitee:
    mail = entry["emailAddress"]
    kind = str(entry.get("type") or "required")
    return Invitee(known(mail["address"], mail.get("name", "")), kind[0].lower() + kind[1:])


def _plain(content: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", content)).strip()


def _letter(  # noqa: PLR0913, PLR0917 - what a letter says
    world: World, sender: Party, kind: str, meeting: Meeting, subject: str, text: str, sent: datetime
) -> Message:
    """Return a message that nobody has received yet."""
    to = [invitee.party for invitee in meeting.invitees]
    return Message(
        world.mint(), sender, "", kind, subject, text, sender, meeting.organizer, to, sent, sent, meeting
    )


def _file(  # noqa: PLR0913 - where a letter goes
    world: World, note: Message, folder: str, holders: list[Party], author: Party, *, read: bool = False
) -> None:
    for holder in holders:
        world.messages.append(
            Message(
                world.mint(),
                holder,
                folder,
                note.kind,
                note.subject,
                note.text,
                note.sender,
                author,
                note.to,
                note.sent,
                note.received,
                note.meeting,
                note.index or (note.meeting.index if note.meeting else b""),
                note.response,
                read,
            )
        )


def _invite(world: World, note: Message, invitee: Party, moment: datetime) -> None:
    meeting = note.meeting
    if not invitee.id or meeting is None or meeting.cancelled:
        return
    world.items.append(
        Item(
            world.mint(),
            meeting,
            world.primary(invitee),
            "attendee",
            moment,
            moment,
            moment,
            show_as="tentative",
            response="notResponded",
        )
    )
    note.received = moment
    _file(world, note, "inbox", world.receivers(invitee), meeting.organizer)


def respond(world: World, item: Item, action: str, body: dict[str, Any]) -> None:
    """Answer an invitation as the holder of an attendee's copy (RSP-01 to RSP-18)."""
    given = {name.lower(): value for name, value in body.items()}
    send, comment = given.get("sendresponse", True) is not False, str(given.get("comment") or "")
    if item.role != "attendee":
        raise RefusedError(400, "ErrorInvalidRequest", "The organizer can't respond to the meeting.")
    if not send and (comment or given.get("proposednewtime")):
        raise RefusedError(400, "ErrorInvalidParameter", "Nothing can be said without a response.")
    if given.get("proposednewtime"):
        raise RefusedError(501, "NotImplemented", "Proposals are not supported.")
    if send and not item.meeting.traits["responseRequested"]:
        raise RefusedError(400, "ErrorInvalidRequest", "The organizer asked for no response.")
    response, now, responder = RESPONSES[action], datetime.now(UTC), item.calendar.owner
    world.later(0.5, lambda moment: _note_own(world, item, response, now, moment))
    if send:
        world.later(0.75, lambda moment: _reply(world, item, response, comment, (now, moment)))
        world.later(1.0, lambda moment: _tally(world, item.meeting, responder, response, (now, moment)))


def _note_own(world: World, item: Item, response: str, now: datetime, moment: datetime) -> None:
    item.response, item.answered = response, stamp(now)
    item.show_as = "busy" if response == "accepted" else "tentative"
    item.touch(moment)
    if response == "declined" and item in world.items:
        world.items.remove(item)


def _reply(world: World, item: Item, response: str, comment: str, times: tuple[datetime, datetime]) -> None:
    meeting, responder = item.meeting, item.calendar.owner
    subject = PREFIXES[response] + meeting.subject
    note = _letter(world, responder, "response", meeting, subject, comment, times[0])
    note.response, note.received = response, times[1]
    note.to = world.receivers(meeting.organizer) if meeting.organizer.id else [meeting.organizer]
    note.index = meeting.index + world.digest()[:5]
    _file(world, note, "sentitems", [responder], responder, read=True)
    _file(world, note, "inbox", [party for party in note.to if party.id], responder)


def _tally(
    world: World, meeting: Meeting, responder: Party, response: str, times: tuple[datetime, datetime]
) -> None:
    for invitee in meeting.invitees:
        if invitee.party is responder:
            invitee.response, invitee.time = response, stamp(times[0])
    for item in world.items:
        if item.meeting is meeting and item.role == "owner":
            item.touch(times[1])


def call_off(world: World, item: Item, sender: Party, comment: str = "") -> None:
    """Cancel a meeting from the organizer's side: the event goes, the attendees are told (LIF-10 to LIF-14)."""
    item = item.original or item
    if item.role != "owner":
        raise RefusedError(400, "ErrorInvalidRequest", "You need to be an organizer to cancel a meeting.")
    now, meeting = datetime.now(UTC), item.meeting
    meeting.cancelled = True
    if item in world.items:
        world.items.remove(item)
    note = _letter(
        world, sender, "cancellation", meeting, PREFIXES["cancelled"] + meeting.subject, comment, now
    )
    for invitee in meeting.invitees:
        world.later(0.75, lambda moment, who=invitee.party: _tell(world, note, who, moment))  # type: ignore[misc]


def _tell(world: World, note: Message, invitee: Party, moment: datetime) -> None:
    if not invitee.id or note.meeting is None:
        return
    copy = world.attendee_item(note.meeting, invitee)
    if copy:
        copy.touch(moment)
        copy.show_as = "free"
    note.received = moment
    _file(world, note, "inbox", world.receivers(invitee), note.meeting.organizer)
