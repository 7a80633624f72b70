"""`shulian tasks`: one worker for jobs."""

import asyncio
import os

import click

from shulian.app.jobs import handlers
from shulian.app.paying import providers
from shulian.app.reactions import reactions
from shulian.cli.databases import opened
from shulian.cli.installation import folder_of, secret_of
from shulian.kit import log
from shulian.kit.blobs import FolderBlobs
from shulian.kit.clock import system_clock
from shulian.kit.jobs import Work, run_worker
from shulian.settings import read_settings


@click.command("tasks")
def command() -> None:
    """Run one worker. DATABASE_URL must name the database."""
    settings = read_settings(os.environ)  # noqa: TID251  # the edge where settings are read
    log.configure(process="tasks", for_people=settings.log == "people")
    with opened(settings.database_url, pool=4) as database:
        work = Work(database, reactions(), system_clock)
        folder = folder_of(settings)
        ways = providers(settings, secret_of(folder))
        asyncio.run(run_worker(handlers(FolderBlobs(folder / "blobs"), ways), work))
