"""`shulian serve`: a park for real, with its database, web, world and tasks."""

import os
import sys

import click

from shulian.cli.installation import expect_client, secret_of, standing
from shulian.cli.processes import expect_room, run_all
from shulian.settings import read_settings


@click.command("serve")
def command() -> None:
    """Run a park: web, world and tasks, and a database inside unless DATABASE_URL names one.

    Settings are environment variables; docs/reference/settings.md lists them.
    """
    settings = read_settings(os.environ)  # noqa: TID251  # the edge where settings are read
    expect_client(settings.client_folder)
    expect_room(settings)
    with standing(settings) as installation:
        secret_of(installation.folder)
        code = run_all(settings, installation)
    sys.exit(code)
