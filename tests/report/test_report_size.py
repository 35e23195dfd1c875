"""However much a run has seen, its page stays one that can be mailed, and says what it leaves out."""

from __future__ import annotations

import base64
import json
import re
import shlex
import zlib
from dataclasses import replace
from html import escape
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
import sample
from large import EXCHANGES, SCENARIOS, enlarged, real_run

from graphcal.report import as_html, as_markdown
from graphcal.report.page.room import share
from graphcal.report.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphcal.report.model import Report, Scenario, Step

MEGABYTE = 1_000_000
HOSTILE = "</script>\u202e\x07🎄" + "<&>" * 1_000


def _vacuous(report: Report) -> Report:
    """No scenario gets further than its first step, all for the same long reason."""
    stopped = [
        replace(scenario, outcome="unsupported", message=HOSTILE, steps=_stopped(scenario, "unsupported"))
        for scenario in enlarged(report).scenarios
    ]
    return replace(enlarged(report), scenarios=tuple(stopped))


def _refused(report: Report) -> Report:
    """No scenario gets further than its first step, each for a long reason of its own."""
    stopped = [
        replace(scenario, outcome="error", message=f"{n}{HOSTILE}", steps=_stopped(scenario, "error"))
        for n, scenario in enumerate(enlarged(report).scenarios)
    ]
    return replace(enlarged(report), scenarios=tuple(stopped))


