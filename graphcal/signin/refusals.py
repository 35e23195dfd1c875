"""Say in a sentence why nobody got a token, and what mends it; never with anything secret in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphcal.outcomes import Trouble
from graphcal.signin.secret import MASK

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphcal.people import Person
    from graphcal.targets.settings import Settings

CONSENT_MISSING = 65001
ABOUT_SCOPES = (CONSENT_MISSING, 65004, 70011)
ABOUT_THE_ACCOUNT = (50126, 50034, 50053, 50055, 50056, 50057)  # each further try brings a lock nearer
LONGEST_DESCRIPTION = 300  # characters


class SignInTrouble(Trouble):
    """No token came: `what` says why, `mend` what to do, `number` is that of AADSTS or 0."""

    def __init__(self, what: str, mend: str, number: int = 0) -> None:
        """Make the message of both."""
        self.what, self.mend, self.number = what, mend, number
        super().__init__(what, mend, number)  # so that it can be raised again from its arguments

    def __str__(self) -> str:
        return f"{self.what}. {self.mend}"


@dataclass(frozen=True)
class Reason:
    """Why a sign-in is refused; both texts may name {key}, {file}, {address}, {authority}, {client}, {scopes}."""

    what: str
    mend: str


_USE_DEVICE_CODE = 'Set auth.method = "device_code" in {file}: people then sign in with a browser'
_PUBLIC_CLIENT = (
    'Let an administrator switch on "Allow public client flows" in the application\'s registration '
    "(Authentication, Settings), or use another auth.method in {file}"
)
_REDIRECT = (
    'Add "http://localhost" to the application\'s registration as a redirect URI for mobile and desktop applications, '
    'or set auth.method = "device_code" in {file}'
)
_NEW_DEVICE_CODE = "Run again and enter the new code before it expires"
_SECOND_FACTOR = Reason("a second factor is needed, which a password alone can't give", _USE_DEVICE_CODE)
_CONDITIONAL = Reason(
    "a conditional access policy of the tenant forbids it",
    "Run from a device and network that the policy allows, or let an administrator exempt the test accounts",
)
_UNCONSENTED = Reason(
    "nobody has consented to {scopes} for the application {client}",
    "Let an administrator grant it in the application's registration (API permissions, Grant admin consent), "
    'or sign in once with auth.method = "device_code" or "interactive" and accept',
)

BY_NUMBER: Mapping[int, Reason] = {
    50126: Reason("the password is wrong", "Correct what people.{key}.password in {file} stands for"),
    50034: Reason("the directory has no account {address}", "Correct people.{key}.address in {file}"),
    50020: Reason(
        "the account {address} belongs to another tenant",
        "Correct people.{key}.address or auth.authority in {file}",
    ),
    50053: Reason("the account is locked", "Wait some minutes, or let an administrator unlock it"),
    50055: Reason("the password has expired", "Change it by signing in with a browser"),
    50056: Reason("the account has no password", _USE_DEVICE_CODE),
    50057: Reason("the account is disabled", "Let an administrator enable it"),
    50105: Reason(
        "the account is not assigned to the application {client}", "Let an administrator assign it"
    ),
    90002: Reason(
        "the sign-in service knows no tenant {authority}", "Correct the end of auth.authority in {file}"
    ),
    700016: Reason(
        "the tenant knows no application {client}",
        "Correct auth.client_id in {file}, or register the application in this tenant",
    ),
    7000112: Reason("the application {client} is disabled", "Let an administrator enable it"),
    50072: _SECOND_FACTOR,
    50074: _SECOND_FACTOR,
    50076: _SECOND_FACTOR,
    50079: _SECOND_FACTOR,
    50158: _SECOND_FACTOR,
    53000: _CONDITIONAL,
    53001: _CONDITIONAL,
    53002: _CONDITIONAL,
    53003: _CONDITIONAL,
    530003: _CONDITIONAL,
    CONSENT_MISSING: _UNCONSENTED,
    65004: Reason("the person declined to consent to {scopes}", "Run again and accept, or leave the person out"),
    70011: Reason(
        "the sign-in service does not know one of the scopes {scopes}",
        "Point auth.authority in {file} at the service that issues tokens for Microsoft Graph",
    ),
    70003: Reason("the sign-in service does not offer this way to sign in", _PUBLIC_CLIENT),
    7000218: Reason("the application {client} may not sign people in without a secret of its own", _PUBLIC_CLIENT),
    50011: Reason("the application {client} does not allow to be called back on this machine", _REDIRECT),
    500113: Reason("the application {client} has no address to be called back on", _REDIRECT),
    70018: Reason("the sign-in was declined", _NEW_DEVICE_CODE),
    70019: Reason("the device code was not known", _NEW_DEVICE_CODE),
    70020: Reason("the device code has expired", _NEW_DEVICE_CODE),
}  # fmt: skip

BY_ERROR: Mapping[str, Reason] = {
    "unsupported_grant_type": BY_NUMBER[70003],
    "unauthorized_client": BY_NUMBER[7000218],
    "authorization_pending": Reason("nobody entered the device code in time", _NEW_DEVICE_CODE),
    "expired_token": BY_NUMBER[70020],
    "code_expired": BY_NUMBER[70020],
    "authorization_declined": BY_NUMBER[70018],
    "access_denied": Reason("the sign-in was declined", "Run again and accept"),
    "consent_required": _UNCONSENTED,
    "temporarily_unavailable": Reason("the sign-in service is not available", "Run again later"),
}

_NUMBER = re.compile(r"AADSTS(\d+)")
_TRACES = re.compile(r"\b(Trace ID|Correlation ID|Timestamp)\s*:.*", re.IGNORECASE | re.DOTALL)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s")
_TOKENS = re.compile(r"\beyJ[\w-]+(\.[\w-]+)*|\b[\w-]{40,}")


def numbers_of(answer: Mapping[str, Any]) -> tuple[int, ...]:
    """Return the AADSTS numbers of a refusal, the one that counts first."""
    codes = answer.get("error_codes")
    found = [code for code in codes if isinstance(code, int)] if isinstance(codes, list) else []
    described = _NUMBER.findall(str(answer.get("error_description", "")))
    return tuple(dict.fromkeys([*found, *(int(number) for number in described)]))


def refused(
    answer: Mapping[str, Any], person: Person | None, settings: Settings, scopes: Iterable[str]
) -> SignInTrouble:
    """Explain a refusal of the sign-in service; `person` is None where it concerns everybody.

    `scopes` are those that a missing consent is blamed on.
    """
    numbers = numbers_of(answer)
    error = str(answer.get("error", ""))
    reason = next((BY_NUMBER[number] for number in numbers if number in BY_NUMBER), BY_ERROR.get(error))
    code = (
        f"AADSTS{numbers[0]}"
        if numbers
        else scrubbed(error, settings)[:LONGEST_DESCRIPTION] or "no reason given"
    )
    whose = f"{person} ({person.address}) can't sign in" if person else "nobody can sign in"
    if reason is None:
        described = _first_sentence(scrubbed(str(answer.get("error_description", "")), settings))
        what = f"{whose}: {code}{f', {described}' if described else ''}"
        mend = f"Look the code up and check [auth] in {settings.file}"
        return SignInTrouble(what.rstrip("."), mend, numbers[0] if numbers else 0)
    words = {
        "key": person.key if person else "…",
        "file": settings.file,
        "address": person.address if person else "",
        "authority": settings.auth.authority,
        "client": settings.auth.client_id,
        "scopes": ", ".join(scopes),
    }
    what = f"{whose}: {reason.what.format(**words)} ({code})"
    return SignInTrouble(what, reason.mend.format(**words), numbers[0] if numbers else 0)


def _first_sentence(description: str) -> str:
    told = _TRACES.sub("", _NUMBER.sub("", description, count=1).lstrip(": "))
    return _SENTENCE_END.split(" ".join(told.split()), maxsplit=1)[0][:LONGEST_DESCRIPTION]


def scrubbed(text: str, settings: Settings) -> str:
    """Take out of a foreign text whatever is secret or can't be printed; before it is cut anywhere."""
    for account in settings.people.values():
        for secret in (account.password, account.token):
            if secret is not None and secret.reveal():
                text = text.replace(secret.reveal(), MASK)
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return _TOKENS.sub(MASK, printable)
