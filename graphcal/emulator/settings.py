"""Mailbox settings, above all where a delegated person's meeting messages go (SET-21 to SET-24)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphcal.emulator import properties
from graphcal.emulator.errors import access_denied, invalid_property, unknown_segment

if TYPE_CHECKING:
    from graphcal.emulator.calls import Call
    from graphcal.emulator.web import Response

DELIVERY = "delegateMeetingMessageDeliveryOptions"
DELEGATE_ONLY = "sendToDelegateOnly"
BOTH = "sendToDelegateAndPrincipal"
BOTH_AND_INFORM = "sendToDelegateAndInformationToPrincipal"

_TEXTS = ("timeZone", "dateFormat", "timeFormat")
_OBJECTS = ("automaticRepliesSetting", "workingHours", "language")


def initial() -> dict[str, Any]:
    """Return the settings of a new mailbox; the delivery option is the documented default (SET-21)."""
    never = {"dateTime": "2019-01-01T00:00:00.0000000", "timeZone": "UTC"}
    return {
        "archiveFolder": None,
        "timeZone": "Pacific Standard Time",
        "dateFormat": "M/d/yyyy",
        "timeFormat": "h:mm tt",
        "userPurpose": "user",
        DELIVERY: DELEGATE_ONLY,
        "automaticRepliesSetting": {
            "status": "disabled",
            "externalAudience": "none",
            "internalReplyMessage": "",
            "externalReplyMessage": "",
            "scheduledStartDateTime": never,
            "scheduledEndDateTime": never,
        },
        "language": {"locale": "en-US", "displayName": "English (United States)"},
        "workingHours": {
            "daysOfWeek": ["monday", "tuesday", "wednesday", "thursday", "friday"],
            "startTime": "08:00:00.0000000",
            "endTime": "17:00:00.0000000",
            "timeZone": {"name": "Pacific Standard Time"},
        },
    }


def _own(call: Call) -> dict[str, Any]:
    """Return the settings of the addressed mailbox; another person's are refused (ERR-12)."""
    own = call.caller.person is None or call.caller.person.oid == call.mailbox.owner.oid
    call.tenant.seams.require("ERR-12", own, access_denied())
    return call.mailbox.settings


def read(call: Call) -> Response:
    """Answer GET …/mailboxSettings."""
    found = call.tenant.seams.shown("mailboxSettings", dict(_own(call)))
    return call.ok(found, call.context("mailboxSettings"))


def read_one(call: Call) -> Response:
    """Answer GET …/mailboxSettings/{property}: a value in the OData wrapper (SET-22)."""
    name = call.parameters["setting"]
    settings = call.tenant.seams.shown("mailboxSettings", dict(_own(call)))
    if name not in settings:
        raise unknown_segment(name)
    value = settings[name]
    shown = dict(value) if isinstance(value, dict) else {"value": value}
    return call.ok(shown, call.context(f"mailboxSettings/{name}"))


def change(call: Call) -> Response:
    """Answer PATCH …/mailboxSettings with what was changed (SET-23)."""
    changed = _changed(call, properties.without_annotations(call.request.json()))
    shown = call.tenant.seams.shown("mailboxSettings", changed)
    return call.ok(shown, call.context("mailboxSettings"))


def change_one(call: Call) -> Response:
    """Answer PATCH or PUT …/mailboxSettings/{property}, which take the value in the OData wrapper."""
    given = properties.without_annotations(call.request.json())
    _changed(call, {call.parameters["setting"]: given.get("value", given)})
    return read_one(call)


def _changed(call: Call, given: dict[str, Any]) -> dict[str, Any]:
    settings = _own(call)
    changed: dict[str, Any] = {}
    for name, value in given.items():
        if name == DELIVERY:
            changed[name] = properties.choice(name, value, (DELEGATE_ONLY, BOTH, BOTH_AND_INFORM))
        elif name in _TEXTS:
            changed[name] = properties.text(name, value)
        elif name in _OBJECTS:
            if not isinstance(value, dict):
                raise invalid_property(f"'{name}' is an object.")
            changed[name] = settings[name] | value
        else:
            raise invalid_property(f"'{name}' cannot be changed.")
    if "SET-23" not in call.tenant.seams.waived:
        settings.update(changed)
    return changed
