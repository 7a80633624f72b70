"""The whole web application on a database with the small park in it, seen by those who book."""

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from httpx import Response
from litestar.testing import TestClient
from tests.identity.accounts import Ticker, actor, administrator, join, organization, person
from tests.park.plans import HALL, NOW, OPERATOR, imported, quiet_bus
from tests.park.routes.reading import Page

from shulian.app.main import create_app
from shulian.booking import api
from shulian.booking.types import MANAGE, Audience, BookingId, Claim, Holder, Resource, Span
from shulian.identity import api as identity
from shulian.identity.types import READ, Actor, Organization, Role
from shulian.kit.db import Database, Db
from shulian.kit.text import Text
from shulian.park.types import SpaceId
from shulian.settings import read_settings

SECRET = "s" * 32
PLAZA = SpaceId("yq-plaza")
EVENING = Span(datetime(2026, 12, 1, 20, tzinfo=UTC), datetime(2026, 12, 1, 21, tzinfo=UTC))


@dataclass(frozen=True)
class Somebody:
    """A person and the headers by which their program says who it is."""

    actor: Actor
    headers: dict[str, str]


@dataclass(frozen=True)
class Site:
    """A running application, from outside and from behind: a hall for one, a plaza for ten."""

    client: TestClient[Any]
    database: Database
    clock: Ticker
    hall: Resource
    plaza: Resource
    firm: Organization
    boss: Somebody
    """An operator."""
    ann: Somebody
    """Somebody with an account."""
    bob: Somebody
    """A member of the firm."""

    def call(
        self, who: Somebody | None, method: str, path: str, body: object = None, **headers: str
    ) -> Response:
        """What the JSON API answers."""
        self.client.cookies.clear()  # programs keep none
        told = {"accept-language": "en", **(who.headers if who else {}), **headers}
        return self.client.request(method, path, json=body, headers=told)

    def page(
        self, who: Somebody | None, path: str, language: str = "en", status: int = 200
    ) -> Page:
        """A page."""
        told = {**(who.headers if who else {}), "accept": "text/html", "accept-language": language}
        answer = self.client.get(path, headers=told)
        assert answer.status_code == status, answer.text
        return Page(answer.text)

    def send(self, who: Somebody | None, path: str, language: str = "en", **form: str) -> Response:
        """What comes of a form."""
        told = {**(who.headers if who else {}), "accept": "text/html", "accept-language": language}
        return self.client.post(path, data=form, headers=told)

    def book(
        self, who: Somebody, start: str, end: str, resource: Resource | None = None, **more: object
    ) -> Response:
        """A booking of the hall, or of something else, between two hours of 1 December in UTC."""
        claim = {
            "resource": str((resource or self.hall).id),
            "start": f"2026-12-01T{start}Z",
            "end": f"2026-12-01T{end}Z",
            "units": more.pop("units", 1),
        }
        return self.call(who, "POST", "/api/bookings", {"claims": [claim], **more})

    def booked(self, who: Somebody, start: str, end: str, **more: Any) -> BookingId:
        """The id of such a booking that there is now."""
        answer = self.book(who, start, end, **more)
        assert answer.status_code == 201, answer.text
        return BookingId(answer.json()["id"])


@pytest.fixture
def site(own_database_url: str, built: Path, tmp_path: Path) -> Generator[Site]:
    """An application of the test's own."""
    clock = Ticker()
    with closing(Database(own_database_url)) as database:
        with database.transaction() as db:
            imported(db)
            firm = organization(db, "Firm")
            ann, bob = person(db, "ann@somewhere.example"), person(db, "bob@firm.example")
            join(db, bob, firm, Role.MEMBER)
            people = [_somebody(db, one) for one in (administrator(db), actor(db, ann))]
            people.append(_somebody(db, actor(db, bob)))
            hall = api.add_resource(db, OPERATOR, space=HALL, audience=Audience.PEOPLE, now=NOW)
            plaza = api.add_resource(
                db, OPERATOR, space=PLAZA, capacity=10, audience=Audience.MEMBERS, now=NOW
            )
        settings = read_settings({"DATABASE_URL": own_database_url, "SHULIAN_CLIENT": str(built)})
        app = create_app(settings, data=tmp_path, secret=SECRET, clock=clock)
        with TestClient(app, base_url="http://park.example") as client:
            client.follow_redirects = False
            yield Site(client, database, clock, hall, plaza, firm, *people)


def allowance(site: Site, name: str = "tickets", capacity: int = 5) -> Resource:
    """Something that can be booked and is no place."""
    with site.database.transaction() as db:
        return api.add_resource(db, OPERATOR, name=Text(en=name), capacity=capacity, now=NOW)


def held_by_feature(site: Site, who: Somebody) -> BookingId:
    """What a feature above holds for somebody."""
    with site.database.transaction() as db:
        made = api.take(
            db,
            quiet_bus(db),
            [Claim(site.hall.id, EVENING)],
            source="ticketing",
            holder=Holder(who.actor.person),
            now=NOW,
        )
        return made.id


def _somebody(db: Db, who: Actor) -> Somebody:
    scopes = frozenset(one for one in (MANAGE, READ) if who.may(one))
    _, token = identity.create_token(db, who, name="test", scopes=scopes, days=30, now=NOW)
    return Somebody(who, {"authorization": f"Bearer {token}"})
