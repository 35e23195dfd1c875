"""Open what a run judges: recordings, the reference emulator, or the service that a file describes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from graphcal.outcomes import UsageError

if TYPE_CHECKING:
    from graphcal.targets.base import Target

__all__ = ["open_target"]

SERVICE_FILE = ".toml"


def open_target(name: str, cassettes: Path) -> Target:
    """Return the target that `--target` names: replay, emulator, or a file that describes a service.

    Raises UsageError for one that there is not.
    """
    if name == "replay":
        from graphcal.targets.replay import ReplayTarget  # noqa: PLC0415 - one kind is needed

        if not cassettes.is_dir():
            raise UsageError(
                f"--cassettes {cassettes}: no such folder; it holds one recording per feature file"
            )
        return ReplayTarget(cassettes)
    if name == "emulator":
        from graphcal.targets.emulator import start_emulator  # noqa: PLC0415 - one kind is needed

        return start_emulator()
    if name.endswith(SERVICE_FILE):
        from graphcal.targets.service import open_service  # noqa: PLC0415 - one kind is needed
        from graphcal.targets.settings import read_settings  # noqa: PLC0415 - one kind is needed

        return open_service(read_settings(Path(name), os.environ))
    raise UsageError(
        f"--target {name}: unknown target; say replay (recordings), emulator (the reference emulator), "
        "or name a FILE.toml that describes a service"
    )
