"""A congress of the tests' own in the Science Hall: three halls, two days, four sessions."""

from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta

from playwright.sync_api import Locator, Page
from tests.e2e.conftest import Site
from tests.e2e.evenings import actor

from shulian.app.reactions import reactions
from shulian.booking.types import Span
from shulian.congress import api
from shulian.congress.rules import days
from shulian.congress.types import (
    Congress,
    Forum,
    ForumId,
    Hall,
    Minutes,
    Placement,
    Session,
    SessionId,
    SessionKind,
    Speaker,
    SpeakerId,
)
from shulian.identity.types import Actor
from shulian.kit.bus import Bus
from shulian.kit.clock import system_clock
from shulian.kit.db import Database, Db
from shulian.kit.ids import new_id
from shulian.kit.postgres.server import Server
from shulian.kit.text import Text
from shulian.park.types import SpaceId

EAST, WEST, UPPER = (SpaceId(f"science-hall-{one}") for one in ("e1", "w1", "e2"))
MINE = "organizer"
"""Who organizes it."""


@dataclass(frozen=True)
class Made:
    """The congress, and its sessions by their English title."""

    slug: str
    sessions: dict[str, SessionId]

    @property
    def editor(self) -> str:
        """The page of its timetable."""
        return f"/congresses/{self.slug}/desk/timetable"

    @property
    def page(self) -> str:
        """The page of its programme."""
        return f"/congresses/{self.slug}"

    def block(self, page: Page, title: str) -> Locator:
        """A session on the sheet."""
        return page.locator(f'[data-block="{self.sessions[title]}"]')

    def waiting(self, page: Page, title: str) -> Locator:
        """A session in the tray."""
        return page.locator(f'[data-waiting="{self.sessions[title]}"]')


def congress(
    site: Site, slug: str, *, days_away: int = 60, released: bool = False, bare: bool = False
) -> Made:
    """A new one: Models at nine and Silicon at eleven, Robots and Light without a place; or `bare`.

    What is released holds its halls: each that is, is on days of its own.
    """
    with (
        Server.joined(site.data) as url,
        closing(Database(url)) as database,
        database.transaction() as db,
    ):
        who = actor(db, MINE)
        it = _begun(db, who, slug, days_away)
        made = Made(slug, {} if bare else _filled(db, who, it))
        if released:
            bus, now = Bus(db, reactions()), system_clock()
            api.release(db, bus, who, it.id, name="First", now=now)
        return made


def _begun(db: Db, who: Actor, slug: str, days_away: int) -> Congress:
    now = system_clock()
    first = now.date() + timedelta(days=days_away)
    return api.add_congress(
        db,
        Bus(db, reactions()),
        who,
        organizer=who.belongings[0].organization.id,
        park=SpaceId("shulian"),
        slug=slug,
        title=Text("示例大会", "Sample Congress"),
        first=first,
        last=first + timedelta(days=1),
        now=now,
    )


def _filled(db: Db, who: Actor, it: Congress) -> dict[str, SessionId]:
    """Halls and sessions: these, by their English title."""
    now, bus = system_clock(), Bus(db, reactions())
    for hall in (EAST, WEST, UPPER):
        api.put_hall(db, bus, who, it.id, Hall(hall, Text(), 300, _hours(it)), now=now)
    forum = Forum(ForumId(new_id(now)), Text("示例论坛", "Sample forum"))
    api.add_forum(db, bus, who, it.id, forum, now=now)
    ann = Speaker(SpeakerId(new_id(now)), Text("安示例", "Ann Sample"))
    api.add_speaker(db, bus, who, it.id, ann, now=now)
    morning = days.midnight(it.first, it.timezone) + timedelta(hours=9)
    places = {
        "Models": Placement(EAST, morning),
        "Silicon": Placement(WEST, morning + timedelta(hours=2)),
        "Robots": None,
        "Light": None,
    }
    names = {"Models": "大模型", "Silicon": "硅", "Robots": "机器人", "Light": "光影"}
    sessions: dict[str, SessionId] = {}
    for title, placed in places.items():
        which = sessions[title] = SessionId(new_id(now))
        speakers = (ann.id,) if title in ("Models", "Robots") else ()
        session = Session(
            which,
            forum.id,
            SessionKind.FORUM,
            Text(names[title], title),
            Minutes(60),
            speakers=speakers,
            placed=placed,
        )
        api.add_session(db, bus, who, it.id, session, now=now)
    return sessions


def _hours(it: Congress) -> tuple[Span, ...]:
    days_ = [days.midnight(day, it.timezone) for day in days.days_of(it)]
    return tuple(Span(one + timedelta(hours=9), one + timedelta(hours=18)) for one in days_)
