"""The whole web application with a congress in it, and those who visit it."""

from collections.abc import Generator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from httpx import Response
from litestar.testing import TestClient
from tests.congress.gatherings import MORNING, NOW, Gathering, gather
from tests.identity.accounts import PASSWORD
from tests.park.routes.reading import Page

from shulian.app.main import create_app
from shulian.app.reactions import reactions
from shulian.congress import api
from shulian.congress.types import Placement, Release, SessionId
from shulian.identity import api as identity
from shulian.identity.types import Actor
from shulian.kit.bus import Bus
from shulian.kit.db import Database, Db
from shulian.settings import read_settings

SLUG = "/congresses/sample-2026"
VERA = "vera@park.example"


@dataclass
class Visit:
    """A running application: from outside as one of its people, and from behind."""

    client: TestClient[Any]
    database: Database
    gathering: Gathering
    headers: dict[str, dict[str, str]]
    """By which pia (makes the congress), hans (a forum) and vera say who they are."""
    now: datetime = MORNING

    def get(self, path: str, *, who: str = "", language: str = "en", **headers: str) -> Response:
        """Ask for a page as a browser does."""
        self.client.cookies.clear()
        asked = {"accept": "text/html", "accept-language": language}
        told = self.headers[who] if who else {}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        all_ = {**asked, **told, **named}
        return self.client.get(path, headers=all_, follow_redirects=False)

    def page(self, path: str, *, who: str = "", language: str = "en", status: int = 200) -> Page:
        """A page."""
        answer = self.get(path, who=who, language=language)
        assert answer.status_code == status, answer.text
        return Page(answer.text)

    def send(
        self, path: str, *, who: str, hx: bool = False, form: Mapping[str, str] | None = None
    ) -> Response:
        """Send a form by a program of theirs; `hx`: as a script does."""
        self.client.cookies.clear()
        asked = {"accept": "text/html", "accept-language": "en"}
        told = {**self.headers[who], **({"hx-request": "true"} if hx else {})}
        headers = {**asked, **told}
        return self.client.post(path, data=form or {}, headers=headers, follow_redirects=False)

    def log_in(self) -> None:
        """Vera logs in in a browser."""
        self.client.cookies.clear()
        self.client.get("/login", headers={"accept": "text/html"})
        assert self.submit("/login", email=VERA, password=PASSWORD).status_code == 303

    def submit(self, path: str, **form: str) -> Response:
        """A form as the browser sends it that is logged in."""
        form["_csrf_token"] = self.client.cookies["csrf"]
        headers = {"accept": "text/html", "accept-language": "en"}
        return self.client.post(path, data=form, headers=headers, follow_redirects=False)

    @contextmanager
    def behind(self) -> Generator[Gathering]:
        """The congress from behind, in a transaction."""
        with self.database.transaction() as db:
            yield replace(self.gathering, db=db, bus=Bus(db, reactions()))

    def release(self, name: str, **moves: Placement | None) -> Release:
        """Place sessions otherwise, by the last digits of their ids, and make that public."""
        with self.behind() as made:
            for key, where in moves.items():
                made.place(session_of(key), where)
            by = (made.db, made.bus, made.planner, made.congress)
            return api.release(*by, name=name, now=self.now)


def session_of(key: str) -> SessionId:
    """The session `s31`."""
    return SessionId(UUID(int=int(key.removeprefix("s"), 16)))


@contextmanager
def visited(database_url: str, folder: Path) -> Generator[Visit]:
    """The application on a migrated, empty database, in which a congress is prepared."""
    with closing(Database(database_url)) as database:
        with database.transaction() as db:
            made = gather(db)
            people = {"pia": made.planner, "hans": made.host, "vera": made.visitor}
            headers = {name: _speaks(db, who) for name, who in people.items()}
        settings = read_settings({"DATABASE_URL": database_url, "SHULIAN_CLIENT": str(folder)})
        app = create_app(settings, data=folder, secret="s" * 32, clock=lambda: visit.now)
        with TestClient(app, base_url="http://park.example") as client:
            visit = Visit(client, database, made, headers)
            yield visit


def _speaks(db: Db, who: Actor) -> dict[str, str]:
    scopes = [*who.permissions, *(permission for _, permission in who.within)]
    _, token = identity.create_token(db, who, name="test", scopes=scopes, days=60, now=NOW)
    return {"authorization": f"Bearer {token}"}


def hours_later(count: float) -> datetime:
    """So many hours after nine o'clock of the first day."""
    return MORNING + timedelta(hours=count)
