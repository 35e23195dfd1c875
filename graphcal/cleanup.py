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
    from graphcal.value import Value

EVENTS, MESSAGES = "/me/events", "/me/messages"
ROUNDS = 8  # of removing; what is removed may lie in a bin, and removing an event sends messages
GONE = 404
PAUSE = 0.05  # seconds before another look


@dataclass
class Sweeper:
    """Removes what bears a run's mark from the mailboxes of the people; every subject is looked at first.

    `removed` and `restored` count; `left` says in sentences what could not be removed or restored.
    """

    graph: Graph
    people: Mapping[str, Person]
    removed: int = 0
    restored: int = 0
    left: list[str] = field(default_factory=list)
    _silent: set[str] = field(default_factory=set)
    _due: dict[str, float] = field(default_factory=dict)
    _organized: int = 0

    def sweep(self, entry: Entry, owner: str = "alex") -> None:
        """Restore the settings and remove the items of one run, those too that are still on their way.

        Removing the owner's event sends cancellations; they are waited for, and so is an event of which
        nobody knows whether it was created, for as long as something may take to arrive.
        """
        for undo in reversed(entry.undo):
            self._restore(undo)
        # The owner's event first: removing it takes back the invitations.
        order = sorted(self.people.values(), key=lambda person: person.key != owner)
        known = sum(bool(identifier) for _, identifier in entry.items)
        clock, sleep = self.graph.patience.clock, self.graph.patience.sleep
        began, pause, removing, settled = clock(), PAUSE, 0, False
        self._due.clear()
        self._organized = 0
        while removing < ROUNDS:
            found = sum(self._swept(person, entry.mark) for person in order)
            if found:
                began, pause, removing, settled = clock(), PAUSE, removing + 1, False
            missing = entry.begun > max(self._organized - known, 0)
            if (self._due or missing) and clock() - began < self._longest():
                sleep(pause)
                pause, settled = min(pause * 1.6, 5), False
                continue
            if settled:
                return
            settled = True
            sleep(min(self.graph.slowest_delivery * 1.5 + PAUSE, 30))
        self.left.append(f"items that bear the mark {entry.mark} keep arriving; clean up again later")

    def _longest(self) -> float:
        """Return how long something may take to arrive, in seconds: guessed from what has, where anything has."""
        seen, longest = self.graph.slowest_delivery, self.graph.patience.delivery
        return min(4 * seen + 1, longest) if seen else longest

    def _swept(self, person: Person, mark: str) -> int:
        found = 0
        for collection in (EVENTS, MESSAGES):
            if person.key in self._silent:
                return found  # each try may take as long as the service asks for
            try:
                items = list(self._marked(person, collection, mark))
            except (Trouble, Unmet, Unsupported) as hindrance:
                self._silent.add(person.key)
                self._due.pop(person.key, None)
                self.left.append(
                    f"{person}'s {collection.removeprefix('/me/')} could not be searched: {hindrance}"
                )
                continue
            for item in items:
                removed = self._remove(person, f"{collection}/{segment(item['id'].text)}")
                found += removed
                if removed:
                    self._note(person, item)
        return found

    def _note(self, person: Person, item: Value) -> None:
        """Note who will be told of a removal, and who has been."""
        if item["isOrganizer"].json is True:
            self._organized += 1
            for entry in item["attendees"].items():
                for other in self.people.values():
                    told = other.has_address(entry.at("emailAddress.address").json)
                    if told and other.key not in self._silent:
                        self._due[other.key] = self.graph.patience.clock()
        elif item["meetingMessageType"].json == "meetingCancelled" and person.key in self._due:
            took = self.graph.patience.clock() - self._due.pop(person.key)
            self.graph.slowest_delivery = max(self.graph.slowest_delivery, took)

    def _marked(self, person: Person, collection: str, mark: str) -> Iterator[Value]:
        """Yield the items whose subject holds the mark; by a filter where the service has it."""
        scope = "Calendars.Read" if collection == EVENTS else "Mail.Read"
        shape = "eventCollection" if collection == EVENTS else "messageCollection"
        condition = quote(f"contains(subject,'{mark}')", safe="'(),")
        for query in (f"$filter={condition}", "$top=100"):
            pages: Iterable[Exchange] = self.graph.pages(
                person, f"{collection}?{query}", shape=shape, scopes=(scope,)
            )
            for exchange in pages:
                if not exchange.succeeded:
                    break
                for item in exchange.payload["value"].items():
                    if mark in item["subject"].text and item["id"].text:
                        yield item
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
        if exchange.succeeded or exchange.status == GONE:
            self.restored += 1
        else:
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
        removed, restored, left = sweeper.removed, sweeper.restored, len(sweeper.left)
        sweeper.sweep(entry)
        if len(sweeper.left) == left:
            journal.end(entry.mark)
        said.append(
            f"{entry.mark}: {sweeper.removed - removed} items removed, "
            f"{sweeper.restored - restored} settings restored"
        )
    graph.close()
    return [*said, *sweeper.left] or ["Nothing was left behind."], not sweeper.left
