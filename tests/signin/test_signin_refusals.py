"""Every refusal is a sentence with its mend, and nothing secret shows anywhere."""

from __future__ import annotations

import json
import logging
import traceback
import webbrowser
from typing import TYPE_CHECKING, Any

import pytest
import requests
from signin_world import Browser, Place

from graphcal.outcomes import Trouble
from graphcal.signin.refusals import SignInTrouble, refused

if TYPE_CHECKING:
    from graphcal.targets.settings import Settings

TOKEN_PATH = "/oauth2/v2.0/token"  # noqa: S105 - a path
PLANTED = "Planted-Password-4711!"


def trouble_of(place: Place, settings: Settings, **options: Any) -> SignInTrouble:
    """Return what keeps Alex from signing in."""
    with pytest.raises(SignInTrouble) as caught:
        place.open(settings, **options).token(settings.people["alex"].person)
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)
    assert PLANTED not in str(caught.value)
    return caught.value


def said(number: int, description: str = "Something. Else.", error: str = "invalid_grant") -> Any:
    """Return an answer of the token endpoint as Entra writes it."""
    told = (
        f"AADSTS{number}: {description} Trace ID: 1a-2b Correlation ID: 3c-4d Timestamp: 2026-01-02 03:04:05Z"
    )
    return 400, json.dumps({"error": error, "error_description": told, "error_codes": [number]}), {}


def test_wrong_password(place: Place) -> None:
    """The sentence says whose, and which line of the file."""
    told = trouble_of(place, place.settings(environ={"ALEX_PASSWORD": PLANTED}))
    assert told.what == "Alex (AlexW@contoso.com) can't sign in: the password is wrong (AADSTS50126)"
    assert told.mend == f"Correct what people.alex.password in {place.folder / 'target.toml'} stands for"


def test_mended_password_helps_at_once(place: Place) -> None:
    """MSAL would repeat a refusal for a minute; a second factor that is gone is noticed at once."""
    settings = place.settings()
    sign_in = place.open(settings)
    alex = settings.people["alex"].person
    factors = place.server.emulator.sign_in.accounts.second_factor
    factors.add(place.server.emulator.tenant.mailbox("alex").owner.oid)
    with pytest.raises(Trouble, match="AADSTS50076"):
        sign_in.token(alex)
    factors.clear()
    assert sign_in.token(alex)


def test_unknown_user(place: Place) -> None:
    """An address that the directory does not have."""
    told = trouble_of(place, place.settings(alex="Nobody@contoso.com"))
    assert "the directory has no account Nobody@contoso.com (AADSTS50034)" in told.what
    assert "people.alex.address" in told.mend


def test_unknown_tenant(place: Place) -> None:
    """The authority's end is wrong: nobody can sign in."""
    told = trouble_of(place, place.settings(authority=f"{place.server.origin}/nowhere.example"))
    assert told.what.startswith("nobody can sign in: the sign-in service knows no tenant https://localhost")
    assert "auth.authority" in told.mend


def test_unknown_client(place: Place) -> None:
    """The application is not registered."""
    told = trouble_of(place, place.settings(client_id="0000-1"))
    assert "the tenant knows no application 0000-1 (AADSTS700016)" in told.what
    assert "auth.client_id" in told.mend


def test_second_factor_needs_the_device_code(place: Place) -> None:
    """A password alone can't do it; another method can."""
    oid = place.server.emulator.tenant.mailbox("alex").owner.oid
    place.server.emulator.sign_in.accounts.second_factor.add(oid)
    told = trouble_of(place, place.settings())
    assert "a second factor is needed" in told.what
    assert 'auth.method = "device_code"' in told.mend


@pytest.mark.parametrize("method", ["username_password", "device_code"])
def test_missing_consent_names_the_scope(place: Place, method: str) -> None:
    """Of all scopes that were asked for, the one without consent is named, and how to consent."""
    place.server.emulator.sign_in.accounts.unconsented.update({"Mail.ReadWrite", "User.Read"})
    told = trouble_of(place, place.settings(method))
    assert "nobody has consented to Mail.ReadWrite, User.Read for the application" in told.what
    assert "Grant admin consent" in told.mend


