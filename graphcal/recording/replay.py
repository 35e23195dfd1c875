"""Answer requests from a recording through vcrpy, each interaction at most once, never the network."""

from __future__ import annotations

import http.client
import json
import logging
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from requests.adapters import HTTPAdapter
from vcr.cassette import Cassette as TapeOfAll
from vcr.errors import CannotOverwriteExistingCassetteException
from vcr.record_mode import RecordMode
from vcr.request import Request

from graphcal.graph.client import Bearer, Graph
from graphcal.outcomes import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

    from requests import PreparedRequest, Response

    from graphcal.graph.exchange import Exchange
    from graphcal.graph.exchange import Request as GraphRequest
    from graphcal.people import Person
    from graphcal.recording.cassette import Cassette
    from graphcal.schemas import Schemas

logging.getLogger("vcr").setLevel(logging.WARNING)

OTHERS = ("boto3", "httplib2", "tornado", "aiohttp", "httpx", "httpx2")  # clients that the suite has not
FACT = "Graphcal-Fact"  # goes with requests to a recording, and nowhere else


class RecordedRequest(Request):  # type: ignore[misc] # vcrpy has no types
    """A request of a recording; `fact` is what it was sent for, as a header, "" where the recording is silent."""

    def __init__(self, interaction: dict[str, Any]) -> None:
        recorded = interaction["request"]
        super().__init__(recorded["method"], recorded["uri"], recorded["body"], dict(recorded["headers"]))
        self.fact = as_header(interaction.get("fact", ""))


class _Loaded:
    """A persister of vcrpy that hands over a recording which was read and checked before."""

    def __init__(self, cassette: Cassette) -> None:
        self._cassette = cassette

    def load_cassette(
        self, _path: object, serializer: object
    ) -> tuple[list[RecordedRequest], list[dict[str, Any]]]:
        del serializer
        requests, responses = [], []
        for interaction in self._cassette.interactions:
            requests.append(RecordedRequest(interaction))
            response = interaction["response"]
            body = {"string": response["body"]["string"].encode("utf-8", "surrogatepass")}
            responses.append({**response, "headers": dict(response["headers"]), "body": body})
        return requests, responses

    def save_cassette(self, *_: object, **__: object) -> None:
        """Write nothing: a replay changes no recording."""


def differences(new: Request, recorded: RecordedRequest) -> Iterator[str]:
    """Yield what keeps a request from being a recorded one, what is told apart soonest first.

    The same reading may come before and after something, so a recording tells what each was sent for. '=' and
    '@' in ids may be percent-encoded or not. Who asks is told by the stand-ins of the tokens. What is written
    alike need not be read to be the same.
    """
    if recorded.fact and recorded.fact != new.headers.get(FACT):
        yield f"recorded for {unquote(recorded.fact)}"
    if new.method != recorded.method:
        yield "with another method"
    if new.path != recorded.path and unquote(new.path) != unquote(recorded.path):
        yield "on another path"
    if new.parsed_uri.query != recorded.parsed_uri.query and new.query != recorded.query:
        yield "with another query"
    if new.body != recorded.body and _parsed(new.body) != _parsed(recorded.body):
        yield "with another body"
    if new.headers.get("Authorization") != recorded.headers.get("Authorization"):
        yield "by somebody else"


def same(new: Request, recorded: RecordedRequest) -> None:
    """Match a request as vcrpy has it: raise AssertionError at the first difference."""
    for difference in differences(new, recorded):
        raise AssertionError(difference)


def _parsed(body: bytes | str | None) -> object:
    try:
        return json.loads(body or "null")
    except ValueError:
        return body


def as_header(label: str) -> str:
    """Write the name of a fact in the letters that a header may have."""
    return quote(label, safe=" :,+'()[]")


