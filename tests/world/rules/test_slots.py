"""Which slot somebody gets."""

from hypothesis import given
from hypothesis import strategies as st

from shulian.world.rules.slots import REST, Slots


def test_the_lowest_slot_is_given_first() -> None:
    slots = Slots(4)

    given_ = [slots.take(0.0) for _ in range(3)]

    assert (given_, len(slots)) == ([0, 1, 2], 1)


def test_a_slot_that_was_left_rests_before_somebody_else_gets_it() -> None:
    slots = Slots(4)
    first = slots.take(0.0)
    assert first == 0
    slots.give_back(first, 1.0)

    assert [slots.take(1.0 + REST - 0.1), slots.take(1.0 + REST), len(slots)] == [1, 0, 2]


def test_where_all_others_are_taken_a_slot_does_not_rest() -> None:
    slots = Slots(2)
    for slot in (slots.take(0.0), slots.take(0.0)):
        assert slot is not None
        slots.give_back(slot, 1.0)

    assert [slots.take(1.0), slots.take(1.0), slots.take(1.0)] == [0, 1, None]


def test_slots_that_somebody_has_already_are_not_given() -> None:
    slots = Slots(4)
    slots.without({0, 2})

    assert [slots.take(0.0), slots.take(0.0), slots.take(0.0)] == [1, 3, None]


def test_however_many_come_and_go_memory_is_used_where_it_was() -> None:
    slots, used = Slots(1000), set[int]()
    for turn in range(5000):  # ten a second, each for half a second
        slot = slots.take(turn / 10)
        assert slot is not None
        used.add(slot)
        slots.give_back(slot, turn / 10 + 0.5)

    assert used == set(range(105))


@given(st.lists(st.tuples(st.booleans(), st.floats(0.0, 5.0)), max_size=60))
def test_no_slot_is_given_twice_or_lost(steps: list[tuple[bool, float]]) -> None:
    slots, taken, now = Slots(5), list[int](), 0.0
    for take, passed in steps:
        now += passed
        slot = slots.take(now) if take else None
        if slot is not None:
            assert slot not in taken
            taken.append(slot)
        elif not take and taken:
            slots.give_back(taken.pop(0), now)
        assert len(slots) + len(taken) == 5
