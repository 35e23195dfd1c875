"""Compare two runs by their report.json: what got worse, what got better, what else has changed.

Worse is: a scenario or requirement that newly fails or newly ends in an error, also one that was not there
before; one that was looked at and no longer is, because it is now unsupported or unmet; and a verdict that
is worse, be it on the run, a level or a chapter. With `strict` also: what passed and now warns, and what is
gone from the run or no longer tested.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from graphcal.outcomes import BLIND, Outcome, Verdict, worst
from graphcal.report.pairing import chapter_of, renamed
from graphcal.report.standing_changes import StandingChange, standing_changes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Json = dict[str, Any]

NEW, GONE, MESSAGE, UNTESTED = "new", "gone", "message", "untested"
KINDS = (*map(str, Outcome), MESSAGE, NEW, GONE, UNTESTED)  # of changes, in the order in which they are told
BROKEN = (Outcome.FAILED, Outcome.ERROR)
LOOKED_AT = (Outcome.PASSED, Outcome.WARNED, Outcome.KNOWN)
RANKS = {Verdict.CONFORMANT: 0, Verdict.EMPTY: 1, Verdict.INCONCLUSIVE: 1, Verdict.DEVIATES: 2}
NAMED = 3  # chapters in a remark
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Change:
    """What became of one scenario, or of one requirement.

    `subject` is "scenario" or "requirement"; `kind` is the outcome that it newly has, or "message" (the same trouble says something else), "gone",
    or "new", if it does not fail; `was` and `now` are outcomes, "" where it is not in that run. `place` is "file:line" of a
    scenario and the level of a requirement; `requirements` and the messages are those of a scenario. `id_was` is
    its id in the old run where that is another one, else "".
    """

    subject: str
    kind: str
    id: str
    title: str
    place: str
    requirements: tuple[str, ...]
    was: str
    now: str
    message_was: str
    message: str
    worse: bool
    id_was: str = ""


@dataclass(frozen=True)
class Side:
    """One of the two runs; `file` is where its report was read."""

    file: str
    version: str
    target: Mapping[str, str]
    started: str
    verdict: str


@dataclass(frozen=True)
class Comparison:
    """Two runs and what lies between them.

    `remarks` are sentences that say what else differs; `old_only` and `new_only` the feature files of which only
    one run has anything, in no language.
    """

    old: Side
    new: Side
    strict: bool
    remarks: tuple[str, ...]
    old_only: tuple[str, ...]
    new_only: tuple[str, ...]
    standings: tuple[StandingChange, ...]
    requirements: tuple[Change, ...]
    scenarios: tuple[Change, ...]

    @cached_property
    def verdict_worse(self) -> bool:
        """Whether the new verdict is worse than the old."""
        return RANKS[Verdict(self.new.verdict)] > RANKS[Verdict(self.old.verdict)]

    @cached_property
    def worse(self) -> bool:
        """Whether anything got worse."""
        standing = any(change.worse for change in self.standings)
        changes = any(change.worse for change in (*self.requirements, *self.scenarios))
        return self.verdict_worse or standing or changes


@dataclass(frozen=True)
class _Row:
    """A scenario or requirement as one report has it."""

    subject: str
    id: str
    title: str
    place: str
    requirements: tuple[str, ...]
    outcome: str
    message: str


_Pair = tuple[_Row | None, _Row | None]


def compare(old: Json, new: Json, files: tuple[str, str], *, strict: bool) -> Comparison:
    """Compare two reports as report.schema.json describes them, that were read from these files."""
    sides = _side(old, files[0]), _side(new, files[1])
    scenarios = _pairs(_scenarios(old), _scenarios(new))
    before, after = _chapters(old), _chapters(new)
    old_only = tuple(name for name in before if name not in after)
    new_only = tuple(name for name in after if name not in before)
    return Comparison(
        old=sides[0],
        new=sides[1],
        strict=strict,
        remarks=(*_remarks(*sides), *_scope(old_only, new_only), *_renamings(scenarios)),
        old_only=old_only,
        new_only=new_only,
        standings=tuple(standing_changes(old, new, strict=strict)),
        requirements=_changes(_pairs(_requirements(old), _requirements(new)), strict=strict),
        scenarios=_changes(scenarios, strict=strict),
    )


def same_target(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Tell whether two runs judged the same; a server that a job starts for itself may be on any port."""
    facts = [(target["name"], target["kind"], _place(target["base_url"])) for target in (one, other)]
    return facts[0] == facts[1]


def _place(base_url: str) -> tuple[str, ...]:
    try:
        parts = urlsplit(base_url)
        local = parts.hostname in LOOPBACK
    except ValueError:
        return (base_url,)
    return (parts.scheme, parts.path) if local else (base_url,)


