"""Data folders and machines on which no server can run, or which are harder than they look."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.processes import Talker, talking, wait_until

import shulian
from shulian.kit.postgres import binaries
from shulian.kit.postgres.account import UNPRIVILEGED
from shulian.kit.postgres.errors import (
    Damaged,
    NoRights,
    NotAFolder,
    OtherVersion,
    PostgresFailure,
    StartFailed,
)
from shulian.kit.postgres.server import Server

STRANGER = 65_534
"""nobody: an account with a name that owns nothing."""

TRY = """
import sys
from pathlib import Path
from shulian.kit.errors import Failure
from shulian.kit.postgres.server import Server
try:
    with Server.running(Path(sys.argv[1])) as server:
        import psycopg
        with psycopg.connect(server.url.replace("+psycopg", "")) as connection:
            print("serves", *connection.execute("select 1").fetchone())
except Failure as failure:
    print(failure.code, *failure.params.values(), sep=" | ")
"""
FILL = """
import errno, sys
from pathlib import Path
with (Path(sys.argv[1]) / "ballast").open("wb", buffering=0) as file:
    for size in (1 << 16, 1):
        try:
            while True:
                file.write(bytes(size))
        except OSError as error:
            assert error.errno == errno.ENOSPC
"""


def _works(*command: str) -> bool:
    """Whether this machine lets us run `command`."""
    return shutil.which(command[0]) is not None and subprocess.call(command) == 0


private_mounts = pytest.mark.skipif(
    not _works("unshare", "--mount", "mount", "-t", "tmpfs", "none", "/srv"),
    reason="needs the right to mount: root with CAP_SYS_ADMIN",
)


@contextmanager
def stranger(program: str, *arguments: object, account: int = STRANGER) -> Generator[Talker]:
    """Run a program as an account that owns nothing, wherever Python and the checkout are.

    What it needs of them is shown to it below /srv, which nobody else sees.
    """
    shown = {
        "python": sys.base_prefix,
        "packages": sysconfig.get_path("purelib"),
        "source": str(Path(shulian.__file__).parents[1]),
    }
    steps = ["set -e", "mount -t tmpfs -o mode=755 none /srv"]
    for name, place in shown.items():
        steps += [f"mkdir /srv/{name}", f"mount --bind {shlex.quote(place)} /srv/{name}"]
    steps += ["export LD_LIBRARY_PATH=/srv/python/lib"]  # Python itself may be a library there
    steps += [f'exec setpriv --reuid {account} --regid {account} --clear-groups "$@"']
    with talking(
        program,
        *arguments,
        before=["unshare", "--mount", "sh", "-c", "\n".join(steps), "sh"],
        python=f"/srv/python/bin/python{sys.version_info.major}.{sys.version_info.minor}",
        path=["/srv/source", "/srv/packages"],
    ) as talker:
        yield talker


@pytest.fixture
def strangers_folder() -> Generator[Path]:
    """A folder of the stranger's, which it can reach."""
    with tempfile.TemporaryDirectory(prefix="shulian-tests-") as name:
        os.chown(name, STRANGER, STRANGER)
        yield Path(name)


def _refusal(folder: Path) -> PostgresFailure:
    with pytest.raises(PostgresFailure) as failure, Server.running(folder):
        pass
    return failure.value


@pytest.mark.parametrize("missing", ["PG_VERSION", "global/pg_control"])
def test_a_cluster_that_lacks_a_file_is_refused_and_left_alone(folder: Path, missing: str) -> None:
    (folder / "cluster" / missing).unlink()
    before = sorted(folder.rglob("*"))

    failure = _refusal(folder)

    assert (type(failure), dict(failure.params)) == (
        Damaged,
        {"folder": str(folder / "cluster"), "missing": missing},
    )
    assert sorted(folder.rglob("*")) == before


def test_a_cluster_with_a_broken_file_is_refused_with_the_servers_words(folder: Path) -> None:
    (folder / "cluster" / "global" / "pg_control").write_bytes(bytes(8192))

    failure = _refusal(folder)

    assert (type(failure), dict(failure.params)) == (
        StartFailed,
        {
            "folder": str(folder),
            "reason": "database files are incompatible with server",
        },
    )


def test_a_cluster_of_another_major_version_is_refused(folder: Path) -> None:
    (folder / "cluster" / "PG_VERSION").write_text("17\n")

    failure = _refusal(folder)

    assert (type(failure), dict(failure.params)) == (
        OtherVersion,
        {"folder": str(folder / "cluster"), "found": "17", "needed": binaries.find().major},
    )


def test_an_empty_cluster_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "cluster").mkdir()

    with Server.running(tmp_path, durable=False) as server:
        assert server.is_alive()


