"""One Shulian, and one server, in a data folder at a time.

Two locks, because a server may live on for a moment after its Shulian was killed. The kernel gives
them up when whoever holds them is gone, so neither can be left behind, whatever dies when.
"""

import fcntl
import os
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from shulian.kit.postgres.errors import InUse

_PATIENCE = 60.0
"""[s] for a server whose Shulian was killed to put everything away."""
_STEP = 0.02
"""[s] between two looks."""
_SOCKET_LOCK = ".s.PGSQL.5432.lock"


@contextmanager
def living_in(folder: Path) -> Generator[int]:
    """Be the only Shulian in `folder`; gives the descriptor of a lock for the server to keep."""
    ours = _open(folder / "lock")
    theirs = _open(folder / "server.lock")
    try:
        if not _take(ours):
            raise InUse(folder=str(folder), pid=_number(os.pread(ours, 20, 0)))
        _write(ours, str(os.getpid()))
        try:
            _wait_for(theirs, folder)
            yield theirs
        finally:
            _write(ours, "")
    finally:
        os.close(ours)
        os.close(theirs)


def forget_dead_server(cluster: Path) -> None:
    """Remove the traces of a server that was killed, if none serves `cluster` now.

    Its id may by now be another process's, for which PostgreSQL alone would refuse to start.
    """
    pid = _postmaster(cluster)
    if pid and _serves(pid, cluster):
        raise InUse(folder=str(cluster.parent), pid=pid)
    for name in ("postmaster.pid", _SOCKET_LOCK):
        (cluster / name).unlink(missing_ok=True)


def is_ready(cluster: Path, pid: int | None = None) -> bool:
    """Whether the server, that of id `pid` if given, has written that it takes connections."""
    lines = _lines(cluster)
    expected = lines[:1] if pid is None else [str(pid)]
    return lines[:1] == expected and [line.strip() for line in lines[7:8]] == ["ready"]


def _postmaster(cluster: Path) -> int:
    lines = _lines(cluster)
    return _number(lines[0].encode()) if lines else 0


def _lines(cluster: Path) -> list[str]:
    try:
        return (cluster / "postmaster.pid").read_text(errors="replace").splitlines()
    except FileNotFoundError:
        return []


def _serves(pid: int, cluster: Path) -> bool:
    process = Path("/proc", str(pid))
    try:
        return (process / "cwd").samefile(cluster)
    except PermissionError:  # a container's root may not look; the name is as much as it sees
        return (process / "comm").read_text().strip() == "postgres"
    except OSError:
        return False


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _wait_for(lock: int, folder: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not _take(lock):
        if time.monotonic() > deadline:
            raise InUse(folder=str(folder), pid=_postmaster(folder / "cluster"))
        time.sleep(_STEP)


def _take(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _write(file: int, words: str) -> None:
    os.ftruncate(file, 0)
    os.pwrite(file, words.encode(), 0)


def _number(words: bytes) -> int:
    return int(words) if words.strip().isdigit() else 0
