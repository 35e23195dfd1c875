"""Look up the definition of a step once a session, where pytest-bdd would search at every step."""

from __future__ import annotations

import re
from inspect import signature
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from pytest_bdd.compat import get_fixture_names, getfixturedefs
from pytest_bdd.scenario import parse_step_arguments
from pytest_bdd.steps import step_function_context_registry
from pytest_bdd.utils import get_required_args

from graphcal.report.words import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from pytest_bdd.parser import Step
    from pytest_bdd.steps import StepFunctionContext

_INDEXES = pytest.StashKey[dict[str, "StepIndex"]]()


class Call(NamedTuple):
    """How a step calls its definition: with the words of its phrase, and with what the function asks for besides.

    `parameters` are all that the function takes, `required` those without a default.
    """

    definition: StepFunctionContext
    words: Mapping[str, Any]
    parameters: Collection[str]
    required: Collection[str]


class StepIndex:
    """The step definitions of a session, which all of a suite's features share."""

    def __init__(self, definitions: list[StepFunctionContext]) -> None:
        self.definitions = definitions
        self._calls: dict[tuple[str, str], Call] = {}
        self._parameters: dict[Callable[..., object], tuple[Collection[str], Collection[str]]] = {}
        self._by_kind: dict[str, list[tuple[str, StepFunctionContext]]] = {}
        self._found: dict[tuple[str, str], list[StepFunctionContext]] = {}

    @classmethod
    def of(cls, session: pytest.Session, language: str = ENGLISH) -> StepIndex:
        """Return the session's index for features in a language, whose phrases are loaded when one is read.

        It is made of the fixtures that pytest-bdd registers for definitions.
        """
        indexes = session.config.stash.setdefault(_INDEXES, {})
        if language not in indexes:
            if language != ENGLISH:
                session.config.pluginmanager.import_plugin(f"steps.{language}")
            manager = session._fixturemanager  # noqa: SLF001 - pytest tells fixtures to nobody else
            definitions = [
                context
                for name in get_fixture_names(manager)
                for fixture in getfixturedefs(manager, name, session) or []
                if (context := step_function_context_registry.get(fixture.func)) is not None
            ]
            indexes[language] = cls(definitions)
        return indexes[language]

    def find(self, step: Step) -> list[StepFunctionContext]:
        """Return every definition that matches a rendered step."""
        key = (step.type, step.name)
        if key not in self._found:
            said = _plain(step.name)
            self._found[key] = [
                definition
                for telling, definition in self._of(step.type)
                if telling in said and definition.parser.is_matching(step.name)
            ]
        return self._found[key]

    def call(self, step: Step) -> Call:
        """Return how a rendered step calls its definition, worked out once for steps of the same words."""
        key = (step.type, step.name)
        if key not in self._calls:
            definition = self.find(step)[0]
            words = parse_step_arguments(step, definition)
            self._calls[key] = Call(definition, words, *self._asks_for(definition.step_func))
        return self._calls[key]

    def _asks_for(self, function: Callable[..., object]) -> tuple[Collection[str], Collection[str]]:
        """Return the parameters of a step function, and those of them that have no default."""
        if function not in self._parameters:
            self._parameters[function] = signature(function).parameters.keys(), get_required_args(function)
        return self._parameters[function]

    def _of(self, kind: str) -> list[tuple[str, StepFunctionContext]]:
        """Return the definitions for a kind of step, each after the words that tell its phrase soonest."""
        if kind not in self._by_kind:
            fitting = [found for found in self.definitions if found.type in {None, kind}]
            self._by_kind[kind] = [(_longest_stretch(found.parser.name), found) for found in fitting]
        return self._by_kind[kind]


def _longest_stretch(phrase: str) -> str:
    """Return the longest words of a phrase that have no type: most phrases are told apart by them."""
    return max(map(_plain, re.split(r"\{[^}]*\}", phrase)), key=len)


def _plain(words: str) -> str:
    """Write words as a phrase's parser compares them: in any casing, with any spaces between."""
    return " ".join(words.split()).casefold()
