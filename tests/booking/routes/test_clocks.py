"""Where clocks are put forward and back: a time that never comes, one that comes twice, days."""

from dataclasses import replace

import pytest
from httpx import Response
from tests.booking.routes.conftest import PLAZA, Site
from tests.park.plans import HALL, imported, small_park
from tests.park.routes.reading import Page

from shulian.booking import api

BOOK = f"/spaces/{HALL}/book"
SPRING = "2027-03-28"
"""Clocks in Berlin are put forward from two to three."""
AUTUMN = "2027-10-31"
"""Clocks in Berlin are put back from three to two."""


@pytest.fixture
def berlin(site: Site) -> Site:
    """The park, moved to Berlin."""
    plan = small_park()
    with site.database.transaction() as db:
        imported(db, replace(plan, place=replace(plan.place, timezone="Europe/Berlin")))
    return site


def book(site: Site, day: str, start: str, end: str, **more: str) -> Response:
    """Send the form."""
    return site.send(site.ann, BOOK, day=day, start=start, end=end, **more)


def held(site: Site) -> list[str]:
    """What Ann holds, in UTC."""
    with site.database.transaction() as db:
        found = api.own_bookings(db, site.ann.actor, now=site.clock.now)
    spans = [claim.span for one in found for claim in one.claims]
    return [f"{one.start:%m-%d %H:%M}–{one.end:%H:%M}" for one in spans if one.end]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Clocks are put forward that day, and this time never comes."),
        ("zh-CN", "这一天时钟拨快，没有这个时间"),
    ],
)
@pytest.mark.parametrize(
    ("start", "end", "fault"),
    [("02:30", "04:00", "error-start"), ("01:00", "02:15", "error-end")],
)
def test_a_time_that_never_comes_is_refused_at_its_field(
    berlin: Site, start: str, end: str, fault: str, language: str, words: str
) -> None:
    form = {"day": SPRING, "start": start, "end": end}
    answer = berlin.send(berlin.ann, BOOK, language, **form)

    page = Page(answer.text)
    assert (answer.status_code, page.faults(), held(berlin)) == (422, [fault], [])
    assert words in page.words


def test_the_hour_before_and_after_a_gap_follow_each_other(berlin: Site) -> None:
    assert book(berlin, SPRING, "01:30", "03:30").status_code == 303

    assert held(berlin) == ["03-28 00:30–01:30"]
    found = berlin.page(berlin.ann, f"{BOOK}?day={SPRING}")
    assert "01:30–03:30 Taken" in found.words
    assert "02:00" not in found.words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Clocks are put back that day, and this time comes twice."),
        ("zh-CN", "这一天时钟拨慢，这个时间会出现两次"),
    ],
)
def test_a_time_that_comes_twice_is_asked_for(berlin: Site, language: str, words: str) -> None:
    form = {"day": AUTUMN, "start": "02:30", "end": "04:00"}
    asked = berlin.send(berlin.ann, BOOK, language, **form)
    page = Page(asked.text)

    assert (asked.status_code, page.faults(), held(berlin)) == (422, ["error-start"], [])
    assert words in page.words
    assert page.field("start_fold")["name"] == "start_fold"


@pytest.mark.parametrize(
    ("start_fold", "end_fold", "found"),
    [
        ("0", "0", "10-31 00:15–00:45"),
        ("0", "1", "10-31 00:15–01:45"),
        ("1", "1", "10-31 01:15–01:45"),
    ],
)
def test_each_of_the_two_can_be_had(
    berlin: Site, start_fold: str, end_fold: str, found: str
) -> None:
    folds = {"start_fold": start_fold, "end_fold": end_fold}

    assert book(berlin, AUTUMN, "02:15", "02:45", **folds).status_code == 303
    assert held(berlin) == [found]


def test_the_second_does_not_end_with_the_first(berlin: Site) -> None:
    answer = book(berlin, AUTUMN, "02:15", "02:45", start_fold="1", end_fold="0")

    assert (answer.status_code, Page(answer.text).faults()) == (422, ["error-end"])


