"""Open what a run judges: recordings now; an emulator or a service behind the same interface."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphcal.outcomes import UsageError
from graphcal.targets.replay import ReplayTarget

if TYPE_CHECKING:
    from pathlib import Path

    from graphcal.targets.base import Target

__all__ = ["open_target"]


def open_target(name: str, cassettes: Path) -> Target:
    """Return the target that `--target` names.

    Raises UsageError for one that this version does not know.
    """
    if name == "replay":
        if not cassettes.is_dir():
            raise UsageError(
                f"--cassettes {cassettes}: no such folder; it holds one recording per feature file"
            )
        return ReplayTarget(cassettes)
    raise UsageError(
        f"--target {name}: unknown target. This version judges recordings only: leave the option out, "
        "or say --target replay and name a folder of recordings with --cassettes"
    )
