"""`make bench NAME=soak`: ten minutes of joins and leaves, and what they leave behind.

The presence server runs as in an installation, on a PostgreSQL of its own; some 300 people are in
it at a time, 20 come and go every second: they leave with a word or without, lose their link and
come back, come in twice, queue for a small place, walk, talk. Then all go. What is left of them
in the server's books, what observers saw of those who had gone, and how its memory grew over the
second half of the time is told, for both stages one after the other.
"""

import asyncio
import json
import platform
import sys
import tempfile
import time
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import click
import uvloop

from soak.company import Company
from soak.observers import Observers
from soak.serving import DEFINITION, Served, serving
from soak.trend import Trend, trend
from world import ours
from world.machine import describe

RATE, PRESENT = 20.0, 300.0
"""People who come in a second, and who are there at a time."""
OBSERVERS = 6
EVERY = 5.0
"""[s] between two readings."""
_ARENA = 2**20 / 1e6
"""[MB] Python takes memory from the system in pieces of this size (obmalloc.c, `ARENA_BITS`)."""
_DRAINED = 90.0
"""[s] that the places of those who vanished may take to be free: they are kept for sixty."""
_REMEMBERED = {"book.nonces", "book.names", "blocks", "heap", "compiled"}
"""What stays on purpose: tickets for five minutes, the last thousands of names."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at the server."""

    at: float
    """[s] since it began."""
    joins: int
    rss: float
    """[MB]"""
    own: float
    """[MB] of that: what does not lie in files."""
    blocks: int
    """Pieces of memory that Python has given out."""
    heap: float
    """[MB] What malloc has given out, and is in use."""
    files: int
    people: int
    connected: int
    away: int
    waiting: int
    slots: int
    here: int
    """As many are there as far as they themselves know."""
    seen: int
    """By the observers, one with the other."""


