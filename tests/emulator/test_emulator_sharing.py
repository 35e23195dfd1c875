"""Who may do what: the matrix of roles and operations, the permission list, private events, settings."""

from __future__ import annotations

import json
from typing import Any

import pytest
from emulator_world import DINNER, World, error

from graphcal.emulator import PEOPLE, Role, Tenant

ALEX = "/users/AlexW@contoso.com"
WHEN = {name: DINNER[name] for name in ("start", "end")}
WINDOW = {
    "schedules": ["AlexW@contoso.com"],
    "startTime": {"dateTime": "2019-12-25T00:00:00", "timeZone": "UTC"},
    "endTime": {"dateTime": "2019-12-27T00:00:00", "timeZone": "UTC"},
}
ROLES = (
    "none",
    "freeBusyRead",
    "limitedRead",
    "read",
    "write",
    "delegateWithoutPrivateEventAccess",
    "delegateWithPrivateEventAccess",
)


def _with(role: str) -> tuple[World, dict[str, str]]:
    """Return a world where Adele has a role, and the ids of Alex's plain and private events."""
    world = World()
    world.role("adele", role)
    alex = world.acting("alex")
    plain = {
        **WHEN,
        "subject": "Budget",
        "body": {"content": "secret body"},
        "location": {"displayName": "Room 7"},
    }
    private = {**plain, "subject": "Surgery", "sensitivity": "private"}
    ids = {
        name: alex.post("/me/events", body).json()["id"]
        for name, body in (("plain", plain), ("private", private))
    }  # fmt: skip
    return world, ids


def _sees(event: dict[str, Any]) -> str:
    """Say how much of an event is shown: everything, subject and place, or free/busy."""
    text = json.dumps(event)
    if "secret body" in text:
        return "full"
    return "title" if "Room 7" in text else "busy"


@pytest.mark.parametrize(
    ("role", "listed", "plain", "private", "writes", "writes_private"),
    [
        ("none", False, 403, 403, False, False),
        ("freeBusyRead", True, 403, 403, False, False),
        ("limitedRead", True, "title", "busy", False, False),
        ("read", True, "full", "busy", False, False),
        ("write", True, "full", "busy", True, False),
        ("delegateWithoutPrivateEventAccess", True, "full", "busy", True, False),
        ("delegateWithPrivateEventAccess", True, "full", "full", True, True),
    ],
    ids=ROLES,
)
def test_matrix_of_roles(  # noqa: PLR0913, PLR0917 - one column of the matrix each
    role: str, listed: bool, plain: str | int, private: str | int, writes: bool, writes_private: bool
) -> None:
    """Each role sees and changes exactly what the matrix says."""
    world, ids = _with(role)
    adele = world.acting("adele")
    copies = [one for one in adele.value("/me/calendars") if one["owner"]["name"] == "Alex Wilber"]
    assert bool(copies) is listed
    if listed:
        assert (copies[0]["canEdit"], copies[0]["canViewPrivateItems"]) == (writes, writes_private)
        assert copies[0]["canShare"] is False
        assert adele.patch(f"/me/calendars/{copies[0]['id']}", {"name": "Boss"}).json()["name"] == "Boss"
    for name, seen in (("plain", plain), ("private", private)):
        answer = adele.get(f"{ALEX}/events/{ids[name]}")
        assert (_sees(answer.json()) if answer.status_code == 200 else answer.status_code) == seen
    assert adele.get(f"{ALEX}/calendar").status_code == (403 if plain == 403 else 200)
    assert adele.post(f"{ALEX}/calendar/events", {**WHEN, "subject": "New"}).status_code == (
        201 if writes else 403
    )
    assert adele.patch(f"{ALEX}/events/{ids['plain']}", {"subject": "X"}).status_code == (
        200 if writes else 403
    )
    changed = adele.patch(f"{ALEX}/events/{ids['private']}", {"subject": "X"})
    assert changed.status_code == (200 if writes_private else 403)
    assert adele.delete(f"{ALEX}/events/{ids['private']}").status_code == (204 if writes_private else 403)
    assert adele.delete(f"{ALEX}/events/{ids['plain']}").status_code == (204 if writes else 403)


@pytest.mark.parametrize("role", ROLES)
def test_schedules_name_what_the_role_may_know(role: str) -> None:
    """Free/busy for everybody; subject and place from limitedRead upwards, and never of private events."""
    world, _ = _with(role)
    items = world.acting("adele").post("/me/calendar/getSchedule", WINDOW).json()["value"][0]["scheduleItems"]
    assert [one["status"] for one in items] == ["busy", "busy"]
    titled = role not in {"none", "freeBusyRead"}
    assert [one.get("subject") for one in items] == ["Budget" if titled else None, None]


def test_organisation_without_access_sees_no_schedule(world: World) -> None:
    """With the default entry at none an outsider does not even see free/busy."""
    alex = world.acting("alex")
    assert alex.patch("/me/calendar/calendarPermissions/RGVmYXVsdA==", {"role": "none"}).status_code == 200
    found = world.acting("diego").post("/me/calendar/getSchedule", WINDOW).json()["value"][0]
    assert found["error"]["responseCode"] == "ErrorNoFreeBusyAccess"


