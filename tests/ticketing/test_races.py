"""Many who buy, pay and call off at the same time: one answer, nothing twice, nobody in a ring."""

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from threading import Barrier

import pytest
import sqlalchemy as sa
from tests.park.plans import imported
from tests.ticketing.houses import (
    NOW,
    PRICE,
    TILL,
    House,
    live_bus,
    minutes,
    open_house,
    theatre,
)

from shulian.booking import api as ledger
from shulian.kit.db import Database, Db
from shulian.kit.errors import Failure
from shulian.ticketing import api, tables
from shulian.ticketing.types import Notice, Order, OrderState, Outcome, Payment, Wanted

RACERS = 8

Act = Callable[[House], object]


@pytest.fixture
def city(own_database_url: str) -> Generator[tuple[Database, House]]:
    """A sale that all processes see."""
    with closing(Database(own_database_url, pool=RACERS + 2)) as database:
        with database.transaction() as db:
            imported(db, theatre())
            house = open_house(db)
        yield database, house


def run(database: Database, house: House, acts: Sequence[Act]) -> list[str]:
    """All at once, each in a transaction of its own; what each came to, or how it failed."""
    start = Barrier(len(acts))

    def one(act: Act) -> str:
        start.wait()
        try:
            with database.transaction() as db:
                act(at(house, db))
        except Failure as failure:
            return failure.code
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(one, acts))


def all_at_once(act: Act) -> list[Act]:
    """Everybody does the same."""
    return [act] * RACERS


def at(house: House, db: Db) -> House:
    """The same house, by another connection."""
    return replace(house, db=db, bus=live_bus(db))


def begun(database: Database, house: House, wanted: Wanted) -> tuple[Order, Payment]:
    """An order, and a payment that is begun."""
    with database.transaction() as db:
        here = at(house, db)
        order = here.place(wanted)
        return order, here.pay(order)


def heard(payment: Payment, *, late: bool = False) -> Act:
    """The provider says that a payment was made."""
    notice = Notice(payment.reference, payment.amount, Outcome.PAID)
    now = minutes(16) if late else NOW
    return lambda here: api.hear(here.db, here.bus, TILL, notice, now=now)


def test_everybody_wants_the_same_seats(city: tuple[Database, House]) -> None:
    database, house = city
    found = run(database, house, all_at_once(lambda here: here.place(here.seats(1, 2))))

    assert found == ["done", *["ticketing.seats_taken"] * (RACERS - 1)]


def test_seats_that_are_chosen_for_them_are_sold_to_the_last(city: tuple[Database, House]) -> None:
    database, house = city
    wanted = Wanted(house.seated.id, 1)
    found = run(database, house, all_at_once(lambda here: here.place(wanted)))

    assert (found.count("done"), set(found)) == (6, {"done", "ticketing.sold_out"})


def test_the_same_key_at_a_time_is_one_order(city: tuple[Database, House]) -> None:
    database, house = city
    wanted = Wanted(house.seated.id, 2)
    found = run(database, house, all_at_once(lambda here: here.place(wanted, key="a")))
    with database.transaction() as db:
        orders = api.own_orders(db, house.ann)

    assert (found, len(orders)) == (["done"] * RACERS, 1)


