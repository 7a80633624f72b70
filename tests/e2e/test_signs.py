"""Halls say in the scene what is on in them and what comes, while somebody looks at it."""

import re
from contextlib import closing
from datetime import timedelta

from playwright.sync_api import Locator, Page, expect
from tests.e2e.conftest import Site, Visitors
from tests.e2e.congresses import MINE
from tests.e2e.evenings import SCENE, actor
from tests.e2e.test_scene import BOXES, meets

from shulian.app.reactions import reactions
from shulian.booking.types import Span
from shulian.congress import api
from shulian.congress.types import (
    Forum,
    ForumId,
    Hall,
    Minutes,
    Placement,
    Session,
    SessionId,
    SessionKind,
)
from shulian.kit.bus import Bus
from shulian.kit.clock import system_clock
from shulian.kit.db import Database
from shulian.kit.ids import new_id
from shulian.kit.postgres.server import Server
from shulian.kit.text import Text
from shulian.park.types import SpaceId

LONG = Text(
    "面向元宇宙产业园区的大规模三维数字孪生" * 3, "Large-scale three-dimensional twins " * 4
)


WORKSHOP, STUDIO = (SpaceId(f"science-hall-f03-{one}") for one in ("incubator", "broadcast"))


def test_a_session_begins_while_somebody_looks(site: Site, visit: Visitors) -> None:
    page = _opened(visit, STUDIO)
    _public(site, "begins", STUDIO, Text("开场", "Opening"), begins=timedelta(seconds=20))

    sign = _sign(page, STUDIO)
    expect(sign).to_have_text(re.compile("^★ [0-9]{2}:[0-9]{2} · Opening$"), timeout=60_000)
    expect(sign).to_have_text("★ Opening", timeout=60_000)


def test_a_long_title_is_cut_and_is_over_nothing_else(site: Site, visit: Visitors) -> None:
    _public(site, "long-title", WORKSHOP, LONG, begins=timedelta(minutes=-5))
    for language, begin in (("zh-CN", "★ 面向元宇宙"), ("en", "★ Large-scale")):
        page = _opened(visit, WORKSHOP, language)
        expect(_sign(page, WORKSHOP)).to_contain_text(begin, timeout=60_000)

        [sign] = page.evaluate(f"({BOXES})", f'.label.is-shown[data-space="{WORKSHOP}"]')
        others = page.evaluate(f"({BOXES})", f'.label.is-shown:not([data-space="{WORKSHOP}"])')
        assert sign[2] - sign[0] < 420
        assert [one for one in others if meets(sign, one)] == []


def _public(site: Site, slug: str, hall: SpaceId, title: Text, *, begins: timedelta) -> None:
    """A congress of one session of twenty minutes in a hall, so long after now; it is released."""
    with (
        Server.joined(site.data) as url,
        closing(Database(url)) as database,
        database.transaction() as db,
    ):
        now, bus, who = system_clock(), Bus(db, reactions()), actor(db, MINE)
        it = api.add_congress(
            db,
            bus,
            who,
            organizer=who.belongings[0].organization.id,
            park=SpaceId("shulian"),
            slug=slug,
            title=Text("示例大会", "Sample Congress"),
            first=(now - timedelta(days=1)).date(),
            last=(now + timedelta(days=1)).date(),
            now=now,
        )
        hours = (Span(now - timedelta(hours=1), now + timedelta(hours=1)),)
        api.put_hall(db, bus, who, it.id, Hall(hall, Text(), 300, hours), now=now)
        forum = Forum(ForumId(new_id(now)), Text("示例论坛", "Sample forum"))
        api.add_forum(db, bus, who, it.id, forum, now=now)
        one = Session(
            SessionId(new_id(now)),
            forum.id,
            SessionKind.FORUM,
            title,
            Minutes(20),
            placed=Placement(hall, now + begins),
        )
        api.add_session(db, bus, who, it.id, one, now=now)
        api.release(db, bus, who, it.id, name="First", now=now)


def _opened(visit: Visitors, hall: SpaceId, language: str = "en") -> Page:
    page = visit(f"{SCENE}&space={hall}", language=language)
    page.locator("#scene[data-ready=true]").wait_for(timeout=120_000)
    return page


def _sign(page: Page, hall: SpaceId) -> Locator:
    return page.locator(f'.label.is-shown[data-space="{hall}"] .badge')
