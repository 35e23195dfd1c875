"""Explain a requirement, a chapter, or a word or code to whoever met it in a report."""

from __future__ import annotations

import difflib
import json
from typing import TYPE_CHECKING

from graphcal.glossary import ALSO, WORDS
from graphcal.listing import WIDTH, places_relative, scenarios_by_requirement, wrapped
from graphcal.outcomes import Outcome, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphcal.catalogue import Catalogue, Requirement
    from graphcal.glossary import Word
    from graphcal.report.model import Exchange, Report

SENT = 6  # requests that an explanation shows


def explanation(catalogue: Catalogue, words: str) -> str:
    """Return all that is known of a requirement, a chapter's sentences, or what a word or code of reports means.

    Raises UsageError for what is neither.
    """
    said = " ".join(words.split()).casefold()
    word = said.removeprefix("exit").removeprefix(" code").strip()
    word = ALSO.get(word, word)
    if word in WORDS:
        return "\n".join(_word(words, WORDS[word]))
    if said.upper() in catalogue.chapters:
        return "\n".join(_chapter(catalogue, said.upper()))
    known = catalogue.folded.get(said)
    if known is None:
        raise UsageError(_unknown(catalogue, words, word))
    row = catalogue[known]
    return "\n".join([*_sentences(row, catalogue.chapters[row.chapter]), *_examples(row)])


def _word(said: str, word: Word) -> Iterator[str]:
    yield from (*wrapped("", f"{said}. {word.meaning}"), "")
    yield from (*wrapped("Right      ", word.right), *wrapped("Wrong      ", word.wrong))


def _chapter(catalogue: Catalogue, key: str) -> Iterator[str]:
    yield from (f"{key}  {catalogue.chapters[key]}", "")
    for row in catalogue.requirements.values():
        if row.chapter == key:
            yield from wrapped(f"{row.id}  ", f"{row.text} ({row.level})")


def _unknown(catalogue: Catalogue, words: str, word: str) -> str:
    """Say that nothing is called so, and what there is instead: one thing at a time."""
    several = [name for name in words.upper().split() if name in catalogue.requirements]
    if len(several) > 1:
        return f"{words!r}: one at a time; graphcal explain {several[0]}"
    near = difflib.get_close_matches(words.upper(), list(catalogue.requirements), 3)
    near = near or difflib.get_close_matches(word, [*WORDS, *ALSO], 2)
    hint = f"did you mean {' or '.join(near)}?" if near else "graphcal list prints them all."
    names = ", ".join(WORDS)
    return f"no requirement {words!r}; {hint} Else there are the chapters, as SET, and the words {names}"


def _sentences(row: Requirement, chapter: str) -> Iterator[str]:
    yield from (f"{row.id}  {chapter}", "", *wrapped("", row.text), "")
    yield from wrapped("Level      ", f"{row.level}: {WORDS[row.level].meaning.removeprefix('A level: ')}")
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
    features = sorted({template.feature.filename for template in scenarios_by_requirement()[row.id]})
    yield from _sent(judged(["-m", row.id, *features]))
    for name, said in _wrongly(row.id, features):
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


def _wrongly(identifier: str, features: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield, for the first fault of the emulator that breaks a requirement, its sentence and what is found."""
    from graphcal import selftest  # noqa: PLC0415 - loads a server
    from graphcal.emulator import FAULTS  # noqa: PLC0415 - see above
    from graphcal.rerun import judged  # noqa: PLC0415 - see above
    from graphcal.targets.emulator import FAULT  # noqa: PLC0415 - see above

    for fault in selftest.chosen([identifier], [identifier]):
        report = judged(["--target", "emulator", "-m", identifier, *features], {FAULT: fault})
        for scenario in report.scenarios:
            if scenario.outcome in (Outcome.FAILED, Outcome.WARNED):
                yield FAULTS[fault].sentence, f"{scenario.outcome}, {scenario.message}"
                return
