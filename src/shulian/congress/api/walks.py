"""How far the halls of a congress are from one another on foot, by the twin as it is."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from shulian.congress.rules.walks.indoors import House, middle
from shulian.congress.rules.walks.times import Whereabouts, minutes
from shulian.congress.types import Programme
from shulian.kit.db import Db
from shulian.kit.memo import Memo
from shulian.park import api as park_api
from shulian.park.types import SpaceId, SpaceKind

Walks = Mapping[tuple[SpaceId, SpaceId], float]
"""Minutes from one hall to another."""

_ON_GROUND = (SpaceKind.BUILDING, SpaceKind.PLAZA, SpaceKind.PARKING)

_walks: Memo[tuple[UUID, date, frozenset[SpaceId]], Walks] = Memo(32)


def walks(db: Db, programme: Programme) -> Walks:
    """Minutes on foot from each hall to each other, kept as long as the park is as it was."""
    congress = programme.congress
    halls = frozenset(one.space for one in programme.halls)
    key = (park_api.revision(db, congress.park), congress.first, halls)
    return _walks.get(key, lambda: _measured(db, congress.park, congress.first, halls))


def _measured(db: Db, park: SpaceId, day: date, halls: frozenset[SpaceId]) -> Walks:
    houses: dict[SpaceId, House] = {}
    found = [_whereabouts(db, one, houses, day) for one in sorted(halls)]
    known = [one for one in found if one is not None]
    if len(known) < 2:  # noqa: PLR2004  # nobody walks from one hall to itself
        return {}
    spaces = [one for kind in _ON_GROUND for one in park_api.spaces(db, kind=kind, within=park)]
    return minutes(known, spaces, park_api.scenery(db, park))


def _whereabouts(
    db: Db, hall: SpaceId, houses: dict[SpaceId, House], day: date
) -> Whereabouts | None:
    """Where a hall is; none where neither it nor anything around it has a body."""
    path, space = park_api.path(db, hall), park_api.space(db, hall)
    centers = [one.extent.center for one in reversed(path) if one.extent is not None]
    near = middle(space) or next(iter(centers), None)
    if near is None:
        return None
    building = next((one.id for one in reversed(path) if one.kind is SpaceKind.BUILDING), None)
    if building is not None and building not in houses:
        houses[building] = House(
            park_api.space(db, building),
            park_api.spaces(db, within=building),
            park_api.barriers_of(db, building, day=day),
        )
    return Whereabouts(space, near, houses[building] if building else None)
