"""Each break shows in a walk, and every hard requirement of the walkthrough has one."""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from pathlib import Path

import pytest
from breaking_proxy import BREAKS, breaking
from hand_walk import HandWalk, StuckError
from stranger import stranger

FEATURES = Path(__file__).parents[2] / "features"


@pytest.mark.parametrize("name", BREAKS)
def test_break_shows(name: str) -> None:
    """A client that walks the six steps meets the changed answer."""
    with stranger() as server, breaking(BREAKS[name], server) as running:
        walk = HandWalk(running.base_url, server.tokens, server.people, patience=0.05)
        with suppress(StuckError, KeyError):
            walk.walk()
        walk.session.close()
        assert running.broken
        assert running.proxy.errors == []


@pytest.mark.parametrize(
    ("name", "step", "path", "value"),
    [
        ("INV-05 organizer is the delegate", "created", "organizer.emailAddress.name", "Adele D'Souza"),
        ("RCV-02 owner is the sender", "request", "sender.emailAddress.name", "Alex Öztürk"),
        ("RTE-02 spelt as in English", "response", "meetingMessageType", "meetingTentativelyAccepted"),
        ("TAL-02 organizer is the delegate", "tally", "organizer.emailAddress.name", "Adele D'Souza"),
        ("REP-01 times in another zone", "tally", "start.dateTime", "2030-12-26T11:00:00.0000000"),
        ("REP-07 bodies are text", "response", "body.contentType", "text"),
    ],
)
def test_break_changes_what_it_names(name: str, step: str, path: str, value: str) -> None:
    """The changed value is where the requirement looks, and the other steps work."""
    with stranger() as server, breaking(BREAKS[name], server) as running:
        walk = HandWalk(running.base_url, server.tokens, server.people)
        with suppress(StuckError):
            walk.walk()
        walk.session.close()
        found = walk.steps[step].json() if step == "created" else walk.steps[step]
        for part in path.split("."):
            found = found[part]
        assert found == value


def test_one_id_is_told_in_both_mailboxes() -> None:
    """SET-13: the break remembers the id of the copy."""
    with stranger() as server, breaking(BREAKS["SET-13 one id in both mailboxes"], server) as running:
        walk = HandWalk(running.base_url, server.tokens, server.people)
        walk.walk()
        walk.session.close()
        assert walk.steps["his"]["id"] == walk.copy()["id"]


def test_every_hard_requirement_of_the_walkthrough_has_a_break() -> None:
    """What is stated or documented, and covered there, can be broken."""
    tags = set(re.findall(r"@([A-Z]{3}-\d\d)", (FEATURES / "walkthrough.feature").read_text("utf-8")))
    catalogue = tomllib.loads((FEATURES / "requirements.toml").read_text("utf-8"))["requirement"]
    hard = {row["id"] for row in catalogue if row["level"] != "observed" and row["id"] in tags}
    assert hard - {found.requirement for found in BREAKS.values()} == set()
    assert len(hard) >= 40
