"""A report.json is read whole, or refused in one sentence that names the file and the mend."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
import sample
from hypothesis import given, settings
from hypothesis import strategies as st

from graphcal.outcomes import UsageError
from graphcal.report import as_json
from graphcal.report.reading import read_report

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENT: dict[str, Any] = json.loads(as_json.text(sample.troubled()))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=12,
)


def _read(folder: Path, data: bytes) -> dict[str, Any]:
    (folder / "report.json").write_bytes(data)
    return read_report(folder / "report.json")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_report_is_read_as_it_was_written(encoding: str, tmp_path: Path) -> None:
    """Also one that went through a shell that writes another encoding."""
    assert _read(tmp_path, json.dumps(DOCUMENT, ensure_ascii=False).encode(encoding)) == DOCUMENT


def test_folder_stands_for_the_report_in_it(tmp_path: Path) -> None:
    """What --report was given can be given again."""
    (tmp_path / "report.json").write_text(json.dumps(DOCUMENT), encoding="utf-8")

    assert read_report(tmp_path) == DOCUMENT


def test_properties_of_another_version_are_left_out(tmp_path: Path) -> None:
    """A report that says more than this version knows can still be compared."""
    later = deepcopy(DOCUMENT)
    later["mood"] = later["target"]["mood"] = later["scenarios"][0]["mood"] = "good"

    assert _read(tmp_path, json.dumps(later).encode()) == DOCUMENT


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no JSON: Expecting value"),
        (b"<html>", "no JSON: Expecting value"),
        (b"\x80", "no JSON: 'utf-8' codec"),
        (b"[" * 100_000, "no JSON: maximum recursion"),
        (b'{"seconds": NaN}', "no JSON: NaN is no number of JSON"),
        (b'{"seconds": 1e999}', "no JSON: the number 1e999 is too large"),
        (b'{"seconds": ' + b"9" * 5000 + b"}", "no JSON: the number 99999999999999999999 is too large"),
        (b"null", r"no report of graphcal: at \$ expected an object, got null"),
        (b"{}", r"no report of graphcal: at \$\.suite expected an object, got nothing; and \d+ more"),
        (json.dumps({**DOCUMENT, "verdict": "\x1b"}).encode(), r'expected one of .*, got "\\u001b"'),
        (json.dumps({**DOCUMENT, "scenarios": [{}]}).encode(), r"at \$\.scenarios\[0\]\.\w+ expected"),
    ],
    ids=range(11),
)
def test_what_is_no_report_is_one_sentence(data: bytes, said: str, tmp_path: Path) -> None:
    """The sentence names the file, what is wrong where, and the mend."""
    with pytest.raises(UsageError, match=rf"^{tmp_path}/report\.json: .*{said}.*; write it again with "):
        _read(tmp_path, data)


@pytest.mark.parametrize("name", ["missing", "missing/report.json", "a\0b", "\ud800"], ids=ascii)
def test_path_to_nothing_is_one_sentence(name: str, tmp_path: Path) -> None:
    """The mend is another path."""
    with pytest.raises(UsageError, match=r"; name a report\.json or its folder$"):
        read_report(tmp_path / name)


@settings(max_examples=60, deadline=None)
@given(garbage=JSON)
def test_no_garbage_is_more_than_a_usage_error(
    garbage: object, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever JSON a file holds, it is read or refused."""
    with pytest.raises(UsageError):
        _read(tmp_path_factory.mktemp("garbage"), json.dumps(garbage).encode())
