"""Carry MSAL's requests: over TLS only, to where they are addressed only, and not longer than a while."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import requests

TIMEOUT = (10, 30)  # seconds: to connect, to be answered
USER_REALM = "/common/userrealm/"


class NoService(Exception):  # noqa: N818 - it is turned into a Trouble at once
    """Something answers in the sign-in service's place, or the service can't answer; `mend` says what to do."""

    def __init__(self, what: str, mend: str) -> None:
        """Keep both halves of the sentence."""
        super().__init__(what)
        self.what, self.mend = what, mend


def secured(session: requests.Session, ca_bundle: Path | None) -> requests.Session:
    """Make a session believe this CA bundle and nothing from the environment (proxies, .netrc, CA variables)."""
    session.trust_env = False
    if ca_bundle is not None:
        session.verify = str(ca_bundle)
    return session


class Transport:
    """The HTTP client that MSAL uses; `refusal` is the last JSON object that came with a status of 4xx."""

    def __init__(self, make: Callable[[], requests.Session], authority: str, ca_bundle: Path | None) -> None:
        """Remember what to connect with; the connection comes with the first request."""
        self.refusal: dict[str, Any] = {}
        self._session = secured(make(), ca_bundle)
        self._authority = urlsplit(authority)

    def get(self, url: str, **options: Any) -> requests.Response:
        """Fetch a document; MSAL asks for the user realm without the authority's port, so it is put back."""
        parts = urlsplit(url)
        if (
            parts.path.startswith(USER_REALM)
            and parts.port is None
            and parts.hostname == self._authority.hostname
        ):
            url = parts._replace(netloc=self._authority.netloc).geturl()
        return self._send("GET", url, options)

    def post(self, url: str, **options: Any) -> requests.Response:
        """Send a form."""
        return self._send("POST", url, options)

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()

    def _send(self, method: str, url: str, options: dict[str, Any]) -> requests.Response:
        host = urlsplit(url).netloc
        if not url.startswith("https://"):
            raise NoService(
                f"the sign-in service sends people to {host} without TLS", "Correct auth.authority"
            )
        options = {"timeout": TIMEOUT, **options, "allow_redirects": False}
        response = self._session.request(method, url, **options)
        if response.is_redirect:
            mend = "Passwords and codes go to no other address: correct auth.authority"
            raise NoService(f"{host} redirects instead of answering", mend)
        if response.status_code == 429 or response.status_code >= 500:  # noqa: PLR2004 - what HTTP calls it
            raise NoService(f"{host} answers {response.status_code}", "Run again later")
        if response.status_code >= 400:  # noqa: PLR2004 - what HTTP calls it
            self.refusal = _object(response)
        return response


def _object(response: requests.Response) -> dict[str, Any]:
    try:
        found = response.json()
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
