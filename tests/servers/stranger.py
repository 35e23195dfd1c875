"""Serve a stranger's emulator: the same flow as in the examples, with other legal choices everywhere.

It shares no code with the reference emulator, so that a suite which passes both leans on neither.
Ids hold "/", "+" and "="; pages hold three entries, and the copy of Alex's calendar is on the second;
people last named come first; nothing is there at once where `delivery` is set.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

import stranger_words as words
from stranger_calls import Call, party_of
from stranger_model import PARTIES, Party, RefusedError
from stranger_noise import furnished
from stranger_options import Options
from stranger_queries import read_query
from stranger_routes import answer
from stranger_scopes import read_scopes
from stranger_times import zone_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from stranger_calls import Answer
    from stranger_scopes import Scopes
    from stranger_world import World

_PREFERENCE = re.compile(r"([\w.\-]+)\s*=\s*\"?([^\",;]+)\"?")
GENERIC = {
    "ErrorAccessDenied": "accessDenied",
    "ErrorItemNotFound": "itemNotFound",
    "ErrorInvalidUser": "Request_ResourceNotFound",
    "ErrorInvalidRequest": "invalidRequest",
    "ErrorInvalidParameter": "invalidRequest",
    "ErrorInvalidIdMalformed": "invalidRequest",
    "ErrorPropertyValidationFailure": "invalidRequest",
    "TimeZoneNotSupportedException": "invalidRequest",
}
HONOURED = ("outlook.timezone", "outlook.body-content-type", "idtype")
SEPARATOR = ";"  # between a token and the scopes that it is limited to
_CONTEXT = re.compile(r"/(me|users/[^/]+)(?=/|$)")


@dataclass
class Stranger:
    """A running stranger: where it is, and the tokens that it takes, by person."""

    base_url: str
    world: World
    tokens: dict[str, str]
    requests: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def people(self) -> dict[str, dict[str, str]]:
        """Who is who, in the casing that a user would write."""
        return {key: {"name": who.name, "address": who.address.lower()} for key, who in PARTIES.items()}

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables that the target file names."""
        plain = {f"GRAPHCAL_STRANGER_{key.upper()}": token for key, token in self.tokens.items()}
        scoped = {f"{name}_SCOPED": f"{token}{SEPARATOR}{{scopes}}" for name, token in plain.items()}
        return plain | scoped

    def target_toml(
        self, folder: Path, base_url: str = "", *, scoped: bool = False, **settings: object
    ) -> Path:
        """Write a target file. `base_url` names a proxy in front; `settings` replace those of [target].

        With `scoped` the file says how a token with fewer scopes is written.
        """
        target = {
            "name": "A stranger's emulator",
            "base_url": base_url or self.base_url,
            "writes": True,
            "setup": "verify",
            "delivery_timeout": 10,
            **settings,
        }
        lines = ["[target]", *(f"{name} = {_toml(value)}" for name, value in target.items())]
        lines += ["", "[auth]", 'method = "token"']
        for key, person in self.people.items():
            lines += ["", f"[people.{key}]", *(f"{name} = {_toml(value)}" for name, value in person.items())]
            variable = f"env:GRAPHCAL_STRANGER_{key.upper()}"
            lines.append(f"token = {_toml(variable)}")
            if scoped:
                lines += ["", f"[people.{key}.scoped_token]", f"template = {_toml(variable + '_SCOPED')}"]
                lines.append(f"separator = {_toml(SEPARATOR)}")
        path = folder / "stranger.toml"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)  # JSON's strings, numbers and booleans are TOML's


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    stranger: Stranger
    lock: threading.Lock


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the base class
        pass

    def _answer(self) -> None:
        text = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with self.server.lock:
            self.applied: dict[str, str] = {}
            try:
                status, payload = self._answered(text)
            except RefusedError as refused:
                status, payload = refused.status, self._envelope(refused)
        self._send(status, payload)

    do_GET = do_POST = do_PATCH = do_DELETE = do_PUT = _answer  # noqa: N815 - the base class calls these

    def _answered(self, text: bytes) -> Answer:
        stranger, address = self.server.stranger, urlsplit(self.path)
        reader, scopes = self._reader()
        stranger.requests.append((reader.key, self.command, self.path))
        stranger.world.settle()
        prefix = stranger.world.options.prefix
        if not address.path.startswith(prefix + "/"):
            raise RefusedError(404, "UnknownError", "There is no such version.")
        segments = [unquote(part) for part in address.path[len(prefix) + 1 :].split("/")]
        holder, below = self._mailbox(reader, segments)
        url = stranger.base_url + address.path[len(prefix) :]
        found = _PREFERENCE.findall(self.headers.get("Prefer", ""))
        self.applied = {name.lower(): value for name, value in found if name.lower() in HONOURED}
        zone_of(self.applied.get("outlook.timezone", "UTC"), "TimeZoneNotSupportedException")
        query = read_query(address.query)
        given = self._json(text)
        call = Call(stranger.world, reader, holder, self.command, url, query, self.applied, given, scopes)
        if not below:
            return 200, words.spiced(words.profile(holder))
        status, payload = answer(call, below)
        told = self._annotated(payload, address.path[len(prefix) :], holder)
        return status, words.formed(told, stranger.world.options, stranger.base_url)

    def _reader(self) -> tuple[Party, Scopes | None]:
        """Return who asks, and the scopes that the token is limited to, None for one without limits."""
        kind, _, given = self.headers.get("Authorization", "").partition(" ")
        bare, limited, rest = given.partition(SEPARATOR)
        for key, token in self.server.stranger.tokens.items():
            if kind == "Bearer" and bare == token:
                return PARTIES[key], read_scopes(rest.split(SEPARATOR)) if limited else None
        raise RefusedError(401, "InvalidAuthenticationToken", "Access token validation failure.")

    @staticmethod
    def _mailbox(reader: Party, segments: list[str]) -> tuple[Party, list[str]]:
        if segments[0] == "me":
            return reader, segments[1:]
        if segments[0] == "users" and len(segments) > 1:
            return party_of(segments[1]), segments[2:]
        raise RefusedError(400, "BadRequest", f"Resource not found for the segment '{segments[0]}'.")

    @staticmethod
    def _json(text: bytes) -> dict[str, Any]:
        try:
            given = json.loads(text or b"{}")
        except ValueError as error:
            raise RefusedError(400, "BadRequest", "Unable to read JSON request payload.") from error
        if not isinstance(given, dict):
            raise RefusedError(400, "BadRequest", "The payload is no object.")
        return given

    def _annotated(self, payload: dict[str, Any] | None, path: str, holder: Party) -> dict[str, Any] | None:
        """Add the context, and etags where the test wants them."""
        if payload is None:
            return None
        below = _CONTEXT.sub(f"users('{quote(holder.id)}')", path, count=1)
        ending = "" if "value" in payload else "/$entity"
        context = f"{self.server.stranger.base_url}/$metadata#{below}{ending}"
        if self.server.stranger.world.options.etags:
            listed = payload.get("value")
            top = listed if isinstance(listed, list) else [payload]
            for entry in [*top, *(found["event"] for found in top if found.get("event"))]:
                if "changeKey" in entry:
                    entry["@odata.etag"] = f'W/"{entry["changeKey"]}"'
        return {"@odata.context": context, **payload}

    def _envelope(self, refused: RefusedError) -> dict[str, Any]:
        options = self.server.stranger.world.options
        inner = {
            "date": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
            "request-id": hashlib.sha256(self.path.encode()).hexdigest()[:32],
        }
        code = GENERIC.get(refused.code, refused.code) if options.generic_codes else refused.code
        told = {options.inner_error: inner} if options.inner_error else {}
        return {"error": {"code": code, "message": refused.message, **told}}

    def _send(self, status: int, payload: dict[str, Any] | None) -> None:
        body = b"" if payload is None else json.dumps(payload, ensure_ascii=False).encode()
        self.send_response(status)
        if payload is not None:
            self.send_header("Content-Type", "application/json;odata.metadata=minimal; charset=UTF-8")
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        if status == 401:
            self.send_header("WWW-Authenticate", 'Bearer realm="fabrikam"')
        if self.applied and status < 300 and payload is not None:
            applied = ", ".join(f'{name}="{value}"' for name, value in self.applied.items())
            self.send_header("Preference-Applied", applied)
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def stranger(**options: Any) -> Iterator[Stranger]:
    """Run a stranger's emulator on a free port of this machine; `options` are those of Options."""
    world = furnished(Options(**options))
    tokens = {key: f"stranger.{key}.{world.digest().hex()}" for key in PARTIES}
    server = _Server(("127.0.0.1", 0), _Handler)
    server.stranger = Stranger(f"http://127.0.0.1:{server.server_port}{world.options.prefix}", world, tokens)
    server.lock = threading.Lock()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server.stranger
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
