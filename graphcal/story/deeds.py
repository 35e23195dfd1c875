"""Describe what can be done to a meeting after its invitation, and how its event shows that it was done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import partial
from typing import TYPE_CHECKING, Any

from graphcal import expect
from graphcal.graph.exchange import NOT_FOUND, Exchange
from graphcal.story.telling import invitee_of
from graphcal.timezones import zoned

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphcal.facts import Meeting
    from graphcal.people import Person
    from graphcal.value import Value

Check = Callable[[Exchange], None]


@dataclass(frozen=True)
class Deed:
    """Something that can be done to a meeting: `words` for it, the request, and how a reading shows it.

    `action` goes behind the event's path; `check` raises Deviation for an event that does not show the deed;
    `subject` is what the meeting is called since, "" for what it was called before.
    """

    words: tuple[object, ...]
    check: Check
    method: str = "PATCH"
    action: str = ""
    body: Mapping[str, Any] | None = None
    shape: str | None = None
    subject: str = ""


def renaming(subject: str, more: Mapping[str, Any] | None = None) -> Deed:
    """Give the event another subject, which bears the run's mark; `more` is sent with it and not looked for."""
    deed = _patching(("rename", subject), {"subject": subject}, subject)
    return replace(deed, body={"subject": subject, **(more or {})})


def moving(meeting: Meeting, starts: time, now: datetime) -> Deed:
    """Have the meeting begin at another time of its day and last as long as it was planned to."""
    begin = datetime.combine(meeting.date(now), starts)
    end = begin + (meeting.end(now) - meeting.start(now))
    sides = {"start": begin, "end": end}
    told = {name: {"dateTime": side.isoformat(), "timeZone": meeting.zone} for name, side in sides.items()}
    return _patching(("move", f"{starts:%H:%M}"), told)


def relocating(place: str) -> Deed:
    """Give the event another location."""
    return _patching(("relocate", place), {"location": {"displayName": place}})


def inviting(present: tuple[Person, ...], more: tuple[Person, ...]) -> Deed:
    """Put more people among the attendees, who are written down whole."""
    told = {"attendees": [invitee_of(person) for person in (*present, *more)]}
    return Deed(("invite", more), _attended_by(more), body=told, shape="event")


def _patching(words: tuple[object, ...], told: Mapping[str, Any], subject: str = "") -> Deed:
    def check(reading: Exchange) -> None:
        event = reading.resource("the event")
        expect.all_of([partial(_SHOWN[name], event, value) for name, value in told.items()])

    return Deed(words, check, body=told, shape="event", subject=subject)


def cancelling(comment: str) -> Deed:
    """Call the meeting off, with a comment for the attendees."""
    return Deed(("cancel",), _is_off, "POST", "/cancel", {"comment": comment})


def deleting() -> Deed:
    """Delete somebody's event."""
    return Deed(("delete",), _is_off, "DELETE")


def forwarding(people: tuple[Person, ...]) -> Deed:
    """Pass the invitation on, so that the organizer finds more people on the event."""
    recipients = [{"emailAddress": invitee_of(person)["emailAddress"]} for person in people]
    told = {"toRecipients": recipients, "comment": "Come along!"}
    return Deed(("forward", people), _attended_by(people), "POST", "/forward", told)


def _attended_by(people: tuple[Person, ...]) -> Check:
    def check(reading: Exchange) -> None:
        expect.among(reading.resource("the event")["attendees"], people)

    return check


def _has_subject(event: Value, subject: str) -> None:
    expect.equal(event["subject"], subject)


def _is_at(event: Value, told: Mapping[str, str], *, side: str) -> None:
    found = zoned(event[side]["dateTime"].json, event[side]["timeZone"].json)
    wanted = zoned(told["dateTime"], told["timeZone"])
    expect.that(
        found == wanted,
        event[side],
        f"{side} to be {told['dateTime']} {told['timeZone']}, the time that was set",
    )


def _has_place(event: Value, told: Mapping[str, str]) -> None:
    expect.equal(event.at("location.displayName"), told["displayName"])


def _is_off(reading: Exchange) -> None:
    """Expect an event to be gone from a calendar, or to stand there as cancelled."""
    if reading.status != NOT_FOUND:
        expect.equal(reading.resource("the event")["isCancelled"], expected=True)


_SHOWN: dict[str, Callable[[Value, Any], None]] = {
    "subject": _has_subject,
    "start": partial(_is_at, side="start"),
    "end": partial(_is_at, side="end"),
    "location": _has_place,
}
