"""One's own bookings: what one holds and has held, searched, page by page, as files, followed."""

import csv
from datetime import timedelta
from urllib.parse import quote

import pytest
from httpx import Response
from tests.booking.routes.conftest import Site
from tests.identity.accounts import PASSWORD, entries, join
from tests.park.plans import quiet_bus

from shulian.booking import api
from shulian.booking.types import Claim, Holder, Span
from shulian.identity import api as identity
from shulian.identity.types import Role

MINE = "/me/bookings"
PAST = "/me/bookings/past"
LINK = "/me/bookings/calendar"
ANN = "ann@somewhere.example"


def fill(site: Site, count: int) -> None:
    """So many bookings of Ann, one every two hours, made by an operator."""
    with site.database.transaction() as db:
        for number in range(count):
            start = site.clock.now + timedelta(hours=2 + 2 * number)
            api.book(
                db,
                quiet_bus(db),
                site.boss.actor,
                [Claim(site.hall.id, Span(start, start + timedelta(hours=1)))],
                holder=Holder(site.ann.actor.person),
                title=f"Talk {number:03}",
                now=site.clock.now,
            )


def sign_in(site: Site) -> None:
    """Ann logs in in a browser."""
    site.client.cookies.clear()
    site.client.get("/login", headers={"accept": "text/html"})
    answer = submit(site, "/login", email=ANN, password=PASSWORD)
    assert answer.status_code == 303, answer.text


def submit(site: Site, path: str, **form: str) -> Response:
    """A form as Ann's browser sends it."""
    form["_csrf_token"] = site.client.cookies["csrf"]
    return site.client.post(path, data=form, headers={"accept": "text/html"})


def address(site: Site) -> str:
    """A new address by which a calendar follows Ann's bookings."""
    answer = submit(site, LINK)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    return answer.text.partition('value="http://park.example')[2].partition('"')[0]


def calendar(site: Site, path: str, tag: str = "") -> Response:
    """What a calendar is told, which has no cookies."""
    site.client.cookies.clear()
    return site.client.get(path, headers={"if-none-match": tag} if tag else {})


def events(answer: Response) -> list[str]:
    """When the entries of a calendar begin."""
    assert answer.status_code == 200, answer.text
    lines = answer.text.split("\r\n")
    return [one.partition(":")[2] for one in lines if one.startswith("DTSTART")]


@pytest.mark.parametrize(
    ("language", "none"),
    [
        ("en", "There is nothing yet that is over or was given back."),
        ("zh-CN", "以前没有预订。"),
    ],
)
def test_what_is_over_or_given_back_stands_among_the_past(
    site: Site, language: str, none: str
) -> None:
    assert none in site.page(site.ann, PAST, language).words
    early = site.booked(site.ann, "01:00:00", "02:00:00", title="Early")
    given = site.booked(site.ann, "05:00:00", "06:00:00", title="Given")
    late = site.booked(site.ann, "07:00:00", "08:00:00", title="Late")
    site.send(site.ann, f"/bookings/{given}/release")
    site.clock.now += timedelta(days=8, hours=23)  # 3 o'clock on the day

    now, past = (site.page(site.ann, one, language).links() for one in (MINE, PAST))

    def there(links: set[str]) -> list[bool]:
        return [f"/bookings/{one}" in links for one in (early, given, late)]

    assert (there(now), there(past)) == ([False, False, True], [True, True, False])


def test_others_bookings_are_in_no_list_and_an_organizations_are_its_members(site: Site) -> None:
    theirs = site.booked(site.bob, "01:00:00", "02:00:00")
    firms = site.booked(
        site.bob, "01:00:00", "02:00:00", resource=site.plaza, organization=str(site.firm.id)
    )

    assert f"/bookings/{theirs}" not in site.page(site.ann, MINE).links()
    assert {f"/bookings/{theirs}", f"/bookings/{firms}"} <= site.page(site.bob, MINE).links()


