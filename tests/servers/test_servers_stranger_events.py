"""Events of a stranger's emulator: made, changed, forwarded, cancelled, by whom the role lets do so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hand_walk import segment
from stranger import stranger
from stranger_acts import (
    WITH,
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
    mails,
    meet,
    post,
    walker,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from hand_walk import HandWalk


def copy_path(walk: HandWalk) -> str:
    """Return the path of the copy of Alex's calendar in Adele's mailbox."""
    return f"/me/calendars/{segment(calendar_of(walk, 'alex', 'adele')['id'])}/events"


def mailbox_path(walk: HandWalk) -> str:
    """Return the path of Alex's calendar in his own."""
    return f"{mailbox(walk, 'alex')}/calendar/events"


WAYS: dict[str, tuple[str, Callable[[HandWalk], str]]] = {
    "owner": ("alex", lambda _: "/me/calendar/events"),
    "copy": ("adele", copy_path),
    "mailbox": ("adele", mailbox_path),
}
ways = pytest.mark.parametrize(("who", "way"), WAYS.values(), ids=WAYS)


@ways
def test_organizers_side_changes_the_meeting(who: str, way: Callable[[HandWalk], str]) -> None:
    """LIF-01, LIF-02, LIF-03, LIF-08, LIF-09: a new request comes, which names what was, and dates the old one."""
    with stranger() as server:
        walk = walker(server)
        made = meet(walk, who, "Plan", "megan", "christie", path=way(walk), location={"displayName": "Here"})
        assert made["isOrganizer"]
        found = event(walk, who, "Plan", way(walk))
        change = {"start": at(14), "end": at(15), "location": {"displayName": "There"}}
        changed = walk.ask(who, "PATCH", f"{way(walk)}/{segment(found['id'])}", change)
        assert changed.status_code == 200
        assert changed.json()["changeKey"] != found["changeKey"]
        assert [place["displayName"] for place in changed.json()["locations"]] == ["There"]
        assert event(walk, "alex", "Plan")["start"]["dateTime"] == "2031-01-25T14:00:00.0000000"
        old, new = letters(walk, "christie", "Plan")
        assert [old["isOutOfDate"], new["isOutOfDate"]] == [True, False]
        assert new["previousStartDateTime"]["dateTime"] == "2031-01-25T10:00:00.0000000"
        assert new["previousLocation"]["displayName"] == "Here"
        assert new["sender"]["emailAddress"]["name"] == server.people[who]["name"]
        assert new["from"]["emailAddress"]["name"] == server.people["alex"]["name"]
        assert event(walk, "christie", "Plan")["start"]["dateTime"] == "2031-01-25T14:00:00.0000000"


def test_only_those_who_are_added_are_told() -> None:
    """LIF-04: the others get nothing, who is invited no more gets a cancellation."""
    with stranger() as server:
        walk = walker(server)
        path = f"/me/events/{segment(meet(walk, 'alex', 'Plan', 'megan')['id'])}"
        walk.ask("alex", "PATCH", path, {"attendees": mails(walk, "megan", "christie")})
        assert [len(letters(walk, who, "Plan")) for who in ("megan", "christie")] == [1, 1]
        walk.ask("alex", "PATCH", path, {"attendees": mails(walk, "christie")})
        assert [entry["meetingMessageType"] for entry in letters(walk, "megan", "Plan")] == [
            "meetingRequest",
            "meetingCancelled",
        ]
        assert len(letters(walk, "christie", "Plan")) == 1
        assert list(answers(event(walk, "alex", "Plan"))) == ["ChristieN"]


def test_what_only_the_owner_sees_tells_nobody() -> None:
    """A reminder and how the time is shown are no change of the meeting."""
    with stranger() as server:
        walk = walker(server)
        made = meet(walk, "alex", "Plan", "megan")
        changed = walk.ask(
            "alex", "PATCH", f"/me/events/{segment(made['id'])}", {"showAs": "OOF", "isReminderOn": False}
        )
        assert [changed.json()["showAs"], changed.json()["isReminderOn"]] == ["oof", False]
        assert len(letters(walk, "megan", "Plan")) == 1


