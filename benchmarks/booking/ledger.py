"""The ledger alone: processes that race for the same seats, one transaction a try."""

import json
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shulian.app.features import MIGRATIONS
from shulian.kit.db import Database, Db
from shulian.kit.ids import new_id
from shulian.kit.migrate import upgrade
from shulian.kit.postgres.databases import create_database

HERE = Path(__file__).parent
PROCESSES = 4
_OVERSOLD = sa.text("""
    select count(*) from booking_claim as one join booking_claim as other
    on one.resource = other.resource and one.booking < other.booking
    and one.units && other.units and one.span && other.span
    where one.active and other.active
""")


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of one race."""

    tries: int
    got: int
    seconds: float
    double: int
    """Pairs that hold the same seat at the same time."""

    @property
    def rate(self) -> float:
        """Tries a second."""
        return self.tries / self.seconds


def scratch(url: str, name: str, seats: int, *, guarded: bool = True) -> str:
    """A database of its own with so many seats; not `guarded`: without the constraint."""
    made = create_database(url, name)
    with closing(Database(made, pool=1)) as database:
        upgrade(database, MIGRATIONS)
        with database.transaction() as db:
            put_seats(db, seats)
            db.execute(
                sa.text(
                    "create table benchmark_plain (id uuid primary key, seat uuid, span tstzrange)"
                )
            )
            if not guarded:
                db.execute(
                    sa.text("alter table booking_claim drop constraint ex_booking_claim_taken")
                )
    return made


def put_seats(db: Db, count: int, audience: str = "people") -> list[UUID]:
    """So many things that can be booked, each a single unit."""
    now = datetime.now(UTC)  # noqa: TID251  # an edge
    ids = [new_id(now) for _ in range(count)]
    rows = [
        {"id": one, "zh": f"座位 {n}", "en": f"Seat {n}", "capacity": 1, "audience": audience}
        for n, one in enumerate(ids)
    ]
    names = ("id", "zh", "en", "capacity", "audience")
    columns: list[sa.ColumnClause[Any]] = [sa.column(name) for name in names]
    if rows:
        db.execute(sa.insert(sa.table("booking_resource", *columns)), rows)
    return ids


def race(url: str, kind: str, tries: int, *, processes: int = PROCESSES) -> Tried:
    """Let so many processes make so many tries each."""
    command = [sys.executable, HERE / "tries.py", kind, url]
    racers = [
        subprocess.Popen(
            [*command, str(number), str(processes), str(tries)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(processes)
    ]
    for one in racers:
        assert one.stdout  # noqa: S101  # asked for above
        one.stdout.readline()
    told = [json.loads(one.communicate("go\n")[0]) for one in racers]
    with closing(Database(url, pool=1)) as database, database.transaction() as db:
        double = oversold(db)
    return Tried(
        sum(one["tries"] for one in told),
        sum(one["got"] for one in told),
        max(one["seconds"] for one in told),
        double,
    )


def oversold(db: Db) -> int:
    """Pairs of claims in force that share a unit at a time."""
    return int(db.scalar(_OVERSOLD) or 0)
