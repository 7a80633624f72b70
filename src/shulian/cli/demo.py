"""`shulian demo`: the demo park, everything it needs included."""

import os
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import click

from shulian.cli.installation import Installation, expect_free, standing
from shulian.cli.processes import command_line, run_all
from shulian.kit.child import Child
from shulian.settings import Settings, demo_folder, read_settings

_MARK = "demo.mark"


@click.command("demo")
@click.option("--port", type=click.IntRange(1, 65535), help="Another port than 8000.")
@click.option("--data", type=click.Path(path_type=Path), help="Another data folder.")
def command(port: int | None, data: Path | None) -> None:
    """Run the demo park: an own database, sample accounts, web and tasks.

    The first start makes the database and imports the park; later ones keep what you changed.
    """
    settings = read_settings(os.environ)  # noqa: TID251  # the edge where settings are read
    settings = replace(
        settings,
        demo=True,
        port=port or settings.port,
        data=str(data) if data else settings.data,
    )
    expect_free(settings.host, settings.port)
    with standing(settings) as installation:
        _seed(settings, installation)
        address = f"http://{settings.host}:{settings.port}/"
        code = run_all(settings, installation, when_ready=lambda: _tell(address))
    sys.exit(code)


def _seed(settings: Settings, installation: Installation) -> None:
    """Import the demo park and its accounts, in a process of its own that may use more memory."""
    mark = _mark(settings, installation)
    if _kept(installation) == mark:
        return
    click.echo("making the demo park …", err=True)
    child = Child(
        command_line("seed", str(demo_folder())),
        hear=lambda line: click.echo(line, err=True),
        env=installation.environment(settings),
    )
    if code := child.wait():
        sys.exit(code)
    (installation.folder / _MARK).write_text(mark)


def _kept(installation: Installation) -> str:
    path = installation.folder / _MARK
    return path.read_text() if path.exists() else ""


def _mark(settings: Settings, installation: Installation) -> str:
    """What the demo was made from and where: another park file or database makes it anew."""
    told = sha256(settings.database_url.encode() or str(installation.folder).encode())
    for path in sorted(demo_folder().rglob("*")):
        if path.is_file():
            told.update(path.read_bytes())
    return told.hexdigest()


def _tell(address: str) -> None:
    click.echo(f"Shulian 数链: {address}")
