"""Curriculum-based course timetabling: instances of ITC-2007 beside the best that is known.

`figures` solves all instances of a folder as `shulian timetable solve` does and counts the cost
of each from the file of its solution alone. By itself: `python benchmarks/timetable/itc2007.py
FOLDER --seconds 300`, where `best_known.json` in the folder has the best known costs.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from time import monotonic, process_time

import click

from shulian.congress.rules.curricula.check import check
from shulian.congress.rules.curricula.ctt import read, read_solution, write
from shulian.congress.rules.curricula.solve import Limits, solve


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one instance."""

    name: str
    cost: int | None
    """None: nothing was found that breaks no hard rule."""
    bound: int
    best: int
    """The best that is known."""
    seconds: float
    busy: float
    """[s] of processor time: on a quiet machine, the threads times `seconds`."""

    @property
    def gap(self) -> float | None:
        """By how much of the best known cost ours is above it; both may be 0."""
        if self.cost is None:
            return None
        return (self.cost - self.best) / max(self.best, 1)


def figures(folder: Path, seconds: float, *, seed: int = 0, workers: int = 2) -> Iterator[Row]:
    """A row for each instance of `folder` whose best known cost is told."""
    known: dict[str, int] = json.loads((folder / "best_known.json").read_text())["best_known"]
    for path in sorted(folder.glob("*.ctt")):
        if path.stem in known:
            yield _solved(path, known[path.stem], Limits(seconds, workers, seed))


def gap_mean(rows: list[Row]) -> float | None:
    """The mean of all gaps; none: an instance has no solution."""
    gaps = [one.gap for one in rows if one.gap is not None]
    return fmean(gaps) if gaps and len(gaps) == len(rows) else None


def _solved(path: Path, best: int, limits: Limits) -> Row:
    content = path.read_bytes()
    begun, busy = monotonic(), process_time()
    instance = read(content)
    outcome = solve(instance, limits, clock=monotonic)
    seconds, busy = monotonic() - begun, process_time() - busy
    cost = None
    if outcome.solution is not None:
        written = write(instance, outcome.solution).encode()
        costs = check(read(content), read_solution(read(content), written))
        cost = None if costs.violations else costs.cost
    return Row(path.stem, cost, outcome.bound, best, seconds, busy)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True))
@click.option("--seconds", type=float, default=300.0, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--workers", type=int, default=2, show_default=True)
def main(folder: Path, seconds: float, seed: int, workers: int) -> None:
    """Solve every instance of FOLDER and print how far each is from the best known."""
    rows: list[Row] = []
    for row in figures(folder, seconds, seed=seed, workers=workers):
        rows.append(row)
        gap = "-" if row.gap is None else f"{row.gap:+.0%}"
        print(
            f"{row.name:12} {row.cost} (best {row.best}, bound {row.bound}) {gap}"
            f"  {row.seconds:.0f} s, {row.busy:.0f} s busy",
            flush=True,
        )
    print(json.dumps({"itc_gap_mean": gap_mean(rows), "seconds": seconds, "seed": seed}))


if __name__ == "__main__":
    main()