@pytest.mark.parametrize(
    ("rescheduled", "time"),
    [("none", "0001-01-01T00:00:00Z"), ("notResponded", "4501-01-01T00:00:00Z")],
)
def test_another_time_needs_another_answer(rescheduled: str, time: str) -> None:
    """LIF-05: attendees are back to where they were."""
    with stranger(rescheduled=rescheduled) as server:
        walk = walker(server)
        made = meet(walk, "alex", "Plan", "megan")
        assert act(walk, "megan", event(walk, "megan", "Plan"), "accept") == 202
        assert answers(event(walk, "alex", "Plan")) == {"Megan.Brandt": "accepted"}
        walk.ask("alex", "PATCH", f"/me/events/{segment(made['id'])}", {"start": at(8)})
        [megan] = event(walk, "alex", "Plan")["attendees"]
        assert [megan["status"]["response"], megan["status"]["time"]] == [rescheduled, time]
        assert event(walk, "megan", "Plan")["responseStatus"]["response"] == "notResponded"


def test_attendee_changes_and_removes_her_copy_only() -> None:
    """LIF-07, LIF-15: the next update overwrites it; removing it twice is a 404 and tells nobody."""
    with stranger() as server:
        walk = walker(server)
        made = meet(walk, "alex", "Plan", "christie")
        path = f"/me/events/{segment(event(walk, 'christie', 'Plan')['id'])}"
        assert walk.ask("christie", "PATCH", path, {"subject": "Mine"}).json()["subject"] == "Mine"
        assert event(walk, "alex", "Plan")["id"] == made["id"]
        walk.ask("alex", "PATCH", f"/me/events/{segment(made['id'])}", {"body": {"content": "New"}})
        assert walk.get("christie", path)["subject"] == "Plan"
        assert [walk.ask("christie", "DELETE", path).status_code for _ in range(2)] == [204, 404]
        assert letters(walk, "alex", "Plan") == letters(walk, "adele", "Plan") == []
        assert act(walk, "christie", made, "cancel") == 404


@ways
@pytest.mark.parametrize("gone", ["cancel", "delete"])
def test_calling_off_tells_the_attendees(who: str, way: Callable[[HandWalk], str], gone: str) -> None:
    """LIF-10 to LIF-14: with the comment, and the attendee's copy says so; an attendee can't."""
    with stranger() as server:
        walk = walker(server)
        meet(walk, "alex", "Plan", "christie")
        copy = event(walk, "christie", "Plan")
        assert act(walk, "christie", copy, "cancel") == 400
        found = event(walk, who, "Plan", way(walk))
        if gone == "cancel":
            assert act(walk, who, found, "cancel", way(walk), Comment="Rain") == 202
        else:
            assert walk.ask(who, "DELETE", f"{way(walk)}/{segment(found['id'])}").status_code == 204
        [told] = letters(walk, "christie", "Plan", "meetingCancelled")
        assert [told["subject"], told["bodyPreview"]] == [
            "Abgesagt: Plan",
            "Rain" if gone == "cancel" else "",
        ]
        assert walk.get("christie", f"/me/events/{segment(copy['id'])}")["isCancelled"] is True
        assert events(walk, "alex", "Plan") == []


@pytest.mark.parametrize("who", ["alex", "christie"])
def test_forwarding_invites_somebody_else(who: str) -> None:
    """LIF-16: the recipient attends, gets the request, and the organizer is told of what an attendee does."""
    with stranger() as server:
        walk = walker(server)
        meet(walk, "alex", "Plan", "christie")
        found = event(walk, who, "Plan")
        assert act(walk, who, found, "forward", toRecipients=[]) == 400
        assert act(walk, who, found, "forward", ToRecipients=mails(walk, "diego"), Comment="For you") == 202
        [request] = letters(walk, "diego", "Plan", "meetingRequest")
        assert request["sender"]["emailAddress"]["name"] == server.people[who]["name"]
        assert request["bodyPreview"] == "For you"
        assert set(answers(event(walk, "alex", "Plan"))) == {"ChristieN", "DiegoA"}
        assert event(walk, "diego", "Plan")["isOrganizer"] is False
        notices = [
            entry["subject"]
            for entry in walk.all("adele", "/me/mailFolders/inbox/messages")
            if "weitergeleitet" in (entry["subject"] or "")
        ]
        assert notices == ([] if who == "alex" else ["Besprechung weitergeleitet: Plan"])


