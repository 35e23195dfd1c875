"""The emulator as one WSGI callable: authenticate, find the operation, answer or refuse."""

from __future__ import annotations

import re
import sys
import threading
import traceback
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from graphcal.emulator import faults as fault_catalogue
from graphcal.emulator import people, queries, routes, state
from graphcal.emulator.calls import Call, Caller, Look
from graphcal.emulator.errors import (
    GraphError,
    access_denied,
    bad_request,
    no_mailbox,
    unauthorized,
    unknown_segment,
    unknown_user,
)
from graphcal.emulator.naming import Namer
from graphcal.emulator.scopes import EXPANDED_EVENT, NEEDS, WRITING
from graphcal.emulator.signin import SignIn
from graphcal.emulator.tokens import TokenError
from graphcal.emulator.web import Request, Response, read, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

    from graphcal.emulator.model import Person
    from graphcal.emulator.scopes import Need
    from graphcal.emulator.tokens import Keys

ROOT = "/v1.0"
_KEY_IN_PARENTHESES = re.compile(r"\('([^'/]*)'\)")


def system_clock() -> datetime:
    """Return the present."""
    return datetime.now(UTC)


class Emulator:
    """A tenant and its sign-in service behind one WSGI callable, `wsgi`."""

    def __init__(  # noqa: PLR0913 - each is one knob of the service, all have defaults
        self,
        clock: state.Clock = system_clock,
        namer: Namer | None = None,
        *,
        delivery_seconds: float = 0,
        faults: Iterable[str] = (),
        accepts_shares: bool = True,
        token_seconds: int = 3600,
        keys: Keys | None = None,
        set_up: Callable[[state.Tenant], None] = state.documented,
    ) -> None:
        """Start a service in the state that `set_up` makes; KeyError for a fault that does not exist."""
        seams = fault_catalogue.compose(faults)
        self.tenant = state.Tenant(
            clock,
            namer or Namer(),
            delivery_seconds=delivery_seconds,
            accepts_shares=accepts_shares,
            seams=seams,
        )
        self.tenant.tick()
        set_up(self.tenant)
        self.sign_in = SignIn(self.tenant, lifetime=timedelta(seconds=token_seconds), keys=keys)
        self._lock = threading.Lock()

    def wsgi(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one HTTP request; a bug is a 500 in Graph's envelope, its traceback goes to stderr once."""
        request_id = ""
        try:
            request = read(environ)
            with self._lock:
                self.tenant.tick()
                request_id = self._request_id(request)
                response = self._answer(request, request_id)
                self.tenant.outbox.settle(self.tenant)
                content = response.content()
        except Exception:  # noqa: BLE001 - the boundary of the service
            traceback.print_exc(file=sys.stderr)
            request = replace(_NO_REQUEST, method=str(environ.get("REQUEST_METHOD", "GET")))
            response = self._refusal(
                GraphError(500, "InternalServerError", "An internal error occurred."), request_id
            )
            content = response.content()
        response.headers.setdefault("request-id", request_id)
        client_id = request.headers.get("client-request-id", "")
        if client_id:
            response.headers["client-request-id"] = client_id
        return write(response, content, start_response, head=request.method == "HEAD")

    def _request_id(self, request: Request) -> str:
        """Give the request its id; signing in has a series of its own, and moves no number of Graph's."""
        series = "request" if _is_graph(request) else "sign-in"
        return self.tenant.namer.guid(series, self.tenant.namer.fresh(series))

    def _answer(self, request: Request, request_id: str) -> Response:
        if not _is_graph(request):
            return self.sign_in.answer(request)
        try:
            response = self._graph(replace(request, method="GET") if request.method == "HEAD" else request)
        except GraphError as refusal:
            response = self._refusal(refusal, request_id)
        return self.tenant.seams.answer(request, response)

    def _refusal(self, refusal: GraphError, request_id: str) -> Response:
        date = self.tenant.now.replace(tzinfo=None).isoformat(timespec="seconds")
        return Response(refusal.status, refusal.envelope(request_id, date), dict(refusal.headers))

    def _graph(self, request: Request) -> Response:
        path = _KEY_IN_PARENTHESES.sub(r"/\1", request.path.removeprefix(ROOT).rstrip("/"))
        if request.method == "OPTIONS":
            return Response(204, headers={"Allow": "GET, HEAD, POST, PATCH, DELETE, OPTIONS"})
        caller = self._authenticate(request)
        if not path:
            raise unknown_segment("")
        operation, need, given = routes.find(request.method, path)
        look, applied = Look.of(request)
        options = queries.options(request.parameters())
        self._authorize(caller, NEEDS[need], foreign=self._is_foreign(caller, need, given))
        if "eventmessage/event" in options.get("$expand", "").lower():
            self._authorize(caller, EXPANDED_EVENT, foreign=False)
        mailbox = self.tenant.mailboxes[self._addressed(caller, given).oid]
        response = operation(Call(self.tenant, request, caller, mailbox, given, look, options))
        if applied and response.json is not None:
            response.headers["Preference-Applied"] = ", ".join(
                f"{name}={value}" for name, value in applied.items()
            )
        return response

    def _authenticate(self, request: Request) -> Caller:
        """Read the bearer token (ERR-03)."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise unauthorized("Access token is empty.")
        try:
            claims = self.sign_in.keys.read(token.strip(), self.tenant.now, people.TENANT_ID)
        except TokenError as reason:
            raise unauthorized(str(reason)) from reason
        if "scp" not in claims:
            return Caller(None, frozenset(claims.get("roles", ())))
        person = self.tenant.directory.get(claims.get("oid", ""))
        if person is None:
            raise unauthorized("The person behind the access token does not exist.")
        return Caller(person, frozenset(claims["scp"].split()))

    def _authorize(self, caller: Caller, need: Need, *, foreign: bool) -> None:
        """Refuse a token without the scope for the operation (ERR-04)."""
        met = need.met(caller.scopes, foreign=foreign)
        allowed = self.tenant.seams.allowed(need.requirement, met)
        refusal = access_denied("Access is denied: the token has no scope for this call.")
        self.tenant.seams.require("ERR-04", allowed, refusal)

    def _is_foreign(self, caller: Caller, need: str, given: dict[str, str]) -> bool:
        """Tell whether a call concerns another's calendar: her mailbox, or writing into the copy (SCP-02, SCP-07)."""
        person = caller.person
        if person is None:
            return False
        if "user" in given and given["user"].lower() not in people.spellings(person):
            return True
        mailbox = self.tenant.mailboxes.get(person.oid)
        calendar = mailbox.calendars.get(given.get("calendar", "")) if mailbox else None
        return need in WRITING and calendar is not None and calendar.source is not None

    def _addressed(self, caller: Caller, given: dict[str, str]) -> Person:
        """Return whose mailbox the path names (ERR-08)."""
        user = given.get("user")
        if user is None:
            if caller.person is None:
                raise bad_request("/me request is only valid with delegated authentication flow.")
            person: Person | None = caller.person
        else:
            found = self.tenant.find(user)
            person = found if found and user.lower() in people.spellings(found) else None
        if person is None:
            raise unknown_user(user or "")
        if person.oid not in self.tenant.mailboxes:
            raise no_mailbox()
        return person


def _is_graph(request: Request) -> bool:
    return request.path == ROOT or request.path.startswith(f"{ROOT}/")


_NO_REQUEST = Request("GET", "", "", "", {}, b"")
