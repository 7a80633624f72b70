"""One run of CP-SAT that tells how it goes, stops when it is asked, and leaves nothing behind."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread

from ortools.sat.python.cp_model import (
    UNKNOWN,
    CpModel,
    CpSolver,
    CpSolverSolutionCallback,
    CpSolverStatus,
)

LOOK = 0.05
"""[s] between two looks at whether one should stop."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a run may take."""

    seconds: float
    workers: int = 1
    """Threads; with one of them the same seed finds the same."""
    seed: int = 0


class _Listener(CpSolverSolutionCallback):
    """Hears of each solution."""

    def __init__(self, hear: Callable[["_Listener"], None]) -> None:
        super().__init__()
        self._hear = hear

    def on_solution_callback(self) -> None:
        """A better one was found."""
        self._hear(self)


def run(
    model: CpModel,
    limits: Limits,
    *,
    on_solution: Callable[[CpSolverSolutionCallback], None] | None = None,
    on_bound: Callable[[float], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> tuple[CpSolverStatus, CpSolver]:
    """Solve `model` within `limits`: how that ended, and the solver, for values and the bound.

    The search has threads of its own while this one waits, so that a signal or an error ends it
    at once: whatever happens, the search is over when this returns. `on_solution` and `on_bound`
    are called from those threads, one at a time.
    """
    solver = CpSolver()
    solver.parameters.max_time_in_seconds = max(0.01, limits.seconds)
    solver.parameters.num_workers = limits.workers
    solver.parameters.random_seed = limits.seed
    solver.parameters.catch_sigint_signal = False
    solver.parameters.linearization_level = 2
    listener = _Listener(on_solution) if on_solution else None
    if on_bound:
        solver.best_bound_callback = on_bound
    ends: list[CpSolverStatus] = []
    search = Thread(target=lambda: ends.append(solver.solve(model, listener)), daemon=True)
    search.start()
    try:
        while search.is_alive():
            search.join(LOOK)
            if stop is not None and stop():
                break
    finally:
        while search.is_alive():  # one that has not begun yet does not hear the first time
            solver.stop_search()
            search.join(LOOK)
    return (ends[0] if ends else UNKNOWN), solver
