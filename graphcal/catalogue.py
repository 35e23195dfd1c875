"""Read the catalogue of requirements: one row a sentence, with its level and where it is written."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from graphcal.outcomes import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LEVELS = ("stated", "documented", "observed")
_PLAIN = ("id", "level", "text", "source", "url")
_OPTIONAL = (*LEVELS, "accepts", "untested")


@dataclass(frozen=True)
class Requirement:
    """One row of the catalogue.

    `level` is the leading one; `parts` names what of the sentence has another level.
    `untested` is the reason why no scenario covers the row, or "".
    """

    id: str
    level: str
    text: str
    source: str
    url: str
    parts: Mapping[str, str]
    accepts: str
    untested: str

    @property
    def chapter(self) -> str:
        """The three letters that name the chapter."""
        return self.id.partition("-")[0]


@dataclass(frozen=True)
class Catalogue:
    """All requirements by id, in the catalogue's order, and the titles of their chapters."""

    chapters: Mapping[str, str]
    requirements: Mapping[str, Requirement]

    def __getitem__(self, identifier: str) -> Requirement:
        return self.requirements[identifier]

    def __contains__(self, identifier: object) -> bool:
        return identifier in self.requirements

    @cached_property
    def folded(self) -> Mapping[str, str]:
        """Ids by their case-folded spelling, for commands that take what people type."""
        return {identifier.casefold(): identifier for identifier in self.requirements}


def read_catalogue(path: Path) -> Catalogue:
    """Read `requirements.toml`.

    Raises UsageError, naming the file and the row, when it can't be read or a row is not as it should be.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: the catalogue can't be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: not a TOML file: {error}") from error
    chapters = table.get("chapters", {})
    requirements: dict[str, Requirement] = {}
    for number, row in enumerate(table.get("requirement", []), start=1):
        requirement = _requirement(row, f"{path}: requirement {row.get('id', f'number {number}')}")
        if requirement.id in requirements:
            raise UsageError(f"{path}: {requirement.id} stands twice")
        if requirement.chapter not in chapters:
            raise UsageError(f"{path}: {requirement.id}: no chapter {requirement.chapter} in [chapters]")
        requirements[requirement.id] = requirement
    return Catalogue(chapters, requirements)


def _requirement(row: dict[str, str], place: str) -> Requirement:
    for key in _PLAIN:
        if not row.get(key):
            raise UsageError(f"{place}: {key} is missing")
    for key in row:
        if key not in _PLAIN and key not in _OPTIONAL:
            raise UsageError(f"{place}: unknown key {key}")
    if row["level"] not in LEVELS:
        raise UsageError(f"{place}: level is {row['level']!r}, not one of {', '.join(LEVELS)}")
    return Requirement(
        id=row["id"],
        level=row["level"],
        text=row["text"],
        source=row["source"],
        url=row["url"],
        parts={level: row[level] for level in LEVELS if level in row},
        accepts=row.get("accepts", ""),
        untested=row.get("untested", ""),
    )
