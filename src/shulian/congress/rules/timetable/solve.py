"""Solving a problem: a first timetable at once, then better ones, and how good one could be.

Two lanes, beside each other where there are two workers: a local search, which finds; and CP-SAT,
which first bounds the parts, then takes the whole from the best so far, which proves.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from threading import Event, Lock, Thread

from ortools.sat.python.cp_model import FEASIBLE, INFEASIBLE, OPTIMAL, UNKNOWN

from shulian.congress.rules.timetable import start
from shulian.congress.rules.timetable.blocks.bound import good, price, proven
from shulian.congress.rules.timetable.bounds import certain, parts
from shulian.congress.rules.timetable.check import check
from shulian.congress.rules.timetable.model.build import build, found, hint
from shulian.congress.rules.timetable.problem import Demand, Place, Problem, Solution
from shulian.congress.rules.timetable.run import LOOK, Limits, run
from shulian.congress.rules.timetable.search.search import search

PIECES = 1_000
"""Pieces of local search that come before the proof where there is one worker: five rounds."""
GRACE = 2.0
"""[s] that a lane is waited for at the end. It takes longer only while the search is compiled for
the first time, which nobody waits for: the lane ends by itself then, and says nothing more."""
SMALL = 25
"""So many sessions are left to CP-SAT alone, which finds and proves them sooner."""


FINDING, PROVING = 0.4, 0.9
"""Shares of the time that is left, for timetables of blocks and for a proof by blocks."""
PATIENCE = (2.0, 10.0, 60.0)
"""[s] that each part is given, round by round."""
FIRST, EASY = 0.15, 0.5
"""A share of the time, and [s] for each part, to bound what is easily bounded before all else."""

LARGE = 60
"""Above so many sessions CP-SAT proves nothing of the whole in the time one has: a second search
then takes its lane, once the parts are bounded and there is a timetable."""


class Status(StrEnum):
    """How a search ended."""

    OPTIMAL = "optimal"
    """Nothing costs less."""
    FEASIBLE = "feasible"
    """No hard rule is broken; something may cost less."""
    IMPOSSIBLE = "impossible"
    """The hard rules cannot hold together."""
    UNKNOWN = "unknown"
    """Nothing was found in the time."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search is."""

    seconds: float
    cost: int | None
    """Of the best so far."""
    bound: int
    """Nothing costs less than this."""
    places: Mapping[str, Place] | None = None
    """Of the best so far."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a search found."""

    status: Status
    seconds: float
    bound: int
    solution: Solution | None = None
    cost: int | None = None
    """As the checker counts it."""

    @property
    def gap(self) -> float | None:
        """The share of its cost that a solution might save at most; none: there is none."""
        if self.cost is None:
            return None
        return (self.cost - self.bound) / self.cost if self.cost else 0.0


class _Best:
    """The best so far, and who is told; used by both lanes."""

    def __init__(
        self, problem: Problem, clock: Callable[[], float], tell: Callable[[Progress], None] | None
    ) -> None:
        self.places: Mapping[str, Place] | None = None
        self.cost: int | None = None
        self.bound = 0
        self.offered: tuple[Mapping[str, Place], ...] = ()
        """Where else to begin."""
        self._problem = problem
        self._needed, self._moves = certain(problem), 0
        self._clock, self._begun, self._tell = clock, clock(), tell
        self._lock = Lock()

    @property
    def seconds(self) -> float:
        """Since the search began."""
        return self._clock() - self._begun

    @property
    def proven(self) -> bool:
        """Whether nothing can be better, or a repair moves no more than it must.

        Where something cannot stay, a timetable is good enough that moves nothing else, and saves
        less than the price of a move by being another one.
        """
        if self.cost is None:
            return False
        moved = self._needed > 0 and self._moves * self._problem.weights.move == self._needed
        return self.cost <= self.bound + (self._problem.weights.move - 1 if moved else 0)

    def take(self, places: Mapping[str, Place]) -> None:
        """Keep these places if they are better."""
        report = check(self._problem, Solution(places))
        with self._lock:
            if not report.broken and (self.cost is None or report.cost < self.cost):
                self.places, self.cost = places, report.cost
                self._moves = sum(one.demand is Demand.MOVE for one in report.faults)
                self._say()

    def offer(self, places: Mapping[str, Place]) -> None:
        """Let searches begin here next, whether or not something is in the way of something."""
        self.take(places)
        with self._lock:
            self.offered += (places,)

    def raise_bound(self, bound: float) -> None:
        """Nothing costs less than `bound`."""
        # costs are whole numbers; the solver's bound is one with an error far below a half
        with self._lock:
            if (whole := round(bound)) > self.bound:
                self.bound = whole
                self._say()

    def _say(self) -> None:
        if self._tell:
            self._tell(Progress(self.seconds, self.cost, self.bound, self.places))


