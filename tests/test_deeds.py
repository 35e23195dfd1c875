"""A deed says what it asks for, and tells an event that shows it from one that does not."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from typing import Any

import pytest

from graphcal.facts import Meeting
from graphcal.graph.exchange import Exchange, Request
from graphcal.outcomes import Deviation, Unmet
from graphcal.people import Person
from graphcal.story.deeds import (
    Deed,
    cancelling,
    deleting,
    forwarding,
    inviting,
    moving,
    relocating,
    renaming,
)

NOW = datetime(2026, 1, 5, tzinfo=UTC)
CHRISTIE = Person("christie", "Christie Cline", "ChristieC@contoso.com")
DIEGO = Person("diego", "Diego Siciliani", "DiegoS@contoso.com")
MEETING = Meeting("Budget", 3, 5, time(9), time(10, 30), "Tokyo Standard Time", "The attic", "Numbers.")


def reading(event: dict[str, Any], status: int = 200) -> Exchange:
    """Return the answer to a reading of an event."""
    request = Request("Alex", "GET", "/me/events/1")
    return Exchange("x-1", request, "https://localhost", status, "", {}, json.dumps(event).encode())


def at(start: str, end: str, zone: str = "UTC") -> dict[str, Any]:
    """Return the times of an event."""
    return {name: {"dateTime": side, "timeZone": zone} for name, side in (("start", start), ("end", end))}


def attended_by(*people: Person) -> dict[str, Any]:
    """Return the attendees of an event."""
    return {"attendees": [{"emailAddress": {"address": person.address}} for person in people]}


MOVED = moving(MEETING, time(15), NOW)
CASES: dict[str, tuple[Deed, dict[str, Any], dict[str, Any]]] = {
    "renamed": (renaming("Money"), {"subject": "Money"}, {"subject": "Budget"}),
    "renamed to nothing": (renaming("Money"), {"subject": "Money"}, {}),
    "moved": (
        MOVED,
        at("2026-05-03T06:00:00.0000000", "2026-05-03T07:30:00.0000000"),
        at("2026-05-03T00:00:00", "2026-05-03T01:30:00"),
    ),
    "moved at one end": (
        MOVED,
        at("2026-05-03T15:00:00", "2026-05-03T16:30:00", "Tokyo Standard Time"),
        at("2026-05-03T06:00:00", "2026-05-03T06:30:00"),
    ),
    "relocated": (relocating("Hall"), {"location": {"displayName": "Hall"}}, {"location": {}}),
    "invited": (inviting((CHRISTIE,), (DIEGO,)), attended_by(CHRISTIE, DIEGO), attended_by(CHRISTIE)),
    "forwarded": (forwarding((DIEGO,)), attended_by(DIEGO), attended_by(CHRISTIE)),
    "cancelled": (cancelling("Rain."), {"isCancelled": True}, {"isCancelled": False}),
    "deleted": (deleting(), {"isCancelled": True}, {"subject": "Budget"}),
}


@pytest.mark.parametrize(("deed", "shown", "hidden"), CASES.values(), ids=CASES)
def test_event_shows_a_deed_or_does_not(deed: Deed, shown: dict[str, Any], hidden: dict[str, Any]) -> None:
    """Times are compared as moments, everything else as it was asked for."""
    deed.check(reading(shown))
    with pytest.raises(Deviation):
        deed.check(reading(hidden))


@pytest.mark.parametrize("deed", [cancelling("Rain."), deleting()], ids=["cancelled", "deleted"])
def test_event_that_is_gone_takes_place_no_more(deed: Deed) -> None:
    """An event that is not found is called off; one that is refused is not known to be."""
    deed.check(reading({"error": {"code": "ErrorItemNotFound"}}, 404))
    with pytest.raises(Unmet):
        deed.check(reading({"error": {"code": "ErrorAccessDenied"}}, 403))


def test_moved_meeting_keeps_its_length_and_zone() -> None:
    """Only the start is said; the end is as much later as before."""
    assert MOVED.body == at("2026-05-03T15:00:00", "2026-05-03T16:30:00", "Tokyo Standard Time")


def test_more_is_sent_and_not_looked_for() -> None:
    """What goes along with a new subject is no part of what has to show."""
    deed = renaming("Money", {"transactionId": "1"})
    assert deed.body == {"subject": "Money", "transactionId": "1"}
    deed.check(reading({"subject": "Money"}))


def test_all_attendees_are_sent_when_one_is_added() -> None:
    """A change of attendees replaces the list."""
    body = inviting((CHRISTIE,), (DIEGO,)).body or {}
    assert [entry["emailAddress"]["address"] for entry in body["attendees"]] == [
        CHRISTIE.address,
        DIEGO.address,
    ]
