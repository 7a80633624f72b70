"""What a timetable costs at least: the sum of what its parts cost at least, each by itself.

Every cost is counted in one part at most, and each part keeps fewer rules than the whole does, so
no timetable is cheaper than the sum of the cheapest parts (a Lagrangian bound without prices).
Parts are small enough to be solved to the end: forums that share themes, at what times they are;
each organizer, at what they miss; all sessions, in which and how many halls they are.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from shulian.congress.rules.timetable import grid
from shulian.congress.rules.timetable.model.build import halls_alone, times_alone
from shulian.congress.rules.timetable.model.variables import Variables
from shulian.congress.rules.timetable.problem import (
    Hall,
    Place,
    Problem,
    Session,
    Weights,
)
from shulian.congress.types import Level, Rule

_POOL = "pool"
_FREE = Weights(**dict.fromkeys(Weights.__dataclass_fields__, 0))


def parts(problem: Problem) -> Iterator[Callable[[], Variables]]:
    """The parts of `problem`: the sum of what they cost at least, and `certain`, is a bound."""
    dear = replace(_FREE, small=problem.weights.small, halls=problem.weights.halls)
    yield lambda: halls_alone(replace(problem, weights=dear))
    pooled, rooms = _pooled(problem), len(problem.halls)
    kept = replace(problem.weights, organizer=0, speaker=0, small=0, far=0, move=0)
    plenaries = [one for one in pooled.sessions if one.plenary and one.pinned]
    theme = problem.weights.theme if problem.level(Rule.THEME_CLASH) is Level.WARN else 0
    ordinary = [one for one in pooled.sessions if one not in plenaries]
    for sessions in _joined(ordinary, themes=bool(theme)):
        found = replace(pooled, sessions=(*sessions, *plenaries), weights=kept)
        yield lambda found=found: times_alone(_quiet(found), rooms)
    if problem.level(Rule.ORGANIZER_TWICE) is Level.WARN and problem.weights.organizer:
        missed = replace(_FREE, organizer=problem.weights.organizer)
        for sessions in _by_organizer(pooled.sessions):
            found = replace(pooled, sessions=sessions, weights=missed)
            yield lambda found=found: times_alone(found, rooms)


def certain(problem: Problem) -> int:
    """What moves cost at least: of the sessions that cannot stay where they are."""
    halls = {hall.id: hall for hall in problem.halls}
    speakers = {one.id: one for one in problem.speakers}
    count = 0
    for session in problem.sessions:
        if (now := session.placed) is not None and not session.pinned:
            theirs = [speakers[one] for one in session.speakers]
            left = grid.allowed(problem, session, theirs, given=(now.start,))
            left = grid.inside(left, (problem.whole,), session.minutes)
            hall = halls.get(now.hall)
            count += hall is None or not grid.in_hall(problem, session, hall, left)
    return count * problem.weights.move


def _pooled(problem: Problem) -> Problem:
    """The same with one hall for all, as large as needed, open whenever any is."""
    always = problem.level(Rule.HALL_CLOSED) is not Level.BLOCK
    hours = grid.union(
        problem.days if always else (one for hall in problem.halls for one in hall.hours)
    )
    hall = Hall(_POOL, max((one.attendance for one in problem.sessions), default=0), hours)
    sessions = tuple(
        replace(one, halls=(), placed=one.placed and Place(_POOL, one.placed.start))
        for one in problem.sessions
    )
    return replace(problem, halls=(hall,), sessions=sessions, walks={})


def _quiet(problem: Problem) -> Problem:
    """The same without organizers where they only cost: each is a part of its own."""
    if problem.level(Rule.ORGANIZER_TWICE) is Level.BLOCK:
        return problem
    return replace(problem, sessions=tuple(replace(one, organizers=()) for one in problem.sessions))


def _joined(sessions: Sequence[Session], *, themes: bool) -> Iterator[list[Session]]:
    """Sessions that a forum or, with `themes`, a theme joins, directly or through others."""
    root: dict[str, str] = {}

    def top(key: str) -> str:
        while root.setdefault(key, key) != key:
            key = root[key]
        return key

    for one in sessions:
        for key in (f"forum {one.forum}" * bool(one.forum), f"theme {one.theme}" * bool(one.theme)):
            if key and (themes or key.startswith("forum")):
                root[top(key)] = top(one.id)
    found: dict[str, list[Session]] = defaultdict(list)
    for one in sessions:
        found[top(one.id)].append(one)
    yield from found.values()


def _by_organizer(sessions: Iterable[Session]) -> Iterator[tuple[Session, ...]]:
    """The sessions of each organizer that has several, as theirs alone."""
    found: dict[str, list[Session]] = defaultdict(list)
    for one in sessions:
        for name in one.organizers:
            found[name].append(replace(one, organizers=(name,)))
    yield from (tuple(theirs) for theirs in found.values() if len(theirs) > 1)
