"""A visitor on foot in a real browser: through a door, up the stairs, and not through walls."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect
from tests.e2e.conftest import PHONE, Visitors
from tests.e2e.test_scene import opened

VIEW = "/parks/shulian/scene?quality=low&still=1&date=2026-06-21&time=10:00&mode=walk"
FRAMES = """count => new Promise(done => {
    const next = left => left ? requestAnimationFrame(() => next(left - 1)) : done();
    next(count);
})"""
PATIENCE = 90_000
"""[ms] for a walk that is drawn in software."""


def test_one_walks_from_the_square_through_a_door(visit: Visitors) -> None:
    page = on_foot(visit, "40_97_0_0")

    walk(page, "张江科学会堂 › 一层 · 展览 › 大堂")

    page.wait_for_url(lambda url: stand(url)["north"] > 100)


def test_stairs_lead_to_a_landing(visit: Visitors) -> None:
    page = on_foot(visit, "81_134_0_2", language="en")

    walk_on(page, 40)

    page.wait_for_url(lambda url: 4.4 < stand(url)["height"] < 4.8)
    expect(here(page)).to_contain_text("Zhangjiang Science Hall › 1F · Exhibition › Stairs")


def test_stairs_lead_from_a_landing_to_the_storey_above(visit: Visitors) -> None:
    page = on_foot(visit, "79.3_137_180_5", language="en")

    walk(page, "2F · Congress")

    page.wait_for_url(lambda url: stand(url)["height"] > 8.5)


def test_nobody_walks_through_a_wall(visit: Visitors) -> None:
    page = on_foot(visit, "30_99_0_0")

    walk_on(page, 40)

    assert here(page).inner_text() == ""
    page.wait_for_url(lambda url: 99 < stand(url)["north"] < 100)


def test_a_link_leads_to_where_one_stood(visit: Visitors) -> None:
    page = on_foot(visit, "58_141_0_9")

    expect(here(page)).to_have_text("张江科学会堂 › 二层 · 会议 › 多功能厅1东")


def test_a_thumb_walks_on_a_phone(visit: Visitors) -> None:
    page = opened(visit, f"{VIEW}&at=40_96_0_0", viewport=PHONE, touch=True)
    stick = page.locator(".stick")
    box = stick.bounding_box()
    assert box is not None
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0], box["y"])
    expect(here(page)).to_contain_text("大堂", timeout=PATIENCE)
    page.mouse.up()


def on_foot(visit: Visitors, at: str, language: str = "zh-CN") -> Page:
    page = opened(visit, f"{VIEW}&at={at}", language=language)
    page.locator("#scene canvas").first.focus()
    return page


def here(page: Page) -> Locator:
    return page.locator(".caption")


def walk(page: Page, words: str) -> None:
    """Ahead until the scene says that one is at `words`."""
    page.keyboard.down("w")
    expect(here(page)).to_contain_text(words, timeout=PATIENCE)
    page.keyboard.up("w")


def walk_on(page: Page, frames: int) -> None:
    """Ahead for so many frames."""
    page.keyboard.down("w")
    page.evaluate(FRAMES, frames)
    page.keyboard.up("w")


def stand(url: str) -> dict[str, float]:
    """Where a link to the scene leads."""
    told = parse_qs(urlsplit(url).query)["at"][0].split("_")
    return dict(zip(("east", "north", "heading", "height"), map(float, told), strict=True))
