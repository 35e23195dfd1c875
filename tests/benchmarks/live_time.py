"""Compare a live run on the reference emulator with the replay of its recording.

    python tests/benchmarks/live_time.py [--rounds 5]

Both judge the same scenarios; the emulator answers at once, over TLS and signed in to through MSAL. Printed are
the medians of the wall times in seconds, the requests of the live run, and the share of the live run's time that
is not the suite's own work: what the replay does without.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from pathlib import Path

from walkthrough_time import wall_time


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5, help="how often each command runs (default 5)")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["GRAPHCAL_STATE"] = str(folder / "state")
        start = [sys.executable, "-m", "graphcal"]
        wall_time([*start, "record", "--target", "emulator", "--cassettes", str(folder / "rec")])
        live = [*start, "run", "--target", "emulator", "--report", str(folder / "live")]
        replay = [*start, "run", "--cassettes", str(folder / "rec"), "--report", str(folder / "replay")]
        pairs = [(wall_time(live), wall_time(replay)) for _ in range(rounds)]
        requests = json.loads((folder / "live" / "report.json").read_text(encoding="utf-8"))["requests"]
    medians = [statistics.median(column) for column in zip(*pairs, strict=True)]
    print(f"live    {medians[0]:.3f} s, {requests} requests that scenarios sent")
    print(f"replay  {medians[1]:.3f} s")
    print(f"share of the live run that the replay does without  {1 - medians[1] / medians[0]:.0%}")


if __name__ == "__main__":
    main()
