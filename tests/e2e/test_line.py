"""The line and the waiting list in a real browser: places that move by themselves, and are told."""

from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from tests.e2e.conftest import Site, Visitors
from tests.e2e.evenings import actor
from tests.e2e.test_access import faults

from shulian.app.reactions import reactions
from shulian.booking.types import Span
from shulian.kit.bus import Bus
from shulian.kit.clock import system_clock
from shulian.kit.db import Database
from shulian.kit.postgres.server import Server
from shulian.kit.text import Text
from shulian.park.types import SpaceId
from shulian.ticketing import api
from shulian.ticketing.types import Fen, Wanted


@dataclass(frozen=True)
class Sales:
    """Occasions of these tests' own."""

    soon: str
    """Whose sale begins in a quarter of an hour."""
    full: str
    """Of which every ticket is sold."""


@pytest.fixture(scope="module")
def sales(site: Site) -> Sales:
    """Two occasions."""
    return Sales(_occasion(site, 62, 15), _occasion(site, 63, -1, sold=2))


def _occasion(site: Site, days: int, minutes: int, *, sold: int = 0) -> str:
    """An occasion on another day, whose sale begins in so many minutes; `sold` of 2 are sold."""
    with (
        Server.joined(site.data) as url,
        closing(Database(url)) as database,
        database.transaction() as db,
    ):
        now, bus, who = system_clock(), Bus(db, reactions()), actor(db, "organizer")
        start = now + timedelta(days=days)
        span = Span(start, start + timedelta(hours=1))
        made = api.add_occasion(
            db,
            bus,
            who,
            organizer=who.belongings[0].organization.id,
            title=Text("排队测试 · 示例", "Line test · sample"),
            about=Text(),
            space=SpaceId("shulian"),
            span=span,
            now=now,
        )
        name, sale = Text("普通票", "Visitor"), Span(now + timedelta(minutes=minutes), start)
        kind = api.add_type(
            db, bus, who, made.id, name=name, price=Fen(0), capacity=2, sale=sale, now=now
        )
        api.open_occasion(db, bus, who, made.id, now=now)
        if sold:
            api.place(db, bus, who, made.id, [Wanted(kind.id, sold)], now=now)
        return f"/occasions/{made.id}"


def test_a_place_moves_up_by_itself_and_keeps_the_keyboard(visit: Visitors, sales: Sales) -> None:
    first, second = (visit(sales.soon, who=who, language="en") for who in ("firm", "visitor"))
    for page in (first, second):
        page.get_by_role("link", name="Take a place").click()
        page.get_by_role("button", name="Take a place").click()
    place = second.get_by_role("heading", level=2)
    expect(place).to_have_text("1 before you")
    leave = second.get_by_role("button", name="Leave the line")
    leave.focus()

    first.get_by_role("button", name="Leave the line").click()

    expect(place).to_have_text("You are next")
    expect(second.locator("[data-line-said]")).to_have_text("You are next")
    expect(leave).to_be_focused()
    second.keyboard.press("Enter")
    expect(place).to_have_text("You have left the line")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_pages_of_those_who_wait_are_accessible(
    visit: Visitors, sales: Sales, language: str
) -> None:
    page = visit(f"{sales.soon}/queue", who="operator", language=language)
    found = faults(page)
    page = visit(f"{sales.full}/waiting", who="operator", language=language)
    page.locator("main form button").last.click()
    page.wait_for_url("**done=waiting")
    found += faults(page)
    page.locator("form[action$=over] button").click()
    page.wait_for_url("**done=over")
    page.goto(f"{sales.full}/waiting")

    assert found + faults(page) == []
