import psycopg
import pytest

from shulian.kit.postgres.address import for_libpq, with_database
from shulian.kit.postgres.databases import create_database, drop_database
from shulian.kit.postgres.errors import AddressWrong
from shulian.kit.postgres.server import Server


def _names(url: str) -> list[str]:
    with psycopg.connect(for_libpq(url)) as connection:
        rows = connection.execute("select relname from pg_class where relname like 'thing%'")
        return [row[0] for row in rows]


def test_a_database_is_a_copy_of_its_template(postgres: Server) -> None:
    template = create_database(postgres.url, "with_a_thing")
    with psycopg.connect(for_libpq(template)) as connection:
        connection.execute("create table thing ()")

    copy = create_database(postgres.url, "copy_of_it", template="with_a_thing")

    assert _names(copy) == ["thing"]


def test_a_name_may_hold_any_character(postgres: Server) -> None:
    url = create_database(postgres.url, '数链 "%/?')

    assert _names(url) == []


def test_a_dropped_database_is_gone_though_somebody_is_connected(postgres: Server) -> None:
    url = create_database(postgres.url, "to_drop")
    with psycopg.connect(for_libpq(url)):
        drop_database(postgres.url, "to_drop")

    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(for_libpq(url))


def test_dropping_what_is_not_there_is_no_error(postgres: Server) -> None:
    drop_database(postgres.url, "never_was")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_an_address_may_be_written_in_three_ways(scheme: str) -> None:
    assert for_libpq(f"{scheme}://u@h/d?x=1") == "postgresql://u@h/d?x=1"


@pytest.mark.parametrize(
    ("url", "reason"),
    [("mysql://u@h/d", "mysql://"), ("/var/db.sqlite", "no scheme"), ("", "no scheme")],
)
def test_an_address_of_something_else_is_refused(url: str, reason: str) -> None:
    with pytest.raises(AddressWrong) as failure:
        for_libpq(url)

    assert failure.value.params == {"reason": reason}


def test_another_database_of_the_same_server_keeps_the_rest_of_the_address() -> None:
    url = with_database("postgresql+psycopg://shulian@/shulian?host=/run/x&port=5432", "b")

    assert url == "postgresql+psycopg://shulian@/b?host=/run/x&port=5432"
