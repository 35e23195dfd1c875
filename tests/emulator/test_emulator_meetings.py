"""Meetings from invitation to cancellation: routing, answers, refusals, updates, forwarding."""

from __future__ import annotations

from typing import Any

import pytest
from emulator_world import DINNER, World, addresses, error

OPTION = "delegateMeetingMessageDeliveryOptions"
TOMORROW = {
    "start": {"dateTime": "2019-12-26T18:00:00", "timeZone": "Pacific Standard Time"},
    "end": {"dateTime": "2019-12-26T22:00:00", "timeZone": "Pacific Standard Time"},
}


def _route(world: World, option: str) -> None:
    assert world.acting("alex").patch("/me/mailboxSettings", {OPTION: option}).status_code == 200


def _invite_alex(world: World) -> str:
    """Let Christie invite Alex; return the meeting's iCalUId."""
    body = {**DINNER, "attendees": [{"emailAddress": {"address": "alexw@contoso.com"}, "type": "required"}]}
    uid: str = world.acting("christie").post("/me/events", body).json()["iCalUId"]
    return uid


@pytest.mark.parametrize(
    ("option", "delegate", "owner"),
    [
        ("sendToDelegateOnly", 1, 0),
        ("sendToDelegateAndPrincipal", 1, 1),
        ("sendToDelegateAndInformationToPrincipal", 1, 1),
    ],
)
def test_routing_follows_the_option(world: World, option: str, delegate: int, owner: int) -> None:
    """Requests and responses reach delegate and owner as the option says; the tally is kept in any case."""
    _route(world, option)
    uid = world.invite()["iCalUId"]
    assert world.answer("christie", uid, "accept").status_code == 202
    assert (len(world.inbox("adele")), len(world.inbox("alex"))) == (delegate, owner)
    assert world.event_of("alex", uid)["attendees"][1]["status"]["response"] == "accepted"
    other = _invite_alex(world)
    assert (len(world.inbox("adele")), len(world.inbox("alex"))) == (2 * delegate, 2 * owner)
    assert world.inbox("adele")[0]["isDelegated"] is True
    assert world.event_of("alex", other)["showAs"] == "tentative"
    filed = world.acting("alex").value("/me/mailFolders/deleteditems/messages")
    assert len(filed) == (0 if owner else 1)
    if option.endswith("InformationToPrincipal"):
        assert world.inbox("alex")[0]["meetingRequestType"] == "principalWantsCopy"
    assert world.answer("alex", other, "accept").status_code == 202


def test_share_without_delegation_leaves_responses_to_the_owner(world: World) -> None:
    """A sharee with write access invites as a delegate does, but the responses are the owner's."""
    world.role("adele", "write")
    uid = world.invite()["iCalUId"]
    world.answer("christie", uid, "decline", comment="Sorry")
    assert world.inbox("adele") == []
    response = world.inbox("alex")[0]
    assert (response["meetingMessageType"], response["subject"]) == (
        "meetingDeclined",
        "Declined: Christmas dinner",
    )
    assert addresses(response["toRecipients"]) == ["AlexW@contoso.com"]


def test_option_without_delegates_has_no_effect(world: World) -> None:
    """Without anybody to send to, the owner receives everything."""
    world.role("adele", "none")
    event = world.acting("alex").post("/me/events", DINNER).json()
    world.answer("megan", event["iCalUId"], "accept")
    assert world.inbox("alex")[0]["meetingMessageType"] == "meetingAccepted"


def test_two_delegates_get_the_same(world: World) -> None:
    """The option counts for every delegate of the mailbox."""
    world.role("diego", "delegateWithPrivateEventAccess")
    world.answer("christie", world.invite()["iCalUId"], "accept")
    assert len(world.inbox("adele")) == len(world.inbox("diego")) == 1
    assert addresses(world.inbox("adele")[0]["toRecipients"]) == ["AdeleV@contoso.com", "DiegoS@contoso.com"]


def test_delegates_request_has_no_event_of_hers(world: World) -> None:
    """Expanding the delegate's copy of a request finds nothing: the event is the owner's."""
    _invite_alex(world)
    adele = world.acting("adele")
    message = world.inbox("adele")[0]["id"]
    found = adele.get(f"/me/messages/{message}?$expand=microsoft.graph.eventMessage/event").json()
    assert found["event"] is None
    assert len(adele.value("/users/AlexW@contoso.com/calendar/events")) == 1


