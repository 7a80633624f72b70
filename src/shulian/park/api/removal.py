"""Parks go as wholes."""

from datetime import datetime

from shulian.identity.api import record as write_down
from shulian.identity.types import Actor, Subject
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.live import announce_anew
from shulian.park.api.ids import checked_park
from shulian.park.api.live import topic
from shulian.park.api.tilesets import retire_tiles
from shulian.park.events import ParkRemoved, SpacesRemoved
from shulian.park.rules import summaries
from shulian.park.store import parks, records
from shulian.park.types import IMPORT, Change, Changes, SpaceId


def remove_park(db: Db, bus: Bus, actor: Actor, park: SpaceId, *, now: datetime) -> Changes:
    """Remove `park` and all that is in it; the files of its scene go after a while.

    Raises ParkUnknown, SpaceHeld, and whatever a reaction raises that needs a space of the park;
    then nothing of the transaction may be kept.
    """
    actor.demand(IMPORT)
    records.lock(db, checked_park(park))
    changes = Changes(
        place=Change(parks.place(db, park), None),
        removed=tuple(record.space for record in records.held(db, park).values()),
        scenery_removed=tuple(parks.scenery(db, park).values()),
    )
    bus.publish(SpacesRemoved(park, tuple(reversed(changes.removed))))
    parks.remove(db, park)
    records.remove(db, [space.id for space in changes.removed])
    records.settle(db)
    before, after = summaries.before(changes), summaries.after(changes)
    write_down(db, actor, "park.remove", Subject("park", park), before, after, now=now)
    retire_tiles(db, park, now=now)
    announce_anew(db, topic(park))
    bus.publish(ParkRemoved(park, changes))
    return changes
