"""The waiting list: what comes back is kept for those who wait, and offered in fair order."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from tests.identity.accounts import NOWHERE, actor, entries, person
from tests.ticketing.houses import NOW, STARTS, House, draft, minutes

from shulian.booking import api as ledger
from shulian.booking.types import Span
from shulian.identity.types import GUEST, Actor
from shulian.kit.errors import LoginNeeded
from shulian.ticketing import api
from shulian.ticketing.errors import (
    NotOnSale,
    SoldOut,
    StillLeft,
    TypeUnknown,
    WantedWrong,
    WishUnknown,
)
from shulian.ticketing.events import Offered
from shulian.ticketing.rules.waiting import LAST, OFFER
from shulian.ticketing.types import (
    Order,
    OrderState,
    TicketType,
    TicketTypeId,
    Wish,
    WishState,
)

WAITING, OFFERED, TAKEN, OVER = WishState


@pytest.fixture
def sold_out(house: House) -> list[Order]:
    """Orders for one free ticket each, until there are none."""
    return [house.bought(house.free(), who=house.organizer) for _ in range(10)]


@pytest.fixture
def full(house: House) -> Order:
    """The order by which all seats are sold."""
    return house.bought(house.seats(1, 2, 3, 4, 5, 6), who=house.organizer)


def people(house: House, count: int) -> list[Actor]:
    """So many who want tickets."""
    return [
        actor(house.db, person(house.db, f"group-{number}@crowd.example"))
        for number in range(count)
    ]


def wish(
    house: House, who: Actor, count: int, at: datetime = NOW, what: TicketType | None = None
) -> Wish:
    """Wait for free tickets, or others."""
    sold = (what or house.online).id
    return api.wish(house.db, who, sold, count, now=at).wish


def back(house: House, orders: Sequence[Order], at: datetime = NOW) -> None:
    """Orders are given back."""
    for one in orders:
        api.cancel_order(house.db, house.bus, house.organizer, one.id, now=at)


def offer(house: House, at: datetime = NOW, what: TicketType | None = None) -> list[Wish]:
    """Do the job."""
    return list(api.offer(house.db, house.bus, (what or house.online).id, now=at))


def states(house: House, who: Sequence[Actor]) -> list[tuple[WishState, int]]:
    """Where the wish of each stands, and how many are ahead."""
    found = [api.own_places(house.db, one, house.occasion.id)[0] for one in who]
    return [(one.wish.state, one.ahead) for one in found]


def jobs(house: House) -> int:
    """Jobs that will offer something."""
    query = "select count(*) from procrastinate_jobs where task_name = 'ticketing.offer_back'"
    return house.db.scalar(sa.text(query)) or 0


def test_what_comes_back_is_kept_for_those_who_wait(house: House, sold_out: list[Order]) -> None:
    wish(house, house.ann, 2)
    back(house, sold_out[:1])
    with pytest.raises(SoldOut), house.db.begin_nested():
        house.place(house.free(), who=house.ben)

    assert offer(house) == []
    assert states(house, [house.ann]) == [(WAITING, 0)]


def test_a_group_is_offered_all_of_it_for_some_hours(house: House, sold_out: list[Order]) -> None:
    made = wish(house, house.ann, 2)
    back(house, sold_out[:2])
    (found,) = offer(house, minutes(1))
    assert found.order
    order = api.order(house.db, house.ann, found.order)

    assert (found.id, found.state) == (made.id, OFFERED)
    assert (order.state, len(order.tickets)) == (OrderState.HELD, 2)
    assert order.expires == minutes(1) + OFFER
    assert house.bus.published[-1] == Offered(found, order)


def test_an_offer_that_is_paid_is_taken(house: House, sold_out: list[Order]) -> None:
    wish(house, house.ann, 1)
    back(house, sold_out[:1])
    (found,) = offer(house)
    assert found.order
    house.pay(house.order(found.order), api.Free())

    assert states(house, [house.ann]) == [(TAKEN, 0)]


def test_an_offer_that_is_let_pass_goes_to_the_next(house: House, sold_out: list[Order]) -> None:
    wish(house, house.ann, 1)
    wish(house, house.ben, 1, minutes(1))
    back(house, sold_out[:1])
    offer(house, minutes(2))
    late = minutes(3) + OFFER
    ledger.expire(house.db, house.bus, now=late)

    assert states(house, [house.ann, house.ben]) == [(OVER, 0), (WAITING, 0)]
    assert [one.person for one in offer(house, late)] == [house.ben.person]


def test_an_offer_may_be_declined(house: House, sold_out: list[Order]) -> None:
    wish(house, house.ann, 1)
    wish(house, house.ben, 1, minutes(1))
    back(house, sold_out[:1])
    offer(house)
    api.give_up(house.db, house.bus, house.ann, house.online.id, now=minutes(2))

    assert states(house, [house.ann, house.ben]) == [(OVER, 0), (WAITING, 0)]
    assert [one.person for one in offer(house)] == [house.ben.person]


def test_small_groups_do_not_starve_a_large_one(house: House, sold_out: list[Order]) -> None:
    large, *small = people(house, 6)
    wish(house, large, 4)
    for n, one in enumerate(small):
        wish(house, one, 1, minutes(1 + n))
    served: list[str] = []
    for n in range(7):
        back(house, sold_out[n : n + 1])
        served += [str(one.person) for one in offer(house, minutes(10 + n))]

    overtakers = [str(one.person) for one in small[:3]]
    assert served == [*overtakers, str(large.person)]
    assert states(house, small[3:]) == [(WAITING, 0), (WAITING, 1)]


def test_on_the_last_day_what_is_not_enough_is_sold_to_anyone(
    house: House, sold_out: list[Order]
) -> None:
    wish(house, house.ann, 3)
    back(house, sold_out[:2])
    offer(house)
    with pytest.raises(SoldOut), house.db.begin_nested():
        house.place(house.free(2), who=house.ben)
    last = STARTS - LAST
    offer(house, last)

    assert len(house.place(house.free(2), who=house.ben, now=last).tickets) == 2
    assert states(house, [house.ann]) == [(WAITING, 0)]


def test_the_seats_that_came_back_are_kept_and_offered(house: House, full: Order) -> None:
    wish(house, house.ann, 2, what=house.seated)
    for ticket in full.tickets[2:4]:
        api.cancel_ticket(house.db, house.bus, house.organizer, ticket.id, now=minutes(1))
    kept = house.states()
    (found,) = offer(house, minutes(2), house.seated)
    assert found.order
    order = house.order(found.order)

    assert kept.count("free") == 0
    assert {one.seat for one in order.tickets} == {one.seat for one in full.tickets[2:4]}


def test_who_gives_up_sets_free_what_was_kept(house: House, sold_out: list[Order]) -> None:
    wish(house, house.ann, 2)
    back(house, sold_out[:1])
    api.give_up(house.db, house.bus, house.ann, house.online.id, now=minutes(1))
    offer(house, minutes(2))

    assert len(house.place(house.free(), who=house.ben, now=minutes(3)).tickets) == 1
    with pytest.raises(WishUnknown):
        api.give_up(house.db, house.bus, house.ann, house.online.id, now=minutes(4))


def test_nobody_waits_for_what_can_be_bought(house: House) -> None:
    with pytest.raises(StillLeft) as refusal:
        wish(house, house.ann, 2)

    assert refusal.value.params == {"left": 10}


def test_what_all_in_line_will_take_can_be_waited_for(house: House) -> None:
    house.bought(house.free(9), who=house.organizer)
    house.bought(house.seats(1, 2, 3, 4, 5, 6), who=house.organizer)
    api.join(house.db, house.ben, house.occasion.id, now=NOW)
    wish(house, house.ann, 1, minutes(1))

    assert offer(house, minutes(2)) == []
    api.leave(house.db, house.ben, house.occasion.id, now=minutes(3))
    assert [one.person for one in offer(house, minutes(4))] == [house.ann.person]


def test_nobody_stops_a_sale_by_waiting_for_more_than_is_left(house: House) -> None:
    house.bought(house.free(8), who=house.organizer)
    wish(house, house.ann, 3)
    offer(house, minutes(1))

    assert len(house.place(house.free(2), who=house.ben, now=minutes(2)).tickets) == 2


def test_a_wish_is_kept_once_and_may_be_changed(house: House, sold_out: list[Order]) -> None:
    first = wish(house, house.ann, 3)
    wish(house, house.ben, 3, minutes(1))
    assert wish(house, house.ann, 3, minutes(2)) == first
    fewer = wish(house, house.ann, 2, minutes(3))
    assert (fewer.count, states(house, [house.ann])) == (2, [(WAITING, 0)])
    more = wish(house, house.ann, 4, minutes(4))

    assert (more.id, more.count) == (first.id, 4)
    assert states(house, [house.ann, house.ben]) == [(WAITING, 1), (WAITING, 0)]
    assert sold_out


def test_more_tickets_are_offered_to_those_who_wait(house: House, sold_out: list[Order]) -> None:
    wish(house, house.ann, 2)
    before = jobs(house)
    api.change_type(house.db, house.bus, house.organizer, house.online.id, capacity=12, now=NOW)

    assert before > 0
    assert [one.person for one in offer(house)] == [house.ann.person]
    assert sold_out


def test_nobody_waits_for_what_is_called_off(house: House, sold_out: list[Order]) -> None:
    wish(house, house.ann, 2)
    back(house, sold_out[:1])
    api.cancel_occasion(house.db, house.bus, house.organizer, house.occasion.id, now=minutes(1))
    house.undone(now=minutes(1))
    free = ledger.free(house.db, [house.online.quota], house.occasion.span, now=minutes(2))

    assert states(house, [house.ann]) == [(OVER, 0)]
    assert free == {house.online.quota: 10}
    assert offer(house, minutes(2)) == []


def test_what_was_kept_is_offered_at_the_new_time_of_an_occasion(
    house: House, sold_out: list[Order]
) -> None:
    wish(house, house.ann, 2)
    back(house, sold_out[:1])
    later = Span(STARTS + timedelta(hours=3), STARTS + timedelta(hours=5))
    api.change_occasion(
        house.db, house.bus, house.organizer, house.occasion.id, span=later, now=minutes(1)
    )
    back(house, sold_out[1:2], minutes(2))

    assert [one.person for one in offer(house, minutes(3))] == [house.ann.person]


def test_wishes_are_checked_at_the_door(house: House, sold_out: list[Order]) -> None:
    other = draft(
        house.db,
        house.bus,
        house.organizer,
        house.operator,
        span=Span(STARTS + timedelta(days=30), STARTS + timedelta(days=31)),
    )
    hidden = api.add_type(
        house.db,
        house.bus,
        house.organizer,
        other.id,
        name=house.online.name,
        price=house.online.price,
        capacity=1,
        sale=house.online.sale,
        now=NOW,
    )
    for wrong in (0, -1, house.online.most + 1, 10_000_000):
        with pytest.raises(WantedWrong):
            wish(house, house.ann, wrong)
    with pytest.raises(TypeUnknown):
        wish(house, house.ann, 1, what=hidden)
    with pytest.raises(TypeUnknown):
        api.wish(house.db, house.ann, TicketTypeId(NOWHERE), 1, now=NOW)
    with pytest.raises(LoginNeeded):
        wish(house, GUEST, 1)
    with pytest.raises(NotOnSale):
        wish(house, house.ann, 1, STARTS)
    assert sold_out


def test_what_one_wishes_is_written_down(house: House) -> None:
    house.bought(house.free(10), who=house.organizer)
    wish(house, house.ann, 2)
    api.give_up(house.db, house.bus, house.ann, house.online.id, now=minutes(1))
    verbs = [one.verb for one in entries(house.db) if one.who == house.ann.person]

    assert verbs == ["ticketing.wish", "ticketing.give_up"]
