"""All chapters, on the emulator and on strangers that choose differently wherever the sources leave a choice."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from live_place import furniture, marked
from stranger import stranger
from stranger_options import LEGAL

from graphcal import places
from graphcal.catalogue import read_catalogue

if TYPE_CHECKING:
    from live_place import Place

CHAPTERS = [f"features/{path.name}" for path in sorted(places.features().glob("*.feature"))]
ALL = bool(os.environ.get("GRAPHCAL_ALL_STRANGERS"))  # else one; with it about five minutes
STRANGERS: dict[str, dict[str, Any]] = {"as it is": {}, **LEGAL}
CHOSEN = list(STRANGERS) if ALL else ["terse"]
ROWS = read_catalogue(places.features() / "requirements.toml").requirements.values()


def test_emulator_conforms_in_all_chapters(place: Place) -> None:
    """Nothing but what is observed warns, every covered requirement is judged, and it takes less than a minute."""
    ran = place.run("emulator", *CHAPTERS, within=120)
    assert ran.code == 0, ran.output
    outcomes = {row["id"]: row["outcome"] for row in ran.report["requirements"] if row["scenarios"]}
    assert {row.id for row in ROWS if not row.untested} == set(outcomes)
    assert {row: outcome for row, outcome in outcomes.items() if outcome not in {"passed", "warned"}} == {}
    assert place.journal == []


@pytest.mark.parametrize("name", CHOSEN)
def test_legal_stranger_is_not_accused(place: Place, name: str) -> None:
    """Nothing fails, nothing is trouble of the suite, and all is as it was before."""
    with stranger(**STRANGERS[name]) as server:
        before = furniture(server.world)
        target = server.target_toml(place.here, setup="api", scoped=True, delivery_timeout=3)
        ran = place.run(target, *CHAPTERS, environment=server.environment, within=240)
        assert marked(server.world) == []
        assert furniture(server.world)[:2] == before[:2]
    told = {
        item["title"]: item["message"]
        for item in ran.report["scenarios"]
        if item["outcome"] in {"failed", "error"}
    }
    assert told == {}
    assert ran.code == 0, ran.output
    assert len(ran.ended("passed")) > len(ran.ended("unmet"))


def test_stranger_that_may_not_be_arranged_is_not_accused(place: Place) -> None:
    """With setup = "verify" what is not arranged already is unmet."""
    with stranger() as server:
        target = server.target_toml(place.here, setup="verify", scoped=True, delivery_timeout=3)
        ran = place.run(target, *CHAPTERS, environment=server.environment, within=240)
        assert marked(server.world) == []
    assert {
        item["message"] for item in ran.report["scenarios"] if item["outcome"] in {"failed", "error"}
    } == set()
    assert ran.code == 0, ran.output
