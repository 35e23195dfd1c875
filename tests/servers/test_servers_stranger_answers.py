"""Answers at a stranger's emulator, and whom meeting messages reach."""

from __future__ import annotations

import pytest
from hand_walk import segment
from stranger import stranger
from stranger_acts import (
    DELIVERY,
    WITHOUT,
    act,
    answers,
    at,
    calendar_of,
    event,
    events,
    give,
    letters,
    mailbox,
    meet,
    walker,
)

ONLY, BOTH = "sendToDelegateOnly", "sendToDelegateAndPrincipal"
INFORM = "sendToDelegateAndInformationToPrincipal"


@pytest.mark.parametrize(
    ("action", "response", "kind", "shown"),
    [
        ("accept", "accepted", "meetingAccepted", "busy"),
        ("tentativelyAccept", "tentativelyAccepted", "meetingTenativelyAccepted", "tentative"),
        ("decline", "declined", "meetingDeclined", "free"),
    ],
)
def test_answers_are_told_and_tallied(action: str, response: str, kind: str, shown: str) -> None:
    """RSP-02, RSP-05 to RSP-08, TAL-06: the message, the own copy and the owner's event agree."""
    with stranger(keeps_declined=True) as server:
        walk = walker(server)
        meet(walk, "alex", "Plan", "megan", "christie")
        assert act(walk, "christie", event(walk, "christie", "Plan"), action, comment="Well") == 202
        [letter] = letters(walk, "adele", "Plan")
        assert [letter["meetingMessageType"], letter["responseType"], letter["bodyPreview"]] == [
            kind,
            response,
            "Well",
        ]
        assert answers(event(walk, "alex", "Plan")) == {"Megan.Brandt": "none", "ChristieN": response}
        assert set(answers(event(walk, "megan", "Plan")).values()) == {"none"}
        own = event(walk, "christie", "Plan")
        assert [own["responseStatus"]["response"], own["showAs"]] == [response, shown]


def test_declined_event_may_go() -> None:
    """RSP-08: then the request has no event any more."""
    with stranger(empty_event="object") as server:
        walk = walker(server)
        meet(walk, "alex", "Plan", "christie")
        act(walk, "christie", event(walk, "christie", "Plan"), "decline")
        assert events(walk, "christie", "Plan") == []
        [request] = letters(walk, "christie", "Plan")
        path = f"/me/messages/{segment(request['id'])}"
        assert walk.get("christie", f"{path}?$expand=microsoft.graph.eventMessage/event")["event"] == {}
        assert walk.ask("christie", "GET", f"{path}/microsoft.graph.eventMessage/event").status_code == 404


def test_every_path_leads_to_the_answer() -> None:
    """RSP-03, RSP-21: each in turn, the last one counts."""
    with stranger() as server:
        walk = walker(server)
        meet(walk, "alex", "Plan", "christie")
        found = event(walk, "christie", "Plan")
        primary = segment(walk.get("christie", "/me/calendar")["id"])
        group = segment(walk.all("christie", "/me/calendarGroups")[0]["id"])
        paths = (
            "/me/events",
            "/me/calendar/events",
            f"/me/calendars/{primary}/events",
            f"{mailbox(walk, 'christie')}/events",
            f"/me/calendarGroups/{group}/calendars/{primary}/events",
            f"/me/calendarGroup/calendars/{primary}/events",
        )
        statuses = [act(walk, "christie", found, "tentativelyAccept", path) for path in paths]
        assert statuses == [202] * len(paths)
        assert act(walk, "christie", found, "microsoft.graph.accept", Comment="Yes", SendResponse=True) == 202
        assert answers(event(walk, "alex", "Plan")) == {"ChristieN": "accepted"}
        assert (
            act(walk, "christie", found, "accept", f"/me/calendarGroups/{primary}/calendars/{primary}/events")
            == 404
        )


