"""What a congress is for: somebody wants to see a session, it moves, and they know."""

import re

from playwright.sync_api import Page, expect
from tests.e2e.conftest import Site, Visitors
from tests.e2e.congresses import Made, congress
from tests.e2e.test_timetable import TAKEN, grab, opened

BEFORE, AFTER = "Multi-function Hall 1 West", "Multi-function Hall 2 East"
BEFORE_ZH, AFTER_ZH = "多功能厅1西", "多功能厅2东"
"""In calendars: they speak the language of the one who follows."""


def test_a_session_moves_to_another_hall_and_who_wants_to_see_it_knows(
    site: Site, visit: Visitors
) -> None:
    made = congress(site, "walked", days_away=70, released=True)
    visitor = _starred(visit, made)
    address = _followed(visitor, made)
    before = _entry(visitor, address)
    assert BEFORE_ZH in before

    organizer = opened(visit, made)
    _into_a_conflict_by_mouse(organizer, made)
    _into_a_conflict_by_keyboard(organizer, made)
    _to_a_good_hall(organizer, made)
    _released(organizer, made)

    after = _entry(visitor, address)
    assert AFTER_ZH in after
    assert _sequence(after) > _sequence(before)
    assert _uid(after) == _uid(before)
    _told(visitor, made)


def _starred(visit: Visitors, made: Made) -> Page:
    page = visit(made.page, who="visitor", language="en")
    star = page.get_by_role("button", name="Star “Silicon”")
    expect(star).to_have_attribute("aria-pressed", "false")
    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    page.get_by_role("link", name="My programme").click()
    expect(page.get_by_role("heading", name="Silicon")).to_be_visible()
    return page


def _followed(page: Page, made: Made) -> str:
    """The visitor makes an address that a calendar follows."""
    page.locator(f"a[href='{made.page}/mine/calendar']").click()
    page.locator("main form").first.get_by_role("button").click()
    address = page.locator("#field-fresh").input_value()
    assert address.endswith(".ics")
    return address


def _entry(page: Page, address: str) -> str:
    """The one session in the calendar at an address, as a program reads it, its lines whole."""
    answer = page.request.get(address)
    assert answer.ok
    assert answer.headers["content-type"].startswith("text/calendar")
    whole = answer.text().replace("\r\n ", "")
    [entry] = re.findall(r"BEGIN:VEVENT.*?END:VEVENT", whole, re.DOTALL)
    return entry


def _sequence(entry: str) -> int:
    found = re.search(r"^SEQUENCE:(\d+)", entry, re.MULTILINE)
    assert found, entry
    return int(found[1])


def _uid(entry: str) -> str:
    found = re.search(r"^UID:(.+)$", entry, re.MULTILINE)
    assert found, entry
    return found[1]


def _into_a_conflict_by_mouse(page: Page, made: Made) -> None:
    grab(page, made.block(page, "Silicon"), over=made.block(page, "Models"), below=20)
    expect(page.locator(".why")).to_contain_text(TAKEN)
    page.mouse.up()
    expect(page.locator("#conflicts-title")).to_have_text("Conflicts (1)")
    expect(page.locator(".side")).to_contain_text(TAKEN)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#conflicts-title")).to_have_text("Conflicts (0)")


def _into_a_conflict_by_keyboard(page: Page, made: Made) -> None:
    made.block(page, "Silicon").focus()
    for key in ("Enter", "ArrowLeft", "Home", "Home", "ArrowDown"):
        page.keyboard.press(key)
    expect(page.locator("[data-said]")).to_contain_text(TAKEN)
    page.keyboard.press("Escape")


def _to_a_good_hall(page: Page, made: Made) -> None:
    expect(made.block(page, "Silicon")).to_be_focused()
    for key in ("Enter", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("[data-said]")).to_contain_text("“Silicon” is now at")
    expect(page.locator("[data-said]")).to_contain_text(AFTER)
    expect(page.locator("#conflicts-title")).to_have_text("Conflicts (0)")


def _released(page: Page, made: Made) -> None:
    page.goto(f"{made.page}/desk/release")
    expect(page.locator("section[aria-labelledby=would]")).to_contain_text(AFTER)
    page.locator("#field-name").fill("Second")
    page.get_by_role("button", name="Release").click()
    expect(page.locator("section[aria-labelledby=releases]")).to_contain_text("2 · Second")


def _told(page: Page, made: Made) -> None:
    page.goto(f"{made.page}/mine")
    notices = page.locator(".notices")
    expect(notices).to_contain_text("Silicon")
    expect(notices.locator("s")).to_contain_text(BEFORE)
    expect(notices.locator("strong")).to_contain_text(AFTER)
    notices.get_by_role("button").click()
    expect(page.locator(".notices")).to_have_count(0)
    page.goto(f"{made.page}/sessions/{made.sessions['Silicon']}")
    expect(page.get_by_role("status").first).to_contain_text(BEFORE)
    expect(page.locator(".facts")).to_contain_text(AFTER)
