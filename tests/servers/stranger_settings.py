"""Answer calls about mailbox settings, for a stranger's emulator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stranger_drafts import among
from stranger_model import DELEGATES, DELIVERY, denied, invalid, missing

if TYPE_CHECKING:
    from stranger_calls import Answer, Call, Handler

OPTIONS = ("sendToDelegateOnly", "sendToDelegateAndPrincipal", "sendToDelegateAndInformationToPrincipal")
TEXTS = ("timeZone", "dateFormat", "timeFormat")
FIRST = {
    DELIVERY: "sendToDelegateOnly",
    "timeZone": "W. Europe Standard Time",
    "dateFormat": "dd.MM.yyyy",
    "timeFormat": "HH:mm",
}


def _settings(call: Call) -> dict[str, Any]:
    """Return the settings of a mailbox: one's own, a lenient stranger shows a delegate the owner's (CON-14)."""
    role = call.world.role(call.world.primary(call.holder), call.reader)
    if call.foreign and not (call.options.lenient and role in DELEGATES and call.method == "GET"):
        raise denied()
    return call.world.settings[call.holder.key]


def _get(call: Call) -> Answer:
    return call.one({**_settings(call), "archiveFolder": None})


def _get_one(call: Call) -> Answer:
    settings = _settings(call)
    if call.ids[0] not in settings:
        raise missing()
    return 200, {"value": settings[call.ids[0]]}


def _change(call: Call) -> Answer:
    settings, given = _settings(call), {}
    for name, value in call.body.items():
        if name == DELIVERY:
            given[name] = among(value, OPTIONS)
        elif name in TEXTS:
            given[name] = str(value)
        elif not name.startswith("@"):
            raise invalid(f"{name} can't be changed.")
    settings.update(given)
    return call.one(given)


ROUTES: dict[str, dict[str, tuple[Handler, str]]] = {
    "mailboxSettings": {"GET": (_get, "settings"), "PATCH": (_change, "write settings")},
    "mailboxSettings/*": {"GET": (_get_one, "settings")},
}
