"""A stranger's emulator is a legal service that chooses otherwise wherever it may."""

from __future__ import annotations

import base64
import time
import tomllib
from typing import TYPE_CHECKING, Any, get_args, get_type_hints
from urllib.parse import quote

import pytest
from hand_walk import COMMENT, SUBJECT, HandWalk, segment
from stranger import Stranger, stranger
from stranger_options import LEGAL, Options

if TYPE_CHECKING:
    from pathlib import Path


def walker(server: Stranger, base_url: str = "") -> HandWalk:
    """Return a client for a stranger."""
    return HandWalk(base_url or server.base_url, server.tokens, server.people)


def who(entries: list[dict[str, Any]]) -> list[str]:
    """Return the local parts of attendees' or recipients' addresses."""
    return [entry["emailAddress"]["address"].partition("@")[0] for entry in entries]


@pytest.mark.parametrize(
    ("shared_only", "reader"), [(False, "adele"), (True, "alex")], ids=["delegated", "shared"]
)
@pytest.mark.parametrize("delivery", [0.0, 0.3], ids=["at_once", "slow"])
def test_six_steps_can_be_walked(shared_only: bool, reader: str, delivery: float) -> None:
    """Alex's delegate invites, Christie answers, and the answer goes where the arrangement sends it."""
    with stranger(shared_only=shared_only, delivery=delivery) as server:
        walk = walker(server)
        walk.walk(reader)
        created, request = walk.steps["created"], walk.steps["request"]
        assert created.status_code == 201
        assert created.json()["start"]["dateTime"] == "2030-12-25T18:00:00.0000000"
        assert who(created.json()["attendees"]) == ["ChristieN", "Megan.Brandt"]
        assert who([request["sender"], request["from"]]) == ["AdeleD", "AlexO"]
        assert request["event"]["start"]["dateTime"] == "2030-12-26T02:00:00.0000000"
        assert request["event"]["responseStatus"]["response"] == "notResponded"
        assert who(request["event"]["attendees"]) == ["ChristieN", "Megan.Brandt", "AlexO"]
        assert (walk.steps["answered"].status_code, walk.steps["answered"].content) == (202, b"")
        response = walk.steps["response"]
        assert response["subject"] == f"Mit Vorbehalt: {SUBJECT}"
        assert response["bodyPreview"] == COMMENT
        assert who(response["toRecipients"]) == (["AlexO"] if shared_only else ["AdeleD"])
        root, index = (base64.b64decode(found["conversationIndex"]) for found in (request, response))
        assert (len(root), len(index), index[:22]) == (22, 27, root)
        told = {entry["emailAddress"]["name"]: entry["status"] for entry in walk.steps["tally"]["attendees"]}
        assert told["Megan Brandt"]["response"] == "none"
        assert told["Christie Ng"]["response"] == "tentativelyAccepted"
        own = walk.get("christie", f"/me/events/{segment(request['event']['id'])}")
        assert own["responseStatus"]["time"] == told["Christie Ng"]["time"]
        other = "adele" if shared_only else "alex"
        assert walk.inbox(other, "meetingTen") == []


def test_arrival_is_late() -> None:
    """With a delivery time, nothing is there at once: not the copy by its id, nor the invitation."""
    with stranger(delivery=0.3) as server:
        walk = walker(server)
        event = walk.invite().json()
        assert walk.ask("adele", "GET", f"/me/events/{segment(event['id'])}").status_code == 404
        assert walk.inbox("christie", "meetingRequest") == []
        time.sleep(0.35)
        assert walk.ask("adele", "GET", f"/me/events/{segment(event['id'])}").status_code == 200
        assert len(walk.inbox("christie", "meetingRequest")) == 1


def test_pages_are_small_and_links_absolute() -> None:
    """The copy of Alex's calendar is on the second page, however many entries are asked for."""
    with stranger() as server:
        walk = walker(server)
        first = walk.get("adele", "/me/calendars?$top=50")
        assert [len(first["value"]), first["@odata.nextLink"].startswith(server.base_url)] == [3, True]
        owners = [entry["owner"]["name"] for entry in walk.all("adele", "/me/calendars")]
        assert owners == ["Adele D'Souza"] * 3 + ["Alex Öztürk"] * 2
        assert len(walk.get("adele", "/me/messages?$top=2")["value"]) == 2


def test_ids_have_to_be_encoded() -> None:
    """Every id holds characters that mean something else in a path."""
    with stranger() as server:
        walk = walker(server)
        for entry in walk.all("adele", "/me/calendars") + walk.all("adele", "/me/messages"):
            assert {"/", "+", "="} <= set(entry["id"])
        raw = walk.ask("adele", "GET", f"/me/calendars/{walk.copy()['id']}")
        assert raw.json()["error"]["innererror"]["request-id"]


