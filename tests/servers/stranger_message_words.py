"""Say in JSON what a message is, for a stranger's emulator, in ways that are legal and not those of the examples."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from stranger_times import second, wall
from stranger_words import body, key, link, place, recipient, slot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stranger_model import Details, Letter, Message, Party
    from stranger_options import Options
    from stranger_words import Json

MESSAGE_TYPES = {"request": "meetingRequest", "cancellation": "meetingCancelled"}
RESPONSE_TYPES = {
    "accepted": "meetingAccepted",
    "tentativelyAccepted": "meetingTenativelyAccepted",
    "declined": "meetingDeclined",
}


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
        kinds |= {"proposedNewTime": slot(letter.proposed, preferences)} if letter.proposed else {}
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
