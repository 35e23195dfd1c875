"""Answer calls about calendars and their groups, for a stranger's emulator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stranger_calls import Call, place_of, places
from stranger_model import OWNER, denied, invalid

if TYPE_CHECKING:
    from stranger_calls import Answer, Handler, Place

GROUPS = ("Eigene Kalender", "Kalender anderer")


def _list(call: Call) -> Answer:
    return call.page([place.told() for place in places(call)])


def _get(call: Call) -> Answer:
    return call.one(place_of(call).told())


def _create(call: Call) -> Answer:
    if call.foreign:
        raise denied()
    name = str(call.body.get("name") or "")
    if not name or name in {
        calendar.name for calendar in call.world.calendars if calendar.owner is call.holder
    }:
        raise invalid("A calendar needs a name of its own.", "ErrorFolderExists")
    calendar = call.world.add_calendar(name, call.holder)
    call.ids.append(calendar.id)
    return call.one(place_of(call).told(), 201)


def _change(call: Call) -> Answer:
    """Rename a calendar: the owner his own, a sharee her copy only (SET-18, SET-19)."""
    place = place_of(call)
    if call.foreign:
        raise denied()
    if place.local and call.options.refuses_extras and set(call.body) - {"name"}:
        raise invalid("Only the name of a shared calendar can be changed.")
    if "name" in call.body:
        _rename(place, str(call.body["name"]))
    return call.one(place_of(call).told())


def _rename(place: Place, name: str) -> None:
    if not name:
        raise invalid("A calendar needs a name.")
    if place.grant:
        place.grant.name = name
    else:
        place.calendar.name = name
        place.calendar.version += 1


def _delete(call: Call) -> Answer:
    """Remove one's own calendar with all that is in it, or a copy, which ends what it is shared for."""
    place, world = place_of(call), call.world
    if call.foreign or (place.role == OWNER and place.calendar.primary):
        raise denied()
    if place.grant:
        place.grant.accepted = False
        return 204, None
    world.calendars.remove(place.calendar)
    world.grants = [grant for grant in world.grants if grant.calendar is not place.calendar]
    world.items = [item for item in world.items if item.calendar is not place.calendar]
    return 204, None


def group_ids(call: Call) -> list[str]:
    """Return the ids of the calendar groups in a mailbox; all calendars are reached through each."""
    return [call.world.mint(f"{call.holder.id} {name}") for name in GROUPS]


def _groups(call: Call) -> Answer:
    found = zip(GROUPS, group_ids(call), strict=True)
    return call.page([{"id": identifier, "name": name, "changeKey": "AA=="} for name, identifier in found])


ROUTES: dict[str, dict[str, tuple[Handler, str]]] = {
    "calendarGroups": {"GET": (_groups, "list")},
    "calendars": {"GET": (_list, "list"), "POST": (_create, "write")},
    "calendars/*": {"GET": (_get, "read"), "PATCH": (_change, "write"), "DELETE": (_delete, "write")},
}
