"""Every way to sign in, against the reference emulator over TLS."""

from __future__ import annotations

import re
import stat
import sys
import threading
import time
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msal
import pytest
import requests
from signin_world import KEYS, Browser, Place

from graphcal.emulator import Emulator, serve
from graphcal.outcomes import Trouble, Unmet, UsageError
from graphcal.people import Person
from graphcal.signin import open_sign_in
from graphcal.signin.scopes import FOR_READING, FOR_WRITING, covers, scopes_of, suite_scopes

if TYPE_CHECKING:
    from graphcal.signin import SignIn
    from graphcal.targets.settings import Settings

DISPLAY = {"DISPLAY": ":0"}


def person(settings: Settings, key: str = "alex") -> Person:
    """Return a person of the file."""
    return settings.people[key].person


def upn(token: str, place: Place) -> str:
    """Ask the service whose token it is."""
    answer = requests.get(
        f"{place.server.base_url}/me",
        headers={"Authorization": f"Bearer {token}"},
        verify=str(place.server.ca_file),
        timeout=10,
    )
    found: str = answer.json()["mail"]
    return found


def test_password_signs_in_and_memory_serves_the_second_call(place: Place) -> None:
    """One grant, however often a token is asked for; without scopes it is good for the whole suite."""
    settings = place.settings()
    sign_in = place.open(settings)
    token = sign_in.token(person(settings))
    assert sign_in.token(person(settings), ()) == token
    assert upn(token, place) == "AlexW@contoso.com"
    assert sign_in.scopes_granted(person(settings)) == tuple(sorted(FOR_WRITING))
    assert place.wire.grants == ["password"]
    sign_in.close()


def test_user_realm_is_asked_at_the_authority_s_port(place: Place) -> None:
    """MSAL drops the port; the question arrives at the emulator all the same."""
    known = msal.authority.Authority._domains_without_user_realm_discovery  # noqa: SLF001 - kept by the process
    known.discard("localhost")
    settings = place.settings()
    place.open(settings).token(person(settings))
    assert ("GET", "/common/userrealm/AlexW@contoso.com", {}) in place.wire.sent


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


def test_public_authority_is_asked_as_msal_asks_it(place: Place) -> None:
    """With Entra's own host name instance discovery stays as MSAL does it, and tokens are kept and found."""
    settings = place.settings(authority="https://login.microsoftonline.com/contoso.onmicrosoft.com")

    def routed() -> requests.Session:
        session = place.wire()
        session.mount("https://login.microsoftonline.com/", Route(place.server.port))
        return session

    def sign_in() -> SignIn:
        folder = place.folder.parent / "public-cache"
        return open_sign_in(settings, session_factory=routed, say=place.said.append, cache_folder=folder)

    token = sign_in().token(person(settings))
    assert ("GET", "/common/discovery/instance", {}) in place.wire.sent
    assert sign_in().token(person(settings)) == token
    assert place.wire.grants == ["password"]


def test_fewer_scopes_are_asked_for_exactly(place: Place) -> None:
    """A token for some scopes has these and no others, though a wider one is kept; it is asked for once."""
    settings = place.settings()
    sign_in = place.open(settings)
    sign_in.token(person(settings))
    narrow = sign_in.token(person(settings), ("Mail.Read",))
    assert scopes_of(narrow) == ("Mail.Read",)
    assert sign_in.scopes_granted(person(settings), ("Mail.Read",)) == ("Mail.Read",)
    assert sign_in.narrows(person(settings))
    assert place.wire.grants == ["password", "refresh_token"]


def test_second_instance_needs_no_password(place: Place) -> None:
    """Tokens are kept: a later run sends nothing but the discovery, even with a wrong password."""
    settings = place.settings()
    first = place.open(settings).token(person(settings))
    place.wire.sent.clear()
    again = place.settings(environ={"ALEX_PASSWORD": "wrong by now"})
    assert place.open(again).token(person(again)) == first
    assert [path.rpartition("/")[2] for _, path, _ in place.wire.sent] == ["openid-configuration"]