def test_permission_list_holds_delegate_and_organisation(world: World) -> None:
    """The organisation's entry is fixed and has no address; the delegate's can be removed."""
    organisation, adele = world.acting("alex").value("/me/calendar/calendarPermissions")
    assert organisation["id"] == "RGVmYXVsdA=="
    assert organisation["emailAddress"] == {"name": "My Organization"}
    assert (organisation["role"], organisation["isRemovable"]) == ("freeBusyRead", False)
    assert (adele["role"], adele["isRemovable"]) == ("delegateWithoutPrivateEventAccess", True)
    assert {"delegateWithoutPrivateEventAccess", "delegateWithPrivateEventAccess"} <= set(
        adele["allowedRoles"]
    )


def test_owner_changes_roles_and_takes_them_back(world: World) -> None:
    """PATCH changes the role only; DELETE ends access, copy and list entry."""
    alex, path = world.acting("alex"), "/me/calendar/calendarPermissions"
    entry = alex.value(path)[1]
    changed = alex.patch(
        f"{path}/{entry['id']}", {"role": "READ", "emailAddress": {"address": "x@contoso.com"}}
    ).json()
    assert (changed["role"], changed["emailAddress"]) == ("read", entry["emailAddress"])
    adele, copy = world.acting("adele"), world.local()
    assert adele.get(copy).json()["canEdit"] is False
    assert error(adele.post(f"{copy}/events", DINNER)) == (403, "ErrorAccessDenied")
    assert alex.delete(f"{path}/{entry['id']}").status_code == 204
    assert alex.get(f"{path}/{entry['id']}").status_code == 404
    assert error(adele.get(f"{copy}/events")) == (404, "ErrorItemNotFound")
    assert len(adele.value("/me/calendars")) == 1
    assert error(adele.get(f"{ALEX}/calendar")) == (403, "ErrorAccessDenied")
    assert error(alex.delete(f"{path}/RGVmYXVsdA==")) == (400, "ErrorInvalidRequest")


def test_outsiders_of_the_organisation_stop_at_read(world: World) -> None:
    """An external address may read at most."""
    alex, path = world.acting("alex"), "/me/calendar/calendarPermissions"
    friend = {"emailAddress": {"name": "Pat", "address": "pat@fabrikam.com"}}
    made = alex.post(path, {**friend, "role": "read"}).json()
    assert made["isInsideOrganization"] is False
    assert made["allowedRoles"] == ["freeBusyRead", "limitedRead", "read"]
    assert alex.patch(f"{path}/{made['id']}", {"role": "write"}).status_code == 400
    assert (
        alex.post(path, {"emailAddress": {"address": "b@fabrikam.com"}, "role": "write"}).status_code == 400
    )
    assert alex.post(path, {**friend, "role": "read"}).status_code == 400


def test_nobody_but_the_owner_handles_permissions(world: World) -> None:
    """To a delegate the list is empty, and creating an entry is refused."""
    adele = world.acting("adele")
    for path in (f"{world.local()}/calendarPermissions", f"{ALEX}/calendar/calendarPermissions"):
        assert adele.value(path) == []
        body = {"emailAddress": {"address": "MeganB@contoso.com"}, "role": "read"}
        assert error(adele.post(path, body)) == (403, "ErrorAccessDenied")


def test_custom_calendar_is_shared_under_its_own_name(world: World) -> None:
    """A custom calendar tallies nothing, knows no delegates, and keeps its name in the copy."""
    alex = world.acting("alex")
    made = alex.post("/me/calendars", {"name": "Kids parties"})
    assert (made.status_code, made.json()["isTallyingResponses"]) == (201, False)
    path = f"/me/calendars/{made.json()['id']}"
    who = {"emailAddress": {"address": "AdeleV@contoso.com"}}
    refused = alex.post(f"{path}/calendarPermissions", {**who, "role": "delegateWithPrivateEventAccess"})
    assert refused.status_code == 400
    shared = alex.post(f"{path}/calendarPermissions", {**who, "role": "write"}).json()
    assert shared["allowedRoles"] == ["freeBusyRead", "limitedRead", "read", "write"]
    adele = world.acting("adele")
    copy = next(one for one in adele.value("/me/calendars") if one["name"] == "Kids parties")
    assert adele.post(f"/me/calendars/{copy['id']}/events", DINNER).status_code == 201
    assert [one["name"] for one in adele.value(f"{ALEX}/calendars")] == ["Calendar", "Kids parties"]
    uid = adele.value(f"/me/calendars/{copy['id']}/events")[0]["iCalUId"]
    assert world.answer("christie", uid, "accept").status_code == 202
    assert world.event_of("alex", uid)["attendees"][1]["status"]["response"] == "none"
    assert (len(world.inbox("adele")), len(world.inbox("alex"))) == (0, 1)
    assert alex.delete(path).status_code == 204
    assert len(adele.value("/me/calendars")) == 2


