"""People come and go in every way there is, and the house keeps nothing of them."""

from collections import deque
from collections.abc import Callable, Sized
from pathlib import Path
from typing import cast

import msgspec
import numpy as np
import pytest
from tests.world.live.house.houses import House, building
from tests.world.live.house.pairs import Two
from tests.world.live.worlds import EAST, WEST, two_sites
from tests.world.visitors import HALL, PARK, visitor

from shulian.world.live.house import book
from shulian.world.live.ports import Close, Denied
from shulian.world.rules.admission import Gate
from shulian.world.rules.slots import REST
from shulian.world.types import Scope, VisitorKey
from shulian.world.wire.messages import (
    Block,
    Go,
    Hand,
    History,
    Leave,
    Roster,
    Said,
    Say,
    Waiting,
    Welcome,
)

KEPT = {"counters", "names", "grounds", "turns", "owners"}
"""Tallies, names of those who were here lately, the parks themselves."""
CONTAINERS: tuple[type, ...] = (dict, set, Gate)


def left(thing: object) -> dict[str, object]:
    """What containers of `thing` hold of people."""
    held = {name: value for name, value in vars(thing).items() if name not in KEPT}
    return {
        name: value for name, value in held.items() if isinstance(value, Sized) and _some(value)
    }


def _some(value: object) -> bool:
    """Whether there is anything in a container, or in one of those that it holds."""
    if isinstance(value, Gate):
        return bool(left(value))
    if isinstance(value, dict):
        inside = list(cast("dict[object, object]", value).values())
        kept = [one for one in inside if isinstance(one, CONTAINERS)]
        return any(_some(one) for one in kept) if kept else bool(inside)
    return isinstance(value, set | list | deque) and bool(cast("Sized", value))


class Day:
    """A house, and sockets that tell it when they have closed."""

    def __init__(self, house: House) -> None:
        self.house = house
        house.book.grounds[PARK].gates[HALL].cap = 1

    def in_the_hall(self) -> int:
        """Somebody in the hall, which is full then."""
        return self.house.come("ann", space=HALL)

    def close(self) -> None:
        """The sockets that were dropped are gone."""
        close(self.house)


def close(house: House) -> None:
    """The sockets that a house dropped are gone."""
    for slot, _ in house.sockets.dropped:
        house.lose(slot)
    house.sockets.dropped.clear()


def leaves(day: Day) -> None:
    slot = day.house.come("ben")
    day.house.ask(slot, Hand(raised=True))
    day.house.ask(slot, Say(key="1", scope=Scope.ZONE, text="hello"))
    day.house.ask(slot, Leave())


def vanishes(day: Day) -> None:
    day.house.lose(day.house.come("ben"))


def comes_back_and_leaves(day: Day) -> None:
    slot = day.house.come("ben")
    day.house.lose(slot)
    assert day.house.knock(resume=day.house.session(slot), last="0") == slot
    day.house.open(slot)
    day.house.ask(slot, Leave())


def comes_back_before_the_old_link_is_lost(day: Day) -> None:
    old = day.house.come("ben")
    slot = day.house.knock(resume=day.house.session(old), last="0")
    assert isinstance(slot, int)
    assert slot != old
    day.house.open(slot)
    day.house.ask(slot, Leave())


def comes_back_too_late(day: Day) -> None:
    slot = day.house.come("ben")
    day.house.lose(slot)
    day.house.pass_(61.0)
    assert isinstance(day.house.knock(resume=day.house.session(slot), last="0"), Denied)


def comes_in_twice(day: Day) -> None:
    day.house.come("ben")
    day.house.ask(day.house.come("ben"), Leave())


def shows_a_ticket_again(day: Day) -> None:
    ticket = day.house.ticket(visitor("ben"))
    slot = day.house.knock(ticket=ticket)
    assert isinstance(slot, int)
    day.house.open(slot)
    assert isinstance(day.house.knock(ticket=ticket), Denied)
    day.house.ask(slot, Leave())


def hangs_up_in_the_door(day: Day) -> None:
    slot = day.house.knock(ticket=day.house.ticket(visitor("ben")))
    assert isinstance(slot, int)
    day.house.lose(slot)


def never_comes_through_the_door(day: Day) -> None:
    assert isinstance(day.house.knock(ticket=day.house.ticket(visitor("ben"))), int)


def leaves_the_queue(day: Day) -> None:
    ann = day.in_the_hall()
    ben = day.house.come("ben", space=HALL)
    assert day.house.told(ben, Waiting)[-1].position == 1
    day.house.ask(ben, Leave())
    day.house.ask(ann, Leave())


def vanishes_in_the_queue(day: Day) -> None:
    ann, ben = day.in_the_hall(), day.house.come("ben")
    day.house.ask(ben, Go(key="1", space=HALL))
    assert day.house.told(ben, Waiting)[-1].position == 1
    day.house.lose(ben)
    day.house.ask(ann, Leave())


def gets_in_from_the_queue_and_vanishes(day: Day) -> None:
    ann, ben = day.in_the_hall(), day.house.come("ben", space=HALL)
    day.house.ask(ann, Leave())
    day.house.pass_(1.1)
    assert day.house.zone(ben) == HALL
    day.house.lose(ben)


