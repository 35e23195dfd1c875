"""Keep one request and its answer, and read the answer without ever tripping over it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from graphcal.graph.curl import curl
from graphcal.outcomes import Trouble, Unmet
from graphcal.report import model
from graphcal.schemas.violation import MISSING
from graphcal.value import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphcal.schemas import Violation

MAXIMUM_DEPTH = 200
GARBAGE = "this-is-no-token"
BAD_REQUEST, NOT_FOUND = 400, 404
NOT_IMPLEMENTED = (405, 501)
SEGMENT = "Resource not found for the segment"
OF_GRAPH = {"error", "id", "value", "@odata.context"}
SHOWN_HEADERS = frozenset(
    ("accept", "content-type", "prefer", "preference-applied", "retry-after", "location", "if-match")
)


@dataclass(frozen=True)
class Request:
    """What a person asks: `path` is below the base URL, `body` JSON or None, `scopes` the least that do.

    `credential` says whose token goes with it: "token", the person's own; "nothing"; or "garbage".
    `expects` holds statuses that the request is meant to bring about, so that they are no trouble.
    """

    person: str
    method: str
    path: str
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    scopes: tuple[str, ...] = ()
    credential: str = "token"
    expects: tuple[int, ...] = ()

    def authorization(self, token: str) -> dict[str, str]:
        """Return the header that goes with the request, the person's own token given."""
        if self.credential == "nothing":
            return {}
        return {"Authorization": f"Bearer {GARBAGE if self.credential == 'garbage' else token}"}


@dataclass(frozen=True)
class Exchange:
    """One request and its answer. `id` is unique in the run; `body` is what came, undecoded.

    `attempts` tells how often it was asked until the answer was good or time was up; `absent` says, of
    an answer that was searched for an item in vain, which item is missing; `fact` names the fact of the
    chapter that it established; `ca_file` names the certificates that the service is trusted by.
    """

    id: str
    request: Request
    url: str
    status: int
    reason: str
    headers: Mapping[str, str]
    body: bytes
    violations: list[Violation] = field(default_factory=list)
    attempts: int = 1
    absent: str = ""
    fact: str = ""
    ca_file: str = ""

    @property
    def succeeded(self) -> bool:
        """Whether the status is one of success."""
        return 200 <= self.status < 300  # noqa: PLR2004 - the class of success

    @property
    def refused(self) -> bool:
        """Whether the status is a refusal that no waiting changes; what is not found may yet come."""
        return 400 <= self.status < 500 and self.status != NOT_FOUND  # noqa: PLR2004 - the class of refusals

    @property
    def is_unimplemented(self) -> bool:
        """Whether the answer shows that the service does not know the call at all.

        It says so, or Graph's parser does, or a web server's page comes with a 404. An item that is not
        found is no such answer.
        """
        if self.status in NOT_IMPLEMENTED:
            return True
        if self.status not in {BAD_REQUEST, NOT_FOUND} or not self.body.strip():
            return False
        try:
            payload = self.payload
        except Trouble:
            return self.status == NOT_FOUND
        return self.status == BAD_REQUEST and SEGMENT in payload.at("error.message").text

    @property
    def is_foreign(self) -> bool:
        """Whether a 404 has an object for a body that is neither Graph's error nor a resource.

        A problem document of a framework that knows no such route looks like this, and so does a service's
        own way of saying that an item is not found.
        """
        if self.status != NOT_FOUND or not self.body.strip():
            return False
        try:
            found = self.payload.json
        except Trouble:
            return False
        return isinstance(found, dict) and not OF_GRAPH & found.keys()

    @property
    def is_redirect(self) -> bool:
        """Whether the answer sends the client elsewhere."""
        return 300 <= self.status < 400  # noqa: PLR2004 - the class of redirects

    @cached_property
    def payload(self) -> Value:
        """The answer as JSON; a Value of MISSING where the body is empty.

        Raises Trouble for a body that is no JSON: then something else than a Graph service has answered.
        """
        if not self.body.strip():
            return Value(MISSING, self)
        try:
            return Value(json.loads(self._text()), self)
        except (UnicodeDecodeError, LookupError) as error:
            raise Trouble(f"{self} can't be read as text: {error}") from error
        except RecursionError as error:
            raise Trouble(f"{self} nests its JSON too deep to read") from error
        except ValueError as error:
            kind = self.headers.get("content-type", "no content type")
            raise Trouble(
                f"{self} is no JSON ({kind}): {error}. A proxy or a truncated connection answers like this; "
                "try the request by hand"
            ) from error

    def resource(self, name: str) -> Value:
        """Return the payload as the resource that a scenario wants to look at.

        Raises Unmet where the request was refused or the answer is no object: what the resource holds
        can't be judged then, and the scenario whose requirement that is says so.
        """
        if self.absent:
            raise Unmet(self.absent)
        if not self.succeeded:
            raise Unmet(f"{name} can't be looked at: {self}")
        if not isinstance(self.payload.json, dict):
            raise Unmet(f"{name} can't be looked at: {self} holds no JSON object")
        return self.payload

    def _text(self) -> str:
        """Decode the body as JSON is encoded, in UTF-8, else as its header says."""
        try:
            return self.body.decode("utf-8-sig")
        except UnicodeDecodeError:
            _, _, charset = self.headers.get("content-type", "").lower().partition("charset=")
            return self.body.decode(charset.split(";")[0].strip(' "') or "utf-8")

    def __str__(self) -> str:
        return (
            f"the answer {self.status} to {self.request.method} {self.request.path} as {self.request.person}"
        )

    def for_report(self) -> model.Exchange:
        """Describe the exchange without anything secret."""
        return model.Exchange(
            id=self.id,
            person=self.request.person,
            method=self.request.method,
            url=self.url,
            request_headers=_shown(self.request.headers),
            request_body=self.request.body,
            status=self.status,
            response_headers=_shown(self.headers),
            response_body=self._reported_body(),
            curl=curl(self.request, self.url, self.ca_file),
            scopes=self.request.scopes,
            attempts=self.attempts,
        )

    def _reported_body(self) -> model.Json:
        try:
            found = self.payload.json
        except Trouble:
            return self.body[:2000].decode("utf-8", "replace")
        if found is MISSING:
            return None
        opened = self.body.count(b"{") + self.body.count(b"[")  # nothing nests deeper than it opens brackets
        shallow = opened <= MAXIMUM_DEPTH or _depth_at_most(found, MAXIMUM_DEPTH)
        return found if shallow else "(nested too deep to show)"


def _shown(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() in SHOWN_HEADERS}


def _depth_at_most(value: object, limit: int) -> bool:
    layer = [value]
    for _ in range(limit):
        members: list[object] = []
        for item in layer:
            if isinstance(item, dict):
                members.extend(item.values())
            elif isinstance(item, list):
                members.extend(item)
        if not members:
            return True
        layer = members
    return False
