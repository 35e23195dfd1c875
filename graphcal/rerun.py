"""Judge a target inside another command, without a word, and hand over all that was found."""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from graphcal.outcomes import Trouble
from graphcal.report import evidence
from graphcal.running import run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphcal.report.model import Report


def judged(options: Sequence[str], environment: Mapping[str, str] | None = None) -> Report:
    """Return the report of a run with these options, in this process.

    `environment` is set for the run alone; its journal and locks are the run's own.
    Raises Trouble where the run makes no report.
    """
    said, before = io.StringIO(), dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="graphcal-") as folder:
        os.environ |= {"GRAPHCAL_STATE": folder, **(environment or {})}
        try:
            with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
                run(["--report", folder, "-pno:randomly", "-pno:xdist", *options])
            return evidence.read(Path(folder, evidence.NAME).read_bytes())
        except (OSError, evidence.EvidenceError):
            raise Trouble(f"a run inside this command made no report: {said.getvalue()[-300:]}") from None
        finally:
            os.environ.clear()
            os.environ |= before
