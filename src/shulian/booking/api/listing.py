"""Lists of bookings, page by page: one's own now, later and before, and a park's for operators."""

from dataclasses import replace
from datetime import datetime, timedelta

from shulian.booking.errors import SpanWrong
from shulian.booking.rules import spans
from shulian.booking.store import listing as store
from shulian.booking.store import resources
from shulian.booking.types import (
    MANAGE,
    Booking,
    BookingFilter,
    BookingPage,
    Holder,
    Resource,
    ResourceId,
)
from shulian.identity.api import organizations, people
from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.park.api import localities
from shulian.park.api import place as place_of
from shulian.park.types import SpaceId

PAGE = 50
"""Bookings of one page."""
MOST_EXPORTED = 5_000
"""Bookings of one file."""
_MOST_HOLDERS = 100
"""People of one name that are looked at."""
LONGEST_WORDS = 100


def own_page(
    db: Db, actor: Actor, *, past: bool = False, words: str = "", page: int = 1, now: datetime
) -> BookingPage:
    """A page of what the actor and their organizations hold, or have held."""
    return _page(db, _own(actor, past=past, words=words), page, now)


def own_export(
    db: Db, actor: Actor, *, past: bool = False, words: str = "", now: datetime
) -> tuple[Booking, ...]:
    """All of that, as much as a file has."""
    wanted = _own(actor, past=past, words=words)
    return store.some(db, wanted, skip=0, most=MOST_EXPORTED, now=now)


def own_since(db: Db, actor: Actor, since: timedelta, *, now: datetime) -> tuple[Booking, ...]:
    """What the actor and their organizations hold, and what ended not longer ago."""
    return store.some(db, _own(actor), skip=0, most=MOST_EXPORTED, now=now - since)


def park_page(
    db: Db,
    actor: Actor,
    park: SpaceId,
    wanted: BookingFilter,
    *,
    holder: str = "",
    page: int = 1,
    now: datetime,
) -> BookingPage:
    """A page of who holds what of the spaces of a park, for operators.

    holder  a part of a person's or an organization's name or address

    Raises SpaceUnknown and SpanWrong.
    """
    return _page(db, _in_park(db, actor, park, wanted, holder), page, now)


def park_export(
    db: Db,
    actor: Actor,
    park: SpaceId,
    wanted: BookingFilter,
    *,
    holder: str = "",
    now: datetime,
) -> tuple[Booking, ...]:
    """All of that, as much as a file has."""
    found = _in_park(db, actor, park, wanted, holder)
    return store.some(db, found, skip=0, most=MOST_EXPORTED, now=now)


def resources_of_park(db: Db, park: SpaceId) -> tuple[Resource, ...]:
    """All spaces of a park that are resources, whoever books them, withdrawn ones too."""
    place_of(db, park)
    found = resources.of_all_spaces(db)
    where = localities(db, [one.space for one in found if one.space is not None])
    there = {space for space, one in where.items() if one.park == park}
    return tuple(one for one in found if one.space in there)


def _own(actor: Actor, *, past: bool = False, words: str = "") -> BookingFilter:
    person = actor.demand_person()
    theirs = (Holder(organization=one.organization.id) for one in actor.belongings)
    return BookingFilter(holders=(Holder(person), *theirs), words=_tidy(words), past=past)


def _in_park(
    db: Db, actor: Actor, park: SpaceId, wanted: BookingFilter, holder: str
) -> BookingFilter:
    actor.demand(MANAGE)
    if wanted.span is not None and (code := spans.fault(wanted.span)):
        raise SpanWrong(fields={"span": code})
    there = frozenset(one.id for one in resources_of_park(db, park))
    asked: frozenset[ResourceId] = there if wanted.resources is None else wanted.resources & there
    holders = _named(db, actor, holder) if holder.strip() else wanted.holders
    return replace(wanted, resources=asked, holders=holders, words=_tidy(wanted.words))


def _named(db: Db, actor: Actor, name: str) -> tuple[Holder, ...]:
    """Everyone whose name, or address, has `name` in it."""
    text = _tidy(name)
    persons = people(db, actor, text=text, limit=_MOST_HOLDERS)
    firms = [
        one
        for one in organizations(db, actor)
        if any(text.casefold() in each.casefold() for each in (one.name.zh, one.name.en))
    ]
    return (
        *(Holder(one.id) for one in persons),
        *(Holder(organization=one.id) for one in firms),
    )


def _page(db: Db, wanted: BookingFilter, page: int, now: datetime) -> BookingPage:
    count = store.count(db, wanted, now=now)
    pages = max(1, -(-count // PAGE))
    shown = min(max(page, 1), pages)
    found = store.some(db, wanted, skip=(shown - 1) * PAGE, most=PAGE, now=now)
    return BookingPage(found, count, shown, pages)


def _tidy(words: str) -> str:
    return words.replace("\0", "").strip()[:LONGEST_WORDS]
