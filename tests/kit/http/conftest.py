"""A small application on the real edge: handlers that succeed and fail in every way."""

from collections.abc import Generator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import pytest
import sqlalchemy as sa
from litestar import Litestar, get, post
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import State
from litestar.middleware import DefineMiddleware
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.testing import TestClient
from litestar.types import ASGIApp

from shulian.kit.blobs import FolderBlobs
from shulian.kit.bus import Reactions
from shulian.kit.db import Database
from shulian.kit.errors import Conflict, Invalid, TooMany
from shulian.kit.http.edge import DEPENDENCIES, Edge, RequestDb, RequestLanguage, RequestNow
from shulian.kit.http.guards import ForgeryGuard, with_headers
from shulian.kit.http.problems import HANDLERS  # pyright: ignore[reportUnknownVariableType]
from shulian.kit.i18n import Catalogue
from shulian.kit.live import Hub
from shulian.kit.pages import Assets, Pages

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
KIT = Path(__file__).parents[3] / "src" / "shulian" / "kit"


@post("/api/notes", sync_to_thread=True)
def write(db: RequestDb, words: FromQuery[str], fail: FromQuery[bool] = False) -> None:  # noqa: FBT002  # a query's switch
    db.execute(sa.text("insert into note values (:words)"), {"words": words})
    if fail:
        raise Conflict


@get("/api/fail/{how:str}", sync_to_thread=True)
def fail(how: FromPath[str]) -> None:
    if how == "fields":
        raise Invalid(fields={"name": "field_invalid"})
    if how == "often":
        raise TooMany(seconds=30)
    raise RuntimeError("the secret of the house")


@get("/page/fail", sync_to_thread=True)
def fail_page() -> None:
    raise Conflict


@get("/api/number", sync_to_thread=True)
def number(count: Annotated[int, QueryParameter(ge=1)]) -> int:
    return count


@get("/api/language", sync_to_thread=True)
def language_asked(language: RequestLanguage, now: RequestNow) -> list[str]:
    return [language, now.isoformat()]


@pytest.fixture
def client(own_database_url: str, tmp_path: Path) -> Generator[TestClient[ASGIApp]]:
    database = Database(own_database_url)
    with database.transaction() as db:
        db.execute(sa.text("create table note (words text)"))
    words = Catalogue.read([KIT / "messages"])
    edge = Edge(
        database=database,
        reactions=Reactions(),
        clock=lambda: NOW,
        catalogue=words,
        pages=Pages({"kit": KIT / "templates"}, catalogue=words, assets=Assets(tmp_path)),
        blobs=FolderBlobs(tmp_path),
        hub=Hub(database.dsn),
        demo=False,
        channels=1,
    )
    app = Litestar(
        [write, fail, fail_page, number, language_asked],
        dependencies=DEPENDENCIES,
        exception_handlers=HANDLERS,
        middleware=[DefineMiddleware(ForgeryGuard, config=CSRFConfig(secret="s" * 32))],
        state=State({"edge": edge}),
        openapi_config=None,
        logging_config=None,
    )
    with TestClient(with_headers(app), raise_server_exceptions=False) as client:
        yield client
    database.close()
