"""A space is taken out of booking and put back, by programs and on pages."""

from uuid import uuid4

import pytest
from httpx import Response
from tests.booking.routes.conftest import Site
from tests.park.plans import HALL, PARK
from tests.park.routes.reading import Page

from shulian.booking import api
from shulian.booking.types import Booking

BOOK = f"/spaces/{HALL}/book"
DESK = f"/spaces/{HALL}/bookings"
DAY = {"day": "2026-12-01", "start": "09:00", "end": "10:00"}


def told(answer: Response) -> tuple[int, str]:
    """The status and the code of what went wrong."""
    return answer.status_code, answer.json()["code"]


def test_a_program_withdraws_a_resource_and_offers_it_again(site: Site) -> None:
    path = f"/api/resources/{site.hall.id}"
    site.booked(site.ann, "01:00:00", "02:00:00")
    site.booked(site.bob, "03:00:00", "04:00:00")

    gone = site.call(site.boss, "DELETE", path)
    twice = site.call(site.boss, "DELETE", path)

    resource = site.call(None, "GET", f"/api/spaces/{HALL}/resource").json()
    assert resource["withdrawn"] is True
    assert (
        gone.json()
        == twice.json()
        == {
            "resource": resource,
            "bookings": 2,
            "until": "2026-12-01T04:00:00Z",
        }
    )
    assert told(site.book(site.ann, "05:00:00", "06:00:00")) == (409, "booking.withdrawn")
    assert [
        one["space"] for one in site.call(None, "GET", f"/api/parks/{PARK}/resources").json()
    ] == ["yq-plaza"]

    back = site.call(site.boss, "POST", f"{path}/offer")
    assert back.json() == {**resource, "withdrawn": False}
    assert site.book(site.ann, "05:00:00", "06:00:00").status_code == 201


def test_making_a_space_bookable_offers_it_again(site: Site) -> None:
    site.call(site.boss, "DELETE", f"/api/resources/{site.hall.id}")

    answer = site.call(site.boss, "PUT", f"/api/spaces/{HALL}/resource", {})

    assert (answer.status_code, answer.json()["withdrawn"]) == (200, False)


@pytest.mark.parametrize(("method", "path"), [("DELETE", ""), ("POST", "/offer")])
def test_who_may_not_and_what_is_not_there_is_refused(site: Site, method: str, path: str) -> None:
    for who, status in ((None, 401), (site.ann, 403)):
        answer = site.call(who, method, f"/api/resources/{site.hall.id}{path}")
        assert answer.status_code == status
    answer = site.call(site.boss, method, f"/api/resources/{uuid4()}{path}")
    assert told(answer) == (404, "booking.resource_unknown")


@pytest.mark.parametrize(
    ("language", "stands", "gone", "none"),
    [
        (
            "en",
            "Bookings that stand: 1, the last until 1 Dec 2026, 10:00:00",
            "It can no longer be booked.",
            "Nobody holds any of it now or later.",
        ),
        (
            "zh-CN",
            "还有 1 个预订，最晚到 2026年12月1日 10:00:00。",
            "已停止预订。",
            "现在没有人预订。",
        ),
    ],
)
def test_the_desk_says_how_much_stands_and_takes_it_back(
    site: Site, language: str, stands: str, gone: str, none: str
) -> None:
    made = site.booked(site.ann, "01:00:00", "02:00:00")
    before = site.page(site.boss, DESK, language)
    assert stands in before.words.replace("\u202f", " ")
    assert gone not in before.words

    sent = site.send(site.boss, f"{DESK}/withdraw", language)
    after = site.page(site.boss, sent.headers["location"], language)
    assert f"{gone} {stands}" in after.words.replace("\u202f", " ")
    assert [str(one.id) for one in _own(site)] == [str(made)]

    site.send(site.boss, f"{DESK}/{made}/release")
    assert f"{gone} {none}" in site.page(site.boss, DESK, language).words
    back = site.send(site.boss, f"{DESK}/offer", language)
    assert back.headers["location"] == f"{DESK}?done=offered"
    assert gone not in site.page(site.boss, back.headers["location"], language).words


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "This can no longer be booked."), ("zh-CN", "这里已停止预订")],
)
def test_the_pages_of_the_space_follow(site: Site, language: str, words: str) -> None:
    site.call(site.boss, "DELETE", f"/api/resources/{site.hall.id}")

    for who in (site.ann, site.boss):
        found = site.page(who, BOOK, language)
        assert words in found.words
        assert f"{BOOK}" not in {one.get("action") for tag, one in found.elements if tag == "form"}
        refused = site.send(who, BOOK, language, **DAY)
        assert (refused.status_code, words in Page(refused.text).words) == (409, True)
    assert BOOK not in site.page(site.ann, f"/spaces/{HALL}", language).links()
    panel = site.page(site.boss, f"/spaces/{HALL}", language).links()
    assert (BOOK in panel, DESK in panel) == (False, True)
    assert BOOK not in site.page(site.ann, f"/parks/{PARK}/book", language).links()


def test_what_was_booked_keeps_its_page_and_is_given_back(site: Site) -> None:
    made = site.booked(site.ann, "01:00:00", "02:00:00")
    site.call(site.boss, "DELETE", f"/api/resources/{site.hall.id}")

    longer = site.send(site.ann, f"/bookings/{made}/extend", minutes="30")
    assert longer.status_code == 409
    assert "This can no longer be booked." in Page(longer.text).words
    assert site.send(site.ann, f"/bookings/{made}/release").status_code == 303
    again = site.send(site.ann, f"/bookings/{made}/again")
    assert (again.status_code, _own(site)) == (409, ())


def test_the_desk_is_for_operators(site: Site) -> None:
    for act in ("withdraw", "offer"):
        assert site.send(site.ann, f"{DESK}/{act}").status_code == 403
        assert site.send(site.boss, f"/spaces/yq-seat-1/bookings/{act}").status_code == 404


def _own(site: Site) -> tuple[Booking, ...]:
    with site.database.transaction() as db:
        return api.own_bookings(db, site.ann.actor, now=site.clock.now)
