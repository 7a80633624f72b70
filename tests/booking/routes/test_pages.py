"""Booking for people: every page in both languages, every form, and what it says when it fails."""

import csv
from datetime import timedelta
from uuid import uuid4

import pytest
from httpx import Response
from tests.booking.routes.conftest import PLAZA, Site, Somebody, held_by_feature
from tests.park.plans import HALL, PARK
from tests.park.routes.reading import Page

from shulian.booking import api
from shulian.booking.types import Audience, Booking, BookingState

BOOK = f"/spaces/{HALL}/book"
DESK = f"/spaces/{HALL}/bookings"
DAY = {"day": "2026-12-01", "start": "09:00", "end": "10:00"}
"""Nine to ten in Shanghai is one to two in UTC."""


def location(answer: Response) -> str:
    """Where a form leads; it must lead somewhere."""
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def own(site: Site, who: Somebody) -> tuple[Booking, ...]:
    """What somebody holds."""
    with site.database.transaction() as db:
        return api.own_bookings(db, who.actor, now=site.clock.now)


def hours(found: Booking) -> list[str]:
    """When the claims of a booking start and end, in UTC."""
    return [
        f"{one.span.start:%d %H:%M}–{one.span.end:%d %H:%M}" if one.span.end else "endless"
        for one in found.claims
    ]


def change(site: Site, audience: Audience) -> None:
    """Let others book the hall."""
    body = {"audience": audience.value}
    assert site.call(site.boss, "PATCH", f"/api/resources/{site.hall.id}", body).status_code == 200


def buttons(page: Page) -> list[dict[str, str]]:
    """The spans that a page offers instead."""
    return [one for tag, one in page.elements if tag == "button" and one.get("name") == "instead"]


@pytest.mark.parametrize(
    ("language", "title", "words"),
    [
        ("en", "Book Multi-function Hall 1 East", "Everyone with an account may book"),
        ("zh-CN", "预订多功能厅1东", "有账号的人都可以预订"),
    ],
)
def test_a_space_that_can_be_booked_has_a_page(
    site: Site, language: str, title: str, words: str
) -> None:
    found = site.page(site.ann, f"{BOOK}?day=2026-12-01", language)

    assert found.title == title
    assert words in found.words
    assert found.field("day")["value"] == "2026-12-01"
    assert (found.field("start")["value"], found.field("end")["value"]) == ("09:00", "10:00")


def test_the_calendar_says_what_is_free_taken_and_closed(site: Site) -> None:
    site.booked(site.bob, "01:00:00", "02:00:00", title="Secret")
    body = {"start": "2026-12-01T04:00:00Z", "end": "2026-12-01T05:00:00Z"}
    site.call(site.boss, "POST", f"/api/resources/{site.hall.id}/closures", body)

    found = site.page(None, f"{BOOK}?day=2026-12-01")

    for words in (
        "00:00–09:00 Free",
        "09:00–10:00 Taken",
        "12:00–13:00 Closed",
        "13:00–24:00 Free",
    ):
        assert words in found.words
    assert "Tue 1 partly free" in found.words
    assert "Bob" not in found.words
    assert "Secret" not in found.words


def test_what_is_free_fills_in_the_form(site: Site) -> None:
    site.booked(site.bob, "01:00:00", "02:00:00")
    link = f"{BOOK}?day=2026-12-01&start=10%3A00&end=11%3A00"

    found = site.page(site.ann, f"{BOOK}?day=2026-12-01")
    filled = site.page(site.ann, link)

    assert f"{link}#form" in found.links()
    assert (filled.field("start")["value"], filled.field("end")["value"]) == ("10:00", "11:00")


def test_a_day_that_makes_no_sense_is_today(site: Site) -> None:
    for day in ("soon", "0001-01-01", "9999-12-31"):
        found = site.page(site.ann, f"{BOOK}?day={day}&start=zz&end=12:00")
        assert "Sunday, 22 November 2026 · today" in found.words


