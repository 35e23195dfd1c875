"""What the package promises as a whole: what it imports, how large its modules are, what it names."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import graphcal.emulator

MODULES = sorted(Path(graphcal.emulator.__file__).parent.rglob("*.py"))


def test_import_needs_no_client_and_no_suite() -> None:
    """Importing the emulator loads neither MSAL nor anything that tests with it."""
    code = "import sys, json, graphcal.emulator; print(json.dumps(sorted(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    loaded = {name.partition(".")[0] for name in json.loads(found.stdout)}
    assert not loaded & {"msal", "pytest", "pytest_bdd", "vcr", "requests", "jsonschema", "steps", "schemas"}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_modules_are_small_and_explain_themselves(module: Path) -> None:
    """No module has more than 320 lines; each begins with a sentence."""
    text = module.read_text()
    assert text.startswith('"""')
    assert text.count("\n") <= 320


def test_public_names_are_listed() -> None:
    """What is meant to be used is in one place."""
    assert all(hasattr(graphcal.emulator, name) for name in graphcal.emulator.__all__)
