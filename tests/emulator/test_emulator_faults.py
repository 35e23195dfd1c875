"""Every fault can be seen: a long conversation with the service goes differently with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from emulator_world import DINNER, World

from graphcal.emulator import FAULTS, Emulator

if TYPE_CHECKING:
    from collections.abc import Callable

    Chapter = Callable[["Talk"], None]

ALEX = "/users/AlexW@contoso.com"
PERMISSIONS = "/me/calendar/calendarPermissions"
OPTION = "delegateMeetingMessageDeliveryOptions"
LATER = {
    "start": {"dateTime": "2019-12-28T18:00:00", "timeZone": "UTC"},
    "end": {"dateTime": "2019-12-28T19:00:00", "timeZone": "UTC"},
}
PLAIN = {name: DINNER[name] for name in ("start", "end", "body", "location")}
SCHEDULE = {
    "schedules": ["AlexW@contoso.com"],
    "startTime": {"dateTime": "2019-12-25T00:00:00", "timeZone": "UTC"},
    "endTime": {"dateTime": "2019-12-27T00:00:00", "timeZone": "UTC"},
}
PACIFIC = 'outlook.timezone="Pacific Standard Time"'
IMMUTABLE = 'IdType="ImmutableId"'


class NoticedError(Exception):
    """Something went differently."""


class Talk:
    """One conversation: what was asked and answered, compared with how it usually goes."""

    def __init__(self, fault: str | None, usual: list[Any] | None) -> None:
        """Start a service with one fault or none."""
        self.world = World(faults=[fault] if fault else [])
        self.usual = usual
        self.heard: list[Any] = []

    def hear(self, what: Any) -> None:
        """Note something; go on only while it is as usual."""
        if self.usual is not None and self.usual[len(self.heard)] != what:
            raise NoticedError
        self.heard.append(what)

    def ask(
        self, who: str, method: str, path: str, body: Any = None, scopes: str = "", **headers: str
    ) -> Any:
        """Ask, note status, body and the header that tells; return the JSON or an empty object."""
        self.world.clock.advance(1)
        answer = self.world.acting(who, *scopes.split()).call(method, path, body, **headers)
        found = answer.json() if answer.content else {}
        told = re.sub(rb'"(request-id|client-request-id)": "[^"]*"', b"", answer.content)
        if answer.status_code == 500:
            pytest.fail(answer.text)
        self.hear((method, path, answer.status_code, told, answer.headers.get("Preference-Applied")))
        return found

    def id_of(self, who: str, path: str, number: int = 0) -> str:
        """Return the id of an item of a list, something impossible if there is none."""
        items = self.ask(who, "GET", path).get("value", [])
        return str(items[number].get("id")) if len(items) > number else "AAMkADVj3fyAABZ5hYdAAA="

    def copy(self) -> str:
        """Return the path of Adele's copy of Alex's calendar."""
        return f"/me/calendars/{self.id_of('adele', '/me/calendars', 1)}"

    def event(self, who: str) -> str:
        """Return the path of somebody's newest event."""
        return f"/me/calendar/events/{self.id_of(who, '/me/calendar/events?$orderby=createdDateTime desc&$top=1')}"


def _setting_up(talk: Talk) -> None:
    for path in (
        "/me/calendars",
        "/users/AdeleV@contoso.com/calendars",
        f"{ALEX}/calendar",
        f"{ALEX}/mailboxSettings",
    ):
        talk.ask("adele", "GET", path, scopes="" if "mailbox" in path else "Calendars.Read.Shared")
    talk.ask("adele", "GET", f"{ALEX}/calendar", scopes="Calendars.Read")
    original = talk.id_of("alex", "/me/calendars")
    talk.ask("adele", "GET", f"/me/calendars/{original}")
    talk.ask("adele", "PATCH", talk.copy(), {"name": "Boss"})
    talk.ask("adele", "PATCH", talk.copy(), {"name": "Chief"}, scopes="Calendars.Read")
    for method, path in (("GET", PERMISSIONS), ("GET", "/me/calendar")):
        talk.ask("alex", method, path)
    talk.ask("adele", "GET", f"{ALEX}/calendar/calendarPermissions")
    for who, role in (
        ("pat@fabrikam.com", "read"),
        ("b@fabrikam.com", "write"),
        ("DiegoS@contoso.com", "read"),
    ):
        talk.ask("alex", "POST", PERMISSIONS, {"emailAddress": {"address": who}, "role": role})
    delegate = talk.id_of("alex", PERMISSIONS, 1)
    talk.ask("alex", "PATCH", f"{PERMISSIONS}/{delegate}", {"role": "read"}, scopes="Calendars.Read")
    talk.ask(
        "alex",
        "PATCH",
        f"{PERMISSIONS}/{delegate}",
        {"role": "write", "emailAddress": {"address": "x@contoso.com"}},
    )
    talk.ask("alex", "PATCH", f"{PERMISSIONS}/{delegate}", {"role": "delegateWithoutPrivateEventAccess"})
    talk.ask("diego", "GET", "/me/calendars")
    talk.ask("diego", "PATCH", f"/me/calendars/{talk.id_of('diego', '/me/calendars', 1)}", {"name": "Mine"})
    talk.ask("alex", "DELETE", f"{PERMISSIONS}/{talk.id_of('alex', PERMISSIONS, 3)}")
    talk.ask("diego", "GET", f"{ALEX}/calendar")
    talk.ask("alex", "POST", "/me/calendars", {"name": "Custom"})
    for path in ("mailboxSettings", f"mailboxSettings/{OPTION}"):
        talk.ask("alex", "GET", f"/me/{path}")
    talk.ask(
        "alex", "PATCH", "/me/mailboxSettings", {OPTION: "sendToDelegateOnly"}, scopes="MailboxSettings.Read"
    )


