"""Read, mark, move and delete messages and their folders."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from graphcal.emulator import letters, properties, queries, render
from graphcal.emulator.calls import quoted
from graphcal.emulator.errors import access_denied, bad_query, invalid_property, item_not_found
from graphcal.emulator.letters import RESPONSES
from graphcal.emulator.render import Seat
from graphcal.emulator.sharing import OWNER
from graphcal.emulator.web import Response

if TYPE_CHECKING:
    from graphcal.emulator.calls import Call
    from graphcal.emulator.model import Message

EXPANSION = "microsoft.graph.eventmessage/event"
_EXPANDABLE = frozenset({EXPANSION, "singlevalueextendedproperties", "attachments"})
_CLASS_TAG = "String 0x001A"
_CLASSES = {
    "meetingRequest": "IPM.Schedule.Meeting.Request",
    "meetingCancelled": "IPM.Schedule.Meeting.Canceled",
    "meetingAccepted": "IPM.Schedule.Meeting.Resp.Pos",
    "meetingTenativelyAccepted": "IPM.Schedule.Meeting.Resp.Tent",
    "meetingDeclined": "IPM.Schedule.Meeting.Resp.Neg",
    "none": "IPM.Schedule.Meeting.Notification.Forward",
}
_NAMES = {"inbox": "Inbox", "drafts": "Drafts", "sentitems": "Sent Items", "deleteditems": "Deleted Items",
          "outbox": "Outbox", "junkemail": "Junk Email", "archive": "Archive"}  # fmt: skip


def _all(call: Call) -> list[Message]:
    """Return the messages of one's own mailbox, newest first; others' mail is not shared here."""
    own = call.caller.person is None or call.caller.person.oid == call.mailbox.owner.oid
    call.tenant.seams.require("ERR-05", own, access_denied())
    newest_first = list(call.mailbox.messages.values())[::-1]
    return sorted(newest_first, key=lambda one: one.created, reverse=True)


def _folder(call: Call, name: str) -> str:
    """Return a folder's well-known name from itself or from its id."""
    if name.lower() in call.mailbox.folders:
        return name.lower()
    call.check_id(name)
    for known, identifier in call.mailbox.folders.items():
        if identifier == name:
            return known
    raise item_not_found()


def folders(call: Call) -> Response:
    """Answer GET …/mailFolders."""
    _all(call)
    return queries.page(call, list(call.mailbox.folders), _folder_json, "mailFolders")


def folder(call: Call) -> Response:
    """Answer GET …/mailFolders/{id}."""
    _all(call)
    return call.ok(
        _folder_json(call, _folder(call, call.parameters["folder"])), call.context("mailFolders/$entity")
    )


def _folder_json(call: Call, name: str) -> dict[str, Any]:
    inside = [one for one in call.mailbox.messages.values() if one.folder == name]
    return {
        "id": call.mailbox.folders[name],
        "displayName": _NAMES[name],
        "parentFolderId": call.tenant.namer.folder_id(call.mailbox.owner.oid, "root"),
        "childFolderCount": 0,
        "unreadItemCount": sum(not one.is_read for one in inside),
        "totalItemCount": len(inside),
        "isHidden": False,
    }


def list_all(call: Call) -> Response:
    """Answer GET …/messages, of the whole mailbox or of one folder (RTE-06)."""
    found, path = _all(call), "messages"
    if "folder" in call.parameters:
        name = _folder(call, call.parameters["folder"])
        found = [one for one in found if one.folder == name]
        path = f"mailFolders('{quoted(call.parameters['folder'])}')/messages"
    _check_expansions(call)
    queries.check_efficiency(call)
    return queries.page(call, found, _shown, path, filterable=_filterable)


def _filterable(call: Call, message: Message) -> dict[str, Any]:
    return letters.message(call, message) | _class_property(call, message)


def _class_property(call: Call, message: Message) -> dict[str, Any]:
    """Return the extended property that tells meeting messages apart (REP-14)."""
    found = call.tenant.seams.shown("messageClass", {"id": _CLASS_TAG, "value": _CLASSES[message.kind]})
    return {"singleValueExtendedProperties": [found]}


def _check_expansions(call: Call) -> None:
    """Refuse to expand what a message does not have; the event is one of the derived type's."""
    for name in queries.expansions(call):
        if name.lower() not in _EXPANDABLE:
            raise bad_query(f"Could not find a property named '{name}' on type 'microsoft.graph.message'.")


