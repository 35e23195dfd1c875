"""What is recorded of a live target replays to the same outcomes, and gives nothing of the target away."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from live_place import FIRST_CHAPTERS
from stranger import stranger

from graphcal import places

if TYPE_CHECKING:
    from pathlib import Path

    from live_place import Place

CHAPTERS = ("shared_calendar.json", "walkthrough.json")


def outcomes(report: Path) -> dict[str, str]:
    """Return the outcomes by scenario of a written report."""
    found = json.loads((report / "report.json").read_text(encoding="utf-8"))["scenarios"]
    return {scenario["id"]: scenario["outcome"] for scenario in found}


def test_recording_the_emulator_twice_gives_the_same_bytes(place: Place, tmp_path: Path) -> None:
    """Clock, ids and stand-ins are the same in every recording of the emulator."""
    written = []
    for name in ("one", "two"):
        ran = place.start(
            "record", "--target", "emulator", "--cassettes", tmp_path / name, *FIRST_CHAPTERS
        ).end(60)
        assert ran.code == 0, ran.output
        written.append([(tmp_path / name / chapter).read_bytes() for chapter in CHAPTERS])
    assert written[0] == written[1]
    shipped = (places.cassettes() / "shared_calendar.json").read_bytes()
    assert written[0][0] == shipped


def test_replay_ends_as_the_run_that_was_recorded(place: Place, tmp_path: Path) -> None:
    """A stranger's answers, recorded, are judged as they were when they came; nothing of his is in them."""
    recorded, replayed = tmp_path / "recorded", tmp_path / "replayed"
    with stranger(delivery=0.1) as server:
        target = server.target_toml(tmp_path)
        command = ("record", "--target", target, "--cassettes", tmp_path / "rec", "--report", recorded)
        ran = place.start(*command, *FIRST_CHAPTERS, environment=server.environment).end(60)
        secrets = [
            *server.tokens.values(),
            *(text for person in server.people.values() for text in person.values()),
            "127.0.0.1",
            "Kinderfeste",
        ]
    assert ran.code == 0, ran.output
    again = place.start("run", "--cassettes", tmp_path / "rec", "--report", replayed, *FIRST_CHAPTERS).end(60)
    assert again.code == 0, again.output
    assert outcomes(replayed) == outcomes(recorded)
    text = (tmp_path / "rec" / "walkthrough.json").read_text(encoding="utf-8").casefold()
    assert [secret for secret in secrets if secret.casefold() in text] == []


def test_published_recording_is_never_replaced(place: Place, tmp_path: Path) -> None:
    """What a page prints stays, and the run says so."""
    published = (places.cassettes() / "walkthrough.json").read_bytes()
    (tmp_path / "rec").mkdir()
    (tmp_path / "rec" / "walkthrough.json").write_bytes(published)
    ran = place.start("record", "--target", "emulator", "--cassettes", tmp_path / "rec", *FIRST_CHAPTERS).end(
        60
    )
    assert ran.code == 0, ran.output
    assert "is a published page's recording and was left as it is" in ran.output
    assert (tmp_path / "rec" / "walkthrough.json").read_bytes() == published


@pytest.mark.parametrize("target", ["replay"])
def test_a_recording_is_not_recorded(place: Place, tmp_path: Path, target: str) -> None:
    """Recordings are made of what answers now."""
    ran = place.start("record", "--target", target, "--cassettes", tmp_path / "rec", *FIRST_CHAPTERS).end(60)
    assert ran.code == 2
    assert "recordings are made of a live target" in ran.output
