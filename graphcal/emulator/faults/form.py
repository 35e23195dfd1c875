"""Faults of representation (REP)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from graphcal.emulator.faults.fault import Fault, answered, entity, shown, status, waive, without
from graphcal.emulator.faults.refusals import renamed

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphcal.emulator.faults.fault import AtAnswer
    from graphcal.emulator.web import Request, Response

Json = dict[str, Any]
_ANY = ".*"
_MESSAGES = r"/.*messages"
_BARE = 19  # characters of a time without an offset
_CANCELLED = "IPM.Schedule.Meeting.Canceled"


def _shifted(found: dict[str, Any]) -> dict[str, Any]:
    """Show UTC under another name."""
    return {
        name: {**found[name], "timeZone": found[name]["timeZone"].replace("UTC", "GMT")}
        for name in ("start", "end")
    }


def _short(found: dict[str, Any]) -> dict[str, Any]:
    return {
        name: {**found[name], "dateTime": found[name]["dateTime"][:19] + "Z"} for name in ("start", "end")
    }


def _without_header(response: Response) -> Response:
    headers = {name: value for name, value in response.headers.items() if name != "Preference-Applied"}
    return replace(response, headers=headers)


def _unacknowledged(name: str) -> AtAnswer:
    """Apply a preference without a word."""

    def change(request: Request, response: Response) -> Response:
        return _without_header(response) if name in request.headers.get("prefer", "") else response

    return change


def _each(response: Response, change: Callable[[Json], Json]) -> Response | None:
    """Change the entity of an answer, or every entity of a list."""
    found = response.json
    if not isinstance(found, dict) or "error" in found:
        return None
    if "value" in found:
        return replace(response, json={**found, "value": [change(one) for one in found["value"]]})
    return replace(response, json=change(found))


def _misnamed(request: Request, response: Response) -> Response | None:
    """Say that times in a preferred zone are in UTC."""
    if "outlook.timezone" not in request.headers.get("prefer", ""):
        return None
    return _each(
        response,
        lambda one: (
            one | {name: {**one[name], "timeZone": "UTC"} for name in ("start", "end") if name in one}
        ),
    )


def _bare(request: Request, response: Response) -> Response | None:
    """Answer what was selected and nothing else, not even the id."""
    if "select" not in request.query:
        return None
    unasked = {"id", "@odata.etag"} - set(request.parameters().get("$select", "").split(","))
    return _each(response, lambda one: {name: value for name, value in one.items() if name not in unasked})


def _misidentified(request: Request, response: Response) -> Response | None:
    """Give a calendar an immutable id beside its own."""
    if "idtype" not in request.headers.get("prefer", "").lower():
        return None
    return _each(response, lambda one: {**one, "id": one["id"][::-1]})


def _anything(_request: Request, response: Response) -> Response | None:
    """Find something under every id."""
    refused = response.status in {400, 404}
    return replace(response, status=200, json={"id": "AAMk"}) if refused else None


def _japanese(request: Request, text: str) -> str:
    """Read an end of a window without an offset as if in Japan."""
    del request
    return f"{text}+09:00" if len(text) == _BARE else text


def _preferred(request: Request, text: str) -> str:
    """Read an end of a window in the preferred zone, which is Japan's."""
    zone = request.preferences().get("outlook.timezone", "")
    return _japanese(request, text) if zone.startswith("Tokyo") else text


def _twice(request: Request, response: Response) -> Response | None:
    """Fill a small page twice."""
    found = response.json
    if "top=1&" not in f"{request.query}&" or not isinstance(found, dict):
        return None
    return replace(response, json={**found, "value": found.get("value", []) * 2})


def _circling(_request: Request, response: Response) -> Response | None:
    """Let every page lead to the first."""
    link = (response.json or {}).get("@odata.nextLink")
    if not link:
        return None
    again = re.sub(r"skip=\d+", "skip=0", link)
    return replace(response, json={**response.json, "@odata.nextLink": again})


