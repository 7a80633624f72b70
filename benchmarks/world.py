"""`make bench NAME=world`: the shared world beside Colyseus 0.18 and beside what the system costs.

The same users do the same in both: 1,000 of them on 400 × 400 m, each with ten moves and twenty
snapshots a second. In the interest job one is shown the 32 nearest within 50 m at the most, in the
other one everyone. The server has one core of its own, the users another; CPU time is the
server's, read from /proc over the time that counts, so that a ratio says how many more users fit
on a core. The servers take turns, since no machine is equally fast all the time; a ratio is that of
one turn, and the median of them is told. Stage 2 is the compiled loop, stage 1 the one without.
"""

import json
import os
import platform
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import click

from world import colyseus, drawing, ours
from world.machine import compiled, cores, describe
from world.people import write_people
from world.recovery import Recovery, recover
from world.rounds import Bench, Length, Round, bare_sends, middle, run_load, settled

USERS = 1_000
MANY = 3_000
STALLED_AMONG = 500
EVERYONE = 1_200
"""Up to so many people our server shows everyone to everyone in the full job."""
_RETRY_QUICK, _RETRY = 100.0, 3600.0
"""[s] after which rounds that others on the machine disturbed are not tried again."""


class Jobs:
    """The rounds that can be run on one machine with one installation."""

    def __init__(self, bench: Bench, installed: ours.Ours) -> None:
        """Nothing runs yet."""
        self.bench, self.ours = bench, installed
        self.quiet = True
        """Whether the machine had nothing else to do before each round that counts."""
        self._seeds = iter(range(1, 10_000))

    def peer(self, *, interest: bool) -> Round:
        """Colyseus."""
        return self._settled(
            f"Colyseus, {_job(interest=interest)}", lambda: self._peer(interest=interest)
        )

    def world(self, stage: str, *, interest: bool, count: int = USERS) -> Round:
        """Ours."""
        everyone = 0 if interest else EVERYONE
        return self._settled(
            f"ours, stage {stage}, {_job(interest=interest)}",
            lambda: self._world(stage, count, everyone=everyone),
        )

    def stalled(self, mute: int) -> Round:
        """Ours, with or without one more who never reads."""
        name = f"ours, {mute or 'none'} of them stalled"
        return self._settled(name, lambda: self._world("2", STALLED_AMONG + mute, mute=mute))

    def bare(self, like: Round) -> float:
        """What the system alone costs for the same frames."""
        cpu, quiet = bare_sends(self.bench, "shulian", like)
        self.quiet &= quiet
        return cpu

    def recovery(self) -> Recovery:
        """Kill ours under its users."""
        with ours.serving(self.ours, self.bench.cores[0], stage="auto") as world:
            return recover(self.ours, world)

    def _peer(self, *, interest: bool) -> Round:
        people = self._people(USERS, secret=None)
        with colyseus.serving(self.bench.cores[0], interest=interest) as (port, pids):
            return run_load(self.bench, "colyseus", port, pids, people, USERS)

    def _world(self, stage: str, count: int, *, everyone: int = 0, mute: int = 0) -> Round:
        with ours.serving(self.ours, self.bench.cores[0], stage=stage, everyone=everyone) as world:
            people = self._people(count, secret=self.ours.secret, mute=mute)
            return run_load(self.bench, "shulian", world.port, world.pids, people, count)

    def _people(self, count: int, *, secret: str | None, mute: int = 0) -> Path:
        path = self.bench.folder / "people"
        return write_people(
            path, count, next(self._seeds), park=ours.PARK, secret=secret, mute=mute
        )

    def _settled(self, name: str, once: Callable[[], Round]) -> Round:
        found = settled(name, once, self.bench.length)
        self.quiet &= found.quiet
        return found


def _job(*, interest: bool) -> str:
    return "interest" if interest else "everyone"


