"""The scene in a real browser, drawn in software: what stands there, and what is told of it."""

from io import BytesIO

from PIL import Image, ImageStat
from playwright.sync_api import Page, expect
from tests.e2e.conftest import PHONE, Visitors

VIEW = "/parks/shulian/scene?quality=low&still=1&date=2026-06-21&time=10:00"

BOXES = """selector => [...document.querySelectorAll(selector)].map(one => {
  const { left, top, right, bottom } = one.getBoundingClientRect();
  return [left, top, right, bottom];
})"""
CLEAR = """async boxes => {
  for (let frame = 0; frame < 600; frame += 1) {
    const [notice] = boxes(".notice");
    const under = ([left, top, right, bottom]) =>
      left < notice[2] && notice[0] < right && top < notice[3] && notice[1] < bottom;
    if (!boxes(".label.is-shown").some(under)) return true;
    await new Promise(requestAnimationFrame);
  }
  return false;
}"""
PANELS = "#scene > :not(.view), .view > :not(canvas)"
COUNTS_EMPTY = """
// A drawing that is given a size is empty: if it is not drawn in the same breath, it is seen so.
window.seen = { sized: false, empty: 0 };
let drawn = false;
const { set, get } = Object.getOwnPropertyDescriptor(HTMLCanvasElement.prototype, "width");
Object.defineProperty(HTMLCanvasElement.prototype, "width", { get, set(width) {
  set.call(this, width);
  if (this.className !== "canvas" || !window.began) return;
  window.seen.sized = true;
  drawn = false;
  queueMicrotask(() => { if (!drawn) window.seen.empty += 1; });
} });
for (const name of ["drawArrays", "drawElements", "drawElementsInstanced", "drawArraysInstanced"]) {
  const draw = WebGL2RenderingContext.prototype[name];
  WebGL2RenderingContext.prototype[name] = function (...how) {
    window.began = drawn = true;
    return draw.apply(this, how);
  };
}
"""


def test_the_park_stands_in_daylight(visit: Visitors) -> None:
    page = opened(visit, VIEW)

    assert triangles(page) > 20_000
    assert spread(page) > 20


def test_night_is_darker_than_day_and_has_lights(visit: Visitors) -> None:
    day, night = opened(visit, VIEW), opened(visit, VIEW.replace("10:00", "22:30"))

    assert brightness(night) < brightness(day) / 2
    assert spread(night) > 10


def test_what_is_seen_is_never_empty_while_its_size_changes(visit: Visitors) -> None:
    page = visit("/parks/shulian")
    page.add_init_script(COUNTS_EMPTY)
    page.goto(VIEW)
    page.locator("#scene[data-ready=true]").wait_for(timeout=120_000)

    page.set_viewport_size(PHONE)
    expect(page.locator(".canvas")).to_have_attribute("width", str(PHONE["width"]))

    assert page.evaluate("window.seen") == {"sized": True, "empty": 0}


def test_names_keep_clear_of_a_notice(visit: Visitors) -> None:
    page = opened(visit, VIEW, viewport={"width": 1280, "height": 560})
    before: list[list[float]] = page.evaluate(f"({BOXES})('.label.is-shown')")

    page.evaluate("window.dispatchEvent(new ErrorEvent('error', { error: new Error('told') }))")
    [notice] = page.evaluate(f"({BOXES})('.notice')")

    assert any(meets(box, notice) for box in before)
    assert page.evaluate(f"({CLEAR})({BOXES})")
    assert [trouble for trouble in visit.troubles if "told" not in trouble] == []
    visit.troubles.clear()


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


def meets(box: list[float], other: list[float]) -> bool:
    """Whether two boxes (left, top, right, bottom) share a pixel."""
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


def picture(page: Page) -> bytes:
    """What is drawn, without the panels over it."""
    page.locator(PANELS).evaluate_all("all => all.forEach(one => one.style.display = 'none')")
    return page.locator("#scene canvas").first.screenshot(timeout=60_000)


def brightness(page: Page) -> float:
    return ImageStat.Stat(Image.open(BytesIO(picture(page))).convert("L")).mean[0]


def spread(page: Page) -> float:
    return ImageStat.Stat(Image.open(BytesIO(picture(page))).convert("L")).stddev[0]
