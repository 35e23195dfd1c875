"""The command `graphcal`: run the scenarios, list and explain what they judge."""

from __future__ import annotations

import os
import sys
import threading
from typing import TYPE_CHECKING

import click

from graphcal import __version__, places, running
from graphcal.catalogue import read_catalogue
from graphcal.choosing import language_named
from graphcal.outcomes import ExitCode, UsageError
from graphcal.report.words import ENGLISH, LANGUAGES
from graphcal.shell import Commands, NamedPath

if TYPE_CHECKING:
    from pathlib import Path

    from graphcal.emulator import RunningServer


RUN = """Judge a target, by all chapters or those that are named. Takes the options of pytest too.

\b
features/FILE     judge this chapter; features/pt: those of this folder
--target T        what to judge: replay (recordings, the default), emulator,
                  or a FILE.toml that describes a service
--cassettes DIR   folder of the recordings to judge
--report DIR      write report.json, report.html and others into it
--strict          let what is only observed fail instead of warn
--lang pt         read the walkthrough, and write the report, in Portuguese
-k WORD, -m ID    judge scenarios with that word in the title, of that requirement
-x, -v, -n 2 …    every other option of pytest

\b
Exits with 0 where nothing failed, 1 where something did, 2 for a wrong option, 3 for
trouble of the suite or the network, 5 where nothing was checked.
"""


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="graphcal")
def main() -> None:
    """Judge whether shared and delegated Outlook calendars behave as they are documented to."""


@main.command(
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []},
    add_help_option=False,
    help=RUN,
    short_help="Judge a target.",
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def run(arguments: tuple[str, ...]) -> None:
    """Judge a target."""
    if {"--help", "-h"} & set(arguments):
        click.echo(click.get_current_context().get_help())
        return
    sys.exit(running.run(arguments))


@main.command(context_settings={"ignore_unknown_options": True})
@click.option("--target", required=True, help="emulator, or a FILE.toml that describes a service.")
@click.option("--cassettes", required=True, type=NamedPath(), help="The folder to record into.")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def record(target: str, cassettes: Path, arguments: tuple[str, ...]) -> None:
    """Judge a live target and record each chapter.

    A recording holds nothing that is somebody's: names, addresses, ids and tokens become numbered stand-ins.
    """
    if target == "emulator":
        os.environ["GRAPHCAL_EMULATOR_FROZEN"] = "1"
    order = ["-pno:randomly", "-pno:xdist"]  # a recording is made in the order of the features
    sys.exit(running.run([*order, "--target", target, "--record", str(cassettes), *arguments]))


@main.command("list")
@click.option("--steps", is_flag=True, help="Print the vocabulary of step phrases instead.")
@click.option(
    "--lang", type=click.Choice(LANGUAGES), default=ENGLISH, help="Language of the scenarios or the phrases."
)
def list_(steps: bool, lang: str) -> None:
    """Print the requirements and the scenarios that judge them."""
    from graphcal import listing  # noqa: PLC0415 - parses every feature file

    click.echo(listing.vocabulary(lang) if steps else listing.requirements(lang))


@main.command()
@click.argument("words", nargs=-1, required=True, metavar="WORD")
def explain(words: tuple[str, ...]) -> None:
    """Explain a requirement, or a word or code of a report.

    A requirement is shown with what is sent, what is accepted and what a wrong answer is told; an outcome, a
    verdict, a level or an exit code with an example of right and wrong.
    """
    from graphcal import explaining  # noqa: PLC0415 - parses every feature file

    catalogue = read_catalogue(places.features() / "requirements.toml")
    click.echo(explaining.explanation(catalogue, " ".join(words)))


@main.command()
@click.argument("old", type=NamedPath())
@click.argument("new", type=NamedPath())
@click.option("--markdown", "form", flag_value="markdown", help="Write for a pull-request comment.")
@click.option("--json", "form", flag_value="json", help="Write for programs, as diff.schema.json describes.")
@click.option(
    "--strict", is_flag=True, help="New warnings, and what is gone or no longer tested, are worse too."
)
def diff(old: Path, new: Path, form: str | None, strict: bool) -> None:
    """Say what changed between two runs.

    Each is named by its report.json or the folder of that. Exits with 1 where something got worse: newly failing or ending in an error, no longer looked at because
    it is now unsupported or unmet, or a worse verdict on the run, a level or a chapter.
    """
    from graphcal.report import as_diff  # noqa: PLC0415 - what no other command needs
    from graphcal.report.comparison import compare  # noqa: PLC0415 - see above
    from graphcal.report.reading import read_report  # noqa: PLC0415 - see above

    comparison = compare(read_report(old), read_report(new), (str(old), str(new)), strict=strict)
    if form == "json":
        click.echo(as_diff.as_json(comparison), nl=False)
    elif form == "markdown":
        click.echo(as_diff.as_markdown(comparison), nl=False)
    else:
        painted = False if os.environ.get("NO_COLOR") else None  # None: on a terminal only
        for line, colour in as_diff.as_lines(comparison):
            click.secho(line, fg=colour or None, color=painted)
    sys.exit(ExitCode.DEVIATION if comparison.worse else ExitCode.CLEAN)


