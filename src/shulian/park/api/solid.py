"""What stands in the way of who walks through a park."""

from datetime import date
from uuid import UUID

from shulian.kit.db import Db
from shulian.kit.memo import Memo
from shulian.park.api.ids import checked, checked_park
from shulian.park.rules.barriers import find_barriers
from shulian.park.rules.trees import in_order
from shulian.park.store import parks, records, spaces
from shulian.park.types import Barriers, SpaceId

_barriers: Memo[tuple[UUID, date], Barriers] = Memo(8)


def barriers(db: Db, park: SpaceId, *, day: date) -> Barriers:
    """The walls of all that stands in `park` on `day`; raises ParkUnknown."""
    found = revision(db, park)
    return _barriers.get((found, day), lambda: _find(db, park, day))


def barriers_of(db: Db, building: SpaceId, *, day: date) -> Barriers:
    """The walls of one building alone, as it stands on `day`; raises SpaceUnknown."""
    line = [one.space for one in spaces.line(db, checked(building))]
    below = spaces.list_(db, kind=None, within=building)
    return find_barriers(in_order([*line, *below]), day)


def revision(db: Db, park: SpaceId) -> UUID:
    """Another after each change of `park`; raises ParkUnknown."""
    return parks.revision(db, checked_park(park))


def _find(db: Db, park: SpaceId, day: date) -> Barriers:
    spaces = in_order(record.space for record in records.held(db, park).values())
    return find_barriers(spaces, day)
