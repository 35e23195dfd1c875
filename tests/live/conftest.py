"""Fixtures of the live runs, and the way to the servers that they run against."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parents[1] / "servers"), str(Path(__file__).parents[1])]

from live_place import Place  # noqa: E402 - after the path to what it needs


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A user's place to run the command in, with nothing of other runs."""
    return Place(tmp_path)
