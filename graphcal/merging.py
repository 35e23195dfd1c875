"""Merge the reports of shards, each of which ran some chapters of the suite, into the report of one run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from gherkin.stream.id_generator import IdGenerator

from graphcal import __version__, places
from graphcal.known import STALE
from graphcal.outcomes import ExitCode, Outcome, UsageError, Verdict
from graphcal.progress import News
from graphcal.report import evidence, model
from graphcal.report.comparison import same_target, target_name
from graphcal.report.reading import read_report, report_file
from graphcal.report.sources import read_source
from graphcal.run import Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from graphcal.catalogue import Catalogue
    from graphcal.targets.base import Target

MISSING = "No report has anything of "
BEGINNING = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Shard:
    """The report.json of a shard, as its schema describes it, and what evidence.json beside it adds, if any."""

    file: Path
    report: dict[str, Any]
    more: model.Report | None


def merge(paths: Sequence[Path]) -> model.Report:
    """Return the report of all scenarios in some report.json files, or folders that hold one.

    Of a scenario in several of them the worst outcome counts. The verdict and the exit code are those that
    one run of all scenarios would have given; a shard that was stopped leaves them inconclusive. `seconds`
    is the time in which at least one shard ran. Chapters that nobody ran are said in the notes, and so is a
    shard in which nothing ran.

    Raises UsageError where a report can't be read, or judges another target, by another version or by
    another catalogue.
    """
    shards = [read_shard(report_file(path)) for path in paths]
    run = _run(shards[0])
    taken: dict[str, model.Exchange] = {}
    run.take_in(_chapters({row["feature"] for shard in shards for row in shard.report["scenarios"]}))
    for number, shard in enumerate(shards, start=1):
        _refuse_other(shard, shards[0], run.catalogue)
        news = _news(shard, number, taken, run.catalogue)
        taken.update((exchange.id, exchange) for exchange in news.exchanges)
        run.take_in(_of_whole(news, shard, shards))
        if not shard.report["scenarios"]:
            run.notes.append(f"{shard.file}: no scenario ran.")
        if _was_stopped(shard, news):
            run.interrupted = True
            run.notes.append(f"{shard.file}: the run was stopped before its end.")
    run.notes += _repeated(shards)
    code = run.exit_code() or (ExitCode.TROUBLE if run.interrupted else ExitCode.CLEAN)
    return replace(
        run.report(code),
        started=min((shard.report["started"] for shard in shards), key=datetime.fromisoformat),
        seconds=_seconds(shards),
        requests=sum(shard.report["requests"] for shard in shards),
    )


def _run(shard: Shard) -> Run:
    """Return a run of the shard's target, in which nothing has been found and nobody will ask for anything."""
    description = model.Target(**shard.report["target"])
    return Run(cast("Target", SimpleNamespace(description=description, known=())))


def _was_stopped(shard: Shard, news: News) -> bool:
    """Tell whether a run ended before all of its scenarios had: its verdict says less than what it found."""
    run = _run(shard)
    run.take_in(replace(news, notes=[]))
    said: str = shard.report["verdict"]
    return said == Verdict.INCONCLUSIVE and said != run.report(ExitCode.CLEAN).verdict


def read_shard(file: Path) -> Shard:
    """Read a shard. Raises UsageError where its report.json can't be read; evidence.json may be missing."""
    report = read_report(file)
    try:
        return Shard(file, report, evidence.read(file.with_name(evidence.NAME).read_bytes()))
    except (OSError, evidence.EvidenceError):
        return Shard(file, report, None)


def _refuse_other(shard: Shard, first: Shard, catalogue: Catalogue) -> None:
    version = shard.report["suite"]["version"]
    if version != __version__:
        raise UsageError(
            f"{shard.file}: written by graphcal {version}, this is {__version__}; merge with the one that wrote it"
        )
    target, expected = shard.report["target"], first.report["target"]
    if not same_target(target, expected):
        raise UsageError(
            f"{shard.file}: judges {target_name(target)}, {first.file} judges {target_name(expected)}; "
            "merge the reports of one target"
        )
    rows = {row["id"]: (row["level"], row["text"]) for row in shard.report["requirements"]}
    known = {row.id: (row.level, row.text) for row in catalogue.requirements.values()}
    if differing := [name for name in {**known, **rows} if known.get(name) != rows.get(name)]:
        raise UsageError(
            f"{shard.file}: its catalogue has another {differing[0]} than this graphcal's; "
            "run all shards, and merge, with the same features/requirements.toml"
        )


