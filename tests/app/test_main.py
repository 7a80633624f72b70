"""The whole application: what every answer has, whoever asks for whatever."""

from datetime import timedelta
from http.cookies import SimpleCookie

import httpx
import pytest
from tests.app.conftest import NOW, Serve
from tests.conftest import SCRIPT

PAGE = {"accept": "text/html,application/xhtml+xml", "accept-language": "en"}
PROGRAM = {"accept": "application/json", "accept-language": "en"}


@pytest.mark.parametrize(
    "path",
    ["/", "/login", "/api/parks", "/no-such-page", "/api/no-such-call", "/assets/pages-1a2b3c.js"],
)
def test_every_answer_is_safe(guest: httpx.Client, path: str) -> None:
    headers = guest.get(path).headers

    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
    assert {
        name: headers[name]
        for name in ("x-content-type-options", "referrer-policy", "cross-origin-opener-policy")
    } == {
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
    }
    assert "microphone=(self)" in headers["permissions-policy"]
    assert len(headers["x-request-id"]) == 16
    assert "server" not in headers


@pytest.mark.parametrize("path", ["/no-such-page", "/parks/none", "/spaces/none", "/tiles/a/b/c"])
def test_a_person_is_told_on_a_page_what_is_not_there(guest: httpx.Client, path: str) -> None:
    answer = guest.get(path, headers=PAGE)

    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert '<html lang="en">' in answer.text


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/no-such-page", "not_found"),
        ("/api/no-such-call", "not_found"),
        ("/api/spaces/none", "park.space_unknown"),
        ("/api/parks/none/scene", "park.park_unknown"),
        ("/assets/none.js", "not_found"),
    ],
)
def test_a_program_is_told_in_json_what_is_not_there(
    guest: httpx.Client, path: str, code: str
) -> None:
    answer = guest.get(path, headers=PROGRAM)

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == code


def test_calls_are_answered_in_json_even_to_a_browser(guest: httpx.Client) -> None:
    answer = guest.get("/api/no-such-call", headers=PAGE)

    assert answer.headers["content-type"] == "application/problem+json"


def test_a_method_that_is_not_taken_says_which_are(guest: httpx.Client) -> None:
    answer = guest.put("/api/parks", headers=PROGRAM)

    assert (answer.status_code, answer.json()["code"]) == (405, "method_unknown")
    assert {one.strip() for one in answer.headers["allow"].split(",")} == {"GET", "OPTIONS"}


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/login",
        "/api/parks",
        "/healthz",
        "/messages/en.json",
        "/assets/pages-1a2b3c.js",
        "/no-such-page",
        "/api/openapi.json",
    ],
)
def test_head_says_what_get_would_without_the_content(guest: httpx.Client, path: str) -> None:
    told, got = guest.head(path), guest.get(path)

    assert (told.status_code, told.content) == (got.status_code, b"")
    for name in ("content-type", "content-length", "etag", "cache-control"):
        assert told.headers.get(name) == got.headers.get(name)


def test_built_files_are_kept_for_ever(guest: httpx.Client) -> None:
    answer = guest.get("/assets/pages-1a2b3c.js")

    assert (answer.status_code, answer.text) == (200, SCRIPT)
    assert set(answer.headers["cache-control"].split(", ")) == {
        "public",
        "max-age=31536000",
        "immutable",
    }
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/assets/none.js",
        "/assets/../.vite/manifest.json",
        "/assets/%2e%2e/.vite/manifest.json",
        "/assets/..%2f.vite%2fmanifest.json",
        "/assets//etc/passwd",
    ],
)
def test_nothing_beside_the_built_files_is_served(guest: httpx.Client, path: str) -> None:
    answer = guest.get(path)

    assert answer.status_code == 404
    assert "immutable" not in answer.headers["cache-control"]


def test_pages_name_the_built_files(guest: httpx.Client) -> None:
    page = guest.get("/login", headers=PAGE).text

    assert '<script type="module" src="/assets/pages-1a2b3c.js"></script>' in page
    assert '<link rel="stylesheet" href="/assets/pages-4d5e6f.css">' in page


@pytest.mark.parametrize("path", ["/login", "/assets/pages-1a2b3c.js", "/messages/en.json"])
def test_words_travel_packed(guest: httpx.Client, path: str) -> None:
    packed = guest.get(path, headers={**PAGE, "accept-encoding": "gzip"})
    plain = guest.get(path, headers={**PAGE, "accept-encoding": "identity"})

    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])
    assert "accept-encoding" in packed.headers["vary"].lower()


