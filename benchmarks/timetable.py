"""`make bench NAME=timetable`: timetables, beside published values and proven bounds.

The congress of the demo, 30 forums, its cost beside a bound that no timetable is below; what has
to move in it when a speaker drops out; a real congress of 174 forums on the days they had, in the
halls of their venues; conferences of CoSPLib beside their published values, and courses of ITC-2007
beside the best that is known, counted from the files of their solutions alone. Each solution is
checked by a checker, which shares nothing with the solver.
"""

import csv
import json
import platform
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from time import monotonic, process_time

import click

from shulian.congress.rules.timetable.check import check
from shulian.congress.rules.timetable.problem import (
    DAY,
    Hall,
    Problem,
    Session,
    Solution,
    Speaker,
    Stretch,
)
from shulian.congress.rules.timetable.run import Limits
from shulian.congress.rules.timetable.solve import Outcome, solve
from timetable import congress, cosplib, itc2007
from timetable import demo as own
from world.machine import describe

DATA = Path(__file__).parents[2] / "shared" / "data" / "congress"
SEED = 1
WORKERS = 2
DEMO, REPAIR, FAMILY, QUICK = 30.0, 5.0, 300.0, 20.0
"""[s] for the demo, for its repair, for each instance of a family, and for a short run of any."""


def demo(seconds: float) -> tuple[dict[str, float], Solution | None]:
    """The demo congress, and how far from the best it may be."""
    found = _solved("demo: 30 forums, 110 sessions", own.problem(), seconds)
    told = {"demo_gap": 1.0 if found.gap is None else found.gap, "demo_s": found.seconds}
    return told, found.solution


def invented(seconds: float) -> dict[str, float]:
    """A congress of the same size whose halls are scarce and whose speakers have wishes."""
    found = _solved("invented: as many, but scarce halls", congress.congress(SEED), seconds)
    return {"invented_gap": 1.0 if found.gap is None else found.gap}


def repair(before: Solution | None) -> dict[str, float]:
    """A speaker of the demo cannot come on the day of their session any more."""
    if before is None:
        return {}
    problem = own.problem()
    now = tuple(replace(one, placed=before.places[one.id]) for one in problem.sessions)
    first = next(one for one in now if one.speakers and one.placed and not one.pinned)
    start = before.places[first.id].start
    free = tuple(day for day in problem.days if not day.start <= start < day.end)
    speakers = tuple(
        Speaker(one.id, available=free) if one.id == first.speakers[0] else one
        for one in problem.speakers
    )
    found = _solved(
        "a speaker drops out", replace(problem, sessions=now, speakers=speakers), REPAIR
    )
    if found.solution is None:
        return {"repair_moves": float(len(now)), "repair_s": found.seconds}
    moves = sum(found.solution.places[one.id] != one.placed for one in now)
    print(f"  {moves} moves", flush=True)
    return {"repair_moves": float(moves), "repair_s": found.seconds}


def waic(seconds: float) -> dict[str, float]:
    """The real congress: days and venues as they were, halls and times to be found."""
    path = DATA / "waic2026_forums.csv"
    if not path.exists():
        print(f"\n{path} is not there: left out")
        return {}
    problem = _real(path)
    found = _solved(f"{len(problem.sessions)} real forums", problem, seconds)
    report = check(problem, found.solution or Solution({}))
    return {"waic_conflicts": float(len(report.broken)), "waic_s": found.seconds}


def conferences(seconds: float) -> dict[str, float]:
    """The conferences of CoSPLib beside what is published of them."""
    folder = DATA / "cosplib"
    if not folder.exists():
        print(f"\n{folder} is not there: left out")
        return {}
    print(f"\nCoSPLib, {seconds:.0f} s each", flush=True)
    rows: list[cosplib.Row] = []
    for row in cosplib.figures(folder, seconds, SEED):
        rows.append(row)
        print(
            f"  {row.name}: {row.objective} (published {row.published}, bound {row.bound}),"
            f" {row.seconds:.0f} s",
            flush=True,
        )
    return {"cosplib_not_worse": cosplib.share_not_worse(rows)}


