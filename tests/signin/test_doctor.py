"""The doctor finds what a target lacks, by reading only."""

from __future__ import annotations

import email.utils
import json
import time
from typing import TYPE_CHECKING, Any

import pytest
import trustme
from signin_world import KEYS, Place

from graphcal import doctor
from graphcal.emulator import Emulator, Role, serve
from graphcal.emulator.settings import BOTH, DELIVERY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from graphcal.doctor import Check
    from graphcal.emulator.state import Tenant
    from graphcal.targets.settings import Settings

ME = {
    "id": "1",
    "mail": "AlexW@contoso.com",
    "userPrincipalName": "AlexW@contoso.com",
    "displayName": "Alex Wilber",
}


def examined(place: Place, settings: Settings | None = None) -> dict[str, Check]:
    """Return the checks by name."""
    chosen = settings or place.settings()
    sign_in = place.open(chosen)
    checks = doctor.examine(chosen, sign_in, place.wire)
    assert len({check.name for check in checks}) == len(checks)
    return {check.name: check for check in checks}


def ailing(checks: dict[str, Check]) -> list[str]:
    """Return the names of what needs mending; each has a mend."""
    found = [check for check in checks.values() if check.needs_mending]
    assert all(check.mend for check in found)
    assert doctor.exit_code(list(checks.values())) == (3 if found else 0)
    return [check.name for check in found]


def at(folder: Path, set_up: Callable[[Tenant], None], **options: Any) -> dict[str, Check]:
    """Examine an emulator whose tenant was changed first."""
    place_folder = folder / "target"
    place_folder.mkdir()
    emulator = Emulator(keys=KEYS)
    set_up(emulator.tenant)
    with serve(emulator) as server:
        place = Place(server, place_folder)
        return examined(place, place.settings(**options))


def test_healthy_target_needs_nothing(place: Place) -> None:
    """Everything holds; who is not in the file is a note; nothing but GET reaches Graph."""
    checks = examined(place)
    assert ailing(checks) == []
    assert [name for name, check in checks.items() if check.holds is None] == ["Megan", "Diego"]
    assert {method for method, path, _ in place.wire.sent if path.startswith("/v1.0")} == {"GET"}
    printed = doctor.lines(list(checks.values()))
    assert printed[0].startswith("✓ The service answers: localhost:")
    assert "· Megan: is not in the file; scenarios that need Megan are unmet" in printed
    assert printed[-1] == f"{len(checks) - 2} of {len(checks)} checks hold, nothing needs mending"


def test_missing_delegation_is_found(tmp_path: Path) -> None:
    """Without the entry there is no copy either."""

    def nothing_shared(tenant: Tenant) -> None:
        calendar = tenant.mailbox("alex").default_calendar
        calendar.permissions = [one for one in calendar.permissions if not one.removable]
        copies = tenant.mailbox("adele").calendars
        for copy in [one for one in copies.values() if one.source is not None]:
            del copies[copy.id]

    checks = at(tmp_path, nothing_shared)
    assert ailing(checks) == ["Alex has delegated to Adele", "Adele has Alex's calendar"]
    assert "as delegate" in checks["Alex has delegated to Adele"].mend
    assert 'setup = "api"' in checks["Alex has delegated to Adele"].mend
    assert "accepts Alex's sharing invitation in Outlook" in checks["Adele has Alex's calendar"].mend


def test_role_of_a_reader_is_not_enough(tmp_path: Path) -> None:
    """A sharee who reads is no delegate, and can't edit."""

    def only_read(tenant: Tenant) -> None:
        calendar = tenant.mailbox("alex").default_calendar
        calendar.permissions = [one for one in calendar.permissions if not one.removable]
        tenant.share(calendar, tenant.mailbox("adele").owner.email, Role.READ)

    checks = at(tmp_path, only_read)
    assert ailing(checks) == ["Alex has delegated to Adele", "Adele has Alex's calendar"]
    assert "Adele's role is read" in checks["Alex has delegated to Adele"].detail
    assert "canEdit is not true" in checks["Adele has Alex's calendar"].detail


def test_wrong_delivery_option_is_found(tmp_path: Path) -> None:
    """Responses would reach Alex too."""
    checks = at(tmp_path, lambda tenant: tenant.mailbox("alex").settings.update({DELIVERY: BOTH}))
    assert ailing(checks) == ["Meeting messages go to Adele"]
    assert "sendToDelegateAndPrincipal" in checks["Meeting messages go to Adele"].detail
    assert "My delegates only" in checks["Meeting messages go to Adele"].mend


