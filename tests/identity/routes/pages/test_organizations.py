"""Pages of organizations, people and the audit log, with a browser without script."""

import pytest
from tests.identity.accounts import (
    NOW,
    PASSWORD,
    join,
    organization,
    person,
    some_uuid,
)
from tests.identity.browser import Browser, page
from tests.identity.conftest import Browse

from shulian.identity.types import Organization, OrganizationKind, Person, Role
from shulian.kit.db import Database


@pytest.fixture
def firm(rehearsal: Database) -> Organization:
    """A firm with an administrator and a member."""
    with rehearsal.transaction() as db:
        firm = organization(db, "Mirrorsea")
        join(db, person(db, "owner@firm.example"), firm, Role.ADMINISTRATOR)
        join(db, person(db, "staff@firm.example"), firm, Role.STAFF)
        return firm


@pytest.fixture
def boss(browse: Browse, rehearsal: Database) -> Browser:
    """The browser of an administrator of the park's operator."""
    with rehearsal.transaction() as db:
        park = organization(db, "Park", OrganizationKind.OPERATOR)
        join(db, person(db, "boss@park.example"), park, Role.ADMINISTRATOR)
    return logged_in(browse, "boss@park.example")


@pytest.fixture
def ada(rehearsal: Database) -> Person:
    """A person in no organization."""
    with rehearsal.transaction() as db:
        return person(db, "ada@example.org")


def logged_in(browse: Browse, email: str) -> Browser:
    browser = browse()
    browser.log_in(email, PASSWORD)
    return browser


def test_an_organization_is_made(boss: Browser) -> None:
    form = {"zh": "镜海", "en": "Mirrorsea", "kind": "university"}

    answer = boss.send("/organizations", form)

    shown = page(boss.get(answer.headers["location"]))
    assert answer.status_code == 303
    assert [one in shown.words for one in ("Mirrorsea", "University", "Nobody is in it yet.")] == [
        True,
        True,
        True,
    ]


def test_an_organization_without_a_name_is_told_so(boss: Browser) -> None:
    answer = boss.send("/organizations", {"zh": "", "en": "", "kind": "agency"})

    shown = page(answer)
    assert (answer.status_code, shown.fault("zh"), shown.focused()) == (422, "error-zh", ["zh"])
    assert {"value": "agency", "selected": ""} in [one for _, one in shown.elements]


def test_one_sees_one_s_own_organizations_only(
    browse: Browse, boss: Browser, firm: Organization
) -> None:
    member = logged_in(browse, "staff@firm.example")

    mine, all_of_them = (page(one.get("/organizations")).words for one in (member, boss))

    assert ["Mirrorsea" in mine, "Park operator" in mine] == [True, False]
    assert ["Mirrorsea" in all_of_them, "Park operator" in all_of_them] == [True, True]
    assert firm


def test_a_stranger_does_not_learn_that_an_organization_is_there(
    browse: Browse, ada: Person, firm: Organization
) -> None:
    stranger = logged_in(browse, ada.email)

    answers = [stranger.get(f"/organizations/{one}") for one in (firm.id, some_uuid())]

    assert [one.status_code for one in answers] == [404, 404]
    assert answers[0].text == answers[1].text
    assert "no organization here that you can see" in page(stranger.get("/organizations")).words


def test_an_owner_adds_changes_and_removes_a_member(
    browse: Browse, ada: Person, firm: Organization
) -> None:
    owner, place = logged_in(browse, "owner@firm.example"), f"/organizations/{firm.id}"

    answers = [
        owner.send(f"{place}/members", {"email": ada.email, "role": "staff"}),
        owner.send(f"{place}/members/{ada.id}", {"role": "administrator"}),
        owner.send(f"{place}/members/{ada.id}/remove"),
    ]

    assert [(one.status_code, one.headers["location"]) for one in answers] == [(303, place)] * 3
    assert ada.email not in page(owner.get(place)).words


def test_a_member_sees_the_others_and_can_only_leave(browse: Browse, firm: Organization) -> None:
    staff, place = logged_in(browse, "staff@firm.example"), f"/organizations/{firm.id}"

    shown = page(staff.get(place))

    posts = [one["action"] for tag, one in shown.elements if tag == "form" and "method" in one]
    assert ("owner@firm.example" in shown.words, [p.rpartition("/")[2] for p in posts]) == (
        True,
        ["remove"],
    )
    assert staff.send(posts[0]).headers["location"] == "/organizations"
    assert staff.get(place).status_code == 404


@pytest.mark.parametrize(
    ("form", "status", "words"),
    [
        ({"email": "nobody@x.example", "role": "staff"}, 422, "There is no account"),
        ({"email": "nonsense", "role": "staff"}, 422, "This is not an e-mail address"),
        ({"email": "staff@firm.example", "role": "operator"}, 422, "There is no such role"),
        ({"email": "staff@firm.example", "role": "staff"}, 409, "a member of the organization"),
    ],
)
def test_a_member_that_cannot_be_added_is_told_so(
    browse: Browse, firm: Organization, form: dict[str, str], status: int, words: str
) -> None:
    owner = logged_in(browse, "owner@firm.example")

    answer = owner.send(f"/organizations/{firm.id}/members", form)

    assert (answer.status_code, words in page(answer).words) == (status, words != "")


def test_the_last_administrator_is_told_why_they_cannot_leave(
    browse: Browse, boss: Browser, firm: Organization
) -> None:
    owner, place = logged_in(browse, "owner@firm.example"), f"/organizations/{firm.id}"
    members = page(owner.get(place))
    paths = [one["action"] for tag, one in members.elements if tag == "form" and "method" in one]
    mine = next(path for path in paths if path.count("/") == 4 and "members/" in path)

    answers = [owner.send(mine, {"role": "staff"}), boss.send(f"{mine}/remove")]

    assert [one.status_code for one in answers] == [409, 409]
    assert ["needs an administrator" in page(one).words for one in answers] == [True, True]


