"""The checker: which demands a solution does not meet, and what that costs.

It reads nothing but the problem and the solution, and shares no line with the model that solves:
what both agree on is right, or wrong twice.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import NamedTuple

from shulian.congress.rules.timetable.problem import (
    Demand,
    Fault,
    Hall,
    Problem,
    Session,
    Solution,
    Speaker,
    Stretch,
)
from shulian.congress.types import Level, Rule


@dataclass(frozen=True, slots=True)
class Report:
    """What is wrong with a solution."""

    faults: tuple[Fault, ...]

    @property
    def broken(self) -> tuple[Fault, ...]:
        """What may not be."""
        return tuple(one for one in self.faults if one.hard)

    @property
    def cost(self) -> int:
        """Of all that may be, but should not."""
        return sum(one.cost for one in self.faults)

    @property
    def costs(self) -> Mapping[Demand, int]:
        """The same by demand; those that cost nothing are left out."""
        found: dict[Demand, int] = defaultdict(int)
        for one in self.faults:
            found[one.demand] += one.cost
        return {demand: cost for demand, cost in found.items() if cost}


class _Placed(NamedTuple):
    """A session where it takes place."""

    session: Session
    hall: Hall
    start: int
    end: int


def check(problem: Problem, solution: Solution) -> Report:
    """Every demand that `solution` does not meet, in the order of `Demand`."""
    halls = {hall.id: hall for hall in problem.halls}
    known = {session.id for session in problem.sessions}
    faults = [Fault(Demand.PLACED, (one,), hard=True) for one in solution.places.keys() - known]
    placed: list[_Placed] = []
    for session in problem.sessions:
        place = solution.places.get(session.id)
        if place is None or place.hall not in halls:
            faults.append(Fault(Demand.PLACED, (session.id,), hard=True))
        else:
            end = place.start + session.minutes
            placed.append(_Placed(session, halls[place.hall], place.start, end))
    placed.sort(key=lambda one: (one.start, one.end, one.session.id))
    for rule in (_alone, _together):
        faults.extend(rule(problem, placed))
    order = {demand: number for number, demand in enumerate(Demand)}
    return Report(tuple(sorted(faults, key=lambda one: (order[one.demand], one.sessions))))


def _alone(problem: Problem, placed: Sequence[_Placed]) -> Iterator[Fault]:
    """What each session does not meet by itself."""
    speakers = {speaker.id: speaker for speaker in problem.speakers}
    for one in placed:
        yield from _fixed(problem, one)
        yield from _in_hall(problem, one)
        for name in one.session.speakers:
            yield from _of_speaker(problem, one, speakers[name])


def _fixed(problem: Problem, one: _Placed) -> Iterator[Fault]:
    """What is said of a session itself: its place, its halls, its times."""
    session, place = one.session, (one.hall.id, one.start)
    ids = (session.id,)
    if session.placed is not None and place != session.placed:
        if session.pinned:
            yield Fault(Demand.PINNED, ids, hard=True)
        else:
            yield Fault(Demand.MOVE, ids, cost=problem.weights.move)
    if session.halls and one.hall.id not in session.halls:
        yield Fault(Demand.ELSEWHERE, ids, one.hall.id, hard=True)
    if session.within and not _covered(one, session.within):
        yield Fault(Demand.WITHIN, ids, hard=True)
    stays = session.placed is not None and one.start == session.placed.start
    if not _covered(one, (problem.whole,) if stays else problem.days):
        yield Fault(Demand.OUTSIDE, ids, hard=True)
    midnight = max((day.start for day in problem.days if day.start <= one.start), default=0)
    if not stays and (one.start - midnight) % problem.step:
        yield Fault(Demand.OFF_GRID, ids, hard=True)


def _in_hall(problem: Problem, one: _Placed) -> Iterator[Fault]:
    """Whether the hall is open, free and large enough."""
    ids = (one.session.id,)
    if any(one.start < held.end and held.start < one.end for held in one.hall.taken):
        yield Fault(Demand.HALL_TAKEN, ids, one.hall.id, hard=True)
    if not _covered(one, one.hall.hours):
        weight = problem.weights.closed
        yield from _fault(problem, Rule.HALL_CLOSED, ids, one.hall.id, 1, weight)
    if (without := one.session.attendance - one.hall.capacity) > 0:
        weight = problem.weights.small
        yield from _fault(problem, Rule.TOO_SMALL, ids, one.hall.id, without, weight)


def _of_speaker(problem: Problem, one: _Placed, speaker: Speaker) -> Iterator[Fault]:
    """Whether a speaker can be there, and would."""
    ids = (one.session.id,)
    if speaker.available and not _covered(one, speaker.available):
        yield from _fault(problem, Rule.SPEAKER_AWAY, ids, speaker.id, 1, problem.weights.away)
    if speaker.wished and not _covered(one, speaker.wished):
        yield Fault(Demand.WISH, ids, speaker.id, cost=problem.weights.wish)


def _together(problem: Problem, placed: Sequence[_Placed]) -> Iterator[Fault]:
    """What sessions do not meet with each other."""
    yield from _halls(problem, placed)
    yield from _plenaries(problem, placed)
    yield from _walks(problem, placed)
    yield from _forums(problem, placed)
    weights = problem.weights
    for rule, weight, keys in (
        (Rule.SPEAKER_TWICE, weights.speaker, _speakers_of),
        (Rule.THEME_CLASH, weights.theme, _theme_of),
        (Rule.ORGANIZER_TWICE, weights.organizer, _organizers_of),
    ):
        yield from _clashes(problem, placed, rule, weight, keys)


def _halls(problem: Problem, placed: Sequence[_Placed]) -> Iterator[Fault]:
    """Two in one hall at a time, or one sooner after the other than the hall should rest."""
    for hall, inside in _grouped(placed, lambda one: (one.hall.id,)).items():
        for one, other in combinations(inside, 2):
            if other.start < one.end:
                ids = (one.session.id, other.session.id)
                yield Fault(Demand.HALL_TAKEN, ids, hall, hard=True)
        for one, after in pairwise(inside):
            if one.end <= after.start < one.end + problem.buffer:
                ids = (one.session.id, after.session.id)
                cost = 0 if problem.rests else problem.weights.buffer
                yield Fault(Demand.BUFFER, ids, hall, cost=cost, hard=problem.rests)


def _plenaries(problem: Problem, placed: Sequence[_Placed]) -> Iterator[Fault]:
    """What takes place while nothing else should."""
    for one, other in combinations(placed, 2):
        aside = one.session.aside or other.session.aside
        plenary = one.session.plenary or other.session.plenary
        if plenary and not aside and other.start < one.end:
            ids = (one.session.id, other.session.id)
            yield from _fault(problem, Rule.NOT_ALONE, ids, "", 1, problem.weights.alone)


def _walks(problem: Problem, placed: Sequence[_Placed]) -> Iterator[Fault]:
    """Two sessions of a speaker with too little time to walk from one to the other."""
    afoot = {one.id for one in problem.speakers if not one.online}
    of_speaker = _grouped(placed, lambda one: set(one.session.speakers) & afoot)
    pairs = {
        (one.session.id, other.session.id): (speaker, one, other)
        for speaker, theirs in sorted(of_speaker.items(), reverse=True)
        for one, other in combinations(theirs, 2)
    }
    for ids, (speaker, one, other) in pairs.items():
        way = problem.walk(one.hall.id, other.hall.id)
        if one.hall.id != other.hall.id and way > 0 and other.start - one.end < way:
            yield from _fault(problem, Rule.TOO_FAR, ids, speaker, 1, problem.weights.far)


def _forums(problem: Problem, placed: Sequence[_Placed]) -> Iterator[Fault]:
    """Forums that change their hall, go on for days, or make pauses."""
    weights = problem.weights
    forums = _grouped(placed, lambda one: [one.session.forum] if one.session.forum else [])
    for forum, theirs in forums.items():
        ids = tuple(one.session.id for one in theirs)
        days = _grouped(theirs, lambda one: (str(bisect_right(problem.days, (one.start + 1,))),))
        if more := len({one.hall.id for one in theirs}) - 1:
            yield Fault(Demand.HALLS, ids, forum, more, more * weights.halls)
        if more := len(days) - 1:
            yield Fault(Demand.DAYS, ids, forum, more, more * weights.days)
        for inside in days.values():
            long = max(one.end for one in inside) - inside[0].start
            busy = sum(one.session.minutes for one in inside) + problem.buffer * (len(inside) - 1)
            if long > busy:
                its = tuple(one.session.id for one in inside)
                yield Fault(Demand.GAP, its, forum, long - busy, (long - busy) * weights.gap)


def _clashes(
    problem: Problem,
    placed: Sequence[_Placed],
    rule: Rule,
    weight: int,
    keys: Callable[[_Placed], Iterable[str]],
) -> Iterator[Fault]:
    """What one who should be at several sessions has to miss."""
    level = problem.level(rule)
    for name, theirs in _grouped(placed, keys).items():
        if level is Level.WARN:
            missed = _missed(theirs)
            minutes = sum(one.session.minutes for one in missed)
            ids = tuple(one.session.id for one in missed)
            if missed:
                yield Fault(Demand(rule.value), ids, name, minutes, minutes * weight)
        elif level is Level.BLOCK:
            for one, other in combinations(theirs, 2):
                same = rule is Rule.ORGANIZER_TWICE and _of_one_forum(one, other)
                if other.start < one.end and not same:
                    ids = (one.session.id, other.session.id)
                    yield Fault(Demand(rule.value), ids, name, hard=True)


def _of_one_forum(one: _Placed, other: _Placed) -> bool:
    return bool(one.session.forum) and one.session.forum == other.session.forum


def _missed(sessions: Sequence[_Placed]) -> list[_Placed]:
    """Which sessions one misses who sees as many minutes of them as can be, each whole.

    Weighted interval scheduling, by dynamic programming over their ends.
    """
    by_end = sorted(sessions, key=lambda one: (one.end, one.start, one.session.id))
    ends = [one.end for one in by_end]
    best = [0]
    before: list[int] = []
    for number, one in enumerate(by_end):
        free = bisect_right(ends, one.start, hi=number)
        before.append(free)
        best.append(max(best[-1], best[free] + one.session.minutes))
    missed: list[_Placed] = []
    number = len(by_end)
    while number:
        one = by_end[number - 1]
        if best[number] > best[number - 1]:
            number, passed = before[number - 1], number - 1
            missed.extend(by_end[number:passed])
        else:
            missed.append(one)
            number -= 1
    return sorted(missed, key=lambda one: (one.start, one.end, one.session.id))


def _fault(
    problem: Problem, rule: Rule, ids: tuple[str, ...], about: str, amount: int, weight: int
) -> Iterator[Fault]:
    """A rule that is broken, as much as it matters here."""
    match problem.level(rule):
        case Level.BLOCK:
            yield Fault(Demand(rule.value), ids, about, amount, hard=True)
        case Level.WARN:
            yield Fault(Demand(rule.value), ids, about, amount, amount * weight)
        case Level.IGNORE:
            return


def _covered(one: _Placed, stretches: Iterable[Stretch]) -> bool:
    """Whether all of a session lies in one of `stretches`."""
    return any(start <= one.start and one.end <= end for start, end in stretches)


def _grouped(
    placed: Iterable[_Placed], keys: Callable[[_Placed], Iterable[str]]
) -> dict[str, list[_Placed]]:
    found: dict[str, list[_Placed]] = defaultdict(list)
    for one in placed:
        for key in keys(one):
            found[key].append(one)
    return found


def _speakers_of(one: _Placed) -> Iterable[str]:
    return one.session.speakers


def _organizers_of(one: _Placed) -> Iterable[str]:
    return one.session.organizers


def _theme_of(one: _Placed) -> Iterable[str]:
    return (one.session.theme,) if one.session.theme else ()
