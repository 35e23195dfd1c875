"""Say in JSON what an event is, for a stranger's emulator, in ways that are legal and not those of the examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stranger_model import Invitee
from stranger_times import stamp, wall
from stranger_words import body, key, link, mail, place, recipient, slot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stranger_model import Details, Item
    from stranger_words import Json

FROM_TRAITS = (
    "responseRequested",
    "allowNewTimeProposals",
    "importance",
    "sensitivity",
    "isAllDay",
    "categories",
)


def event(item: Item, preferences: Mapping[str, str], *, shows_own: bool) -> Json:
    """Return an event as the mailbox that holds it tells it; `shows_own` is for an attendee's entry of her own."""
    meeting, details, traits = item.meeting, item.details, item.details.traits
    mine = item.role == "attendee"
    return {
        **_when(item, preferences),
        "attendees": _attendees(item, preferences, shows_own=shows_own),
        "organizer": recipient(meeting.organizer),
        "isOrganizer": not mine,
        "subject": details.subject,
        "body": body(details.text, preferences),
        "bodyPreview": details.text[:255],
        "originalStartTimeZone": details.zones[0],
        "originalEndTimeZone": details.zones[1],
        **_where(details),
        "responseStatus": {"time": item.answered, "response": item.response},
        "isReminderOn": traits["isReminderOn"] and item.original is None,
        "reminderMinutesBeforeStart": traits["reminderMinutesBeforeStart"],
        **{name: traits[name] for name in FROM_TRAITS},
        "hasAttachments": False,
        "hideAttendees": False,
        "isDraft": False,
        "isOnlineMeeting": False,
        "onlineMeetingProvider": "unknown",
        "onlineMeeting": None,
        "onlineMeetingUrl": None,
        **({"transactionId": meeting.transaction} if meeting.transaction and not mine else {}),
    }


def glimpse(item: Item, preferences: Mapping[str, str], *, titled: bool) -> Json:
    """Return what an event shows to those who may not see it all: when it is, with the title what and where."""
    shown = {"subject": item.details.subject, **_where(item.details)} if titled else {}
    return {**_when(item, preferences), **shown, "sensitivity": item.details.traits["sensitivity"]}


def _when(item: Item, preferences: Mapping[str, str]) -> Json:
    details, zone = item.details, preferences.get("outlook.timezone", "UTC")
    kind = "occurrence" if item.date else "seriesMaster" if details.recurrence else "singleInstance"
    return {
        "@odata.type": "#microsoft.graph.event",
        "id": item.id,
        "webLink": link(item.id),
        "iCalUId": item.meeting.uid + item.date,
        "start": wall(details.start, zone),
        "end": wall(details.end, zone),
        "showAs": item.show_as,
        "isCancelled": item.cancelled,
        "recurrence": details.recurrence,
        "seriesMasterId": item.id.partition("~")[0] if item.date else None,
        "type": kind,
        "createdDateTime": stamp(item.created),
        "lastModifiedDateTime": stamp(item.modified),
        "changeKey": key(item.id, item.version),
    }


def _where(details: Details) -> Json:
    named = [place(details.place)] if details.place else []
    return {"location": place(details.place), "locations": named}


def _attendees(item: Item, preferences: Mapping[str, str], *, shows_own: bool) -> list[Json]:
    """Return who attends, last invited first.

    To attendees the organizer is one of them (RCV-07), and they do not see each other's answers (TAL-11).
    """
    if item.role == "owner":
        return [_attendee(entry, preferences) for entry in reversed(item.meeting.invitees)]
    guests = [Invitee(guest.party, guest.type) for guest in reversed(item.guests)]
    for guest in guests:
        if guest.party == item.calendar.owner and shows_own:
            guest.response, guest.time = item.response, item.answered
    return [_attendee(guest, preferences) for guest in [*guests, Invitee(item.meeting.organizer)]]


def _attendee(invitee: Invitee, preferences: Mapping[str, str]) -> Json:
    found = {
        "@odata.type": "#microsoft.graph.attendee",
        "emailAddress": mail(invitee.party),
        "status": {"time": invitee.time, "response": invitee.response},
        "type": invitee.type,
    }
    return found | ({"proposedNewTime": slot(invitee.proposed, preferences)} if invitee.proposed else {})
