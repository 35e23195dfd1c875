"""Give the jobs of CI what their machines have: a checkout, a Python to install with, services to start."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sys
from pathlib import Path
from typing import Any

COMMAND = shutil.which("graphcal", path=str(Path(sys.executable).parent)) or ""
INSTALLED = "installed"  # the file that holds what pip was asked for
PYTHON = f"""#!/bin/sh
# Makes a virtual environment with the command that is tested, and writes down what pip is to install.
if [ "$2" = venv ]; then
  mkdir -p "$4/bin"
  cp "$0" "$4/bin/python"
  cp "$0" "$4/bin/pip"
  ln -sf {COMMAND} "$4/bin/graphcal"
else
  printf '%s\\n' "$@" > "$(dirname "$0")/{INSTALLED}"
fi
"""
ADDRESS = "https://127.0.0.1:{}/"


def python_in(folder: Path) -> Path:
    """Write a Python that stands for the one of a machine; return its path."""
    path = folder / "python3"
    path.write_text(PYTHON, encoding="utf-8")
    path.chmod(0o755)
    return path


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return the environment of a job, with a user's folders of its own and nothing of the pytest around it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "GRAPHCAL"))}
    path = os.pathsep.join([str(folder), str(Path(COMMAND).parent), os.environ["PATH"]])
    own = {"PATH": path, "GRAPHCAL_STATE": str(folder / "state"), "GRAPHCAL_CACHE": str(folder / "cache")}
    return {**kept, **own, **more}


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def answers(port: int) -> bool:
    """Tell whether somebody listens on a port."""
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def is_running(file: Path) -> bool:
    """Tell whether the process whose number is in a file runs; one that has only to be waited for does not."""
    status = Path("/proc", file.read_text(encoding="utf-8").strip(), "stat")
    return status.exists() and ") Z " not in status.read_text(encoding="utf-8")


def verdict_in(report: Path) -> str:
    """Return the verdict that a folder of reports tells."""
    document: dict[str, Any] = json.loads((report / "report.json").read_text("utf-8"))
    return str(document["verdict"])
