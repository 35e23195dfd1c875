"""Compare how a target stood in two runs: over all requirements, at each level, and in each chapter.

Worse is a verdict of a higher rank, and a deviation where nothing was judged before. It can be worse though no
scenario is: a call of the core that was unmet and is now unsupported, a known deviation in place of a pass.
With `strict` it is also worse that nothing is judged any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]

EMPTY, DEVIATES = "empty", "deviates"
RANKS = {"conformant": 0, "incomplete": 1, "inconclusive": 2, DEVIATES: 3}


@dataclass(frozen=True)
class StandingChange:
    """Another verdict on "all" requirements, on a "level" or on a "chapter".

    `was` and `now` are verdicts of standings; `lost` holds the ids of the requirements that are wanting now
    and were not before.
    """

    kind: str
    name: str
    title: str
    was: str
    now: str
    lost: tuple[str, ...]
    worse: bool
    better: bool


def standing_changes(old: Json, new: Json, *, strict: bool) -> Iterator[StandingChange]:
    """Yield the standings that two reports, as report.schema.json describes them, both have, with other verdicts."""
    before = {(row["kind"], row["name"]): row for row in old["standings"]}
    for row in new["standings"]:
        earlier = before.get((row["kind"], row["name"]))
        if earlier and earlier["verdict"] != row["verdict"]:
            was, now = earlier["verdict"], row["verdict"]
            yield StandingChange(
                kind=row["kind"],
                name=row["name"],
                title=row["title"],
                was=was,
                now=now,
                lost=tuple(name for name in row["wanting"] if name not in earlier["wanting"]),
                worse=_is_worse(was, now, strict=strict),
                better=EMPTY not in {was, now} and RANKS[now] < RANKS[was],
            )


def _is_worse(was: str, now: str, *, strict: bool) -> bool:
    if now == EMPTY:
        return strict
    if was == EMPTY:
        return now == DEVIATES
    return RANKS[now] > RANKS[was]
