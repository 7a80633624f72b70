"""What an operator does on the pages, and what everybody else sees of it at once."""

from playwright.sync_api import Page, expect
from tests.e2e.conftest import Visitors


def test_a_status_is_seen_on_other_pages_without_a_reload(visit: Visitors) -> None:
    visitor = visit("/parks/shulian", language="en")
    other = visit("/spaces/axis-garden")
    operator = visit("/spaces/axis-garden", who="operator", language="en")
    remember(visitor)

    say(operator, "busy", "音乐会", "Concert", "120")

    figure = visitor.locator('[data-figure="axis-garden"]')
    badge = visitor.locator('[data-live="axis-garden"]')
    expect(badge).to_have_text("Concert · 120")
    expect(figure).to_have_attribute("data-token", "busy")
    expect(visitor.locator('[data-mark="axis-garden"]')).to_have_attribute("href", "#mark-busy")
    expect(other.locator("h1 + span")).to_have_text("音乐会 · 120")
    expect(operator.locator(".message--good")).to_have_text("The status is published.")

    operator.get_by_role("button", name="Clear").click()

    expect(badge).to_be_hidden()
    expect(figure).not_to_have_attribute("data-token", "busy")
    expect(visitor.locator('[data-mark="axis-garden"]')).to_have_count(0)
    assert is_remembered(visitor)


def test_a_status_says_what_is_wrong_beside_its_field(visit: Visitors) -> None:
    operator = visit("/spaces/axis-garden", who="operator", language="en")

    operator.locator("#field-until").fill("2020-01-01T10:00")
    operator.get_by_role("button", name="Publish").click()

    wrong = operator.locator("#field-until")
    expect(wrong).to_be_focused()
    expect(wrong).to_have_attribute("aria-describedby", "error-until hint-until")
    expect(operator.locator("#error-until")).not_to_be_empty()


def test_an_edit_is_saved_shown_and_taken_back(visit: Visitors) -> None:
    page = visit("/spaces/terminal-court/edit", who="operator", language="en")

    page.get_by_label("Name (English)").fill("Terminal Garden")
    page.get_by_label("Capacity").fill("80")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_have_text("Terminal Garden")
    expect(page.locator("dl")).to_contain_text("80 persons")
    page.get_by_role("button", name="Undo").click()

    expect(page.locator("h1")).to_have_text("Terminal Court")
    expect(page.locator("dl")).not_to_contain_text("80 persons")


def test_an_edit_says_what_is_wrong_in_the_language_of_the_page(visit: Visitors) -> None:
    for language, words in (("zh-CN", "链接"), ("en", "link")):
        page = visit("/spaces/terminal-court/edit", who="operator", language=language)

        page.locator("#field-capacity").fill("many")
        page.locator("#field-link").fill("ftp://somewhere")
        page.locator("form.card button").click()

        expect(page.locator("#field-capacity")).to_be_focused()
        expect(page.locator("#field-capacity")).to_have_value("many")
        expect(page.locator("#error-capacity")).not_to_be_empty()
        expect(page.locator("#error-link")).to_contain_text(words)


def test_of_two_edits_at_once_the_second_is_told(visit: Visitors) -> None:
    first = visit("/spaces/water-stage/edit", who="operator", language="en")
    second = visit("/spaces/water-stage/edit", who="administrator", language="en")

    first.get_by_label("Name (English)").fill("River Stage")
    first.get_by_role("button", name="Save").click()
    second.get_by_label("Name (English)").fill("Lake Stage")
    second.get_by_role("button", name="Save").click()

    expect(second.get_by_role("alert")).to_be_visible()
    expect(second.locator("#hint-name_en")).to_have_text("Now: River Stage")
    second.get_by_role("button", name="Save").click()
    expect(second.locator("h1")).to_have_text("Lake Stage")


def test_a_guest_logs_in_on_the_way_to_an_edit(visit: Visitors) -> None:
    page = visit("/spaces/water-stage/edit", language="en")

    expect(page.locator("h1")).to_have_text("Log in")
    page.get_by_test_id("sample-operator").click()
    page.locator("main form[method=post] button[type=submit]").click()

    page.wait_for_url("**/spaces/water-stage/edit")


def test_a_visitor_is_told_that_editing_is_not_theirs(visit: Visitors) -> None:
    page = visit("/spaces/water-stage/edit", who="visitor", language="en")

    expect(page.locator(".problem__status")).to_have_text("403")
    expect(
        visit("/spaces/water-stage", who="visitor", language="en").locator("form")
    ).to_have_count(1)


def say(page: Page, token: str, zh: str, en: str, number: str) -> None:
    """Fill in and send the form that says what a space is now."""
    page.locator("#field-token").select_option(token)
    page.locator("#field-words_zh").fill(zh)
    page.locator("#field-words_en").fill(en)
    page.locator("#field-number").fill(number)
    page.get_by_role("button", name="Publish").click()


def remember(page: Page) -> None:
    """Leave a mark on the document, which a reload would wipe away."""
    page.evaluate("document.documentElement.dataset.stays = ''")


def is_remembered(page: Page) -> bool:
    there: bool = page.evaluate("'stays' in document.documentElement.dataset")
    return there