@pytest.mark.parametrize(
    ("role", "plain", "private"),
    [
        ("freeBusyRead", 403, 403),
        ("limitedRead", 403, 403),
        ("read", 403, 404),
        ("write", 200, 404),
        (WITHOUT, 200, 404),
        (WITH, 200, 200),
    ],
)
def test_role_decides_what_can_be_changed(role: str, plain: int, private: int) -> None:
    """PRM-06 to PRM-10, PRV-03, PRV-04: by the owner's mailbox."""
    with stranger() as server:
        walk = walker(server)
        give(walk, role, "adele")
        path = mailbox_path(walk)
        for subject, sensitivity, status in (("Open", "personal", plain), ("Secret", "Private", private)):
            made = meet(walk, "alex", subject, sensitivity=sensitivity)
            one = f"{path}/{segment(made['id'])}"
            assert walk.ask("adele", "PATCH", one, {"showAs": "free"}).status_code == status
            assert walk.ask("adele", "DELETE", one).status_code == (204 if status == 200 else status)
        created = post(walk, "adele", "Hers", path=path)
        assert created.status_code == (201 if plain == 200 else 403)


@pytest.mark.parametrize(
    ("masking", "listed", "status"), [("absent", 0, 404), ("refused", 1, 403), ("masked", 1, 200)]
)
def test_private_events_are_hidden_in_a_way_of_its_own(masking: str, listed: int, status: int) -> None:
    """PRV-01, PRV-05: left out, refused by id, or told as busy; never what it is about."""
    with stranger(masking=masking) as server:
        walk = walker(server)
        made = meet(walk, "alex", "Secret", "megan", sensitivity="private", body={"content": "Hush"})
        path = mailbox_path(walk)
        found = [entry for entry in walk.all("adele", path) if entry["iCalUId"] == made["iCalUId"]]
        one = walk.ask("adele", "GET", f"{path}/{segment(made['id'])}")
        assert [len(found), one.status_code] == [listed, status]
        for text in (str(found), one.text):
            assert not {"Secret", "Hush", "megan"} & set(text.replace('"', " ").replace("'", " ").split())
        assert [entry["showAs"] for entry in found] == ["busy"] * listed
        give(walk, WITH, "adele")
        assert walk.get("adele", f"{path}/{segment(made['id'])}")["bodyPreview"] == "Hush"


@pytest.mark.parametrize(("shallow", "copies", "statuses"), [(True, 2, [200, 200]), (False, 1, [403, 200])])
def test_lesser_roles_see_less(shallow: bool, copies: int, statuses: list[int]) -> None:
    """PRM-02, PRM-04: free/busy is no subject, limited is no text; whether there is a copy is free."""
    with stranger(shallow_copies=shallow) as server:
        walk = walker(server)
        meet(walk, "alex", "Open", "megan", location={"displayName": "Here"}, body={"content": "Text"})
        found = []
        for role in ("freeBusyRead", "limitedRead"):
            give(walk, role, "christie")
            answer = walk.ask("christie", "GET", f"{mailbox_path(walk)}?$filter=subject eq 'Open'")
            found.append(answer.status_code)
        assert found == statuses
        [limited] = answer.json()["value"]
        assert [limited["subject"], limited["location"]["displayName"]] == ["Open", "Here"]
        assert not {"body", "bodyPreview", "attendees", "organizer"} & limited.keys()
        owners = {entry["owner"]["name"] for entry in walk.all("christie", "/me/calendars")}
        assert len(owners) == copies


