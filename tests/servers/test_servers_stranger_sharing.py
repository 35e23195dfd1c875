"""Calendars, permissions, settings and schedules of a stranger's emulator."""

from __future__ import annotations

from typing import Any

import pytest
from hand_walk import segment
from stranger import stranger
from stranger_acts import (
    DELIVERY,
    PERMISSIONS,
    WITH,
    WITHOUT,
    at,
    calendar_of,
    entry_of,
    give,
    mailbox,
    meet,
    walker,
)

OUTSIDE = {"emailAddress": {"name": "Erika", "address": "erika@contoso.example"}}


def test_copy_follows_the_role() -> None:
    """SET-04, SET-05, SET-08, SET-09, PRM-15: what the copy says of the sharee's rights."""
    with stranger() as server:
        walk = walker(server)
        for role, edits, private in (
            ("read", False, False),
            ("write", True, False),
            (WITHOUT, True, False),
            (WITH, True, True),
        ):
            give(walk, role, "christie")
            copy = calendar_of(walk, "alex", "christie")
            assert [copy["canEdit"], copy["canViewPrivateItems"], copy["canShare"]] == [edits, private, False]
            assert copy["name"] == "Alex Öztürk"


@pytest.mark.parametrize("refuses", [False, True])
def test_sharee_renames_her_copy(refuses: bool) -> None:
    """SET-18, SET-19, PRM-13: for herself, and nothing else of it."""
    with stranger(refuses_extras=refuses) as server:
        walk = walker(server)
        give(walk, "read", "adele")
        path = f"/me/calendars/{segment(calendar_of(walk, 'alex', 'adele')['id'])}"
        assert walk.ask("adele", "PATCH", path, {"name": "Boss"}).json()["name"] == "Boss"
        assert calendar_of(walk, "alex", "adele")["name"] == "Boss"
        assert walk.get("alex", "/me/calendar")["name"] == "Kalender"
        color = walk.ask("adele", "PATCH", path, {"color": "lightRed"})
        assert color.status_code == (400 if refuses else 200)
        assert walk.get("adele", path)["color"] == "lightTeal"
        other = walk.ask("adele", "PATCH", f"{mailbox(walk, 'alex')}/calendar", {"name": "Mine"})
        assert other.status_code == 403


def test_custom_calendar_is_made_shared_and_removed() -> None:
    """SET-07, SET-20, SET-30: it keeps its name, and has no delegates."""
    with stranger() as server:
        walk = walker(server)
        made = walk.ask("alex", "POST", "/me/calendars", {"name": "Club"})
        assert made.status_code == 201
        assert walk.ask("alex", "POST", "/me/calendars", {"name": "Club"}).status_code == 400
        path = f"/me/calendars/{segment(made.json()['id'])}"
        names = [entry["emailAddress"]["name"] for entry in walk.all("alex", f"{path}/calendarPermissions")]
        assert names == ["My Organization"]
        body = {"emailAddress": server.people["christie"]}
        for role, status in ((WITHOUT, 400), ("write", 201), ("read", 400)):
            given = walk.ask("alex", "POST", f"{path}/calendarPermissions", {**body, "role": role})
            assert given.status_code == status
        shared = [entry["name"] for entry in walk.all("christie", "/me/calendars")]
        assert shared[-1] == "Club"
        found = walk.all("christie", f"{mailbox(walk, 'alex')}/calendars")
        assert [entry["isTallyingResponses"] for entry in found] == [False]
        copy = f"/me/calendars/{segment(walk.all('christie', '/me/calendars')[-1]['id'])}"
        meet(walk, "christie", "Match", path=f"{copy}/events")
        assert walk.ask("christie", "DELETE", copy).status_code == 204
        assert "Club" not in [entry["name"] for entry in walk.all("christie", "/me/calendars")]
        assert walk.ask("alex", "DELETE", path).status_code == 204
        assert walk.ask("alex", "GET", path).status_code == 404
        assert walk.ask("alex", "DELETE", "/me/calendar").status_code == 403
        assert (
            walk.ask("adele", "POST", f"{mailbox(walk, 'alex')}/calendars", {"name": "x"}).status_code == 403
        )


