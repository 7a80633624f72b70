"""Random histories of a sale beside a model that counts every seat, every ticket and every fen."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.ticketing.houses import NOW, PRICE, SEATS, TILL, WAYS, House

from shulian.booking import api as ledger
from shulian.booking.types import BookingState
from shulian.kit.errors import Failure
from shulian.park.types import SpaceId
from shulian.ticketing import api
from shulian.ticketing.api.holding import claims_of
from shulian.ticketing.errors import SeatsTaken, SoldOut
from shulian.ticketing.types import (
    Notice,
    OrderId,
    OrderState,
    Outcome,
    Payment,
    PaymentId,
    PaymentState,
    SeatState,
    TicketId,
    TicketState,
    Wanted,
)

QUOTA = 10
HOLD = timedelta(minutes=15)
TRANSFER = timedelta(days=3)
LAST = NOW + timedelta(days=6)
"""From then on the beginning is too near for a transfer."""


@dataclass
class Line:
    """An order as the model has it."""

    seats: dict[TicketId, SpaceId | None]
    """Of its tickets that are in force, or were when its time was over."""
    total: int
    until: datetime | None
    state: str = "held"


@dataclass
class Model:
    """Who has what, and what came of the money."""

    orders: dict[OrderId, Line] = field(default_factory=dict[OrderId, Line])
    received: dict[PaymentId, int] = field(default_factory=dict[PaymentId, int])
    """What came in, by payment."""
    back: dict[PaymentId, int] = field(default_factory=dict[PaymentId, int])
    """What is to go back of it."""

    def expire(self, now: datetime) -> None:
        """Time ends what is held too long."""
        for one in self.orders.values():
            if one.state == "held" and one.until is not None and one.until <= now:
                one.state = "expired"

    def in_force(self) -> list[Line]:
        """What holds seats and units."""
        return [one for one in self.orders.values() if one.state in {"held", "paid"}]

    def taken(self) -> set[SpaceId]:
        """Seats that are not free."""
        return {seat for one in self.in_force() for seat in one.seats.values() if seat is not None}

    def units(self) -> int:
        """Tickets of the quota that are not free."""
        return sum(1 for one in self.in_force() for seat in one.seats.values() if seat is None)

    def fits(self, seats: set[SpaceId], units: int) -> bool:
        """Whether so much is free."""
        return not seats & self.taken() and self.units() + units <= QUOTA


class Story:
    """A sale and its model, to which the same happens."""

    def __init__(self, house: House) -> None:
        self.house, self.now, self.model = house, NOW, Model()
        self.orders: list[OrderId] = []
        self.payments: list[Payment] = []

    def place(self, seats: frozenset[int], units: int) -> None:
        """Somebody orders; whether they get it is what the model says."""
        self.model.expire(self.now)
        wanted = {SEATS[one] for one in seats}
        asked = [Wanted(self.house.seated.id, 1, tuple(sorted(wanted)))] if wanted else []
        asked += [Wanted(self.house.online.id, units)] if units else []
        if not asked:
            return
        fits = self.model.fits(wanted, units)
        try:
            order = self.house.place(*asked, now=self.now)
        except (SoldOut, SeatsTaken):
            assert not fits
            return
        assert fits
        self.orders.append(order.id)
        tickets = {one.id: one.seat for one in order.tickets}
        self.model.orders[order.id] = Line(tickets, PRICE * len(wanted), self.now + HOLD)

    def pay(self, number: int, transfer: bool) -> None:  # noqa: FBT001  # as hypothesis builds it
        """The buyer begins to pay, or goes on."""
        self.model.expire(self.now)
        if not (wanted := self.pick(number)):
            return
        line = self.model.orders[wanted]
        provider = api.Free() if not line.total else api.Transfer() if transfer else TILL
        try:
            payment = self.house.pay(self.house.order(wanted), provider, now=self.now)
        except Failure:
            assert line.state != "held"
            return
        if payment not in self.payments:
            self.payments.append(payment)
        if line.state == "held" and not line.total:
            line.state, line.until = "paid", None
        elif line.state == "held" and transfer and line.until is not None:
            line.until = max(line.until, payment.created + TRANSFER)

    def hear(self, number: int, paid: bool) -> None:  # noqa: FBT001
        """Money comes, or does not: once, again, late, after it was said that it does not."""
        self.model.expire(self.now)
        if not self.payments:
            return
        payment = self.payments[number % len(self.payments)]
        if payment.provider == "transfer":
            if not paid:
                return
            api.confirm_transfer(
                self.house.db, self.house.bus, self.house.organizer, payment.id, now=self.now
            )
        elif payment.provider == "test":
            outcome = Outcome.PAID if paid else Outcome.FAILED
            said = TILL.decide(self.house.db, payment.reference, outcome)
            paid = paid and said.outcome is Outcome.PAID
            notice = Notice(payment.reference, payment.amount, outcome)
            api.hear(self.house.db, self.house.bus, TILL, notice, now=self.now)
        if paid and payment.amount and payment.id not in self.model.received:
            self.receive(payment)

    def receive(self, payment: Payment) -> None:
        """What money that comes in does, says the model."""
        line = self.model.orders[payment.order]
        self.model.received[payment.id] = payment.amount
        seats = {seat for seat in line.seats.values() if seat is not None}
        units = sum(1 for seat in line.seats.values() if seat is None)
        again = line.state == "expired" and self.model.fits(seats, units)
        if line.state == "held" or again:
            line.state, line.until = "paid", None
        else:
            self.model.back[payment.id] = payment.amount

    def cancel(self, number: int) -> None:
        """An order is given back."""
        self.model.expire(self.now)
        if not (wanted := self.pick(number)):
            return
        line = self.model.orders[wanted]
        api.cancel_order(self.house.db, self.house.bus, self.house.ann, wanted, now=self.now)
        if line.state == "held":
            line.state = "cancelled"
        elif line.state == "paid":
            for seat in line.seats.values():
                self.owe(wanted, PRICE if seat else 0)
            line.state = "cancelled"

    def cancel_ticket(self, number: int, which: int) -> None:
        """A ticket is given back."""
        self.model.expire(self.now)
        if not (wanted := self.pick(number)):
            return
        line = self.model.orders[wanted]
        if line.state != "paid":
            return
        ticket = sorted(line.seats)[which % len(line.seats)]
        api.cancel_ticket(self.house.db, self.house.bus, self.house.ann, ticket, now=self.now)
        self.owe(wanted, PRICE if line.seats.pop(ticket) else 0)
        if not line.seats:
            line.state = "cancelled"

    def owe(self, order: OrderId, amount: int) -> None:
        """Out of the payment that counts: the one of which not all is due back already."""
        if not amount:
            return
        for one in self.payments:
            left = self.model.received.get(one.id, 0) - self.model.back.get(one.id, 0)
            if one.order == order and left:
                self.model.back[one.id] = self.model.back.get(one.id, 0) + amount

    def wait(self, minutes: int, sweep: bool) -> None:  # noqa: FBT001
        """Time passes, and somebody sweeps or does not."""
        self.now = min(self.now + timedelta(minutes=minutes), LAST)
        if sweep:
            ledger.expire(self.house.db, self.house.bus, now=self.now)

    def compare(self) -> None:
        """Orders, tickets, seats, the ledger and the money are what the model says."""
        self.model.expire(self.now)
        ledger.expire(self.house.db, self.house.bus, now=self.now)
        for wanted, line in self.model.orders.items():
            self.compare_order(wanted, line)
        taken, shown = (
            self.model.taken(),
            api.seats(self.house.db, self.house.occasion.id, now=self.now),
        )
        assert {one.space for one in shown if one.state is not SeatState.FREE} == taken
        free, left = self.house.left(self.now)
        assert (free, left) == (len(SEATS) - len(taken), QUOTA - self.model.units())
        self.compare_money()

    def compare_order(self, wanted: OrderId, line: Line) -> None:
        """One order, and what it holds in the ledger."""
        order = self.house.order(wanted)
        assert (order.state.value, order.expires) == (
            line.state,
            line.until if line.state == "held" else None,
        )
        kept = {one.id: one.seat for one in order.tickets if one.state is not TicketState.CANCELLED}
        assert kept == (line.seats if line.state in {"held", "paid"} else {})
        booking = ledger.held(self.house.db, order.booking)
        if order.state in (OrderState.HELD, OrderState.PAID):
            held = sorted(booking.claims, key=lambda one: one.resource)
            due = claims_of(self.house.db, self.house.occasion, order.tickets)
            assert held == sorted(due, key=lambda one: one.resource)
            confirmed = order.state is OrderState.PAID
            assert (booking.state is BookingState.CONFIRMED) == confirmed
        else:
            assert booking.state is BookingState.RELEASED

    def compare_money(self) -> None:
        """What came in is what valid tickets cost, and what goes back."""
        due: dict[PaymentId, int] = {}
        came: dict[PaymentId, int] = {}
        for wanted in self.orders:
            for one in api.refunds(self.house.db, self.house.organizer, wanted):
                due[one.payment] = due.get(one.payment, 0) + one.amount
            for one in api.payments(self.house.db, self.house.organizer, wanted):
                if one.amount and one.state in (PaymentState.PAID, PaymentState.REFUNDED):
                    came[one.id] = one.amount
                ended = self.model.orders[wanted].state in {"paid", "cancelled"}
                assert not (ended and one.state is PaymentState.PENDING)
                assert ended or one.state is not PaymentState.WITHDRAWN
        assert (came, due) == (self.model.received, self.model.back)
        figures = api.figures(
            self.house.db, self.house.organizer, self.house.occasion.id, now=self.now
        )
        assert figures.all.revenue == sum(came.values()) - sum(due.values())

    def settle(self) -> None:
        """Providers give back what is due, once."""
        for wanted in self.orders:
            for one in api.refunds(self.house.db, self.house.organizer, wanted):
                for _ in range(2):
                    api.give_back(self.house.db, WAYS, one.id, now=self.now)
        for one in self.payments:
            back = self.model.back.get(one.id, 0)
            if one.provider == "test":
                assert TILL.given_back(self.house.db, one.reference) == back

    def pick(self, number: int) -> OrderId | None:
        """One of the orders that were placed."""
        return self.orders[number % len(self.orders)] if self.orders else None


Happening = Callable[[Story], None]


def _place(seats: frozenset[int], units: int) -> Happening:
    return lambda story: story.place(seats, units)


def _pay(one: int, transfer: bool) -> Happening:  # noqa: FBT001
    return lambda story: story.pay(one, transfer)


def _hear(one: int, paid: bool) -> Happening:  # noqa: FBT001
    return lambda story: story.hear(one, paid)


def _cancel(one: int) -> Happening:
    return lambda story: story.cancel(one)


def _cancel_ticket(one: int, which: int) -> Happening:
    return lambda story: story.cancel_ticket(one, which)


def _wait(minutes: int, sweep: bool) -> Happening:  # noqa: FBT001
    return lambda story: story.wait(minutes, sweep)


number = st.integers(0, 9)
happening = st.one_of(
    st.builds(_place, st.frozensets(st.integers(0, 5), max_size=3), st.integers(0, 4)),
    st.builds(_pay, number, st.booleans()),
    st.builds(_hear, number, st.booleans()),
    st.builds(_hear, number, st.just(value=True)),
    st.builds(_cancel, number),
    st.builds(_cancel_ticket, number, number),
    st.builds(_wait, st.sampled_from([1, 5, 15, 60, 4400]), st.booleans()),
)


TWO_WAYS: list[Happening] = [
    _place(frozenset({0}), 0),
    _pay(0, transfer=True),
    _pay(0, transfer=False),
    _hear(1, paid=True),
    _hear(0, paid=True),
    _cancel(0),
]
"""Somebody begins a transfer, pays otherwise, and the transfer arrives nevertheless."""
CANCELLED: list[Happening] = [
    _place(frozenset({0}), 0),
    _pay(0, transfer=True),
    _pay(0, transfer=False),
    _cancel(0),
    _hear(1, paid=True),
    _hear(0, paid=True),
]
"""Money arrives both ways for an order that was given back."""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(story=TWO_WAYS)
@example(story=CANCELLED)
@given(story=st.lists(happening, min_size=1, max_size=25))
def test_seats_tickets_ledger_and_money_are_what_a_count_of_all_says(
    house: House, story: list[Happening]
) -> None:
    with house.db.begin_nested() as attempt:
        told = Story(house)
        for one in story:
            one(told)
            told.compare()
        told.settle()
        told.compare()
        attempt.rollback()
