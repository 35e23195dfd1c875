"""Name the place in pytest's config where the run is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from graphcal.run import Run

RUN: pytest.StashKey[Run] = pytest.StashKey()