@pytest.mark.parametrize("refuses", [False, True])
def test_permissions_are_the_owners(refuses: bool) -> None:
    """SET-25 to SET-31, PRM-01, PRM-14: entries, their roles, and what of them can be changed."""
    with stranger(refuses_extras=refuses, granting=200) as server:
        walk = walker(server)
        entries = {entry["emailAddress"]["name"]: entry for entry in walk.all("alex", PERMISSIONS)}
        all_of_us, adele = entries["My Organization"], entries["Adele D'Souza"]
        assert [all_of_us["isRemovable"], all_of_us["isInsideOrganization"], all_of_us["role"]] == [
            False,
            True,
            "freeBusyRead",
        ]
        assert "address" not in all_of_us["emailAddress"]
        assert {WITH, WITHOUT} <= set(adele["allowedRoles"])
        made = walk.ask("alex", "POST", PERMISSIONS, {**OUTSIDE, "role": "Read"})
        assert [made.status_code, made.json()["role"], made.json()["isInsideOrganization"]] == [
            200,
            "read",
            False,
        ]
        assert "write" not in made.json()["allowedRoles"]
        paths = [f"{PERMISSIONS}/{segment(entry['id'])}" for entry in (all_of_us, adele, made.json())]
        assert walk.get("alex", paths[1])["id"] == adele["id"]
        for path, role, status in (
            (paths[0], "none", 200),
            (paths[0], WITH, 400),
            (paths[1], "none", 400),
            (paths[1], "custom", 400),
            (paths[2], "write", 400),
            (paths[2], "limitedRead", 200),
        ):
            assert walk.ask("alex", "PATCH", path, {"role": role}).status_code == status
        renamed = walk.ask("alex", "PATCH", paths[1], {"emailAddress": server.people["megan"]})
        assert renamed.status_code == (400 if refuses else 200)
        assert entry_of(walk, "alex", "adele")["id"] == adele["id"]
        assert [walk.ask("alex", "DELETE", path).status_code for path in paths] == [403, 204, 204]
        assert walk.ask("alex", "GET", paths[1]).status_code == 404
        assert give(walk, "read", "adele")["id"] == adele["id"]


@pytest.mark.parametrize(("choice", "status"), [("refused", 403), ("empty", 200)])
def test_permissions_are_told_to_nobody_else(choice: str, status: int) -> None:
    """PRM-11, CON-10: by the copy and by the owner's mailbox."""
    with stranger(foreign_permissions=choice) as server:
        walk = walker(server)
        copy = f"/me/calendars/{segment(calendar_of(walk, 'alex', 'adele')['id'])}"
        for path in (copy, f"{mailbox(walk, 'alex')}/calendar"):
            listed = walk.ask("adele", "GET", f"{path}/calendarPermissions")
            assert listed.status_code == status
            assert "Adele" not in listed.text
            body = {"emailAddress": server.people["megan"], "role": "read"}
            assert walk.ask("adele", "POST", f"{path}/calendarPermissions", body).status_code == 403


@pytest.mark.parametrize("status", [403, 404])
def test_outsiders_get_nothing(status: int) -> None:
    """ERR-05, ERR-11, PRM-01: whoever has no entry, or has it no more; everybody, if everybody may read."""
    with stranger(outsiders=status) as server:
        walk = walker(server)
        path = f"{mailbox(walk, 'alex')}/calendar"
        for below in ("", "/events", "/calendarPermissions"):
            assert walk.ask("diego", "GET", path + below).status_code == status
        assert walk.ask("diego", "GET", f"{mailbox(walk, 'alex')}/events/{'x' * 30}").status_code == status
        give(walk, "read", "diego")
        assert walk.ask("diego", "GET", path).status_code == 200
        walk.ask("alex", "DELETE", f"{PERMISSIONS}/{segment(entry_of(walk, 'alex', 'diego')['id'])}")
        assert walk.ask("diego", "GET", path).status_code == status
        assert len(walk.all("diego", "/me/calendars")) == 3
        [everybody] = [entry for entry in walk.all("alex", PERMISSIONS) if not entry["isRemovable"]]
        walk.ask("alex", "PATCH", f"{PERMISSIONS}/{segment(everybody['id'])}", {"role": "read"})
        assert walk.ask("diego", "GET", path).status_code == 200