def test_a_long_list_has_pages(site: Site) -> None:
    fill(site, 120)

    first, last = (site.page(site.ann, f"{MINE}?page={one}") for one in (1, 3))

    assert "Bookings: 120" in first.words
    assert "Page 1 of 3" in first.words
    assert f"{MINE}?page=2" in first.links()
    assert ("Talk 000" in first.words, "Talk 050" in first.words) == (True, False)
    assert ("Talk 100" in last.words, "Talk 119" in last.words) == (True, True)
    assert f"{MINE}?page=2" in last.links()


@pytest.mark.parametrize(("page", "told"), [("0", "1"), ("-5", "1"), ("99999999999999", "3")])
def test_a_page_that_there_is_not_is_the_nearest(site: Site, page: str, told: str) -> None:
    fill(site, 120)

    assert f"Page {told} of 3" in site.page(site.ann, f"{MINE}?page={page}").words


@pytest.mark.parametrize(
    ("words", "count"),
    [("talk 00", 10), ("  TALK 003 ", 1), ("功能厅", 12), ("hall", 12), ("100%", 0), ("_", 0)],
)
def test_bookings_are_found_by_what_they_are_for_and_where(
    site: Site, words: str, count: int
) -> None:
    fill(site, 12)

    found = site.call(site.ann, "GET", f"/api/me/bookings?q={words}").json()

    assert (found["count"], len(found["bookings"])) == (count, count)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Nothing found for “zz”."), ("zh-CN", "没有找到“zz”。")]
)
def test_what_is_not_found_is_said(site: Site, language: str, words: str) -> None:
    site.booked(site.ann, "01:00:00", "02:00:00")

    assert words in site.page(site.ann, f"{MINE}?q=zz", language).words


def test_programs_read_the_past_page_by_page(site: Site) -> None:
    fill(site, 60)
    site.clock.now += timedelta(days=20)

    first, second = (
        site.call(site.ann, "GET", f"/api/me/bookings?past=true&page={one}").json()
        for one in (1, 2)
    )

    assert (first["count"], first["page"], first["pages"]) == (60, 1, 2)
    titles = [one["title"] for one in (*first["bookings"], *second["bookings"])]
    assert titles == [f"Talk {number:03}" for number in reversed(range(60))]
    assert site.call(site.ann, "GET", "/api/me/bookings").json()["count"] == 0
    assert site.call(None, "GET", "/api/me/bookings").status_code == 401


def test_bookings_are_a_table(site: Site) -> None:
    made = site.booked(site.ann, "01:00:00", "02:00:00", title="=1+1")
    fill(site, 60)

    answer = site.client.get("/me/bookings.csv", headers=site.ann.headers)

    rows = list(csv.reader(answer.text.removeprefix("\ufeff").splitlines()))
    assert answer.headers["content-disposition"] == 'attachment; filename="bookings.csv"'
    assert len(rows) == 62
    (row,) = [one for one in rows if one[0] == str(made)]
    assert row == [
        str(made),
        "confirmed",
        "Ann",
        "'=1+1",
        "2026-12-01T09:00:00+08:00",
        "2026-12-01T10:00:00+08:00",
        "1",
        "booking",
        "2026-11-22T04:00:00+00:00",
        "多功能厅1东",
    ]
    found = site.client.get("/me/bookings.csv?q=Talk%20001", headers=site.ann.headers)
    assert len(found.text.splitlines()) == 2
    past = site.client.get("/me/bookings.csv?past=1", headers=site.ann.headers)
    assert len(past.text.splitlines()) == 1


def test_a_calendar_follows_ones_bookings_and_stays_true(site: Site) -> None:
    sign_in(site)
    where = address(site)
    made = site.booked(site.ann, "01:00:00", "02:00:00", title="周会")

    first = calendar(site, where)
    assert first.headers["content-type"] == "text/calendar; charset=utf-8"
    assert first.headers["cache-control"] == "private, no-cache"
    assert "X-WR-CALNAME:My bookings" in first.text
    assert (events(first), f"UID:{made}-0@shulian" in first.text) == (["20261201T010000Z"], True)

    form = {"day": "2026-12-02", "start": "11:00", "end": "12:00", "units": "1"}
    site.send(site.ann, f"/bookings/{made}/move", **form)
    moved = calendar(site, where, first.headers["etag"])
    assert events(moved) == ["20261202T030000Z"]
    assert f"UID:{made}-0@shulian" in moved.text
    site.send(site.ann, f"/bookings/{made}/release")
    assert events(calendar(site, where)) == []


