"""Reading a target's file."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
from datetime import date
from typing import TYPE_CHECKING

import pytest
import trustme

from graphcal.outcomes import UsageError
from graphcal.people import Person
from graphcal.signin.secret import Secret
from graphcal.targets.settings import Auth, Known, Settings, is_loopback, read_settings

if TYPE_CHECKING:
    from pathlib import Path

ENVIRON = {"ALEX": "Secret-of-Alex", "ADELE": "Secret-of-Adele"}
TARGET = '[target]\nname = "Contoso"\nbase_url = "https://graph.microsoft.com/v1.0/"\n'
AUTH = '[auth]\nmethod = "username_password"\nauthority = "https://login.microsoftonline.com/contoso.com"\nclient_id = "1-2"\n'
ALEX = '[people.alex]\nname = "Alex Wilber"\naddress = "AlexW@contoso.com"\npassword = "env:ALEX"\n'
ADELE = '[people.adele]\nname = "Adele Vance"\naddress = "AdeleV@contoso.com"\npassword = "env:ADELE"\n'
GOOD = TARGET + AUTH + ALEX + ADELE
TOKENS = '[auth]\nmethod = "token"\n'


def read(folder: Path, text: str | bytes, environ: dict[str, str] | None = None) -> Settings:
    """Write a file and read it."""
    path = folder / "contoso.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_settings(path, ENVIRON if environ is None else environ)


def test_whole_file_is_read(tmp_path: Path) -> None:
    """Every key of the documented file arrives, the CA bundle relative to the file."""
    trustme.CA().cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    settings = read(
        tmp_path,
        TARGET
        + 'ca_bundle = "ca.pem"\nwrites = true\nsetup = "api"\ndelivery_timeout = 90\n'
        + AUTH
        + ALEX
        + 'id = "64339082"\n'
        + ADELE
        + '[[known]]\nrequirement = "INV-02"\nreason = "answers 200"\nexpires = 2027-06-30\n'
        + '[[known]]\nscenario = "features/x.feature::title"\nreason = "ticket 4711"\n',
    )
    assert (settings.file, settings.name) == (tmp_path / "contoso.toml", "Contoso")
    assert settings.base_url == "https://graph.microsoft.com/v1.0"
    assert settings.ca_bundle == tmp_path / "ca.pem"
    assert (settings.writes, settings.setup, settings.delivery_timeout) == (True, "api", 90.0)
    assert settings.auth == Auth("username_password", "https://login.microsoftonline.com/contoso.com", "1-2")
    assert settings.people["alex"].person == Person("alex", "Alex Wilber", "AlexW@contoso.com", "64339082")
    assert settings.people["alex"].password == Secret("Secret-of-Alex")
    assert settings.known == (
        Known("INV-02", "", "answers 200", date(2027, 6, 30)),
        Known("", "features/x.feature::title", "ticket 4711"),
    )


def test_defaults_are_the_cautious_ones(tmp_path: Path) -> None:
    """Without a word about it nothing is written, and what is shared must hold already."""
    settings = read(tmp_path, GOOD.replace('name = "Contoso"\n', ""))
    assert (settings.name, settings.ca_bundle, settings.known) == ("graph.microsoft.com", None, ())
    assert (settings.writes, settings.may_write, settings.setup) == (False, False, "verify")
    assert settings.delivery_timeout == 60


def test_loopback_may_hold_secrets_and_do_without_tls(tmp_path: Path) -> None:
    """On this machine a literal token and http:// are accepted, and writing needs no permission."""
    text = GOOD.replace("https://graph.microsoft.com", "http://127.0.0.1:8080").replace(AUTH, TOKENS)
    text = text.replace('password = "env:ALEX"', 'token = "tok-alex"').replace("password", "token")
    text += '[people.adele.scoped_token]\ntemplate = "tok;{scopes}"\nseparator = ";"\n'
    settings = read(tmp_path, text)
    assert settings.people["alex"].token == Secret("tok-alex")
    assert settings.may_write
    assert not settings.writes
    scoped = settings.people["adele"].scoped_token
    assert scoped is not None
    assert scoped.token(("Mail.Read", "User.Read")) == Secret("tok;Mail.Read;User.Read")


