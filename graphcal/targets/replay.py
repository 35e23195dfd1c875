"""Judge recordings: open a chapter's cassette and find in it what a live run would search for."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from graphcal.outcomes import Trouble, Unmet
from graphcal.recording.cassette import Cassette, load
from graphcal.report import model
from graphcal.targets.base import Chapter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graphcal.people import Person
    from graphcal.schemas import Schemas
    from graphcal.story import Invitation
    from graphcal.value import Value


@dataclass
class ReplayTarget:
    """The recordings of a folder, one a feature file."""

    folder: Path
    _leftovers: dict[str, list[str]] = field(default_factory=dict)

    @property
    def description(self) -> model.Target:
        """What the report says of the target."""
        return model.Target("recordings", "replay", "")

    @contextmanager
    def chapter(self, name: str, schemas: Schemas) -> Iterator[Chapter]:
        """Play `name`.json of the folder while the scenarios of the chapter run."""
        from graphcal.recording import replay  # noqa: PLC0415 - imports vcrpy: not for listing

        cassette = load(self.folder / f"{name}.json")
        with replay.playing(cassette) as tape:
            graph = replay.RecordedGraph(name, cassette, schemas)
            try:
                yield Chapter(
                    graph=graph,
                    people=cassette.people,
                    now=_clock(cassette),
                    finder=RecordedPlaces(cassette),
                    arrangement=RecordedArrangement(cassette),
                    provenance=cassette.provenance,
                    recording=model.Recording(name, cassette.provenance, cassette.title, cassette.details),
                )
            finally:
                graph.close()
                self._leftovers[name] = replay.never_played(tape)

    def leftovers(self, name: str) -> list[str]:
        """Return the recorded requests of a closed chapter that no scenario asked for."""
        return self._leftovers.get(name, [])


class RecordedPlaces:
    """Takes ids from the metadata of a published walkthrough, which shows no searching.

    `places` maps "invitation christie", "answer adele christie" and "event alex" to ids.
    """

    def __init__(self, cassette: Cassette) -> None:
        self._cassette = cassette

    def invitation(self, reader: Person, subject: str) -> str:
        """Return the id of the meeting request in the reader's mailbox."""
        del subject
        return self._place(f"invitation {reader.key}")

    def answer(self, reader: Person, responder: Person, subject: str) -> str:
        """Return the id of the responder's answer in the reader's mailbox."""
        del subject
        return self._place(f"answer {reader.key} {responder.key}")

    def event(self, owner: Person, invitation: Invitation) -> str:
        """Return the id that the event has in its owner's calendar."""
        del invitation
        return self._place(f"event {owner.key}")

    def calendar_id(self, owner: Person, tally: Value) -> str:
        """Read the id from the context of the owner's event: the page asks for it nowhere else."""
        context = tally["@odata.context"].text
        _, found, rest = context.partition("/calendars('")
        identifier, closed, _ = rest.partition("')")
        if not found or not closed or not identifier:
            raise Unmet(f"the recording does not show the id of {owner}'s calendar in {owner}'s mailbox")
        return unquote(identifier)

    def own_copy(self, attendee: Person, invited: Value) -> Value:
        """Return the event as the invitation shows it: the page printed it after the answer was given."""
        del attendee
        return invited

    def _place(self, key: str) -> str:
        identifier = self._cassette.places.get(key)
        if not isinstance(identifier, str):
            raise Unmet(f"the recording does not say which item is the {key}")
        return identifier


class RecordedArrangement:
    """Takes the recording's word for what was arranged before it was made."""

    def __init__(self, cassette: Cassette) -> None:
        self._cassette = cassette

    def require_delegation(self, owner: Person, delegate: Person) -> None:
        """Return when the recording says that the owner delegated to the delegate."""
        pairs: Any = self._cassette.arrangement.get("delegations")
        if not isinstance(pairs, list) or [owner.key, delegate.key] not in pairs:
            raise Unmet(f"{owner} has not delegated the calendar to {delegate} in this recording")


def _clock(cassette: Cassette) -> datetime:
    try:
        return datetime.fromisoformat(cassette.clock)
    except ValueError as error:
        raise Trouble(
            f"the recording {cassette.path} has a clock that is no RFC 3339 time: {cassette.clock!r}"
        ) from error
