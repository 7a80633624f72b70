"""The cluster: the folder in which PostgreSQL keeps its databases, whole or not there at all."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from shulian.kit.child import Child
from shulian.kit.postgres import account
from shulian.kit.postgres.binaries import Binaries
from shulian.kit.postgres.diagnosis import of_output
from shulian.kit.postgres.errors import Damaged, OtherVersion
from shulian.kit.postgres.journal import Journal

USER = "shulian"
"""The superuser."""
DATABASE = "shulian"
"""The database of a fresh cluster."""
HERE = "/proc/self/cwd"
"""The folder a process works in, as a path that needs no right on the folders above."""
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "TZ": "UTC"}
"""All that PostgreSQL's programs learn of our environment."""

_INITDB = (
    f"--pgdata={HERE}",
    f"--username={USER}",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--lc-ctype=C.UTF-8",  # with C alone pg_trgm takes no Chinese character for a letter
    "--no-instructions",
)
_ACCESS = "# Only who may enter this folder reaches the socket.\nlocal all all trust\n"
_ESSENTIAL = ("PG_VERSION", "global/pg_control", "base", "pg_wal")


def prepare(folder: Path, binaries: Binaries, journal: Journal, *, lock: int) -> Path:
    """The cluster in `folder`, made now if there is none.

    Making it may be interrupted at any point: it happens beside, and is renamed when it is whole.

    lock    descriptor that every program keeps open while it works on the cluster
    """
    cluster, draft = folder / "cluster", folder / "cluster.new"
    if draft.exists():
        shutil.rmtree(draft)
    if cluster.is_dir() and any(cluster.iterdir()):
        _inspect(cluster, binaries.major)
        return cluster
    draft.mkdir(mode=0o700)
    try:
        _make(draft, binaries, journal, lock=lock)
        draft.rename(cluster)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    _sync(folder)
    return cluster


def _inspect(cluster: Path, major: str) -> None:
    for name in _ESSENTIAL:
        if not (cluster / name).exists():
            raise Damaged(folder=str(cluster), missing=name)
    found = (cluster / "PG_VERSION").read_text(errors="replace").strip()
    if found != major:
        raise OtherVersion(folder=str(cluster), found=found, needed=major)


def _make(draft: Path, binaries: Binaries, journal: Journal, *, lock: int) -> None:
    maker = account.for_making(draft)

    def run(*argv: str | Path, says: str = "") -> None:
        code = _run(argv, says, journal=journal, account=maker, cwd=draft, lock=lock)
        if code:
            raise of_output(code, list(journal.lines), folder=draft.parent, account=maker)

    run(binaries.initdb, *_INITDB)
    (draft / "pg_hba.conf").write_text(_ACCESS)
    run(binaries.postgres, "--single", "-D", HERE, "template1", says=f"create database {DATABASE}")
    if maker is not None:
        account.hand_over(draft)


def _run(
    argv: Sequence[str | Path],
    says: str,
    *,
    journal: Journal,
    account: int | None,
    cwd: Path,
    lock: int,
) -> int | None:
    """Run a program that reads `says` to its end, or kill it when we are interrupted."""
    reads, writes = os.pipe()
    os.write(writes, says.encode())
    os.close(writes)
    try:
        child = Child(
            argv,
            hear=journal.hear,
            account=account,
            cwd=cwd,
            env=ENVIRONMENT,
            stdin=reads,
            keep=[lock],
        )
    finally:
        os.close(reads)
    try:
        return child.wait()
    finally:
        child.kill()


def _sync(folder: Path) -> None:
    """Have the names in `folder` on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