def test_what_the_run_arranges_is_a_note(tmp_path: Path) -> None:
    """With setup = "api" a wrong option is no obstacle."""
    checks = at(
        tmp_path,
        lambda tenant: tenant.mailbox("alex").settings.update({DELIVERY: BOTH}),
        target='setup = "api"',
    )
    assert ailing(checks) == []
    assert "the run changes that" in checks["Meeting messages go to Adele"].detail


def test_wrong_password_is_found_and_the_others_are_examined(place: Place) -> None:
    """One person who can't sign in does not hide what the others lack."""
    checks = examined(place, place.settings(environ={"ALEX_PASSWORD": "wrong"}))
    assert ailing(checks) == ["Alex signs in"]
    assert "the password is wrong" in checks["Alex signs in"].detail
    assert "people.alex.password" in checks["Alex signs in"].mend
    assert checks["Adele has Alex's calendar"].holds


def test_missing_scope_is_found(place: Place) -> None:
    """Ready-made tokens with too little in them are told by their claims, and by what Graph refuses."""
    tokens = {
        f"{key.upper()}_TOKEN": _token(place, key, "User.Read Mail.Read") for key in place.server.people
    }
    checks = examined(place, place.settings("token", environ=tokens))
    assert "Alex's token has the scopes" in ailing(checks)
    detail = checks["Alex's token has the scopes"].detail
    assert "Calendars.ReadWrite.Shared" in detail
    assert "Mail.Read," not in detail
    assert "administrator consent" in checks["Alex's token has the scopes"].mend
    assert checks["Alex has delegated to Adele"].holds is None
    assert "answers 403" in checks["Alex has delegated to Adele"].detail


def _token(place: Place, key: str, scopes: str) -> str:
    person = place.server.emulator.tenant.mailbox(key).owner
    known = {"aud": "https://graph.microsoft.com", "tid": "98a79ebe-74bf-4e07-a017-7b410848cb32"}
    return KEYS.sign({**known, "oid": person.oid, "scp": scopes, "exp": int(time.time()) + 3600})


def test_somebody_else_s_token_is_found(place: Place) -> None:
    """The address in the file is not the one that /me tells."""
    everything = "User.Read Calendars.ReadWrite Calendars.ReadWrite.Shared Mail.ReadWrite Mail.Read.Shared MailboxSettings.Read"
    tokens = {f"{key.upper()}_TOKEN": _token(place, key, everything) for key in place.server.people}
    tokens["ALEX_TOKEN"] = tokens["CHRISTIE_TOKEN"]
    checks = examined(place, place.settings("token", environ=tokens))
    assert "Alex is the file's Alex" in ailing(checks)
    detail = checks["Alex is the file's Alex"].detail
    assert detail == "the token is ChristieC@contoso.com's, the file says AlexW@contoso.com"
    assert "people.alex.address" in checks["Alex is the file's Alex"].mend


def test_opaque_token_is_a_note(place: Place) -> None:
    """Its scopes can't be told, which is no fault; that the service refuses it is one."""
    checks = examined(place, place.settings("token"))
    scopes = checks["Alex's token has the scopes"]
    assert (scopes.holds, scopes.needs_mending) == (None, False)
    assert checks["Alex is the file's Alex"].holds is False
    assert "token was refused" in checks["Alex is the file's Alex"].detail


def test_wrong_ca_is_found(place: Place, tmp_path: Path) -> None:
    """Another authority's certificate is not believed, by sign-in neither; each says so once."""
    trustme.CA().cert_pem.write_to_path(str(tmp_path / "other.pem"))
    checks = examined(place, place.settings(ca_bundle=f'ca_bundle = "{tmp_path / "other.pem"}"'))
    assert ailing(checks)[:2] == ["The service answers", "Alex signs in"]
    assert "other.pem" in checks["The service answers"].detail
    assert "target.ca_bundle" in checks["The service answers"].mend


def test_service_that_is_down_is_found(place: Place) -> None:
    """No traceback: no answer is a result, and signing in is examined all the same."""
    checks = examined(place, place.settings(base_url="https://localhost:1/v1.0"))
    assert ailing(checks) == ["The service answers"]
    assert "no answer from localhost:1 (ConnectionError)" in checks["The service answers"].detail
    assert checks["Alex signs in"].holds
    assert "Alex has delegated to Adele" not in checks


