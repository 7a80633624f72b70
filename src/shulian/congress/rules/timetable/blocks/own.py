"""What each session costs by itself, at each of its starts and in each hall."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from shulian.congress.rules.timetable.problem import Problem
from shulian.congress.rules.timetable.search.arrays import FORBIDDEN, Ints, arrays
from shulian.congress.types import Level, Rule

Floats = NDArray[np.float64]


class Costs:
    """The costs of sessions that depend on nothing but their own place; inf: they cannot be there.

    What a plenary costs that stays where it is costs those that are beside it.
    """

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._told = arrays(problem, 0)
        first = self._told.times.first.tolist()
        self._rows = [slice(*pair) for pair in pairwise(first)]
        self.starts: list[Ints] = [self._told.times.items[rows] for rows in self._rows]
        """(n,) the starts of each session, in order [min]."""
        self._beside = [self._plenaries(number) for number in range(len(problem.sessions))]

    def kinds(self, sessions: Sequence[int]) -> tuple[list[int], list[frozenset[int]]]:
        """The kinds of halls for some sessions: one hall of each, and all of each."""
        of_hall: dict[tuple[int, ...], list[int]] = {}
        for hall, open_ in enumerate(self._told.hall_class.tolist()):
            there = self._told.by_hall[list(sessions), hall].tolist()
            now = (self._told.now[list(sessions), 0] == hall).tolist()
            of_hall.setdefault((open_, *there, *now), []).append(hall)
        return [halls[0] for halls in of_hall.values()], [*map(frozenset, of_hall.values())]

    def of(self, session: int, hall: int) -> Floats:
        """(starts,) what a session costs in a hall at each of its starts."""
        by_time = self._told.by_time[self._rows[session], self._told.hall_class[hall]]
        by_hall = int(self._told.by_hall[session, hall])
        found = np.where(by_time == FORBIDDEN, np.inf, by_time + by_hall + self._beside[session])
        now, start = self._told.now[session].tolist()
        if now != -1 and not self._problem.sessions[session].pinned:
            stays = (self.starts[session] == start) & (now == hall)
            found = found + np.where(stays, 0, self._problem.weights.move)
        return np.full_like(found, np.inf) if by_hall == FORBIDDEN else found

    def on_axis(
        self, session: int, halls: Sequence[int], first: int, unit: int, size: int
    ) -> Floats:
        """(halls, size) the same at each cell of time; inf where the session does not start."""
        found = np.full((len(halls), size), np.inf)
        cells = (self.starts[session] - first) // unit
        for row, hall in enumerate(halls):
            found[row, cells] = self.of(session, hall)
        return found

    def _plenaries(self, number: int) -> Floats:
        """(starts,) what plenaries that stay cost a session at each of its starts."""
        problem, starts = self._problem, self.starts[number]
        level, session = problem.level(Rule.NOT_ALONE), problem.sessions[number]
        found = np.zeros(len(starts))
        if level is Level.IGNORE or session.aside:
            return found
        price = np.inf if level is Level.BLOCK else problem.weights.alone
        for other, one in enumerate(problem.sessions):
            counted = other < number or not (session.pinned and session.plenary)
            stays = one.plenary and not one.aside and one.pinned and one.placed is not None
            if other == number or not (counted and stays) or one.placed is None:
                continue
            begin, end = one.placed.start, one.placed.start + one.minutes
            meets = (starts < end) & (begin < starts + session.minutes)
            found[meets] += price
        return found