def test_a_calendar_is_told_only_what_changed(site: Site) -> None:
    sign_in(site)
    where = address(site)
    site.booked(site.ann, "01:00:00", "02:00:00")
    tag = calendar(site, where).headers["etag"]
    site.clock.now += timedelta(minutes=5)

    again = calendar(site, where, tag)

    assert (again.status_code, again.text, again.headers["etag"]) == (304, "", tag)


def test_a_calendar_keeps_what_was_for_a_while(site: Site) -> None:
    sign_in(site)
    where = address(site)
    site.booked(site.ann, "01:00:00", "02:00:00")

    site.clock.now += timedelta(days=60)
    assert len(events(calendar(site, where))) == 1
    site.clock.now += timedelta(days=60)
    assert events(calendar(site, where)) == []


def test_a_calendar_follows_the_organizations_that_one_belongs_to(site: Site) -> None:
    with site.database.transaction() as db:
        ann = identity.person_of(db, ANN)
        assert ann is not None
        join(db, ann, site.firm, Role.MEMBER)
    sign_in(site)
    where = address(site)
    site.booked(
        site.bob, "01:00:00", "02:00:00", resource=site.plaza, organization=str(site.firm.id)
    )

    assert events(calendar(site, where)) == ["20261201T010000Z"]
    with site.database.transaction() as db:
        identity.remove_member(
            db, quiet_bus(db), site.boss.actor, site.firm.id, ann.id, now=site.clock.now
        )
    assert events(calendar(site, where)) == []


def test_a_new_address_ends_the_old_one_and_revoking_ends_all(site: Site) -> None:
    sign_in(site)
    first = address(site)
    second = address(site)

    assert first != second
    assert [calendar(site, one).status_code for one in (first, second)] == [404, 200]
    sign_in(site)
    assert submit(site, f"{LINK}/revoke").headers["location"] == LINK
    assert submit(site, f"{LINK}/revoke").status_code == 404
    assert calendar(site, second).status_code == 404
    with site.database.transaction() as db:
        verbs = [one.verb for one in entries(db) if "link" in one.verb]
    assert verbs == ["booking.make_link", "booking.make_link", "booking.revoke_link"]


def test_the_address_is_kept_nowhere(site: Site) -> None:
    sign_in(site)
    secret = address(site).removeprefix("/calendars/").removesuffix(".ics")

    page = site.client.get(LINK, headers={"accept": "text/html"})

    assert secret not in page.text
    assert "No calendar has read it yet." in page.text
    with site.database.transaction() as db:
        kept = db.exec_driver_sql("select secret::text from booking_link").scalar_one()
        log = db.exec_driver_sql("select string_agg(after::text, '') from identity_audit")
        assert secret not in kept + (log.scalar_one() or "")


def test_a_program_makes_no_address(site: Site) -> None:
    answer = site.call(site.ann, "POST", LINK)

    assert (answer.status_code, answer.json()["code"]) == (403, "identity.login_only")


def test_an_account_that_is_shut_is_followed_no_more(site: Site) -> None:
    sign_in(site)
    where = address(site)
    assert site.ann.actor.person is not None
    with site.database.transaction() as db:
        identity.disable_person(
            db, quiet_bus(db), site.boss.actor, site.ann.actor.person, now=site.clock.now
        )

    assert calendar(site, where).status_code == 404


@pytest.mark.parametrize("name", ["x.ics", "x", ".ics", "%00.ics", "é.ics"])
def test_where_there_is_no_calendar_is_nothing(site: Site, name: str) -> None:
    answer = calendar(site, f"/calendars/{name}")

    assert (answer.status_code, answer.json()["code"]) == (404, "booking.link_unknown")


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "There is none yet."), ("zh-CN", "还没有地址。")],
)
def test_the_page_of_the_address_is_for_people_with_an_account(
    site: Site, language: str, words: str
) -> None:
    assert words in site.page(site.ann, LINK, language).words
    answer = site.client.get(LINK, headers={"accept": "text/html"})
    assert answer.headers["location"] == f"/login?next={quote(LINK, safe='')}"
