"""How things look on the wire: zones, bodies, ids, query options, paging, errors, scopes, habits of clients."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from emulator_world import BASE, DINNER, World, error

PACIFIC = 'outlook.timezone="Pacific Standard Time"'
VIEW = "/me/calendarView?startDateTime={}&endDateTime={}"


def _event(world: World, **changes: Any) -> dict[str, Any]:
    """Let Alex make a plain event."""
    answer = world.acting("alex").post("/me/events", {**DINNER, "attendees": [], **changes})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def test_times_are_utc_unless_preferred(world: World) -> None:
    """18:00 Pacific is 02:00 UTC the day after; the preference is applied and acknowledged."""
    path = f"/me/events/{_event(world)['id']}"
    plain, local = world.acting("alex").get(path), world.acting("alex").get(path, Prefer=PACIFIC)
    assert plain.json()["start"] == {"dateTime": "2019-12-26T02:00:00.0000000", "timeZone": "UTC"}
    assert "Preference-Applied" not in plain.headers
    assert local.json()["start"] == {
        "dateTime": "2019-12-25T18:00:00.0000000",
        "timeZone": "Pacific Standard Time",
    }
    assert local.headers["Preference-Applied"] == PACIFIC


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "pacific standard time", "Pacific Standard Time"])
def test_zones_have_windows_and_iana_names(world: World, zone: str) -> None:
    """Every spelling names the same instant, and is kept as given."""
    made = _event(world, start={"dateTime": "2019-12-25T18:00:00.123", "timeZone": zone})
    assert made["start"]["dateTime"] == "2019-12-26T02:00:00.1230000"
    assert made["originalStartTimeZone"] == zone


def test_unknown_zones_are_refused(world: World) -> None:
    """In the header and in the body the code differs."""
    alex = world.acting("alex")
    refused = alex.get("/me/events", Prefer='outlook.timezone="Nowhere Time"')
    assert error(refused) == (400, "TimeZoneNotSupportedException")
    body = {**DINNER, "start": {"dateTime": "2019-12-25T18:00:00", "timeZone": "Nowhere"}}
    assert error(alex.post("/me/events", body)) == (400, "ErrorPropertyValidationFailure")


def test_bodies_are_documents_or_text(world: World) -> None:
    """HTML is wrapped, text comes on request, the preview is short and plain."""
    made = _event(world, body={"contentType": "HTML", "content": "<p>Hello&nbsp;<b>you</b></p>" + "x" * 300})
    assert made["body"]["content"].startswith("<html>")
    assert (made["bodyPreview"][:9], len(made["bodyPreview"])) == ("Hello you", 255)
    path = f"/me/events/{made['id']}"
    text = world.acting("alex").get(path, Prefer='outlook.body-content-type="text"')
    assert text.json()["body"]["contentType"] == "text"
    assert "<" not in text.json()["body"]["content"]
    assert text.headers["Preference-Applied"] == 'outlook.body-content-type="text"'


def test_immutable_ids_survive_a_move(world: World) -> None:
    """A moved message has a new id and the old immutable one."""
    world.invite()
    christie, prefer = world.acting("christie"), 'IdType="ImmutableId"'
    before = christie.value("/me/messages")[0]["id"]
    kept = christie.get("/me/messages", Prefer=prefer).json()["value"][0]["id"]
    moved = christie.post(f"/me/messages/{before}/move", {"destinationId": "archive"})
    assert (moved.status_code, moved.json()["id"] != before) == (201, True)
    assert error(christie.get(f"/me/messages/{before}")) == (404, "ErrorItemNotFound")
    again = christie.get(f"/me/messages/{kept}", Prefer=prefer)
    assert (again.json()["id"], again.headers["Preference-Applied"]) == (kept, prefer)
    assert christie.value("/me/mailFolders/inbox/messages") == []


def test_selection_keeps_id_and_etag(world: World) -> None:
    """Only what is selected comes, with id and etag; derived types stay recognisable."""
    world.invite()
    event = world.acting("christie").value("/me/events?$select=subject")[0]
    assert event.keys() == {"@odata.etag", "id", "subject"}
    message = world.acting("christie").value("/me/messages?$select=subject,from")[0]
    assert message.keys() == {"@odata.type", "@odata.etag", "id", "subject", "from"}


def test_pages_are_linked_with_the_callers_address(world: World) -> None:
    """Ten by default; every page but the last has a link that works as it is."""
    for number in range(23):
        _event(world, subject=f"Event {number}")
    alex, seen, sizes = world.acting("alex"), set(), []
    path = "/me/events?$orderby=subject desc&$count=true"
    while path:
        page = alex.get(path).json()
        assert page["@odata.count"] == 23
        sizes.append(len(page["value"]))
        seen |= {one["id"] for one in page["value"]}
        path = page.get("@odata.nextLink", "")
        assert not path or path.startswith(BASE)
    assert (sizes, len(seen)) == ([10, 10, 3], 23)
    assert len(alex.value("/me/events?$top=999")) == 23
    assert len(alex.get("/me/events", Prefer="odata.maxpagesize=4").json()["value"]) == 4
    assert len(alex.value("/me/events?$top=5&$skip=20")) == 3
    assert alex.get("/me/events?$top=0").status_code == alex.get("/me/events?$top=1001").status_code == 400


@pytest.mark.parametrize(
    ("condition", "count"),
    [
        ("subject eq 'Christmas dinner'", 1),
        ("subject eq 'Alex'' home'", 0),
        ("startswith(subject,'Christ')", 1),
        ("contains(subject, 'dinner') and isCancelled eq false", 1),
        ("start/dateTime ge '2019-12-26T00:00:00'", 1),
        ("start/dateTime lt '2019-12-26T00:00:00' or not (importance eq 'normal')", 0),
        ("createdDateTime ge 2019-12-21T04:59:00Z", 1),
        ("lastModifiedDateTime gt 2020-01-01T00:00:00Z", 0),
        ("showAs in ('busy','free')", 1),
    ],
)
def test_filters_choose_events(world: World, condition: str, count: int) -> None:
    """The usual operators and functions work on events."""
    _event(world)
    assert len(world.acting("alex").value(f"/me/events?$filter={condition}")) == count


@pytest.mark.parametrize(
    "condition",
    [
        "subject eq",
        "isof('microsoft.graph.eventMessage')",
        "attendees/any(a:a/type eq 'x')",
        "organizer/a eq 'x'",
        "(((",
    ],
)
def test_impossible_filters_are_refused(world: World, condition: str) -> None:
    """What the store cannot evaluate is a 400, never a 500."""
    assert world.acting("alex").get(f"/me/events?$filter={condition}").status_code == 400


def test_messages_are_filtered_by_class(world: World) -> None:
    """The message class tells requests from responses."""
    world.invite()
    form = "/me/messages?$filter=singleValueExtendedProperties/Any(ep: ep/id eq 'String 0x001A' and ep/value eq '{}')"
    christie = world.acting("christie")
    assert len(christie.value(form.format("IPM.Schedule.Meeting.Request"))) == 1
    assert christie.value(form.format("IPM.Note")) == []


def test_order_must_begin_with_what_is_filtered(world: World) -> None:
    """A filter that does not name the order's properties first is inefficient."""
    world.invite()
    christie, order = world.acting("christie"), "&$orderby=receivedDateTime desc"
    assert error(christie.get(f"/me/messages?$filter=subject eq 'x'{order}")) == (400, "InefficientFilter")
    good = "receivedDateTime ge 2019-12-01T00:00:00Z and subject eq 'Christmas dinner'"
    assert len(christie.value(f"/me/messages?$filter={good}{order}")) == 1