def test_share_may_need_an_outlook() -> None:
    """SET-17: the entry is there, and has no effect."""
    with stranger(needs_acceptance=True) as server:
        walk = walker(server)
        assert give(walk, WITH, "megan")["role"] == WITH
        assert len(walk.all("megan", "/me/calendars")) == 3
        assert walk.ask("megan", "GET", f"{mailbox(walk, 'alex')}/calendar").status_code == 403


@pytest.mark.parametrize(("lenient", "statuses"), [(False, [403, 403]), (True, [200, 403])])
def test_settings_of_a_mailbox(lenient: bool, statuses: list[int]) -> None:
    """SET-21 to SET-23, ERR-12: read, changed, each by its path; another's are refused, or were so far."""
    with stranger(lenient=lenient) as server:
        walk = walker(server)
        path = f"/me/mailboxSettings/{DELIVERY}"
        assert walk.get("alex", path)["value"] == "sendToDelegateOnly"
        for option in ("SendToDelegateAndPrincipal", "sendToDelegateAndInformationToPrincipal"):
            changed = walk.ask("alex", "PATCH", "/me/mailboxSettings", {DELIVERY: option})
            assert [changed.status_code, changed.json()[DELIVERY].casefold()] == [200, option.casefold()]
        assert walk.get("alex", "/me/mailboxSettings")[DELIVERY].endswith("Principal")
        zone = walk.ask("alex", "PATCH", "/me/mailboxSettings", {"timeZone": "UTC"})
        assert zone.json() == {
            "@odata.context": zone.json()["@odata.context"],
            "timeZone": "UTC",
            "fabrikamRank": 7,
        }
        for body in ({DELIVERY: "toNobody"}, {"userPurpose": "room"}):
            assert walk.ask("alex", "PATCH", "/me/mailboxSettings", body).status_code == 400
        his = f"{mailbox(walk, 'alex')}/mailboxSettings"
        assert [walk.ask("adele", method, his, {}).status_code for method in ("GET", "PATCH")] == statuses
        assert walk.ask("diego", "GET", his).status_code == 403
        assert walk.ask("alex", "GET", "/me/mailboxSettings/shoeSize").status_code == 404


def schedules(server: Any, who: str, *people: str, **more: Any) -> Any:
    """Ask for the schedules of some people on 25 January 2031."""
    walk = walker(server)
    addresses = [server.people.get(person, {"address": person})["address"] for person in people]
    body = {"Schedules": addresses, "StartTime": at(8), "EndTime": at(13), **more}
    return walk.ask(who, "POST", "/me/calendar/getSchedule", body)


def test_schedule_tells_what_the_role_shows() -> None:
    """PRM-02, PRM-04, PRV-06: subjects of normal and personal events, for those who may see titles."""
    with stranger() as server:
        walk = walker(server)
        for hour, sensitivity in ((8, "normal"), (9, "personal"), (10, "private"), (11, "confidential")):
            meet(walk, "alex", sensitivity, start=at(hour), end=at(hour + 1), sensitivity=sensitivity)
        meet(walk, "alex", "free", start=at(12), end=at(13), showAs="free")
        give(walk, "limitedRead", "megan")
        for who, told in (("diego", []), ("megan", ["normal", "personal"]), ("alex", ["normal", "personal"])):
            answer = schedules(server, who, "alex", "nobody@fabrikam.example", availabilityViewInterval=60)
            assert answer.status_code == 200
            nobody, alex = answer.json()["value"]
            assert alex["availabilityView"] == "22220"
            assert [item["status"] for item in alex["scheduleItems"]] == ["busy"] * 4
            assert [item["subject"] for item in alex["scheduleItems"] if "subject" in item] == told
            assert nobody["error"]["responseCode"] == "ErrorMailRecipientNotFound"
        [everybody] = [entry for entry in walk.all("alex", PERMISSIONS) if not entry["isRemovable"]]
        walk.ask("alex", "PATCH", f"{PERMISSIONS}/{segment(everybody['id'])}", {"role": "none"})
        [alex] = schedules(server, "diego", "alex").json()["value"]
        assert alex["error"]["responseCode"] == "ErrorNoFreeBusyAccess"
        assert "scheduleItems" not in alex
        bad: tuple[dict[str, Any], ...] = (
            {"EndTime": at(7)},
            {"Schedules": []},
            {"availabilityViewInterval": 1},
            {"StartTime": None},
        )
        for more in bad:
            assert schedules(server, "diego", "alex", **more).status_code == 400
