from collections.abc import Generator

import psycopg
import pytest

from shulian.kit.postgres.address import for_libpq
from shulian.kit.postgres.databases import create_database, drop_database
from shulian.kit.postgres.errors import (
    AddressWrong,
    EncodingWrong,
    ExtensionRefused,
    SearchBlind,
    TooOld,
    Unreachable,
)
from shulian.kit.postgres.requirements import check, check_version
from shulian.kit.postgres.server import Server


def _make(server: Server, name: str, options: str) -> str:
    """A database made with `options`, which only SQL can say."""
    with psycopg.connect(for_libpq(server.url), autocommit=True) as connection:
        connection.execute(f"create database {name} template template0 {options}".encode())
    return server.url.replace("/shulian?", f"/{name}?")


@pytest.fixture
def empty(postgres: Server) -> Generator[str]:
    yield create_database(postgres.url, "without_extensions")
    drop_database(postgres.url, "without_extensions")


def test_a_fresh_database_is_accepted(empty: str) -> None:
    check(empty)


def test_a_migrated_database_is_accepted(database_url: str) -> None:
    check(database_url)


def test_checking_changes_nothing(empty: str) -> None:
    check(empty)

    with psycopg.connect(for_libpq(empty)) as connection:
        rows = connection.execute("select extname from pg_extension").fetchall()
    assert rows == [("plpgsql",)]


def test_extensions_in_another_schema_are_found(empty: str) -> None:
    with psycopg.connect(for_libpq(empty)) as connection:
        connection.execute('create schema "Else"')
        connection.execute('create extension pg_trgm schema "Else"')

    check(empty)


def test_a_user_who_may_not_install_is_told_which_extension(postgres: Server, empty: str) -> None:
    with psycopg.connect(for_libpq(postgres.url), autocommit=True) as connection:
        connection.execute("create role plain login")

    with pytest.raises(ExtensionRefused) as failure:
        check(empty.replace("shulian@", "plain@"))

    assert failure.value.params == {"name": "btree_gist"}


def test_a_user_who_finds_everything_installed_is_accepted(
    postgres: Server, own_database_url: str
) -> None:
    with psycopg.connect(for_libpq(postgres.url), autocommit=True) as connection:
        connection.execute("create role reader login")

    check(own_database_url.replace("shulian@", "reader@"))


def test_an_encoding_without_chinese_is_refused(postgres: Server) -> None:
    url = _make(postgres, "in_latin", "encoding 'LATIN1' locale 'C'")

    with pytest.raises(EncodingWrong) as failure:
        check(url)

    assert failure.value.params == {"encoding": "LATIN1"}


def test_a_locale_that_hides_chinese_from_the_search_is_refused(postgres: Server) -> None:
    url = _make(postgres, "in_c", "encoding 'UTF8' locale 'C'")

    with pytest.raises(SearchBlind):
        check(url)


@pytest.mark.parametrize(("number", "found"), [(140_012, "14.12"), (90_624, "9.624")])
def test_a_server_older_than_15_is_refused(number: int, found: str) -> None:
    with pytest.raises(TooOld) as failure:
        check_version(number)

    assert failure.value.params == {"found": found, "needed": 15}


def test_a_server_of_version_15_is_accepted() -> None:
    check_version(150_000)


def test_a_database_that_is_not_there_is_one_line(postgres: Server) -> None:
    with pytest.raises(Unreachable) as failure:
        check(postgres.url.replace("/shulian?", "/nothing?"))

    reason = str(failure.value.params["reason"])
    assert reason.endswith('FATAL: database "nothing" does not exist')
    assert "\n" not in reason


def test_a_port_where_nobody_answers_is_one_line() -> None:
    with pytest.raises(Unreachable) as failure:
        check("postgresql://u:secret@127.0.0.1:1/d")

    reason = str(failure.value.params["reason"])
    assert "Connection refused" in reason
    assert "secret" not in reason
    assert "\n" not in reason


@pytest.mark.parametrize(
    "url",
    ["mysql://h/d", "sqlite:///x", "not an address", "postgresql://[h/d", "postgresql://h/d?x=1"],
)
def test_what_is_not_an_address_is_refused(url: str) -> None:
    with pytest.raises(AddressWrong):
        check(url)
