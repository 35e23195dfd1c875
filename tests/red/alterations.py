"""Recordings of the walkthrough with one fault each, and the scenarios that each must turn red.

A test fails when a covered requirement, a scenario or a Then phrase has no alteration that turns it red.
"""

from __future__ import annotations

import base64
import copy
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Exchanges = dict[int, dict[str, Any]]  # the published exchanges by step
Change = Callable[[Exchanges], None]

ABSENT = object()
ADELE = {"emailAddress": {"name": "Adele Vance", "address": "AdeleV@contoso.com"}}
MEGAN = {"emailAddress": {"name": "Megan Bowen", "address": "MeganB@contoso.com"}}
CHRISTIE = {"emailAddress": {"name": "Christie Cline", "address": "ChristieC@contoso.com"}}
DIEGO = {"emailAddress": {"name": "Diego Siciliani", "address": "DiegoS@contoso.com"}}
MINIMUM = "0001-01-01T00:00:00Z"
CREATED, INVITED, ANSWERED, TALLIED = 2, 3, 5, 6


@dataclass(frozen=True)
class Alteration:
    """One fault: the requirement it breaks, what it changes, and every scenario that turns red.

    `red` maps titles to outcomes: failed, warned, or error.
    """

    requirement: str
    name: str
    change: Change
    red: dict[str, str]
    chapter: str = "walkthrough"

    def __str__(self) -> str:
        return f"{self.requirement} {self.name}"


def put(step: int, path: str, value: object) -> Change:
    """Set, or with ABSENT remove, what lies at a dotted path of a response body."""

    def change(exchanges: Exchanges) -> None:
        *way, last = path.split(".")
        place: Any = exchanges[step]["response"]["body"]
        for key in way:
            place = place[int(key) if isinstance(place, list) else key]
        key = int(last) if isinstance(place, list) else last.replace("%2E", ".")
        if value is ABSENT:
            del place[key]
        elif isinstance(place, list) and key == len(place):
            place.append(value)
        else:
            place[key] = value

    return change


def status(step: int, code: int, body: object = ABSENT) -> Change:
    """Answer with another status, and another body where one is given."""

    def change(exchanges: Exchanges) -> None:
        response = exchanges[step]["response"]
        response["status"] = code
        if body is None:
            response.pop("body", None)
        elif body is not ABSENT:
            response["body"] = body

    return change


def both(*changes: Change) -> Change:
    """Make several changes that are one fault."""

    def change(exchanges: Exchanges) -> None:
        for single in changes:
            single(exchanges)

    return change


def altered(exchanges: Exchanges, change: Change) -> Exchanges:
    """Return a changed copy of the exchanges."""
    changed = copy.deepcopy(exchanges)
    change(changed)
    return changed


def error(code: str, message: str = "Refused.") -> dict[str, Any]:
    """Return an error body as Graph writes it."""
    return {"error": {"code": code, "message": message, "innerError": {"date": "2026-01-01T00:00:00"}}}


def same_id(exchanges: Exchanges) -> None:
    """Give the copy in the delegate's mailbox the id that the calendar has in the owner's."""
    own = "AQMkADAw7QAAAJfygAAAA=="
    text = json.dumps(exchanges[1]).replace("AAMkADRpAABf0JlzAAA=", own)
    exchanges[1] = json.loads(text)
    exchanges[2]["request"]["url"] = exchanges[2]["request"]["url"].replace("AAMkADRpAABf0JlzAAA=", own)


def created_message(exchanges: Exchanges) -> None:
    """Answer the creation as the current edition of the page prints it."""
    exchanges[2]["response"] = copy.deepcopy(exchanges[3]["response"])


def base64_of(length: int) -> str:
    """Return base64 of so many bytes that begin like no request's index."""
    return base64.b64encode(bytes(length)).decode()


