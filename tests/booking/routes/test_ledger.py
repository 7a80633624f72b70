"""All bookings of a park, for operators: filtered, page by page, several released and restored."""

import csv
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from tests.booking.routes.conftest import PLAZA, Site, held_by_feature
from tests.identity.accounts import NOWHERE
from tests.park.plans import HALL, PARK, quiet_bus
from tests.park.routes.reading import Page

from shulian.booking import api
from shulian.booking.types import BookingId, BookingState, Claim, Holder, Span

LEDGER = f"/parks/{PARK}/bookings"
CALLS = f"/api/parks/{PARK}/bookings"


def fill(site: Site, count: int) -> list[str]:
    """So many bookings of the hall by Ann."""
    with site.database.transaction() as db:
        starts = [site.clock.now + timedelta(hours=1 + one) for one in range(count)]
        return [
            str(
                api.book(
                    db,
                    quiet_bus(db),
                    site.boss.actor,
                    [Claim(site.hall.id, Span(start, start + timedelta(minutes=30)))],
                    holder=Holder(site.ann.actor.person),
                    title=f"Talk {number:04}",
                    now=site.clock.now,
                ).id
            )
            for number, start in enumerate(starts)
        ]


def some(site: Site) -> dict[str, str]:
    """A booking of each kind, by a name."""
    firm = str(site.firm.id)
    closed = site.call(
        site.boss,
        "POST",
        f"/api/resources/{site.plaza.id}/closures",
        {"start": "2026-12-02T01:00:00Z", "end": "2026-12-02T02:00:00Z", "title": "Cleaning"},
    ).json()["id"]
    gone = site.booked(site.ann, "08:00:00", "09:00:00", title="Gone")
    site.call(site.ann, "DELETE", f"/api/bookings/{gone}")
    return {
        "ann": str(site.booked(site.ann, "01:00:00", "02:00:00", title="Weekly")),
        "firm": str(
            site.booked(
                site.bob, "03:00:00", "04:00:00", resource=site.plaza, organization=firm, units=2
            )
        ),
        "closed": closed,
        "gone": str(gone),
        "sold": str(held_by_feature(site, site.bob)),
    }


def state(site: Site, ids: Iterable[str]) -> list[BookingState]:
    """Where bookings stand."""
    with site.database.transaction() as db:
        return [api.booking(db, site.boss.actor, BookingId(UUID(one))).state for one in ids]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["ann", "firm", "sold", "closed"]),
        ("space=yq-plaza", ["firm", "closed"]),
        ("space=yq-seat-1", []),
        ("space=nowhere", []),
        ("q=weekly", ["ann"]),
        ("q=广场", ["firm", "closed"]),
        ("holder=ann@", ["ann"]),
        ("holder=FIRM", ["firm", "sold"]),
        ("holder=zz", []),
        ("state=closed", ["closed"]),
        ("state=released", ["gone"]),
        ("state=confirmed", ["ann", "firm", "sold", "closed"]),
        ("state=held", []),
        ("state=lost&from=x&to=y&page=0", []),
        ("from=2026-12-02&to=2026-12-02", ["sold", "closed"]),
        ("from=2026-12-02", ["sold", "closed"]),
        ("to=2026-12-01", ["ann", "firm"]),
        ("to=2026-12-01&holder=ann@&q=weekly&space=yq-hall", ["ann"]),
    ],
)
def test_operators_filter_by_space_holder_state_and_day(
    site: Site, query: str, found: list[str]
) -> None:
    known = some(site)

    told = site.call(site.boss, "GET", f"{CALLS}?{query}").json()
    page = site.page(site.boss, f"{LEDGER}?{query}").links()

    names = {id_: name for name, id_ in known.items()}
    assert [names[one["id"]] for one in told["bookings"]] == found
    shown = [name for name, id_ in known.items() if f"/bookings/{id_}" in page]
    assert sorted(shown) == sorted(found)