def _inviting(talk: Talk) -> None:
    copy = talk.copy()
    talk.ask("adele", "POST", f"{copy}/events", DINNER, scopes="Calendars.Read.Shared")
    talk.ask("adele", "POST", f"{copy}/events", DINNER, scopes="Calendars.ReadWrite.Shared", Prefer=PACIFIC)
    for who in ("alex", "megan", "christie"):
        talk.ask(who, "GET", talk.event(who), Prefer=PACIFIC)
        talk.ask(who, "GET", talk.event(who).replace("/calendar", ""))
        talk.ask(who, "GET", "/me/messages")
    talk.ask("adele", "GET", f"{copy}/events")
    message = talk.id_of("christie", "/me/messages")
    talk.ask("christie", "GET", f"/me/messages/{message}?$expand=microsoft.graph.eventMessage/event")
    talk.ask("christie", "GET", f"/me/messages/{message}")
    body = {**DINNER, "transactionId": "1", "attendees": []}
    for _ in range(2):
        talk.ask("adele", "POST", f"{ALEX}/calendar/events", body)
    crowd = [{"emailAddress": {"address": f"p{number}@x.org"}} for number in range(501)]
    talk.ask("diego", "POST", "/me/events", {**DINNER, "attendees": crowd})
    talk.ask("adele", "DELETE", f"{ALEX}{talk.event('alex').removeprefix('/me')}")
    talk.ask("alex", "GET", "/me/events")


def _answering(talk: Talk) -> None:
    start = {"proposedNewTime": LATER}
    for option in (
        "sendToDelegateAndPrincipal",
        "sendToDelegateAndInformationToPrincipal",
        "sendToDelegateOnly",
    ):
        talk.ask("alex", "PATCH", "/me/mailboxSettings", {OPTION: option})
        talk.ask("adele", "POST", f"{talk.copy()}/events", {**DINNER, "subject": option})
        talk.ask("christie", "POST", f"{talk.event('christie')}/tentativelyAccept", {**start, "comment": "?"})
        talk.ask("megan", "POST", f"{talk.event('megan')}/accept", {})
        talk.ask("megan", "GET", talk.event("megan"))
        guest = {"emailAddress": {"address": "AlexW@contoso.com"}}
        talk.ask("christie", "POST", "/me/events", {**DINNER, "attendees": [guest]})
        for who in ("adele", "alex"):
            talk.ask(who, "GET", "/me/mailFolders/inbox/messages?$top=50")
        for number in range(2):
            message = talk.id_of("adele", "/me/messages", number)
            talk.ask("adele", "GET", f"/me/messages/{message}?$expand=microsoft.graph.eventMessage/event")
    talk.ask("alex", "GET", "/me/events?$top=50")
    asked = talk.id_of("adele", f"{ALEX}/events?$filter=isOrganizer eq false&$top=1")
    talk.ask("adele", "POST", f"{ALEX}/events/{asked}/accept", {})
    talk.ask("christie", "GET", "/me/events?$top=50")
    talk.ask(
        "alex", "POST", "/me/events", {**DINNER, "allowNewTimeProposals": False, "responseRequested": False}
    )
    path = talk.event("christie")
    talk.ask("christie", "POST", f"{path}/tentativelyAccept", {**start, "sendResponse": True})
    talk.ask("christie", "POST", f"{path}/tentativelyAccept", {"sendResponse": True})
    talk.ask("alex", "POST", "/me/events", DINNER)
    path = talk.event("christie")
    for who in ("alex", "christie"):
        talk.ask(who, "POST", f"{talk.event('alex')}/accept", {})
    group, calendar = (talk.id_of("megan", f"/me/{name}") for name in ("calendarGroups", "calendars"))
    below = talk.event("megan").removeprefix("/me/calendar/")
    talk.ask("megan", "POST", f"/me/calendarGroups/{group}/calendars/{calendar}/{below}/accept", {})
    for body in (
        {**start, "sendResponse": False},
        {"comment": "x", "sendResponse": False},
        {"sendResponse": False},
    ):
        talk.ask("christie", "POST", f"{path}/tentativelyAccept", body, scopes="Calendars.ReadWrite.Shared")
    talk.ask("christie", "POST", f"{path}/accept", {})
    talk.ask("megan", "POST", f"{talk.event('megan')}/decline", {"comment": "no"})
    talk.ask("megan", "GET", talk.event("megan"))
    for who in ("adele", "alex"):
        talk.ask(who, "GET", "/me/messages?$top=50")
    talk.ask("alex", "GET", talk.event("alex"))


