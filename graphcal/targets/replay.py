"""Judge recordings: open a chapter's cassette and find in it what a live run would search for."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from graphcal.outcomes import Trouble, Unmet
from graphcal.recording.cassette import RECORD_AGAIN, Cassette, load
from graphcal.report import model
from graphcal.targets.base import Chapter, Closing, Found
from graphcal.targets.finder import answered_copy, calendar_id, inbox

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from graphcal.facts import Invitation
    from graphcal.graph.client import Graph
    from graphcal.graph.exchange import Exchange
    from graphcal.people import Person
    from graphcal.schemas import Schemas
    from graphcal.targets.settings import Known
    from graphcal.value import Value

WALKTHROUGH = "walkthrough"


@dataclass
class ReplayTarget:
    """The recordings of a folder, one a feature file."""

    folder: Path
    known: tuple[Known, ...] = ()
    _unasked: dict[str, list[str]] = field(default_factory=dict)

    @property
    def description(self) -> model.Target:
        """What the report says of the target."""
        return model.Target("recordings", "replay", "")

    @contextmanager
    def chapter(self, name: str, schemas: Schemas) -> Iterator[Chapter]:
        """Play `name`.json of the folder while the scenarios of the chapter run."""
        from graphcal.recording import replay  # noqa: PLC0415 - imports vcrpy: not for listing

        cassette = self._loaded(name)
        with replay.playing(cassette) as tape:
            graph = replay.RecordedGraph(name, cassette, schemas)
            try:
                yield Chapter(
                    graph=graph,
                    people=cassette.people,
                    now=_clock(cassette),
                    finder=RecordedPlaces(cassette, graph),
                    arrangement=RecordedArrangement(cassette),
                    provenance=cassette.provenance,
                    recording=model.Recording(name, cassette.provenance, cassette.title, cassette.details),
                    run_mark=cassette.details.get("mark", ""),
                )
            finally:
                graph.close()
                self._unasked[name] = replay.never_played(tape)

    def _loaded(self, name: str) -> Cassette:
        """Read the recording of a chapter.

        Raises Unmet for a chapter that a folder with a walkthrough does not hold: people record what they
        want judged, and begin there. Raises Trouble for a recording that is missing else, or not sound.
        """
        path = self.folder / f"{name}.json"
        if name != WALKTHROUGH and not path.exists() and (self.folder / f"{WALKTHROUGH}.json").exists():
            raise Unmet(f"{self.folder} holds no recording of this chapter, {path.name}")
        return load(path)

    def closing(self, name: str) -> Closing:
        """Return what there is to say of a closed chapter: the recorded requests that no scenario asked for."""
        return Closing(unasked=tuple(self._unasked.get(name, ())))

    def close(self) -> None:
        """Hold nothing."""


class RecordedPlaces:
    """Takes ids from the metadata of a recording, which holds no searching.

    `places` maps "invitation christie", "further christie", "answer adele christie", "event alex",
    "viewed adele" and "group megan" to ids, each after the name of the fact that needed it where the
    recording has many.
    """

    def __init__(self, cassette: Cassette, graph: Graph) -> None:
        self._cassette = cassette
        self._graph = graph

    def invitation(self, reader: Person, subject: str) -> Found:
        """Find the meeting request in the reader's mailbox."""
        del subject
        return self._place(f"invitation {reader.key}")

    def answer(self, reader: Person, responder: Person, subject: str) -> Found:
        """Find the responder's answer in the reader's mailbox."""
        del subject
        return self._place(f"answer {reader.key} {responder.key}")

    def event(self, owner: Person, invitation: Invitation) -> Found:
        """Find the event in its owner's calendar."""
        del invitation
        return self._place(f"event {owner.key}")

    def further(self, reader: Person, subject: str, known: frozenset[str]) -> Found:
        """Find the message that came after the known ones."""
        del subject, known
        return self._place(f"further {reader.key}")

    def viewed(self, reader: Person, view: str, invitation: Invitation) -> Found:
        """Find the event in the view of a calendar."""
        del view, invitation
        return self._place(f"viewed {reader.key}")

    def group(self, who: Person, calendar: str) -> Found:
        """Find the calendar group that holds the calendar."""
        del calendar
        return self._place(f"group {who.key}")

    def settle(self) -> None:
        """Wait for nothing: what had time to arrive was recorded."""

    def settled_inbox(self, reader: Person) -> list[Exchange]:
        """Read the recorded inbox."""
        return list(inbox(self._graph, reader))

    def calendar_id(self, owner: Person, tally: Value) -> str:
        """Return the id; a published page shows it nowhere but in the context of the owner's event."""
        if self._cassette.provenance != "documentation":
            return calendar_id(self._graph, owner)
        context = tally["@odata.context"].text
        _, found, rest = context.partition("/calendars('")
        identifier, closed, _ = rest.partition("')")
        if not found or not closed or not identifier:
            raise Unmet(f"the recording does not show the id of {owner}'s calendar in {owner}'s mailbox")
        return unquote(identifier)

    def own_copy(self, attendee: Person, invited: Value) -> Value:
        """Return the copy; what a published page prints as the invitation, it read after the answer."""
        if self._cassette.provenance != "documentation":
            return answered_copy(self._graph, attendee, invited)
        return invited

    def _place(self, key: str) -> Found:
        places = self._cassette.places
        identifier = places.get(f"{self._graph.fact}: {key}", places.get(key))
        if not isinstance(identifier, str):
            raise Unmet(f"the recording does not say which item is the {key}")
        return Found(identifier)


