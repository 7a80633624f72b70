"""The control: racers who are held at the door until all of them have seen the same seat free."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from uuid import UUID

import sqlalchemy as sa

from booking.ledger import oversold
from booking.tries import by_ledger
from shulian.kit.db import Database

RACERS = 8
_PATIENCE = 30.0
_WAITING = sa.text("""
    select count(*) from pg_locks
    where relation = 'booking_claim'::regclass and not granted
    and database = (select oid from pg_database where datname = current_database())
""")


def doubles(url: str) -> int:
    """Pairs that hold the same seat, after `RACERS` went for each at the very same moment."""
    with (
        closing(Database(url)) as database,
        closing(Database(url, pool=1)) as doorman,
        ThreadPoolExecutor(RACERS) as pool,
    ):
        for seat in _seats(database):
            _wave(database, doorman, pool, seat)
        with database.transaction() as db:
            return oversold(db)


def _wave(database: Database, doorman: Database, pool: ThreadPoolExecutor, seat: UUID) -> None:
    """All see that it is free, for nobody can write; then all go on."""
    with doorman.transaction() as door:
        door.execute(sa.text("lock table booking_claim in exclusive mode"))
        tries = [pool.submit(by_ledger, database, seat) for _ in range(RACERS)]
        deadline = time.monotonic() + _PATIENCE
        while door.scalar(_WAITING) < RACERS:
            if time.monotonic() > deadline:
                raise SystemExit("the racers did not come to the door")
            time.sleep(0.001)
    for one in tries:
        one.result()


def _seats(database: Database) -> Sequence[UUID]:
    with database.transaction() as db:
        return [row.id for row in db.execute(sa.text("select id from booking_resource"))]
