"""Describe what every kind of target offers to the scenarios of a chapter."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Protocol
from uuid import NAMESPACE_URL, uuid5

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from contextlib import AbstractContextManager
    from datetime import datetime

    from graphcal.facts import Invitation
    from graphcal.graph.client import Graph
    from graphcal.graph.exchange import Exchange
    from graphcal.people import Person
    from graphcal.report import model
    from graphcal.schemas import Schemas
    from graphcal.targets.settings import Known
    from graphcal.value import Value


@dataclass(frozen=True)
class Found:
    """The id of an item that was searched for; or, in vain, the answer that was searched last."""

    identifier: str = ""
    nothing: Exchange | None = None


class Finder(Protocol):
    """Finds what the story does not name: a message in an inbox, an event in another mailbox."""

    def invitation(self, reader: Person, subject: str) -> Found:
        """Find the meeting request in the reader's mailbox."""

    def answer(self, reader: Person, responder: Person, subject: str) -> Found:
        """Find the responder's answer in the reader's mailbox."""

    def event(self, owner: Person, invitation: Invitation) -> Found:
        """Find an invitation's event in its owner's calendar."""

    def further(self, reader: Person, subject: str, known: frozenset[str]) -> Found:
        """Find a message about the meeting in the reader's inbox that is none of those with the known ids."""

    def viewed(self, reader: Person, view: str, invitation: Invitation) -> Found:
        """Find an invitation's event in the view of a calendar, whose path is given, as its reader sees it."""

    def group(self, who: Person, calendar: str) -> Found:
        """Find the calendar group that holds somebody's calendar with this id."""

    def settle(self) -> None:
        """Wait until everything that was sent has had the time to arrive."""

    def settled_inbox(self, reader: Person) -> Iterable[Exchange]:
        """Read an inbox, all pages, once everything that was sent has had the time to arrive."""

    def calendar_id(self, owner: Person, tally: Value) -> str:
        """Return the id of the owner's primary calendar in the owner's own mailbox, or raise Unmet."""

    def own_copy(self, attendee: Person, invited: Value) -> Value:
        """Return the attendee's event as it stands after the attendee's answer, or raise Unmet."""


class Arrangement(Protocol):
    """Knows who delegated to whom before any scenario began."""

    def require_delegation(self, owner: Person, delegate: Person) -> None:
        """Return when the owner delegated the primary calendar to the delegate, else raise Unmet."""

    def require_role(self, owner: Person, other: Person, role: str) -> None:
        """Return when somebody has exactly this role on the owner's primary calendar, else raise Unmet.

        The role "none" means that the owner's permissions do not mention the other at all.
        """

    def require_default(self, owner: Person, role: str) -> None:
        """Return when the owner's organisation has exactly this role on the primary calendar, else raise Unmet."""

    def require_closed(self, owner: Person) -> None:
        """Return when the owner's organisation sees free and busy times at most, else raise Unmet."""

    def shows_private(self, owner: Person, delegate: Person) -> bool:
        """Tell whether a delegation that holds was found with the right to see private items."""

    def further_delegates(self, owner: Person) -> frozenset[str]:
        """Return the addresses, case-folded, of the owner's delegates whom no scenario knows."""

    def require_no_delegate(self, owner: Person) -> None:
        """Return when nobody is the owner's delegate, else raise Unmet."""

    def require_option(self, owner: Person, option: str) -> None:
        """Return when the owner's mailbox delivers meeting messages in this way, else raise Unmet."""

    def require_loopback(self) -> None:
        """Return when the service is on this machine, from where it writes to nobody, else raise Unmet."""

    def require_changes(self) -> None:
        """Return when a scenario may change permissions and settings of the target, else raise Unmet."""

    def require_token(self, person: Person, scopes: tuple[str, ...]) -> None:
        """Return when a token can be had that allows the person these scopes and no others, else raise Unmet."""

    def undo_later(
        self, person: Person, method: str, path: str, body: Mapping[str, Any] | None = None
    ) -> None:
        """Note, before a scenario changes something that lasts, the request that undoes it after the chapter."""

    def undoing(
        self, person: Person, method: str, path: str, body: Mapping[str, Any] | None = None
    ) -> AbstractContextManager[None]:
        """Note the same before a block that makes such a change, and undo it when the block ends."""


@dataclass(frozen=True)
class Chapter:
    """What the scenarios of one feature file work with.

    `now` is the chapter's clock, frozen where answers are recorded. `run_mark` makes what the chapter
    creates unique, and is "" where nothing is created. `note_created` is told of each thing before it is
    created, and of its id after.
    """

    graph: Graph
    people: Mapping[str, Person]
    now: datetime
    finder: Finder
    arrangement: Arrangement
    provenance: str
    recording: model.Recording
    run_mark: str = ""
    note_created: Callable[[str, Person, str], None] = lambda _subject, _person, _id: None

    def mark(self, subject: str, situation: str = "") -> str:
        """Return the subject as it is sent: in each situation the same name is another meeting's."""
        if not self.run_mark:
            return subject
        tag = f"-{sha256(situation.encode()).hexdigest()[:4]}" if situation else ""
        return f"{subject} [{self.run_mark}{tag}]"

    def transaction(self, marked: str) -> dict[str, str]:
        """Return the property that lets a service recognise a creation that is sent twice."""
        return {"transactionId": transaction_of(marked)} if self.run_mark else {}


def transaction_of(marked: str) -> str:
    """Return the id of the creation whose subject is this, mark included."""
    return str(uuid5(NAMESPACE_URL, f"graphcal:{marked}"))


@dataclass(frozen=True)
class Closing:
    """What there is to say of a chapter that has been closed.

    `unasked` names recorded answers that no scenario asked for, `left` says in sentences what could not be
    removed or restored, `notes` are sentences on the run. The service put off `throttled` requests, and
    `waited` seconds were spent on that.
    """

    unasked: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    throttled: int = 0
    waited: float = 0


class Target(Protocol):
    """Something that a run can judge; `known` are the deviations that its file lists."""

    known: tuple[Known, ...]

    @property
    def description(self) -> model.Target:
        """What the report says of the target."""

    def chapter(self, name: str, schemas: Schemas) -> AbstractContextManager[Chapter]:
        """Open the target for the scenarios of the feature file `name`.feature.

        Raises Trouble where the target can't be opened.
        """

    def closing(self, name: str) -> Closing:
        """Return what there is to say of a chapter that has been closed."""

    def close(self) -> None:
        """Let go of what the target holds: connections, a server of its own."""
