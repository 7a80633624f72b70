"""The best seats for a party, beside what trying everything finds."""

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.ticketing.rules.halls import STAGE, curved, free, line, straight

from shulian.ticketing.rules.seating import (
    Bools,
    Party,
    Seating,
    arrange,
    choose,
    instead,
    lonely,
)

HALLS = (
    arrange(straight(3, 4), STAGE),
    arrange(straight(2, 7, aisles=(3,)), STAGE),
    arrange(curved(2, 30), STAGE),
    line(5, 1, 4),
)
OPEN = "." * 20


def chosen(seating: Seating, pattern: str, count: int) -> list[int]:
    """The seats that are chosen; none: an empty list."""
    found = choose(seating, free(pattern), count)
    return list(found.seats) if found else []


def test_the_best_seats_are_on_the_axis_and_neither_in_front_nor_at_the_back() -> None:
    seating = arrange(straight(11, 9), STAGE)

    (seat,) = chosen(seating, "." * 99, 1)

    assert divmod(seat, 9) == (4, 4)


def test_a_party_sits_together_in_one_row() -> None:
    assert chosen(line(10), "." * 10, 4) == [3, 4, 5, 6]


def test_a_party_does_not_sit_over_an_aisle() -> None:
    seating = arrange(straight(1, 8, aisles=(4,)), STAGE)

    assert chosen(seating, "xx.. ..xx", 2) == [2, 3]
    assert choose(seating, free("xx.. ..xx"), 3) == Party((2, 3, 4), (2, 1), (5,))


def test_no_seat_is_left_alone_beside_a_taken_one() -> None:
    # the middle of five would leave one at each end
    assert chosen(line(7), "x.....x", 3) in ([1, 2, 3], [3, 4, 5])
    assert choose(line(6), free("x....x"), 3) == Party((1, 2, 3), (3,), (4,))
    assert chosen(line(6), "x....x", 2) == [1, 2]


def test_a_worse_row_is_taken_rather_than_a_seat_left_alone() -> None:
    assert chosen(line(5, 5), "xx... xx..x", 2) == [7, 8]


def test_a_seat_that_was_alone_before_is_nobodys_fault() -> None:
    found = choose(line(7), free(".x....x"), 4)

    assert found == Party((2, 3, 4, 5), (4,), ())


def test_a_single_may_take_a_seat_that_is_alone() -> None:
    assert chosen(line(5), "x.x..", 1) == [1]


def test_a_party_too_large_for_a_row_sits_in_two_behind_each_other() -> None:
    found = choose(line(5, 5, 5, 5), free("." * 20), 6)

    assert found is not None
    assert (found.parts, found.lonely) == ((3, 3), ())
    behind = [other - one for one, other in zip(found.seats[:3], found.seats[3:], strict=True)]
    assert behind == [5, 5, 5]


def test_nobody_of_a_party_sits_alone_where_that_can_be_helped() -> None:
    for seating, count, parts in ((line(3, 3), 4, [2, 2]), (line(4, 4), 5, [2, 3])):
        found = choose(seating, np.ones(len(seating.at), bool), count)
        assert found is not None
        assert sorted(found.parts) == parts


def test_a_party_too_large_for_two_parts_is_gathered_in_more() -> None:
    found = choose(line(3, 3, 3, 3), free("." * 12), 9)

    assert found is not None
    assert found.parts == (3, 3, 3)


def test_all_seats_are_found_where_as_many_are_wanted() -> None:
    pattern = ".x.x. x.x.x ..x.."

    found = choose(line(5, 5, 5), free(pattern), int(free(pattern).sum()))

    assert found is not None
    assert list(found.seats) == np.flatnonzero(free(pattern)).tolist()


def test_there_is_no_choice_where_too_few_are_free() -> None:
    assert choose(line(4), free("x..x"), 3) is None
    assert choose(line(4), free("xxxx"), 1) is None
    assert choose(line(4), free("...."), 0) is None
    assert choose(line(4), free("...."), -1) is None
    assert choose(line(), np.zeros(0, bool), 1) is None


def test_only_seats_of_the_price_are_chosen_but_others_keep_one_company() -> None:
    seating, all_free = line(6), free("......")

    found = choose(seating, all_free, 2, among=free("...xxx"))

    # the third of that price has a neighbour of the other one
    assert found == Party((0, 1), (2,), ())


def test_a_choice_by_hand_is_told_which_seat_it_leaves_alone() -> None:
    assert lonely(line(6), free("......"), (1, 2)) == (0,)
    assert lonely(line(6), free("......"), (1, 3)) == (0, 2)
    assert lonely(line(6), free("x.x..."), (3, 4)) == (5,)
    assert lonely(line(6), free("......"), (2, 3)) == ()


