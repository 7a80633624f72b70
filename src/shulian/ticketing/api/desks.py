"""What the pages of buyers and organizers look up beside the doors by which they act."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.park.types import SpaceId
from shulian.ticketing.api.occasions import occasion as visible
from shulian.ticketing.api.occasions import organized
from shulian.ticketing.api.orders import order as order_of
from shulian.ticketing.errors import OrderUnknown, PaymentUnknown
from shulian.ticketing.store import occasions, payments
from shulian.ticketing.types import (
    Occasion,
    OccasionId,
    OccasionState,
    Payment,
    PaymentState,
    Refund,
)


@dataclass(frozen=True, slots=True)
class Desk:
    """What an organizer has to do with money, and whose it is."""

    transfers: tuple[tuple[str, Payment], ...]
    """Bank transfers that have not come yet, with the codes of their orders."""
    withdrawn: tuple[tuple[str, Payment], ...]
    """Those that nobody waits for: what comes by one of them nevertheless goes back."""
    refunds: tuple[Refund, ...]
    codes: Mapping[object, str]
    """Codes of orders by the payments for them."""


def payment_called(db: Db, actor: Actor, provider: str, reference: str) -> Payment:
    """What a provider calls `reference`, if the actor may see its order; raises PaymentUnknown."""
    found = payments.get_by_reference(db, provider, reference)
    try:
        order_of(db, actor, found.order)
    except OrderUnknown as error:
        raise PaymentUnknown from error
    return found


def desk(db: Db, actor: Actor, wanted: OccasionId) -> Desk:
    """The transfers and refunds of an occasion of the actor's."""
    organized(db, actor, wanted)
    known = payments.of_occasion(db, wanted)
    transfers = [(code, one) for code, one in known if one.provider == "transfer"]
    waiting, withdrawn = (
        tuple((code, one) for code, one in transfers if one.state is state)
        for state in (PaymentState.PENDING, PaymentState.WITHDRAWN)
    )
    refunds = payments.refunds_of_occasion(db, wanted)
    return Desk(waiting, withdrawn, refunds, {one.id: code for code, one in known})


def occasions_in(db: Db, space: SpaceId, park: SpaceId, *, now: datetime) -> tuple[Occasion, ...]:
    """What takes place in one space of a park now or later, and is open or was."""
    found = occasions.list_(db, park, since=now)
    shown = (OccasionState.OPEN, OccasionState.CLOSED)
    return tuple(one for one in found if one.space == space and one.state in shown)


def occasions_of(db: Db, actor: Actor, wanted: set[OccasionId]) -> dict[OccasionId, Occasion]:
    """Those occasions, as far as the actor may see them."""
    return {one: visible(db, actor, one) for one in wanted}
