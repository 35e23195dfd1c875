"""Explain a requirement, an outcome, a verdict, a level or an exit code to whoever met it in a report."""

from __future__ import annotations

import difflib
import json
from typing import TYPE_CHECKING

from graphcal.listing import WIDTH, places_relative, scenarios_by_requirement, wrapped
from graphcal.outcomes import Outcome, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphcal.catalogue import Catalogue, Requirement
    from graphcal.report.model import Exchange, Report

SENT = 6  # requests that an explanation shows
WORDS = {
    "stated": "A level: the walkthrough itself says so. These rows are the core; a deviation fails, and no entry "
    "in [[known]] makes a target conform to the core.",
    "documented": "A level: another page of the documentation says so. A deviation fails.",
    "observed": "A level: seen in examples and reports only. A deviation warns; with --strict it fails.",
    "passed": "An outcome: the target does what the requirement says.",
    "failed": "An outcome: the target does something else, and the requirement is stated or documented. The report "
    "says what was expected and what came, which sentence of which page says so, and the curl to see it again.",
    "warned": "An outcome: the target does something else, and the requirement is only observed. Nothing promises "
    "it; clients may still rely on it. With --strict it fails.",
    "known": "An outcome: it fails, and an entry in [[known]] of the target's file says so. The entry fails when it "
    "has expired, and when nothing deviates any more.",
    "unsupported": "An outcome: the target does not implement a call that the scenario needs. Told from its answer "
    "(405, 501, Graph's 400 for an unknown segment, a 404 that is not Graph's), or from unsupported = [...] in "
    "its file. Each call is asked for once in a run.",
    "unmet": "An outcome: a precondition does not hold at this target: a role, a delivery option, a person, a token "
    "that can be limited; or an earlier answer, which another scenario judges, leaves nothing to look at.",
    "error": "An outcome: the suite's or the network's trouble: no answer, no token, a recording that does not fit. "
    "It says nothing about the target's calendars.",
    "untested": "No scenario judges the requirement; graphcal explain ID says why.",
    "conformant": "A verdict: something was judged, nothing failed, and nothing of the core is missing.",
    "deviates": "A verdict: at least one scenario failed. Of the core, what is not implemented or known counts too.",
    "incomplete": "A verdict on a chapter or level: nothing failed, and some rows could not be judged.",
    "inconclusive": "A verdict: trouble, an early end, or preconditions kept the run from judging enough.",
    "empty": "A verdict: no scenario ran, so nothing is known.",
    "0": "An exit code: nothing failed; warnings, known deviations and skipped scenarios may be among the outcomes.",
    "1": "An exit code: at least one scenario failed.",
    "2": "An exit code: an option, a target's file or another setting is wrong; the message names place and mend.",
    "3": "An exit code: trouble of the suite or the network, or no precondition held.",
    "5": "An exit code: nothing was checked.",
}


def explanation(catalogue: Catalogue, words: str) -> str:
    """Return all that is known of a requirement, or what a word or code of reports means.

    Raises UsageError for what is neither.
    """
    word = words.casefold().removeprefix("exit").removeprefix(" code").strip()
    if word in WORDS:
        return "\n".join(wrapped("", f"{words}. {WORDS[word]}"))
    known = catalogue.folded.get(words.casefold())
    if known is None:
        near = difflib.get_close_matches(words.upper(), list(catalogue.requirements), 3)
        near = near or difflib.get_close_matches(word, WORDS, 2)
        hint = f"; did you mean {' or '.join(near)}?" if near else "; graphcal list prints them all"
        raise UsageError(f"no requirement {words!r}{hint}")
    row = catalogue[known]
    return "\n".join([*_sentences(row, catalogue.chapters[row.chapter]), *_examples(row)])


def _sentences(row: Requirement, chapter: str) -> Iterator[str]:
    yield from (f"{row.id}  {chapter}", "", *wrapped("", row.text), "")
    yield from wrapped("Level      ", f"{row.level}: {WORDS[row.level].removeprefix('A level: ')}")
    for level, part in row.parts.items():
        yield from wrapped(f"{level.capitalize():11}", part)
    yield from (*wrapped("Source     ", row.source), f"           {row.url}")
    if row.accepts:
        yield from wrapped("Accepted   ", row.accepts)
    if row.untested:
        yield from wrapped("Untested   ", row.untested)
    for template in scenarios_by_requirement()[row.id]:
        path = f"features/{places_relative(template.feature)}:{template.line_number}"
        yield from ("", f"{template.keyword}: {template.name}  ({path})")
        yield from (f"  {step.keyword.strip()} {step.name}" for step in template.steps)


def _examples(row: Requirement) -> Iterator[str]:
    """Yield what the scenarios of a requirement send, out of the recordings, and what a wrong answer is told."""
    if row.untested:
        return
    from graphcal.rerun import judged  # noqa: PLC0415 - imports pytest, which a wrong id need not wait for

    yield from ("", "Sent, and answered rightly, in the recordings that come with the suite:")
    yield from _sent(judged(["-m", row.id]))
    for name, said in _wrongly(row.id):
        yield from ("", *wrapped("Wrong      ", f"{name} So the suite says: {said}"))


def _sent(report: Report) -> Iterator[str]:
    told = {identifier for scenario in report.scenarios for identifier in scenario.exchanges}
    exchanges = [exchange for identifier, exchange in report.exchanges.items() if identifier in told]
    for exchange in exchanges[:SENT]:
        yield f"  {_request(exchange)} answered {exchange.status}"
    if len(exchanges) > SENT:
        yield f"  and {len(exchanges) - SENT} more"


def _request(exchange: Exchange) -> str:
    path = exchange.url.partition("/v1.0")[2] or exchange.url
    body = f" {json.dumps(exchange.request_body, ensure_ascii=False)}" if exchange.request_body else ""
    asked = f"{exchange.method} {path}{body}"
    return f"{asked if len(asked) <= WIDTH else asked[: WIDTH - 1] + '…'} as {exchange.person},"


def _wrongly(identifier: str) -> Iterator[tuple[str, str]]:
    """Yield, for the first fault of the emulator that breaks a requirement, its sentence and what is found."""
    from graphcal import places, selftest  # noqa: PLC0415 - loads a server
    from graphcal.emulator import FAULTS  # noqa: PLC0415 - see above
    from graphcal.rerun import judged  # noqa: PLC0415 - see above
    from graphcal.targets.emulator import FAULT  # noqa: PLC0415 - see above

    features = selftest.features_of(places.features().glob("*.feature"))[identifier]
    for fault in selftest.chosen([identifier], [identifier]):
        report = judged(
            ["--target", "emulator", "-m", identifier, *map(str, sorted(features))], {FAULT: fault}
        )
        for scenario in report.scenarios:
            if scenario.outcome in (Outcome.FAILED, Outcome.WARNED):
                yield FAULTS[fault].sentence, f"{scenario.outcome}, {scenario.message}"
                return