@dataclass(frozen=True, slots=True)
class Turn:
    """All servers at one job, one soon after the other: a machine is not equally fast all day."""

    peer: Round
    own: Round
    plain: Round
    bare: float
    """What the system alone costs for the frames of `own`."""


def _turns(jobs: Jobs, *, interest: bool) -> list[Turn]:
    """So many of them as there are rounds."""
    turns: list[Turn] = []
    for _ in range(jobs.bench.length.rounds):
        peer, own = jobs.peer(interest=interest), jobs.world("2", interest=interest)
        bare = middle([jobs.bare(own) for _ in range(3)])
        print(f"  {'the system alone, the same frames':<34}{own.users:>6} users{bare:>8.3f} cpu")
        turns.append(Turn(peer, own, jobs.world("1", interest=interest), bare))
    return turns


def measure(jobs: Jobs) -> dict[str, float | int | None]:
    """Every figure."""
    print("\nserver on one core; CPU of the server, snapshots a second, delay p50 and p99")
    found: dict[str, float | int | None] = {}
    near, full = _turns(jobs, interest=True), _turns(jobs, interest=False)
    found["ratio_interest"] = middle([one.peer.per_user / one.own.per_user for one in near])
    found["ratio_interest_stage1"] = middle(
        [one.peer.per_user / one.plain.per_user for one in near]
    )
    found["cpu_over_send"] = middle([one.own.cpu / one.bare for one in near])
    found["ratio_full"] = middle([one.peer.per_user / one.own.per_user for one in full])
    found["ratio_full_stage1"] = middle([one.peer.per_user / one.plain.per_user for one in full])
    many = [jobs.world("2", interest=True, count=MANY) for _ in near]
    found["p99_ms_3000"] = middle([one.p99_ms for one in many])
    found["stall_p99_ratio"] = _stall(jobs)
    recovery = jobs.recovery()
    found["recover_s"] = recovery.seconds
    found["acked_chat_lost"] = recovery.lost
    print(
        f"  back at their places {recovery.seconds:.1f} s after kill -9; of {recovery.acked} "
        f"messages acknowledged before, {recovery.lost} lost"
    )
    found["draw_calls_1000"] = drawing.draw_calls(USERS, jobs.bench.folder)
    return found


def _stall(jobs: Jobs) -> float:
    """p99 of 500 beside one who never reads, against p99 without; in turns, the medians."""
    pairs = [(jobs.stalled(0), jobs.stalled(1)) for _ in range(max(2, jobs.bench.length.rounds))]
    without, with_one = zip(*pairs, strict=True)
    return middle([one.p99_ms for one in with_one]) / middle([one.p99_ms for one in without])


def _length(*, quick: bool) -> Length:
    now = time.monotonic()
    if quick:
        return Length(rounds=1, warm=3.0, seconds=6.0, retry_until=now + _RETRY_QUICK)
    return Length(rounds=3, warm=4.0, seconds=12.0, retry_until=now + _RETRY)


@click.command()
@click.option("--quick", envvar="QUICK", is_flag=True, help="Shorter rounds, one of each.")
def main(*, quick: bool) -> None:
    """Measure, print a table, and one line of JSON."""
    pair = cores()
    peer_versions = colyseus.install()
    with tempfile.TemporaryDirectory(prefix="shulian-bench-") as folder:
        work = Path(folder)
        programs = compiled(work)
        os.sched_setaffinity(0, {pair[1]})  # and the database that we start with us
        length = _length(quick=quick)
        bench = Bench(programs["load"], programs["sends"], pair, length, work)
        with ours.installation(work) as installed:
            jobs = Jobs(bench, installed)
            found = measure(jobs)
    figures = {
        "benchmark": "world",
        **{name: value if value is None else round(value, 3) for name, value in found.items()},
        "quick": quick,
        "quiet": jobs.quiet,
        "versions": {name: version(name) for name in ("picows", "numba", "numpy", "uvloop")},
        "python": platform.python_version(),
        "peer_versions": peer_versions,
        "machine": describe(),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