@main.command()
@click.argument("reports", nargs=-1, required=True, type=NamedPath(), metavar="REPORT...")
@click.option("--report", "folder", required=True, type=NamedPath(), help="Write all reports here.")
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    help="Language of report.html and report.md; by default that of the chapters, where all are in one.",
)
def merge(reports: tuple[Path, ...], folder: Path, lang: str | None) -> None:
    """Make one report of those of several jobs.

    Each is named by its report.json or the folder of that. Exits as one run of all their scenarios would.
    """
    from graphcal.merging import merge as merged  # noqa: PLC0415 - what no other command needs
    from graphcal.report.wording import printable  # noqa: PLC0415 - see above
    from graphcal.report.writer import ReportError, write  # noqa: PLC0415 - see above

    report = merged(reports)
    language = lang or language_named([scenario.feature for scenario in report.scenarios], places.suite())
    try:
        written = write(report, folder, language)
    except ReportError as error:
        raise UsageError(str(error)) from None
    page = next(path for path in written if path.suffix == ".html")
    click.echo(printable("\n".join([*report.notes, f"Report: {page}", f"{report.headline}."])))
    sys.exit(report.exit_code)


@main.command()
@click.option("--target", "file", required=True, type=NamedPath(), help="The target's file.")
def doctor(file: Path) -> None:
    """Say what a service still lacks before it can be judged. Reads only."""
    from graphcal import doctor as examination  # noqa: PLC0415 - imports requests
    from graphcal.signin import open_sign_in  # noqa: PLC0415 - see above
    from graphcal.targets.service import say, sessions  # noqa: PLC0415 - see above
    from graphcal.targets.settings import read_settings  # noqa: PLC0415 - see above

    settings = read_settings(file, os.environ)
    make = sessions(settings)
    sign_in = open_sign_in(settings, session_factory=make, say=say)
    try:
        checks = examination.examine(settings, sign_in, make)
    finally:
        sign_in.close()
    click.echo("\n".join(examination.lines(checks)))
    sys.exit(examination.exit_code(checks))


@main.command()
@click.option("--target", "file", required=True, type=NamedPath(), help="The target's file.")
def cleanup(file: Path) -> None:
    """Remove what an interrupted run has left, and nothing else.

    Exits with 3 where something could not be removed or restored.
    """
    from graphcal.cleanup import clean_target  # noqa: PLC0415 - imports requests
    from graphcal.targets.service import open_service  # noqa: PLC0415 - see above
    from graphcal.targets.settings import read_settings  # noqa: PLC0415 - see above

    target = open_service(read_settings(file, os.environ))
    try:
        said, clean = clean_target(target)
    finally:
        target.close()
    click.echo("\n".join(said))
    sys.exit(ExitCode.CLEAN if clean else ExitCode.TROUBLE)


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port; a free one by default.")
@click.option("--delivery", type=click.FloatRange(0, 60), default=0.0, help="Seconds that delivery takes.")
@click.option(
    "--fault", "faults", multiple=True, metavar="ID", help="Break this requirement; may be repeated."
)
@click.option("--faults", "list_faults", is_flag=True, help="Print what can be broken, and end.")
def serve(port: int, delivery: float, faults: tuple[str, ...], list_faults: bool) -> None:
    """Start the reference emulator, and serve until Ctrl-C.

    Prints the file that makes it a target.
    """
    from graphcal.emulator import FAULTS, Emulator  # noqa: PLC0415 - loads a server
    from graphcal.emulator import serve as start  # noqa: PLC0415 - see above

    if list_faults:
        click.echo("\n".join(f"{name:16}{fault.sentence}" for name, fault in FAULTS.items()))
        return
    unknown = [name for name in faults if name not in FAULTS]
    if unknown:
        raise UsageError(f"--fault {unknown[0]}: no such fault; graphcal serve --faults prints them")
    try:
        server = start(Emulator(delivery_seconds=delivery, faults=list(faults)), port)
    except OSError as error:
        raise UsageError(f"--port {port}: can't listen there: {error.strerror}") from None
    with server:
        try:
            click.echo(target_file(server), nl=False)
            threading.Event().wait()
        except KeyboardInterrupt:
            click.echo("# stopped")


@main.command()
@click.argument("chapters", nargs=-1)
@click.option("--fault", "names", multiple=True, metavar="ID", help="Try only this fault; may be repeated.")
@click.option("--jobs", type=click.IntRange(1, 16), default=2, show_default=True, help="Runs at a time.")
@click.option(
    "-v", "--verbose", is_flag=True, help="Print a line for each fault, not only for what went unseen."
)
def selftest(chapters: tuple[str, ...], names: tuple[str, ...], jobs: int, verbose: bool) -> None:
    """Break the emulator in many ways, and count what is noticed."""
    from graphcal import selftest as proof  # noqa: PLC0415 - loads a server

    features = proof.features_named(chapters)
    covered, found = proof.features_of(features), []
    scenarios = proof.sound(features).scenarios
    for seen in proof.trials(proof.chosen(names, covered), features, jobs):
        found.append(seen)
        if verbose or not seen.holds:
            click.echo(proof.line_of(seen))
    click.echo("\n".join(proof.score(found, () if names else covered, () if names else scenarios)))
    sys.exit(ExitCode.CLEAN if all(seen.holds for seen in found) else ExitCode.DEVIATION)


def target_file(server: RunningServer) -> str:
    """Return the file that makes a running emulator a target."""
    lines = [
        "# The reference emulator serves until Ctrl-C. This is its target file; the passwords are this run's.",
        "[target]",
        'name = "reference emulator"',
        f'base_url = "{server.base_url}"',
        f'ca_bundle = "{server.ca_file}"',
        'setup = "api"',
        "delivery_timeout = 10",
        "",
        "[auth]",
        'method = "username_password"',
        f'authority = "{server.authority}"',
        f'client_id = "{server.client_id}"',
    ]
    for key, account in server.people.items():
        lines += [
            "",
            f"[people.{key}]",
            f'name = "{account.name}"',
            f'address = "{account.address}"',
            f'password = "{account.password}"',
        ]
    return "\n".join(lines) + "\n"
