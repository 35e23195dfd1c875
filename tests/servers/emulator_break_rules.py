"""Say which answers of the reference emulator a break changes, and how: for the chapters beside the walkthrough."""

from __future__ import annotations

import copy
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from breaking_rules import Ask, entities

from graphcal.emulator import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from breaking_changes import Json
    from fault_actions import Reply

    Where = Callable[..., bool]
    Change = Callable[[Json], None]
    Answer = Callable[[Ask, Reply], Reply]

ALEX, ADELE, MEGAN, CHRISTIE, DIEGO = (
    {"emailAddress": {"name": person.name, "address": person.address}} for person in PEOPLE
)
EVENTS = r"/[^?]*/(events|calendarView)(/[^/?]+)?(\?.*)?"
LIST = r"/[^?]*/events(\?.*)?"
ONE = r"/[^?]*/events/[^/?]+(\?.*)?"
VIEW = r"/[^?]*/calendarView\?.*"
INBOX = r"/[^?]*/mailFolders/inbox/messages\?.*"
GRANTS = r"/[^?]*/calendarPermissions(/[^/?]+)?(\?.*)?"


# Which answers, which entities


def asks(method: str, path: str, *readers: str) -> Where:
    """Tell requests by method and path below the version, of these readers or of everybody."""
    shape = re.compile(path, re.IGNORECASE)

    def tells(ask: Ask, *_: object) -> bool:
        return (
            bool(re.fullmatch(method, ask.method))
            and bool(shape.fullmatch(ask.path))
            and (not readers or ask.reader in readers)
        )

    return tells


def every(*conditions: Where) -> Where:
    """Tell what fulfils all conditions."""
    return lambda *given: all(condition(*given) for condition in conditions)


def called(name: str) -> Where:
    """Tell entities whose subject holds a name."""
    return lambda _ask, entity: name in str(entity.get("subject"))


def kind(*kinds: str) -> Where:
    """Tell meeting messages of these kinds, without or with what Graph puts before them."""
    return lambda _ask, entity: entity.get("meetingMessageType") in {f"meeting{name}" for name in kinds}


def is_event(_ask: Ask, entity: Json) -> bool:
    """Tell any event."""
    return "iCalUId" in entity


def bodiless(_ask: Ask, entity: Json) -> bool:
    """Tell an event that is not shown in full."""
    return "start" in entity and not (entity.get("body") or {}).get("content")


def calendar_of(owner: str) -> Where:
    """Tell calendars that belong to somebody."""
    address = next(person.address for person in PEOPLE if person.key == owner)
    return lambda _ask, entity: (entity.get("owner") or {}).get("address") == address


# Other answers


def instead(where: Where, status: int, payload: Any, *, of: tuple[int, ...] | None = None) -> Answer:
    """Answer with something else; `of` are the statuses that are replaced, all where it is left out."""

    def change(ask: Ask, reply: Reply) -> Reply:
        if not where(ask) or (of is not None and reply.status not in of):
            return reply
        bare = replace(reply, status=status, body=b"")
        return bare if payload is None else bare.with_json(payload)

    return change


def code(where: Where, of: int, status: int) -> Answer:
    """Refuse with another status."""
    return lambda ask, reply: replace(reply, status=status) if where(ask) and reply.status == of else reply


def invented(where: Where, entity: Json) -> Answer:
    """Add an entity to a collection."""

    def change(ask: Ask, reply: Reply) -> Reply:
        payload = reply.json
        if not where(ask) or not isinstance(payload, dict) or not isinstance(payload.get("value"), list):
            return reply
        return reply.with_json({**payload, "value": [*payload["value"], entity]})

    return change


def header(where: Where, name: str, value: str) -> Answer:
    """Answer with another value of a header that is there."""

    def change(ask: Ask, reply: Reply) -> Reply:
        if not where(ask) or name not in {key.lower() for key, _ in reply.headers}:
            return reply
        kept = tuple(pair for pair in reply.headers if pair[0].lower() != name)
        return replace(reply, headers=(*kept, (name, value)))

    return change


def remembered(first: Where, then: Where, of: tuple[int, ...] = (200,)) -> Answer:
    """Answer a request by what another, the first one, was answered."""

    def change(ask: Ask, reply: Reply) -> Reply:
        if then(ask) and "answer" in ask.memory and reply.status in of:
            known: Reply = ask.memory["answer"]
            return known if known.body != reply.body else reply
        if first(ask) and reply.status == 200:
            ask.memory.setdefault("answer", reply)
        return reply

    return change


def stays(where: Where, property_: str) -> Answer:
    """Tell of each entity for good what it told first of a property."""

    def change(ask: Ask, reply: Reply) -> Reply:
        payload = reply.json
        if not where(ask) or not isinstance(payload, dict):
            return reply
        changed = copy.deepcopy(payload)
        for entity in entities(changed):
            if property_ in entity:
                entity[property_] = ask.memory.setdefault((entity["id"], property_), entity[property_])
        return reply if changed == payload else reply.with_json(changed)

    return change


def restored(where: Where) -> Answer:
    """Show what is gone as it was seen last."""

    def change(ask: Ask, reply: Reply) -> Reply:
        if not where(ask):
            return reply
        path = unquote(ask.path)
        if reply.status == 200:
            ask.memory[path] = reply
        return ask.memory.get(path, reply) if reply.status == 404 else reply

    return change


def done_all_the_same(tried: Where, seen: Where) -> Answer:
    """Refuse to rename an event, and show it renamed."""

    def change(ask: Ask, reply: Reply) -> Reply:
        name = unquote(ask.path.partition("?")[0]).rpartition("/")[2]
        if tried(ask) and reply.status in {403, 404}:
            ask.memory[name] = True
        payload = reply.json
        if seen(ask) and name in ask.memory and isinstance(payload, dict) and "subject" in payload:
            return reply.with_json({**payload, "subject": f"{payload['subject']}, renamed"})
        return reply

    return change


# Other entities


def several(*changes: Change) -> Change:
    """Change several things."""

    def change(entity: Json) -> None:
        for one in changes:
            one(entity)

    return change


def later(*names: str) -> Change:
    """Tell times of an event or a message an hour later."""

    def change(entity: Json) -> None:
        for name in names:
            if isinstance(entity.get(name), dict):
                entity[name] = _hour_later(entity[name])

    return change


def slot_later(holder: Json) -> None:
    """Propose to begin an hour later than was proposed."""
    if holder.get("proposedNewTime"):
        slot = holder["proposedNewTime"]
        holder["proposedNewTime"] = {**slot, "start": _hour_later(slot["start"])}


def _hour_later(told: Json) -> Json:
    hour = (int(told["dateTime"][11:13]) + 1) % 24
    return {**told, "dateTime": f"{told['dateTime'][:11]}{hour:02}{told['dateTime'][13:]}"}


def empty(message: Json) -> None:
    """Leave the text out of a message."""
    message["bodyPreview"], message["body"] = "", {"contentType": "html", "content": "<html></html>"}


def spans(where: Callable[[Json], bool], **told: str) -> Change:
    """Tell more of some spans of a schedule."""

    def change(entry: Json) -> None:
        for span in entry.get("scheduleItems", ()):
            if where(span):
                span.update(told)

    return change


def without_role(role: str) -> Change:
    """Allow one role less."""

    def change(entry: Json) -> None:
        entry["allowedRoles"] = [name for name in entry["allowedRoles"] if name != role]

    return change
