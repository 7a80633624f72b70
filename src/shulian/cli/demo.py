"""`shulian demo`: the demo park, everything it needs included."""

import os
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import click

from shulian.cli.installation import (
    Installation,
    expect_client,
    keep,
    secret_of,
    standing,
)
from shulian.cli.processes import command_line, expect_room, run_all
from shulian.kit.child import Child
from shulian.settings import Settings, demo_folder, read_settings

_MARK = "demo.mark"


@click.command("demo")
@click.option("--port", type=click.IntRange(1, 65535), help="Another port than 8000.")
@click.option("--data", type=click.Path(path_type=Path), help="Another data folder.")
@click.option(
    "--bots",
    type=click.IntRange(0, 1000),
    default=12,
    show_default=True,
    help="Simulated visitors who walk about.",
)
def command(port: int | None, data: Path | None, bots: int) -> None:
    """Run the demo park: an own database, sample accounts, web, world and tasks.

    The first start makes the database and imports the park; later ones keep what you changed.
    """
    settings = read_settings(os.environ)  # noqa: TID251  # the edge where settings are read
    settings = replace(
        settings,
        demo=True,
        test_payments=True,
        port=port or settings.port,
        data=str(data) if data else settings.data,
        bots=bots,
    )
    expect_client(settings.client_folder)
    expect_room(settings)
    with standing(settings) as installation:
        secret_of(installation.folder)
        code = _seed(settings, installation) or run_all(settings, installation)
    sys.exit(code)


def _seed(settings: Settings, installation: Installation) -> int:
    """Import the demo park and its accounts, in a process of its own that may use more memory.

    Answers the exit code of that process; 0 where nothing was to be done.
    """
    mark = _mark(settings, installation)
    if _kept(installation) == mark:
        return 0
    child = Child(
        command_line("seed", str(demo_folder())),
        hear=lambda line: click.echo(line, err=True),
        env=installation.environment(settings),
    )
    try:
        code = child.wait() or 0
    finally:
        child.kill()
    if code == 0:
        keep(installation.folder, _MARK, mark)
    return code


def _kept(installation: Installation) -> str:
    path = installation.folder / _MARK
    return path.read_text(errors="replace") if path.exists() else ""


def _mark(settings: Settings, installation: Installation) -> str:
    """What the demo was made from and where: another park file or database makes it anew."""
    told = sha256(settings.database_url.encode() or str(installation.folder).encode())
    for path in sorted(demo_folder().rglob("*")):
        if path.is_file():
            told.update(path.read_bytes())
    return told.hexdigest()
