"""Searching timetables: each in a process of its own, followed until it ends or is to end."""

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Empty, SimpleQueue

import msgspec
import structlog

from shulian.congress import api
from shulian.congress.rules import searches
from shulian.congress.rules.timetable import files
from shulian.congress.rules.timetable.check import check
from shulian.congress.rules.timetable.problem import Problem, Weights
from shulian.congress.rules.timetable.programme import of_programme, placements
from shulian.congress.tasks.telling import LONGEST_EXPLAINING, Line
from shulian.congress.types import (
    Congress,
    LookAfterSolves,
    Reason,
    Solve,
    SolveState,
    SolveTimetable,
    Step,
)
from shulian.kit.child import Child
from shulian.kit.jobs import Work

WORKERS = 2
"""Threads of a search: one that finds, one that proves."""
SEARCH = (sys.executable, "-m", "shulian.congress.tasks.search")
EVERY = 1.0
"""[s] between two times that it is kept how far a search is."""
_LATE = 15.0
"""[s] after its time in which a search has to have ended by itself: it begins slowly."""
_STATES = {
    "optimal": SolveState.DONE,
    "feasible": SolveState.DONE,
    "unknown": SolveState.DONE,
    "impossible": SolveState.IMPOSSIBLE,
}

log = structlog.stdlib.get_logger("shulian.congress")


def solve_timetable(work: Work, job: SolveTimetable, *, search: Sequence[str] = SEARCH) -> None:
    """Search a timetable; how far it is, is kept each second, and so is the best it found."""
    with work.transaction() as (db, _):
        begun = api.start_solve(db, job.solve, now=work.clock())
    if begun is None:
        return
    solve, draft, around = begun
    problem = of_programme(draft, around, weights=Weights(move=solve.move))
    with tempfile.TemporaryDirectory(prefix="shulian-timetable-") as folder:
        _Following(work, solve, draft.congress, problem, Path(folder)).follow(search)


def look_after_solves(work: Work, _job: LookAfterSolves) -> None:
    """End the searches that were not heard of for too long."""
    with work.transaction() as (db, _):
        api.end_lost_solves(db, now=work.clock())


@dataclass(slots=True)
class _Following:
    """A search that is under way, and what is kept of it."""

    work: Work
    solve: Solve
    congress: Congress
    problem: Problem
    folder: Path
    reasons: tuple[Reason, ...] = ()

    def follow(self, search: Sequence[str]) -> None:
        """Start it, keep how far it is, and how it ended."""
        given, found = self.folder / "problem.json", self.folder / "solution.json"
        given.write_bytes(files.write(self.problem))
        told: SimpleQueue[str | None] = SimpleQueue()
        limits = (str(self.solve.seconds), str(self.solve.seed), str(WORKERS))
        child = Child(
            [*search, str(given), str(found), *limits],
            hear=told.put,
            on_end=lambda: told.put(None),
        )
        try:
            state = self._listen(told, found)
        finally:
            child.kill()
        with self.work.transaction() as (db, _):
            api.end_solve(db, self.solve, state, reasons=self.reasons, now=self.work.clock())

    def _listen(self, told: "SimpleQueue[str | None]", found: Path) -> SolveState:
        """Until it has ended, or is to end, or is far too late; how that was."""
        silent = 0.0
        while silent < self.solve.seconds + LONGEST_EXPLAINING + _LATE:
            lines, over = _heard(told)
            silent = 0.0 if lines else silent + EVERY
            self._take(lines, found)
            if lines and (status := lines[-1].status):
                return _STATES[status]
            if over:
                return SolveState.FAILED
            with self.work.transaction() as (db, _):
                if not api.note_solve(db, self.solve, now=self.work.clock()):
                    return SolveState.CANCELLED
        return SolveState.FAILED

    def _take(self, lines: Sequence[Line], found: Path) -> None:
        """Remember how far it is, and the best so far."""
        if not lines:
            return
        course = self.solve.course
        for one in lines:
            course = searches.further(course, Step(one.seconds, one.cost, one.bound))
        last = lines[-1]
        self.reasons = last.reasons
        self.solve = replace(
            self.solve, cost=last.cost, bound=last.bound, explains=last.explains, course=course
        )
        if last.cost is not None:
            solution = files.read_solution(found.read_bytes(), self.problem)
            places = placements(self.congress, solution.places)
            missed = searches.missed(check(self.problem, solution).faults)
            self.solve = replace(self.solve, places=places, missed=missed)


def _heard(told: "SimpleQueue[str | None]") -> tuple[list[Line], bool]:
    """What it told since the last time, waiting a while for that; and whether it is over."""
    lines: list[Line] = []
    wait = EVERY
    while True:
        try:
            said = told.get(timeout=wait)
        except Empty:
            return lines, False
        if said is None:
            return lines, True
        wait = 0.0
        try:
            lines.append(msgspec.json.decode(said, type=Line))
        except msgspec.DecodeError:
            log.warning("a search said", words=said)
