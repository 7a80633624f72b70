"""The cap of a zone and the queue before it."""

from hypothesis import given
from hypothesis import strategies as st

from shulian.world.rules.admission import KEPT, Absences, Gate

PEOPLE = st.integers(0, 12)
STEPS = st.lists(
    st.tuples(st.sampled_from(["enter", "leave", "lose", "back", "admit"]), PEOPLE), max_size=80
)


def after(cap: int, steps: list[tuple[str, int]]) -> Gate:
    gate = Gate(cap)
    for step, who in steps:
        if step == "admit":
            gate.admit()
        else:
            getattr(gate, step)(who)
    return gate


@given(st.integers(1, 5), STEPS)
def test_there_are_never_more_inside_than_the_cap(cap: int, steps: list[tuple[str, int]]) -> None:
    assert all(len(after(cap, steps[:done]).inside) <= cap for done in range(len(steps) + 1))


@given(st.integers(1, 5), STEPS)
def test_nobody_is_inside_and_waiting(cap: int, steps: list[tuple[str, int]]) -> None:
    gate = after(cap, steps)

    assert gate.inside & set(gate.queue) == set()


@given(st.integers(1, 5), STEPS)
def test_no_place_stays_free_while_somebody_waits_for_it(
    cap: int, steps: list[tuple[str, int]]
) -> None:
    gate = after(cap, steps)
    for who in gate.queue:
        gate.back(who)
    gate.admit()

    assert len(gate.inside) == cap or gate.queue == ()


@given(st.lists(PEOPLE, unique=True))
def test_positions_count_from_one_in_the_order_of_coming(people: list[int]) -> None:
    gate = Gate(2)
    for who in people:
        gate.enter(who)

    assert [gate.position(who) for who in people] == [
        0 if place < 2 else place - 1 for place in range(len(people))
    ]


def test_who_comes_later_does_not_overtake() -> None:
    gate = after(1, [("enter", 1), ("enter", 2), ("leave", 1)])

    assert (gate.enter(3), gate.inside, gate.queue) == (False, set(), (2, 3))


def test_only_who_enters_is_let_in_and_the_others_when_they_are_named() -> None:
    gate = after(2, [("enter", 1), ("enter", 2), ("enter", 3), ("leave", 1), ("leave", 2)])

    assert (gate.enter(4), gate.inside) == (True, {4})
    assert (gate.admit(), gate.inside) == ((3,), {3, 4})


def test_another_takes_the_place_inside_or_in_the_queue() -> None:
    gate = after(1, [("enter", 1), ("enter", 2), ("enter", 3)])
    gate.swap(1, 11)
    gate.swap(2, 3)
    gate.swap(4, 14)

    assert (gate.inside, gate.queue) == ({11}, (3,))


def test_who_lost_their_link_keeps_their_place_in_the_queue_but_is_not_let_in() -> None:
    gate = after(1, [("enter", 1), ("enter", 2), ("enter", 3), ("lose", 2), ("leave", 1)])
    assert gate.admit() == (3,)

    gate.back(2)
    gate.leave(3)
    assert gate.admit() == (2,)


def test_who_was_there_before_is_inside_whatever_the_cap() -> None:
    gate = Gate(1)
    gate.take(1)
    gate.take(2)

    assert (gate.inside, gate.enter(3), gate.position(3)) == ({1, 2}, False, 1)


def test_an_absence_expires_after_a_minute() -> None:
    absences = Absences()
    absences.begin(1, 100.0)
    absences.begin(2, 130.0)

    assert absences.expire(100.0 + KEPT - 0.1) == ()
    assert absences.expire(100.0 + KEPT) == (1,)
    assert (1 in absences, 2 in absences, len(absences)) == (False, True, 1)


def test_who_comes_back_does_not_expire() -> None:
    absences = Absences()
    absences.begin(1, 100.0)

    assert (absences.end(1), absences.end(1), absences.expire(1000.0)) == (True, False, ())


def test_an_absence_that_begins_again_lasts_its_full_time() -> None:
    absences = Absences()
    absences.begin(1, 100.0)
    absences.begin(2, 110.0)
    absences.begin(1, 150.0)

    assert absences.expire(110.0 + KEPT) == (2,)
