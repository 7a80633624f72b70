"""`shulian migrate`: bring the database to this version."""

import os

import click

from shulian.app.features import MIGRATIONS
from shulian.cli.installation import reached
from shulian.kit.db import Database
from shulian.kit.migrate import upgrade
from shulian.kit.postgres.requirements import check
from shulian.settings import read_settings


@click.command("migrate")
def command() -> None:
    """Bring the database to this version; web and tasks do so too when they start."""
    settings = read_settings(os.environ)  # noqa: TID251  # the edge where settings are read
    with reached(settings) as installation:
        check(installation.database_url)
        database = Database(installation.database_url, pool=1)
        upgrade(database, MIGRATIONS)
        database.close()
    click.echo("the database is up to date")
