"""The API for programs: with a token, in JSON, refused in problem+json."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.identity.accounts import (
    COMMAND,
    NOW,
    NOWHERE,
    PASSWORD,
    Ticker,
    actor,
    join,
    organization,
    person,
    some_uuid,
)
from tests.identity.browser import Browser, Process, Program
from tests.identity.conftest import edge

from shulian.identity import api
from shulian.identity.types import Organization, OrganizationKind, Person, Role
from shulian.kit.db import Database
from shulian.kit.i18n import Catalogue

MOMENT = "2026-11-22T04:00:00Z"
Opened = Callable[..., Program]


@pytest.fixture
def park(rehearsal: Database) -> Organization:
    """The park's operator and its administrator."""
    with rehearsal.transaction() as db:
        park = organization(db, "Park", OrganizationKind.OPERATOR)
        join(db, person(db, "boss@park.example"), park, Role.ADMINISTRATOR)
        return park


@pytest.fixture
def ada(rehearsal: Database) -> Person:
    """A person in no organization."""
    with rehearsal.transaction() as db:
        return person(db, "ada@example.org")


@pytest.fixture
def program(browser: Browser, rehearsal: Database, park: Organization) -> Opened:
    """Starts a program with a token of somebody's, the administrator's unless said otherwise."""
    assert park

    def opened(*scopes: str, email: str = "boss@park.example") -> Program:
        with rehearsal.transaction() as db:
            (owner,) = api.people(db, COMMAND, text=email)
            _, text = api.create_token(
                db, actor(db, owner), name="test", scopes=scopes, days=30, now=NOW
            )
        return Program(browser, text)

    return opened


def told(answer: Any) -> tuple[int, str]:
    """The status and code of a problem."""
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]


def test_a_guest_is_told_that_they_are_one(browser: Browser) -> None:
    assert browser.get("/api/me").json() == {
        "person": None,
        "name": "",
        "email": None,
        "language": None,
        "via": "guest",
        "permissions": [],
        "organizations": [],
    }


def test_a_program_learns_whom_it_speaks_for(program: Opened, park: Organization) -> None:
    me = program("identity.read", "audit.read").call("GET", "/api/me").json()

    assert me == {
        "person": me["person"],
        "name": "Boss",
        "email": "boss@park.example",
        "language": "en",
        "via": "token",
        "permissions": ["audit.read", "identity.read"],
        "organizations": [
            {
                "id": str(park.id),
                "name": {"zh": "", "en": "Park"},
                "kind": "operator",
                "role": "administrator",
            }
        ],
    }


@pytest.mark.parametrize("token", ["", "x", "shl_" + "0" * 43 + "2CZclj"])
@pytest.mark.parametrize("path", ["/api/me", "/login", "/api/audit", "/nowhere"])
def test_a_wrong_token_is_refused_wherever_it_is_shown(
    browser: Browser, token: str, path: str
) -> None:
    answer = Program(browser, token).call("GET", path)

    if path == "/nowhere":
        assert answer.status_code == 404
        return
    assert told(answer) == (401, "identity.token_refused")
    assert answer.headers["www-authenticate"] == "Bearer"


def test_many_wrong_tokens_hold_no_connection(
    own_database_url: str,
    browser: Browser,
    processes: dict[bool, Process],
    ticker: Ticker,
    catalogue: Catalogue,
    tmp_path: Path,
) -> None:
    with closing(Database(own_database_url, pool=1)) as narrow:
        processes[False].app.state["edge"] = edge(narrow, ticker, catalogue, tmp_path)
        wrong = Program(browser, "wrong")
        codes = {wrong.call("GET", "/api/me").status_code for _ in range(3)}

        assert (codes, browser.get("/api/me").status_code) == ({401}, 200)


def test_a_program_reads_the_page_of_a_person_without_being_sent_to_log_in(
    program: Opened, ada: Person
) -> None:
    answer = program(email=ada.email).call("GET", "/audit")

    assert told(answer) == (403, "refused")


def test_a_call_with_a_token_needs_no_form_token_and_reads_no_cookie(
    browser: Browser, program: Opened, ada: Person
) -> None:
    boss = program("identity.administer")
    browser.log_in(ada.email, PASSWORD)

    body = {"name": {"zh": "", "en": "Firm"}, "kind": "firm"}
    answer = boss.call("POST", "/api/organizations", body)

    assert answer.status_code == 201


def test_a_call_with_a_cookie_needs_the_form_token(browser: Browser, ada: Person) -> None:
    browser.log_in(ada.email, PASSWORD)

    forged = browser.request(
        "PATCH", "/api/me", json={"name": "Mallory"}, headers={"accept": "application/json"}
    )
    ours = browser.call("PATCH", "/api/me", {"name": "Ada L"})

    assert told(forged) == (403, "cross_site")
    assert (ours.status_code, ours.json()["name"]) == (200, "Ada L")


def test_one_field_of_a_profile_is_changed_alone(browser: Browser, ada: Person) -> None:
    browser.log_in(ada.email, PASSWORD)

    me = browser.call("PATCH", "/api/me", {"language": "zh-CN"}).json()

    assert [me["name"], me["language"]] == ["Ada", "zh-CN"]


