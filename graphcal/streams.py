"""Make standard output and error take whatever is written to them."""

from __future__ import annotations

import io
import os
import sys


def steady() -> None:
    """Let both streams escape what their encoding lacks, and give one that is closed a place to go."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, io.TextIOWrapper(io.FileIO(os.devnull, "w"), encoding="utf-8"))
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
