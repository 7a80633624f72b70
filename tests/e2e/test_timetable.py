"""The timetable's editor in a real browser: why a place is wrong, before and after, by any hand."""

from playwright.sync_api import Locator, Page, ViewportSize, expect
from tests.e2e.conftest import Site, Visitors
from tests.e2e.congresses import MINE, Made, congress

WIDE: ViewportSize = {"width": 1440, "height": 900}
TAKEN = "“Models” and “Silicon” are in Multi-function Hall 1 East at the same time."


def test_a_drag_says_why_a_place_is_wrong_before_the_drop(site: Site, visit: Visitors) -> None:
    made = congress(site, "dragged")
    page = opened(visit, made)

    grab(page, made.block(page, "Silicon"), over=made.block(page, "Models"), below=20)

    why = page.locator(".why")
    expect(why).to_contain_text(TAKEN)
    expect(why).to_contain_text("Blocks · Hall taken")
    expect(page.locator(".ghost")).to_have_attribute("data-level", "block")
    expect(page.locator("#conflicts-title")).to_have_text("Conflicts (0)")  # nothing is moved yet

    page.mouse.up()

    expect(why).to_be_hidden()
    expect(page.locator("#conflicts-title")).to_have_text("Conflicts (1)")
    expect(made.block(page, "Silicon")).to_have_attribute("data-level", "block")
    expect(made.block(page, "Models")).to_have_attribute("data-level", "block")
    expect(page.locator("[data-said]")).to_contain_text("“Silicon” is now at")

    page.get_by_role("button", name="Undo").click()

    expect(page.locator("#conflicts-title")).to_have_text("Conflicts (0)")
    expect(page.locator("[data-said]")).to_have_text("Undone: “Silicon”.")


def test_a_keyboard_does_the_same(site: Site, visit: Visitors) -> None:
    made = congress(site, "carried")
    page = opened(visit, made)
    said = page.locator("[data-said]")
    made.block(page, "Silicon").focus()

    page.keyboard.press("Enter")
    expect(said).to_contain_text("Picked up “Silicon”.")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")

    expect(said).to_contain_text(TAKEN)
    page.keyboard.press("Escape")
    expect(said).to_have_text("“Silicon” stays where it was.")
    expect(made.block(page, "Silicon")).to_be_focused()

    page.keyboard.press("Enter")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.locator("#conflicts-title")).to_have_text("Conflicts (1)")
    page.keyboard.press("Control+z")
    expect(page.locator("#conflicts-title")).to_have_text("Conflicts (0)")
    page.keyboard.press("Control+Shift+Z")
    expect(page.locator("#conflicts-title")).to_have_text("Conflicts (1)")


def test_of_two_who_drag_one_session_at_once_the_second_is_told(
    site: Site, visit: Visitors
) -> None:
    made = congress(site, "raced")
    first, second = opened(visit, made), opened(visit, made)
    grab(first, made.block(first, "Silicon"), over=made.block(first, "Models"))
    grab(second, made.block(second, "Silicon"), over=made.block(second, "Models"), below=300)

    first.mouse.up()
    expect(first.locator("#conflicts-title")).to_have_text("Conflicts (1)")
    second.mouse.up()

    expect(second.locator(".told")).to_contain_text("Somebody has just changed “Silicon”")
    expect(second.locator("#conflicts-title")).to_have_text("Conflicts (1)")
    second.reload()
    expect(made.block(second, "Silicon")).to_have_attribute("data-level", "block")


def test_what_others_do_is_seen_at_once(site: Site, visit: Visitors) -> None:
    made = congress(site, "watched")
    page, other = opened(visit, made), opened(visit, made)
    expect(made.waiting(other, "Robots")).to_be_visible()

    grab(page, made.waiting(page, "Robots"), over=made.block(page, "Models"), below=200)
    page.mouse.up()

    expect(made.block(other, "Robots")).to_be_visible()
    expect(other.locator(".told")).to_contain_text("has just changed the timetable.")


def test_without_script_a_form_moves_a_session_and_undoes_it(site: Site, visit: Visitors) -> None:
    made = congress(site, "plain")
    page = visit(made.editor, who=MINE, language="en", script=False)
    page.get_by_role("link", name="Silicon", exact=True).click()

    page.locator("#field-hall").select_option("science-hall-e1")
    page.locator("#field-time").fill("09:30")
    page.get_by_role("button", name="Move", exact=True).click()

    expect(page.locator(".wrong")).to_contain_text(TAKEN)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".message--good").first).to_have_text("Undone.")
    expect(page.locator(".wrong")).to_have_count(0)


def opened(visit: Visitors, made: Made, language: str = "en") -> Page:
    """The editor, as its organizer sees it."""
    page = visit(made.editor, who=MINE, language=language, viewport=WIDE)
    page.locator("[data-timetable][data-ready]").wait_for()
    return page


def grab(page: Page, what: Locator, *, over: Locator, below: float = 0) -> None:
    """Drag something to the top of a block, or so far below it, and hold it there."""
    expect(what).to_be_visible()
    expect(over).to_be_visible()
    (left, top), (x, y) = corner(what), corner(over)
    page.mouse.move(left + 40, top + 12)
    page.mouse.down()
    page.mouse.move(x + 50, y + 12 + below, steps=5)


def corner(one: Locator) -> tuple[float, float]:
    """Where something stands, asked at once: it may be drawn anew at any time."""
    [(left, top)] = one.evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(({ left, top }) => [left, top])"
    )
    return left, top
