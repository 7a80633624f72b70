"""What a space has from the spaces above it: its day of delivery and its status."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from shulian.park.types import Space, SpaceId, SpaceStatus

_WEIGHT = {
    status: weight
    for weight, status in enumerate(
        (SpaceStatus.OPEN, SpaceStatus.CLOSED, SpaceStatus.BUILDING, SpaceStatus.PLANNED)
    )
}
"""What is planned above is planned below, whatever it says of itself; and so on down to open."""


def status_in_force(line: Iterable[SpaceStatus]) -> SpaceStatus:
    """The status of a space, from its own and those above it: the least usable of them."""
    return max(line, key=_WEIGHT.__getitem__)


def delivered_in_force(line: Iterable[date | None]) -> date | None:
    """The day of delivery of a space, from its own up to the park's: the nearest there is."""
    return next((day for day in line if day is not None), None)


def settled(spaces: Sequence[Space]) -> tuple[Space, ...]:
    """`spaces` with status and day in force written into each; parents before their children."""
    done: dict[SpaceId, Space] = {}
    for space in spaces:
        above = done[space.parent] if space.parent else None
        if above is not None:
            status = status_in_force((space.status, above.status))
            delivered = delivered_in_force((space.delivered, above.delivered))
            if (status, delivered) != (space.status, space.delivered):
                done[space.id] = replace(space, status=status, delivered=delivered)
                continue
        done[space.id] = space
    return tuple(done.values())