def solve(
    problem: Problem,
    limits: Limits,
    *,
    clock: Callable[[], float],
    on_progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Outcome:
    """The best timetable found within `limits`, and a bound that none is below.

    Best so far and bound are told to `on_progress` whenever one of them changes, by either lane,
    one at a time; `stop` is asked all the time. With one worker the lanes follow each other, so
    that the same problem and seed give the same unless time ends the search.
    """
    best = _Best(problem, clock, on_progress)
    over = Event()

    def enough() -> bool:
        return (
            over.is_set()
            or best.proven
            or best.seconds >= limits.seconds
            or (stop is not None and stop())
        )

    places = start.first(problem)
    best.take(places)
    most = PIECES if limits.workers == 1 else None
    given = (problem, limits.seed, best, places, enough, most)
    lane = Thread(target=_search, args=given, daemon=True)
    try:
        if len(problem.sessions) > SMALL:
            lane.start()
        if limits.workers == 1:
            _wait(lane, enough)
        impossible = _prove(problem, limits, best, places, enough)
        if not impossible:
            _wait(lane, enough)
    finally:
        over.set()
        if lane.is_alive():
            lane.join(GRACE)
    return _outcome(best, impossible=impossible)


def _wait(lane: Thread, enough: Callable[[], bool]) -> None:
    """Until a lane is at its end, or it is enough."""
    while lane.is_alive() and not enough():
        lane.join(LOOK)


def _search(
    problem: Problem,
    seed: int,
    best: _Best,
    places: Mapping[str, Place],
    enough: Callable[[], bool],
    most: int | None,
) -> None:
    """Find better ones, in at most so many pieces."""
    for number, better in enumerate(search(problem, places, lambda: best.offered, seed=seed)):
        if enough() or number == most:
            return
        if better is not None:
            best.take(better[1])


def _prove(
    problem: Problem,
    limits: Limits,
    best: _Best,
    places: Mapping[str, Place],
    enough: Callable[[], bool],
) -> bool:
    """Raise the bound, then find what is better; whether nothing is possible at all."""
    if len(problem.sessions) > SMALL:
        until = best.seconds + FIRST * limits.seconds
        if _bound(problem, limits, best, lambda: enough() or best.seconds > until, (EASY,)):
            return True
        if not enough():
            _blocks(problem, limits, best, enough)
    if enough():
        return False
    if _bound(problem, limits, best, enough):
        return True
    if enough():
        return False
    if len(problem.sessions) > LARGE and best.places is not None:
        _search(problem, limits.seed + 1, best, best.places, enough, None)
        return False
    model = build(problem)
    hint(model, best.places or places)
    status, solver = run(
        model.cp,
        Limits(limits.seconds - best.seconds, max(1, limits.workers - 1), limits.seed),
        on_solution=lambda one: best.take(found(model, one.value)),
        on_bound=best.raise_bound,
        stop=enough,
    )
    if status in {OPTIMAL, FEASIBLE}:
        best.take(found(model, solver.value))
        best.raise_bound(solver.best_objective_bound)
    return status == INFEASIBLE


def _blocks(problem: Problem, limits: Limits, best: _Best, enough: Callable[[], bool]) -> None:
    """Raise the bound by what blocks cost at least, and place sessions where the cheapest are."""
    told = price(problem, best.cost)
    if told is None:
        return
    best.raise_bound(told.bound)
    if enough():
        return

    def left(share: float) -> Limits:
        return Limits(share * max(0.0, limits.seconds - best.seconds), 1, limits.seed)

    placed = good(told, left(FINDING), best.cost, enough)
    if placed is not None:
        best.offer(placed)
    if best.cost is not None and not enough():
        proven(told, left(PROVING), best.cost, enough, best.raise_bound)


def _bound(
    problem: Problem,
    limits: Limits,
    best: _Best,
    enough: Callable[[], bool],
    patience: Sequence[float] = PATIENCE,
) -> bool:
    """Raise the bound by what parts cost at least; whether one of them is not possible.

    Each part is given a moment; those that need more are given more in turn.
    """
    told = dict(enumerate(parts(problem)))
    bounds = dict.fromkeys(told, 0)
    for seconds in patience:
        for number, part in list(told.items()):
            if enough():
                return False
            left = Limits(min(seconds, limits.seconds - best.seconds), 1, limits.seed)
            status, solver = run(part().cp, left, stop=enough)
            if status == INFEASIBLE:
                return True
            if status in {OPTIMAL, FEASIBLE, UNKNOWN}:
                bounds[number] = max(bounds[number], round(solver.best_objective_bound))
            if status == OPTIMAL:
                del told[number]
            best.raise_bound(certain(problem) + sum(bounds.values()))
    return False


def _outcome(best: _Best, *, impossible: bool) -> Outcome:
    if best.places is None or best.cost is None:
        status = Status.IMPOSSIBLE if impossible else Status.UNKNOWN
        return Outcome(status, best.seconds, best.bound)
    status = Status.OPTIMAL if best.cost <= best.bound else Status.FEASIBLE
    return Outcome(status, best.seconds, best.bound, Solution(best.places), best.cost)
