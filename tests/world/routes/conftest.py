"""The whole web application on a database with the small park in it, seen by different people."""

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient
from tests.identity.accounts import actor, administrator, person
from tests.park.plans import LATER, NOW, imported

from shulian.app.main import create_app
from shulian.identity import api as identity
from shulian.identity.types import Actor
from shulian.kit.db import Database, Db
from shulian.settings import read_settings
from shulian.world.types import PERMISSIONS

SECRET = "s" * 32


@dataclass(frozen=True)
class Site:
    """A running application, from outside and from behind."""

    client: TestClient[Any]
    database: Database
    boss: Actor
    moderator: dict[str, str]
    """The headers by which a moderator's program says who it is …"""
    member: dict[str, str]
    """… and those of somebody with an account and no more."""


@pytest.fixture
def site(own_database_url: str, built: Path, tmp_path: Path) -> Generator[Site]:
    """An application of the test's own."""
    with closing(Database(own_database_url)) as database:
        with database.transaction() as db:
            imported(db)
            boss = administrator(db)
            moderator = _headers(db, boss)
            member = _headers(db, actor(db, person(db, "ann@firm.example")))
        settings = read_settings({"DATABASE_URL": own_database_url, "SHULIAN_CLIENT": str(built)})
        app = create_app(settings, data=tmp_path, secret=SECRET, clock=lambda: LATER)
        with TestClient(app, base_url="http://park.example") as client:
            client.follow_redirects = False
            yield Site(client, database, boss, moderator, member)


def _headers(db: Db, who: Actor) -> dict[str, str]:
    scopes = frozenset(one for one in PERMISSIONS if who.may(one))
    _, token = identity.create_token(db, who, name="test", scopes=scopes, days=1, now=NOW)
    return {"authorization": f"Bearer {token}", "accept-language": "en"}
