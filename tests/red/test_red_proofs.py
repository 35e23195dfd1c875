"""Every Then, every scenario and every covered requirement has been seen red."""

from __future__ import annotations

import multiprocessing
import os
import pickle
from concurrent.futures import ProcessPoolExecutor

import pytest
from alterations import ALTERATIONS, Alteration, altered
from filelock import FileLock
from judging import Judgement, exchanges, judge
from pytest_bdd.feature import get_feature
from pytest_bdd.steps import step_function_context_registry

from graphcal import places
from graphcal.feature import rendered
from graphcal.selftest import features_of


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
def judgements(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> dict[str, Judgement]:
    """The judgements of all alterations, made once for all workers, by as many processes as there are cores."""
    base = tmp_path_factory.getbasetemp()
    kept = (base if worker_id == "master" else base.parent) / "judgements.pickle"
    with FileLock(kept.with_suffix(".lock")):
        if not kept.exists():
            context = multiprocessing.get_context("spawn")
            with ProcessPoolExecutor(os.cpu_count(), mp_context=context) as pool:
                found = pool.map(judged, range(len(ALTERATIONS)), chunksize=8)
                kept.write_bytes(pickle.dumps(dict(zip(map(str, ALTERATIONS), found, strict=True))))
    made: dict[str, Judgement] = pickle.loads(kept.read_bytes())  # noqa: S301 - this run has written it
    return made


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


def test_every_then_of_these_chapters_has_been_red(judgements: dict[str, Judgement]) -> None:
    """No Then is trusted that no alteration lets fail."""
    used = set[str]()
    for chapter in CHAPTERS:
        feature = get_feature(str(places.features()), f"{chapter}.feature")
        used |= {
            step.name
            for scenario in feature.scenarios.values()
            for row in [row for examples in scenario.examples for row in examples.as_contexts()] or [{}]
            for step in rendered(scenario, row).steps
            if step.type == "then"
        }
    thens = {
        f"{context.step_func.__module__}.{context.step_func.__name__}"
        for context in list(step_function_context_registry.values())
        if context.type == "then"
        and context.step_func.__module__.startswith("steps.")
        and any(context.parser.is_matching(name) for name in used)
    }
    red = {phrase for judgement in judgements.values() for phrase in judgement.red_phrases}
    assert thens - red == set()


def test_every_covered_requirement_has_an_alteration() -> None:
    """A requirement that a scenario of these chapters covers stands in the table."""
    covered = features_of([places.features() / f"{chapter}.feature" for chapter in CHAPTERS])
    assert set(covered) - {alteration.requirement for alteration in ALTERATIONS} == set()
