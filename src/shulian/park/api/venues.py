"""Venues that a park lacks, added at the wish of who needs them."""

from collections.abc import Sequence
from datetime import datetime

from shulian.identity.types import Actor
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.park.api.ids import checked_park
from shulian.park.api.imports import import_park
from shulian.park.rules.overrides import with_values
from shulian.park.rules.trees import in_order
from shulian.park.rules.venues import Venue, with_venues
from shulian.park.store import parks, records
from shulian.park.types import IMPORT, Changes, ParkPlan, SpaceId


def add_venues(
    db: Db, bus: Bus, actor: Actor, park: SpaceId, venues: Sequence[Venue], *, now: datetime
) -> Changes:
    """Let `park` have these buildings and rooms; what it has already stays as it is.

    They are as an import leaves them: an export tells them, and an import of files that do not
    takes them away, unless something needs them. Raises ParkUnknown and what `import_park` does.
    """
    actor.demand(IMPORT)
    place = parks.place(db, checked_park(park))
    records.lock(db, park)
    told = (with_values(one.space, one.origin) for one in records.held(db, park).values())
    plan = ParkPlan(place, in_order(told), tuple(parks.scenery(db, park).values()))
    return import_park(db, bus, actor, with_venues(plan, venues), now=now)
