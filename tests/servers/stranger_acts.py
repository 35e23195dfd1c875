"""What tests do at a stranger's emulator, beside the walk: share, invite, and look for things."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hand_walk import HandWalk, segment

if TYPE_CHECKING:
    import requests
    from stranger import Stranger

Json = dict[str, Any]
PERMISSIONS = "/me/calendar/calendarPermissions"
WITHOUT, WITH = "delegateWithoutPrivateEventAccess", "delegateWithPrivateEventAccess"
DELIVERY = "delegateMeetingMessageDeliveryOptions"


def walker(server: Stranger) -> HandWalk:
    """Return a client for a stranger."""
    return HandWalk(server.base_url, server.tokens, server.people)


def at(hour: int, day: int = 25, zone: str = "UTC") -> dict[str, str]:
    """Return a moment of January 2031."""
    return {"dateTime": f"2031-01-{day:02}T{hour:02}:00:00", "timeZone": zone}


def mails(walk: HandWalk, *people: str) -> list[Json]:
    """Return people as attendees or recipients."""
    return [{"emailAddress": walk.people[key]} for key in people]


def mailbox(walk: HandWalk, who: str) -> str:
    """Return the path of somebody's mailbox."""
    return f"/users/{walk.people[who]['address']}"


def calendar_of(walk: HandWalk, owner: str, reader: str) -> Json:
    """Return the copy of an owner's primary calendar in a reader's list."""
    [copy] = [
        entry
        for entry in walk.all(reader, "/me/calendars")
        if entry["owner"]["address"].casefold() == walk.people[owner]["address"]
        and entry["isTallyingResponses"]
    ]
    return copy


def entry_of(walk: HandWalk, owner: str, person: str) -> Json:
    """Return somebody's entry among the permissions of an owner's calendar."""
    address = walk.people[person]["address"]
    return next(
        entry
        for entry in walk.all(owner, PERMISSIONS)
        if entry["emailAddress"].get("address", "").casefold() == address
    )


def give(walk: HandWalk, role: str, person: str, owner: str = "alex") -> Json:
    """Give somebody a role, whatever the person had."""
    try:
        path = f"{PERMISSIONS}/{segment(entry_of(walk, owner, person)['id'])}"
        answer = walk.ask(owner, "PATCH", path, {"role": role})
    except StopIteration:
        answer = walk.ask(owner, "POST", PERMISSIONS, {"emailAddress": walk.people[person], "role": role})
    assert answer.ok, answer.text
    entry: Json = answer.json()
    return entry


def meet(
    walk: HandWalk, who: str, subject: str, *invitees: str, path: str = "/me/calendar/events", **more: Any
) -> Json:
    """Create an event and return it."""
    answer = post(walk, who, subject, *invitees, path=path, **more)
    assert answer.status_code == 201, answer.text
    event: Json = answer.json()
    return event


def post(
    walk: HandWalk, who: str, subject: str, *invitees: str, path: str = "/me/calendar/events", **more: Any
) -> requests.Response:
    """Try to create an event."""
    body = {
        "subject": subject,
        "start": at(10),
        "end": at(11),
        "attendees": mails(walk, *invitees),
        **more,
    }
    return walk.ask(who, "POST", path, body)


def events(walk: HandWalk, who: str, subject: str, path: str = "/me/calendar/events") -> list[Json]:
    """Return the events with a subject in a calendar."""
    return [entry for entry in walk.all(who, path) if entry.get("subject") == subject]


def event(walk: HandWalk, who: str, subject: str, path: str = "/me/calendar/events") -> Json:
    """Return the one event with a subject."""
    [found] = events(walk, who, subject, path)
    return found


def letters(walk: HandWalk, who: str, subject: str, kind: str = "meeting") -> list[Json]:
    """Return the meeting messages in somebody's inbox whose subject ends so, oldest first."""
    return [
        entry
        for entry in walk.all(who, "/me/mailFolders/inbox/messages")
        if (entry["subject"] or "").endswith(subject) and entry.get("meetingMessageType", "").startswith(kind)
    ]


def act(walk: HandWalk, who: str, found: Json, action: str, path: str = "/me/events", **body: object) -> int:
    """Call an action of an event and return the status."""
    return walk.ask(who, "POST", f"{path}/{segment(found['id'])}/{action}", body).status_code


def answers(found: Json) -> dict[str, str]:
    """Return who has answered what, by the local part of the address."""
    return {
        entry["emailAddress"]["address"].partition("@")[0]: entry["status"]["response"]
        for entry in found["attendees"]
    }