def test_people_in_one_cache_are_told_apart(place: Place) -> None:
    """Whoever is asked for first, each gets a token of one's own, also from the cache."""
    settings = place.settings()
    place.open(settings).token(person(settings, "adele"))
    sign_in = place.open(settings)
    wanted = ("alex", "christie", "adele")
    tokens = [sign_in.token(person(settings, key)) for key in wanted]
    assert [upn(token, place) for token in tokens] == [settings.people[key].person.address for key in wanted]
    assert place.wire.grants == ["password"] * 3


def test_threads_sign_a_person_in_once(place: Place) -> None:
    """Many threads that want one person's token share one sign-in."""
    settings = place.settings()
    sign_in = place.open(settings)
    threads = [threading.Thread(target=sign_in.token, args=(person(settings),)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert place.wire.grants == ["password"]


def test_somebody_who_is_not_in_the_file_is_unmet(place: Place) -> None:
    """There is nothing to sign in with."""
    with pytest.raises(Unmet, match=r"Diego is not in .*target.toml"):
        place.open().token(Person("diego", "Diego", "DiegoS@contoso.com"))


def test_short_token_is_renewed_silently(tmp_path: Path) -> None:
    """Past half of a short life the token is renewed, without the password."""
    folder = tmp_path / "target"
    folder.mkdir()
    with serve(Emulator(keys=KEYS, token_seconds=2)) as server:
        place = Place(server, folder)
        settings = place.settings()
        sign_in = place.open(settings)
        first = sign_in.token(person(settings))
        assert sign_in.token(person(settings)) == first
        time.sleep(1.1)
        second = sign_in.token(person(settings))
    assert second != first
    assert place.wire.grants == ["password", "refresh_token"]


def test_refused_token_is_renewed(place: Place) -> None:
    """After a 401 a new token comes by refresh, and stays the one that is given."""
    settings = place.settings()
    sign_in = place.open(settings)
    first = sign_in.token(person(settings))
    second = sign_in.renewed(person(settings))
    assert second != first
    assert sign_in.token(person(settings)) == second
    assert place.wire.grants == ["password", "refresh_token"]


def test_password_is_used_again_where_the_refresh_fails(place: Place) -> None:
    """A revoked refresh token costs one more request, not the run."""
    settings = place.settings()
    sign_in = place.open(settings)
    sign_in.token(person(settings))
    place.server.emulator.sign_in.accounts.grants.clear()
    assert upn(sign_in.renewed(person(settings)), place) == "AlexW@contoso.com"
    assert place.wire.grants == ["password", "refresh_token", "password"]


def test_device_code_is_said_once(place: Place) -> None:
    """Whoever has to sign in is named, with page and code; the token is that person's."""
    place.server.emulator.sign_in.accounts.auto_approve = "alex"
    settings = place.settings("device_code")
    sign_in = place.open(settings)
    assert upn(sign_in.token(person(settings)), place) == "AlexW@contoso.com"
    said = [one for one in place.said if "enter the code" in one]
    assert len(said) == 1
    assert said[0].startswith("Alex Wilber (AlexW@contoso.com): To sign in, open the page https://")
    assert sign_in.token(person(settings)) == place.open(settings).token(person(settings))
    assert len([one for one in place.said if "enter the code" in one]) == 1


def test_device_code_is_asked_for_once_whatever_the_scopes(place: Place) -> None:
    """A first request for one scope signs the person in for the whole run; its token is narrow all the same."""
    place.server.emulator.sign_in.accounts.auto_approve = "alex"
    settings = place.settings("device_code")
    sign_in = place.open(settings)
    narrow = [sign_in.token(person(settings), (scope,)) for scope in ("Calendars.Read", "Mail.Read")]
    assert [scopes_of(token) for token in narrow] == [("Calendars.Read",), ("Mail.Read",)]
    assert sign_in.scopes_granted(person(settings)) == tuple(sorted({*FOR_WRITING, "Calendars.Read"}))
    assert len([one for one in place.said if "enter the code" in one]) == 1


def test_device_code_is_not_asked_for_in_mid_run(place: Place) -> None:
    """A token that can't be renewed silently is a trouble: nobody may be watching."""
    place.server.emulator.sign_in.accounts.auto_approve = "alex"
    settings = place.settings("device_code")
    sign_in = place.open(settings)
    sign_in.token(person(settings))
    place.server.emulator.sign_in.accounts.grants.clear()
    with pytest.raises(Trouble, match=r"Alex .* can't sign in: AADSTS70000, The provided refresh token"):
        sign_in.renewed(person(settings))
    with pytest.raises(Trouble, match="nothing is kept to renew it with"):
        sign_in.renewed(person(settings, "adele"))


def test_somebody_else_s_sign_in_is_refused(place: Place) -> None:
    """If Adele enters Alex's code, her token is not used for him; a stranger's is forgotten altogether."""
    accounts = place.server.emulator.sign_in.accounts
    settings = place.settings("device_code")
    sign_in = place.open(settings)
    accounts.auto_approve = "adele"
    with pytest.raises(
        Trouble, match=r"Alex \(AlexW@contoso.com\) was to sign in, but AdeleV@contoso.com did"
    ):
        sign_in.token(person(settings))
    assert upn(sign_in.token(person(settings, "adele")), place) == "AdeleV@contoso.com"
    accounts.auto_approve = "diego"
    with pytest.raises(Trouble, match=r"but DiegoS@contoso.com did"):
        place.open(settings).token(person(settings))
    [kept] = (place.folder.parent / "target-cache" / "tokens").glob("*.bin")
    assert "DiegoS" not in kept.read_text(encoding="utf-8")


def test_sign_in_name_may_differ_from_the_address_where_the_id_is_given(place: Place) -> None:
    """The directory's id tells who it was, now and from the cache."""
    oid = "64339082-ed84-4b0b-b4ab-004ae54f3747"
    place.server.emulator.sign_in.accounts.auto_approve = "alex"
    path = place.write("device_code", alex="Alex.Alias@contoso.com")
    path.write_text(
        path.read_text(encoding="utf-8").replace("[people.alex]", f'[people.alex]\nid = "{oid}"'),
        encoding="utf-8",
    )
    from graphcal.targets.settings import read_settings  # noqa: PLC0415 - this test reads by itself

    settings = read_settings(path, {})
    token = place.open(settings).token(person(settings))
    assert upn(token, place) == "AlexW@contoso.com"
    assert place.open(settings).token(person(settings)) == token


def test_browser_signs_in(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's browser opens with the person's name in the form; its answer is a token."""
    monkeypatch.setattr(webbrowser, "open", Browser(place, "alex"))
    settings = place.settings("interactive")
    sign_in = place.open(settings, environ=DISPLAY, patience=20)
    assert upn(sign_in.token(person(settings)), place) == "AlexW@contoso.com"
    assert place.said[-1].startswith("Alex Wilber (AlexW@contoso.com): sign in with the browser")
    assert place.wire.grants == ["authorization_code"]


def test_nobody_in_front_of_the_browser_is_a_trouble(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wait ends; where no browser opened, the address was said."""
    monkeypatch.setattr(webbrowser, "open", lambda *_a, **_k: False)
    settings = place.settings("interactive")
    with pytest.raises(Trouble, match=r"Alex .* did not sign in within 1 seconds. Run again") as caught:
        place.open(settings, environ=DISPLAY, patience=1).token(person(settings))
    assert caught.value.__cause__ is None
    assert re.search(r"No browser opened; visit https://localhost:\d+/", "".join(place.said))


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a browser")
def test_without_a_display_the_device_code_is_recommended(place: Place) -> None:
    """A machine without a display opens no browser."""
    settings = place.settings("interactive")
    with pytest.raises(Trouble, match=r'no browser on this machine. Set auth.method = "device_code"'):
        place.open(settings, environ={}).token(person(settings))


def test_ready_made_tokens_are_given_as_they_are(place: Place) -> None:
    """With method = "token" nothing is sent and nothing kept; an opaque token tells no scopes."""
    settings = place.settings("token")
    sign_in = place.open(settings)
    assert (
        sign_in.token(person(settings)) == sign_in.token(person(settings), ("Mail.Read",)) == "token-of-alex"
    )
    assert sign_in.scopes_granted(person(settings)) is None
    assert not sign_in.narrows(person(settings))
    with pytest.raises(Trouble, match=r"Alex's token was refused.*people.alex.token in .*target.toml"):
        sign_in.renewed(person(settings))
    with pytest.raises(Unmet, match="Diego is not in"):
        sign_in.token(Person("diego", "Diego", "DiegoS@contoso.com"))
    assert (place.wire.sent, list(place.folder.parent.glob("*-cache"))) == ([], [])
    sign_in.close()


def test_template_makes_tokens_for_scopes(place: Place) -> None:
    """With a template the scopes asked for are in the token; without scopes the plain token is given."""
    more = '[people.alex.scoped_token]\ntemplate = "tok-alex;{scopes}"\nseparator = ";"\n'
    settings = place.settings("token", more=more)
    sign_in = place.open(settings)
    assert sign_in.token(person(settings), ("Mail.Read", "User.Read")) == "tok-alex;Mail.Read;User.Read"
    assert sign_in.token(person(settings)) == "token-of-alex"
    assert sign_in.narrows(person(settings))


def test_scopes_are_read_from_jwts_only() -> None:
    """Whatever else looks like a token tells nothing; names lose their resource."""
    token = KEYS.sign({"scp": "https://graph.microsoft.com/Mail.Read User.Read"})
    assert scopes_of(token) == ("Mail.Read", "User.Read")
    odd = ["opaque", "a.b.c", "a.e30.c", "a.W10.c", "é.é.é", "a.bnVsbA.c", KEYS.sign({"scp": 1})]
    assert [scopes_of(one) for one in odd] == [None] * len(odd)


def test_reading_asks_for_nothing_that_writes() -> None:
    """A target that is not to be written to gives no such permission away."""
    assert suite_scopes(writes=False) == FOR_READING
    assert [scope for scope in FOR_READING if "Write" in scope] == []
    assert covers(["Calendars.ReadWrite.Shared"], "Calendars.Read.Shared")
    assert not covers(["Calendars.Read"], "Calendars.ReadWrite")
    assert not covers(["Calendars.Read"], "Calendars.Read.Shared")


@pytest.mark.skipif(sys.platform == "win32", reason="other permissions there")
def test_cache_is_private(place: Place) -> None:
    """The file is readable by its owner alone, and so is its folder, also if they were open before."""
    settings = place.settings()
    folder = place.folder.parent / "target-cache" / "tokens"
    folder.mkdir(parents=True)
    folder.chmod(0o755)
    place.open(settings).token(person(settings))
    [kept] = [one for one in folder.iterdir() if one.suffix == ".bin"]
    kept.chmod(0o644)
    place.open(settings).token(person(settings))
    assert (stat.S_IMODE(folder.stat().st_mode), stat.S_IMODE(kept.stat().st_mode)) == (0o700, 0o600)
    assert stat.S_IMODE(folder.parent.stat().st_mode) & 0o700 == 0o700


def test_missing_encryption_is_said_once(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the platform can't encrypt, the user learns where tokens lie; elsewhere nothing is said."""
    import msal_extensions  # type: ignore[import-untyped] # noqa: PLC0415 - optional for other tests

    def fails(_location: str) -> None:
        raise ImportError("gi")

    settings = place.settings()
    monkeypatch.setattr(msal_extensions, "build_encrypted_persistence", fails)
    sign_in = place.open(settings)
    sign_in.token(person(settings))
    sign_in.token(person(settings, "adele"))
    assert [one for one in place.said if "no encryption" in one] == place.said
    assert len(place.said) == 1


def test_encryption_is_used_where_there_is_some(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the platform offers keeps the tokens; no plain file appears."""
    import msal_extensions  # noqa: PLC0415 - optional for other tests

    class Vault(msal_extensions.FilePersistence):  # type: ignore[misc]
        is_encrypted = True

        def save(self, content: str) -> None:
            super().save(content[::-1])

        def load(self) -> str:
            return str(super().load())[::-1]

    monkeypatch.setattr(msal_extensions, "build_encrypted_persistence", Vault)
    settings = place.settings()
    token = place.open(settings).token(person(settings))
    [kept] = (place.folder.parent / "target-cache" / "tokens").glob("*.bin")
    assert token not in kept.read_text(encoding="utf-8")
    assert place.open(settings).token(person(settings)) == token
    assert place.said == []


@pytest.mark.parametrize("content", ["", "{", "[]", '{"AccessToken": 1}', "\x00\xff"])
def test_unreadable_cache_is_started_anew(place: Place, content: str) -> None:
    """A damaged file costs a sign-in, not the run."""
    settings = place.settings()
    place.open(settings).token(person(settings))
    [kept] = (place.folder.parent / "target-cache" / "tokens").glob("*.bin")
    kept.write_bytes(content.encode("latin-1"))
    assert upn(place.open(settings).token(person(settings)), place) == "AlexW@contoso.com"
    assert [one for one in place.said if "can't be read; people sign in again" in one]
    assert place.wire.grants == ["password", "password"]


def test_targets_do_not_share_a_cache(place: Place) -> None:
    """Another service, authority or client has a file of its own."""
    settings = place.settings()
    place.open(settings).token(person(settings))
    other = place.settings(base_url=f"{place.server.origin}/beta")
    place.open(other).token(person(other))
    assert len(list((place.folder.parent / "target-cache" / "tokens").glob("*.bin"))) == 2
    assert place.wire.grants == ["password", "password"]


def test_tokens_are_not_kept_in_a_project(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder below the working folder, the target's file or a repository is refused."""
    settings = place.settings()
    for below in (Path.cwd() / "cache", place.folder / "cache"):
        with pytest.raises(UsageError, match=r"not kept inside the project .*GRAPHCAL_CACHE"):
            place.open(settings, cache_folder=below)
        assert not below.exists()
    repository = place.folder.parent / "repository"
    (repository / ".git").mkdir(parents=True)
    monkeypatch.setenv("GRAPHCAL_CACHE", str(repository / "deep" / "cache"))
    with pytest.raises(UsageError, match="inside the project"):
        open_sign_in(settings, session_factory=place.wire, say=place.said.append)


def test_variable_names_the_folder(place: Place) -> None:
    """GRAPHCAL_CACHE says where; the folder's other content keeps its permissions."""
    folder = place.folder.parent / "elsewhere"
    folder.mkdir(mode=0o755)
    settings = place.settings()
    sign_in = place.open(settings, cache_folder=None, environ={"GRAPHCAL_CACHE": str(folder)})
    sign_in.token(person(settings))
    assert [one.name for one in folder.iterdir()] == ["tokens"]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755


@pytest.mark.skipif(sys.platform == "win32", reason="other links there")
def test_link_in_the_cache_s_place_is_refused(place: Place) -> None:
    """Tokens do not follow a link that somebody has put there."""
    folder = place.folder.parent / "target-cache"
    folder.mkdir()
    (folder / "tokens").symlink_to(place.folder.parent)
    with pytest.raises(UsageError, match="leads elsewhere"):
        place.open()


def test_imports_are_late() -> None:
    """Who only reads recordings does not pay for MSAL."""
    import subprocess  # noqa: PLC0415 - this test starts a process

    code = (
        "import graphcal.signin, graphcal.doctor, graphcal.targets.settings, graphcal.signin.entra, sys;"
        "print([m for m in ('msal', 'msal_extensions', 'platformdirs') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
