"""A scenario changes what it may, with the token that it names, and what it changes is put back."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import pytest

from graphcal.graph.client import Bearer, Graph
from graphcal.graph.exchange import Exchange, Request
from graphcal.journal import Journal
from graphcal.outcomes import Unmet
from graphcal.people import Person
from graphcal.signin.refusals import CONSENT_MISSING, SignInTrouble
from graphcal.targets.arrangement import DELEGATE_ROLES, OPTION, LiveArrangement

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ALEX = Person("alex", "Ann Other", "ann@fabrikam.example")
ASKED = ("Calendars.Read",)
UNDO = (ALEX, "PATCH", "/me/calendars/x", {"name": "Calendar"})


@dataclass
class FakeGraph:
    """Answers every change with a status, and remembers it."""

    bearer: Bearer = field(default_factory=lambda: Bearer(lambda _person, _scopes: ""))
    status: int = 200
    writes: bool = True
    sent: list[tuple[str, str]] = field(default_factory=list)

    def require_writing(self) -> None:
        """Refuse as a client does."""
        if not self.writes:
            raise Unmet("no writing")

    def write(self, _person: Person, method: str, path: str, *_: object, **__: object) -> Exchange:
        """Remember a change."""
        self.sent.append((method, path))
        return Exchange("x-1", Request("Alex", method, path), path, self.status, "", {}, b"{}")


def arrangement(graph: FakeGraph, folder: Path, *, changes: bool = True) -> LiveArrangement:
    """Return the arrangement of a target, with a journal of its own."""
    return LiveArrangement(cast("Graph", graph), Journal("https://host", folder), "gc-1", changes)


def bearer(*granted: str) -> Bearer:
    """Return where tokens come from that allow the same whatever is asked for."""
    return Bearer(lambda _person, _scopes: "", granted=lambda _person, _scopes: granted)


ENTRIES = {
    "value": [
        {
            "id": "1",
            "role": "limitedRead",
            "isRemovable": False,
            "isInsideOrganization": True,
            "emailAddress": {},
        },
        {"id": "2", "role": "none", "isRemovable": False, "isInsideOrganization": False, "emailAddress": {}},
        {"id": "3", "role": DELEGATE_ROLES[0], "emailAddress": {"address": "Bob@Fabrikam.example"}},
        {"id": "4", "role": DELEGATE_ROLES[1], "emailAddress": {"address": "ADELE@fabrikam.example"}},
    ]
}


@dataclass
class ListedGraph(FakeGraph):
    """Lists permissions as well, and the one delivery option."""

    def pages(self, _person: Person, path: str, **_: object) -> list[Exchange]:
        """Return the permissions on one page."""
        return [self.get(_person, path)]

    def get(self, _person: Person, path: str, **_: object) -> Exchange:
        """Answer with the permissions, or with the settings."""
        found = ENTRIES if path.endswith("Permissions") else {OPTION: "sendToDelegateOnly"}
        return Exchange("x-1", Request("Alex", "GET", path), path, 200, "", {}, json.dumps(found).encode())

    def poll(self, ask: Callable[[], Exchange], *_: object) -> Exchange:
        """Ask once."""
        return ask()


def test_organisation_is_closed_by_its_own_entry(tmp_path: Path) -> None:
    """What people outside may do is another entry without an address."""
    graph = ListedGraph()
    arrangement(graph, tmp_path).require_closed(ALEX)
    assert graph.sent == [("PATCH", "/me/calendar/calendarPermissions/1")]


def test_open_organisation_is_unmet_where_nothing_may_be_changed(tmp_path: Path) -> None:
    """Nobody is an outsider there."""
    with pytest.raises(Unmet):
        arrangement(ListedGraph(), tmp_path, changes=False).require_closed(ALEX)


def test_delegation_that_is_found_is_known_in_full(tmp_path: Path) -> None:
    """That it shows private items, and who is a delegate besides: a recording of the run holds both."""
    held, adele = (
        arrangement(ListedGraph(), tmp_path, changes=False),
        Person("adele", "A", "adele@fabrikam.example"),
    )
    held.people = (ALEX, adele)
    held.require_delegation(ALEX, adele)
    assert held.shows_private(ALEX, adele)
    assert held.further_delegates(ALEX) == {"bob@fabrikam.example"}
    assert held.held["private"] == [["alex", "adele"]]
    assert held.held["delegates"] == [["alex", "bob@fabrikam.example"]]


def test_token_for_these_scopes_alone_will_do(tmp_path: Path) -> None:
    """What every sign-in brings along allows nothing in a calendar."""
    held = arrangement(FakeGraph(bearer("Calendars.Read", "User.Read", "openid")), tmp_path)
    held.require_token(ALEX, ASKED)
    assert held.held == {"tokens": [["alex", "Calendars.Read"]]}


def test_token_that_does_not_tell_is_taken_at_its_word(tmp_path: Path) -> None:
    """Services have tokens of their own making."""
    arrangement(FakeGraph(), tmp_path).require_token(ALEX, ASKED)


@pytest.mark.parametrize(
    ("granted", "said"),
    [
        (("Calendars.Read", "Mail.Read"), "allows more, .*: Mail.Read"),
        (("User.Read",), "lacks Calendars.Read"),
    ],
    ids=["more", "less"],
)
def test_token_for_other_scopes_will_not_do(tmp_path: Path, granted: tuple[str, ...], said: str) -> None:
    """It would prove nothing about these."""
    with pytest.raises(Unmet, match=said):
        arrangement(FakeGraph(bearer(*granted)), tmp_path).require_token(ALEX, ASKED)


def test_tokens_that_cannot_be_limited_will_not_do(tmp_path: Path) -> None:
    """A file that gives one token for a person gives it for everything."""
    graph = FakeGraph(Bearer(lambda _person, _scopes: "", narrows=lambda _person: False))
    with pytest.raises(Unmet, match="can't be limited to"):
        arrangement(graph, tmp_path).require_token(ALEX, ASKED)


@pytest.mark.parametrize(
    ("number", "kind"), [(CONSENT_MISSING, Unmet), (50126, SignInTrouble)], ids=["consent", "password"]
)
def test_scope_without_consent_is_a_precondition(tmp_path: Path, number: int, kind: type[Exception]) -> None:
    """A tenant need not let the suite have every scope; a wrong password is trouble as ever."""

    def refuse(_person: Person, _scopes: tuple[str, ...]) -> tuple[str, ...]:
        raise SignInTrouble("no token", "Ask somebody", number)

    graph = FakeGraph(Bearer(lambda _person, _scopes: "", granted=refuse))
    with pytest.raises(kind):
        arrangement(graph, tmp_path).require_token(ALEX, ASKED)


def test_changes_need_the_file_to_allow_them(tmp_path: Path) -> None:
    """A target that is only verified keeps its permissions and settings."""
    arrangement(FakeGraph(), tmp_path).require_changes()
    with pytest.raises(Unmet, match='setup = "api"'):
        arrangement(FakeGraph(), tmp_path, changes=False).require_changes()


def test_what_a_block_changes_is_undone_when_it_ends(tmp_path: Path) -> None:
    """The journal knows of it meanwhile, and nothing is left to restore after."""
    graph = FakeGraph()
    held = arrangement(graph, tmp_path)
    with held.undoing(*UNDO):
        assert graph.sent == []
        assert [entry.undo[0]["path"] for entry in held.journal.entries()] == ["/me/calendars/x"]
    held.restore()
    assert graph.sent == [("PATCH", "/me/calendars/x")]


def test_what_cannot_be_undone_at_once_is_tried_again(tmp_path: Path) -> None:
    """Then it is told, too."""
    graph = FakeGraph(status=409)
    held = arrangement(graph, tmp_path)
    with held.undoing(*UNDO):
        pass
    with pytest.raises(Unmet, match="/me/calendars/x of Alex could not be restored"):
        held.restore()
    assert len(graph.sent) == 2


def test_nothing_is_noted_where_nothing_may_be_written(tmp_path: Path) -> None:
    """What was not changed need not be undone."""
    held = arrangement(FakeGraph(writes=False), tmp_path)
    with pytest.raises(Unmet, match="no writing"):
        held.undo_later(*UNDO)
    held.restore()
    assert held.journal.entries() == []
