"""Get tokens of people through MSAL: silently where that is possible, else as the target's file says."""

from __future__ import annotations

import sys
import threading
import time
import warnings
from dataclasses import dataclass, field
from operator import methodcaller
from typing import TYPE_CHECKING, Any, TypeGuard

from graphcal.outcomes import Unmet
from graphcal.signin.application import Application
from graphcal.signin.refusals import (
    ABOUT_SCOPES,
    ABOUT_THE_ACCOUNT,
    CONSENT_MISSING,
    SignInTrouble,
    numbers_of,
    refused,
    scrubbed,
)
from graphcal.signin.scopes import scopes_of, suite_scopes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import requests

    from graphcal.people import Person
    from graphcal.targets.settings import Account, Settings

Answer = dict[str, Any]
MARGIN = 300  # seconds before its end at which a token is renewed, half its life if that is shorter
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
CAUTIOUS = "This API has been deprecated for public client flows"  # MSAL's remark about passwords


@dataclass(frozen=True)
class Held:
    """A token in memory, good until a time of `time.time`."""

    token: str = field(repr=False)
    until: float


class EntraSignIn:
    """Sign-in at Entra, or at a service that speaks like it; for any number of people and threads."""

    def __init__(  # noqa: PLR0913, PLR0917 - made by open_sign_in only, which has the defaults
        self,
        settings: Settings,
        session_factory: Callable[[], requests.Session],
        say: Callable[[str], None],
        folder: Path,
        environ: Mapping[str, str],
        patience: float,
    ) -> None:
        """Remember how; MSAL is imported and the authority asked when the first token is wanted."""
        self._settings, self._say = settings, say
        self._environ, self._patience = environ, patience
        self._everything = suite_scopes(writes=settings.may_write)
        self._msal = Application(settings, session_factory, say, folder)
        self._held: dict[tuple[str, tuple[str, ...]], Held] = {}
        self._final: dict[tuple[str, tuple[str, ...] | None], tuple[str, str, int]] = {}  # None: any scopes
        self._subjects: dict[str, str] = {}  # ids of who signed in here, by the persona's key
        self._lock = threading.RLock()

    def token(self, person: Person, scopes: tuple[str, ...] = ()) -> str:
        """Return a token: from memory, from the cache, by a refresh, or else by signing in."""
        self._account(person)
        with self._lock:
            held = self._held.get((person.key, scopes))
            if held is not None and time.time() < held.until:
                return held.token
            return self._keep(person, scopes, self._silent(person, scopes) or self._anew(person, scopes))

    def renewed(self, person: Person, scopes: tuple[str, ...] = ()) -> str:
        """Refresh a token that was refused; a password is used again, nobody is asked anything."""
        with self._lock:
            self._held.pop((person.key, scopes), None)
            answer = self._refresh(person, scopes or self._everything)
            if not _succeeded(answer) and self._settings.auth.method == "username_password":
                return self._keep(person, scopes, self._anew(person, scopes))
            if answer is None:
                what = f"{person}'s token was refused and nothing is kept to renew it with"
                raise SignInTrouble(what, "Run again and sign in")
            if not _succeeded(answer):
                raise _emptied(answer, self._refused(person, scopes or self._everything, answer))
            return self._keep(person, scopes, answer)

    def scopes_granted(self, person: Person, scopes: tuple[str, ...] = ()) -> tuple[str, ...] | None:
        """Return what such a token says it allows; None for an opaque token."""
        return scopes_of(self.token(person, scopes))

    def narrows(self, person: Person) -> bool:
        """Say yes: scopes can be asked for one by one; what is granted, `scopes_granted` tells."""
        self._account(person)
        return True

    def close(self) -> None:
        """Let go of connections."""
        self._msal.close()

    # Ways to a token: each returns MSAL's answer, {"access_token": …, "expires_in": seconds} or {"error": …}.

    def _silent(self, person: Person, scopes: tuple[str, ...]) -> Answer | None:
        """Return a kept or refreshed token, None where somebody has to sign in.

        A kept token may allow more than these scopes; then a narrower one is asked for.
        """
        asked = list(scopes or self._everything)
        known = self._kept(person)
        if known is None:
            return None
        answer: Answer | None = self._msal.ask(lambda app: app.acquire_token_silent_with_error(asked, known))
        if _succeeded(answer) and scopes and scopes_of(answer["access_token"]) != tuple(sorted(set(asked))):
            answer = self._msal.ask(
                lambda app: app.acquire_token_silent_with_error(asked, known, force_refresh=True)
            )
        return answer if _succeeded(answer) else None

    def _refresh(self, person: Person, asked: tuple[str, ...]) -> Answer | None:
        known = self._kept(person)
        if known is None:
            return None
        answer: Answer | None = self._msal.ask(
            lambda app: app.acquire_token_silent_with_error(list(asked), known, force_refresh=True)
        )
        return answer

    def _anew(self, person: Person, scopes: tuple[str, ...]) -> Answer:
        """Let a person sign in, unless that has failed already in a way that a second try does not change."""
        for key in ((person.key, scopes), (person.key, None)):
            if key in self._final:
                raise SignInTrouble(*self._final[key])
        try:
            return self._signed_in(person, scopes)
        except SignInTrouble as trouble:
            by_password = self._settings.auth.method == "username_password"
            if not by_password or trouble.number in ABOUT_THE_ACCOUNT:
                concerned = scopes if trouble.number in ABOUT_SCOPES else None
                self._final[person.key, concerned] = (trouble.what, trouble.mend, trouble.number)
            raise

    def _signed_in(self, person: Person, scopes: tuple[str, ...]) -> Answer:
        """Let a person sign in; raises SignInTrouble for a refusal, or if somebody else signed in.

        Whoever is asked is asked once, for all that the run needs; what has fewer scopes is made from that.
        """
        by_password = self._settings.auth.method == "username_password"
        asked = scopes or self._everything
        if not by_password:
            asked = tuple(dict.fromkeys((*self._everything, *scopes)))
        ways = {
            "username_password": self._by_password,
            "device_code": self._by_device_code,
            "interactive": self._by_browser,
        }
        answer = ways[self._settings.auth.method](person, asked)
        if not _succeeded(answer):
            raise _emptied(answer, self._refused(person, asked, answer))
        self._recognise(person, answer)
        if by_password or not scopes:
            return answer
        self._keep(person, (), answer)
        return self._silent(person, scopes) or answer

    def _by_password(self, person: Person, asked: tuple[str, ...]) -> Answer:
        account = self._account(person)

        def ask(app: Any) -> Answer:
            with warnings.catch_warnings():
                warnings.filterwarnings("ignore", message=CAUTIOUS, category=DeprecationWarning)
                secret = account.password.reveal() if account.password else ""
                found: Answer = app.acquire_token_by_username_password(person.address, secret, list(asked))
                return found

        answer: Answer = self._msal.ask(ask)
        return answer

    def _by_device_code(self, person: Person, asked: tuple[str, ...]) -> Answer:
        flow: Answer = self._msal.ask(lambda app: app.initiate_device_flow(list(asked)))
        if "device_code" not in flow:
            return flow
        self._say(
            f"{person.name} ({person.address}): {scrubbed(str(flow.get('message', '')), self._settings)}"
        )
        end = min(flow["expires_at"], time.time() + self._patience)
        answer: Answer = self._msal.ask(
            lambda app: app.acquire_token_by_device_flow(flow, exit_condition=lambda _: time.time() > end)
        )
        return answer

    def _by_browser(self, person: Person, asked: tuple[str, ...]) -> Answer:
        if sys.platform not in ("win32", "darwin") and not any(self._environ.get(one) for one in DISPLAYS):
            what = f"{person} ({person.address}) can't sign in: there is no browser on this machine"
            mend = f'Set auth.method = "device_code" in {self._settings.file}: any browser elsewhere will do'
            raise SignInTrouble(what, mend)
        self._say(f"{person.name} ({person.address}): sign in with the browser that opens now.")
        begin = time.monotonic()
        try:
            answer: Answer = self._msal.ask(
                lambda app: app.acquire_token_interactive(
                    list(asked),
                    login_hint=person.address,
                    prompt="login",  # the browser may still know somebody else
                    timeout=self._patience,
                    auth_uri_callback=lambda address: self._say(f"No browser opened; visit {address}"),
                )
            )
        except SignInTrouble:
            if time.monotonic() - begin < self._patience:
                raise
        else:
            return answer
        what = f"{person} ({person.address}) did not sign in within {self._patience:.0f} seconds"
        raise SignInTrouble(what, "Run again and complete the sign-in in the browser")

    # What all ways have in common.

    def _keep(self, person: Person, scopes: tuple[str, ...], answer: Answer) -> str:
        seconds = float(answer.get("expires_in") or 0)
        until = time.time() + seconds - min(MARGIN, seconds / 2)
        held = Held(answer["access_token"], until)
        self._held[person.key, scopes] = held
        return held.token

    def _account(self, person: Person) -> Account:
        if person.key not in self._settings.people:
            raise Unmet(f"{person} is not in {self._settings.file}")
        return self._settings.people[person.key]

    def _kept(self, person: Person) -> dict[str, Any] | None:
        """Return the account in MSAL's cache that is this person's, told by sign-in name or id."""
        address, ids = person.address.casefold(), {person.id, self._subjects.get(person.key, "")} - {""}
        accounts = self._msal.ask(lambda app: app.get_accounts())
        for account in accounts:
            if (
                str(account.get("username", "")).casefold() == address
                or account.get("local_account_id") in ids
            ):
                found: dict[str, Any] = account
                return found
        return None

    def _recognise(self, person: Person, answer: Answer) -> None:
        """Make sure that it is this person who signed in, as far as the service tells who it was.

        A password tells by itself: the sign-in name may then differ from the address.
        """
        claims = answer.get("id_token_claims") or {}
        subject = str(claims.get("oid") or claims.get("sub") or "")
        names = [str(claims[name]) for name in ("preferred_username", "upn", "email") if claims.get(name)]
        known = any(person.has_address(name) for name in names)
        if known or not names or subject == person.id or self._settings.auth.method == "username_password":
            self._subjects[person.key] = subject
            return
        others = [account.person for account in self._settings.people.values()]
        if not any(other.has_address(name) for other in others for name in names):
            self._forget(subject)
        who = scrubbed(names[0], self._settings)
        what = f"{person} ({person.address}) was to sign in, but {who} did"
        mend = (
            f"Run again and choose the right account; if it is {person}'s, "
            f'write its sign-in name as people.{person.key}.address or id = "{scrubbed(subject, self._settings)}" in {self._settings.file}'
        )
        raise _emptied(answer, SignInTrouble(what, mend))

    def _forget(self, subject: str) -> None:
        for account in self._msal.ask(lambda app: app.get_accounts()):
            if account.get("local_account_id") == subject:
                self._msal.ask(methodcaller("remove_account", account))

    def _refused(self, person: Person, asked: tuple[str, ...], answer: Answer) -> SignInTrouble:
        blamed = asked
        if CONSENT_MISSING in numbers_of(answer) and len(asked) > 1:
            blamed = self._without_consent(person, asked) or asked
        return refused(answer, person, self._settings, blamed)

    def _without_consent(self, person: Person, asked: tuple[str, ...]) -> tuple[str, ...]:
        """Find out which of some scopes lack consent, where nobody needs to be asked for that."""
        probes: dict[str, Callable[[str], Answer]] = {
            "username_password": lambda scope: self._by_password(person, (scope,)),
            "device_code": lambda scope: self._msal.ask(lambda app: app.initiate_device_flow([scope])),
        }
        probe = probes.get(self._settings.auth.method)
        if probe is None:
            return ()
        return tuple(scope for scope in asked if CONSENT_MISSING in numbers_of(probe(scope)))


def _emptied(answer: Answer, trouble: SignInTrouble) -> SignInTrouble:
    """Return the trouble; the answer, which a traceback with local variables would show, is gone."""
    answer.clear()
    return trouble


def _succeeded(answer: Answer | None) -> TypeGuard[Answer]:
    return answer is not None and "access_token" in answer
