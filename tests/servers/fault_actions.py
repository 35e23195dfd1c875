"""Say what may happen to a request on its way: each action answers a turn, or spoils its connection."""

from __future__ import annotations

import gzip
import http.client
import json
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from fault_proxy import Proxy

JSON_TYPE = "application/json; charset=utf-8"


@dataclass(frozen=True)
class Reply:
    """An answer as it goes to the client; the length is added when it is sent."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    @property
    def json(self) -> Any:
        """The body as JSON, None where it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    def with_json(self, payload: object) -> Reply:
        """Return the reply with another body."""
        kept = tuple(pair for pair in self.headers if pair[0].lower() != "content-type")
        headers = (*kept, ("Content-Type", JSON_TYPE))
        return replace(self, body=json.dumps(payload).encode(), headers=headers)


@dataclass
class Turn:
    """One request on its way: `forward` asks the service, `answer` the client's; `path` is below the base URL."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    proxy: Proxy
    forward: Callable[[], Reply]
    answer: Callable[[Reply], None]
    write: Callable[[bytes], None]
    reset: Callable[[], None]
    hang_up: Callable[[], None]


@dataclass(frozen=True)
class Action:
    """What a fault does to a turn, under the name that the log gives it."""

    name: str
    act: Callable[[Turn], None]

    def __call__(self, turn: Turn) -> None:
        """Do it."""
        self.act(turn)


def _named(name: str) -> Callable[[Callable[[Turn], None]], Action]:
    return lambda act: Action(name, act)


def respond(status: int, body: bytes | str = b"", **headers: str) -> Action:
    """Answer without asking the service; underscores in header names are hyphens."""
    told = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    text = body.encode() if isinstance(body, str) else body

    @_named(f"respond {status}")
    def action(turn: Turn) -> None:
        turn.answer(Reply(status, told, text))

    return action


def refuse(status: int, code: str, message: str = "Made up by a test.", **headers: str) -> Action:
    """Answer with Graph's error envelope."""
    text = json.dumps(
        {"error": {"code": code, "message": message, "innerError": {"date": "2026-01-01T00:00:00"}}}
    )
    return _named(f"refuse {status}")(respond(status, text, Content_Type=JSON_TYPE, **headers))


def too_many(retry_after: float | None = 1, *, as_date: bool = False) -> Action:
    """Answer 429; Retry-After in seconds or as an HTTP date, None for without."""
    return _named("too_many")(_retry_later(429, "ApplicationThrottled", retry_after, as_date=as_date))


def unavailable(retry_after: float | None = None, *, as_date: bool = False) -> Action:
    """Answer 503."""
    return _named("unavailable")(_retry_later(503, "serviceNotAvailable", retry_after, as_date=as_date))


def _retry_later(status: int, code: str, seconds: float | None, *, as_date: bool) -> Callable[[Turn], None]:
    def action(turn: Turn) -> None:
        headers = {}
        if seconds is not None:
            moment = datetime.now(UTC) + timedelta(seconds=seconds)
            headers["Retry-After"] = format_datetime(moment, usegmt=True) if as_date else str(seconds)
        refuse(status, code, **headers)(turn)

    return action


def unauthorized() -> Action:
    """Answer 401, as with an expired token."""
    challenge = 'Bearer realm="", error="invalid_token"'
    return _named("unauthorized")(
        refuse(401, "InvalidAuthenticationToken", "Lifetime validation failed.", WWW_Authenticate=challenge)
    )


def html_page(status: int = 200) -> Action:
    """Answer with a page, as a captive portal (200) or a gateway (502) does."""
    page = f"<!DOCTYPE html><html><body><h1>{status}</h1></body></html>"
    return _named(f"html_page {status}")(respond(status, page, Content_Type="text/html"))


def empty(status: int = 200) -> Action:
    """Answer with nothing, though the service was asked."""

    @_named(f"empty {status}")
    def action(turn: Turn) -> None:
        turn.answer(replace(turn.forward(), status=status, body=b""))

    return action


