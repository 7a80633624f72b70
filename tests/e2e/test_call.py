"""A call for sessions from both sides: those who propose, those who judge, those who decide."""

from contextlib import closing

from playwright.sync_api import Page, expect
from tests.e2e.conftest import PHONE, Site, Visitors
from tests.e2e.congresses import MINE, Made, congress
from tests.e2e.evenings import actor
from tests.identity.accounts import PASSWORD, join, person

from shulian.identity import api as identity
from shulian.identity.types import Role
from shulian.kit.db import Database
from shulian.kit.postgres.server import Server

ABOUT = "How a light field is filmed, and what it costs."


def test_an_idea_becomes_a_session_of_the_draft(site: Site, visit: Visitors) -> None:
    made = congress(site, "called")
    _open_call(visit, made)
    author = _drafted(visit, made, "Light fields")
    _submit(author)

    reviewer = _reviewer(site, visit, "rita@park.example")
    _judge(reviewer, made, "Light fields", score="5", words="Nobody else shows this.")

    planner = visit(f"/congresses/{made.slug}/desk/proposals", who=MINE, language="en")
    row = planner.get_by_role("row").filter(has_text="Light fields")
    expect(row).to_contain_text("5.00")
    row.get_by_role("checkbox").check()
    planner.locator("#field-forum").select_option(label="Sample forum")
    planner.get_by_role("button", name="Accept").click()
    expect(planner.locator(".message--good").first).to_contain_text("they are sessions")

    planner.goto(made.editor)
    planner.locator("[data-timetable][data-ready]").wait_for()
    waiting = planner.locator("[data-waiting]").filter(has_text="Light fields")
    expect(waiting).to_contain_text("40 minutes")

    author.goto(f"/congresses/{made.slug}/call/mine")
    expect(author.get_by_role("listitem").filter(has_text="Light fields")).to_contain_text(
        "Your session is part of the congress"
    )


def test_what_is_rejected_is_told_to_its_author(site: Site, visit: Visitors) -> None:
    made = congress(site, "declined")
    _open_call(visit, made)
    author = _drafted(visit, made, "Perpetual motion")
    _submit(author)

    planner = visit(f"/congresses/{made.slug}/desk/proposals", who=MINE, language="en")
    planner.get_by_role("row").filter(has_text="Perpetual motion").get_by_role("checkbox").check()
    planner.get_by_role("button", name="Reject").click()
    expect(planner.locator(".message--good").first).to_have_text("They are rejected.")

    author.goto(f"/congresses/{made.slug}/call/mine")
    expect(author.get_by_role("listitem").filter(has_text="Perpetual motion")).to_contain_text(
        "Not selected"
    )
    planner.goto(made.editor)
    planner.locator("[data-timetable][data-ready]").wait_for()
    expect(planner.locator("[data-waiting]").filter(has_text="Perpetual motion")).to_have_count(0)


def test_a_draft_is_nobody_elses_and_stays_as_it_was_typed(site: Site, visit: Visitors) -> None:
    made = congress(site, "drafted")
    _open_call(visit, made)
    author = _drafted(visit, made, "Half an idea", about="")

    planner = visit(f"/congresses/{made.slug}/desk/proposals", who=MINE, language="en")
    expect(planner.get_by_role("table")).to_contain_text("Nobody has proposed anything yet.")

    author.get_by_role("link", name="Half an idea").click()
    expect(author.locator("#field-title_en")).to_have_value("Half an idea")
    author.get_by_role("button", name="Submit").click()
    expect(author.locator("#field-about_zh")).to_be_focused()
    expect(author.locator("#field-about_zh")).to_have_attribute("aria-invalid", "true")
    expect(author.locator("#field-title_en")).to_have_value("Half an idea")

    author.locator("#field-about_en").fill(ABOUT)
    _submit_form(author)


