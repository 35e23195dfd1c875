"""Every Then, every scenario and every covered requirement has been seen red."""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING

import pytest
from alterations import ALTERATIONS, Alteration, altered
from judging import Judgement, exchanges, judge
from pytest_bdd.steps import step_function_context_registry

from graphcal import places
from graphcal.catalogue import read_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator


def judged(number: int) -> Judgement:
    """Judge the recording that one alteration makes."""
    alteration = ALTERATIONS[number]
    return judge(altered(exchanges(alteration.chapter), alteration.change), chapter=alteration.chapter)


CHAPTERS = ("walkthrough", "shared_calendar")


@pytest.fixture(scope="module")
def sound() -> dict[str, Judgement]:
    """The judgements of the recordings as they are."""
    return {chapter: judge(exchanges(chapter), chapter=chapter) for chapter in CHAPTERS}


@pytest.fixture(scope="module")
def judgements() -> Iterator[dict[str, Judgement]]:
    """The judgements of all alterations, made by as many processes as there are cores."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context) as pool:
        found = pool.map(judged, range(len(ALTERATIONS)), chunksize=8)
        yield dict(zip(map(str, ALTERATIONS), found, strict=True))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_sound_recording_is_all_green(chapter: str, sound: dict[str, Judgement]) -> None:
    """An unaltered recording passes every scenario."""
    assert sound[chapter].red == {}
    assert set(sound[chapter].outcomes.values()) == {"passed"}


@pytest.mark.parametrize("alteration", ALTERATIONS, ids=str)
def test_alteration_turns_its_scenarios_red(alteration: Alteration, judgements: dict[str, Judgement]) -> None:
    """One fault turns exactly the scenarios red that the table names."""
    assert judgements[str(alteration)].red == alteration.red


@pytest.mark.parametrize("alteration", ALTERATIONS, ids=str)
def test_alteration_is_attributed(alteration: Alteration, judgements: dict[str, Judgement]) -> None:
    """The broken requirement is among the red ones, and at most two others are."""
    judgement = judgements[str(alteration)]
    red = {requirement for title in judgement.red for requirement in judgement.requirements[title]}
    assert alteration.requirement in red
    assert len(red - {alteration.requirement}) <= 2


@pytest.mark.parametrize("alteration", ALTERATIONS, ids=str)
def test_exit_code_says_what_happened(alteration: Alteration, judgements: dict[str, Judgement]) -> None:
    """A failure exits 1, a warning alone exits 0."""
    assert judgements[str(alteration)].exit_code == int("failed" in alteration.red.values())


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_scenario_has_been_red(
    chapter: str, sound: dict[str, Judgement], judgements: dict[str, Judgement]
) -> None:
    """No scenario is trusted that no alteration turns red."""
    chapters = {str(alteration): alteration.chapter for alteration in ALTERATIONS}
    red = {title for name, found in judgements.items() if chapters[name] == chapter for title in found.red}
    assert set(sound[chapter].outcomes) - red == set()


def test_every_then_has_been_red(judgements: dict[str, Judgement]) -> None:
    """No Then is trusted that no alteration lets fail."""
    thens = {
        f"{context.step_func.__module__}.{context.step_func.__name__}"
        for context in list(step_function_context_registry.values())
        if context.type == "then" and context.step_func.__module__.startswith("steps.")
    }
    red = {phrase for judgement in judgements.values() for phrase in judgement.red_phrases}
    assert thens - red == set()


def test_every_covered_requirement_has_an_alteration() -> None:
    """A requirement that a scenario covers stands in the table."""
    catalogue = read_catalogue(places.features() / "requirements.toml")
    covered = {row.id for row in catalogue.requirements.values() if not row.untested}
    assert covered - {alteration.requirement for alteration in ALTERATIONS} == set()
