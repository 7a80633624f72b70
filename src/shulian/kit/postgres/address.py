"""Addresses of databases, as the three ways in which people and libraries write them."""

from urllib.parse import quote, urlsplit

from shulian.kit.postgres.errors import AddressWrong

_SCHEMES = {"postgres", "postgresql", "postgresql+psycopg"}


def for_libpq(url: str) -> str:
    """`url` as libpq and psycopg read it."""
    scheme, separator, rest = url.partition("://")
    if not separator or scheme not in _SCHEMES:
        raise AddressWrong(reason=f"{scheme}://" if separator else "no scheme")
    return f"postgresql://{rest}"


def with_database(url: str, name: str) -> str:
    """`url` with another database named."""
    return urlsplit(url)._replace(path="/" + quote(name, safe="")).geturl()