def _living(talk: Talk) -> None:
    talk.ask("alex", "POST", "/me/events", DINNER)
    path = talk.event("alex")
    talk.ask("alex", "PATCH", path, {**LATER, "location": {"displayName": "Pub"}})
    more = [*DINNER["attendees"], {"emailAddress": {"address": "DiegoS@contoso.com"}}]
    talk.ask("alex", "PATCH", path, {"attendees": more})
    to = {"toRecipients": [{"emailAddress": {"address": "AdeleV@contoso.com"}}]}
    talk.ask("christie", "POST", f"{talk.event('christie')}/forward", to)
    talk.ask("alex", "GET", path)
    talk.ask("christie", "POST", f"{talk.event('christie')}/cancel", {})
    talk.ask("christie", "PATCH", talk.event("christie"), {"subject": "Mine"})
    talk.ask("alex", "POST", f"{path}/cancel", {"comment": "Snow"})
    talk.ask("christie", "GET", talk.event("christie"))
    talk.ask("christie", "GET", "/me/messages?$top=50")
    talk.ask("alex", "POST", "/me/events", DINNER)
    talk.ask("alex", "DELETE", talk.event("alex"))
    talk.ask("megan", "GET", "/me/messages")
    gone = talk.event("megan")
    for _ in range(2):
        talk.ask("megan", "DELETE", gone)


def _going_on(talk: Talk) -> None:
    copy, answered = talk.copy(), {"comment": "Yes", "sendResponse": True}
    diego = {"emailAddress": {"address": "DiegoS@contoso.com"}}
    talk.ask("adele", "POST", f"{copy}/events", {**DINNER, "transactionId": "1"})
    seen = f"{copy}/events/{talk.id_of('adele', f'{copy}/events')}"
    talk.ask("adele", "PATCH", seen, {"importance": "high", "transactionId": "2"})
    talk.ask("alex", "GET", talk.event("alex"))
    talk.ask("adele", "PATCH", seen, {"attendees": [*DINNER["attendees"], diego]})
    talk.ask("christie", "PATCH", talk.event("christie"), {"subject": "Mine"})
    talk.ask("alex", "PATCH", talk.event("alex"), {"location": {"displayName": "Pub"}})
    talk.ask("christie", "GET", talk.event("christie"))
    talk.ask("alex", "POST", "/me/events", PLAIN)
    talk.ask("alex", "POST", f"{talk.event('alex')}/forward", {"toRecipients": [diego]})
    talk.ask("diego", "GET", "/me/messages")
    gone = talk.event("megan").replace("/calendar", "")
    talk.ask("megan", "POST", f"{gone}/accept", answered)
    talk.ask("megan", "DELETE", gone)
    talk.ask("alex", "GET", "/me/messages")
    talk.ask("adele", "GET", "/me/messages")


