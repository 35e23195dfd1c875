"""Describe a finished run as plain, already redacted data that every report format is written from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Json = object  # whatever json.loads returns


@dataclass(frozen=True)
class Exchange:
    """One HTTP request and its answer, without secrets.

    `id` is unique in the run and stable between runs of one recording ("walkthrough-3").
    Bodies are parsed JSON where they are JSON, else text; `status` is None where no answer came.
    `scopes` are the least privileged that the request needs; `attempts` how often it was asked.
    """

    id: str
    person: str
    method: str
    url: str
    request_headers: Mapping[str, str]
    request_body: Json
    status: int | None
    response_headers: Mapping[str, str]
    response_body: Json
    curl: str
    scopes: tuple[str, ...] = ()
    attempts: int = 1


@dataclass(frozen=True)
class Step:
    """A step as written, with what became of it: passed, failed, error, unmet, unsupported, or not run.

    `table` is the data table below it, row by row.
    """

    keyword: str
    text: str
    line: int
    outcome: str
    table: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Finding:
    """What a scenario found that is not as the requirement says.

    `path` is the JSON path of the value in the answer ("$.value[1].canShare"), or "" where none applies.
    """

    expected: str
    actual: str
    path: str = ""
    exchange: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Scenario:
    """A scenario, or one row of an outline, as it ended."""

    id: str
    feature: str
    line: int
    title: str
    rule: str
    requirements: tuple[str, ...]
    level: str
    outcome: str
    provenance: str
    seconds: float
    requests: int
    message: str = ""
    curl: str = ""
    steps: tuple[Step, ...] = ()
    findings: tuple[Finding, ...] = ()
    exchanges: tuple[str, ...] = ()


@dataclass(frozen=True)
class Requirement:
    """A row of the catalogue with its outcome in this run, or "untested" with the reason."""

    id: str
    chapter: str
    level: str
    text: str
    source: str
    url: str
    outcome: str
    scenarios: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True)
class Standing:
    """How a target stands over "all" requirements, at a "level", or in a "chapter", of that name.

    `verdict` is "conformant"; "deviates", which the core also does where it is not implemented or known to
    deviate; "incomplete", where some could not be judged; "inconclusive"; or "empty". `counts` holds the
    numbers of requirements by outcome; `wanting` the ids of those that neither passed nor warned.
    """

    kind: str
    name: str
    title: str
    verdict: str
    counts: Mapping[str, int]
    wanting: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recording:
    """Where the answers of one chapter come from: a published page, an emulator or a service."""

    chapter: str
    provenance: str
    title: str
    details: Mapping[str, str]


@dataclass(frozen=True)
class Target:
    """What was judged; `kind` is "replay", "emulator" or "service"."""

    name: str
    kind: str
    base_url: str


@dataclass(frozen=True)
class Feature:
    """A chapter as it opens: its path below the suite, its title and the text under the title."""

    path: str
    title: str
    description: str


@dataclass(frozen=True)
class Report:
    """Everything that is known of a run.

    `started` is RFC 3339 with an offset; `seconds` is wall time; `exit_code` is the command's.
    `verdict` is "conformant", "deviates", "inconclusive" or "empty"; `headline` says it in a sentence.
    `notes` are sentences about the run as a whole: interrupted, a recorded answer that nothing asked for.
    """

    version: str
    target: Target
    started: str
    seconds: float
    requests: int
    verdict: str
    headline: str
    exit_code: int
    chapters: Mapping[str, str]
    features: tuple[Feature, ...]
    recordings: tuple[Recording, ...]
    scenarios: tuple[Scenario, ...]
    requirements: tuple[Requirement, ...]
    standings: tuple[Standing, ...] = ()
    exchanges: Mapping[str, Exchange] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    command: str = ""
