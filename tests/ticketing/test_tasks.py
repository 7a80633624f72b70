"""What ticketing does later, as a worker does it."""

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from tests.park.plans import imported, queued
from tests.ticketing.houses import (
    NOW,
    PRICE,
    TILL,
    WAYS,
    House,
    live_bus,
    minutes,
    open_house,
    theatre,
)

from shulian.app.reactions import reactions
from shulian.booking import api as ledger
from shulian.kit.bus import Bus
from shulian.kit.db import Database, Db
from shulian.kit.errors import Unavailable
from shulian.kit.jobs import Work
from shulian.ticketing import api, tasks
from shulian.ticketing.types import (
    AskAgain,
    CallBack,
    GiveBack,
    Notice,
    Order,
    OrderId,
    OrderState,
    Outcome,
    Payment,
    PaymentState,
    RefundState,
    UndoCalledOff,
    Undoing,
)


@dataclass
class Office:
    """A worker, its database and its clock."""

    work: Work
    house: House
    now: datetime = NOW

    def begun(self, *seats: int) -> tuple[Order, Payment]:
        """An order of Ann's, and a payment that is begun."""
        with self.work.transaction() as (db, _):
            self.house.db, self.house.bus = db, live_bus(db)
            order = self.house.place(self.house.seats(*seats))
            return order, self.house.pay(order)

    def state(self, order: Order) -> OrderState:
        """Where an order stands."""
        with self.work.transaction() as (db, _):
            return api.order(db, self.house.ann, order.id).state

    def jobs(self, name: str) -> int:
        """How many jobs of a name wait."""
        with self.work.transaction() as (db, _):
            return [one for one, _ in queued(db)].count(name)


@pytest.fixture
def office(own_database_url: str) -> Generator[Office]:
    """A worker on a sale."""
    with closing(Database(own_database_url)) as database:
        with database.transaction() as db:
            imported(db, theatre())
            house = open_house(db)
        made = Office(Work(database, reactions(), lambda: made.now), house)
        yield made


def forget_jobs(office: Office) -> None:
    with office.work.transaction() as (db, _):
        db.execute(sa.text("delete from procrastinate_jobs"))


def test_a_provider_that_lost_its_callback_is_asked_until_it_has_said_something(
    office: Office,
) -> None:
    order, payment = office.begun(1)
    forget_jobs(office)
    office.now = minutes(6)
    tasks.ask_again(office.work, AskAgain(), providers=WAYS)
    assert (office.state(order), office.jobs("ticketing.ask_again")) == (OrderState.HELD, 1)
    with office.work.transaction() as (db, _):
        TILL.decide(db, payment.reference, Outcome.PAID)
    forget_jobs(office)
    tasks.ask_again(office.work, AskAgain(), providers=WAYS)

    assert (office.state(order), office.jobs("ticketing.ask_again")) == (OrderState.PAID, 0)


def called_off(office: Office) -> tuple[list[Order], Order, Order]:
    """Paid orders, a held one and one whose transfer may come, for what is called off."""
    paid: list[Order] = []
    for seat in (1, 2, 3):
        order, payment = office.begun(seat)
        with office.work.transaction() as (db, bus):
            office.house.db, office.house.bus = db, bus
            office.house.told(payment)
        paid.append(order)
    held, _ = office.begun(4)
    with office.work.transaction() as (db, bus):
        office.house.db, office.house.bus = db, bus
        late = office.house.place(office.house.seats(5), now=minutes(-20))
        api.pay(db, bus, office.house.ann, late.id, TILL, now=minutes(-20))
        ledger.expire(db, bus, now=NOW)
    with office.work.transaction() as (db, bus):
        house = office.house
        api.cancel_occasion(db, bus, house.organizer, house.occasion.id, now=NOW)
    return paid, held, late


def undoing(office: Office) -> Undoing:
    """How far it has come."""
    with office.work.transaction() as (db, _):
        return api.undoing(db, office.house.organizer, office.house.occasion.id)


