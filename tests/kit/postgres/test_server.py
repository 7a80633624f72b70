import os
import shutil
import signal
import stat
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from tests.processes import talking, wait_until, wait_until_gone

from shulian.kit.postgres.account import UNPRIVILEGED
from shulian.kit.postgres.address import for_libpq
from shulian.kit.postgres.errors import InUse
from shulian.kit.postgres.server import Server

root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root takes another account")

SERVE = """
import sys, threading
from pathlib import Path
from shulian.kit.postgres.server import Server
with Server.running(Path(sys.argv[1])) as server:
    print(server.pid)
    print(server.url)
    threading.Event().wait()
"""
COMMIT = """
import sys
from pathlib import Path
import psycopg
from shulian.kit.postgres.address import for_libpq
from shulian.kit.postgres.server import Server
with Server.running(Path(sys.argv[1])) as server:
    with psycopg.connect(for_libpq(server.url), autocommit=True) as connection:
        connection.execute("create table kept (number int)")
        for number in range(1_000_000):
            connection.execute("insert into kept values (%s)", [number])
            print(number)
"""


def ask(server: Server, question: str) -> list[tuple[object, ...]]:
    with psycopg.connect(for_libpq(server.url), autocommit=True) as connection:
        cursor = connection.execute(question.encode())
        return cursor.fetchall() if cursor.description else []


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    with Server.running(tmp_path_factory.mktemp("server")) as server:
        yield server


def test_the_search_sees_chinese(shared: Server) -> None:
    for extension in ("btree_gist", "pg_trgm", "vector"):
        ask(shared, f"create extension if not exists {extension}")

    assert ask(shared, "select cardinality(show_trgm('园区'))") == [(3,)]


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),
        ("data_checksums", "on"),
        ("listen_addresses", ""),
        ("server_encoding", "UTF8"),
        ("timezone", "UTC"),
    ],
)
def test_the_server_is_set_safely(shared: Server, setting: str, value: str) -> None:
    assert ask(shared, f"select current_setting('{setting}')") == [(value,)]


def test_the_database_and_its_user_bear_our_name(shared: Server) -> None:
    question = (
        "select current_user::text, current_database()::text, datcollate, datctype from pg_database"
    )

    assert ask(shared, f"{question} where datname = current_database()") == [
        ("shulian", "shulian", "C", "C.UTF-8")
    ]


def test_only_its_owner_reaches_the_socket(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with Server.running(tmp_path):
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}

    assert modes == {"cluster": 0o700, "lock": 0o600, "server.lock": 0o600, "log": 0o600}


def test_rows_outlive_an_orderly_stop(folder: Path) -> None:
    with Server.running(folder) as server:
        ask(server, "create table kept as select 42 as number")

    with Server.running(folder) as server:
        assert ask(server, "select number from kept") == [(42,)]


def test_an_orderly_stop_leaves_no_process(folder: Path) -> None:
    with Server.running(folder) as server:
        pid = server.pid

    assert not Path("/proc", str(pid)).exists()
    assert not (folder / "cluster" / "postmaster.pid").exists()


def test_a_stop_does_not_wait_for_who_is_connected(folder: Path) -> None:
    with ExitStack() as stack:
        with Server.running(folder, durable=False) as server:
            connection = stack.enter_context(psycopg.connect(for_libpq(server.url)))

        with pytest.raises(psycopg.OperationalError):
            connection.execute("select 1")


@pytest.mark.parametrize(
    "name", ["with space", "园区", "a,b", "a+b%20", "n" * 100, "/".join(["deep" * 20] * 20)]
)
def test_a_data_folder_may_have_any_path(tmp_path: Path, made_once: Path, name: str) -> None:
    folder = Path(shutil.copytree(made_once, tmp_path / name))
    with Server.running(folder, durable=False) as server:
        assert ask(server, "select 1") == [(1,)]


def test_the_environment_does_not_reach_the_server(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"PGDATA": "/x", "PGPORT": "1", "LANG": "C", "TZ": "Asia/Tokyo"}.items():
        monkeypatch.setenv(name, value)

    with Server.running(folder, durable=False) as server:
        assert ask(server, "select current_setting('timezone')") == [("UTC",)]


def test_no_committed_row_is_lost_when_we_are_killed(folder: Path) -> None:
    with talking(COMMIT, folder) as program:
        program.until("200")
        program.send(signal.SIGKILL)
        acknowledged = 200 + 1 + len(program.rest())

    with Server.running(folder) as server:
        rows = ask(server, "select number from kept order by number")
    assert rows[:acknowledged] == [(number,) for number in range(acknowledged)]
    assert len(rows) in (acknowledged, acknowledged + 1)  # one may be committed but not told


