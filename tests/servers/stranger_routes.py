"""Answer the calls of a stranger's emulator: what a path means, who may read and write it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import stranger_words as words
from stranger_post import RESPONSES, call_off, create, respond
from stranger_queries import Query, collection, expands, selected
from stranger_times import instant_of
from stranger_world import (
    DELEGATES,
    PARTIES,
    READERS,
    ROLES,
    WRITERS,
    Calendar,
    Grant,
    Item,
    Message,
    Party,
    RefusedError,
    World,
    known,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Json = dict[str, Any]
Answer = tuple[int, Json | None]

FOLDERS = {"inbox": "Posteingang", "sentitems": "Gesendet", "deleteditems": "Papierkorb"}
BESIDE = {"calendar": ["calendars", "primary"], "calendarView": ["calendars", "primary", "calendarView"]}


@dataclass(frozen=True)
class Call:
    """One request: `reader` asks about the mailbox of `holder`; `url` is absolute, without a query."""

    world: World
    reader: Party
    holder: Party
    method: str
    url: str
    query: Query
    preferences: Mapping[str, str]
    body: Json
    ids: list[str] = field(default_factory=list)

    def page(self, found: list[Json]) -> Answer:
        """Answer with a page of a collection."""
        return 200, collection(words.spiced(found), self.query, self.url, self.world.options)

    def one(self, entity: Json, status: int = 200) -> Answer:
        """Answer with one entity."""
        return status, selected(words.spiced(entity), self.query, self.world.options)


@dataclass(frozen=True)
class Place:
    """A calendar as somebody reaches it: `local` through the copy in the sharee's own mailbox."""

    calendar: Calendar
    grant: Grant | None
    local: bool


