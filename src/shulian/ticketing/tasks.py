"""What ticketing does later: ask providers, have money go back, undo what is called off."""

from datetime import timedelta

import structlog

from shulian.kit.errors import Failure
from shulian.kit.jobs import Work, enqueue, name_of
from shulian.ticketing import api
from shulian.ticketing.types import (
    AskAgain,
    CallBack,
    GiveBack,
    OfferBack,
    OrderId,
    UndoCalledOff,
)

_AGAIN = timedelta(minutes=5)

log = structlog.stdlib.get_logger("shulian.ticketing")


def ask_again(work: Work, _job: AskAgain, *, providers: api.Providers) -> None:
    """Ask about every payment of which nothing was heard; again in a while if any is left.

    Money that should have gone back is tried again, too.
    """
    names = [one.name for one in providers if one.answers]
    with work.transaction() as (db, _):
        found = api.overdue(db, names, now=work.clock())
    for one in found:
        try:
            with work.transaction() as (db, bus):
                provider = providers.get(one.provider)
                api.ask_again(db, bus, provider, one.id, now=work.clock())
        except Failure as failure:  # the others are asked all the same
            log.warning("provider not asked", payment=str(one.id), failure=str(failure))
    with work.transaction() as (db, _):
        api.remind(db, names, now=work.clock())
        if api.waits(db, names, now=work.clock()):
            enqueue(db, AskAgain(), alone=name_of(AskAgain), at=work.clock() + _AGAIN)


def undo_called_off(work: Work, _job: UndoCalledOff) -> None:
    """Undo the orders for what is called off, each in a transaction of its own.

    Stopped anywhere it leaves orders that are undone and orders that are not; the next run goes on
    with these.
    """
    last: OrderId | None = None
    while True:
        with work.transaction() as (db, _):
            found = api.to_undo(db, after=last)
        for one in found:
            try:
                with work.transaction() as (db, bus):
                    api.undo_order(db, bus, one, now=work.clock())
            except Failure as failure:  # the others are undone all the same
                log.warning("order not undone", order=str(one), failure=str(failure))
        if not found:
            return
        last = found[-1]


def give_back(work: Work, job: GiveBack, *, providers: api.Providers) -> None:
    """Let the provider of a payment give back what is due."""
    with work.transaction() as (db, _):
        api.give_back(db, providers, job.refund, now=work.clock())


def call_back(work: Work, job: CallBack, *, providers: api.Providers) -> None:
    """Let the test provider say what became of a payment, as it would have said at once."""
    with work.transaction() as (db, bus):
        api.call_back(db, bus, providers, job.reference, now=work.clock())


def offer_back(work: Work, job: OfferBack) -> None:
    """Offer what came back of a type to those who wait for it."""
    with work.transaction() as (db, bus):
        api.offer(db, bus, job.sold, now=work.clock())
