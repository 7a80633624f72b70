"""Logging in, signing up and out, with a browser without script."""

import pytest
from tests.identity.accounts import NOW, PASSWORD, Ticker, person
from tests.identity.browser import Browser, page
from tests.identity.conftest import Browse

from shulian.identity import api
from shulian.kit.db import Database

REFUSED = {
    "en": "E-mail address and password do not match. Please check both and try again.",
    "zh-CN": "邮箱与密码不匹配。请检查后重试。",
}


@pytest.fixture
def ada(rehearsal: Database) -> str:
    """The address of an account."""
    with rehearsal.transaction() as db:
        return person(db, "ada@example.org").email


def test_the_form_asks_what_it_needs_and_says_so_to_password_managers(browser: Browser) -> None:
    shown = page(browser.get("/login?next=/parks"))

    assert [shown.field(name).get("autocomplete") for name in ("email", "password")] == [
        "username",
        "current-password",
    ]
    assert shown.field("next")["value"] == "/parks"
    assert shown.field("_csrf_token")["value"] == browser.cookies["csrf"]


def test_who_logs_in_goes_on_to_the_wanted_page(browser: Browser, ada: str) -> None:
    answer = browser.log_in(ada, PASSWORD, next="/parks?x=1")

    assert (answer.status_code, answer.headers["location"]) == (303, "/parks?x=1")
    assert "Your account" in page(browser.get("/account")).words


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "/logout", ""])
def test_no_login_leads_to_another_site(browser: Browser, ada: str, wanted: str) -> None:
    assert browser.log_in(ada, PASSWORD, next=wanted).headers["location"] == "/"
    assert browser.get(f"/login?next={wanted}").headers["location"] == "/"


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize(
    ("email", "password"),
    [("ada@example.org", "wrong"), ("nobody@example.org", PASSWORD), ("", "")],
)
def test_the_same_page_answers_whatever_is_wrong(
    browser: Browser, ada: str, email: str, password: str, language: str
) -> None:
    browser.language = language

    answer = browser.log_in(email, password, next="/parks")

    shown = page(answer)
    assert (answer.status_code, REFUSED[language] in shown.words) == (401, True)
    assert [shown.field(name).get("value", "") for name in ("email", "password", "next")] == [
        email,
        "",
        "/parks",
    ]
    assert "login" not in browser.cookies
    assert ada


def test_the_answers_differ_in_nothing_but_what_was_typed(browser: Browser, ada: str) -> None:
    known = browser.log_in(ada, "wrong wrong wrong")
    unknown = browser.log_in("nob@example.org", "wrong wrong wrong")

    assert known.text.replace(ada, "…") == unknown.text.replace("nob@example.org", "…")
    assert {**known.headers, "content-length": ""} == {**unknown.headers, "content-length": ""}


def test_who_tries_too_often_is_told_how_long_to_wait(
    browser: Browser, ada: str, ticker: Ticker
) -> None:
    codes = [browser.log_in(ada, "wrong").status_code for _ in range(5)]

    answer = browser.log_in(ada, PASSWORD)

    assert codes == [401] * 5
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "15")
    assert "Please try again in 15 seconds." in page(answer).words
    ticker.now = NOW.replace(second=15)
    assert browser.log_in(ada, PASSWORD).status_code == 303


def test_many_wrong_tries_from_one_address_do_not_stop_another(browse: Browse, ada: str) -> None:
    here, there = browse(address="192.0.2.1"), browse(address="192.0.2.2")
    for number in range(30):
        here.log_in(f"somebody{number}@example.org", "x" * 300)

    assert [here.log_in(ada, PASSWORD).status_code, there.log_in(ada, PASSWORD).status_code] == [
        429,
        303,
    ]


def test_the_cookie_is_kept_from_scripts_and_other_sites(browser: Browser, ada: str) -> None:
    answer = browser.log_in(ada, PASSWORD)

    (told,) = [one for one in answer.headers.get_list("set-cookie") if one.startswith("login=")]
    assert sorted(told.partition("; ")[2].split("; ")) == [
        "HttpOnly",
        "Max-Age=2592000",
        "Path=/",
        "SameSite=lax",
    ]


