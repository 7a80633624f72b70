"""When sessions may start."""

from dataclasses import replace

from tests.congress.rules.timetable.problems import two_days

from shulian.congress.rules.timetable import grid
from shulian.congress.rules.timetable.problem import DAY, Place, Session, Stretch


def test_sessions_start_at_steps_of_their_days_and_where_they_are_now() -> None:
    session = Session("a", 22 * 60, placed=Place("large", 61))

    assert grid.starts(two_days(session), session) == (0, 60, 61, 120, DAY, DAY + 60, DAY + 120)


def test_a_session_across_midnight_may_stay() -> None:
    session = replace(Session("a", 60), placed=Place("large", DAY - 30))

    assert DAY - 30 in grid.starts(two_days(session), session)


def test_starts_inside_and_apart_from_stretches() -> None:
    starts = (0, 10, 20, 30, 40)

    assert grid.inside(starts, [Stretch(5, 30), Stretch(30, 50)], 10) == (10, 20, 30, 40)
    assert grid.apart(starts, [Stretch(15, 25)], 10) == (0, 30, 40)
    assert grid.apart(starts, [Stretch(0, 1), Stretch(45, 46)], 10) == (10, 20, 30)


def test_stretches_that_touch_are_one() -> None:
    found = grid.union([Stretch(5, 9), Stretch(0, 3), Stretch(3, 4), Stretch(8, 10)])

    assert found == (Stretch(0, 4), Stretch(5, 10))
