"""The whole web application with a congress in it, seen by those who propose, judge and decide."""

from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from httpx import Response
from litestar.testing import TestClient
from tests.congress.callers import call, reviewer
from tests.congress.gatherings import NOW, gather
from tests.identity.accounts import Ticker
from tests.park.routes.reading import Page

from shulian.app.main import create_app
from shulian.congress import api
from shulian.congress.types import PERMISSIONS, CongressId
from shulian.identity import api as identity
from shulian.identity.types import Actor
from shulian.kit.db import Database, Db
from shulian.settings import read_settings


@dataclass(frozen=True)
class CallSite:
    """A running application whose congress calls for sessions."""

    client: TestClient[Any]
    database: Database
    clock: Ticker
    congress: CongressId
    headers: dict[str, dict[str, str]]
    """By which pia (makes the congress), rita (judges) and vera (proposes) say who they are."""

    def page(self, who: str, path: str, language: str = "en", status: int = 200) -> Page:
        """A page."""
        answer = self.get(who, path, language)
        assert answer.status_code == status, answer.text
        return Page(answer.text)

    def get(self, who: str, path: str, language: str = "en") -> Response:
        """What is at an address."""
        self.client.cookies.clear()
        return self.client.get(path, headers=self._told(who, language))

    def send(self, who: str, path: str, **form: str | list[str]) -> Response:
        """What comes of a form."""
        self.client.cookies.clear()
        told = self._told(who, "en")
        return self.client.post(path, data=form, headers=told, follow_redirects=False)

    def _told(self, who: str, language: str) -> dict[str, str]:
        own = self.headers[who] if who else {}
        return {**own, "accept": "text/html", "accept-language": language}


@contextmanager
def opened(database_url: str, built: Path, folder: Path) -> Generator[CallSite]:
    """The application on an empty database, in which a congress calls for sessions."""
    clock = Ticker()
    clock.now = NOW
    with closing(Database(database_url)) as database:
        with database.transaction() as db:
            made = gather(db)
            call(made)
            api.release(db, made.bus, made.planner, made.congress, name="v1", now=NOW)
            people = {"pia": made.planner, "vera": made.visitor, "rita": reviewer(made)}
            headers = {name: _headers(db, who) for name, who in people.items()}
        told = {"DATABASE_URL": database_url, "SHULIAN_CLIENT": str(built)}
        app = create_app(read_settings(told), data=folder, secret="s" * 32, clock=clock)
        with TestClient(app, base_url="http://park.example") as client:
            yield CallSite(client, database, clock, made.congress, headers)


def _headers(db: Db, who: Actor) -> dict[str, str]:
    assert who.person is not None
    scopes = frozenset(one for one in PERMISSIONS if who.may(one))
    _, token = identity.create_token(db, who, name="test", scopes=scopes, days=30, now=NOW)
    return {"authorization": f"Bearer {token}"}
