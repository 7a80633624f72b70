"""The line before a sale: who comes first buys first, and everyone knows how they stand."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.identity.accounts import NOWHERE, actor, person
from tests.ticketing.houses import NOW, SALE, House, draft, minutes

from shulian.booking.types import Span
from shulian.identity.types import GUEST, Actor
from shulian.kit.errors import LoginNeeded
from shulian.ticketing import api
from shulian.ticketing.api import line
from shulian.ticketing.errors import (
    KeptForOthers,
    NotOnSale,
    OccasionUnknown,
    TurnNeeded,
    TurnUnknown,
)
from shulian.ticketing.rules import line as rules
from shulian.ticketing.types import OccasionId, Position, TurnState, Wanted

BUYING, WAITING, PASSED = TurnState.BUYING, TurnState.WAITING, TurnState.PASSED
BOUGHT, REFUSED, CALLED = TurnState.BOUGHT, TurnState.REFUSED, TurnState.CALLED


def people(house: House, count: int) -> list[Actor]:
    """So many who want to buy."""
    return [
        actor(house.db, person(house.db, f"buyer-{number}@crowd.example"))
        for number in range(count)
    ]


def scarce(house: House, left: int) -> None:
    """Leave so many tickets, all of them seats: the others are held."""
    house.bought(house.free(10), who=house.organizer)
    if left < 6:
        house.bought(house.seats(*range(left + 1, 7)), who=house.organizer)


def join(house: House, who: Actor, at: datetime = NOW) -> Position:
    """Take a place in the line."""
    return api.join(house.db, who, house.occasion.id, now=at)


def ask(house: House, who: Actor, at: datetime = NOW) -> Position:
    """How somebody stands."""
    return api.ask(house.db, who, house.occasion.id, now=at)


def told(found: Position) -> tuple[TurnState, int, int]:
    """Where it stands, how many are ahead, how many tickets are left."""
    return found.turn.state, found.ahead, found.left


def seconds(count: float) -> datetime:
    """So many seconds from NOW: far enough apart for a line to move in between."""
    return NOW + timedelta(seconds=count)


def test_where_nobody_waits_one_is_called_at_once(house: House) -> None:
    found = join(house, house.ann)

    assert told(found) == (BUYING, 0, 16)
    assert (found.wait, found.again, found.turn.until) == (0, 0, NOW + rules.CHOOSE)


def test_a_second_tab_or_a_reload_changes_nothing(house: House) -> None:
    scarce(house, 2)
    first, second, third = people(house, 3)
    for one in (first, second, third):
        join(house, one)
    again = join(house, second, seconds(5))

    assert told(again) == (BUYING, 0, 2)
    assert again.turn.number == ask(house, second, seconds(6)).turn.number


def test_who_comes_when_all_are_spoken_for_is_told_so_at_once(house: House) -> None:
    scarce(house, 2)
    first, second, third = people(house, 3)
    before = [told(join(house, one, seconds(n))) for n, one in enumerate((first, second))]
    found = join(house, third, seconds(2))

    assert [state for state, _, _ in before] == [BUYING, BUYING]
    assert told(found) == (REFUSED, 2, 2)
    assert (found.again, found.wait) == (0, None)
    assert told(ask(house, third, seconds(60))) == (REFUSED, 2, 2)


def test_no_more_are_called_than_may_buy_at_a_time(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "AT_A_TIME", 2)
    crowd = people(house, 4)
    found = [join(house, one, seconds(n)) for n, one in enumerate(crowd)]

    assert [told(one) for one in found] == [
        (BUYING, 0, 16),
        (BUYING, 0, 16),
        (WAITING, 2, 16),
        (WAITING, 3, 16),
    ]
    assert [one.again for one in found[2:]] == [2, 2]
    assert [one.wait for one in found[2:]] == [None, None]


@pytest.mark.parametrize("first", [True, False], ids=["bought-before", "bought-after"])
def test_who_buys_while_the_line_is_counted_is_counted_once(
    house: House, monkeypatch: pytest.MonkeyPatch, *, first: bool
) -> None:
    monkeypatch.setattr(rules, "AT_A_TIME", 1)
    scarce(house, 3)
    crowd = people(house, 3)
    for number, one in enumerate(crowd):
        join(house, one, seconds(number))
    read, orders = line.left_of, [crowd[0]]  # what another process does meanwhile

    def left(*asked: Any) -> int:
        before = read(*asked)
        if orders:
            house.place(Wanted(house.seated.id, 1), who=orders.pop())
        return read(*asked) if first else before

    monkeypatch.setattr(line, "left_of", left)
    found = [ask(house, one, seconds(5 + number)) for number, one in enumerate(crowd[1:])]

    assert [(one.turn.state, one.ahead) for one in found] == [(BUYING, 0), (WAITING, 1)]


def test_who_arrived_first_is_first_whomever_a_process_had_time_for(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "AT_A_TIME", 1)
    first, late, early = people(house, 3)
    join(house, first)
    waits = [told(join(house, late, seconds(3))), told(join(house, early, seconds(2)))]
    house.place(Wanted(house.seated.id, 1), who=first)

    assert waits == [(WAITING, 1, 16), (WAITING, 1, 16)]
    assert told(ask(house, late, seconds(5)))[:2] == (WAITING, 1)
    assert told(ask(house, early, seconds(6)))[:2] == (BUYING, 0)


def test_who_bought_makes_room_for_the_next(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "AT_A_TIME", 1)
    first, second, third = people(house, 3)
    for n, one in enumerate((first, second, third)):
        join(house, one, seconds(n))
    house.place(house.free(), who=first, now=seconds(10))

    assert told(ask(house, third, seconds(11))) == (WAITING, 1, 15)
    assert told(ask(house, second, seconds(12))) == (BUYING, 0, 15)
    assert told(ask(house, first, seconds(12))) == (BOUGHT, 0, 15)
    assert ask(house, third, seconds(13)).wait is not None


def test_who_does_not_come_when_called_is_passed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "AT_A_TIME", 1)
    first, second, third = people(house, 3)
    for n, one in enumerate((first, second, third)):
        join(house, one, seconds(n))
    house.place(house.free(), who=first, now=seconds(10))
    ask(house, third, seconds(11))  # moves the line: the second is called, and does not come
    late = seconds(12) + rules.COME

    assert told(ask(house, third, late)) == (BUYING, 0, 15)
    assert told(ask(house, second, late)) == (PASSED, 0, 15)


def test_who_chooses_for_too_long_is_passed(house: House) -> None:
    join(house, house.ann)

    assert told(ask(house, house.ann, NOW + rules.CHOOSE)) == (PASSED, 0, 16)


def test_who_was_passed_may_line_up_anew(house: House) -> None:
    before = join(house, house.ann)
    late = NOW + rules.CHOOSE
    ask(house, house.ann, late)
    after = join(house, house.ann, late)

    assert after.turn.state is BUYING
    assert after.turn.number > before.turn.number


def test_who_leaves_is_waited_for_no_more(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "AT_A_TIME", 1)
    first, second = people(house, 2)
    join(house, first)
    join(house, second, seconds(1))
    api.leave(house.db, first, house.occasion.id, now=seconds(2))

    assert told(ask(house, second, seconds(3))) == (BUYING, 0, 16)
    with pytest.raises(TurnUnknown):
        api.leave(house.db, first, house.occasion.id, now=seconds(4))


def test_where_others_wait_nobody_orders_past_them(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "AT_A_TIME", 1)
    first, second = people(house, 2)
    join(house, first)
    join(house, second, seconds(1))
    with pytest.raises(TurnNeeded):
        house.place(house.free(), who=house.ben, now=seconds(2))
    with pytest.raises(TurnNeeded):
        house.place(house.free(), who=second, now=seconds(2))

    assert house.place(house.free(), who=first, now=seconds(2)).buyer == first.person


def test_asking_again_with_the_key_of_an_order_needs_no_turn(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "AT_A_TIME", 1)
    first, second, third = people(house, 3)
    for n, one in enumerate((first, second, third)):
        join(house, one, seconds(n))
    order = house.place(house.free(), who=first, key="mine", now=seconds(4))

    assert house.place(house.free(), who=first, key="mine", now=seconds(5)) == order


def test_a_gentle_sale_needs_a_turn_from_the_beginning(house: House) -> None:
    calm = api.change_occasion(
        house.db, house.bus, house.organizer, house.occasion.id, gentle=True, now=NOW
    )
    with pytest.raises(TurnNeeded):
        house.place(house.free())
    join(house, house.ann)

    assert house.place(house.free()).occasion == calm.id


def test_one_each_is_kept_for_those_who_are_called(house: House) -> None:
    scarce(house, 3)
    first, second, third = people(house, 3)
    for n, one in enumerate((first, second, third)):
        join(house, one, seconds(n))
    with pytest.raises(KeptForOthers) as refusal, house.db.begin_nested():
        house.place(house.seats(1, 2), who=first, now=seconds(4))
    orders = [
        house.place(house.seats(n), who=one, now=seconds(5))
        for n, one in ((1, first), (2, second), (3, third))
    ]

    assert refusal.value.params == {"left": 1}
    assert len({one.tickets[0].seat for one in orders}) == 3


def test_who_is_not_called_cannot_take_what_is_kept(house: House) -> None:
    scarce(house, 1)
    join(house, house.ann)
    with pytest.raises(KeptForOthers), house.db.begin_nested():
        house.place(house.seats(1), who=house.ben, now=seconds(1))

    assert house.place(house.seats(1), now=seconds(2)).buyer == house.ann.person


def test_before_a_sale_begins_one_waits_for_it(house: House) -> None:
    soon = Span(minutes(20), SALE.end)
    for one in (house.seated, house.online):
        api.change_type(house.db, house.bus, house.organizer, one.id, sale=soon, now=NOW)
    early = told(join(house, house.ann))
    other = told(join(house, house.ben, seconds(1)))

    assert (early, other) == ((WAITING, 0, 16), (WAITING, 1, 16))
    assert told(ask(house, house.ben, minutes(20))) == (BUYING, 0, 16)


def test_nobody_lines_up_for_what_is_not_sold(house: House) -> None:
    later = Span(minutes(31), SALE.end)
    for one in (house.seated, house.online):
        api.change_type(house.db, house.bus, house.organizer, one.id, sale=later, now=NOW)
    hidden = replace(house.occasion, id=OccasionId(NOWHERE)).id
    with pytest.raises(NotOnSale):
        join(house, house.ann)
    with pytest.raises(OccasionUnknown):
        api.join(house.db, house.ann, hidden, now=NOW)
    with pytest.raises(LoginNeeded):
        join(house, GUEST)


def test_a_draft_has_no_line(house: House) -> None:
    later = Span(NOW + timedelta(days=40), NOW + timedelta(days=41))
    other = draft(house.db, house.bus, house.organizer, house.operator, span=later)
    with pytest.raises(OccasionUnknown):
        api.join(house.db, house.ann, other.id, now=NOW)


def test_who_never_came_has_no_place(house: House) -> None:
    with pytest.raises(TurnUnknown):
        ask(house, house.ann)
    with pytest.raises(TurnUnknown):
        api.leave(house.db, house.ann, house.occasion.id, now=NOW)


def test_those_behind_are_refused_when_those_before_them_took_it_all(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "AT_A_TIME", 1)
    scarce(house, 4)
    crowd = people(house, 4)
    for n, one in enumerate(crowd):
        join(house, one, seconds(n))
    house.place(Wanted(house.seated.id, 3), who=crowd[0], now=seconds(10))

    assert told(ask(house, crowd[1], seconds(11))) == (BUYING, 0, 1)
    assert [told(ask(house, one, seconds(12))) for one in crowd[2:]] == [
        (REFUSED, 1, 1),
        (REFUSED, 2, 1),
    ]
