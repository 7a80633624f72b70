"""The files of a park's scene: ordered, built beside the transactions, shown all at once."""

from datetime import datetime, timedelta

from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.kit.jobs import dequeue, enqueue
from shulian.kit.live import announce
from shulian.park.api.ids import checked_park
from shulian.park.api.live import topic
from shulian.park.rules.trees import in_order
from shulian.park.store import parks, records
from shulian.park.store import tilesets as store
from shulian.park.types import IMPORT, BuildTiles, DropTiles, ParkPlan, SpaceId, Tileset
from shulian.park.wire import TilesetChanged

GRACE = timedelta(hours=1)
"""So long the files of a scene that is shown no more stay for those who still look at it."""


def request_tiles(db: Db, actor: Actor, park: SpaceId) -> bool:
    """Have the scene of `park` built; answers whether it was not waiting to be built already."""
    actor.demand(IMPORT)
    parks.place(db, checked_park(park))
    records.lock(db, park)
    return order_tiles(db, park)


def order_tiles(db: Db, park: SpaceId) -> bool:
    """Queue a build of the scene of `park`, whose lock this transaction holds.

    A build that waits already will do: it reads the park under the same lock, and so after us.
    """
    return enqueue(db, BuildTiles(park), alone=tiles_work(park))


def tiles_work(park: SpaceId) -> str:
    """The name under which the building of the scene of `park` reports its progress."""
    return f"park.tiles/{park}"


def tileset(db: Db, park: SpaceId) -> Tileset | None:
    """The scene of `park` that is shown, if one was built."""
    return store.find(db, checked_park(park))


def plan_to_build(db: Db, park: SpaceId) -> ParkPlan:
    """The plan of `park`, when nobody is changing it."""
    records.lock(db, park)
    place = parks.place(db, park)
    spaces = in_order(record.space for record in records.held(db, park).values())
    return ParkPlan(place, spaces, tuple(parks.scenery(db, park).values()))


def begin_tileset(db: Db, park: SpaceId, version: str, *, now: datetime) -> bool:
    """Note that files of `version` are about to be written; no if it is shown already.

    Raises ParkUnknown if the park was removed.
    """
    records.lock(db, park)
    parks.place(db, park)
    shown = store.find(db, park)
    if shown is not None and shown.version == version:
        return False
    store.put_draft(db, Tileset(park, version, now))
    return True


def show_tileset(db: Db, park: SpaceId, version: str, *, now: datetime) -> None:
    """Show `version`, all of whose files are there; the one shown before goes after a while.

    Raises ParkUnknown if the park was removed.
    """
    records.lock(db, park)
    parks.place(db, park)
    store.show(db, park, version, now=now)
    announce(db, topic(park), "tileset", TilesetChanged(park, version))
    _drop_later(db, park)


def retire_tiles(db: Db, park: SpaceId, *, now: datetime) -> None:
    """Neither build nor show a scene of `park` any more, whose lock this transaction holds."""
    dequeue(db, tiles_work(park))
    store.retire(db, park, now=now)
    _drop_later(db, park)


def forget_tilesets(db: Db, park: SpaceId, *, now: datetime) -> tuple[str, ...]:
    """Forget what was shown no more for the time of grace; answers the versions to delete.

    Nobody builds one of them again before the end of the transaction. What is still too young
    is queued for later.
    """
    records.lock(db, park)
    versions = store.remove_retired(db, park, before=now - GRACE)
    _drop_later(db, park)
    return versions


def _drop_later(db: Db, park: SpaceId) -> None:
    """Queue the deletion of the files that are shown no more, if there are any."""
    if (retired := store.first_retired(db, park)) is not None:
        enqueue(db, DropTiles(park), alone=f"park.drop_tiles/{park}", at=retired + GRACE)
