"""report.html holds in a real browser: accessible in every state, at any width, in any colours, on paper, unscripted.

Optional, for it installs playwright and axe-core and takes minutes: set GRAPHCAL_BROWSER=1, or to the path of a
Chromium. Their environment is a temporary one unless GRAPHCAL_BROWSER_VENV names a folder to keep, and pictures
are kept where GRAPHCAL_BROWSER_SHOTS names a folder.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
import sample

from graphcal.report import as_html
from graphcal.report.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphcal.report.model import Report

WANTED = os.environ.get("GRAPHCAL_BROWSER", "")
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
BROWSER = next(filter(None, map(shutil.which, NAMES if WANTED == "1" else (WANTED,))), None)
PACKAGES = ("playwright~=1.65", "axe-playwright-python~=0.1.8")
INSTALLING_SECONDS = 300
VISITING_SECONDS = 900
REQUIREMENTS = sum(size for size, _ in sample.CHAPTERS.values())

pytestmark = [
    pytest.mark.skipif(
        not WANTED,
        reason="installs playwright and axe-core, and takes minutes; to run it: GRAPHCAL_BROWSER=1 pytest "
        "tests/report/test_report_in_browser.py, with GRAPHCAL_BROWSER_VENV=FOLDER to keep their environment",
    ),
    pytest.mark.skipif(
        not BROWSER, reason=f"no browser found; GRAPHCAL_BROWSER=PATH, or install one of {', '.join(NAMES)}"
    ),
]


def _wide() -> Report:
    """Return a run with every trouble, and a table of steps that is wider than a phone."""
    report = sample.troubled()
    first, *others = report.scenarios
    steps = (*first.steps[:-1], replace(first.steps[-1], table=(("Christmas dinner",) * 8,) * 2))
    return replace(report, scenarios=(replace(first, steps=steps), *others))


def _stopped() -> Report:
    """Return a run that could not check a thing, one half for one reason and the other for another."""
    report = sample.green()
    reasons = ("unmet", "Nobody is a delegate."), ("error", "Alex's token was refused.")
    stopped = (
        replace(scenario, outcome=reasons[number % 2][0], message=reasons[number % 2][1])
        for number, scenario in enumerate(report.scenarios)
    )
    return replace(report, scenarios=tuple(stopped))


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What a browser found of a page in each language, and of one that is spoilt on purpose."""
    folder = tmp_path_factory.mktemp("pages")
    texts = {language: as_html.text(_wide(), language) for language in LANGUAGES}
    texts["spoilt"] = (
        texts["en"].replace('lang="en"', "").replace("<label>", "<span>").replace("</label>", "</span>")
    )
    texts["stopped"] = as_html.text(_stopped())
    pages = {name: folder / f"{name}.html" for name in texts}
    for name, path in pages.items():
        path.write_text(texts[name], encoding="utf-8")
    with ExitStack() as stack:
        venv = os.environ.get("GRAPHCAL_BROWSER_VENV") or stack.enter_context(TemporaryDirectory())
        python = Path(venv).absolute() / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", venv], check=True, timeout=INSTALLING_SECONDS)
        install = [python, "-m", "pip", "--quiet", "--no-input", "install", *PACKAGES]
        subprocess.run(install, check=True, timeout=INSTALLING_SECONDS)
        given = {
            "browser": BROWSER,
            "pages": {name: str(pages[name]) for name in LANGUAGES},
            "glances": {name: str(pages[name]) for name in ("spoilt", "stopped")},
            "shots": os.environ.get("GRAPHCAL_BROWSER_SHOTS", ""),
        }
        ended = subprocess.run(
            [python, "-I", Path(__file__).with_name("drive_browser.py")],
            input=json.dumps(given),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=VISITING_SECONDS,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        yield json.loads(ended.stdout)


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(found: dict[str, Any], language: str) -> None:
    """No rule of WCAG at level A or AA is violated as the page opens, filtered, and unfolded, in any look."""
    states = {
        f"{look} {state}": told["violations"]
        for look, states in found[language]["looks"].items()
        for state, told in states.items()
        if state != "complaints"
    }

    assert len(states) == 12
    assert {state: told for state, told in states.items() if told} == {}


def test_axe_finds_what_is_spoilt(found: dict[str, Any]) -> None:
    """A page without a language and with nameless fields is seen to be wrong."""
    rules = {violation.partition(":")[0] for violation in found["spoilt"]}

    assert rules >= {"html-has-lang", "label"}


def test_axe_finds_nothing_in_long_lists(found: dict[str, Any]) -> None:
    """Links that stand below one another by the dozen can be hit with a finger."""
    assert found["stopped"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_sticks_out(found: dict[str, Any], language: str) -> None:
    """At 360 pixels and on paper nobody has to scroll sideways."""
    looks = found[language]["looks"].values()
    overflow = [told["overflow"] for states in looks for name, told in states.items() if name != "complaints"]

    assert overflow == [0] * 12
    assert found[language]["printed"]["overflow"] == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_browser_has_no_complaints(found: dict[str, Any], language: str) -> None:
    """The policy lets the page's own script run, and the script does not fail."""
    assert [states["complaints"] for states in found[language]["looks"].values()] == [[]] * 4


def test_page_is_used_with_keyboard_and_mouse(found: dict[str, Any]) -> None:
    """Skip link, filter, search, links into what is hidden or folded, and copying do what they say."""
    assert found["en"]["used"] == {
        "first stop": "#main",
        "skipped to": "main",
        "failed and stated": ["SET-04", "RCV-09", "RTE-02"],
        "chapters shown": 3,
        "announced": f"3 of {REQUIREMENTS} requirements shown",
        "kept in the address": True,
        "announced of nothing": f"0 of {REQUIREMENTS} requirements shown",
        "hidden target of a link": True,
        "announced of all": f"{REQUIREMENTS} of {REQUIREMENTS} requirements shown",
        "folded target of a link": True,
        "typed in small letters": True,
        "unfolded whole": True,
        "button": "Copy curl",
        "copied": True,
        "button after": "Copied",
        "said after": "Copied",
    }


def test_script_speaks_portuguese_too(found: dict[str, Any]) -> None:
    """What the script says is in the language of the page."""
    used = found["pt"]["used"]

    assert used["announced"] == f"3 de {REQUIREMENTS} requisitos mostrados"
    assert (used["button"], used["button after"]) == ("Copiar curl", "Copiado")


def test_page_is_read_without_scripts(found: dict[str, Any]) -> None:
    """All is there, folded or not; no control is that would do nothing."""
    assert found["en"]["unscripted"] == {
        "controls": 0,
        "requirements": REQUIREMENTS,
        "curls": 5,
        "folded target of a link": True,
        "steps": True,
    }


def test_page_prints(found: dict[str, Any]) -> None:
    """Paper shows the specification on white, explains the words, and has no controls."""
    printed = found["en"]["printed"]

    assert 5 < printed.pop("sheets") < 80
    assert printed == {
        "controls": 0,
        "paper": "rgb(255, 255, 255)",
        "words": True,
        "requirements": REQUIREMENTS,
        "overflow": 0,
    }