def test_thousands_are_read_page_by_page(site: Site) -> None:
    made = fill(site, 1_010)

    first, last = (site.page(site.boss, f"{LEDGER}?q=Talk&page={one}") for one in (1, 21))

    assert "Page 1 of 21" in first.words
    assert "Bookings: 1,010" in first.words
    assert f"{LEDGER}?q=Talk&page=2" in first.links()
    told = [one for one in last.links() if one.removeprefix("/bookings/") in made]
    assert len(told) == 10
    table = site.client.get(f"{LEDGER}.csv?q=Talk", headers=site.boss.headers).text
    assert len(list(csv.reader(table.splitlines()))) == 1_011


@pytest.mark.parametrize(
    ("language", "done", "back"),
    [
        ("en", "Released: 2.", "All of them are back."),
        ("zh-CN", "已取消 2 个预订。", "已全部恢复。"),
    ],
)
def test_several_are_released_and_that_is_taken_back(
    site: Site, language: str, done: str, back: str
) -> None:
    known = some(site)
    chosen = [known["ann"], known["closed"]]

    headers = {**site.boss.headers, "accept": "text/html", "accept-language": language}
    sent = site.client.post(
        f"{LEDGER}/release", data={"booking": chosen, "from": "2026-12-01"}, headers=headers
    )
    assert sent.headers["location"].startswith(f"{LEDGER}?from=2026-12-01&released=")
    assert state(site, chosen) == [BookingState.RELEASED] * 2
    after = site.page(site.boss, sent.headers["location"], language)
    assert done in after.words

    undo = [one["value"] for _, one in after.elements if one.get("name") == "booking"][:2]
    assert sorted(undo) == sorted(chosen)
    restored = site.client.post(f"{LEDGER}/restore", data={"booking": undo}, headers=headers)
    assert back in site.page(site.boss, restored.headers["location"], language).words
    told = site.call(site.boss, "GET", CALLS).json()["bookings"]
    assert sorted((one["title"], one["holder"]["name"]["en"]) for one in told) == [
        ("", "Bob"),
        ("", "Firm"),
        ("Cleaning", ""),
        ("Weekly", "Ann"),
    ]


def test_what_somebody_has_by_now_stays_away_and_so_does_the_rest(site: Site) -> None:
    made = fill(site, 3)
    site.call(site.boss, "POST", "/api/bookings/release", {"bookings": made})
    claim = {
        "resource": str(site.hall.id),
        "start": (site.clock.now + timedelta(hours=2)).isoformat(),
        "end": (site.clock.now + timedelta(hours=3)).isoformat(),
    }
    assert site.call(site.bob, "POST", "/api/bookings", {"claims": [claim]}).status_code == 201

    answer = site.call(site.boss, "POST", "/api/bookings/restore", {"bookings": made})
    page = site.client.post(
        f"{LEDGER}/restore",
        data={"booking": made},
        headers={**site.boss.headers, "accept": "text/html", "accept-language": "en"},
    )

    assert (answer.status_code, len(answer.json()["shortages"])) == (409, 1)
    assert page.status_code == 409
    assert "It is taken at that time." in Page(page.text).words
    assert state(site, made) == [BookingState.RELEASED] * 3
    assert site.call(site.boss, "GET", CALLS).json()["count"] == 1


def test_a_program_releases_and_restores_several(site: Site) -> None:
    made = fill(site, 2)

    gone = site.call(site.boss, "POST", "/api/bookings/release", {"bookings": made})
    again = site.call(site.boss, "POST", "/api/bookings/release", {"bookings": made})
    back = site.call(site.boss, "POST", "/api/bookings/restore", {"bookings": made})
    twice = site.call(site.boss, "POST", "/api/bookings/restore", {"bookings": made})

    assert sorted(one["id"] for one in gone.json()) == sorted(made)
    assert again.json() == []
    assert back.json() == twice.json()
    assert sorted(one["title"] for one in back.json()) == ["Talk 0000", "Talk 0001"]


