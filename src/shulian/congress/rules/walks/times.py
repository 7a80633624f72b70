"""Minutes on foot from each hall to each other: the door of this engine.

One walks from the middle of a hall to the middle of the next: over the floors of its building,
through doors, by stairs, out of the building, over the ground and in again. Where the twin shows
no way, because a hall has no body or no door leads there, the straight line counts, made longer
as streets make it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot, pi
from typing import cast

import numpy as np
from scipy.sparse import csgraph, csr_array

from shulian.congress.rules.walks.grids import Bounds, Floats, Steps, joined, moved
from shulian.congress.rules.walks.indoors import (
    CLIMB,
    SPEED,
    House,
    Interior,
    height,
    interior,
)
from shulian.congress.rules.walks.outdoors import Ground, ground
from shulian.park.types import Point, Scenery, Space, SpaceId

DETOUR = 4 / pi
"""Of ways along streets at right angles against the straight line, on the average of all
directions (Larson & Odoni 1981, Urban Operations Research, §3.7)."""

_APART = 1_000.0
"""[m] Who is farther from all others walks no way that anybody would look for on the ground."""
_AROUND = 120.0
"""[m] around halls where their ways may lead."""
_MINUTE = 60.0


@dataclass(frozen=True, slots=True, eq=False)
class Whereabouts:
    """A hall with what is known of where it is."""

    hall: Space
    near: Point
    """Its middle, or that of the nearest space around it that has a body [m]."""
    house: House | None = None
    """The building that it is in."""


@dataclass(frozen=True, slots=True, eq=False)
class _Net:
    """All places that one may pass, and where the halls are among them."""

    steps: Steps
    size: int
    halls: Mapping[SpaceId, int]


def minutes(
    halls: Sequence[Whereabouts], spaces: Sequence[Space], scenery: Sequence[Scenery]
) -> dict[tuple[SpaceId, SpaceId], float]:
    """Minutes from each hall to each other, in tenths; from a hall to itself there is no entry.

    spaces  what stands on the ground: buildings, plazas
    """
    found: dict[tuple[SpaceId, SpaceId], float] = {}
    for one in halls:
        for other in halls:
            if one.hall.id != other.hall.id:
                found[one.hall.id, other.hall.id] = _rounded(_straight(one, other))
    for near in _clusters(halls):
        found |= _walked(near, spaces, scenery)
    return found


def _walked(
    halls: Sequence[Whereabouts], spaces: Sequence[Space], scenery: Sequence[Scenery]
) -> dict[tuple[SpaceId, SpaceId], float]:
    """The same of halls near one another, where there is a way in the twin."""
    if len(halls) == 1:
        return {}
    net = _net(halls, spaces, scenery)
    places = (
        np.concatenate([net.steps.one, net.steps.other]),
        np.concatenate([net.steps.other, net.steps.one]),
    )
    seconds = np.concatenate([net.steps.seconds] * 2)
    graph = csr_array((seconds, places), shape=(net.size, net.size))
    ends = np.array(list(net.halls.values()))
    found: dict[tuple[SpaceId, SpaceId], float] = {}
    for hall, place in net.halls.items():
        far = cast("Floats", csgraph.dijkstra(graph, indices=place))[ends]
        for other, taken in zip(net.halls, far.tolist(), strict=True):
            if other != hall and np.isfinite(taken):
                found[hall, other] = _rounded(taken)
    return found


def _net(halls: Sequence[Whereabouts], spaces: Sequence[Space], scenery: Sequence[Scenery]) -> _Net:
    """The buildings of halls near one another, and the ground between them, as one net."""
    outside = ground(_bounds(halls), spaces, scenery)
    houses = {one.house.building.id: one.house for one in halls if one.house}
    found: list[Steps] = [outside.steps] if outside else []
    size = outside.grid.size if outside else 0
    at: dict[SpaceId, int] = {}
    for house in houses.values():
        here = [one.hall for one in halls if one.house is house]
        inner = interior(house, here)
        if inner is None:
            continue
        found += [moved(inner.steps, size), _out(inner, size, outside)]
        at |= {room: place + size for room, place in inner.rooms.items()}
        size += inner.size
    for one in halls:
        if one.hall.id in at or outside is None:
            continue
        place, seconds = outside.nearest(one.near)
        found.append(Steps(np.array([size]), np.array([place]), np.array([seconds + _rise(one)])))
        at[one.hall.id] = size
        size += 1
    return _Net(joined(found), size, at)


def _out(inner: Interior, first: int, outside: Ground | None) -> Steps:
    """From right outside the doors of a building onto the open ground."""
    if outside is None:
        return joined([])
    met = [outside.nearest((east, north)) for east, north in inner.exit_points.tolist()]
    places = np.array([place for place, _ in met], np.int64)
    return Steps(inner.exits + first, places, np.array([seconds for _, seconds in met]))


def _straight(one: Whereabouts, other: Whereabouts) -> float:
    """Along streets, as it were, and up and down the stairs of both buildings [s]."""
    far = hypot(one.near[0] - other.near[0], one.near[1] - other.near[1]) * DETOUR / SPEED
    if one.house and other.house and one.house.building.id == other.house.building.id:
        return far + abs(height(one.hall) - height(other.hall)) / CLIMB
    return far + _rise(one) + _rise(other)


def _rise(one: Whereabouts) -> float:
    """By stairs to the ground [s]."""
    return abs(height(one.hall)) / CLIMB


def _clusters(halls: Sequence[Whereabouts]) -> list[list[Whereabouts]]:
    """Halls from each of which another one of the same cluster is near."""
    if not halls:
        return []
    points = np.array([one.near for one in halls])
    near = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1)) <= _APART
    count, labels = cast(
        "tuple[int, Floats]", csgraph.connected_components(csr_array(near), directed=False)
    )
    return [
        [one for one, label in zip(halls, labels.tolist(), strict=True) if label == which]
        for which in range(count)
    ]


def _bounds(halls: Sequence[Whereabouts]) -> Bounds:
    """Around all halls and the buildings that they are in."""
    points = [one.near for one in halls]
    for one in halls:
        shape = one.house.building.shape if one.house else None
        points += [point for prism in shape.prisms for point in prism.rings[0]] if shape else []
    east, north = np.array(points).T
    low, high = _AROUND, _AROUND
    return (
        float(east.min()) - low,
        float(north.min()) - low,
        float(east.max()) + high,
        float(north.max()) + high,
    )


def _rounded(seconds: float) -> float:
    return round(seconds / _MINUTE, 1)
