"""Conferences of CoSPLib: what is found in so many seconds, beside what is published.

Published are the solutions of the two integer programs of Pylyavskyy, Jacko and Kheiri, "A generic
approach to conference scheduling with integer programming", European Journal of Operational
Research 317 (2), 2024, doi:10.1016/j.ejor.2024.04.001, as files in github.com/ahmedkheiri/CoSPLib
(folder Solutions, version 1.0.2). The sheets of those files tell the objective under weights of
that time; instances have others now. So each file was evaluated anew, by the evaluator of that
repository and by ours, which agree in every part; of the two models the better one counts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from types import MappingProxyType

from shulian.congress.rules.sessions.check import check
from shulian.congress.rules.sessions.cosplib import read, read_solution, write
from shulian.congress.rules.sessions.solving import solve

PUBLISHED: Mapping[str, int] = MappingProxyType(
    {
        "GECCO19": 1_000_116,  # exact model; extended: 2,000,007
        "GECCO20": 6_298,  # exact model; extended: 7,768
        "GECCO21": 11_130,  # extended model; exact: 11,280
        "N2OR": 2,  # both
        "OR60F": 433,  # extended model; exact: 1,664
        "OR60F2": 1_660,  # exact model
        "OR60F3": 1_720,  # exact model
    }
)
"""ISF22 comes without a published solution."""


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one conference."""

    name: str
    seconds: float
    objective: int | None
    """As the checker counts it from the file of the solution; none: it has faults, or is none."""
    bound: int | None
    published: int | None

    @property
    def not_worse(self) -> bool | None:
        """Whether it costs at most what is published; none: nothing is."""
        if self.published is None:
            return None
        return self.objective is not None and self.objective <= self.published


def figures(folder: Path, seconds: float, seed: int = 0) -> Iterator[Row]:
    """Every conference of a folder, each solved for so many seconds by two threads."""
    for path in sorted(folder.glob("*.xlsx")):
        content, start = path.read_bytes(), monotonic()
        instance = read(content)
        found = solve(instance, clock=monotonic, deadline=start + seconds, seed=seed)
        took, objective = monotonic() - start, None
        if found.solution is not None:
            file = write(instance, found.solution, check(instance, found.solution))
            again = read(content)
            verdict = check(again, read_solution(file, again))
            objective = None if verdict.faults else verdict.objective
        yield Row(path.stem, took, objective, found.bound, PUBLISHED.get(path.stem))


def share_not_worse(rows: list[Row]) -> float:
    """The share of conferences with something published that cost no more than that."""
    known = [one.not_worse for one in rows if one.not_worse is not None]
    return sum(known) / max(len(known), 1)
