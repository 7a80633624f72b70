"""`shulian`: the command line; each command stands in a module of its own, loaded when called."""

import io
import signal
import sys
from importlib import import_module
from types import FrameType

import click

from shulian.kit.errors import Failure

_COMMANDS = {
    "demo": ("shulian.cli.demo", "Run the demo park: database, web, world and tasks in one."),
    "serve": ("shulian.cli.serve", "Run a park: database if none is set, web, world and tasks."),
    "web": ("shulian.cli.web", "Run one web process on a database that stands."),
    "world": ("shulian.cli.world", "Run one process of the shared world."),
    "bots": ("shulian.cli.bots", "Let simulated visitors walk through a park."),
    "tasks": ("shulian.cli.tasks", "Run one worker for jobs."),
    "migrate": ("shulian.cli.migrate", "Bring the database to this version."),
    "park": ("shulian.cli.park", "Import, export, check, tile and remove parks."),
    "congress": ("shulian.cli.congress", "Convert, check and import programmes of congresses."),
    "seats": ("shulian.cli.seats", "Choose the best seats of a hall."),
    "timetable": ("shulian.cli.timetable", "Solve and check timetables of congresses."),
    "seed": ("shulian.cli.seed", ""),
    "person": ("shulian.cli.person", "Make an administrator."),
    "tickets": ("shulian.cli.tickets", "Sign the codes of tickets with a new key."),
}
_SIGNALLED = 128
"""Exit code: this and the number of the signal that ended us, as shells have it."""


class _Lazy(click.Group):
    """A group whose commands are imported when they are called: help and demo start at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command `cmd_name`, imported now."""
        if cmd_name not in _COMMANDS:
            return None
        module, _ = _COMMANDS[cmd_name]
        command = import_module(module).command
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in _COMMANDS.items() if words])


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="shulian")
def cli() -> None:
    """Shulian 数链 runs a metaverse industry park."""


def main() -> None:
    """Run the command; what goes wrong is one clear line and an exit code that is not 0."""
    signal.signal(signal.SIGTERM, _end)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal may not know every character
            stream.reconfigure(errors="replace")
    try:
        cli(standalone_mode=False)
    except click.Abort:
        sys.exit(_SIGNALLED + signal.SIGINT)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(error.exit_code)
    except click.UsageError as error:
        _stop(_usage(error), error.exit_code)
    except Failure as failure:
        _stop(_words(failure), 1)


def _end(number: int, _frame: FrameType | None) -> None:
    """End in good order, whatever we are at: what was begun is undone, what we run is stopped."""
    sys.exit(_SIGNALLED + number)


def _words(failure: Failure) -> str:
    from shulian.cli.words import explain  # noqa: PLC0415  # catalogues are only read on failure

    return explain(failure)


def _usage(error: click.UsageError) -> str:
    from shulian.cli.words import explain_usage  # noqa: PLC0415  # as above

    return explain_usage(error)


def _stop(line: str, code: int) -> None:
    click.echo(f"shulian: {line}", err=True)
    sys.exit(code)
