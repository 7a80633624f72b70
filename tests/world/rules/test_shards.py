"""Which process has which zone, and who is seen across the border."""

import numpy as np
from tests.park.plans import box

from shulian.kit.text import Text
from shulian.park.types import Shape, SpaceId, SpaceKind
from shulian.world.rules.shards import Border, shards_of
from shulian.world.types import Zone


def zone(name: str, parent: str | None, shape: Shape | None = None) -> Zone:
    above = SpaceId(parent) if parent else None
    prisms = shape.prisms if shape else ()
    return Zone(SpaceId(name), above, SpaceKind.SITE, Text(en=name), prisms, 10)


ZONES = (
    zone("park", None),
    zone("east", "park", box(0, 0, 500, 500, 0, 0)),
    zone("hall", "east", box(100, 100, 20, 20, 0, 5)),
    zone("west", "park", box(-500, 0, 500, 500, 0, 0)),
)


def test_a_site_stays_together() -> None:
    owners = shards_of(ZONES, 3)

    assert owners[SpaceId("hall")] == owners[SpaceId("east")]
    assert len({owners[SpaceId(name)] for name in ("park", "east", "west")}) == 3


def test_one_process_has_everything() -> None:
    assert set(shards_of(ZONES, 1).values()) == {0}


def test_the_order_of_zones_does_not_matter() -> None:
    assert shards_of((ZONES[0], *reversed(ZONES[1:])), 2) == shards_of(ZONES, 2)


def test_those_near_a_border_are_shown_and_seen() -> None:
    owners = {one.space: int(one.space == "west") for one in ZONES}
    east, west = Border(ZONES, owners, 0), Border(ZONES, owners, 1)
    points = np.array([[-100.0, 250], [-30, 250], [30, 250], [100, 250]])

    assert west.shown(points[:2]).tolist() == [False, True]
    assert east.shown(points[2:]).tolist() == [True, False]
    assert west.seen(points).tolist() == [True, True, True, False]
    assert east.seen(points).tolist() == [False, True, True, True]


def test_who_is_far_outside_is_only_the_grounds() -> None:
    owners = {one.space: int(one.space == "west") for one in ZONES}
    east, west = Border(ZONES, owners, 0), Border(ZONES, owners, 1)
    far = np.array([[250.0, -400.0]])

    assert (east.shown(far).tolist(), west.seen(far).tolist()) == ([False], [False])
