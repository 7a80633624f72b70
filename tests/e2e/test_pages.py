"""Every plain page in both languages, on a desk and on a phone: accessible, whole, not too wide."""

import gzip
import re
from collections.abc import Callable
from urllib.parse import urljoin
from urllib.request import Request, urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize
from tests.e2e.conftest import DESKTOP, PHONE, Site, Visit

PAGES = [
    "/",
    "/parks/shulian",
    "/parks/shulian?date=2023-01-01",
    "/spaces/zhangjiang",
    "/spaces/science-hall",
    "/spaces/science-hall-f02",
    "/search?q=%E5%8E%85",
    "/search?q=nothing-like-this",
    "/login",
    "/signup",
    "/no-such-page",
]
LARGEST = 60 * 1024


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_has_no_accessibility_violations_and_fits(
    visit_any: Visit, path: str, language: str, viewport: ViewportSize
) -> None:
    page = visit_any(path, language=language, viewport=viewport)

    assert violations(page) == []
    assert overflow(page) == 0
    assert page.locator("html").get_attribute("lang") == language


@pytest.mark.parametrize("path", PAGES[:5])
def test_is_accessible_in_the_dark(visit: Visit, path: str) -> None:
    assert violations(visit(path, dark=True)) == []


def test_ships_little_script_and_style(site: Site) -> None:
    html = fetch(site.url + "/").decode()
    files = set(re.findall(r'(?:href|src)="(/assets/[^"]+\.(?:js|css))"', html))

    size = sum(len(gzip.compress(fetch(urljoin(site.url, file)), 6)) for file in files)

    assert files
    assert size <= LARGEST


def test_the_language_switch_keeps_the_page_and_is_remembered(visit: Visit) -> None:
    page = visit("/parks/shulian?date=2024-01-01")

    page.get_by_role("link", name="EN").click()
    page.wait_for_url("**/parks/shulian?date=2024-01-01&lang=en")
    page.goto("/")

    assert page.locator("html").get_attribute("lang") == "en"


def test_the_whole_tree_is_reached_by_keyboard(visit: Visit) -> None:
    page = visit("/parks/shulian")
    building = page.locator("summary", has_text="张江科学会堂")

    building.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.wait_for_url("**/spaces/science-hall")


def test_search_answers_while_one_types(visit: Visit) -> None:
    page = visit("/search", language="en")

    page.get_by_role("searchbox").last.press_sequentially("Science Hall")
    page.locator("#hits a", has_text="Science Hall").first.wait_for()

    assert "q=Science" in page.url


def violations(page: Page) -> list[str]:
    results = Axe().run(page)
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in results.response["violations"]
        for node in one["nodes"]
    ]


def overflow(page: Page) -> int:
    wide: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wide


def fetch(url: str) -> bytes:
    with urlopen(Request(url), timeout=30) as answer:  # noqa: S310  # our own server
        content: bytes = answer.read()
    return content


@pytest.fixture
def visit_any(visit: Visit) -> Callable[..., Page]:
    return visit
