"""Signing in to a running server over TLS, with MSAL as the client."""

from __future__ import annotations

import json
import re
import socket
import ssl
import threading
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import jwt
import msal
import pytest
import requests
from emulator_world import DINNER, KEYS

from graphcal.emulator import Emulator, RunningServer, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

SCOPES = ["Calendars.ReadWrite.Shared", "Mail.Read"]
REDIRECT = "http://localhost:8400"
pytestmark = pytest.mark.filterwarnings(
    "ignore:This API has been deprecated for public client flows:DeprecationWarning"
)


class Route(requests.adapters.HTTPAdapter):
    """Send what is meant for a public host to the local server, and check its certificate for that host."""

    def __init__(self, port: int) -> None:
        """Remember the port."""
        self.port = port
        super().__init__()

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:  # type: ignore[override]
        """Name the public host, which the connection does not know."""
        request.headers["Host"] = urlsplit(request.url or "").netloc
        return super().send(request, **options)

    def get_connection_with_tls_context(self, request: Any, verify: Any, *_more: Any, **_options: Any) -> Any:
        """Return a connection to the local server."""
        host = urlsplit(request.url).hostname
        tls = {"ca_certs": verify, "server_hostname": host, "assert_hostname": host}
        return self.poolmanager.connection_from_host("127.0.0.1", self.port, "https", pool_kwargs=tls)


class Clock:
    """The system's time, which can be put forward."""

    def __init__(self) -> None:
        """Start at the present."""
        self.ahead = 0.0

    def __call__(self) -> datetime:
        """Return the time."""
        return datetime.fromtimestamp(time.time() + self.ahead, UTC)


@pytest.fixture(scope="module")
def clock() -> Clock:
    """Return the server's clock."""
    return Clock()


@pytest.fixture(scope="module")
def server(clock: Clock) -> Iterator[RunningServer]:
    """Run one server for the whole module."""
    msal.authority.Authority._domains_without_user_realm_discovery.add("localhost")  # noqa: SLF001 - MSAL drops the port there
    with serve(Emulator(clock, keys=KEYS)) as running:
        yield running


@pytest.fixture
def session(server: RunningServer) -> Iterator[requests.Session]:
    """Return a session that trusts the server's certificate, and nothing from the environment."""
    with requests.Session() as made:
        made.trust_env = False
        made.verify = str(server.ca_file)
        yield made


@pytest.fixture
def app(server: RunningServer, session: requests.Session) -> msal.PublicClientApplication:
    """Return a fresh MSAL application."""
    return msal.PublicClientApplication(
        server.client_id, authority=server.authority, http_client=session, instance_discovery=False
    )


def _password(
    app: msal.PublicClientApplication, server: RunningServer, who: str, **changes: Any
) -> dict[str, Any]:
    person = server.people[who]
    given = {"username": person.address, "password": person.password, "scopes": SCOPES} | changes
    found: dict[str, Any] = app.acquire_token_by_username_password(**given)
    return found


def test_password_opens_graph(server: RunningServer, session: requests.Session, app: Any) -> None:
    """A token for a password is a signed JWT with who and what in it, and Graph takes it."""
    token = _password(app, server, "adele")
    claims = jwt.decode(token["access_token"], options={"verify_signature": False})
    assert (claims["upn"], claims["scp"]) == ("AdeleV@contoso.com", "Calendars.ReadWrite.Shared Mail.Read")
    headers = {"Authorization": f"Bearer {token['access_token']}"}
    answer = session.get(f"{server.base_url}/me/calendars", headers=headers)
    assert answer.status_code == 200
    assert answer.json()["@odata.context"].startswith(server.base_url)


