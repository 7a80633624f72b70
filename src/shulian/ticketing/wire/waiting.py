"""What the waiting list says over HTTP, and what it takes."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from shulian.ticketing.types import OrderId, TicketTypeId, Wish, WishId, WishState


class WishAsk(Struct, frozen=True, forbid_unknown_fields=True):
    """So many tickets to wait for: all of them, or none."""

    count: Annotated[int, Meta(ge=1, le=1000)]


class WishView(Struct, frozen=True):
    """A group on the waiting list."""

    id: WishId
    type: TicketTypeId
    count: int
    state: WishState
    since: datetime
    ahead: int
    """Groups that came before it and wait."""
    order: OrderId | None
    """What it is offered."""


def wish_view(one: Wish, ahead: int) -> WishView:
    """A wish as who made it sees it."""
    return WishView(one.id, one.type, one.count, one.state, one.created, ahead, one.order)
