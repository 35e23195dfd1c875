"""evidence.json holds the whole run, and nothing else is taken for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import sample

from graphcal.report import evidence

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphcal.report.model import Report


@pytest.mark.parametrize("build", [sample.green, sample.troubled, sample.hostile, sample.empty])
def test_run_comes_back_as_it_was(build: Callable[[], Report]) -> None:
    """Every field of the model, however odd its text, survives."""
    assert evidence.read(evidence.text(build()).encode("utf-8")) == build()


def test_field_with_a_default_may_be_missing() -> None:
    """What the model can do without need not be written."""
    document = json.loads(evidence.text(sample.empty()))
    del document["notes"], document["exchanges"]

    assert evidence.read(json.dumps(document).encode()) == sample.empty()


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        ((), [], r"^\$ is no dict$"),
        (("version",), 1, r"^\$\.version is no str$"),
        (("requests",), True, r"^\$\.requests is no int$"),
        (("seconds",), "1", r"^\$\.seconds is no float$"),
        (("scenarios",), {}, r"^\$\.scenarios is no list$"),
        (("scenarios", 0, "steps", 0), {}, r"^\$\.scenarios\[0\]\.steps\[0\] lacks keyword$"),
        (
            ("exchanges", "walkthrough-1", "status"),
            "200",
            r"^\$\.exchanges\.walkthrough-1\.status is no int$",
        ),
        (("chapters", "SET"), None, r"^\$\.chapters\.SET is no str$"),
    ],
    ids=lambda value: ".".join(map(str, value)) if isinstance(value, tuple) else "",
)
def test_wrong_value_is_named_by_its_path(place: tuple[Any, ...], value: object, said: str) -> None:
    """What is not of the model's type is refused before any format trips over it."""
    document: Any = [json.loads(evidence.text(sample.green()))]
    parent, key = document, 0
    for step in place:
        parent, key = parent[key], step
    parent[key] = value

    with pytest.raises(evidence.EvidenceError, match=said):
        evidence.read(json.dumps(document[0]).encode())


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe\x00", b"[" * 100_000], ids=repr)
def test_what_is_no_json_is_refused(data: bytes) -> None:
    """A file that was cut short, or is none of ours, is one clear error."""
    with pytest.raises(evidence.EvidenceError, match=r"^not JSON: "):
        evidence.read(data)
