"""Tickets: named, handed on, used from afar, given back."""

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import pytest
import sqlalchemy as sa
from tests.identity.accounts import NOWHERE, actor, entries, join, person
from tests.ticketing.houses import NOW, PRICE, SEATS, SPAN, House, minutes

from shulian.booking import api as ledger
from shulian.booking.types import BookingState
from shulian.identity.types import GUEST, Role
from shulian.kit.errors import Invalid, LoginNeeded, Refused
from shulian.ticketing import api, tables
from shulian.ticketing.errors import (
    AttendanceWrong,
    GiftUnknown,
    HandedOn,
    OrderUnknown,
    TicketOver,
    TicketUnknown,
    TicketUsed,
    TooLate,
)
from shulian.ticketing.types import (
    Attendance,
    Figures,
    OrderState,
    Ticket,
    TicketId,
    TicketState,
    Verdict,
)


def scanned(house: House, ticket: Ticket, verdict: Verdict = Verdict.ADMITTED) -> None:
    """Somebody shows a ticket at the gate."""
    values = {
        "id": uuid4(),
        "occasion": ticket.occasion,
        "ticket": ticket.id,
        "direction": "out" if verdict is Verdict.OUT else "in",
        "verdict": verdict.value,
        "told": verdict.value,
        "gate": "east",
        "at": NOW,
        "heard": NOW,
        "by": house.organizer.person,
    }
    house.db.execute(sa.insert(tables.scan).values(values))


def test_a_ticket_is_seen_by_its_owner_and_the_organizers_people(house: House) -> None:
    (one,) = house.bought(house.seats(1)).tickets
    staff = person(house.db, "staff@park.example")
    join(house.db, staff, house.operator, Role.STAFF)

    for who in (house.ann, house.organizer, actor(house.db, staff)):
        assert api.ticket(house.db, who, one.id) == one
    assert api.own_tickets(house.db, house.ann) == (one,)
    with pytest.raises(TicketUnknown):
        api.ticket(house.db, house.ben, one.id)
    with pytest.raises(TicketUnknown):
        api.ticket(house.db, house.ann, TicketId(NOWHERE))
    with pytest.raises(LoginNeeded):
        api.ticket(house.db, GUEST, one.id)


def test_a_ticket_that_is_handed_on_is_another_persons_and_counts_up(house: House) -> None:
    (one,) = house.bought(house.seats(1)).tickets
    api.hand_on(house.db, house.ann, one.id, email=" BEN@park.example", name=" Ben  B ", now=NOW)
    mine = api.take_gift(house.db, house.bus, house.ben, one.id, now=NOW)

    assert mine == replace(one, owner=house.ben_person.id, name="Ben B", issue=2)
    assert api.own_tickets(house.db, house.ann) == ()
    assert api.own_tickets(house.db, house.ben) == (mine,)
    with pytest.raises(TicketUnknown):
        api.rename(house.db, house.bus, house.ann, one.id, name="x", now=NOW)
    assert house.handed(mine, "ann", who=house.ben) == replace(one, issue=3)
    assert "ticketing.take_gift" in [entry.verb for entry in entries(house.db)]


@pytest.mark.parametrize(
    ("email", "code"),
    [
        ("", "email_wrong"),
        ("a\0b@c", "email_wrong"),
        ("a b@park.example", "email_wrong"),
        ("x" * 999 + "@y", "email_wrong"),
        ("ann@park.example", "email_own"),
    ],
)
def test_an_address_that_is_none_or_ones_own_is_refused(
    house: House, email: str, code: str
) -> None:
    (one,) = house.bought(house.seats(1)).tickets
    with pytest.raises(Invalid) as refusal:
        api.hand_on(house.db, house.ann, one.id, email=email, name="", now=NOW)

    assert refusal.value.fields == {"email": f"ticketing.{code}"}
    assert api.gifts_by(house.db, house.ann) == ()


def test_whether_somebody_has_an_account_is_not_told(house: House) -> None:
    known, unknown = house.bought(house.seats(1, 2)).tickets
    for one, email in ((known, "ben@park.example"), (unknown, "nobody@park.example")):
        api.hand_on(house.db, house.ann, one.id, email=email, name="", now=NOW)

    shown = {(one.ticket, one.email) for one in api.gifts_by(house.db, house.ann)}
    assert shown == {(known.id, "ben@park.example"), (unknown.id, "nobody@park.example")}
    assert {one.id for one in api.own_tickets(house.db, house.ann)} == {known.id, unknown.id}
    assert [one.id for _, one in api.gifts_to(house.db, house.ben)] == [known.id]


