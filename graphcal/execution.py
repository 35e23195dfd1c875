"""Run the steps of a scenario as pytest-bdd does, but keep what one step hands on to the next out of pytest's fixtures.

pytest-bdd registers a fixture for each such value and asks for the signature of a step function, and for the
words of a phrase, whenever the step comes: together that takes longer than most steps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from _pytest.fixtures import call_fixture_func

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_bdd.parser import Step

    from graphcal.feature import Example
    from graphcal.step_index import Call, StepIndex


def execute(example: Example, index: StepIndex, request: pytest.FixtureRequest) -> None:
    """Run a scenario, with the hooks of pytest-bdd around it and around each of its steps."""
    __tracebackhide__ = True
    scenario = example.scenario
    story = {"request": request, "feature": scenario.feature, "scenario": scenario}
    handed_on: dict[str, object] = {}
    hooks = request.config.hook
    hooks.pytest_bdd_before_scenario(**story)
    try:
        for step in scenario.steps:
            _run(step, index.call(step), story, handed_on)
    finally:
        hooks.pytest_bdd_after_scenario(**story)


def _run(step: Step, call: Call, story: Mapping[str, Any], handed_on: dict[str, object]) -> None:
    """Run a step and keep what it hands on: its result, by the name of its target fixture."""
    __tracebackhide__ = True
    request, function, name = story["request"], call.definition.step_func, call.definition.target_fixture
    hooks = request.config.hook
    told = {**story, "step": step, "step_func": function, "step_func_args": {}}
    hooks.pytest_bdd_before_step(**told)
    try:
        told["step_func_args"] = arguments = _arguments(step, call, request, handed_on)
        hooks.pytest_bdd_before_step_call(**told)
        result = call_fixture_func(function, request, arguments)  # which knows steps that yield
    except (Exception, pytest.fail.Exception) as exception:
        hooks.pytest_bdd_step_error(exception=exception, **told)
        raise
    if name is not None:
        handed_on[name] = result
    hooks.pytest_bdd_after_step(**told)


def _arguments(
    step: Step, call: Call, request: pytest.FixtureRequest, handed_on: Mapping[str, object]
) -> dict[str, Any]:
    """Give a step what its phrase says, its table and text, what earlier steps handed on, and fixtures."""
    given = dict(call.words)
    if step.datatable is not None:
        given["datatable"] = step.datatable.raw()
    if step.docstring is not None:
        given["docstring"] = step.docstring
    arguments = {name: given[name] for name in call.parameters if name in given}
    for name in call.required:
        if name not in arguments:
            arguments[name] = handed_on[name] if name in handed_on else request.getfixturevalue(name)
    return arguments
