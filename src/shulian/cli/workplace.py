"""What commands that change an installation stand on: its database, its clock, who acts."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from shulian.app.grants import GRANTS
from shulian.app.reactions import reactions
from shulian.cli.databases import opened
from shulian.cli.installation import reached
from shulian.identity.api import command_actor
from shulian.identity.types import Actor
from shulian.kit.blobs import FolderBlobs
from shulian.kit.clock import system_clock
from shulian.kit.jobs import Work
from shulian.settings import read_settings


@dataclass(frozen=True)
class Workplace:
    """A migrated database, where files go, and the one who runs the command."""

    work: Work
    blobs: FolderBlobs
    actor: Actor


@contextmanager
def workplace() -> Generator[Workplace]:
    """The installation that the settings name, its database running."""
    settings = read_settings(os.environ)  # noqa: TID251  # the edge where settings are read
    with (
        reached(settings) as installation,
        opened(installation.database_url, pool=2) as database,
    ):
        yield Workplace(
            Work(database, reactions(), system_clock),
            FolderBlobs(installation.folder / "blobs"),
            command_actor(GRANTS),
        )