def test_an_owner_renames_the_organization(browse: Browse, firm: Organization) -> None:
    owner, place = logged_in(browse, "owner@firm.example"), f"/organizations/{firm.id}"

    answers = [
        owner.send(place, {"zh": "新镜海", "en": "New Mirrorsea"}),
        owner.send(place, {"zh": "", "en": " "}),
    ]

    assert [one.status_code for one in answers] == [303, 422]
    assert "新镜海" in page(owner.get(f"{place}?lang=zh-CN")).words


def test_a_refused_change_is_not_half_kept(browse: Browse, firm: Organization) -> None:
    staff, place = logged_in(browse, "staff@firm.example"), f"/organizations/{firm.id}"

    answer = staff.send(place, {"zh": "我的", "en": "Mine"})

    assert (answer.status_code, "Mirrorsea" in page(staff.get(place)).words) == (403, True)


def test_people_are_found_shut_and_opened(boss: Browser, browse: Browse, ada: Person) -> None:
    hers = logged_in(browse, ada.email)

    shut = boss.send(f"/people/{ada.id}/disable")
    during = hers.get("/account").status_code
    words = page(boss.get("/people?q=ADA")).words
    opened = boss.send(f"/people/{ada.id}/enable")

    assert [shut.status_code, during, opened.status_code] == [303, 303, 303]
    assert ["ada@example.org" in words, "Shut" in words] == [True, True]
    assert hers.log_in(ada.email, PASSWORD).status_code == 303


def test_people_are_shown_page_by_page(boss: Browser, rehearsal: Database) -> None:
    with rehearsal.transaction() as db:
        for number in range(51):
            person(db, f"a{number:02}@example.org")

    first = page(boss.get("/people?q=example.org"))
    (more,) = [one["href"] for _, one in first.elements if "after=" in one.get("href", "")]

    assert "a50@example.org" in page(boss.get(more)).words
    assert "a50@example.org" not in first.words
    assert "Nobody was found." in page(boss.get("/people?q=zzz")).words


def test_who_cannot_be_shut_is_told_why(boss: Browser, firm: Organization) -> None:
    shown = page(boss.get("/people?q=owner"))
    (path,) = [
        one["action"] for _, one in shown.elements if one.get("action", "").endswith("disable")
    ]

    answer = boss.send(path)

    assert (answer.status_code, "needs an administrator" in page(answer).words) == (409, True)
    assert firm


@pytest.mark.parametrize("path", ["/people", "/audit", "/audit.csv"])
def test_members_without_the_permission_see_neither_people_nor_log(
    browse: Browse, ada: Person, path: str
) -> None:
    assert logged_in(browse, ada.email).get(path).status_code == 403


def test_the_log_tells_who_changed_what(boss: Browser, ada: Person) -> None:
    boss.send("/organizations", {"zh": "镜海", "en": "", "kind": "firm"})
    boss.send(f"/people/{ada.id}/disable")

    english, chinese = (page(boss.get(f"/audit?lang={one}")).words for one in ("en", "zh-CN"))

    wanted = {
        english: ["shut an account", "made an organization", "Boss", "logged in", str(ada.id)],
        chinese: ["停用账号", "新建机构", "Boss", "网页", "镜海"],
    }
    assert [
        one for words, all_of_it in wanted.items() for one in all_of_it if one not in words
    ] == []


def test_the_log_is_filtered_and_older_entries_are_a_link_away(
    boss: Browser, rehearsal: Database
) -> None:
    with rehearsal.transaction() as db:
        people = [person(db, f"a{number:02}@example.org") for number in range(51)]
    for one in people:
        boss.send(f"/people/{one.id}/disable")

    shown = page(boss.get("/audit?verb=identity.disable_person&since=2026-11-22&until=2026-11-22"))

    (older,) = [one["href"] for _, one in shown.elements if "below=" in one.get("href", "")]
    assert [str(people[50].id) in shown.words, str(people[0].id) in shown.words] == [True, False]
    assert str(people[0].id) in page(boss.get(older)).words
    assert "No entry matches." in page(boss.get("/audit?since=2026-11-23")).words


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("since=yesterday&until=2026-02-30", ["since", "until"]),
        ("since=2026-11-22T10:00:00", ["since"]),
        ("until=9999-12-31", ["until"]),
        ("person=ada", ["person"]),
    ],
)
def test_a_filter_that_makes_no_sense_is_told_at_its_fields(
    boss: Browser, query: str, fields: list[str]
) -> None:
    answer = boss.get(f"/audit?{query}")

    shown = page(answer)
    assert (answer.status_code, [shown.fault(field) for field in fields]) == (
        422,
        [f"error-{field}" for field in fields],
    )


@pytest.mark.parametrize("below", ["x", "-1", "1" * 30, "²"])
def test_a_page_that_starts_nowhere_is_refused(boss: Browser, below: str) -> None:
    assert boss.get(f"/audit?below={below}").status_code == 422


def test_the_log_is_saved_as_a_file(boss: Browser) -> None:
    answer = boss.get("/audit.csv?verb=identity.log_in")

    assert (answer.status_code, answer.headers["content-type"]) == (
        200,
        "text/csv; charset=utf-8",
    )
    assert answer.headers["content-disposition"] == (
        f'attachment; filename="audit-{NOW:%Y%m%d-%H%M%S}.csv"'
    )
    assert answer.text.count("identity.log_in") == 1
