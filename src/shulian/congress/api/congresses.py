"""Congresses: made, changed, found; their themes, halls and rules."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from shulian.congress.api.drafts import whole
from shulian.congress.api.rights import makes, planned, visible
from shulian.congress.api.tidings import tell
from shulian.congress.errors import HallUnknown, InUse, SlugTaken
from shulian.congress.events import DraftChanged
from shulian.congress.rules import entries
from shulian.congress.store import congresses as store
from shulian.congress.store import forums, releases, sessions
from shulian.congress.types import (
    PLAN,
    Congress,
    CongressId,
    Hall,
    Level,
    Rule,
    Theme,
)
from shulian.identity.api import organization, record
from shulian.identity.types import Actor, OrganizationId, Subject
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.errors import Invalid
from shulian.kit.ids import new_id
from shulian.kit.text import Text
from shulian.park import api as park_api
from shulian.park.errors import SpaceUnknown
from shulian.park.types import SpaceId, SpaceKind


def add_congress(
    db: Db,
    bus: Bus,
    actor: Actor,
    *,
    organizer: OrganizationId,
    park: SpaceId,
    slug: str,
    title: Text,
    about: Text = Text(),  # noqa: B008  # frozen
    first: date,
    last: date,
    now: datetime,
) -> Congress:
    """Begin a congress: an empty draft that only its makers see.

    Raises Invalid with the wrong fields, OrganizationMissing, SpaceUnknown, SlugTaken.
    """
    actor.demand(PLAN, organizer)
    organization(db, actor, organizer)
    if park_api.space(db, park).kind is not SpaceKind.PARK:
        raise SpaceUnknown(space=park)
    new = Congress(
        id=CongressId(new_id(now)),
        organizer=organizer,
        park=park,
        title=entries.tidy(title),
        about=entries.tidy(about),
        first=first,
        last=last,
        timezone=park_api.place(db, park).timezone,
        slug=slug.strip(),
    )
    entries.demand(entries.congress_faults(new))
    _demand_own_slug(db, new, None)
    store.put_new(db, new)
    record(db, actor, "congress.add", subject(new.id), None, new, now=now)
    bus.publish(DraftChanged(new.id, new.version))
    return new


def change_congress(
    db: Db,
    bus: Bus,
    actor: Actor,
    wanted: CongressId,
    *,
    slug: str | None = None,
    title: Text | None = None,
    about: Text | None = None,
    first: date | None = None,
    last: date | None = None,
    now: datetime,
) -> Congress:
    """Call a congress otherwise, or let it be on other days; raises Invalid and SlugTaken."""
    before = planned(db, actor, wanted, locked=True)
    after = replace(
        before,
        slug=before.slug if slug is None else slug.strip(),
        title=before.title if title is None else entries.tidy(title),
        about=before.about if about is None else entries.tidy(about),
        first=first or before.first,
        last=last or before.last,
    )
    entries.demand(entries.congress_faults(after))
    if after == before:
        return before
    _demand_own_slug(db, after, before)
    store.put(db, after)
    record(db, actor, "congress.change", subject(wanted), before, after, now=now)
    return replace(after, version=touch(db, bus, wanted, by=actor.name))


def congress(db: Db, actor: Actor, wanted: CongressId) -> Congress:
    """A congress that is public, or that the actor has part in; raises CongressUnknown."""
    found = store.get(db, wanted)
    return visible(db, actor, found, insider=makes(db, actor, found))


def congress_by_slug(db: Db, actor: Actor, slug: str) -> Congress:
    """The same by its short name."""
    found = store.find_by_slug(db, slug)
    return visible(db, actor, found, insider=makes(db, actor, found))


def congresses(db: Db, actor: Actor, park: SpaceId) -> tuple[Congress, ...]:
    """The congresses of a park that the actor may know of, the newest first."""
    park_api.space(db, park)
    return tuple(
        one for one in store.list_(db, park) if releases.any_(db, one.id) or makes(db, actor, one)
    )


def put_themes(
    db: Db, bus: Bus, actor: Actor, wanted: CongressId, themes: Sequence[Theme], *, now: datetime
) -> tuple[Theme, ...]:
    """Have these themes, in this order.

    Raises Invalid, and InUse where forums have a theme that goes.
    """
    planned(db, actor, wanted, locked=True)
    before = store.themes(db, wanted)
    after = tuple(replace(one, name=entries.tidy(one.name)) for one in themes)
    entries.demand(
        {"themes": next(filter(None, (entries.title_fault(one.name) for one in after)), None)}
    )
    if len({one.id for one in after}) < len(after):
        raise Invalid(fields={"themes": "congress.twice"})
    kept = {one.id for one in after}
    needed = [one for one in forums.list_(db, wanted) if one.theme and one.theme not in kept]
    if needed:
        raise InUse(count=len(needed))
    store.put_themes(db, wanted, after)
    record(db, actor, "congress.put_themes", subject(wanted), before, after, now=now)
    touch(db, bus, wanted, by=actor.name)
    return after


def put_hall(
    db: Db, bus: Bus, actor: Actor, wanted: CongressId, hall: Hall, *, now: datetime
) -> Hall:
    """Use a space of the park as a hall, in those hours; its name is the space's own.

    Raises Invalid, and SpaceUnknown where it is no space of the park.
    """
    there = planned(db, actor, wanted, locked=True)
    path = park_api.path(db, hall.space)
    if path[0].id != there.park:
        raise SpaceUnknown(space=hall.space)
    after = replace(hall, name=path[-1].name)
    entries.demand(entries.hall_faults(after))
    before = next((one for one in whole(db, there).halls if one.space == hall.space), None)
    store.put_hall(db, wanted, after)
    record(db, actor, "congress.put_hall", subject(wanted), before, after, now=now)
    touch(db, bus, wanted, by=actor.name)
    return after


def drop_hall(
    db: Db, bus: Bus, actor: Actor, wanted: CongressId, space: SpaceId, *, now: datetime
) -> None:
    """Use a hall no more; raises HallUnknown, and InUse where sessions are placed in it."""
    there = planned(db, actor, wanted, locked=True)
    before = next((one for one in whole(db, there).halls if one.space == space), None)
    if before is None:
        raise HallUnknown(space=space)
    if count := sessions.count_in_hall(db, wanted, space):
        raise InUse(count=count)
    store.drop_hall(db, wanted, space)
    record(db, actor, "congress.drop_hall", subject(wanted), before, None, now=now)
    touch(db, bus, wanted, by=actor.name)


def put_level(
    db: Db, bus: Bus, actor: Actor, wanted: CongressId, rule: Rule, level: Level, *, now: datetime
) -> None:
    """Have a rule matter so much; a hall that is taken blocks always: raises Invalid."""
    planned(db, actor, wanted, locked=True)
    if rule is Rule.HALL_TAKEN and level is not Level.BLOCK:
        raise Invalid(fields={"level": "congress.level_fixed"})
    before = store.levels(db, wanted)[rule]
    store.put_level(db, wanted, rule, level)
    told = {"rule": rule.value}
    record(
        db,
        actor,
        "congress.put_level",
        subject(wanted),
        {**told, "level": before.value},
        {**told, "level": level.value},
        now=now,
    )
    touch(db, bus, wanted, by=actor.name)


def touch(db: Db, bus: Bus, wanted: CongressId, *, by: str = "") -> int:
    """Count a change of a draft, and say so, also to those who edit it now; answers its version."""
    version = store.count_change(db, wanted)
    tell(db, wanted, version, by)
    bus.publish(DraftChanged(wanted, version))
    return version


def subject(wanted: CongressId) -> Subject:
    """What the audit log says a change is of."""
    return Subject("congress", str(wanted))


def _demand_own_slug(db: Db, after: Congress, before: Congress | None) -> None:
    if (before is None or after.slug != before.slug) and store.slug_is_taken(db, after.slug):
        raise SlugTaken(slug=after.slug)
