"""Faults of errors and refusals (ERR)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from graphcal.emulator.faults.fault import Fault, answered, status, waive

if TYPE_CHECKING:
    from graphcal.emulator.web import Request, Response

_ANY = ".*"


def _flat(_request: Request, response: Response) -> Response | None:
    found = response.json.get("error") if isinstance(response.json, dict) else None
    return (
        replace(response, json={"code": found["code"], "text": found["message"]})
        if isinstance(found, dict)
        else None
    )


def _wordless(_request: Request, response: Response) -> Response | None:
    """Leave the message out of errors."""
    found = response.json.get("error") if isinstance(response.json, dict) else None
    return replace(response, json={"error": {"code": found["code"]}}) if isinstance(found, dict) else None


def _instead(old: int, new: int) -> Any:
    """Answer one status instead of another."""
    return lambda _request, response: replace(response, status=new) if response.status == old else None


def renamed(code: str, number: int, other: str) -> Any:
    """Refuse with another status and code."""

    def change(request: Request, response: Response) -> Response | None:
        found = response.json.get("error") if isinstance(response.json, dict) else None
        return status(number, other)(request, response) if found and found["code"] == code else None

    return change


def deleted_again(_request: Request, response: Response) -> Response | None:
    """Delete what is not there."""
    return replace(response, status=204, json=None) if response.status == 404 else None  # noqa: PLR2004 - not found


def _conflict(request: Request, response: Response) -> Response | None:
    """Refuse an unknown zone as if something else stood in the way."""
    unknown = response.status == 400 and b"Nowhere" in request.body  # noqa: PLR2004 - a bad request
    return status(409, "Conflict")(request, response) if unknown else None


FAULTS: dict[str, Fault] = {
    "ERR-01": answered(_ANY, _ANY, "Errors have no envelope.", _flat),
    "ERR-01.message": answered(_ANY, _ANY, "Errors have no message.", _wordless),
    "ERR-03": answered(_ANY, _ANY, "A bad token is a 403.", _instead(401, 403)),
    "ERR-04": waive("ERR-04", "Any token opens everything.").and_so(
        "SCP-02", "SCP-07", "SCP-08", "SCP-09", "SCP-10"
    ),
    "ERR-04.code": answered(
        _ANY,
        _ANY,
        "A refusal for lack of scopes is called otherwise.",
        renamed("ErrorAccessDenied", 403, "Denied"),
    ).and_so("ERR-05", "ERR-12"),
    "ERR-05": waive("ERR-05", "Nobody is kept out.").and_so("ERR-11", "PRM-03"),
    "ERR-06": answered(_ANY, _ANY, "What does not exist is a 410.", _instead(404, 410)).and_so("ERR-08"),
    "ERR-06.deleted": answered(
        "DELETE", r"/.*/events/[^/]+", "What does not exist can be deleted.", deleted_again
    ).and_so("LIF-15"),
    "ERR-06.code": answered(
        _ANY, _ANY, "What does not exist has another code.", renamed("ErrorItemNotFound", 404, "NotFound")
    ),
    "ERR-07": answered(
        _ANY, _ANY, "A broken id is a conflict.", renamed("ErrorInvalidIdMalformed", 409, "Conflict")
    ),
    "ERR-08": answered(
        _ANY, _ANY, "An unknown user is a bad request.", renamed("ErrorInvalidUser", 400, "BadRequest")
    ),
    "ERR-09": waive("ERR-09", "An event may end before it starts."),
    "ERR-10": answered(
        _ANY,
        _ANY,
        "An unknown zone is not found.",
        renamed("TimeZoneNotSupportedException", 404, "ErrorItemNotFound"),
    ).and_so("REP-06"),
    "ERR-10.body": answered("POST", r"/.*/events", "An unknown zone is a conflict.", _conflict),
    "ERR-11": waive("ERR-11", "Who lost a share keeps access.").and_so("SET-30"),
    "ERR-12": waive("ERR-12", "Settings are open to all."),
    "ERR-13": waive("PRM-11", "Everybody sees and makes permissions.").and_so("PRM-11"),
}
