"""How much one holder may have of what people book for themselves: no more than their share."""

from collections.abc import Sequence
from datetime import datetime

from shulian.booking.api.taking import demand
from shulian.booking.errors import TooManyAhead, TooManyAtOnce
from shulian.booking.rules import spans, terms
from shulian.booking.store import bookings, shares
from shulian.booking.types import MANAGE, Booking, Claim, Holder, Resource, ResourceId
from shulian.identity.types import Actor
from shulian.kit.db import Db

OWN = "booking"
"""The source of what people book for themselves."""


def demand_room(
    db: Db,
    actor: Actor,
    holder: Holder,
    wanted: Sequence[Claim],
    known: dict[ResourceId, Resource],
    *,
    key: str | None = None,
    before: Booking | None = None,
    now: datetime,
) -> None:
    """Raise TooManyAtOnce or TooManyAhead where `holder` would have more than one may.

    Of one holder one call at a time goes on from here to the end of its transaction, so that two
    at the same time never pass together. Operators are not held to it; neither is who asks again
    with the same `key`, nor what a booking had `before`. Raises also what is wrong with `wanted`.
    """
    counted = [one for one in wanted if known[one.resource].space is not None]
    if actor.may(MANAGE) or not counted:
        return
    demand(wanted)
    shares.lock(db, holder)
    if key is not None and bookings.find_by_key(db, OWN, holder, key) is not None:
        return
    standing = shares.standing(db, OWN, holder, now=now)
    others = [one for one in standing if not before or one.id != before.id]
    had = [claim for one in standing if before and one.id == before.id for claim in one.claims]
    _demand_few(others, counted, had, terms.limit_of(holder))


def _demand_few(
    others: Sequence[Booking], counted: Sequence[Claim], had: Sequence[Claim], limit: terms.Limit
) -> None:
    """Raise what stands against `counted` instead of what one `had`, beside `others`."""
    held = [claim for one in others for claim in one.claims]
    kept = [one for one in counted if any(spans.covers(each, one) for each in had)]
    new = [one for one in counted if one not in kept]
    most = terms.busiest(new, [*kept, *held])
    if most is not None and most[1] > limit.at_once:
        at = most[0]
        there = [one for one in others if any(terms.held_at(claim, at) for claim in one.claims)]
        raise TooManyAtOnce(there, most=limit.at_once)
    if len(counted) > len(had) and len(counted) + len(held) > limit.ahead:
        raise TooManyAhead(others, most=limit.ahead, held=len(held))
