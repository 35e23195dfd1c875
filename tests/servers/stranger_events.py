"""Answer calls about events, for a stranger's emulator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stranger_calls import check_writing, entity, item_of, items_in, place_of, series_or_single, told
from stranger_drafts import parameters
from stranger_meetings import call_off, change, create, forward
from stranger_model import READERS, denied
from stranger_schedule import window
from stranger_series import spans

if TYPE_CHECKING:
    from stranger_calls import Answer, Call, Handler

EVENT = "calendars/*/events/*"


def _list(call: Call) -> Answer:
    place = place_of(call)
    return call.page([told(call, place, item) for item in items_in(call, place)])


def _create(call: Call) -> Answer:
    place = place_of(call)
    check_writing(call, place)
    item, repeated = create(call.world, place.calendar, call.reader, call.body)
    if place.local:
        item = call.world.view(item, call.reader)
    return call.one(entity(call, item), call.options.repeating if repeated else 201)


def _get(call: Call) -> Answer:
    place, item = item_of(call)
    if call.options.masking == "refused" and place.role in READERS and place.sight(item) == "busy":
        raise denied()
    return call.one(told(call, place, item))


def _change(call: Call) -> Answer:
    place, item = series_or_single(call)
    check_writing(call, place, item)
    change(call.world, item.source, call.reader, call.body)
    item = call.world.view(item.source, call.reader) if place.local else item
    return call.one(told(call, place, item))


def _delete(call: Call) -> Answer:
    """Remove an event: from the organizer's side it is called off, an attendee's copy just goes (LIF-15)."""
    place, item = series_or_single(call)
    check_writing(call, place, item)
    if item.role == "attendee":
        call.world.items.remove(item.source)
    else:
        call_off(call.world, item.source, call.reader)
    return 204, None


def _cancel(call: Call) -> Answer:
    place, item = series_or_single(call)
    check_writing(call, place, item)
    call_off(call.world, item.source, call.reader, str(parameters(call.body).get("comment") or ""))
    return 202, None


def _forward(call: Call) -> Answer:
    place, item = series_or_single(call)
    check_writing(call, place, item)
    forward(call.world, item.source, call.reader, call.body)
    return 202, None


def _instances(call: Call) -> Answer:
    place, item = item_of(call)
    return call.page([told(call, place, one) for one in spans(item, *window(call))])


ROUTES: dict[str, dict[str, tuple[Handler, str]]] = {
    "calendars/*/events": {"GET": (_list, "read"), "POST": (_create, "write")},
    EVENT: {"GET": (_get, "read"), "PATCH": (_change, "write"), "DELETE": (_delete, "write")},
    f"{EVENT}/cancel": {"POST": (_cancel, "write")},
    f"{EVENT}/forward": {"POST": (_forward, "forward")},
    f"{EVENT}/instances": {"GET": (_instances, "read")},
}
