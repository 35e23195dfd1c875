"""Walk the six steps by hand: a client that follows pages, polls, encodes ids, and judges nothing."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import requests

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]
SUBJECT = "Christmas dinner [7f3a]"
COMMENT = "I will probably be able to make it."


class StuckError(Exception):
    """A step can't be taken, because what it builds on is not there."""


def segment(identifier: str) -> str:
    """Encode an id for a path."""
    return quote(identifier, safe="")


@dataclass
class HandWalk:
    """One walk; `steps` holds the answers. `patience` is in seconds."""

    base_url: str
    tokens: dict[str, str]
    people: dict[str, dict[str, str]]
    patience: float = 3.0
    steps: dict[str, Any] = field(default_factory=dict)
    session: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        self.session.trust_env = False

    def ask(
        self, who: str, method: str, path: str, body: Json | None = None, **headers: str
    ) -> requests.Response:
        """Send one request; `path` may be an absolute link."""
        url = path if path.startswith("http") else self.base_url + path
        sent = {"Authorization": f"Bearer {self.tokens[who]}", **headers}
        return self.session.request(method, url, json=body, headers=sent, timeout=5, allow_redirects=False)

    def get(self, who: str, path: str) -> Json:
        """Read an entity."""
        answer = self.ask(who, "GET", path)
        if answer.status_code != 200:
            raise StuckError(f"{answer.status_code} to GET {path}: {answer.text}")
        found: Json = answer.json()
        return found

    def all(self, who: str, path: str) -> list[Json]:
        """Read a collection to its end."""
        found: list[Json] = []
        while path:
            page = self.get(who, path)
            if not isinstance(page, dict) or not isinstance(page.get("value"), list):
                raise StuckError(f"{path} is no collection")
            found += page["value"]
            path = page.get("@odata.nextLink", "")
        return found

    def wait(self, find: Callable[[], list[Json]]) -> Json:
        """Return the first that is found in time."""
        deadline = time.monotonic() + self.patience
        while True:
            found = find()
            if found:
                return found[0]
            if time.monotonic() > deadline:
                raise StuckError("it did not arrive")
            time.sleep(0.02)

    def walk(self, reader: str = "adele") -> None:
        """Take all six steps; `reader` is who receives the answer."""
        self.invite()
        message = self.wait(lambda: self.inbox("christie", "meetingRequest"))
        path = f"/me/messages/{segment(message['id'])}?$expand=microsoft.graph.eventMessage/event"

        def opened() -> list[Json]:
            request = self.steps["request"] = self.get("christie", path)
            return [request] if request.get("event") else []

        request = self.wait(opened)  # the event may come later than its message
        path = f"/me/events/{segment(request['event']['id'])}/tentativelyAccept"
        comment = {"comment": COMMENT, "sendResponse": True}
        self.steps["answered"] = self.ask("christie", "POST", path, comment)
        found = self.wait(lambda: self.inbox(reader, "meetingTen"))
        self.steps["response"] = self.get(reader, f"/me/messages/{segment(found['id'])}")
        found = self.wait(self.tallied)
        self.steps["tally"] = self.get("alex", f"/me/calendar/events/{segment(found['id'])}")
        self.steps["his"] = self.get("alex", "/me/calendar")

    def copy(self) -> Json:
        """Return the copy of Alex's primary calendar in Adele's list."""
        calendars = self.steps["calendars"] = self.all("adele", "/me/calendars")
        address = self.people["alex"]["address"]
        for entry in calendars:
            if entry["owner"]["address"].casefold() == address and entry["isTallyingResponses"]:
                return entry
        raise StuckError("Alex's calendar is not listed")

    def invite(self, **more: object) -> requests.Response:
        """Create the meeting through the copy."""
        path = f"/me/calendars/{segment(self.copy()['id'])}/events"
        zone = "Pacific Standard Time"
        invitees = [{"emailAddress": self.people[key], "type": "required"} for key in ("megan", "christie")]
        body = {
            "subject": SUBJECT,
            "body": {"contentType": "HTML", "content": "Happy holidays!"},
            "start": {"dateTime": "2030-12-25T18:00:00", "timeZone": zone},
            "end": {"dateTime": "2030-12-25T22:00:00", "timeZone": zone},
            "location": {"displayName": "Alex' home"},
            "attendees": invitees,
            **more,
        }
        created = self.ask("adele", "POST", path, body, Prefer=f'outlook.timezone="{zone}"')
        if not created.ok:
            raise StuckError(f"{created.status_code} to the creation")
        self.steps["created"] = created
        return created

    def inbox(self, who: str, kind: str) -> list[Json]:
        """Return what meeting messages of a kind are in somebody's inbox about the meeting."""
        return [
            message
            for message in self.all(who, "/me/mailFolders/inbox/messages?$top=50")
            if SUBJECT in (message.get("subject") or "")
            and message.get("meetingMessageType", "").startswith(kind)
        ]

    def tallied(self) -> list[Json]:
        """Return Alex's event once an answer is tallied."""
        return [
            event
            for event in self.all("alex", "/me/calendar/events")
            if event["subject"] == SUBJECT
            and any(entry["status"]["response"] != "none" for entry in event["attendees"])
        ]
