"""A door that opens when all who race have seen what is free: then the race is one every time."""

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

import sqlalchemy as sa
from tests.processes import wait_until

from shulian.kit.db import Database

_WAITING = sa.text("""
    select count(*) from pg_locks
    where relation = 'booking_claim'::regclass and not granted
    and database = (select oid from pg_database where datname = current_database())
""")


@contextmanager
def opened_when_all_wait(url: str, count: int) -> Generator[None]:
    """Let nobody write a claim before `count` are about to; all may read."""
    with closing(Database(url)) as database, ThreadPoolExecutor(1) as pool:
        door = database.engine.connect()
        door.execute(sa.text("lock table booking_claim in exclusive mode"))

        def all_wait() -> bool:
            with database.transaction() as db:
                return db.scalar(_WAITING) >= count

        def open_it() -> None:
            try:
                wait_until(all_wait)
            finally:
                door.close()

        opened = pool.submit(open_it)
        yield
        opened.result()
