"""Solving a conference: annealing that finds, and CP-SAT beside it that bounds.

Annealing goes in rounds, each twice as long as the one before up to a sixth of the time: it heats
up what is the best so far and lets it cool to where no move that costs anything is taken. CP-SAT
has the first part of the time on the second thread: it tells whether there is any solution, finds
one where annealing alone would not, and says what nothing can be better than. Then that thread
anneals, too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, Thread

import numpy as np
from ortools.sat.python import cp_model

from shulian.congress.errors import ConferenceInfeasible
from shulian.congress.rules.sessions.annealing import Annealer, annealer
from shulian.congress.rules.sessions.instance import Instance, Integers, Solution, empty
from shulian.congress.rules.sessions.kernel.arrays import Prices
from shulian.congress.rules.sessions.model import Watch, build

_PIECE = 20_000
"""Moves between two looks at the clock: some hundredths of a second."""
_LOOK = 0.05
"""[s] between two looks at how far the lanes are."""
_GRACE = 2.0
"""[s] that a lane is waited for at the end. It takes longer only while the search is compiled for
the first time, which nobody waits for: the lane ends by itself then, and says nothing more."""
_FIRST_ROUND = 4.0
"""[s]."""
_LONGEST_ROUND = 1 / 6
"""[of all the time]."""
_MODEL_SHARE = 0.25
"""[of all the time] that CP-SAT has."""
_COLD = 0.15
"""[of the smallest price] where a round ends: a move that costs it is taken once in 800."""
_HEATS = (1.0, 0.01, 0.1, 0.001)
"""[of the largest price] where one round after the other begins."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search is."""

    seconds: float
    """Since it began."""
    objective: int | None
    """Of the best so far; none: there is none yet."""
    bound: int | None
    """No solution has less; none: nothing is known."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a search found."""

    solution: Solution | None
    """None: nothing was found in the time there was."""
    objective: int | None
    bound: int | None

    @property
    def optimal(self) -> bool:
        """Whether no solution is better."""
        return self.objective is not None and self.objective == self.bound


