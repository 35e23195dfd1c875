"""Write every report of a run into one folder."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from graphcal.report.words import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from graphcal.report.model import Report


class ReportError(Exception):
    """The reports cannot be written; the message names the path and the mend."""


def write(report: Report, folder: Path, language: str = ENGLISH) -> list[Path]:
    """Write the reports in all formats, each whole or not at all; return their paths, report.json first.

    report.html and report.md are written in one of the LANGUAGES. The folder is made where it is missing.
    report.json and evidence.json, of which the others could be written again, come first, so that they are
    there even if a later format breaks. Raises ReportError when the folder cannot be made or written.
    """
    from graphcal.report import (  # noqa: PLC0415 - only --report pays
        as_badge,
        as_html,
        as_json,
        as_junit,
        as_markdown,
        as_messages,
        evidence,
    )

    formats: dict[str, Callable[[Report], str]] = {
        "report.json": as_json.text,
        "evidence.json": evidence.text,
        "junit.xml": as_junit.text,
        "report.md": partial(as_markdown.text, language=language),
        "badge.svg": as_badge.text,
        "report.html": partial(as_html.text, language=language),
        "messages.ndjson": as_messages.text,
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