def test_messages_are_newest_first_and_can_be_marked(world: World) -> None:
    """The list begins with the latest; a message can be read and deleted."""
    for subject in ("One", "Two"):
        world.invite(subject=subject)
    christie = world.acting("christie")
    first, second = christie.value("/me/messages")
    assert (first["subject"], second["subject"]) == ("Two", "One")
    changed = christie.patch(f"/me/messages/{first['id']}", {"isRead": True}).json()
    assert (changed["isRead"], changed["changeKey"] != first["changeKey"]) == (True, True)
    assert christie.delete(f"/me/messages/{first['id']}").status_code == 204
    assert len(christie.value("/me/messages")) == 1
    assert christie.get("/me/mailFolders/Inbox").json()["totalItemCount"] == 1


def test_view_expands_series_and_list_does_not(world: World) -> None:
    """A weekly series is one item of the list and four dates of the view, each with ids of its own."""
    weekly = {
        "pattern": {"type": "Weekly", "interval": 1, "daysOfWeek": ["Wednesday"]},
        "range": {"type": "numbered", "startDate": "2019-12-25", "numberOfOccurrences": 4},
    }
    master = _event(world, recurrence=weekly)
    alex = world.acting("alex")
    assert (master["type"], len(alex.value("/me/events"))) == ("seriesMaster", 1)
    dates = alex.value(
        VIEW.format("2019-12-01", "2020-02-01").replace("-01&", "-01T00:00:00Z&") + "T00:00:00Z"
    )
    assert [one["start"]["dateTime"][:10] for one in dates] == [
        "2019-12-26",
        "2020-01-02",
        "2020-01-09",
        "2020-01-16",
    ]
    assert (
        len({one["id"] for one in dates} | {master["id"]}) == len({one["iCalUId"] for one in dates}) + 1 == 5
    )
    one = alex.get(f"/me/events/{dates[2]['id']}").json()
    assert (one["type"], one["seriesMasterId"]) == ("occurrence", master["id"])
    window = "instances?startDateTime=2019-12-01T00:00:00Z&endDateTime=2020-01-05T00:00:00Z"
    assert len(alex.value(f"/me/events/{master['id']}/{window}")) == 2
    assert alex.delete(f"/me/events/{one['id']}").status_code == 204
    assert error(alex.get(f"/me/events/{one['id']}")) == (404, "ErrorItemNotFound")


