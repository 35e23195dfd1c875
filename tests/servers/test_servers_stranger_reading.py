"""How a stranger's emulator writes and finds things, what it refuses, and what its tokens open."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
import requests
from hand_walk import HandWalk, segment
from stranger import Stranger, stranger
from stranger_acts import (
    DELIVERY,
    PERMISSIONS,
    act,
    calendar_of,
    entry_of,
    event,
    letters,
    mailbox,
    mails,
    meet,
    post,
    walker,
)

if TYPE_CHECKING:
    from pathlib import Path

PACIFIC = 'outlook.timezone="Pacific Standard Time"'
CLASS = "singleValueExtendedProperties/Any(ep: ep/id eq 'String 0x001A' and {})"


def limited(server: Stranger, *scopes: str) -> HandWalk:
    """Return a client whose tokens are limited to some scopes."""
    tokens = {key: ";".join([token, *scopes]) for key, token in server.tokens.items()}
    return HandWalk(server.base_url, tokens, server.people)


def test_preferences_are_applied_and_acknowledged() -> None:
    """REP-01 to REP-03, REP-06, REP-07: zone and kind of body, on events and messages."""
    with stranger() as server:
        walk = walker(server)
        made = meet(walk, "alex", "Plan", "christie", body={"contentType": "text", "content": "a < b"})
        path = f"/me/events/{segment(made['id'])}"
        plain = walk.ask("alex", "GET", path)
        assert "Preference-Applied" not in plain.headers
        assert [plain.json()["start"]["timeZone"], plain.json()["body"]["contentType"]] == ["UTC", "html"]
        for zone in ("Pacific Standard Time", "America/Los_Angeles"):
            prefer = f'outlook.timezone="{zone}", outlook.body-content-type="text"'
            for url in (path, "/me/events?$filter=subject eq 'Plan'"):
                wished = walk.ask("alex", "GET", url, Prefer=prefer)
                found = wished.json().get("value", [wished.json()])[0]
                assert found["start"] == {
                    "dateTime": "2031-01-25T02:00:00.0000000",
                    "timeZone": zone,
                    "fabrikamRank": 7,
                }
                assert found["body"]["content"] == "a < b"
                assert "outlook.timezone" in wished.headers["Preference-Applied"]
        [request] = letters(walk, "christie", "Plan")
        text = walk.ask(
            "christie",
            "GET",
            f"/me/messages/{segment(request['id'])}",
            Prefer='outlook.body-content-type="text"',
        )
        assert text.json()["body"]["contentType"] == "text"
        nowhere = walk.ask("alex", "GET", "/me/calendars", Prefer='outlook.timezone="Nowhere"')
        assert nowhere.json()["error"]["code"] == "TimeZoneNotSupportedException"


@pytest.mark.parametrize("filters", [True, False])
def test_messages_are_found_as_documented(filters: bool) -> None:
    """REP-14, REP-16: by class, and by date before anything else; not by type."""
    with stranger(filters=filters) as server:
        walk = walker(server)
        meet(walk, "alex", "Plan", "christie")
        act(walk, "christie", event(walk, "christie", "Plan"), "accept")
        since = "receivedDateTime ge 2026-01-01T00:00:00Z and subject eq 'Plan'"
        for who, text, order, found in (
            ("christie", CLASS.format("ep/value eq 'IPM.Schedule.Meeting.Request'"), "", 2),
            ("adele", CLASS.format("startswith(ep/value,'IPM.Schedule.Meeting.Resp.')"), "", 1),
            ("christie", since, "&$orderby=receivedDateTime desc", 1),
            ("christie", since, "&$orderby=subject", "InefficientFilter"),
            ("christie", since, "&$orderby=receivedDateTime desc,subject", 1),
            ("christie", "isof('microsoft.graph.eventMessage')", "", "ErrorInvalidUrlQueryFilter"),
            ("christie", f"{since} and", "", "ErrorInvalidUrlQueryFilter"),
            (
                "christie",
                CLASS.format("ep/value eq 'x'").replace("001A", "0017"),
                "",
                "ErrorInvalidUrlQueryFilter",
            ),
            ("christie", "contains(subject,'lan')", "", 1 if filters else "ErrorInvalidUrlQueryFilter"),
        ):
            url = f"/me/mailFolders/inbox/messages?$filter={quote(text)}{order}"
            answer = walk.ask(who, "GET", url).json()
            assert (len(answer["value"]) if "value" in answer else answer["error"]["code"]) == found, text


@pytest.mark.parametrize("lenient", [False, True])
def test_view_has_a_window_and_no_timestamps(lenient: bool) -> None:
    """REP-12, REP-15, REP-17: offsets are honoured, the preferred zone is not, pages can't be endless."""
    with stranger(lenient=lenient) as server:
        walk = walker(server)
        meet(walk, "alex", "Plan")
        for first, last, found in (
            ("2031-01-25T10:30:00", "2031-01-25T12:00:00", 1),
            ("2031-01-25T12:30:00+02:00", "2031-01-25T14:00:00+02:00", 1),
            ("2031-01-25T11:30:00", "2031-01-25T12:00:00", 0),
        ):
            window = f"startDateTime={quote(first)}&endDateTime={quote(last)}"
            answer = walk.ask("alex", "GET", f"/me/calendarView?{window}", Prefer=PACIFIC)
            assert len(answer.json()["value"]) == found
        for bad in (
            "startDateTime=2031-01-25",
            "startDateTime=2020-01-01&endDateTime=2030-01-01",
            f"{window}&$top=1001",
        ):
            assert walk.ask("alex", "GET", f"/me/calendarView?{bad}").status_code == 400
        window = "startDateTime=2031-01-25&endDateTime=2031-01-26"
        chosen = walk.ask("alex", "GET", f"/me/calendarView?{window}&$select=subject,createdDateTime")
        assert chosen.status_code == (200 if lenient else 400)
        assert "Z" not in chosen.text
        assert set(walk.get("alex", "/me/events?$select=subject,createdDateTime")["value"][0]) == {
            "@odata.type",
            "id",
            "subject",
            "createdDateTime",
        }


