"""What the database keeps of ticketing, whatever the code does."""

from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.exc import IntegrityError
from tests.ticketing.houses import NOW, PRICE, SEATS, STARTS, House, add_type, draft

from shulian.booking.types import Span
from shulian.ticketing import api, tables
from shulian.ticketing.types import Order, Payment


def refused(house: House, statement: sa.Executable) -> str:
    """The constraint by which the database refuses a statement."""
    with pytest.raises(IntegrityError) as refusal, house.db.begin_nested():
        house.db.execute(statement)
    return str(refusal.value.orig.diag.constraint_name)  # pyright: ignore[reportAttributeAccessIssue, reportOptionalMemberAccess, reportUnknownArgumentType]


def paid(house: House) -> tuple[Order, Payment]:
    order = house.bought(house.seats(1, 2))
    (payment,) = api.payments(house.db, house.ann, order.id)
    return order, payment


def back(payment: Payment, start: int, end: int, **changes: object) -> sa.Insert:
    plain: dict[str, object] = {
        "id": uuid4(),
        "payment": payment.id,
        "paid": payment.amount,
        "part": Range(start, end),
        "reason": "cancelled",
        "state": "due",
        "at": NOW,
    }
    return sa.insert(tables.refund).values({**plain, **changes})


def test_no_fen_goes_back_twice_and_none_that_was_not_paid(house: House) -> None:
    _, payment = paid(house)
    house.db.execute(back(payment, 0, PRICE))

    assert refused(house, back(payment, PRICE - 1, PRICE + 1)) == "ex_ticketing_refund_part"
    assert refused(house, back(payment, PRICE, 2 * PRICE + 1)) == "ck_ticketing_refund_part"
    assert refused(house, back(payment, -1, 0)) == "ck_ticketing_refund_part"
    assert refused(house, back(payment, 5, 5)) == "ck_ticketing_refund_part"
    more = back(payment, PRICE, 3 * PRICE, paid=3 * PRICE)
    assert refused(house, more) == "fk_ticketing_refund_payment"
    done = back(payment, PRICE, PRICE + 1, state="done")
    assert refused(house, done) == "ck_ticketing_refund_done"
    house.db.execute(back(payment, PRICE, 2 * PRICE))


def test_one_payment_of_an_order_counts_and_one_of_a_provider_is_pending(house: House) -> None:
    order, payment = paid(house)
    values: dict[str, object] = {
        "id": uuid4(),
        "order": order.id,
        "provider": "test",
        "amount": 5,
        "state": "paid",
        "reference": "other",
        "created": NOW,
        "settled": NOW,
    }
    new = sa.insert(tables.payment)

    assert refused(house, new.values(values)) == "uq_ticketing_payment_counts"
    same = {**values, "state": "failed", "reference": payment.reference}
    assert refused(house, new.values(same)) == "uq_ticketing_payment_provider_reference"
    assert refused(house, new.values({**values, "amount": -1})) == "ck_ticketing_payment_amount"
    assert refused(house, new.values({**values, "state": "odd"})) == "ck_ticketing_payment_state"
    waits = {**values, "state": "pending", "settled": None}
    house.db.execute(new.values(waits))
    again = {**waits, "id": uuid4(), "reference": "third"}
    assert refused(house, new.values(again)) == "uq_ticketing_payment_pending"


def test_a_seat_is_sold_once_even_where_the_ledger_is_not_asked(house: House) -> None:
    first, second = house.bought(house.seats(1)), house.bought(house.seats(2))
    statement = sa.update(tables.ticket).where(tables.ticket.c.order == second.id)

    assert refused(house, statement.values(seat=SEATS[0])) == "uq_ticketing_ticket_seat"
    api.cancel_order(house.db, house.bus, house.organizer, first.id, now=NOW)
    house.db.execute(statement.values(seat=SEATS[0]))


def test_ticket_type_seat_and_order_are_of_one_occasion(house: House) -> None:
    later = Span(STARTS + timedelta(hours=5), STARTS + timedelta(hours=6))
    other = draft(house.db, house.bus, house.organizer, house.operator, span=later)
    stranger = add_type(house.db, house.bus, house.organizer, other, capacity=1)
    order = house.bought(house.seats(1))
    statement = sa.update(tables.ticket).where(tables.ticket.c.order == order.id)

    assert refused(house, statement.values(type=stranger.id)) == "fk_ticketing_ticket_type"
    assert refused(house, statement.values(occasion=other.id)).startswith("fk_ticketing_ticket")
    assert refused(house, statement.values(seat="yq-plaza")) == "fk_ticketing_ticket_seat"


@pytest.mark.parametrize(
    ("table", "changes", "constraint"),
    [
        ("occasion", {"state": "odd"}, "state"),
        ("occasion", {"span": Range(NOW, None)}, "span"),
        ("type", {"price": -1}, "price"),
        ("type", {"most": 0}, "most"),
        ("type", {"buyers": "dogs"}, "buyers"),
        ("type", {"on_site": False, "online": False, "seated": False}, "somewhere"),
        ("type", {"sale": Range(NOW, NOW)}, "sale"),
        ("order", {"total": -1}, "total"),
        ("order", {"state": "odd", "expires": None}, "state"),
        ("order", {"expires": None}, "expires"),
        ("ticket", {"price": -1}, "price"),
        ("ticket", {"issue": 0}, "issue"),
        ("ticket", {"attendance": "odd"}, "attendance"),
        ("ticket", {"state": "odd"}, "state"),
    ],
)
def test_what_cannot_be_is_refused(
    house: House, table: str, changes: dict[str, object], constraint: str
) -> None:
    house.place(house.seats(1))
    found = tables.metadata.tables[f"ticketing_{table}"]

    assert refused(house, sa.update(found).values(changes)) == f"ck_ticketing_{table}_{constraint}"
