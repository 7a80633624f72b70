"""Seats picked in the scene: by mouse, by keyboard, together, and for which evening."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import PHONE, Site, Visitors
from tests.e2e.evenings import HALL, SCENE, Evening, evening, mark, seat
from tests.e2e.keys import tab_to
from tests.e2e.test_access import faults_over_the_scene
from tests.e2e.test_scene import opened


@pytest.fixture(scope="module")
def show(site: Site) -> Evening:
    """An evening of these tests' own; each of them takes seats of its own."""
    return evening(site, days=61, title="Scene test")


def hold(page: Page, count: int) -> None:
    """From the scene over the plan to the order."""
    page.get_by_role("link", name=f"Hold the {count} picked").click()
    expect(page.locator(".picked__seat")).to_have_count(count)
    page.get_by_role("button", name="Hold these seats").click()
    expect(page.locator("h1")).to_contain_text("Order")


def cancel(page: Page) -> None:
    """Who has held what they do not want gives it back."""
    page.get_by_role("button", name="Cancel the order").click()
    expect(page.locator(".message")).to_contain_text("This order was cancelled.")


def test_two_seats_are_picked_by_mouse_and_end_in_an_order(visit: Visitors, show: Evening) -> None:
    path = show.scene.replace(f"space={HALL}", f"space={seat(3, 9)}")
    page = opened(visit, path, who="visitor", language="en")
    expect(page.get_by_role("heading", name="Row 3 Seat 9")).to_be_visible()
    page.get_by_role("button", name="Pick this seat").click()
    page.get_by_role("button", name="Let this seat go").wait_for()

    page.mouse.click(*beside(page))
    expect(page.locator(".facts h2")).to_have_text("Row 3 Seat 10")
    page.get_by_role("button", name="Pick this seat").click()

    names = page.locator(".stalls-picked li span:first-child")
    expect(names).to_have_text(["Row 3 Seat 9", "Row 3 Seat 10"])
    expect(page.locator(".stalls-sum")).to_have_text("2 picked · ¥360")
    hold(page, 2)
    cancel(page)


def test_the_best_seats_are_picked_by_keyboard_and_end_in_an_order(
    visit: Visitors, show: Evening
) -> None:
    page = opened(visit, show.scene, who="visitor", language="en")
    page.locator("#stalls-count").focus()
    page.keyboard.press("3")
    tab_to(page, "Find seats")
    page.keyboard.press("Enter")
    expect(page.locator(".stalls-said")).to_have_text(re.compile("^Together: Row"))
    expect(page.get_by_role("button", name="Find seats")).to_be_focused()
    tab_to(page, re.compile("^Let Row"))
    page.keyboard.press("Enter")
    expect(page.locator(".stalls-sum")).to_have_text("2 picked · ¥360")
    tab_to(page, "Hold the 2 picked")
    page.keyboard.press("Enter")

    expect(page.locator(".picked__seat")).to_have_count(2)
    tab_to(page, "Hold these seats")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Order")
    cancel(page)


def test_the_seat_in_the_middle_of_the_view_is_chosen_with_enter(
    visit: Visitors, show: Evening
) -> None:
    path = show.scene.replace(f"space={HALL}", f"space={seat(5, 4)}")
    page = opened(visit, path, language="en")
    expect(page.get_by_role("heading", name="Row 5 Seat 4")).to_be_visible()

    page.locator(".canvas").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".facts")).to_be_hidden()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Row 5 Seat 4")).to_be_visible()


def test_a_seat_that_somebody_else_takes_is_let_go_in_the_scene(
    visit: Visitors, show: Evening
) -> None:
    path = show.scene.replace(f"space={HALL}", f"space={seat(7, 3)}")
    page = opened(visit, path, language="en")
    page.get_by_role("button", name="Pick this seat").click()

    quick = visit(f"{show.page}/seats", who="firm", language="en")
    mark(quick, 7, 3).click()
    quick.get_by_role("button", name="Hold these seats").click()

    expect(page.locator(".stalls-said")).to_have_text("Somebody else has just taken Row 7 Seat 3")
    expect(page.locator(".stalls-picked li")).to_have_count(0)
    expect(page.locator(".facts-live")).to_contain_text("Taken")
    expect(page.get_by_role("button", name="Pick this seat")).to_be_hidden()
    cancel(quick)
    expect(page.locator(".facts-live")).to_contain_text("Free")


def test_another_evening_is_chosen_and_comes_back_with_its_seats(
    visit: Visitors, show: Evening
) -> None:
    page = opened(visit, f"{SCENE}&space={HALL}", language="en")
    choice = page.get_by_label("Performance")

    choice.select_option(show.id)
    expect(page.locator(".facts-tickets h3")).to_have_text(f"{show.title} · sample")
    page.get_by_role("button", name="Find seats").click()
    expect(page.locator(".stalls-picked li")).to_have_count(2)
    choice.select_option(index=0)
    expect(page.locator(".stalls-picked li")).to_have_count(0)
    choice.select_option(show.id)

    expect(page.locator(".stalls-picked li")).to_have_count(2)
    page.reload()
    expect(page.locator(".facts-tickets h3")).to_have_text(f"{show.title} · sample")


def test_seats_are_picked_on_a_phone(visit: Visitors, show: Evening) -> None:
    page = opened(visit, show.scene, viewport=PHONE, touch=True)

    page.get_by_role("button", name="找连座").tap()

    expect(page.locator(".stalls-sum")).to_have_text("已选 2 座 · ¥360")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_panel_of_seats_is_accessible(visit: Visitors, show: Evening, language: str) -> None:
    page = opened(visit, show.scene, language=language)
    page.locator(".stalls-best button").click()
    expect(page.locator(".stalls-picked li")).to_have_count(2)
    found = faults_over_the_scene(page)
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")

    assert found + faults_over_the_scene(page) == []


def beside(page: Page) -> tuple[float, float]:
    """Where the right neighbour of the chosen seat is drawn, by the name over that one [px]."""
    box = page.locator(".label.is-chosen").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2 + 25, box["y"] + box["height"] + 24
