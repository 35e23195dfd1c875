"""Start the command: `graphcal`, or `python -m graphcal`."""

import sys

from graphcal.streams import steady


def start() -> None:
    """Run the command; `graphcal run` without loading what only the other commands need."""
    steady()
    if sys.argv[1:2] == ["run"] and not {"-h", "--help"} & set(sys.argv):
        from graphcal.running import run  # noqa: PLC0415

        sys.exit(run(sys.argv[2:]))
    from graphcal.command import main  # noqa: PLC0415

    main(prog_name="graphcal")


if __name__ == "__main__":
    start()
