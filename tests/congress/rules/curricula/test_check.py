"""The checker, against costs that are counted by hand."""

from dataclasses import replace

from tests.congress.rules.curricula.samples import SMALL, SOLVED

from shulian.congress.rules.curricula.check import Costs, check
from shulian.congress.rules.curricula.instance import Course, Curriculum, Lecture

BY_HAND = Costs(
    lectures=0,
    conflicts=0,
    availability=0,
    occupancy=0,
    # 30 and then 40 in the small room, which has 25 seats
    capacity=5 + 15,
    working_days=0,
    # "places" has one lecture on the first day
    compactness=2,
    # modelling and rendering are in both rooms
    stability=2,
)


def test_a_solution_costs_what_is_counted_by_hand() -> None:
    assert check(SMALL, SOLVED) == BY_HAND


def test_the_order_of_lectures_does_not_matter() -> None:
    assert check(SMALL, SOLVED[::-1]) == BY_HAND


def test_cost_and_violations_are_sums() -> None:
    costs = Costs(1, 2, 4, 8, 16, 32, 64, 128)

    assert (costs.violations, costs.cost) == (15, 240)


def test_no_lecture_at_all_lacks_all_of_them() -> None:
    assert check(SMALL, ()) == Costs(6, 0, 0, 0, 0, 25, 0, 0)


def test_a_lecture_that_is_missing_is_a_violation() -> None:
    assert check(SMALL, SOLVED[:5]) == replace(BY_HAND, lectures=1, working_days=5, compactness=4)


def test_a_lecture_too_many_is_a_violation() -> None:
    # on the first day "places" has rendering in the third period, so that twins fit before it
    more = (*SOLVED[:5], Lecture(2, 5, 1), Lecture(2, 1, 1))

    assert check(SMALL, more) == replace(BY_HAND, lectures=1, conflicts=1, compactness=0)


def test_two_lectures_of_a_course_at_a_time_count_as_one() -> None:
    twice = (Lecture(0, 0, 0), Lecture(0, 0, 1), *SOLVED[2:])

    assert check(SMALL, twice) == replace(BY_HAND, lectures=2, capacity=25, compactness=6)


def test_courses_of_a_curriculum_at_a_time_are_in_conflict() -> None:
    clashing = (*SOLVED[:3], Lecture(1, 0, 1), *SOLVED[4:])

    assert check(SMALL, clashing) == replace(BY_HAND, conflicts=1)


def test_courses_of_a_teacher_at_a_time_are_in_conflict() -> None:
    clashing = (*SOLVED[:5], Lecture(2, 3, 0))

    assert check(SMALL, clashing) == replace(BY_HAND, conflicts=1)


def test_a_pair_in_conflict_for_two_reasons_counts_once() -> None:
    both = replace(SMALL, curricula=(*SMALL.curricula, Curriculum("both", (0, 2))))

    assert check(both, (*SOLVED[:5], Lecture(2, 3, 0))).conflicts == 1


def test_a_lecture_while_its_teacher_is_away_is_a_violation() -> None:
    away = (*SOLVED[:4], Lecture(1, 5, 0), Lecture(2, 4, 1))

    assert check(SMALL, away) == replace(BY_HAND, availability=1, compactness=6)


def test_two_lectures_in_one_room_are_a_violation() -> None:
    free = replace(SMALL, courses=(*SMALL.courses, Course("light", "cy", 1, 1, 10)))

    assert check(free, (*SOLVED, Lecture(3, 0, 0))) == replace(BY_HAND, occupancy=1)


def test_three_lectures_in_one_room_are_two_violations() -> None:
    free = replace(
        SMALL,
        courses=(*SMALL.courses, Course("light", "cy", 1, 1, 10), Course("sound", "di", 1, 1, 10)),
    )

    assert check(free, (*SOLVED, Lecture(3, 0, 0), Lecture(4, 0, 0))).occupancy == 2


def test_missing_working_days_cost_five_each() -> None:
    spread = replace(SMALL.courses[0], days=4)

    assert check(replace(SMALL, courses=(spread, *SMALL.courses[1:])), SOLVED).working_days == 10


def test_the_last_period_of_a_day_is_not_beside_the_first_of_the_next() -> None:
    alone = replace(SMALL, curricula=(Curriculum("scenes", (1, 2)),))

    assert check(alone, (Lecture(1, 2, 0), Lecture(2, 3, 0))).compactness == 4


def test_an_isolated_lecture_counts_for_each_curriculum_that_has_it() -> None:
    twice = replace(SMALL, curricula=(*SMALL.curricula, Curriculum("again", (1, 2))))

    assert check(twice, SOLVED).compactness == 4
