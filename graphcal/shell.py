"""End the commands with a sentence and an exit code of the suite's, whatever goes wrong."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from graphcal.outcomes import ExitCode, Trouble, UsageError


class Commands(click.Group):
    """A group of commands that show no traceback for what is the user's, the network's or the system's."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; turn what ended it into a sentence and an exit code."""
        try:
            return super().invoke(ctx)
        except UsageError as error:
            raise _RefusedError(str(error)) from None
        except Trouble as error:
            _end(ctx, str(error), ExitCode.TROUBLE)
        except KeyboardInterrupt:
            _end(ctx, "stopped", ExitCode.USAGE)  # as pytest ends a run that is stopped
        except BrokenPipeError:  # whoever read the output has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(ExitCode.TROUBLE)
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            _end(ctx, f"{where}{error.strerror or error}", ExitCode.TROUBLE)


class _RefusedError(click.ClickException):
    """What the user has given is wrong; the sentence says where and what to do."""

    exit_code = ExitCode.USAGE


class NamedPath(click.Path):
    """A path that is not empty: an empty one would be the folder one is in."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path, or refuse an empty one."""
        if value == "":
            self.fail("is empty; name a file or folder", param, ctx)
        return super().convert(value, param, ctx)


def _end(ctx: click.Context, sentence: str, code: int) -> NoReturn:
    click.echo(f"graphcal: {sentence}", err=True)
    ctx.exit(code)