def test_over_https_the_cookie_is_bound_to_this_host(browse: Browse, ada: str) -> None:
    browser = browse(https=True)

    answer = browser.log_in(ada, PASSWORD)

    (told,) = [one for one in answer.headers.get_list("set-cookie") if "login=" in one]
    assert told.startswith("__Host-login=")
    assert sorted(told.partition("; ")[2].split("; ")) == [
        "HttpOnly",
        "Max-Age=2592000",
        "Path=/",
        "SameSite=lax",
        "Secure",
    ]
    assert browser.get("/account").status_code == 200
    assert browser.send("/logout").headers["set-cookie"].startswith('__Host-login=""')
    assert browser.get("/account").status_code == 303


def test_logging_in_speaks_the_language_of_the_person(browser: Browser, ada: str) -> None:
    browser.language = "zh-CN"
    browser.log_in(ada, PASSWORD)

    assert browser.cookies["lang"] == "en"


def test_a_shared_sample_account_changes_no_language(browse: Browse, rehearsal: Database) -> None:
    with rehearsal.transaction() as db:
        person(db, "visitor@shulian.example", sample=True)
    browser = browse(demo=True)

    browser.log_in("visitor@shulian.example", PASSWORD)

    assert "lang" not in browser.cookies


def test_a_language_chosen_before_is_kept(browser: Browser, ada: str) -> None:
    browser.cookies["lang"] = "zh-CN"
    browser.log_in(ada, PASSWORD)

    assert browser.cookies["lang"] == "zh-CN"


def test_logging_in_again_ends_the_login_before(browser: Browser, ada: str) -> None:
    browser.log_in(ada, PASSWORD)
    first = browser.cookies["login"]
    browser.log_in(ada, PASSWORD)
    second = browser.cookies["login"]

    browser.cookies["login"] = first

    assert (first != second, browser.get("/account").status_code) == (True, 303)


def test_logging_out_forgets_the_login(browser: Browser, ada: str) -> None:
    browser.log_in(ada, PASSWORD)
    secret = browser.cookies["login"]

    answer = browser.send("/logout")

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "login" not in browser.cookies
    browser.cookies["login"] = secret
    assert browser.get("/account").status_code == 303


def test_a_guest_may_log_out_as_well(browser: Browser) -> None:
    assert browser.send("/logout").status_code == 303


def test_a_cookie_nobody_gave_is_a_guest_s(browser: Browser) -> None:
    browser.cookies["login"] = "made up"

    answer = browser.get("/account?x=1&y=2")

    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/login?next=%2Faccount%3Fx%3D1%26y%3D2",
    )


@pytest.mark.parametrize("path", ["/login", "/signup", "/logout", "/account/profile"])
def test_a_form_of_another_site_is_refused(browser: Browser, ada: str, path: str) -> None:
    browser.log_in(ada, PASSWORD)

    bare = browser.request("POST", path, data={"email": ada, "password": PASSWORD})
    forged = browser.request("POST", path, data={"_csrf_token": "f" * 128, "email": ada})

    assert [bare.status_code, forged.status_code] == [403, 403]
    assert browser.get("/account").status_code == 200


def test_who_is_logged_in_is_not_asked_to_again(browser: Browser, ada: str) -> None:
    browser.log_in(ada, PASSWORD)

    answers = [browser.get(path) for path in ("/login?next=/parks", "/signup?next=/parks")]

    assert [(one.status_code, one.headers["location"]) for one in answers] == [(303, "/parks")] * 2


def test_the_form_to_sign_up_asks_for_a_new_password(browser: Browser) -> None:
    shown = page(browser.get("/signup?next=/parks"))

    asked = [shown.field(name)["autocomplete"] for name in ("name", "email", "password")]
    assert (asked, shown.field("next")["value"]) == (
        ["name", "username", "new-password"],
        "/parks",
    )