def test_bodies_may_come_in_chunks(server: RunningServer, session: requests.Session, app: Any) -> None:
    """A request without a length is read to its end, and raw ids in paths are understood over the wire."""
    token = _password(app, server, "diego")
    headers = {"Authorization": f"Bearer {token['access_token']}", "Content-Type": "application/json"}
    chunks = iter([json.dumps(DINNER)[:100].encode(), json.dumps(DINNER)[100:].encode()])
    made = session.post(f"{server.base_url}/me/events", data=chunks, headers=headers)
    assert (made.status_code, made.json()["subject"]) == (201, "Christmas dinner")
    for identifier in (made.json()["id"], made.json()["id"].replace("=", "%3D")):
        answer = session.get(
            f"{server.base_url}/users/DiegoS@contoso.com/events/{identifier}", headers=headers
        )
        assert answer.json()["id"] == made.json()["id"]
    assert session.head(f"{server.base_url}/me/events", headers=headers).content == b""


def test_account_is_kept_and_refreshed(server: RunningServer, app: Any) -> None:
    """MSAL finds the account again, silently and after a forced refresh; the old refresh token is spent."""
    first = _password(app, server, "alex")
    account = app.get_accounts("AlexW@contoso.com")[0]
    assert app.acquire_token_silent(SCOPES, account)["access_token"] == first["access_token"]
    second = app.acquire_token_silent(SCOPES, account, force_refresh=True)
    assert second["access_token"] != first["access_token"]
    spent = app.acquire_token_by_refresh_token(first["refresh_token"], SCOPES)
    assert spent["error"] == "invalid_grant"


@pytest.mark.parametrize(
    ("changes", "number"),
    [
        ({"password": "wrong"}, 50126),
        ({"username": "nobody@contoso.com"}, 50034),
        ({"scopes": ["No.Such.Scope"]}, 70011),
    ],
    ids=["password", "user", "scope"],
)
def test_wrong_sign_ins_are_numbered(
    server: RunningServer, app: Any, changes: dict[str, Any], number: int
) -> None:
    """A refused sign-in carries its AADSTS number."""
    assert _password(app, server, "adele", **changes)["error_codes"] == [number]


def test_missing_consent_and_second_factor_are_refused(server: RunningServer, app: Any) -> None:
    """A scope nobody consented to is 65001, a person who must prove more is 50076."""
    accounts = server.emulator.sign_in.accounts
    accounts.unconsented.add("Mail.Read")
    refused = _password(app, server, "adele")
    accounts.unconsented.clear()
    assert (refused["error_codes"], refused["suberror"]) == ([65001], "consent_required")
    megan = server.emulator.tenant.mailbox("megan").owner
    accounts.second_factor.add(megan.oid)
    assert _password(app, server, "megan")["error_codes"] == [50076]
    accounts.second_factor.clear()


def test_unknown_tenant_and_client_are_refused(server: RunningServer, session: requests.Session) -> None:
    """The token endpoint names what it does not know."""
    url = f"{server.origin}/nowhere.example/oauth2/v2.0/token"
    assert session.post(url, data={}).json()["error_codes"] == [90002]
    url = f"{server.authority}/oauth2/v2.0/token"
    assert session.post(url, data={"client_id": "x"}).json()["error_codes"] == [700016]
    url = f"{server.origin}/nowhere.example/v2.0/.well-known/openid-configuration"
    assert session.get(url).status_code == 400


def test_device_code_waits_for_approval(server: RunningServer, session: requests.Session, app: Any) -> None:
    """A device is pending until somebody enters its code, then signs in as that person."""
    flow = app.initiate_device_flow(SCOPES)
    pending = app.acquire_token_by_device_flow(flow, exit_condition=lambda _flow: True)
    assert pending["error"] == "authorization_pending"
    christie = server.people["christie"]
    form = {"user_code": flow["user_code"], "username": christie.address, "password": christie.password}
    assert "user_code" in session.get(flow["verification_uri"]).text
    assert session.post(flow["verification_uri"], data=form).status_code == 200
    assert app.acquire_token_by_device_flow(flow)["id_token_claims"]["preferred_username"] == christie.address