def test_reading_target_is_a_note(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Off loopback nothing is written unless the file says so, and fewer scopes suffice."""
    monkeypatch.setattr("graphcal.targets.settings.is_loopback", lambda _url: False)
    checks = examined(place)
    assert ailing(checks) == []
    assert "target.writes = true allows the others" in checks["The run may write"].detail
    assert "Calendars.Read" in checks["Alex's token has the scopes"].detail.split(", ")


@pytest.mark.parametrize(
    ("ahead", "holds", "part"),
    [(0, True, "within 5"), (-60, True, "differ"), (400, False, "seconds behind"), (-400, False, "ahead of")],
)
def test_clocks_are_compared(place: Place, ahead: int, holds: bool, part: str) -> None:
    """Five minutes of difference break signing in; some seconds are worth a word."""
    date = email.utils.formatdate(time.time() + ahead, usegmt=True)
    place.wire.answers["/v1.0/me"] = (401, "", {"Date": date})
    check = examined(place)["The clocks agree"]
    assert check.holds is holds
    assert part in check.detail


@pytest.mark.parametrize(
    ("path", "answer", "name", "part"),
    [
        ("/v1.0/me", (302, "", {"Location": "https://elsewhere.example/"}), "The service answers", "redirects"),
        ("/v1.0/me", (404, "", {}), "The service answers", "answers 404"),
        ("/v1.0/me", (503, "", {}), "The service answers", "answers 503"),
        ("/v1.0/me", (200, "<html>", {}), "Alex is the file's Alex", "no JSON object"),
        ("/v1.0/me", (200, "[]", {}), "Alex is the file's Alex", "no JSON object"),
        ("/v1.0/me", (200, "{}", {}), "Alex is the file's Alex", "nobody known"),
        ("/calendarPermissions", (200, "{}", {}), "Alex has delegated to Adele", "no collection"),
        ("/calendarPermissions", (200, '{"value": [1, {}, {"emailAddress": 1}]}', {}), "Alex has delegated to Adele", "no entry"),
        ("/calendars", (200, '{"value": [], "@odata.nextLink": "https://evil.example/"}', {}), "Adele has Alex's calendar", "lies outside"),
        ("/calendars", (429, "", {}), "Adele has Alex's calendar", "answers 429"),
        ("/mailboxSettings", (403, "", {}), "Meeting messages go to Adele", "answers 403"),
        ("/mailboxSettings", (200, "{}", {}), "Meeting messages go to Adele", "is None"),
    ],
)  # fmt: skip
def test_odd_answers_are_results(place: Place, path: str, answer: Any, name: str, part: str) -> None:
    """Whatever the service answers, the doctor says it, with a mend."""
    place.wire.answers[path] = answer
    checks = examined(place)
    assert name in ailing(checks)
    assert part in checks[name].detail


def test_collections_are_read_to_their_end(place: Place) -> None:
    """Adele's copy may stand on the second page."""
    more = f"{place.server.base_url}/me/second"
    place.wire.answers["/me/calendars"] = (200, json.dumps({"value": [], "@odata.nextLink": more}), {})
    copy = {"owner": {"address": "alexw@CONTOSO.com"}, "canEdit": True}
    place.wire.answers["/me/second"] = (200, json.dumps({"value": [copy]}), {})
    assert examined(place)["Adele has Alex's calendar"].holds


def test_wrong_id_is_found(place: Place) -> None:
    """An id in the file that is not the directory's would make wrong paths."""
    place.wire.answers["/v1.0/me"] = (200, json.dumps(ME), {})
    path = place.write()
    path.write_text(
        path.read_text(encoding="utf-8").replace("[people.alex]", '[people.alex]\nid = "2"'), encoding="utf-8"
    )
    from graphcal.targets.settings import read_settings  # noqa: PLC0415 - this test reads by itself

    environ = {f"{key.upper()}_PASSWORD": one.password for key, one in place.server.people.items()}
    check = examined(place, read_settings(path, environ))["Alex is the file's Alex"]
    assert check.holds is False
    assert "people.alex.id" in check.mend


def test_tokens_show_in_no_line(place: Place) -> None:
    """What is printed names people and places only."""
    checks = examined(place)
    printed = "\n".join(doctor.lines(list(checks.values()))) + repr(checks)
    tokens = {token for token in place.wire.tokens if token}
    assert len(tokens) == 3
    assert [token for token in tokens if token in printed] == []
