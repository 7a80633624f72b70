"""The whole web application in one process, on a real database, with a client that was built."""

from collections.abc import Callable, Generator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from litestar.testing import TestClient
from litestar.types import ASGIApp, Receive, Scope, Send

from shulian.app.main import CALLS_A_MINUTE, create_app
from shulian.kit.clock import Clock, system_clock
from shulian.settings import read_settings

NOW = datetime(2026, 11, 22, 9, 0, 20, tzinfo=UTC)
SECRET = "s" * 64

Serve = Callable[..., httpx.Client]


@pytest.fixture(scope="module")
def serve(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[Serve]:
    """Starts an application: `serve(url, address=…, scheme=…, clock=…, calls=…)`.

    It ends with the tests of its file: one that finds no database says so again and again.
    """
    with ExitStack() as stack:

        def started(
            database_url: str,
            *,
            address: str = "192.0.2.1",
            scheme: str = "http",
            clock: Clock = system_clock,
            calls: int = CALLS_A_MINUTE,
            demo: bool = False,
            secret: str = SECRET,
        ) -> httpx.Client:
            environment = {
                "DATABASE_URL": database_url,
                "SHULIAN_CLIENT": str(built),
                "SHULIAN_DEMO": str(int(demo)),
            }
            app = create_app(
                read_settings(environment),
                data=tmp_path_factory.mktemp("data"),
                secret=secret,
                clock=clock,
                calls=calls,
            )
            client = TestClient(
                _from(app, address),
                base_url=f"{scheme}://park.example",
                raise_server_exceptions=False,
            )
            client.follow_redirects = False
            return stack.enter_context(client)

        yield started


@pytest.fixture(scope="module")
def served(serve: Serve, database_url: str) -> httpx.Client:
    """A client of the application on the shared database, where nothing may be changed."""
    return serve(database_url)


@pytest.fixture
def guest(served: httpx.Client) -> httpx.Client:
    """A guest who has not been there before."""
    served.cookies.clear()
    return served


def _from(app: ASGIApp, address: str) -> ASGIApp:
    async def placed(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["client"] = (address, 50000)
        await app(scope, receive, send)

    return placed
