"""Parks come in as plans and go out as plans."""

from collections.abc import Collection
from datetime import datetime

from shulian.identity.api import record as write_down
from shulian.identity.types import Actor, Subject
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.park.api.ids import checked_park
from shulian.park.api.tilesets import order_tiles
from shulian.park.errors import SpaceIdTaken
from shulian.park.events import SpacesChanged, SpacesRemoved
from shulian.park.rules import changes as rules
from shulian.park.rules import summaries
from shulian.park.rules.plans import check
from shulian.park.rules.trees import in_order
from shulian.park.store import parks, records
from shulian.park.types import IMPORT, Changes, ParkPlan, Place, Record, SpaceId


def import_park(
    db: Db, bus: Bus, actor: Actor, plan: ParkPlan, *, now: datetime, dry: bool = False
) -> Changes:
    """Make the park of `plan` what the plan says, operators' edits kept; `dry`: only compare.

    Raises a PlanBroken, SpaceIdTaken or SpaceHeld, and whatever a reaction raises that needs a
    space which the plan removes; then nothing of the transaction may be kept.
    """
    actor.demand(IMPORT)
    check(plan)
    park = plan.place.park
    records.lock(db, park)
    held = records.held(db, park)
    made = rules.records(plan, held)
    taken = records.taken(db, made.keys() - held.keys(), park=park)
    for space, owner in taken.items():
        raise SpaceIdTaken(space=space, park=owner)
    scenery, place = parks.scenery(db, park), parks.find_place(db, park)
    changes = rules.compare(plan, made, held=held, scenery=scenery, place=place)
    if dry:
        return changes
    _keep(db, bus, plan.place, changes, [one for key, one in made.items() if held.get(key) != one])
    if changes:
        parks.renew(db, park)
        before, after = summaries.before(changes), summaries.after(changes)
        write_down(db, actor, "park.import", Subject("park", park), before, after, now=now)
        order_tiles(db, park)
        bus.publish(SpacesChanged(park, changes))
    return changes


def export_park(db: Db, park: SpaceId) -> ParkPlan:
    """The plan of `park` as it is, operators' edits included; parents before their children.

    Imported again it changes nothing, and what operators had changed is the file's from then on.
    """
    place = parks.place(db, checked_park(park))
    spaces = in_order(record.space for record in records.held(db, park).values())
    return ParkPlan(place, spaces, tuple(parks.scenery(db, park).values()))


def _keep(db: Db, bus: Bus, place: Place, changes: Changes, altered: Collection[Record]) -> None:
    """Write what `changes` says, and the records that it altered."""
    park = place.park
    if changes.removed:
        bus.publish(SpacesRemoved(park, tuple(reversed(changes.removed))))
    records.put(db, park, altered)
    records.remove(db, [space.id for space in changes.removed])
    if changes.place:
        parks.put_place(db, place)
    parks.put_scenery(db, [*changes.scenery_added, *(one.after for one in changes.scenery_changed)])
    parks.remove_scenery(db, park, [piece.id for piece in changes.scenery_removed])
    records.settle(db)
