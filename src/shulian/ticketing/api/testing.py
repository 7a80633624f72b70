"""The till of the test provider: who pays there, and how that is told.

All that it says takes the way of a real callback: signed, read, heard.
"""

from datetime import datetime, timedelta

from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.jobs import enqueue
from shulian.ticketing.api.payments import hear
from shulian.ticketing.api.providers import Manner, Providers, TestTill
from shulian.ticketing.errors import ProviderUnknown
from shulian.ticketing.types import CallBack, Notice, Outcome

LATE = timedelta(minutes=16)
"""By then the hold of an order is over."""
_TIMES = {Manner.ONCE: 1, Manner.TWICE: 2, Manner.LATE: 0, Manner.NEVER: 0}


def use_till(
    db: Db,
    bus: Bus,
    providers: Providers,
    reference: str,
    outcome: Outcome,
    manner: Manner,
    *,
    now: datetime,
) -> Notice:
    """Pay at the till or decline to, and have that told in a manner.

    Whoever knows the reference may, as at a real one. Raises ProviderUnknown, PaymentUnknown.
    """
    till = _till(providers)
    notice = till.decide(db, reference, outcome)
    for _ in range(_TIMES[manner]):
        _tell(db, bus, till, notice, now)
    if manner is Manner.LATE:
        enqueue(db, CallBack(reference), at=now + LATE)
    return notice


def call_back(db: Db, bus: Bus, providers: Providers, reference: str, *, now: datetime) -> None:
    """Tell now what was decided at the till."""
    till = _till(providers)
    notice = till.ask(db, reference)
    if notice is not None:
        _tell(db, bus, till, notice, now)


def _tell(db: Db, bus: Bus, till: TestTill, notice: Notice, now: datetime) -> None:
    body, proof = till.call(notice, now=now)
    hear(db, bus, till, till.read(body, proof), now=now)


def _till(providers: Providers) -> TestTill:
    found = providers.get(TestTill.name)
    if not isinstance(found, TestTill):
        raise ProviderUnknown
    return found
