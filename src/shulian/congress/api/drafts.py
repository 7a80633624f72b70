"""The draft of a congress: all of it at once, what is wrong with it, and its changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from shulian.booking import api as ledger
from shulian.booking.types import Span
from shulian.congress.api.rights import has_part, planned
from shulian.congress.api.walks import walks
from shulian.congress.errors import CongressUnknown
from shulian.congress.rules import conflicts as rules
from shulian.congress.rules import days
from shulian.congress.store import congresses, forums, releases, sessions, speakers
from shulian.congress.types import (
    Conflict,
    Congress,
    CongressId,
    Hall,
    Level,
    Programme,
    Rule,
    Surroundings,
)
from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.kit.text import Text
from shulian.park import api as park_api
from shulian.park.types import SpaceId


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft, how much each rule matters to it, and what is wrong with it now."""

    programme: Programme
    levels: Mapping[Rule, Level]
    conflicts: tuple[Conflict, ...]


def draft(db: Db, actor: Actor, wanted: CongressId, *, now: datetime) -> Draft:
    """The draft of a congress, for those who make it or one of its forums.

    Raises CongressUnknown, LoginNeeded and Refused.
    """
    programme = seen(db, actor, wanted)
    around = surroundings(db, programme, now=now)
    return Draft(programme, around.levels, rules.conflicts(programme, around))


def seen(db: Db, actor: Actor, wanted: CongressId) -> Programme:
    """A draft that the actor may see; raises CongressUnknown, LoginNeeded and Refused."""
    programme = whole(db, congresses.get(db, wanted))
    if not has_part(actor, programme):
        planned(db, actor, wanted)
        raise CongressUnknown
    return programme


def whole(db: Db, congress: Congress) -> Programme:
    """All of a draft."""
    places = congresses.halls(db, congress.id)
    known = park_api.localities(db, [space for space, _, _ in places])
    return Programme(
        congress=congress,
        themes=congresses.themes(db, congress.id),
        halls=tuple(
            Hall(space, known[space].name if space in known else Text(space), capacity, hours)
            for space, capacity, hours in places
        ),
        forums=forums.list_(db, congress.id),
        sessions=sessions.list_(db, congress.id),
        speakers=speakers.list_(db, congress.id),
    )


def surroundings(db: Db, programme: Programme, *, now: datetime) -> Surroundings:
    """What the timetable of a draft meets: rules, what else holds its halls, the ways between."""
    congress = programme.congress
    levels = congresses.levels(db, congress.id)
    ignored = levels[Rule.TOO_FAR] is Level.IGNORE
    return Surroundings(
        levels=levels,
        taken=_taken(db, programme, now=now),
        walks={} if ignored else walks(db, programme),
    )


def _taken(db: Db, programme: Programme, *, now: datetime) -> Mapping[SpaceId, tuple[Span, ...]]:
    """When others hold the halls; what the congress itself holds is in nobody's way."""
    congress = programme.congress
    ours = frozenset(releases.holds(db, congress.id).values())
    spaces = [one.space for one in programme.halls]
    return ledger.held_by_others(db, spaces, days.whole(congress), ours, now=now)
