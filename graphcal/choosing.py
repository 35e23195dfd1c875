"""Find out which chapters the arguments of `graphcal run` name, and where these lie."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from graphcal import places
from graphcal.outcomes import UsageError
from graphcal.report.words import ENGLISH, LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SUFFIX = ".feature"
PATH_FOLLOWS = "--ignore"
WORD_FOLLOWS = frozenset(
    {"--target", "--cassettes", "--report", "--record", "--lang", "--deselect", "-k", "-m"}
)


def chosen(arguments: Sequence[str]) -> list[str]:
    """Return arguments for pytest, in which chapters are named by where they lie.

    All features come first where none is named: there no option that lacks its value takes them for it.
    Raises UsageError for feature files that are none of the suite's.
    """
    found, named = [], False
    for before, argument in zip(["", *arguments], arguments, strict=False):
        path, separator, rest = argument.partition("::")
        if argument.startswith("-") or before in WORD_FOLLOWS:
            found.append(argument)
            continue
        place = _in_suite(path)
        found.append(f"{place}{separator}{rest}" if place else argument)
        if before != PATH_FOLLOWS:
            _refuse_stray(path, place)
            named |= place is not None
    return found if named else [str(places.features()), *found]


def language_named(arguments: Iterable[str], folder: Path) -> str:
    """Return the language that all paths and ids are in that pytest was given, started in a folder; else English."""
    found = {_language(folder / argument.partition("::")[0]) for argument in arguments}
    return found.pop() if len(found) == 1 else ENGLISH


def _language(path: Path) -> str:
    return path.name if path.name in LANGUAGES else places.language_of(path)


def _in_suite(path: str) -> Path | None:
    """Return where a feature file, or a folder of them, lies in the suite, None for what is none of it.

    It is named as reports print it, "features/x.feature", or by a path as the shell knows it.
    """
    features = places.features().resolve()
    for found in (places.suite() / path, Path.cwd() / path):
        place = found.resolve()
        if place.is_relative_to(features) and (place.is_dir() or place.suffix == SUFFIX) and place.exists():
            return found
    return None


def _refuse_stray(path: str, place: Path | None) -> None:
    """Refuse feature files, or a folder of them, that do not lie in the suite: nothing would read them."""
    named = Path(path)
    if place or not (named.suffix == SUFFIX or next(named.glob(f"*{SUFFIX}"), None)):
        return
    if named.exists():
        raise UsageError(f"{path}: no chapter of this suite, whose feature files lie in {places.features()}")
    chapters = ", ".join(f"features/{chapter.name}" for chapter in places.chapters())
    raise UsageError(f"{path}: no such chapter; there are {chapters}")