def test_what_a_feature_holds_is_not_released_and_neither_is_the_rest(site: Site) -> None:
    known = some(site)
    chosen = [known["ann"], known["sold"]]

    answer = site.call(site.boss, "POST", "/api/bookings/release", {"bookings": chosen})

    assert (answer.status_code, answer.json()["code"]) == (409, "booking.held_by_feature")
    assert state(site, chosen) == [BookingState.CONFIRMED] * 2


@pytest.mark.parametrize("count", [0, 101])
def test_none_and_too_many_at_a_time_are_refused(site: Site, count: int) -> None:
    ids = [str(uuid4()) for _ in range(count)]

    answer = site.call(site.boss, "POST", "/api/bookings/release", {"bookings": ids})
    page = site.client.post(
        f"{LEDGER}/release",
        data={"booking": ids},
        headers={**site.boss.headers, "accept": "text/html", "accept-language": "en"},
    )

    assert answer.status_code == 422
    assert page.status_code == 422
    assert "Mark what is to be released first" in Page(page.text).words


def test_operators_alone_see_and_do_this(site: Site) -> None:
    made = str(site.booked(site.ann, "01:00:00", "02:00:00"))

    for who, status in ((None, 401), (site.ann, 403)):
        for method, path, body in (
            ("GET", CALLS, None),
            ("GET", LEDGER, None),
            ("GET", f"{LEDGER}.csv", None),
            ("POST", "/api/bookings/release", {"bookings": [made]}),
            ("POST", "/api/bookings/restore", {"bookings": [made]}),
        ):
            answer = site.call(who, method, path, body)
            assert (path, answer.status_code) == (path, status)
    for act in ("release", "restore"):
        assert site.send(site.ann, f"{LEDGER}/{act}", booking=made).status_code == 403
    assert LEDGER in site.page(site.boss, f"/parks/{PARK}").links()
    assert LEDGER not in site.page(site.ann, f"/parks/{PARK}").links()


def test_what_is_not_there_is_not_found(site: Site) -> None:
    nothing = {"bookings": [str(NOWHERE)]}

    assert site.call(site.boss, "GET", "/api/parks/nowhere/bookings").status_code == 404
    for act in ("release", "restore"):
        answer = site.call(site.boss, "POST", f"/api/bookings/{act}", nothing)
        assert (answer.status_code, answer.json()["code"]) == (404, "booking.booking_unknown")


DESK = f"/spaces/{PLAZA}/bookings"
WEEKLY = {
    "day": "2026-12-01",
    "start": "08:00",
    "end": "09:00",
    "title": "Cleaning",
    "until": "2026-12-22",
}


def closed(site: Site) -> list[str]:
    """When the plaza is closed, in UTC."""
    found = site.call(site.boss, "GET", f"{CALLS}?state=closed").json()["bookings"]
    return [one["claims"][0]["span"]["start"] for one in found]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "The time is closed. 4 times."), ("zh-CN", "共 4 次。")],
)
def test_a_time_is_closed_every_week_and_that_is_taken_back(
    site: Site, language: str, words: str
) -> None:
    sent = site.send(site.boss, f"{DESK}/close", language, **WEEKLY)

    where = sent.headers["location"]
    assert closed(site) == [f"2026-12-{day:02}T00:00:00Z" for day in (1, 8, 15, 22)]
    after = site.page(site.boss, where, language)
    assert words in after.words
    made = [one["value"] for _, one in after.elements if one.get("name") == "booking"]
    headers = {**site.boss.headers, "accept": "text/html"}
    gone = site.client.post(f"{DESK}/reopen", data={"booking": made}, headers=headers)
    assert closed(site) == []
    back = site.page(site.boss, gone.headers["location"], language)
    again = [one["value"] for _, one in back.elements if one.get("name") == "booking"]
    site.client.post(f"{DESK}/restore", data={"booking": again}, headers=headers)
    assert len(closed(site)) == 4


