"""The ledger for programs: everything one can do, and every way in which it can fail."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from httpx import Response
from sqlalchemy import Engine, event
from tests.booking.routes.conftest import PLAZA, Site, allowance, held_by_feature
from tests.identity.accounts import NOWHERE
from tests.park.plans import HALL

from shulian.booking import api
from shulian.booking.types import Audience, BookingId

NOBODY_HERE = str(NOWHERE)


def failure(answer: Response) -> tuple[int, str]:
    """The status and the code of what went wrong."""
    return answer.status_code, answer.json()["code"]


def ask(site: Site, **changes: Any) -> dict[str, Any]:
    """A booking of the hall, as a body."""
    claim = {
        "resource": str(site.hall.id),
        "start": "2026-12-01T01:00:00Z",
        "end": "2026-12-01T02:00:00Z",
        "units": 1,
        **changes,
    }
    return {"claims": [claim], "title": "Meeting"}


def firm(site: Site) -> str:
    """The organization of Bob."""
    return str(site.firm.id)


def local(day: int, start: str, end: str) -> dict[str, Any]:
    """A span on a day of December 2026, as it is told; hours of Shanghai."""
    return {
        "start": f"2026-12-{day:02}T{start}:00+08:00",
        "end": f"2026-12-{day:02}T{end}:00+08:00",
    }


def test_what_can_be_booked_is_listed(site: Site) -> None:
    answer = site.call(None, "GET", "/api/parks/yq/resources")

    assert answer.json() == [
        {
            "id": str(site.plaza.id),
            "name": {"zh": "云广场", "en": "Cloud Plaza"},
            "capacity": 10,
            "space": PLAZA,
            "audience": "members",
            "withdrawn": False,
        },
        {
            "id": str(site.hall.id),
            "name": {"zh": "多功能厅1东", "en": "Multi-function Hall 1 East"},
            "capacity": 1,
            "space": HALL,
            "audience": "people",
            "withdrawn": False,
        },
    ]
    assert site.call(None, "GET", f"/api/spaces/{HALL}/resource").json() == answer.json()[1]


def test_what_nobody_books_by_themselves_is_not_listed(site: Site) -> None:
    body = {"audience": "features"}
    site.call(site.boss, "PATCH", f"/api/resources/{site.hall.id}", body)

    found = site.call(None, "GET", "/api/parks/yq/resources").json()

    assert [one["space"] for one in found] == [PLAZA]


def test_a_space_is_made_bookable_and_changed_by_the_same_call(site: Site) -> None:
    path = "/api/spaces/yq-seat-1/resource"
    first = site.call(site.boss, "PUT", path, {"capacity": 2, "audience": "members"})
    second = site.call(site.boss, "PUT", path, {"capacity": 3})

    assert (first.status_code, first.json()["capacity"], first.json()["audience"]) == (
        200,
        2,
        "members",
    )
    assert second.json() == {**first.json(), "capacity": 3, "audience": "people"}


def test_a_resource_is_changed(site: Site) -> None:
    path = f"/api/resources/{site.plaza.id}"

    assert site.call(site.boss, "PATCH", path, {"capacity": 4}).json()["capacity"] == 4
    assert site.call(site.boss, "PATCH", path, {"audience": "people"}).json() == {
        "id": str(site.plaza.id),
        "name": {"zh": "云广场", "en": "Cloud Plaza"},
        "capacity": 4,
        "space": PLAZA,
        "audience": "people",
        "withdrawn": False,
    }


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "/api/spaces/yq-hall/resource", {}),
        ("PATCH", "/api/resources/{hall}", {"capacity": 2}),
        ("GET", "/api/resources/{hall}/bookings", None),
        ("POST", "/api/resources/{hall}/closures", {"start": "2026-12-01T01:00:00Z"}),
    ],
)
def test_operators_alone_run_the_desk(site: Site, method: str, path: str, body: object) -> None:
    where = path.format(hall=site.hall.id)

    assert failure(site.call(None, method, where, body)) == (401, "login_needed")
    assert failure(site.call(site.ann, method, where, body)) == (403, "refused")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"capacity": 0}, "booking.units_wrong"),
        ({"capacity": -1}, "booking.units_wrong"),
        ({"capacity": 10**9}, "booking.units_wrong"),
        ({"capacity": 1.5}, "invalid"),
        ({"audience": "everyone"}, "invalid"),
        ({"name": "Hall"}, "invalid"),
    ],
)
def test_a_resource_that_makes_no_sense_is_refused(
    site: Site, body: dict[str, object], code: str
) -> None:
    made = site.call(site.boss, "PUT", "/api/spaces/yq-seat-1/resource", body)
    changed = site.call(site.boss, "PATCH", f"/api/resources/{site.hall.id}", body)

    assert (failure(made), failure(changed)) == ((422, code), (422, code))


def test_less_than_is_booked_cannot_be_the_capacity(site: Site) -> None:
    site.booked(
        site.bob, "01:00:00", "02:00:00", resource=site.plaza, units=10, organization=firm(site)
    )

    answer = site.call(site.boss, "PATCH", f"/api/resources/{site.plaza.id}", {"capacity": 9})

    assert failure(answer) == (409, "booking.capacity_in_use")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/api/parks/nowhere/resources", "park.park_unknown"),
        ("/api/spaces/yq-seat-1/resource", "booking.resource_unknown"),
        (f"/api/resources/{NOBODY_HERE}/calendar", "booking.resource_unknown"),
        (f"/api/resources/{NOBODY_HERE}/bookings", "booking.resource_unknown"),
        (f"/api/bookings/{NOBODY_HERE}", "booking.booking_unknown"),
    ],
)
def test_what_is_not_there_is_404(site: Site, path: str, code: str) -> None:
    assert failure(site.call(site.boss, "GET", path)) == (404, code)


def test_a_calendar_says_how_much_is_taken_in_both_times(site: Site) -> None:
    site.booked(
        site.bob, "01:00:00", "02:00:00", resource=site.plaza, units=4, organization=firm(site)
    )
    path = f"/api/resources/{site.plaza.id}/calendar"
    query = "?from=2026-12-01T00:00:00Z&to=2026-12-01T03:00:00Z"

    answer = site.call(None, "GET", path + query).json()

    assert answer["resource"]["space"] == PLAZA
    assert [(one["units"], one["left"], one["closed"]) for one in answer["parts"]] == [
        (0, 10, False),
        (4, 6, False),
        (0, 10, False),
    ]
    assert answer["parts"][1]["span"] == {
        "start": "2026-12-01T01:00:00Z",
        "end": "2026-12-01T02:00:00Z",
        "local": {**local(1, "09:00", "10:00"), "timezone": "Asia/Shanghai"},
    }


def test_a_calendar_is_of_the_week_to_come(site: Site) -> None:
    (part,) = site.call(None, "GET", f"/api/resources/{site.hall.id}/calendar").json()["parts"]

    assert (part["span"]["start"], part["span"]["end"]) == (
        "2026-11-22T04:00:00Z",
        "2026-11-29T04:00:00Z",
    )


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("from=2026-12-02T00:00:00Z&to=2026-12-01T00:00:00Z", "booking.span_wrong"),
        ("from=1999-12-02T00:00:00Z", "booking.span_wrong"),
        ("from=9999-12-31T23:59:59Z", "booking.span_wrong"),
        ("from=0001-01-01T00:00:00%2B14:00", "booking.span_wrong"),
        ("from=2026-12-02T00:00:00", "booking.span_wrong"),
        ("to=2026-12-02T00:00:00", "booking.span_wrong"),
        ("from=noon", "invalid"),
    ],
)
def test_a_calendar_of_no_time_is_refused(site: Site, query: str, code: str) -> None:
    path = f"/api/resources/{site.hall.id}/calendar?{query}"

    assert failure(site.call(None, "GET", path)) == (422, code)


def test_what_is_no_place_shows_its_calendar_to_operators_alone(site: Site) -> None:
    path = f"/api/resources/{allowance(site).id}/calendar"

    assert failure(site.call(site.ann, "GET", path)) == (404, "booking.resource_unknown")
    (part,) = site.call(site.boss, "GET", path).json()["parts"]
    assert (part["left"], part["span"]["local"]) == (5, None)


def test_one_books_for_oneself(site: Site) -> None:
    answer = site.call(site.ann, "POST", "/api/bookings", ask(site))

    assert answer.status_code == 201
    assert answer.json() == {
        "id": answer.json()["id"],
        "source": "booking",
        "holder": {
            "person": str(site.ann.actor.person),
            "organization": None,
            "name": {"zh": "Ann", "en": "Ann"},
        },
        "title": "Meeting",
        "state": "confirmed",
        "claims": [
            {
                "resource": str(site.hall.id),
                "name": {"zh": "多功能厅1东", "en": "Multi-function Hall 1 East"},
                "space": HALL,
                "span": {
                    "start": "2026-12-01T01:00:00Z",
                    "end": "2026-12-01T02:00:00Z",
                    "local": {**local(1, "09:00", "10:00"), "timezone": "Asia/Shanghai"},
                },
                "units": 1,
            }
        ],
        "created": "2026-11-22T04:00:00Z",
        "expires": None,
    }
    assert site.call(site.ann, "GET", "/api/bookings").json() == [answer.json()]
    path = f"/api/bookings/{answer.json()['id']}"
    assert site.call(site.ann, "GET", path).json() == answer.json()


def test_one_books_for_ones_organization(site: Site) -> None:
    body = {**ask(site, resource=str(site.plaza.id), units=3), "organization": str(site.firm.id)}

    answer = site.call(site.bob, "POST", "/api/bookings", body)

    assert (answer.status_code, answer.json()["holder"]) == (
        201,
        {
            "person": str(site.bob.actor.person),
            "organization": str(site.firm.id),
            "name": {"zh": "", "en": "Firm"},
        },
    )


def test_members_book_for_their_organization_where_people_may_not(site: Site) -> None:
    body = ask(site, resource=str(site.plaza.id))

    assert failure(site.call(site.bob, "POST", "/api/bookings", body)) == (403, "refused")


def test_nobody_books_for_others_but_operators(site: Site) -> None:
    for_bob = {**ask(site), "person": str(site.bob.actor.person)}
    for_firm = {**ask(site), "organization": str(site.firm.id)}

    assert failure(site.call(site.ann, "POST", "/api/bookings", for_bob)) == (
        404,
        "identity.person_missing",
    )
    assert failure(site.call(site.ann, "POST", "/api/bookings", for_firm)) == (
        404,
        "identity.organization_missing",
    )
    made = site.call(site.boss, "POST", "/api/bookings", for_bob)
    assert made.json()["holder"]["name"] == {"zh": "Bob", "en": "Bob"}


@pytest.mark.parametrize("whom", ["person", "organization"])
def test_operators_book_for_nobody_who_is_not_there(site: Site, whom: str) -> None:
    answer = site.call(site.boss, "POST", "/api/bookings", {**ask(site), whom: NOBODY_HERE})

    assert failure(answer) == (404, f"identity.{whom}_missing")


def test_guests_log_in_to_book(site: Site) -> None:
    path = f"/api/bookings/{site.booked(site.ann, '01:00:00', '02:00:00')}"
    claims = {"claims": ask(site)["claims"]}
    answers = [
        site.call(None, "POST", "/api/bookings", ask(site)),
        site.call(None, "GET", "/api/bookings"),
        site.call(None, "GET", path),
        site.call(None, "DELETE", path),
        site.call(None, "PUT", f"{path}/claims", claims),
        site.call(None, "POST", f"{path}/extend", {"minutes": 5}),
    ]

    assert [failure(one) for one in answers] == [(401, "login_needed")] * 6


def test_all_of_it_is_booked_or_nothing(site: Site) -> None:
    site.booked(site.ann, "05:00:00", "06:00:00")
    hall, plaza = ask(site)["claims"][0], ask(site, resource=str(site.plaza.id))["claims"][0]
    late = {**hall, "start": "2026-12-01T05:30:00Z", "end": "2026-12-01T06:30:00Z"}
    body = {"claims": [plaza, late], "organization": str(site.firm.id)}

    refused = site.call(site.bob, "POST", "/api/bookings", body)
    booked = site.call(site.bob, "POST", "/api/bookings", {**body, "claims": [plaza, hall]})

    assert failure(refused) == (409, "booking.taken")
    assert [one["claim"]["space"] for one in refused.json()["shortages"]] == [HALL]
    assert {one["space"] for one in booked.json()["claims"]} == {HALL, PLAZA}


def test_a_conflict_says_what_is_in_the_way_and_when_it_is_free(site: Site) -> None:
    site.booked(site.bob, "01:00:00", "02:00:00")
    site.booked(site.bob, "02:30:00", "03:00:00")

    answer = site.call(
        site.ann,
        "POST",
        "/api/bookings",
        ask(site, start="2026-12-01T01:30:00Z", end="2026-12-01T02:15:00Z"),
    )

    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    (short,) = told.pop("shortages")
    assert told == {
        "type": "urn:shulian:error:booking.taken",
        "title": "Conflict",
        "status": 409,
        "detail": "It is taken at that time.",
        "code": "booking.taken",
        "params": {},
    }
    assert (short["left"], short["bookings"]) == (0, [])
    assert [(one["span"]["start"], one["closed"]) for one in short["in_the_way"]] == [
        ("2026-12-01T01:00:00Z", False)
    ]
    assert [one["local"]["start"] for one in short["next_free"]] == [
        "2026-12-01T11:00:00+08:00",
        "2026-12-01T11:45:00+08:00",
        "2026-12-01T12:30:00+08:00",
    ]


def test_a_conflict_tells_operators_whose_it_is(site: Site) -> None:
    made = site.booked(site.bob, "01:00:00", "02:00:00", title="Rehearsal")

    answer = site.call(site.boss, "POST", "/api/bookings", ask(site))

    (short,) = answer.json()["shortages"]
    assert [(one["id"], one["holder"]["name"]["en"]) for one in short["bookings"]] == [
        (str(made), "Bob")
    ]


def test_the_words_of_a_conflict_are_the_askers(site: Site) -> None:
    site.booked(site.bob, "01:00:00", "02:00:00")

    answer = site.call(site.ann, "POST", "/api/bookings", ask(site), **{"accept-language": "zh"})

    assert answer.json()["detail"] == "这个时间已被占用。"


def test_asking_again_with_the_same_key_books_nothing_twice(site: Site) -> None:
    key = {"idempotency-key": "abc"}
    first, second = (
        site.call(site.ann, "POST", "/api/bookings", ask(site), **key) for _ in range(2)
    )
    other = {**ask(site), "title": "Other"}

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert failure(site.call(site.ann, "POST", "/api/bookings", other, **key)) == (
        409,
        "booking.key_clash",
    )


@pytest.mark.parametrize(
    ("changes", "code", "fields"),
    [
        ({"end": "2026-12-01T00:00:00Z"}, "booking.span_wrong", {"span"}),
        ({"end": "2026-12-01T01:00:00Z"}, "booking.span_wrong", {"span"}),
        ({"end": "2026-12-01T01:00:30Z"}, "booking.span_wrong", {"span"}),
        ({"end": None}, "booking.span_wrong", {"span"}),
        ({"end": "2027-02-01T00:00:00Z"}, "booking.span_wrong", {"span"}),
        (
            {"start": "2028-12-01T01:00:00Z", "end": "2028-12-01T02:00:00Z"},
            "booking.span_wrong",
            {"span"},
        ),
        (
            {"start": "2026-11-01T01:00:00Z", "end": "2026-11-01T02:00:00Z"},
            "booking.span_wrong",
            {"span"},
        ),
        ({"start": "0001-01-01T00:00:00+14:00"}, "booking.span_wrong", {"span"}),
        ({"start": "2026-12-01T01:00:00"}, "invalid", {"claims[0].start"}),
        ({"start": "soon"}, "invalid", {"claims[0].start"}),
        ({"units": 0}, "booking.units_wrong", set[str]()),
        ({"units": -3}, "booking.units_wrong", set[str]()),
        ({"units": 2}, "booking.units_wrong", set[str]()),
        ({"units": 10**30}, "booking.units_wrong", set[str]()),
        ({"units": "one"}, "invalid", {"claims[0].units"}),
        ({"seats": 1}, "invalid", {"claims[0]"}),
    ],
)
def test_a_claim_that_makes_no_sense_is_refused(
    site: Site, changes: dict[str, object], code: str, fields: set[str]
) -> None:
    answer = site.call(site.ann, "POST", "/api/bookings", ask(site, **changes))

    assert (failure(answer), set(answer.json()["fields"])) == ((422, code), fields)


@pytest.mark.parametrize("claims", [0, 2, 1001])
def test_so_many_claims_are_refused(site: Site, claims: int) -> None:
    body = {"claims": ask(site)["claims"] * claims}

    assert failure(site.call(site.ann, "POST", "/api/bookings", body)) == (
        422,
        "booking.claims_wrong",
    )


def test_long_words_are_refused(site: Site) -> None:
    titled = site.call(site.ann, "POST", "/api/bookings", {**ask(site), "title": "x" * 201})
    keyed = site.call(
        site.ann, "POST", "/api/bookings", ask(site), **{"idempotency-key": "x" * 201}
    )

    assert (failure(titled), titled.json()["fields"]) == (
        (422, "booking.words_wrong"),
        {"title": "At most 200 characters."},
    )
    assert (failure(keyed), list(keyed.json()["fields"])) == ((422, "booking.words_wrong"), ["key"])


def test_the_letter_nul_is_refused(site: Site) -> None:
    answer = site.call(site.ann, "POST", "/api/bookings", {**ask(site), "title": "a\0b"})

    assert failure(answer) == (422, "invalid")


def test_what_is_not_there_cannot_be_booked(site: Site) -> None:
    answer = site.call(site.ann, "POST", "/api/bookings", ask(site, resource=NOBODY_HERE))

    assert failure(answer) == (404, "booking.resource_unknown")


def test_operators_book_without_end(site: Site) -> None:
    answer = site.call(site.boss, "POST", "/api/bookings", ask(site, end=None))

    assert answer.json()["claims"][0]["span"]["end"] is None


def test_a_booking_is_moved(site: Site) -> None:
    made = site.booked(site.ann, "01:00:00", "02:00:00")
    body = {"claims": ask(site, end="2026-12-01T03:00:00Z")["claims"]}

    answer = site.call(site.ann, "PUT", f"/api/bookings/{made}/claims", body)

    assert (answer.status_code, answer.json()["claims"][0]["span"]["end"]) == (
        200,
        "2026-12-01T03:00:00Z",
    )


def test_a_booking_is_extended_until_somebody_else_has_it(site: Site) -> None:
    made = site.booked(site.ann, "01:00:00", "02:00:00")
    site.booked(site.bob, "02:30:00", "03:00:00")
    path = f"/api/bookings/{made}/extend"

    longer = site.call(site.ann, "POST", path, {"minutes": 30})
    refused = site.call(site.ann, "POST", path, {"minutes": 1})

    assert longer.json()["claims"][0]["span"]["end"] == "2026-12-01T02:30:00Z"
    assert (failure(refused), refused.json()["shortages"][0]["left"]) == (
        (409, "booking.taken"),
        0,
    )
    assert site.call(site.ann, "GET", f"/api/bookings/{made}").json() == longer.json()


@pytest.mark.parametrize("minutes", [0, -5, 10**9, "an hour"])
def test_nobody_extends_by_that(site: Site, minutes: object) -> None:
    made = site.booked(site.ann, "01:00:00", "02:00:00")

    answer = site.call(site.ann, "POST", f"/api/bookings/{made}/extend", {"minutes": minutes})

    assert (failure(answer), list(answer.json()["fields"])) == ((422, "invalid"), ["minutes"])


def test_a_booking_is_given_back_once(site: Site) -> None:
    made = site.booked(site.ann, "01:00:00", "02:00:00")
    path = f"/api/bookings/{made}"

    answers = [site.call(site.ann, "DELETE", path) for _ in range(2)]
    moved = site.call(site.ann, "PUT", f"{path}/claims", {"claims": ask(site)["claims"]})

    assert [(one.status_code, one.json()["state"]) for one in answers] == [(200, "released")] * 2
    assert failure(moved) == (409, "booking.booking_over")
    assert site.call(site.ann, "GET", "/api/bookings").json() == []
    assert site.book(site.bob, "01:00:00", "02:00:00").status_code == 201


def test_what_others_hold_is_not_there(site: Site) -> None:
    path = f"/api/bookings/{site.booked(site.ann, '01:00:00', '02:00:00')}"
    unknown = (404, "booking.booking_unknown")

    assert failure(site.call(site.bob, "GET", path)) == unknown
    assert failure(site.call(site.bob, "DELETE", path)) == unknown
    assert failure(site.call(site.bob, "POST", f"{path}/extend", {"minutes": 5})) == unknown
    body = {"claims": ask(site)["claims"]}
    assert failure(site.call(site.bob, "PUT", f"{path}/claims", body)) == unknown
    assert site.call(site.boss, "GET", path).json()["holder"]["name"]["en"] == "Ann"


def test_what_a_feature_holds_is_changed_there_alone(site: Site) -> None:
    path = f"/api/bookings/{held_by_feature(site, site.ann)}"
    body = {"claims": ask(site)["claims"]}
    held = (409, "booking.held_by_feature")

    for who in (site.ann, site.boss):
        assert failure(site.call(who, "DELETE", path)) == held
        assert failure(site.call(who, "POST", f"{path}/extend", {"minutes": 5})) == held
        assert failure(site.call(who, "PUT", f"{path}/claims", body)) == held
    assert site.call(site.ann, "GET", path).json()["source"] == "ticketing"


def test_a_time_is_closed_and_opened_again(site: Site) -> None:
    body = {"start": "2026-12-01T00:00:00Z", "end": "2026-12-01T06:00:00Z", "title": "Cleaning"}
    closed = site.call(site.boss, "POST", f"/api/resources/{site.hall.id}/closures", body)
    refused = site.book(site.ann, "01:00:00", "02:00:00")
    opened = site.call(site.boss, "DELETE", f"/api/bookings/{closed.json()['id']}")

    assert (closed.status_code, closed.json()["holder"]) == (
        201,
        {"person": None, "organization": None, "name": {"zh": "", "en": ""}},
    )
    assert [one["closed"] for one in refused.json()["shortages"][0]["in_the_way"]] == [True]
    assert opened.json()["state"] == "released"
    assert site.book(site.ann, "01:00:00", "02:00:00").status_code == 201


def test_what_somebody_has_cannot_be_closed(site: Site) -> None:
    made = site.booked(site.ann, "01:00:00", "02:00:00")
    body = {"start": "2026-12-01T00:00:00Z", "end": "2026-12-01T06:00:00Z"}

    answer = site.call(site.boss, "POST", f"/api/resources/{site.hall.id}/closures", body)

    assert failure(answer) == (409, "booking.taken")
    assert [one["id"] for one in answer.json()["shortages"][0]["bookings"]] == [str(made)]


def test_operators_see_who_holds_a_resource(site: Site) -> None:
    made = site.booked(site.bob, "01:00:00", "02:00:00")
    path = f"/api/resources/{site.hall.id}/bookings"
    query = "?from=2026-12-01T00:00:00Z&to=2026-12-02T00:00:00Z"

    assert site.call(site.boss, "GET", path).json() == []
    (found,) = site.call(site.boss, "GET", path + query).json()
    assert (found["id"], found["holder"]["name"]["en"]) == (str(made), "Bob")


def test_a_list_takes_as_many_queries_for_many_as_for_one(site: Site) -> None:
    counts: list[int] = []
    for hours in (1, 3):
        for hour in range(hours):
            site.book(site.ann, f"{4 * hours + hour:02}:00:00", f"{4 * hours + hour:02}:30:00")
        counts.append(_queries(site))

    assert counts[0] == counts[1]


def test_asking_again_after_it_is_over_answers_the_same(site: Site) -> None:
    key = {"idempotency-key": "k"}
    first = site.call(site.ann, "POST", "/api/bookings", ask(site), **key).json()
    site.clock.now += timedelta(days=1)

    assert site.call(site.ann, "POST", "/api/bookings", ask(site), **key).json() == first
    with site.database.transaction() as db:
        assert api.booking(db, site.ann.actor, BookingId(first["id"])).key == "k"


def test_resources_need_an_audience_to_be_booked(site: Site) -> None:
    with site.database.transaction() as db:
        api.change_resource(
            db, site.boss.actor, site.hall.id, audience=Audience.FEATURES, now=site.clock.now
        )

    assert failure(site.book(site.ann, "01:00:00", "02:00:00")) == (403, "refused")
    assert failure(site.call(site.ann, "GET", f"/api/bookings/{uuid4()}")) == (
        404,
        "booking.booking_unknown",
    )


def _queries(site: Site) -> int:
    said: list[str] = []

    def hear(_: object, __: object, statement: str, *___: object) -> None:
        said.append(statement)

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        site.call(site.ann, "GET", "/api/bookings")
    finally:
        event.remove(Engine, "before_cursor_execute", hear)
    return len(said)
