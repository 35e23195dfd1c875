"""Fixtures of the jobs of CI, and the way to what they need."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent)]

from composite import Job  # noqa: E402 - after the path to it
from jobs import environment, python_in  # noqa: E402 - see above


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """A job of GitHub Actions with an empty checkout."""
    workspace, temp = tmp_path / "work space", tmp_path / "temp"
    workspace.mkdir()
    temp.mkdir()
    return Job(workspace, temp, environment(temp), {"python": {"python-path": str(python_in(temp))}})
