"""Booking in a real browser: what is taken says when it is free, and a room says what it is."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import PHONE, Visitors
from tests.e2e.test_access import faults

ROOM = "science-hall-f03-m6"
OTHER = "science-hall-f03-m5"
PAGES = [
    "/parks/shulian/book",
    "/spaces/science-hall-f03-m1",
    "/spaces/science-hall-f03-m1/book",
    "/spaces/science-hall-f03-incubator/book",
    "/me/bookings",
]


def test_who_finds_a_room_taken_takes_the_next_free_time_with_one_click(visit: Visitors) -> None:
    day = in_days(9)
    firm = visit(f"/spaces/{ROOM}/book?day={day}", who="firm", language="en")
    book(firm, "09:00", "10:30", "Sample review")
    expect(firm.get_by_role("status")).to_contain_text("Booked: Meeting Room 306")

    operator = visit(f"/spaces/{ROOM}", who="operator", language="en")
    operator.get_by_role("link", name="Book this").click()
    expect(operator.locator("h1")).to_have_text("Book Meeting Room 306")
    operator.goto(f"/spaces/{ROOM}/book?day={day}")
    expect(operator.locator(".agenda")).to_contain_text("09:00–10:30 Taken")
    operator.get_by_label("What for").fill("Sample stand-up")
    with_conflict(operator, "10:00", "11:00")

    conflict = operator.get_by_role("alert")
    expect(conflict).to_contain_text("It is taken at that time.")
    expect(conflict).to_contain_text("Held by 陈曦（示例 · sample）: Sample review")
    expect(operator.get_by_label("What for")).to_have_value("Sample stand-up")
    conflict.get_by_role("button", name="10:30–11:30").click()

    expect(operator.get_by_role("status")).to_contain_text("10:30–11:30")
    expect(operator.locator("main")).to_contain_text("Sample stand-up")


def test_the_next_free_time_is_seen_at_once_on_a_phone_and_taken_by_keyboard(
    visit: Visitors,
) -> None:
    day = in_days(30)
    page = visit(f"/spaces/{ROOM}/book?day={day}", who="firm", language="en", viewport=PHONE)
    book(page, "09:00", "10:30", "Sample review")
    page.goto(f"/spaces/{ROOM}/book?day={day}")
    with_conflict(page, "10:00", "11:00")

    conflict = page.get_by_role("alert")
    expect(conflict).to_be_focused()
    expect(conflict.get_by_text("It is taken at that time.")).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(conflict.get_by_role("button", name="10:30–11:30")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("10:30–11:30")


def test_a_booking_is_moved_given_back_and_undone_without_script(visit: Visitors) -> None:
    day = in_days(16)
    page = visit(f"/spaces/{ROOM}/book?day={day}", who="visitor", language="en", script=False)
    book(page, "09:00", "10:00", "Sample talk")
    page.get_by_role("link", name="Change “Sample talk”").click()
    page.get_by_label("From", exact=True).fill("15:00")
    page.get_by_label("To", exact=True).fill("16:00")
    page.get_by_role("button", name="Move it").click()
    expect(page.get_by_role("status")).to_contain_text("15:00–16:00")

    page.get_by_role("button", name="Give back “Sample talk”").click()
    expect(page.get_by_role("status")).to_contain_text("The booking is given back.")
    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_role("status")).to_contain_text("Booked again:")
    expect(page.get_by_role("heading", name="Sample talk")).to_be_visible()


def test_the_status_of_a_room_is_seen_everywhere_as_it_changes(visit: Visitors) -> None:
    plan = visit(f"/spaces/{OTHER}", language="en")
    scene = visit(f"/parks/shulian/scene?quality=low&space={OTHER}", language="en")
    scene.locator("#scene[data-ready=true]").wait_for(timeout=120_000)
    badge = plan.locator(f"h1 + span [data-live={OTHER}]")
    expect(badge).to_have_attribute("data-token", "free", timeout=60_000)
    expect(scene.locator(".facts-live")).to_contain_text("Free")

    desk = visit(f"/spaces/{OTHER}/bookings", who="operator", language="en")
    now = here()
    desk.locator("#field-day").fill(f"{now:%Y-%m-%d}")
    desk.locator("#field-start").fill("00:00")
    desk.locator("#field-end").fill("00:00")
    desk.get_by_label("Reason").fill("Sample cleaning")
    desk.get_by_role("button", name="Close", exact=True).click()
    expect(desk.get_by_role("status")).to_contain_text("The time is closed.")

    expect(badge).to_have_attribute("data-token", "closed", timeout=60_000)
    expect(scene.locator(".facts-live")).to_contain_text("Closed", timeout=60_000)

    desk.get_by_role("button", name=re.compile("Open again")).first.click()
    expect(badge).to_have_attribute("data-token", "free", timeout=60_000)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_for_those_who_book(visit: Visitors, path: str, language: str) -> None:
    assert faults(visit(path, who="firm", language=language)) == []


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_desk_of_the_operators(visit: Visitors, language: str) -> None:
    page = visit("/spaces/science-hall-f03-incubator/bookings", who="operator", language=language)

    assert faults(page) == []


def test_a_conflict_is_accessible(visit: Visitors) -> None:
    day = in_days(23)
    page = visit(f"/spaces/{ROOM}/book?day={day}", who="visitor", language="en")
    book(page, "09:00", "10:00", "Sample first")
    page.goto(f"/spaces/{ROOM}/book?day={day}")
    with_conflict(page, "09:30", "10:30")

    assert faults(page) == []


def book(page: Page, start: str, end: str, title: str) -> None:
    """Fill in and send the form of the page."""
    page.get_by_label("From", exact=True).fill(start)
    page.get_by_label("To", exact=True).fill(end)
    page.get_by_label("What for").fill(title)
    page.get_by_role("button", name="Book", exact=True).click()


def with_conflict(page: Page, start: str, end: str) -> None:
    """Ask for a time that is taken; the browser itself says that such an answer is no success."""
    page.get_by_label("From", exact=True).fill(start)
    page.get_by_label("To", exact=True).fill(end)
    page.get_by_role("button", name="Book", exact=True).click()
    page.locator("#conflict").wait_for()


def here() -> datetime:
    """Now, by the clocks of the park."""
    return datetime.now(ZoneInfo("Asia/Shanghai"))  # noqa: TID251  # the park is real, and so is its clock


def in_days(days: int) -> str:
    """A day to come, on which the demo has no samples."""
    return f"{here() + timedelta(days=days):%Y-%m-%d}"