def test_stable_ids_survive_a_move() -> None:
    """REP-10: where the client prefers them."""
    with stranger() as server:
        walk = walker(server)
        stable: dict[str, Any] = {"Prefer": 'IdType="ImmutableId"'}
        listed = walk.ask("megan", "GET", "/me/messages", **stable)
        assert "immutableid" in listed.headers["Preference-Applied"].casefold()
        path = f"/me/messages/{segment(listed.json()['value'][0]['id'])}"
        moved = walk.ask("megan", "POST", f"{path}/move", {"destinationId": "deleteditems"}, **stable)
        assert [moved.status_code, moved.json()["id"]] == [201, listed.json()["value"][0]["id"]]
        assert walk.get("megan", path)["parentFolderId"] == moved.json()["parentFolderId"]
        folder = segment(moved.json()["parentFolderId"])
        assert len(walk.all("megan", f"/me/mailFolders/{folder}/messages")) == 1
        assert walk.ask("megan", "PATCH", path, {"isRead": False}).json()["isRead"] is False
        assert walk.ask("megan", "POST", f"{path}/move", {"destinationId": "attic"}).status_code == 400


@pytest.mark.parametrize(
    ("options", "codes", "inner"),
    [
        (
            {},
            [("ErrorItemNotFound", 404), ("ErrorItemNotFound", 404), ("ErrorAccessDenied", 403)],
            "innererror",
        ),
        (
            {"malformed": 400, "inner_error": "innerError"},
            [("ErrorItemNotFound", 404), ("ErrorInvalidIdMalformed", 400), ("ErrorAccessDenied", 403)],
            "innerError",
        ),
        (
            {"generic_codes": True, "inner_error": ""},
            [("itemNotFound", 404), ("itemNotFound", 404), ("accessDenied", 403)],
            "",
        ),
    ],
    ids=["plain", "malformed", "generic"],
)
def test_refusals_have_codes_of_their_own(
    options: dict[str, Any], codes: list[tuple[str, int]], inner: str
) -> None:
    """ERR-01, ERR-06 to ERR-08, CON-15: an unknown id, a broken one, somebody else's calendar."""
    with stranger(**options) as server:
        walk = walker(server)
        other = segment(walk.get("alex", "/me/calendar")["id"])
        for path, expected in zip(
            (f"/me/calendars/{other}", "/me/events/not-an-id", f"{mailbox(walk, 'alex')}/calendar"),
            codes,
            strict=True,
        ):
            refused = walk.ask("diego", "GET", path)
            error = refused.json()["error"]
            assert (error["code"], refused.status_code) == expected
            assert {name for name in error if name.lower() == "innererror"} == ({inner} if inner else set())
        assert walk.ask("alex", "GET", "/users/nobody@fabrikam.example").status_code == 404


def test_no_token_no_answer() -> None:
    """ERR-03: missing, wrong, or of another kind."""
    with stranger() as server:
        for header in (None, "Bearer x", f"Basic {server.tokens['alex']}"):
            headers = {"Authorization": header} if header else {}
            refused = requests.get(f"{server.base_url}/me/calendars", headers=headers, timeout=5)
            assert [refused.status_code, bool(refused.headers["WWW-Authenticate"])] == [401, True]


