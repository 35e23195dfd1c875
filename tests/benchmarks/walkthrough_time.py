"""Compare `graphcal run` with as many empty pytest-bdd scenarios.

    python tests/benchmarks/walkthrough_time.py [--rounds 7]

The two commands take turns in one environment; printed are the medians of their wall time in seconds and
the ratio. An empty scenario has one step that does nothing, in one feature file bound by `scenarios()`.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FEATURES = Path(__file__).resolve().parents[2] / "features"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=7, help="how often each command runs (default 7)")
    parser.add_argument("--report", action="store_true", help="let graphcal write its report too")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        count = scenario_count()
        write_empty(folder, count)
        report = ["--report", str(folder / "report")] if arguments.report else []
        ours = [sys.executable, "-m", "graphcal", "run", *report]
        empty = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(folder)]
        seconds: dict[str, list[float]] = {"graphcal": [], "empty": []}
        for number in range(arguments.rounds + 1):
            for title, command in (("graphcal", ours), ("empty", empty)):
                taken = wall_time(command)
                if number:  # the first round warms the caches
                    seconds[title].append(taken)
    medians = {title: statistics.median(taken) for title, taken in seconds.items()}
    print(f"{count} scenarios, medians of {arguments.rounds} runs")
    print(f"graphcal run           {medians['graphcal']:.3f} s")
    print(f"empty pytest-bdd       {medians['empty']:.3f} s")
    print(f"ratio                  {medians['graphcal'] / medians['empty']:.2f}")


def scenario_count() -> int:
    """Return how many scenarios and outline rows the features have."""
    collected = subprocess.run(
        [sys.executable, "-m", "graphcal", "run", "--collect-only", "-q"],
        capture_output=True,
        text=True,
        check=True,
    )
    return sum(
        int(line.rpartition(": ")[2]) for line in collected.stdout.splitlines() if ".feature: " in line
    )


def write_empty(folder: Path, count: int) -> None:
    """Write a feature of empty scenarios and the module that binds it."""
    scenarios = "".join(f"  Scenario: Empty {number}\n    Given nothing\n\n" for number in range(count))
    (folder / "empty.feature").write_text(f"Feature: Nothing\n\n{scenarios}")
    (folder / "test_empty.py").write_text(
        'from pytest_bdd import given, scenarios\n\nscenarios("empty.feature")\n\n\n'
        '@given("nothing")\ndef nothing():\n    pass\n'
    )
    (folder / "pytest.ini").write_text("[pytest]\n")


def wall_time(command: list[str]) -> float:
    """Run a command and return its wall time in seconds."""
    start = time.perf_counter()
    subprocess.run(command, capture_output=True, check=False)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
