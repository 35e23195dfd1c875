"""Serve the emulator over TLS on the loopback interface, with a certificate made for this run."""

from __future__ import annotations

import ssl
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import trustme
from cheroot import wsgi
from cheroot.makefile import StreamReader, StreamWriter
from cheroot.ssl import Adapter

from graphcal.emulator import people
from graphcal.emulator.accounts import CLIENT_ID

if TYPE_CHECKING:
    import socket
    from types import TracebackType
    from typing import Self

    from graphcal.emulator.app import Emulator

HOST = "127.0.0.1"
THREADS = 12
IDLE_SECONDS = 10


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in to a running server."""

    name: str
    address: str
    password: str


class _LazyTls(Adapter):
    """Leave the handshake to the first read, in a worker: a slow or broken client blocks nobody else."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self.context = context

    def bind(self, sock: socket.socket) -> socket.socket:
        return sock

    def wrap(self, sock: socket.socket) -> tuple[ssl.SSLSocket, dict[str, str]]:
        wrapped = self.context.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)
        return wrapped, self.get_environ()

    def get_environ(self) -> dict[str, str]:
        return {"wsgi.url_scheme": "https", "HTTPS": "on"}

    def makefile(self, sock: Any, mode: str = "r", bufsize: int = -1) -> Any:
        size = bufsize if bufsize > 0 else 64 * 1024
        return StreamReader(sock, mode, size) if "r" in mode else StreamWriter(sock, mode, size)


class _Server(wsgi.Server):
    """A quiet server: a client that goes away is no news."""

    expiration_interval = 0.02
    nodelay = True

    def error_log(self, msg: str = "", level: int = 20, traceback: bool = False) -> None:
        """Say nothing: bugs of the emulator are reported by the emulator itself."""


class RunningServer:
    """A server that runs until `stop`; as a context manager it stops by itself."""

    def __init__(self, emulator: Emulator, port: int = 0) -> None:
        """Listen on a loopback port, a free one for 0; OSError if it is taken."""
        self.emulator = emulator
        authority = trustme.CA()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        names = ("localhost", HOST, "login.microsoftonline.com", "graph.microsoft.com")
        authority.issue_cert(*names).configure_cert(context)
        self.ca_pem: bytes = authority.cert_pem.bytes()
        self._server = _Server(
            (HOST, port), emulator.wsgi, numthreads=THREADS, shutdown_timeout=0, timeout=IDLE_SECONDS
        )
        self._server.ssl_adapter = _LazyTls(context)
        self._server.prepare()
        self.port: int = self._server.bind_addr[1]
        self._folder = tempfile.TemporaryDirectory(prefix="graphcal-")
        self.ca_file = Path(self._folder.name) / "ca.pem"
        self.ca_file.write_bytes(self.ca_pem)
        self._thread = threading.Thread(target=self._server.serve, name="emulator", daemon=True)
        self._thread.start()

    @property
    def origin(self) -> str:
        """Return scheme, host and port."""
        return f"https://localhost:{self.port}"

    @property
    def base_url(self) -> str:
        """Return the address below which Graph lies."""
        return f"{self.origin}/v1.0"

    @property
    def authority(self) -> str:
        """Return what MSAL takes as authority, with `instance_discovery=False`.

        For passwords MSAL asks for the user realm on port 443, whatever the port of its authority: a client
        adds "localhost" to `msal.authority.Authority._domains_without_user_realm_discovery`, or routes
        `https://login.microsoftonline.com/` to this server, whose certificate is good for that name too.
        """
        return f"{self.origin}/{people.TENANT}"

    @property
    def client_id(self) -> str:
        """Return the id of the registered client."""
        return CLIENT_ID

    @property
    def client_secret(self) -> str:
        """Return the client's secret, made for this run."""
        return self.emulator.sign_in.accounts.client_secret

    @property
    def people(self) -> dict[str, Account]:
        """Return who can sign in, by short name, with passwords made for this run."""
        tenant, accounts = self.emulator.tenant, self.emulator.sign_in.accounts
        inside = [person for person in tenant.directory.values() if person.inside]
        return {
            person.key: Account(person.name, person.address, accounts.password(person)) for person in inside
        }

    def stop(self) -> None:
        """Stop serving, at once and for good; a second call does nothing."""
        self._server.stop()
        self._thread.join(timeout=1)
        self._folder.cleanup()

    def __enter__(self) -> Self:
        """Return the running server."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, reason: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()


def serve(emulator: Emulator, port: int = 0) -> RunningServer:
    """Serve an emulator over TLS on 127.0.0.1; the server is ready when this returns."""
    return RunningServer(emulator, port)