def _relative(request: Request, response: Response) -> Response | None:
    """Leave the host out of links."""
    link = (response.json or {}).get("@odata.nextLink")
    return (
        replace(response, json={**response.json, "@odata.nextLink": link.removeprefix(request.origin)})
        if link
        else None
    )


def _small(request: Request, response: Response) -> Response | None:
    """Put little on a page where no size is asked for."""
    found = response.json
    if "top" in request.query or not isinstance(found, dict) or "value" not in found:
        return None
    return replace(response, json={**found, "value": found["value"][:5]})


def _dated(_request: Request, found: Json) -> Json:
    """List a series by its dates."""
    return {
        "value": [
            one
            for event in found["value"]
            for one in (
                [{**event, "type": "occurrence"}] * 2 if event.get("type") == "seriesMaster" else [event]
            )
        ]
    }


def _always_html(request: Request, response: Response) -> Response | None:
    """Send HTML whatever is preferred."""
    if (
        "body-content-type" not in request.headers.get("prefer", "")
        or not response.json
        or "body" not in response.json
    ):
        return None
    body = {"contentType": "html", "content": f"<html><body>{response.json['body']['content']}</body></html>"}
    return replace(_without_header(response), json={**response.json, "body": body})


def _unknowing(name: bytes) -> AtAnswer:
    """Refuse bodies that name a zone in a certain way."""

    def change(request: Request, response: Response) -> Response:
        refusal = status(400, "ErrorPropertyValidationFailure")
        return refusal(request, response) if name in request.body else response

    return change


def _unselected(request: Request, response: Response) -> Response | None:
    """Answer more than was selected."""
    more = {"body": {"contentType": "html", "content": ""}}
    return _each(response, lambda one: {**more, **one}) if "select" in request.query else None


def _unwindowed(request: Request, response: Response) -> Response | None:
    whole = {"startDateTime", "endDateTime"} <= set(request.parameters())
    return None if whole else replace(response, status=200, json={"value": []})


def _single(found: Json) -> Json:
    """Call the master of a series a single event."""
    return {"type": found["type"].replace("seriesMaster", "singleInstance")}


def _any_case(found: dict[str, Any]) -> dict[str, Any]:
    return {"importance": found["importance"].title()}


def _summer(found: dict[str, Any]) -> dict[str, Any]:
    """Be an hour late, as with the rules of another season."""
    return {
        name: {**found[name], "dateTime": found[name]["dateTime"].replace("T02:", "T03:")}
        for name in ("start", "end")
    }


def _refused(word: str, code: str = "ErrorInvalidUrlQueryFilter") -> Any:
    """Refuse a query with a word in it."""

    def change(request: Request, response: Response) -> Response | None:
        return status(400, code)(request, response) if word in request.query else None

    return change


def _beside(word: str) -> Any:
    """Find something beside what a query with a word in it asks for."""

    def change(request: Request, response: Response) -> Response | None:
        if word not in request.query or not isinstance(response.json, dict):
            return None
        found = response.json.get("value", [])
        others = [{**one, "subject": "Another"} for one in found]
        return replace(response, json={**response.json, "value": [*found, *others]})

    return change


