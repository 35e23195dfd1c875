"""Run pytest on the suite, wherever the command is started."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from graphcal import places
from graphcal.choosing import chosen
from graphcal.outcomes import ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNUSED = (  # plugins with no use here
    *("cacheprovider", "doctest", "legacypath", "pastebin", "unittest"),
    *("threadexception", "unraisableexception"),  # the latter walks through all of memory, twice
)
_UNASKED = {"logging": "--log"}  # plugins that cost time at every scenario, and how their options begin


def run(arguments: Sequence[str]) -> int:
    """Judge a target with the options of the command and of pytest; return the exit code."""
    try:
        options = [*_options(arguments), *chosen(arguments)]
    except UsageError as error:
        sys.stderr.write(f"graphcal: {error}\n")
        return ExitCode.USAGE
    gc.set_threshold(100_000, 50, 50)  # a run is short and keeps what it makes
    _put_off_mako()
    import pytest  # noqa: PLC0415 - after what it need not load

    try:
        code = int(pytest.main(options))
    except BrokenPipeError:  # whoever read the output has seen enough; reports are written by now
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.TROUBLE
    except OSError as error:  # pytest itself tells what it can't read; this is what it can't write
        sys.stderr.write(f"graphcal: the output can't be written: {error.strerror}\n")
        return ExitCode.TROUBLE
    return ExitCode.USAGE if code == pytest.ExitCode.USAGE_ERROR else code


def _options(arguments: Sequence[str]) -> list[str]:
    """Return the options that every run of pytest has. Raises UsageError where no run can be."""
    try:
        Path.cwd()
    except OSError:
        raise UsageError("the folder that this was started in is gone; change to another one") from None
    suite = places.suite()
    options = ["-c", str(places.PACKAGE / "pytest.ini"), f"--rootdir={suite}", f"--confcutdir={suite}"]
    return options + [f"-pno:{plugin}" for plugin in _unneeded(arguments)]


def _unneeded(arguments: Sequence[str]) -> list[str]:
    """Return the plugins of pytest that a run can do without."""
    asked = {
        plugin for plugin, option in _UNASKED.items() if any(each.startswith(option) for each in arguments)
    }
    return [plugin for plugin in (*_UNUSED, *_UNASKED) if plugin not in asked]


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
