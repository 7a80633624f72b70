"""Databases of a server, made and removed as wholes."""

import psycopg
from psycopg import sql

from shulian.kit.postgres.address import for_libpq, with_database


def create_database(url: str, name: str, *, template: str = "template1") -> str:
    """Make the database `name` as a copy of `template`; its URL.

    url       of another database of the server
    template  a database that nobody is connected to
    """
    statement = sql.SQL("create database {} template {}")
    _execute(url, statement.format(sql.Identifier(name), sql.Identifier(template)))
    return with_database(url, name)


def drop_database(url: str, name: str) -> None:
    """Remove the database `name` if there is one, whoever is connected to it."""
    statement = sql.SQL("drop database if exists {} with (force)")
    _execute(url, statement.format(sql.Identifier(name)))


def _execute(url: str, statement: sql.Composed) -> None:
    with psycopg.connect(for_libpq(url), autocommit=True) as connection:
        connection.execute(statement)
