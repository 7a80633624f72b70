"""Parks as wholes: the list of them, their scene, the sun over them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from shulian.kit.db import Db
from shulian.park.api.ids import checked_park
from shulian.park.rules import scenes
from shulian.park.rules.inheritance import settled
from shulian.park.rules.sun import sun_day
from shulian.park.rules.trees import step_of
from shulian.park.store import parks as store
from shulian.park.store import spaces, tilesets
from shulian.park.types import (
    Entrance,
    Extent,
    ParkSummary,
    Place,
    Scene,
    Scenery,
    SpaceId,
    SunDay,
)

_NOWHERE = Extent((0.0, 0.0, 0.0, 0.0), 0.0, 0.0)


def parks(db: Db) -> tuple[ParkSummary, ...]:
    """Every park, by its id."""
    return store.summaries(db)


def place(db: Db, park: SpaceId) -> Place:
    """Where `park` touches the earth."""
    return store.place(db, checked_park(park))


def scenery(db: Db, park: SpaceId) -> tuple[Scenery, ...]:
    """What lies between the buildings of `park`."""
    found = tuple(store.scenery(db, checked_park(park)).values())
    if not found:
        store.place(db, park)
    return found


def scene(db: Db, park: SpaceId) -> Scene:
    """What a visitor of the 3D scene of `park` finds first."""
    place = store.place(db, checked_park(park))
    levels = spaces.levels(db, park)
    known = settled([record.space for record in levels])
    extent = levels[0].extent or _NOWHERE
    named = [step_of(one) for one in levels if one.space.name][: scenes.MOST_PLACES]
    found = spaces.important(
        db,
        park,
        scenes.DESTINATIONS,
        most_of_a_kind=scenes.MOST_ROOMS,
        limit=scenes.MOST_PLACES - len(named),
    )
    places = scenes.by_importance([*named, *found])
    return Scene(
        park=known[0],
        place=place,
        tileset=tilesets.find(db, park),
        bounds=extent.bounds,
        phases=scenes.phases(known),
        places=places,
        entrance=place.entrance or _entrance(db, park, scenes.landmark(places) or extent),
    )


def sun(db: Db, park: SpaceId, day: date | None, *, now: datetime) -> SunDay:
    """The sun over `park` through `day`, or through today there; raises DayOutside."""
    place = store.place(db, checked_park(park))
    today = now.astimezone(ZoneInfo(place.timezone)).date()
    return sun_day(place.longitude, place.latitude, place.timezone, day or today)


def _entrance(db: Db, park: SpaceId, target: Extent) -> Entrance:
    spots = scenes.viewpoints(target)
    reach = Extent(
        (
            min(spot.east for spot in spots),
            min(spot.north for spot in spots),
            max(spot.east for spot in spots),
            max(spot.north for spot in spots),
        ),
        target.base,
        target.top,
    )
    return scenes.first_free(spots, spaces.buildings_near(db, park, reach))
