"""`shulian serve`: a park for real, with its database, web and tasks."""

import os
import sys

import click

from shulian.cli.installation import expect_free, standing
from shulian.cli.processes import run_all
from shulian.settings import read_settings


@click.command("serve")
def command() -> None:
    """Run a park: web and tasks, and a database inside unless DATABASE_URL names one.

    Settings are environment variables; docs/reference/settings.md lists them.
    """
    settings = read_settings(os.environ)  # noqa: TID251  # the edge where settings are read
    expect_free(settings.host, settings.port)
    with standing(settings) as installation:
        address = f"http://{settings.host}:{settings.port}/"
        code = run_all(
            settings, installation, when_ready=lambda: click.echo(f"Shulian 数链: {address}")
        )
    sys.exit(code)
