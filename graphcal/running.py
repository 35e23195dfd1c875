"""Run pytest on the suite, wherever the command is started."""

from __future__ import annotations

import gc
import os
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from graphcal import places
from graphcal.outcomes import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_FEATURE = ".feature"
_UNUSED = ("cacheprovider", "doctest", "legacypath", "pastebin", "unittest")  # plugins with no use here


def run(arguments: Sequence[str]) -> int:
    """Judge a target with the options of the command and of pytest; return the exit code."""
    gc.set_threshold(100_000, 50, 50)  # a run is short and keeps what it makes
    _put_off_mako()
    import pytest  # noqa: PLC0415 - after what it need not load

    suite = places.suite()
    chosen = [_in_suite(argument, suite) for argument in arguments]
    if not any(_FEATURE in argument for argument in arguments):
        chosen.append(str(places.features()))
    options = ["-c", str(places.PACKAGE / "pytest.ini"), f"--rootdir={suite}", f"--confcutdir={suite}"]
    options += [f"-pno:{plugin}" for plugin in _UNUSED]
    try:
        code = int(pytest.main([*options, *chosen]))
    except BrokenPipeError:  # whoever read the output has seen enough; reports are written by now
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.TROUBLE
    return ExitCode.USAGE if code == pytest.ExitCode.USAGE_ERROR else code


def _in_suite(argument: str, suite: Path) -> str:
    """Return a path or node id as reports print it ("features/x.feature::Title") below the suite."""
    path, separator, rest = argument.partition("::")
    if argument.startswith("-") or not path.startswith("features"):
        return argument
    found = suite / path
    return f"{found}{separator}{rest}" if found.exists() else argument


class _TemplateLookup:
    """Stands for mako's class until somebody wants a template from it."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._arguments, self._options = arguments, options

    def get_template(self, uri: str) -> Any:
        del sys.modules["mako.lookup"]
        from mako.lookup import TemplateLookup  # type: ignore[import-untyped] # noqa: PLC0415

        return TemplateLookup(*self._arguments, **self._options).get_template(uri)


def _put_off_mako() -> None:
    """Spare the 50 ms that pytest-bdd takes to load mako, which only --generate-missing needs."""
    if "mako.lookup" not in sys.modules:
        stand_in = ModuleType("mako.lookup")
        stand_in.TemplateLookup = _TemplateLookup  # type: ignore[attr-defined]
        sys.modules["mako.lookup"] = stand_in
