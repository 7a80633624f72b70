"""Payments that nobody waits for: withdrawn, and what comes by them nevertheless goes back."""

from tests.ticketing.houses import NOW, PRICE, TILL, House, minutes

from shulian.booking import api as ledger
from shulian.ticketing import api
from shulian.ticketing.api.desks import desk
from shulian.ticketing.types import OrderState, Outcome, PaymentState

LATE = minutes(16)
PAID, FAILED = Outcome.PAID, Outcome.FAILED


def test_a_payment_is_withdrawn_when_its_order_is_paid_otherwise(house: House) -> None:
    order = house.place(house.seats(1))
    transfer, test = house.pay(order, api.Transfer()), house.pay(order)
    house.told(test, now=minutes(1))

    assert set(house.payments(order)) == {("transfer", "withdrawn"), ("test", "paid")}
    assert desk(house.db, house.organizer, house.occasion.id).transfers == ()
    ((code, listed),) = desk(house.db, house.organizer, house.occasion.id).withdrawn
    assert (code, listed.id, listed.settled) == (order.code, transfer.id, minutes(1))
    late = api.confirm_transfer(house.db, house.bus, house.organizer, transfer.id, now=minutes(2))
    assert late.state is PaymentState.REFUNDED
    assert house.refunds(order) == [(PRICE, "twice", "due")]
    assert desk(house.db, house.organizer, house.occasion.id).withdrawn == ()


def test_payments_are_withdrawn_when_their_order_is_cancelled(house: House) -> None:
    order = house.place(house.seats(1))
    transfer, test = house.pay(order, api.Transfer()), house.pay(order)
    api.cancel_order(house.db, house.bus, house.ann, order.id, now=NOW)

    assert set(house.payments(order)) == {("transfer", "withdrawn"), ("test", "withdrawn")}
    for _ in range(2):
        api.confirm_transfer(house.db, house.bus, house.organizer, transfer.id, now=NOW)
        house.told(test)
    assert house.refunds(order) == [(PRICE, "cancelled", "due")] * 2


def test_a_payment_of_an_order_whose_time_is_over_waits_on(house: House) -> None:
    order = house.place(house.seats(1))
    house.pay(order)
    ledger.expire(house.db, house.bus, now=LATE)

    assert house.order(order.id).state is OrderState.EXPIRED
    assert house.payments(order) == [("test", "pending")]


def test_a_withdrawn_payment_is_asked_about_so_that_no_money_is_lost(house: House) -> None:
    paid, not_paid = house.place(house.seats(1)), house.place(house.seats(2))
    for one in (paid, not_paid):
        house.pay(one)
        api.cancel_order(house.db, house.bus, house.ann, one.id, now=NOW)
    (first,), (second,) = (api.payments(house.db, house.ann, one.id) for one in (paid, not_paid))
    TILL.decide(house.db, first.reference, PAID)
    TILL.decide(house.db, second.reference, FAILED)
    assert {one.id for one in api.overdue(house.db, ["test"], now=LATE)} == {first.id, second.id}
    for one in (first, second):
        api.ask_again(house.db, house.bus, TILL, one.id, now=LATE)

    assert house.payments(paid) == [("test", "refunded")]
    assert house.refunds(paid) == [(PRICE, "cancelled", "due")]
    assert house.payments(not_paid) == [("test", "failed")]
    assert not api.waits(house.db, ["test"], now=LATE)


def test_a_withdrawn_payment_of_which_nothing_is_heard_is_given_up(house: House) -> None:
    order = house.place(house.seats(1))
    payment = house.pay(order)
    api.cancel_order(house.db, house.bus, house.ann, order.id, now=NOW)
    api.ask_again(house.db, house.bus, TILL, payment.id, now=NOW + api.GIVE_UP)

    assert house.payments(order) == [("test", "failed")]
