"""Read what a client says of an event, for a stranger's emulator."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from stranger_model import Details, Invitee, RefusedError, known
from stranger_series import checked
from stranger_times import moment_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

Json = dict[str, Any]

DEFAULTS: Json = {
    "showAs": "busy",
    "importance": "normal",
    "sensitivity": "normal",
    "isAllDay": False,
    "responseRequested": True,
    "allowNewTimeProposals": True,
    "reminderMinutesBeforeStart": 15,
    "isReminderOn": True,
    "categories": [],
}
ENUMERATIONS = {
    "showAs": ("free", "tentative", "busy", "oof", "workingElsewhere", "unknown"),
    "importance": ("low", "normal", "high"),
    "sensitivity": ("normal", "personal", "private", "confidential"),
}
UNSUPPORTED = ("isOnlineMeeting", "attachments")
MOST_INVITEES = 500  # INV-25


def drafted(body: Mapping[str, Any]) -> Details:
    """Read a new event, in which start and end are needed."""
    return _read(body, {"zones": ("", ""), "subject": "", "text": "", "place": "", "traits": dict(DEFAULTS)})


def amended(details: Details, body: Mapping[str, Any]) -> Details:
    """Return the details with what a client changes in them."""
    return _read(body, {name: getattr(details, name) for name in Details.__dataclass_fields__})


def _read(body: Mapping[str, Any], found: Json) -> Details:
    if any(body.get(name) for name in UNSUPPORTED):
        raise RefusedError(501, "NotImplemented", "Online meetings and attachments are not supported.")
    try:
        for number, name in enumerate(("start", "end")):
            if name in body:
                found[name] = moment_of(body[name])
                found["zones"] = _replaced(found["zones"], number, body[name]["timeZone"])
        if "subject" in body:
            found["subject"] = str(body["subject"] or "")
        if "body" in body:
            found["text"] = _plain(str((body["body"] or {}).get("content") or ""))
        if "location" in body:
            found["place"] = str((body["location"] or {}).get("displayName") or "")
        if "recurrence" in body:
            found["recurrence"] = checked(body["recurrence"])
        given = {name: body[name] for name in DEFAULTS if body.get(name) is not None}
        found["traits"] = {**found["traits"], **{name: _trait(name, value) for name, value in given.items()}}
        return _possible(Details(**found))
    except (KeyError, TypeError, AttributeError) as error:
        raise RefusedError(400, "RequestBodyRead", f"The body lacks or spoils {error}.") from error


def _replaced(zones: tuple[str, str], number: int, zone: str) -> tuple[str, str]:
    return (zone, zones[1]) if number == 0 else (zones[0], zone)


def _possible(details: Details) -> Details:
    if details.end < details.start:
        raise RefusedError(400, "ErrorPropertyValidationFailure", "The end lies before the start.")
    return details


def _trait(name: str, value: Any) -> Any:
    return among(value, ENUMERATIONS[name]) if name in ENUMERATIONS else value


def among(value: Any, choices: tuple[str, ...]) -> str:
    """Return a member of an enumeration, which may be given in any casing (CON-27)."""
    for choice in choices:
        if str(value).casefold() == choice.casefold():
            return choice
    raise RefusedError(400, "ErrorPropertyValidationFailure", f"{value} is none of {', '.join(choices)}.")


def invited(entries: Any) -> list[Invitee]:
    """Read the attendees of a request."""
    if len(entries or []) > MOST_INVITEES:
        raise RefusedError(400, "ErrorTooManyRecipients", f"At most {MOST_INVITEES} people can attend.")
    try:
        return [_invitee(entry) for entry in entries or []]
    except (KeyError, TypeError, AttributeError) as error:
        raise RefusedError(400, "RequestBodyRead", f"An attendee lacks {error}.") from error


def _invitee(entry: Json) -> Invitee:
    mail = entry["emailAddress"]
    kind = among(entry.get("type") or "required", ("required", "optional", "resource"))
    return Invitee(known(mail["address"], mail.get("name", "")), kind)


def slot(given: Any) -> tuple[datetime, datetime] | None:
    """Read a timeSlot."""
    if given is None:
        return None
    try:
        start, end = moment_of(given["start"]), moment_of(given["end"])
    except (KeyError, TypeError) as error:
        raise RefusedError(400, "RequestBodyRead", f"The time slot lacks {error}.") from error
    if end < start:
        raise RefusedError(400, "ErrorInvalidParameter", "The proposed end lies before the start.")
    return start, end


def parameters(body: Mapping[str, Any]) -> Json:
    """Return the parameters of an action by their names in small letters (CON-30)."""
    return {name.lower(): value for name, value in body.items()}


def _plain(content: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", content)).strip()
