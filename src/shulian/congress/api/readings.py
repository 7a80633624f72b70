"""What a reader of a file ought to know of a park and a congress before it begins."""

from shulian.congress.rules.exchange.drafts import Given, Known
from shulian.congress.store import congresses, forums
from shulian.congress.types import Congress
from shulian.kit.db import Db
from shulian.kit.text import Text
from shulian.park import api as park_api
from shulian.park.types import SpaceId, SpaceKind

HALL_KINDS = (SpaceKind.HALL, SpaceKind.EXHIBITION_HALL, SpaceKind.MEETING_ROOM, SpaceKind.PLAZA)
"""Of spaces that are offered as halls."""
_NAMED = (
    *HALL_KINDS,
    SpaceKind.STUDIO,
    SpaceKind.LAB,
    SpaceKind.STAGE,
    SpaceKind.LOBBY,
    SpaceKind.CAFE,
    SpaceKind.GARDEN,
)
"""Of those that a file may mean when it names them."""


def given_for(db: Db, park: SpaceId, congress: Congress | None = None, *, name: str = "") -> Given:
    """What is known before a file for a congress is read, or for one that it is to make.

    name  what a new one is called, where the file does not say it

    Raises ParkUnknown.
    """
    return Given(
        congress=congress,
        timezone=park_api.place(db, park).timezone,
        name=name,
        spaces=named_spaces(db, park, congress),
        forums={one.code: one.id for one in forums.list_(db, congress.id) if one.code}
        if congress
        else {},
    )


def named_spaces(db: Db, park: SpaceId, congress: Congress | None = None) -> tuple[Known, ...]:
    """The spaces of a park that may be halls, and those that are, with their buildings."""
    found = {one.id: one for kind in _NAMED for one in park_api.spaces(db, kind=kind, within=park)}
    for space, _, _ in congresses.halls(db, congress.id) if congress else ():
        if space not in found and park_api.localities(db, [space]):
            found[space] = park_api.space(db, space)
    venues = park_api.buildings(db, list(found))
    return tuple(
        Known(one.id, one.name, venues.get(one.id, Text()), one.capacity or 0)
        for one in found.values()
    )
