"""Each fault of the proxy can be seen by a client, and the log tells what was done."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import fault_actions as act
import pytest
import requests
from fault_proxy import Fault, proxy
from hand_walk import HandWalk
from stranger import Stranger, stranger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from fault_proxy import Proxy


@pytest.fixture(scope="module")
def server() -> Iterator[Stranger]:
    """Share one stranger: the faults are the proxy's."""
    with stranger() as running:
        yield running


def behind(server: Stranger, *plan: Fault) -> AbstractContextManager[Proxy]:
    """Put a proxy with a plan before the stranger."""
    return proxy(server.base_url, plan)


def ask(
    server: Stranger, running: Proxy, path: str = "/me/calendars", method: str = "GET"
) -> requests.Response:
    """Send one request as Adele through the proxy, on a connection of its own."""
    client = HandWalk(running.base_url, server.tokens, server.people)
    with client.session:
        return client.ask("adele", method, path)


def statuses(server: Stranger, running: Proxy, paths: Sequence[str]) -> list[int]:
    """Send some requests and return their statuses."""
    return [ask(server, running, path).status_code for path in paths]


@pytest.mark.parametrize("reader", ["adele"])
def test_without_a_plan_everything_passes(reader: str) -> None:
    """All links lead through the proxy, so that no request goes around it."""
    with stranger() as fresh, behind(fresh) as running:
        walk = HandWalk(running.base_url, fresh.tokens, fresh.people)
        walk.walk(reader)
        assert running.requests == len(fresh.requests) == running.passed
        assert [running.errors, running.faults.total(), running.elsewhere.seen] == [[], 0, []]


def test_plan_says_which_requests_are_hit(server: Stranger) -> None:
    """By method, path, every n-th, after a number, a number of times; the first that is due acts."""
    plan = (
        Fault(act.html_page(502), method="POST"),
        Fault(act.empty(), path="^/me/calendars$", skip=1, times=1),
        Fault(act.unavailable(), path="/me/mess", every=2),
    )
    with behind(server, *plan) as running:
        assert statuses(server, running, ["/me/messages"] * 5) == [200, 503, 200, 503, 200]
        bodies = [ask(server, running).content for _ in range(3)]
        assert [bool(body) for body in bodies] == [True, False, True]
        assert ask(server, running, method="POST").status_code == 502
        assert running.faults == {"unavailable": 2, "empty 200": 1, "html_page 502": 1}
        assert [running.requests, running.log[-1].path] == [9, "/me/calendars"]


@pytest.mark.parametrize("action", [act.too_many, act.unavailable], ids=["429", "503"])
def test_retry_after_comes_in_both_forms(server: Stranger, action: Callable[..., act.Action]) -> None:
    """In seconds, as a date, or not at all."""
    actions = (action(2), action(60, as_date=True), action(None))
    with behind(server, *(Fault(one, times=1) for one in actions)) as running:
        told = [ask(server, running).headers.get("Retry-After") for _ in range(4)]
        assert [told[0], told[2], told[3]] == ["2", None, None]
        assert 50 < parsedate_to_datetime(str(told[1])).timestamp() - time.time() < 70


@pytest.mark.parametrize(
    "action", [act.reset(), act.reset(lost=True), act.reset_after_headers()], ids=lambda a: a.name
)
def test_connection_is_reset(server: Stranger, action: act.Action) -> None:
    """No answer comes; whether the service was asked depends on the fault."""
    before = len(server.requests)
    with behind(server, Fault(action, times=1)) as running:
        with pytest.raises(
            (requests.ConnectionError, requests.exceptions.ChunkedEncodingError), match=r"(?i)reset"
        ):
            ask(server, running)
        assert len(server.requests) - before == (0 if action.name == "reset" else 1)
        assert ask(server, running).status_code == 200


@pytest.mark.parametrize("action", [act.slow_first_byte(0.4), act.slow_body(0.4)], ids=lambda a: a.name)
def test_answer_takes_long(server: Stranger, action: act.Action) -> None:
    """The whole answer comes, late."""
    with behind(server, Fault(action)) as running:
        start = time.monotonic()
        assert len(ask(server, running).json()["value"]) == 3
        assert time.monotonic() - start > 0.35


