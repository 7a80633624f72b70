"""Who knows whom."""

from hypothesis import given
from hypothesis import strategies as st

from shulian.world.rules.acquaintance import Acquaintance

SIZE = 24
SLOT = st.integers(0, SIZE - 1)
STEP = st.one_of(
    st.tuples(st.just("meet"), SLOT, st.sets(SLOT, min_size=1, max_size=4)),
    st.tuples(st.just("forget"), SLOT, st.just(set[int]())),
    st.tuples(st.just("part"), SLOT, st.sets(SLOT, min_size=1, max_size=4)),
)


def test_those_are_told_who_knew_somebody_that_is_gone() -> None:
    known = Acquaintance(SIZE)
    known.meet(3, [7, 9])
    known.meet(17, [9])
    known.meet(5, [8])

    assert known.part([7, 9]) == [(3, (7, 9)), (17, (9,))]
    assert (known.part([7, 9]), known.knowers(8), len(known)) == ([], [5], 1)


def test_who_is_gone_themselves_knows_nobody() -> None:
    known = Acquaintance(SIZE)
    known.meet(3, [7])
    known.meet(4, [7])
    known.forget(3)

    assert (known.knowers(7), len(known)) == ([4], 1)


@given(st.lists(STEP, max_size=40))
def test_it_is_a_set_of_pairs(steps: list[tuple[str, int, set[int]]]) -> None:
    known, pairs = Acquaintance(SIZE), set[tuple[int, int]]()
    for step, knower, slots in steps:
        if step == "meet":
            known.meet(knower, slots)
            pairs |= {(knower, slot) for slot in slots}
        elif step == "forget":
            known.forget(knower)
            pairs = {pair for pair in pairs if pair[0] != knower}
        else:
            told = {(who, slot) for who, some in known.part(sorted(slots)) for slot in some}
            assert told == {pair for pair in pairs if pair[1] in slots}
            pairs = {pair for pair in pairs if pair[1] not in slots}
        assert len(known) == len(pairs)
        assert {(who, slot) for slot in range(SIZE) for who in known.knowers(slot)} == pairs