def answer(call: Call, segments: list[str]) -> Answer:
    """Answer a call whose path below the mailbox has these segments."""
    if segments and segments[0] in BESIDE:
        segments = BESIDE[segments[0]] + segments[1:]
    elif segments and segments[0] == "events":
        segments = ["calendars", "any" if len(segments) > 1 else "primary", *segments]
    if call.holder is not call.reader and segments and segments[0] != "calendars":
        raise RefusedError(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.")
    shapes = [pattern for pattern in ROUTES if _fits(pattern.split("/"), segments)]
    if not shapes:
        raise RefusedError(400, "BadRequest", f"Resource not found for the segment '{segments[-1]}'.")
    ids = [found for name, found in zip(shapes[0].split("/"), segments, strict=True) if name == "*"]
    handlers = ROUTES[shapes[0]]
    if call.method not in handlers:
        raise RefusedError(405, "ErrorInvalidRequest", f"{call.method} is not allowed here.")
    call.ids.extend(ids)
    return handlers[call.method](call)


def _fits(pattern: list[str], segments: list[str]) -> bool:
    return len(pattern) == len(segments) and all(
        name in {"*", found} for name, found in zip(pattern, segments, strict=True)
    )


def profile(party: Party) -> Json:
    """Return a user."""
    return {
        "id": party.id,
        "displayName": party.name,
        "mail": party.address,
        "userPrincipalName": party.address,
    }


# Calendars


def _missing() -> RefusedError:
    return RefusedError(404, "ErrorItemNotFound", "The specified object was not found in the store.")


def _places(call: Call) -> list[Place]:
    world, holder = call.world, call.holder
    if holder is not call.reader:
        shared = [
            grant for grant in world.grants if grant.calendar.owner is holder and grant.party is call.reader
        ]
        return [Place(grant.calendar, grant, local=False) for grant in shared if grant.role in READERS]
    own = [Place(calendar, None, local=False) for calendar in world.calendars if calendar.owner is holder]
    grants = [grant for grant in world.grants if grant.party is holder and grant.role in READERS]
    return own + [Place(grant.calendar, grant, local=True) for grant in grants]


def _place(call: Call) -> Place:
    wanted, places = call.ids[0], _places(call)
    if not places:
        raise RefusedError(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.")
    for place in places:
        told = words.calendar(place.calendar, place.grant, local=place.local)["id"]
        if told == wanted or (wanted in {"primary", "any"} and place.calendar.primary and not place.local):
            return place
    raise _missing()


def _items(call: Call, place: Place) -> list[Item]:
    items = [item for item in call.world.items if item.calendar is place.calendar]
    if place.grant is None:
        return items
    if place.grant.role != "delegateWithPrivateEventAccess":
        items = [item for item in items if item.meeting.traits["sensitivity"] == "normal"]
    if not place.local:
        return items
    views = [call.world.view(item, call.reader) for item in items]
    return [view for view in views if view.shown <= datetime.now(UTC)]


def _item(call: Call) -> tuple[Place, Item]:
    places = _places(call) if call.ids[0] == "any" else [_place(call)]
    for place in places:
        for item in _items(call, place):
            if item.id == call.ids[1]:
                return place, item
    raise _missing()


def _writable(place: Place) -> None:
    if place.grant and place.grant.role not in WRITERS:
        raise RefusedError(403, "ErrorAccessDenied", "The calendar is shared for reading only.")


def _calendars(call: Call) -> Answer:
    return call.page(
        [words.calendar(place.calendar, place.grant, local=place.local) for place in _places(call)]
    )


def _calendar(call: Call) -> Answer:
    place = _place(call)
    return call.one(words.calendar(place.calendar, place.grant, local=place.local))


def _events(call: Call) -> Answer:
    return call.page([words.event(item, call.preferences) for item in _items(call, _place(call))])


def _calendar_view(call: Call) -> Answer:
    try:
        first, last = (instant_of(call.query[name]) for name in ("startDateTime", "endDateTime"))
    except KeyError as error:
        raise RefusedError(400, "ErrorInvalidParameter", f"The query lacks {error}.") from error
    found = [
        item for item in _items(call, _place(call)) if item.meeting.start < last and first < item.meeting.end
    ]
    found.sort(key=lambda item: item.meeting.start)
    return call.page([words.event(item, call.preferences) for item in found])


def _create(call: Call) -> Answer:
    place = _place(call)
    _writable(place)
    item = create(call.world, place.calendar, call.reader, call.body)
    if place.local:
        item = call.world.view(item, call.reader)
    return call.one(words.event(item, call.preferences), 201)


def _event(call: Call) -> Answer:
    return call.one(words.event(_item(call)[1], call.preferences))


def _delete_event(call: Call) -> Answer:
    place, item = _item(call)
    _writable(place)
    if item.role == "attendee":
        call.world.items.remove(item)
    else:
        call_off(call.world, item, call.reader)
    return 204, None


def _cancel(call: Call) -> Answer:
    place, item = _item(call)
    _writable(place)
    given = {name.lower(): value for name, value in call.body.items()}
    call_off(call.world, item, call.reader, str(given.get("comment") or ""))
    return 202, None


def _responder(action: str) -> Callable[[Call], Answer]:
    def handler(call: Call) -> Answer:
        place, item = _item(call)
        if place.grant and place.grant.role not in DELEGATES:
            raise RefusedError(403, "ErrorAccessDenied", "Only delegates may answer for somebody.")
        respond(call.world, item.original or item, action, call.body)
        return 202, None

    return handler


# Permissions


def _grants(call: Call) -> tuple[Calendar, list[Grant]]:
    place = _place(call)
    if place.grant:
        raise RefusedError(403, "ErrorAccessDenied", "Only the owner may see who shares a calendar.")
    return place.calendar, [grant for grant in call.world.grants if grant.calendar is place.calendar]


def _grant(call: Call) -> Grant:
    for grant in _grants(call)[1]:
        if grant.id == call.ids[1]:
            return grant
    raise _missing()


def _role(call: Call) -> str:
    role = call.body.get("role")
    if role not in ROLES:
        raise RefusedError(400, "ErrorInvalidRequest", f"{role} is no role.")
    return str(role)


def _add_permission(call: Call) -> Answer:
    calendar, _ = _grants(call)
    mail = call.body.get("emailAddress") or {}
    party = known(str(mail.get("address")), str(mail.get("name") or ""))
    grant = Grant(call.world.mint(), calendar, party, _role(call), call.world.mint())
    call.world.later(1.0, lambda _: call.world.grants.append(grant))
    return call.one(words.permission(grant), 201)


def _change_permission(call: Call) -> Answer:
    grant, role = _grant(call), _role(call)
    grant.role = role
    return call.one(words.permission(grant))


def _remove_permission(call: Call) -> Answer:
    grant = _grant(call)
    if grant.party is None:
        raise RefusedError(403, "ErrorAccessDenied", "The organisation's entry can't be removed.")
    call.world.grants.remove(grant)
    return 204, None


# Messages


def _message(call: Call) -> Message:
    for note in call.world.messages:
        if note.holder is call.holder and note.id == call.ids[-1]:
            return note
    raise _missing()


def _expanded(call: Call, note: Message) -> Json:
    told = words.message(note, call.preferences)
    if expands(call.query) and note.kind:
        item = call.world.attendee_item(note.meeting, note.holder) if note.meeting else None
        told["event"] = words.event(item, call.preferences) if item and note.kind != "response" else None
    return told


def _messages(call: Call) -> Answer:
    if expands(call.query):
        raise RefusedError(500, "ErrorInternalServerError", "An item of the collection can't be expanded.")
    folder = call.ids[0].lower() if call.ids else ""
    if folder and folder not in FOLDERS:
        raise _missing()
    mine = [note for note in call.world.messages if note.holder is call.holder]
    return call.page([words.message(note, call.preferences) for note in mine if folder in {"", note.folder}])


def _delete_message(call: Call) -> Answer:
    """Move a message to the bin, where it has another id; one that lies there is gone for good."""
    note = _message(call)
    if note.folder == "deleteditems":
        call.world.messages.remove(note)
    note.folder, note.id = "deleteditems", call.world.mint()
    return 204, None


def _folder(name: str, call: Call) -> Json:
    mine = [note for note in call.world.messages if note.holder is call.holder and note.folder == name]
    identifier = f"{call.holder.id}/{name}+AA=="
    return {
        "id": identifier,
        "displayName": FOLDERS[name],
        "totalItemCount": len(mine),
        "wellKnownName": name,
    }


def _one_folder(call: Call) -> Answer:
    if call.ids[0].lower() not in FOLDERS:
        raise _missing()
    return call.one(_folder(call.ids[0].lower(), call))


# Settings


def _settings(call: Call) -> Answer:
    return call.one({**call.world.settings[call.holder.key], "timeZone": "W. Europe Standard Time"})


def _setting(call: Call) -> Answer:
    if call.ids[0] not in call.world.settings[call.holder.key]:
        raise _missing()
    return 200, {"value": call.world.settings[call.holder.key][call.ids[0]]}


def _change_settings(call: Call) -> Answer:
    name = "delegateMeetingMessageDeliveryOptions"
    options = (
        "sendToDelegateOnly",
        "sendToDelegateAndPrincipal",
        "sendToDelegateAndInformationToPrincipal",
    )
    if call.body.get(name) not in options:
        raise RefusedError(
            400, "ErrorInvalidRequest", "Only the delivery of meeting messages can be changed."
        )
    call.world.settings[call.holder.key][name] = call.body[name]
    return call.one({name: call.body[name]})


EVENT = "calendars/*/events/*"
PERMISSIONS = "calendars/*/calendarPermissions"
ROUTES: dict[str, dict[str, Callable[[Call], Answer]]] = {
    "calendars": {"GET": _calendars},
    "calendars/*": {"GET": _calendar},
    "calendars/*/events": {"GET": _events, "POST": _create},
    "calendars/*/calendarView": {"GET": _calendar_view},
    EVENT: {"GET": _event, "DELETE": _delete_event},
    f"{EVENT}/cancel": {"POST": _cancel},
    **{f"{EVENT}/{action}": {"POST": _responder(action)} for action in RESPONSES},
    PERMISSIONS: {
        "GET": lambda call: call.page([words.permission(grant) for grant in _grants(call)[1]]),
        "POST": _add_permission,
    },
    f"{PERMISSIONS}/*": {
        "GET": lambda call: call.one(words.permission(_grant(call))),
        "PATCH": _change_permission,
        "DELETE": _remove_permission,
    },
    "messages": {"GET": _messages},
    "mailFolders": {"GET": lambda call: call.page([_folder(name, call) for name in FOLDERS])},
    "mailFolders/*": {"GET": _one_folder},
    "mailFolders/*/messages": {"GET": _messages},
    **{
        f"{where}messages/*": {
            "GET": lambda call: call.one(_expanded(call, _message(call))),
            "DELETE": _delete_message,
        }
        for where in ("", "mailFolders/*/")
    },
    "mailboxSettings": {"GET": _settings, "PATCH": _change_settings},
    "mailboxSettings/*": {"GET": _setting},
}


def party_of(segment: str) -> Party:
    """Return whom an id or a user principal name means."""
    for party in PARTIES.values():
        if segment.casefold() in {party.id.casefold(), party.address.casefold()}:
            return party
    raise RefusedError(404, "ErrorInvalidUser", f"The requested user '{segment}' is invalid.")