def test_a_guest_sees_the_calendar_and_the_way_to_log_in(site: Site) -> None:
    found = site.page(None, BOOK)
    sent = site.client.post(BOOK, data=DAY, headers={"accept": "text/html"})

    assert f"/login?next={BOOK}" in found.links()
    assert sent.status_code == 403  # it has no token of a page


@pytest.mark.parametrize(
    ("audience", "words"),
    [
        (Audience.FEATURES, "it cannot be booked directly"),
        (Audience.MEMBERS, "Organizations book this space."),
    ],
)
def test_who_may_not_book_is_told_why(site: Site, audience: Audience, words: str) -> None:
    change(site, audience)

    found = site.page(site.ann, BOOK)
    sent = site.send(site.ann, BOOK, **DAY)

    assert words in found.words
    assert sent.status_code == 403
    assert own(site, site.ann) == ()


def test_a_member_books_for_the_organization(site: Site) -> None:
    change(site, Audience.MEMBERS)
    firm = str(site.firm.id)
    found = site.page(site.bob, BOOK)

    assert found.field("organization")["value"] == firm
    location(site.send(site.bob, BOOK, **DAY, organization=firm))
    assert [one.holder.organization for one in own(site, site.bob)] == [site.firm.id]


@pytest.mark.parametrize("organization", ["x", "00000000-0000-4000-8000-000000000007"])
def test_nobody_books_for_an_organization_they_are_not_in(site: Site, organization: str) -> None:
    assert site.send(site.ann, BOOK, **DAY, organization=organization).status_code == 403


def test_a_booking_by_form_is_at_the_local_time(site: Site) -> None:
    where = location(site.send(site.ann, BOOK, **DAY, title="Weekly"))

    (made,) = own(site, site.ann)
    assert (hours(made), made.title) == (["01 01:00–01 02:00"], "Weekly")
    assert where == f"/me/bookings?done=booked&booking={made.id}"
    words = site.page(site.ann, where).words
    assert "Booked: Multi-function Hall 1 East · Tue, 1 Dec 2026 09:00–10:00" in words


def test_a_form_sent_twice_books_once_and_changed_it_is_asked_again(site: Site) -> None:
    key = site.page(site.ann, BOOK).field("key")["value"]
    first, second = (location(site.send(site.ann, BOOK, **DAY, key=key)) for _ in range(2))
    changed = site.send(site.ann, BOOK, day="2026-12-02", start="09:00", end="10:00", key=key)

    assert first == second
    assert (changed.status_code, len(own(site, site.ann))) == (409, 1)
    assert "Something was booked from this page already." in Page(changed.text).words
    assert Page(changed.text).field("key")["value"] != key


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "It is taken at that time."), ("zh-CN", "这个时间已被占用。")],
)
def test_what_is_taken_is_told_in_place_with_the_next_free_time(
    site: Site, language: str, words: str
) -> None:
    site.booked(site.bob, "01:00:00", "02:00:00", title="Secret")

    answer = site.send(site.ann, BOOK, language, **DAY, title="Weekly")
    found = Page(answer.text)

    assert answer.status_code == 409
    assert words in found.words
    assert "Secret" not in found.words
    assert found.field("title")["value"] == "Weekly"
    assert [one["value"] for one in buttons(found)] == [
        "2026-12-01T02:00:00+00:00/2026-12-01T03:00:00+00:00",
        "2026-12-01T03:00:00+00:00/2026-12-01T04:00:00+00:00",
        "2026-12-01T04:00:00+00:00/2026-12-01T05:00:00+00:00",
    ]


def test_the_next_free_time_is_taken_with_one_click(site: Site) -> None:
    site.booked(site.bob, "01:00:00", "02:00:00")
    refused = Page(site.send(site.ann, BOOK, **DAY, title="Weekly").text)
    form = {**DAY, "title": "Weekly", "key": refused.field("key")["value"]}

    location(site.send(site.ann, BOOK, **form, instead=buttons(refused)[0]["value"]))

    (made,) = own(site, site.ann)
    assert (hours(made), made.title) == (["01 02:00–01 03:00"], "Weekly")


