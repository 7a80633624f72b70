"""The processes of an installation, run together until someone stops them."""

import sys
from collections.abc import Callable

from shulian.cli.installation import Installation
from shulian.kit.supervisor import Program, Supervisor, responds
from shulian.settings import Settings


def command_line(*words: str) -> list[str]:
    """How to run a command of ours in a process of its own."""
    return [sys.executable, "-m", "shulian.cli", *words]


def run_all(
    settings: Settings, installation: Installation, *, when_ready: Callable[[], None]
) -> int:
    """Run web and tasks until asked to stop; an exit code."""
    environment = installation.environment(settings)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    if host in {"0.0.0.0", "[::]"}:  # noqa: S104  # compared, not bound
        host = "127.0.0.1"
    programs = [
        Program("tasks", command_line("tasks"), env=environment),
        Program(
            "web",
            command_line("web"),
            ready=responds(f"http://{host}:{settings.port}/readyz"),
            env=environment,
        ),
    ]
    return Supervisor(programs, needs=installation.needs).run(when_ready)
