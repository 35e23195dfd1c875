"""What a target does not implement is asked for once, and what it lacks of one item says nothing of others."""

from __future__ import annotations

import pytest

from graphcal.graph.capabilities import Capabilities, call_of
from graphcal.graph.exchange import Exchange, Request
from graphcal.outcomes import Unsupported


def answered(status: int, method: str, path: str, body: bytes = b"<html>") -> Exchange:
    """Return an answer to a request."""
    return Exchange("x-1", Request("Alex", method, path), f"https://host{path}", status, "", {}, body)


@pytest.mark.parametrize(
    ("path", "call"),
    [
        ("/me/calendars", "GET /me/calendars"),
        ("/users/a@b.c/calendar/events/AAA=?$select=id", "GET /users/{id}/calendar/events/{id}"),
        ("/me/calendars/x/events/y/accept", "GET /me/calendars/{id}/events/{id}/accept"),
        ("/me/mailFolders/inbox/messages/m", "GET /me/mailFolders/{id}/messages/{id}"),
    ],
)
def test_calls_of_one_shape_are_one_call(path: str, call: str) -> None:
    """Ids and queries make no other call."""
    assert call_of(Request("Alex", "GET", path)) == call


def test_unknown_call_is_asked_for_once() -> None:
    """Another id, or another person, is the same call."""
    capabilities = Capabilities()
    capabilities.require(Request("Alex", "POST", "/me/events/a/forward"))
    assert "forward" in str(capabilities.lacks(answered(405, "POST", "/me/events/a/forward")))
    with pytest.raises(Unsupported, match="forward"):
        capabilities.require(Request("Adele", "POST", "/me/events/b/forward"))
    capabilities.require(Request("Adele", "POST", "/me/events/b/cancel"))


def test_page_of_a_web_server_for_one_item_says_nothing_of_others() -> None:
    """A service whose 404 is not Graph's may still hold the next item."""
    capabilities = Capabilities()
    capabilities.lacks(answered(404, "GET", "/me/events/gone"))
    capabilities.require(Request("Alex", "GET", "/me/events/there"))


def test_what_the_file_declares_is_never_asked_for() -> None:
    """A segment of the path counts, in whatever casing."""
    capabilities = Capabilities(("CalendarPermissions",))
    with pytest.raises(Unsupported, match="the target's file says"):
        capabilities.require(Request("Alex", "GET", "/me/calendar/calendarPermissions/x"))
    capabilities.require(Request("Alex", "GET", "/me/calendar"))


@pytest.mark.parametrize(
    ("status", "body", "answered_by"),
    [
        (200, b"{}", True),
        (401, b"", True),
        (404, b"", True),
        (404, b'{"error": {"code": "ErrorItemNotFound", "message": "Gone."}}', True),
        (404, b'{"message": "Not Found"}', False),
        (404, b"<html>", False),
        (
            400,
            b'{"error": {"code": "BadRequest", "message": "Resource not found for the segment \'x\'."}}',
            False,
        ),
        (405, b"", False),
        (501, b'{"error": {"code": "NotImplemented", "message": "Not yet."}}', False),
    ],
)
def test_answer_is_the_calls_own_or_that_of_a_service_without_it(
    status: int, body: bytes, answered_by: bool
) -> None:
    """Four shapes tell that a call is not implemented."""
    assert Capabilities().answered_by(answered(status, "GET", "/me/events/x", body)) is answered_by


def test_what_has_worked_once_is_judged_by_its_own_errors() -> None:
    """A 404 in another form than Graph's is a wrong error where the call is known to be there."""
    capabilities, foreign = Capabilities(), b'{"message": "Not Found"}'
    assert capabilities.answered_by(answered(200, "GET", "/me/events/a", b"{}"))
    assert capabilities.answered_by(answered(404, "GET", "/me/events/b", foreign))
    assert not capabilities.answered_by(answered(404, "DELETE", "/me/events/b", foreign))
    assert not capabilities.answered_by(answered(404, "GET", "/me/events/b"))