def test_operators_are_told_who_is_in_the_way(site: Site) -> None:
    site.booked(site.bob, "01:00:00", "02:00:00", title="Rehearsal")

    found = Page(site.send(site.boss, BOOK, **DAY).text)

    assert "Held by Bob: Rehearsal" in found.words


@pytest.mark.parametrize(
    ("form", "fields"),
    [
        ({"start": "10:00", "end": "09:00"}, ["error-end"]),
        ({"start": "", "end": ""}, ["error-end", "error-start"]),
        ({"day": "yesterday"}, ["error-day"]),
        ({"day": "2026-11-01"}, ["error-end"]),
        ({"day": "2028-11-01"}, ["error-end"]),
        ({"end_day": "2027-02-01"}, ["error-end"]),
        ({"end_day": "x"}, ["error-end_day"]),
        ({"title": "x" * 201}, ["error-title"]),
        ({"instead": "never"}, ["error-day"]),
        ({"instead": "0001-01-01T00:00:00+00:00/9999-01-01T00:00:00+00:00"}, ["error-end"]),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    site: Site, form: dict[str, str], fields: list[str]
) -> None:
    answer = site.send(site.ann, BOOK, **{**DAY, **form})

    assert (answer.status_code, Page(answer.text).faults()) == (422, fields)
    assert own(site, site.ann) == ()


@pytest.mark.parametrize("units", ["0", "-1", "11", "many", "9" * 12])
def test_units_that_there_are_not_are_refused_in_place(site: Site, units: str) -> None:
    form = {**DAY, "units": units, "organization": str(site.firm.id)}
    answer = site.send(site.bob, f"/spaces/{PLAZA}/book", **form)

    assert answer.status_code == 422
    assert "choose a whole one" in Page(answer.text).words or Page(answer.text).faults() == [
        "error-units"
    ]


def test_what_cannot_be_booked_has_no_page(site: Site) -> None:
    headers = {"accept": "text/html", **site.ann.headers}

    for path in ("/spaces/yq-seat-1/book", "/spaces/nowhere/book", "/parks/nowhere/book"):
        assert site.client.get(path, headers=headers).status_code == 404
    assert site.send(site.ann, "/spaces/yq-seat-1/book", **DAY).status_code == 404


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Spaces you can book"), ("zh-CN", "可预订的空间")]
)
def test_what_a_park_has_to_book_stands_on_one_page(site: Site, language: str, words: str) -> None:
    found = site.page(None, f"/parks/{PARK}/book", language)

    assert words in found.words
    assert {BOOK, f"/spaces/{PLAZA}/book"} <= found.links()
    assert f"/parks/{PARK}/book" in site.page(None, f"/parks/{PARK}").links()


def test_the_page_of_a_space_leads_to_booking_it(site: Site) -> None:
    found = site.page(None, f"/spaces/{HALL}")

    assert BOOK in found.links()
    assert DESK not in found.links()
    assert "Bookings today" in found.words
    assert {BOOK, DESK} <= site.page(site.boss, f"/spaces/{HALL}").links()


def test_the_page_of_another_space_offers_operators_to_have_it_booked(site: Site) -> None:
    assert "/spaces/yq-seat-1/bookings" in site.page(site.boss, "/spaces/yq-seat-1").links()
    assert "/spaces/yq-seat-1/bookings" not in site.page(site.ann, "/spaces/yq-seat-1").links()
    assert "/spaces/yq-tower/bookings" not in site.page(site.boss, "/spaces/yq-tower").links()


def test_what_only_features_use_is_no_matter_of_people(site: Site) -> None:
    change(site, Audience.FEATURES)

    assert BOOK not in site.page(site.ann, f"/spaces/{HALL}").links()


@pytest.mark.parametrize(
    ("language", "words"), [("en", "You hold nothing now or later."), ("zh-CN", "你没有进行中")]
)
def test_who_holds_nothing_is_told(site: Site, language: str, words: str) -> None:
    assert words in site.page(site.ann, "/me/bookings", language).words


def test_ones_own_bookings_need_a_login(site: Site) -> None:
    made = site.booked(site.ann, "01:00:00", "02:00:00")

    for path in ("/me/bookings", "/me/bookings.ics", f"/bookings/{made}"):
        answer = site.client.get(path, headers={"accept": "text/html"})
        assert (answer.status_code, answer.headers["location"][:12]) == (303, "/login?next=")


