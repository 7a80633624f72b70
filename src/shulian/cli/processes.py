"""The processes of an installation, run together until someone stops them."""

import sys
from collections.abc import Mapping

import click

from shulian.cli.installation import Installation, expect_free
from shulian.kit.errors import Unavailable
from shulian.kit.supervisor import Program, Supervisor, responds
from shulian.settings import Settings

_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  # compared, not bound
"""Addresses that stand for all of a machine's, and one of each that a browser here can open."""

_COMPILING = 900.0
"""[s] for a world that serves by the compiled loop alone: the first time it compiles that."""


class NatsNeeded(Unavailable):
    """Several processes of the world need a NATS between them."""

    code = "cli.nats_needed"


def command_line(*words: str) -> list[str]:
    """How to run a command of ours in a process of its own."""
    return [sys.executable, "-m", "shulian.cli", *words]


def address(settings: Settings) -> str:
    """The address at which a browser on this machine finds us."""
    return _address(settings, settings.port)


def expect_room(settings: Settings) -> None:
    """Raise PortTaken or PortRefused unless all our processes could listen where they are to.

    Raises NatsNeeded where several share the world and nothing links them.
    """
    if settings.worlds > 1 and not settings.nats_url:
        raise NatsNeeded(count=settings.worlds)
    expect_free(settings.host, settings.port)
    for shard in range(settings.worlds):
        expect_free(settings.host, settings.first_world_port + shard)


def run_all(settings: Settings, installation: Installation) -> int:
    """Run web, tasks and world until asked to stop, say where they are found; an exit code."""
    environment = installation.environment(settings)
    where = address(settings)
    programs = [
        Program("tasks", command_line("tasks"), env=environment),
        *(world_program(settings, shard, environment) for shard in range(settings.worlds)),
        Program("web", command_line("web"), ready=responds(f"{where}readyz"), env=environment),
    ]
    supervisor = Supervisor(programs, needs=installation.needs)
    return supervisor.run(lambda: click.echo(f"Shulian 数链: {where}"))


def world_program(settings: Settings, shard: int, environment: Mapping[str, str]) -> Program:
    """One process of the shared world, and how long it may take to serve."""
    name = "world" if settings.worlds == 1 else f"world {shard}"
    ready = responds(f"{_address(settings, settings.first_world_port + shard)}healthz")
    patience = _COMPILING if settings.compiles_first else 0.0
    words = command_line("world", "--shard", str(shard))
    return Program(name, words, ready, environment, patience=patience)


def _address(settings: Settings, port: int) -> str:
    host = _EVERYWHERE.get(settings.host, settings.host)
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
