"""The whole web application with an occasion on sale, and people who are logged in."""

from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from httpx import Response
from litestar.testing import TestClient
from tests.park.plans import imported
from tests.park.routes.reading import Page
from tests.ticketing.houses import NOW, House, open_house, theatre

from shulian.app.main import create_app
from shulian.identity import api as identity
from shulian.identity.types import Actor
from shulian.kit.clock import Clock
from shulian.kit.db import Database, Db
from shulian.settings import read_settings


@dataclass
class Shop:
    """A running application: from outside as one of its people, and from behind."""

    client: TestClient[Any]
    database: Database
    occasion: str
    seated: str
    online: str
    headers: dict[str, dict[str, str]]
    """By which each of its people says who they are."""

    def get(self, path: str, *, who: str = "", language: str = "en") -> Response:
        """Ask for a page as a browser does."""
        asked = {"accept": "text/html", "accept-language": language}
        told = self.headers[who] if who else {}
        return self.client.get(path, headers={**asked, **told}, follow_redirects=False)

    def page(self, path: str, *, who: str = "", language: str = "en") -> Page:
        """A page that is there."""
        answer = self.get(path, who=who, language=language)
        assert answer.status_code == 200, answer.text
        return Page(answer.text)

    def send(self, path: str, *, who: str, **form: str | Sequence[str]) -> Response:
        """Send a form."""
        headers = {"accept": "text/html", "accept-language": "en", **self.headers[who]}
        return self.client.post(path, data=form, headers=headers, follow_redirects=False)


@contextmanager
def served(database_url: str, folder: Path, clock: Clock = lambda: NOW) -> Generator[Shop]:
    """The application on a migrated, empty database, in which a house is opened."""
    with closing(Database(database_url)) as database:
        with database.transaction() as db:
            imported(db, theatre())
            house = open_house(db)
            headers = {
                name: _speaks(db, who)
                for name, who in (("org", house.organizer), ("ann", house.ann), ("ben", house.ben))
            }
        told = {"DATABASE_URL": database_url, "SHULIAN_CLIENT": str(folder)}
        settings = read_settings({**told, "SHULIAN_TEST_PAYMENTS": "1"})
        app = create_app(settings, data=folder, secret="s" * 32, clock=clock)
        with TestClient(app) as client:
            yield _shop(client, database, house, headers)


def _shop(
    client: TestClient[Any], database: Database, house: House, headers: dict[str, dict[str, str]]
) -> Shop:
    ids = (house.occasion.id, house.seated.id, house.online.id)
    return Shop(client, database, *(str(one) for one in ids), headers=headers)


def _speaks(db: Db, who: Actor) -> dict[str, str]:
    scopes = [*who.permissions, *(permission for _, permission in who.within)]
    _, token = identity.create_token(db, who, name="test", scopes=scopes, days=1, now=NOW)
    return {"authorization": f"Bearer {token}"}
