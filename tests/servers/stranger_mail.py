"""Answer calls about messages and their folders, for a stranger's emulator."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import stranger_message_words as message_words
from stranger_calls import Call, check_expanding, entity, unknown
from stranger_model import RefusedError, denied, invalid, missing
from stranger_queries import expands

if TYPE_CHECKING:
    from stranger_calls import Answer, Handler, Json
    from stranger_model import Item, Message

FOLDERS = {"inbox": "Posteingang", "sentitems": "Gesendet", "deleteditems": "Papierkorb"}
EMPTY: Json = {"null": {"event": None}, "missing": {}, "object": {"event": {}}}


def _own(call: Call) -> list[Message]:
    if call.foreign:
        raise denied()
    return [note for note in call.world.messages if note.holder is call.holder]


def _message(call: Call) -> Message:
    for note in _own(call):
        if call.ids[-1] in {note.id, note.stable}:
            return note
    raise unknown(call, call.ids[-1])


def _told(call: Call, note: Message) -> Json:
    return message_words.message(note, call.preferences, call.options)


def _event_of(call: Call, note: Message) -> Item | None:
    """Return the event of a message: of a response there is none, nor of what came for somebody else."""
    letter = note.letter
    if letter.meeting is None or letter.kind == "response" or note.delegated or note.informational:
        return None
    if datetime.now(UTC) - note.received < timedelta(seconds=call.options.late_copies):
        return None
    return call.world.attendee_item(letter.meeting, note.holder)


def _get(call: Call) -> Answer:
    note = _message(call)
    told = _told(call, note)
    if expands(call.query) and note.letter.kind:
        check_expanding(call)
        item = _event_of(call, note)
        told |= {"event": entity(call, item)} if item else EMPTY[call.options.empty_event]
    return call.one(told)


def _event(call: Call) -> Answer:
    check_expanding(call)
    item = _event_of(call, _message(call))
    if item is None:
        raise missing()
    return call.one(entity(call, item))


def _list(call: Call) -> Answer:
    if expands(call.query):
        raise RefusedError(500, "ErrorInternalServerError", "An item of the collection can't be expanded.")
    folder = _folder_of(call) if call.ids else ""
    return call.page([_told(call, note) for note in _own(call) if folder in {"", note.folder}])


def _change(call: Call) -> Answer:
    note = _message(call)
    note.read = bool(call.body.get("isRead", note.read))
    return call.one(_told(call, note))


def _delete(call: Call) -> Answer:
    """Move a message to the bin, where it has another id; one that lies there is gone for good."""
    note = _message(call)
    if note.folder == "deleteditems":
        call.world.messages.remove(note)
    _put(call, note, "deleteditems")
    return 204, None


def _move(call: Call) -> Answer:
    note, folder = _message(call), str(call.body.get("destinationId", "")).lower()
    if folder not in FOLDERS:
        raise invalid("There is no such folder.", "ErrorInvalidIdMalformed")
    _put(call, note, folder)
    return call.one(_told(call, note), 201)


def _put(call: Call, note: Message, folder: str) -> None:
    note.folder, note.id = folder, call.world.mint()


def _folder_of(call: Call) -> str:
    for name in FOLDERS:
        if call.ids[0].lower() == name or call.ids[0] == message_words.folder_id(call.holder, name):
            return name
    raise missing()


def _folder(call: Call, name: str) -> Json:
    return {
        "id": message_words.folder_id(call.holder, name),
        "displayName": FOLDERS[name],
        "totalItemCount": len([note for note in _own(call) if note.folder == name]),
        "wellKnownName": name,
    }


def _folders(call: Call) -> Answer:
    return call.page([_folder(call, name) for name in FOLDERS])


def _one_folder(call: Call) -> Answer:
    return call.one(_folder(call, _folder_of(call)))


ROUTES: dict[str, dict[str, tuple[Handler, str]]] = {
    "messages": {"GET": (_list, "mail")},
    "mailFolders": {"GET": (_folders, "mail")},
    "mailFolders/*": {"GET": (_one_folder, "mail")},
    "mailFolders/*/messages": {"GET": (_list, "mail")},
}
for _where in ("messages/*", "mailFolders/*/messages/*"):
    ROUTES[_where] = {
        "GET": (_get, "mail"),
        "PATCH": (_change, "write mail"),
        "DELETE": (_delete, "write mail"),
    }
    ROUTES[f"{_where}/move"] = {"POST": (_move, "write mail")}
    ROUTES[f"{_where}/eventMessage/event"] = {"GET": (_event, "mail")}