def test_delegate_answers_for_the_owner(world: World) -> None:
    """Christie's tally shows Alex, and the response comes from him, sent by Adele."""
    uid = _invite_alex(world)
    adele = world.acting("adele")
    event = adele.value(f"/users/AlexW@contoso.com/events?$filter=iCalUId eq '{uid}'")[0]["id"]
    assert adele.post(f"/users/AlexW@contoso.com/events/{event}/accept", {}).status_code == 202
    assert world.event_of("christie", uid)["attendees"][0]["status"]["response"] == "accepted"
    message = world.inbox("christie")[0]
    assert (message["from"], message["sender"]) != (message["sender"], message["from"])
    assert addresses([message["from"], message["sender"]]) == ["AlexW@contoso.com", "AdeleV@contoso.com"]


@pytest.mark.parametrize(
    ("action", "response", "shown"),
    [
        ("accept", "accepted", "busy"),
        ("tentativelyAccept", "tentativelyAccepted", "tentative"),
        ("decline", "declined", None),
    ],
)
def test_answer_changes_the_own_copy(world: World, action: str, response: str, shown: str | None) -> None:
    """The attendee's event shows what she answered; a declined one leaves the calendar."""
    uid = world.invite()["iCalUId"]
    before = world.event_of("alex", uid)
    world.clock.advance(60)
    assert world.answer("megan", uid, action).status_code == 202
    own = world.acting("megan").value("/me/events")
    assert [(one["responseStatus"]["response"], one["showAs"]) for one in own] == (
        [(response, shown)] if shown else []
    )
    tally = world.event_of("alex", uid)
    assert tally["attendees"][0]["status"] == {"response": response, "time": "2019-12-21T05:00:01.4435890Z"}
    assert tally["changeKey"] != before["changeKey"]
    assert tally["lastModifiedDateTime"] > before["lastModifiedDateTime"]


def test_later_answer_counts(world: World) -> None:
    """Who changes her mind is tallied with the last word."""
    uid = world.invite()["iCalUId"]
    world.answer("christie", uid, "tentativelyAccept")
    world.clock.advance(5)
    world.answer("christie", uid, "accept")
    assert world.event_of("alex", uid)["attendees"][1]["status"]["response"] == "accepted"
    assert len(world.inbox("adele")) == 2


def test_silent_answer_sends_nothing(world: World) -> None:
    """With sendResponse false nobody gets a message; PascalCase parameters are understood."""
    uid = world.invite()["iCalUId"]
    assert world.answer("christie", uid, "accept", SendResponse=False).status_code == 202
    assert world.inbox("adele") == world.inbox("alex") == []


PROPOSAL = {"start": TOMORROW["start"], "end": TOMORROW["end"]}


@pytest.mark.parametrize(
    ("event", "action", "body", "code"),
    [
        (
            {},
            "tentativelyAccept",
            {"proposedNewTime": PROPOSAL, "sendResponse": False},
            "ErrorInvalidParameter",
        ),
        ({}, "decline", {"proposedNewTime": PROPOSAL, "sendResponse": False}, "ErrorInvalidParameter"),
        ({"allowNewTimeProposals": False}, "decline", {"proposedNewTime": PROPOSAL}, "ErrorInvalidParameter"),
        ({}, "accept", {"comment": "x", "sendResponse": False}, "ErrorInvalidParameter"),
        ({"responseRequested": False}, "accept", {}, "ErrorInvalidRequest"),
    ],
    ids=[
        "silent tentative proposal",
        "silent decline proposal",
        "no proposals",
        "silent comment",
        "none requested",
    ],
)
def test_impossible_answers_are_refused(
    world: World, event: dict[str, Any], action: str, body: dict[str, Any], code: str
) -> None:
    """Each combination that the service does not accept is a 400 with its code."""
    uid = world.invite(**event)["iCalUId"]
    assert error(world.answer("christie", uid, action, **body)) == (400, code)


def test_answer_without_response_is_possible_when_none_is_requested(world: World) -> None:
    """Who is not asked for a response may still answer silently."""
    uid = world.invite(responseRequested=False)["iCalUId"]
    assert world.answer("christie", uid, "accept", sendResponse=False).status_code == 202


def test_organizer_cannot_answer_his_own_meeting(world: World) -> None:
    """Neither the owner nor his delegate answers an own meeting."""
    seen = world.invite()
    assert error(world.answer("alex", seen["iCalUId"], "accept")) == (400, "ErrorInvalidRequest")
    path = f"{world.local()}/events/{seen['id']}/accept"
    assert error(world.acting("adele").post(path, {})) == (400, "ErrorInvalidRequest")


def test_foreign_event_id_cannot_be_answered(world: World) -> None:
    """The organizer's id means nothing in the attendee's mailbox."""
    own = world.event_of("alex", world.invite()["iCalUId"])["id"]
    assert error(world.acting("christie").post(f"/me/events/{own}/accept", {})) == (404, "ErrorItemNotFound")


