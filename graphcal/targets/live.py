"""Judge a service that answers now: an emulator or a tenant, signed in to as each of the people."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from graphcal.cleanup import Sweeper
from graphcal.graph.capabilities import Capabilities
from graphcal.graph.client import Bearer, Graph, Patience
from graphcal.graph.deliveries import Deliveries
from graphcal.journal import Entry, Journal, state_folder
from graphcal.outcomes import Trouble, Unmet, Unsupported
from graphcal.recording import recorder
from graphcal.recording.cassette import load
from graphcal.report import model
from graphcal.targets.arrangement import LiveArrangement
from graphcal.targets.base import Chapter, Closing
from graphcal.targets.finder import MailboxFinder
from graphcal.waiting import waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from graphcal.people import Person
    from graphcal.schemas import Schemas
    from graphcal.targets.settings import Known

TRIES = 4  # sendings of one request to a service that puts it off
LONGEST_PAUSE = 60  # seconds that a service may ask to be left alone
TURN = 1800  # seconds that a chapter waits for another run to let go of the mailboxes
PAUSES = 180  # seconds of such pauses in one chapter, after which it is not waited for any more


def new_mark() -> str:
    """Return what tells the items of one chapter of one run from all others."""
    return f"gc-{secrets.token_hex(4)}"


@dataclass
class LiveTarget:
    """A service with its people and a way to sign in.

    `delivery` is how long, in seconds, something may take to arrive; `changes` allows the arrangement to be
    made through the API; `verify` is what requests takes; `record_into` names a folder for a recording of each
    chapter.
    """

    name: str
    kind: str
    base_url: str
    people: Mapping[str, Person]
    bearer: Bearer
    delivery: float
    writes: bool
    changes: bool
    verify: str | bool = True
    mark: Callable[[], str] = new_mark
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    on_close: list[Callable[[], None]] = field(default_factory=list)
    record_into: Path | None = None
    known: tuple[Known, ...] = ()
    capabilities: Capabilities = field(default_factory=Capabilities)
    deliveries: Deliveries = field(default_factory=Deliveries)
    _closing: Closing = field(default_factory=Closing)

    @property
    def description(self) -> model.Target:
        """What the report says of the target."""
        return model.Target(self.name, self.kind, self.base_url)

    @contextmanager
    def chapter(self, name: str, schemas: Schemas) -> Iterator[Chapter]:
        """Open the target for a chapter; restore and remove at the end what the chapter has changed."""
        with self.turn():
            yield from self._open(name, schemas)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until no other chapter uses the mailboxes, in whatever process, where this one may change them."""
        if not self.writes:
            yield
            return
        path = state_folder() / "locks" / f"{Journal(self.base_url).path.stem}.lock"
        lock = FileLock(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock.acquire(timeout=TURN)
        except Timeout:
            raise Trouble(
                f"another run has used {self.base_url} for {TURN // 60} minutes; wait for it, or remove {path}"
            ) from None
        except OSError as error:
            raise Trouble(
                f"the lock {path} can't be written ({error.strerror}), so nothing is created"
            ) from None
        try:
            yield
        finally:
            lock.release()

    def _open(self, name: str, schemas: Schemas) -> Iterator[Chapter]:
        graph, journal, mark = self.graph(name, schemas), Journal(self.base_url), self.mark()
        arranging = self.graph(f"{name}-arrangement", schemas)
        arrangement = LiveArrangement(
            arranging, journal, mark, self.changes and self.writes, tuple(self.people.values())
        )
        created: list[tuple[str, str]] = []
        begun = 0
        notes: tuple[str, ...] = ()

        def note_created(_subject: str, person: Person, identifier: str) -> None:
            nonlocal begun
            if identifier:
                created.append((person.key, identifier))
                journal.created(mark, person, identifier)
            else:
                begun += 1
                journal.begin(mark)

        chapter = Chapter(
            graph=graph,
            people=self.people,
            now=self.now(),
            finder=MailboxFinder(graph),
            arrangement=arrangement,
            provenance=self.kind,
            recording=model.Recording(name, self.kind, self.name, {"base_url": self.base_url}),
            run_mark=mark,
            note_created=note_created,
        )
        try:
            yield chapter
            notes = self._record(name, chapter, arrangement)
        finally:
            arranging.slowest_delivery = graph.slowest_delivery
            unknown = max(begun - len(created) - refused_creations(graph), 0)
            entry = Entry(mark, tuple(created), (), unknown)
            left = self._clean_up(entry, begun, arrangement, arranging, journal)
            graph.close()
            arranging.close()
            self._closing = Closing(
                left=left,
                notes=notes,
                throttled=graph.throttled + arranging.throttled,
                waited=graph.waited + arranging.waited,
            )

    def graph(self, name: str, schemas: Schemas) -> Graph:
        """Return a client of the service."""
        patience = Patience(TRIES, LONGEST_PAUSE, PAUSES, self.delivery)
        graph = Graph(
            name,
            self.base_url,
            self.bearer,
            schemas,
            patience,
            self.verify,
            self.writes,
            self.capabilities,
            self.deliveries,
        )
        if self.kind == "service" and isinstance(self.verify, str):  # the run's own emulator ends with it
            graph.ca_file = self.verify
        told = waiting(name, self.delivery)
        graph.patience = replace(patience, sleep=lambda seconds: told.sleep(graph.fact, seconds))
        return graph

    def closing(self, name: str) -> Closing:
        """Return what there is to say of the chapter that was closed last."""
        del name
        return self._closing

    def close(self) -> None:
        """Let go of the sign-in and, where it is one's own, of the server."""
        while self.on_close:
            self.on_close.pop()()

    def _record(self, name: str, chapter: Chapter, arrangement: LiveArrangement) -> tuple[str, ...]:
        """Write the chapter's recording where one is wanted, and say so; a published page's is never replaced."""
        if self.record_into is None or not chapter.graph.exchanges:
            return ()
        path = self.record_into / f"{name}.json"
        if path.exists() and load(path).provenance == "documentation":
            return (f"{path} is a published page's recording and was left as it is.",)
        finder = chapter.finder
        places = finder.places if isinstance(finder, MailboxFinder) else {}
        details = {"title": self.name, "recorded": chapter.now.date().isoformat()}
        recorder.write(recorder.recording(chapter, places, arrangement.held, details), path)
        return (f"Recorded {len(chapter.graph.exchanges)} exchanges in {path}.",)

    def _clean_up(
        self, entry: Entry, begun: int, arrangement: LiveArrangement, graph: Graph, journal: Journal
    ) -> tuple[str, ...]:
        """Restore and remove what the chapter has changed and created; return what is left, in sentences."""
        sweeper = Sweeper(graph, self.people)
        try:
            arrangement.restore()
            if begun:
                sweeper.sweep(entry)
        except (Trouble, Unmet, Unsupported) as hindrance:
            sweeper.left.append(str(hindrance))
        if not sweeper.left:
            journal.end(entry.mark)
        return tuple(sweeper.left)


def refused_creations(graph: Graph) -> int:
    """Count the events that the service said it would not create."""
    return sum(
        exchange.request.method == "POST" and exchange.request.path.endswith("/events")
        for exchange in graph.exchanges
        if not exchange.succeeded
    )