def test_a_cluster_half_made_by_who_was_killed_is_made_anew(tmp_path: Path) -> None:
    with talking(TRY, tmp_path) as program:
        wait_until((tmp_path / "cluster.new" / "base").exists)
        program.send(signal.SIGKILL)
        program.end()
    assert not (tmp_path / "cluster").exists()

    with Server.running(tmp_path, durable=False) as server:
        assert server.is_alive()
    assert not (tmp_path / "cluster.new").exists()


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")

    failures = [_refusal(tmp_path / "file"), _refusal(tmp_path / "file" / "below")]

    assert [type(failure) for failure in failures] == [NotAFolder, NotAFolder]
    assert (tmp_path / "file").read_text() == "mine"


def test_a_place_where_nobody_can_make_a_folder_is_refused() -> None:
    failure = _refusal(Path("/proc/shulian"))

    assert (type(failure), dict(failure.params)) == (
        NoRights,
        {"folder": "/proc/shulian", "reason": "No such file or directory"},
    )


@private_mounts
def test_an_ordinary_account_serves_its_folder(strangers_folder: Path) -> None:
    with stranger(TRY, strangers_folder) as program:
        assert program.rest() == ["serves 1"]

    assert {path.stat().st_uid for path in strangers_folder.rglob("*")} == {STRANGER}


@private_mounts
def test_root_serves_the_folder_of_an_ordinary_account_as_that_account(
    strangers_folder: Path,
) -> None:
    for run in (stranger, talking):
        with run(TRY, strangers_folder) as program:
            assert program.rest() == ["serves 1"]

    cluster = strangers_folder / "cluster"
    assert {path.stat().st_uid for path in [cluster, *cluster.rglob("*")]} == {STRANGER}


@private_mounts
def test_a_folder_without_rights_is_refused(strangers_folder: Path) -> None:
    os.chown(strangers_folder, 0, 0)
    with stranger(TRY, strangers_folder / "data") as program:
        assert program.rest() == [
            f"kit.postgres.no_rights | {strangers_folder / 'data'} | Permission denied"
        ]


@private_mounts
def test_an_account_without_a_name_is_told_so(strangers_folder: Path) -> None:
    nameless = UNPRIVILEGED + 1
    os.chown(strangers_folder, nameless, nameless)
    with stranger(TRY, strangers_folder, account=nameless) as program:
        assert program.rest() == [f"kit.postgres.account_nameless | {nameless}"]


@private_mounts
def test_the_data_of_another_account_is_refused(strangers_folder: Path) -> None:
    with Server.running(strangers_folder, durable=False):
        pass
    with stranger(TRY, strangers_folder) as program:
        assert program.rest() == [
            f"kit.postgres.no_rights | {strangers_folder} | Permission denied"
        ]


@private_mounts
def test_a_disk_too_small_for_a_cluster_is_refused(tmp_path: Path) -> None:
    small = ["unshare", "--mount", "sh", "-c", 'mount -t tmpfs -o size=8m none "$0" && exec "$@"']
    with talking(TRY, tmp_path, before=[*small, str(tmp_path)]) as program:
        assert program.rest() == [f"kit.postgres.disk_full | {tmp_path}"]


@private_mounts
def test_a_disk_that_became_full_is_refused_and_loses_nothing(tmp_path: Path) -> None:
    steps = """
    mount -t tmpfs -o size=128m none "$0"
    "$1" -c "$2" "$0"; "$1" -c "$3" "$0"; "$1" -c "$2" "$0"; rm "$0/ballast"; "$1" -c "$2" "$0"
    """
    command = ["unshare", "--mount", "sh", "-c", steps, tmp_path, sys.executable, TRY, FILL]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)

    assert answer.stdout.splitlines() == [
        "serves 1",
        f"kit.postgres.disk_full | {tmp_path}",
        "serves 1",
    ]


@private_mounts
def test_root_serves_from_programs_and_data_that_only_root_reaches(
    tmp_path: Path, hidden_wheel: Path
) -> None:
    private = tmp_path / "root's own"
    private.mkdir(mode=0o700)
    cached = ["unshare", "--mount", "sh", "-c", 'mount -t tmpfs none /var/cache && exec "$@"', "sh"]
    with talking(TRY, private / "data", before=cached, path=[str(hidden_wheel)]) as program:
        assert program.rest() == ["serves 1"]

    modes = [path.stat().st_mode & 0o777 for path in (private, hidden_wheel)]
    assert modes == [0o700, 0o700]


@pytest.mark.skipif(
    not _works("unshare", "--user", "--map-root-user", "true"),
    reason="needs user namespaces",
)
def test_root_who_may_be_nobody_else_is_told_what_to_do(tmp_path: Path) -> None:
    lonely = ["unshare", "--user", "--map-root-user"]
    with talking(TRY, tmp_path / "data", before=lonely) as program:
        lines = program.rest()

    assert len(lines) == 1
    assert lines[0].startswith("kit.postgres.account_refused | ")
