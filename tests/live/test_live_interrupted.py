"""A run that is stopped, be it by force, leaves nothing that can't be removed, and touches nothing else."""

from __future__ import annotations

import json
import os
import signal
import time
from typing import TYPE_CHECKING, Any

import pytest
import requests
from live_place import MARK, furniture, marked, served, wait_for_requests
from stranger import stranger

from graphcal.signin import open_sign_in
from graphcal.targets.service import say, sessions
from graphcal.targets.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path

    from live_place import Place

DELIVERY = 0.3
MOMENTS = [
    1,
    3,
    5,
    6,
    9,
    20,
    30,
    43,
    48,
    60,
]  # requests: arranging, creating, waiting, answering, cleaning up


@pytest.mark.parametrize("number", MOMENTS if os.environ.get("GRAPHCAL_ALL_TROUBLES") else MOMENTS[::2])
def test_killed_run_is_cleaned_up(place: Place, number: int) -> None:
    """Whatever it was doing: what was on its way is removed too, and settings are as before."""
    with stranger(delivery=DELIVERY) as server:
        before = furniture(server.world)
        target = server.target_toml(place.here, setup="api")
        command = place.start_run(target, environment=server.environment)
        wait_for_requests(server, number, command)
        assert command.goes_on
        command.signal(signal.SIGKILL)
        command.end()
        cleaned = place.clean_up(target, server.environment)
        assert cleaned.code == 0, cleaned.output
        time.sleep(2 * DELIVERY)
        assert marked(server.world) == []
        assert roles_and_options(furniture(server.world)) == roles_and_options(before)
        assert furniture(server.world)[:2] == before[:2]
        again = place.clean_up(target, server.environment)
    assert [again.code, again.output] == [0, "Nothing was left behind.\n"]
    assert place.journal == []


def roles_and_options(found: list[object]) -> list[object]:
    """Return what an arrangement may change; a grant that is given again has another id."""
    grants, settings = found[2:]
    assert isinstance(grants, list)
    return [sorted((calendar, role) for _, calendar, role in grants), settings]


def test_interrupted_run_cleans_up_by_itself(place: Place) -> None:
    """Ctrl-C ends a run with exit code 2, its report written and nothing left."""
    with stranger(delivery=DELIVERY) as server:
        before = furniture(server.world)
        target = server.target_toml(place.here)
        command = place.start_run(target, environment=server.environment)
        wait_for_requests(server, 10, command)
        command.signal(signal.SIGINT)
        ran = command.end()
        time.sleep(2 * DELIVERY)
        assert marked(server.world) == []
        assert furniture(server.world) == before
    assert ran.code == 2, ran.output
    assert ran.report["verdict"] == "inconclusive"
    assert place.journal == []


class Mailboxes:
    """A look into a served emulator, as each of its people."""

    def __init__(self, file: Path, cache: Path) -> None:
        self.settings = read_settings(file, {})
        self.sign_in = open_sign_in(
            self.settings, session_factory=sessions(self.settings), say=say, cache_folder=cache
        )

    def get(self, key: str, path: str) -> Any:
        """Read something as a person."""
        token = self.sign_in.token(self.settings.people[key].person, ())
        answer = requests.get(
            self.settings.base_url + path,
            headers={"Authorization": f"Bearer {token}"},
            verify=str(self.settings.ca_bundle),
            timeout=10,
        )
        assert answer.status_code == 200, answer.text
        return answer.json()

    def marked(self) -> list[str]:
        """Return the subjects of what runs have left."""
        found = [
            item["subject"]
            for key in self.settings.people
            for collection in ("/me/events", "/me/messages")
            for item in self.get(key, f"{collection}?$top=500")["value"]
        ]
        return [subject for subject in found if MARK in subject]

    def arrangement(self) -> str:
        """Return Alex's permissions and delivery option."""
        permissions = self.get("alex", "/me/calendar/calendarPermissions")["value"]
        told = [(one["emailAddress"].get("address"), one["role"]) for one in permissions]
        option = self.get("alex", "/me/mailboxSettings")["delegateMeetingMessageDeliveryOptions"]
        return json.dumps([sorted(told, key=str), option])


def test_killed_run_at_an_emulator_is_cleaned_up(place: Place) -> None:
    """At moments of the clock, one after the other, at the reference emulator: with MSAL and over TLS."""
    with served(place, "--delivery", str(DELIVERY)) as (_, file):
        mailboxes = Mailboxes(file, place.folder / "another-cache")
        before = mailboxes.arrangement()
        assert mailboxes.marked() == []
        for moment in (0.4, 1.0, 1.5, 2.0, 3.0):
            command = place.start_run(file)
            time.sleep(moment)
            command.signal(signal.SIGKILL)
            command.end()
            cleaned = place.clean_up(file)
            if "stays locked" in cleaned.output:  # killed while it kept a token; the message says what to do
                for lock in place.cache.rglob("*.lockfile"):
                    lock.unlink()
                cleaned = place.clean_up(file)
            assert cleaned.code == 0, cleaned.output
            time.sleep(2 * DELIVERY)
            assert [moment, mailboxes.marked()] == [moment, []]
            assert mailboxes.arrangement() == before
        assert place.clean_up(file).output == "Nothing was left behind.\n"
        mailboxes.sign_in.close()
