"""A search as a program of its own: it may take all the memory it wants, and be killed anywhere.

`python -m shulian.congress.tasks.search PROBLEM SOLUTION SECONDS SEED WORKERS` reads a problem,
keeps the best that it has found in SOLUTION, and tells how far it is, a line of JSON each time.
"""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic

import msgspec

from shulian.congress.rules.timetable import files
from shulian.congress.rules.timetable.problem import Place, Solution
from shulian.congress.rules.timetable.run import Limits
from shulian.congress.rules.timetable.solve import Outcome, Progress, solve
from shulian.congress.tasks.telling import Line


class _Keeping:
    """The file of the best so far, and who is told."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept: Mapping[str, Place] | None = None

    def progress(self, one: Progress) -> None:
        """It is further."""
        self._keep(one.places, one.cost, one.bound)
        _tell(Line(one.cost, one.bound))

    def end(self, found: Outcome) -> None:
        """It is over."""
        self._keep(found.solution.places if found.solution else None, found.cost, found.bound)
        _tell(Line(found.cost, found.bound, found.status.value))

    def _keep(self, places: Mapping[str, Place] | None, cost: int | None, bound: int) -> None:
        if places is None or places is self._kept:
            return
        self._kept = places
        new = self._path.with_suffix(".new")
        new.write_bytes(files.write_solution(Solution(places), cost=cost, bound=bound))
        new.replace(self._path)  # whoever reads it finds the one before or this one, whole


def main(argv: Sequence[str]) -> None:
    """Search, and tell."""
    problem, solution, seconds, seed, workers = argv
    keeping = _Keeping(Path(solution))
    found = solve(
        files.read(Path(problem).read_bytes()),
        Limits(float(seconds), int(workers), int(seed)),
        clock=monotonic,
        on_progress=keeping.progress,
    )
    keeping.end(found)


def _tell(line: Line) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
