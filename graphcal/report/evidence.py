"""Keep all that is known of a run in evidence.json, so that its report can be written again beside others.

report.json is the contract; this is the model as it stands in one version of graphcal, steps, findings and
exchanges included, for `graphcal merge` of the same version.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

from graphcal.report import model

NAME = "evidence.json"


class EvidenceError(Exception):
    """The text holds no run as this version describes it; the sentence says where."""


def text(report: model.Report) -> str:
    """Return the report as JSON, in ASCII: an object for each dataclass, keyed by its fields."""
    return json.dumps(report, default=_plain, separators=(",", ":")) + "\n"


def read(data: bytes) -> model.Report:
    """Return the report that `text` wrote. Raises EvidenceError for anything else."""
    try:
        return cast("model.Report", _made(model.Report, json.loads(data), "$"))
    except (ValueError, RecursionError) as error:
        raise EvidenceError(f"not JSON: {error}") from None


def _plain(value: object) -> object:
    return vars(value) if is_dataclass(value) else dict(cast("Mapping[str, object]", value))


def _made(kind: Any, value: Any, path: str) -> Any:
    """Make a value of a type of the model from JSON, with nothing in it that is not of that type."""
    if kind is object:
        return value
    if is_dataclass(kind):
        return _dataclass(cast("type", kind), value, path)
    origin, inner = get_origin(kind), get_args(kind)
    if origin is UnionType:
        return None if value is None else _made(inner[0], value, path)
    if origin is tuple:
        return tuple(_made(inner[0], item, f"{path}[{n}]") for n, item in enumerate(_of(list, value, path)))
    if origin is Mapping:
        return {
            name: _made(inner[1], item, f"{path}.{name}") for name, item in _of(dict, value, path).items()
        }
    return _of(kind, value, path)


def _dataclass(kind: type, value: Any, path: str) -> Any:
    given = _of(dict, value, path)
    made = {}
    for name, hint in _hints(kind).items():
        if name in given:
            made[name] = _made(hint, given[name], f"{path}.{name}")
    missing = [each.name for each in fields(kind) if _needed(each) and each.name not in made]
    if missing:
        raise EvidenceError(f"{path} lacks {missing[0]}")
    return kind(**made)


def _needed(field: Any) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _of(kind: Any, value: Any, path: str) -> Any:
    accepted = (int, float) if kind is float else kind
    if isinstance(value, bool) is not (kind is bool) or not isinstance(value, accepted):
        raise EvidenceError(f"{path} is no {kind.__name__}")
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind, vars(model) | {"Mapping": Mapping})