ALTERATIONS = [
    Alteration(
        "SET-01",
        "the list is refused",
        status(1, 403, error("ErrorAccessDenied")),
        {"A delegate's calendars come as a collection": "failed"},
    ),
    Alteration(
        "SET-01",
        "the list is no collection",
        put(1, "value", {}),
        {
            "A delegate's calendars come as a collection": "failed",
            "Every answer fits its schema, also where no scenario looks (SET-01)": "failed",
        },
    ),
    Alteration(
        "SET-01",
        "the list answers 204 with nothing",
        status(1, 204, None),
        {"A delegate's calendars come as a collection": "failed"},
    ),
    Alteration(
        "SET-02",
        "her own calendar is not listed",
        put(1, "value.0", ABSENT),
        {
            "A delegate has every right to her own calendar": "warned",
            "A delegate's own calendar is in her list": "failed",
        },
    ),
    Alteration(
        "SET-02",
        "she may not share her own calendar",
        put(1, "value.0.canShare", False),
        {"A delegate has every right to her own calendar": "warned"},
    ),
    Alteration(
        "SET-02",
        "her own calendar lacks canEdit",
        put(1, "value.0.canEdit", ABSENT),
        {"A delegate has every right to her own calendar": "warned"},
    ),
    Alteration(
        "SET-03",
        "no copy of the calendar is listed",
        put(1, "value.1", ABSENT),
        {"A copy of the delegated calendar is in the delegate's list": "failed"},
    ),
    Alteration(
        "SET-03",
        "the copy stands twice in the list",
        put(
            1,
            "value.2",
            {
                "id": "AAMkADRpAABf0JlzAAB=",
                "name": "Alex Wilber",
                "owner": {"name": "Alex Wilber", "address": "AlexW@contoso.com"},
                "canShare": False,
                "canEdit": True,
                "canViewPrivateItems": False,
                "color": "auto",
                "changeKey": "x",
            },
        ),
        {"A copy of the delegated calendar is in the delegate's list": "failed"},
    ),
    Alteration(
        "SET-04",
        "the copy can be shared on",
        put(1, "value.1.canShare", True),
        {"A delegate cannot share the owner's calendar on": "failed"},
    ),
    Alteration(
        "SET-04",
        "the copy does not say whether it can be shared",
        put(1, "value.1.canShare", ABSENT),
        {"A delegate cannot share the owner's calendar on": "failed"},
    ),
    Alteration(
        "SET-05",
        "the copy cannot be edited",
        put(1, "value.1.canEdit", False),
        {"A delegate can edit the owner's calendar": "failed"},
    ),
    Alteration(
        "SET-06",
        "the copy's owner has another name",
        put(1, "value.1.owner.name", "Adele Vance"),
        {"The copy names the owner of the calendar": "failed"},
    ),
    Alteration(
        "SET-06",
        "the copy's owner has no name",
        put(1, "value.1.owner.name", ABSENT),
        {"The copy names the owner of the calendar": "failed"},
    ),
    Alteration(
        "SET-06",
        "the copy's owner has another address",
        put(1, "value.1.owner.address", "AdeleV@contoso.com"),
        {"The copy names the owner of the calendar": "failed"},
    ),
    Alteration(
        "SET-06",
        "the copy tells no owner",
        put(1, "value.1.owner", ABSENT),
        {"The copy names the owner of the calendar": "failed"},
    ),
    Alteration(
        "SET-02",
        "her own calendar is not the default one",
        put(1, "value.0.isDefaultCalendar", False),
        {
            "A delegate has every right to her own calendar": "warned",
            "A delegate's own calendar is in her list": "failed",
        },
    ),
    Alteration(
        "SET-07",
        "the copy has a name of its own",
        put(1, "value.1.name", "Calendar"),
        {"The copy is called after the owner": "failed"},
    ),
    Alteration(
        "SET-08",
        "private items can be seen",
        put(1, "value.1.canViewPrivateItems", True),
        {"A delegate without that right cannot see private items": "failed"},
    ),
    Alteration(
        "SET-13",
        "the copy has the id of the original",
        same_id,
        {"The copy has another id than the calendar in the owner's mailbox": "failed"},
    ),
    Alteration(
        "INV-01",
        "the creation is refused",
        status(2, 403, error("ErrorAccessDenied")),
        {
            "A delegate creates an event through her copy of the calendar": "failed",
            "Creating an event answers 201": "failed",
        },
    ),
    Alteration(
        "INV-02",
        "the creation answers 200",
        status(2, 200),
        {"Creating an event answers 201": "failed"},
    ),
    Alteration(
        "INV-02",
        "the creation answers 202",
        status(2, 202),
        {"Creating an event answers 201": "failed"},
    ),
    Alteration(
        "INV-03",
        "the creation answers with a message",
        created_message,
        {
            "Creating an event answers 201": "failed",
            "Creating an event answers with the event": "failed",
            "The types are the documented ones for Adele, who looks at the event she created": "failed",
        },
    ),
    Alteration(
        "INV-03",
        "the new event has no iCalUId",
        put(2, "iCalUId", ABSENT),
        {
            "Creating an event answers with the event": "failed",
            "The attendee's copy shares the iCalUId of the delegate's": "failed",
            "The event is in the owner's calendar under the same iCalUId": "failed",
        },
    ),
    Alteration(
        "INV-03",
        "the new event says that it is a message",
        put(2, "meetingMessageType", "meetingRequest"),
        {"Creating an event answers with the event": "failed"},
    ),
    Alteration(
        "INV-03",
        "the creation answers with nothing",
        status(2, 201, None),
        {"Creating an event answers with the event": "failed"},
    ),
    Alteration(
        "INV-04",
        "the new event is not its owner's",
        put(2, "isOrganizer", False),
        {"The calendar's owner organizes what his delegate creates": "failed"},
    ),
    Alteration(
        "INV-05",
        "the delegate is the organizer",
        put(2, "organizer", ADELE),
        {
            "The delegate leaves no trace in the event she created": "failed",
            "The organizer of the new event is the owner": "failed",
        },
    ),
    Alteration(
        "INV-05",
        "an outsider is the organizer",
        put(2, "organizer", DIEGO),
        {"The organizer of the new event is the owner": "failed"},
    ),
    Alteration(
        "INV-06",
        "an attendee is missing",
        put(2, "attendees.0", ABSENT),
        {"The invitees alone attend the new event": "failed"},
    ),
    Alteration(
        "INV-06",
        "an outsider attends",
        put(2, "attendees.2", {**DIEGO, "type": "required", "status": {"response": "none", "time": MINIMUM}}),
        {"The invitees alone attend the new event": "failed"},
    ),
    Alteration(
        "INV-07",
        "the new event tells who made it",
        put(2, "createdBy", {"user": {"displayName": "Adele Vance"}}),
        {"The delegate leaves no trace in the event she created": "failed"},
    ),
    Alteration(
        "INV-07",
        "a deep property tells who made it",
        put(2, "x", [[{"mailto:adelev@contoso.com": None}]]),
        {"The delegate leaves no trace in the event she created": "failed"},
    ),
    Alteration(
        "INV-08",
        "the invitation is not there",
        status(3, 404, error("ErrorItemNotFound")),
        {
            "Creating the event is enough to invite": "failed",
            "Message and event come in one answer": "failed",
        },
    ),
    Alteration(
        "INV-09",
        "an attendee of the new event has accepted",
        put(2, "attendees.0.status.response", "accepted"),
        {"Nobody has answered a new event": "warned"},
    ),
    Alteration(
        "INV-09",
        "an attendee of the new event has no status",
        put(2, "attendees.1.status", ABSENT),
        {
            "Nobody has answered a new event": "warned",
            "The printed properties are all there for Adele, who looks at the event she created": "warned",
        },
    ),
    Alteration(
        "INV-10",
        "an attendee has become optional",
        put(2, "attendees.1.type", "optional"),
        {"Attendees are required when they are invited so": "warned"},
    ),
    Alteration(
        "INV-11",
        "the owner's side has accepted",
        put(2, "responseStatus.response", "accepted"),
        {"The organizer's own response to a new event": "warned"},
    ),
    Alteration(
        "INV-11",
        "the owner's side has a time",
        put(2, "responseStatus.time", "2019-12-21T05:00:00Z"),
        {"The organizer's own response to a new event": "warned"},
    ),
    Alteration(
        "INV-12",
        "the new event is of high importance",
        put(2, "importance", "high"),
        {"A new event has the defaults of a plain meeting": "warned"},
    ),
    Alteration(
        "INV-12",
        "the new event has a category",
        put(2, "categories", ["Red"]),
        {"A new event has the defaults of a plain meeting": "warned"},
    ),
    Alteration(
        "INV-12",
        "the new event is shown as free",
        put(2, "showAs", "free"),
        {"A new event has the defaults of a plain meeting": "warned"},
    ),
    Alteration(
        "INV-13",
        "no response is requested",
        put(2, "responseRequested", False),
        {"Invitees are asked to respond": "failed"},
    ),
    Alteration(
        "INV-13",
        "new times may not be proposed",
        put(2, "allowNewTimeProposals", False),
        {"Invitees are asked to respond": "failed"},
    ),
    Alteration(
        "INV-14",
        "the delegate is reminded",
        put(2, "isReminderOn", True),
        {"The delegate is not reminded of the owner's event": "warned"},
    ),
    Alteration(
        "INV-14",
        "the delegate's reminder is half an hour",
        put(2, "reminderMinutesBeforeStart", 30),
        {"The delegate is not reminded of the owner's event": "warned"},
    ),
    Alteration(
        "INV-14",
        "the owner is not reminded",
        put(6, "isReminderOn", False),
        {"The owner is reminded of the event": "warned"},
    ),
    Alteration(
        "INV-13",
        "the attendee's copy asks for no response",
        put(3, "event.responseRequested", False),
        {
            "The attendee's copy asks her to respond": "failed",
            "The owner's event and the attendee's agree on what the meeting is": "warned",
        },
    ),
    Alteration(
        "INV-13",
        "the owner's event asks for no response",
        put(6, "responseRequested", False),
        {
            "The owner's event and the attendee's agree on what the meeting is": "warned",
            "The owner's event asks the attendees to respond": "failed",
        },
    ),
    Alteration(
        "INV-15",
        "the new event forgets its zone",
        put(2, "originalStartTimeZone", "UTC"),
        {"The new event remembers the zone it was planned in": "failed"},
    ),
    Alteration(
        "INV-15",
        "the attendee's copy forgets its zone",
        both(put(3, "event.originalEndTimeZone", "UTC"), put(6, "originalEndTimeZone", "UTC")),
        {
            "The attendee's copy remembers the zone the event was planned in": "failed",
            "The owner's event remembers the zone it was planned in": "failed",
        },
    ),
    Alteration(
        "INV-16",
        "the creation answers in UTC",
        both(
            put(2, "start", {"dateTime": "2019-12-26T02:00:00.0000000", "timeZone": "UTC"}),
            put(2, "end", {"dateTime": "2019-12-26T06:00:00.0000000", "timeZone": "UTC"}),
        ),
        {"The answer to the creation tells times in the zone that was asked for": "failed"},
    ),
    Alteration(
        "INV-16",
        "the creation answers with another hour",
        put(2, "start.dateTime", "2019-12-25T17:00:00.0000000"),
        {"The answer to the creation tells times in the zone that was asked for": "failed"},
    ),
    Alteration(
        "INV-17",
        "the content type keeps its casing",
        put(2, "body.contentType", "HTML"),
        {
            "Enumerations come in lower camel case however they were sent": "warned",
            "The types are the documented ones for Adele, who looks at the event she created": "failed",
        },
    ),
    Alteration(
        "INV-18",
        "the body is kept as a fragment",
        put(2, "body.content", "Happy holidays!"),
        {"The text becomes a full document with a plain preview": "warned"},
    ),
    Alteration(
        "INV-18",
        "the preview holds markup",
        put(2, "bodyPreview", "<p>Happy holidays!</p>"),
        {"The text becomes a full document with a plain preview": "warned"},
    ),
    Alteration(
        "INV-19",
        "the place is no location",
        put(2, "location.displayName", "Somewhere"),
        {"The place is the location and the only one of the locations": "failed"},
    ),
    Alteration(
        "INV-19",
        "the place is not among the locations",
        put(2, "locations", []),
        {
            "The place is the location and the only one of the locations": "failed",
            "The printed properties are all there for Adele, who looks at the event she created": "warned",
        },
    ),
    Alteration(
        "INV-19",
        "the attendee's copy has no locations",
        put(3, "event.locations", []),
        {
            "The attendee's copy tells the place in both ways": "failed",
            "The printed properties are all there for Christie, who looks at the event of the invitation": "warned",
        },
    ),
    Alteration(
        "INV-19",
        "the owner's event has another location",
        put(6, "locations.0.displayName", "Elsewhere"),
        {"The owner's event tells the place in both ways": "failed"},
    ),
    Alteration(
        "INV-20",
        "an address is another one",
        put(2, "attendees.0.emailAddress.address", "m.bowen@contoso.com"),
        {
            "Addresses may come back in another casing only": "warned",
            "The invitees alone attend the new event": "failed",
        },
    ),
    Alteration(
        "INV-21",
        "the owner's event has another iCalUId",
        put(6, "iCalUId", "040000008200E00074C5B7101A82E008"),
        {
            "The event is in the owner's calendar under the same iCalUId": "failed",
            "The owner's event shares the iCalUId of the attendee's": "failed",
        },
    ),
    Alteration(
        "INV-21",
        "the owner's event has the delegate's id",
        put(6, "id", "AAMkADI4oeRpAABf0LrcAAA="),
        {
            "The owner's event has another id than the delegate's": "warned",
            "The web link holds the encoded id for Alex who looks at the event in his calendar": "warned",
        },
    ),
    Alteration(
        "RCV-01",
        "the invitation is no request",
        put(3, "meetingMessageType", "none"),
        {"An invitation is a meeting request": "failed"},
    ),
    Alteration(
        "RCV-01",
        "the invitation does not say what it is",
        put(3, "meetingMessageType", ABSENT),
        {"An invitation is a meeting request": "failed"},
    ),
    Alteration(
        "RCV-02",
        "the owner is the sender",
        put(3, "sender.emailAddress", {"name": "Alex Wilber", "address": "AlexW@contoso.com"}),
        {"The delegate is the sender of the invitation": "failed"},
    ),
    Alteration(
        "RCV-03",
        "the invitation is from the delegate",
        put(3, "from", ADELE),
        {
            "The delegate shows in the invitation as its sender only": "failed",
            "The invitation is from the owner": "failed",
        },
    ),
    Alteration(
        "RCV-04",
        "an invitee is not addressed",
        put(3, "toRecipients.0", ABSENT),
        {
            "The invitation is addressed to nobody else": "warned",
            "The invitation is addressed to the invitees": "failed",
        },
    ),
    Alteration(
        "RCV-04",
        "an outsider is addressed too",
        put(3, "toRecipients.2", DIEGO),
        {"The invitation is addressed to nobody else": "warned"},
    ),
    Alteration(
        "RCV-04",
        "an outsider gets a copy",
        put(3, "ccRecipients", [DIEGO]),
        {"The invitation is addressed to nobody else": "warned"},
    ),
    Alteration(
        "RCV-05",
        "the attendee's copy is busy",
        put(3, "event.showAs", "busy"),
        {
            "A tentative answer leaves the event tentative": "warned",
            "The event stands in the attendee's calendar as tentative": "failed",
        },
    ),
    Alteration(
        "RCV-06",
        "the event is not expanded",
        put(3, "event", ABSENT),
        {"Message and event come in one answer": "failed"},
    ),
    Alteration(
        "RCV-06",
        "the invitation answers 206",
        status(3, 206),
        {"Message and event come in one answer": "failed"},
    ),
    Alteration(
        "RCV-06",
        "the invitation is read as nothing",
        status(3, 200, None),
        {
            "Creating the event is enough to invite": "failed",
            "Message and event come in one answer": "failed",
        },
    ),
    Alteration(
        "RCV-07",
        "the owner is no attendee of the attendee's copy",
        put(3, "event.attendees.0", ABSENT),
        {"The attendee's copy lists the owner among the attendees": "failed"},
    ),
    Alteration(
        "RCV-07",
        "the owner is an optional attendee",
        put(3, "event.attendees.0.type", "optional"),
        {"The attendee's copy lists the owner among the attendees": "failed"},
    ),
    Alteration(
        "RCV-08",
        "an outsider organizes the attendee's copy",
        put(3, "event.organizer", DIEGO),
        {
            "The organizer of the attendee's copy is the owner": "failed",
            "The owner's event and the attendee's agree on what the meeting is": "warned",
        },
    ),
    Alteration(
        "RCV-08",
        "the attendee organizes her copy",
        put(3, "event.isOrganizer", True),
        {"The attendee does not organize her copy": "warned"},
    ),
    Alteration(
        "RCV-09",
        "the attendee's copy names the delegate",
        put(3, "event.onBehalfOf", "AdeleV@contoso.com"),
        {
            "The delegate leaves no trace in the attendee's event": "failed",
            "The delegate shows in the invitation as its sender only": "failed",
        },
    ),
    Alteration(
        "RCV-09",
        "the invitation answers to the delegate",
        put(3, "x-replyAddress", "Vance, Adele"),
        {"The delegate shows in the invitation as its sender only": "failed"},
    ),
    Alteration(
        "RCV-10",
        "the attendee's copy has another iCalUId",
        put(3, "event.iCalUId", "040000008200E00074C5B7101A82E008"),
        {
            "The attendee's copy shares the iCalUId of the delegate's": "failed",
            "The owner's event shares the iCalUId of the attendee's": "failed",
        },
    ),
    Alteration(
        "RCV-11",
        "the attendee's copy has the delegate's change key",
        put(3, "event.changeKey", "NDznl+Uh50WkanaCOKHkaQAAX8m47Q=="),
        {
            "The attendee's copy has ids of its own": "warned",
            "The etag is the weak form of the change key for Christie who looks at the event of the invitation": "warned",
        },
    ),
    Alteration(
        "RCV-11",
        "the owner's event has the attendee's etag",
        put(6, "@odata%2Eetag", 'W/"yvNriWFaOEaxVdwA1Y938gAAX+T7Jg=="'),
        {
            "The etag is the weak form of the change key for Alex who looks at the event in his calendar": "warned",
            "The owner's event has ids of its own": "warned",
        },
    ),
    Alteration(
        "RCV-11",
        "the invitation has the id of its event",
        put(3, "id", "AAMkADADVj3fyAABZ5ieyAAA="),
        {
            "The invitation has another id than its event": "warned",
            "The web link holds the encoded id for Christie who looks at the invitation": "warned",
        },
    ),
    Alteration(
        "RCV-12",
        "the copies differ in their subject",
        put(6, "subject", "Christmas lunch"),
        {"The owner's event and the attendee's agree on what the meeting is": "warned"},
    ),
    Alteration(
        "RCV-12",
        "the copies differ in their end",
        put(3, "event.end.dateTime", "2019-12-26T07:00:00.0000000"),
        {
            "18:00 Pacific is 02:00 UTC of the next day for Christie": "warned",
            "The owner's event and the attendee's agree on what the meeting is": "warned",
        },
    ),
    Alteration(
        "RCV-12",
        "the copies differ in their organizer",
        put(6, "organizer", DIEGO),
        {
            "The organizer of the owner's event is the owner": "failed",
            "The owner's event and the attendee's agree on what the meeting is": "warned",
        },
    ),
    Alteration(
        "RCV-13",
        "the attendee's own response is given before she answers",
        put(3, "event.responseStatus.response", "accepted"),
        {"The attendee's own response is open": "failed"},
    ),
    Alteration(
        "RCV-13",
        "the attendee's copy has no response status",
        put(3, "event.responseStatus", ABSENT),
        {
            "The attendee's own response is open": "failed",
            "The printed properties are all there for Christie, who looks at the event of the invitation": "warned",
        },
    ),
    Alteration(
        "RCV-14",
        "the attendee's copy shows another's answer",
        put(3, "event.attendees.1.status.response", "declined"),
        {"The attendee's copy shows no answers": "warned"},
    ),
    Alteration(
        "RCV-14",
        "the organizer has accepted in the attendee's copy",
        put(3, "event.attendees.0.status.response", "accepted"),
        {
            "The attendee's copy shows no answers": "warned",
            "The organizer has no answer to give in the attendee's copy": "failed",
        },
    ),
    Alteration(
        "RCV-15",
        "the invitation's subject has a prefix",
        put(3, "subject", "Invitation: Christmas dinner"),
        {"The invitation bears the subject and the text of the event": "warned"},
    ),
    Alteration(
        "RCV-15",
        "the invitation has no text",
        put(3, "bodyPreview", ""),
        {"The invitation bears the subject and the text of the event": "warned"},
    ),
    Alteration(
        "RCV-16",
        "the invitation is typed as a plain message",
        put(3, "@odata%2Etype", "#microsoft.graph.message"),
        {"The invitation's type is of the event message family": "failed"},
    ),
    Alteration(
        "RCV-16",
        "the invitation is typed as a response",
        put(3, "@odata%2Etype", "#microsoft.graph.eventMessageResponse"),
        {"The invitation's type is of the event message family": "failed"},
    ),
    Alteration(
        "RCV-16",
        "the invitation is not typed",
        put(3, "@odata%2Etype", ABSENT),
        {"The invitation's type is of the event message family": "failed"},
    ),
    Alteration(
        "RCV-18",
        "the invitation is a draft",
        put(3, "isDraft", True),
        {"The invitation arrives plain": "warned"},
    ),
    Alteration(
        "RCV-18",
        "the invitation is received before it is sent",
        put(3, "receivedDateTime", "2019-12-21T04:58:00Z"),
        {"The invitation arrives plain": "warned"},
    ),
    Alteration(
        "RCV-19",
        "the conversation index is too short",
        put(3, "conversationIndex", base64_of(21)),
        {
            "The answer continues the conversation of the request": "warned",
            "The invitation starts a conversation": "warned",
        },
    ),
    Alteration(
        "RCV-20",
        "the attendee's copy is older than the creation",
        put(3, "event.createdDateTime", "2019-12-21T04:00:00.0000000Z"),
        {"The attendee's copy comes after the creation": "warned"},
    ),
    Alteration(
        "RSP-01",
        "the answer is taken with 200",
        status(4, 200),
        {"A tentative answer is accepted without a word": "failed"},
    ),
    Alteration(
        "RSP-01",
        "the answer is answered with a body",
        status(4, 202, {}),
        {"A tentative answer is accepted without a word": "failed"},
    ),
    Alteration(
        "RSP-01",
        "the answer is refused",
        status(4, 400, error("ErrorInvalidRequest")),
        {"A tentative answer is accepted without a word": "failed"},
    ),
    Alteration(
        "RSP-05",
        "the comment is lost",
        put(5, "bodyPreview", ""),
        {"The comment is the preview of the answer": "warned"},
    ),
    Alteration(
        "RCV-15",
        "the invitation has no body",
        put(3, "body.content", ""),
        {"The invitation bears the subject and the text of the event": "warned"},
    ),
    Alteration(
        "RSP-05",
        "the comment is not in the body",
        put(5, "body.content", "<html></html>"),
        {"The comment is the text of the answer": "failed"},
    ),
    Alteration(
        "RSP-07",
        "the tentative answer turns the event free",
        put(3, "event.showAs", "free"),
        {
            "A tentative answer leaves the event tentative": "warned",
            "The event stands in the attendee's calendar as tentative": "failed",
        },
    ),
    Alteration(
        "RTE-01",
        "the response does not arrive",
        status(5, 404, error("ErrorItemNotFound")),
        {"The answer reaches the delegate": "failed"},
    ),
    Alteration(
        "RTE-01",
        "the response is read as nothing",
        status(5, 200, None),
        {"The answer reaches the delegate": "failed"},
    ),
    Alteration(
        "RTE-02",
        "the response's kind is spelt correctly",
        put(5, "meetingMessageType", "meetingTentativelyAccepted"),
        {
            "The answer says that it is tentative, in the spelling of the metadata": "failed",
            "The types are the documented ones for Adele, who looks at Christie's answer": "failed",
        },
    ),
    Alteration(
        "RTE-02",
        "the response is an acceptance",
        put(5, "meetingMessageType", "meetingAccepted"),
        {"The answer says that it is tentative, in the spelling of the metadata": "failed"},
    ),
    Alteration(
        "RTE-04",
        "the response is from another",
        put(5, "from", MEGAN),
        {"The answer is from the attendee": "failed"},
    ),
    Alteration(
        "RTE-04",
        "the response has another sender",
        put(5, "sender", MEGAN),
        {"The attendee is the sender of the answer": "warned"},
    ),
    Alteration(
        "RTE-05",
        "the response is addressed to the owner too",
        put(5, "toRecipients.1", {"emailAddress": {"name": "Alex Wilber", "address": "AlexW@contoso.com"}}),
        {
            "The answer is addressed to the delegate alone": "failed",
            "The tally needs no message to the owner": "failed",
        },
    ),
    Alteration(
        "RTE-05",
        "the response is addressed to the owner alone",
        put(5, "toRecipients.0.emailAddress.address", "AlexW@contoso.com"),
        {
            "The answer is addressed to the delegate alone": "failed",
            "The tally needs no message to the owner": "failed",
        },
    ),
    Alteration(
        "RTE-07",
        "the response's subject has no prefix",
        put(5, "subject", "Christmas dinner"),
        {"The subject of the answer tells its manner": "warned"},
    ),
    Alteration(
        "RTE-08",
        "the response starts a conversation of its own",
        put(5, "conversationIndex", base64_of(27)),
        {"The answer continues the conversation of the request": "warned"},
    ),
    Alteration(
        "RTE-08",
        "the response repeats the index of the request",
        put(5, "conversationIndex", "AdW3u1xx5S7TYrbluE2pCXNgAzyNAw=="),
        {"The answer continues the conversation of the request": "warned"},
    ),
    Alteration(
        "RTE-09",
        "the response arrives read",
        put(5, "isRead", True),
        {"The answer arrives unread and plain": "warned"},
    ),
    Alteration(
        "RTE-09",
        "the response is copied to an outsider",
        put(5, "bccRecipients", [DIEGO]),
        {"The answer arrives unread and plain": "warned"},
    ),
    Alteration(
        "RTE-10",
        "the response is typed as a request",
        put(5, "@odata%2Etype", "#microsoft.graph.eventMessageRequest"),
        {"The answer's type is of the event message family": "failed"},
    ),
    Alteration(
        "RTE-10",
        "the response tells another response",
        put(5, "responseType", "organizer"),
        {"The answer's type is of the event message family": "failed"},
    ),
    Alteration(
        "TAL-01",
        "the owner cannot read the event",
        status(6, 403, error("ErrorAccessDenied")),
        {"The owner can read what his delegate created": "failed"},
    ),
    Alteration(
        "TAL-01",
        "the owner's event is not found",
        status(6, 404, error("ErrorItemNotFound")),
        {"The owner can read what his delegate created": "failed"},
    ),
    Alteration(
        "TAL-01",
        "the owner's event is read as nothing",
        status(6, 200, None),
        {"The owner can read what his delegate created": "failed"},
    ),
    Alteration(
        "TAL-02",
        "the owner does not organize his event",
        put(6, "isOrganizer", False),
        {"The owner organizes the event in his calendar": "failed"},
    ),
    Alteration(
        "TAL-02",
        "the attendee organizes the owner's event",
        put(6, "organizer.emailAddress.address", "ChristieC@contoso.com"),
        {
            "The organizer of the owner's event is the owner": "failed",
            "The owner's event and the attendee's agree on what the meeting is": "warned",
        },
    ),
    Alteration(
        "TAL-03",
        "the owner attends his own event",
        put(
            6,
            "attendees.2",
            {
                "type": "required",
                "status": {"response": "none", "time": MINIMUM},
                "emailAddress": {"name": "Alex Wilber", "address": "AlexW@contoso.com"},
            },
        ),
        {"The invitees alone attend the owner's event": "failed"},
    ),
    Alteration(
        "TAL-04",
        "who has not answered has declined",
        put(6, "attendees.0.status.response", "declined"),
        {"Who has not answered stays without an answer": "failed"},
    ),
    Alteration(
        "TAL-05",
        "the tally shows no answer",
        both(put(6, "attendees.1.status.response", "none"), put(6, "attendees.1.status.time", MINIMUM)),
        {
            "The tally needs no message to the owner": "failed",
            "Who has answered tentatively is tallied so": "failed",
        },
    ),
    Alteration(
        "TAL-05",
        "the tally shows another answer",
        put(6, "attendees.1.status.response", "accepted"),
        {"Who has answered tentatively is tallied so": "failed"},
    ),
    Alteration(
        "TAL-07",
        "the tally needed a message to the owner",
        put(5, "toRecipients.0.emailAddress.address", "alexw@contoso.com"),
        {
            "The answer is addressed to the delegate alone": "failed",
            "The tally needs no message to the owner": "failed",
        },
    ),
    Alteration(
        "TAL-08",
        "the tallied time is another",
        put(6, "attendees.1.status.time", "2019-12-21T05:16:20Z"),
        {
            "The answer is sent at the moment that is tallied": "warned",
            "The tally carries the moment of the answer": "warned",
        },
    ),
    Alteration(
        "TAL-08",
        "the attendee tells another time than the tally",
        put(3, "event.responseStatus.time", "2019-12-21T05:16:45.8931825Z"),
        {"The tally carries the moment of the answer": "warned"},
    ),
    Alteration(
        "TAL-09",
        "recording the answer changes nothing",
        put(6, "lastModifiedDateTime", "2019-12-21T04:59:01.4435895Z"),
        {"Recording the answer changes the owner's event within two minutes": "warned"},
    ),
    Alteration(
        "TAL-14",
        "recording the answer takes an hour",
        put(6, "lastModifiedDateTime", "2019-12-21T06:16:54.689345Z"),
        {"Recording the answer changes the owner's event within two minutes": "warned"},
    ),
    Alteration(
        "TAL-10",
        "the owner becomes tentative",
        put(6, "showAs", "tentative"),
        {"The owner stays busy and the organizer": "warned"},
    ),
    Alteration(
        "TAL-10",
        "the owner's side has answered",
        put(6, "responseStatus.response", "tentativelyAccepted"),
        {"The owner stays busy and the organizer": "warned"},
    ),
    Alteration(
        "INV-07",
        "the owner's event names the delegate",
        put(6, "lastModifiedBy", ADELE),
        {"The delegate leaves no trace in the owner's event": "failed"},
    ),
    Alteration(
        "INV-07",
        "the owner's event has the delegate's id",
        put(6, "createdById", "d3b9214b-dd8b-441d-b7dc-c446c9fa0e69"),
        {"The delegate leaves no trace in the owner's event": "failed"},
    ),
    Alteration(
        "REP-01",
        "the attendee reads times in another zone",
        both(
            put(
                3,
                "event.start",
                {"dateTime": "2019-12-25T18:00:00.0000000", "timeZone": "Pacific Standard Time"},
            ),
            put(
                3,
                "event.end",
                {"dateTime": "2019-12-25T22:00:00.0000000", "timeZone": "Pacific Standard Time"},
            ),
        ),
        {"Christie reads times in UTC when no zone is asked for": "failed"},
    ),
    Alteration(
        "REP-01",
        "the owner reads times without a zone",
        put(6, "start.timeZone", ABSENT),
        {"Alex reads times in UTC when no zone is asked for": "failed"},
    ),
    Alteration(
        "REP-02",
        "the owner's event is an hour late",
        both(
            put(6, "start.dateTime", "2019-12-26T03:00:00.0000000"),
            put(6, "end.dateTime", "2019-12-26T07:00:00.0000000"),
        ),
        {
            "18:00 Pacific is 02:00 UTC of the next day for Alex": "warned",
            "The owner's event and the attendee's agree on what the meeting is": "warned",
        },
    ),
    Alteration(
        "REP-02",
        "the attendee's event is a day early",
        both(
            put(3, "event.start.dateTime", "2019-12-25T02:00:00.0000000"),
            put(3, "event.end.dateTime", "2019-12-25T06:00:00.0000000"),
        ),
        {
            "18:00 Pacific is 02:00 UTC of the next day for Christie": "warned",
            "The owner's event and the attendee's agree on what the meeting is": "warned",
        },
    ),
    Alteration(
        "REP-04",
        "the new event's start has no fraction",
        put(2, "start.dateTime", "2019-12-25T18:00:00"),
        {"Times have seven digits behind the second and no offset for Adele": "failed"},
    ),
    Alteration(
        "REP-04",
        "the attendee's start has an offset",
        put(3, "event.start.dateTime", "2019-12-26T02:00:00.0000000Z"),
        {
            "The types are the documented ones for Christie, who looks at the invitation": "failed",
            "Times have seven digits behind the second and no offset for Christie": "failed",
        },
    ),
    Alteration(
        "REP-04",
        "the owner's end has three digits",
        put(6, "end.dateTime", "2019-12-26T06:00:00.000"),
        {"Times have seven digits behind the second and no offset for Alex": "failed"},
    ),
    Alteration(
        "REP-05",
        "the new event tells an offset",
        put(2, "createdDateTime", "2019-12-20T20:59:01.9766929-08:00"),
        {
            "Timestamps are in UTC for Adele who looks at the event she created": "failed",
            "Timestamps have the precision of their kind for Adele who looks at the event she created": "warned",
        },
    ),
    Alteration(
        "REP-05",
        "the attendee's event tells an offset",
        put(3, "event.lastModifiedDateTime", "2019-12-26T17:38:32.3766961-08:00"),
        {
            "Timestamps are in UTC for Christie who looks at the event of the invitation": "failed",
            "Timestamps have the precision of their kind for Christie who looks at the event of the invitation": "warned",
        },
    ),
    Alteration(
        "REP-05",
        "the invitation tells an offset",
        put(3, "sentDateTime", "2019-12-20T20:59:01-08:00"),
        {
            "Timestamps are in UTC for Christie who looks at the invitation": "failed",
            "Timestamps have the precision of their kind for Christie who looks at the invitation": "warned",
        },
    ),
    Alteration(
        "REP-05",
        "the response tells an offset",
        put(5, "createdDateTime", "2019-12-20T21:16:55-08:00"),
        {
            "Timestamps are in UTC for Adele who looks at Christie's answer": "failed",
            "Timestamps have the precision of their kind for Adele who looks at Christie's answer": "warned",
        },
    ),
    Alteration(
        "REP-05",
        "the owner's event tells an offset",
        put(6, "createdDateTime", "2019-12-20T20:59:01.4435895-08:00"),
        {
            "Timestamps are in UTC for Alex who looks at the event in his calendar": "failed",
            "Timestamps have the precision of their kind for Alex who looks at the event in his calendar": "warned",
        },
    ),
    Alteration(
        "REP-05",
        "the new event tells whole seconds",
        put(2, "lastModifiedDateTime", "2019-12-21T04:59:02Z"),
        {
            "Timestamps have the precision of their kind for Adele who looks at the event she created": "warned"
        },
    ),
    Alteration(
        "REP-05",
        "the attendee's event tells whole seconds",
        put(3, "event.createdDateTime", "2019-12-21T04:59:03Z"),
        {
            "Timestamps have the precision of their kind for Christie who looks at the event of the invitation": "warned"
        },
    ),
    Alteration(
        "REP-05",
        "the invitation tells fractions",
        put(3, "createdDateTime", "2019-12-21T04:59:03.25Z"),
        {"Timestamps have the precision of their kind for Christie who looks at the invitation": "warned"},
    ),
    Alteration(
        "REP-05",
        "the response tells fractions",
        put(5, "createdDateTime", "2019-12-21T05:16:55.25Z"),
        {"Timestamps have the precision of their kind for Adele who looks at Christie's answer": "warned"},
    ),
    Alteration(
        "REP-05",
        "the owner's event tells whole seconds",
        put(6, "createdDateTime", "2019-12-21T04:59:01Z"),
        {
            "Timestamps have the precision of their kind for Alex who looks at the event in his calendar": "warned"
        },
    ),
    Alteration(
        "REP-07",
        "the new event's body is text",
        put(2, "body.contentType", "text"),
        {
            "Bodies are HTML for Adele who looks at the event she created": "failed",
            "Enumerations come in lower camel case however they were sent": "warned",
        },
    ),
    Alteration(
        "REP-07",
        "the attendee's body is text",
        put(3, "event.body.contentType", "text"),
        {"Bodies are HTML for Christie who looks at the event of the invitation": "failed"},
    ),
    Alteration(
        "REP-07",
        "the invitation's body is text",
        put(3, "body.contentType", "text"),
        {"Bodies are HTML for Christie who looks at the invitation": "failed"},
    ),
    Alteration(
        "REP-07",
        "the response's body is text",
        put(5, "body.contentType", "text"),
        {"Bodies are HTML for Adele who looks at Christie's answer": "failed"},
    ),
    Alteration(
        "REP-07",
        "the owner's body is text",
        put(6, "body.contentType", "text"),
        {"Bodies are HTML for Alex who looks at the event in his calendar": "failed"},
    ),
    Alteration(
        "REP-08",
        "the invitation's preview is long",
        put(3, "bodyPreview", "Happy holidays!" * 18),
        {
            "The invitation bears the subject and the text of the event": "warned",
            "The preview of the invitation is plain and short": "failed",
        },
    ),
    Alteration(
        "REP-08",
        "the response's preview holds markup",
        put(5, "bodyPreview", "<p>I will probably be able to make it.</p>"),
        {
            "The comment is the preview of the answer": "warned",
            "The preview of Christie's answer is plain and short": "failed",
        },
    ),
    Alteration(
        "REP-09",
        "the new event's etag is strong",
        put(2, "@odata%2Eetag", '"NDznl+Uh50WkanaCOKHkaQAAX8m47Q=="'),
        {
            "The etag is the weak form of the change key for Adele who looks at the event she created": "warned"
        },
    ),
    Alteration(
        "REP-09",
        "the attendee's etag is another key",
        put(3, "event.@odata%2Eetag", 'W/"other"'),
        {
            "The etag is the weak form of the change key for Christie who looks at the event of the invitation": "warned"
        },
    ),
    Alteration(
        "REP-09",
        "the invitation's etag is another key",
        put(3, "@odata%2Eetag", 'W/"other"'),
        {"The etag is the weak form of the change key for Christie who looks at the invitation": "warned"},
    ),
    Alteration(
        "REP-09",
        "the response's etag is another key",
        put(5, "@odata%2Eetag", 'W/"other"'),
        {"The etag is the weak form of the change key for Adele who looks at Christie's answer": "warned"},
    ),
    Alteration(
        "REP-09",
        "the owner's etag is another key",
        put(6, "@odata%2Eetag", 'W/"other"'),
        {
            "The etag is the weak form of the change key for Alex who looks at the event in his calendar": "warned"
        },
    ),
    Alteration(
        "REP-20",
        "the link of the new event leads elsewhere",
        put(2, "webLink", "https://outlook.office365.com/owa/"),
        {"The web link holds the encoded id for Adele who looks at the event she created": "warned"},
    ),
    Alteration(
        "REP-20",
        "the new event has no link",
        put(2, "webLink", ABSENT),
        {
            "A web link is there for Adele who looks at the event she created": "failed",
            "The printed properties are all there for Adele, who looks at the event she created": "warned",
        },
    ),
    Alteration(
        "REP-20",
        "the link of the attendee's copy leads elsewhere",
        put(3, "event.webLink", "https://outlook.office365.com/owa/"),
        {"The web link holds the encoded id for Christie who looks at the event of the invitation": "warned"},
    ),
    Alteration(
        "REP-20",
        "the attendee's copy has no link",
        put(3, "event.webLink", ABSENT),
        {
            "A web link is there for Christie who looks at the event of the invitation": "failed",
            "The printed properties are all there for Christie, who looks at the event of the invitation": "warned",
        },
    ),
    Alteration(
        "REP-20",
        "the link of the invitation leads elsewhere",
        put(3, "webLink", "https://outlook.office365.com/owa/"),
        {"The web link holds the encoded id for Christie who looks at the invitation": "warned"},
    ),
    Alteration(
        "REP-20",
        "the invitation has no link",
        put(3, "webLink", ABSENT),
        {
            "A web link is there for Christie who looks at the invitation": "failed",
            "The printed properties are all there for Christie, who looks at the invitation": "warned",
        },
    ),
    Alteration(
        "REP-20",
        "the link of the response leads elsewhere",
        put(5, "webLink", "https://outlook.office365.com/owa/"),
        {"The web link holds the encoded id for Adele who looks at Christie's answer": "warned"},
    ),
    Alteration(
        "REP-20",
        "the response has no link",
        put(5, "webLink", ABSENT),
        {
            "A web link is there for Adele who looks at Christie's answer": "failed",
            "The printed properties are all there for Adele, who looks at Christie's answer": "warned",
        },
    ),
    Alteration(
        "REP-20",
        "the link of the owner's event leads elsewhere",
        put(6, "webLink", "https://outlook.office365.com/owa/"),
        {"The web link holds the encoded id for Alex who looks at the event in his calendar": "warned"},
    ),
    Alteration(
        "REP-20",
        "the owner's event has no link",
        put(6, "webLink", ABSENT),
        {
            "A web link is there for Alex who looks at the event in his calendar": "failed",
            "The printed properties are all there for Alex, who looks at the event in his calendar": "warned",
        },
    ),
    Alteration(
        "REP-19",
        "a calendar's color is unknown",
        put(1, "value.0.color", "purple"),
        {"The types are the documented ones for Adele, who lists her calendars": "failed"},
    ),
    Alteration(
        "REP-19",
        "the new event hides its attendees in words",
        put(2, "hideAttendees", "no"),
        {"The types are the documented ones for Adele, who looks at the event she created": "failed"},
    ),
    Alteration(
        "REP-19",
        "the attendee's copy has a reminder in words",
        put(3, "event.reminderMinutesBeforeStart", "15"),
        {
            "The printed properties are all there for Christie, who looks at the event of the invitation": "warned",
            "The types are the documented ones for Christie, who looks at the invitation": "failed",
        },
    ),
    Alteration(
        "REP-19",
        "the response's read state is a word",
        put(5, "isReadReceiptRequested", "no"),
        {
            "The printed properties are all there for Adele, who looks at Christie's answer": "warned",
            "The types are the documented ones for Adele, who looks at Christie's answer": "failed",
        },
    ),
    Alteration(
        "REP-19",
        "the owner's event has attachments in numbers",
        put(6, "hasAttachments", 0),
        {
            "The printed properties are all there for Alex, who looks at the event in his calendar": "warned",
            "The types are the documented ones for Alex, who looks at the event in his calendar": "failed",
        },
    ),
    Alteration(
        "REP-19",
        "her own calendar has no color",
        put(1, "value.0.color", ABSENT),
        {"The printed properties are all there for Adele, who lists her calendars": "warned"},
    ),
    Alteration(
        "REP-19",
        "the new event has no meeting link",
        put(2, "onlineMeetingUrl", ABSENT),
        {"The printed properties are all there for Adele, who looks at the event she created": "warned"},
    ),
    Alteration(
        "REP-19",
        "the invitation is not classified",
        put(3, "inferenceClassification", ABSENT),
        {"The printed properties are all there for Christie, who looks at the invitation": "warned"},
    ),
    Alteration(
        "REP-19",
        "the attendee's copy has no meeting link",
        put(3, "event.onlineMeetingUrl", ABSENT),
        {
            "The printed properties are all there for Christie, who looks at the event of the invitation": "warned"
        },
    ),
    Alteration(
        "REP-19",
        "the response has no folder",
        put(5, "parentFolderId", ABSENT),
        {"The printed properties are all there for Adele, who looks at Christie's answer": "warned"},
    ),
    Alteration(
        "REP-19",
        "the owner's event has no series",
        put(6, "seriesMasterId", ABSENT),
        {"The printed properties are all there for Alex, who looks at the event in his calendar": "warned"},
    ),
]

