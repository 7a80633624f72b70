"""The whole web application with a sale in it, seen by different people."""

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient
from tests.park.plans import imported
from tests.ticketing.houses import NOW, House, open_house, theatre
from tests.ticketing.routes.shops import Shop, served

from shulian.app.main import create_app
from shulian.identity import api as identity
from shulian.identity.types import Actor
from shulian.kit.db import Database, Db
from shulian.kit.postgres.databases import create_database
from shulian.kit.postgres.server import Server
from shulian.settings import read_settings
from shulian.ticketing.types import PERMISSIONS

SECRET = "s" * 32


@dataclass
class Counter:
    """A running application, from outside and from behind, and its clock."""

    client: TestClient[Any]
    database: Database
    occasion: str
    seated: str
    online: str
    operator: str
    organizer: dict[str, str]
    """The headers by which people's programs say who they are."""
    ann: dict[str, str]
    ben: dict[str, str]
    now: datetime = NOW

    def call(
        self, who: dict[str, str], method: str, path: str, body: object = None, **headers: str
    ) -> Any:
        """Call the API as somebody."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.request(method, f"/api{path}", json=body, headers={**who, **named})

    def placed(self, *wanted: dict[str, object], **headers: str) -> Any:
        """What Ann orders."""
        path = f"/occasions/{self.occasion}/orders"
        return self.call(self.ann, "POST", path, {"wanted": wanted}, **headers)

    def seats(self, *numbers: int) -> dict[str, object]:
        """Those seats."""
        return {"type": self.seated, "seats": [f"yq-seat-{one}" for one in numbers]}


@pytest.fixture
def counter(own_database_url: str, built: Path, tmp_path: Path) -> Generator[Counter]:
    """An application of the test's own."""
    with closing(Database(own_database_url)) as database:
        with database.transaction() as db:
            imported(db, theatre())
            house = open_house(db)
            headers = [_headers(db, who) for who in (house.organizer, house.ann, house.ben)]
        settings = read_settings(
            {
                "DATABASE_URL": own_database_url,
                "SHULIAN_CLIENT": str(built),
                "SHULIAN_TEST_PAYMENTS": "1",
            }
        )
        app = create_app(settings, data=tmp_path, secret=SECRET, clock=lambda: made.now)
        with TestClient(app, base_url="http://park.example") as client:
            made = _counter(client, database, house, headers)
            yield made


def _counter(
    client: TestClient[Any], database: Database, house: House, headers: list[dict[str, str]]
) -> Counter:
    organizer, ann, ben = headers
    return Counter(
        client,
        database,
        str(house.occasion.id),
        str(house.seated.id),
        str(house.online.id),
        str(house.operator.id),
        organizer,
        ann,
        ben,
    )


def _headers(db: Db, who: Actor) -> dict[str, str]:
    scopes = frozenset(one for one in PERMISSIONS if who.may(one))
    _, token = identity.create_token(db, who, name="test", scopes=scopes, days=30, now=NOW)
    return {"authorization": f"Bearer {token}", "accept-language": "en"}


@pytest.fixture
def shop(own_database_url: str, tmp_path: Path) -> Generator[Shop]:
    """The pages, with an occasion on sale, of the test's own."""
    with served(own_database_url, tmp_path) as shop:
        yield shop


@pytest.fixture(scope="session")
def still_shop(
    postgres: Server, migrated: str, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Shop]:
    """The same for all tests that change nothing in its database."""
    url = create_database(postgres.url, "still_shop", template=migrated)
    with served(url, tmp_path_factory.mktemp("still_shop")) as shop:
        yield shop