def test_no_committed_row_is_lost_when_the_server_is_killed(folder: Path) -> None:
    with Server.running(folder) as server:
        ask(server, "create table kept as select 42 as number")
        os.kill(server.pid, signal.SIGKILL)
        wait_until(lambda: not server.is_alive())

    with Server.running(folder) as server:
        assert ask(server, "select number from kept") == [(42,)]


def test_the_server_ends_when_we_are_killed(folder: Path) -> None:
    with talking(SERVE, folder) as program:
        pid = int(program.line())
        program.send(signal.SIGKILL)

        wait_until_gone(pid)


def test_the_server_outlives_the_thread_that_started_it(folder: Path) -> None:
    servers: list[Server] = []
    with ExitStack() as stack:
        start = Server.running(folder, durable=False)
        thread = Thread(target=lambda: servers.append(stack.enter_context(start)))
        thread.start()
        thread.join()

        assert ask(servers[0], "select 1") == [(1,)]


def test_a_second_start_is_refused_with_the_id_of_the_first(folder: Path) -> None:
    with talking(SERVE, folder) as program:
        pid = int(program.line())
        with pytest.raises(InUse) as failure, Server.running(folder):
            pass

        assert failure.value.params == {"folder": str(folder), "pid": program.process.pid}
        assert Path("/proc", str(pid)).exists()


def test_a_second_start_in_the_same_process_is_refused(folder: Path) -> None:
    with Server.running(folder, durable=False) as server:
        with pytest.raises(InUse) as failure, Server.running(folder):
            pass

        assert failure.value.params == {"folder": str(folder), "pid": os.getpid()}
        assert ask(server, "select 1") == [(1,)]


def test_a_folder_is_free_again_after_a_refusal(folder: Path) -> None:
    with Server.running(folder, durable=False), pytest.raises(InUse), Server.running(folder):
        pass

    with Server.running(folder, durable=False) as server:
        assert ask(server, "select 1") == [(1,)]


def test_a_second_process_can_join_the_server_of_the_first(folder: Path) -> None:
    with talking(SERVE, folder) as program:
        program.line()
        url = program.line()

        with Server.joined(folder) as joined:
            assert joined == url


def test_who_joins_waits_until_the_server_is_made(tmp_path: Path) -> None:
    with (
        talking(SERVE, tmp_path),
        Server.joined(tmp_path) as url,
        psycopg.connect(for_libpq(url)) as connection,
    ):
        assert connection.execute("select 1").fetchone() == (1,)


def test_a_server_started_by_hand_on_our_data_is_not_disturbed(
    folder: Path, tmp_path: Path
) -> None:
    with Server.running(folder, durable=False) as server:
        ours = tmp_path / "ours"
        ours.mkdir()
        (ours / "cluster").symlink_to(folder / "cluster")
        with pytest.raises(InUse) as failure, Server.running(ours):
            pass

        assert failure.value.params == {"folder": str(ours), "pid": server.pid}
        assert ask(server, "select 1") == [(1,)]


def test_traces_of_a_dead_server_whose_id_another_process_has_are_no_obstacle(
    folder: Path,
) -> None:
    with Server.running(folder, durable=False):
        pass
    for name in ("postmaster.pid", ".s.PGSQL.5432.lock"):
        trace = folder / "cluster" / name
        trace.write_text(f"{os.getppid()}\n/proc/self/cwd\n1\n5432\n/proc/self/cwd\n\n1 1\nready\n")

    with Server.running(folder, durable=False) as server:
        assert ask(server, "select 1") == [(1,)]


@root_only
def test_root_serves_as_an_account_that_nobody_has(shared: Server) -> None:
    assert Path("/proc", str(shared.pid)).stat().st_uid == UNPRIVILEGED


@root_only
def test_root_changes_no_folder_above_the_data(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    before = [path.stat() for path in [private, *private.parents]]

    with Server.running(private / "data", durable=False) as server:
        assert ask(server, "select 1") == [(1,)]

    after = [path.stat() for path in [private, *private.parents]]
    assert [(s.st_mode, s.st_uid, s.st_gid) for s in after] == [
        (s.st_mode, s.st_uid, s.st_gid) for s in before
    ]


@root_only
def test_root_serves_data_that_was_put_back_as_root(folder: Path) -> None:
    with Server.running(folder, durable=False):
        pass
    for path in [folder / "cluster", *(folder / "cluster").rglob("*")]:
        os.chown(path, 0, 0)

    with Server.running(folder, durable=False) as server:
        assert ask(server, "select 1") == [(1,)]