def test_a_ticket_is_taken_by_whom_it_is_for_and_once(house: House) -> None:
    (one,) = house.bought(house.seats(1)).tickets
    with pytest.raises(GiftUnknown):
        api.take_gift(house.db, house.bus, house.ben, one.id, now=NOW)
    api.hand_on(house.db, house.ann, one.id, email="ben@park.example", name="", now=NOW)
    for who in (house.ann, house.organizer):
        with pytest.raises(GiftUnknown):
            api.take_gift(house.db, house.bus, who, one.id, now=NOW)
    with pytest.raises(LoginNeeded):
        api.take_gift(house.db, house.bus, GUEST, one.id, now=NOW)
    api.take_gift(house.db, house.bus, house.ben, one.id, now=NOW)
    with pytest.raises(GiftUnknown):
        api.take_gift(house.db, house.bus, house.ben, one.id, now=NOW)


def test_who_takes_a_ticket_must_have_had_the_account_when_it_was_offered(house: House) -> None:
    (one,) = house.bought(house.seats(1)).tickets
    api.hand_on(house.db, house.ann, one.id, email="eve@park.example", name="", now=NOW)
    eve = actor(house.db, person(house.db, "eve@park.example"))

    with pytest.raises(GiftUnknown):
        api.take_gift(house.db, house.bus, eve, one.id, now=NOW)


def test_a_gift_is_withdrawn_declined_or_offered_to_another(house: House) -> None:
    (one,) = house.bought(house.seats(1)).tickets
    for who in (house.ann, house.ben):
        api.hand_on(house.db, house.ann, one.id, email="ben@park.example", name="", now=NOW)
        api.end_gift(house.db, who, one.id, now=NOW)
        assert api.gifts_to(house.db, house.ben) == ()
        with pytest.raises(GiftUnknown):
            api.end_gift(house.db, who, one.id, now=NOW)
    api.hand_on(house.db, house.ann, one.id, email="ben@park.example", name="", now=NOW)
    api.hand_on(house.db, house.ann, one.id, email="org@park.example", name="", now=NOW)
    with pytest.raises(GiftUnknown):
        api.end_gift(house.db, house.ben, one.id, now=NOW)
    assert api.take_gift(house.db, house.bus, house.organizer, one.id, now=NOW).issue == 2


def test_what_is_given_back_or_called_off_is_not_taken(house: House) -> None:
    first, second = house.bought(house.seats(1, 2)).tickets
    for one in (first, second):
        api.hand_on(house.db, house.ann, one.id, email="ben@park.example", name="", now=NOW)
    api.cancel_ticket(house.db, house.bus, house.ann, first.id, now=NOW)
    assert [one.id for _, one in api.gifts_to(house.db, house.ben)] == [second.id]
    api.cancel_occasion(house.db, house.bus, house.organizer, house.occasion.id, now=NOW)

    for one in (first, second):
        with pytest.raises(TicketOver):
            api.take_gift(house.db, house.bus, house.ben, one.id, now=NOW)


def test_names_are_tidied_and_what_hides_in_them_is_refused(house: House) -> None:
    (one,) = house.bought(house.seats(1)).tickets
    named = api.rename(house.db, house.bus, house.ann, one.id, name="  林  知远 ", now=NOW)
    assert named == replace(one, name="林 知远")
    for wrong in ("a\u202eb", "\0", "x" * 101):
        with pytest.raises(Invalid):
            api.rename(house.db, house.bus, house.ann, one.id, name=wrong, now=NOW)


def test_the_way_of_taking_part_changes_nothing_else(house: House) -> None:
    order = house.bought(house.seats(1))
    (one,) = order.tickets
    afar = api.attend(house.db, house.bus, house.ann, one.id, Attendance.ONLINE, now=NOW)
    assert afar == replace(one, attendance=Attendance.ONLINE)
    assert house.states()[0] == "sold"
    assert api.attend(house.db, house.bus, house.ann, one.id, Attendance.ON_SITE, now=NOW) == one
    assert house.order(order.id) == order


def test_a_ticket_for_online_does_not_let_one_in_at_the_place(house: House) -> None:
    (one,) = house.bought(house.free()).tickets
    with pytest.raises(AttendanceWrong):
        api.attend(house.db, house.bus, house.ann, one.id, Attendance.ON_SITE, now=NOW)


