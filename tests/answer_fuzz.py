"""Spoil the answers of the walkthrough in every way that JSON allows, a few places in each run."""

from __future__ import annotations

import copy
import json
import random
from typing import TYPE_CHECKING, Any

from command_runs import body, run_recording, walkthrough

if TYPE_CHECKING:
    from collections.abc import Iterator

    from command_runs import Ran

Path = tuple[str | int, ...]
Place = tuple[int, Path]  # the step of an answer, and the way to a value in it
Change = tuple[Place, object]

STEPS = (1, 2, 3, 5, 6)  # those whose answer has a body
OTHERS: tuple[object, ...] = (None, True, 7, -0.5, "", "text", [], [None], {}, {"x": None}, [[]], 10**400)
SEED = 25  # December
TOGETHER = 24  # places that one run spoils
SAMPLE = 6  # of so many runs one is made
PIVOTS = {  # what the next request is made of: each is spoilt in a run of its own
    (1, ()),
    (1, ("value",)),
    (1, ("value", 1)),
    (1, ("value", 1, "id")),
    (1, ("value", 1, "owner")),
    (1, ("value", 1, "owner", "address")),
    (2, ()),
    (3, ()),
    (3, ("event",)),
    (3, ("event", "id")),
    (5, ()),
    (6, ()),
}


def places(value: object, way: Path = ()) -> Iterator[Path]:
    """Give the way to a value and to all that is below it."""
    yield way
    members = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, member in members:
        yield from places(member, (*way, key))


def put(payload: Any, way: Path, value: object) -> Any:
    """Return a payload with another value in one place."""
    if not way:
        return value
    payload[way[0]] = put(payload[way[0]], way[1:], value)
    return payload


def value_at(payload: Any, way: Path) -> Any:
    """Return what lies in a place."""
    for key in way:
        payload = payload[key]
    return payload


def rounds() -> list[list[Change]]:
    """Return what each run changes: a sample of all places and all values of another kind, always the same."""
    recording = walkthrough()
    bodies = {step: body(recording, step) for step in STEPS}
    spread: list[Change] = []
    single: list[list[Change]] = []
    for step in STEPS:
        for way in places(bodies[step]):
            changes = [
                ((step, way), value) for value in OTHERS if _another(value, value_at(bodies[step], way))
            ]
            if (step, way) in PIVOTS:
                single += [[change] for change in changes[len(single) % SAMPLE :: SAMPLE]]
            else:
                spread += changes
    random.Random(SEED).shuffle(spread)  # noqa: S311 - it has to be the same every time
    return single + packed(spread)[::SAMPLE]


def _another(value: object, before: object) -> bool:
    """Tell whether a value is of another kind, or the empty one of the same kind."""
    return type(value) is not type(before) or not value


def packed(changes: list[Change]) -> list[list[Change]]:
    """Put changes together that do not hide one another."""
    packs: list[list[Change]] = []
    waiting = changes
    while waiting:
        pack: list[Change] = []
        rest: list[Change] = []
        for change in waiting:
            if len(pack) < TOGETHER and not any(_overlap(change[0], other[0]) for other in pack):
                pack.append(change)
            else:
                rest.append(change)
        packs.append(pack)
        waiting = rest
    return packs


def _overlap(first: Place, second: Place) -> bool:
    if first[0] != second[0]:
        return False
    shorter = min(len(first[1]), len(second[1]))
    return first[1][:shorter] == second[1][:shorter]


def judged(changes: list[Change]) -> Ran:
    """Judge the walkthrough with changed answers."""
    recording = walkthrough()
    bodies = {step: body(recording, step) for step in STEPS}
    for (step, way), value in changes:
        bodies[step] = put(bodies[step], way, copy.deepcopy(value))
    for step, payload in bodies.items():
        recording["interactions"][step - 1]["response"]["body"]["string"] = json.dumps(payload)
    return run_recording(recording)
