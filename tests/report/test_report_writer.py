"""All reports of a run lie in one folder, each whole, or one sentence says why not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import sample

from graphcal.report import as_html
from graphcal.report.writer import ReportError, write


def test_all_reports_are_written(tmp_path: Path) -> None:
    """The paths come back in the order of writing, and nothing else is left in the folder."""
    paths = write(sample.green(), tmp_path)

    assert [path.name for path in paths] == [
        "report.json",
        "evidence.json",
        "junit.xml",
        "report.md",
        "badge.svg",
        "report.html",
        "messages.ndjson",
    ]
    assert sorted(tmp_path.iterdir()) == sorted(paths)


def test_missing_folders_are_made(tmp_path: Path) -> None:
    """A report may go where nothing is yet."""
    write(sample.green(), tmp_path / "a" / "b")

    assert (tmp_path / "a" / "b" / "report.json").is_file()


def test_earlier_report_is_replaced(tmp_path: Path) -> None:
    """The folder holds the reports of the last run."""
    write(sample.green(), tmp_path)
    write(sample.troubled(), tmp_path)

    assert '"verdict": "deviates"' in (tmp_path / "report.json").read_text(encoding="utf-8")


def test_hostile_report_is_written_as_utf8(tmp_path: Path) -> None:
    """No text, however odd, keeps a report from being written."""
    for path in write(sample.hostile(), tmp_path):
        path.read_text(encoding="utf-8")


def test_file_in_the_way_is_one_clear_error(tmp_path: Path) -> None:
    """The error names the path and the mend."""
    (tmp_path / "taken").write_text("", encoding="utf-8")

    with pytest.raises(
        ReportError, match=r"^Cannot write the report to .*taken: .+\. Name a folder .*--report DIR\.$"
    ):
        write(sample.green(), tmp_path / "taken")


def test_folder_in_the_place_of_a_report_is_one_clear_error(tmp_path: Path) -> None:
    """The error names the file, and no draft is left behind."""
    (tmp_path / "report.json").mkdir()

    with pytest.raises(ReportError, match=r"report\.json: "):
        write(sample.green(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]


def test_unwritable_folder_is_one_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without permission to write is told apart from a bug (root may write everywhere)."""

    def refuse(path: Path, _data: bytes) -> int:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(ReportError, match=r"report\.json: Permission denied\."):
        write(sample.green(), tmp_path)


def test_contract_is_written_even_if_a_later_format_breaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A defect of the page does not cost the result of a run."""
    monkeypatch.setattr(as_html, "text", lambda _report, **_options: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        write(sample.green(), tmp_path)
    assert (tmp_path / "report.json").is_file()


def test_formats_are_loaded_only_when_a_report_is_written() -> None:
    """A run without --report does not pay for the formats."""
    code = "import sys, graphcal.report.writer; print([n for n in sys.modules if n.startswith('graphcal.report.as_')])"

    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "[]\n"
    )