class RecordedArrangement:
    """Takes the recording's word for what was arranged before it was made."""

    def __init__(self, cassette: Cassette) -> None:
        self._cassette = cassette

    def require_delegation(self, owner: Person, delegate: Person) -> None:
        """Return when the recording says that the owner delegated to the delegate."""
        self._require(
            "delegations", [owner.key, delegate.key], f"{owner} has not delegated the calendar to {delegate}"
        )

    def require_role(self, owner: Person, other: Person, role: str) -> None:
        """Return when the recording says that the other held that role."""
        self._require(
            "roles", [owner.key, other.key, role], f"{other} has not the role {role} on {owner}'s calendar"
        )

    def require_default(self, owner: Person, role: str) -> None:
        """Return when the recording says that the owner's organisation held that role."""
        self._require(
            "defaults", [owner.key, role], f"the organisation has not the role {role} on {owner}'s calendar"
        )

    def require_closed(self, owner: Person) -> None:
        """Return when the recording says that the owner's organisation saw no event."""
        self._require("closed", [owner.key], f"everybody may see more than when {owner} is free or busy")

    def shows_private(self, owner: Person, delegate: Person) -> bool:
        """Tell whether the recording says so of the delegation."""
        return [owner.key, delegate.key] in self._held("private")

    def further_delegates(self, owner: Person) -> frozenset[str]:
        """Return what the recording tells of them."""
        return frozenset(address for key, address in self._held("delegates") if key == owner.key)

    def require_no_delegate(self, owner: Person) -> None:
        """Return when the recording says that nobody was the owner's delegate."""
        self._require("undelegated", [owner.key], f"{owner} may have a delegate")

    def require_option(self, owner: Person, option: str) -> None:
        """Return when the recording says that the owner's mailbox delivered in that way."""
        self._require(
            "options", [owner.key, option], f"{owner}'s meeting messages are not delivered as {option}"
        )

    def require_loopback(self) -> None:
        """Return when the recording says that it was made of a service on its maker's machine."""
        self._require("reach", ["loopback"], "it is not said that nobody outside could be written to")

    def require_changes(self) -> None:
        """Return when the recording says that permissions and settings could be changed."""
        self._require("changes", ["allowed"], "permissions and settings could not be changed")

    def require_token(self, person: Person, scopes: tuple[str, ...]) -> None:
        """Return when the recording says that a person had a token for these scopes and no others."""
        self._require(
            "tokens", [person.key, *scopes], f"{person} had no token for {' and '.join(scopes)} alone"
        )

    def undo_later(
        self, person: Person, method: str, path: str, body: Mapping[str, Any] | None = None
    ) -> None:
        """Undo nothing: a recording does not change."""

    def undoing(
        self, person: Person, method: str, path: str, body: Mapping[str, Any] | None = None
    ) -> AbstractContextManager[None]:
        """Undo nothing."""
        del person, method, path, body
        return nullcontext()

    def _require(self, kind: str, what: list[str], lacking: str) -> None:
        if what not in self._held(kind):
            raise Unmet(f"{lacking} in this recording")

    def _held(self, kind: str) -> list[Any]:
        held = self._cassette.arrangement.get(kind)
        return held if isinstance(held, list) else []


def _clock(cassette: Cassette) -> datetime:
    try:
        now = datetime.fromisoformat(cassette.clock)
        now.replace(day=1, year=now.year + 1)  # meetings are planned within a year from it
    except ValueError as error:
        raise Trouble(
            f"the recording {cassette.path} has a clock that is no RFC 3339 time: {cassette.clock!r}. {RECORD_AGAIN}"
        ) from error
    return now