def test_rename_of_a_copy_is_seen_by_the_sharee_only(world: World) -> None:
    """The copy's name changes, its colour does not, the original keeps its name."""
    answer = world.acting("adele").patch(world.local(), {"name": "Boss", "color": "lightRed"})
    assert (answer.status_code, answer.json()["name"], answer.json()["color"]) == (200, "Boss", "auto")
    assert world.acting("alex").get("/me/calendar").json()["name"] == "Calendar"
    assert world.acting("adele").patch(f"{ALEX}/calendar", {"name": "Mine"}).status_code == 403


def test_private_event_is_masked_in_lists_and_views(world: World) -> None:
    """No list shows the delegate what a private event is about."""
    secret = {**DINNER, "subject": "Surgery", "body": {"content": "knee"}, "sensitivity": "Private"}
    assert world.acting("alex").post("/me/events", secret).json()["sensitivity"] == "private"
    adele = world.acting("adele")
    view = "calendarView?startDateTime=2019-12-01T00:00:00Z&endDateTime=2020-01-01T00:00:00Z"
    for path in (f"{world.local()}/events", f"{world.local()}/{view}", f"{ALEX}/events", f"{ALEX}/{view}"):
        found = adele.get(path)
        assert len(found.json()["value"]) == 1
        assert not any(word in found.text for word in ("Surgery", "knee", "MeganB", "home"))


def test_event_ids_count_in_their_own_mailbox(world: World) -> None:
    """The same event has another id in the copy, and each id is unknown elsewhere."""
    seen = world.invite()
    own = world.event_of("alex", seen["iCalUId"])
    adele = world.acting("adele")
    assert own["id"] != seen["id"]
    assert error(adele.get(f"{world.local()}/events/{own['id']}")) == (404, "ErrorItemNotFound")
    assert error(adele.get(f"{ALEX}/events/{seen['id']}")) == (404, "ErrorItemNotFound")
    assert adele.get(f"/me/events/{seen['id']}").json()["iCalUId"] == own["iCalUId"]
    for path in (f"{ALEX}/calendar/events", f"{ALEX}/events", f"{ALEX}/calendars/{_original(world)}/events"):
        assert adele.get(f"{path}/{own['id']}").status_code == 200


def _original(world: World) -> str:
    found: str = world.acting("adele").get(f"{ALEX}/calendar").json()["id"]
    return found


def test_outsider_is_refused_everywhere(world: World) -> None:
    """Who has no share gets 403 for calendar, events and a single event."""
    own = world.event_of("alex", world.invite()["iCalUId"])["id"]
    diego = world.acting("diego")
    for path in (
        "calendar",
        "calendars",
        "calendar/events",
        "events",
        f"events/{own}",
        "messages",
        "mailboxSettings",
    ):
        assert error(diego.get(f"{ALEX}/{path}")) == (403, "ErrorAccessDenied")


def test_delivery_option_is_read_and_changed_by_its_owner(world: World) -> None:
    """The default is sendToDelegateOnly; the option has a path of its own; others are refused."""
    alex, name = world.acting("alex"), "delegateMeetingMessageDeliveryOptions"
    assert alex.get("/me/mailboxSettings").json()[name] == "sendToDelegateOnly"
    changed = alex.patch("/me/mailboxSettings", {name: "SendToDelegateAndPrincipal"})
    assert (changed.status_code, changed.json()[name]) == (200, "sendToDelegateAndPrincipal")
    assert alex.get(f"/me/mailboxSettings/{name}").json()["value"] == "sendToDelegateAndPrincipal"
    own = f"/me/mailboxSettings/{name}"
    assert alex.patch(own, {"value": "sendToDelegateOnly"}).json()["value"] == "sendToDelegateOnly"
    assert alex.patch("/me/mailboxSettings", {name: "sendToNobody"}).status_code == 400
    assert error(world.acting("adele").get(f"{ALEX}/mailboxSettings")) == (403, "ErrorAccessDenied")
    assert (
        error(world.acting("adele").patch(f"{ALEX}/mailboxSettings", {name: "sendToDelegateOnly"}))[0] == 403
    )


def test_share_waits_for_acceptance_when_told_to() -> None:
    """Without automatic acceptance a share has no copy until it is accepted."""
    world = World(accepts_shares=False)
    assert len(world.acting("adele").value("/me/calendars")) == 1
    tenant = world.emulator.tenant
    tenant.accept(tenant.mailbox("alex").default_calendar, "adele")
    assert len(world.acting("adele").value("/me/calendars")) == 2


def test_other_states_are_built_in_python() -> None:
    """A world can begin with other people, shares and calendars than the documented ones."""

    def shared_only(tenant: Tenant) -> None:
        tenant.add_people(PEOPLE)
        alex = tenant.mailbox("alex")
        parties = tenant.add_calendar(alex.owner, "Kids parties")
        tenant.share(parties, tenant.mailbox("megan").owner.email, Role.READ)

    world = World(set_up=shared_only)
    assert [one["name"] for one in world.acting("megan").value("/me/calendars")] == [
        "Calendar",
        "Kids parties",
    ]
    assert [one["name"] for one in world.acting("adele").value("/me/calendars")] == ["Calendar"]
