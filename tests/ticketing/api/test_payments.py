"""Payments: money that comes pays for its order or is due back, however it comes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.identity.accounts import NOWHERE, entries
from tests.park.plans import queued
from tests.ticketing.houses import NOW, PRICE, SPAN, TILL, WAYS, House, add_type, minutes

from shulian.booking import api as ledger
from shulian.booking.types import BookingState, Span
from shulian.identity.types import GUEST
from shulian.kit.errors import LoginNeeded, Refused
from shulian.ticketing import api
from shulian.ticketing.errors import (
    NoticeForged,
    NoticeWrong,
    OrderOver,
    OrderUnknown,
    PaymentUnknown,
    PriceDue,
    PriceZero,
    ProviderUnknown,
    RefundUnknown,
    TransferLate,
)
from shulian.ticketing.rules.signing import signature
from shulian.ticketing.types import (
    Fen,
    Notice,
    OrderState,
    Outcome,
    PaymentId,
    PaymentState,
    RefundId,
    RefundState,
    TicketState,
    Wanted,
)

LATE = minutes(16)
PAID, FAILED = Outcome.PAID, Outcome.FAILED


def test_what_is_paid_is_valid_and_held_for_good(house: House) -> None:
    order = house.place(house.seats(1, 2))
    payment = house.pay(order)
    assert (payment.state, payment.amount) == (PaymentState.PENDING, 2 * PRICE)

    settled = house.told(payment, now=minutes(3))
    paid = house.order(order.id)

    assert settled == replace(payment, state=PaymentState.PAID, settled=minutes(3))
    assert (paid.state, paid.expires) == (OrderState.PAID, None)
    assert {one.state for one in paid.tickets} == {TicketState.VALID}
    assert ledger.held(house.db, paid.booking).state is BookingState.CONFIRMED
    assert house.states() == ["sold", "sold", "free", "free", "free", "free"]
    assert ledger.expire(house.db, house.bus, now=minutes(60)) == 0


def test_what_costs_nothing_is_paid_at_once(house: House) -> None:
    order = house.place(house.free(2))
    payment = house.pay(order, api.Free())

    assert (payment.state, payment.amount) == (PaymentState.PAID, 0)
    assert house.order(order.id).state is OrderState.PAID
    assert house.pay(order, api.Free()) == payment


def test_free_is_for_what_costs_nothing_and_nothing_else_is(house: House) -> None:
    with pytest.raises(PriceDue):
        house.pay(house.place(house.seats(1)), api.Free())
    with pytest.raises(PriceZero):
        house.pay(house.place(house.free()), TILL)


def test_two_tabs_that_pay_for_one_order_share_one_payment(house: House) -> None:
    order = house.place(house.seats(1))

    assert house.pay(order) == house.pay(order, now=minutes(2))
    assert len(house.payments(order)) == 1


def test_the_same_callback_twice_changes_nothing(house: House) -> None:
    order = house.place(house.seats(1))
    payment = house.pay(order)
    first = house.told(payment, now=minutes(1))
    before = (house.order(order.id), len(entries(house.db)))

    assert house.told(payment, now=minutes(9)) == first
    assert (house.order(order.id), len(entries(house.db))) == before
    assert house.refunds(order) == []


def test_who_pays_twice_by_two_ways_gets_the_second_back(house: House) -> None:
    order = house.place(house.seats(1))
    card, transfer = house.pay(order), house.pay(order, api.Transfer())
    house.told(card)
    second = api.confirm_transfer(house.db, house.bus, house.organizer, transfer.id, now=minutes(5))

    assert second.state is PaymentState.REFUNDED
    assert set(house.payments(order)) == {("test", "paid"), ("transfer", "refunded")}
    assert house.refunds(order) == [(PRICE, "twice", "due")]
    assert house.order(order.id).state is OrderState.PAID


def test_a_payment_that_failed_can_be_made_anew_and_both_may_arrive(house: House) -> None:
    order = house.place(house.seats(1))
    first = house.pay(order)
    assert house.told(first, FAILED).state is PaymentState.FAILED
    second = house.pay(order)
    house.told(second)

    assert second.reference != first.reference
    assert house.told(first).state is PaymentState.REFUNDED
    assert house.refunds(order) == [(PRICE, "twice", "due")]


def test_paid_after_failed_counts_and_failed_after_paid_does_not(house: House) -> None:
    order = house.place(house.seats(1))
    payment = house.pay(order)
    house.told(payment, FAILED)
    assert house.told(payment, PAID, now=minutes(1)).state is PaymentState.PAID
    assert house.told(payment, FAILED, now=minutes(2)).state is PaymentState.PAID
    assert house.order(order.id).state is OrderState.PAID


@pytest.mark.parametrize("swept", [True, False])
def test_late_money_takes_the_same_seats_again_if_they_are_free(house: House, swept: bool) -> None:  # noqa: FBT001
    order = house.place(house.seats(1, 2), house.free())
    payment = house.pay(order)
    if swept:
        ledger.expire(house.db, house.bus, now=LATE)
    assert house.told(payment, now=LATE).state is PaymentState.PAID

    paid = house.order(order.id)
    assert (paid.state, [one.id for one in paid.tickets]) == (
        OrderState.PAID,
        [one.id for one in order.tickets],
    )
    assert house.states(LATE) == ["sold", "sold", "free", "free", "free", "free"]
    assert house.left(LATE) == (4, 9)


def test_late_money_for_seats_that_somebody_else_has_is_due_back(house: House) -> None:
    order = house.place(house.seats(1, 2))
    payment = house.pay(order)
    other = house.place(house.seats(2), who=house.ben, now=LATE)
    late = house.told(payment, now=LATE)

    assert late.state is PaymentState.REFUNDED
    assert house.refunds(order) == [(2 * PRICE, "late", "due")]
    assert house.order(order.id).state is OrderState.EXPIRED
    assert house.order(other.id).state is OrderState.HELD
    assert house.told(payment, now=LATE) == late
    assert len(house.refunds(order)) == 1


def test_money_for_an_order_that_was_cancelled_is_due_back(house: House) -> None:
    order = house.place(house.seats(1))
    payment = house.pay(order)
    api.cancel_order(house.db, house.bus, house.ann, order.id, now=NOW)
    house.told(payment)

    assert house.refunds(order) == [(PRICE, "cancelled", "due")]
    assert house.states() == ["free"] * 6


def test_money_for_an_occasion_that_is_called_off_or_over_is_due_back(house: House) -> None:
    over, off = house.place(house.seats(1)), house.place(house.seats(2))
    first, second = house.pay(over), house.pay(off)
    assert SPAN.end is not None
    house.told(first, now=SPAN.end)
    api.cancel_occasion(house.db, house.bus, house.organizer, house.occasion.id, now=NOW)
    house.told(second)

    assert house.refunds(over) == [(PRICE, "late", "due")]
    assert house.refunds(off) == [(PRICE, "occasion", "due")]


def test_a_callback_that_does_not_fit_is_refused(house: House) -> None:
    order = house.place(house.seats(1))
    payment = house.pay(order)
    with pytest.raises(PaymentUnknown):
        house.told(replace(payment, reference="X-NOBODY"))
    for amount in (0, -PRICE, PRICE - 1, PRICE + 1):
        with pytest.raises(NoticeWrong):
            house.told(replace(payment, amount=Fen(amount)))

    assert house.order(order.id).state is OrderState.HELD
    assert house.payments(order) == [("test", "pending")]


def test_a_reference_of_another_provider_is_unknown(house: House) -> None:
    transfer = house.pay(house.place(house.seats(1)), api.Transfer())

    with pytest.raises(PaymentUnknown):
        house.told(transfer)


def test_only_the_buyer_pays(house: House) -> None:
    order = house.place(house.seats(1))
    for who, error in (
        (house.ben, OrderUnknown),
        (house.organizer, OrderUnknown),
        (GUEST, LoginNeeded),
    ):
        with pytest.raises(error):
            house.pay(order, who=who)


def test_an_order_that_is_over_cannot_be_paid(house: House) -> None:
    expired, cancelled, paid = (house.place(house.seats(number)) for number in (1, 2, 3))
    house.told(house.pay(paid))
    api.cancel_order(house.db, house.bus, house.ann, cancelled.id, now=NOW)
    for order, now in ((expired, minutes(15)), (cancelled, NOW)):
        with pytest.raises(OrderOver):
            house.pay(order, now=now)
    with pytest.raises(OrderOver):
        house.pay(paid, api.Transfer())


def test_a_transfer_waits_for_days_and_the_organizer_says_that_it_has_come(house: House) -> None:
    order = house.place(house.seats(1))
    payment = house.pay(order, api.Transfer())
    days = NOW + timedelta(days=3)

    assert payment.reference.startswith("T")
    assert house.order(order.id).expires == days
    assert ledger.held(house.db, order.booking).expires == days
    for who, error in ((house.ann, Refused), (GUEST, LoginNeeded)):
        with pytest.raises(error):
            api.confirm_transfer(house.db, house.bus, who, payment.id, now=NOW)
    api.confirm_transfer(house.db, house.bus, house.organizer, payment.id, now=minutes(4000))
    assert house.order(order.id).state is OrderState.PAID


def test_a_transfer_that_comes_too_late_is_due_back_by_hand(house: House) -> None:
    order = house.place(house.seats(1))
    payment = house.pay(order, api.Transfer())
    after = NOW + timedelta(days=3)
    house.place(house.seats(1), who=house.ben, now=after)
    api.confirm_transfer(house.db, house.bus, house.organizer, payment.id, now=after)
    (due,) = api.refunds(house.db, house.ann, order.id)
    assert api.give_back(house.db, WAYS, due.id, now=after) == due

    with pytest.raises(Refused):
        api.settle_refund(house.db, house.ben, due.id, now=after)
    done = api.settle_refund(house.db, house.organizer, due.id, now=after)
    assert done == replace(due, state=RefundState.DONE, done=after)
    assert api.settle_refund(house.db, house.organizer, due.id, now=minutes(9999)) == done


def test_a_transfer_does_not_wait_past_the_sale_or_the_beginning(house: House) -> None:
    soon = Span(NOW, minutes(60))
    short = add_type(house.db, house.bus, house.organizer, house.occasion, capacity=5, sale=soon)
    order = house.place(Wanted(short.id))
    house.pay(order, api.Transfer())
    late = house.place(house.seats(1), now=SPAN.start - timedelta(hours=1))
    house.pay(late, api.Transfer(), now=SPAN.start - timedelta(minutes=55))
    last = house.place(house.seats(2), now=SPAN.start - timedelta(minutes=5))
    house.pay(last, api.Transfer(), now=SPAN.start - timedelta(minutes=4))

    assert house.order(order.id).expires == minutes(60)
    assert house.order(late.id).expires == SPAN.start
    assert house.order(last.id).expires == last.expires
    with pytest.raises(TransferLate):
        house.pay(last, _Slow(), now=SPAN.start + timedelta(minutes=1))


class _Slow(api.Transfer):
    """Another way that takes days."""

    name = "slow"


def test_only_transfers_are_confirmed_by_hand(house: House) -> None:
    payment = house.pay(house.place(house.seats(1)))
    for wanted in (payment.id, PaymentId(NOWHERE)):
        with pytest.raises(PaymentUnknown):
            api.confirm_transfer(house.db, house.bus, house.organizer, wanted, now=NOW)


def test_a_refund_that_is_due_is_done_by_the_provider_once(house: House) -> None:
    order = house.bought(house.seats(1))
    api.cancel_order(house.db, house.bus, house.ann, order.id, now=NOW)
    (due,) = api.refunds(house.db, house.ann, order.id)
    assert ("ticketing.give_back", {"refund": str(due.id)}) in queued(house.db)

    done = api.give_back(house.db, WAYS, due.id, now=minutes(1))
    assert (done.state, done.done) == (RefundState.DONE, minutes(1))
    assert api.give_back(house.db, WAYS, due.id, now=minutes(2)) == done
    with pytest.raises(RefundUnknown):
        api.give_back(house.db, WAYS, RefundId(NOWHERE), now=NOW)


def test_a_provider_that_says_nothing_is_asked(house: House) -> None:
    order = house.place(house.seats(1))
    payment = house.pay(order)
    assert ("ticketing.ask_again", {}) in queued(house.db)
    assert api.overdue(house.db, ["test"], now=minutes(4.9)) == ()
    assert api.overdue(house.db, ["test"], now=minutes(5)) == (payment,)
    assert api.overdue(house.db, ["other"], now=minutes(5)) == ()

    asked = api.ask_again(house.db, house.bus, TILL, payment.id, now=minutes(5))
    assert asked == payment
    TILL.decide(house.db, payment.reference, PAID)
    asked = api.ask_again(house.db, house.bus, TILL, payment.id, now=minutes(6))
    assert asked.state is PaymentState.PAID
    assert house.order(order.id).state is OrderState.PAID
    assert not api.waits(house.db, ["test"], now=minutes(6))


def test_a_provider_that_never_says_anything_is_given_up_and_may_come_back(house: House) -> None:
    order = house.place(house.seats(1))
    payment = house.pay(order)
    ledger.expire(house.db, house.bus, now=LATE)
    end = NOW + api.GIVE_UP

    assert api.ask_again(house.db, house.bus, TILL, payment.id, now=end).state.value == "failed"
    assert house.told(payment, now=end).state is PaymentState.PAID


def test_the_till_signs_what_it_says_and_nobody_else_can(house: House) -> None:
    payment = house.pay(house.place(house.seats(1)))
    notice = TILL.decide(house.db, payment.reference, PAID)
    body, proof = TILL.call(notice, now=NOW)

    assert TILL.read(body, proof) == notice == Notice(payment.reference, PRICE, PAID)
    for wrong in (
        "",
        "t=1,v=",
        proof[:-1],
        proof + "0",
        "t=x,v=y",
        "v=1",
        proof.replace("t=", "t=1"),
        "é=ü",
    ):
        with pytest.raises(NoticeForged):
            TILL.read(body, wrong)
    with pytest.raises(NoticeForged):
        TILL.read(body.replace(b"paid", b"fail"), proof)
    with pytest.raises(NoticeForged):
        api.TestTill("other" * 8).read(body, proof)
    for provider in (api.Free(), api.Transfer()):
        with pytest.raises(NoticeForged):
            provider.read(body, proof)


@pytest.mark.parametrize("body", [b"", b"{}", b"\xff", b'{"reference":1}', b"[" * 100_000])
def test_what_is_signed_and_no_notice_is_refused(body: bytes) -> None:
    with pytest.raises(NoticeWrong):
        TILL.read(body, signature(body, secret="k" * 32, at=NOW))


@pytest.mark.parametrize(
    ("manner", "state", "jobs"),
    [
        (api.Manner.ONCE, "paid", 0),
        (api.Manner.TWICE, "paid", 0),
        (api.Manner.LATE, "held", 1),
        (api.Manner.NEVER, "held", 0),
    ],
)
def test_the_till_tells_it_in_every_manner(
    house: House, manner: api.Manner, state: str, jobs: int
) -> None:
    order = house.place(house.seats(1))
    reference = house.pay(order).reference
    api.use_till(house.db, house.bus, WAYS, reference, PAID, manner, now=NOW)

    assert house.order(order.id).state.value == state
    told = [args for name, args in queued(house.db) if name == "ticketing.call_back"]
    assert told == [{"reference": reference}] * jobs
    api.call_back(house.db, house.bus, WAYS, reference, now=LATE)
    assert house.order(order.id).state is OrderState.PAID


def test_what_is_paid_at_the_till_stays_so_and_what_is_declined_may_be_paid(house: House) -> None:
    order = house.place(house.seats(1))
    reference = house.pay(order).reference
    for outcome in (FAILED, PAID, FAILED):
        api.use_till(house.db, house.bus, WAYS, reference, outcome, api.Manner.ONCE, now=NOW)

    assert house.order(order.id).state is OrderState.PAID
    with pytest.raises(PaymentUnknown):
        api.use_till(house.db, house.bus, WAYS, "X", PAID, api.Manner.ONCE, now=NOW)
    with pytest.raises(ProviderUnknown):
        api.use_till(
            house.db,
            house.bus,
            api.Providers((api.Free(),)),
            reference,
            PAID,
            api.Manner.ONCE,
            now=NOW,
        )


def test_what_is_refused_is_written_down(house: House) -> None:
    api.refuse_notice(house.db, "test", NoticeForged(), b"\xff\0" + b"x" * 9999, now=NOW)

    (entry,) = [one for one in entries(house.db) if one.verb == "ticketing.refuse_notice"]
    assert (entry.who, entry.subject) == (None, ("provider", "test"))
    assert isinstance(entry.after, dict)
    assert entry.after["code"] == "ticketing.notice_forged"
    assert len(str(entry.after["body"])) < 600