def test_device_code_can_be_approved_at_once(server: RunningServer, app: Any) -> None:
    """With automatic approval nobody has to enter anything."""
    server.emulator.sign_in.accounts.auto_approve = "diego"
    flow = app.initiate_device_flow(SCOPES)
    token = app.acquire_token_by_device_flow(flow)
    server.emulator.sign_in.accounts.auto_approve = ""
    assert token["id_token_claims"]["name"] == "Diego Siciliani"


def test_device_code_expires(server: RunningServer, app: Any, clock: Clock) -> None:
    """A code that nobody entered in time is of no use any more."""
    flow = app.initiate_device_flow(SCOPES)
    clock.ahead += 3600
    refused = app.acquire_token_by_device_flow(flow, exit_condition=lambda _flow: True)
    assert refused["error"] == "expired_token"
    assert server.people


def _browse(session: requests.Session, url: str, server: RunningServer) -> dict[str, str]:
    """Fill in the sign-in form as a browser would; return what the next page posts to the client."""
    assert "password" in session.get(url).text
    alex = server.people["alex"]
    page = session.post(url, data={"username": alex.address, "password": alex.password}).text
    assert f'action="{REDIRECT}"' in page
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))


def test_authorization_code_needs_its_verifier(
    server: RunningServer, session: requests.Session, app: Any
) -> None:
    """A code is good for the client that can show the verifier, and only once."""
    flow = app.initiate_auth_code_flow(SCOPES, redirect_uri=REDIRECT, response_mode="form_post")
    back = _browse(session, flow["auth_uri"], server)
    token = app.acquire_token_by_auth_code_flow(flow, back)
    assert token["id_token_claims"]["oid"] == server.emulator.tenant.mailbox("alex").owner.oid
    assert app.acquire_token_by_auth_code_flow(flow, back)["error"] == "invalid_grant"
    flow = app.initiate_auth_code_flow(SCOPES, redirect_uri=REDIRECT, response_mode="form_post")
    back = _browse(session, flow["auth_uri"], server)
    refused = app.acquire_token_by_auth_code_flow(flow | {"code_verifier": "another"}, back)
    assert refused["error_codes"] == [501481]


def test_code_can_come_back_in_the_address(server: RunningServer, session: requests.Session) -> None:
    """By default the browser is redirected with code and state; somebody signed in already is not asked."""
    server.emulator.sign_in.accounts.auto_approve = "alex"
    asked = {
        "client_id": server.client_id,
        "response_type": "code",
        "redirect_uri": REDIRECT,
        "state": "s",
        "scope": "openid",
    }
    answer = session.get(f"{server.authority}/oauth2/v2.0/authorize", params=asked, allow_redirects=False)
    server.emulator.sign_in.accounts.auto_approve = ""
    assert answer.status_code == 302
    assert parse_qs(urlsplit(answer.headers["Location"]).query).keys() == {"code", "state"}


def test_redirects_lead_to_the_loopback_only(server: RunningServer, session: requests.Session) -> None:
    """A code is never sent to another machine."""
    asked = {"client_id": server.client_id, "response_type": "code", "redirect_uri": "https://evil.example/"}
    answer = session.get(f"{server.authority}/oauth2/v2.0/authorize", params=asked)
    assert answer.json()["error_codes"] == [50011]


def test_client_secret_opens_every_mailbox(server: RunningServer, session: requests.Session) -> None:
    """An application reads any mailbox, but has no /me; a wrong secret is 7000215."""
    options = {"authority": server.authority, "http_client": session, "instance_discovery": False}
    app = msal.ConfidentialClientApplication(
        server.client_id, client_credential=server.client_secret, **options
    )
    token = app.acquire_token_for_client(["https://graph.microsoft.com/.default"])["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    assert (
        session.get(f"{server.base_url}/users/AlexW@contoso.com/calendar", headers=headers).status_code == 200
    )
    assert session.get(f"{server.base_url}/me/calendar", headers=headers).status_code == 400
    wrong = msal.ConfidentialClientApplication(server.client_id, client_credential="wrong", **options)
    refused = wrong.acquire_token_for_client(["https://graph.microsoft.com/.default"])
    assert refused["error_codes"] == [7000215]