def test_view_needs_its_window(world: World) -> None:
    """Both ends are required; offsets count; the preferred zone does not move the window."""
    _event(world)
    alex = world.acting("alex")
    assert alex.get("/me/calendarView").status_code == 400
    assert alex.get(VIEW.format("2019-12-01T00:00:00Z", "2026-12-01T00:00:00Z")).status_code == 400
    early = VIEW.format("2019-12-25T00:00:00", "2019-12-26T01:00:00")
    assert alex.get(early, Prefer=PACIFIC).json()["value"] == []
    assert len(alex.value(VIEW.format("2019-12-25T00:00:00", "2019-12-26T01:00:00-08:00"))) == 1
    assert alex.get(early + "&$select=createdDateTime").status_code == 400


@pytest.mark.parametrize(
    "pattern",
    [
        {"type": "daily", "interval": 2},
        {"type": "absoluteMonthly", "interval": 1, "dayOfMonth": 25},
        {"type": "relativeMonthly", "interval": 1, "daysOfWeek": ["wednesday"], "index": "last"},
        {"type": "absoluteYearly", "interval": 1, "dayOfMonth": 25, "month": 12},
        {"type": "relativeYearly", "interval": 1, "daysOfWeek": ["wednesday"], "index": "last", "month": 12},
    ],
    ids=lambda pattern: pattern["type"],
)
def test_every_pattern_begins_on_its_day(world: World, pattern: dict[str, Any]) -> None:
    """Each kind of recurrence yields its first date, endless or not."""
    _event(world, recurrence={"pattern": pattern, "range": {"type": "noEnd", "startDate": "2019-12-25"}})
    found = world.acting("alex").value(VIEW.format("2019-12-20T00:00:00Z", "2019-12-27T00:00:00Z"))
    assert [one["start"]["dateTime"][:10] for one in found] == ["2019-12-26"]


def test_whole_days_have_no_zone(world: World) -> None:
    """An all-day event is midnight in whatever zone it is looked at."""
    start, end = (
        {"dateTime": f"2019-12-{day}T00:00:00", "timeZone": "Pacific Standard Time"} for day in (25, 26)
    )
    made = _event(world, isAllDay=True, start=start, end=end)
    assert made["start"] == {"dateTime": "2019-12-25T00:00:00.0000000", "timeZone": "UTC"}
    late = {"dateTime": "2019-12-25T10:00:00", "timeZone": "UTC"}
    answer = world.acting("alex").post("/me/events", {**DINNER, "isAllDay": True, "start": late, "end": end})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (
            {"end": {"dateTime": "2019-12-25T17:00:00", "timeZone": "Pacific Standard Time"}},
            "ErrorPropertyValidationFailure",
        ),
        ({"importance": "urgent"}, "ErrorPropertyValidationFailure"),
        ({"start": None}, "ErrorPropertyValidationFailure"),
        ({"start": "now"}, "ErrorPropertyValidationFailure"),
        ({"attendees": [{"type": "required"}]}, "ErrorPropertyValidationFailure"),
        (
            {"attendees": [{"emailAddress": {"address": f"p{n}@x.org"}} for n in range(501)]},
            "ErrorInvalidRequest",
        ),
        ({"colour": "red"}, "RequestBodyRead"),
        ({"recurrence": {"pattern": {"type": "weekly"}}}, "ErrorPropertyValidationFailure"),
        (
            {
                "recurrence": {
                    "pattern": {"type": "weekly"},
                    "range": {"type": "noEnd", "startDate": "2019-12-25"},
                }
            },
            "ErrorPropertyValidationFailure",
        ),
        ({"subject": "\ud800"}, "BadRequest"),
    ],
    ids=[
        "end",
        "enumeration",
        "no start",
        "type",
        "address",
        "500",
        "unknown",
        "recurrence",
        "no days",
        "half a character",
    ],
)
def test_impossible_events_are_refused(world: World, body: dict[str, Any], code: str) -> None:
    """Each impossible property is a 400 with its code, and nothing is made."""
    alex = world.acting("alex")
    assert error(alex.post("/me/events", {**DINNER, **body})) == (400, code)
    assert alex.value("/me/events") == []


