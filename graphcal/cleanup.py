"""Remove from a target what a run has created there, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

from graphcal import places
from graphcal.graph.client import Graph, segment
from graphcal.journal import Entry, Journal
from graphcal.outcomes import Trouble, Unmet, Unsupported

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graphcal.graph.exchange import Exchange
    from graphcal.people import Person
    from graphcal.targets.live import LiveTarget

EVENTS, MESSAGES = "/me/events", "/me/messages"
ROUNDS = 4  # removing an event sends messages that have to be removed as well
GONE = 404


@dataclass
class Sweeper:
    """Removes what bears a run's mark from the mailboxes of the people; every subject is looked at first.

    `removed` counts; `left` says in sentences what could not be removed or restored.
    """

    graph: Graph
    people: Mapping[str, Person]
    removed: int = 0
    left: list[str] = field(default_factory=list)
    _silent: set[str] = field(default_factory=set)

    def sweep(self, entry: Entry, owner: str = "alex") -> None:
        """Restore the settings and remove the items of one run."""
        for undo in reversed(entry.undo):
            self._restore(undo)
        # The owner's event first: removing it takes back the invitations.
        order = sorted(self.people.values(), key=lambda person: person.key != owner)
        for number in range(ROUNDS):
            found = sum(self._swept(person, entry.mark) for person in order)
            if not found and number:
                return
            if not found and not entry.items:
                return
            self.graph.patience.sleep(self._settling(number))
        if any(self._swept(person, entry.mark) for person in order):
            self.left.append(f"items that bear the mark {entry.mark} keep arriving; clean up again later")

    def _settling(self, number: int) -> float:
        """Return how long to wait for the messages that a removal sends, in seconds."""
        return min(self.graph.slowest_delivery * 1.5 + 0.05, 30) if number < ROUNDS - 1 else 0.0

    def _swept(self, person: Person, mark: str) -> int:
        found = 0
        for collection in (EVENTS, MESSAGES):
            if person.key in self._silent:
                return found  # each try may take as long as the service asks for
            try:
                items = list(self._marked(person, collection, mark))
            except (Trouble, Unmet, Unsupported) as hindrance:
                self._silent.add(person.key)
                self.left.append(
                    f"{person}'s {collection.removeprefix('/me/')} could not be searched: {hindrance}"
                )
                continue
            for identifier in items:
                found += self._remove(person, f"{collection}/{segment(identifier)}")
        return found

    def _marked(self, person: Person, collection: str, mark: str) -> Iterator[str]:
        """Yield the ids of the items whose subject holds the mark; by a filter where the service has it."""
        scope = "Calendars.Read" if collection == EVENTS else "Mail.Read"
        shape = "eventCollection" if collection == EVENTS else "messageCollection"
        condition = quote(f"contains(subject,'{mark}')", safe="'(),")
        paths = (f"{collection}?$filter={condition}", f"{collection}?$top=100&$select=id,subject")
        for path in paths:
            pages: Iterable[Exchange] = self.graph.pages(person, path, shape=shape, scopes=(scope,))
            for exchange in pages:
                if not exchange.succeeded:
                    break
                for item in exchange.payload["value"].items():
                    if mark in item["subject"].text and item["id"].text:
                        yield item["id"].text
            else:
                return

    def _remove(self, person: Person, path: str) -> int:
        scope = "Calendars.ReadWrite" if path.startswith(EVENTS) else "Mail.ReadWrite"
        try:
            exchange = self.graph.write(person, "DELETE", path, scopes=(scope,))
        except (Trouble, Unmet, Unsupported) as hindrance:
            self.left.append(f"{path} of {person} could not be removed: {hindrance}")
            return 0
        if exchange.succeeded:
            self.removed += 1
        elif exchange.status != GONE:
            self.left.append(f"{path} of {person} could not be removed: {exchange}")
            return 0
        return 1

    def _restore(self, undo: dict[str, object]) -> None:
        person = self.people.get(str(undo.get("person")))
        body = undo.get("body")
        if person is None:
            return
        try:
            exchange = self.graph.write(
                person,
                str(undo["method"]),
                str(undo["path"]),
                body if isinstance(body, dict) else None,
                scopes=("Calendars.ReadWrite", "MailboxSettings.ReadWrite"),
            )
        except (Trouble, Unmet, Unsupported) as hindrance:
            self.left.append(f"{undo['path']} of {person} could not be restored: {hindrance}")
            return
        if not exchange.succeeded and exchange.status != GONE:
            self.left.append(f"{undo['path']} of {person} could not be restored: {exchange}")


def clean_target(target: LiveTarget) -> tuple[list[str], bool]:
    """Remove what earlier runs have left at a target according to the journal.

    Returns sentences for people, and whether nothing is left now.
    """
    from graphcal.schemas import Schemas  # noqa: PLC0415 - loads a validator

    graph, journal = target.graph("cleanup", Schemas(places.schemas())), Journal(target.base_url)
    sweeper = Sweeper(graph, target.people)
    said = []
    for entry in journal.entries():
        before, left = sweeper.removed, len(sweeper.left)
        sweeper.sweep(entry)
        if len(sweeper.left) == left:
            journal.end(entry.mark)
        said.append(
            f"{entry.mark}: {sweeper.removed - before} items removed, {len(entry.undo)} settings restored"
        )
    graph.close()
    return [*said, *sweeper.left] or ["Nothing was left behind."], not sweeper.left
