"""Write down what a run is about to create or change, before it does, so that nothing is left behind."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphcal.outcomes import Trouble

if TYPE_CHECKING:
    from graphcal.people import Person

FOLDER = "GRAPHCAL_STATE"  # names another folder than the platform's for the state of an application


@dataclass(frozen=True)
class Entry:
    """What one run has done at a target: the mark in its subjects, the items, the settings it changed.

    `items` are pairs of a person's key and an event's id; `undo` are requests that restore settings, each
    with person, method, path and body, newest last. `begun` counts creations of unknown fate.
    """

    mark: str
    items: tuple[tuple[str, str], ...]
    undo: tuple[dict[str, Any], ...]
    begun: int = 0


class Journal:
    """The journal of one target: a file of JSON lines, in the platform's folder for state."""

    def __init__(self, base_url: str, folder: Path | None = None) -> None:
        name = hashlib.sha256(base_url.rstrip("/").lower().encode()).hexdigest()[:16]
        self.path = (folder or state_folder()) / "journal" / f"{name}.jsonl"

    def begin(self, mark: str) -> None:
        """Note that a run begins whose subjects bear a mark."""
        self._append({"mark": mark})

    def created(self, mark: str, person: Person, identifier: str) -> None:
        """Note the id of an event that a person has created."""
        self._append({"mark": mark, "person": person.key, "event": identifier})

    def changes(self, mark: str, undo: dict[str, Any]) -> None:
        """Note how to restore a setting that is about to be changed."""
        self._append({"mark": mark, "undo": undo})

    def end(self, mark: str) -> None:
        """Forget a run that has left nothing behind."""
        kept = [line for line in self._lines() if line.get("mark") != mark]
        if kept:
            draft = self.path.with_suffix(".draft")
            draft.write_text("".join(json.dumps(line) + "\n" for line in kept), encoding="utf-8")
            draft.replace(self.path)
        else:
            self.path.unlink(missing_ok=True)

    def entries(self) -> list[Entry]:
        """Return the runs that may have left something, oldest first."""
        marks: dict[str, list[dict[str, Any]]] = {}
        for line in self._lines():
            if isinstance(line.get("mark"), str):
                marks.setdefault(line["mark"], []).append(line)
        entries = []
        for mark, lines in marks.items():
            items = tuple((line["person"], line["event"]) for line in lines if line.get("event"))
            undo = tuple(line["undo"] for line in lines if isinstance(line.get("undo"), dict))
            begun = len(lines) - 2 * len(items) - len(undo)  # each creation has a line before and one after
            entries.append(Entry(mark, items, undo, max(begun, 0)))
        return entries

    def _append(self, line: dict[str, Any]) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise Trouble(
                f"the journal {self.path} can't be written ({error.strerror}), so nothing is created; "
                f"name a folder that can in {FOLDER}"
            ) from None

    def _lines(self) -> list[dict[str, Any]]:
        try:
            texts = self.path.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []
        lines = []
        for text in texts:
            try:
                line = json.loads(text)
            except ValueError:
                continue  # a run that was killed has cut its last line short
            if isinstance(line, dict):
                lines.append(line)
        return lines


def state_folder() -> Path:
    """Return the folder for what outlives a run."""
    if os.environ.get(FOLDER):
        return Path(os.environ[FOLDER])
    from platformdirs import user_state_path  # noqa: PLC0415 - live runs only

    return user_state_path("graphcal", appauthor=False)