def test_500_attendees_are_enough(world: World) -> None:
    """The limit itself is allowed."""
    crowd = [{"emailAddress": {"address": f"p{n}@x.org"}} for n in range(500)]
    assert len(_event(world, attendees=crowd)["attendees"]) == 500


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/me/events/not-an-id", 400, "ErrorInvalidIdMalformed"),
        ("GET", "/me/messages/AAMkADADVj3fyAABZ5hYdAAA=", 404, "ErrorItemNotFound"),
        ("GET", "/me/calendars/AQMkADGkAAAJMjAAAAA==", 404, "ErrorItemNotFound"),
        ("GET", "/users/nobody@contoso.com/calendar", 404, "ErrorInvalidUser"),
        ("GET", "/users/alex/calendar", 404, "ErrorInvalidUser"),
        ("GET", "/me/calenders", 400, "BadRequest"),
        ("GET", "/me/calendar/nothing", 400, "BadRequest"),
        ("GET", "/", 400, "BadRequest"),
        ("PUT", "/me/calendar", 405, "Request_BadRequest"),
        ("DELETE", "/me/calendar", 400, "ErrorInvalidRequest"),
        ("POST", "/me/calendarView", 405, "Request_BadRequest"),
        ("GET", "/me/events?$nonsense=1", 400, "RequestBroker--ParseUri"),
        ("GET", "/me/messages?$expand=event", 400, "RequestBroker--ParseUri"),
    ],
)
def test_refusals_have_graphs_envelope(world: World, method: str, path: str, status: int, code: str) -> None:
    """Every refusal is one error object with code, message and inner error."""
    answer = world.acting("alex").call(method, path)
    assert answer.status_code == status
    if code:
        found = answer.json()["error"]
        assert (found["code"], found["innerError"].keys()) == (
            code,
            {"date", "request-id", "client-request-id"},
        )
        assert found["innerError"]["request-id"] == answer.headers["request-id"]


def test_person_without_mailbox_is_told_apart(world: World) -> None:
    """Somebody in the directory need not have a mailbox."""
    from graphcal.emulator import Person  # noqa: PLC0415 - one test's need

    world.emulator.tenant.add_people([Person("pat", "Pat", "Pat@contoso.com", "0" * 36, has_mailbox=False)])
    answer = world.acting("alex").get("/users/Pat@contoso.com/calendar")
    assert error(answer) == (404, "MailboxNotEnabledForRESTAPI")


def test_broken_json_is_a_400(world: World) -> None:
    """A body that is no JSON object is refused, not stumbled over."""
    alex = world.acting("alex")
    for data in (b"{", b"[]", b"\xff\xfe", b"1"):
        headers = {"Authorization": f"Bearer {alex.token}"}
        answer = alex.session.post(f"{BASE}/me/events", data=data, headers=headers)
        assert error(answer) == (400, "BadRequest")


def test_changes_can_be_conditional(world: World) -> None:
    """An outdated If-Match is a 412, the current etag is not."""
    made, alex = _event(world), world.acting("alex")
    path = f"/me/events/{made['id']}"
    assert alex.patch(path, {"subject": "A"}, If_Match=made["@odata.etag"]).status_code == 200
    assert alex.patch(path, {"subject": "B"}, If_Match=made["@odata.etag"]).status_code == 412
    assert alex.delete(path, If_Match='W/"x"').status_code == 412
    assert alex.delete(path, If_Match="*").status_code == 204


