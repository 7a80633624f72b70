"""Orders: what can be had is held, all of it or nothing, and for a while."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.identity.accounts import NOWHERE, actor, join, organization
from tests.park.plans import counted
from tests.ticketing.houses import (
    NOW,
    PRICE,
    SALE,
    SEATS,
    SPAN,
    House,
    add_type,
    draft,
    minutes,
)

from shulian.booking import api as ledger
from shulian.booking.types import BookingState, Span
from shulian.identity.types import GUEST, Role
from shulian.kit.errors import Invalid, LoginNeeded
from shulian.kit.text import Text
from shulian.park.types import SpaceId
from shulian.ticketing import api
from shulian.ticketing.api import halls
from shulian.ticketing.errors import (
    KeyClash,
    NotForYou,
    NotOnSale,
    OccasionOver,
    OccasionUnknown,
    OrderUnknown,
    SeatsTaken,
    SeatWrong,
    SoldOut,
    TypeUnknown,
    WantedWrong,
)
from shulian.ticketing.types import (
    Attendance,
    Buyers,
    Fen,
    OccasionId,
    OrderState,
    TicketState,
    TicketTypeId,
    Wanted,
)


def test_an_order_holds_its_seats_and_its_part_of_the_quotas_by_one_booking(house: House) -> None:
    order = house.place(house.seats(2, 1), house.free(3))
    held = ledger.held(house.db, order.booking)

    assert (order.state, order.total, order.expires) == (OrderState.HELD, 2 * PRICE, minutes(15))
    assert sorted(one.seat or "" for one in order.tickets) == ["", "", "", SEATS[0], SEATS[1]]
    assert {one.state for one in order.tickets} == {TicketState.RESERVED}
    assert (held.state, held.expires, len(held.claims)) == (BookingState.HELD, minutes(15), 4)
    assert {one.span for one in held.claims} == {SPAN}
    assert house.states() == ["held", "held", "free", "free", "free", "free"]
    assert house.left() == (4, 7)
    assert house.order(order.id) == order


def test_who_may_attend_online_alone_does_so_from_the_first(house: House) -> None:
    order = house.place(house.seats(1), house.free())

    assert {(one.seat, one.attendance) for one in order.tickets} == {
        (SEATS[0], Attendance.ON_SITE),
        (None, Attendance.ONLINE),
    }


def test_one_of_several_things_that_is_not_free_leaves_nothing_held(house: House) -> None:
    house.place(house.seats(3))

    with pytest.raises(SeatsTaken) as refusal:
        house.place(house.seats(2, 3, 4), house.free(), who=house.ben)

    assert refusal.value.which == (SEATS[2],)
    assert house.states() == ["free", "free", "held", "free", "free", "free"]
    assert house.left() == (5, 10)


def test_a_quota_that_is_used_up_says_what_is_left(house: House) -> None:
    house.place(house.free(8))

    with pytest.raises(SoldOut) as refusal:
        house.place(house.seats(1), house.free(3), who=house.ben)

    assert refusal.value.params == {"left": 2}
    assert house.left() == (6, 2)


def test_seats_that_nobody_names_are_chosen_and_never_too_many(house: House) -> None:
    first = house.place(house.seats(1, 4))
    second = house.place(Wanted(house.seated.id, 3), who=house.ben)

    with pytest.raises(SoldOut) as refusal:
        house.place(Wanted(house.seated.id, 2))

    had = {one.seat for order in (first, second) for one in order.tickets}
    assert len(had) == 5
    assert refusal.value.params == {"left": 1}


def test_seats_that_nobody_names_are_the_best_for_a_party(house: House) -> None:
    seen = halls.hall(house.db, house.occasion, now=NOW)
    best = halls.propose(seen, house.seated.id, 2)
    order = house.place(Wanted(house.seated.id, 2))

    assert best is not None
    assert {one.seat for one in order.tickets} == set(best.seats)


def test_named_seats_and_others_of_the_same_type_go_together(house: House) -> None:
    order = house.place(house.seats(6), Wanted(house.seated.id, 2))

    assert len({one.seat for one in order.tickets}) == 3
    assert SEATS[5] in {one.seat for one in order.tickets}


def test_types_that_share_a_quota_use_it_up_together(house: House) -> None:
    other = add_type(
        house.db,
        house.bus,
        house.organizer,
        house.occasion,
        name=Text(en="Press"),
        shares=house.online.id,
    )
    order = house.place(house.free(6), Wanted(other.id, 3))

    with pytest.raises(SoldOut):
        house.place(house.free(1), Wanted(other.id, 1), who=house.ben)

    assert [one.units for one in ledger.held(house.db, order.booking).claims] == [9]


def test_asking_again_with_the_same_key_answers_the_same_order(house: House) -> None:
    first = house.place(Wanted(house.seated.id, 2), house.free(), key="a")
    again = house.place(house.free(), Wanted(house.seated.id, 2), key="a", now=minutes(5))

    assert again == first
    assert house.place(Wanted(house.seated.id, 2), house.free(), who=house.ben, key="a") != first


@pytest.mark.parametrize("wish", ["less", "seat", "type"])
def test_something_else_under_the_same_key_is_refused(house: House, wish: str) -> None:
    house.place(house.seats(1, 2), key="a")
    others = {"less": house.seats(1), "seat": house.seats(1, 3), "type": house.free(2)}

    with pytest.raises(KeyClash):
        house.place(others[wish], key="a")


@pytest.mark.parametrize("key", ["", "x" * 101, "a\0b", "a\nb"])
def test_a_key_that_cannot_be_one_is_refused(house: House, key: str) -> None:
    with pytest.raises(Invalid) as refusal:
        house.place(house.free(), key=key)

    assert refusal.value.fields == {"key": "ticketing.key_wrong"}


@pytest.mark.parametrize("count", [0, -1, -10_000_000, 11, 10_000_000])
def test_less_than_one_and_more_than_allowed_is_refused(house: House, count: int) -> None:
    with pytest.raises(WantedWrong):
        house.place(Wanted(house.online.id, count))
    with pytest.raises(WantedWrong):
        house.place(Wanted(house.seated.id, count))

    assert house.left() == (6, 10)


def test_the_most_in_one_order_counts_all_that_is_wanted_of_a_type(house: House) -> None:
    with pytest.raises(WantedWrong) as refusal:
        house.place(*[house.free(2)] * 6)

    assert refusal.value.fields == {"count": "ticketing.too_many"}
    assert refusal.value.params == {"most": 10}


def test_an_order_for_nothing_is_refused(house: House) -> None:
    with pytest.raises(WantedWrong):
        house.place()


def test_a_seat_twice_a_seat_for_what_has_none_and_another_count_are_refused(house: House) -> None:
    for wrong in (
        (house.seats(1, 1),),
        (house.seats(1), house.seats(1)),
        (Wanted(house.online.id, 1, (SEATS[0],)),),
        (Wanted(house.seated.id, 3, SEATS[:2]),),
    ):
        with pytest.raises(WantedWrong):
            house.place(*wrong)


@pytest.mark.parametrize("seat", ["yq-hall", "yq-plaza", "nowhere", "", "a\0b"])
def test_what_is_no_seat_of_the_occasion_is_refused(house: House, seat: str) -> None:
    with pytest.raises(SeatWrong) as refusal:
        house.place(Wanted(house.seated.id, 1, (SpaceId(seat),)))

    assert refusal.value.params == {"seat": seat}


def test_a_seat_is_sold_as_its_own_type_alone(house: House) -> None:
    cheap = add_type(house.db, house.bus, house.organizer, house.occasion, seated=True)

    with pytest.raises(SeatWrong):
        house.place(Wanted(cheap.id, 1, (SEATS[0],)))


def test_a_type_of_another_occasion_is_unknown(house: House) -> None:
    with pytest.raises(TypeUnknown):
        house.place(Wanted(TicketTypeId(NOWHERE)))


def test_nothing_is_sold_outside_of_its_window(house: House) -> None:
    soon = Span(minutes(10), minutes(20))
    one = add_type(house.db, house.bus, house.organizer, house.occasion, capacity=5, sale=soon)

    for now in (NOW, minutes(9.9), minutes(20), minutes(30)):
        with pytest.raises(NotOnSale):
            house.place(Wanted(one.id), now=now)
    assert house.place(Wanted(one.id), now=minutes(10)).state is OrderState.HELD
    assert house.place(Wanted(one.id), now=minutes(19.9)).state is OrderState.HELD


def test_the_same_order_is_answered_when_its_window_is_over(house: House) -> None:
    soon = Span(minutes(0), minutes(5))
    one = add_type(house.db, house.bus, house.organizer, house.occasion, capacity=5, sale=soon)
    first = house.place(Wanted(one.id), key="a")

    assert house.place(Wanted(one.id), key="a", now=minutes(6)) == first


def test_audiences_are_kept(house: House) -> None:
    firm = organization(house.db, "Firm")
    members, own = (
        add_type(house.db, house.bus, house.organizer, house.occasion, capacity=5, buyers=buyers)
        for buyers in (Buyers.MEMBERS, Buyers.ORGANIZER)
    )
    with pytest.raises(NotForYou):
        house.place(Wanted(members.id))
    join(house.db, house.ben_person, firm, Role.MEMBER)
    ben = actor(house.db, house.ben_person)
    with pytest.raises(NotForYou):
        house.place(Wanted(own.id), who=ben)

    assert house.place(Wanted(members.id), who=ben).state is OrderState.HELD
    assert house.place(Wanted(own.id), who=house.organizer).state is OrderState.HELD


def test_a_draft_is_there_for_its_organizer_alone_and_sells_nothing(house: House) -> None:
    later = Span(SPAN.start + timedelta(days=1), SPAN.start + timedelta(days=1, hours=1))
    secret = draft(house.db, house.bus, house.organizer, house.operator, span=later)
    one = add_type(house.db, house.bus, house.organizer, secret, capacity=5)

    with pytest.raises(OccasionUnknown):
        api.place(house.db, house.bus, house.ann, secret.id, [Wanted(one.id)], now=NOW)
    with pytest.raises(NotOnSale):
        api.place(house.db, house.bus, house.organizer, secret.id, [Wanted(one.id)], now=NOW)


def test_a_cancelled_occasion_and_an_unknown_one_sell_nothing(house: House) -> None:
    api.cancel_occasion(house.db, house.bus, house.organizer, house.occasion.id, now=NOW)

    with pytest.raises(OccasionOver):
        house.place(house.free())
    with pytest.raises(OccasionUnknown):
        api.place(house.db, house.bus, house.ann, OccasionId(NOWHERE), [house.free()], now=NOW)


def test_a_guest_is_asked_to_log_in(house: House) -> None:
    with pytest.raises(LoginNeeded):
        house.place(house.free(), who=GUEST)


def test_an_order_is_seen_by_its_buyer_and_the_organizer(house: House) -> None:
    order = house.place(house.free())

    assert api.order(house.db, house.ann, order.id) == order
    assert api.order(house.db, house.organizer, order.id) == order
    assert api.own_orders(house.db, house.ann) == (order,)
    assert api.own_orders(house.db, house.ben) == ()
    with pytest.raises(OrderUnknown):
        api.order(house.db, house.ben, order.id)
    with pytest.raises(LoginNeeded):
        api.order(house.db, GUEST, order.id)


def test_a_hold_that_is_over_gives_its_seats_to_the_next(house: House) -> None:
    first = house.place(house.seats(1, 2), house.free(10))
    second = house.place(house.seats(2), house.free(10), who=house.ben, now=minutes(15))

    assert house.order(first.id).state is OrderState.EXPIRED
    assert {one.state for one in house.order(first.id).tickets} == {TicketState.CANCELLED}
    assert second.state is OrderState.HELD


def test_holds_that_are_over_expire_when_the_ledger_is_swept(house: House) -> None:
    order = house.place(house.seats(1))

    assert ledger.expire(house.db, house.bus, now=minutes(14.9)) == 0
    assert house.states(minutes(15)) == ["free"] * 6
    assert ledger.expire(house.db, house.bus, now=minutes(15)) == 1
    assert house.order(order.id) == replace(
        order,
        state=OrderState.EXPIRED,
        expires=None,
        tickets=tuple(replace(one, state=TicketState.CANCELLED) for one in order.tickets),
    )


def test_an_unpaid_order_is_cancelled_by_its_buyer_or_the_organizer(house: House) -> None:
    orders = [house.place(house.seats(number)) for number in (1, 2, 3)]
    for who, one in zip((house.ann, house.organizer), orders, strict=False):
        assert (
            api.cancel_order(house.db, house.bus, who, one.id, now=NOW).state.value == "cancelled"
        )
        assert api.cancel_order(house.db, house.bus, who, one.id, now=NOW) == house.order(one.id)
    with pytest.raises(OrderUnknown):
        api.cancel_order(house.db, house.bus, house.ben, orders[2].id, now=NOW)

    assert house.states() == ["free", "free", "held", "free", "free", "free"]
    assert house.refunds(orders[0]) == []


def test_ten_million_tickets_can_be_had_one_order_at_a_time(house: House) -> None:
    many = add_type(
        house.db, house.bus, house.organizer, house.occasion, capacity=10_000_000, price=Fen(0)
    )
    house.place(Wanted(many.id, 10))
    house.place(Wanted(many.id, 10), who=house.ben)

    assert api.left(house.db, house.occasion.id, now=NOW)[many.id] == 9_999_980


def test_what_an_order_asks_of_the_database_does_not_grow_with_its_tickets(house: House) -> None:
    with counted(house.db) as small:
        house.place(house.seats(1))
    with counted(house.db) as large:
        house.place(house.seats(2, 3, 4, 5, 6))

    assert len(large) == len(small)


def test_sale_and_price_are_the_servers(house: House) -> None:
    one = add_type(
        house.db, house.bus, house.organizer, house.occasion, capacity=5, price=Fen(100), sale=SALE
    )
    order = house.place(Wanted(one.id, 2))
    api.change_type(house.db, house.bus, house.organizer, one.id, price=Fen(900), now=NOW)

    assert (order.total, house.place(Wanted(one.id, 2)).total) == (200, 1800)
    assert house.order(order.id) == order