def _side(report: Json, file: str) -> Side:
    return Side(file, report["suite"]["version"], report["target"], report["started"], report["verdict"])


def _remarks(old: Side, new: Side) -> Iterable[str]:
    if not same_target(old.target, new.target):
        yield f"The targets differ: {target_name(old.target)}, then {target_name(new.target)}."
    if old.version != new.version:
        yield f"The versions of graphcal differ: {old.version}, then {new.version}."
    if datetime.fromisoformat(old.started) > datetime.fromisoformat(new.started):
        yield "The first of the two runs is the later one."


def _chapters(report: Json) -> Iterable[str]:
    """Return the chapters that a run has anything of, in its order, each once."""
    return dict.fromkeys(name for row in report["scenarios"] if (name := chapter_of(row["id"])))


def _scope(old_only: Sequence[str], new_only: Sequence[str]) -> Iterable[str]:
    """Say of which chapters only one of the runs has anything."""
    for which, names in (("first", old_only), ("second", new_only)):
        if names:
            shown = ", ".join(names[:NAMED])
            more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
            yield f"Only the {which} run has anything of {shown}{more}."


def _renamings(pairs: Sequence[_Pair]) -> Iterable[str]:
    number = sum(bool(was and now and was.id != now.id) for was, now in pairs)
    if number:
        scenarios = "scenario has" if number == 1 else "scenarios have"
        yield (
            f"{number} {scenarios} another title or language in the second run, and are compared by chapter "
            "and requirements."
        )


def target_name(target: Mapping[str, str]) -> str:
    """Write what was judged as "Contoso (service, https://…)"."""
    return f"{target['name']} ({', '.join(part for part in (target['kind'], target['base_url']) if part)})"


def _scenarios(report: Json) -> Sequence[_Row]:
    return [
        _Row(
            "scenario",
            row["id"],
            row["title"],
            f"{row['feature']}:{row['line']}",
            tuple(row["requirements"]),
            row["outcome"],
            row["message"],
        )
        for row in report["scenarios"]
    ]


def _requirements(report: Json) -> Sequence[_Row]:
    return [
        _Row("requirement", row["id"], row["text"], row["level"], (), row["outcome"], "")
        for row in report["requirements"]
    ]


def _pairs(old: Sequence[_Row], new: Sequence[_Row]) -> Sequence[_Pair]:
    """Pair the rows of two runs by their ids, and what only one of them has as `renamed` finds it."""
    before, after = _by_id(old), _by_id(new)
    gone = [row for name, row in before.items() if name not in after]
    come = [row for name, row in after.items() if name not in before]
    names = {now.id: was.id for was, now in renamed(gone, come)}
    return [
        *((before.get(names.get(name, name)), row) for name, row in after.items()),
        *((row, None) for row in gone if row.id not in names.values()),
    ]


def _changes(pairs: Sequence[_Pair], *, strict: bool) -> tuple[Change, ...]:
    found = [change for was, now in pairs if (change := _change(was, now, strict=strict))]
    return tuple(sorted(found, key=lambda change: KINDS.index(change.kind)))


def _by_id(rows: Sequence[_Row]) -> dict[str, _Row]:
    """Index rows; of two with one id the one that says most stays."""
    found: dict[str, _Row] = {}
    for row in rows:
        known = found.get(row.id)
        if known is None or _says_more(row.outcome, known.outcome):
            found[row.id] = row
    return found


def _says_more(outcome: str, other: str) -> bool:
    if UNTESTED in {outcome, other}:
        return other == UNTESTED
    return worst((outcome, other)) != other


def _change(was: _Row | None, now: _Row | None, *, strict: bool) -> Change | None:
    outcomes = was.outcome if was else "", now.outcome if now else ""
    messages = was.message if was else "", now.message if now else ""
    shown = now or was
    quiet = outcomes[1] in {Outcome.PASSED, UNTESTED} or messages[0] == messages[1]
    if shown is None or (outcomes[0] == outcomes[1] and quiet):
        return None
    worse = _worse(*outcomes, strict=strict)
    return Change(
        shown.subject,
        _kind(*outcomes),
        shown.id,
        shown.title,
        shown.place,
        shown.requirements,
        *outcomes,
        *messages,
        worse,
        was.id if was and was.id != shown.id else "",
    )


def _kind(was: str, now: str) -> str:
    if not now:
        return GONE
    if was in {"", UNTESTED} and now not in BROKEN:
        return NEW
    return now if now != was else MESSAGE


def _worse(was: str, now: str, *, strict: bool) -> bool:
    if was == now:
        return False
    if now in BROKEN or (now in BLIND and was in LOOKED_AT):
        return True
    if now == Outcome.WARNED:
        return strict and was == Outcome.PASSED
    return strict and now in {"", UNTESTED} and was in {*LOOKED_AT, *BROKEN}