@pytest.mark.parametrize(
    "prefix",
    ["/me/events", "/me/calendar/events", "/me/calendars/{}/events", "/users/ChristieC%40contoso.com/events"],
)
def test_answers_have_many_paths(world: World, prefix: str) -> None:
    """An event is answered below events, calendar, calendars and users."""
    event = world.event_of("christie", world.invite()["iCalUId"])["id"]
    christie = world.acting("christie")
    path = prefix.format(christie.get("/me/calendar").json()["id"])
    assert christie.post(f"{path}/{event}/tentativelyAccept", {}).status_code == 202
    group = christie.value("/me/calendarGroups")[0]["id"]
    assert christie.get(f"/me/calendarGroups/{group}/{path.removeprefix('/me/')}/{event}").status_code == (
        200 if "calendars/" in path else 400
    )


def test_proposal_travels_to_message_and_event(world: World) -> None:
    """A proposed time is in the response and on that attendee only, until the organizer moves the meeting."""
    uid = world.invite()["iCalUId"]
    world.answer("christie", uid, "tentativelyAccept", proposedNewTime=PROPOSAL, comment="Next day?")
    message = world.inbox("adele")[0]
    assert message["subject"] == "New Time Proposed: Christmas dinner"
    assert message["proposedNewTime"]["start"] == {
        "dateTime": "2019-12-27T02:00:00.0000000",
        "timeZone": "UTC",
    }
    megan, christie = world.event_of("alex", uid)["attendees"]
    assert "proposedNewTime" not in megan
    assert christie["proposedNewTime"] == message["proposedNewTime"]
    alex, own = world.acting("alex"), world.event_of("alex", uid)["id"]
    assert (
        alex.patch(f"/me/events/{own}", PROPOSAL).json()["start"]["dateTime"] == "2019-12-27T02:00:00.0000000"
    )
    assert "proposedNewTime" not in world.event_of("alex", uid)["attendees"][1]


def test_update_sends_a_new_request(world: World) -> None:
    """A changed time reaches everybody, names the time before, and outdates the first request."""
    seen = world.invite()
    world.answer("christie", seen["iCalUId"], "accept")
    changed = world.acting("adele").patch(f"{world.local()}/events/{seen['id']}", TOMORROW)
    assert (changed.status_code, changed.json()["changeKey"] != seen["changeKey"]) == (200, True)
    new, old = world.inbox("christie")
    assert new["previousStartDateTime"]["dateTime"] == "2019-12-26T02:00:00.0000000"
    assert "previousLocation" not in new
    assert (new["isOutOfDate"], old["isOutOfDate"]) == (False, True)
    assert addresses([new["sender"], new["from"]]) == ["AdeleV@contoso.com", "AlexW@contoso.com"]
    own = world.event_of("christie", seen["iCalUId"])
    assert own["start"]["dateTime"] == "2019-12-27T02:00:00.0000000"
    assert (own["responseStatus"]["response"], own["showAs"]) == ("notResponded", "tentative")
    assert world.event_of("alex", seen["iCalUId"])["attendees"][1]["status"]["response"] == "notResponded"


def test_delegates_own_invitation_outdates_nothing(world: World) -> None:
    """A delegate who is invited beside the owner holds two requests, both of them current."""
    guests = [{"emailAddress": {"address": f"{name}@contoso.com"}} for name in ("AlexW", "AdeleV")]
    world.acting("christie").post("/me/events", {**DINNER, "attendees": guests})
    found = world.inbox("adele")
    assert sorted((one["isDelegated"], one["isOutOfDate"]) for one in found) == [
        (False, False),
        (True, False),
    ]


def test_change_of_subject_keeps_answers(world: World) -> None:
    """Only a new time asks everybody again."""
    uid = world.invite()["iCalUId"]
    world.answer("christie", uid, "accept")
    alex = world.acting("alex")
    alex.patch(
        f"/me/events/{world.event_of('alex', uid)['id']}",
        {"subject": "Dinner", "location": {"displayName": "Pub"}},
    )
    own = world.event_of("christie", uid)
    assert (own["subject"], own["responseStatus"]["response"], own["showAs"]) == (
        "Dinner",
        "accepted",
        "busy",
    )
    assert world.inbox("christie")[0]["previousLocation"]["displayName"] == "Alex' home"
    assert [one["displayName"] for one in own["locations"]] == ["Pub"]


def test_new_attendee_is_told_alone(world: World) -> None:
    """Who changes nothing but the attendees writes to the changed ones only."""
    seen = world.invite()
    more = [*DINNER["attendees"][:1], {"emailAddress": {"address": "DiegoS@contoso.com"}, "type": "optional"}]
    world.acting("adele").patch(f"{world.local()}/events/{seen['id']}", {"attendees": more})
    assert [len(world.inbox(who)) for who in ("megan", "christie", "diego")] == [1, 2, 1]
    assert world.inbox("christie")[0]["meetingMessageType"] == "meetingCancelled"
    assert addresses(world.inbox("diego")[0]["ccRecipients"]) == ["DiegoS@contoso.com"]


