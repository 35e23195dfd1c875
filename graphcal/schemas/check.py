"""Validate payloads and tell what is wrong with them as violations."""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from graphcal.schemas.closed import Names
from graphcal.schemas.library import Library
from graphcal.schemas.violation import MISSING, Violation, json_path
from graphcal.schemas.words import allowed, hint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

    from graphcal.schemas.library import Node

MOST = 200  # errors read of one part: a hostile payload must not fill the report
GENERAL = "REP-19"  # the requirement that a value has the type of the metadata
NO_SUCH = "nothing, for the metadata has no such property"
_ONLY_COMPOSES = {"title", "description", "$comment", "$defs", "$ref", "allOf"}

Steps = tuple[str | int, ...]


class Part(NamedTuple):
    """A schema that is checked as one, with the requirement and level of its violations."""

    schema: Node
    validator: Validator
    requirement: str
    level: str


class Finding(NamedTuple):
    """A violation before it is sorted: the steps to it, and whether its property is merely unknown."""

    steps: Steps
    violation: Violation
    unknown: bool = False


class Schemas:
    """The schemas of a folder; each is read, and made into a validator, when it is first needed."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; nothing is read yet."""
        self._library = Library(folder)
        self._parts: dict[str, tuple[Part, ...]] = {}

    def names(self) -> list[str]:
        """List the schemas of the folder."""
        return self._library.names()

    def violations(self, payload: object, reference: str) -> list[Violation]:
        """List what a schema does not allow in a payload, deepest first.

        `payload` is what json.loads returns. `reference` is a schema ("event") or a part of one
        ("organizerEvent#/$defs/organizing"); one that leads nowhere raises UnknownSchemaError.
        Properties that the metadata does not know are allowed (REP-19).
        """
        return _tidy(self._findings(payload, reference))

    def closed_violations(self, payload: object, reference: str) -> list[Violation]:
        """List the same and, last, the properties that the metadata does not know; annotations are known.

        For a part of a role, what the whole file knows counts.
        """
        return _tidy([*self._findings(payload, reference), *self._unknown(payload, reference)])

    def _findings(self, payload: Any, reference: str) -> list[Finding]:
        found: list[Finding] = []
        for part in self._compiled(reference):
            try:
                errors = islice(part.validator.iter_errors(payload), MOST)
                found.extend(self._finding(leaf, part) for error in errors for leaf in _leaves(error))
            except RecursionError:
                found.append(_too_deep(payload, part, self._library.page(part.schema)))
        return found

    def _unknown(self, payload: object, reference: str) -> list[Finding]:
        part = self._compiled(reference)[0]
        whole = reference.partition("#")[0] if "x-requirement" in part.schema else reference
        known = Names.of(part.validator, self._library.node)
        try:
            unknown = list(islice(known.unknown([self._library.node(whole)], payload), MOST))
        except RecursionError:
            return []  # the findings say so
        page = self._library.page(part.schema)
        return [Finding(steps, _stranger(payload, steps, page), unknown=True) for steps in unknown]

    def _finding(self, error: ValidationError, part: Part) -> Finding:
        steps = tuple(error.absolute_path)
        schema: Any = error.schema
        actual: Any = error.instance
        unknown = error.validator == "unevaluatedProperties"
        words = NO_SUCH if unknown else self._allowed(error, part)
        page = self._library.page(part.schema if "x-requirement" in part.schema else schema)
        violation = Violation(
            json_path(steps), actual, words, page, part.requirement, part.level, hint(schema, actual)
        )
        return Finding(steps, violation, unknown)

    def _allowed(self, error: ValidationError, part: Part) -> str:
        schema: Any = error.schema
        if error.instance is MISSING:
            if "x-missing" in part.schema:
                return str(part.schema["x-missing"])
            schema = schema.get("properties", {}).get(error.absolute_path[-1], {})
        return allowed(schema, self._library.node)

    def _compiled(self, reference: str) -> tuple[Part, ...]:
        """Give the parts that a schema composes, or itself as the only one."""
        parts = self._parts.get(reference)
        if parts is None:
            parts = self._parts[reference] = tuple(self._composed(self._library.node(reference)))
        return parts

    def _composed(self, schema: Node) -> Iterator[Part]:
        if {"$ref", "allOf"} & schema.keys() and schema.keys() <= _ONLY_COMPOSES:
            for each in [*([schema] if "$ref" in schema else []), *schema.get("allOf", ())]:
                yield from self._composed(self._library.node(each["$ref"]) if "$ref" in each else each)
        else:
            requirement, level = schema.get("x-requirement", GENERAL), schema.get("x-level", "")
            yield Part(schema, self._validator(schema), requirement, level)

    @cached_property
    def _validator(self) -> Callable[[Node], Validator]:
        """Import jsonschema only now: it takes longer than all of the validation of a short run."""
        from graphcal.schemas.keywords import Validators  # noqa: PLC0415

        return Validators(self._library.node).of


def _leaves(error: ValidationError) -> Iterator[ValidationError]:
    """Give the errors worth telling: of alternatives that all fail, those of the one that came furthest."""
    if not error.context:
        yield error
        return
    branches: dict[object, list[ValidationError]] = {}
    for each in error.context:
        branches.setdefault(each.schema_path[0], []).append(each)
    for each in max(branches.values(), key=lambda branch: (max(len(e.path) for e in branch), -len(branch))):
        yield from _leaves(each)


def _tidy(findings: Iterable[Finding]) -> list[Violation]:
    """Keep one violation of a value for each requirement, no soft one beside a hard one; sort the deepest first."""
    kept: dict[tuple[Steps, str], Finding] = {}
    for finding in findings:
        key = finding.steps, finding.violation.requirement
        if key not in kept or _weight(finding) < _weight(kept[key]):
            kept[key] = finding
    hard = {finding.steps for finding in kept.values() if not finding.violation.level}
    told = [finding for finding in kept.values() if not finding.violation.level or finding.steps not in hard]
    told.sort(key=lambda finding: (finding.unknown, -len(finding.steps)))
    return [finding.violation for finding in told]


def _weight(finding: Finding) -> tuple[bool, bool, int]:
    """Prefer hard to soft, a wrong value to an unknown name, narrow words to wide ones."""
    return bool(finding.violation.level), finding.unknown, len(finding.violation.allowed)


def _stranger(payload: Any, steps: Steps, page: str) -> Violation:
    value = payload
    for step in steps:
        value = value[step]
    return Violation(json_path(steps), value, NO_SUCH, page, GENERAL, "")


def _too_deep(payload: object, part: Part, page: str) -> Finding:
    words = "values that are not nested so deeply"
    return Finding((), Violation("$", payload, words, page, part.requirement, part.level))
