"""The scene in a real browser, drawn in software: what stands there, and what is told of it."""

from io import BytesIO

from PIL import Image, ImageStat
from playwright.sync_api import Page, expect
from tests.e2e.conftest import PHONE, Visitors

VIEW = "/parks/shulian/scene?quality=low&still=1&date=2026-06-21&time=10:00"


def test_the_park_stands_in_daylight(visit: Visitors) -> None:
    page = opened(visit, VIEW)

    assert triangles(page) > 20_000
    assert spread(page) > 20


def test_night_is_darker_than_day_and_has_lights(visit: Visitors) -> None:
    day, night = opened(visit, VIEW), opened(visit, VIEW.replace("10:00", "22:30"))

    assert brightness(night) < brightness(day) / 2
    assert spread(night) > 10


def test_a_link_opens_the_facts_of_a_space_and_leads_back_to_its_page(visit: Visitors) -> None:
    page = opened(visit, VIEW + "&space=science-hall", language="en")

    expect(page.get_by_role("heading", name="Zhangjiang Science Hall")).to_be_visible()
    page.get_by_role("link", name="Full page").click()

    page.wait_for_url("**/spaces/science-hall")


def test_the_same_facts_in_chinese_on_a_phone(visit: Visitors) -> None:
    page = opened(visit, VIEW + "&space=science-hall", viewport=PHONE)

    expect(page.get_by_role("heading", name="张江科学会堂")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_place_is_found_by_keyboard(visit: Visitors) -> None:
    page = opened(visit, VIEW, language="en")

    page.locator(".search-input").fill("Hall 1 East")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url("**space=science-hall-e1*")


def test_without_webgl_it_says_so_and_offers_the_plan(visit: Visitors) -> None:
    page = visit("/parks/shulian", language="en")
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.goto("/parks/shulian/scene")
    page.locator("#scene[data-failed=webgl]").wait_for()

    page.locator("a[href='/parks/shulian']").last.click()

    page.wait_for_url("**/parks/shulian")


def opened(visit: Visitors, path: str, **how: object) -> Page:
    page = visit(path, **how)  # pyright: ignore[reportArgumentType]  # handed on as given
    page.locator("#scene[data-ready=true]").wait_for(timeout=120_000)
    return page


def triangles(page: Page) -> int:
    return int(page.locator("#scene").get_attribute("data-triangles") or 0)


def picture(page: Page) -> bytes:
    return page.locator("#scene canvas").first.screenshot(timeout=60_000)


def brightness(page: Page) -> float:
    return ImageStat.Stat(Image.open(BytesIO(picture(page))).convert("L")).mean[0]


def spread(page: Page) -> float:
    return ImageStat.Stat(Image.open(BytesIO(picture(page))).convert("L")).stddev[0]