def test_answer_is_cut(server: Stranger) -> None:
    """With the wrong length the client notices, with the right one only JSON does."""
    with behind(server, Fault(act.truncated(), times=1), Fault(act.truncated(honest=True))) as running:
        with pytest.raises(requests.exceptions.ChunkedEncodingError):
            ask(server, running)
        with pytest.raises(requests.exceptions.JSONDecodeError):
            ask(server, running).json()


def test_answer_is_no_json(server: Stranger) -> None:
    """A page, nothing, or what is no gzip."""
    plan = [
        Fault(action, times=1)
        for action in (act.html_page(), act.empty(), act.gzip_garbage(), act.gzip_garbage(cut=True))
    ]
    with behind(server, *plan) as running:
        page = ask(server, running)
        assert (page.status_code, page.headers["Content-Type"]) == (200, "text/html")
        assert ask(server, running).content == b""
        with pytest.raises(requests.exceptions.ContentDecodingError):
            ask(server, running)
        with pytest.raises((requests.RequestException, ValueError)):
            ask(server, running).json()


def test_401_may_pass_or_stay(server: Stranger) -> None:
    """Once in mid-run, or from some request on."""
    with behind(server, Fault(act.unauthorized(), skip=1, times=1)) as running:
        assert statuses(server, running, ["/me"] * 4) == [200, 401, 200, 200]
    with behind(server, Fault(act.unauthorized(), skip=1)) as running:
        assert statuses(server, running, ["/me"] * 4) == [200, 401, 401, 401]


@pytest.mark.parametrize("code", [302, 307])
def test_redirect_leads_to_another_host(server: Stranger, code: int) -> None:
    """The other host records whether a client shows it the token."""
    with behind(server, Fault(act.redirect(code))) as running:
        answer = ask(server, running)
        assert answer.status_code == code
        link = answer.headers["Location"]
        assert link == f"{running.elsewhere.base_url}/me/calendars"
        shown = []
        for headers in ({}, {"Authorization": "Bearer x"}):
            requests.get(link, headers=headers, timeout=5)
            shown.append(running.elsewhere.saw_authorization)
        assert shown == [False, True]
        assert [path for _, path, _ in running.elsewhere.seen] == ["/me/calendars"] * 2


def test_next_link_leads_to_another_host(server: Stranger) -> None:
    """A client that follows it blindly hands over its token."""
    with behind(server, Fault(act.next_link_elsewhere())) as running:
        client = HandWalk(running.base_url, server.tokens, server.people)
        assert len(client.all("adele", "/me/calendars")) == 3
        assert running.elsewhere.saw_authorization is True


def test_paging_never_ends(server: Stranger) -> None:
    """Every page has a next one, each under another link."""
    with behind(server, Fault(act.endless_paging())) as running:
        client, path, links = HandWalk(running.base_url, server.tokens, server.people), "/me/calendars", set()
        for _ in range(20):
            path = client.get("adele", path)["@odata.nextLink"]
            links.add(path)
        assert [len(links), all(link.startswith(running.base_url) for link in links)] == [20, True]


@pytest.mark.parametrize("name", ["127.0.0.1", "other.example"])
def test_certificate_is_not_trusted(
    server: Stranger, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Nobody knows the CA; who does is served where the name is right."""
    bundle = tmp_path_factory.mktemp("ca") / "ca.pem"
    with proxy(server.base_url, certificate_for=name) as running, requests.Session() as session:
        bundle.write_bytes(running.ca_pem)
        with pytest.raises(requests.exceptions.SSLError):
            session.get(f"{running.base_url}/me", timeout=5)
        assert running.requests == 0
        if name == "127.0.0.1":
            assert session.get(f"{running.base_url}/me", verify=str(bundle), timeout=5).status_code == 401
        else:
            with pytest.raises(requests.exceptions.SSLError):
                session.get(f"{running.base_url}/me", verify=str(bundle), timeout=5)
