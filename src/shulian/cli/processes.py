"""The processes of an installation, run together until someone stops them."""

import sys

import click

from shulian.cli.installation import Installation
from shulian.kit.supervisor import Program, Supervisor, responds
from shulian.settings import Settings

_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  # compared, not bound
"""Addresses that stand for all of a machine's, and one of each that a browser here can open."""


def command_line(*words: str) -> list[str]:
    """How to run a command of ours in a process of its own."""
    return [sys.executable, "-m", "shulian.cli", *words]


def address(settings: Settings) -> str:
    """The address at which a browser on this machine finds us."""
    host = _EVERYWHERE.get(settings.host, settings.host)
    return f"http://[{host}]:{settings.port}/" if ":" in host else f"http://{host}:{settings.port}/"


def run_all(settings: Settings, installation: Installation) -> int:
    """Run web and tasks until asked to stop, say where they are found; an exit code."""
    environment = installation.environment(settings)
    where = address(settings)
    programs = [
        Program("tasks", command_line("tasks"), env=environment),
        Program("web", command_line("web"), ready=responds(f"{where}readyz"), env=environment),
    ]
    supervisor = Supervisor(programs, needs=installation.needs)
    return supervisor.run(lambda: click.echo(f"Shulian 数链: {where}"))
