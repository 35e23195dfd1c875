"""Say where the parts of the suite lie: in a clone, or inside the installed package."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def suite() -> Path:
    """Return the folder that holds conftest.py, features, steps, schemas and cassettes.

    A wheel carries it as `graphcal/suite`; in a clone, also one installed editable, it is the clone.
    """
    packaged = PACKAGE / "suite"
    return packaged if packaged.is_dir() else PACKAGE.parent


def features() -> Path:
    """Return the folder of the feature files and the catalogue."""
    return suite() / "features"


def cassettes() -> Path:
    """Return the folder of the recordings that come with the suite."""
    return suite() / "cassettes"


def schemas() -> Path:
    """Return the folder of the JSON Schemas."""
    return suite() / "schemas"
