"""The account of an organizer to which transfers go, and the ways to pay that there are for it.

Who may see it: whoever sells for the organizer, and who has begun to pay an order by transfer.
"""

from collections.abc import Iterable
from datetime import datetime

from shulian.identity.api import organization, record
from shulian.identity.types import Actor, OrganizationId, Subject
from shulian.kit.db import Db
from shulian.ticketing.api.orders import order as visible
from shulian.ticketing.api.providers import Provider
from shulian.ticketing.api.providers.transfer import TRANSFER
from shulian.ticketing.errors import NoPayee
from shulian.ticketing.rules import entries
from shulian.ticketing.store import occasions, payments
from shulian.ticketing.store import payees as store
from shulian.ticketing.types import (
    SELL,
    Order,
    OrderId,
    OrderState,
    Payee,
    PaymentState,
)


def payee(db: Db, actor: Actor, organizer: OrganizationId) -> Payee | None:
    """The account of an organizer for which the actor sells; none: it has named none."""
    actor.demand(SELL, organizer)
    return store.find(db, organizer)


def put_payee(
    db: Db, actor: Actor, organizer: OrganizationId, told: Payee, *, now: datetime
) -> Payee:
    """Have transfers to an organizer go there from now on; raises Invalid, OrganizationMissing."""
    actor.demand(SELL, organizer)
    organization(db, actor, organizer)
    after = entries.tidy_payee(told)
    entries.demand(entries.payee_faults(after))
    before = store.find(db, organizer)
    if after != before:
        store.put(db, organizer, after)
        record(db, actor, "ticketing.put_payee", _subject(organizer), before, after, now=now)
    return after


def drop_payee(db: Db, actor: Actor, organizer: OrganizationId, *, now: datetime) -> None:
    """Take no transfers any more; those that are under way are confirmed as before."""
    actor.demand(SELL, organizer)
    before = store.find(db, organizer)
    if before is not None:
        store.drop(db, organizer)
        record(db, actor, "ticketing.drop_payee", _subject(organizer), before, None, now=now)


def payee_for(db: Db, actor: Actor, wanted: OrderId) -> Payee | None:
    """Where the money for an order goes that waits for a transfer; none where none is awaited."""
    found = visible(db, actor, wanted)
    awaited = found.state is OrderState.HELD and any(
        one.provider == TRANSFER and one.state is PaymentState.PENDING
        for one in payments.of_order(db, wanted)
    )
    return _payee(db, found) if awaited else None


def ways(db: Db, order: Order, providers: Iterable[Provider]) -> tuple[str, ...]:
    """The names of those of `providers` by which an order can be paid."""
    fitting = [one.name for one in providers if (one.name == "free") == (not order.total)]
    if TRANSFER in fitting and _payee(db, order) is None:
        fitting.remove(TRANSFER)
    return tuple(fitting)


def demand_payee(db: Db, order: Order, provider: Provider) -> None:
    """Raise NoPayee where money by that way would have nowhere to go."""
    if provider.name == TRANSFER and _payee(db, order) is None:
        raise NoPayee


def _payee(db: Db, order: Order) -> Payee | None:
    return store.find(db, occasions.get(db, order.occasion).organizer)


def _subject(organizer: OrganizationId) -> Subject:
    return Subject("organization", str(organizer))