def test_the_cookie_of_forms_is_no_business_of_scripts_or_other_sites(guest: httpx.Client) -> None:
    cookie = SimpleCookie(guest.get("/login", headers=PAGE).headers["set-cookie"])["csrf"]

    assert {name: cookie[name] for name in ("path", "httponly", "samesite", "secure")} == {
        "path": "/",
        "httponly": True,
        "samesite": "lax",
        "secure": "",
    }


def test_over_https_the_cookie_of_forms_stays_there(serve: Serve, database_url: str) -> None:
    answer = serve(database_url, scheme="https").get("/login", headers=PAGE)

    assert SimpleCookie(answer.headers["set-cookie"])["csrf"]["secure"] is True


def test_a_cookie_that_another_secret_signed_is_replaced(serve: Serve, database_url: str) -> None:
    before = serve(database_url, secret="b" * 64)
    before.get("/login", headers=PAGE)
    client = serve(database_url)
    client.cookies.set("csrf", before.cookies["csrf"], domain="park.example", path="/")
    client.get("/login", headers=PAGE)

    form = {"_csrf_token": client.cookies["csrf"]}
    answer = client.post("/logout", data=form, headers=PAGE)

    assert client.cookies["csrf"] != before.cookies["csrf"]
    assert answer.status_code != 403


def test_a_form_of_another_site_is_refused(guest: httpx.Client) -> None:
    guest.get("/login", headers=PAGE)

    answer = guest.post("/login", data={"email": "a@b.example", "password": "x"}, headers=PROGRAM)

    assert (answer.status_code, answer.json()["code"]) == (403, "cross_site")


def test_without_cookies_a_program_is_told_to_log_in_and_a_person_why_that_fails(
    guest: httpx.Client,
) -> None:
    form = {"email": "a@b.example", "password": "x"}
    page = guest.post("/login", data=form, headers=PAGE)
    program = guest.post("/api/world/tickets", json={"park": "yq"}, headers=PROGRAM)

    assert page.status_code == 403
    assert (program.status_code, program.json()["code"]) == (401, "login_needed")
    assert program.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_language_asked_for_is_remembered(guest: httpx.Client, language: str) -> None:
    first = guest.get(f"/login?next=/&lang={language}", headers={"accept": "text/html"})
    again = guest.get("/login", headers={"accept": "text/html"})

    assert f"lang={language}; Path=/; Max-Age=31536000; SameSite=Lax" in first.headers.get_list(
        "set-cookie"
    )
    assert (first.headers["content-language"], again.headers["content-language"]) == (
        language,
        language,
    )


@pytest.mark.parametrize("query", ["lang=fr", "slang=en", "lang=", "lang=en%0d%0aset-cookie:x=y"])
def test_no_other_language_is_remembered(guest: httpx.Client, query: str) -> None:
    cookies = guest.get(f"/login?{query}", headers=PAGE).headers.get_list("set-cookie")

    assert [one for one in cookies if not one.startswith("csrf=")] == []


def test_a_body_too_large_is_not_read(guest: httpx.Client) -> None:
    guest.get("/login", headers=PAGE)
    token = {"x-csrftoken": guest.cookies["csrf"]}

    answer = guest.patch("/api/me", content=b"[" * (2 << 20) + b"!", headers=PROGRAM | token)

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_a_form_too_large_is_not_read(guest: httpx.Client) -> None:
    answer = guest.post("/login", data={"email": "x" * (3 << 20)}, headers=PROGRAM)

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_who_calls_too_often_is_told_when_to_come_back(serve: Serve, database_url: str) -> None:
    client = serve(database_url, clock=lambda: NOW, calls=3)
    passed = [client.get("/api/parks").status_code for _ in range(3)]

    answer = client.get("/api/parks", headers=PROGRAM)

    assert passed == [200, 200, 200]
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many")
    assert answer.headers["retry-after"] == "40"
    assert "40" in answer.json()["detail"]


def test_calls_to_all_routes_count_together(serve: Serve, database_url: str) -> None:
    client = serve(database_url, clock=lambda: NOW, calls=1)
    client.get("/api/parks")

    assert client.get("/", headers=PAGE).status_code == 429


def test_what_caches_share_is_not_counted(serve: Serve, database_url: str) -> None:
    client = serve(database_url, clock=lambda: NOW, calls=0)
    paths = ["/assets/pages-1a2b3c.js", "/messages/en.json", "/healthz", "/readyz"]

    assert [client.get(path).status_code for path in paths] == [200] * 4


def test_the_next_minute_counts_anew(serve: Serve, database_url: str) -> None:
    instants = [NOW]
    client = serve(database_url, clock=lambda: instants[-1], calls=1)
    first = [client.get("/api/parks").status_code for _ in range(2)]
    instants.append(NOW + timedelta(seconds=40))

    assert (first, client.get("/api/parks").status_code) == ([200, 429], 200)
