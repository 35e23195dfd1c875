"""Say in JSON what a stranger's emulator holds, in ways that are legal and not those of the examples."""

from __future__ import annotations

import base64
import html
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from stranger_times import second, stamp, wall
from stranger_world import NEVER, READERS, WRITERS, Calendar, Grant, Invitee, Item, Meeting, Message, Party

if TYPE_CHECKING:
    from collections.abc import Mapping

Json = dict[str, Any]

MESSAGE_TYPES = {"request": "meetingRequest", "cancellation": "meetingCancelled"}
RESPONSE_TYPES = {
    "accepted": "meetingAccepted",
    "tentativelyAccepted": "meetingTenativelyAccepted",
    "declined": "meetingDeclined",
}
RIGHTS = "delegateWithPrivateEventAccess"
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


def calendar(owned: Calendar, grant: Grant | None, *, local: bool) -> Json:
    """Return a calendar as its owner sees it, or as a sharee does; `local` tells the copy from the original."""
    role = grant.role if grant else RIGHTS
    return {
        "id": grant.local if grant and local else owned.id,
        "isDefaultCalendar": owned.primary and grant is None,
        "name": owned.owner.name if grant and local and owned.primary else owned.name,
        "hexColor": "",
        "color": "lightTeal",
        "changeKey": key(owned.id, 1 if grant else 0),
        "canEdit": role in WRITERS,
        "canShare": grant is None,
        "canViewPrivateItems": role == RIGHTS,
        "isRemovable": not owned.primary or grant is not None,
        "isTallyingResponses": owned.primary,
        "allowedOnlineMeetingProviders": ["teamsForBusiness"],
        "defaultOnlineMeetingProvider": "teamsForBusiness",
        "owner": mail(owned.owner),
    }


def event(item: Item, preferences: Mapping[str, str]) -> Json:
    """Return an event as the mailbox that holds it tells it."""
    meeting, traits = item.meeting, item.meeting.traits
    zone = preferences.get("outlook.timezone", "UTC")
    mine = item.role == "attendee"
    return {
        "@odata.type": "#microsoft.graph.event",
        "webLink": link(item.id),
        "iCalUId": meeting.uid,
        "attendees": [_attendee(entry, item) for entry in _invited(meeting, with_organizer=mine)],
        "organizer": recipient(meeting.organizer),
        "isOrganizer": not mine,
        "subject": meeting.subject,
        "body": body(meeting.text, preferences),
        "bodyPreview": meeting.text[:255],
        "start": wall(meeting.start, zone),
        "end": wall(meeting.end, zone),
        "originalStartTimeZone": meeting.zones[0],
        "originalEndTimeZone": meeting.zones[1],
        "location": place(meeting.place),
        "locations": [place(meeting.place)] if meeting.place else [],
        "responseStatus": {"time": item.answered, "response": item.response},
        "showAs": item.show_as,
        "isReminderOn": traits["isReminderOn"] and item.role != "view",
        "reminderMinutesBeforeStart": traits["reminderMinutesBeforeStart"],
        **{
            name: traits[name]
            for name in (
                "responseRequested",
                "allowNewTimeProposals",
                "importance",
                "sensitivity",
                "isAllDay",
                "categories",
            )
        },
        "isCancelled": meeting.cancelled,
        "hasAttachments": False,
        "hideAttendees": False,
        "isDraft": False,
        "isOnlineMeeting": False,
        "onlineMeetingProvider": "unknown",
        "onlineMeeting": None,
        "onlineMeetingUrl": None,
        "recurrence": None,
        "seriesMasterId": None,
        "type": "singleInstance",
        **({"transactionId": meeting.transaction} if meeting.transaction and not mine else {}),
        "createdDateTime": stamp(item.created),
        "lastModifiedDateTime": stamp(item.modified),
        "changeKey": key(item.id, item.version),
        "id": item.id,
    }


