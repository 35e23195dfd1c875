"""Have the reference emulator break one requirement after another, and see whether the suite notices."""

from __future__ import annotations

import re
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graphcal import places
from graphcal.emulator import FAULTS
from graphcal.feature import REQUIREMENT
from graphcal.outcomes import BLIND, Outcome, Trouble, UsageError
from graphcal.rerun import judged
from graphcal.targets.emulator import FAULT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

RED = (Outcome.FAILED, Outcome.WARNED)
MOST_STRANGERS = 2  # requirements that may turn red beside those that a fault breaks


@dataclass(frozen=True)
class Seen:
    """What a run with one fault, or with none, found: outcomes of requirements, and of scenarios by their ids.

    `red_steps` holds the texts of the steps that failed or warned.
    """

    fault: str
    outcomes: Mapping[str, str]
    scenarios: Mapping[str, str]
    red_steps: frozenset[str] = frozenset()

    @property
    def requirement(self) -> str:
        """The requirement that the fault breaks."""
        return self.fault.partition(".")[0]

    @property
    def red(self) -> set[str]:
        """The requirements that turned red."""
        return {row for row, outcome in self.outcomes.items() if outcome in RED}

    @property
    def red_scenarios(self) -> set[str]:
        """The ids of the scenarios that turned red."""
        return {identifier for identifier, outcome in self.scenarios.items() if outcome in RED}

    @property
    def is_caught(self) -> bool:
        """Whether the requirement that is broken turned red."""
        return self.requirement in self.red

    @property
    def strangers(self) -> set[str]:
        """The requirements that turned red and are not broken by this fault."""
        return self.red - {self.requirement} - FAULTS[self.fault].implies

    @property
    def trouble(self) -> set[str]:
        """The requirements whose scenarios the suite could not run."""
        return {row for row, outcome in self.outcomes.items() if outcome == Outcome.ERROR}

    @property
    def holds(self) -> bool:
        """Whether the suite noticed what is broken, and nothing much else."""
        return self.is_caught and len(self.strangers) <= MOST_STRANGERS and not self.trouble


def features_of(features: Iterable[Path]) -> dict[str, set[Path]]:
    """Return, for each requirement that scenarios are tagged with, the feature files that hold them."""
    found: dict[str, set[Path]] = {}
    for feature in features:
        for identifier in set(
            re.findall(rf"@({REQUIREMENT.pattern})\b", feature.read_text(encoding="utf-8"))
        ):
            found.setdefault(identifier, set()).add(feature)
    return found


def chosen(names: Sequence[str], covered: Iterable[str]) -> list[str]:
    """Return the faults to try: those named, or named by their requirement; else all that scenarios could see.

    Raises UsageError for a name that is neither.
    """
    known = set(covered)
    for name in names:
        if not any(name in (fault, fault.partition(".")[0]) for fault in FAULTS):
            raise UsageError(f"--fault {name}: no such fault; graphcal serve --faults prints them")
    return [
        fault
        for fault in FAULTS
        if fault.partition(".")[0] in known
        and (not names or fault in names or fault.partition(".")[0] in names)
    ]


def trials(faults: Sequence[str], features: Sequence[Path], jobs: int) -> Iterator[Seen]:
    """Run, for each fault, chapters that judge its requirement; yield what they found, in the faults' order.

    Of the chapters those in `features` come first; what none of them sees, the others may.
    """
    first, every = features_of(features), features_of(features_named(()))
    rows = [fault.partition(".")[0] for fault in faults]
    chapters = [(sorted(first[row]), sorted(every[row])) for row in rows]
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(_first_seen, faults, chapters)


def _first_seen(fault: str, chapters: tuple[Sequence[Path], Sequence[Path]]) -> Seen:
    """Run some chapters, and more of them where these do not see the fault."""
    few, all_of_them = chapters
    seen = trial(fault, few)
    return seen if seen.is_caught or few == all_of_them else trial(fault, all_of_them)


def trial(fault: str, features: Sequence[Path], *options: str) -> Seen:
    """Run some chapters, in this process, against the emulator with a fault, or none.

    `options` are further ones of the run. Raises Trouble where it makes no report.
    """
    report = judged(["--target", "emulator", *options, *map(str, features)], {FAULT: fault})
    return Seen(
        fault,
        {row.id: row.outcome for row in report.requirements if row.scenarios},
        {scenario.id: scenario.outcome for scenario in report.scenarios},
        frozenset(step.text for item in report.scenarios for step in item.steps if step.outcome in RED),
    )


def sound(features: Sequence[Path]) -> Seen:
    """Run all chapters without a fault. Raises Trouble unless every requirement passes: else nothing is proven."""
    found = trial("", features)
    if red := sorted(
        row for row, outcome in found.outcomes.items() if outcome not in (*BLIND, Outcome.PASSED)
    ):
        raise Trouble(f"without a fault the emulator does not pass {', '.join(red)}; see graphcal run")
    return found


def line_of(seen: Seen) -> str:
    """Say in a line what a run with a fault found."""
    verdict = "seen" if seen.is_caught else "NOT SEEN"
    beside = [f"also red: {', '.join(sorted(seen.strangers))}"] if seen.strangers else []
    trouble = [f"trouble: {', '.join(sorted(seen.trouble))}"] if seen.trouble else []
    return f"{seen.fault:22}{verdict:10}{'; '.join([FAULTS[seen.fault].sentence, *beside, *trouble])}"


def score(found: Sequence[Seen], covered: Iterable[str], scenarios: Collection[str]) -> list[str]:
    """Return the score: faults seen, requirements and scenarios that were seen red, and those that were not."""
    tried = {seen.requirement for seen in found}
    proven = {seen.requirement for seen in found if seen.is_caught}
    unproven = sorted(set(covered) - proven)
    red = set[str]().union(*(seen.red_scenarios for seen in found))
    never = sorted(set(scenarios) - red)
    caught, clean = sum(seen.is_caught for seen in found), sum(seen.holds for seen in found)
    lines = [
        f"{caught} of {len(found)} faults seen; {clean} with at most {MOST_STRANGERS} unrelated requirements red",
        f"{len(proven)} of {len(set(covered) or tried)} requirements seen red",
    ]
    if unproven:
        lines.append(f"  not seen red: {', '.join(unproven)}")
    if without := sorted(set(unproven) - tried):
        lines.append(f"  of these, no fault breaks: {', '.join(without)}")
    if scenarios:
        lines.append(f"{len(set(scenarios) & red)} of {len(set(scenarios))} scenarios seen red")
    lines += [f"  not seen red: {name}" for name in never]
    return lines


def features_named(names: Sequence[str]) -> list[Path]:
    """Return the feature files of chapters named like "roles"; without names all. Raises UsageError."""
    every = {path.stem: path for path in sorted(places.features().glob("*.feature"))}
    for name in names:
        if Path(name).stem not in every:
            raise UsageError(f"{name}: no such chapter; there are {', '.join(every)}")
    return [every[Path(name).stem] for name in names] or list(every.values())
