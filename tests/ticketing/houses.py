"""What tests of ticketing are built from: a hall with seats, its organizer, its public."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from tests.identity.accounts import actor, join, organization, person
from tests.park.plans import small_park, space

from shulian.app.reactions import reactions
from shulian.booking.types import Span
from shulian.identity.types import Actor, Organization, OrganizationKind, Person, Role
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.text import Text
from shulian.park.types import ParkPlan, SpaceId, SpaceKind
from shulian.ticketing import api
from shulian.ticketing.errors import PaymentUnknown
from shulian.ticketing.types import (
    Fen,
    Notice,
    Occasion,
    Order,
    OrderId,
    Outcome,
    Payee,
    Payment,
    Ticket,
    TicketType,
    Wanted,
)

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
STARTS = NOW + timedelta(days=10)
SPAN = Span(STARTS, STARTS + timedelta(hours=2))
SALE = Span(NOW - timedelta(days=1), STARTS)
HALL = SpaceId("yq-hall")
SEATS = tuple(SpaceId(f"yq-seat-{number}") for number in range(1, 7))
PRICE = Fen(28_000)
TITLE = Text("示例演出", "Sample show")
PAYEE = Payee("Sample Stage", "Sample Bank, east branch", "6222000012345678")
TILL = api.TestTill("k" * 32)
WAYS = api.Providers((api.Free(), api.Transfer(), TILL))


def minutes(count: float) -> datetime:
    """So many minutes from NOW."""
    return NOW + timedelta(minutes=count)


def theatre() -> ParkPlan:
    """The small park, whose hall has six seats."""
    plan = small_park()
    more = [
        space(f"seat-{one}", "hall", SpaceKind.SEAT, name=Text(f"{one}座", f"Seat {one}"))
        for one in (4, 5, 6)
    ]
    return replace(plan, spaces=(*plan.spaces, *more))


def live_bus(db: Db) -> Bus:
    """A bus that everyone listens to."""
    return Bus(db, reactions())


@dataclass
class House:
    """An occasion on sale: six seats at a price, and ten free tickets for the evening online."""

    db: Db
    bus: Bus
    operator: Organization
    organizer: Actor
    ann: Actor
    ben: Actor
    ben_person: Person
    occasion: Occasion
    seated: TicketType
    online: TicketType

    def place(
        self,
        *wanted: Wanted,
        who: Actor | None = None,
        key: str | None = None,
        now: datetime = NOW,
    ) -> Order:
        """Ann orders, or somebody else."""
        return api.place(
            self.db, self.bus, who or self.ann, self.occasion.id, wanted, key=key, now=now
        )

    def seats(self, *numbers: int) -> Wanted:
        """Those seats, the first is 1."""
        return Wanted(self.seated.id, len(numbers), tuple(SEATS[number - 1] for number in numbers))

    def free(self, count: int = 1) -> Wanted:
        """Free tickets."""
        return Wanted(self.online.id, count)

    def pay(
        self,
        order: Order,
        provider: api.Provider = TILL,
        *,
        who: Actor | None = None,
        now: datetime = NOW,
    ) -> Payment:
        """The buyer begins to pay."""
        return api.pay(self.db, self.bus, who or self.ann, order.id, provider, now=now)

    def told(
        self, payment: Payment, outcome: Outcome = Outcome.PAID, *, now: datetime = NOW
    ) -> Payment:
        """The test provider says what became of a payment, by its books or not."""
        with suppress(PaymentUnknown):
            TILL.decide(self.db, payment.reference, outcome)
        notice = Notice(payment.reference, payment.amount, outcome)
        return api.hear(self.db, self.bus, TILL, notice, now=now)

    def bought(self, *wanted: Wanted, who: Actor | None = None, now: datetime = NOW) -> Order:
        """An order that is paid."""
        order = self.place(*wanted, who=who, now=now)
        if order.total:
            self.told(self.pay(order, who=who, now=now), now=now)
        else:
            self.pay(order, api.Free(), who=who, now=now)
        return self.order(order.id)

    def handed(
        self, ticket: Ticket, to: str, *, name: str = "", who: Actor | None = None
    ) -> Ticket:
        """Ann hands a ticket on to Ben, or somebody else does to whom it is for, who takes it."""
        email = f"{to}@park.example"
        api.hand_on(self.db, who or self.ann, ticket.id, email=email, name=name, now=NOW)
        taker = self.ben if to == "ben" else self.ann
        return api.take_gift(self.db, self.bus, taker, ticket.id, now=NOW)

    def undone(self, *, now: datetime = NOW) -> None:
        """The job that undoes what is called off has run."""
        for one in api.to_undo(self.db):
            api.undo_order(self.db, self.bus, one, now=now)

    def order(self, wanted: OrderId) -> Order:
        """An order as it is now."""
        return api.order(self.db, self.organizer, wanted)

    def states(self, now: datetime = NOW) -> list[str]:
        """What each seat is, from the first on."""
        return [one.state.value for one in api.seats(self.db, self.occasion.id, now=now)]

    def left(self, now: datetime = NOW) -> tuple[int, int]:
        """What is left of the seats, and of the free tickets."""
        found = api.left(self.db, self.occasion.id, now=now)
        return found[self.seated.id], found[self.online.id]

    def refunds(self, order: Order) -> list[tuple[int, str, str]]:
        """Amount, reason and state of what goes back of an order."""
        found = api.refunds(self.db, self.organizer, order.id)
        return [(one.amount, one.reason, one.state.value) for one in found]

    def payments(self, order: Order) -> list[tuple[str, str]]:
        """Provider and state of the payments for an order."""
        found = api.payments(self.db, self.organizer, order.id)
        return [(one.provider, one.state.value) for one in found]


def open_house(db: Db) -> House:
    """A house in the park that `db` holds."""
    bus = live_bus(db)
    operator = organization(db, "Park", OrganizationKind.OPERATOR)
    boss, ann, ben = (person(db, f"{name}@park.example") for name in ("org", "ann", "ben"))
    join(db, boss, operator, Role.ORGANIZER)
    organizer = actor(db, boss)
    occasion = draft(db, bus, organizer, operator)
    seated = add_type(db, bus, organizer, occasion, seated=True, online=True)
    free = add_type(
        db,
        bus,
        organizer,
        occasion,
        name=Text("线上", "Online"),
        price=Fen(0),
        capacity=10,
        on_site=False,
    )
    api.put_seats(db, bus, organizer, seated.id, SEATS, now=NOW)
    occasion = api.open_occasion(db, bus, organizer, occasion.id, now=NOW)
    api.put_payee(db, organizer, operator.id, PAYEE, now=NOW)
    return House(
        db, bus, operator, organizer, actor(db, ann), actor(db, ben), ben, occasion, seated, free
    )


def draft(
    db: Db, bus: Bus, organizer: Actor, operator: Organization, **changes: object
) -> Occasion:
    """An occasion in the hall that is not opened yet."""
    plain = {
        "organizer": operator.id,
        "title": TITLE,
        "about": Text(),
        "space": HALL,
        "span": SPAN,
        "now": NOW,
    }
    return api.add_occasion(db, bus, organizer, **{**plain, **changes})  # pyright: ignore[reportArgumentType]


def add_type(
    db: Db, bus: Bus, organizer: Actor, occasion: Occasion, **changes: object
) -> TicketType:
    """Something that is sold for it."""
    plain = {"name": Text("座位", "Seat"), "price": PRICE, "sale": SALE, "now": NOW}
    return api.add_type(db, bus, organizer, occasion.id, **{**plain, **changes})  # pyright: ignore[reportArgumentType]


def states(found: Sequence[Order]) -> list[str]:
    """Where orders stand."""
    return [one.state.value for one in found]
