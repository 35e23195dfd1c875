"""Fixtures of the tests of signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from signin_world import KEYS, Place

from graphcal.emulator import Emulator, RunningServer, serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def running() -> Iterator[RunningServer]:
    """Run one server for the whole module."""
    with serve(Emulator(keys=KEYS)) as server:
        yield server


@pytest.fixture
def server(running: RunningServer) -> Iterator[RunningServer]:
    """Return the server, with nothing of an earlier test in its accounts."""
    yield running
    accounts = running.emulator.sign_in.accounts
    accounts.unconsented.clear()
    accounts.second_factor.clear()
    accounts.auto_approve = ""
    accounts.passwords.clear()


@pytest.fixture
def place(server: RunningServer, tmp_path: Path) -> Place:
    """Return a folder in which a target's file for the server is written."""
    folder = tmp_path / "target"
    folder.mkdir()
    return Place(server, folder)