def reset(*, lost: bool = False) -> Action:
    """Reset the connection before an answer; `lost`: the service has done what was asked."""

    @_named("reset lost" if lost else "reset")
    def action(turn: Turn) -> None:
        if lost:
            turn.forward()
        turn.reset()

    return action


def reset_after_headers() -> Action:
    """Reset the connection between headers and body; the service has done what was asked."""

    @_named("reset_after_headers")
    def action(turn: Turn) -> None:
        reply = turn.forward()
        turn.write(head(reply, len(reply.body) or 9) + reply.body[:1])
        time.sleep(0.05)
        turn.reset()

    return action


def slow_first_byte(seconds: float) -> Action:
    """Let the client wait for the first byte."""

    @_named("slow_first_byte")
    def action(turn: Turn) -> None:
        reply = turn.forward()
        time.sleep(seconds)
        turn.answer(reply)

    return action


def slow_body(seconds: float, parts: int = 10) -> Action:
    """Send the body in parts, so that it takes some seconds in all."""

    @_named("slow_body")
    def action(turn: Turn) -> None:
        reply = turn.forward()
        turn.write(head(reply, len(reply.body)))
        size = len(reply.body) // parts + 1
        for first in range(0, len(reply.body), size):
            time.sleep(seconds / parts)
            turn.write(reply.body[first : first + size])

    return action


def truncated(*, honest: bool = False) -> Action:
    """Send half of the body; `honest`: with the length of the half, else with that of the whole."""

    @_named("truncated honestly" if honest else "truncated")
    def action(turn: Turn) -> None:
        reply = turn.forward()
        half = reply.body[: len(reply.body) // 2]
        turn.write(head(reply, len(half) if honest else len(reply.body)) + half)
        if not honest:
            turn.hang_up()

    return action


def gzip_garbage(*, cut: bool = False) -> Action:
    """Say that the body is compressed where it is not; `cut`: compressed, but not to its end."""

    @_named("gzip_garbage")
    def action(turn: Turn) -> None:
        reply = turn.forward()
        body = gzip.compress(reply.body)[:-12] if cut else b"\x1f\x8bno gzip" + reply.body
        turn.answer(replace(reply, headers=(*reply.headers, ("Content-Encoding", "gzip")), body=body))

    return action


def redirect(status: int = 302) -> Action:
    """Send the client to the other host."""

    @_named(f"redirect {status}")
    def action(turn: Turn) -> None:
        turn.answer(Reply(status, (("Location", turn.proxy.elsewhere.base_url + turn.path),)))

    return action


def next_link_elsewhere() -> Action:
    """Continue a collection at the other host."""
    return _named("next_link_elsewhere")(
        change(
            lambda turn, payload: {**payload, "@odata.nextLink": turn.proxy.elsewhere.base_url + turn.path}
        )
    )


def endless_paging() -> Action:
    """Give every page of a collection a next one."""

    def more(turn: Turn, payload: Any) -> Any:
        number = turn.proxy.requests
        link = f"{turn.proxy.base_url}{turn.path.partition('?')[0]}?$skiptoken=p0%3D&$top={number}"
        return {**payload, "@odata.nextLink": link}

    return _named("endless_paging")(change(more))


def change(transform: Callable[[Turn, Any], Any]) -> Action:
    """Ask the service and answer with its JSON transformed; what is no JSON object stays as it is."""

    @_named("change")
    def action(turn: Turn) -> None:
        reply = turn.forward()
        payload = reply.json
        turn.answer(reply.with_json(transform(turn, payload)) if isinstance(payload, dict) else reply)

    return action


def head(reply: Reply, length: int | None) -> bytes:
    """Return the status line and the headers of a reply whose body has some length."""
    reason = http.client.responses.get(reply.status, "")
    lines = [f"HTTP/1.1 {reply.status} {reason}", *(f"{name}: {value}" for name, value in reply.headers)]
    if length is not None:
        lines.append(f"Content-Length: {length}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