def test_a_booking_is_moved_by_form(site: Site) -> None:
    made = site.booked(site.ann, "01:00:00", "02:00:00")
    found = site.page(site.ann, f"/bookings/{made}")
    assert (found.field("start")["value"], found.field("end")["value"]) == ("09:00", "10:00")

    form = {"day": "2026-12-02", "start": "11:00", "end": "12:00", "units": "1"}
    where = location(site.send(site.ann, f"/bookings/{made}/move", **form))

    assert [hours(one) for one in own(site, site.ann)] == [["02 03:00–02 04:00"]]
    assert "Changed: " in site.page(site.ann, where).words


def test_a_booking_that_cannot_move_stays_and_is_told_where_it_could(site: Site) -> None:
    made = site.booked(site.ann, "01:00:00", "02:00:00")
    site.booked(site.bob, "03:00:00", "04:00:00")
    path = f"/bookings/{made}/move"
    form = {"day": "2026-12-01", "start": "11:30", "end": "12:30", "units": "1"}

    refused = site.send(site.ann, path, **form)
    offers = [one["value"] for one in buttons(Page(refused.text))]

    assert refused.status_code == 409
    assert [hours(one) for one in own(site, site.ann)] == [["01 01:00–01 02:00"]]
    assert offers == [
        "2026-12-01T04:00:00+00:00/2026-12-01T05:00:00+00:00",
        "2026-12-01T05:00:00+00:00/2026-12-01T06:00:00+00:00",
        "2026-12-01T06:00:00+00:00/2026-12-01T07:00:00+00:00",
    ]
    location(site.send(site.ann, path, **form, instead=offers[0]))
    assert [hours(one) for one in own(site, site.ann)] == [["01 04:00–01 05:00"]]


def test_a_move_that_makes_no_sense_is_refused_in_place(site: Site) -> None:
    made = site.booked(site.ann, "01:00:00", "02:00:00")
    form = {"day": "2026-12-01", "start": "12:00", "end": "11:00", "units": "1"}

    answer = site.send(site.ann, f"/bookings/{made}/move", **form)

    assert (answer.status_code, Page(answer.text).faults()) == (422, ["error-end"])


def test_a_booking_is_extended_by_a_button(site: Site) -> None:
    made = site.booked(site.ann, "01:00:00", "02:00:00")
    site.booked(site.bob, "02:30:00", "03:00:00")
    path = f"/bookings/{made}/extend"

    location(site.send(site.ann, path, minutes="30"))
    refused = site.send(site.ann, path, minutes="60")

    assert [hours(one) for one in own(site, site.ann)] == [["01 01:00–01 02:30"]]
    assert refused.status_code == 409
    assert "It is taken at that time." in Page(refused.text).words
    assert site.send(site.ann, path, minutes="7").status_code == 422


def test_a_booking_is_given_back_and_that_is_taken_back(site: Site) -> None:
    made = site.booked(site.ann, "01:00:00", "02:00:00", title="Weekly")
    where = location(site.send(site.ann, f"/bookings/{made}/release"))
    told = site.page(site.ann, where)
    assert "The booking is given back. Undo" in told.words
    assert own(site, site.ann) == ()

    again = location(site.send(site.ann, f"/bookings/{made}/again"))
    twice = location(site.send(site.ann, f"/bookings/{made}/again"))

    (found,) = own(site, site.ann)
    assert (again, found.title, hours(found)) == (twice, "Weekly", ["01 01:00–01 02:00"])
    assert found.id != made


def test_undo_works_after_another_undo(site: Site) -> None:
    made = site.booked(site.ann, "01:00:00", "02:00:00")
    for _ in range(2):
        for one in own(site, site.ann):
            site.send(site.ann, f"/bookings/{one.id}/release")
        location(site.send(site.ann, f"/bookings/{made}/again"))

    assert [one.state for one in own(site, site.ann)] == [BookingState.CONFIRMED]