def _rubbish(report: Report) -> Report:
    """A third of the scenarios fail over a hundred values each of answers that cannot be compressed."""
    large = enlarged(report, SCENARIOS // 3)
    scenarios = [
        replace(
            s,
            message=HOSTILE,
            findings=tuple(replace(f, actual=HOSTILE, hint=HOSTILE) for f in s.findings) * 100,
        )
        for s in large.scenarios
    ]
    noise = Random(1)  # noqa: S311 - no secret
    exchanges = {
        name: replace(one, response_body={"id": HOSTILE, "more": noise.randbytes(2_000).hex()})
        for name, one in large.exchanges.items()
    }
    return replace(large, scenarios=tuple(scenarios), exchanges=exchanges)


def _endless(report: Report) -> Report:
    """Fifty scenarios fail among many thousands of requests."""
    large = enlarged(report, 50)
    more = {
        f"{name}0{n}": replace(one, id=f"{name}0{n}", curl=f"{one.curl} # {n}")
        for n in range(10)
        for name, one in large.exchanges.items()
    }
    return replace(large, exchanges=large.exchanges | more)


def _stopped(scenario: Scenario, outcome: str) -> tuple[Step, ...]:
    return tuple(replace(step, outcome="not run" if n else outcome) for n, step in enumerate(scenario.steps))


EXTREMES = [_vacuous, _refused, _rubbish, _endless]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """A run of the suite on its recordings."""
    return real_run(tmp_path_factory.mktemp("real"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("failed", [0, 1, 50, 400])
def test_page_of_the_whole_catalogue_is_below_a_megabyte(real: Report, failed: int, language: str) -> None:
    """Six hundred scenarios on more than seven hundred exchanges fit, whether they pass or fail."""
    report = enlarged(real, failed)

    assert (len(report.scenarios), len(report.exchanges)) == (SCENARIOS, EXCHANGES)
    assert len(as_html.text(report, language).encode()) < MEGABYTE


def test_large_page_has_everything_once(real: Report) -> None:
    """No scenario and no exchange is left out for want of room."""
    report = enlarged(real, 100)
    page = as_html.text(report)
    specification = page[page.index('id="specification"') : page.index('id="features"')]
    exchanges = page[page.index('id="exchanges"') :]
    places = re.findall(r'<p id="(s[\w-]+)">', specification)

    assert len(places) == len(set(places)) == len(report.scenarios)
    assert exchanges.count('<p id="x') == len(report.exchanges)


def test_large_page_says_what_it_leaves_out(real: Report) -> None:
    """A cut answer tells how many lines are gone; what findings speak of is still marked."""
    report = enlarged(real, 100)
    spoken_of = {finding.exchange for scenario in report.scenarios for finding in scenario.findings}
    page = as_html.text(report)
    exchanges = page[page.index('id="exchanges"') :]

    assert re.search(r"<small> \d+ lines left out</small></pre>", exchanges)
    assert "evidence.json holds all" in exchanges
    assert exchanges.count("<mark>") == len(spoken_of)


@pytest.mark.parametrize("failed", [20, 100, 400])
def test_failure_keeps_its_essentials(real: Report, failed: int) -> None:
    """However many fail, of each the page has the reason, its sentence, the link to its page and its curl."""
    report = enlarged(real, failed)
    page = as_html.text(report)
    squeezed = "".join(page.split())
    rows = {row.id: row for row in report.requirements}

    for scenario in report.scenarios:
        if scenario.outcome == "failed":
            assert "".join(escape(scenario.curl, quote=False).split()) in squeezed
            assert all(f'href="{escape(rows[name].url)}"' in page for name in scenario.requirements)


@pytest.mark.parametrize("build", EXTREMES)
def test_page_of_an_extreme_run_is_below_a_megabyte(real: Report, build: Callable[[Report], Report]) -> None:
    """Neither a service that answers rubbish nor one that answers nothing makes a page that cannot be mailed."""
    assert len(as_html.text(build(real), "pt").encode()) < MEGABYTE


def test_page_without_room_for_all_requests_says_so(real: Report) -> None:
    """Requests that nobody speaks of go first, and the page counts them."""
    report = _endless(real)
    page = as_html.text(report)
    shown = page[page.index('id="exchanges"') :].count('<p id="x')

    assert 0 < shown < len(report.exchanges)
    assert f"{len(report.exchanges) - shown:,} requests left out here" in page


def test_answers_are_packed_whole(real: Report) -> None:
    """What a cut answer lacks is in the page: its script shows it when the request is unfolded."""
    report = enlarged(real)
    page = as_html.text(report)
    held = _packed(page)
    names = re.findall(r'<p id="(x[\w-]+)">', page)

    bodies = [exchange.response_body for exchange in report.exchanges.values()]

    assert sorted(held) == sorted(names)
    assert sorted(json.dumps(one["body"]) for one in held.values()) == sorted(map(json.dumps, bodies))


def test_lean_page_packs_each_command(real: Report) -> None:
    """Where room is short the curl of a request is shown by the script, which has it from the page."""
    report = enlarged(real, 100)
    page = as_html.text(report)
    spoken_of = {finding.exchange for scenario in report.scenarios for finding in scenario.findings}
    silent = [exchange for name, exchange in report.exchanges.items() if name not in spoken_of]
    held = [*_packed(page).values()]

    assert "shows its curl only with scripts" in page
    assert [shlex.split(whole["curl"])[-1] for whole in held] == [shlex.split(e.curl)[-1] for e in silent]
    assert [whole["headers"] for whole in held] == [e.response_headers for e in silent]


def _packed(page: str) -> dict[str, Any]:
    """Unpack what the page holds for its script."""
    found = re.search(r'<data id="packed" value="([^"]*)"', page)
    assert found
    unpacked: dict[str, Any] = json.loads(zlib.decompress(base64.b64decode(found[1])))
    return unpacked


def test_small_page_leaves_out_no_line() -> None:
    """What fits is not cut."""
    assert "left out" not in as_html.text(sample.green())


def test_exchange_that_came_before_is_not_told_again() -> None:
    """A request and a long answer that came twice are written once, and the second leads to the first."""
    report = sample.green()
    first = report.exchanges["walkthrough-3"]
    second = replace(first, id="walkthrough-9")
    page = as_html.text(replace(report, exchanges={first.id: first, second.id: second}))

    assert page.count('"conversationIndex"') == 1
    assert 'the same body as in <a href="#x1-3">walkthrough-3</a>' in page
    assert '<p>the same request as <a href="#x1-3">walkthrough-3</a></p>' in page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("failed", [0, 1, 50])
def test_comment_on_the_whole_catalogue_is_short(real: Report, failed: int, language: str) -> None:
    """report.md stays a comment that people read."""
    assert len(as_markdown.text(enlarged(real, failed), language)) < 6_000


@pytest.mark.parametrize(
    ("sizes", "room", "most"),
    [
        ([], 100, 0),
        ([10, 20, 30], 100, 30),
        ([10, 20, 30], 60, 30),
        ([10, 20, 30], 50, 20),
        ([10, 100, 100], 50, 20),
        ([50, 50], 0, 0),
    ],
)
def test_room_is_shared_fairly(sizes: list[int], room: int, most: int) -> None:
    """Who wants little gets it whole; the others get the same."""
    assert share(sizes, room) == most
    assert sum(min(size, most) for size in sizes) <= room
