"""Answer calls about time: calendar views, and who is free or busy, for a stranger's emulator."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import stranger_words as words
from stranger_calls import Call, items_in, place_of, told
from stranger_drafts import parameters
from stranger_model import PARTIES, RefusedError, invalid
from stranger_series import spans
from stranger_times import instant_of, moment_of, wall

if TYPE_CHECKING:
    from stranger_calls import Answer, Handler, Json
    from stranger_model import Item, Party

LONGEST = timedelta(days=1825)  # REP-17
UNSELECTABLE = {"createdDateTime", "lastModifiedDateTime"}  # REP-12
DIGITS = {"free": "0", "unknown": "0", "tentative": "1", "busy": "2", "oof": "3", "workingElsewhere": "4"}
SHORTEST, WHOLE_DAY = 5, 1440  # minutes


def window(call: Call) -> tuple[datetime, datetime]:
    """Return the window that a query asks for."""
    try:
        first, last = (instant_of(call.query[name]) for name in ("startDateTime", "endDateTime"))
    except KeyError as error:
        raise invalid(f"The query lacks {error}.", "ErrorInvalidParameter") from error
    if last - first > LONGEST or last < first:
        raise invalid("The window is too long, or ends before it begins.", "ErrorInvalidParameter")
    return first, last


def _view(call: Call) -> Answer:
    first, last = window(call)
    names = {name.strip() for name in call.query.get("$select", "").split(",")}
    if names & UNSELECTABLE and not call.options.lenient:
        raise invalid(f"{min(names & UNSELECTABLE)} can't be selected in a view.", "ErrorInvalidProperty")
    place = place_of(call)
    found = [one for item in items_in(call, place) for one in spans(item, first, last)]
    found.sort(key=lambda item: item.details.start)
    entries = [told(call, place, item) for item in found]
    for entry in entries if names & UNSELECTABLE else []:
        for name in UNSELECTABLE:
            entry.pop(name, None)
    return call.page(entries)


def _schedules(call: Call) -> Answer:
    given = parameters(call.body)
    try:
        first, last = moment_of(given["starttime"]), moment_of(given["endtime"])
        addresses = [str(address) for address in given["schedules"]]
        minutes = int(given.get("availabilityviewinterval") or 30)
    except (KeyError, TypeError, ValueError) as error:
        raise invalid(f"The body lacks or spoils {error}.", "ErrorInvalidParameter") from error
    if not addresses or last <= first or not SHORTEST <= minutes <= WHOLE_DAY:
        raise invalid("Whose time, from when to when, or the interval is wrong.", "ErrorInvalidParameter")
    step = timedelta(minutes=minutes)
    slots = [first + step * number for number in range(-((first - last) // step))]
    found = [_schedule(call, address, (first, last), slots) for address in reversed(addresses)]
    return 200, {"value": words.spiced(found)}


def _schedule(call: Call, address: str, span: tuple[datetime, datetime], slots: list[datetime]) -> Json:
    party = next(
        (party for party in PARTIES.values() if party.address.casefold() == address.casefold()), None
    )
    role = call.world.role(call.world.primary(party), call.reader) if party else "none"
    if party is None or role == "none":
        code = "ErrorNoFreeBusyAccess" if party else "ErrorMailRecipientNotFound"
        return {"scheduleId": address, "error": {"responseCode": code, "message": "Nothing can be told."}}
    items = _busy(call, party, span)
    return {
        "scheduleId": party.address,
        "availabilityView": "".join(_digit(items, slots, number, span[1]) for number in range(len(slots))),
        "scheduleItems": [_item(call, item, role) for item in items],
    }


def _busy(call: Call, party: Party, span: tuple[datetime, datetime]) -> list[Item]:
    calendar = call.world.primary(party)
    mine = [item for item in call.world.items if item.calendar is calendar and item.show_as != "free"]
    found = [one for item in mine for one in spans(item, *span)]
    return sorted(found, key=lambda item: item.details.start)


def _digit(items: list[Item], slots: list[datetime], number: int, last: datetime) -> str:
    start, end = slots[number], slots[number + 1] if number + 1 < len(slots) else last
    here = [item.show_as for item in items if item.details.start < end and start < item.details.end]
    return max((DIGITS[show_as] for show_as in here), default="0")


def _item(call: Call, item: Item, role: str) -> dict[str, Any]:
    zone, details = call.preferences.get("outlook.timezone", "UTC"), item.details
    found: Json = {"status": item.show_as, "start": wall(details.start, zone), "end": wall(details.end, zone)}
    if role != "freeBusyRead" and details.traits["sensitivity"] in {"normal", "personal"}:  # PRM-02, PRV-06
        found |= {"subject": details.subject, "location": details.place, "isPrivate": False}
    return found


def _unsupported(_: Call) -> Answer:
    raise RefusedError(501, "NotImplemented", "Changes can't be followed here.")


ROUTES: dict[str, dict[str, tuple[Handler, str]]] = {
    "calendars/*/calendarView": {"GET": (_view, "read")},
    "calendars/*/calendarView/delta": {"GET": (_unsupported, "read")},
    "calendars/*/getSchedule": {"POST": (_schedules, "list")},
}