def test_filters_are_few_and_may_be_none() -> None:
    """What a service can't filter it refuses with a 400."""
    event = "iCalUId eq '{}'"
    with stranger() as server, stranger(filters=False, select=False) as poor:
        walk, plain = walker(server), walker(poor)
        found = walk.invite().json()["iCalUId"]
        for text, count in (
            (event.format(found), 1),
            ("subject eq 'Christmas dinner'", 1),
            ("startswith(subject,'christmas dinner')", 3),
            ("contains(subject,'it''s')", 0),
        ):
            assert len(walk.all("alex", f"/me/events?$filter={quote(text)}")) == count
        for client, text in ((walk, "isOrganizer eq true"), (plain, event.format(found))):
            refused = client.ask("alex", "GET", f"/me/events?$filter={quote(text)}")
            assert (refused.status_code, refused.json()["error"]["code"]) == (
                400,
                "ErrorInvalidUrlQueryFilter",
            )
        chosen = walk.get("alex", "/me/messages?$select=subject")["value"][0]
        assert {name for name in chosen if name[0] != "@"} == {"id", "subject"}
        assert "body" in plain.get("alex", "/me/messages?$select=subject")["value"][0]


def test_retry_with_a_transaction_creates_nothing() -> None:
    """INV-24: the same id twice, one invitation."""
    with stranger() as server:
        walk = walker(server)
        first, second = (walk.invite(transactionId="t-1").json()["id"] for _ in range(2))
        assert first == second
        assert len(walk.inbox("christie", "meetingRequest")) == 1


@pytest.mark.parametrize("way", ["DELETE", "cancel"])
@pytest.mark.parametrize("person", ["adele", "alex"])
def test_organizers_side_calls_off(way: str, person: str) -> None:
    """The event goes, the attendees are told, and their copies say so."""
    with stranger() as server:
        walk = walker(server)
        walk.walk()
        identifier = (walk.steps["created"].json() if person == "adele" else walk.steps["tally"])["id"]
        path = f"/me/events/{segment(identifier)}"
        called = (
            walk.ask(person, "DELETE", path)
            if way == "DELETE"
            else walk.ask(person, "POST", path + "/cancel")
        )
        assert called.status_code == (204 if way == "DELETE" else 202)
        assert walk.ask(person, "GET", path).status_code == 404
        assert len(walk.inbox("christie", "meetingCancelled")) == 1
        copy = walk.get("christie", f"/me/events/{segment(walk.steps['request']['event']['id'])}")
        assert copy["isCancelled"] is True


def test_deleted_message_lies_in_the_bin_under_another_id() -> None:
    """REP-10: an id may change on a move; what is deleted in the bin is gone."""
    with stranger() as server:
        walk = walker(server)
        before = walk.all("megan", "/me/messages")
        path = f"/me/messages/{segment(before[0]['id'])}"
        assert [walk.ask("megan", "DELETE", path).status_code for _ in range(2)] == [204, 404]
        binned = walk.all("megan", "/me/mailFolders/deleteditems/messages")
        assert [entry["subject"] for entry in binned] == [before[0]["subject"]]
        assert len(walk.all("megan", "/me/messages")) == len(before)
        walk.ask("megan", "DELETE", f"/me/messages/{segment(binned[0]['id'])}")
        assert len(walk.all("megan", "/me/messages")) == len(before) - 1


def test_delegation_can_be_arranged_through_the_api() -> None:
    """Permissions and the delivery option can be read, changed, removed and given again."""
    with stranger() as server:
        walk = walker(server)
        path = "/me/calendar/calendarPermissions"
        grants = walk.all("alex", path)
        roles = {entry["emailAddress"]["name"]: entry["role"] for entry in grants}
        assert roles["Adele D'Souza"] == "delegateWithoutPrivateEventAccess"
        [adele] = [entry for entry in grants if entry["emailAddress"]["name"] == "Adele D'Souza"]
        one = f"{path}/{segment(adele['id'])}"
        assert walk.ask("alex", "PATCH", one, {"role": "read"}).json()["role"] == "read"
        assert walk.copy()["canEdit"] is False
        assert walk.ask("alex", "DELETE", one).status_code == 204
        assert (
            walk.ask("adele", "GET", f"/users/{server.people['alex']['address']}/calendar").status_code == 404
        )
        given = {"emailAddress": server.people["adele"], "role": "delegateWithPrivateEventAccess"}
        assert walk.ask("alex", "POST", path, given).status_code == 201
        assert walk.copy()["canViewPrivateItems"] is True
        option = {"delegateMeetingMessageDeliveryOptions": "sendToDelegateAndPrincipal"}
        assert walk.ask("alex", "PATCH", "/me/mailboxSettings", option).status_code == 200
        walk.walk()
        assert len(walk.inbox("alex", "meetingTen")) == 1