def test_separator_is_a_blank_unless_said(tmp_path: Path) -> None:
    """Scopes are joined by a space; a template alone suffices, and may come from the environment."""
    text = (TARGET + TOKENS + ALEX + ADELE).replace("password", "token")
    text += '[people.adele.scoped_token]\ntemplate = "env:SCOPED"\n'
    scoped = read(tmp_path, text, {**ENVIRON, "SCOPED": "t {scopes}"}).people["adele"].scoped_token
    assert scoped is not None
    assert scoped.token(("a", "b")).reveal() == "t a b"


def test_secrets_that_the_method_does_not_use_need_not_be_there(tmp_path: Path) -> None:
    """A file for device codes may keep the names of variables that are not set."""
    settings = read(tmp_path, GOOD.replace("username_password", "device_code"), {})
    assert settings.people["alex"].password is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param(GOOD.replace("name =", "nmae =", 1), ["target.nmae", "did you mean name?"], id="key"),
        pytest.param(GOOD + "[peple]\n", ["peple: unknown key", "did you mean people?"], id="table"),
        pytest.param(GOOD + "[[known]]\nreson = 1\n", ["known[0].reson", "did you mean reason?"], id="known"),
        pytest.param(GOOD + "[people.dora]\n", ["people.dora: unknown key"], id="unknown person"),
        pytest.param(GOOD.replace("password =", "pasword =", 1), ["did you mean password?"], id="person's key"),
        pytest.param(GOOD.replace("client_id", "clientid"), ["did you mean client_id?"], id="auth's key"),
        pytest.param(TARGET + AUTH + ALEX, ["people.adele: is missing", "[people.adele]"], id="no adele"),
        pytest.param(TARGET + AUTH + ADELE, ["people.alex: is missing"], id="no alex"),
        pytest.param(AUTH + ALEX + ADELE, ["target: is missing", "base_url"], id="no target"),
        pytest.param(TARGET + ALEX + ADELE, ["auth: is missing", "method"], id="no auth"),
        pytest.param(TARGET + AUTH, ["people: is missing", "[people.alex]"], id="no people"),
        pytest.param("people = 1\n" + TARGET + AUTH, ["people: expected a table, got an integer"], id="type"),
        pytest.param(
            GOOD.replace("https://graph", "http://graph"), ["target.base_url", "use https://"], id="http"
        ),
        pytest.param(GOOD.replace("v1.0/", "v1.0?a=b"), ["target.base_url", "has a query"], id="query"),
        pytest.param(GOOD.replace("v1.0/", "v1.0#a"), ["target.base_url", "has a query or"], id="fragment"),
        pytest.param(GOOD.replace("https://graph", "ftp://graph"), ["is no address of the web"], id="scheme"),
        pytest.param(GOOD.replace("graph.", "u:p@graph."), ["user name or password"], id="user in url"),
        pytest.param(GOOD.replace(".com/v1.0/", ".com:99999/"), ["is no address of the web"], id="port"),
        pytest.param(GOOD.replace('base_url = "https', '# "https'), ["target.base_url: is missing"], id="url"),
        pytest.param(
            GOOD.replace("[auth]", "writes = 'yes'\n[auth]"), ["target.writes: expected true"], id="writes"
        ),
        pytest.param(
            GOOD.replace("[auth]", "setup = 'apu'\n[auth]"), ["target.setup", "did you mean api?"], id="setup"
        ),
        pytest.param(
            GOOD.replace("[auth]", "delivery_timeout = true\n[auth]"), ["expected a number"], id="boolean"
        ),
        pytest.param(GOOD.replace("[auth]", "delivery_timeout = 0\n[auth]"), ["between 0"], id="zero"),
        pytest.param(GOOD.replace("[auth]", "delivery_timeout = nan\n[auth]"), ["between 0"], id="nan"),
        pytest.param(
            GOOD.replace("[auth]", "ca_bundle = 'no.pem'\n[auth]"), ["target.ca_bundle", "No such"], id="ca"
        ),
        pytest.param(
            GOOD.replace("[auth]", "ca_bundle = 'contoso.toml'\n[auth]"), ["no certificate"], id="no pem"
        ),
        pytest.param(GOOD.replace("username_", "user_"), ["auth.method", "did you mean user"], id="method"),
        pytest.param(GOOD.replace("authority =", "#"), ["auth.authority: is missing"], id="authority"),
        pytest.param(GOOD.replace(".com/contoso.com", ".com/"), ["no https:// address with"], id="tenant"),
        pytest.param(GOOD.replace("client_id =", "#"), ["auth.client_id: is missing"], id="client"),
        pytest.param(GOOD.replace('password = "env:ALEX"', ""), ["people.alex.password", "env:"], id="none"),
        pytest.param(
            GOOD.replace("env:ALEX", "env:NOBODY"), ["people.alex.password", "NOBODY is not set"], id="unset"
        ),
        pytest.param(
            GOOD.replace("env:ALEX", "Plain-Text"), ["people.alex.password", "only on loopback"], id="literal"
        ),
        pytest.param(GOOD.replace('"env:ALEX"', "12345678"), ["password: expected a string"], id="number"),
        pytest.param(GOOD.replace("AlexW@", "AlexW"), ["'AlexWcontoso.com' is no address"], id="address"),
        pytest.param(
            GOOD.replace("AdeleV@", "ALEXW@"), ["people.adele.address", "same as people.alex"], id="twice"
        ),
        pytest.param(GOOD.replace('"Alex Wilber"', '""'), ["people.alex.name: is empty"], id="empty"),
        pytest.param(GOOD.replace("Alex Wilber", "A\\u001b[2J"), ["can't be printed"], id="unprintable"),
        pytest.param(
            GOOD + '[[known]]\nrequirement = "A"\nscenario = "f::t"\nreason = "x"\n',
            ["known[0].requirement: name either"],
            id="both",
        ),
        pytest.param(GOOD + '[[known]]\nreason = "x"\n', ["known[0].requirement: name either"], id="neither"),
        pytest.param(GOOD + '[[known]]\nrequirement = "A"\n', ["known[0].reason: is missing"], id="reason"),
        pytest.param(
            GOOD + '[[known]]\nrequirement = "A"\nreason = "x"\nexpires = "soon"\n',
            ["known[0].expires: expected a date, got a string"],
            id="expires",
        ),
        pytest.param(GOOD + '[known]\nreason = "x"\n', ["known: expected [[known]] tables"], id="one known"),
        pytest.param("base_url = \n", ["no TOML", "line 1"], id="no toml"),
        pytest.param(b"\xff\xfe", ["byte 0 is not UTF-8"], id="no utf-8"),
        pytest.param(b"#" * (1024 * 1024 + 1), ["larger than 1 MiB"], id="large"),
        pytest.param("a = " + "[" * 100_000, ["contoso.toml", "nests too deep"], id="deep"),
    ],
)  # fmt: skip
def test_bad_file_is_explained(tmp_path: Path, text: str | bytes, parts: list[str]) -> None:
    """The error names the file, the key and the mend, and no secret."""
    with pytest.raises(UsageError) as caught:
        read(tmp_path, text)
    assert str(caught.value).startswith(str(tmp_path / "contoso.toml"))
    assert [part for part in parts if part not in str(caught.value)] == []
    for secret in ("Secret-of", "Plain-Text", "12345678"):
        assert secret not in str(caught.value)


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("no braces", 'holds "{scopes}"'),
        ("{scopes.__class__}", 'holds "{scopes}"'),
        ("{scopes!r}{0}", 'holds "{scopes}"'),
        ("{", 'holds "{scopes}"'),
    ],
)
def test_template_is_no_program(tmp_path: Path, template: str, problem: str) -> None:
    """A template takes the scopes, and reaches for nothing else."""
    text = GOOD.replace("https://graph.microsoft.com", "http://localhost").replace(AUTH, TOKENS)
    text = text.replace("password", "token") + f'[people.adele.scoped_token]\ntemplate = "{template}"\n'
    with pytest.raises(UsageError, match=problem):
        read(tmp_path, text)


