"""Say where the parts of the suite lie: in a clone, or inside the installed package."""

from __future__ import annotations

from pathlib import Path

from graphcal.report.words import ENGLISH, LANGUAGES

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


def chapters(language: str = ENGLISH) -> list[Path]:
    """Return the feature files that a run in a language reads: those in it, in the place of the English ones."""
    found = sorted(features().glob("*.feature"))
    return [
        translated if (translated := path.parent / language / path.name).is_file() else path for path in found
    ]


def language_of(feature: Path) -> str:
    """Return the language that a feature file is in: that of its folder's name, as in features/pt, else English."""
    folder = feature.parent.name
    return folder if folder in LANGUAGES else ENGLISH


def is_passed_over(path: Path, language: str) -> bool:
    """Tell whether a run in a language leaves out a feature file, or a folder of those in other languages."""
    if path.suffix == ".feature":
        return language_of(path) == ENGLISH != language and (path.parent / language / path.name).is_file()
    return path.parent.name == "features" and path.name in LANGUAGES and path.name != language


def cassettes() -> Path:
    """Return the folder of the recordings that come with the suite."""
    return suite() / "cassettes"


def schemas() -> Path:
    """Return the folder of the JSON Schemas."""
    return suite() / "schemas"
