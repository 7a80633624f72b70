"""One's own account, with a browser without script."""

import re

import pytest
from tests.identity.accounts import (
    GRANTS,
    NOW,
    NOWHERE,
    PASSWORD,
    join,
    organization,
    person,
)
from tests.identity.browser import Browser, page
from tests.identity.conftest import Browse

from shulian.identity import api
from shulian.identity.types import OrganizationKind, Role, Via
from shulian.kit.db import Database

NEW_PASSWORD = "another battery staple"  # noqa: S105  # opens what tests make


@pytest.fixture
def mine(browser: Browser, rehearsal: Database) -> Browser:
    """The browser of an administrator of the park, logged in."""
    with rehearsal.transaction() as db:
        ada = person(db, "ada@example.org")
        join(db, ada, organization(db, "Park", OrganizationKind.OPERATOR), Role.ADMINISTRATOR)
    browser.log_in("ada@example.org", PASSWORD)
    return browser


def token_in(html: str) -> str:
    """The text of the token that a page shows."""
    return re.findall(r"shl_[0-9A-Za-z]{49}", html)[0]


def test_the_page_shows_profile_organizations_and_logins(mine: Browser) -> None:
    answer = mine.get("/account")

    words = page(answer).words
    wanted = ["Ada · ada@example.org", "Park", "Park operator", "Administrator", "Tester"]
    assert [one for one in wanted if one not in words] == []
    assert answer.headers["cache-control"] == "no-store"


def test_it_speaks_chinese(mine: Browser) -> None:
    words = page(mine.get("/account?lang=zh-CN")).words

    wanted = ["我的账号", "园区运营方", "管理员", "访问令牌", "退出所有浏览器"]
    assert [one for one in wanted if one not in words] == []


@pytest.mark.parametrize(
    "path", ["/account", "/organizations", f"/organizations/{NOWHERE}", "/people", "/audit"]
)
def test_a_guest_is_sent_to_the_login_page_and_back(browser: Browser, path: str) -> None:
    answer = browser.get(path)

    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/login?next=" + path.replace("/", "%2F"),
    )


def test_a_profile_is_changed(mine: Browser) -> None:
    answer = mine.send("/account/profile", {"name": "艾达", "language": "zh-CN"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/account?done=profile")
    words = page(mine.get("/account?done=profile")).words
    assert ["艾达 · ada@example.org" in words, "资料已保存。" in words] == [True, True]


def test_a_profile_without_a_name_is_told_so_at_the_field(mine: Browser) -> None:
    answer = mine.send("/account/profile", {"name": " ", "language": "en"})

    shown = page(answer)
    assert (answer.status_code, shown.fault("name"), shown.focused()) == (
        422,
        "error-name",
        ["name"],
    )


def test_a_language_there_is_not_is_refused(mine: Browser) -> None:
    answer = mine.send("/account/profile", {"name": "Ada", "language": "tlh"})

    assert answer.status_code == 422


def test_another_password_keeps_this_browser_only(mine: Browser, browse: Browse) -> None:
    there = browse()
    there.log_in("ada@example.org", PASSWORD)

    answer = mine.send("/account/password", {"current": PASSWORD, "new": NEW_PASSWORD})

    assert (answer.status_code, answer.headers["location"]) == (303, "/account?done=password")
    assert [mine.get("/account").status_code, there.get("/account").status_code] == [200, 303]
    assert there.log_in("ada@example.org", NEW_PASSWORD).status_code == 303


@pytest.mark.parametrize(
    ("form", "field", "words"),
    [
        (
            {"current": "wrong", "new": NEW_PASSWORD},
            "current",
            "This is not your current password.",
        ),
        ({"current": PASSWORD, "new": "short"}, "new", "The password is too short"),
        ({"current": PASSWORD, "new": "ada@example.org"}, "new", "must not contain your e-mail"),
        ({}, "new", "The password is too short"),
    ],
)
def test_a_wrong_password_is_told_at_its_field(
    mine: Browser, form: dict[str, str], field: str, words: str
) -> None:
    answer = mine.send("/account/password", form)

    shown = page(answer)
    assert (answer.status_code, shown.fault(field), shown.focused()) == (
        422,
        f"error-{field}",
        [field],
    )
    assert words in shown.words


def test_guessing_the_current_password_is_slowed_down(mine: Browser) -> None:
    form = {"current": "guess", "new": NEW_PASSWORD}

    codes = [mine.send("/account/password", form).status_code for _ in range(6)]

    assert codes == [422] * 5 + [429]


def test_a_sample_account_s_password_cannot_be_changed(browse: Browse, rehearsal: Database) -> None:
    with rehearsal.transaction() as db:
        person(db, "visitor@shulian.example", sample=True)
    browser = browse(demo=True)
    browser.log_in("visitor@shulian.example", PASSWORD)

    answer = browser.send("/account/password", {"current": PASSWORD, "new": NEW_PASSWORD})

    shown = page(browser.get("/account"))
    assert answer.status_code == 403
    assert [one for _, one in shown.elements if one.get("name") == "current"] == []


def test_a_guest_has_no_password_to_change(browser: Browser) -> None:
    answer = browser.send("/account/password", {"current": PASSWORD, "new": NEW_PASSWORD})

    assert answer.status_code == 401


def test_a_token_is_shown_once_and_works(mine: Browser, rehearsal: Database) -> None:
    form = {"name": "screen", "scopes": ["audit.read", "identity.read"], "days": "30"}

    answer = mine.send("/account/tokens", form)

    text = token_in(answer.text)
    listed = page(mine.get("/account"))
    assert (answer.status_code, text in listed.words) == (200, False)
    assert "Read the audit log · See all organizations and people" in listed.words
    with rehearsal.transaction() as db:
        program = api.actor_of_token(db, GRANTS, text, demo=False, now=NOW)
    assert (program.via, program.permissions) == (Via.TOKEN, {"audit.read", "identity.read"})


def test_a_token_may_have_one_scope_or_none(mine: Browser) -> None:
    answers = [
        mine.send("/account/tokens", {"name": "a", "scopes": "audit.read", "days": "7"}),
        mine.send("/account/tokens", {"name": "b", "days": "7"}),
    ]

    assert [len(token_in(one.text)) for one in answers] == [53, 53]
    assert "public reading only" in page(mine.get("/account")).words


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"name": "", "days": "7"}, "Please give a name."),
        ({"name": "a", "scopes": "no.such", "days": "7"}, "You do not have one of these"),
    ],
)
def test_a_token_that_cannot_be_is_told_so(mine: Browser, form: dict[str, str], words: str) -> None:
    answer = mine.send("/account/tokens", form)

    assert (answer.status_code, words in page(answer).words) == (422, True)
    assert "shl_" not in answer.text


def test_a_token_is_revoked(mine: Browser) -> None:
    page_before = mine.send("/account/tokens", {"name": "kiosk", "days": "7"})
    (path,) = re.findall(r"/account/tokens/[0-9a-f-]{36}/revoke", page_before.text)

    answers = [mine.send(path).status_code for _ in range(2)]

    assert answers == [303, 404]
    assert "kiosk" not in page(mine.get("/account")).words


def test_logging_out_everywhere_ends_every_login(mine: Browser, browse: Browse) -> None:
    there = browse()
    there.log_in("ada@example.org", PASSWORD)

    answer = mine.send("/account/logout-everywhere")

    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert [mine.get("/account").status_code, there.get("/account").status_code] == [303, 303]


def test_the_page_says_only_what_it_knows_how_to(mine: Browser) -> None:
    assert "identity.account.done" not in mine.get("/account?done=nonsense").text
