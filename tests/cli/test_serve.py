"""A park for real: its processes together, and each by itself."""

import json
import resource
import signal
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from tests.commands import CHINESE, free_port, run, running
from tests.processes import wait_until

from shulian.kit.db import Database
from shulian.kit.jobs import enqueue
from shulian.kit.supervisor import responds
from shulian.world.types import ForgetMessages


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_serves_a_park_that_is_empty_at_first(home: Path, data: Path, built: Path) -> None:
    port = free_port()
    place = {"SHULIAN_DATA": str(data), "SHULIAN_CLIENT": str(built), "SHULIAN_PORT": str(port)}
    with running("serve", home=home, **place) as command:
        command.until("^Shulian 数链: http://127")
        parks = httpx.get(f"http://127.0.0.1:{port}/api/parks").json()
        login = httpx.get(f"http://127.0.0.1:{port}/login").text
        code = command.end(signal.SIGTERM)

    assert (code, parks) == (0, [])
    assert command.out == [f"Shulian 数链: http://127.0.0.1:{port}/"]
    assert command.err == ["      | stopping on SIGTERM"]
    assert "shulian.example" not in login


def test_works_on_a_database_of_the_operators(
    home: Path, data: Path, built: Path, own_database_url: str
) -> None:
    port = free_port()
    place = {"SHULIAN_DATA": str(data), "SHULIAN_CLIENT": str(built), "SHULIAN_PORT": str(port)}
    with running("serve", home=home, DATABASE_URL=own_database_url, **place) as command:
        command.until("^Shulian 数链: http://127")

        assert httpx.get(f"http://127.0.0.1:{port}/readyz").status_code == 200
    assert not (data / "cluster").exists()


def test_web_holds_as_many_connections_as_the_system_allows(
    home: Path, data: Path, built: Path, own_database_url: str
) -> None:
    port = free_port()
    place = {"SHULIAN_DATA": data, "SHULIAN_CLIENT": built, "SHULIAN_PORT": port}
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, 1000), hard))
    try:
        with running("web", home=home, DATABASE_URL=own_database_url, **place) as command:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
            wait_until(responds(f"http://127.0.0.1:{port}/readyz"))
            limits = resource.prlimit(command.process.pid, resource.RLIMIT_NOFILE)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

    assert limits == (hard, hard)


def test_tells_programs_everything_in_json(
    home: Path, data: Path, built: Path, own_database_url: str
) -> None:
    port = free_port()
    with running(
        "web",
        home=home,
        DATABASE_URL=own_database_url,
        SHULIAN_DATA=data,
        SHULIAN_CLIENT=built,
        SHULIAN_PORT=port,
        SHULIAN_LOG="json",
    ) as command:
        wait_until(responds(f"http://127.0.0.1:{port}/readyz"))
        answer = httpx.get(f"http://127.0.0.1:{port}/api/parks?token=secret")
        command.end(signal.SIGTERM)

    lines = [json.loads(line) for line in command.err]
    served = [line for line in lines if line["event"] == "served"]
    assert [(one["method"], one["path"], one["status"]) for one in served] == [
        ("GET", "/api/parks", 200)
    ]
    assert served[0]["request"] == answer.headers["x-request-id"]
    assert {line["process"] for line in lines} == {"web"}


def test_a_worker_ends_when_it_is_told_to(home: Path, data: Path, own_database_url: str) -> None:
    place = {"DATABASE_URL": own_database_url, "SHULIAN_DATA": str(data), "SHULIAN_LOG": "json"}
    with closing(Database(own_database_url, pool=1)) as database, database.transaction() as db:
        enqueue(db, ForgetMessages())
    with running("tasks", home=home, **place) as command:
        command.until("old messages deleted")

        assert command.end(signal.SIGTERM) == 0


def test_a_taken_port_is_refused(
    home: Path, data: Path, built: Path, own_database_url: str
) -> None:
    port = free_port()
    place = {"SHULIAN_DATA": str(data), "SHULIAN_CLIENT": str(built), "SHULIAN_PORT": str(port)}
    with running("web", home=home, DATABASE_URL=own_database_url, **place):
        wait_until(responds(f"http://127.0.0.1:{port}/readyz"))
        for words in (["web"], ["serve"]):
            said = run(*words, home=home, DATABASE_URL=own_database_url, **place, **CHINESE)

            assert said.complaint == (
                f"127.0.0.1 的端口 {port} 已被占用。"
                "请先停止占用它的程序，或用 SHULIAN_PORT 换一个端口。"
            )
