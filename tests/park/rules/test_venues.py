"""Venues that a park lacks stand beside what there is, with rooms that one can reach."""

from dataclasses import replace

import pytest
from tests.park.plans import PARK, small_park

from shulian.kit.text import Text
from shulian.park.errors import ParkUnknown
from shulian.park.rules.definition.read import read
from shulian.park.rules.definition.write import write
from shulian.park.rules.extents import extents
from shulian.park.rules.plans import check
from shulian.park.rules.venues import Room, Venue, with_venues
from shulian.park.types import ParkPlan, Space, SpaceId, SpaceKind

RED, BLUE, UPSTAIRS, BELOW = (
    Room(SpaceId("yq.red"), Text("红厅", "Red Hall"), 300),
    Room(SpaceId("yq.blue"), Text("蓝厅")),
    Room(SpaceId("yq.302"), Text("302会议室"), 40, storey=2),
    Room(SpaceId("yq.b1"), Text("B1多功能厅"), 80, storey=-1),
)
SITE = SpaceId("yq.venues")
CENTRE = Venue(SpaceId("yq.centre"), Text("示例会馆", "Sample Centre"), (RED, BLUE, UPSTAIRS))


def added(venues: list[Venue], plan: ParkPlan | None = None) -> dict[SpaceId, Space]:
    """What `with_venues` adds to a small park, by id."""
    before = plan or small_park()
    after = with_venues(before, venues)
    assert after.spaces[: len(before.spaces)] == before.spaces
    assert (after.place, after.scenery) == (before.place, before.scenery)
    check(after)
    return {one.id: one for one in after.spaces[len(before.spaces) :]}


def test_a_house_has_its_rooms_on_the_storeys_that_they_are_on() -> None:
    made = added([CENTRE])

    storeys = {one.id: one.order for one in made.values() if one.kind is SpaceKind.STOREY}
    rooms = [made[one.id] for one in CENTRE.rooms]
    assert (made[SITE].parent, made[SITE].kind) == (PARK, SpaceKind.SITE)
    assert (made[CENTRE.id].parent, made[CENTRE.id].name) == (SITE, CENTRE.name)
    assert sorted(storeys.values()) == [0, 1, 2]
    assert [
        (storeys.get(one.parent or PARK), one.kind, one.name, one.capacity) for one in rooms
    ] == [
        (0, SpaceKind.HALL, RED.name, 300),
        (0, SpaceKind.HALL, BLUE.name, None),
        (2, SpaceKind.HALL, UPSTAIRS.name, 40),
    ]


def test_rooms_have_floor_for_their_people_and_doors_to_the_lobby() -> None:
    made = added([CENTRE])

    red, blue = made[RED.id], made[BLUE.id]
    assert (red.area or 0) >= 300 * 1.5
    assert (blue.area or 0) > 0
    for room in (red, blue, made[UPSTAIRS.id]):
        lobby = next(
            one
            for one in made.values()
            if one.parent == room.parent and one.kind is SpaceKind.LOBBY and one.shape
        )
        assert room.shape
        assert lobby.shape
        assert set(room.shape.doors) & set(lobby.shape.doors)


def test_stairs_join_the_storeys_and_a_house_of_one_storey_has_none() -> None:
    flat = Venue(SpaceId("yq.flat"), Text("平房"), (RED,))

    stairs = [one.order for one in added([CENTRE]).values() if one.kind is SpaceKind.STAIRS]
    made = added([flat])

    assert len(stairs) == 6
    assert [one.kind for one in made.values()] == [
        SpaceKind.SITE,
        SpaceKind.BUILDING,
        SpaceKind.STOREY,
        SpaceKind.LOBBY,
        SpaceKind.HALL,
    ]
    house = made[flat.id].shape
    assert house
    assert house.doors


def test_a_basement_lies_below_the_ground_storey() -> None:
    made = added([Venue(SpaceId("yq.deep"), Text("地下会场"), (BELOW,))])

    reach = extents([*small_park().spaces, *made.values()])
    assert sorted(one.order for one in made.values() if one.kind is SpaceKind.STOREY) == [-1, 0]
    assert reach[BELOW.id].top <= 0


def test_houses_stand_beside_what_stands_and_beside_one_another() -> None:
    venues = [
        Venue(SpaceId(f"yq.v{one}"), Text(f"{one}号馆"), (replace(RED, id=SpaceId(f"yq.h{one}")),))
        for one in range(6)
    ]
    before = small_park()
    made = added(venues)

    reach = extents([*before.spaces, *made.values()])
    old = extents(before.spaces)[PARK].bounds
    bounds = [reach[one.id].bounds for one in venues]
    assert all(west > old[2] for west, _, _, _ in bounds)
    apart = [
        one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]
        for at, one in enumerate(bounds)
        for other in bounds[:at]
    ]
    assert all(apart)


def test_houses_that_come_later_stand_in_the_same_site_after_the_others() -> None:
    park = with_venues(small_park(), [CENTRE])
    later = Venue(SpaceId("yq.later"), Text("新馆"), (replace(RED, id=SpaceId("yq.new")),))

    made = added([later], park)

    assert SITE not in made
    assert (made[later.id].parent, made[later.id].order) == (SITE, 1)
    reach = extents([*park.spaces, *made.values()])
    assert reach[later.id].bounds[0] > reach[CENTRE.id].bounds[2]


def test_a_venue_that_stands_keeps_its_form_and_gets_rooms_without_a_body() -> None:
    park = with_venues(small_park(), [CENTRE])
    more = Room(SpaceId("yq.303"), Text("303会议室"), 20, storey=2)
    high = Room(SpaceId("yq.901"), Text("901会议室"), storey=8)

    made = added([replace(CENTRE, rooms=(RED, more, high))], park)

    storey = next(one.id for one in park.spaces if one.order == 2 and one.parent == CENTRE.id)
    assert [(one.id, one.parent, one.shape, one.capacity) for one in made.values()] == [
        (more.id, storey, None, 20),
        (high.id, CENTRE.id, None, None),
    ]


def test_what_is_there_already_is_not_added_again() -> None:
    once = with_venues(small_park(), [CENTRE])

    assert with_venues(once, [CENTRE]) == once
    assert with_venues(once, [replace(CENTRE, id=SpaceId("yq.other"))]) == once


def test_a_park_in_which_nothing_stands_gets_its_first_house_and_is_written_as_any_other() -> None:
    park = small_park()
    empty = ParkPlan(park.place, (Space(PARK, None, SpaceKind.PARK, Text("空园", "Empty")),))

    made = with_venues(empty, [CENTRE])

    assert extents(made.spaces)[CENTRE.id].bounds[:2] == (0.0, 0.0)
    assert read(write(made)).plan == made
    assert read(write(made)).notices == ()


def test_nothing_is_added_to_a_park_that_is_not_there() -> None:
    with pytest.raises(ParkUnknown):
        with_venues(replace(small_park(), spaces=()), [CENTRE])
