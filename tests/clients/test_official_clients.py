"""Microsoft's msgraph-sdk and the community's O365 play the walkthrough on the emulator, and hold what is documented.

Optional, for the clients weigh half a gigabyte: set GRAPHCAL_CLIENTS=1. They are installed into an environment of
their own, a temporary one unless GRAPHCAL_CLIENTS_VENV names a folder to keep.
"""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
import requests

from graphcal.emulator import Emulator, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphcal.emulator import RunningServer

    Told = dict[str, dict[str, Any]]  # what a client's objects hold, by step

pytestmark = pytest.mark.skipif(
    os.environ.get("GRAPHCAL_CLIENTS") != "1",
    reason="installs msgraph-sdk and O365 (0.5 GB); to run it: GRAPHCAL_CLIENTS=1 pytest tests/clients,"
    " with GRAPHCAL_CLIENTS_VENV=FOLDER to keep their environment for the next time",
)

HERE = Path(__file__).parent
PACKAGES = ("msgraph-sdk~=1.65.0", "O365~=2.1.0")
INSTALLING_SECONDS = 480
PLAYING_SECONDS = 120
SCOPES = {  # as little as the steps of each need
    "adele": "Calendars.ReadWrite.Shared Mail.Read.Shared",
    "christie": "Calendars.ReadWrite.Shared Mail.Read",
    "alex": "Calendars.Read",
}

EVENT: dict[str, Any] = {
    "subject": "Christmas dinner",
    "start": "2019-12-26T02:00:00.0000000 UTC",
    "location": "Alex' home",
    "organizer": "AlexW@contoso.com",
    "is_organizer": True,
    "show_as": "busy",
    "response": "organizer",
    "attendees": {"MeganB@contoso.com": "none", "ChristieC@contoso.com": "none"},
}
INVITED: dict[str, Any] = EVENT | {
    "is_organizer": False,
    "show_as": "tentative",
    "response": "notResponded",  # RCV-13
    "attendees": {"AlexW@contoso.com": "none", **EVENT["attendees"]},
}
DOCUMENTED: Told = {
    "calendars": {
        "AdeleV@contoso.com": {
            "name": "Calendar",
            "can_edit": True,
            "can_share": True,
            "can_view_private_items": True,
        },
        "AlexW@contoso.com": {
            "name": "Alex Wilber",
            "can_edit": True,
            "can_share": False,
            "can_view_private_items": False,
        },
    },
    "created": EVENT | {"start": "2019-12-25T18:00:00.0000000 Pacific Standard Time"},
    "request": {
        "type": "EventMessageRequest",
        "subject": "Christmas dinner",
        "preview": "Happy holidays!",
        "from": "AlexW@contoso.com",
        "sender": "AdeleV@contoso.com",
        "to": ["MeganB@contoso.com", "ChristieC@contoso.com"],
        "meeting_message_type": "meetingRequest",
        "event": INVITED,
    },
    "answered": INVITED
    | {
        "response": "tentativelyAccepted",
        "attendees": INVITED["attendees"] | {"ChristieC@contoso.com": "tentativelyAccepted"},
    },
    "response": {
        "type": "EventMessageResponse",
        "subject": "Tentative: Christmas dinner",
        "preview": "I will probably be able to make it.",
        "from": "ChristieC@contoso.com",
        "sender": "ChristieC@contoso.com",
        "to": ["AdeleV@contoso.com"],
        "meeting_message_type": "meetingTenativelyAccepted",
    },
    "tally": EVENT
    | {"attendees": {"MeganB@contoso.com": "none", "ChristieC@contoso.com": "tentativelyAccepted"}},
}


def as_o365_holds_it(documented: Told) -> Told:
    """Return the documented values as O365 holds them.

    It shows times in its own zone and `none` as None, knows one type of message, keeps `from` as the sender, and
    mends the spelling of `meetingTenativelyAccepted`.
    """
    told = copy.deepcopy(documented)
    events = (told["created"], told["request"]["event"], told["answered"], told["tally"])
    for event in events:
        event["start"] = "2019-12-25T18:00:00-08:00"
        event["attendees"] = {
            who: None if status == "none" else status for who, status in event["attendees"].items()
        }
    for message in (told["request"], told["response"]):
        del message["type"], message["sender"]
        message["is_event_message"] = True
    told["response"]["meeting_message_type"] = "meetingTentativelyAccepted"
    return told


HELD = {"drive_msgraph.py": DOCUMENTED, "drive_o365.py": as_o365_holds_it(DOCUMENTED)}  # by driver


def run(*command: str | Path, seconds: float, given: str | None = None) -> str:
    """Run a command to its end and return what it printed; if it fails, the test says what it complained of."""
    __tracebackhide__ = True  # tokens are among what it is given
    ended = subprocess.run(
        command, input=given, capture_output=True, text=True, encoding="utf-8", timeout=seconds, check=False
    )
    if ended.returncode:
        pytest.fail(ended.stderr or ended.stdout, pytrace=False)
    return ended.stdout


@pytest.fixture(scope="module")
def python() -> Iterator[Path]:
    """Return the interpreter of an environment with both clients."""
    with ExitStack() as stack:
        folder = os.environ.get("GRAPHCAL_CLIENTS_VENV") or stack.enter_context(TemporaryDirectory())
        found = Path(folder).absolute() / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        if not found.exists():
            run(sys.executable, "-m", "venv", folder, seconds=INSTALLING_SECONDS)
        install = (
            "-m",
            "pip",
            "--quiet",
            "--no-input",
            "install",
            "--no-compile",
        )  # few modules get imported
        run(found, *install, *PACKAGES, seconds=INSTALLING_SECONDS)
        yield found


def token(server: RunningServer, who: str) -> str:
    """Sign somebody in with her password; return the access token for her steps."""
    person = server.people[who]
    form = {
        "grant_type": "password",
        "client_id": server.client_id,
        "username": person.address,
        "password": person.password,
        "scope": SCOPES[who],
    }
    with requests.Session() as session:
        session.trust_env = False
        answer = session.post(
            f"{server.authority}/oauth2/v2.0/token", form, verify=str(server.ca_file), timeout=10
        )
    assert answer.status_code == 200, answer.text
    return str(answer.json()["access_token"])


@pytest.mark.parametrize("driver", HELD)
def test_client_holds_the_documented_values(driver: str, python: Path) -> None:
    """After each step of the walkthrough the client's objects hold what is documented."""
    with serve(Emulator()) as server:
        given = {
            "base_url": server.base_url,
            "ca_file": str(server.ca_file),
            "tokens": {who: token(server, who) for who in SCOPES},
        }
        printed = run(python, "-I", HERE / driver, seconds=PLAYING_SECONDS, given=json.dumps(given))
    told: Told = json.loads(printed)
    assert list(told) == list(HELD[driver])
    for step, held in HELD[driver].items():
        assert told[step] == held, step
