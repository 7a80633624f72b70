"""Where an installation keeps its things."""

import os
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.commands import free_port
from tests.processes import talking

from shulian.cli.installation import (
    ClientMissing,
    PortRefused,
    PortTaken,
    expect_client,
    expect_free,
    folder_of,
    keep,
    secret_of,
)
from shulian.cli.ticket_keys import TicketKeysBroken, add_ticket_key, ticket_keys_of
from shulian.kit.folders import NoHome
from shulian.kit.postgres.errors import NotAFolder
from shulian.settings import read_settings

CHECKOUT = Path(__file__).parents[2]


def test_the_secret_is_made_once_and_is_nobody_elses(tmp_path: Path) -> None:
    folder = tmp_path / "data"

    first, second = secret_of(folder), secret_of(folder)

    assert first == second
    assert len(bytes.fromhex(first)) == 32
    assert (folder / "secret").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in folder.iterdir()] == ["secret"]


def test_processes_that_start_at_once_have_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        secrets = set(threads.map(secret_of, [tmp_path / "data"] * 64))

    assert len(secrets) == 1
    assert len(secrets.pop()) == 64


def test_each_installation_has_its_own_secret(tmp_path: Path) -> None:
    assert secret_of(tmp_path / "one") != secret_of(tmp_path / "two")


def test_there_is_no_secret_where_there_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(NotAFolder):
        secret_of(tmp_path / "file" / "data")
    with pytest.raises(NotAFolder):
        keep(tmp_path / "file", "mark", "words")


def test_the_keys_of_tickets_are_made_once_and_are_nobody_elses(tmp_path: Path) -> None:
    first, second = ticket_keys_of(tmp_path), ticket_keys_of(tmp_path)

    assert first == second
    assert [(key, len(seed)) for key, seed in first.seeds.items()] == [(1, 32)]
    assert (tmp_path / "ticket-keys").stat().st_mode & 0o777 == 0o600


def test_a_new_key_signs_and_the_old_ones_are_believed(tmp_path: Path) -> None:
    before = ticket_keys_of(tmp_path)

    added = [add_ticket_key(tmp_path), add_ticket_key(tmp_path)]

    after = ticket_keys_of(tmp_path)
    assert (added, after.newest, set(after.seeds)) == ([2, 3], 3, {1, 2, 3})
    assert after.seeds[1] == before.seeds[1]
    assert len(set(after.seeds.values())) == 3


def test_ids_of_keys_come_round(tmp_path: Path) -> None:
    (tmp_path / "ticket-keys").write_text(f"255 {'a' * 64}\n")

    assert add_ticket_key(tmp_path) == 0


@pytest.mark.parametrize(
    "words", ["", "1", "x " + "a" * 64, "1 " + "a" * 63, "1 zz", "256 " + "a" * 64]
)
def test_keys_that_cannot_be_read_say_so(tmp_path: Path, words: str) -> None:
    (tmp_path / "ticket-keys").write_text(words)

    with pytest.raises(TicketKeysBroken):
        ticket_keys_of(tmp_path)


def test_what_is_kept_can_be_read(tmp_path: Path) -> None:
    keep(tmp_path / "data", "mark", "words")

    assert (tmp_path / "data" / "mark").read_text() == "words"


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "localhost", "::1", "::"])  # noqa: S104  # no more than tried
def test_a_free_port_is_free(host: str) -> None:
    expect_free(host, 0)


def test_a_port_for_a_test_is_given_once_and_has_a_free_one_beside_it() -> None:
    begins_alike = f"""
import os, signal
from tests.commands import free_port
os.getpid = lambda: {os.getpid()}
print(free_port())
signal.pause()
"""
    with talking(begins_alike, path=[str(CHECKOUT)]) as other:
        theirs = int(other.line())
        ours = [free_port() for _ in range(3)]

    assert len({theirs, *ours}) == 4
    for port in ours:
        expect_free("127.0.0.1", port)
        expect_free("127.0.0.1", port + 1)


def test_a_taken_port_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortTaken) as told:
            expect_free("127.0.0.1", port)

    assert dict(told.value.params) == {"host": "127.0.0.1", "port": port}


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid", "a..b", "x" * 300, "1.2.3"])
def test_a_host_that_is_not_ours_is_refused(host: str) -> None:
    with pytest.raises(PortRefused) as told:
        expect_free(host, 8000)

    assert (told.value.params["host"], told.value.params["port"]) == (host, 8000)
    assert told.value.params["reason"]


@pytest.mark.parametrize("content", [None, "", "{", "\x00"])
def test_a_client_that_was_not_built_is_missed(tmp_path: Path, content: str | None) -> None:
    (tmp_path / ".vite").mkdir()
    if content is not None:
        (tmp_path / ".vite" / "manifest.json").write_text(content)

    with pytest.raises(ClientMissing):
        expect_client(tmp_path)


def test_a_client_that_was_built_is_there(tmp_path: Path) -> None:
    (tmp_path / ".vite").mkdir()
    (tmp_path / ".vite" / "manifest.json").write_text("{}")

    expect_client(tmp_path)


def test_the_data_folder_is_the_one_that_was_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/somebody")

    def at(data: str) -> Path:
        return folder_of(read_settings({"SHULIAN_DATA": data}))

    assert at("/data") == Path("/data")
    assert at("data") == Path.cwd() / "data"
    assert at("~/data") == Path("/home/somebody/data")
    with pytest.raises(NoHome):
        at("~nobody-of-that-name/data")


def test_else_the_data_folder_is_the_users_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/somebody")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)

    assert folder_of(read_settings({})) == Path("/home/somebody/.local/share/shulian")
