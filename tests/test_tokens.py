"""A refused token is the suite's trouble, unless a scenario tries what it allows."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
import requests

from graphcal import places
from graphcal.graph.client import Bearer, Graph
from graphcal.outcomes import Trouble
from graphcal.people import Person
from graphcal.schemas import Schemas

if TYPE_CHECKING:
    from graphcal.graph.exchange import Request

ALEX = Person("alex", "Ann Other", "ann@fabrikam.example")


class Refusing(Graph):
    """A client of a service that takes no token."""

    def _answer(self, request: Request, token: str) -> requests.Response:
        """Answer every request with 401."""
        del request
        self.seen = [*getattr(self, "seen", []), token]
        response = requests.Response()
        response.status_code, response.reason, response.raw = 401, "Unauthorized", io.BytesIO()
        return response


def client(bearer: Bearer) -> Refusing:
    """Return a client that sends nothing."""
    return Refusing("x", "https://host.example/v1.0", bearer, Schemas(places.schemas()))


def not_renewed(_person: Person, _scopes: tuple[str, ...]) -> str:
    """Renew nothing, as a token that somebody else has issued can't be."""
    raise Trouble("no new token")


def test_refused_token_is_trouble() -> None:
    """Nothing can be said of the service then."""
    graph = client(Bearer(lambda _person, _scopes: "old", lambda _person, _scopes: "new"))
    with pytest.raises(Trouble, match="the token was refused"):
        graph.get(ALEX, "/me/calendars", shape="calendarCollection")
    assert graph.seen == ["old", "new"]


def test_refusal_of_a_token_on_trial_is_an_answer() -> None:
    """A new token is tried before, and one answer is kept."""
    graph = client(Bearer(lambda _person, _scopes: "old", lambda _person, _scopes: "new"))
    with graph.trying_tokens():
        assert graph.get(ALEX, "/me/calendars", shape="calendarCollection").status == 401
    assert graph.seen == ["old", "new"]
    assert len(graph.exchanges) == 1
    assert not graph.token_on_trial


@pytest.mark.parametrize("on_trial", [True, False])
def test_token_that_cannot_be_renewed_is_on_trial_too(on_trial: bool) -> None:
    """Otherwise its issuer has to say why."""
    graph = client(Bearer(lambda _person, _scopes: "old", not_renewed))
    if on_trial:
        with graph.trying_tokens():
            assert graph.get(ALEX, "/me/calendars", shape="calendarCollection").status == 401
    else:
        with pytest.raises(Trouble, match="no new token"):
            graph.get(ALEX, "/me/calendars", shape="calendarCollection")
    assert graph.seen == ["old"]
