"""Describe what every kind of target offers to the scenarios of a chapter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager
    from datetime import datetime

    from graphcal.graph.client import Graph
    from graphcal.people import Person
    from graphcal.report import model
    from graphcal.schemas import Schemas
    from graphcal.story import Invitation
    from graphcal.value import Value


class Finder(Protocol):
    """Finds what the story does not name: a message in an inbox, an event in another mailbox.

    Each method raises Unmet where the target shows no such item.
    """

    def invitation(self, reader: Person, subject: str) -> str:
        """Return the id of the meeting request in the reader's mailbox."""

    def answer(self, reader: Person, responder: Person, subject: str) -> str:
        """Return the id of the responder's answer in the reader's mailbox."""

    def event(self, owner: Person, invitation: Invitation) -> str:
        """Return the id that an invitation's event has in its owner's calendar."""

    def calendar_id(self, owner: Person, tally: Value) -> str:
        """Return the id of the owner's primary calendar in the owner's own mailbox."""

    def own_copy(self, attendee: Person, invited: Value) -> Value:
        """Return the attendee's event as it stands after the attendee's answer."""


class Arrangement(Protocol):
    """Knows who delegated to whom before any scenario began."""

    def require_delegation(self, owner: Person, delegate: Person) -> None:
        """Return when the owner delegated the primary calendar to the delegate, else raise Unmet."""


@dataclass(frozen=True)
class Chapter:
    """What the scenarios of one feature file work with.

    `now` is the chapter's clock, frozen where answers are recorded. `mark` makes a subject unique
    where others use the mailboxes too.
    """

    graph: Graph
    people: Mapping[str, Person]
    now: datetime
    finder: Finder
    arrangement: Arrangement
    provenance: str
    recording: model.Recording

    def mark(self, subject: str) -> str:
        """Return the subject as it is sent."""
        return subject


class Target(Protocol):
    """Something that a run can judge."""

    @property
    def description(self) -> model.Target:
        """What the report says of the target."""

    def chapter(self, name: str, schemas: Schemas) -> AbstractContextManager[Chapter]:
        """Open the target for the scenarios of the feature file `name`.feature.

        Raises Trouble where the target can't be opened.
        """

    def leftovers(self, name: str) -> list[str]:
        """Return what a closed chapter held and no scenario asked for."""