def test_what_is_not_valid_or_over_is_not_changed(house: House) -> None:
    (held,) = house.place(house.seats(1)).tickets
    (paid,) = house.bought(house.seats(2)).tickets
    assert SPAN.end is not None
    for one, now, error in ((held, NOW, TicketOver), (paid, SPAN.end, TooLate)):
        with pytest.raises(error):
            api.rename(house.db, house.bus, house.ann, one.id, name="x", now=now)
        with pytest.raises(error):
            api.attend(house.db, house.bus, house.ann, one.id, Attendance.ONLINE, now=now)
        with pytest.raises(error):
            api.hand_on(house.db, house.ann, one.id, email="ben@park.example", name="", now=now)


def test_one_ticket_given_back_frees_its_seat_and_its_price_is_due(house: House) -> None:
    order = house.bought(house.seats(1, 2), house.free(2))
    seated = next(one for one in order.tickets if one.seat == SEATS[0])
    gone = api.cancel_ticket(house.db, house.bus, house.ann, seated.id, now=NOW)

    assert gone == replace(seated, state=TicketState.CANCELLED)
    assert house.states() == ["free", "sold", "free", "free", "free", "free"]
    assert house.left() == (5, 8)
    assert house.refunds(order) == [(PRICE, "cancelled", "due")]
    assert house.order(order.id).state is OrderState.PAID
    with pytest.raises(TicketOver):
        api.cancel_ticket(house.db, house.bus, house.ann, seated.id, now=NOW)


def test_the_last_ticket_given_back_ends_the_order(house: House) -> None:
    order = house.bought(house.seats(1, 2))
    for one in order.tickets:
        api.cancel_ticket(house.db, house.bus, house.ann, one.id, now=NOW)

    assert house.order(order.id).state is OrderState.CANCELLED
    assert ledger.held(house.db, order.booking).state is BookingState.RELEASED
    assert house.refunds(order) == [(PRICE, "cancelled", "due")] * 2
    assert house.payments(order) == [("test", "refunded")]
    house.bought(house.seats(1, 2), who=house.ben)


def test_a_paid_order_is_cancelled_as_a_whole(house: House) -> None:
    order = house.bought(house.seats(1, 2), house.free())
    seat = next(one for one in order.tickets if one.seat == SEATS[0])
    api.cancel_ticket(house.db, house.bus, house.ann, seat.id, now=NOW)
    over = api.cancel_order(house.db, house.bus, house.ann, order.id, now=NOW)

    assert over == house.order(order.id)
    assert (over.state, {one.state for one in over.tickets}) == (
        OrderState.CANCELLED,
        {TicketState.CANCELLED},
    )
    assert house.refunds(order) == [(PRICE, "cancelled", "due")] * 2
    assert house.left() == (6, 10)


def test_who_bought_may_not_give_back_what_is_somebody_elses_now(house: House) -> None:
    order = house.bought(house.seats(1))
    (one,) = order.tickets
    house.handed(one, "ben")

    for who in (house.ann, house.ben):
        with pytest.raises(HandedOn):
            api.cancel_ticket(house.db, house.bus, who, one.id, now=NOW)
    with pytest.raises(HandedOn):
        api.cancel_order(house.db, house.bus, house.ann, order.id, now=NOW)
    with pytest.raises(OrderUnknown):
        api.cancel_order(house.db, house.bus, house.ben, order.id, now=NOW)
    api.cancel_ticket(house.db, house.bus, house.organizer, one.id, now=NOW)
    assert house.refunds(order) == [(PRICE, "cancelled", "due")]


def test_a_stranger_does_not_learn_of_a_ticket(house: House) -> None:
    (one,) = house.bought(house.seats(1)).tickets

    with pytest.raises(TicketUnknown):
        api.cancel_ticket(house.db, house.bus, house.ben, one.id, now=NOW)
    with pytest.raises(LoginNeeded):
        api.cancel_ticket(house.db, house.bus, GUEST, one.id, now=NOW)


def test_after_the_beginning_or_the_gate_only_the_organizer_gives_back(house: House) -> None:
    first, second = (house.bought(house.seats(number)) for number in (1, 2))
    (used,), (late,) = first.tickets, second.tickets
    scanned(house, used)
    for one, now, error in ((used, NOW, TicketUsed), (late, SPAN.start, TooLate)):
        with pytest.raises(error):
            api.cancel_ticket(house.db, house.bus, house.ann, one.id, now=now)
        with pytest.raises(error):
            api.cancel_order(house.db, house.bus, house.ann, one.order, now=now)
        api.cancel_ticket(house.db, house.bus, house.organizer, one.id, now=SPAN.start)


