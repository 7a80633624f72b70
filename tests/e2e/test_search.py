"""A search for a timetable in a real browser: begun, seen to end, applied and taken back."""

from playwright.sync_api import Locator, Page, expect
from tests.e2e.conftest import PHONE, Site, Visitors
from tests.e2e.congresses import MINE, Made, congress

LONG = 120_000
"""[ms] for a search to end: its process begins slowly where much else runs."""


def test_a_search_is_seen_to_end_without_a_reload_applied_and_taken_back(
    site: Site, visit: Visitors
) -> None:
    made = congress(site, "searched")
    page = _open(visit, made)
    page.evaluate("window.stays = true")

    _begin(page)
    page.evaluate("window.stays = true")
    expect(_state(page)).to_have_text("Done", timeout=LONG)
    expect(page.locator("[data-search-said]")).to_contain_text("This is the best timetable")
    assert page.evaluate("window.stays") is True
    expect(page.locator("#moves")).to_contain_text("What would move")
    expect(_moves(page)).to_contain_text(["before: Not placed", "before: Not placed"])

    page.get_by_role("button", name="Apply to the draft").click()

    expect(_state(page)).to_have_text("Applied")
    page.goto(made.editor)
    page.locator("[data-timetable][data-ready]").wait_for()
    expect(made.block(page, "Silicon")).to_be_visible()
    expect(page.locator("[data-waiting]")).to_have_count(0)

    page.goto(_path(made))
    page.get_by_role("button", name="Undo").click()

    expect(_state(page)).to_have_text("Undone")
    page.goto(made.editor)
    expect(made.waiting(page, "Robots")).to_be_visible()
    expect(made.waiting(page, "Light")).to_be_visible()


def test_without_script_a_reload_tells_how_far_it_is(site: Site, visit: Visitors) -> None:
    made = congress(site, "reloaded")
    page = visit(_path(made), who=MINE, language="zh-CN", viewport=PHONE, script=False)
    _begin(page, "开始排期")

    for _ in range(LONG // 1000):
        if _state(page).inner_text() == "已完成":
            break
        page.wait_for_timeout(1000)
        page.reload()

    expect(_state(page)).to_have_text("已完成")
    page.get_by_role("button", name="采用到草稿").click()
    expect(_state(page)).to_have_text("已采用")


def _path(made: Made) -> str:
    return f"/congresses/{made.slug}/desk/search"


def _open(visit: Visitors, made: Made) -> Page:
    return visit(_path(made), who=MINE, language="en")


def _begin(page: Page, name: str = "Search") -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).click()
    expect(_state(page)).to_be_visible()


def _state(page: Page) -> Locator:
    return page.locator("#search-state")


def _moves(page: Page) -> Locator:
    return page.locator("section[aria-labelledby=moves] li")