def test_a_reviewer_of_an_anonymous_call_sees_what_not_who(site: Site, visit: Visitors) -> None:
    made = congress(site, "anonymous")
    _open_call(visit, made)
    _submit(_drafted(visit, made, "Light fields"))
    reviewer = _reviewer(site, visit, "rolf@park.example")

    reviewer.goto(f"/congresses/{made.slug}/desk/proposals")
    expect(reviewer.locator("main")).not_to_contain_text("林知远")
    reviewer.get_by_role("link", name="Light fields").click()

    expect(reviewer.locator("main")).to_contain_text("author and speakers are not shown")
    expect(reviewer.locator("main")).not_to_contain_text("Ann Sample")
    expect(reviewer.get_by_role("button", name="Accept")).to_have_count(0)


def test_who_is_no_reviewer_is_kept_out(site: Site, visit: Visitors) -> None:
    made = congress(site, "closed-desk")
    _open_call(visit, made)

    page = visit(f"/congresses/{made.slug}/desk/proposals", who="visitor", language="en")

    expect(page.locator("h1")).not_to_have_text("Proposals")
    expect(page.get_by_role("table")).to_have_count(0)


def _open_call(visit: Visitors, made: Made) -> None:
    """The organizer opens an anonymous call."""
    page = visit(f"/congresses/{made.slug}/call", who=MINE, language="en")
    page.locator("#field-words_zh").fill("说说你的想法。")
    page.locator("#field-words_en").fill("Tell us what you would say.")
    page.locator("#field-start").fill("2026-01-01T00:00:00")
    page.locator("#field-end").fill("2099-12-31T23:59:59")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".message--good").first).to_have_text("The call is saved.")


def _drafted(visit: Visitors, made: Made, title: str, about: str = ABOUT) -> Page:
    """A visitor on a phone saves a draft: the list of what they propose."""
    page = visit(f"/congresses/{made.slug}/call", who="visitor", language="en", viewport=PHONE)
    page.get_by_role("link", name="Propose a session").click()
    page.locator("#field-title_zh").fill(f"示例 {title}")
    page.locator("#field-title_en").fill(title)
    page.locator("#field-about_en").fill(about)
    page.locator("#field-minutes").fill("40")
    page.locator("#field-speakers").fill("Ann Sample, professor at Sample University")
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_text("Your proposal is saved.")).to_be_visible()
    if "/call/mine/" in page.url:
        page.goto(f"/congresses/{made.slug}/call/mine")
    expect(page.get_by_role("listitem").filter(has_text=title)).to_contain_text("Draft")
    return page


def _submit(author: Page) -> None:
    """What somebody has drafted, from the list of it."""
    author.locator(".row .row__main").first.click()
    _submit_form(author)


def _submit_form(author: Page) -> None:
    author.get_by_role("button", name="Submit").click()
    expect(author.get_by_text("Your proposal is submitted.")).to_be_visible()


def _reviewer(site: Site, visit: Visitors, email: str) -> Page:
    """A page of somebody of the operator's staff: they judge, and do not decide."""
    with (
        Server.joined(site.data) as url,
        closing(Database(url)) as database,
        database.transaction() as db,
    ):
        planner = actor(db, MINE)
        operator = planner.belongings[0].organization
        found = next(one for one in identity.organizations(db, planner) if one.id == operator.id)
        join(db, person(db, email), found, Role.STAFF)
    page = visit("/login", language="en")
    page.locator("#field-email").fill(email)
    page.locator("#field-password").fill(PASSWORD)
    page.locator("main form[method=post] button[type=submit]").last.click()
    page.locator(".account-link").wait_for()
    return page


def _judge(page: Page, made: Made, title: str, *, score: str, words: str) -> None:
    page.goto(f"/congresses/{made.slug}/desk/proposals")
    page.get_by_role("link", name=title).click()
    page.locator("#field-score").select_option(score)
    page.locator("#field-words").fill(words)
    page.get_by_role("button", name="Save the review").click()
    expect(page.get_by_text("Your review is saved.")).to_be_visible()
    row = page.get_by_role("row").filter(has_text=title)
    expect(row).to_contain_text("must have")
