"""The timetable on a phone: a finger scrolls, one that rests drags, and forms do all of it."""

from collections.abc import Mapping

from playwright.sync_api import CDPSession, Page, expect
from tests.e2e.conftest import PHONE, Site, Visitors
from tests.e2e.congresses import MINE, Made, congress
from tests.e2e.test_timetable import TAKEN, corner

SCROLLED = """async one => {
  for (let frame = 0; frame < 300 && one.scrollTop === 0; frame += 1) {
    await new Promise(requestAnimationFrame);
  }
  return one.scrollTop;
}"""
"""How far something is scrolled, once it is."""
STUCK = """one => {
  one.scrollTo(40, 90);
  const { left, top } = one.getBoundingClientRect();
  const within = name => {
    const box = one.querySelector(name).getBoundingClientRect();
    return [box.left - left - one.clientLeft, box.top - top - one.clientTop];
  };
  return [within('.sheet__heads'), within('.sheet__hours')];
}"""
"""Where its heads and its hours are within the box of a sheet that is scrolled by (40, 90)."""


def test_a_finger_that_rests_on_a_session_drags_it(site: Site, visit: Visitors) -> None:
    made = congress(site, "held")
    page = _sheet(visit, made)
    finger = page.context.new_cdp_session(page)
    (left, top), (x, y) = corner(made.block(page, "Silicon")), corner(made.block(page, "Models"))

    _touch(finger, "touchStart", left + 20, top + 12)
    expect(page.locator(".editor--dragging")).to_be_visible()
    _touch(finger, "touchMove", x + 20, y + 40)

    expect(page.locator(".why")).to_contain_text(TAKEN)
    expect(page.locator(".why")).to_be_in_viewport(ratio=1)
    _touch(finger, "touchEnd")
    expect(page.locator("#conflicts-title")).to_have_text("Conflicts (1)")
    expect(made.block(page, "Silicon")).to_have_attribute("data-level", "block")


def test_a_finger_that_goes_at_once_scrolls(site: Site, visit: Visitors) -> None:
    made = congress(site, "scrolled")
    page = _sheet(visit, made)
    left, top = corner(made.block(page, "Silicon"))

    page.evaluate("window.setTimeout = () => 0")  # however slow the machine: no finger rests
    finger = page.context.new_cdp_session(page)
    _touch(finger, "touchStart", left + 20, top + 12)
    for below in range(0, 120, 10):
        _touch(finger, "touchMove", left + 20, top + 12 - below)
    _touch(finger, "touchEnd")

    assert page.locator(".sheet__scroll").evaluate(SCROLLED) > 0
    expect(page.locator(".editor--dragging")).to_have_count(0)
    expect(page.locator("#conflicts-title")).to_have_text("Conflicts (0)")
    expect(page.locator(".told")).to_be_empty()


def test_the_heads_of_halls_and_hours_stay_while_the_sheet_scrolls(
    site: Site, visit: Visitors
) -> None:
    made = congress(site, "sticky")
    page = _sheet(visit, made)
    heads, hours = page.locator(".sheet__scroll").evaluate(STUCK)

    assert heads == [-40, 0]
    assert hours[0] == 0
    assert hours[1] < 0


def test_on_a_phone_a_form_moves_a_session(site: Site, visit: Visitors) -> None:
    made = congress(site, "by-form")
    page = _opened(visit, made)

    page.get_by_role("link", name="Move · Silicon").click()
    page.locator("#field-hall").select_option("science-hall-e1")
    page.locator("#field-time").fill("09:30")
    page.get_by_role("button", name="Move", exact=True).click()

    expect(page.locator(".wrong")).to_contain_text(TAKEN)


def _opened(visit: Visitors, made: Made) -> Page:
    """The page of the timetable as a phone shows it: the list."""
    page = visit(made.editor, who=MINE, language="en", viewport=PHONE, touch=True)
    page.locator("[data-timetable][data-ready]").wait_for(state="attached")
    expect(page.locator(".sheet")).to_be_hidden()
    return page


def _sheet(visit: Visitors, made: Made) -> Page:
    """The sheet, in sight."""
    page = _opened(visit, made)
    page.get_by_role("button", name="Timetable", exact=True).tap()
    expect(page.get_by_role("link", name="Move · Silicon")).to_be_hidden()
    expect(made.block(page, "Silicon")).to_be_visible()
    page.locator(".sheet__scroll").evaluate("one => one.scrollIntoView({ block: 'end' })")
    return page


def _touch(finger: CDPSession, kind: str, *at: float) -> None:
    points: list[Mapping[str, float]] = [{"x": at[0], "y": at[1]}] if at else []
    finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