def test_token_with_a_line_break_is_refused_and_not_shown(tmp_path: Path) -> None:
    """A header can't carry it; requests would print it in its error."""
    text = (TARGET + TOKENS + ALEX + ADELE).replace("password", "token")
    with pytest.raises(UsageError, match=r"people.alex.token: holds a blank") as caught:
        read(tmp_path, text, {**ENVIRON, "ALEX": "Secret-of\nAlex"})
    assert "Secret-of" not in str(caught.value)
    assert read(tmp_path, text, {**ENVIRON, "ALEX": "T1\n"}).people["alex"].token == Secret("T1")


def test_all_problems_are_told_together(tmp_path: Path) -> None:
    """Whoever mends the file mends it once."""
    with pytest.raises(UsageError, match=r"contoso.toml: 5 problems") as caught:
        read(tmp_path, GOOD.replace("name", "nam", 1).replace("client_id", "client"), {})
    assert len(str(caught.value).splitlines()) == 6
    assert str(caught.value).count("is not set; export it") == 2


def test_missing_file_and_folder_are_explained(tmp_path: Path) -> None:
    """What can't be read is named."""
    with pytest.raises(UsageError, match="no such file"):
        read_settings(tmp_path / "none.toml", {})
    with pytest.raises(UsageError, match="is a folder"):
        read_settings(tmp_path, {})


