"""A booking of several things is moved on its page: each claim its own time, all or nothing."""

import pytest
from httpx import Response
from tests.booking.routes.conftest import Site
from tests.park.plans import OPERATOR
from tests.park.routes.reading import Page

from shulian.booking import api
from shulian.booking.types import Audience, BookingId
from shulian.park.types import SpaceId

AS_IT_IS = {
    "day": "2026-12-01",
    "start": "09:00",
    "end": "10:00",
    "units": "1",
    "day-1": "2026-12-01",
    "start-1": "09:30",
    "end-1": "10:30",
    "units-1": "4",
}


@pytest.fixture
def several(site: Site) -> BookingId:
    """The hall and four of the plaza, for the firm of Bob."""
    claims = [
        {
            "resource": str(one.id),
            "start": f"2026-12-01T{start}Z",
            "end": f"2026-12-01T{end}Z",
            "units": units,
        }
        for one, start, end, units in (
            (site.hall, "01:00:00", "02:00:00", 1),
            (site.plaza, "01:30:00", "02:30:00", 4),
        )
    ]
    body = {"claims": claims, "organization": str(site.firm.id), "title": "Fair"}
    return BookingId(site.call(site.bob, "POST", "/api/bookings", body).json()["id"])


def move(site: Site, booking: BookingId, **form: str) -> Response:
    """Send the form of the booking with some fields changed."""
    fields = {name.replace("_1", "-1"): one for name, one in form.items()}
    return site.send(site.bob, f"/bookings/{booking}/move", **{**AS_IT_IS, **fields})


def held(site: Site, booking: BookingId) -> list[tuple[str, str, int]]:
    """What a booking holds, in UTC."""
    with site.database.transaction() as db:
        found = api.booking(db, site.boss.actor, booking)
    names = {site.hall.id: "hall", site.plaza.id: "plaza"}
    return [
        (names[one.resource], f"{one.span.start:%d %H:%M}–{one.span.end:%H:%M}", one.units)
        for one in found.claims
    ]


def offers(page: Page, name: str) -> list[str]:
    """The spans that a page offers for one of the claims."""
    buttons = [one for tag, one in page.elements if tag == "button"]
    return [one["value"] for one in buttons if one.get("name") == name]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "All of it changes together, or none of it does."),
        ("zh-CN", "各处的时间一起改：要么全部改成，要么都不变。"),
    ],
)
def test_the_page_has_the_times_of_each(
    site: Site, several: BookingId, language: str, words: str
) -> None:
    found = site.page(site.bob, f"/bookings/{several}", language)

    assert words in found.words
    told = {name: found.field(name)["value"] for name in AS_IT_IS}
    assert told == AS_IT_IS


def test_each_moves_to_its_own_time(site: Site, several: BookingId) -> None:
    answer = move(site, several, start="11:00", end="12:00", day_1="2026-12-02", units_1="6")

    assert answer.headers["location"] == f"/me/bookings?done=moved&booking={several}"
    assert held(site, several) == [("hall", "01 03:00–04:00", 1), ("plaza", "02 01:30–02:30", 6)]


def test_what_is_taken_of_one_is_told_there_and_nothing_moves(
    site: Site, several: BookingId
) -> None:
    site.booked(site.ann, "03:00:00", "04:00:00")

    answer = move(site, several, start="11:00", end="12:00", day_1="2026-12-02")
    found = Page(answer.text)

    assert answer.status_code == 409
    assert "Nothing was changed: what is marked below is taken." in found.words
    assert offers(found, "instead")[:1] == ["2026-12-01T04:00:00+00:00/2026-12-01T05:00:00+00:00"]
    assert offers(found, "instead-1") == []
    assert held(site, several) == [("hall", "01 01:00–02:00", 1), ("plaza", "01 01:30–02:30", 4)]


def test_what_is_taken_of_each_is_told_at_each(site: Site, several: BookingId) -> None:
    site.booked(site.ann, "03:00:00", "04:00:00")
    organization = str(site.firm.id)
    for _ in range(2):
        site.booked(
            site.bob,
            "05:00:00",
            "06:00:00",
            resource=site.plaza,
            units=4,
            organization=organization,
        )

    form = {"start": "11:00", "end": "12:00", "start_1": "13:00", "end_1": "14:00"}
    found = Page(move(site, several, **form).text)

    assert offers(found, "instead")[:1] == ["2026-12-01T04:00:00+00:00/2026-12-01T05:00:00+00:00"]
    assert offers(found, "instead-1")[:1] == ["2026-12-01T06:00:00+00:00/2026-12-01T07:00:00+00:00"]
    assert found.field("start-1")["value"] == "13:00"


def test_one_click_takes_the_free_time_for_one_and_keeps_what_was_typed_for_the_other(
    site: Site, several: BookingId
) -> None:
    site.booked(site.ann, "03:00:00", "04:00:00")
    form = {"start": "11:00", "end": "12:00", "day_1": "2026-12-02"}
    offer, *_ = offers(Page(move(site, several, **form).text), "instead")

    assert move(site, several, **form, instead=offer).status_code == 303
    assert held(site, several) == [("hall", "01 04:00–05:00", 1), ("plaza", "02 01:30–02:30", 4)]


