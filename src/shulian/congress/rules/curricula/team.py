"""Simulated annealing on several cores: each thread cools a timetable of its own.

How far annealing alone comes is shown by Bellio, Ceschia, Di Gaspero, Schaerf and Urli,
"Feature-based tuning of simulated annealing applied to the curriculum-based course timetabling
problem", 2016. Here threads meet when they are warmed: all go on from the best of all of them.
"""

from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import NamedTuple

from shulian.congress.rules.curricula.arrays import (
    NEVER,
    Ints,
    State,
    data_of,
    empty_state,
    holder_of,
    solution_of,
)
from shulian.congress.rules.curricula.instance import Instance, Solution
from shulian.congress.rules.curricula.moves import anneal, load
from shulian.congress.rules.curricula.schedule import hot, temperature, warming

_PROPOSALS = 100_000
"""Between two looks at the clock: less than a hundredth of a second."""
_LOOK = 0.05
"""[s] between two looks at how far the threads are."""
_PATIENCE = 0.5
"""[s] how long threads are waited for that should end; who compiles ends later, by itself."""


class _Best(NamedTuple):
    """The best timetable of all."""

    cost: int
    holder: Ints


class Team:
    """The threads of one search, and the best that any of them has found."""

    def __init__(self, instance: Instance, *, workers: int, seed: int, start: Solution) -> None:
        """Begin at `start`, which breaks no hard rule and has a lecture at least."""
        self._instance, self._data = instance, data_of(instance)
        self._seed, self._start = seed, holder_of(instance, start)
        self._workers = max(workers, 1)
        self._over, self._lock = Event(), Lock()
        self._best: _Best | None = None
        self._failures: list[Exception] = []

    def search(
        self,
        clock: Callable[[], float],
        *,
        ends: float,
        enough: int,
        on_better: Callable[[int], None],
        stop: Callable[[], bool] | None,
    ) -> Solution | None:
        """Search until `clock` says `ends`, the cost is `enough`, or `stop` says so.

        Its cost is told to `on_better`, from the thread that calls, whenever one finds a better
        one. None: none had the time for any.
        """
        begun, told = clock(), None

        def share() -> float:
            return (clock() - begun) / max(ends - begun, 1e-9)

        threads = [
            Thread(target=self._work, args=(number, share), daemon=True)
            for number in range(self._workers)
        ]
        try:
            for one in threads:
                one.start()
            while any(one.is_alive() for one in threads) and not self._failures:
                threads[0].join(_LOOK)
                best = self._best
                if best is not None and best.cost != told:
                    told = best.cost
                    on_better(told)
                if share() >= 1 or (told is not None and told <= enough) or (stop and stop()):
                    break
        finally:
            self._over.set()
            for one in threads:
                one.join(_PATIENCE)
        if self._failures:
            raise self._failures[0]
        best = self._best
        return None if best is None else solution_of(best.holder)

    def _work(self, number: int, share: Callable[[], float]) -> None:
        try:
            self._cool(number, share)
        except Exception as error:  # noqa: BLE001  # it is raised where somebody waits for it
            self._failures.append(error)

    def _cool(self, number: int, share: Callable[[], float]) -> None:
        """Follow the schedule with a timetable of one's own."""
        data, begun_at = self._data, hot(self._instance)
        state = empty_state(self._instance, data, self._seed, number)
        load(data, state, self._start)
        times = 0
        while not self._over.is_set() and (passed := share()) < 1:
            if warming(passed) > times:
                times = warming(passed)
                self._adopt(state)
            anneal(data, state, temperature(passed, begun_at), _PROPOSALS)
            self._publish(state)

    def _publish(self, state: State) -> None:
        """Tell all if one's best is the best."""
        cost = int(state.best[0])
        with self._lock:
            if cost < (NEVER if self._best is None else self._best.cost):
                self._best = _Best(cost, state.best_holder.copy())

    def _adopt(self, state: State) -> None:
        """Go on from the best of all."""
        best = self._best
        if best is not None:
            load(self._data, state, best.holder)
