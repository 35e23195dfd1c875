"""Say no the way Graph does: one exception type, its codes, and the envelope around it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class GraphError(Exception):
    """An answer that is a refusal: HTTP status, Graph error code and a sentence for people (ERR-01)."""

    status: int
    code: str
    message: str
    headers: dict[str, str] = field(default_factory=dict)

    def envelope(self, request_id: str, date: str) -> dict[str, object]:
        """Return the JSON body, with the inner error that carries what support asks for (ERR-01)."""
        inner = {"date": date, "request-id": request_id, "client-request-id": request_id}
        return {"error": {"code": self.code, "message": self.message, "innerError": inner}}


def bad_request(message: str) -> GraphError:
    """Answer 400 to a request that the front end cannot read."""
    return GraphError(400, "BadRequest", message)


def unknown_segment(segment: str) -> GraphError:
    """Answer 400 to a path that names no resource."""
    return GraphError(400, "BadRequest", f"Resource not found for the segment '{segment}'.")


def bad_query(message: str) -> GraphError:
    """Answer 400 to a query option that cannot be parsed."""
    return GraphError(400, "RequestBroker--ParseUri", message)


def method_not_allowed(allowed: list[str]) -> GraphError:
    """Answer 405 and name the methods that would do."""
    sentence = "The HTTP method is not allowed for this resource."
    return GraphError(405, "Request_BadRequest", sentence, {"Allow": ", ".join(allowed)})


def unauthorized(message: str) -> GraphError:
    """Answer 401 to a missing, expired or foreign token (ERR-03)."""
    challenge = {"WWW-Authenticate": 'Bearer realm="", error="invalid_token"'}
    return GraphError(401, "InvalidAuthenticationToken", message, challenge)


def access_denied(message: str = "Access is denied. Check credentials and try again.") -> GraphError:
    """Answer 403: the caller is known, but may not do this (ERR-04, ERR-05)."""
    return GraphError(403, "ErrorAccessDenied", message)


def item_not_found() -> GraphError:
    """Answer 404: the id means nothing in the addressed mailbox (ERR-06)."""
    return GraphError(404, "ErrorItemNotFound", "The specified object was not found in the store.")


def unknown_user(user: str) -> GraphError:
    """Answer 404: the directory knows no such person (ERR-08)."""
    return GraphError(404, "ErrorInvalidUser", f"The requested user '{user}' is invalid.")


def no_mailbox() -> GraphError:
    """Answer 404: the person exists, but has no mailbox in the service (ERR-08)."""
    sentence = "The mailbox is either inactive, soft-deleted, or is hosted on-premise."
    return GraphError(404, "MailboxNotEnabledForRESTAPI", sentence)


def malformed_id() -> GraphError:
    """Answer 400: the id could never have been one (ERR-07)."""
    return GraphError(400, "ErrorInvalidIdMalformed", "The id is malformed.")


def invalid_property(message: str) -> GraphError:
    """Answer 400: a property of the body has an impossible value (ERR-09, ERR-10)."""
    return GraphError(
        400, "ErrorPropertyValidationFailure", f"At least one property failed validation. {message}"
    )


def invalid_parameter(message: str) -> GraphError:
    """Answer 400: a parameter is impossible, or impossible beside another one."""
    return GraphError(400, "ErrorInvalidParameter", message)


def invalid_request(message: str) -> GraphError:
    """Answer 400: the request makes no sense for this item in its present state."""
    return GraphError(400, "ErrorInvalidRequest", message)


def unsupported_zone(zone: str) -> GraphError:
    """Answer 400 to a Prefer header with a zone that nobody knows (REP-06, ERR-10)."""
    sentence = f"The time zone '{zone}' is not supported."
    return GraphError(400, "TimeZoneNotSupportedException", sentence)


def stale() -> GraphError:
    """Answer 412: the item has changed since the caller read it."""
    sentence = "The change key in the request does not match the current change key of the item."
    return GraphError(412, "ErrorIrresolvableConflict", sentence)
