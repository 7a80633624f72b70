"""Occasions and types changed later: where, when, closed and opened, and what no longer can."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.park.plans import counted
from tests.ticketing.houses import HALL, NOW, PRICE, STARTS, House, draft

from shulian.booking import api as ledger
from shulian.booking.errors import Taken
from shulian.booking.types import NOBODY, Claim, Span
from shulian.identity.types import GUEST
from shulian.kit.errors import Invalid, LoginNeeded, Refused
from shulian.park.errors import SpaceUnknown
from shulian.park.types import SpaceId
from shulian.ticketing import api
from shulian.ticketing.errors import (
    HallInUse,
    NotOnSale,
    OccasionOver,
    OnlineInUse,
    PriceInUse,
)
from shulian.ticketing.types import Attendance, Fen, OccasionState

NEXT = Span(STARTS + timedelta(hours=2), STARTS + timedelta(hours=4))
PARK = SpaceId("yq")


def hall_is_held(house: House, span: Span) -> bool:
    resource = ledger.resource_of(house.db, HALL)
    return ledger.free(house.db, [resource.id], span, now=NOW)[resource.id] == 0


def test_moving_many_orders_asks_the_database_no_more_than_moving_one(house: House) -> None:
    house.bought(house.seats(1))
    asked: list[int] = []
    for hours in (5, 10):
        span = Span(STARTS + timedelta(hours=hours), STARTS + timedelta(hours=hours + 2))
        with counted(house.db) as sent:
            api.change_occasion(
                house.db, house.bus, house.organizer, house.occasion.id, span=span, now=NOW
            )
        asked.append(len(sent))
        for number in (2, 3, 4, 5):
            if hours == 5:
                house.bought(house.seats(number))

    assert asked[0] == asked[1]


def test_a_quota_whose_numbers_are_taken_then_moves_to_others(house: House) -> None:
    order = house.bought(house.free(3))
    ledger.take(
        house.db,
        house.bus,
        [Claim(house.online.quota, NEXT, 7)],
        source="tests",
        holder=NOBODY,
        now=NOW,
    )
    api.change_occasion(house.db, house.bus, house.organizer, house.occasion.id, span=NEXT, now=NOW)

    assert [one.span for one in ledger.held(house.db, order.booking).claims] == [NEXT]
    assert house.left() == (6, 0)


def test_another_hall_is_had_while_no_seat_was_ordered(house: House) -> None:
    order, before = house.bought(house.free(2)), house.occasion
    assert before.booking is not None
    moved = api.change_occasion(
        house.db, house.bus, house.organizer, before.id, space=PARK, span=NEXT, now=NOW
    )

    assert moved == replace(before, space=PARK, span=NEXT, booking=None)
    assert ledger.held(house.db, before.booking).state.value == "released"
    assert [one.span for one in ledger.held(house.db, order.booking).claims] == [NEXT]
    assert house.states() == []
    back = api.change_occasion(house.db, house.bus, house.organizer, before.id, space=HALL, now=NOW)
    assert back.booking is not None
    assert hall_is_held(house, NEXT)
    with pytest.raises(SpaceUnknown):
        api.change_occasion(
            house.db, house.bus, house.organizer, before.id, space=SpaceId("nowhere"), now=NOW
        )


def test_where_a_seat_was_ordered_the_hall_stays(house: House) -> None:
    order = house.place(house.seats(1))
    api.cancel_order(house.db, house.bus, house.ann, order.id, now=NOW)
    assert api.hall_is_fixed(house.db, house.occasion.id)
    with pytest.raises(HallInUse):
        api.change_occasion(
            house.db, house.bus, house.organizer, house.occasion.id, space=PARK, now=NOW
        )


def test_a_hall_that_is_taken_changes_nothing(house: House) -> None:
    draft(house.db, house.bus, house.organizer, house.operator, span=NEXT)
    with pytest.raises(Taken) as refusal, house.db.begin_nested():
        api.change_occasion(
            house.db, house.bus, house.organizer, house.occasion.id, span=NEXT, now=NOW
        )

    assert refusal.value.shortages[0].next_free
    assert api.occasion(house.db, house.ann, house.occasion.id) == house.occasion


def test_a_sale_that_is_closed_sells_nothing_until_it_is_opened_again(house: House) -> None:
    paid, held = house.bought(house.seats(1)), house.place(house.seats(2))
    wanted = house.occasion.id
    for _ in range(2):
        closed = api.close_occasion(house.db, house.bus, house.organizer, wanted, now=NOW)
        assert closed == replace(house.occasion, state=OccasionState.CLOSED)
    with pytest.raises(NotOnSale):
        house.place(house.free())
    assert [one.id for one in api.occasions(house.db, GUEST, PARK, now=NOW)] == [wanted]
    house.told(house.pay(held))
    api.rename(house.db, house.bus, house.ann, paid.tickets[0].id, name="Ann", now=NOW)
    assert house.order(held.id).state.value == "paid"

    opened = api.open_occasion(house.db, house.bus, house.organizer, wanted, now=NOW)
    assert opened == house.occasion
    assert house.place(house.free()).state.value == "held"


def test_who_may_close_and_what(house: House) -> None:
    wanted = house.occasion.id
    for who, refusal in ((house.ann, Refused), (GUEST, LoginNeeded)):
        with pytest.raises(refusal):
            api.close_occasion(house.db, house.bus, who, wanted, now=NOW)
    one = draft(house.db, house.bus, house.organizer, house.operator, span=NEXT)
    assert api.close_occasion(house.db, house.bus, house.organizer, one.id, now=NOW) == one
    api.cancel_occasion(house.db, house.bus, house.organizer, wanted, now=NOW)
    with pytest.raises(OccasionOver):
        api.close_occasion(house.db, house.bus, house.organizer, wanted, now=NOW)


def test_a_price_changes_until_somebody_has_paid_it(house: House) -> None:
    house.place(house.seats(1))
    dearer = Fen(PRICE + 100)
    changed = api.change_type(
        house.db, house.bus, house.organizer, house.seated.id, price=dearer, now=NOW
    )
    assert changed.price == dearer
    house.bought(house.seats(2))
    with pytest.raises(PriceInUse):
        api.change_type(house.db, house.bus, house.organizer, house.seated.id, price=PRICE, now=NOW)

    assert api.fixed(house.db, house.seated.id) == {"price"}
    assert api.fixed(house.db, house.online.id) == set()


def test_online_is_taken_away_until_somebody_attends_so(house: House) -> None:
    def online(*, wanted: bool) -> bool:
        return api.change_type(
            house.db, house.bus, house.organizer, house.seated.id, online=wanted, now=NOW
        ).online

    assert [online(wanted=False), online(wanted=True)] == [False, True]
    (one,) = house.bought(house.seats(1)).tickets
    api.attend(house.db, house.bus, house.ann, one.id, Attendance.ONLINE, now=NOW)
    with pytest.raises(OnlineInUse):
        online(wanted=False)
    assert api.fixed(house.db, house.seated.id) == {"price", "online"}
    with pytest.raises(Invalid):
        api.change_type(
            house.db, house.bus, house.organizer, house.online.id, online=False, now=NOW
        )


def test_how_many_there_are_is_told_to_who_sells_them(house: House) -> None:
    assert api.capacity_of(house.db, house.organizer, house.online.id) == 10
    assert api.capacity_of(house.db, house.organizer, house.seated.id) is None
    with pytest.raises(Refused):
        api.capacity_of(house.db, house.ann, house.online.id)


def test_tables_follow_the_order_of_the_types(house: House) -> None:
    house.bought(house.free())
    house.bought(house.seats(1))
    rows = api.tickets_as_csv(house.db, house.organizer, house.occasion.id).splitlines()[1:]

    assert [row.split(",")[2] for row in rows] == ["座位", "线上"]
