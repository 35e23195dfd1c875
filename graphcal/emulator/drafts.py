"""Apply what a client sends to an event: defaults, checks, and which properties it may set at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from graphcal.emulator import properties, recurrence
from graphcal.emulator.errors import GraphError, invalid_property, invalid_request
from graphcal.emulator.properties import a_list, choice, number, text, truth

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphcal.emulator.model import Attendee, Event
    from graphcal.emulator.state import Tenant

MOST_ATTENDEES = 500  # INV-25

DEFAULTS: dict[str, Any] = {  # INV-12 to INV-14
    "subject": "",
    "categories": [],
    "importance": "normal",
    "sensitivity": "normal",
    "showAs": "busy",
    "isAllDay": False,
    "isReminderOn": True,
    "reminderMinutesBeforeStart": 15,
    "responseRequested": True,
    "allowNewTimeProposals": True,
    "hideAttendees": False,
    "isOnlineMeeting": False,
    "onlineMeetingProvider": "unknown",
    "transactionId": None,
}
_PROVIDERS = ("unknown", "skypeForBusiness", "skypeForConsumer", "teamsForBusiness")
_CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "subject": text,
    "categories": lambda name, value: [text(name, one) for one in a_list(name, value)],
    "importance": lambda name, value: choice(name, value, properties.IMPORTANCE),
    "sensitivity": lambda name, value: choice(name, value, properties.SENSITIVITY),
    "showAs": lambda name, value: choice(name, value, properties.SHOW_AS),
    "reminderMinutesBeforeStart": number,
    "isOnlineMeeting": properties.spelt_truth,
    "onlineMeetingProvider": lambda name, value: choice(name, value, _PROVIDERS),
    "transactionId": text,
} | dict.fromkeys(
    (
        "isAllDay",
        "isReminderOn",
        "responseRequested",
        "allowNewTimeProposals",
        "hideAttendees",
    ),
    truth,
)
_STRUCTURED = frozenset({"body", "start", "end", "location", "locations", "recurrence", "attendees"})
_READ_ONLY = frozenset({
    "id", "createdDateTime", "lastModifiedDateTime", "changeKey", "originalStartTimeZone", "originalEndTimeZone",
    "originalStart", "iCalUId", "hasAttachments", "bodyPreview", "isCancelled", "isOrganizer", "seriesMasterId",
    "type", "webLink", "onlineMeetingUrl", "onlineMeeting", "responseStatus", "organizer", "isDraft",
    "cancelledOccurrences", "attachments", "calendar", "extensions", "instances", "exceptionOccurrences",
    "singleValueExtendedProperties", "multiValueExtendedProperties",
})  # fmt: skip


def check(given: dict[str, Any], *, creating: bool) -> None:
    """Refuse properties that an event does not have, and an event without its times."""
    unknown = sorted(set(given) - set(DEFAULTS) - _STRUCTURED - _READ_ONLY)
    if unknown:
        sentence = f"The property '{unknown[0]}' does not exist on type 'microsoft.graph.event'."
        raise GraphError(400, "RequestBodyRead", sentence)
    if creating and not (given.get("start") and given.get("end")):
        raise invalid_property("'start' and 'end' are required.")


def apply(tenant: Tenant, event: Event, given: dict[str, Any], *, creating: bool) -> None:
    """Change an event as a client asks; what the client does not name keeps its value.

    GraphError 400 leaves the event half changed: callers work on a copy.
    """
    for name, test in _CHECKS.items():
        fixed = name == "transactionId" and "INV-24.fixed" not in tenant.seams.waived
        if name not in given or (fixed and not creating):  # INV-24: immutable
            continue
        value = given[name]
        event.fields[name] = DEFAULTS[name] if value is None else test(name, value)
    if "body" in given:
        event.body = properties.body("body", given["body"])
    if creating or "LIF-06" not in tenant.seams.waived:
        _apply_times(tenant, event, given)
    _apply_places(event, given)
    if "attendees" in given:
        event.attendees = _attendees(tenant, event, a_list("attendees", given["attendees"]))


def _apply_times(tenant: Tenant, event: Event, given: dict[str, Any]) -> None:
    for name in ("start", "end"):
        if given.get(name) is not None:
            setattr(event, name, properties.moment(name, given[name], all_day=event.is_all_day))
    in_order = event.end.instant >= event.start.instant
    tenant.seams.require("ERR-09", in_order, invalid_property("The event ends before it starts."))
    if event.is_all_day and not properties.longest_day(event.start, event.end):
        raise invalid_property("An all-day event lasts at least one day.")
    if "recurrence" in given:
        event.recurrence = recurrence.read(given["recurrence"])


def _apply_places(event: Event, given: dict[str, Any]) -> None:
    """Keep `location` and `locations` in step; `location` alone replaces all earlier places (INV-19, LIF-09)."""
    if "locations" in given:
        event.locations = [properties.location(one) for one in a_list("locations", given["locations"])]
        event.location = event.locations[0] if event.locations else properties.location(None)
    if "location" in given:
        event.location = properties.location(given["location"])
        if "locations" not in given:
            event.locations = [event.location] if event.location["displayName"] else []


def _attendees(tenant: Tenant, event: Event, given: list[Any]) -> list[Attendee]:
    """Read the attendees; who was invited before keeps the answer."""
    few_enough = len(given) <= MOST_ATTENDEES
    refusal = invalid_request(f"An event has at most {MOST_ATTENDEES} attendees.")
    tenant.seams.require("INV-25", few_enough, refusal)
    before = {one.email.address.lower(): one for one in event.attendees}
    found: dict[str, Attendee] = {}
    for value in given:
        asked = properties.attendee(value)
        known = tenant.known(asked.email)
        earlier = before.get(known.address.lower())
        found[known.address.lower()] = (
            replace(earlier, kind=asked.kind) if earlier else replace(asked, email=known)
        )  # fmt: skip
    return list(found.values())
