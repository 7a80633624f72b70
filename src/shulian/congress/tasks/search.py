"""A search as a program of its own: it may take all the memory it wants, and be killed anywhere.

`python -m shulian.congress.tasks.search PROBLEM SOLUTION SECONDS SEED WORKERS` reads a problem,
keeps the best that it has found in SOLUTION, and tells how far it is, a line of JSON each time.
Where nothing is found it goes on for a while to find out which demands cannot hold together.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from time import monotonic

import msgspec

from shulian.congress.rules.reasons import of_explanation
from shulian.congress.rules.timetable import files
from shulian.congress.rules.timetable.explain import explain
from shulian.congress.rules.timetable.problem import Place, Problem, Solution
from shulian.congress.rules.timetable.run import Limits
from shulian.congress.rules.timetable.solve import Outcome, Progress, Status, solve
from shulian.congress.tasks.telling import LONGEST_EXPLAINING, Line
from shulian.congress.types import Reason


class _Keeping:
    """The file of the best so far, and who is told."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept: Mapping[str, Place] | None = None

    def progress(self, one: Progress) -> None:
        """It is further."""
        self._keep(one.places, one.cost, one.bound)
        _tell(Line(one.cost, one.bound, seconds=one.seconds))

    def end(self, found: Outcome, reasons: tuple[Reason, ...]) -> None:
        """It is over; where there are reasons nothing is possible, whether it knew that or not."""
        self._keep(found.solution.places if found.solution else None, found.cost, found.bound)
        status = Status.IMPOSSIBLE if reasons else found.status
        _tell(Line(found.cost, found.bound, status.value, found.seconds, reasons=reasons))

    def _keep(self, places: Mapping[str, Place] | None, cost: int | None, bound: int) -> None:
        if places is None or places is self._kept:
            return
        self._kept = places
        new = self._path.with_suffix(".new")
        new.write_bytes(files.write_solution(Solution(places), cost=cost, bound=bound))
        new.replace(self._path)  # whoever reads it finds the one before or this one, whole


def main(argv: Sequence[str]) -> None:
    """Search, and tell."""
    given, solution, seconds, seed, workers = argv
    keeping = _Keeping(Path(solution))
    problem = files.read(Path(given).read_bytes())
    limits = Limits(float(seconds), int(workers), int(seed))
    found = solve(problem, limits, clock=monotonic, on_progress=keeping.progress)
    keeping.end(found, _reasons(problem, found, limits))


def _reasons(problem: Problem, found: Outcome, limits: Limits) -> tuple[Reason, ...]:
    """Why there is nothing; none: there is something, or that was not found out."""
    if found.solution is not None:
        return ()
    _tell(Line(None, found.bound, seconds=found.seconds, explains=True))
    time = replace(limits, seconds=LONGEST_EXPLAINING)
    explanation = explain(problem, time, clock=monotonic)
    return of_explanation(explanation) if explanation else ()


def _tell(line: Line) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