def test_what_is_in_the_way_of_some_is_told_before_any_is_closed(site: Site) -> None:
    firm = str(site.firm.id)
    claims = [
        {
            "resource": str(site.plaza.id),
            "start": f"2026-12-{day}T00:30:00Z",
            "end": f"2026-12-{day}T01:30:00Z",
        }
        for day in ("08", "22")
    ]
    body = {"claims": claims, "organization": firm, "title": "Fair"}
    assert site.call(site.bob, "POST", "/api/bookings", body).status_code == 201

    refused = site.send(site.boss, f"{DESK}/close", **WEEKLY)
    page = Page(refused.text)

    assert (refused.status_code, closed(site)) == (409, [])
    assert page.words.count("Held by Firm: Fair") == 2
    assert "Leave out these days (2) and close the others" in page.words
    (without,) = [one["value"] for _, one in page.elements if one.get("name") == "without"]
    assert without == "2026-12-08 2026-12-22"
    site.send(site.boss, f"{DESK}/close", **WEEKLY, without=without)
    assert closed(site) == ["2026-12-01T00:00:00Z", "2026-12-15T00:00:00Z"]


@pytest.mark.parametrize("until", ["2026-11-30", "2036-01-01", "soon"])
def test_a_last_day_that_makes_no_sense_is_refused(site: Site, until: str) -> None:
    answer = site.send(site.boss, f"{DESK}/close", **{**WEEKLY, "until": until})

    assert (answer.status_code, Page(answer.text).faults()) == (422, ["error-until"])
    assert closed(site) == []


def test_a_program_closes_every_week(site: Site) -> None:
    path = f"/api/resources/{site.plaza.id}/closures/weekly"
    body = {
        "start": "2026-12-01T00:00:00Z",
        "end": "2026-12-01T01:00:00Z",
        "until": "2026-12-15",
        "without": ["2026-12-08"],
    }

    made = site.call(site.boss, "POST", path, body)
    taken = site.call(site.boss, "POST", path, {**body, "until": "2026-12-22"})

    assert made.status_code == 201
    assert closed(site) == ["2026-12-01T00:00:00Z", "2026-12-15T00:00:00Z"]
    assert (taken.status_code, len(taken.json()["shortages"])) == (409, 2)
    for changes in (
        {"until": "2026-11-01"},
        {"until": "2099-01-01"},
        {"end": "2026-12-01T00:00:00Z"},
        {"start": "2026-12-01T00:00:00"},
        {"until": "soon"},
    ):
        assert site.call(site.boss, "POST", path, {**body, **changes}).status_code == 422
    assert site.call(site.ann, "POST", path, body).status_code == 403


def test_a_single_release_is_taken_back_on_the_desk_of_the_space(site: Site) -> None:
    made = site.booked(site.ann, "01:00:00", "02:00:00", title="Weekly")
    desk = f"/spaces/{HALL}/bookings"
    where = site.send(site.boss, f"{desk}/{made}/release").headers["location"]
    assert "The booking is released. Undo" in site.page(site.boss, where).words

    assert site.send(site.boss, f"{DESK}/restore", booking=str(made)).status_code == 404
    back = site.send(site.boss, f"{desk}/restore", booking=str(made))
    assert back.headers["location"] == f"{desk}?done=restored#bookings"
    assert site.call(site.boss, "GET", CALLS).json()["bookings"][0]["title"] == "Weekly"


def test_what_others_have_by_now_is_told_on_the_desk_of_the_space(site: Site) -> None:
    made = site.booked(site.ann, "01:00:00", "02:00:00")
    desk = f"/spaces/{HALL}/bookings"
    site.send(site.boss, f"{desk}/{made}/release")
    site.booked(site.bob, "01:00:00", "02:00:00", title="Mine")

    answer = site.send(site.boss, f"{desk}/restore", booking=str(made))

    assert answer.status_code == 409
    assert "Held by Bob: Mine" in Page(answer.text).words
