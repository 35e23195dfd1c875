"""Faults of representation and of errors (REP, ERR)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from graphcal.emulator.faults.fault import Fault, answered, entity, shown, status, waive, without

if TYPE_CHECKING:
    from graphcal.emulator.web import Request, Response

_ANY = ".*"


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


def _unacknowledged(_request: Request, response: Response) -> Response:
    headers = {name: value for name, value in response.headers.items() if name != "Preference-Applied"}
    return replace(response, headers=headers)


def _always_html(request: Request, response: Response) -> Response | None:
    """Send HTML whatever is preferred."""
    if (
        "body-content-type" not in request.headers.get("prefer", "")
        or not response.json
        or "body" not in response.json
    ):
        return None
    body = {"contentType": "html", "content": f"<html><body>{response.json['body']['content']}</body></html>"}
    return replace(_unacknowledged(request, response), json={**response.json, "body": body})


def _windows_only(request: Request, response: Response) -> Response | None:
    named = b'"America/' in request.body
    return status(400, "ErrorPropertyValidationFailure")(request, response) if named else None


def _unselected(request: Request, response: Response) -> Response | None:
    """Answer more than was selected."""
    if "select" not in request.query or not response.json:
        return None
    more = {"body": {"contentType": "html", "content": ""}}
    if "value" in response.json:
        return replace(
            response, json={**response.json, "value": [{**more, **one} for one in response.json["value"]]}
        )
    return replace(response, json={**more, **response.json})


def _unwindowed(request: Request, response: Response) -> Response | None:
    return replace(response, status=200, json={"value": []}) if "DateTime" not in request.query else None


def _flat(_request: Request, response: Response) -> Response | None:
    found = response.json.get("error") if isinstance(response.json, dict) else None
    return (
        replace(response, json={"code": found["code"], "text": found["message"]})
        if isinstance(found, dict)
        else None
    )


def _instead(old: int, new: int) -> Any:
    """Answer one status instead of another."""
    return lambda _request, response: replace(response, status=new) if response.status == old else None


def _any_case(found: dict[str, Any]) -> dict[str, Any]:
    return {"importance": found["importance"].title()}


def _summer(found: dict[str, Any]) -> dict[str, Any]:
    """Be an hour late, as with the rules of another season."""
    return {
        name: {**found[name], "dateTime": found[name]["dateTime"].replace("T02:", "T03:")}
        for name in ("start", "end")
    }


def _refused(word: str) -> Any:
    """Refuse a query with a word in it."""

    def change(request: Request, response: Response) -> Response | None:
        refusal = status(400, "ErrorInvalidUrlQueryFilter")
        return refusal(request, response) if word in request.query else None

    return change


def _renamed(code: str, number: int, other: str) -> Any:
    """Refuse with another status and code."""

    def change(request: Request, response: Response) -> Response | None:
        found = response.json.get("error") if isinstance(response.json, dict) else None
        return status(number, other)(request, response) if found and found["code"] == code else None

    return change


FAULTS: dict[str, Fault] = {
    "REP-01": shown("event", "Times are not said to be UTC.", _shifted),
    "REP-02": shown("event", "Winter is as summer.", _summer),
    "REP-03": answered("GET", _ANY, "A preference is not acknowledged.", _unacknowledged),
    "REP-04": shown("event", "Clock times have an offset.", _short),
    "REP-05": shown(
        "event",
        "Timestamps have an offset.",
        lambda found: {"createdDateTime": found["createdDateTime"].replace("Z", "+00:00")},
    ),
    "REP-06": answered("POST", _ANY, "Only Windows zones are known.", _windows_only),
    "REP-07": answered("GET", _ANY, "Bodies are always HTML.", _always_html),
    "REP-08": shown(
        "message", "Previews are long.", lambda found: {"bodyPreview": found["bodyPreview"] + "." * 300}
    ),
    "REP-09": shown(
        "event", "The etag does not follow the change key.", lambda _found: {"@odata.etag": 'W/"0"'}
    ),
    "REP-11": answered("GET", _ANY, "More comes than was selected.", _unselected),
    "REP-12": waive("REP-12", "A view selects its items' history."),
    "REP-13": answered("GET", r"/.*events", "Events are not found by iCalUId.", _refused("iCalUId")),
    "REP-14": answered("GET", r"/.*messages", "Messages are not found by class.", _refused("0x001A")),
    "REP-15": answered("GET", _ANY, "There is no next page.", without("@odata.nextLink")),
    "REP-16": waive("REP-16", "Any order goes with any filter."),
    "REP-17": answered("GET", r"/.*calendarView", "A view needs no window.", _unwindowed),
    "REP-18": answered(
        "GET",
        r"/.*calendarView",
        "A view shows one date of a series.",
        entity(lambda _request, found: {"value": found["value"][:1]}),
    ),
    "REP-19": shown("event", "Enumerations are capitalised.", _any_case),
    "REP-20": shown(
        "event", "Links lead nowhere.", lambda _found: {"webLink": "https://outlook.office365.com/owa/"}
    ),
    "ERR-01": answered(_ANY, _ANY, "Errors have no envelope.", _flat),
    "ERR-03": answered(_ANY, _ANY, "A bad token is a 403.", _instead(401, 403)),
    "ERR-04": waive("ERR-04", "Any token opens everything."),
    "ERR-05": waive("ERR-05", "Nobody is kept out."),
    "ERR-06": answered(_ANY, _ANY, "What does not exist is a 410.", _instead(404, 410)),
    "ERR-07": waive("ERR-07", "Any text is an id."),
    "ERR-08": answered(
        _ANY, _ANY, "An unknown user is a bad request.", _renamed("ErrorInvalidUser", 400, "BadRequest")
    ),
    "ERR-09": waive("ERR-09", "An event may end before it starts."),
    "ERR-10": answered(
        _ANY,
        _ANY,
        "An unknown zone is not found.",
        _renamed("TimeZoneNotSupportedException", 404, "ErrorItemNotFound"),
    ),
    "ERR-11": waive("ERR-11", "Who lost a share keeps access."),
    "ERR-12": waive("ERR-12", "Settings are open to all."),
    "ERR-13": waive("PRM-11", "Everybody sees and makes permissions."),
}
