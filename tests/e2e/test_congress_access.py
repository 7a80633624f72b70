"""Every page of a congress, in both languages, on a desk, on a phone and in the dark."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import Site, Visitors
from tests.e2e.congresses import MINE, congress
from tests.e2e.test_access import faults
from tests.e2e.test_timetable import opened

DEMO = "/congresses/shulian-congress"
FOR_GUESTS = [
    "/parks/shulian/congresses",
    DEMO,
    f"{DEMO}?day=all",
    f"{DEMO}?hall=science-hall-e1",
    f"{DEMO}?q=nothing-like-this",
    f"{DEMO}/speakers",
    f"{DEMO}/speakers?q=nobody-like-this",
    f"{DEMO}/changes",
    f"{DEMO}/call",
]
FOR_PEOPLE = [f"{DEMO}/mine", f"{DEMO}/mine/calendar", "/congresses/mine"]
OF_THE_DESK = [
    "",
    "/change",
    "/forums/new",
    "/conflicts",
    "/speakers",
    "/halls",
    "/themes",
    "/rules",
    "/proposals",
    "/release",
    "/timetable",
]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("path", FOR_GUESTS)
def test_a_page_for_everyone(visit: Visitors, path: str, language: str) -> None:
    page = visit(path, language=language)

    assert faults(page) == []


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("kind", ["sessions", "forums", "speakers"])
def test_a_page_of_what_is_in_it(visit: Visitors, kind: str, language: str) -> None:
    page = visit(f"{DEMO}/speakers" if kind == "speakers" else DEMO, language=language)
    if kind == "forums":
        page.goto(_first(page, f"{DEMO}/sessions/"))
    page.goto(_first(page, f"{DEMO}/{kind}/"))

    assert faults(page) == []


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("path", FOR_PEOPLE)
def test_a_page_of_ones_own(visit: Visitors, path: str, language: str) -> None:
    page = visit(path, who="visitor", language=language)

    assert faults(page) == []


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("path", OF_THE_DESK)
def test_a_page_of_the_desk(visit: Visitors, path: str, language: str) -> None:
    page = visit(f"{DEMO}/desk{path}", who=MINE, language=language)
    expect(page.locator("h1")).to_be_visible()

    assert faults(page) == []


@pytest.mark.parametrize("path", OF_THE_DESK)
def test_a_page_of_the_desk_while_there_is_nothing(visit: Visitors, bare: str, path: str) -> None:
    page = visit(f"/congresses/{bare}/desk{path}", who=MINE)
    expect(page.locator("h1")).to_be_visible()

    assert faults(page) == []


@pytest.mark.parametrize("path", ["", "/speakers", "/changes", "/mine", "/call"])
def test_a_page_while_nothing_is_public(visit: Visitors, bare: str, path: str) -> None:
    page = visit(f"/congresses/{bare}{path}", who=MINE, language="en")
    expect(page.locator("h1")).to_be_visible()

    assert faults(page) == []


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_editor_with_what_it_says(site: Site, visit: Visitors, language: str) -> None:
    made = congress(site, f"accessible-{language.lower()}")
    page = opened(visit, made, language=language)
    made.block(page, "Silicon").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")

    found = faults(page)
    page.get_by_role("button", name=re.compile("^(日程表|Timetable)$")).click()
    expect(page.locator(".sheet")).to_be_visible()

    assert found + faults(page) == []


@pytest.mark.parametrize("path", [DEMO, f"{DEMO}/desk/timetable"])
def test_the_keyboard_reaches_the_page_at_once(visit: Visitors, path: str) -> None:
    page = visit(path, who=MINE, language="en")

    page.keyboard.press("Tab")
    skip = page.locator(".skip-link")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")
    assert page.evaluate(SEEN)


def test_the_focus_goes_through_the_editor_as_it_is_read(site: Site, visit: Visitors) -> None:
    made = congress(site, "in-order")
    page = opened(visit, made)
    made.block(page, "Silicon").click()
    expect(page.locator("#chosen-title")).to_have_text("Silicon")
    page.locator("#editor-print").focus()

    passed: list[str] = []
    page.keyboard.press("Tab")
    while (part := page.evaluate(PART)) != "elsewhere":
        assert page.evaluate(SEEN), passed
        passed.append(part)
        page.keyboard.press("Tab")

    assert list(dict.fromkeys(passed)) == ["tray", "sheet__scroll", "side"]


SEEN = """() => {
  const one = document.activeElement;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
  const { width, height } = one.getBoundingClientRect();
  const ring = (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
  return width > 0 && height > 0 && (ring || one.type === 'time');
}"""
"""Whether what has the focus is there to be seen, with a ring around it; the parts of a field for
a time have their own, which pages cannot ask for."""
PART = """() => {
  const part = document.activeElement.closest('.tray, .sheet__scroll, .side');
  return part ? part.classList[0] : 'elsewhere';
}"""


@pytest.fixture(scope="module")
def bare(site: Site) -> str:
    """The short name of a congress in which there is nothing at all."""
    return congress(site, "bare-congress", bare=True).slug


def _first(page: Page, begin: str) -> str:
    return page.locator(f"a[href^='{begin}']").first.get_attribute("href") or ""