def test_what_somebody_else_has_by_now_does_not_come_back(site: Site) -> None:
    made = site.booked(site.ann, "01:00:00", "02:00:00")
    site.send(site.ann, f"/bookings/{made}/release")
    site.booked(site.bob, "01:30:00", "03:00:00")

    answer = site.send(site.ann, f"/bookings/{made}/again")

    assert answer.status_code == 409
    assert "It is taken at that time." in Page(answer.text).words
    assert own(site, site.ann) == ()


def test_what_is_in_force_is_not_booked_again(site: Site) -> None:
    made = site.booked(site.ann, "01:00:00", "02:00:00")

    assert site.send(site.ann, f"/bookings/{made}/again").status_code == 404


def test_what_others_hold_has_no_page(site: Site) -> None:
    made = site.booked(site.ann, "01:00:00", "02:00:00")
    headers = {"accept": "text/html", **site.bob.headers}

    for path in (f"/bookings/{made}", f"/bookings/{made}/file.ics"):
        assert site.client.get(path, headers=headers).status_code == 404
    for act in ("move", "extend", "release", "again"):
        form = {**DAY, "minutes": "30"}
        assert site.send(site.bob, f"/bookings/{made}/{act}", **form).status_code == 404
    answer = site.client.get(f"/me/bookings?done=booked&booking={made}", headers=headers)
    assert answer.status_code == 404


def test_what_is_over_or_a_features_has_no_form(site: Site) -> None:
    made = site.booked(site.ann, "01:00:00", "02:00:00")
    sold = held_by_feature(site, site.ann)
    assert f"/bookings/{made}/release" in _acts(site.page(site.ann, f"/bookings/{made}"))
    assert _acts(site.page(site.ann, f"/bookings/{sold}")) == []
    site.clock.now += timedelta(days=10)

    assert _acts(site.page(site.ann, f"/bookings/{made}")) == []


def test_bookings_are_files_for_calendars(site: Site) -> None:
    made = site.booked(site.ann, "01:00:00", "02:00:00", title="周会, weekly")
    site.booked(site.ann, "05:00:00", "06:00:00")
    one, every = (
        site.client.get(path, headers={**site.ann.headers, "accept-language": "zh-CN"})
        for path in (f"/bookings/{made}/file.ics", "/me/bookings.ics")
    )

    assert one.headers["content-type"] == "text/calendar; charset=utf-8"
    assert one.headers["content-disposition"] == 'attachment; filename="booking.ics"'
    lines = one.text.split("\r\n")
    assert {
        f"UID:{made}-0@shulian",
        "DTSTART:20261201T010000Z",
        "DTEND:20261201T020000Z",
        "SUMMARY:周会\\, weekly",
        "LOCATION:多功能厅1东",
    } <= set(lines)
    assert every.text.count("BEGIN:VEVENT") == 2


def test_operators_have_a_space_booked(site: Site) -> None:
    path = "/spaces/yq-seat-1/bookings"
    found = site.page(site.boss, path)
    assert found.field("audience")["name"] == "audience"

    where = location(site.send(site.boss, f"{path}/resource", capacity="3", audience="members"))

    assert "Saved." in site.page(site.boss, where).words
    told = site.call(None, "GET", "/api/spaces/yq-seat-1/resource").json()
    assert (told["capacity"], told["audience"]) == (3, "members")


@pytest.mark.parametrize(
    ("form", "status", "fields"),
    [
        ({"capacity": "none"}, 422, ["error-capacity"]),
        ({"capacity": "0"}, 422, ["error-capacity"]),
        ({"audience": "all"}, 422, ["error-audience"]),
    ],
)
def test_settings_that_make_no_sense_are_refused_in_place(
    site: Site, form: dict[str, str], status: int, fields: list[str]
) -> None:
    answer = site.send(site.boss, f"{DESK}/resource", **form)

    assert (answer.status_code, Page(answer.text).faults()) == (status, fields)


