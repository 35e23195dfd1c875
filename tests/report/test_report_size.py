"""However much a run has seen, its page stays one that can be mailed, and says what it leaves out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import sample
from large import EXCHANGES, SCENARIOS, enlarged, real_run

from graphcal.report import as_html, as_markdown
from graphcal.report.page.evidence import share
from graphcal.report.words import LANGUAGES

if TYPE_CHECKING:
    from graphcal.report.model import Report

MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """A run of the suite on its recordings."""
    return real_run(tmp_path_factory.mktemp("real"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("failed", [0, 1, 50])
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
    assert page[page.index('class="index"') : page.index("</ol>")].count('<b class="o failed">') == 100


def test_large_page_says_what_it_leaves_out(real: Report) -> None:
    """A cut answer tells how many lines are gone; what findings speak of is still marked."""
    report = enlarged(real, 100)
    spoken_of = {finding.exchange for scenario in report.scenarios for finding in scenario.findings}
    page = as_html.text(report)
    exchanges = page[page.index('id="exchanges"') :]

    assert re.search(r"<small> \d+ lines left out</small></pre>", exchanges)
    assert "evidence.json holds all" in exchanges
    assert exchanges.count("<mark>") == len(spoken_of)


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
