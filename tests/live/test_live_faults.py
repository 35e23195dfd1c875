"""Whatever the network does, a run ends soon, says what happened, and blames nobody wrongly."""

from __future__ import annotations

import os
import re
import time
from typing import TYPE_CHECKING

import fault_actions as act
import pytest
from fault_proxy import Fault, proxy
from live_place import furniture, marked
from stranger import stranger

if TYPE_CHECKING:
    from live_place import Place

LIST = "^/me/calendars$"
CREATE = "/events$"
ANSWER = "tentativelyAccept$"
INBOX = "mailFolders/inbox/messages"
SURVIVED = {
    "429 without": [Fault(act.too_many(None), path=LIST, times=1)],
    "429 of the creation": [Fault(act.too_many(1), method="POST", path=CREATE, times=1)],
    "429 of every third": [Fault(act.too_many(0), every=3)],
    "503 without": [Fault(act.unavailable(), path=LIST, times=1)],
    "reset": [Fault(act.reset(), path=LIST, times=1)],
    "reset of every fifth": [Fault(act.reset(), method="GET", every=5)],
    "reset after the headers": [Fault(act.reset_after_headers(), path=LIST, times=1)],
    "slow first byte": [Fault(act.slow_first_byte(1), path=LIST, times=1)],
    "slow body": [Fault(act.slow_body(1), path=LIST, times=1)],
    "truncated": [Fault(act.truncated(), path=LIST, times=1)],
    "no gzip once": [Fault(act.gzip_garbage(), path=LIST, times=1)],
}
FATAL = {
    "503 for long": [Fault(act.unavailable(600), path=LIST)],
    "429 for ever": [Fault(act.too_many(None), path=LIST)],
    "reset for ever": [Fault(act.reset(), path="calendarPermissions")],
    "reset from the tenth on": [Fault(act.reset(), skip=9)],
    "creation done, answer lost": [Fault(act.reset(lost=True), method="POST", path=CREATE, times=1)],
    "creation done, body lost": [Fault(act.reset_after_headers(), method="POST", path=CREATE, times=1)],
    "response done, answer lost": [Fault(act.reset(lost=True), method="POST", path=ANSWER, times=1)],
    "truncated with its length": [Fault(act.truncated(honest=True), path=LIST)],
    "creation truncated": [Fault(act.truncated(honest=True), method="POST", path=CREATE)],
    "page of HTML": [Fault(act.html_page(), path=LIST)],
    "nothing but HTML": [Fault(act.html_page())],
    "inbox of HTML": [Fault(act.html_page(), path=INBOX)],
    "502": [Fault(act.html_page(502), path=LIST)],
    "redirect 302": [Fault(act.redirect(302))],
    "redirect 307": [Fault(act.redirect(307), method="POST")],
    "next page elsewhere": [Fault(act.next_link_elsewhere(), path=LIST)],
    "inbox goes on elsewhere": [Fault(act.next_link_elsewhere(), path=INBOX)],
    "endless list": [Fault(act.endless_paging(), path="/me/calendars")],
    "endless inbox": [Fault(act.endless_paging(), path=INBOX)],
    "401 once": [Fault(act.unauthorized(), skip=9, times=1)],
    "401 for ever": [Fault(act.unauthorized())],
    "401 from the tenth on": [Fault(act.unauthorized(), skip=9)],
    "no gzip": [Fault(act.gzip_garbage(), path=LIST)],
    "gzip cut": [Fault(act.gzip_garbage(cut=True), path=LIST)],
}
EMPTY = {
    "empty list": [Fault(act.empty(), path=LIST)],
    "empty creation": [Fault(act.empty(), method="POST", path=CREATE)],
    "nothing but emptiness": [Fault(act.empty())],
}
LEFT = {"reset from the tenth on", "401 from the tenth on"}  # nobody can clean up there
PLANS = SURVIVED | FATAL | EMPTY
CHOSEN = list(PLANS) if os.environ.get("GRAPHCAL_ALL_TROUBLES") else list(PLANS)[::3]