def _shown(call: Call, message: Message) -> dict[str, Any]:
    """Write a message with what `$expand` asks for (RCV-06)."""
    found = letters.message(call, message)
    for name, inner in queries.expansions(call).items():
        if name.lower() == EXPANSION:
            event = _event(call, message)
            select = inner.partition("$select=")[2].partition(";")[0]
            found["event"] = None if event is None else queries.project(render.event(call, event), select)
        elif name.lower() == "singlevalueextendedproperties":
            found |= _class_property(call, message) if _CLASS_TAG.lower() in inner.lower() else {}
        elif name.lower() == "attachments":
            found["attachments"] = []
    return found


def _event(call: Call, message: Message) -> Seat | None:
    """Return the event of a message if it lies in this mailbox; a delegate's does not (RTE-15, RTE-18)."""
    if message.is_delegated:
        return None
    wants_own = message.kind in RESPONSES or message.kind == "none"
    for event in call.mailbox.events.values():
        if event.ical_uid == message.ical_uid and event.is_organizer == wants_own:
            calendar = call.mailbox.calendars[event.calendar]
            return Seat(event, calendar, event.mailbox, event.id, OWNER)
    return None


def _find(call: Call) -> Message:
    identifier = call.parameters["message"]
    everything = _all(call)
    call.check_id(identifier)
    folder = _folder(call, call.parameters["folder"]) if "folder" in call.parameters else None
    for message in everything:
        if identifier in {message.id, message.immutable_id} and folder in {None, message.folder}:
            return message
    raise item_not_found()


def _one(call: Call, message: Message, status: int = 200) -> Response:
    shown = queries.project(_shown(call, message), _select(call))
    return call.ok(shown, call.context(queries.named(call, "messages") + "/$entity"), status)


def _select(call: Call) -> str | None:
    select = call.options.get("$select")
    expands = any(name.lower() == EXPANSION for name in queries.expansions(call))
    return f"{select},event" if select and expands else select


def get(call: Call) -> Response:
    """Answer GET …/messages/{id}."""
    _check_expansions(call)
    return _one(call, _find(call))


def event(call: Call) -> Response:
    """Answer GET …/messages/{id}/microsoft.graph.eventMessage/event."""
    message = _find(call)
    seat = _event(call, message)
    if seat is None:
        raise item_not_found()
    path = f"messages('{quoted(message.id)}')/microsoft.graph.eventMessage/event/$entity"
    return call.ok(queries.project(render.event(call, seat), call.options.get("$select")), call.context(path))


def _check_match(call: Call, message: Message) -> None:
    call.check_match(call.tenant.namer.message_key(message.mailbox, message.id, message.version))


def change(call: Call) -> Response:
    """Answer PATCH …/messages/{id}: a message can be marked as read, and its importance changed."""
    message = _find(call)
    _check_match(call, message)
    given = properties.without_annotations(call.request.json())
    for name, value in given.items():
        if name == "isRead":
            message.is_read = properties.truth(name, value)
        elif name == "importance":
            message.importance = properties.choice(name, value, properties.IMPORTANCE)
        else:
            raise invalid_property(f"'{name}' of a received message cannot be changed.")
    message.version += 1
    message.modified = call.tenant.now.replace(microsecond=0)
    return _one(call, message)


def delete(call: Call) -> Response:
    """Answer DELETE …/messages/{id}."""
    message = _find(call)
    _check_match(call, message)
    del call.mailbox.messages[message.id]
    return Response(204)


def move(call: Call) -> Response:
    """Answer POST …/messages/{id}/move: the message changes its id, but not its immutable one (REP-10)."""
    message = _find(call)
    target = _folder(
        call, properties.text("destinationId", properties.fold(call.request.json()).get("destinationId"))
    )
    identifier = call.tenant.namer.item_id(message.mailbox, "message", call.tenant.namer.fresh())
    kept = call.tenant.seams.moved(message.immutable_id)
    moved = replace(message, id=identifier, immutable_id=kept, folder=target, version=message.version + 1)
    del call.mailbox.messages[message.id]
    call.mailbox.messages[moved.id] = moved
    return _one(call, moved, 201)
