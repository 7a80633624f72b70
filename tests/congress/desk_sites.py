"""The whole web application with a congress in it, and those who stand at its desk."""

import json
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from httpx import Response
from litestar.testing import TestClient
from tests.congress.gatherings import NOW, Gathering, gather
from tests.park.plans import PARK
from tests.park.routes.reading import Page

from shulian.app.main import create_app
from shulian.congress import api
from shulian.congress.types import PERMISSIONS, CongressId, Programme, SessionId
from shulian.identity import api as identity
from shulian.identity.types import READ, Actor
from shulian.kit.db import Database, Db
from shulian.settings import read_settings

SLUG = "sample-2026"
DESK = f"/congresses/{SLUG}/desk"


@dataclass
class DeskSite:
    """A running application with the gathering of the tests."""

    client: TestClient[Any]
    database: Database
    congress: CongressId
    gathering: Gathering
    headers: dict[str, dict[str, str]]
    """By which pia (plans), hans (makes the forum on models), vera (a visitor) say who they are."""

    @property
    def park(self) -> str:
        """The id of its park."""
        return PARK

    @property
    def api(self) -> str:
        """Where the draft is for programs."""
        return f"/api/congresses/{self.congress}/draft"

    def call(
        self, who: str, method: str, path: str, body: object = None, language: str = "en"
    ) -> Response:
        """What is answered to a program of somebody; nobody is a guest."""
        self.client.cookies.clear()  # programs keep none
        told = {"accept-language": language, **(self.headers[who] if who else {})}
        return self.client.request(method, path, json=body, headers=told)

    def get(self, who: str, path: str, language: str = "en") -> Response:
        """What a browser of somebody gets."""
        told = {"accept": "text/html", "accept-language": language}
        return self.client.get(
            path, headers={**told, **(self.headers[who] if who else {})}, follow_redirects=False
        )

    def page(
        self, path: str = "", who: str = "pia", language: str = "en", status: int = 200
    ) -> Page:
        """A page of the desk."""
        answer = self.get(who, f"{DESK}{path}", language)
        assert answer.status_code == status, answer.text
        return Page(answer.text)

    def send(self, path: str, who: str = "pia", language: str = "en", **form: str) -> Response:
        """What comes of a form of the desk."""
        told = {"accept": "text/html", "accept-language": language, **self.headers[who]}
        named = {name.replace("__", "."): value for name, value in form.items()}
        return self.client.post(f"{DESK}{path}", data=named, headers=told, follow_redirects=False)

    def after(self, path: str, who: str = "pia", **form: str) -> str:
        """Where a form of the desk leads once it is done."""
        answer = self.send(path, who, **form)
        assert answer.status_code == 303, Page(answer.text).words
        return answer.headers["location"]

    def draft(self, who: str = "pia", language: str = "en") -> Any:
        """The draft as somebody's program reads it."""
        answer = self.call(who, "GET", self.api, language=language)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def session(self, which: SessionId) -> Any:
        """A session as it stands in the draft."""
        return next(one for one in self.draft()["sessions"] if one["id"] == str(which))

    def put(self, who: str, *placements: dict[str, object]) -> Response:
        """What is answered to moves."""
        return self.call(who, "PUT", f"{self.api}/placements", {"placements": placements})

    def check(self, who: str, *placements: dict[str, object], language: str = "en") -> Response:
        """What is answered to who asks what moves would break."""
        body = {"placements": placements}
        return self.call(who, "POST", f"{self.api}/check", body, language)


@contextmanager
def opened(database_url: str, built: Path, folder: Path) -> Generator[DeskSite]:
    """The application on an empty database, in which people gather."""
    with closing(Database(database_url)) as database:
        with database.transaction() as db:
            made = gather(db)
            people = {"pia": made.planner, "hans": made.host, "vera": made.visitor}
            headers = {name: _headers(db, who) for name, who in people.items()}
        told = {"DATABASE_URL": database_url, "SHULIAN_CLIENT": str(built)}
        app = create_app(read_settings(told), data=folder, secret="s" * 32, clock=lambda: NOW)
        with TestClient(app, base_url="http://park.example") as client:
            yield DeskSite(client, database, made.congress, made, headers)


def told(which: SessionId, version: int, **what: object) -> dict[str, object]:
    """A move as JSON has it."""
    return json.loads(json.dumps({"session": str(which), "version": version, **what}))


def chosen(page: Page) -> dict[str, str]:
    """What is chosen in each list of a page, by the name of its field."""
    found: dict[str, str] = {}
    name = ""
    for tag, one in page.elements:
        if tag == "select":
            name = one["name"]
        if tag == "option" and "selected" in one:
            found[name] = one["value"]
    return found


def drafts(desk: DeskSite, *which: CongressId) -> list[Programme]:
    """The drafts of congresses as they are."""
    with desk.database.transaction() as db:
        who = desk.gathering.planner
        return [api.draft(db, who, one, now=NOW).programme for one in which]


def draft_of(desk: DeskSite) -> Programme:
    """The draft as it is."""
    return drafts(desk, desk.congress)[0]


def _headers(db: Db, who: Actor) -> dict[str, str]:
    scopes = frozenset(
        one
        for one in (*PERMISSIONS, READ)
        if who.may(one) or any(permission == one for _, permission in who.within)
    )
    _, token = identity.create_token(db, who, name="test", scopes=scopes, days=30, now=NOW)
    return {"authorization": f"Bearer {token}"}