def test_a_capacity_that_is_in_use_is_refused_in_place(site: Site) -> None:
    site.booked(
        site.bob,
        "01:00:00",
        "02:00:00",
        resource=site.plaza,
        units=10,
        organization=str(site.firm.id),
    )

    answer = site.send(
        site.boss, f"/spaces/{PLAZA}/bookings/resource", capacity="9", audience="members"
    )

    assert (answer.status_code, Page(answer.text).faults()) == (409, ["error-capacity"])


def test_operators_see_who_holds_a_space_and_release_it(site: Site) -> None:
    made = site.booked(site.bob, "01:00:00", "02:00:00", title="Rehearsal")
    found = site.page(site.boss, DESK)

    assert "Tue, 1 Dec 2026 09:00–10:00 Bob Rehearsal Release" in found.words
    where = location(site.send(site.boss, f"{DESK}/{made}/release"))
    assert where == f"{DESK}?done=released&made={made}#bookings"
    assert own(site, site.bob) == ()
    assert "Nobody holds it in these days." in site.page(site.boss, DESK).words


def test_operators_close_a_time_and_open_it_again(site: Site) -> None:
    form = {"day": "2026-12-01", "start": "08:00", "end": "00:00", "title": "Cleaning"}
    where = location(site.send(site.boss, f"{DESK}/close", **form))
    found = site.page(site.boss, where)
    assert "The time is closed." in found.words
    assert "Wed, 2 Dec 2026 00:00 Closed Cleaning Open again" in found.words

    (act,) = [one for one in _acts(found) if one.endswith("/release")]
    assert location(site.send(site.boss, act)).startswith(f"{DESK}?done=opened&made=")
    assert site.book(site.ann, "01:00:00", "02:00:00").status_code == 201


def test_what_somebody_has_is_not_closed_and_operators_are_told_who(site: Site) -> None:
    site.booked(site.bob, "01:00:00", "02:00:00", title="Rehearsal")
    form = {"day": "2026-12-01", "start": "08:00", "end": "12:00"}

    refused = site.send(site.boss, f"{DESK}/close", **form)
    wrong = site.send(site.boss, f"{DESK}/close", **{**form, "end": "07:00"})

    assert refused.status_code == 409
    assert "Held by Bob: Rehearsal" in Page(refused.text).words
    assert (wrong.status_code, Page(wrong.text).faults()) == (422, ["error-end"])


def test_a_booking_of_another_space_is_not_released_from_here(site: Site) -> None:
    made = site.booked(site.ann, "01:00:00", "02:00:00")

    path = f"/spaces/{PLAZA}/bookings/{made}/release"
    assert site.send(site.boss, path).status_code == 404
    assert site.send(site.boss, f"{DESK}/{uuid4()}/release").status_code == 404
    assert len(own(site, site.ann)) == 1


def test_bookings_are_a_file_for_spreadsheets(site: Site) -> None:
    made = site.booked(site.bob, "01:00:00", "02:00:00", title="=1+1")
    path = f"{DESK}.csv?from=2026-12-01&to=2026-12-01"

    answer = site.client.get(path, headers=site.boss.headers)

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.text.startswith("\ufeff")
    rows = list(csv.reader(answer.text.removeprefix("\ufeff").splitlines()))
    assert rows == [
        ["booking", "state", "holder", "title", "start", "end", "units", "source", "created"],
        [
            str(made),
            "confirmed",
            "Bob",
            "'=1+1",
            "2026-12-01T09:00:00+08:00",
            "2026-12-01T10:00:00+08:00",
            "1",
            "booking",
            "2026-11-22T04:00:00+00:00",
        ],
    ]


def test_the_desk_is_for_operators(site: Site) -> None:
    headers = {"accept": "text/html", **site.ann.headers}

    for path in (DESK, f"{DESK}.csv"):
        assert site.client.get(path, headers=headers).status_code == 403
    for act in ("resource", "close", f"{uuid4()}/release"):
        assert site.send(site.ann, f"{DESK}/{act}", **DAY).status_code == 403


def _acts(page: Page) -> list[str]:
    """Where the forms of a page lead that change something."""
    return [
        one["action"]
        for tag, one in page.elements
        if tag == "form" and one.get("method") == "post" and one["action"] != "/logout"
    ]