def test_a_choice_by_hand_is_offered_a_better_one_close_by() -> None:
    found = instead(line(6, 6), free("...... ......"), (1, 2))

    assert found == Party((2, 3), (2,), ())
    assert instead(line(6), free("......"), (2, 3)) is None
    assert instead(line(3), free("..."), (0, 1)) is None
    assert instead(line(3), free("..."), ()) is None


def test_a_hall_without_a_stage_looks_where_its_first_seats_are() -> None:
    seating = arrange(straight(5, 5))

    assert seating.rows.order.tolist() == list(range(25))


def test_around_a_stage_in_the_middle_no_side_is_better() -> None:
    ring = np.array([(5.0, 0.0), (0.0, 5.0), (-5.0, 0.0), (0.0, -5.0)])

    seating = arrange(ring, (((-1, -1), (1, -1), (1, 1), (-1, 1)),))

    assert np.ptp(seating.cost) < 1e-9


seats = st.sampled_from(range(len(HALLS))).flatmap(
    lambda hall: st.tuples(
        st.just(HALLS[hall]),
        st.lists(st.booleans(), min_size=len(HALLS[hall].at), max_size=len(HALLS[hall].at)),
    )
)


def runs(seating: Seating, which: tuple[int, ...]) -> list[list[int]]:
    """Those seats in stretches that sit together."""
    place = {int(seat): number for number, seat in enumerate(seating.rows.order)}
    found: list[list[int]] = []
    for seat in sorted(which, key=place.__getitem__):
        before = found[-1][-1] if found else None
        beside = before is not None and place[seat] == place[before] + 1
        if beside and seating.rows.segment[seat] == seating.rows.segment[before]:
            found[-1].append(seat)
        else:
            found.append([seat])
    return found


def left_alone(seating: Seating, free: Bools, which: tuple[int, ...]) -> int:
    """How many free seats a choice leaves without a free neighbour, counted one by one."""

    def alone(free: Bools) -> set[int]:
        return {
            run[0] for run in runs(seating, tuple(np.flatnonzero(free).tolist())) if len(run) == 1
        }

    after = free.copy()
    after[list(which)] = False
    return len(alone(after) - alone(free))


@given(told=seats, count=st.integers(1, 5))
def test_no_other_way_to_sit_together_is_better(
    told: tuple[Seating, list[bool]], count: int
) -> None:
    seating, free = told[0], np.array(told[1], bool)
    every = [
        which
        for which in combinations(np.flatnonzero(free).tolist(), count)
        if len(runs(seating, which)) == 1
    ]

    found = choose(seating, free, count)

    if every:
        best = min((left_alone(seating, free, one), worth(seating, one)) for one in every)
        assert found is not None
        assert (len(found.lonely), worth(seating, found.seats)) == best
        assert found.parts == (count,)
    else:
        assert found is None or len(found.parts) > 1


@given(told=seats, count=st.integers(1, 8))
def test_a_party_has_as_many_free_seats_as_it_wants_in_as_few_parts_as_will_do(
    told: tuple[Seating, list[bool]], count: int
) -> None:
    seating, free = told[0], np.array(told[1], bool)

    found = choose(seating, free, count)

    if int(free.sum()) < count:
        assert found is None
        return
    assert found is not None
    assert len(set(found.seats)) == count
    assert all(free[list(found.seats)])
    assert tuple(len(run) for run in runs(seating, found.seats)) == found.parts
    assert len(found.lonely) == left_alone(seating, free, found.seats)


@given(told=seats, data=st.data())
def test_what_a_choice_leaves_alone_is_what_counting_finds(
    told: tuple[Seating, list[bool]], data: st.DataObject
) -> None:
    seating, free = told[0], np.array(told[1], bool)
    places = np.flatnonzero(free).tolist()
    which = tuple(data.draw(st.lists(st.sampled_from(places), unique=True)) if places else [])

    assert len(lonely(seating, free, which)) == left_alone(seating, free, which)
    better = instead(seating, free, which)
    assert better is None or len(better.lonely) < left_alone(seating, free, which)


@given(told=seats, count=st.integers(1, 6), other=st.integers(0, 3))
def test_a_choice_is_made_of_the_seats_that_may_be_chosen(
    told: tuple[Seating, list[bool]], count: int, other: int
) -> None:
    seating, free = told[0], np.array(told[1], bool)
    among = np.arange(len(free)) % 4 != other

    found = choose(seating, free, count, among=among)

    assert (found is None) is (int((free & among).sum()) < count)
    assert found is None or all((free & among)[list(found.seats)])


def worth(seating: Seating, which: tuple[int, ...]) -> float:
    """The cost of a seat, on average, as exact as a sum is."""
    return round(float(seating.cost[list(which)].mean()), 9)
