"""Say in JSON what a stranger's emulator holds, in ways that are legal and not those of the examples."""

from __future__ import annotations

import base64
import html
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from stranger_times import second, stamp, wall
from stranger_world import (
    OWNER,
    ROLES,
    WRITERS,
    Calendar,
    Details,
    Grant,
    Invitee,
    Item,
    Letter,
    Message,
    Party,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from stranger_options import Options

Json = dict[str, Any]

MESSAGE_TYPES = {"request": "meetingRequest", "cancellation": "meetingCancelled"}
RESPONSE_TYPES = {
    "accepted": "meetingAccepted",
    "tentativelyAccepted": "meetingTenativelyAccepted",
    "declined": "meetingDeclined",
}
PRIVATE_READERS = (OWNER, "delegateWithPrivateEventAccess")
FROM_TRAITS = (
    "responseRequested",
    "allowNewTimeProposals",
    "importance",
    "sensitivity",
    "isAllDay",
    "categories",
)
MAIL = "https://mail.fabrikam.example/owa/?item="


def spiced(value: Any) -> Any:
    """Add a property that nobody knows to every object."""
    if isinstance(value, list):
        return [spiced(entry) for entry in value]
    if isinstance(value, dict):
        return {**{name: spiced(entry) for name, entry in value.items()}, "fabrikamRank": 7}
    return value


def link(identifier: str) -> str:
    """Return the web link of an item: the id is encoded in it (REP-20)."""
    return f"{MAIL}{quote(identifier, safe='')}&view=plain"


def key(identifier: str, version: int) -> str:
    """Return the change key of an item's version."""
    return base64.b64encode(f"{identifier[-8:]}#{version:04}".encode()).decode()


def mail(party: Party | None) -> Json:
    """Return an emailAddress."""
    return {"address": party.address, "name": party.name} if party else {}


def recipient(party: Party | None) -> Json | None:
    """Return a recipient, null where there is none."""
    return {"emailAddress": mail(party)} if party else None


def body(text: str, preferences: Mapping[str, str]) -> Json:
    """Return a body as the reader prefers it, HTML where nothing is said (REP-07)."""
    if preferences.get("outlook.body-content-type") == "text":
        return {"contentType": "text", "content": text}
    document = f"<!doctype html><HTML lang=de><body><p>{html.escape(text, quote=False)}</p></body></HTML>"
    return {"contentType": "html", "content": document}


def place(name: str) -> Json:
    """Return a location without the parts that are for internal use."""
    return {
        "displayName": name,
        "locationType": "default",
        "uniqueIdType": "unknown",
        "address": {"city": ""},
    }


def profile(party: Party) -> Json:
    """Return a user."""
    return {
        "id": party.id,
        "displayName": party.name,
        "mail": party.address,
        "userPrincipalName": party.address,
    }


def calendar(owned: Calendar, role: str, grant: Grant | None) -> Json:
    """Return a calendar as somebody with a role sees it; with a grant, the copy of it in that sharee's mailbox."""
    name = owned.owner.name if grant and owned.primary else owned.name
    identifier = grant.local if grant else owned.id
    return {
        "id": identifier,
        "isDefaultCalendar": owned.primary and role == OWNER,
        "name": grant.name or name if grant else owned.name,
        "hexColor": "",
        "color": "lightTeal",
        "changeKey": key(identifier, owned.version),
        "canEdit": role in {OWNER, *WRITERS},
        "canShare": role == OWNER,
        "canViewPrivateItems": role in PRIVATE_READERS,
        "isRemovable": not owned.primary or role != OWNER,
        "isTallyingResponses": owned.primary,
        "allowedOnlineMeetingProviders": ["teamsForBusiness"],
        "defaultOnlineMeetingProvider": "teamsForBusiness",
        "owner": mail(owned.owner),
    }


def event(item: Item, preferences: Mapping[str, str]) -> Json:
    """Return an event as the mailbox that holds it tells it."""
    meeting, details, traits = item.meeting, item.details, item.details.traits
    mine = item.role == "attendee"
    return {
        **_when(item, preferences),
        "attendees": _attendees(item, preferences),
        "organizer": recipient(meeting.organizer),
        "isOrganizer": not mine,
        "subject": details.subject,
        "body": body(details.text, preferences),
        "bodyPreview": details.text[:255],
        "originalStartTimeZone": details.zones[0],
        "originalEndTimeZone": details.zones[1],
        **_where(details),
        "responseStatus": {"time": item.answered, "response": item.response},
        "isReminderOn": traits["isReminderOn"] and item.original is None,
        "reminderMinutesBeforeStart": traits["reminderMinutesBeforeStart"],
        **{name: traits[name] for name in FROM_TRAITS},
        "hasAttachments": False,
        "hideAttendees": False,
        "isDraft": False,
        "isOnlineMeeting": False,
        "onlineMeetingProvider": "unknown",
        "onlineMeeting": None,
        "onlineMeetingUrl": None,
        **({"transactionId": meeting.transaction} if meeting.transaction and not mine else {}),
    }


def glimpse(item: Item, preferences: Mapping[str, str], *, titled: bool) -> Json:
    """Return what an event shows to those who may not see it all: when it is, with the title what and where."""
    shown = {"subject": item.details.subject, **_where(item.details)} if titled else {}
    return {**_when(item, preferences), **shown, "sensitivity": item.details.traits["sensitivity"]}


def _when(item: Item, preferences: Mapping[str, str]) -> Json:
    details, zone = item.details, preferences.get("outlook.timezone", "UTC")
    kind = "occurrence" if item.date else "seriesMaster" if details.recurrence else "singleInstance"
    return {
        "@odata.type": "#microsoft.graph.event",
        "id": item.id,
        "webLink": link(item.id),
        "iCalUId": item.meeting.uid + item.date,
        "start": wall(details.start, zone),
        "end": wall(details.end, zone),
        "showAs": item.show_as,
        "isCancelled": item.cancelled,
        "recurrence": details.recurrence,
        "seriesMasterId": item.id.partition("~")[0] if item.date else None,
        "type": kind,
        "createdDateTime": stamp(item.created),
        "lastModifiedDateTime": stamp(item.modified),
        "changeKey": key(item.id, item.version),
    }


def _where(details: Details) -> Json:
    named = [place(details.place)] if details.place else []
    return {"location": place(details.place), "locations": named}


def _attendees(item: Item, preferences: Mapping[str, str]) -> list[Json]:
    """Return who attends, last invited first.

    To attendees the organizer is one of them (RCV-07), and they do not see each other's answers (TAL-11).
    """
    if item.role == "owner":
        return [_attendee(entry, preferences) for entry in reversed(item.meeting.invitees)]
    guests = [*reversed(item.guests), Invitee(item.meeting.organizer)]
    return [_attendee(Invitee(guest.party, guest.type), preferences) for guest in guests]


def _attendee(invitee: Invitee, preferences: Mapping[str, str]) -> Json:
    found = {
        "@odata.type": "#microsoft.graph.attendee",
        "emailAddress": mail(invitee.party),
        "status": {"time": invitee.time, "response": invitee.response},
        "type": invitee.type,
    }
    return found | ({"proposedNewTime": _slot(invitee.proposed, preferences)} if invitee.proposed else {})


def _slot(proposed: tuple[datetime, datetime], preferences: Mapping[str, str]) -> Json:
    zone = preferences.get("outlook.timezone", "UTC")
    return {"start": wall(proposed[0], zone), "end": wall(proposed[1], zone)}


def folder_id(holder: Party, name: str) -> str:
    """Return the id of a folder."""
    return f"{holder.id}/{name}+AA=="


def message(note: Message, preferences: Mapping[str, str], options: Options) -> Json:
    """Return a message; a plain one has no type annotation."""
    letter, identifier = note.letter, note.id
    if preferences.get("idtype", "").casefold() == "immutableid":
        identifier = note.stable
    return {
        **_kind(note, preferences, options),
        "webLink": link(identifier),
        "subject": letter.subject,
        "body": body(letter.text, preferences),
        "bodyPreview": letter.text[:255],
        "sender": recipient(letter.sender),
        "from": recipient(letter.author),
        "toRecipients": [recipient(party) for party in reversed(letter.to)],
        "ccRecipients": [],
        "bccRecipients": [],
        "replyTo": [],
        "parentFolderId": folder_id(note.holder, note.folder),
        "conversationId": base64.b64encode(note.stable.encode()).decode(),
        "conversationIndex": base64.b64encode(letter.index).decode(),
        "internetMessageId": f"<{note.stable[:36]}@fabrikam.example>",
        "importance": "normal",
        "inferenceClassification": "other",
        "isDeliveryReceiptRequested": None,
        "isReadReceiptRequested": False,
        "isDraft": False,
        "isRead": note.read,
        "hasAttachments": False,
        "categories": ["Grün"],
        "flag": {"flagStatus": "notFlagged"},
        "sentDateTime": second(letter.sent),
        "receivedDateTime": second(note.received),
        "createdDateTime": second(note.received),
        "lastModifiedDateTime": second(note.received),
        "changeKey": key(note.stable, int(note.read)),
        "id": identifier,
    }


def _kind(note: Message, preferences: Mapping[str, str], options: Options) -> Json:
    letter, zone = note.letter, preferences.get("outlook.timezone", "UTC")
    if not letter.kind or letter.details is None:
        return {}
    kinds: Json = {
        "@odata.type": "#microsoft.graph.eventMessage",
        "meetingMessageType": MESSAGE_TYPES.get(letter.kind) or RESPONSE_TYPES[letter.response],
        "isOutOfDate": note.outdated,
        "isDelegated": note.delegated,
        "type": "seriesMaster" if letter.details.recurrence else "singleInstance",
        "isAllDay": letter.details.traits["isAllDay"],
        "startDateTime": wall(letter.details.start, zone),
        "endDateTime": wall(letter.details.end, zone),
        "location": place(letter.details.place),
    }
    typed = options.derived_types and not (note.informational and not options.informed)
    if letter.kind == "request" and typed:
        kinds["@odata.type"] += "Request"
        kinds |= _request(note, letter.details, zone, options)
    elif letter.kind == "response" and (typed or letter.proposed):
        kinds["@odata.type"] += "Response" if typed else ""
        kinds["responseType"] = letter.response
        kinds |= {"proposedNewTime": _slot(letter.proposed, preferences)} if letter.proposed else {}
    return kinds


def _request(note: Message, details: Details, zone: str, options: Options) -> Json:
    return {
        "responseRequested": details.traits["responseRequested"],
        "allowNewTimeProposals": details.traits["allowNewTimeProposals"],
        "meetingRequestType": _request_type(note, details, options),
        **(_previous(note.letter, details, zone) if options.previous else {}),
    }


def _request_type(note: Message, details: Details, options: Options) -> str:
    previous = note.letter.previous
    if note.informational:
        return options.informed
    if note.outdated:
        return "outdated"
    if previous is None:
        return "newMeetingRequest"
    moved = (previous.start, previous.end) != (details.start, details.end)
    return "fullUpdate" if moved else "informationalUpdate"


def _previous(letter: Letter, details: Details, zone: str) -> Json:
    """Return what an update replaces; what it leaves alone is not there (LIF-02)."""
    previous = letter.previous
    if previous is None:
        return {}
    found: Json = {}
    if previous.start != details.start:
        found["previousStartDateTime"] = wall(previous.start, zone)
    if previous.end != details.end:
        found["previousEndDateTime"] = wall(previous.end, zone)
    if previous.place != details.place:
        found["previousLocation"] = place(previous.place)
    return found


def allowed_roles(owned: Calendar, party: Party | None) -> tuple[str, ...]:
    """Return which roles somebody can have (SET-20, SET-27): only insiders write, only for a primary delegate."""
    if party is None:
        return ("none", "freeBusyRead", "limitedRead", "read", "write")
    if not party.id:
        return ("freeBusyRead", "limitedRead", "read")
    return ROLES if owned.primary else ("freeBusyRead", "limitedRead", "read", "write")


def permission(grant: Grant) -> Json:
    """Return a calendarPermission; the organisation has no address (SET-26)."""
    return {
        "id": grant.id,
        "role": grant.role,
        "allowedRoles": [*reversed(allowed_roles(grant.calendar, grant.party))],
        "isRemovable": grant.party is not None,
        "isInsideOrganization": grant.party is None or bool(grant.party.id),
        "emailAddress": mail(grant.party) if grant.party else {"name": "My Organization"},
    }