def solve(
    instance: Instance,
    *,
    clock: Callable[[], float],
    deadline: float,
    seed: int = 0,
    workers: int = 2,
    on_progress: Callable[[Progress], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Outcome:
    """The best solution that is found until `clock()` says `deadline`, or `stop()` says so.

    Raises ConferenceInfeasible where there is none. `on_progress` is called for each better one,
    from either thread, never from two at once.
    """
    _require_room(instance)
    if not instance.submissions:
        return Outcome(empty(instance), 0, 0)
    first, second = annealer(instance, 2 * seed), annealer(instance, 2 * seed + 1)
    board = _Board(clock, deadline, on_progress, stop, _floor(first.prices))
    if workers == 1:
        _bound(instance, second, board, seed)
        _anneal(first, board, 0)
    else:
        _together(
            board,
            Thread(target=lambda: _find(first, board), daemon=True),
            Thread(target=lambda: _help(instance, second, board, seed), daemon=True),
        )
    return board.outcome()


def _together(board: "_Board", *lanes: Thread) -> None:
    """Have both lanes search until it is over, whatever one of them is busy with then."""
    try:
        for lane in lanes:
            lane.start()
        while any(lane.is_alive() for lane in lanes) and not board.over:
            lanes[0].join(_LOOK)
    finally:
        board.end()
        for lane in lanes:
            lane.join(_GRACE)


def _require_room(instance: Instance) -> None:
    """Refuse what cannot fit, before anything is searched."""
    there = int(instance.capacities.sum()) * len(instance.rooms)
    needed = int(instance.needs.sum())
    longest, largest = instance.capacities.max(initial=0), instance.needs.max(initial=0)
    if needed > there or largest > longest:
        raise ConferenceInfeasible(needed=needed, there=there)


class _Board:
    """What the threads know together: the best so far, the bound, and whether it is over."""

    def __init__(
        self,
        clock: Callable[[], float],
        deadline: float,
        on_progress: Callable[[Progress], None],
        stop: Callable[[], bool],
        floor: int | None,
    ) -> None:
        self.clock = clock
        self.start = clock()
        self.deadline = deadline
        self.best: Solution | None = None
        self.cost: int | None = None
        self.bound = floor
        self._failure: BaseException | None = None
        self._on_progress = on_progress
        self._stop = stop
        self._over = False
        self._lock = Lock()

    @property
    def over(self) -> bool:
        """Whether the search should end."""
        proved = self.cost is not None and self.cost == self.bound
        self._over = self._over or proved or self.clock() >= self.deadline or self._stop()
        return self._over

    def end(self) -> None:
        """Have all threads end."""
        self._over = True

    def fail(self, failure: BaseException) -> None:
        """Have all threads end, and the search raise `failure`."""
        self._failure = failure
        self.end()

    def offer(self, found: Annealer) -> None:
        """Keep the best of a search, if it is the best of all."""
        if not found.complete:
            return
        with self._lock:
            if self.cost is None or found.cost < self.cost:
                self.best, self.cost = found.solution(), found.cost
                self._tell()

    def raise_bound(self, bound: int) -> None:
        """No solution has less than `bound`."""
        with self._lock:
            if self.bound is None or bound > self.bound:
                self.bound = bound
                self._tell()

    def outcome(self) -> Outcome:
        """What came of it."""
        if self._failure is not None:
            raise self._failure
        return Outcome(self.best, self.cost, self.bound)

    def _tell(self) -> None:
        self._on_progress(Progress(self.clock() - self.start, self.cost, self.bound))


def _find(search: Annealer, board: _Board) -> None:
    """What the first thread does."""
    try:
        _anneal(search, board, 0)
    except BaseException as failure:  # noqa: BLE001  # raised where the search was asked for
        board.fail(failure)


def _help(instance: Instance, search: Annealer, board: _Board, seed: int) -> None:
    """What the second thread does."""
    try:
        _bound(instance, search, board, seed)
        _anneal(search, board, len(_HEATS) // 2)
    except BaseException as failure:  # noqa: BLE001  # raised where the search was asked for
        board.fail(failure)


def _bound(instance: Instance, search: Annealer, board: _Board, seed: int) -> None:
    """Have CP-SAT look for solutions and for the bound, for its share of the time."""
    until = board.start + _MODEL_SHARE * (board.deadline - board.start)
    made = build(instance)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed % 2**31
    solver.parameters.linearization_level = 2
    solver.parameters.max_time_in_seconds = max(until - board.clock(), 0.1)
    solver.parameters.catch_sigint_signal = False

    def take(submissions: Integers) -> None:
        search.start(submissions)
        lowest, _ = _range(search.prices)
        search.run(10 * lowest, _COLD * lowest, _PIECE)
        board.offer(search)

    def look(bound: float) -> None:
        board.raise_bound(int(np.ceil(bound - 1e-6)))
        if board.over:
            solver.stop_search()

    solver.best_bound_callback = look
    status = _while_waiting(solver, Watch(made, take), made.model, board)
    if status == cp_model.INFEASIBLE:
        raise ConferenceInfeasible(
            needed=int(instance.needs.sum()),
            there=int(instance.capacities.sum()) * len(instance.rooms),
        )
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        look(solver.best_objective_bound)


def _while_waiting(
    solver: cp_model.CpSolver, watch: Watch, model: cp_model.CpModel, board: _Board
) -> cp_model.CpSolverStatus:
    """Solve, and stop as soon as it is over: CP-SAT may be silent for long."""
    ends: list[cp_model.CpSolverStatus] = []
    work = Thread(target=lambda: ends.append(solver.solve(model, watch)), daemon=True)
    work.start()
    while work.is_alive():
        work.join(0.05)
        if board.over:
            solver.stop_search()
    return ends[0] if ends else cp_model.UNKNOWN


def _anneal(search: Annealer, board: _Board, turn: int) -> None:
    """Anneal in rounds until it is over."""
    lowest, highest = _range(search.prices)
    cold = _COLD * lowest
    whole = board.deadline - board.start
    length = _FIRST_ROUND
    while not board.over:
        hot = max(highest * _HEATS[turn % len(_HEATS)], 10 * lowest)
        _round(search, board, hot, cold, min(length, max(whole * _LONGEST_ROUND, 0.1)))
        if board.best is not None and (board.cost is None or board.cost < search.cost):
            search.start(board.best.submissions)
        search.back()
        length, turn = 2 * length, turn + 1


def _round(search: Annealer, board: _Board, hot: float, cold: float, length: float) -> None:
    """Cool from hot to cold in `length` [s], piece by piece."""
    start = now = board.clock()
    last, part = now, 0.02
    while now < start + length and not board.over:
        done = (now - start) / length
        here = hot * (cold / hot) ** done
        there = hot * (cold / hot) ** min(done + part, 1.0)
        search.run(here, there, _PIECE)
        board.offer(search)
        last, now = now, board.clock()
        part = min((now - last) / length, 1.0)


def _range(prices: Prices) -> tuple[float, float]:
    """The smallest price that is not 0, and the largest."""
    found = np.abs(_prices(prices))
    found = found[found > 0]
    return (float(found.min()), float(found.max())) if len(found) else (1.0, 1.0)


def _floor(prices: Prices) -> int | None:
    """What no solution can have less than, at first sight: none where something is a reward."""
    return 0 if (_prices(prices) >= 0).all() else None


def _prices(prices: Prices) -> Integers:
    """All of them, one after the other."""
    return np.concatenate(
        [
            one.ravel()
            for one in (
                prices.in_session,
                prices.in_room,
                prices.track_session,
                prices.track_room,
                prices.session_room,
                prices.beside,
                prices.same_session,
                prices.same_slot,
                prices.shape,
            )
        ]
    )
