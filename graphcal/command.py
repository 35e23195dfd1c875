"""The command `graphcal`: run the scenarios, list and explain what they judge."""

from __future__ import annotations

import sys

import click

from graphcal import __version__, places, running
from graphcal.catalogue import read_catalogue
from graphcal.outcomes import UsageError


class _Command(click.Group):
    """A group whose commands end with a sentence and exit code 2 where the user's input is wrong."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except UsageError as error:
            raise click.UsageError(str(error), ctx) from None


@click.group(cls=_Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="graphcal")
def main() -> None:
    """Judge whether shared and delegated Outlook calendars behave as they are documented to."""


@main.command(
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []},
    add_help_option=False,
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def run(arguments: tuple[str, ...]) -> None:
    r"""Judge a target. Takes the options of pytest too.

    \b
    --target T        what to judge: replay (recordings, the default)
    --cassettes DIR   folder of the recordings to judge
    --report DIR      write report.json, report.html, report.md and junit.xml
    --strict          let what is only observed fail instead of warn
    -k WORD, -m ID    run the scenarios with that word in the title, of that requirement
    -x, -v, -n 2 …    every other option of pytest
    """
    if {"--help", "-h"} & set(arguments):
        click.echo(click.get_current_context().get_help())
        return
    sys.exit(running.run(arguments))


@main.command("list")
@click.option("--steps", is_flag=True, help="Print the vocabulary of step phrases instead.")
def list_(steps: bool) -> None:
    """Print the requirements and the scenarios that judge them."""
    from graphcal import listing  # noqa: PLC0415 - parses every feature file

    click.echo(listing.vocabulary() if steps else listing.requirements())


@main.command()
@click.argument("requirement")
def explain(requirement: str) -> None:
    """Say what a requirement means, who says so, and which scenarios judge it."""
    from graphcal import listing  # noqa: PLC0415 - parses every feature file

    click.echo(listing.explanation(read_catalogue(places.features() / "requirements.toml"), requirement))