def test_the_form_of_a_booking_says_which_of_the_two_it_is(berlin: Site) -> None:
    book(berlin, AUTUMN, "02:15", "02:45", start_fold="1", end_fold="1")
    with berlin.database.transaction() as db:
        (made,) = api.own_bookings(db, berlin.ann.actor, now=berlin.clock.now)
    page = berlin.page(berlin.ann, f"/bookings/{made.id}")

    chosen = [one["value"] for tag, one in page.elements if tag == "option" and "selected" in one]
    assert chosen == ["1", "1"]
    form = {"day": AUTUMN, "start": "02:15", "end": "02:45", "units": "1"}
    moved = berlin.send(
        berlin.ann, f"/bookings/{made.id}/move", **form, start_fold="0", end_fold="0"
    )
    assert moved.status_code == 303
    assert held(berlin) == ["10-31 00:15–00:45"]


def test_a_booking_is_made_longer_by_real_minutes(berlin: Site) -> None:
    book(berlin, SPRING, "01:00", "01:45")
    with berlin.database.transaction() as db:
        (made,) = api.own_bookings(db, berlin.ann.actor, now=berlin.clock.now)

    berlin.send(berlin.ann, f"/bookings/{made.id}/extend", minutes="30")

    assert held(berlin) == ["03-28 00:00–01:15"]
    assert "01:00–03:15" in berlin.page(berlin.ann, f"/bookings/{made.id}").words


def test_programs_say_instants_and_are_told_both_clocks(berlin: Site) -> None:
    claims = [
        {
            "resource": str(berlin.hall.id),
            "start": f"{AUTUMN}T02:15:00+02:00",
            "end": f"{AUTUMN}T02:15:00+01:00",
        }
    ]

    told = berlin.call(berlin.ann, "POST", "/api/bookings", {"claims": claims}).json()

    assert told["claims"][0]["span"] == {
        "start": "2027-10-31T00:15:00Z",
        "end": "2027-10-31T01:15:00Z",
        "local": {
            "start": "2027-10-31T02:15:00+02:00",
            "end": "2027-10-31T02:15:00+01:00",
            "timezone": "Europe/Berlin",
        },
    }


def test_programs_that_say_no_offset_are_refused(berlin: Site) -> None:
    claims = [
        {
            "resource": str(berlin.hall.id),
            "start": f"{SPRING}T02:30:00",
            "end": f"{SPRING}T03:30:00",
        }
    ]

    answer = berlin.call(berlin.ann, "POST", "/api/bookings", {"claims": claims})

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25)])
def test_a_day_is_as_long_as_it_is(berlin: Site, day: str, hours: int) -> None:
    assert (
        berlin.send(
            berlin.boss, f"/spaces/{HALL}/bookings/close", day=day, start="00:00", end="00:00"
        ).status_code
        == 303
    )

    found = berlin.call(berlin.boss, "GET", "/api/parks/yq/bookings?state=closed").json()
    (span,) = [one["claims"][0]["span"] for one in found["bookings"]]
    length = _hour(span["end"]) - _hour(span["start"])
    assert length % 24 == hours % 24
    assert "00:00–24:00 Closed" in berlin.page(berlin.ann, f"{BOOK}?day={day}").words


def test_a_time_closed_every_week_keeps_its_hour_when_clocks_change(berlin: Site) -> None:
    desk = f"/spaces/{PLAZA}/bookings"
    form = {"day": "2027-03-21", "start": "02:30", "end": "03:30", "until": "2027-04-04"}

    assert berlin.send(berlin.boss, f"{desk}/close", **form).status_code == 303

    found = berlin.call(berlin.boss, "GET", "/api/parks/yq/bookings?state=closed").json()
    local = [one["claims"][0]["span"]["local"] for one in found["bookings"]]
    assert [(one["start"], one["end"]) for one in local] == [
        ("2027-03-21T02:30:00+01:00", "2027-03-21T03:30:00+01:00"),
        ("2027-03-28T03:30:00+02:00", "2027-03-28T04:30:00+02:00"),
        ("2027-04-04T02:30:00+02:00", "2027-04-04T03:30:00+02:00"),
    ]


def _hour(told: str) -> int:
    return int(told[8:10]) * 24 + int(told[11:13])