def courses(seconds: float) -> dict[str, float]:
    """The courses of ITC-2007 beside the best that is known of them."""
    folder = DATA / "itc2007"
    if not folder.exists():
        print(f"\n{folder} is not there: left out")
        return {}
    print(f"\nITC-2007, {seconds:.0f} s each", flush=True)
    rows: list[itc2007.Row] = []
    for row in itc2007.figures(folder, seconds, seed=SEED, workers=WORKERS):
        rows.append(row)
        gap = "–" if row.gap is None else f"{row.gap:+.0%}"
        print(
            f"  {row.name}: {row.cost} (best known {row.best}, bound {row.bound}) {gap},"
            f" {row.seconds:.0f} s, {row.busy:.0f} s of the processors'",
            flush=True,
        )
    mean = itc2007.gap_mean(rows)
    return {} if mean is None else {"itc_gap_mean": mean}


def _real(path: Path) -> Problem:
    """Forums as sessions as long as they were, on their day, in any hall of their venue."""
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    dates = sorted({row["date"] for row in rows})
    days = tuple(Stretch(one * DAY, (one + 1) * DAY) for one in range(len(dates)))
    venues: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        venues[row["venue"]].add(f"{row['venue']} {row['room']}")
    hours = tuple(Stretch(day.start + 8 * 60, day.start + 22 * 60) for day in days)
    halls = tuple(
        Hall(name, 500, hours) for name in sorted({one for all_ in venues.values() for one in all_})
    )
    sessions = tuple(
        Session(
            row["id"],
            _minute(row["end"]) - _minute(row["start"]),
            title=row["title_zh"],
            theme=row["type"] if row["type"] == "主题论坛" else "",
            halls=tuple(sorted(venues[row["venue"]])),
            within=(days[dates.index(row["date"])],),
            plenary=row["type"] == "全体会议",
        )
        for row in rows
    )
    return Problem(halls, sessions, days=days, step=5)


def _minute(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _solved(name: str, problem: Problem, seconds: float) -> Outcome:
    """Solve a problem, and print a row of it."""
    print(f"\n{name}, {seconds:.0f} s", flush=True)
    busy = process_time()
    found = solve(problem, Limits(seconds, WORKERS, SEED), clock=monotonic)
    report = check(problem, found.solution or Solution({}))
    gap = "–" if found.gap is None else f"{found.gap:.1%}"
    print(
        f"  {found.status}: cost {found.cost}, bound {found.bound}, gap {gap}, "
        f"{len(report.broken)} hard rules broken; {found.seconds:.1f} s, "
        f"{process_time() - busy:.1f} s of the processors'"
    )
    costs = ", ".join(f"{demand} {cost}" for demand, cost in report.costs.items())
    print(f"  {costs or 'nothing costs'}", flush=True)
    return found


@click.command()
@click.option("--quick", envvar="QUICK", is_flag=True, help="A shorter run of the same work.")
def main(*, quick: bool) -> None:
    """Measure, print, and one line of JSON."""
    told, solution = demo(QUICK if quick else DEMO)
    found: Mapping[str, float] = {
        **told,
        **repair(solution),
        **invented(QUICK if quick else DEMO),
        **waic(QUICK if quick else DEMO),
        **conferences(QUICK if quick else FAMILY),
        **courses(QUICK if quick else FAMILY),
    }
    figures = {
        "benchmark": "timetable",
        **{name: round(value, 4) for name, value in found.items()},
        "quick": quick,
        "seed": SEED,
        "workers": WORKERS,
        "versions": {name: version(name) for name in ("ortools", "numba", "numpy")},
        "python": platform.python_version(),
        "machine": describe(),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