def test_missing_consent_to_one_scope_is_not_searched_for(place: Place) -> None:
    """Where one scope was asked for, it is that one."""
    place.server.emulator.sign_in.accounts.unconsented.add("Mail.Read")
    settings = place.settings()
    with pytest.raises(Trouble, match=r"consented to Mail\.Read for"):
        place.open(settings).token(settings.people["alex"].person, ("Mail.Read",))
    assert place.wire.grants == ["password"]


@pytest.mark.parametrize(
    ("answer", "what", "mend"),
    [
        (said(7000218, error="invalid_client"), "without a secret of its own (AADSTS7000218)", "Allow public client flows"),
        ((400, '{"error": "unsupported_grant_type"}', {}), "this way to sign in", "Allow public client flows"),
        (said(50079), "a second factor", "device_code"),
        (said(53003), "conditional access", "exempt"),
        (said(50053), "locked", "Wait"),
        (said(123456, "Odd thing. More."), "AADSTS123456, Odd thing", "Look the code up"),
        (said(123456, f"User {PLANTED} is odd"), "AADSTS123456, User *** is odd", "Look the code up"),
        (said(123456, "Bad eyJhbGciOi.eyJzdWIi.sig"), "Bad ***", "Look"),
        ((400, '{"error": "weird\\u001b[2J"}', {}), "weird", "Look"),
        ((400, "{}", {}), "no reason given", "Look"),
        ((503, "", {}), "answers 503", "Run again later"),
        ((429, "", {"Retry-After": "1"}), "answers 429", "Run again later"),
        ((302, "", {"Location": "https://elsewhere.example/"}), "redirects instead of answering", "no other address"),
        ((200, "<html>proxy</html>", {}), "none of a sign-in service", "a proxy between"),
        ((200, "[]", {}), "none of a sign-in service", "auth.authority"),
    ],
    ids=[
        "public client", "grant type", "50079", "53003", "50053", "other", "echo", "jwt", "control", "empty",
        "503", "429", "redirect", "html", "array",
    ],
)  # fmt: skip
def test_answers_of_the_service_are_explained(place: Place, answer: Any, what: str, mend: str) -> None:
    """Whatever comes instead of a token, the sentence says what it means and what to do."""
    place.wire.answers[TOKEN_PATH] = answer
    told = trouble_of(place, place.settings(environ={"ALEX_PASSWORD": PLANTED}))
    assert what in told.what
    assert mend in told.mend
    for trace in ("Trace", "Correlation", "Timestamp", "\x1b"):
        assert trace not in str(told)


@pytest.mark.parametrize(
    ("method", "endpoint"),
    [("username_password", "token_endpoint"), ("device_code", "device_authorization_endpoint")],
)
def test_nothing_goes_out_in_the_clear(place: Place, method: str, endpoint: str) -> None:
    """A service that points to http:// gets neither a password nor the request for a code."""
    address = f"{place.server.authority}/v2.0/.well-known/openid-configuration"
    found = requests.get(address, verify=str(place.server.ca_file), timeout=10).json()
    found[endpoint] = found[endpoint].replace("https://", "http://")
    place.wire.answers["openid-configuration"] = (200, json.dumps(found), {})
    trouble_of(place, place.settings(method, environ={"ALEX_PASSWORD": PLANTED}))
    assert [verb for verb, _, _ in place.wire.sent if verb == "POST"] == []


def test_untrusted_certificate_names_the_bundle(place: Place) -> None:
    """TLS fails without the emulator's CA; the environment's own CA variables make no difference."""
    told = trouble_of(place, place.settings(ca_bundle=""))
    assert "the certificate of localhost" in told.what
    assert "Set target.ca_bundle in" in told.mend


