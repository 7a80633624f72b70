"""`shulian web`: one web process on a database that stands."""

import os

import click
import uvicorn

from shulian.app.features import MIGRATIONS
from shulian.app.main import create_app
from shulian.cli.installation import expect_free, folder_of, secret_of
from shulian.kit import log
from shulian.kit.db import Database
from shulian.kit.migrate import upgrade
from shulian.settings import read_settings

_GRACE = 5
"""[s] that open requests get to end when we are asked to stop."""


@click.command("web")
def command() -> None:
    """Run one web process. DATABASE_URL must name the database."""
    settings = read_settings(os.environ)  # noqa: TID251  # the edge where settings are read
    if not settings.database_url:
        raise click.UsageError("set DATABASE_URL, or use `shulian serve`")
    expect_free(settings.host, settings.port)
    log.configure(process="web", for_people=settings.log == "people")
    database = Database(settings.database_url, pool=1)
    upgrade(database, MIGRATIONS)
    database.close()
    folder = folder_of(settings)
    uvicorn.run(
        create_app(settings, data=folder, secret=secret_of(folder)),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
    )
