"""`shulian`: the command line; each command stands in a module of its own, loaded when called."""

import sys
from importlib import import_module

import click

from shulian.kit.errors import Failure
from shulian.settings import SettingWrong

_COMMANDS = {
    "demo": ("shulian.cli.demo", "Run the demo park: database, web and tasks in one."),
    "serve": ("shulian.cli.serve", "Run a park: database if none is set, web and tasks."),
    "web": ("shulian.cli.web", "Run one web process on a database that stands."),
    "tasks": ("shulian.cli.tasks", "Run one worker for jobs."),
    "migrate": ("shulian.cli.migrate", "Bring the database to this version."),
    "park": ("shulian.cli.park", "Import, export, check and tile parks."),
    "seed": ("shulian.cli.seed", ""),
    "person": ("shulian.cli.person", "Make an administrator."),
}


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
    try:
        cli(standalone_mode=False)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except SettingWrong as error:
        _stop(str(error))
    except Failure as failure:
        _stop(_words(failure))


def _words(failure: Failure) -> str:
    from shulian.cli.words import explain  # noqa: PLC0415  # catalogues are only read on failure

    return explain(failure)


def _stop(line: str) -> None:
    click.echo(f"shulian: {line}", err=True)
    sys.exit(1)
