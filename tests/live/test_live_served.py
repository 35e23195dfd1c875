"""The served emulator is a target as it prints itself; what is secret there and elsewhere stays so."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
import tomllib
from typing import TYPE_CHECKING

import pytest
import requests
from live_place import served
from stranger import stranger

from graphcal.graph.client import Bearer, Graph
from graphcal.outcomes import Unmet
from graphcal.people import Person
from graphcal.targets.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path

    from live_place import Place

    from graphcal.schemas import Schemas

TOKEN = re.compile(r"eyJ[\w-]{20,}")  # how a JSON web token begins


def written(*folders: Path) -> dict[Path, str]:
    """Return what lies in folders, by path."""
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {path: path.read_text(encoding="utf-8", errors="replace") for path in paths}


def test_served_emulator_is_a_good_target(place: Place) -> None:
    """Doctor finds nothing to mend, every scenario passes, and no password or token is written or said."""
    with served(place) as (_, file):
        people = tomllib.loads(file.read_text(encoding="utf-8"))["people"]
        doctor = place.start("doctor", "--target", file).end()
        ran = place.run(file)
    assert doctor.code == 0, doctor.output
    assert re.findall("(?m)^[✗?·].*", doctor.output) == []
    assert re.search(r"(\d\d) of \1 checks hold, nothing needs mending", doctor.output)
    assert ran.code == 0, ran.output
    assert set(ran.outcomes) == {"passed"}
    assert ran.report["target"]["kind"] == "service"
    passwords = [person["password"] for person in people.values()]
    found = written(place.here, place.state, place.reports)
    assert place.reports / "report.html" in found
    assert set(written(place.here)) == {file}
    del found[file]
    for text in (*found.values(), doctor.output, ran.output):
        assert not TOKEN.search(text)
        assert [word for word in passwords if word in text] == []
    cached = written(place.cache)
    assert cached
    assert all((path.stat().st_mode & 0o077) == 0 for path in cached)
    assert [word for word in passwords if any(word in text for text in cached.values())] == []


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not here")
def test_printed_curl_sends_the_request_again(place: Place) -> None:
    """Two faults at one place and one elsewhere are all seen, and what is printed shows one of them again."""
    with served(place, *(f"--fault={name}" for name in ("INV-02", "RSP-01", "SET-13"))) as (_, file):
        ran = place.run(file, "-mSET-13 or INV-02 or RSP-01", "features/walkthrough.feature")
        command = next(
            line for line in ran.output.splitlines() if "$ADELE_TOKEN" in line and "--data" not in line
        )
        again = subprocess.run(
            [shutil.which("sh") or "", "-c", command.partition("again")[2]],
            env={**os.environ, "ADELE_TOKEN": token(file, "adele")},
            capture_output=True,
            text=True,
            check=True,
            timeout=20,
        )
    assert ran.failed == {"INV-02", "RSP-01", "SET-13"}
    assert f"--cacert {tomllib.loads(file.read_text('utf-8'))['target']['ca_bundle']}" in command
    assert "$ADELE_TOKEN is a token of Adele's that allows Calendars.Read.Shared" in ran.output
    assert again.stdout.startswith("HTTP/1.1 200 OK")
    assert "canViewPrivateItems" in again.stdout


def token(file: Path, person: str) -> str:
    """Sign in as somebody with name and password; return a token for all that the suite needs."""
    settings = read_settings(file, {})
    account = settings.people[person]
    assert account.password
    answer = requests.post(
        f"{settings.auth.authority}/oauth2/v2.0/token",
        {
            "grant_type": "password",
            "client_id": settings.auth.client_id,
            "username": account.person.address,
            "password": account.password.reveal(),
            "scope": "https://graph.microsoft.com/.default",
        },
        verify=str(settings.ca_bundle),
        timeout=10,
    )
    found: str = answer.json()["access_token"]
    return found


def test_tokens_of_a_stranger_are_in_no_file(place: Place) -> None:
    """Also where every answer is refused, and the troubles are told at length."""
    with stranger() as server:
        target = server.target_toml(place.here)
        ran = place.run(target, environment=server.environment)
        wrong = {name: value + "x" for name, value in server.environment.items()}
        texts = [ran.output, *written(place.here, place.state, place.reports, place.cache).values()]
        refused = place.run(target, "-vv", environment=wrong)
        texts += [refused.output, *written(place.here, place.state, place.reports, place.cache).values()]
    assert [ran.code, refused.code] == [0, 3]
    assert len(texts) > 8
    for token in server.tokens.values():
        assert [text[:99] for text in texts if token in text] == []


def test_doctor_says_how_to_mend_a_wrong_password(place: Place) -> None:
    """Alex can't sign in; the others can."""
    with served(place) as (_, file):
        text = re.sub(r'(\[people\.alex\][^\[]*password = ")', r"\1not", file.read_text(encoding="utf-8"))
        file.write_text(text, encoding="utf-8")
        doctor = place.start("doctor", "--target", file).end()
        ran = place.run(file)
    lines = doctor.output.splitlines()
    assert doctor.code == 3
    [number] = [number for number, line in enumerate(lines) if line.startswith("✗")]
    assert lines[number].startswith("✗ Alex signs in")
    assert "people.alex" in lines[number + 1]
    assert ran.code == 3
    assert set(ran.outcomes) == {"error"}
    assert "Traceback" not in ran.output


def test_served_emulator_stops_at_once(place: Place) -> None:
    """Ctrl-C is the way to end it."""
    with served(place) as (command, _):
        began = time.monotonic()
        command.signal(signal.SIGINT)
        ended = command.end(5)
        assert time.monotonic() - began < 2
    assert ended.code == 0
    assert ended.output.endswith("# stopped\n")


@pytest.mark.parametrize(
    ("base_url", "writes", "expected"),
    [
        ("https://graph.microsoft.com/v1.0", "false", False),
        ("https://graph.microsoft.com/v1.0", "true", True),
        ("http://127.0.0.1:9/v1.0", "false", True),
        ("https://localhost/v1.0", "false", True),
    ],
)
def test_writing_has_to_be_allowed_off_loopback(
    tmp_path: Path, base_url: str, writes: str, expected: bool
) -> None:
    """On this machine it always is."""
    people = "".join(
        f'[people.{key}]\nname = "X"\naddress = "{key}@contoso.com"\ntoken = "env:T"\n'
        for key in ("alex", "adele")
    )
    text = f'[target]\nbase_url = "{base_url}"\nwrites = {writes}\n[auth]\nmethod = "token"\n{people}'
    file = tmp_path / "x.toml"
    file.write_text(text, encoding="utf-8")
    assert read_settings(file, {"T": "secret"}).may_write is expected


def test_nothing_is_sent_where_writing_is_not_allowed(schemas: Schemas) -> None:
    """The refusal comes before a token is asked for."""
    asked: list[Person] = []
    bearer = Bearer(lambda person, _: asked.append(person) or "")
    graph = Graph("x", "https://graph.example/v1.0", bearer, schemas, writes=False)
    with pytest.raises(Unmet, match="writes = true"):
        graph.write(Person("alex", "Alex", "a@b.example"), "POST", "/me/events", {})
    graph.close()
    assert asked == []
