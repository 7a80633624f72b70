"""An evening of the tests' own in multi-function hall 1 East, and what its visitors see of it."""

from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta

from playwright.sync_api import Locator, Page
from tests.e2e.conftest import Site

from shulian.app.grants import GRANTS
from shulian.app.reactions import reactions
from shulian.booking.types import Span
from shulian.identity import api as identity
from shulian.identity.store import people
from shulian.identity.types import Actor
from shulian.kit.bus import Bus
from shulian.kit.clock import system_clock
from shulian.kit.db import Database, Db
from shulian.kit.postgres.server import Server
from shulian.kit.text import Text
from shulian.park import api as park
from shulian.park.types import SpaceId, SpaceKind
from shulian.ticketing import api
from shulian.ticketing.types import Fen, Occasion

HALL = SpaceId("science-hall-e1")
SCENE = "/parks/shulian/scene?quality=low&still=1&date=2026-06-21&time=10:00"


@dataclass(frozen=True)
class Evening:
    """An occasion whose seats cost ¥180 each."""

    id: str
    title: str

    @property
    def page(self) -> str:
        """Its page."""
        return f"/occasions/{self.id}"

    @property
    def scene(self) -> str:
        """The scene with its seats."""
        return f"{SCENE}&space={HALL}&occasion={self.id}"


def evening(site: Site, *, days: int, title: str, rows: int = 20) -> Evening:
    """A new one so many days from now, with the seats of the first `rows` for sale."""
    with (
        Server.joined(site.data) as url,
        closing(Database(url)) as database,
        database.transaction() as db,
    ):
        occasion = _opened(db, days, title, rows)
    return Evening(str(occasion.id), title)


def _opened(db: Db, days: int, title: str, rows: int) -> Occasion:
    now, bus = system_clock(), Bus(db, reactions())
    organizer = actor(db, "organizer")
    start = now + timedelta(days=days)
    span = Span(start, start + timedelta(hours=2))
    made = api.add_occasion(
        db,
        bus,
        organizer,
        organizer=organizer.belongings[0].organization.id,
        title=Text(f"{title} · 示例", f"{title} · sample"),
        about=Text(),
        space=HALL,
        span=span,
        now=now,
    )
    sale = Span(now - timedelta(days=1), span.start)
    sold = api.add_type(
        db,
        bus,
        organizer,
        made.id,
        name=Text("普通票", "Stalls"),
        price=Fen(18_000),
        sale=sale,
        seated=True,
        now=now,
    )
    seats = park.spaces(db, kind=SpaceKind.SEAT, within=HALL)
    front = [one.id for one in seats if int(one.id[len(HALL) + 2 :][:2]) <= rows]
    api.put_seats(db, bus, organizer, sold.id, front, now=now)
    return api.open_occasion(db, bus, organizer, made.id, now=now)


def actor(db: Db, name: str) -> Actor:
    """One of those who come with the demo park."""
    email = next(one.email for one in identity.DEMO_ACCOUNTS if one.email.startswith(name))
    found = people.find_account(db, email)
    assert found is not None
    return identity.actor_of_person(db, GRANTS, found.person.id)


def seat(row: int, number: int) -> str:
    """The id of a seat."""
    return f"{HALL}-r{row:02}-s{number:02}"


def mark(page: Page, row: int, number: int) -> Locator:
    """A seat on the plan."""
    return page.locator(f'[data-seat="{seat(row, number)}"]')