def hides_from_another_and_asks_around(day: Day) -> None:
    ann, ben = day.house.come("ann"), day.house.come("ben")
    day.house.home.meet(ann, [ben])
    day.house.home.meet(ben, [ann])
    day.house.ask(ben, Roster(key="1"))
    day.house.ask(ben, History(key="2", before=10))
    day.house.ask(ben, Block(key="3", person=VisitorKey("g-ann"), on=True))
    day.house.ask(ann, Leave())
    day.house.ask(ben, Leave())


def asks_and_is_gone_before_the_answer(day: Day) -> None:
    ben = day.house.come("ben")
    for call in (b'{"type":"history","key":"1","before":9}', b'{"type":"leave"}'):
        day.house.home.heard(ben, call)


def floods(day: Day) -> None:
    ben = day.house.come("ben")
    for _ in range(200):
        day.house.home.heard(ben, b"?")
    assert (ben, Close.FLOOD) in day.house.sockets.dropped


WAYS: list[Callable[[Day], None]] = [
    leaves,
    vanishes,
    comes_back_and_leaves,
    comes_back_before_the_old_link_is_lost,
    comes_back_too_late,
    comes_in_twice,
    shows_a_ticket_again,
    hangs_up_in_the_door,
    never_comes_through_the_door,
    leaves_the_queue,
    vanishes_in_the_queue,
    gets_in_from_the_queue_and_vanishes,
    hides_from_another_and_asks_around,
    asks_and_is_gone_before_the_answer,
    floods,
]


def _end(day: Day) -> None:
    """Everything that is kept for a while is kept no more."""
    day.close()
    for _ in range(3):
        day.house.pass_(301.0)
        day.close()


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_nothing_is_left_of_somebody_who(house: House, way: Callable[[Day], None]) -> None:
    day = Day(house)
    way(day)
    _end(day)

    assert left(house.book) == {}
    assert left(house.book.grounds[PARK]) == {}
    assert (len(house.book.known), len(house.book.absences)) == (0, 0)
    assert house.book.free == len(house.crowd.state)
    assert not house.crowd.state.any()


def test_nothing_is_left_of_a_hundred_visits_of_all_kinds(house: House) -> None:
    day = Day(house)
    for turn in range(105):
        WAYS[turn % len(WAYS)](day)
        day.close()
        house.pass_(61.0)
    slots = int(np.count_nonzero(house.crowd.visit))
    _end(day)

    assert left(house.book) == {}
    assert left(house.book.grounds[PARK]) == {}
    assert house.book.free == len(house.crowd.state)
    assert set(house.home.gauges.values()) == {0}
    assert slots < 8  # those who come use the memory of those who went


def test_names_are_kept_of_those_who_are_here_and_of_the_last_who_were(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book, "_NAMES", 2)
    house.come("ann")
    for name in ("ben", "eve", "kim", "ben"):
        house.ask(house.come(name), Leave())
        house.pass_(1.0)

    assert list(house.book.names) == ["g-ann", "g-kim", "g-ben"]


def test_a_ticket_is_good_once_for_as_long_as_it_is_good(house: House) -> None:
    first = house.book.first_use("one")
    house.seconds += 200
    found = [house.book.first_use(mark) for mark in ("one", "two")]
    house.pass_(101.0)  # and no ticket lives that long

    assert (first, found) == (True, [False, True])
    assert [house.book.first_use(mark) for mark in ("one", "two")] == [True, False]


def test_who_gets_a_slot_is_not_told_what_the_last_one_asked_for(house: House) -> None:
    eve, ben = house.come("eve"), house.come("ben")
    house.clear()
    for call in (
        History(key="1", before=9),
        Say(key="2", scope=Scope.ZONE, text="bye"),
        Leave(),
    ):
        house.home.heard(ben, msgspec.json.encode(call))
    house.lose(ben)
    house.home.tick(house.seconds)
    house.seconds += REST
    assert house.knock(ticket=house.ticket(visitor("kim"))) == ben
    house.open(ben)

    assert [type(one) for one in house.sockets.told[ben]] == [Welcome]
    assert [(one.message.text, one.slot) for one in house.told(eve, Said)] == [("bye", -1)]


def test_nothing_is_left_of_people_across_a_border(own_database_url: str, tmp_path: Path) -> None:
    with building(own_database_url, tmp_path, two_sites()) as build:
        two = Two(build)
        ann = two.at(two.west, "ann", WEST, -10, 100)
        two.at(two.east, "ben", EAST, 10, 100)
        two.pass_()
        seen = [set(house.book.stranger_slots) for house in (two.west, two.east)]
        two.west.ask(ann, Leave())
        two.pass_()
        two.east.lose(two.east.book.by_key[VisitorKey("g-ben")].slot)
        for _ in range(3):
            two.pass_(301.0)
            for house in (two.west, two.east):
                close(house)

        assert seen == [{"g-ben"}, {"g-ann"}]
        for house in (two.west, two.east):
            assert left(house.book) == {}
            assert left(house.book.grounds[PARK]) == {}
            assert house.book.free == len(house.crowd.state)
