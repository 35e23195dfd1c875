"""Read a WSGI request and write an answer: the only module that knows how HTTP looks from Python."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from graphcal.emulator.errors import bad_request

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from wsgiref.types import StartResponse, WSGIEnvironment

REASONS = {
    200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 302: "Found",
    400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
    412: "Precondition Failed", 429: "Too Many Requests", 500: "Internal Server Error",
}  # fmt: skip
JSON_TYPE = "application/json; odata.metadata=minimal; charset=utf-8"
LARGEST_BODY = 4 * 1024 * 1024
_PREFERENCE = re.compile(r'\s*([\w.\-]+)\s*(?:=\s*(?:"([^"]*)"|([^,;\s]+)))?\s*(?:,|;|$)')


@dataclass(frozen=True)
class Request:
    """One HTTP request, decoded: `path` without percent signs, header names in lower case."""

    method: str
    origin: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes

    def parameters(self) -> dict[str, str]:
        """Return the query options; of a repeated one the last counts."""
        return dict(parse_qsl(self.query, keep_blank_values=True))

    def form(self) -> dict[str, str]:
        """Return the fields of a form body."""
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    def json(self) -> dict[str, Any]:
        """Return the JSON object in the body, `{}` for none; 400 for anything else."""
        if not self.body.strip():
            return {}
        try:
            found = json.loads(self.body)
            json.dumps(found, ensure_ascii=False).encode()  # half a surrogate pair could never be sent back
        except (ValueError, RecursionError) as reason:
            raise bad_request(f"Unable to read JSON request payload: {reason}.") from reason
        if not isinstance(found, dict):
            raise bad_request("Unable to read JSON request payload: an object is expected.")
        return found

    def preferences(self) -> dict[str, str]:
        """Return the `Prefer` header as names (lower case) and values."""
        found = _PREFERENCE.finditer(self.headers.get("prefer", ""))
        return {match[1].lower(): match[2] if match[2] is not None else match[3] or "" for match in found}


@dataclass
class Response:
    """One answer: a JSON value, or text, or nothing."""

    status: int = 200
    json: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    text: str | None = None

    def content(self) -> bytes:
        """Return the body as it goes over the wire."""
        if self.text is not None:
            return self.text.encode()
        return b"" if self.json is None else json.dumps(self.json, ensure_ascii=False).encode()


def read(environ: WSGIEnvironment) -> Request:
    """Read a request; the origin is the one the client used, so that links lead back to it."""
    headers = {
        name[5:].replace("_", "-").lower(): value
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    headers["content-type"] = environ.get("CONTENT_TYPE") or ""
    host = headers.get("host") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
    length = environ.get("CONTENT_LENGTH")
    chunked = "chunked" in headers.get("transfer-encoding", "").lower()
    size = LARGEST_BODY if chunked else int(length or 0)
    return Request(
        method=environ["REQUEST_METHOD"].upper(),
        origin=f"{environ['wsgi.url_scheme']}://{host}",
        path=environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace"),
        query=environ.get("QUERY_STRING", ""),
        headers=headers,
        body=environ["wsgi.input"].read(size) if size else b"",
    )


def write(
    response: Response, content: bytes, start_response: StartResponse, *, head: bool
) -> Iterable[bytes]:
    """Write an answer; a HEAD request gets its headers only."""
    headers = dict(response.headers)
    if content:
        headers.setdefault(
            "Content-Type", JSON_TYPE if response.text is None else "text/plain; charset=utf-8"
        )
    if response.status != 204:  # noqa: PLR2004 - 204 carries no length either
        headers["Content-Length"] = str(len(content))
    start_response(f"{response.status} {REASONS.get(response.status, 'Unknown')}", list(headers.items()))
    return [] if head else [content]