def test_attendees_change_stays_hers(world: World) -> None:
    """An attendee's PATCH changes her copy, until the organizer's next update."""
    uid = world.invite()["iCalUId"]
    christie, own = world.acting("christie"), world.event_of("christie", uid)["id"]
    assert christie.patch(f"/me/events/{own}", {"subject": "Mine"}).status_code == 200
    assert world.event_of("alex", uid)["subject"] == "Christmas dinner"
    world.acting("alex").patch(
        f"/me/events/{world.event_of('alex', uid)['id']}", {"body": {"content": "New"}}
    )
    assert world.event_of("christie", uid)["subject"] == "Christmas dinner"


@pytest.mark.parametrize("how", ["cancel", "cancel by delegate", "delete"])
def test_called_off_meeting_stays_marked(world: World, how: str) -> None:
    """Attendees are told and keep a cancelled event; the organizer's is gone."""
    seen = world.invite()
    if how == "cancel by delegate":
        answer = world.acting("adele").post(
            f"{world.local()}/events/{seen['id']}/cancel", {"Comment": "Snow"}
        )
    else:
        own = world.event_of("alex", seen["iCalUId"])["id"]
        alex = world.acting("alex")
        path = f"/me/events/{own}"
        answer = alex.delete(path) if how == "delete" else alex.post(f"{path}/cancel", {"Comment": "Snow"})
    assert answer.status_code == (204 if how == "delete" else 202)
    message = world.inbox("christie")[0]
    assert (message["meetingMessageType"], message["subject"]) == (
        "meetingCancelled",
        "Canceled: Christmas dinner",
    )
    assert message["bodyPreview"] == ("" if how == "delete" else "Snow")
    assert world.event_of("christie", seen["iCalUId"])["isCancelled"] is True
    assert world.acting("alex").value("/me/events") == []


def test_attendee_cannot_cancel_but_delete(world: World) -> None:
    """Her cancel is a 400; her delete is silent, and works once."""
    uid = world.invite()["iCalUId"]
    christie, own = world.acting("christie"), world.event_of("christie", uid)["id"]
    assert error(christie.post(f"/me/events/{own}/cancel", {})) == (400, "ErrorInvalidRequest")
    assert christie.delete(f"/me/events/{own}").status_code == 204
    assert error(christie.delete(f"/me/events/{own}")) == (404, "ErrorItemNotFound")
    assert world.inbox("adele") == world.inbox("alex") == []


def test_forwarding_adds_the_recipient(world: World) -> None:
    """Who gets a forwarded meeting joins the owner's list, and can answer."""
    uid = world.invite()["iCalUId"]
    body = {"ToRecipients": [{"emailAddress": {"address": "DiegoS@contoso.com"}}], "Comment": "Come!"}
    assert world.answer("christie", uid, "forward", **body).status_code == 202
    assert addresses(world.event_of("alex", uid)["attendees"])[2] == "DiegoS@contoso.com"
    assert world.inbox("diego")[0]["bodyPreview"].startswith("Come!")
    world.answer("diego", uid, "accept")
    assert world.event_of("alex", uid)["attendees"][2]["status"]["response"] == "accepted"
    assert world.answer("christie", uid, "forward").status_code == 400


def test_delivery_takes_its_time() -> None:
    """Messages, attendees' copies and tallies appear only after the delay."""
    world = World(delivery_seconds=3)
    uid = world.invite()["iCalUId"]
    assert world.inbox("christie") == []
    world.clock.advance(2.9)
    assert world.acting("christie").value("/me/events") == []
    world.clock.advance(0.1)
    message = world.inbox("christie")[0]
    assert (message["sentDateTime"], message["receivedDateTime"]) == (
        "2019-12-21T04:59:01Z",
        "2019-12-21T04:59:04Z",
    )
    world.answer("christie", uid, "accept")
    assert world.event_of("alex", uid)["attendees"][1]["status"]["response"] == "none"
    world.clock.advance(3)
    status = world.event_of("alex", uid)["attendees"][1]["status"]
    assert status == {"response": "accepted", "time": "2019-12-21T04:59:04.4435890Z"}


def test_transaction_id_makes_retries_harmless(world: World) -> None:
    """The same body posted twice is one event and one invitation."""
    first, second = (world.invite(transactionId="7e1") for _ in range(2))
    assert first["id"] == second["id"]
    assert first["transactionId"] == "7e1"
    assert len(world.inbox("christie")) == 1
    assert "transactionId" not in world.invite(transactionId=None)