@pytest.mark.parametrize(
    ("language", "words"), [("zh-CN", "请填写名称。"), ("en", "Please give a name.")]
)
def test_a_wrong_field_is_told_in_the_asker_s_language(
    browser: Browser, ada: Person, language: str, words: str
) -> None:
    browser.language = language
    browser.log_in(ada.email, PASSWORD)
    browser.cookies["lang"] = language

    refused = browser.call("PATCH", "/api/me", {"name": ""})

    assert (refused.status_code, refused.json()["fields"]) == (422, {"name": words})


def test_a_person_makes_lists_and_revokes_tokens(browser: Browser, ada: Person) -> None:
    browser.log_in(ada.email, PASSWORD)

    made = browser.call("POST", "/api/tokens", {"name": "screen", "scopes": [], "days": 7})
    listed = browser.call("GET", "/api/tokens").json()
    gone = browser.call("DELETE", f"/api/tokens/{listed[0]['id']}")

    token: dict[str, object] = {
        "id": listed[0]["id"],
        "name": "screen",
        "scopes": [],
        "created": MOMENT,
        "expires": "2026-11-29T04:00:00Z",
        "used": None,
    }
    assert (made.status_code, made.json()) == (201, {"token": token, "text": made.json()["text"]})
    assert (listed, gone.status_code) == ([token], 204)
    assert browser.call("GET", "/api/tokens").json() == []
    assert told(browser.call("DELETE", f"/api/tokens/{token['id']}")) == (
        404,
        "identity.token_missing",
    )


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, ["name"]),
        ({"name": "a", "scopes": ["audit.read"]}, ["scopes"]),
        ({"name": "a", "days": 0}, ["days"]),
        ({"name": "a", "days": "soon"}, ["days"]),
        ({"name": 7}, ["name"]),
    ],
)
def test_a_token_that_cannot_be_names_its_fields(
    browser: Browser, ada: Person, body: object, fields: list[str]
) -> None:
    browser.log_in(ada.email, PASSWORD)

    answer = browser.call("POST", "/api/tokens", body)

    assert told(answer) == (422, "invalid")
    assert list(answer.json()["fields"]) == fields


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/api/tokens", None),
        ("POST", "/api/tokens", {"name": "another"}),
        ("DELETE", f"/api/tokens/{NOWHERE}", None),
        ("PATCH", "/api/me", {"name": "Mallory"}),
    ],
)
def test_a_program_does_not_change_its_person_s_account(
    program: Opened, method: str, path: str, body: object
) -> None:
    answer = program("identity.administer").call(method, path, body)

    assert told(answer) == (403, "identity.login_only")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/tokens"),
        ("GET", "/api/organizations"),
        ("GET", f"/api/organizations/{NOWHERE}"),
        ("GET", f"/api/organizations/{NOWHERE}/members"),
        ("GET", "/api/people"),
        ("GET", "/api/audit"),
    ],
)
def test_a_guest_is_asked_to_log_in(browser: Browser, method: str, path: str) -> None:
    answer = browser.call(method, path)

    assert told(answer) == (401, "login_needed")
    assert answer.headers["www-authenticate"] == "Bearer"


def test_scopes_narrow_what_a_program_may(program: Opened) -> None:
    reader = program("identity.read")
    body = {"name": {"zh": "", "en": "Firm"}, "kind": "firm"}

    assert reader.call("GET", "/api/organizations").status_code == 200
    refused = reader.call("POST", "/api/organizations", body)
    assert told(refused) == (403, "refused")
    assert refused.json()["params"] == {"permission": "identity.administer"}


def test_organizations_are_made_renamed_and_listed(program: Opened, park: Organization) -> None:
    boss = program("identity.administer", "identity.read")
    body = {"name": {"zh": "镜海", "en": ""}, "kind": "firm"}

    made = boss.call("POST", "/api/organizations", body)
    path = f"/api/organizations/{made.json()['id']}"
    renamed = boss.call("PATCH", path, {"name": {"zh": "镜海", "en": "Mirrorsea"}})

    firm: dict[str, object] = {
        "id": made.json()["id"],
        "name": {"zh": "镜海", "en": "Mirrorsea"},
        "kind": "firm",
        "created": MOMENT,
    }
    assert (made.status_code, made.json()) == (201, {**firm, "name": body["name"]})
    assert (renamed.json(), boss.call("GET", path).json()) == (firm, firm)
    listed = boss.call("GET", "/api/organizations").json()
    assert [one["id"] for one in listed] == sorted([str(park.id), made.json()["id"]])