def _having_roles(talk: Talk) -> None:
    for level in ("normal", "private", "confidential"):
        talk.ask("alex", "POST", "/me/events", {**PLAIN, "subject": f"Secret {level}", "sensitivity": level})
    hidden = talk.id_of("alex", "/me/events?$filter=sensitivity eq 'private'")
    roles = ("none", "freeBusyRead", "limitedRead", "read", "write", "delegateWithPrivateEventAccess")
    entry = talk.id_of("alex", PERMISSIONS, 1)
    talk.ask("adele", "GET", f"{ALEX}/events")
    talk.ask("adele", "PATCH", f"{ALEX}/events/{hidden}", {"importance": "high"})
    for role in roles:
        talk.ask("alex", "DELETE", f"{PERMISSIONS}/{entry}")
        if role != "none":
            body = {"emailAddress": {"address": "AdeleV@contoso.com"}, "role": role}
            entry = talk.ask("alex", "POST", PERMISSIONS, body).get("id", "AAMk")
        talk.ask("adele", "GET", "/me/calendars")
        talk.ask("adele", "GET", f"{ALEX}/calendar/events")
        talk.ask("adele", "POST", f"{ALEX}/calendar/events", {**PLAIN, "subject": role})
        talk.ask("adele", "GET", f"{ALEX}/calendar/events/{hidden}")
        talk.ask("adele", "PATCH", f"{ALEX}/events/{hidden}", {"importance": "low"})
        talk.ask("adele", "POST", "/me/calendar/getSchedule", SCHEDULE)
    talk.ask("adele", "POST", f"{talk.copy()}/events", DINNER)
    talk.ask("alex", "PATCH", f"{PERMISSIONS}/RGVmYXVsdA==", {"role": "none"})
    talk.ask("diego", "POST", "/me/calendar/getSchedule", SCHEDULE)


def _sharing_another(talk: Talk) -> None:
    copy = talk.copy()
    for change in ({"name": "Boss"}, {"color": "lightGreen"}):
        talk.ask("adele", "PATCH", copy, change)
        talk.ask("adele", "GET", copy)
    talk.ask("alex", "POST", "/me/events", PLAIN)
    talk.ask("adele", "GET", f"{copy}/events/{talk.id_of('adele', f'{copy}/events')}")
    other = talk.ask("alex", "POST", "/me/calendars", {"name": "Custom"}).get("id", "AAMk")
    reader = {"emailAddress": {"address": "AdeleV@contoso.com"}, "role": "read"}
    talk.ask("alex", "POST", f"/me/calendars/{other}/calendarPermissions", reader)
    talk.ask("adele", "GET", "/me/calendars")


def _sharing_only(talk: Talk) -> None:
    talk.world.role("adele", "write")
    talk.ask("adele", "POST", f"{talk.copy()}/events", DINNER)
    talk.ask("christie", "POST", f"{talk.event('christie')}/accept", {})
    for who in ("adele", "alex"):
        talk.ask(who, "GET", "/me/messages")


def _two_delegates(talk: Talk) -> None:
    talk.world.role("diego", "delegateWithPrivateEventAccess")
    talk.ask("adele", "POST", f"{talk.copy()}/events", DINNER)
    talk.ask("christie", "POST", f"{talk.event('christie')}/accept", {})
    talk.ask("diego", "GET", "/me/messages")


def _looking(talk: Talk) -> None:
    zone = {"dateTime": "2019-12-25T18:00:00", "timeZone": "America/Los_Angeles"}
    talk.ask("alex", "POST", "/me/events", {**PLAIN, "start": zone})
    talk.ask(
        "alex", "POST", "/me/events", {**PLAIN, "end": {"dateTime": "2019-12-01T00:00:00", "timeZone": "UTC"}}
    )
    daily = {
        "pattern": {"type": "daily", "interval": 1},
        "range": {"type": "noEnd", "startDate": "2019-12-25"},
    }
    talk.ask("alex", "POST", "/me/events", {**PLAIN, "recurrence": daily})
    window = "startDateTime=2019-12-20T00:00:00Z&endDateTime=2019-12-30T00:00:00Z"
    for query in (window, f"{window}&$select=createdDateTime", "x=1"):
        talk.ask("alex", "GET", f"/me/calendarView?{query}")
    event = talk.event("alex")
    for headers in ({}, {"Prefer": PACIFIC}, {"Prefer": 'outlook.body-content-type="text"'}):
        talk.ask("alex", "GET", event, **headers)
    talk.ask("alex", "GET", f"{event}?$select=subject")
    talk.ask("alex", "GET", "/me/events?$top=1")
    talk.ask("alex", "POST", "/me/events", {**DINNER, "body": {"content": "x" * 400}})
    talk.ask("megan", "GET", "/me/messages?$filter=subject eq 'x'&$orderby=receivedDateTime")
    kind = "ep/id eq 'String 0x001A' and ep/value eq 'IPM.Schedule.Meeting.Request'"
    talk.ask("megan", "GET", f"/me/messages?$filter=singleValueExtendedProperties/Any(ep: {kind})")
    talk.ask("megan", "GET", "/me/events?$filter=iCalUId eq 'x'")
    talk.ask("megan", "GET", "/me/events", Prefer='outlook.timezone="Nowhere"')
    for path in ("/me/events/AAMkADVj3fyAABZ5hYdAAA=", "/me/events/not-an-id", "/users/x@y.z/calendar"):
        talk.ask("alex", "GET", path)
    _looking_closely(talk)
    answer = talk.world.session.get("https://graph.test/v1.0/me")
    talk.hear((answer.status_code, answer.json().keys()))