@pytest.mark.parametrize(
    ("form", "faults"),
    [
        ({"start": "12:00", "end": "11:00"}, ["error-end"]),
        ({"end_1": "08:00"}, ["error-end-1"]),
        ({"day": "x", "units_1": "many"}, ["error-day", "error-units-1"]),
        ({"day_1": "2026-11-01"}, ["error-end-1"]),
        ({"day": "2028-11-01"}, ["error-end"]),
        ({"instead_1": "never"}, ["error-day-1"]),
        ({"end_day_1": "2027-03-01"}, ["error-end-1"]),
    ],
)
def test_what_makes_no_sense_stands_beside_its_field(
    site: Site, several: BookingId, form: dict[str, str], faults: list[str]
) -> None:
    answer = move(site, several, **form)

    assert (answer.status_code, Page(answer.text).faults()) == (422, faults)
    assert held(site, several) == [("hall", "01 01:00–02:00", 1), ("plaza", "01 01:30–02:30", 4)]


def test_a_form_that_leaves_out_a_claim_changes_nothing(site: Site, several: BookingId) -> None:
    form = {name: one for name, one in AS_IT_IS.items() if not name.endswith("-1")}

    answer = site.send(site.bob, f"/bookings/{several}/move", **form)

    assert answer.status_code == 422
    assert Page(answer.text).faults() == ["error-day-1", "error-end-1", "error-start-1"]


def test_all_of_it_is_made_longer_by_a_button(site: Site, several: BookingId) -> None:
    assert "All of it 30 minutes longer" in site.page(site.bob, f"/bookings/{several}").words

    assert site.send(site.bob, f"/bookings/{several}/extend", minutes="30").status_code == 303
    assert held(site, several) == [("hall", "01 01:00–02:30", 1), ("plaza", "01 01:30–03:00", 4)]


def test_what_cannot_be_made_longer_is_told(site: Site, several: BookingId) -> None:
    site.booked(site.ann, "02:00:00", "03:00:00")

    answer = site.send(site.bob, f"/bookings/{several}/extend", minutes="30")

    assert answer.status_code == 409
    assert "Tue, 1 Dec 2026 10:00–11:00 · Taken" in Page(answer.text).words


def test_others_bookings_are_not_there(site: Site, several: BookingId) -> None:
    answer = site.send(site.ann, f"/bookings/{several}/move", **AS_IT_IS)

    assert answer.status_code == 404


def test_what_has_no_end_moves_and_stays_so(site: Site) -> None:
    claim = {"resource": str(site.hall.id), "start": "2026-12-01T01:00:00Z"}
    made = site.call(site.boss, "POST", "/api/bookings", {"claims": [claim]}).json()["id"]
    found = site.page(site.boss, f"/bookings/{made}")
    assert "Leave it empty for no end." in found.words

    form = {"day": "2026-12-02", "start": "08:00", "end": "", "units": "1"}
    assert site.send(site.boss, f"/bookings/{made}/move", **form).status_code == 303
    with site.database.transaction() as db:
        (after,) = api.booking(db, site.boss.actor, BookingId(made)).claims
    assert (f"{after.span.start:%d %H:%M}", after.span.end) == ("02 00:00", None)
    wrong = site.send(site.boss, f"/bookings/{made}/move", **{**form, "start": "x"})
    assert Page(wrong.text).faults() == ["error-start"]


def test_two_that_meet_become_one_and_what_is_in_the_way_is_told(site: Site) -> None:
    with site.database.transaction() as db:
        room = api.add_resource(
            db, OPERATOR, space=SpaceId("yq-seat-1"), audience=Audience.PEOPLE, now=site.clock.now
        )
    claims = [
        {
            "resource": str(room.id),
            "start": f"2026-12-01T{start}:00:00Z",
            "end": f"2026-12-01T{end}:00:00Z",
        }
        for start, end in (("01", "02"), ("05", "06"))
    ]
    made = site.call(site.ann, "POST", "/api/bookings", {"claims": claims}).json()["id"]
    site.booked(site.bob, "08:00:00", "08:30:00", resource=room)
    form = {**AS_IT_IS, "start": "15:00", "end": "16:00", "start-1": "16:00", "end-1": "17:00"}

    refused = site.send(site.ann, f"/bookings/{made}/move", **{**form, "units-1": "1"})

    assert refused.status_code == 409
    assert "Tue, 1 Dec 2026 16:00–16:30 · Taken" in Page(refused.text).words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "The booking was changed elsewhere meanwhile."),
        ("zh-CN", "这个预订刚刚在别处改过。"),
    ],
)
def test_a_form_that_is_stale_changes_nothing(
    site: Site, several: BookingId, language: str, words: str
) -> None:
    path = f"/bookings/{several}"
    seen = site.page(site.bob, path).field("seen")["value"]
    assert move(site, several, start="15:00", end="16:00", seen=seen).status_code == 303

    form = {**AS_IT_IS, "seen": seen, "start": "11:00", "end": "12:00"}
    stale = site.send(site.bob, f"{path}/move", language, **form)

    assert (stale.status_code, words in Page(stale.text).words) == (409, True)
    assert held(site, several) == [("plaza", "01 01:30–02:30", 4), ("hall", "01 07:00–08:00", 1)]
