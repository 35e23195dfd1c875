"""The catalogue is read whole or refused with its file and row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graphcal import places
from graphcal.catalogue import read_catalogue
from graphcal.outcomes import UsageError

if TYPE_CHECKING:
    from pathlib import Path

ROW = """
[[requirement]]
id = "SET-01"
level = "stated"
text = "It is so."
source = "Walkthrough, step 1"
url = "https://example.com"
"""
SOUND = f'[chapters]\nSET = "Calendars"\n{ROW}'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a test puts its catalogue."""
    return tmp_path / "requirements.toml"


def test_row_is_read(path: Path) -> None:
    """A row has all that the file says, and nothing where it says nothing."""
    path.write_text(SOUND + 'observed = "its flags"\n', encoding="utf-8")
    row = read_catalogue(path)["SET-01"]
    assert (row.id, row.level, row.chapter, row.text) == ("SET-01", "stated", "SET", "It is so.")
    assert (row.parts, row.accepts, row.untested) == ({"observed": "its flags"}, "", "")


def test_ids_are_found_in_any_casing(path: Path) -> None:
    """Commands take what people type."""
    path.write_text(SOUND, encoding="utf-8")
    catalogue = read_catalogue(path)
    assert catalogue.folded["set-01"] == "SET-01"
    assert "SET-01" in catalogue
    assert "set-01" not in catalogue


REFUSED: dict[str, tuple[str | bytes, str]] = {
    "no TOML": ("[[requirement", "not a TOML file: "),
    "no UTF-8": (b'id = "\xff"', "not a TOML file: "),
    "id twice": (SOUND + ROW, "SET-01 stands twice"),
    "no chapter": (SOUND.replace("SET =", "INV ="), "SET-01: no chapter SET in [chapters]"),
    "no chapters": (ROW, "SET-01: no chapter SET in [chapters]"),
    "no id": (SOUND.replace('id = "SET-01"\n', ""), "requirement number 1: id is missing"),
    **{
        f"no {key}": (
            "\n".join(line for line in SOUND.splitlines() if not line.startswith(f"{key} =")),
            f"requirement SET-01: {key} is missing",
        )
        for key in ("level", "text", "source", "url")
    },
    "empty text": (SOUND.replace("It is so.", ""), "requirement SET-01: text is missing"),
    "unknown key": (SOUND + 'remark = "x"\n', "requirement SET-01: unknown key remark"),
    "unknown level": (
        SOUND.replace('"stated"', '"rumoured"'),
        "requirement SET-01: level is 'rumoured', not one of stated, documented, observed",
    ),
}


@pytest.mark.parametrize(("content", "said"), REFUSED.values(), ids=REFUSED)
def test_bad_catalogue_is_refused_with_the_row(content: str | bytes, said: str, path: Path) -> None:
    """The sentence names the file, the row and what is wrong."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UsageError) as caught:
        read_catalogue(path)
    assert str(caught.value).startswith(f"{path}: {said}")


def test_missing_catalogue_is_refused(path: Path) -> None:
    """A file that is not there is named with the reason."""
    with pytest.raises(UsageError) as caught:
        read_catalogue(path)
    assert str(caught.value) == f"{path}: the catalogue can't be read: No such file or directory"


def test_shipped_catalogue_is_sound() -> None:
    """Every chapter of the suite's catalogue has rows, and every address is one."""
    catalogue = read_catalogue(places.features() / "requirements.toml")
    rows = list(catalogue.requirements.values())
    assert {row.chapter for row in rows} == set(catalogue.chapters)
    assert [row.id for row in rows if not row.url.startswith("https://")] == []
    assert [row.id for row in rows if row.level in row.parts] == []