def test_owners_mailbox_is_open_to_the_delegate_alone() -> None:
    """SET-12, PRM-03, ERR-12: the calendar of Alex by his address or id, and nothing else of his."""
    with stranger() as server:
        walk = walker(server)
        walk.walk()
        path = f"/users/{server.people['alex']['address']}"
        his = walk.get("adele", f"{path}/calendar")
        assert [his["id"] != walk.copy()["id"], his["canShare"], his["canEdit"]] == [True, False, True]
        listed = [entry["id"] for entry in walk.all("adele", f"{path}/calendar/events")]
        assert walk.steps["tally"]["id"] in listed
        statuses = [
            walk.ask(person, "GET", path + below).status_code
            for person, below in (
                ("diego", "/calendar"),
                ("adele", "/mailboxSettings"),
                ("adele", "/messages"),
                ("adele", "/calendar/calendarPermissions"),
            )
        ]
        assert statuses == [403] * 4
        assert walk.ask("adele", "GET", "/me/contacts").status_code == 400
        assert walk.ask("adele", "GET", "/users/nobody@fabrikam.example/calendar").status_code == 404


def test_calendar_view_needs_a_window() -> None:
    """REP-17: start and end are required, and bound what is found."""
    with stranger() as server:
        walk = walker(server)
        walk.invite()
        window = "startDateTime=2030-12-26T02:30:00Z&endDateTime=2030-12-26T03:00:00Z"
        assert [entry["subject"] for entry in walk.all("alex", f"/me/calendarView?{window}")] == [SUBJECT]
        assert walk.ask("alex", "GET", "/me/calendarView").status_code == 400


def test_refusals_are_of_graph() -> None:
    """Without a token 401, with a wrong zone 400, and what is not built says 501."""
    with stranger() as server:
        walk = walker(server)
        nobody = walk.ask("adele", "GET", "/me", Authorization="Bearer wrong")
        assert nobody.status_code == 401
        assert nobody.json()["error"]["code"] == "InvalidAuthenticationToken"
        zone = walk.ask("alex", "GET", "/me/events", Prefer='outlook.timezone="Nowhere"')
        assert (zone.status_code, zone.json()["error"]["code"]) == (400, "TimeZoneNotSupportedException")
        moment = {"dateTime": "2030-01-01T10:00:00", "timeZone": "UTC"}
        series = {"subject": "x", "start": moment, "end": moment, "isOnlineMeeting": True}
        assert walk.ask("alex", "POST", "/me/events", series).status_code == 501


def test_target_file_names_secrets_only(tmp_path: Path) -> None:
    """The tokens are in the environment, not in the file."""
    with stranger() as server:
        text = server.target_toml(tmp_path, base_url="http://127.0.0.1:1/x", delivery_timeout=3).read_text(
            "utf-8"
        )
        target = tomllib.loads(text)
        assert target["target"]["base_url"] == "http://127.0.0.1:1/x"
        assert target["target"]["delivery_timeout"] == 3
        assert set(target["people"]) == {"alex", "adele", "megan", "christie", "diego"}
        for key, person in target["people"].items():
            assert server.environment[person["token"].removeprefix("env:")] == server.tokens[key]
            assert server.tokens[key] not in text


def test_legal_strangers_make_every_choice() -> None:
    """Each value that a field can have is that of the default, or of one of the legal strangers."""
    hints, taken = get_type_hints(Options), [Options(), *(Options(**given) for given in LEGAL.values())]
    for name in list(Options.__dataclass_fields__):
        choices = {bool: {True, False}}.get(hints[name], set(get_args(hints[name])))
        if name not in {"shared_only", "select"}:
            assert choices <= {getattr(options, name) for options in taken}, name


@pytest.mark.parametrize("options", LEGAL.values(), ids=LEGAL)
def test_every_legal_stranger_can_be_walked(options: dict[str, Any]) -> None:
    """The six steps hold whatever is chosen."""
    with stranger(**options) as server:
        walk = walker(server)
        walk.walk()
        told = {entry["emailAddress"]["name"]: entry["status"] for entry in walk.steps["tally"]["attendees"]}
        assert told["Christie Ng"]["response"] == "tentativelyAccepted"


def test_promised_role_takes_its_time() -> None:
    """D.7: an entry says at once what has an effect later, where the sharee can see whether it has."""
    with stranger(delivery=0.3) as server:
        walk = walker(server)
        path = "/me/calendar/calendarPermissions"
        [adele] = [entry for entry in walk.all("alex", path) if "Adele" in entry["emailAddress"]["name"]]
        one = f"{path}/{segment(adele['id'])}"
        for role, edits in (("read", True), ("write", False)):
            assert walk.ask("alex", "PATCH", one, {"role": role}).json()["role"] == role
            assert walk.get("alex", one)["role"] == role
            assert walk.copy()["canEdit"] is edits
            time.sleep(0.35)
        assert walk.ask("alex", "DELETE", one).status_code == 204
        assert walk.ask("alex", "GET", one).status_code == 404
        assert walk.copy()["canEdit"] is True
        time.sleep(0.35)
        assert len(walk.all("adele", "/me/calendars")) == 4
