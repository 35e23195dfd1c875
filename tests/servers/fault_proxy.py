"""Stand between a client and a service, and break the network as a plan says.

    with stranger() as server, proxy(server.base_url, [Fault(too_many(1), path="/me/calendars", times=1)]) as p:
        requests.get(p.base_url + "/me/calendars", headers=…)      # 429, then what the service says

A `Fault` says when, its action what: an action gets the `Turn`, and answers it, or spoils the connection.
The first fault of the plan that is due acts alone; without one the request is passed on.
"""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import struct
import threading
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import trustme
from fault_actions import JSON_TYPE, Action, Reply, Turn, head

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HOP = {
    "connection",
    "keep-alive",
    "transfer-encoding",
    "content-length",
    "host",
    "accept-encoding",
    "date",
    "server",
}


@dataclass(frozen=True)
class Fault:
    """When an action is due.

    Of the requests whose method and path (with query) match, after the first `skip`, every `every`-th,
    `times` times in all (None: always). `method` has to match in full, `path` anywhere.
    """

    do: Action
    method: str = ".*"
    path: str = ".*"
    every: int = 1
    skip: int = 0
    times: int | None = None

    def matches(self, method: str, path: str) -> bool:
        """Say whether a request is of the kind."""
        return bool(re.fullmatch(self.method, method) and re.search(self.path, path))


@dataclass(frozen=True)
class Done:
    """What happened to one request; `fault` names the action, "" where it was passed on."""

    method: str
    path: str
    fault: str


@dataclass
class Elsewhere:
    """A second host, and all that it was asked: method, path and headers in lower case."""

    base_url: str
    seen: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    @property
    def saw_authorization(self) -> bool:
        """Whether a client ever showed it credentials."""
        return any("authorization" in headers for _, _, headers in self.seen)


@dataclass
class Proxy:
    """A running proxy: `base_url` takes the place of the service's, `log` tells what happened."""

    base_url: str
    upstream: str
    plan: Sequence[Fault]
    elsewhere: Elsewhere
    ca_pem: bytes = b""
    log: list[Done] = field(default_factory=list)
    passed: int = 0
    errors: list[str] = field(default_factory=list)
    _met: Counter[int] = field(default_factory=Counter)
    _done: Counter[int] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def requests(self) -> int:
        """How many requests came."""
        return len(self.log)

    @property
    def faults(self) -> Counter[str]:
        """How often each action acted."""
        return Counter(done.fault for done in self.log if done.fault)

    def due(self, method: str, path: str) -> Fault | None:
        """Count a request and return the fault that is due for it."""
        with self._lock:
            chosen = None
            for number, fault in enumerate(self.plan):
                if not fault.matches(method, path):
                    continue
                self._met[number] += 1
                turn = self._met[number] - fault.skip
                spent = fault.times is not None and self._done[number] >= fault.times
                if chosen is None and turn > 0 and turn % fault.every == 0 and not spent:
                    self._done[number] += 1
                    chosen = fault
            name = chosen.do.name if chosen else ""
            self.log.append(Done(method, path, name))
            return chosen

    def localised(self, reply: Reply) -> Reply:
        """Replace the service's address by the proxy's, in the body and in the headers."""
        here, there = (_origin(url) for url in (self.base_url, self.upstream))
        headers = tuple((name, value.replace(there, here)) for name, value in reply.headers)
        return replace(reply, headers=headers, body=reply.body.replace(there.encode(), here.encode()))


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


# Servers


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    proxy: Proxy
    elsewhere: Elsewhere
    prefix: str = ""

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.resetting: set[Any] = set()
        self.tls: ssl.SSLContext | None = None

    def get_request(self) -> tuple[Any, Any]:
        connection, address = super().get_request()
        if self.tls:
            connection = self.tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        if request in self.resetting:
            self.resetting.discard(request)
            self.close_request(request)  # without a farewell, so that the client sees a reset
        else:
            super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep refused handshakes and gone clients to ourselves."""


class _Quiet(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the base class
        pass

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _write(self, data: bytes) -> None:
        try:
            self.wfile.write(data)
        except OSError:
            self.close_connection = True


class _ProxyHandler(_Quiet):
    def _turn(self) -> None:
        proxy, body = self.server.proxy, self._body()
        path = self.path.removeprefix(urlsplit(proxy.base_url).path)
        turn = Turn(
            self.command,
            path,
            {name.lower(): value for name, value in self.headers.items()},
            body,
            proxy,
            lambda: proxy.localised(self._forward(body)),
            self._reply,
            self._write,
            self._reset,
            self._hang_up,
        )
        fault = proxy.due(self.command, path)
        try:
            if fault:
                fault.do(turn)
            else:
                proxy.passed += 1
                turn.answer(turn.forward())
        except Exception as error:  # a broken plan must not look like a broken network
            proxy.errors.append(f"{self.command} {path}: {error!r}")
            raise

    do_GET = do_POST = do_PATCH = do_DELETE = do_PUT = _turn  # noqa: N815 - the base class calls these

    def _forward(self, body: bytes) -> Reply:
        address = urlsplit(self.server.proxy.upstream)
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=30)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
        try:
            connection.request(self.command, self.path, body or None, headers)
            answer = connection.getresponse()
            kept = tuple(pair for pair in answer.getheaders() if pair[0].lower() not in HOP)
            return Reply(answer.status, kept, answer.read())
        finally:
            connection.close()

    def _reply(self, reply: Reply) -> None:
        self._write(head(reply, None if reply.status == 204 else len(reply.body)) + reply.body)

    def _hang_up(self) -> None:
        self.close_connection = True

    def _reset(self) -> None:
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.server.resetting.add(self.connection)
        self.close_connection = True


class _ElsewhereHandler(_Quiet):
    def _answer(self) -> None:
        self._body()
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.elsewhere.seen.append((self.command, self.path, headers))
        body = b'{"value": []}'
        self._write(head(Reply(200, (("Content-Type", JSON_TYPE),)), len(body)) + body)

    do_GET = do_POST = do_PATCH = do_DELETE = do_PUT = _answer  # noqa: N815 - the base class calls these


@contextmanager
def proxy(
    upstream_base_url: str, plan: Sequence[Fault] = (), *, certificate_for: str | None = None
) -> Iterator[Proxy]:
    """Run a proxy before a service.

    `certificate_for`: serve TLS with a certificate for that host name, by a CA that nobody trusts;
    the CA's certificate is the proxy's `ca_pem`.
    """
    with elsewhere() as other:
        server = _Server(_ProxyHandler)
        ca_pem = b""
        if certificate_for:
            authority = trustme.CA()
            server.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            authority.issue_cert(certificate_for).configure_cert(server.tls)
            ca_pem = authority.cert_pem.bytes()
        scheme = "https" if certificate_for else "http"
        base_url = f"{scheme}://127.0.0.1:{server.server_port}{urlsplit(upstream_base_url).path}"
        server.proxy = Proxy(base_url, upstream_base_url, plan, other, ca_pem)
        with _running(server):
            yield server.proxy


@contextmanager
def elsewhere() -> Iterator[Elsewhere]:
    """Run the other host, under another name and port than the proxy."""
    server = _Server(_ElsewhereHandler)
    server.elsewhere = Elsewhere(f"http://localhost:{server.server_port}")
    with _running(server):
        yield server.elsewhere


@contextmanager
def _running(server: _Server) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        with suppress(OSError):
            server.shutdown()
        server.server_close()
        thread.join()
