"""What can be booked says on its space what it is now: taken, closed, free, and until when."""

from collections.abc import Iterable
from datetime import datetime

from shulian.booking.rules import statuses
from shulian.booking.store import resources as store
from shulian.booking.types import ResourceId, ShowStatus, Span
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.jobs import dequeue, enqueue
from shulian.kit.text import Text
from shulian.park.api import clear_status, localities, put_status
from shulian.park.types import SpaceKind

SOURCE = "booking"
"""Who says so, to the park."""
_UNSAID = frozenset({SpaceKind.SEAT})
"""Kinds of which there are thousands: a plan of seats shows them, not a status on each."""


def show_later(db: Db, wanted: ResourceId) -> None:
    """Have it said soon what a resource is; whatever led to that is committed by then."""
    enqueue(db, ShowStatus(wanted), alone=f"booking.show_status/{wanted}")


def show_status(db: Db, bus: Bus, wanted: ResourceId, *, now: datetime) -> None:
    """Say what a resource is at `now`, and have it said anew when it is something else.

    What is no space, or a seat, says nothing. One at a time does so for a resource, and each looks
    after the one before it: what was committed last is what is said.
    """
    resource = store.find(db, wanted, lock=True)
    if resource is None or resource.space is None:
        return
    where = localities(db, [resource.space])[resource.space]
    if where.kind in _UNSAID:
        return
    found = store.holdings(db, [wanted], Span(now, now + statuses.LOOK), now=now)
    occupied = [one.occupied for one in found if not one.expired]
    shown = statuses.shown(resource, occupied, now)
    if shown.token is None:
        clear_status(db, bus, source=SOURCE, space=resource.space, now=now)
    else:
        put_status(
            db,
            bus,
            source=SOURCE,
            space=resource.space,
            token=shown.token,
            words=Text(),
            number=shown.number,
            until=shown.until,
            now=now,
        )
    _again(db, wanted, shown.again)


def shown_resources(db: Db) -> tuple[ResourceId, ...]:
    """The resources that say what they are, all of them."""
    found = store.of_all_spaces(db)
    where = localities(db, [one.space for one in found if one.space is not None])
    speak = [one for one in found if one.space and where[one.space].kind not in _UNSAID]
    return tuple(one.id for one in speak)


def show_all_later(db: Db, wanted: Iterable[ResourceId]) -> None:
    """Have it said soon of each."""
    for one in sorted(set(wanted)):
        show_later(db, one)


def _again(db: Db, wanted: ResourceId, at: datetime | None) -> None:
    """Let one job alone wait for the next change, whatever waited before."""
    alone = f"booking.show_status_at/{wanted}"
    dequeue(db, alone)
    if at is not None:
        enqueue(db, ShowStatus(wanted), alone=alone, at=at)
