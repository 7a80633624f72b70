"""`shulian migrate`: bring the database to this version."""

import os

import click

from shulian.cli.databases import opened
from shulian.cli.installation import reached
from shulian.cli.words import say
from shulian.settings import read_settings


@click.command("migrate")
def command() -> None:
    """Bring the database to this version; web and tasks do so too when they start."""
    settings = read_settings(os.environ)  # noqa: TID251  # the edge where settings are read
    with reached(settings) as installation, opened(installation.database_url, pool=1):
        click.echo(say("cli.migrate.done"))