@pytest.mark.parametrize("name", CHOSEN)
def test_fault_is_met_well(place: Place, name: str) -> None:
    """A fault that passes is survived; another is an error, no failure; what was created is removed."""
    with stranger() as server, proxy(server.base_url, PLANS[name]) as running:
        before = furniture(server.world)
        target = server.target_toml(place.here, base_url=running.base_url, delivery_timeout=3)
        ran = place.run(target, environment=server.environment, within=60)
        assert running.faults
        assert running.errors == []
        assert running.elsewhere.seen == []
        assert furniture(server.world) == before
        left = marked(server.world)
    assert "own trouble" not in ran.output
    assert "Traceback" not in ran.output
    assert ran.ended("failed") == [] or name in EMPTY
    if name in LEFT:
        assert left
        assert place.journal
        assert "Not cleaned up" in ran.output
        assert "the clean-up has failed, " in ran.output
        assert any(message.startswith("the clean-up has failed, ") for message in ran.ended("error"))
        assert "graphcal cleanup" in ran.output
    else:
        assert left == []
        assert place.journal == []
    if name in SURVIVED:
        assert [ran.code, ran.report["verdict"]] == [0, "conformant"], ran.output
        assert ran.ended("error") == []
    elif name in FATAL:
        assert [ran.code, ran.report["verdict"]] == [3, "inconclusive"], ran.output
        assert ran.ended("error")
    else:
        assert ran.code in {1, 3}, ran.output
        assert ran.ended("error") == []


@pytest.mark.parametrize(
    ("action", "pause"),
    [(act.too_many(1), 1), (act.too_many(3, as_date=True), 1.9), (act.unavailable(1), 1)],
    ids=["429", "429 with a date", "503"],
)
def test_pause_is_kept(place: Place, action: act.Action, pause: float) -> None:
    """The service is not asked before the time that it names; a date tells whole seconds."""
    moments: list[float] = []

    def noted(turn: act.Turn) -> None:
        moments.append(time.monotonic())
        if len(moments) == 1:
            action(turn)
        else:
            turn.answer(turn.forward())

    with stranger() as server:
        plan = [Fault(act.Action("noted", noted), path=LIST)]
        with proxy(server.base_url, plan) as running:
            target = server.target_toml(place.here, base_url=running.base_url)
            ran = place.run(target, environment=server.environment)
    assert ran.code == 0, ran.output
    assert ran.report["verdict"] == "conformant"
    assert len(moments) == 2
    assert moments[1] - moments[0] >= pause
    told = re.search(r"put off 1 request \(429, 503 or 504\); (\d+) s were spent waiting", ran.output)
    assert told
    assert pause - 1 <= int(told[1]) <= moments[1] - moments[0] + 1


def test_clean_up_that_fails_is_no_clean_run(place: Place) -> None:
    """All scenarios pass, and what is left in somebody's calendar is trouble that a job notices all the same."""
    refused = [Fault(act.refuse(403, "ErrorAccessDenied"), method="DELETE")]
    with stranger() as server, proxy(server.base_url, refused) as running:
        target = server.target_toml(place.here, base_url=running.base_url, delivery_timeout=3)
        ran = place.run(target, "-pno:randomly", environment=server.environment)
        left = marked(server.world)
        cleaned = place.clean_up(target, server.environment)
    assert left
    assert [ran.code, ran.report["verdict"]] == [3, "inconclusive"], ran.output
    assert {message.partition(",")[0] for message in ran.ended("error")} == {"the clean-up has failed"}
    assert "could not be removed: the answer 403 to DELETE /me/" in ran.output
    assert "Run graphcal cleanup for this target to try again" in ran.output
    assert [cleaned.code, "0 items removed, 0 settings restored" in cleaned.output] == [3, True]


def test_lost_creation_is_removed_when_it_arrives(place: Place) -> None:
    """Nobody told its id, and it is not there yet when the clean-up begins; its cancellations are later still."""
    with (
        stranger(delivery=1) as server,
        proxy(server.base_url, PLANS["creation done, answer lost"]) as running,
    ):
        target = server.target_toml(place.here, base_url=running.base_url, delivery_timeout=5)
        ran = place.run(target, environment=server.environment)
        time.sleep(2)
        assert marked(server.world) == []
    assert ran.code == 3, ran.output
    assert place.journal == []


def test_untrusted_certificate_gets_no_token(place: Place) -> None:
    """The name of the key that mends it is told, and nothing is sent."""
    with stranger() as server, proxy(server.base_url, certificate_for="127.0.0.1") as running:
        target = server.target_toml(place.here, base_url=running.base_url)
        ran = place.run(target, environment=server.environment)
        assert running.requests == 0
    assert ran.code == 3
    assert set(ran.outcomes) == {"error"}
    assert all("ca_bundle" in message for message in ran.ended("error"))