@dataclass(slots=True)
class Soak:
    """What came of one stage."""

    stage: str
    readings: list[Reading] = field(default_factory=list[Reading])
    did: dict[str, int] = field(default_factory=dict[str, int])
    ghosts: int = 0
    nameless: int = 0
    left: dict[str, int] = field(default_factory=dict[str, int])
    remembered: dict[str, int] = field(default_factory=dict[str, int])
    failures: int = 0
    """Ticks and calls that went wrong."""

    @property
    def half(self) -> list[Reading]:
        """The second half of the readings while people came."""
        return self.readings[len(self.readings) // 2 :]

    @property
    def memory(self) -> Trend:
        """Of the memory that does not lie in files [MB]."""
        return self._trend([one.own for one in self.half], grain=_ARENA)

    @property
    def blocks(self) -> Trend:
        """Of the pieces of memory that Python has given out."""
        return self._trend([float(one.blocks) for one in self.half])

    @property
    def heap(self) -> Trend:
        """Of what malloc has given out [MB]."""
        return self._trend([one.heap for one in self.half])

    def _trend(self, values: list[float], *, grain: float = 0.0) -> Trend:
        half = self.half
        seconds, crowd = [one.at for one in half], [float(one.slots) for one in half]
        return trend(seconds, crowd, values, grain=grain)

    def per_joins(self, of: Trend) -> float:
        """Growth with 10,000 joins."""
        return of.growth / (self.half[-1].joins - self.half[0].joins) * 10_000

    def figures(self) -> dict[str, object]:
        """For the record."""
        first, last = self.half[0], self.readings[-1]
        return {
            "joins": last.joins,
            "did": self.did,
            "ghosts": self.ghosts,
            "nameless": self.nameless,
            "left": self.left,
            "remembered": self.remembered,
            "failures": self.failures,
            "mb_per_hour": round(self.memory.slope * 3600, 2),
            "mb_per_10000_joins": round(self.per_joins(self.memory), 3),
            "mb_spread": round(self.memory.spread, 3),
            "within_noise": self.memory.noise,
            "blocks_per_10000_joins": round(self.per_joins(self.blocks)),
            "heap_mb_per_10000_joins": round(self.per_joins(self.heap), 3),
            "heap_mb": [round(one.heap, 2) for one in (self.readings[0], first, last)],
            "own_mb": [round(one.own, 1) for one in (self.readings[0], first, last)],
            "rss_mb": [round(one.rss, 1) for one in (self.readings[0], first, last)],
            "most_slots": max(one.slots for one in self.readings),
            "most_connected": max(one.connected for one in self.readings),
            "most_files": max(one.files for one in self.readings),
        }


async def _read(served: Served, company: Company, observers: Observers, began: float) -> Reading:
    def look() -> tuple[dict[str, int], dict[str, float], tuple[float, float], int]:
        return served.census(), served.metrics(), served.memory(), served.files()

    books, metrics, (rss, own), files = await asyncio.to_thread(look)
    people, away, waiting = (
        int(metrics[f"shulian_world_{name}"]) for name in ("people", "away", "waiting")
    )
    return Reading(
        at=time.monotonic() - began,
        joins=company.did["joins"],
        rss=rss,
        own=own,
        blocks=books["blocks"],
        heap=books["heap"] / 1e6,
        files=files,
        people=people,
        connected=books["connected"],
        away=away,
        waiting=waiting,
        slots=books["slots"],
        here=sum(one.client.here for one in company.here.values()) + OBSERVERS,
        seen=observers.seen,
    )


async def _soak(served: Served, secret: str, seconds: float) -> Soak:
    found = Soak(served.stage)
    company = Company(served.url, secret, rate=RATE, present=PRESENT)
    observers = Observers(served.url, company, OBSERVERS)
    await observers.come()
    living = asyncio.create_task(company.live(seconds))
    began = time.monotonic()
    while time.monotonic() - began < seconds - EVERY / 2:
        await asyncio.sleep(EVERY - (time.monotonic() - began) % EVERY)
        found.readings.append(await _read(served, company, observers, began))
        _say(found.readings[-1])
    await living
    await asyncio.sleep(EVERY)
    found.ghosts, found.nameless = observers.ghosts, observers.nameless
    await observers.go()
    await _drain(served, found)
    found.did = dict(sorted(company.did.items()))
    metrics = await asyncio.to_thread(served.metrics)
    wrong = ("shulian_world_sockets_failures", 'shulian_world_events_total{event="calls_failed"}')
    found.failures = int(sum(metrics.get(name, 0.0) for name in wrong))
    return found


async def _drain(served: Served, found: Soak) -> None:
    """Wait until nobody is left, but not for ever."""
    until = time.monotonic() + _DRAINED
    while True:
        books = await asyncio.to_thread(served.census)
        found.left = {
            name: held for name, held in books.items() if held and name not in _REMEMBERED
        }
        found.remembered = {name: books[name] for name in sorted(_REMEMBERED)}
        if not found.left or time.monotonic() > until:
            return
        await asyncio.sleep(1.0)


def _say(one: Reading) -> None:
    print(
        f"{one.at:>6.0f}{one.joins:>8}{one.rss:>8.1f}{one.own:>8.1f}{one.blocks:>10}{one.heap:>7.1f}{one.files:>7}"
        f"{one.here:>7}{one.people:>8}{one.away:>7}{one.waiting:>9}{one.slots:>7}{one.seen:>6}",
        flush=True,
    )


def _conclude(found: Soak) -> None:
    memory = found.memory
    print(
        f"stage {found.stage}: {found.readings[-1].joins} joins; memory grew by "
        f"{memory.slope * 3600:.1f} MB an hour, {found.per_joins(memory):.2f} MB with 10,000 joins"
        f" ({'within' if memory.noise else 'more than'} the noise of {memory.spread:.2f} MB);"
        f" of what is in use {found.per_joins(found.heap):.2f} MB and"
        f" {found.per_joins(found.blocks):.0f} pieces;"
        f" seen after they had gone: {found.ghosts}; left in the books: {found.left or 'nothing'}"
    )


@click.command()
@click.option("--quick", envvar="QUICK", is_flag=True, help="Not ten minutes, but one.")
@click.option("--seconds", type=click.FloatRange(min=20), help="So long.")
@click.option("--stage", "stages", type=click.Choice(["1", "2"]), multiple=True, help="This one.")
def main(*, quick: bool, seconds: float | None, stages: tuple[str, ...]) -> None:
    """Soak, print readings, and one line of JSON."""
    lasts = seconds or (60.0 if quick else 600.0)
    found: list[Soak] = []
    with (
        tempfile.TemporaryDirectory(prefix="shulian-soak-") as folder,
        ours.installation(Path(folder), DEFINITION) as installed,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        for stage in stages or ("1", "2"):
            print(f"\nstage {stage}, {lasts:.0f} s")
            print(
                f"{'s':>6}{'joins':>8}{'RSS':>8}{'own':>8}{'blocks':>10}{'heap':>7}{'files':>7}",
                end="",
            )
            print(f"{'here':>7}{'people':>8}{'away':>7}{'waiting':>9}{'slots':>7}{'seen':>6}")
            with serving(installed, stage) as served:
                found.append(runner.run(_soak(served, installed.secret, lasts)))
            _conclude(found[-1])
    figures = {
        "benchmark": "soak",
        **{f"stage{one.stage}": one.figures() for one in found},
        "seconds": lasts,
        "rate": RATE,
        "quick": quick,
        "versions": {name: version(name) for name in ("picows", "numba", "numpy", "uvloop")},
        "python": platform.python_version(),
        "machine": describe(),
    }
    print(json.dumps(figures))
    if any(one.left or one.ghosts or one.failures for one in found):
        sys.exit("something is left, or went wrong")


if __name__ == "__main__":
    main()