def test_parser_error_does_not_carry_the_file(tmp_path: Path) -> None:
    """Later Pythons keep the whole document in the parser's error; it is not chained."""
    with pytest.raises(UsageError) as caught:
        read(tmp_path, 'password = "Secret-of-Alex"\n=')
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


def test_secret_shows_nowhere() -> None:
    """Only reveal gives a secret away."""
    secret = Secret("Planted")
    shown = [repr(secret), str(secret), f"{secret}", f"{secret:>20}", f"{[secret]!r}", str({"a": secret})]
    assert [text for text in shown if "Planted" in text] == []
    assert not hasattr(secret, "__dict__")
    assert copy.deepcopy(secret) is secret
    assert copy.copy(secret) is secret
    assert secret == Secret("Planted")
    assert secret != "Planted"  # noqa: S105 - a planted text
    assert len({secret, Secret("Planted"), Secret("Other")}) == 2
    for way in (pickle.dumps, json.dumps):
        with pytest.raises(TypeError) as caught:
            way(secret)  # type: ignore[operator]
        assert "Planted" not in str(caught.value)


def test_settings_show_no_secret(tmp_path: Path) -> None:
    """Printing everything that was read shows stars."""
    settings = read(tmp_path, GOOD)
    assert "Secret-of" not in repr(settings)
    assert "Secret-of" not in repr(dataclasses.astuple(settings.people["alex"]))
    assert "***" in repr(settings.people["alex"])


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://localhost:1", True),
        ("http://127.9.0.1", True),
        ("http://[::1]:8", True),
        ("https://a.localhost", True),
        ("https://localhost.example.com", False),
        ("https://127.0.0.1.example.com", False),
        ("https://10.0.0.1", False),
        ("http://[::1", False),
    ],
)
def test_loopback_is_told_by_the_host(url: str, local: bool) -> None:
    """A name that only begins like this machine's is another machine's."""
    assert is_loopback(url) is local
