"""What the house asks the database, each in one transaction of the journal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from shulian.identity.api import actor_of_person
from shulian.identity.errors import PersonMissing
from shulian.identity.types import Grants, OrganizationId, Permission, PersonId
from shulian.kit.db import Db
from shulian.park import api as park_api
from shulian.park.errors import ParkUnknown, SpaceUnknown
from shulian.park.types import Barriers, SpaceId
from shulian.world import api
from shulian.world.rules.floors import Floors
from shulian.world.types import Exhibit, Message, Rule, Sanction, Stand, VisitorKey, Zone

HISTORY = timedelta(hours=1)
"""So much of what was said somebody who comes gets to read."""
MOST_MISSED = 200


@dataclass(frozen=True, slots=True, eq=False)
class Plot:
    """A park as it stands in the database: what changes when it is imported or built on."""

    park: SpaceId
    revision: UUID
    day: date
    """Whose buildings stand: others are delivered later."""
    zones: tuple[Zone, ...]
    entrance: Stand
    barriers: Barriers
    floors: Floors


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people have decided about a park."""

    rules: tuple[Rule, ...] = ()
    sanctions: tuple[Sanction, ...] = ()
    silences: frozenset[SpaceId] = frozenset()
    shown: tuple[tuple[SpaceId, Exhibit], ...] = ()
    reports: int = 0
    """How many complaints wait for a moderator."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What an account says of its person now."""

    open: bool
    """Whether they may come in by it."""
    name: str = ""
    permissions: frozenset[Permission] = frozenset()
    organizations: frozenset[OrganizationId] = frozenset()


@dataclass(frozen=True, slots=True)
class Arrival:
    """What somebody needs to know who comes in."""

    messages: tuple[Message, ...] = ()
    blocked: frozenset[VisitorKey] = frozenset()
    """Whom they block."""
    hidden: frozenset[VisitorKey] = frozenset()
    """Those, and who blocks them."""
    standing: Standing | None = None
    """None: as they are known."""


def plot(db: Db, park: SpaceId, *, now: datetime) -> Plot:
    """`park` as it stands; raises ParkUnknown."""
    entrance = park_api.scene(db, park).entrance
    return Plot(
        park,
        park_api.revision(db, park),
        now.date(),
        api.zones(db, park),
        Stand(entrance.east, entrance.north, 0.0, entrance.heading),
        park_api.barriers(db, park, day=now.date()),
        Floors(park_api.spaces(db, within=park)),
    )


def decisions(db: Db, park: SpaceId, *, now: datetime) -> Decisions:
    """What is decided about `park`; raises ParkUnknown."""
    return Decisions(
        api.rules(db, park),
        api.sanctions(db, park, now=now),
        api.silences(db, park),
        tuple(api.shown(db, park).items()),
        api.open_reports(db, park),
    )


def plots(
    db: Db, known: Mapping[SpaceId, tuple[UUID, date]], *, now: datetime
) -> tuple[tuple[Plot, Decisions], ...] | None:
    """All parks with what is decided about them; none: they stand as in `known`."""
    found = {one.id: (park_api.revision(db, one.id), now.date()) for one in park_api.parks(db)}
    if found == known:
        return None
    return tuple((plot(db, park, now=now), decisions(db, park, now=now)) for park in found)


def arrival(
    db: Db, park: SpaceId, zone: SpaceId, reader: VisitorKey, *, now: datetime, after: int
) -> Arrival:
    """What `reader` needs to know who comes into `zone`, having seen the messages up to `after`."""
    blocked, hidden = api.apart(db, reader)
    limit = MOST_MISSED if after else 100
    messages = api.history(
        db, park, zone, reader=reader, since=now - HISTORY, after=after, limit=limit
    )
    return Arrival(messages, blocked, hidden)


def standing(db: Db, grants: Grants, person: PersonId) -> Standing:
    """What the account of `person` says of them."""
    try:
        actor = actor_of_person(db, grants, person)
    except PersonMissing:
        return Standing(open=False)
    if actor.person is None:
        return Standing(open=False)
    found = api.visitor_of(actor)
    return Standing(
        open=True,
        name=found.name,
        permissions=found.permissions,
        organizations=found.organizations,
    )


def zone_above(db: Db, space: SpaceId, zones: Sequence[SpaceId]) -> SpaceId | None:
    """The nearest of `zones` around any `space` of the park; none: no space of it has that id."""
    try:
        steps = park_api.path(db, space)
    except (SpaceUnknown, ParkUnknown):
        return None
    return next((step.id for step in reversed(steps) if step.id in zones), None)
