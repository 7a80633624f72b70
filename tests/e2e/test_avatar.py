"""Choosing an avatar in a real browser, with a preview and without; others see it as chosen."""

import json
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageStat
from playwright.sync_api import Page, WebSocket, expect
from tests.e2e.conftest import PHONE, Visitors
from tests.e2e.test_access import faults
from tests.e2e.test_together import name_of, person

from shulian.world.rules.avatars.catalogue import choices

OWN = "/me/avatar"
PAGE = "/parks/shulian/together"
SCENE = "/parks/shulian/scene?quality=low&still=1&date=2026-06-21&time=10:00"
PATIENCE = 60_000
"""[ms] for what is drawn in software, or read on the way in."""
NO_WEBGL = "HTMLCanvasElement.prototype.getContext = () => null"
LOOK = {
    "sex": 20,
    "age": 200,
    "weight": 90,
    "stature": 240,
    "skin": 5,
    "hair": 4,
    "hair_color": 6,
    "outfit": 10,
    "primary": 2,
    "secondary": 7,
}
"""One that nobody has by default."""


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_page_is_accessible_in_the_light_and_in_the_dark(
    visit: Visitors, language: str
) -> None:
    page = visit(OWN, who="visitor", language=language)

    assert page.locator("html").get_attribute("lang") == language
    assert faults(page) == []


def test_the_preview_is_drawn(visit: Visitors) -> None:
    page = visit(OWN, who="visitor")

    expect(page.locator(".avatar__canvas[data-drawn]")).to_be_visible(timeout=PATIENCE)

    assert spread(page) > 15
    expect(page.locator("[data-absent]")).to_be_hidden()


def test_without_webgl_it_says_so_and_still_lets_one_choose(visit: Visitors) -> None:
    page = visit(OWN, who="visitor", language="en", viewport=PHONE)
    page.add_init_script(NO_WEBGL)
    page.goto(OWN)

    expect(page.locator("[data-absent]")).to_be_visible()
    expect(page.get_by_role("button", name="Wave")).to_be_hidden()
    choose(page, LOOK | {"outfit": 3})

    expect(page.get_by_role("status")).to_contain_text("Your avatar is saved.")
    page.goto(OWN)
    assert chosen(page) == LOOK | {"outfit": 3}


def test_without_script_one_can_choose_as_well(visit: Visitors) -> None:
    page = visit(OWN, who="visitor", language="en", script=False)

    page.locator("#look-hair-4").check()
    page.locator("form[data-look] button[type=submit]").first.click()

    expect(page.get_by_role("status")).to_contain_text("Your avatar is saved.")


def test_a_chosen_look_stays_and_others_see_it(visit: Visitors) -> None:
    own = visit(OWN, who="visitor")
    choose(own, LOOK)
    own.goto(OWN)
    other = visit("/")
    met: list[list[int]] = []
    other.on("websocket", lambda socket: hear(socket, met))
    other.goto(PAGE)
    expect(other.locator(".roster-me")).not_to_be_empty(timeout=PATIENCE)

    own.goto(PAGE)
    expect(own.locator(".roster-me")).not_to_be_empty(timeout=PATIENCE)
    expect(person(other, name_of(own))).to_be_visible(timeout=PATIENCE)

    own.goto(OWN)
    assert chosen(own) == LOOK
    assert list(LOOK.values()) in met


def test_the_scene_leads_to_the_page(visit: Visitors) -> None:
    page = visit(SCENE, who="visitor", language="en")

    page.get_by_role("link", name="My avatar").click(timeout=PATIENCE)

    page.wait_for_url(f"**{OWN}")


def test_a_guest_is_asked_to_log_in_and_comes_back(visit: Visitors) -> None:
    page = visit(OWN)

    page.wait_for_url("**/login?**")

    assert "next=%2Fme%2Favatar" in page.url or "next=/me/avatar" in page.url


def choose(page: Page, look: dict[str, int]) -> None:
    """Set every field of the form as a visitor would, and save."""
    for field in choices():
        page.locator(f"#look-{field}-{look[field]}").check()
    for field in ("sex", "age", "weight", "stature"):
        page.locator(f"#look-{field}").fill(str(look[field]))
    page.locator("form[data-look] button[type=submit]").first.click()
    page.wait_for_url("**done=saved")


def chosen(page: Page) -> dict[str, int]:
    """What the form says."""
    told: dict[str, str] = page.evaluate(
        "Object.fromEntries(new FormData(document.querySelector('[data-look]')))"
    )
    return {field: int(told[field]) for field in LOOK}


def hear(socket: WebSocket, met: list[list[int]]) -> None:
    """Keep the looks of those whom the presence server tells of."""

    def framed(data: str | bytes) -> None:
        news: dict[str, Any] = json.loads(data) if isinstance(data, str) else {}
        met.extend(person["look"] for person in news.get("people", []) if "look" in person)

    socket.on("framereceived", framed)


def spread(page: Page) -> float:
    """How much the preview differs from one colour."""
    picture = page.locator(".avatar__canvas").screenshot(timeout=PATIENCE)
    return ImageStat.Stat(Image.open(BytesIO(picture)).convert("L")).stddev[0]