@pytest.mark.parametrize("silent_tally", [False, True])
def test_nothing_is_sent_where_nothing_shall_be(silent_tally: bool) -> None:
    """RSP-09, RSP-10: no message; the tally is the stranger's choice."""
    with stranger(silent_tally=silent_tally) as server:
        walk = walker(server)
        meet(walk, "alex", "Plan", "christie")
        found = event(walk, "christie", "Plan")
        assert act(walk, "christie", found, "accept", sendResponse=False) == 202
        assert letters(walk, "adele", "Plan") == []
        assert answers(event(walk, "alex", "Plan")) == {"ChristieN": "accepted" if silent_tally else "none"}
        assert event(walk, "christie", "Plan")["responseStatus"]["response"] == "accepted"


@pytest.mark.parametrize("lenient", [False, True])
def test_refusals_that_no_document_promises(lenient: bool) -> None:
    """RSP-11, RSP-17, RSP-18: the organizer's answer, a comment that nobody gets, an unasked answer."""
    status = 202 if lenient else 400
    with stranger(lenient=lenient) as server:
        walk = walker(server)
        made = meet(walk, "alex", "Plan", "christie")
        found = event(walk, "christie", "Plan")
        assert act(walk, "alex", made, "accept") == status
        copy = f"/me/calendars/{segment(calendar_of(walk, 'alex', 'adele')['id'])}/events"
        assert act(walk, "adele", event(walk, "adele", "Plan", copy), "accept", copy) == status
        assert act(walk, "christie", found, "accept", comment="x", sendResponse=False) == status
        meet(walk, "alex", "Unasked", "christie", responseRequested=False)
        unasked = event(walk, "christie", "Unasked")
        assert act(walk, "christie", unasked, "accept") == status
        assert act(walk, "christie", unasked, "accept", sendResponse=False) == 202
        assert letters(walk, "adele", "Unasked") == []
        assert act(walk, "christie", made, "accept") == 404


@pytest.mark.parametrize("derived", [True, False])
def test_another_time_can_be_proposed(derived: bool) -> None:
    """RSP-12 to RSP-16, LIF-06: by those who are allowed to, in the message and in the owner's event."""
    slot = {"start": at(14), "end": at(15)}
    with stranger(derived_types=derived) as server:
        walk = walker(server)
        made = meet(walk, "alex", "Plan", "megan", "christie")
        found = event(walk, "christie", "Plan")
        for action in ("tentativelyAccept", "decline"):
            assert act(walk, "christie", found, action, proposedNewTime=slot, sendResponse=False) == 400
        assert (
            act(walk, "christie", found, "tentativelyAccept", proposedNewTime=slot, comment="Later?") == 202
        )
        [letter] = letters(walk, "adele", "Plan")
        assert letter["subject"] == "Neuer Terminvorschlag: Plan"
        assert letter["@odata.type"].endswith("eventMessageResponse" if derived else "eventMessage")
        assert letter["proposedNewTime"]["start"]["dateTime"] == "2031-01-25T14:00:00.0000000"
        proposals = ["proposedNewTime" in entry for entry in event(walk, "alex", "Plan")["attendees"]]
        assert proposals == [True, False]
        assert walk.ask("alex", "PATCH", f"/me/events/{segment(made['id'])}", slot).status_code == 200
        assert "proposedNewTime" not in event(walk, "alex", "Plan")["attendees"][0]
        meet(walk, "alex", "Fixed", "christie", allowNewTimeProposals=False)
        fixed = event(walk, "christie", "Fixed")
        assert act(walk, "christie", fixed, "decline", proposedNewTime=slot) == 400
        assert act(walk, "christie", fixed, "accept", proposedNewTime=slot) == 202