ALTERATIONS += [
    Alteration(
        "SET-10",
        "the sharee's list lacks the shared calendar",
        put(1, "value.1", ABSENT),
        {"The shared calendar is in the sharee's list": "failed"},
        "shared_calendar",
    ),
    Alteration(
        "SET-04",
        "a sharee can share the calendar on",
        put(1, "value.1.canShare", True),
        {"A sharee cannot share the owner's calendar on": "failed"},
        "shared_calendar",
    ),
    Alteration(
        "SET-05",
        "a sharee who may write cannot edit",
        put(1, "value.1.canEdit", False),
        {"A sharee who may write can edit the owner's calendar": "failed"},
        "shared_calendar",
    ),
    Alteration(
        "SET-08",
        "a sharee sees private items",
        put(1, "value.1.canViewPrivateItems", True),
        {"A sharee never sees private items": "failed"},
        "shared_calendar",
    ),
    Alteration(
        "INV-22",
        "a sharee's creation answers 200",
        status(2, 200),
        {"A sharee creates an event in the owner's calendar": "failed"},
        "shared_calendar",
    ),
    Alteration(
        "INV-22",
        "a sharee's event is not its owner's",
        put(2, "isOrganizer", False),
        {"The owner of the shared calendar organizes what a sharee creates": "failed"},
        "shared_calendar",
    ),
    Alteration(
        "INV-22",
        "the sharee is the organizer",
        put(2, "organizer", ADELE),
        {"The owner of the shared calendar organizes what a sharee creates": "failed"},
        "shared_calendar",
    ),
    Alteration(
        "INV-22",
        "the sharee attends what she creates",
        put(2, "attendees.2", {**ADELE, "type": "required", "status": {"response": "none", "time": MINIMUM}}),
        {"The invitees alone attend what a sharee creates": "failed"},
        "shared_calendar",
    ),
    Alteration(
        "INV-22",
        "a sharee's invitation is not there",
        status(3, 404, error("ErrorItemNotFound")),
        {"What a sharee creates reaches the attendee as a request": "failed"},
        "shared_calendar",
    ),
    Alteration(
        "INV-22",
        "an outsider organizes the attendee's copy of a sharee's event",
        put(3, "event.organizer", DIEGO),
        {"The attendee of a sharee's event sees the owner as its organizer": "failed"},
        "shared_calendar",
    ),
    Alteration(
        "INV-22",
        "a sharee's invitation has another sender",
        put(3, "sender", MEGAN),
        {"The sharee sends the invitation in the owner's name": "warned"},
        "shared_calendar",
    ),
    Alteration(
        "RSP-01",
        "the answer to a sharee is answered with a body",
        status(4, 202, {}),
        {"An answer to a sharee's invitation is accepted without a word": "failed"},
        "shared_calendar",
    ),
    Alteration(
        "RTE-16",
        "the response does not reach the owner",
        status(5, 404, error("ErrorItemNotFound")),
        {"The answer reaches the owner": "failed"},
        "shared_calendar",
    ),
    Alteration(
        "RTE-16",
        "the response is addressed to the sharee",
        put(5, "toRecipients.0", ADELE),
        {"The answer is addressed to the owner": "failed"},
        "shared_calendar",
    ),
    Alteration(
        "PRM-08",
        "the response reaches the sharee as well",
        put(
            6,
            "value.0",
            {"id": "ITEM9", "subject": "Tentative: Garden party [gc-recorded-65fa]", "from": CHRISTIE},
        ),
        {"The answer does not reach the sharee": "failed"},
        "shared_calendar",
    ),
    Alteration(
        "TAL-05",
        "the answer to a sharee is not tallied",
        put(7, "attendees.1.status.response", "none"),
        {"The answer is tallied in the owner's event": "failed"},
        "shared_calendar",
    ),
]
