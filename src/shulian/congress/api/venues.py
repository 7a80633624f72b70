"""Programmes that come with their venues: what the park lacks is added, or nothing happens."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from shulian.congress.api.imports import Imported, import_programme
from shulian.congress.api.readings import named_spaces
from shulian.congress.api.rights import planned
from shulian.congress.rules.exchange.drafts import Draft, named
from shulian.congress.rules.exchange.making import same, text_of
from shulian.congress.rules.venues import Divided, apart, capacity_of, storey_of
from shulian.congress.types import CongressId, Hall, Programme
from shulian.identity.types import Actor
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.text import Text
from shulian.park import api as park_api
from shulian.park.api import Room, Venue
from shulian.park.types import Changes, Space, SpaceId, SpaceKind

_ELSEWHERE = Text("其他会场", "Other venues")
"""The house of rooms of which no venue is told."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """What came of a programme and its venues."""

    imported: Imported
    venues: tuple[Space, ...]
    """Buildings that are new in the park."""
    rooms: tuple[Space, ...]
    """Halls that are."""
    divided: tuple[Divided, ...]
    """Sessions that the file has in one room with others."""
    programme: Programme
    """As it was brought in."""


@dataclass(frozen=True, slots=True)
class _New:
    """A hall that the park lacks, and the venue that it is in by the file."""

    hall: Hall
    venue: str


def import_with_venues(
    db: Db,
    bus: Bus,
    actor: Actor,
    wanted: CongressId,
    draft: Draft,
    *,
    halls: Mapping[SpaceId, SpaceId | None] | None = None,
    now: datetime,
) -> Arrived:
    """Bring in what a file gives, with the buildings and halls that the park lacks for it.

    draft  read with what `given_for` tells of this congress, and without a fault
    halls  which of its halls the park need not have: the space that each is, none: it is left out

    Two sessions that the file has in one new room at a time get a part of it each, and are told.
    All of it happens, or nothing: raises ImportRefused, and what `park_api.add_venues` raises.
    """
    there = planned(db, actor, wanted, locked=True)
    if draft.programme is None:
        raise ValueError("a file with faults")
    park = there.park
    ids = {one.space: SpaceId(f"{park}.{one.space}") for one in draft.halls}
    venues = {ids[one.space]: (one.name, one.venue) for one in draft.halls}
    known = {one.space: (one.name, one.venue.zh or one.venue.en) for one in named_spaces(db, park)}
    whole = _renamed(draft.programme, ids, {space: name for space, (name, _) in venues.items()})
    meant = {ids.get(one, one): space for one, space in (halls or {}).items()}
    own = {one.space for one in whole.halls if one.space.startswith(f"{park}.hall-")} - set(meant)
    whole, parts, divided = apart(whole, own)
    rooms = known | venues
    new: list[_New] = []
    for hall in whole.halls:
        told = hall.space in venues or hall.space in parts
        if hall.space in known or hall.space in meant or not told:
            continue
        _, venue = rooms[parts.get(hall.space, hall.space)]
        new.append(_New(hall, venue))
    changes = _add(db, bus, actor, park, whole, new, now=now)
    whole = replace(whole, halls=tuple(_sized(whole, one) for one in whole.halls))
    imported = import_programme(db, bus, actor, wanted, whole, halls=meant, now=now)
    added = changes.added if changes else ()
    return Arrived(
        imported,
        tuple(one for one in added if one.kind is SpaceKind.BUILDING),
        tuple(one for one in added if one.kind is SpaceKind.HALL),
        divided,
        whole,
    )


def _add(
    db: Db,
    bus: Bus,
    actor: Actor,
    park: SpaceId,
    programme: Programme,
    new: Iterable[_New],
    *,
    now: datetime,
) -> Changes | None:
    """Have the park have new halls, each in its venue; none: there are no new ones."""
    by_venue: dict[str, list[_New]] = {}
    for one in new:
        by_venue.setdefault(same(one.venue), []).append(one)
    standing = {
        same(words): one
        for one in park_api.spaces(db, kind=SpaceKind.BUILDING, within=park)
        for words in (one.name.zh, one.name.en)
        if words
    }
    venues = [
        _venue(park, rooms[0].venue, standing.get(name), programme, rooms)
        for name, rooms in by_venue.items()
    ]
    return park_api.add_venues(db, bus, actor, park, venues, now=now) if venues else None


def _venue(
    park: SpaceId, name: str, stands: Space | None, programme: Programme, rooms: Iterable[_New]
) -> Venue:
    made = SpaceId(f"{park}.venue-{named('venue', same(name)).hex[:12]}")
    called = stands.name if stands else text_of(name) if name else _ELSEWHERE
    told = tuple(
        Room(
            one.hall.space,
            one.hall.name,
            capacity_of(programme, one.hall),
            storey_of(one.hall.name),
        )
        for one in rooms
    )
    return Venue(stands.id if stands else made, called, told)


def _sized(programme: Programme, hall: Hall) -> Hall:
    """A hall that holds what a new one is said to hold."""
    return replace(hall, capacity=capacity_of(programme, hall) or 0)


def _renamed(
    programme: Programme, ids: Mapping[SpaceId, SpaceId], names: Mapping[SpaceId, Text]
) -> Programme:
    """The same with halls called as in their venues, by ids that are unique beside other parks'."""
    halls = tuple(replace(one, space=ids.get(one.space, one.space)) for one in programme.halls)
    return replace(
        programme,
        halls=tuple(replace(one, name=names.get(one.space, one.name)) for one in halls),
        sessions=tuple(
            replace(one, placed=replace(one.placed, hall=ids.get(one.placed.hall, one.placed.hall)))
            if one.placed
            else one
            for one in programme.sessions
        ),
    )
