"""Start the reference emulator for the length of a run, signed in to through MSAL over TLS."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphcal.emulator import FAULTS, Emulator, serve
from graphcal.outcomes import UsageError
from graphcal.people import PERSONAS, Person
from graphcal.signin.entra import EntraSignIn
from graphcal.signin.secret import Secret
from graphcal.targets.service import open_service, sessions
from graphcal.targets.settings import Account, Auth, Settings

if TYPE_CHECKING:
    from graphcal.emulator import RunningServer
    from graphcal.targets.live import LiveTarget

DELIVERY = "GRAPHCAL_EMULATOR_DELIVERY"  # seconds that the emulator takes to deliver, 0 unless it is set
FROZEN = "GRAPHCAL_EMULATOR_FROZEN"  # set: the emulator's clock steps, so that every run is the same
FAULT = "GRAPHCAL_EMULATOR_FAULT"  # ids of requirements to break, with commas between


@dataclass
class SteppingClock:
    """A clock that moves on at each look and by nothing else."""

    start: datetime = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
    _looks: int = 0

    def __call__(self) -> datetime:
        """Return the time of the next look."""
        self._looks += 1
        return self.start + timedelta(milliseconds=37 * self._looks)


def start_emulator() -> LiveTarget:
    """Return the emulator as a target; it is stopped when the target is closed.

    Raises UsageError where the environment asks for a delivery time or a fault that there is not.
    """
    frozen = SteppingClock() if os.environ.get(FROZEN) else None
    options: dict[str, Any] = {"clock": frozen} if frozen else {}
    seconds = delivery(os.environ.get(DELIVERY, "0"))
    broken = faults()
    emulator = Emulator(delivery_seconds=seconds, faults=broken, **options)
    server = serve(emulator)
    cache = tempfile.TemporaryDirectory(prefix="graphcal-")
    # What a broken emulator never delivers is not waited for longer than it would take.
    settings = settings_of(server, 0.3 + 2 * seconds if broken else 10)
    # A folder of the run's own: no user's tokens are kept, wherever the run was started, so nothing is said of it.
    sign_in = EntraSignIn(settings, sessions(settings), _unsaid, Path(cache.name), environ={}, patience=60)
    target = open_service(settings, "emulator", sign_in)
    if frozen:
        target.mark, target.now = (lambda: "gc-emulator"), (lambda: frozen.start)
    target.on_close = [cache.cleanup, server.stop, sign_in.close]
    return target


def _unsaid(_sentence: str) -> None:
    """Keep to oneself how the people of an emulator sign in."""


def settings_of(server: RunningServer, delivery_timeout: float) -> Settings:
    """Return the settings that a file for the running emulator would hold."""
    people = {
        key: Account(Person(key, account.name, account.address), password=Secret(account.password))
        for key, account in server.people.items()
        if key in PERSONAS
    }
    return Settings(
        file=server.ca_file.with_name("emulator.toml"),
        name="the reference emulator",
        base_url=server.base_url,
        ca_bundle=server.ca_file,
        writes=True,
        setup="api",
        delivery_timeout=delivery_timeout,
        auth=Auth("username_password", server.authority, server.client_id),
        people=people,
    )


def delivery(text: str) -> float:
    """Read a number of seconds. Raises UsageError for anything else."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1
    if not 0 <= seconds <= 60:  # noqa: PLR2004 - a minute is what a tenant may take
        raise UsageError(f"{DELIVERY}={text}: say a number of seconds from 0 to 60")
    return seconds


def faults() -> list[str]:
    """Return the faults that the environment asks for. Raises UsageError for one that there is not."""
    names = [name.strip() for name in os.environ.get(FAULT, "").split(",") if name.strip()]
    for name in names:
        if name not in FAULTS:
            raise UsageError(f"{FAULT}={name}: no such fault; graphcal serve --faults prints them")
    return names