def test_environment_does_not_weaken_tls(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """REQUESTS_CA_BUNDLE beats what requests is told, unless the environment is left out."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(place.server.ca_file))
    assert "certificate" in trouble_of(place, place.settings(ca_bundle="")).what


def test_nobody_at_the_authority(place: Place) -> None:
    """A closed port is no answer."""
    told = trouble_of(place, place.settings(authority="https://localhost:1/contoso"))
    assert told.what == "nobody can sign in: no answer from localhost:1 (ConnectionError)"
    assert "auth.authority" in told.mend


@pytest.mark.parametrize(
    ("number", "error", "what"),
    [
        (70020, "expired_token", "the device code has expired"),
        (70018, "authorization_declined", "the sign-in was declined"),
    ],
)
def test_device_code_that_comes_to_nothing(place: Place, number: int, error: str, what: str) -> None:
    """Expired and declined codes are told apart; a new one helps."""
    place.wire.answers[TOKEN_PATH] = said(number, error=error)
    told = trouble_of(place, place.settings("device_code"))
    assert f"{what} (AADSTS{number})" in told.what
    assert told.mend == "Run again and enter the new code before it expires"


def test_device_code_is_not_waited_for_forever(place: Place) -> None:
    """The patience of the run ends the wait."""
    told = trouble_of(place, place.settings("device_code"), patience=0)
    assert "nobody entered the device code in time" in told.what


def test_locked_cache_says_which_file_to_delete(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock left by a killed run does not keep its cause to itself."""
    import msal_extensions.token_cache  # type: ignore[import-untyped] # noqa: PLC0415 - others need it not

    class Locked:
        def __init__(self, *_: object) -> None:
            raise msal_extensions.token_cache.LockError("locked")

    monkeypatch.setattr(msal_extensions.token_cache, "CrossPlatLock", Locked)
    assert "delete the .lockfile" in trouble_of(place, place.settings()).mend


def test_every_reason_can_be_worded(place: Place) -> None:
    """No entry of the table names a word that is not there."""
    from graphcal.signin.refusals import BY_ERROR, BY_NUMBER  # noqa: PLC0415 - this test alone needs them

    settings = place.settings()
    alex = settings.people["alex"].person
    answers: list[dict[str, Any]] = [{"error_codes": [number]} for number in BY_NUMBER]
    answers += [{"error": error} for error in BY_ERROR]
    told = [refused(answer, alex, settings, ("Mail.Read",)) for answer in answers]
    assert [str(one) for one in told if "{" in str(one) or not one.mend] == []


def _locals(error: BaseException) -> str:
    """Return every local variable that the package's frames hold when an error escapes."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    return "\n".join(repr(frame.f_locals) for frame in frames if "signin_" not in frame.f_code.co_filename)


def _everything(place: Place, caplog: pytest.LogCaptureFixture) -> str:
    """Return what was said, logged, and written to files other than the cache's and the target's."""
    files = [one for one in place.folder.parent.rglob("*") if one.is_file() and one.suffix != ".bin"]
    written = "".join(one.name + one.read_text(encoding="utf-8", errors="replace") for one in files)
    logged = "\n".join(logging.Formatter().format(record) for record in caplog.records)
    return "\n".join((*place.said, logged, written))


@pytest.mark.parametrize("method", ["username_password", "interactive"])
def test_success_leaks_nothing(
    place: Place, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    """Passwords, codes and tokens are in no log at DEBUG, no message, no repr, no other file."""
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(webbrowser, "open", Browser(place, "alex"))
    oid = place.server.emulator.tenant.mailbox("alex").owner.oid
    place.server.emulator.sign_in.accounts.passwords[oid] = PLANTED
    settings = place.settings(method, environ={"ALEX_PASSWORD": PLANTED})
    sign_in = place.open(settings, environ={"DISPLAY": ":0"}, patience=20)
    alex = settings.people["alex"].person
    secrets = {PLANTED, sign_in.token(alex), sign_in.renewed(alex)}
    for _, _, form in place.wire.sent:
        secrets |= {form[name] for name in ("code", "code_verifier", "refresh_token") if name in form}
    shown = _everything(place, caplog) + repr(sign_in) + repr(vars(sign_in)) + repr(settings)
    assert [secret for secret in secrets if secret in shown] == []
    assert len(secrets) >= 4
    [kept] = (place.folder.parent / "target-cache" / "tokens").glob("*.bin")
    assert PLANTED not in kept.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "answer",
    [
        said(50126),
        said(1, f"{PLANTED} is wrong"),
        (200, f'{{"access_token": "{PLANTED}"', {}),
        (500, PLANTED, {}),
        (200, json.dumps({"access_token": PLANTED, "expires_in": "soon"}), {}),
    ],
    ids=["refused", "echoed", "broken", "500", "no number"],
)
def test_failure_leaks_nothing(place: Place, caplog: pytest.LogCaptureFixture, answer: Any) -> None:
    """Neither the trouble nor a traceback with all local variables shows the password, however the service fails."""
    caplog.set_level(logging.DEBUG)
    place.wire.answers[TOKEN_PATH] = answer
    settings = place.settings(environ={"ALEX_PASSWORD": PLANTED})
    with pytest.raises(Trouble) as caught:
        place.open(settings).token(settings.people["alex"].person)
    error = caught.value
    shown = "".join(traceback.format_exception(error)) + repr(error) + repr(vars(error)) + _locals(error)
    assert PLANTED not in shown + _everything(place, caplog)
    assert (error.__cause__, error.__context__) == (None, None)


def test_wrong_person_s_token_is_not_in_the_traceback(place: Place) -> None:
    """The token that came for somebody else is gone when the trouble is raised."""
    place.server.emulator.sign_in.accounts.auto_approve = "diego"
    settings = place.settings("device_code")
    with pytest.raises(Trouble) as caught:
        place.open(settings).token(settings.people["alex"].person)
    assert "eyJ" not in _locals(caught.value)


def test_password_is_taken_out_before_the_text_is_cut(place: Place) -> None:
    """A password that holds the end of a sentence leaves no half of itself behind."""
    place.wire.answers[TOKEN_PATH] = said(1, "Password Half. Other is wrong")
    told = trouble_of(place, place.settings(environ={"ALEX_PASSWORD": "Half. Other"}))
    assert "AADSTS1, Password *** is wrong" in told.what


def test_wrong_password_is_tried_once(place: Place) -> None:
    """Forty scenarios do not lock the account: the refusal is remembered, for this person only."""
    settings = place.settings(environ={"ALEX_PASSWORD": PLANTED})
    sign_in = place.open(settings)
    for scopes in ((), (), ("Mail.Read",)):
        with pytest.raises(Trouble, match="the password is wrong"):
            sign_in.token(settings.people["alex"].person, scopes)
    assert place.wire.grants == ["password"]
    assert sign_in.token(settings.people["adele"].person)


def test_nobody_is_asked_twice_in_a_run(place: Place) -> None:
    """Who did not enter the code is not waited for again with every scenario."""
    settings = place.settings("device_code")
    sign_in = place.open(settings, patience=0)
    for scopes in ((), ("Mail.Read",)):
        with pytest.raises(Trouble, match="nobody entered the device code in time"):
            sign_in.token(settings.people["alex"].person, scopes)
    assert len([one for one in place.said if "enter the code" in one]) == 1


def test_network_trouble_is_tried_again(place: Place) -> None:
    """A service that is back gives the token."""
    settings = place.settings()
    sign_in = place.open(settings)
    place.wire.answers[TOKEN_PATH] = (503, "", {})
    with pytest.raises(Trouble, match="answers 503"):
        sign_in.token(settings.people["alex"].person)
    place.wire.answers.clear()
    assert sign_in.token(settings.people["alex"].person)
