"""`shulian web`: one web process on a database that stands."""

import os

import click
import uvicorn

from shulian.app.main import create_app
from shulian.cli.databases import opened
from shulian.cli.installation import (
    expect_client,
    expect_free,
    folder_of,
    secret_of,
)
from shulian.cli.ticket_keys import ticket_keys_of
from shulian.kit import log
from shulian.kit.descriptors import raise_limit
from shulian.settings import read_settings

_GRACE = 5
"""[s] that open requests get to end when we are asked to stop."""

KEPT = 75
"""[s] that a connection at rest is kept: longer than who waits in line rests between two questions,
and than proxies keep theirs (60 s), which otherwise send a request into one that is closed."""


@click.command("web")
def command() -> None:
    """Run one web process. DATABASE_URL must name the database."""
    settings = read_settings(os.environ)  # noqa: TID251  # the edge where settings are read
    expect_client(settings.client_folder)
    expect_free(settings.host, settings.port)
    log.configure(process="web", for_people=settings.log == "people")
    with opened(settings.database_url, pool=1):
        folder = folder_of(settings)
        secret, keys = secret_of(folder), ticket_keys_of(folder)
    uvicorn.run(
        create_app(settings, data=folder, secret=secret, keys=keys, channels=raise_limit() // 2),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
        timeout_keep_alive=KEPT,
    )
