"""Send requests as one person or another, and check every answer against its schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import requests

from graphcal.graph.exchange import Exchange, Request
from graphcal.outcomes import Trouble, Unsupported

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graphcal.people import Person
    from graphcal.schemas import Schemas

TIMEOUT = (10, 60)  # seconds: to connect, to be answered
NOT_IMPLEMENTED = (405, 501)
NO_JUDGEMENT = {
    401: "the token was refused; sign in again",
    429: "the service asks for fewer requests; run again later",
    502: "something between here and the service failed; run again",
    503: "the service is not available; run again later",
    504: "something between here and the service waited in vain; run again",
}


def segment(identifier: str) -> str:
    """Encode an id for use in a path: ids hold '=', '/' and '+'."""
    return quote(identifier, safe="")


class Graph:
    """A client for every persona of one chapter.

    `token` gives the bearer token of a person. `exchanges` holds all that was sent, in order.
    """

    def __init__(self, chapter: str, base_url: str, token: Callable[[Person], str], schemas: Schemas) -> None:
        self.chapter = chapter
        self.base_url = base_url.rstrip("/")
        self.exchanges: list[Exchange] = []
        self._token = token
        self._schemas = schemas
        self._session = requests.Session()
        self._session.trust_env = False  # proxies, .netrc and CA bundles of the environment stay out

    def get(
        self,
        person: Person,
        path: str,
        *,
        shape: str,
        headers: Mapping[str, str] | None = None,
        scopes: tuple[str, ...] = (),
    ) -> Exchange:
        """Read a resource as `person`; `shape` names the schema that the answer has to fit."""
        return self.send(person, Request(str(person), "GET", path, None, headers or {}, scopes), shape)

    def post(  # noqa: PLR0913 - each names one thing that a request may say
        self,
        person: Person,
        path: str,
        body: Mapping[str, Any],
        *,
        shape: str | None,
        headers: Mapping[str, str] | None = None,
        scopes: tuple[str, ...] = (),
    ) -> Exchange:
        """Create something or call an action as `person`; without `shape` no body is expected back."""
        sent = {**(headers or {}), "Content-Type": "application/json"}
        return self.send(person, Request(str(person), "POST", path, body, sent, scopes), shape)

    def send(self, person: Person, request: Request, shape: str | None) -> Exchange:
        """Send a request and keep the exchange.

        Raises Trouble where no answer came, or one that says nothing about the service's calendar;
        Unsupported where the service says that it does not implement the call.
        """
        url = self.base_url + request.path
        headers = {**request.headers, "Authorization": f"Bearer {self._token(person)}"}
        data = None if request.body is None else json.dumps(request.body).encode()
        try:
            response = self._session.request(
                request.method, url, headers=headers, data=data, timeout=TIMEOUT, allow_redirects=False
            )
        except requests.RequestException as error:
            raise Trouble(
                f"no answer to {request.method} {url}: {type(error).__name__}. Is the service up?"
            ) from error
        exchange = self._keep(request, url, response, shape)
        if response.is_redirect:
            raise Trouble(f"{exchange} redirects; a token goes to no other address")
        if exchange.status in NOT_IMPLEMENTED:
            raise Unsupported(f"the target does not implement the call: {exchange}")
        if exchange.status in NO_JUDGEMENT:
            raise Trouble(f"{exchange}: {NO_JUDGEMENT[exchange.status]}")
        return exchange

    def _keep(self, request: Request, url: str, response: requests.Response, shape: str | None) -> Exchange:
        exchange = Exchange(
            f"{self.chapter}-{len(self.exchanges) + 1}",
            request,
            url,
            response.status_code,
            response.reason or "",
            {name.lower(): value for name, value in response.headers.items()},
            response.content,
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
        return list(self._schemas.violations(payload.json, shape)) if payload.exists else []

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()
