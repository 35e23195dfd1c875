"""Fixtures of the emulator's tests."""

from __future__ import annotations

import pytest
from emulator_world import World


@pytest.fixture
def world() -> World:
    """Start in the documented state: Alex has delegated his calendar to Adele."""
    return World()