def test_what_is_called_off_is_undone_order_by_order_and_goes_on_where_it_was_killed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    paid, held, late = called_off(office)
    assert (office.jobs("ticketing.undo_called_off"), undoing(office)) == (1, Undoing(4, 4))
    undo, done = api.undo_order, 0

    def killed(*told: Any, **more: Any) -> None:
        nonlocal done
        undo(*told, **more)
        if done == 2:  # the third is undone, and not committed
            raise KeyboardInterrupt
        done += 1

    with monkeypatch.context() as patch:
        patch.setattr(api, "undo_order", killed)
        with pytest.raises(KeyboardInterrupt):
            tasks.undo_called_off(office.work, UndoCalledOff())
    assert undoing(office).orders == 4
    assert undoing(office).left in {2, 3}  # the late one may have been among the first
    for _ in range(2):
        tasks.undo_called_off(office.work, UndoCalledOff())

    assert undoing(office) == Undoing(4, 0)
    with office.work.transaction() as (db, _):
        organizer = office.house.organizer
        for one in paid:
            (refund,) = api.refunds(db, organizer, one.id)
            assert (refund.amount, refund.reason) == (PRICE, "occasion")
            assert api.order(db, organizer, one.id).state is OrderState.CANCELLED
        assert api.order(db, organizer, held.id).state is OrderState.CANCELLED
        states = [one.state for one in api.payments(db, organizer, late.id)]
        assert states == [PaymentState.WITHDRAWN]


def test_one_order_that_cannot_be_undone_keeps_no_other_from_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    paid, _, _ = called_off(office)
    undo = api.undo_order

    def broken(db: Db, bus: Bus, wanted: OrderId, *, now: datetime) -> None:
        if wanted == paid[0].id:
            raise Unavailable
        undo(db, bus, wanted, now=now)

    with monkeypatch.context() as patch:
        patch.setattr(api, "undo_order", broken)
        tasks.undo_called_off(office.work, UndoCalledOff())
    assert undoing(office) == Undoing(4, 1)
    tasks.undo_called_off(office.work, UndoCalledOff())

    assert undoing(office) == Undoing(4, 0)


def test_nothing_is_undone_of_what_takes_place(office: Office) -> None:
    order, _ = office.begun(1)
    tasks.undo_called_off(office.work, UndoCalledOff())
    with office.work.transaction() as (db, bus):
        api.undo_order(db, bus, order.id, now=NOW)

    assert office.state(order) is OrderState.HELD


class _Broken(api.TestTill):
    """A provider that answers nonsense about one payment."""

    def ask(self, db: Db, reference: str) -> Notice | None:
        """Say something of what nobody knows."""
        found = super().ask(db, reference)
        return found and Notice("X-NOBODY", found.amount, found.outcome)


def test_one_payment_that_cannot_be_asked_about_keeps_no_other_from_it(office: Office) -> None:
    order, payment = office.begun(1)
    with office.work.transaction() as (db, _):
        TILL.decide(db, payment.reference, Outcome.PAID)
    office.now = minutes(6)
    tasks.ask_again(office.work, AskAgain(), providers=api.Providers((_Broken("k" * 32),)))
    assert office.state(order) is OrderState.HELD
    tasks.ask_again(office.work, AskAgain(), providers=WAYS)
    assert office.state(order) is OrderState.PAID


def test_a_callback_that_is_late_comes_and_money_goes_back_once(office: Office) -> None:
    order, payment = office.begun(1)
    with office.work.transaction() as (db, bus):
        late = api.Manner.LATE
        api.use_till(db, bus, WAYS, payment.reference, Outcome.PAID, late, now=NOW)
    assert office.jobs("ticketing.call_back") == 1
    office.now = NOW + timedelta(minutes=16)
    tasks.call_back(office.work, CallBack(payment.reference), providers=WAYS)
    assert office.state(order) is OrderState.PAID
    with office.work.transaction() as (db, bus):
        api.cancel_order(db, bus, office.house.ann, order.id, now=office.now)
        (due,) = api.refunds(db, office.house.ann, order.id)
    forget_jobs(office)
    office.now = minutes(30)
    tasks.ask_again(office.work, AskAgain(), providers=WAYS)
    assert office.jobs("ticketing.give_back") == 1
    for _ in range(2):
        tasks.give_back(office.work, GiveBack(due.id), providers=WAYS)

    with office.work.transaction() as (db, _):
        (done,) = api.refunds(db, office.house.ann, order.id)
        assert (done.state, TILL.given_back(db, payment.reference)) == (RefundState.DONE, PRICE)
