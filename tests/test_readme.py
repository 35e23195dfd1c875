"""What the README says of the suite is so."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from graphcal import places
from graphcal.catalogue import read_catalogue
from graphcal.listing import scenarios_by_requirement

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks() -> list[str]:
    """Return the shell blocks of the README."""
    return re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def test_first_two_blocks_are_one_command_each() -> None:
    """A newcomer needs two commands: one for a verdict, one for the tests."""
    assert [len(block.splitlines()) for block in blocks()[:2]] == [1, 1]


def test_ci_runs_the_blocks_of_the_readme() -> None:
    """CI takes the two commands from the README instead of repeating them."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "block 1" in script
    assert "block 2" in script


def test_counts_are_right() -> None:
    """The numbers of requirements and scenarios are those of the suite."""
    rows = read_catalogue(places.features() / "requirements.toml").requirements.values()
    covered = sum(not row.untested for row in rows)
    templates = {id(item): item for items in scenarios_by_requirement().values() for item in items}.values()
    scenarios = sum(sum(len(examples.examples) for examples in item.examples) or 1 for item in templates)
    assert f"\nConformant: {scenarios} scenarios passed.\n" in README
    core = [row for row in rows if row.level == "stated"]
    table = [" ".join(line.split()) for line in README.splitlines()]
    for name, known in {"stated, the core": core, "all": rows}.items():
        judged = sum(not row.untested for row in known)
        assert f"{name} {judged} {len(known) - judged or '-'} conformant" in table
    assert f"{len(rows)} requirements with level and\nsource. {covered} of them have scenarios" in README


def test_broken_recording_deviates_as_it_says(tmp_path: Path) -> None:
    """The third block, in a folder that has the recordings: the exit code and the verdict are those promised."""
    (tmp_path / "cassettes").symlink_to(places.cassettes())
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    ended = subprocess.run(
        ["bash", "-eu", "-c", blocks()[2]],  # noqa: S607 - the shell of the README
        cwd=tmp_path,
        env={"PATH": path, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    verdict = next(line for line in ended.stdout.splitlines() if line.startswith("Deviates"))
    assert f"The run exits with {ended.returncode}: `{verdict}`" in README


def test_every_path_named_exists() -> None:
    """Links and folders of the README lead somewhere."""
    links = re.findall(r"\]\((?!https)([^)#]+)\)", README)
    folders = re.findall(r"^\| `([a-z]+)/` \|", README, re.MULTILINE)
    assert links
    assert folders
    assert [path for path in (*links, *folders) if not (ROOT / path).exists()] == []


def test_every_option_named_exists() -> None:
    """The README names no option that the command does not know."""
    options = set(re.findall(r"`graphcal run[^`]*?(--[a-z-]+)", README))
    source = (ROOT / "graphcal" / "plugin.py").read_text(encoding="utf-8")
    assert options
    assert [option for option in options if option not in source] == []
