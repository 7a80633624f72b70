"""The embedded server: it starts with Shulian, serves its one folder, and stops with it."""

import os
import signal
import tempfile
import time
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Self
from urllib.parse import quote

from shulian.kit.child import Child
from shulian.kit.postgres import account, binaries, tuning
from shulian.kit.postgres.cluster import DATABASE, ENVIRONMENT, HERE, USER, prepare
from shulian.kit.postgres.diagnosis import of_error, of_output
from shulian.kit.postgres.errors import StartTooSlow
from shulian.kit.postgres.journal import Journal
from shulian.kit.postgres.locks import forget_dead_server, is_ready, living_in

_PORT = 5432
"""Names the socket; no port is opened."""
_LONGEST_SOCKET = 107
"""[bytes] of a socket's path that the system takes (unix(7))."""
_PATIENCE = 120.0
"""[s] to be ready, recovery after a crash included."""
_LOOK = 0.005
"""[s] between two looks whether it is ready."""
_FAST, _IMMEDIATE = 60.0, 10.0
"""[s] for an orderly stop, and then for one without farewell, which loses nothing either."""


class Server:
    """A running PostgreSQL that only we reach."""

    def __init__(self, child: Child, host: Path) -> None:
        self._child, self._host = child, host

    @property
    def url(self) -> str:
        """Its database, as SQLAlchemy reads it."""
        return _url(self._host)

    @property
    def pid(self) -> int:
        """Process id of the server."""
        return self._child.pid

    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self._child.code is None

    @classmethod
    @contextmanager
    def running(cls, folder: Path, *, durable: bool = True) -> Generator[Self]:
        """A server on the data in `folder`, which is made if it is not there.

        PostgresFailure says in one line what stands against it. With `durable` off the data may be
        lost when the machine fails; for tests.
        """
        folder = folder.absolute()
        with ExitStack() as stack:
            try:
                server = cls._start(folder, stack, durable=durable)
            except OSError as error:
                raise of_error(error, folder) from error
            yield server

    @staticmethod
    @contextmanager
    def joined(folder: Path) -> Generator[str]:
        """The URL of the server that another Shulian runs in `folder`, when it is ready."""
        folder = folder.absolute()
        deadline = time.monotonic() + _PATIENCE
        with ExitStack() as stack:
            try:
                while not is_ready(folder / "cluster"):
                    _expect_in_time(deadline, folder)
                    time.sleep(_LOOK)
                host = stack.enter_context(_short(folder / "cluster"))
            except OSError as error:
                raise of_error(error, folder) from error
            yield _url(host)

    @classmethod
    def _start(cls, folder: Path, stack: ExitStack, *, durable: bool) -> Self:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = stack.enter_context(living_in(folder))
        programs = binaries.find()
        if os.geteuid() == 0:
            programs = binaries.for_everyone(programs)
        journal = stack.enter_context(Journal(folder))
        cluster = prepare(folder, programs, journal, lock=lock)
        forget_dead_server(cluster)
        owner = account.for_serving(cluster)
        place = ["-D", HERE, "-k", HERE, "-p", str(_PORT)]
        child = Child(
            [programs.postgres, *place, *tuning.options(durable=durable)],
            hear=journal.hear,
            death=signal.SIGINT,
            account=owner,
            cwd=cluster,
            env=ENVIRONMENT,
            keep=[lock],
        )
        stack.callback(_stop, child)
        _await(child, cluster, journal, owner)
        return cls(child, stack.enter_context(_short(cluster)))


def _url(host: Path) -> str:
    return f"postgresql+psycopg://{USER}@/{DATABASE}?host={quote(str(host))}&port={_PORT}"


def _await(child: Child, cluster: Path, journal: Journal, owner: int | None) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not is_ready(cluster, child.pid):
        code = child.wait(_LOOK)
        if code is not None:
            raise of_output(code, list(journal.lines), folder=cluster.parent, account=owner)
        _expect_in_time(deadline, cluster.parent)


def _expect_in_time(deadline: float, folder: Path) -> None:
    if time.monotonic() > deadline:
        raise StartTooSlow(folder=str(folder), seconds=int(_PATIENCE))


def _stop(child: Child) -> None:
    for number, patience in ((signal.SIGINT, _FAST), (signal.SIGQUIT, _IMMEDIATE)):
        child.send(number)
        if child.wait(patience) is not None:
            return
    child.kill()


@contextmanager
def _short(cluster: Path) -> Generator[Path]:
    """A path to `cluster` that fits a socket's address and that libpq does not split at a comma."""
    longest = os.fsencode(cluster / f".s.PGSQL.{_PORT}")
    if len(longest) <= _LONGEST_SOCKET and b"," not in longest:
        yield cluster
        return
    place = min(tempfile.gettempdir(), "/tmp", key=len)  # noqa: S108  the folder made in it is private
    with tempfile.TemporaryDirectory(prefix="shulian-", dir=place) as folder:
        alias = Path(folder) / "cluster"
        alias.symlink_to(cluster)
        yield alias