def test_a_ticket_that_is_not_paid_is_given_back_with_its_order(house: House) -> None:
    (one,) = house.place(house.seats(1)).tickets

    with pytest.raises(TicketOver):
        api.cancel_ticket(house.db, house.bus, house.ann, one.id, now=NOW)


def test_an_occasion_that_is_called_off_gives_all_back(house: House) -> None:
    paid, held, free = (
        house.bought(house.seats(1, 2)),
        house.place(house.seats(3)),
        house.bought(house.free(4), who=house.ben),
    )
    expired = house.place(house.seats(4), now=minutes(-20))
    assert house.occasion.booking is not None
    off = api.cancel_occasion(house.db, house.bus, house.organizer, house.occasion.id, now=NOW)
    house.undone()

    assert off.state.value == "cancelled"
    assert [house.order(one.id).state.value for one in (paid, held, free, expired)] == [
        "cancelled",
        "cancelled",
        "cancelled",
        "expired",
    ]
    assert house.refunds(paid) == [(PRICE, "occasion", "due")] * 2
    assert house.refunds(free) == []
    assert house.states() == ["closed"] * 6
    assert house.left() == (0, 10)
    assert ledger.held(house.db, house.occasion.booking).state is BookingState.RELEASED
    again = api.cancel_occasion(house.db, house.bus, house.organizer, house.occasion.id, now=NOW)
    house.undone()
    assert again == off
    assert len(house.refunds(paid)) == 2
    with pytest.raises(Refused):
        api.cancel_occasion(house.db, house.bus, house.ann, house.occasion.id, now=NOW)


def test_figures_count_what_is_sold_and_who_came(house: House) -> None:
    order = house.bought(house.seats(1, 2, 3), house.free(2))
    house.place(house.seats(4))
    house.place(house.seats(5), now=minutes(-20))
    one, two, three = (one for one in order.tickets if one.seat)
    scanned(house, one)
    scanned(house, two)
    house.db.execute(
        sa.update(tables.scan).where(tables.scan.c.ticket == two.id).values(at=minutes(-1))
    )
    scanned(house, two, Verdict.OUT)
    scanned(house, three, Verdict.CANCELLED)
    seated, online = (count for _, count in told(house, NOW).types)

    assert (seated.sold, seated.held, seated.left) == (3, 1, 2)
    assert (seated.inside, seated.out, seated.no_shows) == (1, 1, 0)
    assert (seated.revenue, online.revenue) == (3 * PRICE, 0)
    assert (online.sold, online.online, online.left, online.no_shows) == (2, 2, 8, 0)
    whole = told(house, SPAN.start).all
    assert (whole.sold, whole.left, whole.no_shows, whole.revenue) == (5, 11, 1, 3 * PRICE)
    api.cancel_ticket(house.db, house.bus, house.organizer, three.id, now=NOW)
    assert told(house, NOW).all.revenue == 2 * PRICE
    with pytest.raises(Refused):
        api.figures(house.db, house.ann, house.occasion.id, now=NOW)


def test_tickets_as_a_table_hold_nothing_that_a_spreadsheet_would_run(house: House) -> None:
    order = house.bought(house.seats(1))
    (one,) = order.tickets
    api.rename(house.db, house.bus, house.ann, one.id, name="=HYPERLINK(1)", now=NOW)
    table = api.tickets_as_csv(house.db, house.organizer, house.occasion.id)

    head, row = table.removeprefix("\ufeff").splitlines()
    assert head.startswith("ticket,order,type,seat,price,state")
    assert row == (
        f"{one.id},{order.code},座位,{SEATS[0]},280.00,valid,on_site,'=HYPERLINK(1),"
        "Ann,ann@park.example,Ann,ann@park.example,1"
    )
    with pytest.raises(Refused):
        api.tickets_as_csv(house.db, house.ann, house.occasion.id)


def test_payments_as_a_table_tell_what_goes_back(house: House) -> None:
    order = house.bought(house.seats(1, 2))
    api.cancel_ticket(house.db, house.bus, house.ann, order.tickets[0].id, now=NOW)
    (payment,) = api.payments(house.db, house.ann, order.id)
    table = api.payments_as_csv(house.db, house.organizer, house.occasion.id)

    assert table.splitlines()[1] == (
        f"{payment.id},{order.code},test,{payment.reference},560.00,paid,"
        f"{NOW.isoformat()},{NOW.isoformat()},280.00,0.00"
    )
    with pytest.raises(Refused):
        api.payments_as_csv(house.db, house.ann, house.occasion.id)


def told(house: House, now: datetime) -> Figures:
    """The figures of the occasion."""
    return api.figures(house.db, house.organizer, house.occasion.id, now=now)
