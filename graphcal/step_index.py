"""Look up the definition of a step once a session, where pytest-bdd would search at every step."""

from __future__ import annotations

from inspect import signature
from typing import TYPE_CHECKING

import pytest
from pytest_bdd.compat import get_fixture_names, getfixturedefs
from pytest_bdd.steps import step_function_context_registry

if TYPE_CHECKING:
    from pytest_bdd.parser import Step
    from pytest_bdd.steps import StepFunctionContext

_INDEX = pytest.StashKey["StepIndex"]()


class StepIndex:
    """The step definitions of a session, which all of a suite's features share."""

    def __init__(self, definitions: list[StepFunctionContext]) -> None:
        self.definitions = definitions
        for definition in definitions:
            # pytest-bdd asks for the signature twice a step; found here, it need not be worked out again.
            definition.step_func.__signature__ = signature(definition.step_func)  # type: ignore[attr-defined]
        self._found: dict[tuple[str, str], list[StepFunctionContext]] = {}

    @classmethod
    def of(cls, session: pytest.Session) -> StepIndex:
        """Return the session's index, made of the fixtures that pytest-bdd registers for definitions."""
        if _INDEX not in session.config.stash:
            manager = session._fixturemanager  # noqa: SLF001 - pytest tells fixtures to nobody else
            definitions = [
                context
                for name in get_fixture_names(manager)
                for fixture in getfixturedefs(manager, name, session) or []
                if (context := step_function_context_registry.get(fixture.func)) is not None
            ]
            session.config.stash[_INDEX] = cls(definitions)
        return session.config.stash[_INDEX]

    def find(self, step: Step) -> list[StepFunctionContext]:
        """Return every definition that matches a rendered step."""
        key = (step.type, step.name)
        if key not in self._found:
            self._found[key] = [
                definition
                for definition in self.definitions
                if definition.type in {None, step.type} and definition.parser.is_matching(step.name)
            ]
        return self._found[key]
