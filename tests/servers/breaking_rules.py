"""Say what a service is that breaks a requirement: which entities it tells wrongly, which replies."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from fault_actions import Reply
from stranger_model import PARTIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from breaking_changes import Json


@dataclass(frozen=True)
class Ask:
    """Who asks for what; `memory` lasts as long as the proxy."""

    reader: str
    method: str
    path: str
    memory: Json


@dataclass(frozen=True)
class Break:
    """One requirement broken: in every entity that `where` tells, or by `reply` in a whole answer."""

    requirement: str
    name: str
    where: Callable[[Ask, Json], bool] | None = None
    entity: Callable[[Json], None] | None = None
    reply: Callable[[Ask, Reply], Reply] | None = None

    def applied(self, ask: Ask, reply: Reply) -> Reply:
        """Return the answer as this service gives it."""
        if self.reply:
            return self.reply(ask, reply)
        payload = reply.json
        if not isinstance(payload, dict) or "error" in payload or not self.where or not self.entity:
            return reply
        changed = copy.deepcopy(payload)
        for entity in entities(changed):
            if self.where(ask, entity):
                self.entity(entity)
        return reply if changed == payload else reply.with_json(changed)


def entities(payload: Json) -> list[Json]:
    """Return the entities of an answer: its own, a collection's, and a message's event."""
    members = payload.get("value")
    top = [entry for entry in members if isinstance(entry, dict)] if isinstance(members, list) else [payload]
    return top + [entry["event"] for entry in top if isinstance(entry.get("event"), dict)]


# What an entity is


def _owner(entity: Json) -> str:
    address = str((entity.get("owner") or {}).get("address", "")).casefold()
    return next((key for key, party in PARTIES.items() if party.address.casefold() == address), "")


def own(ask: Ask, entity: Json) -> bool:
    """Tell Adele's own calendars in her list."""
    return ask.reader == "adele" and "canShare" in entity and _owner(entity) == "adele"


def shared(ask: Ask, entity: Json) -> bool:
    """Tell the copy of Alex's primary calendar in Adele's list."""
    tallying = entity.get("isTallyingResponses") is True
    return ask.reader == "adele" and tallying and _owner(entity) == "alex"


def request(_: Ask, entity: Json) -> bool:
    """Tell an invitation."""
    return entity.get("meetingMessageType") == "meetingRequest"


def response(_: Ask, entity: Json) -> bool:
    """Tell an answer."""
    kind = str(entity.get("meetingMessageType"))
    return kind in {"meetingAccepted", "meetingTenativelyAccepted", "meetingDeclined"}


def event(_: Ask, entity: Json) -> bool:
    """Tell any copy of a meeting with attendees."""
    return "iCalUId" in entity and bool(entity.get("attendees"))


def created(ask: Ask, entity: Json) -> bool:
    """Tell the event that a creation answers."""
    return ask.method == "POST" and event(ask, entity)


def attended(ask: Ask, entity: Json) -> bool:
    """Tell an attendee's copy."""
    return ask.reader in {"megan", "christie"} and event(ask, entity) and entity.get("isOrganizer") is False


def owned(ask: Ask, entity: Json) -> bool:
    """Tell Alex's event, as he reads it."""
    return ask.method == "GET" and ask.reader == "alex" and event(ask, entity)


def item(ask: Ask, entity: Json) -> bool:
    """Tell an event or a meeting message."""
    return event(ask, entity) or "meetingMessageType" in entity


# Whole replies


def _refused(status: int, code: str) -> Reply:
    return Reply(status).with_json({"error": {"code": code, "message": "Made up by a test."}})


def status(
    code: int, asked: Callable[[Ask], bool], body: bytes | None = None
) -> Callable[[Ask, Reply], Reply]:
    """Answer with another status of success."""

    def change(ask: Ask, reply: Reply) -> Reply:
        if not asked(ask) or not 200 <= reply.status < 300:
            return reply
        return replace(reply, status=code, body=reply.body if body is None else body)

    return change


def refusal(code: int, error: str, asked: Callable[[Ask], bool]) -> Callable[[Ask, Reply], Reply]:
    """Refuse what the service has done."""
    return lambda ask, reply: _refused(code, error) if asked(ask) else reply


def without(kind: Callable[[Ask, Json], bool]) -> Callable[[Ask, Reply], Reply]:
    """Leave entities of a kind out of collections, and know nothing of them."""

    def change(ask: Ask, reply: Reply) -> Reply:
        payload = reply.json
        if not isinstance(payload, dict):
            return reply
        members = payload.get("value")
        if isinstance(members, list):
            kept = [entry for entry in members if not kind(ask, entry)]
            return reply if kept == members else reply.with_json({**payload, "value": kept})
        return _refused(404, "ErrorItemNotFound") if kind(ask, payload) else reply

    return change


def twice(kind: Callable[[Ask, Json], bool]) -> Callable[[Ask, Reply], Reply]:
    """Tell entities of a kind twice in a collection, with two ids."""

    def change(ask: Ask, reply: Reply) -> Reply:
        payload = reply.json
        members = payload.get("value") if isinstance(payload, dict) else None
        if not isinstance(members, list):
            return reply
        found = [entry for entry in members if kind(ask, entry)]
        if not found:
            return reply
        doubles = [{**entry, "id": f"2{entry['id']}"} for entry in found]
        return reply.with_json({**payload, "value": [*members, *doubles]})

    return change


def no_collection(ask: Ask, reply: Reply) -> Reply:
    """Answer a list of calendars with a bare array."""
    payload = reply.json
    if not lists_calendars(ask) or not isinstance(payload, dict):
        return reply
    return replace(reply, body=json.dumps(payload.get("value")).encode())


def a_message(ask: Ask, reply: Reply) -> Reply:
    """Answer a creation with a message, as the page prints it."""
    payload = reply.json
    if not creates(ask) or reply.status != 201:
        return reply
    kept = {name: payload[name] for name in ("id", "subject", "body", "bodyPreview")}
    message = {"@odata.type": "#microsoft.graph.eventMessage", "meetingMessageType": "meetingRequest"}
    return reply.with_json({**message, **kept})


def one_id(ask: Ask, reply: Reply) -> Reply:
    """Tell Alex's calendar in his mailbox under the id of Adele's copy, once she has listed it."""
    payload = reply.json
    if not isinstance(payload, dict):
        return reply
    changed = copy.deepcopy(payload)
    for entity in entities(changed):
        if lists_calendars(ask) and shared(ask, entity):
            ask.memory["copy"] = entity["id"]
        elif _owner(entity) == "alex" and entity.get("isTallyingResponses") and "copy" in ask.memory:
            entity["id"] = ask.memory["copy"]
    return reply if changed == payload else reply.with_json(changed)


def creates(ask: Ask) -> bool:
    """Tell a creation."""
    return ask.method == "POST" and ask.path.partition("?")[0].endswith("/events")


def answers(ask: Ask) -> bool:
    """Tell a tentative answer."""
    return ask.method == "POST" and ask.path.endswith("/tentativelyAccept")


def lists_calendars(ask: Ask) -> bool:
    """Tell a list of one's own calendars."""
    return ask.method == "GET" and ask.path.partition("?")[0] == "/me/calendars"


def reads_his_event(ask: Ask) -> bool:
    """Tell that Alex reads one event."""
    parts = unquote(ask.path.partition("?")[0].replace("%2F", "-")).split("/")
    return ask.method == "GET" and ask.reader == "alex" and len(parts) > 2 and parts[-2] == "events"
