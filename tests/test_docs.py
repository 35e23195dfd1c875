"""The pages under docs, run as they are written."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from graphcal import places
from graphcal.catalogue import read_catalogue
from graphcal.targets.settings import read_settings

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted((ROOT / "docs").glob("*.md"))
README = ROOT / "README.md"
CLONED = ("cassettes", "features", "graphcal", "schemas", "steps", "conftest.py", "pyproject.toml")
ADELE = '[people.adele]\nname = "Adele Vance"\naddress = "AdeleV@contoso.com"\ntoken = "env:ADELE"\n'
INSTALLS = re.compile(r"^.*pip install.*$\n?", re.MULTILINE)  # what the tests run in has it installed


def blocks(page: Path, language: str) -> str:
    """Return the blocks of a page that are written in a language, as one text."""
    pattern = rf"^```{language}\n(.*?)^```"
    return "\n".join(re.findall(pattern, page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL))


def scripts(page: Path) -> str:
    """Return the shell blocks of a page as one script, without installing."""
    return INSTALLS.sub("", blocks(page, "sh"))


def ran(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a script in a folder, with the command of this environment first on the path."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "GRAPHCAL"))}
    around = folder.parent
    own = {"GRAPHCAL_STATE": f"{around}/state", "GRAPHCAL_CACHE": f"{around}/cache", "PATH": path}
    process = subprocess.Popen(
        ["bash", "-euo", "pipefail", "-m", "-c", script],  # noqa: S607 - the shell of the pages
        cwd=folder,
        env={**kept, **own, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        output, errors = process.communicate(timeout=200)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    return subprocess.CompletedProcess(script, process.returncode, output, errors)


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """An empty folder to work in."""
    folder = tmp_path / "here"
    folder.mkdir()
    return folder


@pytest.fixture
def clone(here: Path) -> Path:
    """A copy of the suite and its package, as a contributor has it."""
    for name in CLONED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, here / name)
    return here


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.stem != "contributing"], ids=lambda page: page.stem
)
def test_commands_of_a_page_run(page: Path, here: Path) -> None:
    """Every shell block, one after the other, in an empty folder."""
    ended = ran(scripts(page), here)
    assert ended.returncode == 0, ended.stdout[-2000:] + ended.stderr[-2000:]


def test_scenario_of_the_contributors_page_can_be_added(clone: Path) -> None:
    """It passes, is seen to fail, and is recorded; the commands take the clone that they are typed in."""
    ended = ran(scripts(ROOT / "docs" / "contributing.md"), clone, PYTHONPATH=str(clone))
    assert ended.returncode == 0, ended.stdout[-2000:] + ended.stderr[-2000:]
    assert "1 of 1 faults seen" in ended.stdout
    assert "\nRecorded " in ended.stdout


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page_is_two_screens_at_most_and_its_links_lead_somewhere(page: Path) -> None:
    """A page that nobody finishes helps nobody."""
    text = page.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 100
    links = re.findall(r"\]\((?!https)([^)#]+)\)", text)
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("name", ["README.md", "docs/emulators.md", "docs/tenants.md"])
def test_target_file_of_a_page_is_taken(name: str, here: Path) -> None:
    """Whoever copies it, and adds Adele, has no wrong key in it."""
    file = here / "target.toml"
    file.write_text(blocks(ROOT / name, "toml") + ADELE, encoding="utf-8")
    settings = read_settings(file, {"GRAPHCAL_ALEX_PASSWORD": "any", "ADELE": "any"})
    assert set(settings.people) == {"alex", "adele"}


def test_step_of_the_page_on_ci_is_that_of_the_workflow() -> None:
    """What is shown is what can be copied as a file."""
    shown = textwrap.indent(blocks(ROOT / "docs" / "ci.md", "yaml"), " " * 6)
    assert shown
    assert shown in (ROOT / "docs" / "ci" / "github.yml").read_text(encoding="utf-8")


def test_every_page_is_named_in_the_readme() -> None:
    """A page that nobody is sent to is not read."""
    text = README.read_text(encoding="utf-8")
    assert [page.name for page in PAGES if f"(docs/{page.name})" not in text] == []


def test_number_of_the_untested_is_right() -> None:
    """The page for tenants says how many requirements no scenario judges."""
    rows = read_catalogue(places.features() / "requirements.toml").requirements.values()
    untested = sum(bool(row.untested) for row in rows)
    assert f"has {untested} untested requirements" in (ROOT / "docs" / "tenants.md").read_text(
        encoding="utf-8"
    )