CALLS: dict[str, tuple[str, str, str, Any]] = {
    "list": ("adele", "GET", "/me/calendars", None),
    "copy": ("adele", "GET", "/me/calendars/{copy}/events", None),
    "mailbox": ("adele", "GET", "/users/{alex}/calendar", None),
    "create": ("adele", "POST", "/me/calendars/{copy}/events", "event"),
    "create_there": ("adele", "POST", "/users/{alex}/calendar/events", "event"),
    "answer": ("christie", "POST", "/me/events/{hers}/accept", {}),
    "forward": ("christie", "POST", "/me/events/{hers}/forward", "diego"),
    "mail": ("christie", "GET", "/me/messages/{request}", None),
    "expand": ("christie", "GET", "/me/messages/{request}?$expand=microsoft.graph.eventMessage/event", None),
    "own": ("alex", "GET", "/me/calendar/events/{his}", None),
    "change": ("alex", "PATCH", "/me/events/{his}", {"showAs": "free"}),
    "rename": ("adele", "PATCH", "/me/calendars/{copy}", {"name": "Boss"}),
    "entries": ("alex", "GET", PERMISSIONS, None),
    "give": ("alex", "POST", PERMISSIONS, "permission"),
    "role": ("alex", "PATCH", PERMISSIONS + "/{entry}", {"role": "write"}),
    "settings": ("alex", "GET", "/me/mailboxSettings", None),
    "option": ("alex", "PATCH", "/me/mailboxSettings", {DELIVERY: "sendToDelegateOnly"}),
}
CHANGES = "answer own change rename entries role"
OPENS = {  # what a stranger lets through that asks for the lesser scope, and what a strict one does
    "Calendars.ReadBasic": ("list entries", ""),
    "Calendars.Read": ("list copy own entries give forward", "list copy own entries"),
    "Calendars.Read.Shared": (
        "list copy mailbox own entries give forward",
        "list copy mailbox own entries",
    ),
    "Calendars.ReadWrite": (
        f"list copy create forward give {CHANGES}",
        f"list copy forward give {CHANGES}",
    ),
    "Calendars.ReadWrite.Shared": (
        f"list copy mailbox create create_there forward give {CHANGES}",
        f"list copy mailbox create create_there forward give {CHANGES}",
    ),
    "Mail.Read": ("mail expand", "mail"),
    "Mail.Read.Shared": ("mail expand", "mail"),
    "MailboxSettings.Read": ("settings", "settings"),
    "https://graph.example/MailboxSettings.ReadWrite": ("settings option", "settings option"),
    "User.Read": ("", ""),
}


@pytest.mark.parametrize("scope", OPENS)
@pytest.mark.parametrize("strict", [False, True])
def test_scope_opens_these_calls(scope: str, strict: bool) -> None:
    """SCP-01 to SCP-11, ERR-04: all others are refused with 403."""
    with stranger(strict_scopes=strict) as server:
        walk = walker(server)
        made = meet(walk, "alex", "Plan", "christie")
        names = {
            "copy": calendar_of(walk, "alex", "adele")["id"],
            "alex": server.people["alex"]["address"],
            "hers": event(walk, "christie", "Plan")["id"],
            "his": made["id"],
            "request": letters(walk, "christie", "Plan")[0]["id"],
            "entry": entry_of(walk, "alex", "adele")["id"],
        }
        bodies = {
            "event": {"subject": "x", "start": made["start"], "end": made["end"]},
            "diego": {"toRecipients": mails(walk, "diego")},
            "permission": {"emailAddress": server.people["diego"], "role": "read"},
        }
        client = limited(server, scope)
        statuses = {}
        for name, (who, method, path, told) in CALLS.items():
            url = path.format(**{key: segment(value) for key, value in names.items()})
            body = bodies[told] if isinstance(told, str) else told
            statuses[name] = client.ask(who, method, url, body).status_code
    opened = {name for name, status in statuses.items() if status < 300}
    assert opened == set(OPENS[scope][strict].split())
    assert {status for name, status in statuses.items() if name not in opened} == {403}


def test_scopes_of_a_token_add_up() -> None:
    """SCP-03: mail and calendar together open the message with its event; none opens nothing."""
    with stranger(strict_scopes=True) as server:
        walk = walker(server)
        meet(walk, "alex", "Plan", "christie")
        path = f"/me/messages/{segment(letters(walk, 'christie', 'Plan')[0]['id'])}"
        path += "?$expand=microsoft.graph.eventMessage/event"
        both = limited(server, "Mail.Read", "Calendars.Read.Shared")
        assert both.ask("christie", "GET", path).status_code == 200
        assert limited(server, "").ask("christie", "GET", "/me/calendars").status_code == 403
        assert post(both, "alex", "x").status_code == 403


def test_target_file_says_how_scopes_are_asked_for(tmp_path: Path) -> None:
    """The template is a secret of the environment, and the token made of it is taken."""
    with stranger() as server:
        text = server.target_toml(tmp_path, scoped=True, setup="api").read_text("utf-8")
        target = tomllib.loads(text)
        assert target["target"]["setup"] == "api"
        scoped = target["people"]["alex"]["scoped_token"]
        template = server.environment[scoped["template"].removeprefix("env:")]
        token = template.format(scopes=scoped["separator"].join(["Mail.Read", "Calendars.Read"]))
        client = HandWalk(server.base_url, {"alex": token}, server.people)
        assert client.ask("alex", "GET", "/me/calendars").status_code == 200
        assert client.ask("alex", "GET", "/me/mailboxSettings").status_code == 403