def test_members_are_added_changed_listed_and_removed(
    program: Opened, park: Organization, ada: Person
) -> None:
    boss, path = program("identity.administer"), f"/api/organizations/{park.id}/members"

    added = boss.call("POST", path, {"email": "ADA@example.org", "role": "staff"})
    changed = boss.call("PUT", f"{path}/{ada.id}", {"role": "operator"})
    listed = boss.call("GET", path).json()
    removed = boss.call("DELETE", f"{path}/{ada.id}")

    membership = {"person": str(ada.id), "organization": str(park.id), "role": "staff"}
    assert (added.status_code, added.json()) == (201, membership)
    assert (changed.status_code, changed.json()) == (200, {**membership, "role": "operator"})
    assert listed[0] == {
        "person": str(ada.id),
        "email": "ada@example.org",
        "name": "Ada",
        "role": "operator",
    }
    assert (removed.status_code, len(boss.call("GET", path).json())) == (204, 1)


@pytest.mark.parametrize(
    ("method", "path", "body", "answer"),
    [
        ("POST", "", {"email": "boss@park.example", "role": "staff"}, (409, "member_already")),
        ("PUT", "/{ada}", {"role": "staff"}, (404, "membership_missing")),
        ("DELETE", "/{ada}", None, (404, "membership_missing")),
        ("DELETE", "/{boss}", None, (409, "last_administrator")),
        ("PUT", "/{boss}", {"role": "member"}, (409, "last_administrator")),
    ],
)
def test_what_clashes_with_the_members_is_told(
    program: Opened,
    park: Organization,
    ada: Person,
    method: str,
    path: str,
    body: object,
    answer: tuple[int, str],
) -> None:
    caller = program("identity.administer")
    boss = caller.call("GET", "/api/me").json()["person"]
    place = path.format(ada=ada.id, boss=boss)

    refused = caller.call(method, f"/api/organizations/{park.id}/members{place}", body)

    assert told(refused) == (answer[0], f"identity.{answer[1]}")


def test_an_organization_there_is_not_is_missing(program: Opened) -> None:
    boss, path = (
        program("identity.administer", "identity.read"),
        f"/api/organizations/{some_uuid()}",
    )

    answers = [
        boss.call("GET", path),
        boss.call("GET", f"{path}/members"),
        boss.call("PATCH", path, {"name": {"zh": "", "en": "A"}}),
    ]

    assert [told(one) for one in answers] == [(404, "identity.organization_missing")] * 3
    assert boss.call("GET", "/api/organizations/7").status_code == 404


def test_people_are_listed_shut_and_opened(program: Opened, ada: Person, browser: Browser) -> None:
    boss = program("identity.administer", "identity.read")

    listed = boss.call("GET", "/api/people?q=ada&limit=5").json()
    shut = boss.call("POST", f"/api/people/{ada.id}/disable")
    refused = browser.log_in(ada.email, PASSWORD)
    opened = boss.call("POST", f"/api/people/{ada.id}/enable")

    view = {
        "id": str(ada.id),
        "email": "ada@example.org",
        "name": "Ada",
        "language": "en",
        "created": MOMENT,
        "disabled": None,
        "sample": False,
    }
    assert listed == [view]
    assert (shut.status_code, shut.json()) == (200, {**view, "disabled": MOMENT})
    assert (refused.status_code, opened.json()) == (401, view)


def test_nobody_there_is_not_is_shut(program: Opened) -> None:
    answer = program("identity.administer").call("POST", f"/api/people/{some_uuid()}/disable")

    assert told(answer) == (404, "identity.person_missing")


def test_the_log_is_read_by_filter_and_page(program: Opened, ada: Person) -> None:
    boss = program("identity.administer", "audit.read")
    me = boss.call("GET", "/api/me").json()["person"]
    for how in ("disable", "enable", "disable"):
        boss.call("POST", f"/api/people/{ada.id}/{how}")

    query = f"/api/audit?verb=identity.disable_person&subject_id={ada.id}&limit=1"
    first = boss.call("GET", query).json()
    second = boss.call("GET", f"{query}&below={first['next']}").json()

    (entry,) = second["entries"]
    assert [entry["before"]["disabled"], entry["after"]["disabled"]] == [None, MOMENT]
    assert {**entry, "before": None, "after": None} == {
        "number": entry["number"],
        "at": MOMENT,
        "person": me,
        "name": "Boss",
        "via": "token",
        "token": entry["token"],
        "verb": "identity.disable_person",
        "subject_kind": "person",
        "subject_id": str(ada.id),
        "before": None,
        "after": None,
    }
    assert [first["next"] == first["entries"][0]["number"], second["next"]] == [True, None]


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("person=ada&since=soon", ["person", "since"]),
        ("below=first", ["below"]),
        ("limit=many", ["limit"]),
    ],
)
def test_a_filter_that_makes_no_sense_names_its_fields(
    program: Opened, query: str, fields: list[str]
) -> None:
    answer = program("audit.read").call("GET", f"/api/audit?{query}")

    assert told(answer) == (422, "invalid")
    assert list(answer.json()["fields"]) == fields


@pytest.mark.parametrize(
    "query", ["since=2026-11-22T12:00:00%2B08:00", "until=2026-11-22", "since=2026-11-22", ""]
)
def test_days_and_instants_are_understood(program: Opened, query: str) -> None:
    boss = program("audit.read")

    found = boss.call("GET", f"/api/audit?{query}").json()["entries"]

    assert [one["verb"] for one in found] == ["identity.create_token"]
