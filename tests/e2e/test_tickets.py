"""Buying tickets in a real browser: seats on the plan of a hall, the order, the tickets."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from tests.e2e.conftest import DESKTOP, PHONE, Site, Visitors
from tests.e2e.evenings import evening, mark
from tests.e2e.keys import tab_to
from tests.e2e.test_access import faults

HALL = "/spaces/science-hall-e1"


def at_the_plan(
    visit: Visitors,
    *,
    who: str = "",
    language: str = "en",
    viewport: ViewportSize = DESKTOP,
    script: bool = True,
    touch: bool = False,
) -> Page:
    """A page on which seats of the performance in multi-function hall 1 East are chosen."""
    page = visit(HALL, who=who, language=language, viewport=viewport, script=script, touch=touch)
    page.locator("a[href^='/occasions/']", has_text="ECHO").first.click()
    page.locator("a[href*='/seats?type=']").first.click()
    expect(page.locator(".seatplan")).to_be_visible()
    return page


def seat(row: int, number: int) -> str:
    """The selector of a seat on the plan."""
    return f'[data-seat="science-hall-e1-r{row:02}-s{number:02}"]'


def test_two_seats_together_become_two_tickets_while_another_sees_them_go(visit: Visitors) -> None:
    page, other = at_the_plan(visit, who="visitor"), at_the_plan(visit)
    occasion = urlsplit(page.url).path.removesuffix("/seats")

    page.locator(seat(9, 9)).click()
    page.locator(seat(9, 10)).click()
    expect(page.locator("[data-total]")).to_have_text("¥760")
    expect(page.locator(".picked__seat")).to_have_text(
        [re.compile("Row 9 Seat 9"), re.compile("Row 9 Seat 10")]
    )
    page.get_by_role("button", name="Hold these seats").click()

    expect(page.locator("h1")).to_contain_text("Order")
    expect(page.locator(".hold__left")).to_have_text(re.compile(r"^1[45]:\d\d$"))
    for number in (9, 10):
        expect(other.locator(seat(9, number))).to_have_attribute("data-shape", "taken")
    page.get_by_role("button", name="Go to the test payment").click()
    page.get_by_role("button", name="Pay ¥760").click()
    expect(page.get_by_role("status")).to_contain_text("Paid. The tickets are yours.")
    page.get_by_role("link", name="See the tickets").click()

    evening = page.locator("section", has=page.locator(f"h2 a[href='{occasion}']"))
    for number in (9, 10):  # the same seats of another evening may be hers, too
        named = page.get_by_text(f"Row 9 Seat {number}", exact=True)
        ticket = evening.locator(".ticket", has=named)
        expect(ticket.get_by_role("link", name=re.compile("^PDF"))).to_have_count(1)


def test_a_seat_that_goes_while_one_looks_is_let_go_and_said(visit: Visitors) -> None:
    slow, quick = at_the_plan(visit), at_the_plan(visit, who="firm")
    slow.locator(seat(7, 3)).click()
    slow.locator(seat(7, 4)).click()

    quick.locator(seat(7, 4)).click()
    quick.locator(seat(7, 5)).click()
    quick.get_by_role("button", name="Hold these seats").click()

    expect(slow.locator(seat(7, 4))).to_have_attribute("data-shape", "taken")
    expect(slow.locator("[data-said]")).to_have_text("Somebody else has just taken Row 7 Seat 4")
    expect(slow.locator(".picked__seat")).to_have_count(1)
    quick.get_by_role("button", name="Cancel the order").click()
    expect(slow.locator(seat(7, 4))).to_have_attribute("data-shape", "free-0")


def test_the_best_seats_are_found_together(visit: Visitors) -> None:
    page = at_the_plan(visit)

    page.get_by_label("People").select_option("4")
    page.get_by_role("button", name="Find seats").click()

    expect(page.locator(".picked__seat")).to_have_count(4)
    rows = {one.split(" Seat")[0] for one in page.locator(".picked__seat").all_text_contents()}
    assert len(rows) == 1
    expect(page.locator("[data-advice]")).to_be_hidden()


def test_a_choice_that_leaves_a_seat_alone_is_offered_a_better_one(visit: Visitors) -> None:
    page = at_the_plan(visit)

    page.locator(seat(10, 2)).click()
    page.locator(seat(10, 3)).click()
    expect(page.locator("[data-advice]")).to_contain_text("This leaves Row 10 Seat 1 alone")
    page.get_by_role("button", name="Move to seats that leave none").click()

    expect(page.locator("[data-advice]")).to_be_hidden()
    expect(page.locator(".picked__seat")).to_have_count(2)


def test_seats_are_picked_by_keyboard_and_read_out(visit: Visitors) -> None:
    page = at_the_plan(visit)
    first = page.locator('.plan__sheet [tabindex="0"]')
    expect(first).to_have_count(1)

    first.focus()
    page.keyboard.press("PageDown")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")

    focused = page.locator('.plan__sheet [tabindex="0"]')
    expect(focused).to_be_focused()
    expect(focused).to_have_attribute("aria-label", "Row 6 Seat 2, ¥380, your choice")
    expect(focused).to_have_attribute("aria-selected", "true")
    expect(page.locator("[data-said]")).to_have_text("Row 6 Seat 2 picked")
    page.keyboard.press("Enter")
    expect(focused).to_have_attribute("aria-label", "Row 6 Seat 2, ¥380, free")


def test_two_seats_are_bought_by_keyboard_alone(visit: Visitors, site: Site) -> None:
    show = evening(site, days=64, title="Keyboard test")
    page = visit(show.page, who="firm", language="en")

    for name in ("Choose seats", "Find seats", "Hold these seats"):
        tab_to(page, re.compile(f"^{name}"))
        page.keyboard.press("Enter")
        if name == "Find seats":
            expect(page.locator(".picked__seat")).to_have_count(2)
    for name in ("Go to the test payment", "Pay ¥360", "See the tickets"):
        tab_to(page, name)
        page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name=f"{show.title} · sample")).to_be_visible()
    expect(page.locator(".ticket")).to_have_count(2)
    tab_to(page, re.compile("^Show the code"))
    page.keyboard.press("Enter")
    expect(page.locator(".ticket__qr svg")).to_be_visible()


def test_who_logs_in_on_the_plan_finds_what_they_picked(visit: Visitors, site: Site) -> None:
    show = evening(site, days=65, title="Login test")
    page = visit(f"{show.page}/seats", language="en")
    for number in (5, 6):
        mark(page, 4, number).click()

    page.get_by_role("link", name="Log in").last.click()
    page.goto(f"{page.url}&account=visitor")
    page.locator("main form[method=post] button[type=submit]").click()

    expect(page.locator(".picked__seat")).to_have_text(
        [re.compile("Row 4 Seat 5"), re.compile("Row 4 Seat 6")]
    )
    expect(page.get_by_role("button", name="Hold these seats")).to_be_visible()


def test_seats_are_chosen_without_script(visit: Visitors) -> None:
    page = at_the_plan(visit, who="operator", script=False)

    page.get_by_label("People").select_option("2")
    page.get_by_role("button", name="Find seats").click()
    page.locator(".seatlist summary").click()
    expect(page.locator("input[name=seat]:checked")).to_have_count(2)
    page.get_by_role("button", name="Hold these seats").click()

    expect(page.locator(".hold")).to_contain_text("Pay until")
    page.get_by_role("button", name="Cancel the order").click()
    expect(page.locator(".message")).to_contain_text("This order was cancelled.")


def test_a_finger_magnifies_before_it_picks(visit: Visitors) -> None:
    page = at_the_plan(visit, viewport=PHONE, touch=True)
    mark = page.locator(seat(8, 12))
    mark.scroll_into_view_if_needed()

    mark.tap()
    expect(page.locator(".plan")).to_have_attribute("data-live-zoom", "near")
    assert (mark.bounding_box() or {"width": 0})["width"] >= 24
    mark.tap()

    expect(mark).to_have_attribute("data-shape", "mine")
    expect(page.locator("[data-total]")).to_be_in_viewport()


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_pages_are_whole_and_accessible(visit: Visitors, language: str) -> None:
    page = at_the_plan(visit, who="administrator", language=language)
    where = page.url.split("/seats")[0]
    page.locator(".best button").click()
    expect(page.locator(".picked__seat")).to_have_count(2)
    found = {"seats": faults(page)}
    page.locator(".checkout button").click()
    page.wait_for_url("**/orders/*")
    order = page.url
    page.locator("form:has([value=transfer]) button").click()
    page.locator("form:has([value=test]) button").click()

    paths = {"till": page.url, "order": order, "occasion": where, "desk": f"{where}/desk"}
    others = {"list": "/parks/shulian/occasions", "own": "/me/tickets"}
    for name, path in {**paths, **others, "new": "/parks/shulian/occasions/new"}.items():
        page.set_viewport_size(DESKTOP)
        page.emulate_media(color_scheme="light")
        page.goto(path)
        found[name] = faults(page)
    page.goto(order)
    page.locator("form[action$=cancel] button").click()

    assert found == {name: [] for name in found}
