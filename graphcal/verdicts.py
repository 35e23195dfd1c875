"""Decide how a scenario ended from the exception it ended with, and write what a person needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphcal.graph.curl import token_variable
from graphcal.outcomes import Deviation, Outcome, Trouble, Unmet, Unsupported, sentence
from graphcal.stash import RUN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphcal.collect import ScenarioItem
    from graphcal.graph.exchange import Exchange
    from graphcal.report.model import Finding


SHOWN = 3  # findings of one scenario that are written in full


@dataclass(frozen=True)
class Ending:
    """How a scenario ended: `message` is complete in one line, "" where it passed."""

    outcome: Outcome
    message: str = ""
    findings: tuple[Finding, ...] = ()


def ending_of(error: BaseException | None, level: str, *, strict: bool) -> Ending:
    """Judge the exception a scenario ended with, at the level of its requirement.

    What no step has foreseen is the suite's own trouble, never a failure of the service.
    """
    if error is None:
        return Ending(Outcome.PASSED)
    if isinstance(error, Deviation):
        soft = level == "observed" and not strict
        return Ending(Outcome.WARNED if soft else Outcome.FAILED, first_line(error.findings), error.findings)
    for kind, outcome in (
        (Unmet, Outcome.UNMET),
        (Unsupported, Outcome.UNSUPPORTED),
        (Trouble, Outcome.ERROR),
    ):
        if isinstance(error, kind):
            return Ending(outcome, str(error))
    return Ending(Outcome.ERROR, f"the suite's own trouble: {type(error).__name__}: {error}")


def first_line(findings: tuple[Finding, ...]) -> str:
    """Say the first finding, and how many more there are."""
    more = f"; and {len(findings) - 1} more" if len(findings) > 1 else ""
    hint = f"; {findings[0].hint}" if findings[0].hint else ""
    return sentence(findings[0]) + hint + more


def text_of(error: BaseException, item: ScenarioItem) -> str | None:
    """Write the ending of a scenario for the terminal; None for trouble that needs a traceback.

    Four beats: what was expected and what came, where, what says so, what to try.
    """
    if isinstance(error, Trouble | Unmet | Unsupported):
        return f"{item.location[0]}:{item.example.line}: {error}"
    if not isinstance(error, Deviation):
        return None
    return failure_text(error.findings, item)


def _again(exchange: Exchange) -> Iterator[str]:
    """Yield the command that sends a request again, and what its variable stands for."""
    command = exchange.for_report().curl
    yield f"  again     {command}"
    variable = f"${token_variable(exchange.request.person)}"
    if variable in command:
        scopes = f" that allows {', '.join(exchange.request.scopes)}" if exchange.request.scopes else ""
        yield f"            {variable} is a token of {exchange.request.person}'s{scopes}"


def failure_text(findings: tuple[Finding, ...], item: ScenarioItem) -> str:
    """Write what a scenario found, in four beats."""
    lines = []
    for finding in findings[:SHOWN]:
        lines.append(sentence(finding))
        if finding.hint:
            lines.append(f"  note      {finding.hint}")
    if len(findings) > SHOWN:
        lines.append(f"… and {len(findings) - SHOWN} more like these")
    if item.steps:
        step, _ = item.steps[-1]
        lines.append(f"  where     {item.location[0]}:{step.line_number}  {step.keyword.strip()} {step.name}")
    run = item.config.stash[RUN]
    exchange = run.progress.exchange(findings[0].exchange)
    if exchange is not None:
        asked = exchange.request
        lines.append(
            f"  request   {asked.method} {exchange.url} as {asked.person}, answered {exchange.status}"
        )
    for identifier in item.example.requirements:
        row = run.catalogue[identifier]
        lines += [f"  says      {row.id} ({row.level}): {row.text}", f"            {row.source} <{row.url}>"]
    if exchange is not None:
        lines += _again(exchange)
    return "\n".join(lines)
