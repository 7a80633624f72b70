"""How often one may do what others pay for with their patience, in this process."""

from dataclasses import dataclass

from shulian.identity.types import Actor
from shulian.kit.clock import Clock
from shulian.kit.http.edge import AnyConnection
from shulian.kit.http.limits import Calls

ORDERS_A_MINUTE = 300
"""Of one person: more than anyone can choose by hand."""
GIFTS_A_MINUTE = 10
"""Of one person: each is offered to an address, and may be to one that does not want it."""
WAITS_A_MINUTE = 60
"""Of one person: places taken and left, in a line or on a waiting list."""
PAYMENTS_A_MINUTE = 60
"""Of one person: payments begun, orders and tickets given back; each is written down."""
NOTICES_A_MINUTE = 60
"""That are refused, from one address: each is written down."""


@dataclass(frozen=True, slots=True)
class Counter:
    """What is counted."""

    orders: Calls
    gifts: Calls
    waits: Calls
    payments: Calls
    notices: Calls


def new_counter(clock: Clock) -> Counter:
    """Nobody has done anything yet."""
    return Counter(
        orders=Calls(ORDERS_A_MINUTE, clock),
        gifts=Calls(GIFTS_A_MINUTE, clock),
        waits=Calls(WAITS_A_MINUTE, clock),
        payments=Calls(PAYMENTS_A_MINUTE, clock),
        notices=Calls(NOTICES_A_MINUTE, clock),
    )


def counter_of(connection: AnyConnection) -> Counter:
    """The counter of the process that serves `connection`."""
    found = connection.app.state["counter"]
    assert isinstance(found, Counter)  # noqa: S101  # put there by the composition
    return found


def who(actor: Actor) -> str:
    """By what a person is counted."""
    return str(actor.demand_person())
