"""Read a report.json that some run has written, or say in one sentence why it can't be used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from graphcal.outcomes import UsageError
from graphcal.report.wording import printable
from graphcal.schemas import Schemas

Json = dict[str, Any]

NAME = "report.json"
SCHEMA = "report.schema"
LARGEST = 10**12  # no number of a report comes near
MEND = "write it again with graphcal run --report DIR"


def report_file(path: Path) -> Path:
    """Return the report.json that a path names: itself, or the one in the folder that --report has written."""
    return path / NAME if path.is_dir() else path


def read_report(path: Path) -> Json:
    """Return the report in a file, or a folder, as report.schema.json describes it; more is left out.

    Raises UsageError, naming the file and the mend, when it can't be read or is no report.
    """
    path = report_file(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unusable(
            path, f"can't be read: {error.strerror}", "name a report.json or its folder"
        ) from None
    except ValueError:  # a path that no system has
        raise _unusable(path, "no path", "name a report.json or its folder") from None
    try:
        found = json.loads(data, parse_float=_number, parse_int=_number, parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise _unusable(path, f"no JSON: {error}", MEND) from None
    schemas = Schemas(Path(__file__).parent)
    schema: Json = json.loads(Path(__file__).with_name(f"{SCHEMA}.json").read_text(encoding="utf-8"))
    report = _known(found, schema, schema["$defs"])
    if problems := schemas.violations(report, SCHEMA):
        more = f"; and {len(problems) - 1} more" if len(problems) > 1 else ""
        raise _unusable(path, f"no report of graphcal: {problems[0]}{more}", MEND)
    return dict(report)


def _known(value: Any, schema: Json, shared: Json) -> Any:
    """Leave out the properties that a schema does not name: another version may have written them."""
    if "$ref" in schema:
        schema = shared[schema["$ref"].rpartition("/")[2]]
    if isinstance(value, dict) and "properties" in schema:
        named = schema["properties"]
        return {name: _known(item, named[name], shared) for name, item in value.items() if name in named}
    if isinstance(value, list) and "items" in schema:
        return [_known(item, schema["items"], shared) for item in value]
    return value


def _number(text: str) -> float:
    if abs(float(text)) > LARGEST:
        raise ValueError(f"the number {text[:20]} is too large")
    return float(text) if set(text) & set(".eE") else int(text)


def _refused(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")


def _unusable(path: Path, problem: str, mend: str) -> UsageError:
    return UsageError(printable(f"{path}: {problem}; {mend}"))
