"""When sessions may start: the grid of a problem, and what hard rules leave of it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from shulian.congress.rules.timetable.problem import Hall, Problem, Session, Speaker, Stretch
from shulian.congress.types import Level, Rule


def starts(problem: Problem, session: Session) -> tuple[int, ...]:
    """Every start at which a session lies within a day, and where it is now, in order."""
    found = {
        start
        for day in problem.days
        for start in range(day.start, day.end - session.minutes + 1, problem.step)
    }
    if session.placed is not None:
        found |= set(inside((session.placed.start,), (problem.whole,), session.minutes))
    return tuple(sorted(found))


def inside(given: Sequence[int], stretches: Iterable[Stretch], minutes: int) -> tuple[int, ...]:
    """Those of the starts `given`, in order, from which `minutes` lie in one of `stretches`."""
    return tuple(
        start
        for first, end in stretches
        for start in given[bisect_left(given, first) : bisect_right(given, end - minutes)]
    )


def apart(given: Sequence[int], stretches: Iterable[Stretch], minutes: int) -> tuple[int, ...]:
    """Those of the starts `given` from which `minutes` meet none of `stretches`."""
    left = given
    for first, end in stretches:
        low, high = bisect_right(left, first - minutes), bisect_left(left, end)
        left = (*left[:low], *left[max(low, high) :])
    return tuple(left)


def union(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The same minutes as stretches in order and apart."""
    found: list[Stretch] = []
    for one in sorted(stretches):
        if found and one.start <= found[-1].end:
            found[-1] = Stretch(found[-1].start, max(found[-1].end, one.end))
        else:
            found.append(one)
    return tuple(found)


def allowed(
    problem: Problem, session: Session, speakers: Iterable[Speaker], *, given: Sequence[int]
) -> tuple[int, ...]:
    """Those of the starts `given` that no hard rule forbids to a session, in whatever hall."""
    left = tuple(given)
    if session.within:
        left = inside(left, session.within, session.minutes)
    if session.pinned and session.placed is not None:
        left = tuple(start for start in left if start == session.placed.start)
    if problem.level(Rule.SPEAKER_AWAY) is Level.BLOCK:
        for speaker in speakers:
            if speaker.available:
                left = inside(left, speaker.available, session.minutes)
    return left


def in_hall(
    problem: Problem, session: Session, hall: Hall, given: Sequence[int]
) -> tuple[int, ...]:
    """Those of the starts `given` that no hard rule forbids to a session in `hall`; often none."""
    small = session.attendance > hall.capacity
    if (
        (session.halls and hall.id not in session.halls)
        or (session.pinned and session.placed is not None and hall.id != session.placed.hall)
        or (small and problem.level(Rule.TOO_SMALL) is Level.BLOCK)
    ):
        return ()
    left = apart(given, hall.taken, session.minutes)
    if problem.level(Rule.HALL_CLOSED) is Level.BLOCK:
        left = inside(left, hall.hours, session.minutes)
    return left
