"""`make bench NAME=booking`: the capacity ledger under races, beside a plain insert and unguarded.

Alone: processes that race for the same seats, one transaction a try, and in the same run the same
processes that only insert a row a try into the same PostgreSQL. Then the control: racers who have
all seen a seat free, in a scratch database with the constraint and in one without, which must sell
seats twice. Over HTTP: 32 clients, three for each
seat, at three web processes that share the two cores with them. Rush: many come in ten seconds for
a quarter as many tickets, through the line.
"""

import asyncio
import json
import platform
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from uuid import UUID

import click
import uvloop

from booking import control, ledger, races, rush
from booking.fleet import cookies, fleet
from shulian.kit.db import Database
from shulian.kit.postgres.server import Server
from world.machine import describe

CLIENTS = 32


@dataclass(frozen=True, slots=True)
class Length:
    """How much is done."""

    rounds: int
    tries: int
    """Of all processes together, in one race of the ledger alone."""
    seats: int
    waves: int
    """Of the control."""
    people: int
    tickets: int
    within: float
    """[s] in which they come."""


FULL = Length(
    rounds=3, tries=12_000, seats=2_000, waves=100, people=2_000, tickets=500, within=10.0
)
QUICK = Length(rounds=1, tries=2_000, seats=300, waves=20, people=400, tickets=100, within=4.0)


def alone(server: Server, length: Length) -> dict[str, float]:
    """The ledger by itself, and what it is measured by."""
    print(f"\nthe ledger alone: {ledger.PROCESSES} processes, {length.tries} tries")
    mine: list[ledger.Tried] = []
    plain: list[ledger.Tried] = []
    share = length.tries // ledger.PROCESSES
    for number in range(length.rounds):
        url = ledger.scratch(server.url, f"alone_{number}", length.seats)
        mine.append(_told("ledger", ledger.race(url, "ledger", share)))
        plain.append(_told("a plain insert", ledger.race(url, "insert", share)))
    guarded = control.doubles(ledger.scratch(server.url, "guarded", length.waves))
    bare = control.doubles(ledger.scratch(server.url, "bare", length.waves, guarded=False))
    print(f"  {control.RACERS} who all saw a seat free, {length.waves} times: {guarded} twice,")
    print(f"  and without the constraint {bare}", flush=True)
    return {
        "tries_per_s": median(one.rate for one in mine),
        "inserts_per_s": median(one.rate for one in plain),
        "ratio_insert": median(a.rate / b.rate for a, b in zip(mine, plain, strict=True)),
        "double_sells_alone": sum(one.double for one in mine) + guarded,
        "negative_control": bare,
    }


def over_http(server: Server, folder: Path, length: Length) -> dict[str, float]:
    """Clients that race for seats, and a rush through the line."""
    url = ledger.scratch(server.url, "http", 0)
    with closing(Database(url, pool=1)) as database, database.transaction() as db:
        seats = ledger.put_seats(db, length.seats)
    sale = rush.open_sale(url, length.tickets)
    racers = cookies(url, folder, CLIENTS)
    crowd = cookies(url, folder, length.people)
    with fleet(url, folder) as webs, asyncio.Runner(loop_factory=uvloop.new_event_loop) as loop:
        loop.run(races.race(webs, racers, warming(url)))
        found = loop.run(races.race(webs, racers, seats))
        print(f"\n{CLIENTS} clients, {length.seats} seats, {len(webs.ports)} web processes")
        print(
            f"  {found.tries} tries in {found.seconds:.1f} s: {found.sold} sold, "
            f"{found.double} twice, {found.answers[0]} unanswered; "
            f"p50 {found.p50_ms:.0f} ms, p99 {found.p99_ms:.0f} ms"
        )
        rushed = loop.run(rush.rush(webs, sale, crowd, length.within))
    print(f"\nrush: {length.people} come in {length.within:.0f} s for {length.tickets} tickets")
    print(
        f"  {rushed.asked} calls in {rushed.seconds:.1f} s: {dict(rushed.ends)}; {rushed.sold} "
        f"held in the ledger, {rushed.unfair} passed over, p99 {rushed.p99_ms:.0f} ms"
    )
    return {
        "double_sells_http": found.double + max(0, rushed.sold - length.tickets),
        "unanswered": found.answers[0],
        "http_tries": found.tries,
        "http_sold": found.sold,
        "http_tries_per_s": found.tries / found.seconds,
        "http_p50_ms": found.p50_ms,
        "http_p99_ms": found.p99_ms,
        "rush_sold": rushed.sold,
        "rush_refused": rushed.ends["refused"],
        "rush_lost": rushed.ends["lost"] + abs(rushed.sold - rushed.ends["sold"]),
        "rush_unfair": rushed.unfair,
        "rush_s": rushed.seconds,
        "rush_p99_ms": rushed.p99_ms,
    }


def warming(url: str) -> Sequence[UUID]:
    """Seats for a round that does not count."""
    with closing(Database(url, pool=1)) as database, database.transaction() as db:
        return ledger.put_seats(db, CLIENTS)


def _told(name: str, one: ledger.Tried) -> ledger.Tried:
    print(f"  {name:<24}{one.rate:>8.0f} tries/s{one.got:>8} got{one.double:>8} twice", flush=True)
    return one


@click.command()
@click.option("--quick", envvar="QUICK", is_flag=True, help="A shorter run of the same work.")
def main(*, quick: bool) -> None:
    """Measure, print a table, and one line of JSON."""
    length = QUICK if quick else FULL
    with tempfile.TemporaryDirectory(prefix="shulian-bench-") as folder:
        work = Path(folder)
        with Server.running(work / "data") as server:
            found = {**alone(server, length), **over_http(server, work / "data", length)}
    found["double_sells"] = found["double_sells_alone"] + found["double_sells_http"]
    figures = {
        "benchmark": "booking",
        **{name: round(value, 3) for name, value in found.items()},
        "quick": quick,
        "versions": {name: version(name) for name in ("litestar", "psycopg", "sqlalchemy")},
        "python": platform.python_version(),
        "machine": describe(),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
