"""A resource holds more, or less as far as what is booked leaves room, whichever units that has."""

from collections.abc import Callable

import pytest
from tests.booking.ledgers import NOW, claim, resource, take
from tests.identity.accounts import COMMAND, entries

from shulian.booking import api
from shulian.booking.errors import CapacityInUse, UnitsWrong
from shulian.booking.types import Resource
from shulian.kit.bus import Bus
from shulian.kit.db import Db

Change = Callable[[Db, Resource, int], Resource]


def by_operator(db: Db, one: Resource, capacity: int) -> Resource:
    return api.change_resource(db, COMMAND, one.id, capacity=capacity, now=NOW)


def by_feature(db: Db, one: Resource, capacity: int) -> Resource:
    return api.change_allowance(db, one.id, capacity=capacity)


WAYS = pytest.mark.parametrize("change", [by_operator, by_feature])


@WAYS
def test_less_is_held_where_high_units_are_taken_and_low_ones_free(
    db: Db, bus: Bus, change: Change
) -> None:
    desks = resource(db, capacity=10)
    low, high = take(db, bus, claim(desks, 1, 2, 6)), take(db, bus, claim(desks, 1, 2, 4))
    api.release(db, bus, low.id)

    assert change(db, desks, 4).capacity == 4
    assert api.held(db, high.id) == high
    assert api.free(db, [desks.id], high.claims[0].span, now=NOW) == {desks.id: 0}


@WAYS
def test_less_is_held_where_units_are_free_one_after_the_other(
    db: Db, bus: Bus, change: Change
) -> None:
    desks = resource(db, capacity=3)
    first, second = (take(db, bus, claim(desks, 0, 8)) for _ in range(2))
    long = take(db, bus, claim(desks, 0, 8))
    for one in (first, second):
        api.release(db, bus, one.id)
    early, late = take(db, bus, claim(desks, 0, 4)), take(db, bus, claim(desks, 4, 8))

    assert change(db, desks, 2).capacity == 2
    assert [api.held(db, one.id) for one in (long, early, late)] == [long, early, late]


@WAYS
def test_less_than_is_held_is_refused_and_nothing_changes(db: Db, bus: Bus, change: Change) -> None:
    desks = resource(db, capacity=5)
    made = take(db, bus, claim(desks, 1, 2, 3))

    with pytest.raises(CapacityInUse) as caught:
        change(db, desks, 2)

    assert caught.value.params == {"capacity": 2}
    assert api.resources(db, [desks.id]) == {desks.id: desks}
    assert api.held(db, made.id) == made


@WAYS
@pytest.mark.parametrize("capacity", [0, -1, 100_000_001])
def test_a_capacity_that_makes_no_sense_is_refused(db: Db, change: Change, capacity: int) -> None:
    desks = resource(db, capacity=5)

    with pytest.raises(UnitsWrong):
        change(db, desks, capacity)


def test_what_an_operator_changes_is_on_record(db: Db) -> None:
    desks = resource(db, capacity=5)
    by_operator(db, desks, 4)
    by_operator(db, desks, 4)

    assert [one.verb for one in entries(db)] == ["booking.add_resource", "booking.change_resource"]
