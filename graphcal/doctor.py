"""Find out, by reading only, what a live target still lacks before the suite can judge it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests

from graphcal.outcomes import ExitCode, Trouble, Unmet
from graphcal.people import PERSONAS
from graphcal.signin.refusals import SignInTrouble
from graphcal.signin.scopes import covers
from graphcal.signin.transport import secured
from graphcal.targets.arrangement import DELEGATE_ONLY, DELEGATE_ROLES, OPTION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from graphcal.people import Person
    from graphcal.signin import SignIn
    from graphcal.targets.settings import Settings

TIMEOUT = (10, 60)  # seconds: to connect, to be answered
SKEW_NOTED, SKEW_HARMFUL = 5, 300  # seconds
MOST_PAGES = 20
WRITING = (
    "Calendars.ReadWrite.Shared",
    "Calendars.ReadWrite",
    "Calendars.Read.Shared",
    "Mail.Read",
    "Mail.Read.Shared",
    "MailboxSettings.Read",
)
READING = ("Calendars.Read.Shared", "Calendars.Read", "Mail.Read", "Mail.Read.Shared", "MailboxSettings.Read")
STATUS_MENDS = {
    401: "Sign in again; the token may be meant for another service than target.base_url",
    403: "Let an administrator consent to the scope that this call needs",
    404: "Check that target.base_url ends in the API version and that the person has a mailbox",
    429: "The service asks for fewer requests; run again later",
}
MARKS = {True: "✓", False: "✗", None: "?"}


@dataclass(frozen=True)
class Check:
    """One thing that was looked at. `holds` is None where it could not be told; without a mend, that is a note."""

    name: str
    holds: bool | None
    detail: str
    mend: str = ""

    @property
    def needs_mending(self) -> bool:
        """Whether a run had better wait."""
        return self.holds is False or (self.holds is None and bool(self.mend))


class _Silence(Exception):  # noqa: N818 - it becomes a check at once
    """No answer that could be judged; `mend` says what to do."""

    def __init__(self, what: str, mend: str, *, holds: bool | None = None) -> None:
        super().__init__(what)
        self.what, self.mend, self.holds = what, mend, holds


def examine(
    settings: Settings, sign_in: SignIn, session_factory: Callable[[], requests.Session]
) -> list[Check]:
    """Look at everything that a run needs; sends GET requests only, and tokens to `base_url` only.

    People may be asked to sign in. What goes wrong is a check's result; nothing is raised for it.
    """
    session = secured(session_factory(), settings.ca_bundle)
    try:
        return list(_Examination(settings, sign_in, session).checks())
    finally:
        session.close()


def exit_code(checks: Sequence[Check]) -> int:
    """Return 0 if nothing needs mending, else 3."""
    return ExitCode.TROUBLE if any(check.needs_mending for check in checks) else ExitCode.CLEAN


def lines(checks: Sequence[Check]) -> list[str]:
    """Return the checks as lines to print: a mark, what was found, and the mend below it."""
    printed = []
    for check in checks:
        mark = "·" if check.holds is None and not check.mend else MARKS[check.holds]
        printed.append(f"{mark} {check.name}: {check.detail}")
        if check.needs_mending:
            printed.append(f"    {check.mend}")
    wanting = sum(check.needs_mending for check in checks)
    held = sum(check.holds is True for check in checks)
    end = "nothing needs mending" if not wanting else f"{wanting} to mend"
    return [*printed, f"{held} of {len(checks)} checks hold, {end}"]


class _Examination:
    """One visit to a target."""

    def __init__(self, settings: Settings, sign_in: SignIn, session: requests.Session) -> None:
        self.settings, self.sign_in, self.session = settings, sign_in, session

    def checks(self) -> Iterator[Check]:
        service = list(self._service())
        yield from service
        answers = service[0].holds is True
        able = []
        for key in PERSONAS:
            if key not in self.settings.people:
                yield Check(
                    key.capitalize(),
                    None,
                    f"is not in the file; scenarios that need {key.capitalize()} are unmet",
                )
                continue
            person = self.settings.people[key].person
            signed_in = self._signs_in(person)
            yield signed_in
            if signed_in.holds:
                yield self._scopes(person)
                if answers:
                    able.append(key)
                    yield self._guarded(f"{person} is the file's {person}", self._identity, person)
        people = {key: self.settings.people[key].person for key in able}
        if "alex" in people:
            yield self._guarded("Alex has delegated to Adele", self._delegation, people["alex"])
            yield self._guarded("Meeting messages go to Adele", self._delivery, people["alex"])
        if "adele" in people:
            yield self._guarded("Adele has Alex's calendar", self._copy, people["adele"])
        yield self._writes()

    # Without a token.

    def _service(self) -> Iterator[Check]:
        name = "The service answers"
        begin = time.time()
        try:
            response = self._fetch("/me", None)
        except _Silence as silence:
            yield Check(name, False, silence.what, silence.mend)
            return
        host = urlsplit(self.settings.base_url).netloc
        if response.status_code >= 500 or response.status_code == 404:  # noqa: PLR2004 - what HTTP calls it
            yield Check(
                name,
                False,
                f"{host} answers {response.status_code}",
                "Check target.base_url, or run again later",
            )
            return
        kind = "over TLS" if self.settings.base_url.startswith("https:") else "without TLS, on loopback"
        yield Check(name, True, f"{host}, {kind}")
        yield _clock(response.headers.get("Date", ""), (begin + time.time()) / 2)

    def _writes(self) -> Check:
        name = "The run may write"
        if self.settings.may_write:
            return Check(name, True, "yes, the mailboxes of these people change")
        return Check(name, None, "no: only reading scenarios run; target.writes = true allows the others")

    # With somebody's token.

    def _signs_in(self, person: Person) -> Check:
        name = f"{person} signs in"
        try:
            self.sign_in.token(person, ())
        except SignInTrouble as trouble:
            return Check(name, False, trouble.what, trouble.mend)
        except (Trouble, Unmet) as trouble:
            return Check(name, False, str(trouble), f"Correct people.{person.key} in {self.settings.file}")
        return Check(name, True, person.address)

    def _scopes(self, person: Person) -> Check:
        name = f"{person}'s token has the scopes"
        try:
            granted = self.sign_in.scopes_granted(person, ())
        except (Trouble, Unmet) as trouble:
            return Check(name, None, str(trouble), "Run again")
        if granted is None:
            return Check(name, None, "the token does not tell; a call beyond its scopes will be refused")
        needed = WRITING if self.settings.may_write else READING
        missing = [scope for scope in needed if not covers(granted, scope)]
        if missing:
            return Check(
                name,
                False,
                f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing",
                "Add it to the application's registration as delegated permission of Microsoft Graph, let an "
                "administrator consent to it, then sign in again; a ready-made token has to be issued with it",
            )
        return Check(name, True, ", ".join(granted))

    def _identity(self, person: Person) -> Check:
        name = f"{person} is the file's {person}"
        found = self._object(person, "/me?$select=id,displayName,mail,userPrincipalName")
        names = [found.get("mail"), found.get("userPrincipalName")]
        place = f"people.{person.key}.address in {self.settings.file}"
        if not any(person.has_address(one) for one in names):
            shown = next((one for one in names if isinstance(one, str)), "nobody known")
            return Check(
                name,
                False,
                f"the token is {shown}'s, the file says {person.address}",
                f"Correct {place}, or sign in as {person.address}",
            )
        if person.id and found.get("id") not in (None, person.id):
            return Check(
                name,
                False,
                f"the directory's id is {found['id']}, the file says {person.id}",
                f"Correct people.{person.key}.id in {self.settings.file}, or leave it out",
            )
        return Check(name, True, f"{found.get('displayName') or person.name}, {person.address}")

    def _delegation(self, alex: Person) -> Check:
        name = "Alex has delegated to Adele"
        adele = self.settings.people["adele"].person
        mend = f"In Outlook, Alex shares the primary calendar with {adele.address} as delegate"
        for entry in self._values(alex, "/me/calendar/calendarPermissions"):
            email = entry.get("emailAddress")
            if isinstance(email, dict) and adele.has_address(email.get("address")):
                role = entry.get("role")
                if role in DELEGATE_ROLES:
                    return Check(name, True, f"with the role {role}")
                return self._arrangeable(name, f"Adele's role is {role}, not a delegate's", mend)
        return self._arrangeable(name, "the permissions of Alex's calendar have no entry for Adele", mend)

    def _delivery(self, alex: Person) -> Check:
        name = "Meeting messages go to Adele"
        option = self._object(alex, "/me/mailboxSettings").get(OPTION)
        if option == DELEGATE_ONLY:
            return Check(name, True, f"{OPTION} is {option}")
        mend = f'Alex sets {OPTION} to "{DELEGATE_ONLY}": in Outlook, "My delegates only"'
        return self._arrangeable(name, f"{OPTION} is {option}", mend)

    def _arrangeable(self, name: str, detail: str, mend: str) -> Check:
        """Return a note where the run arranges by itself what does not hold."""
        if self.settings.setup == "api" and self.settings.may_write:
            return Check(name, None, f'{detail}; with setup = "api" the run changes that and restores it')
        return Check(name, False, detail, f'{mend}; or set target.setup = "api" with writes = true')

    def _copy(self, adele: Person) -> Check:
        name = "Adele has Alex's calendar"
        alex = self.settings.people["alex"].person
        copies = [
            one
            for one in self._values(adele, "/me/calendars")
            if isinstance(one.get("owner"), dict) and alex.has_address(one["owner"].get("address"))
        ]
        if any(one.get("canEdit") is True for one in copies):
            return Check(name, True, "listed among hers, and she can edit it")
        if copies:
            return Check(
                name,
                False,
                "it is listed, but canEdit is not true",
                "Alex makes Adele a delegate, not a reader",
            )
        detail = "none of her calendars belongs to Alex"
        if self.settings.setup == "api" and self.settings.may_write:
            return Check(name, None, f"{detail}; she may have to accept in Outlook what the run shares")
        return Check(
            name,
            False,
            detail,
            "Adele accepts Alex's sharing invitation in Outlook, or adds the calendar there",
        )

    # Reading.

    def _guarded(self, name: str, look: Callable[[Person], Check], person: Person) -> Check:
        try:
            return look(person)
        except _Silence as silence:
            return Check(name, silence.holds, silence.what, silence.mend)

    def _object(self, person: Person, path: str) -> dict[str, Any]:
        """Read a JSON object as a person; a refused token is renewed once."""
        try:
            response = self._fetch(path, self.sign_in.token(person, ()))
            if response.status_code == 401:  # noqa: PLR2004 - what HTTP calls it
                response = self._fetch(path, self.sign_in.renewed(person, ()))
        except (Trouble, Unmet) as trouble:
            mend = trouble.mend if isinstance(trouble, SignInTrouble) else "Run again"
            what = trouble.what if isinstance(trouble, SignInTrouble) else str(trouble)
            silence = _Silence(what, mend, holds=False)
        else:
            shown = path.partition("?")[0]
            if response.status_code != 200:  # noqa: PLR2004 - what HTTP calls it
                mend = STATUS_MENDS.get(response.status_code, "Run again later, or try the request by hand")
                raise _Silence(f"GET {shown} as {person} answers {response.status_code}", mend)
            try:
                found = response.json()
            except (ValueError, RecursionError):
                found = None
            if isinstance(found, dict):
                return found
            silence = _Silence(f"GET {shown} as {person} answers no JSON object", "Check target.base_url")
        raise silence

    def _values(self, person: Person, path: str) -> Iterator[dict[str, Any]]:
        """Yield the entries of a collection, page by page."""
        base = self.settings.base_url
        for _ in range(MOST_PAGES):
            page = self._object(person, path)
            values = page.get("value")
            if not isinstance(values, list):
                raise _Silence(f"GET {path} as {person} answers no collection", "Check target.base_url")
            yield from (entry for entry in values if isinstance(entry, dict))
            following = page.get("@odata.nextLink")
            if following is None:
                return
            if not isinstance(following, str) or not following.startswith(f"{base}/"):
                raise _Silence(
                    f"the next page of {path.partition('?')[0]} lies outside of {base}",
                    "Check target.base_url",
                )
            path = following.removeprefix(base)

    def _fetch(self, path: str, token: str | None) -> requests.Response:
        """Send a GET below the base URL, and raise _Silence where nobody answers it."""
        headers = {"Accept": "application/json"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        host, file = urlsplit(self.settings.base_url).netloc, self.settings.file
        try:
            response = self.session.get(
                self.settings.base_url + path, headers=headers, timeout=TIMEOUT, allow_redirects=False
            )
        except requests.exceptions.SSLError:
            trusted = self.settings.ca_bundle or "the certificate authorities that requests knows"
            silence = _Silence(
                f"the certificate of {host} is not trusted by {trusted}",
                f"Set target.ca_bundle in {file} to the PEM file of the authority that issued it",
            )
        except requests.exceptions.RequestException as error:
            silence = _Silence(
                f"no answer from {host} ({type(error).__name__})",
                f"Check target.base_url in {file} and the network; is the service up?",
            )
        else:
            if not response.is_redirect:
                return response
            silence = _Silence(
                f"{host} redirects; a token goes to no other address", f"Correct target.base_url in {file}"
            )
        raise silence


def _clock(date: str, now: float) -> Check:
    name = "The clocks agree"
    try:
        ahead = now - parsedate_to_datetime(date).timestamp()
    except ValueError:
        return Check(name, None, "the service sends no Date")
    seconds = f"{abs(ahead):.0f} seconds"
    if abs(ahead) > SKEW_HARMFUL:
        which = "ahead of" if ahead > 0 else "behind"
        return Check(
            name, False, f"this machine is {seconds} {which} the service", "Set this machine's clock"
        )
    if abs(ahead) > SKEW_NOTED:
        return Check(name, True, f"within {seconds}; times in reports differ by as much")
    return Check(name, True, f"within {SKEW_NOTED} seconds")