def test_who_signs_up_can_log_in(browser: Browser) -> None:
    form = {"name": "林知远", "email": "lin@example.org", "password": PASSWORD, "next": "/parks"}

    answer = browser.send("/signup", form)

    assert (answer.status_code, answer.headers["location"]) == (303, "/login?made=1&next=%2Fparks")
    assert "it has one now. Please log in." in page(browser.get(answer.headers["location"])).words
    assert browser.log_in("lin@example.org", PASSWORD).status_code == 303


def test_signing_up_tells_no_stranger_whether_there_is_an_account(
    browser: Browser, ada: str
) -> None:
    known = browser.send("/signup", {"name": "A", "email": ada, "password": PASSWORD})
    unknown = browser.send("/signup", {"name": "A", "email": "b@b.example", "password": PASSWORD})

    assert (known.status_code, known.text, known.headers) == (
        unknown.status_code,
        unknown.text,
        unknown.headers,
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Please give a name.", "This is not an e-mail", "The password is too short"]),
        ("zh-CN", ["请填写名称。", "这不是有效的电子邮箱", "密码太短"]),
    ],
)
def test_what_is_wrong_stands_at_the_fields_and_the_first_takes_the_focus(
    browser: Browser, language: str, words: list[str]
) -> None:
    browser.language = language

    answer = browser.send("/signup", {"name": "", "email": "a@b", "password": "secret"})

    shown = page(answer)
    assert answer.status_code == 422
    assert [one in shown.words for one in words] == [True, True, True]
    assert [shown.fault(name) for name in ("name", "email", "password")] == [
        "error-name",
        "error-email",
        "error-password",
    ]
    assert [shown.field(name).get("aria-invalid") for name in ("name", "email")] == ["true"] * 2
    assert (shown.focused(), shown.field("email")["value"]) == (["name"], "a@b")
    assert "secret" not in answer.text


def test_what_was_typed_is_shown_as_text(browser: Browser) -> None:
    answer = browser.send("/login", {"email": '"><script>x</script>', "password": "x"})

    assert "<script>x" not in answer.text


def test_a_field_sent_twice_is_refused_politely(browser: Browser) -> None:
    browser.get("/login")
    token = browser.cookies["csrf"]

    answer = browser.request("POST", "/login", data={"_csrf_token": token, "email": ["a", "b"]})

    assert answer.status_code == 422


def test_nobody_keeps_a_copy_of_these_pages(browser: Browser) -> None:
    assert browser.get("/login").headers["cache-control"] == "no-store"


class TestDemo:
    """The login page of a demo, and of any other installation."""

    def test_a_demo_names_its_accounts(self, browse: Browse) -> None:
        words = page(browse(demo=True).get("/login")).words

        assert [one.email in words for one in api.DEMO_ACCOUNTS] == [True] * 5
        assert api.DEMO_PASSWORD in words

    def test_no_other_installation_does(self, browse: Browse) -> None:
        shown = browse(demo=False).get("/login?account=operator")

        assert [one.email in shown.text for one in api.DEMO_ACCOUNTS] == [False] * 5
        assert api.DEMO_PASSWORD not in shown.text

    def test_a_click_fills_in_the_form(self, browse: Browse) -> None:
        shown = page(browse(demo=True).get("/login?account=operator&next=/parks"))

        assert [shown.field(name)["value"] for name in ("email", "password", "next")] == [
            "operator@shulian.example",
            api.DEMO_PASSWORD,
            "/parks",
        ]

    def test_an_account_there_is_not_fills_in_nothing(self, browse: Browse) -> None:
        shown = page(browse(demo=True).get("/login?account=boss"))

        assert shown.field("email")["value"] == ""

    def test_a_sample_account_opens_here_only(self, browse: Browse, rehearsal: Database) -> None:
        with rehearsal.transaction() as db:
            person(db, "visitor@shulian.example", sample=True)
        demo, plain = browse(demo=True), browse(demo=False)

        answers = [one.log_in("visitor@shulian.example", PASSWORD) for one in (demo, plain)]
        plain.cookies["login"] = demo.cookies["login"]

        assert [one.status_code for one in answers] == [303, 401]
        assert [demo.get("/account").status_code, plain.get("/account").status_code] == [200, 303]
