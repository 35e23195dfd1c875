"""A stranger's emulator, which makes other legal choices, is judged fairly and left as it was found."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from live_place import furniture, marked
from stranger import stranger

if TYPE_CHECKING:
    from live_place import Place

STRANGERS: dict[str, dict[str, Any]] = {
    "late": {"delivery": 0.3},
    "filters nothing": {"filters": False},
    "selects nothing": {"select": False},
    "small pages": {"page_size": 2},
    "all of it": {"delivery": 0.3, "filters": False, "select": False, "page_size": 2, "etags": True},
    "shared": {"shared_only": True},
    "shared and late": {"shared_only": True, "delivery": 0.3},
}


@pytest.mark.parametrize("options", STRANGERS.values(), ids=STRANGERS)
def test_stranger_conforms(place: Place, options: dict[str, Any]) -> None:
    """Nothing fails; what does not hold is the arrangement of the other chapter, and that alone is unmet."""
    shared = options.get("shared_only", False)
    with stranger(**options) as server:
        before = furniture(server.world)
        ran = place.run(server.target_toml(place.here), environment=server.environment)
        time.sleep(2 * options.get("delivery", 0.0))
        assert marked(server.world) == []
        assert furniture(server.world) == before
    assert ran.code == 0, ran.output
    assert ran.report["verdict"] == "conformant"
    assert set(ran.outcomes) <= {"passed", "warned", "unmet"}
    assert ran.ended("passed", "shared_calendar" if shared else "walkthrough")
    assert ran.ended("unmet", "shared_calendar" if shared else "walkthrough") == []
    assert {message[:43] for message in ran.ended("unmet")} == {
        "Adele has the role write on Alex's calendar"
        if shared
        else "Adele has the role delegateWithoutPrivateEv"
    }
    assert place.journal == []


def test_only_what_is_observed_may_warn(place: Place) -> None:
    """With --strict the same rows fail: a German subject and the etags that no document promises."""
    with stranger() as server:
        ran = place.run(server.target_toml(place.here), "--strict", environment=server.environment)
    assert ran.code == 1
    levels = {row["id"]: row["level"] for row in ran.report["requirements"]}
    assert ran.failed == {"REP-09", "REP-19", "RTE-07"}
    assert {levels[identifier] for identifier in ran.failed - {"REP-19"}} == {"observed"}


@pytest.mark.parametrize("shared_only", [False, True])
def test_arrangement_is_made_and_undone_through_the_api(place: Place, shared_only: bool) -> None:
    """With setup = "api" both chapters run, whichever arrangement is found, and it is there again after."""
    with stranger(shared_only=shared_only, etags=True) as server:
        before = furniture(server.world)
        target = server.target_toml(place.here, setup="api")
        ran = place.run(target, environment=server.environment)
        assert marked(server.world) == []
        assert furniture(server.world) == before
    assert ran.code == 0, ran.output
    assert set(ran.outcomes) == {"passed", "warned"}
    assert place.journal == []
