"""Send requests as one person or another, and check every answer against its schema."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin, urlsplit

import requests

from graphcal.graph.capabilities import Capabilities
from graphcal.graph.deliveries import Deliveries
from graphcal.graph.exchange import Exchange, Request
from graphcal.graph.patience import retry_after
from graphcal.outcomes import Trouble, Unmet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from graphcal.people import Person
    from graphcal.schemas import Schemas
    from graphcal.value import Value

TIMEOUT = (10, 60)  # seconds: to connect, to be answered
MAXIMUM_PAGES = 50
UNAUTHORIZED = 401
CLOSED = (403, 404)
THROTTLED = (429, 503, 504)
NO_JUDGEMENT = {
    UNAUTHORIZED: "the token was refused; sign in again",
    429: "the service asks for fewer requests; run again later",
    502: "something between here and the service failed; run again",
    503: "the service is not available; run again later",
    504: "something between here and the service waited in vain; run again",
}


class AstrayError(Trouble):
    """A link to a next page that leads nowhere that may be followed."""


def segment(identifier: str) -> str:
    """Encode an id for use in a path: ids hold '=', '/' and '+'."""
    return quote(identifier, safe="")


@dataclass(frozen=True)
class Bearer:
    """Where tokens come from: `token` gives one for a person and scopes, `renewed` another after a 401.

    `narrows` tells whether a person's tokens can be limited to some scopes, `granted` which scopes such a
    token holds: None where it does not tell.
    """

    token: Callable[[Person, tuple[str, ...]], str]
    renewed: Callable[[Person, tuple[str, ...]], str] | None = None
    narrows: Callable[[Person], bool] = lambda _person: True
    granted: Callable[[Person, tuple[str, ...]], tuple[str, ...] | None] = lambda _person, _scopes: None


@dataclass(frozen=True)
class Patience:
    """How long to try again: after throttling and lost connections, and for what arrives late.

    `tries` is the number of sendings of one request; seconds are `longest`, the pause that a service may ask
    for, `budget`, all such pauses of a chapter together, and `delivery`. A recording needs no patience: what
    it answers, it answers at once.
    """

    tries: int = 1
    longest: float = 0
    budget: float = 0
    delivery: float = 0
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic


@dataclass
class Graph:
    """A client for every persona of one chapter.

    `exchanges` holds what was sent, in order, without attempts that a later one made good; `sent` counts
    all requests; `throttled` those that the service put off, by `put_off` seconds in all, of which `waited` were waited;
    `slowest_delivery` is the longest time, in seconds, that something took to arrive; `fact` names what is being established; `ca_file` the certificates that whoever asks
    again needs; `token_on_trial` tells
    that a token which is refused is no trouble of the suite's.
    """

    chapter: str
    base_url: str
    bearer: Bearer
    schemas: Schemas
    patience: Patience = Patience()
    verify: str | bool = True
    writes: bool = True
    capabilities: Capabilities = field(default_factory=Capabilities)
    deliveries: Deliveries = field(default_factory=Deliveries)
    fact: str = ""
    ca_file: str = ""
    token_on_trial: bool = False
    exchanges: list[Exchange] = field(default_factory=list)
    sent: int = 0
    throttled: int = 0
    put_off: float = 0
    waited: float = 0
    slowest_delivery: float = 0

    def __post_init__(self) -> None:
        self.base_url = self.base_url.rstrip("/")
        self._session = requests.Session()
        self._session.trust_env = False  # proxies, .netrc and CA bundles of the environment stay out
        self._session.verify = self.verify

    def get(  # noqa: PLR0913 - each names one thing that a request may say
        self,
        person: Person,
        path: str,
        *,
        shape: str,
        headers: Mapping[str, str] | None = None,
        scopes: tuple[str, ...] = (),
        credential: str = "token",
    ) -> Exchange:
        """Read a resource as `person`; `shape` names the schema that the answer has to fit.

        A `credential` other than the person's token, "nothing" or "garbage", is meant to be refused.
        """
        expects = () if credential == "token" else (UNAUTHORIZED,)
        request = Request(str(person), "GET", path, None, headers or {}, scopes, credential, expects)
        return self.send(person, request, shape)

    def write(  # noqa: PLR0913 - each names one thing that a request may say
        self,
        person: Person,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        shape: str | None = None,
        headers: Mapping[str, str] | None = None,
        scopes: tuple[str, ...] = (),
    ) -> Exchange:
        """Create, change or remove something, or call an action; without `shape` no body is expected back.

        Raises Unmet where the target was not told to allow writing.
        """
        self.require_writing()
        sent = dict(headers or {})
        if body is not None:
            sent["Content-Type"] = "application/json"
        return self.send(person, Request(str(person), method, path, body, sent, scopes), shape)

    def require_writing(self) -> None:
        """Return when the target was told to allow writing, else raise Unmet."""
        if not self.writes:
            raise Unmet("the target's file does not allow writing: it lacks writes = true")

    def pages(
        self,
        person: Person,
        path: str,
        *,
        shape: str,
        headers: Mapping[str, str] | None = None,
        scopes: tuple[str, ...] = (),
    ) -> Iterator[Exchange]:
        """Read a collection page by page, following its links as they are.

        Raises AstrayError for links that lead to another host, in circles, or without an end.
        """
        seen: set[str] = set()
        while True:
            exchange = self.get(person, path, shape=shape, headers=headers, scopes=scopes)
            yield exchange
            if not exchange.succeeded:
                return
            link: Value = exchange.payload["@odata.nextLink"]
            if not link.text:
                return
            path = self._below(link.text, exchange)
            if path in seen or len(seen) >= MAXIMUM_PAGES:
                raise AstrayError(f"{exchange} pages without an end: {link.text}")
            seen.add(path)

    def poll(
        self,
        ask: Callable[[], Exchange],
        good: Callable[[Exchange], bool],
        *,
        lifts: bool = False,
        within: float | None = None,
    ) -> Exchange:
        """Ask again until the answer is good, or time is up; return the last answer.

        An answer that no waiting will change, a refusal, ends the waiting early, unless it `lifts` when a
        permission takes effect. `within` is the time in seconds, that of a delivery unless it is given. The
        attempts that were not good leave no exchange behind; their number stands in `attempts`.
        """
        longest = self.patience.delivery if within is None else within
        first, began, pause, attempts = len(self.exchanges), self.patience.clock(), 0.05, 1
        exchange = ask()
        while not good(exchange) and (lifts or not exchange.refused):
            waited = self.patience.clock() - began
            if waited >= longest:
                break
            self.patience.sleep(min(pause, longest - waited))
            pause, attempts = min(pause * 1.6, 5), attempts + 1
            del self.exchanges[first:]
            exchange = ask()
        else:
            self.slowest_delivery = max(self.slowest_delivery, self.patience.clock() - began)
        exchange = replace(exchange, attempts=attempts)
        if self.exchanges and self.exchanges[-1].id == exchange.id:
            self.exchanges[-1] = exchange
        return exchange

    def insist(self, ask: Callable[[], Exchange]) -> Exchange:
        """Ask for something allowed again while it is refused as closed or not there: permissions may come late."""
        return self.poll(ask, lambda exchange: exchange.status not in CLOSED, lifts=True)

    def poll_all(
        self, ask: Callable[[], tuple[Exchange, ...]], good: Callable[[tuple[Exchange, ...]], bool]
    ) -> tuple[Exchange, ...]:
        """Ask for all pages of a collection again, as `poll` does for one answer; return the last pages."""
        pages: tuple[Exchange, ...] = ()

        def last() -> Exchange:
            nonlocal pages
            pages = ask()
            return pages[-1]

        final = self.poll(last, lambda _: good(pages))
        return (*pages[:-1], final)

    def send(self, person: Person, request: Request, shape: str | None) -> Exchange:
        """Send a request and keep the exchange.

        Raises Trouble where no answer came, or one that says nothing about the service's calendar;
        Unsupported where the service says that it does not implement the call.
        """
        self.capabilities.require(request)
        token = self.bearer.token(person, request.scopes)
        exchange = self._sent(request, shape, token)
        if exchange.status in request.expects:
            return exchange
        if exchange.status == UNAUTHORIZED:
            exchange = self._with_new_token(person, request, shape, exchange)
        if exchange.status == UNAUTHORIZED and self.token_on_trial:
            return exchange
        if exchange.is_redirect:
            raise Trouble(f"{exchange} redirects; a token goes to no other address")
        if not self.capabilities.answered_by(exchange):
            exchange.violations.clear()  # its form is that of a service without the call
            raise self.capabilities.lacks(exchange)
        if exchange.status in NO_JUDGEMENT:
            raise Trouble(f"{exchange}: {NO_JUDGEMENT[exchange.status]}")
        return exchange

    @contextmanager
    def trying_tokens(self) -> Iterator[None]:
        """Let scenarios judge, inside of a block, how a service refuses a token that allows little."""
        before, self.token_on_trial = self.token_on_trial, True
        try:
            yield
        finally:
            self.token_on_trial = before

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()

    def _with_new_token(
        self, person: Person, request: Request, shape: str | None, refused: Exchange
    ) -> Exchange:
        """Send a request again with a new token, where one can be had; else return the refusal."""
        if not self.bearer.renewed:
            return refused
        try:
            token = self.bearer.renewed(person, request.scopes)
        except Trouble:
            if self.token_on_trial:
                return refused
            raise
        self.exchanges.remove(refused)
        return self._sent(request, shape, token)

    def _sent(self, request: Request, shape: str | None, token: str) -> Exchange:
        """Send a request as often as patience has it; return the last answer."""
        for attempt in range(1, self.patience.tries + 1):
            last = attempt == self.patience.tries
            try:
                exchange = self._keep(request, self._answer(request, token), shape)
            except requests.RequestException as error:
                if last or request.method != "GET":
                    raise self._no_answer(request, error) from None
                self.patience.sleep(0.2 * attempt)
                continue
            if exchange.status not in THROTTLED:
                return exchange
            self.throttled += 1
            if last:
                return exchange
            pause = retry_after(exchange.headers.get("retry-after"), attempt)
            self.put_off += pause
            if pause > self.patience.longest or self.put_off > self.patience.budget:
                return exchange
            self.exchanges.pop()
            self.waited += pause
            self.patience.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _answer(self, request: Request, token: str) -> requests.Response:
        self.sent += 1
        prepared = requests.Request(
            request.method,
            self.base_url + request.path,
            headers={**self._session.headers, **self._headers(request, token)},
            params="",  # they are in the path; requests takes long to find that there are none
            data=None if request.body is None else json.dumps(request.body).encode(),
        ).prepare()
        return self._session.send(prepared, timeout=TIMEOUT, allow_redirects=False)

    def _headers(self, request: Request, token: str) -> dict[str, str]:
        return {**request.headers, **request.authorization(token)}

    def _keep(self, request: Request, response: requests.Response, shape: str | None) -> Exchange:
        exchange = Exchange(
            f"{self.chapter}-{len(self.exchanges) + 1}",
            request,
            self.base_url + request.path,
            response.status_code,
            response.reason or "",
            {name.lower(): value for name, value in response.headers.items()},
            response.content,
            fact=self.fact,
            ca_file=self.ca_file,
        )
        self.exchanges.append(exchange)
        expected = shape if exchange.succeeded else "error"
        if expected:
            exchange.violations.extend(self._violations(exchange, expected))
        return exchange

    def _violations(self, exchange: Exchange, shape: str) -> list[Any]:
        try:
            payload = exchange.payload
        except Trouble:
            return []  # whoever looks at the answer reports that it is unreadable
        return list(self.schemas.violations(payload.json, shape)) if payload.exists else []

    def _below(self, link: str, exchange: Exchange) -> str:
        """Return the path of a link below the base URL, a relative link taken as a browser would.

        That a link should be whole, a scenario judges.
        """
        whole = urljoin(exchange.url, link)
        if whole.startswith(f"{self.base_url}/"):
            return whole.removeprefix(self.base_url)
        base, target = urlsplit(self.base_url), urlsplit(whole)
        same = (target.scheme, target.netloc) == (base.scheme, base.netloc)
        where = "another path" if same else "another host"
        raise AstrayError(f"{exchange} leads on to {where}, {link}; a token stays below {self.base_url}")

    def _no_answer(self, request: Request, error: requests.RequestException) -> Trouble:
        return Trouble(
            f"no answer to {request.method} {self.base_url}{request.path} as {request.person}: {_cause(error)}"
        )


def _cause(error: requests.RequestException) -> str:
    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate is not trusted; name the issuer's certificate in ca_bundle"
    if isinstance(error, requests.Timeout):
        return f"none came within {TIMEOUT[1]} s; is the service up?"
    if isinstance(error, requests.ConnectionError):
        return "the connection failed or broke off; is the service up?"
    return f"{type(error).__name__}; is the service up?"
