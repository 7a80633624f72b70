"""What can be booked: made, changed, closed for a while, looked at."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from shulian.booking.api.capacities import checked, put_resized
from shulian.booking.api.statuses import show_later
from shulian.booking.errors import ResourceUnknown, SpanWrong
from shulian.booking.rules import gaps, spans
from shulian.booking.store import resources as store
from shulian.booking.types import (
    MANAGE,
    Audience,
    Occupied,
    Remaining,
    Resource,
    ResourceId,
    Span,
)
from shulian.identity.api import record
from shulian.identity.types import Actor, Subject
from shulian.kit.db import Db
from shulian.kit.ids import new_id
from shulian.kit.text import Text
from shulian.park.api import localities
from shulian.park.api import place as place_of
from shulian.park.api import space as space_of
from shulian.park.types import SpaceId


@dataclass(frozen=True, slots=True)
class Calendar:
    """How much of a resource is taken, part by part of a span."""

    resource: Resource
    parts: tuple[Occupied, ...]


def add_resource(
    db: Db,
    actor: Actor,
    *,
    name: Text | None = None,
    capacity: int = 1,
    space: SpaceId | None = None,
    audience: Audience = Audience.FEATURES,
    now: datetime,
) -> Resource:
    """Let something be booked: a space, once, or an allowance.

    Raises UnitsWrong and SpaceUnknown; of a space that can be booked already its resource is
    answered, as it is.
    """
    actor.demand(MANAGE)
    if space is not None and (known := store.find_of_space(db, space)):
        return known
    called = name or (space_of(db, space).name if space is not None else Text())
    new = Resource(ResourceId(new_id(now)), called, checked(capacity), space, audience)
    if not store.put_new(db, new) and space is not None:
        return resource_of(db, space)
    record(db, actor, "booking.add_resource", _subject(new), None, new, now=now)
    if space is not None and audience is not Audience.FEATURES:
        show_later(db, new.id)
    return new


def change_resource(
    db: Db,
    actor: Actor,
    wanted: ResourceId,
    *,
    capacity: int | None = None,
    audience: Audience | None = None,
    now: datetime,
) -> Resource:
    """Let a resource hold more or less, or be booked by others; raises CapacityInUse."""
    actor.demand(MANAGE)
    before = store.get(db, [wanted])[wanted]
    after = replace(
        before,
        capacity=before.capacity if capacity is None else checked(capacity),
        audience=audience or before.audience,
    )
    if after != before:
        put_resized(db, before, after)
        record(db, actor, "booking.change_resource", _subject(after), before, after, now=now)
        if after.space is not None:
            show_later(db, wanted)
    return after


def remaining(db: Db, actor: Actor, wanted: ResourceId, *, now: datetime) -> Remaining:
    """What people hold of a resource at `now` or later, for operators."""
    actor.demand(MANAGE)
    store.get(db, [wanted])
    return store.remaining(db, wanted, now=now)


def withdraw_resource(db: Db, actor: Actor, wanted: ResourceId, *, now: datetime) -> Remaining:
    """Let nobody book a resource anew; answers what is held of it still.

    That stays until it is over or released. Who is booking in this instant may still get it.
    """
    actor.demand(MANAGE)
    _put_withdrawn(db, actor, wanted, withdrawn=True, now=now)
    return store.remaining(db, wanted, now=now)


def offer_resource(db: Db, actor: Actor, wanted: ResourceId, *, now: datetime) -> Resource:
    """Take back that a resource was withdrawn."""
    actor.demand(MANAGE)
    return _put_withdrawn(db, actor, wanted, withdrawn=False, now=now)


def resources(db: Db, wanted: Iterable[ResourceId]) -> dict[ResourceId, Resource]:
    """Those resources; raises ResourceUnknown where one is missing."""
    return store.get(db, wanted)


def resource_of(db: Db, space: SpaceId) -> Resource:
    """The resource that a space is; raises ResourceUnknown where it cannot be booked."""
    found = store.find_of_space(db, space)
    if found is None:
        raise ResourceUnknown(resource=space)
    return found


def resources_in(db: Db, park: SpaceId) -> tuple[Resource, ...]:
    """The spaces of a park that people book for themselves, by what they are called."""
    place_of(db, park)
    found = store.of_all_spaces(db)
    open_ = [one for one in found if one.audience is not Audience.FEATURES and not one.withdrawn]
    where = localities(db, [one.space for one in open_ if one.space is not None])
    found = [one for one in open_ if one.space and where[one.space].park == park]
    return tuple(sorted(found, key=lambda one: (one.name.zh or one.name.en, one.id)))


def calendar(db: Db, wanted: ResourceId, span: Span, *, now: datetime) -> Calendar:
    """How much of a resource is taken in `span`, seen at `now`; raises SpanWrong."""
    if code := spans.fault(span):
        raise SpanWrong(fields={"span": code})
    resource = store.get(db, [wanted])[wanted]
    found = store.holdings(db, [wanted], span, now=now)
    occupied = [one.occupied for one in found if not one.expired]
    return Calendar(resource, gaps.timeline(occupied, resource.capacity, span))


def _put_withdrawn(
    db: Db, actor: Actor, wanted: ResourceId, *, withdrawn: bool, now: datetime
) -> Resource:
    before = store.locked(db, wanted)
    after = replace(before, withdrawn=withdrawn)
    if after != before:
        verb = "booking.withdraw_resource" if withdrawn else "booking.offer_resource"
        store.put(db, after)
        record(db, actor, verb, _subject(after), before, after, now=now)
        if after.space is not None:
            show_later(db, wanted)
    return after


def _subject(resource: Resource) -> Subject:
    return Subject("resource", str(resource.id))
