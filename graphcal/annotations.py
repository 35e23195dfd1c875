"""Say what went wrong as workflow commands of GitHub Actions, which shows them at the run and its pull request."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graphcal import places
from graphcal.outcomes import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graphcal.report.model import Report, Scenario

MOST = 10  # annotations of a kind and step that GitHub keeps
LONGEST_TITLE = 255  # characters; GitHub takes no more
LONGEST = 4_000  # characters of what was found; GitHub takes 64 KB
KINDS = {"error": (Outcome.FAILED, Outcome.ERROR), "warning": (Outcome.WARNED,)}


@dataclass(frozen=True)
class _Remark:
    """What an annotation says, and the scenario that it points at."""

    title: str
    message: str
    scenario: Scenario | None


def wanted(environ: Mapping[str, str]) -> bool:
    """Tell whether the run is a step of GitHub Actions."""
    return environ.get("GITHUB_ACTIONS") == "true"


def checkout(environ: Mapping[str, str]) -> Path | None:
    """Return the folder that the files of annotations are relative to."""
    found = environ.get("GITHUB_WORKSPACE")
    return Path(found).resolve() if found else None


def commands(report: Report, root: Path | None) -> Iterator[str]:
    """Yield a line for each requirement, and each scenario of none, that failed or warned: ten of a kind.

    A notice counts the others. Where a run that ends with an error has none to show, its verdict is one.
    An annotation points at the scenario if that lies in the checkout, whose folder is `root`.
    """
    said = False
    for kind, outcomes in KINDS.items():
        found = [remark for outcome in outcomes for remark in _remarks(report, outcome)]
        said |= kind == "error" and bool(found)
        yield from (_command(kind, remark, root) for remark in found[:MOST])
        if more := len(found[MOST:]):
            message = f"{more} more {kind}{'s' if more > 1 else ''}: report.html shows all"
            yield _command("notice", _Remark("graphcal", message, None), root)
    if report.exit_code and not said:
        yield _command("error", _Remark("graphcal", report.headline, None), root)


def _remarks(report: Report, outcome: Outcome) -> Iterator[_Remark]:
    ended = [scenario for scenario in report.scenarios if scenario.outcome == outcome]
    for row in report.requirements:
        if row.outcome == outcome:
            shown = next((scenario for scenario in ended if scenario.id in row.scenarios), None)
            message = "\n".join(filter(None, (row.reason[:LONGEST], row.url)))
            yield _Remark(f"graphcal {row.id} ({row.level}): {row.text}", message, shown)
    for scenario in ended:
        if not scenario.requirements:
            yield _Remark(f"graphcal: {scenario.title}", scenario.message[:LONGEST], scenario)


def _command(kind: str, remark: _Remark, root: Path | None) -> str:
    properties, message = [], remark.message
    if remark.scenario:
        if file := _in_checkout(remark.scenario, root):
            properties += [f"file={_property(file)}", f"line={remark.scenario.line}"]
        message += f"\n{remark.scenario.feature}:{remark.scenario.line}"
    properties.append(f"title={_property(remark.title[:LONGEST_TITLE])}")
    return f"::{kind} {','.join(properties)}::{_data(message)}"


def _in_checkout(scenario: Scenario, root: Path | None) -> str:
    """Return the scenario's file below the checkout, or "": a package's lies elsewhere."""
    file = places.suite() / scenario.feature
    return file.relative_to(root).as_posix() if root and file.is_relative_to(root) and file.is_file() else ""


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