def test_series_has_dates() -> None:
    """REP-18: one master among the events, three dates in the view, each with an iCalUId of its own."""
    with stranger() as server:
        walk = walker(server)
        span = {"type": "numbered", "startDate": "2031-01-25", "numberOfOccurrences": 3}
        recurrence = {"pattern": {"type": "daily", "interval": 1}, "range": span}
        master = meet(walk, "alex", "Daily", "christie", recurrence=recurrence)
        window = "startDateTime=2031-01-01T00:00:00Z&endDateTime=2031-02-01T00:00:00Z"
        for who in ("alex", "christie"):
            assert event(walk, who, "Daily")["type"] == "seriesMaster"
            dates = events(walk, who, "Daily", f"/me/calendarView?{window}")
            assert [one["start"]["dateTime"][:10] for one in dates] == [
                "2031-01-25",
                "2031-01-26",
                "2031-01-27",
            ]
            assert len({one["iCalUId"] for one in dates} | {master["iCalUId"]}) == 4
        instances = walk.all("alex", f"/me/events/{segment(master['id'])}/instances?{window}")
        assert [one["seriesMasterId"] for one in instances] == [master["id"]] * 3
        path = f"/me/events/{segment(instances[0]['id'])}"
        assert walk.get("alex", path)["type"] == "occurrence"
        assert walk.ask("alex", "DELETE", path).status_code == 501
        weekly = {"pattern": {"type": "weekly", "interval": 1, "daysOfWeek": ["Sunday"]}, "range": span}
        meet(walk, "alex", "Weekly", recurrence=weekly)
        assert [
            one["start"]["dateTime"][:10]
            for one in events(walk, "alex", "Weekly", f"/me/calendarView?{window}")
        ] == ["2031-01-26"]


def test_attendee_loses_what_is_cancelled() -> None:
    """LIF-12: where a stranger keeps no cancelled events; its message has no event then."""
    with stranger(keeps_cancelled=False, empty_event="missing") as server:
        walk = walker(server)
        made = meet(walk, "alex", "Plan", "christie")
        act(walk, "alex", made, "cancel")
        assert events(walk, "christie", "Plan") == []
        [told] = letters(walk, "christie", "Plan", "meetingCancelled")
        path = f"/me/messages/{segment(told['id'])}?$expand=microsoft.graph.eventMessage/event"
        assert "event" not in walk.get("christie", path)


def test_attendees_entry_may_be_her_own() -> None:
    """RCV-14, TAL-11: it tells her own answer, the others' entries tell none."""
    with stranger(shows_own=True) as server:
        walk = walker(server)
        meet(walk, "alex", "Plan", "megan", "christie")
        act(walk, "christie", event(walk, "christie", "Plan"), "accept")
        assert answers(event(walk, "christie", "Plan")) == {
            "ChristieN": "accepted",
            "Megan.Brandt": "none",
            "AlexO": "none",
        }
        assert answers(event(walk, "megan", "Plan"))["Megan.Brandt"] == "notResponded"


def test_what_cannot_be_is_refused() -> None:
    """INV-25, ERR-09, ERR-10, CON-27: too many people, an end before the start, no such zone or word."""
    with stranger() as server:
        walk = walker(server)
        crowd = [{"emailAddress": {"address": f"{number}@adatum.example"}} for number in range(501)]
        bad: tuple[dict[str, Any], ...] = (
            {"attendees": crowd},
            {"end": at(9)},
            {"start": at(9, zone="Nowhere")},
            {"sensitivity": "shy"},
            {"start": None},
        )
        assert [post(walk, "alex", "x", **more).status_code for more in bad] == [400] * 5
        assert post(walk, "alex", "x", attendees=crowd[1:]).status_code == 201
        made = meet(
            walk, "alex", "y", start=at(1, zone="America/Los_Angeles"), end=at(2, zone="Asia/Tokyo", day=26)
        )
        assert made["originalStartTimeZone"] == "America/Los_Angeles"
        assert made["start"]["dateTime"] == "2031-01-25T09:00:00.0000000"


@pytest.mark.parametrize("refuses", [False, True])
def test_transaction_stays(refuses: bool) -> None:
    """INV-24: it is told where it was set, and can't be changed."""
    with stranger(refuses_extras=refuses, repeating=200) as server:
        walk = walker(server)
        made = meet(walk, "alex", "Plan", transactionId="one")
        again = post(walk, "alex", "Plan", transactionId="one")
        assert [again.status_code, again.json()["id"]] == [200, made["id"]]
        path = f"/me/events/{segment(made['id'])}"
        changed = walk.ask("alex", "PATCH", path, {"transactionId": "two"})
        assert changed.status_code == (400 if refuses else 200)
        assert walk.get("alex", path)["transactionId"] == "one"
        assert "transactionId" not in meet(walk, "alex", "Other")
