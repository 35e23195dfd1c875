"""Write every report of a run into one folder."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from graphcal.report.model import Report


class ReportError(Exception):
    """The reports cannot be written; the message names the path and the mend."""


def write(report: Report, folder: Path) -> list[Path]:
    """Write report.json, junit.xml, report.md and report.html, each whole or not at all; return their paths.

    The folder is made where it is missing. report.json comes first, so that it is there even if a later
    format breaks. Raises ReportError when the folder cannot be made or written.
    """
    from graphcal.report import as_html, as_json, as_junit, as_markdown  # noqa: PLC0415 - only --report pays

    formats = {
        "report.json": as_json.text,
        "junit.xml": as_junit.text,
        "report.md": as_markdown.text,
        "report.html": as_html.text,
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise _unwritable(folder, problem) from problem
    return [_replace(folder / name, render(report)) for name, render in formats.items()]


def _replace(path: Path, content: str) -> Path:
    """Put the content in place in one step, so that nobody ever reads half a report."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    try:
        draft.write_bytes(content.encode("utf-8"))
        draft.replace(path)
    except OSError as problem:
        with suppress(OSError):
            draft.unlink()
        raise _unwritable(path, problem) from problem
    return path


def _unwritable(path: Path, problem: OSError) -> ReportError:
    reason = problem.strerror or type(problem).__name__
    return ReportError(
        f"Cannot write the report to {path}: {reason}. Name a folder you may write to: --report DIR."
    )
