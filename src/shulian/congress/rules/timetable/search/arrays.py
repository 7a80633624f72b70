"""A problem as arrays, for compiled search.

Symbols: n sessions, h halls, c classes of halls that are open at the same times, t starts of all
sessions one after the other, g groups of sessions at which somebody should be, f forums.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shulian.congress.rules.timetable import grid
from shulian.congress.rules.timetable.problem import Hall, Place, Problem, Session, Stretch
from shulian.congress.types import Level, Rule

Ints = NDArray[np.int64]

FORBIDDEN = -1
SOFT, APART, APART_FORUMS = 0, 1, 2
"""How a group may meet: at the price of what is missed, not at all, or within a forum only."""


class Lists(NamedTuple):
    """Lists of numbers, one after the other."""

    first: Ints
    """(lists + 1,) where each begins, and where the last ends."""
    items: Ints


class Arrays(NamedTuple):
    """A problem as arrays; times in minutes, costs as the weights count them."""

    minutes: Ints
    """(n,)"""
    times: Lists
    """(n,) the starts of each session, in order."""
    day: Ints
    """(t,) the day of each start."""
    by_time: NDArray[np.int64]
    """(t, c) what it costs to start then in a hall of that class, or FORBIDDEN."""
    hall_class: Ints
    """(h,)"""
    by_hall: NDArray[np.int64]
    """(n, h) what it costs to be there, or FORBIDDEN."""
    halls_of: Lists
    """(n,) the halls where each session may be."""
    now: NDArray[np.int64]
    """(n, 2) the hall and the start where each session is now, or -1."""
    group: Lists
    """(g,) the sessions of each."""
    groups_of: Lists
    """(n,) the groups of each session."""
    weight: Ints
    """(g,) of a minute that is missed."""
    kind: Ints
    """(g,) SOFT, APART or APART_FORUMS."""
    forum: Lists
    """(f,) the sessions of each."""
    forum_of: Ints
    """(n,) or -1."""
    beside: Lists
    """(n,) the sessions to which a speaker walks from each."""
    walk: NDArray[np.int64]
    """(h, h)"""
    plenary: Ints
    """(n,) 1 for a plenary; -2 for what may be beside one: two that clash sum up to more than 0."""
    prices: Ints
    """(8,) hard, alone, far, halls, days, gap, buffer, move."""
    buffer: int


def arrays(problem: Problem, hard: int) -> Arrays:
    """`problem` as arrays; a hard rule that is broken costs `hard`, and more."""
    sessions, halls = problem.sessions, problem.halls
    number = {one.id: index for index, one in enumerate(sessions)}
    hall_number = {one.id: index for index, one in enumerate(halls)}
    kinds = {(hall.hours, hall.taken): hall for hall in halls}
    classes = {key: index for index, key in enumerate(kinds)}
    speakers = {one.id: one for one in problem.speakers}
    starts = [
        grid.allowed(problem, one, [speakers[name] for name in one.speakers], given=base)
        for one in sessions
        for base in [grid.starts(problem, one)]
    ]
    by_time = [
        _by_time(problem, *pair, list(kinds.values()))
        for pair in zip(sessions, starts, strict=True)
    ]
    flat = [start for found in starts for start in found]
    groups, weights, meets = _groups(problem, number)
    by_hall = np.array([[_by_hall(problem, one, hall) for hall in halls] for one in sessions])
    forums = _grouped(sessions, lambda one: (one.forum,) if one.forum else ())
    forum_lists = [[number[one.id] for one in found] for found in forums.values()]
    forum_of = np.full(len(sessions), -1)
    for index, members in enumerate(forum_lists):
        forum_of[members] = index
    walk = [[problem.walk(a.id, b.id) if a is not b else 0 for b in halls] for a in halls]
    return Arrays(
        minutes=np.array([one.minutes for one in sessions], np.int64),
        times=_lists(starts),
        day=np.searchsorted([day.start for day in problem.days], flat, side="right") - 1,
        by_time=np.concatenate([*by_time, np.zeros((0, len(kinds)), np.int64)]),
        hall_class=np.array([classes[one.hours, one.taken] for one in halls], np.int64),
        by_hall=by_hall,
        halls_of=_lists([np.flatnonzero(row != FORBIDDEN).tolist() for row in by_hall]),
        now=np.array([_now(one, hall_number) for one in sessions], np.int64),
        group=_lists(groups),
        groups_of=_lists(_turned(groups, len(sessions))),
        weight=np.array(weights, np.int64),
        kind=np.array(meets, np.int64),
        forum=_lists(forum_lists),
        forum_of=forum_of,
        beside=_lists(_beside(problem, number)),
        walk=np.array(walk, np.int64).reshape(len(halls), len(halls)),
        plenary=np.array([-2 if one.aside else int(one.plenary) for one in sessions], np.int64),
        prices=_prices(problem, hard),
        buffer=problem.buffer,
    )


def _prices(problem: Problem, hard: int) -> Ints:
    weights = problem.weights
    alone = _price(problem, Rule.NOT_ALONE, weights.alone, hard)
    far = _price(problem, Rule.TOO_FAR, weights.far, hard)
    buffer = hard if problem.rests else weights.buffer
    told = [hard, alone, far, weights.halls, weights.days, weights.gap, buffer, weights.move]
    return np.array(told, np.int64)


def _price(problem: Problem, rule: Rule, weight: int, hard: int) -> int:
    return {Level.BLOCK: hard, Level.WARN: weight, Level.IGNORE: 0}[problem.level(rule)]


def _by_time(
    problem: Problem, session: Session, starts: Sequence[int], kinds: Sequence[Hall]
) -> NDArray[np.int64]:
    """(starts, c) what each start of a session costs in each class of halls, or FORBIDDEN."""
    speakers = {one.id: one for one in problem.speakers}
    cost = np.zeros((len(starts), len(kinds)), np.int64)
    away = _price(problem, Rule.SPEAKER_AWAY, problem.weights.away, 0)
    for name in session.speakers:
        one = speakers[name]
        for stretches, weight in ((one.available, away), (one.wished, problem.weights.wish)):
            if stretches:
                cost += weight * ~_within(starts, stretches, session.minutes)[:, None]
    closed = problem.level(Rule.HALL_CLOSED)
    for column, hall in enumerate(kinds):
        free = set(grid.apart(starts, hall.taken, session.minutes))
        open_ = _within(starts, hall.hours, session.minutes)
        if closed is Level.WARN:
            cost[:, column] += problem.weights.closed * ~open_
        elif closed is Level.BLOCK:
            cost[~open_, column] = FORBIDDEN
        cost[[start not in free for start in starts], column] = FORBIDDEN
    return cost


def _within(starts: Sequence[int], stretches: Iterable[Stretch], minutes: int) -> NDArray[np.bool_]:
    return np.isin(starts, grid.inside(starts, stretches, minutes))


def _by_hall(problem: Problem, session: Session, hall: Hall) -> int:
    if session.halls and hall.id not in session.halls:
        return FORBIDDEN
    if session.pinned and session.placed is not None and session.placed.hall != hall.id:
        return FORBIDDEN
    level, without = problem.level(Rule.TOO_SMALL), session.attendance - hall.capacity
    if without <= 0 or level is Level.IGNORE:
        return 0
    return FORBIDDEN if level is Level.BLOCK else without * problem.weights.small


def _now(session: Session, halls: Mapping[str, int]) -> tuple[int, int]:
    if session.placed is None:
        return -1, -1
    return halls.get(session.placed.hall, -2), session.placed.start


def _groups(
    problem: Problem, number: Mapping[str, int]
) -> tuple[list[list[int]], list[int], list[int]]:
    """Sessions at which the same one should be; the weight of a minute; whether they may meet."""
    weights = problem.weights
    groups: list[list[int]] = []
    prices: list[int] = []
    meets: list[int] = []
    rules: tuple[tuple[Rule, int, Callable[[Session], Iterable[str]]], ...] = (
        (Rule.SPEAKER_TWICE, weights.speaker, lambda one: one.speakers),
        (Rule.THEME_CLASH, weights.theme, lambda one: (one.theme,) if one.theme else ()),
        (Rule.ORGANIZER_TWICE, weights.organizer, lambda one: one.organizers),
    )
    for rule, weight, keys in rules:
        level = problem.level(rule)
        hard = APART_FORUMS if rule is Rule.ORGANIZER_TWICE else APART
        for found in _grouped(problem.sessions, keys).values():
            if len(found) > 1 and level is not Level.IGNORE:
                groups.append([number[one.id] for one in found])
                prices.append(weight)
                meets.append(hard if level is Level.BLOCK else SOFT)
    return groups, prices, meets


def _grouped(
    sessions: Iterable[Session], keys: Callable[[Session], Iterable[str]]
) -> dict[str, list[Session]]:
    found: dict[str, list[Session]] = defaultdict(list)
    for one in sessions:
        for key in keys(one):
            found[key].append(one)
    return found


def _beside(problem: Problem, number: Mapping[str, int]) -> list[list[int]]:
    """The sessions that share with each a speaker who walks."""
    afoot = {one.id for one in problem.speakers if not one.online}
    found: list[set[int]] = [set() for _ in number]
    theirs = _grouped(problem.sessions, lambda one: set(one.speakers) & afoot)
    if any(problem.walks.values()) and problem.level(Rule.TOO_FAR) is not Level.IGNORE:
        for sessions in theirs.values():
            for one, other in combinations(sessions, 2):
                found[number[one.id]].add(number[other.id])
                found[number[other.id]].add(number[one.id])
    return [sorted(one) for one in found]


def _turned(lists: Sequence[Sequence[int]], count: int) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in range(count)]
    for index, items in enumerate(lists):
        for item in items:
            found[item].append(index)
    return found


def _lists(lists: Sequence[Sequence[int]]) -> Lists:
    first = np.cumsum([0, *map(len, lists)], dtype=np.int64)
    return Lists(first, np.array([item for items in lists for item in items], np.int64))


def state(problem: Problem, told: Arrays, places: Mapping[str, Place]) -> tuple[Ints, Ints]:
    """The hall and the index of the start of each session that is in `places`, -1 for others."""
    halls = {one.id: index for index, one in enumerate(problem.halls)}
    hall = np.full(len(problem.sessions), -1)
    time = np.full(len(problem.sessions), -1)
    for index, session in enumerate(problem.sessions):
        if (place := places.get(session.id)) is not None:
            first, end = told.times.first[index : index + 2]
            hall[index] = halls[place.hall]
            time[index] = first + np.searchsorted(told.times.items[first:end], place.start)
    return hall, time


def places(problem: Problem, told: Arrays, hall: Ints, time: Ints) -> dict[str, Place]:
    """The same as places again."""
    return {
        session.id: Place(problem.halls[at].id, start)
        for session, at, start in zip(
            problem.sessions, hall.tolist(), told.times.items[time].tolist(), strict=True
        )
    }