class Tape(TapeOfAll):  # type: ignore[misc] # vcrpy has no types
    """A recording of which a request is compared with what was recorded for its fact, or for none, only."""

    def append(self, request: RecordedRequest, response: dict[str, Any]) -> None:
        """Take an interaction as it was loaded, where vcrpy would copy what somebody else may hold."""
        self.data.append((request, response))

    @cached_property
    def _indexes(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for index, request in enumerate(self.requests):
            found.setdefault(request.fact, []).append(index)
        return found

    def _responses(self, request: Request) -> Iterator[tuple[int, dict[str, Any]]]:
        for fact in {request.headers.get(FACT, ""), ""}:
            for index in self._indexes.get(fact, ()):
                recorded, response = self.data[index]
                if not any(differences(request, recorded)):
                    yield index, response


@contextmanager
def playing(cassette: Cassette) -> Iterator[Tape]:
    """Answer all requests made inside the block from the recording."""
    options = {
        "persister": _Loaded(cassette),
        "record_mode": RecordMode.NONE,
        "match_on": (same,),
        "skip_patchers": OTHERS,
    }
    with Tape.use(path=str(cassette.path), **options) as tape:
        yield tape


class _Deck(HTTPAdapter):
    """Asks the connection that vcrpy has put in the place of Python's, without urllib3's pool in between.

    A recording is one connection that is never lost, so there is nothing to pool, to verify or to try again.
    """

    def __init__(self) -> None:
        super().__init__()
        self._connection: Any = http.client.HTTPConnection("recording")  # leads nowhere, so needs no TLS

    def send(self, request: PreparedRequest, *_: object, **__: object) -> Response:
        """Send a request to the recording."""
        self._connection.request(request.method, request.path_url, request.body, request.headers)
        return self.build_response(request, self._connection.getresponse())


class RecordedGraph(Graph):
    """A client whose tokens are the stand-ins of a recording, and whose misses are explained."""

    def __init__(self, chapter: str, cassette: Cassette, schemas: Schemas) -> None:
        super().__init__(chapter, cassette.base_url, Bearer(stand_in), schemas)
        self._cassette = cassette
        deck = _Deck()
        self._session.mount("https://", deck)
        self._session.mount("http://", deck)

    def send(self, person: Person, request: GraphRequest, shape: str | None) -> Exchange:
        """Send a request to the recording; raise Trouble where it holds no answer."""
        try:
            return super().send(person, request, shape)
        except CannotOverwriteExistingCassetteException as error:
            raise unmatched(error, self._cassette) from None

    def _headers(self, request: GraphRequest, token: str) -> dict[str, str]:
        return {**super()._headers(request, token), FACT: as_header(self.fact)}


def stand_in(person: Person, scopes: tuple[str, ...] = ()) -> str:
    """Return what stands for a person's token in a recording, whatever its scopes."""
    del scopes
    return f"<{person.key}>"


def unmatched(error: CannotOverwriteExistingCassetteException, cassette: Cassette) -> Trouble:
    """Say which request the recording has no answer to, and which recorded one is nearest."""
    asked = error.failed_request
    who = asked.headers.get("Authorization", "").removeprefix("Bearer ").strip("<>") or "nobody"
    if error.reason == "already_played":
        what = "was asked more often than it was recorded"
    else:
        what = "was not recorded"
        recorded = [RecordedRequest(interaction) for interaction in cassette.interactions]
        if recorded:
            nearest = min(recorded, key=lambda other: len(list(differences(asked, other))))
            details = ", ".join(differences(asked, nearest))
            what += f"; nearest is {nearest.method} {nearest.path} ({details})"
    return Trouble(
        f"{asked.method} {asked.path} as {who} {what} in {cassette.path}. "
        "Record the chapter again when a scenario has changed."
    )


def never_played(tape: Tape) -> list[str]:
    """Return the recorded requests that nothing has asked for."""
    return [
        f"{request.method} {request.path}"
        for index, request in enumerate(tape.requests)
        if not tape.play_counts[index]
    ]
