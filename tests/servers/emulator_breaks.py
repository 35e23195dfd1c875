"""Break the answers of the reference emulator in ways that its own faults do not, for the chapters to notice.

    monkeypatch.setitem(FAULTS, "SET-12.unseen", as_fault(BREAKS["SET-12 calendar is another's"]))

Each break rewrites, drops or invents answers as they leave the service, whatever the service has done.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import breaking_changes as do
import emulator_break_rules as rules
import jwt
from breaking_rules import Ask, Break, refusal, status, twice, without
from emulator_break_rules import (
    ADELE,
    ALEX,
    CHRISTIE,
    DIEGO,
    EVENTS,
    GRANTS,
    INBOX,
    LIST,
    MEGAN,
    ONE,
    VIEW,
    asks,
    bodiless,
    calendar_of,
    called,
    every,
    is_event,
    kind,
)
from fault_actions import Reply

from graphcal.emulator import PEOPLE, Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from breaking_changes import Json

    from graphcal.emulator.web import Request, Response

ROOT = "/v1.0"
KEYS = {person.oid: person.key for person in PEOPLE}
CALENDAR = r"/[^?]*/calendars?/?[^/?]*(\?.*)?"


def as_fault(chosen: Break) -> Fault:
    """Return a break as a fault of the emulator, to be known by a name of its own."""
    memory: Json = {}

    def seam(request: Request, response: Response) -> Response:
        path = request.path.removeprefix(ROOT) + (f"?{request.query}" if request.query else "")
        reply = Reply(response.status, tuple(response.headers.items()), response.content())
        changed = chosen.applied(Ask(_reader(request), request.method, path, memory), reply)
        if changed is reply:
            return response
        headers = {name: value for name, value in changed.headers if name.lower() != "content-type"}
        return replace(response, status=changed.status, json=changed.json, headers=headers, text=None)

    return Fault(chosen.name, seams={"answer": seam})


def _reader(request: Request) -> str:
    token = request.headers.get("authorization", "").rpartition(" ")[2]
    try:
        claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    except jwt.PyJWTError:
        return ""
    return KEYS.get(claims.get("oid", ""), "")


def _told(name: str, where: Callable[[Ask, Json], bool], *changes: Callable[[Json], None]) -> Break:
    return Break(name[:6], name, where, rules.several(*changes))


def _answered(name: str, reply: Callable[[Ask, Reply], Reply]) -> Break:
    return Break(name[:6], name, reply=reply)


OWNER_READS = asks("GET", ONE, "alex")
SECRET = {
    "id": "AAMkSECRET=",
    "subject": "Knee surgery",
    "start": {"dateTime": "2026-06-09T08:00:00.0000000", "timeZone": "UTC"},
    "end": {"dateTime": "2026-06-09T10:00:00.0000000", "timeZone": "UTC"},
}
ENTRY = {"id": "AAMkENTRY=", "role": "read", "allowedRoles": ["read"], "emailAddress": MEGAN["emailAddress"]}
WRITER = {
    **ENTRY,
    "role": "write",
    "isInsideOrganization": False,
    "emailAddress": {"name": "Pat Outside", "address": "pat.write@example.com"},
}

SHARING = (
    _answered(
        "SET-11 copies missing under one's name",
        lambda ask, reply: (
            without(calendar_of("alex"))(ask, reply)
            if asks("GET", r"/users/[^/]+/calendars(\?.*)?", "adele")(ask)
            else reply
        ),
    ),
    _told(
        "SET-12 calendar is another's",
        asks("GET", r"/users/[^/]+/calendar", "adele"),
        do.put("owner", ADELE["emailAddress"]),
    ),
    _answered(
        "SET-14 owner's calendar opens by its id",
        rules.remembered(
            asks("GET", r"/users/[^/]+/calendar", "adele"),
            asks("GET", r"/me/calendars/[^/?]+", "adele"),
            (404,),
        ),
    ),
    _told(
        "SET-15 copy opens another event",
        asks("GET", r"/me/calendars/[^/]+/events/[^/?]+", "adele"),
        do.put("subject", "Another event"),
    ),
    _told(
        "SET-16 mailbox opens another event",
        asks("GET", r"/users/[^/]+/calendar/events/[^/?]+", "adele"),
        do.put("subject", "Another event"),
    ),
    _told(
        "SET-18 old name in the answer to the renaming",
        asks("PATCH", r"/me/calendars/[^/?]+", "adele"),
        do.put("name", "Alex Wilber"),
    ),
    _told(
        "SET-23 old option in the answer to the choice",
        asks("PATCH", "/me/mailboxSettings"),
        do.put("delegateMeetingMessageDeliveryOptions", "sendToDelegateOnly"),
    ),
    _told(
        "SET-26 organisation is neither inside nor outside",
        every(asks("GET", GRANTS), lambda _ask, entity: entity.get("isRemovable") is False),
        do.drop("isInsideOrganization"),
    ),
    _told(
        "SET-27 only one role of a delegate is offered",
        every(asks("GET", GRANTS), lambda _ask, entity: entity.get("isRemovable") is True),
        rules.without_role("delegateWithPrivateEventAccess"),
    ),
    _told("SET-28 old role in the answer to the change", asks("PATCH", GRANTS), do.put("role", "read")),
    _answered("SET-30 answers 202", status(202, asks("DELETE", GRANTS))),
    _told(
        "SET-31 permission is another's",
        asks("POST", GRANTS),
        do.put("emailAddress", MEGAN["emailAddress"]),
    ),
    _answered("SET-31 permission comes without a body", rules.instead(asks("POST", GRANTS), 201, {})),
)
INVITING = (
    _told(
        "INV-23 delegate organizes what she posts to the mailbox",
        asks("POST", r"/users/[^/]+/calendar/events"),
        do.put("organizer", ADELE),
    ),
    _told(
        "INV-06 optional attendee comes twice",
        every(asks("POST", LIST), called("Wine tasting")),
        do.add("attendees", CHRISTIE),
    ),
    _told(
        "INV-10 optional attendee is required",
        every(asks("POST", LIST), is_event),
        do.of("attendees", CHRISTIE, do.put("type", "required")),
    ),
    _answered(
        "INV-08 optional attendee learns nothing",
        without(every(asks("GET", ".*", "christie"), kind("Request"), called("Wine tasting"))),
    ),
    _answered(
        "INV-24 view shows a second event",
        twice(every(asks("GET", VIEW, "alex"), called("Quarterly review"))),
    ),
    _told("INV-12 whole day unless said otherwise", asks("POST", LIST, "alex"), do.put("isAllDay", True)),
)
RECEIVING = (
    _told(
        "RCV-17 request tells a later start",
        every(asks("GET", ".*"), kind("Request")),
        rules.later("startDateTime"),
    ),
    _told(
        "RCV-17 request tells another place",
        kind("Request"),
        do.put("location", {"displayName": "Elsewhere"}),
    ),
    _told("RCV-05 view shows free time", asks("GET", VIEW, "megan", "christie"), do.put("showAs", "free")),
    _told(
        "RCV-07 Megan sees one attendee more",
        every(asks("GET", ".*", "megan"), is_event),
        do.add("attendees", DIEGO),
    ),
    _told("RCV-03 from tells no address", kind("Request"), do.drop_in("from", "emailAddress", "address")),
    _told(
        "RCV-04 request is addressed to its reader alone",
        every(asks("GET", ".*", "megan"), kind("Request")),
        do.put("toRecipients", [MEGAN]),
    ),
    _told(
        "RCV-10 Megan's copy has another iCalUId",
        every(asks("GET", ".*", "megan"), is_event),
        do.put("iCalUId", "040000008200BBBB"),
    ),
    _told(
        "RCV-09 body tells who sent it",
        every(asks("GET", ".*", "megan"), kind("Request")),
        do.put("body.content", "<html>What there is to discuss. Sent by Adele Vance.</html>"),
    ),
    _told(
        "RCV-01 second invitee gets a message of no kind",
        every(asks("GET", ".*", "megan"), kind("Request")),
        do.put("meetingMessageType", "none"),
    ),
)
RESPONDING = (
    _told("RSP-05 comment of an acceptance is lost", kind("Accepted"), rules.empty),
    _told("RSP-05 comment of a refusal is lost", kind("Declined"), rules.empty),
    _told("RTE-10 acceptance tells a refusal", kind("Accepted"), do.put("responseType", "declined")),
    _told("RTE-05 acceptance goes to the owner too", kind("Accepted"), do.add("toRecipients", ALEX)),
    _told("RTE-04 refusal is from the delegate", kind("Declined"), do.put("from", ADELE)),
    _told(
        "RTE-03 refusal calls the meeting off",
        kind("Declined"),
        do.put("meetingMessageType", "meetingCancelled"),
    ),
    _told(
        "RSP-06 answer is older than the invitation",
        every(asks("GET", ONE, "megan"), is_event),
        do.put("responseStatus.time", "2020-01-01T00:00:00Z"),
    ),
    _answered("RSP-02 refusal answers 204", status(204, asks("POST", r".*/decline"), b"")),
    _told(
        "RSP-15 owner sees another start than was proposed",
        OWNER_READS,
        do.of("attendees", CHRISTIE, rules.slot_later),
    ),
    _told("RSP-14 message proposes another start", kind("TenativelyAccepted", "Declined"), rules.slot_later),
    _answered(
        "RSP-12 refuses with 422", rules.code(asks("POST", ".*/(tentativelyAccept|decline)"), 400, 422)
    ),
    _told(
        "RSP-20 delegate's answer is not the owner's",
        every(asks("GET", ONE, "christie"), is_event),
        do.of("attendees", ALEX, do.respond("none")),
    ),
    _told(
        "RSP-21 first answer stays",
        every(OWNER_READS, called("Concert")),
        do.of("attendees", CHRISTIE, do.respond("tentativelyAccepted")),
    ),
)
ROUTING = (
    _answered(
        "RTE-17 owner's inbox holds no answer",
        without(every(asks("GET", ".*", "alex"), kind("Accepted", "Declined", "TenativelyAccepted"))),
    ),
    _answered(
        "RTE-18 answer with its event is a broken item",
        refusal(500, "ErrorInternalServerError", asks("GET", r"/me/messages/[^?]*\?.*expand.*", "alex")),
    ),
    _told("RTE-14 delegate's request is not marked", asks("GET", ".*", "adele"), do.drop("isDelegated")),
    _told("RTE-14 attendee's request is marked", asks("GET", ".*", "christie"), do.put("isDelegated", True)),
    _answered(
        "RTE-15 view of the owner's day is empty",
        rules.instead(asks("GET", r"/users/[^/]+" + VIEW, "adele"), 200, {"value": []}),
    ),
    _answered("RTE-11 owner's answer is a 200", status(200, asks("POST", ".*/accept", "alex"))),
)
TALLY = (
    _told(
        "TAL-06 refusal is tallied as perhaps",
        OWNER_READS,
        do.of("attendees", CHRISTIE, do.respond("tentativelyAccepted")),
    ),
    _told(
        "TAL-08 answers are tallied at another time",
        OWNER_READS,
        do.of("attendees", MEGAN, do.put("status.time", "2026-01-05T08:00:00Z")),
    ),
    _told("TAL-10 owner is free", OWNER_READS, do.put("showAs", "free")),
    _told(
        "TAL-11 Megan sees what Christie answers",
        every(asks("GET", r"/me/events/[^/?]+", "megan"), is_event),
        do.of("attendees", CHRISTIE, do.respond("declined")),
    ),
    _answered("TAL-09 change key stays", rules.stays(OWNER_READS, "changeKey")),
)
ROLES = (
    _told(
        "PRM-02 schedule tells an outsider the place",
        asks("POST", ".*/getSchedule", "diego"),
        rules.spans(lambda _span: True, location="Harbour room"),
    ),
    _told(
        "PRM-04 list tells a limited reader the text",
        every(asks("GET", LIST, "christie"), bodiless),
        do.put("body", {"contentType": "html", "content": "We shall talk of Oslo."}),
    ),
    _told("PRM-05 reader sees no attendees", asks("GET", ONE, "christie"), do.put("attendees", [])),
    _answered(
        "PRM-06 refused and done",
        rules.done_all_the_same(asks("PATCH", ONE, "christie"), OWNER_READS),
    ),
    _answered("PRM-07 confirmed and not done", rules.stays(OWNER_READS, "subject")),
    _answered("PRM-07 removed and still there", rules.restored(OWNER_READS)),
    _answered(
        "PRM-11 one permission is told",
        rules.instead(asks("GET", GRANTS, "christie", "adele", "diego"), 200, {"value": [ENTRY]}),
    ),
    _told(
        "PRM-12 sharee may share",
        every(asks("GET", CALENDAR, "christie"), calendar_of("alex")),
        do.put("canShare", True),
    ),
    _told(
        "PRM-13 new name does not last",
        every(asks("GET", r"/me/calendars/[^/?]+", "christie"), calendar_of("alex")),
        do.put("name", "Alex Wilber"),
    ),
    _answered(
        "PRM-14 somebody outside may write",
        rules.instead(asks("POST", GRANTS, "alex"), 201, WRITER, of=(400, 403)),
    ),
    _answered(
        "PRM-03 outsider gets an empty list", rules.instead(asks("GET", LIST, "diego"), 200, {"value": []})
    ),
    _told(
        "SET-08 reader may see private items",
        every(asks("GET", CALENDAR, "christie"), calendar_of("alex")),
        do.put("canViewPrivateItems", True),
    ),
    _told(
        "PRM-15 writer's copy can't be edited",
        every(asks("GET", CALENDAR, "christie"), calendar_of("alex")),
        do.put("canEdit", False),
    ),
)
PRIVATE = (
    _answered(
        "PRV-01 list tells what a view hides", rules.invented(asks("GET", LIST, "adele", "christie"), SECRET)
    ),
    _told(
        "PRV-01 view tells the title",
        every(asks("GET", VIEW, "christie"), called("Private Appointment")),
        do.put("subject", "Knee surgery"),
    ),
    _answered("PRV-04 confirmed and not done", rules.stays(OWNER_READS, "subject")),
    _answered(
        "PRV-03 refused and done",
        rules.done_all_the_same(asks("PATCH", ONE, "christie", "adele"), OWNER_READS),
    ),
    _told(
        "PRV-06 schedule tells the place of a confidential event",
        asks("POST", ".*/getSchedule", "christie"),
        rules.spans(lambda span: "T18" in span["start"]["dateTime"], location="The tower"),
    ),
    _told(
        "PRV-07 personal is told as normal",
        every(OWNER_READS, lambda _ask, entity: entity.get("sensitivity") == "personal"),
        do.put("sensitivity", "normal"),
    ),
    _told(
        "PRV-02 trusted delegate sees no attendees",
        every(asks("GET", EVENTS, "adele"), called("Knee surgery")),
        do.put("attendees", []),
    ),
)
REPRESENTATION = (
    _told(
        "REP-03 end stays in UTC",
        every(asks("GET", EVENTS), lambda _ask, entity: "Tokyo" in str(entity.get("start"))),
        lambda event: event.update(end={"dateTime": "2026-01-14T10:00:00.0000000", "timeZone": "UTC"}),
    ),
    _answered(
        "REP-03 another zone is confirmed",
        rules.header(asks("GET", EVENTS), "preference-applied", 'outlook.timezone="UTC"'),
    ),
    _told(
        "REP-11 more than was selected",
        asks("GET", r"[^?]*\?.*select.*subject$"),
        do.put("importance", "normal"),
    ),
    _answered(
        "REP-17 view without an end shows everything",
        rules.instead(asks("GET", r"/[^?]*/calendarView.*"), 200, {"value": []}, of=(400,)),
    ),
    _told(
        "REP-18 dates of a series are exceptions",
        lambda _ask, entity: entity.get("type") == "occurrence",
        do.put("type", "exception"),
    ),
    _told(
        "REP-01 list names another zone",
        every(asks("GET", r"/[^?]*/events\?.*"), lambda _ask, entity: "UTC" in str(entity.get("start"))),
        do.put("start.timeZone", "GMT Standard Time"),
    ),
    _answered("REP-13 filter finds an event twice", twice(asks("GET", r"[^?]*/events\?.*iCalUId.*"))),
    _answered(
        "REP-16 inefficient filter is served",
        rules.instead(asks("GET", r"/me/messages\?.*orderby.*"), 200, {"value": []}, of=(400,)),
    ),
    _told(
        "REP-07 text keeps its markup",
        lambda _ask, entity: (entity.get("body") or {}).get("contentType") == "text",
        lambda entity: entity["body"].update(content=f"<b>{entity['body']['content']}</b>"),
    ),
    _answered(
        "REP-15 second page is the first again",
        rules.remembered(
            asks("GET", r"/me/mailFolders/inbox/messages\?%24top=1|/me/mailFolders/inbox/messages\?\$top=1"),
            asks("GET", r"/me/mailFolders/inbox/messages\?.*skip.*"),
        ),
    ),
)
REFUSALS = (
    _answered("ERR-03 answers 403", rules.code(asks("GET", "/me/calendars"), 401, 403)),
    _answered("ERR-04 answers 404", rules.code(asks("GET", r"/users/[^/]+/calendar", "adele"), 403, 404)),
    _answered("ERR-06 answers 410", rules.code(OWNER_READS, 404, 410)),
    _answered(
        "ERR-11 events stay readable",
        rules.remembered(
            asks("GET", r"/users/[^/]+/calendar/events", "diego"),
            asks("GET", r"/users/[^/]+/calendar/events", "diego"),
            (403, 404),
        ),
    ),
    _answered(
        "ERR-01 error is a word",
        rules.instead(
            asks("GET", r"/me/calendar/events/not-an-id"), 400, {"error": "ErrorInvalidIdMalformed"}
        ),
    ),
    _answered(
        "ERR-13 delegate is told a permission",
        rules.instead(asks("GET", GRANTS, "adele"), 200, {"value": [ENTRY]}),
    ),
    _answered(
        "ERR-05 refusal tells the place",
        rules.instead(
            asks("GET", r"/users/[^/]+/calendar.*", "diego"),
            403,
            {"error": {"code": "ErrorAccessDenied", "message": "The attic is not yours."}},
            of=(403, 404),
        ),
    ),
)
LIFE = (
    _answered("LIF-01 answer is the event before", rules.stays(asks("GET|PATCH", ONE), "subject")),
    _told("LIF-02 former start is wrong", kind("Request"), rules.later("previousStartDateTime")),
    _told("LIF-03 request is never out of date", kind("Request"), do.put("isOutOfDate", False)),
    _answered(
        "LIF-04 everybody hears of one more",
        twice(every(asks("GET", INBOX, "megan", "christie"), called("Guided tour"))),
    ),
    _answered("LIF-08 change key stays", rules.stays(asks("GET|PATCH", ONE), "changeKey")),
    _told(
        "LIF-09 former place stays",
        every(asks("PATCH", ONE), lambda _ask, entity: "lighthouse" in str(entity.get("location"))),
        lambda event: event["locations"].append({"displayName": "The harbour", "locationType": "default"}),
    ),
    _told("LIF-10 comment is lost", kind("Cancelled"), rules.empty),
    _answered("LIF-10 answers 204", status(204, asks("POST", ".*/cancel"), b"")),
    _told("LIF-12 attendee's copy is as before", asks("GET", ONE, "christie"), do.put("isCancelled", False)),
    _answered("LIF-13 answers 403", rules.code(asks("POST", ".*/cancel", "christie"), 400, 403)),
    _answered("LIF-14 answers 202", status(202, asks("DELETE", ONE, "alex"))),
    _answered("LIF-16 answers 200", status(200, asks("POST", ".*/forward"))),
    _told("LIF-06 end stays", asks("GET|PATCH", ONE, "alex"), rules.later("end")),
)
SCOPES = (
    _answered(
        "SCP-02 creation without the scope is not found", rules.code(asks("POST", LIST, "adele"), 403, 404)
    ),
    _answered(
        "SCP-09 choice without the scope is a 400", rules.code(asks("PATCH", "/me/mailboxSettings"), 403, 400)
    ),
    _answered(
        "SCP-11 schedule is refused", refusal(403, "ErrorAccessDenied", asks("POST", ".*/getSchedule"))
    ),
    _answered("SCP-06 owner's event is refused", refusal(403, "ErrorAccessDenied", every(OWNER_READS))),
)
OWN = (
    _answered(
        "SET-02 two calendars are the default",
        twice(
            every(asks("GET", "/me/calendars"), lambda _ask, entity: entity.get("isDefaultCalendar") is True)
        ),
    ),
    _told("TAL-02 invitee organizes", every(OWNER_READS, is_event), do.put("organizer", ADELE)),
    _told(
        "INV-15 zone of the end is forgotten",
        every(OWNER_READS, is_event),
        do.put("originalEndTimeZone", "UTC"),
    ),
    _told("REP-02 meeting is an hour later", every(OWNER_READS, is_event), rules.later("start", "end")),
)
CHAPTERS = {
    "own_calendar": OWN,
    "sharing": SHARING,
    "inviting": INVITING,
    "receiving": RECEIVING,
    "responding": RESPONDING,
    "routing": ROUTING,
    "tally": TALLY,
    "roles": ROLES,
    "private_events": PRIVATE,
    "representation": REPRESENTATION,
    "refusals": REFUSALS,
    "life_cycle": LIFE,
    "scopes": SCOPES,
}
BREAKS = {found.name: (chapter, found) for chapter, table in CHAPTERS.items() for found in table}
