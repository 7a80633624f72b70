"""Spaces are read, listed and found, in either language, with few queries."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from tests.park.plans import (
    DELIVERED,
    HALL,
    LATER,
    NOW,
    PARK,
    counted,
    ids,
    imported,
    in_plan,
    quiet_bus,
    small_park,
    space,
    with_spaces,
)

from shulian.kit.db import Db
from shulian.kit.text import Text
from shulian.park import api
from shulian.park.errors import QueryWrong, SpaceUnknown
from shulian.park.types import (
    Details,
    Extent,
    Hit,
    LiveStatus,
    LiveToken,
    Locality,
    ParkPlan,
    ParkSummary,
    Place,
    Space,
    SpaceId,
    SpaceKind,
    SpaceStatus,
    Step,
)


def step(one: Space, extent: Extent | None) -> Step:
    return Step(one.id, one.parent, one.kind, one.name, one.order, extent)


def found(db: Db, query: str, **scope: object) -> list[str]:
    return [hit.step.id for hit in api.search(db, query, **scope)]  # pyright: ignore[reportArgumentType]


def with_seats(number: int) -> ParkPlan:
    seats = tuple(space(f"s{seat}", "hall", SpaceKind.SEAT, order=seat) for seat in range(number))
    plan = small_park()
    return replace(plan, spaces=(*plan.spaces[:6], *seats))


def test_a_space_is_read_as_it_was_imported(park: Db) -> None:
    assert api.space(park, HALL) == in_plan(small_park(), "hall")


@pytest.mark.parametrize("read", [api.space, api.path, api.children])
@pytest.mark.parametrize("space", ["nothing", "", "a\0b", "a b", "..", "园", "x" * 500])
def test_what_is_not_there_is_unknown(
    park: Db, read: Callable[[Db, SpaceId], object], space: str
) -> None:
    with pytest.raises(SpaceUnknown):
        read(park, SpaceId(space))


def test_details_tell_everything_around_a_space(park: Db) -> None:
    plan = small_park()
    api.put_status(
        park,
        quiet_bus(park),
        source="booking",
        space=SpaceId("yq-seat-2"),
        token=LiveToken.HELD,
        words=Text("已订", "Held"),
        now=NOW,
    )

    details = api.details(park, HALL, now=LATER)

    whole = Extent((0.0, 0.0, 90.0, 30.0), 0.0, 12.0)
    tower = Extent((0.0, 0.0, 40.0, 20.0), 0.0, 12.0)
    ground = Extent((0.0, 0.0, 40.0, 20.0), 0.0, 6.0)
    assert details == Details(
        space=in_plan(plan, "hall"),
        park=PARK,
        extent=Extent((1.0, 1.0, 21.0, 19.0), 0.0, 6.0),
        path=(
            step(in_plan(plan, ""), whole),
            step(in_plan(plan, "site"), whole),
            step(in_plan(plan, "phase"), tower),
            step(in_plan(plan, "tower"), tower),
            step(in_plan(plan, "f1"), ground),
        ),
        children=tuple(
            step(
                in_plan(plan, f"seat-{number}"),
                Extent((2.0 + number, 2.0, 2.5 + number, 2.5), 0.0, 0.5),
            )
            for number in (1, 2, 3)
        ),
        delivered=DELIVERED,
        status=SpaceStatus.OPEN,
        live=(
            LiveStatus(
                SpaceId("yq-seat-2"), "booking", LiveToken.HELD, Text("已订", "Held"), since=NOW
            ),
        ),
        version=1,
        edited=(),
        revertible=False,
    )


def test_status_and_day_in_force_come_from_above(db: Db) -> None:
    plan = small_park()
    phase = replace(in_plan(plan, "phase"), status=SpaceStatus.PLANNED)
    tower = replace(in_plan(plan, "tower"), delivered=date(2027, 1, 1))
    imported(db, with_spaces(plan, phase, tower))

    hall, plaza = (api.details(db, one, now=NOW) for one in (HALL, SpaceId("yq-plaza")))

    assert (hall.status, hall.delivered) == (SpaceStatus.PLANNED, date(2027, 1, 1))
    assert (plaza.status, plaza.delivered) == (SpaceStatus.OPEN, None)


@pytest.mark.parametrize("seats", [1, 3, 400])
def test_details_of_a_hall_take_three_queries(db: Db, seats: int) -> None:
    imported(db, with_seats(seats))

    with counted(db) as sent:
        details = api.details(db, HALL, now=NOW)

    assert (len(details.children), len(sent)) == (seats, 3)


def test_the_path_leads_from_the_park_to_the_space(park: Db) -> None:
    assert [one.id for one in api.path(park, HALL)] == [
        "yq",
        "yq-site",
        "yq-phase",
        "yq-tower",
        "yq-f1",
        "yq-hall",
    ]


def test_children_come_in_their_order(park: Db) -> None:
    site = SpaceId("yq-site")

    assert [one.id for one in api.children(park, site)] == ["yq-phase", "yq-plaza"]
    assert api.children(park, SpaceId("yq-plaza")) == ()


def test_spaces_are_listed_by_kind_and_whereabouts(park: Db) -> None:
    assert ids(api.spaces(park, kind=SpaceKind.SEAT)) == ["yq-seat-1", "yq-seat-2", "yq-seat-3"]
    assert ids(api.spaces(park, within=SpaceId("yq-f1"))) == [
        "yq-hall",
        "yq-seat-1",
        "yq-seat-2",
        "yq-seat-3",
    ]
    assert ids(api.spaces(park, kind=SpaceKind.HALL, within=SpaceId("yq-plaza"))) == []


def test_parks_are_listed_with_their_counts(park: Db) -> None:
    other = SpaceId("zj")
    imported(
        park,
        ParkPlan(Place(other, 121.6, 31.2), (space("", None, SpaceKind.PARK, id=other),)),
    )

    with counted(park) as sent:
        parks = api.parks(park)

    assert parks == (
        ParkSummary(PARK, Text("御桥科创园", "Yuqiao Park"), Text(), spaces=9, buildings=1),
        ParkSummary(other, Text(), Text(), spaces=0, buildings=0),
    )
    assert len(sent) == 1


def test_a_search_tells_where_a_space_is(park: Db) -> None:
    hall = in_plan(small_park(), "hall")

    assert api.search(park, "多功能厅") == (
        Hit(
            step(hall, Extent((1.0, 1.0, 21.0, 19.0), 0.0, 6.0)),
            PARK,
            Text(
                "御桥科创园 · 御桥 · 一期 · 数链大厦 · 1层",
                "Yuqiao Park · Yuqiao · Phase 1 · Shulian Tower · 1F",
            ),
        ),
    )


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("链", ["yq-tower"]),
        ("大厦", ["yq-tower"]),
        ("数链大厦", ["yq-tower"]),
        ("御桥", ["yq-site", "yq"]),
        ("厅1", ["yq-hall"]),
        ("tower", ["yq-tower"]),
        ("TOW", ["yq-tower"]),
        ("shulian tower", ["yq-tower"]),
        ("tower shulian", ["yq-tower"]),
        ("east hall", ["yq-hall"]),
        ("hall 3", ["yq-hall"]),
        ("seat 2", ["yq-seat-2"]),
        ("2", ["yq-seat-2"]),
        ("ＳＥＡＴ　２", ["yq-seat-2"]),
        ("multi-function", ["yq-hall"]),
        ("owe", []),
        ("100%", []),
        ("_______", []),
        ("Shulian Towr", ["yq-tower"]),
        ("plazza", ["yq-plaza"]),
    ],
)
def test_spaces_are_found_by_their_names(park: Db, query: str, hits: list[str]) -> None:
    assert found(park, query) == hits


def test_whole_names_come_before_beginnings_and_great_things_before_small(db: Db) -> None:
    plan = small_park()
    more = (
        space("a", "f1", SpaceKind.OFFICE, name=Text(en="Cloud")),
        space("b", "f1", SpaceKind.OFFICE, name=Text(en="The Cloud")),
    )
    imported(db, replace(plan, spaces=(*plan.spaces, *more)))

    assert found(db, "cloud") == ["yq-a", "yq-plaza", "yq-b"]


def test_a_search_keeps_to_a_park_and_a_kind(park: Db) -> None:
    assert found(park, "座", kind=SpaceKind.HALL) == []
    assert found(park, "座", kind=SpaceKind.SEAT, limit=2) == ["yq-seat-1", "yq-seat-2"]
    assert found(park, "座", park=SpaceId("zj")) == []


@pytest.mark.parametrize("query", ["", "   ", "!?。", "a" * 101, "a b c d e f g h i", "\0"])
def test_a_search_for_nothing_or_too_much_is_refused(park: Db, query: str) -> None:
    with pytest.raises(QueryWrong) as refused:
        api.search(park, query)

    assert dict(refused.value.fields) == {"q": "park.query_words"}


@pytest.mark.parametrize("limit", [0, -1, 51])
def test_a_search_has_a_limit(park: Db, limit: int) -> None:
    with pytest.raises(QueryWrong):
        api.search(park, "座", limit=limit)


@pytest.mark.parametrize("seats", [1, 3])
def test_a_search_takes_two_queries(db: Db, seats: int) -> None:
    imported(db, with_seats(seats))

    with counted(db) as sent:
        hits = api.search(db, "s", kind=SpaceKind.SEAT)

    assert (len(hits), len(sent)) == (seats, 2)


def test_where_spaces_are_is_told_in_one_query(park: Db) -> None:
    with counted(park) as sent:
        told = api.localities(park, [HALL, PARK, SpaceId("nowhere")])

    hall, whole = in_plan(small_park(), "hall"), in_plan(small_park(), "")
    assert len(sent) == 1
    assert told == {
        HALL: Locality(PARK, SpaceKind.HALL, hall.name, "Asia/Shanghai"),
        PARK: Locality(PARK, SpaceKind.PARK, whole.name, "Asia/Shanghai"),
    }
    assert api.localities(park, []) == {}


def test_the_buildings_of_spaces_are_told_in_one_query(park: Db) -> None:
    with counted(park) as sent:
        told = api.buildings(park, [HALL, PARK, SpaceId("nowhere")])

    assert len(sent) == 1
    assert told == {HALL: in_plan(small_park(), "tower").name}
    assert api.buildings(park, []) == {}
