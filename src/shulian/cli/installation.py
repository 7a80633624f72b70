"""Where an installation keeps its things, and how its processes find each other."""

import contextlib
import errno
import json
import os
import secrets
import socket
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from pathlib import Path

from shulian.kit.errors import Unavailable
from shulian.kit.folders import NoHome, data_folder
from shulian.kit.postgres.diagnosis import of_error
from shulian.kit.postgres.errors import InUse
from shulian.kit.postgres.server import Server
from shulian.kit.supervisor import Probe
from shulian.settings import Settings


class PortTaken(Unavailable):
    """Something else listens on port `port` of `host`."""

    code = "cli.port_taken"


class PortRefused(Unavailable):
    """We may not listen on port `port` of `host`, for `reason`."""

    code = "cli.port_refused"


class ClientMissing(Unavailable):
    """The web client is not built in `folder`."""

    code = "cli.client_missing"


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
            "SHULIAN_TEST_PAYMENTS": "1" if settings.test_payments else "0",
            "SHULIAN_WORLD_PORT": str(settings.first_world_port),
            "SHULIAN_BOTS": str(settings.bots),
            "SHULIAN_LOG": settings.log,
        }


def folder_of(settings: Settings) -> Path:
    """The data folder that the operator set, or the user's own."""
    if not settings.data:
        return data_folder(os.environ)  # noqa: TID251  # says where this user keeps data
    try:
        return Path(settings.data).expanduser().absolute()
    except RuntimeError as error:  # ~somebody, whom the system does not know
        raise NoHome from error


@contextlib.contextmanager
def standing(settings: Settings) -> Generator[Installation]:
    """The installation with its database running for as long as the block lasts."""
    folder = folder_of(settings)
    if settings.database_url:
        # a supervisor stays small: it loads the driver only to look at a database it did not start
        from shulian.kit.postgres.requirements import check  # noqa: PLC0415

        check(settings.database_url)
        yield Installation(folder, settings.database_url, {})
        return
    with Server.running(folder) as server:
        yield Installation(folder, server.url, {"the database": server.is_alive})


@contextlib.contextmanager
def reached(settings: Settings) -> Generator[Installation]:
    """The installation for one command: the running one is joined, else it runs for the command."""
    with contextlib.ExitStack() as stack:
        try:
            installation = stack.enter_context(standing(settings))
        except InUse:
            folder = folder_of(settings)
            installation = Installation(folder, stack.enter_context(Server.joined(folder)), {})
        yield installation


def secret_of(folder: Path) -> str:
    """The secret that signs forms: made once, whole or not at all, readable by nobody else."""
    return kept_once(folder, "secret", secrets.token_hex(32))


def kept_once(folder: Path, name: str, words: str) -> str:
    """What stands in the file `name`; `words`, if there is none yet."""
    path, draft = folder / name, folder / f"{name}.{secrets.token_hex(8)}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                with os.fdopen(handle, "w") as file:
                    file.write(words)
                with contextlib.suppress(FileExistsError):  # another process was faster
                    path.hardlink_to(draft)
            finally:
                draft.unlink()
        return path.read_text()
    except OSError as error:
        raise of_error(error, folder) from error


def keep(folder: Path, name: str, words: str) -> None:
    """Write `words` down as `name` in the data folder."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / name).write_text(words)
    except OSError as error:
        raise of_error(error, folder) from error


def expect_client(folder: Path) -> None:
    """Raise ClientMissing unless a whole client was built into `folder`."""
    try:
        json.loads((folder / ".vite" / "manifest.json").read_bytes())
    except (OSError, ValueError) as error:
        raise ClientMissing(folder=str(folder)) from error


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
        except UnicodeError as error:  # a name that can be none
            raise PortRefused(host=host, port=port, reason=str(error)) from error
