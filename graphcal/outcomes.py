"""Name the ways a scenario can end, and the exceptions that steps end it with."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphcal.report.model import Finding


class Outcome(StrEnum):
    """How a scenario, or a requirement over all its scenarios, ended; worst first."""

    FAILED = "failed"
    ERROR = "error"
    WARNED = "warned"
    KNOWN = "known"
    UNSUPPORTED = "unsupported"
    UNMET = "unmet"
    PASSED = "passed"


BLIND = (Outcome.UNSUPPORTED, Outcome.UNMET)  # nothing was looked at


class Verdict(StrEnum):
    """What a run says of its target."""

    CONFORMANT = "conformant"
    DEVIATES = "deviates"
    INCONCLUSIVE = "inconclusive"
    EMPTY = "empty"


class ExitCode:
    """The exit codes of the command; the higher the rank of the trouble, the more it hides the others."""

    CLEAN = 0
    DEVIATION = 1
    USAGE = 2
    TROUBLE = 3
    NOTHING_CHECKED = 5


class Deviation(AssertionError):  # noqa: N818 - it names an outcome, not an error
    """The service does something else than the requirement says."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(sentence(finding) for finding in self.findings))


class Unmet(Exception):  # noqa: N818 - it names an outcome, not an error
    """A precondition of the scenario does not hold on this target."""


class Unsupported(Exception):  # noqa: N818 - it names an outcome, not an error
    """The target does not implement a call that the scenario needs."""


class Trouble(Exception):  # noqa: N818 - it names an outcome, not an error
    """The suite's or the network's own trouble; its sentence says which command mends it."""


class UsageError(Exception):
    """A setting, option or file of the user's is wrong; its sentence names the place and the mend."""


def sentence(finding: Finding) -> str:
    """Say a finding in one line that is complete on its own."""
    place = f" ({finding.path})" if finding.path else ""
    return f"expected {finding.expected}, got {finding.actual}{place}"


def worst(outcomes: Iterable[str]) -> str:
    """Return the outcome that says most about a requirement seen by several scenarios.

    Trouble says most; a pass says more than a scenario that could not look.
    """
    order = [outcome for outcome in Outcome if outcome not in BLIND] + list(BLIND)
    return min((Outcome(outcome) for outcome in outcomes), key=order.index)


def verdict_of(outcomes: Iterable[str]) -> Verdict:
    """Judge a run from the outcomes of its scenarios.

    A proven deviation outranks the suite's own trouble; a run that checked nothing judges nothing.
    """
    seen = set(outcomes)
    checked = {Outcome.PASSED, Outcome.FAILED, Outcome.WARNED, Outcome.KNOWN}
    if Outcome.FAILED in seen:
        return Verdict.DEVIATES
    if not seen:
        return Verdict.EMPTY
    if Outcome.ERROR in seen or not seen & checked:
        return Verdict.INCONCLUSIVE
    return Verdict.CONFORMANT


def exit_code_of(outcomes: Iterable[str]) -> int:
    """Return the exit code that stands for the outcomes of a run's scenarios."""
    seen = set(outcomes)
    if Outcome.FAILED in seen:
        return ExitCode.DEVIATION
    if Outcome.ERROR in seen or (seen and seen <= {Outcome.UNMET}):
        return ExitCode.TROUBLE
    if not seen or seen <= {Outcome.UNMET, Outcome.UNSUPPORTED}:
        return ExitCode.NOTHING_CHECKED
    return ExitCode.CLEAN