def _invited(meeting: Meeting, *, with_organizer: bool) -> list[Invitee]:
    """Return who attends, last invited first; to attendees the organizer is one of them (RCV-07)."""
    invitees = list(reversed(meeting.invitees))
    return [*invitees, Invitee(meeting.organizer)] if with_organizer and meeting.invitees else invitees


def _attendee(invitee: Invitee, item: Item) -> Json:
    """Return an attendee; attendees do not see each other's answers (TAL-11)."""
    told = (invitee.response, invitee.time) if item.role != "attendee" else ("none", NEVER)
    return {
        "@odata.type": "#microsoft.graph.attendee",
        "emailAddress": mail(invitee.party),
        "status": {"time": told[1], "response": told[0]},
        "type": invitee.type,
    }


def message(note: Message, preferences: Mapping[str, str]) -> Json:
    """Return a message; a plain one has no type annotation."""
    return {
        **_kind(note, preferences),
        "webLink": link(note.id),
        "subject": note.subject,
        "body": body(note.text, preferences),
        "bodyPreview": note.text[:255],
        "sender": recipient(note.sender),
        "from": recipient(note.author),
        "toRecipients": [recipient(party) for party in reversed(note.to)],
        "ccRecipients": [],
        "bccRecipients": [],
        "replyTo": [],
        "parentFolderId": f"{note.holder.id}/{note.folder}+AA==",
        "conversationId": base64.b64encode(note.id.encode()).decode(),
        "conversationIndex": base64.b64encode(note.index).decode(),
        "internetMessageId": f"<{note.id[:36]}@fabrikam.example>",
        "importance": "normal",
        "inferenceClassification": "other",
        "isDeliveryReceiptRequested": None,
        "isReadReceiptRequested": False,
        "isDraft": False,
        "isRead": note.read,
        "hasAttachments": False,
        "categories": ["Grün"],
        "flag": {"flagStatus": "notFlagged"},
        "sentDateTime": second(note.sent),
        "receivedDateTime": second(note.received),
        "createdDateTime": second(note.received),
        "lastModifiedDateTime": second(note.received),
        "changeKey": key(note.id, 0),
        "id": note.id,
    }


def _kind(note: Message, preferences: Mapping[str, str]) -> Json:
    if not note.kind:
        return {}
    kinds: Json = {
        "@odata.type": "#microsoft.graph.eventMessage",
        "meetingMessageType": MESSAGE_TYPES.get(note.kind) or RESPONSE_TYPES[note.response],
        "isOutOfDate": False,
        "isDelegated": note.folder == "inbox" and note.holder not in note.to,
        "type": "singleInstance",
        "isAllDay": False,
    }
    zone = preferences.get("outlook.timezone", "UTC")
    if note.meeting:
        kinds["startDateTime"] = wall(note.meeting.start, zone)
        kinds["endDateTime"] = wall(note.meeting.end, zone)
        kinds["location"] = place(note.meeting.place)
    if note.kind == "request":
        kinds["@odata.type"] += "Request"
        kinds |= {"responseRequested": True, "allowNewTimeProposals": True}
        kinds["meetingRequestType"] = "newMeetingRequest"
    elif note.kind == "response":
        kinds["@odata.type"] += "Response"
        kinds["responseType"] = note.response
    return kinds


def permission(grant: Grant) -> Json:
    """Return a calendarPermission; the organisation has no address (SET-26)."""
    roles = [*READERS] if grant.calendar.primary else ["freeBusyRead", "limitedRead", "read", "write"]
    return {
        "id": grant.id,
        "role": grant.role,
        "allowedRoles": roles if grant.party else ["none", "freeBusyRead", "limitedRead", "read", "write"],
        "isRemovable": grant.party is not None,
        "isInsideOrganization": grant.party is None or bool(grant.party.id),
        "emailAddress": mail(grant.party) if grant.party else {"name": "My Organization"},
    }