def _looking_closely(talk: Talk) -> None:
    """Ask for ids, windows and pages in all the ways there are."""
    nowhere = {"dateTime": "2019-12-25T18:00:00", "timeZone": "Nowhere"}
    talk.ask("alex", "POST", "/me/events", {**PLAIN, "start": nowhere})
    made = talk.ask("alex", "POST", "/me/events", PLAIN)
    talk.ask("alex", "GET", f"/me/events?$filter=iCalUId eq '{made['iCalUId']}'")
    talk.ask("alex", "GET", f"/me/calendar/events/{made['id'].swapcase()}")
    talk.ask("alex", "GET", "/me/events?$top=1000")
    talk.ask("alex", "GET", "/me/calendar", Prefer=IMMUTABLE)
    message = talk.id_of("megan", "/me/messages")
    talk.ask("megan", "POST", f"/me/messages/{message}/move", {"destinationId": "archive"}, Prefer=IMMUTABLE)
    tokyo = 'outlook.timezone="Tokyo Standard Time"'
    for begin, end in (("01:00:00", "04:00:00"), ("10:00:00%2B09:00", "13:00:00%2B09:00")):
        window = f"startDateTime=2019-12-26T{begin}&endDateTime=2019-12-26T{end}"
        for headers in ({}, {"Prefer": tokyo}):
            talk.ask("alex", "GET", f"/me/calendarView?{window}", **headers)
    talk.ask(
        "alex", "GET", "/me/calendarView?startDateTime=2019-12-20T00:00:00&endDateTime=2020-12-20T00:00:00"
    )


LIKELY = {"INV": _inviting, "RCV": _inviting, "RSP": _answering, "RTE": _answering, "TAL": _answering}
LIKELY |= {"LIF": _living, "PRM": _having_roles, "PRV": _having_roles, "REP": _looking, "ERR": _looking}
CHAPTERS = (
    _setting_up,
    _inviting,
    _answering,
    _living,
    _going_on,
    _having_roles,
    _sharing_another,
    _sharing_only,
    _two_delegates,
    _looking,
)


@pytest.fixture(scope="module")
def usual() -> dict[Chapter, list[Any]]:
    """Play every chapter without a fault."""
    talks = {chapter: Talk(None, None) for chapter in CHAPTERS}
    for chapter, talk in talks.items():
        chapter(talk)
    return {chapter: talk.heard for chapter, talk in talks.items()}


def _is_noticed(fault: str, chapter: Chapter, usual: list[Any]) -> bool:
    """Tell whether a chapter goes differently with the fault; a conversation that cannot go on does."""
    try:
        chapter(Talk(fault, usual))
    except (NoticedError, KeyError, AssertionError):
        return True
    return False


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_fault_is_noticeable(fault: str, usual: dict[Chapter, list[Any]]) -> None:
    """With the fault at least one answer of the conversation is another one."""
    likely_first = sorted(CHAPTERS, key=lambda chapter: chapter is not LIKELY.get(fault[:3]))
    assert any(_is_noticed(fault, chapter, usual[chapter]) for chapter in likely_first)


def test_faults_are_documented() -> None:
    """Each is named after a requirement, and says in a sentence what is wrong."""
    for name, fault in FAULTS.items():
        assert re.fullmatch(r"(SET|INV|RCV|RSP|RTE|TAL|PRM|PRV|REP|ERR|LIF|SCP)-\d\d(\.\w+)?", name)
        assert fault.sentence.endswith(".")
        assert fault.waived or fault.seams


def test_unknown_fault_is_refused() -> None:
    """A mistyped fault is an error, not a healthy service."""
    with pytest.raises(KeyError, match="XYZ-01"):
        Emulator(faults=["XYZ-01"])