@pytest.mark.parametrize(
    ("who", "scopes", "method", "path", "status"),
    [
        ("adele", "Calendars.ReadBasic", "GET", "/me/calendars", 200),
        ("adele", "Mail.Read", "GET", "/me/calendars", 403),
        ("adele", "Calendars.Read", "GET", "{copy}/events", 200),
        ("adele", "Calendars.Read", "GET", "/users/AlexW@contoso.com/calendar", 403),
        ("adele", "Calendars.Read.Shared", "GET", "/users/AlexW@contoso.com/calendar", 200),
        ("alex", "Calendars.Read", "GET", "/users/AlexW@contoso.com/calendar", 200),
        ("adele", "Calendars.Read.Shared", "POST", "{copy}/events", 403),
        ("adele", "Calendars.ReadWrite.Shared", "POST", "{copy}/events", 201),
        ("alex", "Calendars.ReadWrite", "POST", "/me/events", 201),
        ("alex", "Mail.Read", "GET", "/me/messages", 200),
        ("alex", "Mail.Read.Shared", "GET", "/me/messages", 200),
        ("alex", "Calendars.Read", "GET", "/me/messages", 403),
        ("christie", "Mail.Read", "GET", "/me/messages?$expand=microsoft.graph.eventMessage/event", 403),
        ("alex", "MailboxSettings.Read", "GET", "/me/mailboxSettings", 200),
        ("alex", "MailboxSettings.Read", "PATCH", "/me/mailboxSettings", 403),
        ("alex", "Calendars.Read", "PATCH", "/me/calendar/calendarPermissions/RGVmYXVsdA==", 403),
        ("alex", "Calendars.ReadBasic", "GET", "/me/calendar/calendarPermissions", 200),
        ("alex", "Calendars.Read", "DELETE", "/me/events/AAMkADADVj3fyAABZ5hYdAAA=", 403),
    ],
)
def test_scopes_open_operations(  # noqa: PLR0913, PLR0917 - one column of the table each
    world: World, who: str, scopes: str, method: str, path: str, status: int
) -> None:
    """Each operation needs its scope; another's mailbox needs a shared one; reading does not write."""
    body = DINNER if method == "POST" else {} if method == "PATCH" else None
    path = path.format(copy=world.local())
    answer = world.acting(who, *scopes.split()).call(method, path, body)
    assert answer.status_code == status
    if status == 403:
        assert error(answer) == (403, "ErrorAccessDenied")


def test_official_clients_are_understood(world: World) -> None:
    """Annotations, nulls, any case of names, encoded and raw ids, keys in parentheses, HEAD and OPTIONS."""
    alex = world.acting("alex")
    body = {"@odata.type": "#microsoft.graph.event", **DINNER, "transactionId": None, "showAs": "Free"}
    made = alex.post("/me/events", body).json()
    assert made["showAs"] == "free"
    raw, encoded = made["id"], made["id"].replace("=", "%3D")
    paths = (f"/me/events/{raw}", f"/me/events/{encoded}", f"/me/events('{encoded}')", f"/ME/Events/{raw}")
    for path in (
        *paths,
        f"/users/AlexW%40contoso.com/events/{raw}",
        f"/users('AlexW@contoso.com')/events/{raw}",
    ):
        assert alex.get(path).status_code == 200
    head = alex.call("HEAD", paths[0])
    assert (head.status_code, head.content, int(head.headers["Content-Length"]) > 100) == (200, b"", True)
    assert alex.call("OPTIONS", "/me/events").headers["Allow"].startswith("GET")
    traced = alex.get(paths[0], **{"client-request-id": "mine"})
    assert traced.headers["client-request-id"] == "mine"


def test_reminders_are_dismissed_and_snoozed(world: World) -> None:
    """A dismissed reminder is off, a snoozed one on again."""
    alex, path = world.acting("alex"), f"/me/events/{_event(world)['id']}"
    assert alex.post(f"{path}/dismissReminder").status_code == 200
    assert alex.get(path).json()["isReminderOn"] is False
    assert alex.post(f"{path}/snoozeReminder", {"NewReminderTime": DINNER["start"]}).status_code == 200
    assert alex.get(path).json()["isReminderOn"] is True


def test_timestamps_and_links_have_their_forms(world: World) -> None:
    """Messages count seconds, events parts of them; links contain the encoded id."""
    world.invite()
    christie = world.acting("christie")
    message, event = christie.value("/me/messages")[0], christie.value("/me/events")[0]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", message["receivedDateTime"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z", event["createdDateTime"])
    for item in (message, event):
        assert item["id"].replace("=", "%3D") in item["webLink"]
    assert json.dumps(event).isascii()


def test_bug_is_a_500_in_the_envelope(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the emulator did not foresee is told once on stderr, and to the client without a traceback."""
    monkeypatch.setattr("graphcal.emulator.queries.options", lambda _given: 1 / 0)
    answer = world.acting("alex").get("/me/events")
    assert error(answer) == (500, "InternalServerError")
    assert "Traceback" not in answer.text
    assert capsys.readouterr().err.count("ZeroDivisionError") == 1