def test_tokens_expire_and_cannot_be_forged(
    server: RunningServer, session: requests.Session, app: Any, clock: Clock
) -> None:
    """Graph refuses an expired token, a changed one, and none at all with 401."""
    token = _password(app, server, "adele")["access_token"]
    head, _, signature = token.rpartition(".")
    for bad in (f"Bearer {head}.{signature[::-1]}", "Bearer x", "Basic abc", ""):
        answer = session.get(f"{server.base_url}/me/calendars", headers={"Authorization": bad})
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "InvalidAuthenticationToken")
    clock.ahead += 3601
    answer = session.get(f"{server.base_url}/me/calendars", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401


def test_discovery_names_every_endpoint(server: RunningServer, session: requests.Session) -> None:
    """Open-id configuration, instance discovery, user realm and keys answer on the same server."""
    found = session.get(f"{server.authority}/v2.0/.well-known/openid-configuration").json()
    assert all(
        found[name].startswith(server.authority) for name in ("token_endpoint", "authorization_endpoint")
    )
    realm = session.get(f"{server.origin}/common/userrealm/AlexW@contoso.com?api-version=1.0").json()
    assert realm["account_type"] == "Managed"
    assert session.get(f"{server.origin}/common/discovery/instance").json()["metadata"][0]["aliases"]
    assert session.get(found["jwks_uri"]).json()["keys"][0]["alg"] == "RS256"


def test_public_hosts_can_be_routed_here(server: RunningServer, session: requests.Session) -> None:
    """With the public authority MSAL needs no special settings, and links carry the public address."""
    for host in ("https://login.microsoftonline.com/", "https://graph.microsoft.com/"):
        session.mount(host, Route(server.port))
    authority = "https://login.microsoftonline.com/contoso.onmicrosoft.com"
    app = msal.PublicClientApplication(server.client_id, authority=authority, http_client=session)
    token = _password(app, server, "christie")
    headers = {"Authorization": f"Bearer {token['access_token']}"}
    answer = session.get("https://graph.microsoft.com/v1.0/me/messages", headers=headers)
    assert answer.json()["@odata.context"].startswith("https://graph.microsoft.com/v1.0/$metadata#users(")
    assert app.acquire_token_silent(SCOPES, app.get_accounts()[0], force_refresh=True)["access_token"]


def test_silent_client_blocks_nobody(server: RunningServer, session: requests.Session) -> None:
    """Somebody who connects and says nothing, or garbage, does not keep others from their handshakes."""
    with (
        socket.create_connection(("127.0.0.1", server.port)),
        socket.create_connection(("127.0.0.1", server.port)) as noise,
    ):
        noise.sendall(b"GET / HTTP/1.1\r\n\r\n")
        begin = time.monotonic()
        assert session.get(f"{server.authority}/v2.0/.well-known/openid-configuration").status_code == 200
        assert time.monotonic() - begin < 1


def test_many_threads_share_one_server(server: RunningServer) -> None:
    """Requests from many threads are all answered, over connections that stay open."""
    context = ssl.create_default_context(cafile=str(server.ca_file))
    found: list[int] = []

    def ask() -> None:
        with requests.Session() as session:
            session.trust_env = False
            session.verify = str(server.ca_file)
            found.extend(session.get(f"{server.base_url}/me").status_code for _ in range(10))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [401] * 80
    assert context.check_hostname


def test_server_stops_at_once() -> None:
    """Stopping takes less than 0.3 seconds, with an open connection too, and frees the port."""
    server = serve(Emulator(keys=KEYS))
    with requests.Session() as session:
        session.trust_env = False
        session.verify = str(server.ca_file)
        assert session.get(f"{server.base_url}/me").status_code == 401
        begin = time.monotonic()
        server.stop()
        assert time.monotonic() - begin < 0.3
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", server.port), timeout=1)
