"""Collect the feature files and name the modules that define their steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphcal.collect import FeatureFile

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

pytest_plugins = [
    "graphcal.plugin",
    "steps.answers",
    "steps.arrangements",
    "steps.calendars",
    "steps.changes",
    "steps.copies",
    "steps.errors",
    "steps.events",
    "steps.ids",
    "steps.invitations",
    "steps.items",
    "steps.mailboxes",
    "steps.messages",
    "steps.notices",
    "steps.pages",
    "steps.permissions",
    "steps.proposals",
    "steps.queries",
    "steps.roles",
    "steps.routing",
    "steps.schedules",
    "steps.service",
    "steps.shares",
    "steps.tallies",
    "steps.tokens",
]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> FeatureFile | None:
    """Take a feature file for a chapter."""
    if file_path.suffix == ".feature":
        return FeatureFile.from_parent(parent, path=file_path)
    return None