FAULTS: dict[str, Fault] = {
    "REP-01": shown("event", "Times are not said to be UTC.", _shifted),
    "REP-02": shown("event", "Winter is as summer.", _summer),
    "REP-03": answered(
        "GET", _ANY, "A preferred zone is not acknowledged.", _unacknowledged("outlook.timezone")
    ),
    "REP-03.named": answered("GET", _ANY, "Times in a preferred zone are called UTC.", _misnamed),
    "REP-04": shown("event", "Clock times have an offset.", _short).and_so("REP-19"),
    "REP-05": shown(
        "event",
        "Timestamps have an offset.",
        lambda found: {"createdDateTime": found["createdDateTime"].replace("Z", "+00:00")},
    ),
    "REP-06": answered("POST", _ANY, "Only Windows zones are known.", _unknowing(b'"America/')),
    "REP-06.windows": answered("POST", _ANY, "No Windows zones are known.", _unknowing(b' Standard Time"')),
    "REP-06.preferred": answered(
        "GET",
        _ANY,
        "An unknown zone is not found.",
        renamed("TimeZoneNotSupportedException", 404, "ErrorItemNotFound"),
    ).and_so("ERR-10"),
    "REP-07": answered("GET", _ANY, "Bodies are always HTML.", _always_html),
    "REP-07.silent": answered(
        "GET", _ANY, "Preferred text is not acknowledged.", _unacknowledged("body-content-type")
    ),
    "REP-07.plain": shown(
        "event",
        "Bodies are always called text.",
        lambda found: {"body": {**found["body"], "contentType": "text"}},
    ).and_so("INV-17"),
    "REP-08": shown(
        "message", "Previews are long.", lambda found: {"bodyPreview": found["bodyPreview"] + "." * 300}
    ),
    "REP-09": shown(
        "event", "The etag does not follow the change key.", lambda _found: {"@odata.etag": 'W/"0"'}
    ),
    "REP-10": Fault("A message loses its immutable id.", seams={"moved": lambda kept: kept[::-1]}),
    "REP-10.calendars": answered(
        "GET", "/me/calendar", "A calendar has an immutable id beside its own.", _misidentified
    ),
    "REP-10.capitals": answered("GET", r"/me/events/[^/]+", "Any id is found.", _anything).and_so(
        "ERR-06", "ERR-07"
    ),
    "REP-11": answered("GET", _ANY, "More comes than was selected.", _unselected),
    "REP-11.unasked": answered("GET", _ANY, "Ids come only where they are selected.", _bare),
    "REP-12": waive("REP-12", "A view selects its items' history."),
    "REP-13": answered("GET", r"/.*events", "Events are not found by iCalUId.", _refused("iCalUId")),
    "REP-13.others": answered("GET", r"/.*events", "Other events are found by iCalUId.", _beside("iCalUId")),
    "REP-13.ignored": waive("REP-13", "A search by iCalUId finds everything."),
    "REP-14": answered("GET", _MESSAGES, "Messages are not found by class.", _refused("0x001A")),
    "REP-14.class": shown(
        "messageClass", "Requests have another class.", lambda _found: {"value": _CANCELLED}
    ),
    "REP-15": answered("GET", _ANY, "There is no next page.", without("@odata.nextLink")),
    "REP-15.circle": answered("GET", _ANY, "Every page leads to the first.", _circling),
    "REP-15.size": answered("GET", _ANY, "A page holds more than was asked for.", _twice),
    "REP-15.large": answered("GET", _ANY, "No large page may be asked for.", _refused("top=1000")),
    "REP-15.default": answered("GET", r"/.*calendarView", "Pages are small.", _small),
    "REP-15.relative": answered("GET", _ANY, "Pages lead on by relative links.", _relative),
    "REP-16": waive("REP-16", "Any order goes with any filter."),
    "REP-16.always": answered(
        "GET", _MESSAGES, "No order goes with a filter.", _refused("orderby", "InefficientFilter")
    ),
    "REP-17": answered("GET", r"/.*calendarView", "A view needs no window.", _unwindowed),
    "REP-17.offset": Fault(
        "Offsets of a window do not count.", seams={"window": lambda _request, text: text[:_BARE]}
    ),
    "REP-17.preferred": Fault("A preferred zone moves the window.", seams={"window": _preferred}),
    "REP-17.local": Fault("A window without an offset is in Japanese time.", seams={"window": _japanese}),
    "REP-18": answered(
        "GET",
        r"/.*calendarView",
        "A view shows one date of a series.",
        entity(lambda _request, found: {"value": found["value"][:1]}),
    ),
    "REP-18.list": answered("GET", r"/.*/events", "A list shows a series by its dates.", entity(_dated)),
    "REP-18.type": shown("event", "A series is a single event.", _single),
    "REP-19": shown("event", "Enumerations are capitalised.", _any_case),
    "REP-20": shown("event", "Events have no links.", lambda _found: {"webLink": None}),
    "REP-20.id": shown(
        "event", "Links lead nowhere.", lambda _found: {"webLink": "https://outlook.office365.com/owa/"}
    ),
}
