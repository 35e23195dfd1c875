"""Write meeting messages as JSON, each of the derived type that fits it."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from graphcal.emulator import render, times

if TYPE_CHECKING:
    from graphcal.emulator.calls import Call, Look
    from graphcal.emulator.model import Message

RESPONSES = {
    "meetingAccepted": "accepted",
    "meetingTenativelyAccepted": "tentativelyAccepted",  # the metadata's spelling (RTE-02)
    "meetingDeclined": "declined",
}
_TYPES = {"meetingRequest": "eventMessageRequest"} | dict.fromkeys(RESPONSES, "eventMessageResponse")


def message(call: Call, shown: Message) -> dict[str, Any]:
    """Write an `eventMessage` of the matching derived type (RCV-16, RTE-10)."""
    tenant, look = call.tenant, call.look
    key = tenant.namer.message_key(shown.mailbox, shown.id, shown.version)
    identifier = shown.immutable_id if look.immutable else shown.id
    found = {
        "@odata.type": f"#microsoft.graph.{_TYPES.get(shown.kind, 'eventMessage')}",
        "@odata.etag": f'W/"{key}"',
        "id": identifier,
        "createdDateTime": times.whole(shown.created),
        "lastModifiedDateTime": times.whole(shown.modified),
        "changeKey": key,
        "categories": [],
        "receivedDateTime": times.whole(shown.created),
        "sentDateTime": times.whole(shown.sent),
        "hasAttachments": False,
        "internetMessageId": f"<{tenant.namer.guid('mail', shown.index.hex(), shown.id)}@contoso.com>",
        "subject": shown.subject,
        "bodyPreview": shown.body.preview(),
        "importance": shown.importance,
        "parentFolderId": tenant.mailboxes[shown.mailbox].folders[shown.folder],
        "conversationId": tenant.namer.conversation(shown.mailbox, shown.ical_uid),
        "conversationIndex": base64.b64encode(shown.index).decode(),
        "isDeliveryReceiptRequested": None,
        "isReadReceiptRequested": False,
        "isRead": shown.is_read,
        "isDraft": False,
        "webLink": render.web_link("message", identifier),
        "inferenceClassification": "focused",
        "meetingMessageType": shown.kind,
        "type": "seriesMaster" if shown.fields.get("recurrence") else "singleInstance",
        "isOutOfDate": shown.is_out_of_date,
        "isAllDay": bool(shown.fields.get("isAllDay")),
        "isDelegated": shown.is_delegated,
        "recurrence": shown.fields.get("recurrence"),
        "body": render.body(shown.body, look),
        "sender": render.recipient(shown.sender),
        "from": render.recipient(shown.from_),
        "toRecipients": [render.recipient(one) for one in shown.to],
        "ccRecipients": [render.recipient(one) for one in shown.cc],
        "bccRecipients": [],
        "replyTo": [],
        "flag": {"flagStatus": "notFlagged"},
        "startDateTime": render.moment(shown.start, look, all_day=bool(shown.fields.get("isAllDay"))),
        "endDateTime": render.moment(shown.end, look, all_day=bool(shown.fields.get("isAllDay"))),
        "location": shown.fields.get("location") or {"displayName": ""},
        **_request_part(shown, look),
        **_response_part(shown, look),
    }
    return tenant.seams.shown("message", found)


def _request_part(shown: Message, look: Look) -> dict[str, Any]:
    if shown.kind != "meetingRequest":
        return {}
    part = {
        name: shown.fields[name]
        for name in ("meetingRequestType", "responseRequested", "allowNewTimeProposals")
    }
    if shown.previous_start:  # LIF-02: present only for what has changed
        part["previousStartDateTime"] = render.moment(shown.previous_start, look)
    if shown.previous_end:
        part["previousEndDateTime"] = render.moment(shown.previous_end, look)
    if shown.fields.get("previousLocation"):
        part["previousLocation"] = shown.fields["previousLocation"]
    return part


def _response_part(shown: Message, look: Look) -> dict[str, Any]:
    if shown.kind not in RESPONSES:
        return {}
    proposal = {"proposedNewTime": render.slot(shown.proposed, look)} if shown.proposed else {}  # RSP-14
    return {"responseType": RESPONSES[shown.kind], **proposal}
