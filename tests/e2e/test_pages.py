"""The plain pages in a browser: by keyboard, with and without script, in both languages."""

import gzip
import re
from urllib.parse import urljoin
from urllib.request import Request, urlopen

from playwright.sync_api import Page, expect
from tests.e2e.conftest import PHONE, Site, Visitors, search_path

MOST_SCRIPT_AND_STYLE = 60 * 1024
MOST_PAGE = 250 * 1024


def test_ships_little_script_and_style(site: Site) -> None:
    html = fetch(site.url + "/").decode()
    files = set(re.findall(r'(?:href|src)="(/assets/[^"]+\.(?:js|css))"', html))

    size = sum(len(gzip.compress(fetch(urljoin(site.url, file)), 6)) for file in files)

    assert files
    assert size <= MOST_SCRIPT_AND_STYLE


def test_a_whole_park_is_no_heavy_page(site: Site) -> None:
    assert len(gzip.compress(fetch(site.url + "/parks/shulian"), 6)) <= MOST_PAGE


def test_the_first_key_leads_past_the_header(visit: Visitors) -> None:
    page = visit("/")

    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


def test_the_language_switch_keeps_the_page_and_is_remembered(visit: Visitors) -> None:
    page = visit("/parks/shulian?date=2024-01-01")

    page.get_by_role("link", name="EN", exact=True).click()
    page.wait_for_url("**/parks/shulian?date=2024-01-01&lang=en")
    page.goto("/")

    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_tree_opens_down_to_a_room_by_keyboard(visit: Visitors) -> None:
    page = visit("/parks/shulian", language="en")

    page.locator("summary", has_text="Zhangjiang Science Hall").focus()
    page.keyboard.press("Enter")
    page.locator("summary", has_text="2F · Congress").focus()
    page.keyboard.press("Enter")
    page.locator("summary", has_text="Multi-function Hall 1 East").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.wait_for_url("**/spaces/science-hall-e1")
    expect(page.locator("h1")).to_have_text("Multi-function Hall 1 East")


def test_the_tree_leads_to_everything_without_script(visit: Visitors) -> None:
    page = visit("/parks/shulian", language="en", script=False)

    page.locator("summary", has_text="Zhangjiang Science Hall").click()
    page.get_by_role("link", name="Details Zhangjiang Science Hall").click()
    page.get_by_role("link", name="2F · Congress").click()
    page.get_by_role("link", name="Multi-function Hall 1 East").click()

    expect(page.locator("h1")).to_have_text("Multi-function Hall 1 East")


def test_search_answers_while_one_types(visit: Visitors) -> None:
    page = visit("/search", language="en")

    page.locator("#find").press_sequentially("plenary")
    expect(page.locator("#hits a").first).to_have_text("Plenary Hall")
    page.locator("#find").fill("")
    page.locator("#find").press_sequentially("zzqqzz")

    expect(page.locator("#hits")).to_contain_text("Nothing was found")
    assert "q=zzqqzz" in page.url


def test_search_answers_without_script(visit: Visitors) -> None:
    page = visit("/", language="en", script=False)

    page.locator("#site-search").fill("plenary")
    page.keyboard.press("Enter")

    expect(page.locator("#hits a").first).to_have_text("Plenary Hall")


def test_a_search_can_be_narrowed_to_a_kind(visit: Visitors) -> None:
    page = visit(search_path("hall"), language="en")

    page.locator("#find-kind").select_option("exhibition_hall")

    expect(page.locator("#hits li")).to_have_count(1)
    expect(page.locator("#hits .row__name")).to_have_text("Exhibition Hall")


def test_a_phase_shows_the_park_on_the_day_of_its_delivery(visit: Visitors) -> None:
    page = visit("/parks/shulian", language="en")
    ghosts = page.locator(".figure--ghost").count()

    page.locator(".stages a", has_text="Phase Three").click()

    expect(page.locator("#when")).to_have_value("2028-06-30")
    expect(page.locator(".figure--ghost")).to_have_count(0)
    assert ghosts > 0


def test_the_way_into_the_scene_keeps_the_day(visit: Visitors) -> None:
    page = visit("/parks/shulian?date=2024-01-01", language="en")

    tab = page.get_by_role("link", name="3D scene", exact=True)
    site = page.get_by_role("link", name="See in 3D Yuqiao", exact=True)

    expect(tab).to_have_attribute("href", "/parks/shulian/scene?date=2024-01-01")
    expect(site).to_have_attribute("href", "/parks/shulian/scene?space=yuqiao&date=2024-01-01")


def test_says_where_the_sun_stands(visit: Visitors) -> None:
    page = visit("/parks/shulian?date=2026-06-21", language="en")

    page.locator(".sun summary").focus()
    page.keyboard.press("Enter")

    expect(page.locator(".sun summary")).to_have_text("sunrise 04:50, sunset 19:01")
    noon = page.locator(".table--sun thead th", has_text="12:00")
    expect(noon).to_be_visible()


def test_four_hundred_seats_come_when_they_are_asked_for(visit: Visitors) -> None:
    page = visit("/spaces/science-hall-e1", language="en")
    seats = page.locator("section", has=page.locator("#inside-seat")).locator("li")

    expect(seats).to_have_count(120)
    page.get_by_role("link", name="Show all 400").click()

    expect(seats).to_have_count(400)


def test_one_goes_from_storey_to_storey(visit: Visitors) -> None:
    page = visit("/spaces/science-hall-f01", language="en")

    page.get_by_role("link", name="One up").click()

    page.wait_for_url("**/spaces/science-hall-f02")
    expect(page.locator(".lift [aria-current=page]")).to_have_text("2F · Congress")


def test_a_plan_is_magnified_by_keyboard_and_names_more(visit: Visitors) -> None:
    page = visit("/spaces/science-hall-f01", language="en")
    before = shown(page)

    page.get_by_role("button", name="Zoom in").focus()
    for _ in range(4):
        page.keyboard.press("Enter")
    near = shown(page)
    page.get_by_role("button", name="Show all", exact=True).click()

    assert len(near) > len(before)
    assert shown(page) == before


def test_a_plan_leads_to_what_is_clicked(visit: Visitors) -> None:
    page = visit("/parks/shulian", language="en")

    page.locator('[data-figure="science-plaza"]').click()

    page.wait_for_url("**/spaces/science-plaza")


def test_a_phone_shows_the_whole_way_down_to_a_space(visit: Visitors) -> None:
    page = visit("/spaces/science-hall-e1", language="en", viewport=PHONE)

    expect(page.locator(".crumbs li")).to_have_count(4)
    expect(page.locator(".crumbs")).to_be_in_viewport()


def test_prints_without_controls(visit: Visitors) -> None:
    page = visit("/parks/shulian", language="en")

    page.emulate_media(media="print")

    expect(page.locator("h1")).to_be_visible()
    for control in (".site-search", ".subnav", ".plan__tools", ".when__form"):
        expect(page.locator(control).first).to_be_hidden()


def shown(page: Page) -> list[str]:
    """The names that stand on the plan."""
    return page.locator(".plan__labels text:not([hidden])").all_text_contents()


def fetch(url: str) -> bytes:
    with urlopen(Request(url), timeout=30) as answer:  # noqa: S310  # our own server
        content: bytes = answer.read()
    return content