def test_two_tabs_and_many_callbacks_pay_once(city: tuple[Database, House]) -> None:
    database, house = city
    order, payment = begun(database, house, house.seats(1))
    pay: Act = lambda here: here.pay(order)  # noqa: E731
    run(database, house, [pay, heard(payment)] * (RACERS // 2))
    with database.transaction() as db:
        here = at(house, db)
        assert here.order(order.id).state is OrderState.PAID
        assert here.payments(order) == [("test", "paid")]
        assert here.refunds(order) == []


def test_two_payments_for_one_order_leave_one_refund(city: tuple[Database, House]) -> None:
    database, house = city
    order, payment = begun(database, house, house.seats(1))
    with database.transaction() as db:
        transfer = at(house, db).pay(order, api.Transfer())
    confirm: Act = lambda here: api.confirm_transfer(  # noqa: E731
        here.db, here.bus, house.organizer, transfer.id, now=NOW
    )
    assert run(database, house, [heard(payment), confirm] * 3) == ["done"] * 6
    with database.transaction() as db:
        assert at(house, db).refunds(order) == [(PRICE, "twice", "due")]


def test_expiry_late_money_and_others_who_want_it_agree(city: tuple[Database, House]) -> None:
    database, house = city
    order, payment = begun(database, house, house.seats(1, 2))
    sweep: Act = lambda here: ledger.expire(  # noqa: E731
        here.db, here.bus, now=minutes(16)
    )
    buy: Act = lambda here: here.place(  # noqa: E731
        here.seats(2, 3), who=house.ben, now=minutes(16)
    )
    found = run(database, house, [heard(payment, late=True), sweep, buy, buy] * 2)
    with database.transaction() as db:
        here = at(house, db)
        paid = here.order(order.id).state is OrderState.PAID
        assert here.refunds(order) == ([] if paid else [(2 * PRICE, "late", "due")])
        assert here.states(minutes(16)).count("free") in {3, 4}
        taken = sum(one == "done" for one in found) - 4
        assert taken == (0 if paid else 1)


def test_calling_off_while_people_order_and_pay_leaves_nothing_behind(
    city: tuple[Database, House],
) -> None:
    database, house = city
    paid = [begun(database, house, house.seats(number)) for number in (1, 2)]
    off: Act = lambda here: api.cancel_occasion(  # noqa: E731
        here.db, here.bus, house.organizer, house.occasion.id, now=NOW
    )
    buy: Act = lambda here: here.place(here.free(2))  # noqa: E731
    undo: Act = lambda here: here.undone()  # noqa: E731
    run(database, house, [*(heard(payment) for _, payment in paid), off, undo, undo, buy, buy])
    with database.transaction() as db:
        here = at(house, db)
        here.undone()
        assert here.states() == ["closed"] * 6
        assert here.left() == (0, 10)
        for order, payment in paid:
            heard(payment)(here)
            assert here.refunds(order) == [(PRICE, "occasion", "due")]
        assert {one.state.value for one in api.own_orders(db, house.ann)} <= {"cancelled"}


def test_giving_tickets_back_at_a_time_gives_each_back_once(city: tuple[Database, House]) -> None:
    database, house = city
    order, payment = begun(database, house, house.seats(1, 2))
    with database.transaction() as db:
        heard(payment)(at(house, db))
    acts: list[Act] = [
        lambda here, one=one: api.cancel_ticket(here.db, here.bus, house.ann, one.id, now=NOW)
        for one in order.tickets
        for _ in range(2)
    ]
    acts.append(lambda here: api.cancel_order(here.db, here.bus, house.ann, order.id, now=NOW))
    run(database, house, acts)
    with database.transaction() as db:
        here = at(house, db)
        assert here.refunds(order) == [(PRICE, "cancelled", "due")] * 2
        assert here.order(order.id).state is OrderState.CANCELLED
        assert here.states() == ["free"] * 6


def test_a_process_that_dies_before_it_commits_leaves_nothing(city: tuple[Database, House]) -> None:
    database, house = city
    order, payment = begun(database, house, house.seats(1))
    with suppress(KeyboardInterrupt), database.transaction() as db:
        heard(payment)(at(house, db))
        raise KeyboardInterrupt
    with database.transaction() as db:
        here = at(house, db)
        assert here.order(order.id).state is OrderState.HELD
        (waits,) = api.overdue(db, ["test"], now=minutes(6))
        TILL.decide(db, payment.reference, Outcome.PAID)
        api.ask_again(db, here.bus, TILL, waits.id, now=minutes(6))
        assert here.order(order.id).state is OrderState.PAID
        count = sa.select(sa.func.count()).select_from(tables.ticket)
        assert db.execute(count).scalar_one() == 1
