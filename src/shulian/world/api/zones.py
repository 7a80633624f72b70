"""The zones of a park, and what is shown in them."""

from datetime import datetime
from uuid import UUID

from shulian.identity.api import record as write_down
from shulian.identity.types import Actor, Subject, Via
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.errors import LoginNeeded
from shulian.park import api as park_api
from shulian.park.types import SpaceId
from shulian.world.api.people import visitor_of
from shulian.world.api.turns import tell
from shulian.world.errors import RightMissing, ZoneUnknown
from shulian.world.rules.rights import rights_in
from shulian.world.rules.zoning import zones_of
from shulian.world.store import order as kept
from shulian.world.store import talk
from shulian.world.types import Exhibit, Right, Zone

_last: dict[SpaceId, tuple[UUID, tuple[Zone, ...]]] = {}
"""What the last look at each park found, and at which state of it."""


def zones(db: Db, park: SpaceId) -> tuple[Zone, ...]:
    """The zones of `park`, it itself first, parents before their children; raises ParkUnknown."""
    revision = park_api.revision(db, park)
    known = _last.get(park)
    if known is None or known[0] != revision:
        spaces = (park_api.space(db, park), *park_api.spaces(db, within=park))
        known = _last[park] = (revision, zones_of(spaces))
    return known[1]


def zone_in(db: Db, park: SpaceId, zone: SpaceId) -> Zone:
    """One zone of `park`; raises ZoneUnknown."""
    found = next((one for one in zones(db, park) if one.space == zone), None)
    if found is None:
        raise ZoneUnknown(zone=zone)
    return found


def demand(db: Db, actor: Actor, park: SpaceId, zone: SpaceId, right: Right) -> Zone:
    """Go on only with `right` in `zone`: raises ZoneUnknown, RightMissing, for a guest LoginNeeded.

    An account may give them the right.
    """
    found = zone_in(db, park, zone)
    all_of_them = zones(db, park)
    parents = {one.space: one.parent for one in all_of_them}
    rules = kept.rules(db, [one.space for one in all_of_them])
    if right not in rights_in(zone, parents, rules, visitor_of(actor)):
        if actor.via is Via.GUEST:
            raise LoginNeeded
        raise RightMissing(right=right.value, zone=zone)
    return found


def shown(db: Db, park: SpaceId) -> dict[SpaceId, Exhibit]:
    """What is shown in which zones of `park`."""
    return talk.shown(db, [one.space for one in zones(db, park)])


def show(
    db: Db,
    _bus: Bus,
    actor: Actor,
    park: SpaceId,
    zone: SpaceId,
    exhibit: Exhibit | None,
    *,
    now: datetime,
) -> None:
    """Show something to all in `zone` from now on, or nothing; raises RightMissing."""
    demand(db, actor, park, zone, Right.PRESENT)
    before = talk.shown(db, [zone]).get(zone)
    if before == exhibit:
        return
    talk.show(db, zone, exhibit)
    write_down(db, actor, "world.show", Subject("space", zone), before, exhibit, now=now)
    tell(db, park)