@pytest.mark.parametrize("discreet", [False, True])
def test_delegate_answers_for_the_owner(discreet: bool) -> None:
    """RSP-20, RTE-13 to RTE-15: the request comes to her, the event is the owner's."""
    with stranger(discreet=discreet) as server:
        walk = walker(server)
        meet(walk, "christie", "Review", "alex")
        [request] = letters(walk, "adele", "Review", "meetingRequest")
        assert request["isDelegated"] is True
        assert letters(walk, "alex", "Review") == []
        expanded = f"/me/messages/{segment(request['id'])}?$expand=microsoft.graph.eventMessage/event"
        assert walk.get("adele", expanded)["event"] is None
        path = f"{mailbox(walk, 'alex')}/events"
        his = event(walk, "adele", "Review", path)
        assert [his["isOrganizer"], his["showAs"]] == [False, "tentative"]
        copy = f"/me/calendars/{segment(calendar_of(walk, 'alex', 'adele')['id'])}/events"
        assert event(walk, "adele", "Review", copy)["isOrganizer"] is False
        assert act(walk, "diego", his, "accept", path) == 403
        assert act(walk, "adele", his, "accept", path) == 202
        [letter] = letters(walk, "christie", "Review")
        assert letter["from"]["emailAddress"]["name"] == server.people["alex"]["name"]
        sender = server.people["alex" if discreet else "adele"]["name"]
        assert letter["sender"]["emailAddress"]["name"] == sender
        assert answers(event(walk, "christie", "Review")) == {"AlexO": "accepted"}
        give(walk, "write", "adele")
        assert act(walk, "adele", his, "decline", path) == 403


@pytest.mark.parametrize("delegates", [[], ["adele"], ["adele", "diego"]], ids=["none", "one", "two"])
@pytest.mark.parametrize("option", [ONLY, BOTH, INFORM])
def test_option_says_where_messages_go(option: str, delegates: list[str]) -> None:
    """RTE-01, RTE-11 to RTE-17, SET-24: requests to the owner and responses, for each number of delegates."""
    with stranger(bins_requests=True) as server:
        walk = walker(server)
        give(walk, "write", "adele")
        for person in delegates:
            give(walk, WITHOUT, person)
        walk.ask("alex", "PATCH", "/me/mailboxSettings", {DELIVERY: option})
        meet(walk, "christie", "Review", "alex")
        meet(walk, "alex", "Plan", "christie")
        act(walk, "christie", event(walk, "christie", "Plan"), "accept")
        alone = option == ONLY and bool(delegates)
        expected = sorted([*delegates, *([] if alone else ["alex"])])
        for subject, kind in (("Review", "meetingRequest"), ("Plan", "meetingAccepted")):
            people = [who for who in ("adele", "alex", "diego", "megan") if letters(walk, who, subject, kind)]
            assert people == expected
        for who in expected:
            [request] = letters(walk, who, "Review")
            assert request["isDelegated"] is (who != "alex")
            informed = option == INFORM and bool(delegates) and who == "alex"
            assert request["meetingRequestType"] == (
                "principalWantsCopy" if informed else "newMeetingRequest"
            )
            to = [entry["emailAddress"]["name"] for entry in letters(walk, who, "Plan")[0]["toRecipients"]]
            assert sorted(to) == sorted(server.people[person]["name"] for person in expected)
        binned = [entry["subject"] for entry in walk.all("alex", "/me/mailFolders/deleteditems/messages")]
        assert binned == (["Review"] if alone else [])
        assert act(walk, "alex", event(walk, "alex", "Review"), "accept") == 202


def test_custom_calendars_concern_no_delegate() -> None:
    """RTE-01: what is answered about them comes to the owner."""
    with stranger() as server:
        walk = walker(server)
        made = walk.ask("alex", "POST", "/me/calendars", {"name": "Club"}).json()
        meet(walk, "alex", "Match", "christie", path=f"/me/calendars/{segment(made['id'])}/events")
        act(walk, "christie", event(walk, "christie", "Match"), "accept")
        assert [len(letters(walk, who, "Match")) for who in ("alex", "adele")] == [1, 0]
