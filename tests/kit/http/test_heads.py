"""HEAD where there is a GET."""

from collections.abc import AsyncGenerator

from litestar import Litestar, Response, get
from litestar.response import Stream
from litestar.testing import TestClient
from litestar.types import ASGIApp

from shulian.kit.http.heads import with_heads


@get("/page")
async def page() -> Response[str]:
    return Response("words", headers={"etag": '"1"'})


@get("/endless")
async def endless() -> Stream:
    async def pieces() -> AsyncGenerator[bytes]:
        while True:
            yield b"more\n"

    return Stream(pieces(), media_type="text/event-stream")


def client() -> TestClient[ASGIApp]:
    return TestClient(with_heads(Litestar([page, endless], openapi_config=None)))


def test_has_the_headers_and_no_content() -> None:
    with client() as asker:
        told, got = asker.head("/page"), asker.get("/page")

    assert (told.status_code, told.content) == (200, b"")
    assert dict(told.headers) == dict(got.headers)


def test_ends_where_a_get_would_not() -> None:
    with client() as asker:
        told = asker.head("/endless")

    assert (told.status_code, told.content) == (200, b"")
    assert told.headers["content-type"] == "text/event-stream; charset=utf-8"


def test_get_still_has_its_content() -> None:
    with client() as asker:
        assert asker.get("/page").text == "words"
