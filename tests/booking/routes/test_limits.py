"""Who has as much as one may is told what the limit is, and which bookings count."""

import pytest
from tests.booking.routes.conftest import Site
from tests.park.plans import HALL, OPERATOR
from tests.park.routes.reading import Page

from shulian.booking import api
from shulian.booking.rules import terms
from shulian.booking.types import Audience, BookingId, Resource
from shulian.park.types import SpaceId

BOOK = f"/spaces/{HALL}/book"
DAY = {"day": "2026-12-01", "start": "09:00", "end": "10:00"}


@pytest.fixture
def rooms(site: Site) -> list[Resource]:
    """Two more rooms."""
    with site.database.transaction() as db:
        return [
            api.add_resource(
                db, OPERATOR, space=SpaceId(one), audience=Audience.PEOPLE, now=site.clock.now
            )
            for one in ("yq-seat-1", "yq-seat-2")
        ]


def at_limit(site: Site, rooms: list[Resource]) -> list[BookingId]:
    """As much as Ann may have from nine to ten."""
    return [
        site.booked(site.ann, "01:00:00", "02:00:00", resource=one, title=f"Talk {number}")
        for number, one in enumerate(rooms)
    ]


def test_a_program_is_told_the_limit_and_the_bookings_that_count(
    site: Site, rooms: list[Resource]
) -> None:
    made = at_limit(site, rooms)

    answer = site.book(site.ann, "01:30:00", "02:30:00")

    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, problem["code"], problem["params"]) == (
        409,
        "booking.too_many_at_once",
        {"most": 2},
    )
    assert problem["detail"] == (
        "At most 2 spaces at the same time. These bookings count: give one back, "
        "or choose another time."
    )
    assert sorted(one["id"] for one in problem["bookings"]) == sorted(str(one) for one in made)
    assert site.book(site.ann, "02:00:00", "03:00:00").status_code == 201


def test_moving_and_extending_is_held_to_it(site: Site, rooms: list[Resource]) -> None:
    made = site.booked(site.ann, "00:30:00", "01:00:00")
    at_limit(site, rooms)
    path = f"/api/bookings/{made}"
    claims = [
        {
            "resource": str(site.hall.id),
            "start": "2026-12-01T01:00:00Z",
            "end": "2026-12-01T01:30:00Z",
        }
    ]

    moved = site.call(site.ann, "PUT", f"{path}/claims", {"claims": claims})
    longer = site.call(site.ann, "POST", f"{path}/extend", {"minutes": 30})

    for answer in (moved, longer):
        assert (answer.status_code, answer.json()["code"]) == (409, "booking.too_many_at_once")


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "At most 2 spaces at the same time."), ("zh-CN", "同一时间最多预订 2 处。")],
)
def test_a_page_says_so_and_leads_to_the_bookings_that_count(
    site: Site, rooms: list[Resource], language: str, words: str
) -> None:
    made = at_limit(site, rooms)

    answer = site.send(site.ann, BOOK, language, **DAY, title="Weekly")
    found = Page(answer.text)

    assert (answer.status_code, words in found.words) == (409, True)
    assert {f"/bookings/{one}" for one in made} <= found.links()
    assert found.field("title")["value"] == "Weekly"


def test_a_page_lists_what_counts_of_many(site: Site) -> None:
    for number in range(terms.PERSON.ahead):
        assert site.book(site.ann, f"{number:02}:00:00", f"{number:02}:30:00").status_code == 201

    answer = site.send(site.ann, BOOK, **{**DAY, "day": "2026-12-03"})

    assert answer.status_code == 409
    assert "At most 20 bookings that are not over; there are 20 now." in Page(answer.text).words


def test_operators_are_not_held_to_it(site: Site, rooms: list[Resource]) -> None:
    at_limit(site, rooms)

    for one in (site.hall, *rooms):
        assert site.book(site.boss, "05:00:00", "06:00:00", resource=one).status_code == 201
    ann = str(site.ann.actor.person)
    assert site.book(site.boss, "01:00:00", "02:00:00", person=ann).status_code == 201