def _news(shard: Shard, number: int, taken: Mapping[str, model.Exchange], catalogue: Catalogue) -> News:
    """Return what a shard found; an exchange whose id is taken by another shard's gets a new id."""
    if shard.more is None:
        scenarios = [_scenario(row, None, catalogue, {}) for row in shard.report["scenarios"]]
        note = f"{evidence.NAME} is not there or can't be read, so the steps and exchanges are not here."
        return News(scenarios=scenarios, notes=[note])
    more = shard.more
    names = {
        name: f"{name}~{number}" if taken.get(name, exchange) != exchange else name
        for name, exchange in more.exchanges.items()
    }
    kept = {scenario.id: scenario for scenario in more.scenarios}
    return News(
        scenarios=[
            _scenario(row, kept.get(row["id"]), catalogue, names) for row in shard.report["scenarios"]
        ],
        exchanges=[replace(exchange, id=names[name]) for name, exchange in more.exchanges.items()],
        recordings=list(more.recordings),
        notes=list(more.notes),
    )


def _of_whole(news: News, shard: Shard, shards: Sequence[Shard]) -> News:
    """Return what a shard found without what is untrue of the whole, each note with the shard it is from.

    An entry of [[known]] is stale only where it excuses nothing in any shard.
    """
    excusing = {
        f"{STALE}{name}"
        for each in shards
        for row in each.report["scenarios"]
        if row["outcome"] == Outcome.KNOWN
        for name in (row["id"], *row["requirements"])
    }
    scenarios = [item for item in news.scenarios if item.id not in excusing]
    origin = f"{shard.file.parent}: " if len(shards) > 1 else ""
    notes = [f"{origin}{note}" for note in news.notes if not note.startswith(MISSING)]
    return replace(news, scenarios=scenarios, notes=notes)


def _scenario(
    row: dict[str, Any], kept: model.Scenario | None, catalogue: Catalogue, names: Mapping[str, str]
) -> model.Scenario:
    """Make a scenario of its row in report.json, with what evidence.json adds to it."""
    levels = [catalogue[name].level for name in row["requirements"] if name in catalogue]
    row = {**row, "requirements": tuple(row["requirements"])}
    scenario = model.Scenario(**row, rule="", level=levels[0] if levels else "")
    if kept is None or kept.outcome != scenario.outcome:
        return scenario
    return replace(
        scenario,
        rule=kept.rule,
        level=kept.level,
        steps=kept.steps,
        findings=tuple(
            replace(found, exchange=names.get(found.exchange, found.exchange)) for found in kept.findings
        ),
        exchanges=tuple(names.get(name, name) for name in kept.exchanges),
    )


def _chapters(ran: set[str]) -> News:
    """Return how the chapters open that ran, in the suite's order, and a note on those that did not, in no language."""
    suite, ids = places.suite(), IdGenerator()
    paths = [file.relative_to(suite).as_posix() for file in sorted(places.features().rglob("*.feature"))]
    features = []
    for path in paths:
        written = read_source(suite, path, ids) if path in ran else None
        if written:
            opening = written.document["feature"]
            text = "\n".join(line.strip() for line in opening["description"].splitlines())
            features.append(model.Feature(path, opening["name"], text))
    names = {path.rpartition("/")[2] for path in ran}
    missing = [file.relative_to(suite).as_posix() for file in places.chapters() if file.name not in names]
    notes = [f"{MISSING}{', '.join(missing)}."] if missing else []
    return News(features=features, notes=notes)


def _repeated(shards: Sequence[Shard]) -> Iterator[str]:
    times = Counter(name for shard in shards for name in {row["id"] for row in shard.report["scenarios"]})
    if repeated := sum(number > 1 for number in times.values()):
        yield f"Scenarios that ran in more than one shard: {repeated}; of each the worst outcome counts."


def _seconds(shards: Sequence[Shard]) -> float:
    """Return the time in which at least one shard ran."""
    spans = sorted((_since_beginning(shard), shard.report["seconds"]) for shard in shards)
    total, end = 0.0, 0.0
    for start, seconds in spans:
        total += max(0.0, start + seconds - max(start, end))
        end = max(end, start + seconds)
    return round(total, 3)


def _since_beginning(shard: Shard) -> float:
    return (datetime.fromisoformat(shard.report["started"]) - BEGINNING).total_seconds()
