"""A recording keeps what scenarios look at, and leaves out what is other people's."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from graphcal.people import Person
from graphcal.recording.recorder import kept
from graphcal.targets.arrangement import OPTION

if TYPE_CHECKING:
    from graphcal.targets.base import Chapter

ALEX = Person("alex", "Ann Other", "ann@fabrikam.example")
CHAPTER = cast("Chapter", SimpleNamespace(people={"alex": ALEX}, run_mark="gc-1"))


def test_recording_keeps_of_settings_what_scenarios_look_at() -> None:
    """An automatic reply is nobody's business."""
    found: dict[str, Any] = {"@odata.context": "x", OPTION: "sendToDelegateOnly", "timeZone": "UTC"}
    assert kept(found, CHAPTER) == {"@odata.context": "x", OPTION: "sendToDelegateOnly"}


def test_recording_keeps_names_of_calendars_that_the_run_gave() -> None:
    """Other names may tell something of their owner."""
    owner = {"owner": {"address": ALEX.address}}
    found = {"value": [{"name": name, **owner} for name in ("Boss [gc-1]", "Divorce", ALEX.name)]}
    names = [item["name"] for item in kept(found, CHAPTER)["value"]]
    assert names == ["Boss [gc-1]", "Calendar 2", ALEX.name]


def test_recording_keeps_of_schedules_what_the_run_made() -> None:
    """What else somebody has planned may be told to the run, and to nobody who reads its recording."""
    spans = [{"subject": subject} for subject in ("Survey [gc-1]", "Divorce", "")]
    found = {"value": [{"scheduleId": ALEX.address, "scheduleItems": [*spans, {"status": "busy"}]}]}
    told = kept(found, CHAPTER)["value"][0]["scheduleItems"]
    assert told == [spans[0], spans[2], {"status": "busy"}]
