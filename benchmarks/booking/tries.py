"""A process that tries to take seats, one transaction a try, until it has tried them all.

python tries.py KIND URL NUMBER COUNT TRIES: the NUMBERth of COUNT such processes; KIND is `ledger`
or `insert`. It says `ready`, waits for a line, and then says what came of it as JSON.
"""

import json
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shulian.booking import api
from shulian.booking.errors import Taken
from shulian.booking.types import NOBODY, Claim, ResourceId, Span
from shulian.kit.bus import Bus, Reactions
from shulian.kit.db import Database
from shulian.kit.ids import new_id

BEGINS = datetime(2030, 1, 1, 11, tzinfo=UTC)
EVENING = Span(BEGINS, BEGINS + timedelta(hours=3))
NOW = datetime(2029, 12, 1, tzinfo=UTC)

_PLAIN = sa.text(
    "insert into benchmark_plain (id, seat, span) values (:id, :seat, cast(:span as tstzrange))"
)
_WRITTEN = f"[{EVENING.start.isoformat()},{EVENING.start.isoformat()}]"


def by_ledger(database: Database, seat: UUID) -> bool:
    """Take a seat for the evening; whether one has it."""
    claims = [Claim(ResourceId(seat), EVENING)]
    try:
        with database.transaction() as db:
            api.take(db, Bus(db, Reactions()), claims, source="bench", holder=NOBODY, now=NOW)
    except Taken:
        return False
    return True


def by_insert(database: Database, seat: UUID) -> bool:
    """Write a row that says so, which nothing checks: what the database and the driver cost."""
    with database.transaction() as db:
        db.execute(_PLAIN, {"id": new_id(NOW), "seat": seat, "span": _WRITTEN})
    return True


KINDS = {"ledger": by_ledger, "insert": by_insert}


def main() -> None:
    """Try, and tell."""
    kind, url, number, count, tries = sys.argv[1:]
    attempt = KINDS[kind]
    with closing(Database(url, pool=1)) as database:
        with database.transaction() as db:
            rows = db.execute(sa.text("select id from booking_resource order by id"))
            seats: list[UUID] = [row.id for row in rows]
        told: dict[str, Any] = {"got": 0, "tries": 0}
        print("ready", flush=True)
        sys.stdin.readline()
        began = perf_counter()
        for turn in range(int(tries)):
            # all want the same seats at about the same time, and come to each in another order
            seat = seats[(turn + (turn + int(number)) % int(count)) % len(seats)]
            told["got"] += attempt(database, seat)
            told["tries"] += 1
        told["seconds"] = perf_counter() - began
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
