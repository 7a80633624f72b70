"""The web edge: one request is one transaction, failures are told, forged changes are refused."""

import pytest
import sqlalchemy as sa
from litestar.testing import TestClient
from litestar.types import ASGIApp

from shulian.kit.db import Database

Client = TestClient[ASGIApp]
TOKEN = {"authorization": "Bearer x"}


def notes(url: str) -> list[str]:
    database = Database(url)
    with database.transaction() as db:
        found = list(db.execute(sa.text("select words from note")).scalars())
    database.close()
    return found


def test_what_succeeds_is_kept(client: Client, own_database_url: str) -> None:
    answer = client.post("/api/notes?words=kept", headers=TOKEN)

    assert (answer.status_code, notes(own_database_url)) == (201, ["kept"])


def test_what_fails_is_undone(client: Client, own_database_url: str) -> None:
    answer = client.post("/api/notes?words=lost&fail=true", headers=TOKEN)

    assert (answer.status_code, notes(own_database_url)) == (409, [])


@pytest.mark.parametrize(
    ("language", "title", "detail"),
    [
        ("zh-CN", "内容有误", "提交的内容有误，请检查标出的各项。 name: 这一项的格式不对。"),
        (
            "en",
            "Not valid",
            (
                "Some of what was sent is not right. Please check the fields that are marked. "
                "name: This value does not have the right form."
            ),
        ),
    ],
)
def test_tells_a_program_what_was_wrong(
    client: Client, language: str, title: str, detail: str
) -> None:
    answer = client.get("/api/fail/fields", headers={"accept-language": language})

    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "urn:shulian:error:invalid",
        "title": title,
        "status": 422,
        "detail": detail,
        "code": "invalid",
        "params": {},
        "fields": {"name": detail.rpartition("name: ")[2]},
    }


def test_says_when_to_try_again(client: Client) -> None:
    answer = client.get("/api/fail/often")

    assert (answer.status_code, answer.headers["retry-after"]) == (429, "30")


def test_tells_nobody_what_went_wrong_inside(client: Client) -> None:
    answer = client.get("/api/fail/inside")

    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "secret" not in answer.text


def test_tells_a_person_on_a_page(client: Client) -> None:
    answer = client.get("/page/fail", headers={"accept": "text/html", "accept-language": "zh"})

    assert (answer.status_code, answer.headers["content-type"]) == (409, "text/html; charset=utf-8")
    assert "在你操作期间，内容已被他人更改。请刷新后再试。" in answer.text


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/none", 404, "not_found"),
        ("DELETE", "/api/number", 405, "method_unknown"),
        ("GET", "/api/number?count=0", 422, "invalid"),
        ("GET", "/api/number?count=many", 422, "invalid"),
        ("GET", "/api/number", 422, "invalid"),
        ("POST", "/api/notes?words=x", 401, "login_needed"),
    ],
)
def test_says_in_our_words_what_the_framework_refuses(
    client: Client, method: str, path: str, status: int, code: str
) -> None:
    answer = client.request(method, path, headers=TOKEN if method == "DELETE" else {})

    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_change_in_nobodys_name_is_refused_too_and_told_to_log_in(
    client: Client, own_database_url: str
) -> None:
    program = client.post("/api/notes?words=x", headers={"x-csrftoken": "made up"})
    client.cookies.set("other", "1")
    known = client.post("/api/notes?words=x")

    assert (program.status_code, program.json()["code"]) == (401, "login_needed")
    assert (known.status_code, known.json()["code"]) == (403, "cross_site")
    assert notes(own_database_url) == []


def test_a_form_with_its_token_passes(client: Client, own_database_url: str) -> None:
    client.get("/api/language")
    token = client.cookies["csrftoken"]

    refused = client.post("/api/notes?words=forged", headers={"x-csrftoken": token[:-1] + "!"})
    passed = client.post("/api/notes?words=ours", headers={"x-csrftoken": token})

    assert (refused.status_code, passed.status_code) == (403, 201)
    assert notes(own_database_url) == ["ours"]


def test_every_answer_has_safe_headers_and_an_id(client: Client) -> None:
    for path in ("/api/language", "/api/none", "/api/fail/inside"):
        headers = client.get(path).headers

        assert "script-src 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert len(headers["x-request-id"]) == 16


@pytest.mark.parametrize(
    ("asked", "cookie", "browser", "language"),
    [
        ("?lang=en", "zh-CN", "zh", "en"),
        ("", "en", "zh", "en"),
        ("", "", "en-GB", "en"),
        ("?lang=fr", "", "", "zh-CN"),
    ],
)
def test_answers_in_the_language_asked_for(
    client: Client, asked: str, cookie: str, browser: str, language: str
) -> None:
    headers = {"accept-language": browser, **({"cookie": f"lang={cookie}"} if cookie else {})}

    answer = client.get(f"/api/language{asked}", headers=headers)

    assert answer.json() == [language, "2026-11-22T09:00:00+00:00"]
