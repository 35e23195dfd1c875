"""Call MSAL, and let nothing out of it but answers and troubles that hold nothing secret."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests

from graphcal.signin.cache import open_cache
from graphcal.signin.refusals import SignInTrouble, numbers_of, refused
from graphcal.signin.transport import NoService, Transport

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from graphcal.targets.settings import Settings

MICROSOFT = ("microsoftonline.com", "microsoftonline.us", "microsoft.com", "windows.net", "chinacloudapi.cn")
LOGS_ANSWERS = ("msal.oauth2cli.authcode", "msal.oauth2cli.oauth2", "msal.token_cache")


class Application:
    """MSAL's public client application of one target, made when it is first needed."""

    def __init__(
        self,
        settings: Settings,
        session_factory: Callable[[], requests.Session],
        say: Callable[[str], None],
        folder: Path,
    ) -> None:
        """Remember how; nothing is sent yet."""
        self._settings, self._say, self._folder = settings, say, folder
        self._transport = Transport(session_factory, settings.auth.authority, settings.ca_bundle)
        self._remembered_refusals: dict[str, Any] = {}  # MSAL's: it would repeat a 400 for a minute
        self._made: Any = None

    def ask(self, call: Callable[[Any], Any]) -> Any:
        """Return what MSAL answers; whatever it raises becomes a SignInTrouble.

        Exceptions of MSAL and of what lies below may carry forms with passwords and whole answers: the
        trouble is raised after the handler, so that it has neither cause nor context.
        """
        self._remembered_refusals.clear()
        self._transport.refusal = {}
        try:
            return call(self._application())
        except Exception as error:  # noqa: BLE001 - MSAL raises ValueError, RuntimeError, OSError, KeyError …
            trouble = self._explained(error)
        raise trouble

    def close(self) -> None:
        """Let go of connections."""
        self._transport.close()

    def _application(self) -> Any:
        """Make the application at the first call: the authority is asked for its endpoints then."""
        if self._made is None:
            import msal  # noqa: PLC0415 - slow to import

            for name in LOGS_ANSWERS:
                logging.getLogger(name).addFilter(_without_answers)
            authority = self._settings.auth.authority
            host = urlsplit(authority).hostname or ""
            of_microsoft = any(host == one or host.endswith(f".{one}") for one in MICROSOFT)
            self._made = msal.PublicClientApplication(
                self._settings.auth.client_id,
                authority=authority,
                http_client=self._transport,
                http_cache=self._remembered_refusals,
                token_cache=open_cache(self._settings, self._folder, self._say),
                instance_discovery=None if of_microsoft else False,
            )
        return self._made

    def _explained(self, error: Exception) -> SignInTrouble:
        if isinstance(error, SignInTrouble):
            return SignInTrouble(error.what, error.mend, error.number)
        if numbers_of(self._transport.refusal):
            return refused(self._transport.refusal, None, self._settings, ())
        what, mend = self._words(error)
        return SignInTrouble(f"nobody can sign in: {what}", mend)

    def _words(self, error: Exception) -> tuple[str, str]:
        """Say what an exception means, and the mend, by its type alone: its text may hold anything."""
        file, host = self._settings.file, urlsplit(self._settings.auth.authority).netloc
        if isinstance(error, NoService):
            return error.what, f"{error.mend} ({file})"
        if isinstance(error, requests.exceptions.SSLError):
            trusted = self._settings.ca_bundle or "the certificate authorities that requests knows"
            return (
                f"the certificate of {host} is not trusted by {trusted}",
                f"Set target.ca_bundle in {file} to the PEM file of the authority that issued it",
            )
        if isinstance(error, requests.exceptions.RequestException):
            return (
                f"no answer from {host} ({type(error).__name__})",
                f"Check auth.authority in {file} and the network, then run again",
            )
        if type(error).__name__ == "LockError":
            return (
                f"the token cache in {self._folder} stays locked",
                "If no other run is under way, delete the .lockfile there",
            )
        return (
            f"{host} gives an answer that is none of a sign-in service's ({type(error).__name__})",
            f"Check auth.authority in {file}; a proxy between here and there may answer in its place",
        )


def _without_answers(record: logging.LogRecord) -> bool:
    """Keep out of logs what MSAL writes into them of codes and unreadable token answers."""
    return not str(record.msg).startswith(("Got auth response", "Token response is not", "event="))
