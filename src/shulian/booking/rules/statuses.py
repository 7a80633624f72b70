"""What a resource is now, as people see it on its space, and when that has to be looked at anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shulian.booking.rules.gaps import timeline
from shulian.booking.types import Audience, Occupied, Resource, Span
from shulian.park.types import LiveToken

LOOK = timedelta(days=7)
"""So far ahead it is looked for the next change."""
SOON = timedelta(hours=24)
"""What is free says until when, if that comes so soon."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What to say of a resource."""

    token: LiveToken | None
    """None: nothing, for it is free and nobody can book it by themselves."""
    number: int | None = None
    """Units that are free, where there are more than one."""
    until: datetime | None = None
    again: datetime | None = None
    """When it is something else."""


def shown(resource: Resource, occupied: Sequence[Occupied], now: datetime) -> Shown:
    """What a resource of which that is `occupied` is at `now`."""
    horizon = now + LOOK
    parts = timeline(occupied, resource.capacity, Span(now, horizon))
    token = _token(parts[0], resource)
    other = next((one.span.start for one in parts if _token(one, resource) is not token), None)
    change = parts[0].span.end
    again = change if change is not None and change < horizon else None
    if token is not LiveToken.FREE:
        return Shown(token, until=other, again=again)
    if resource.audience is Audience.FEATURES or resource.withdrawn:
        return Shown(None, again=again)
    number = resource.capacity - parts[0].units if resource.capacity > 1 else None
    if other is not None and other > now + SOON:
        other, again = None, min(other - SOON, again or horizon)
    return Shown(token, number, other, again)


def _token(part: Occupied, resource: Resource) -> LiveToken:
    if part.closed:
        return LiveToken.CLOSED
    if part.units < resource.capacity:
        return LiveToken.FREE
    return LiveToken.BUSY if resource.capacity == 1 else LiveToken.FULL
