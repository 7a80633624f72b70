"""Where an installation keeps its things, and how its processes find each other."""

import errno
import os
import secrets
import socket
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from shulian.kit.errors import Unavailable
from shulian.kit.folders import data_folder
from shulian.kit.postgres.errors import InUse, NoRights
from shulian.kit.postgres.server import Server
from shulian.kit.supervisor import Probe
from shulian.settings import Settings


class PortTaken(Unavailable):
    """Something else listens on port `port` of `host`."""

    code = "cli.port_taken"


class PortRefused(Unavailable):
    """We may not listen on port `port` of `host`, for `reason`."""

    code = "cli.port_refused"


@dataclass(frozen=True, slots=True)
class Installation:
    """A data folder and a database that stands."""

    folder: Path
    database_url: str
    needs: Mapping[str, Probe]
    """What must live on for the processes to be of use, by name."""

    def environment(self, settings: Settings) -> dict[str, str]:
        """What a child process is told: everything it needs to work on this installation."""
        return {
            **os.environ,  # noqa: TID251  # a child inherits the operator's environment
            "DATABASE_URL": self.database_url,
            "SHULIAN_DATA": str(self.folder),
            "SHULIAN_HOST": settings.host,
            "SHULIAN_PORT": str(settings.port),
            "SHULIAN_DEMO": "1" if settings.demo else "0",
            "SHULIAN_LOG": settings.log,
        }


def folder_of(settings: Settings) -> Path:
    """The data folder that the operator set, or the user's own."""
    if settings.data:
        return Path(settings.data).expanduser().absolute()
    return data_folder(os.environ)  # noqa: TID251  # says where this user keeps data


@contextmanager
def standing(settings: Settings) -> Generator[Installation]:
    """The installation with its database running for as long as the block lasts."""
    folder = folder_of(settings)
    if settings.database_url:
        yield Installation(folder, settings.database_url, {})
        return
    with Server.running(folder) as server:
        yield Installation(folder, server.url, {"the database": server.is_alive})


@contextmanager
def reached(settings: Settings) -> Generator[Installation]:
    """The installation for one command: the running one is joined, else it runs for the command."""
    try:
        with standing(settings) as installation:
            yield installation
    except InUse:
        folder = folder_of(settings)
        with Server.joined(folder) as url:
            yield Installation(folder, url, {})


def secret_of(folder: Path) -> str:
    """The secret that signs forms; made once, readable by nobody else."""
    path = folder / "secret"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text()
        with os.fdopen(handle, "w") as file:
            fresh = secrets.token_hex(32)
            file.write(fresh)
    except OSError as error:
        raise NoRights(folder=str(folder), reason=error.strerror or str(error)) from error
    return fresh


def expect_free(host: str, port: int) -> None:
    """Raise PortTaken or PortRefused unless we could listen there now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortTaken(host=host, port=port) from error
            raise PortRefused(host=host, port=port, reason=error.strerror or str(error)) from error
