"""Jobs are queued with the transaction that wants them, and done by a worker."""

import asyncio
from contextlib import closing
from datetime import timedelta
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa

from shulian.kit.bus import Reactions
from shulian.kit.clock import system_clock
from shulian.kit.db import Database, Db
from shulian.kit.errors import Conflict
from shulian.kit.jobs import (
    Handlers,
    Work,
    dequeue,
    enqueue,
    name_of,
    take_up_stalled,
    wind,
    worker_app,
)


class Greet(msgspec.Struct, frozen=True, tag="test.greet"):
    name: str
    times: int = 1


class Sweep(msgspec.Struct, frozen=True, tag="test.sweep"):
    pass


class Nameless(msgspec.Struct):
    name: str


class Undone(Exception):
    pass


def queued(db: Db) -> list[tuple[str, dict[str, object], str]]:
    rows = db.execute(sa.text("select task_name, args, status from procrastinate_jobs order by id"))
    return [(row.task_name, row.args, row.status) for row in rows]


def run_all(database: Database, handlers: Handlers) -> None:
    async def run() -> None:
        app = worker_app(handlers, Work(database, Reactions(), system_clock))
        async with app.open_async():
            await app.run_worker_async(wait=False, listen_notify=False)

    asyncio.run(run())


def test_a_job_is_queued_as_the_value_it_is(db: Db) -> None:
    fresh = enqueue(db, Greet("园", 2))

    assert (fresh, queued(db)) == (True, [("test.greet", {"name": "园", "times": 2}, "todo")])


def test_a_job_that_waits_can_be_taken_back(db: Db) -> None:
    enqueue(db, Greet("一"), alone="a")
    enqueue(db, Greet("二"), alone="b")

    dequeue(db, "a")

    assert queued(db) == [("test.greet", {"name": "二", "times": 1}, "todo")]


def test_a_job_that_runs_is_not_taken_back(db: Db) -> None:
    enqueue(db, Greet("一"), alone="a")
    db.execute(sa.text("update procrastinate_jobs set status = 'doing'"))

    dequeue(db, "a")

    assert queued(db) == [("test.greet", {"name": "一", "times": 1}, "doing")]


def test_an_undone_transaction_queues_nothing(own_database_url: str) -> None:
    def change() -> None:
        with database.transaction() as db:
            enqueue(db, Greet("园"))
            raise Undone

    database = Database(own_database_url)
    with pytest.raises(Undone):
        change()

    with database.transaction() as db:
        assert queued(db) == []
    database.close()


def test_of_jobs_that_are_alone_only_one_waits(db: Db) -> None:
    first = enqueue(db, Greet("first"), alone="greetings")
    second = enqueue(db, Greet("second"), alone="greetings")

    assert (first, second) == (True, False)
    assert queued(db) == [("test.greet", {"name": "first", "times": 1}, "todo")]


def test_a_job_without_a_tag_has_no_name() -> None:
    with pytest.raises(TypeError, match="Nameless needs a tag"):
        name_of(Nameless)


def test_a_worker_hands_the_value_to_its_handler(own_database_url: str) -> None:
    database = Database(own_database_url)
    greeted: list[Greet] = []
    handlers = Handlers()
    handlers.on(Greet, lambda _work, job: greeted.append(job))
    with database.transaction() as db:
        enqueue(db, Greet("园", 3))

    run_all(database, handlers)

    assert greeted == [Greet("园", 3)]
    with database.transaction() as db:
        assert queued(db) == [("test.greet", {"name": "园", "times": 3}, "succeeded")]
    database.close()


def test_what_a_failing_handler_did_is_undone_and_not_tried_again(own_database_url: str) -> None:
    def fail(work: Work, _job: Greet) -> None:
        with work.transaction() as (db, _bus):
            db.execute(sa.text("create table half_done (a int)"))
            raise Conflict

    database = Database(own_database_url)
    handlers = Handlers()
    handlers.on(Greet, fail)
    with database.transaction() as db:
        enqueue(db, Greet("园"))

    run_all(database, handlers)

    with database.transaction() as db:
        assert queued(db) == [("test.greet", {"name": "园", "times": 1}, "failed")]
        assert not sa.inspect(db).has_table("half_done")
    database.close()


def test_a_job_that_fails_waits_again_beside_one_that_waits_already(own_database_url: str) -> None:
    def fail(work: Work, job: Greet) -> None:
        with work.transaction() as (db, _):
            enqueue(db, Greet("next"), alone="greeting")
        raise OSError(job.name)

    database = Database(own_database_url)
    handlers = Handlers()
    handlers.on(Greet, fail)
    with database.transaction() as db:
        enqueue(db, Greet("first"), alone="greeting")

    run_all(database, handlers)

    with database.transaction() as db:
        left = queued(db)
    database.close()
    assert left == [
        ("test.greet", {"name": "first", "times": 1}, "todo"),
        ("test.greet", {"name": "next", "times": 1}, "todo"),
    ]


def test_a_job_for_later_waits_for_its_time(own_database_url: str) -> None:
    heard: list[str] = []
    database = Database(own_database_url)
    handlers = Handlers()
    handlers.on(Greet, lambda _work, job: heard.append(job.name))
    with database.transaction() as db:
        enqueue(db, Greet("tomorrow"), at=system_clock() + timedelta(days=1))
        enqueue(db, Greet("yesterday"), at=system_clock() - timedelta(days=1))

    run_all(database, handlers)

    database.close()
    assert heard == ["yesterday"]


def test_what_is_done_on_a_clock_is_queued_by_the_worker(own_database_url: str) -> None:
    done: list[Sweep] = []
    handlers = Handlers()
    handlers.on(Sweep, lambda _work, job: done.append(job), every="* * * * *")
    handlers.on(Greet, lambda _work, _job: None)
    with closing(Database(own_database_url)) as database:
        app = worker_app(handlers, Work(database, Reactions(), system_clock))
        wind(app, handlers)
        registry: Any = app.periodic_registry  # its types are partly unknown
        clocks = list(registry.periodic_tasks.values())

        async def tick() -> None:
            async with app.open_async():
                for one in clocks:  # as the worker does each minute, with the time of the tick
                    await one.task.configure(**one.configure_kwargs).defer_async(timestamp=1)
                await app.run_worker_async(
                    wait=False, listen_notify=False, install_signal_handlers=False
                )

        asyncio.run(tick())

    assert [(one.task.name, one.cron) for one in clocks] == [("test.sweep", "* * * * *")]
    assert Sweep() in done


def test_what_a_dead_worker_began_is_done_by_another_one(own_database_url: str) -> None:
    database = Database(own_database_url)
    greeted: list[Greet] = []
    handlers = Handlers()
    handlers.on(Greet, lambda _work, job: greeted.append(job))
    with database.transaction() as db:
        for name in ("dead", "alive", "gone"):
            enqueue(db, Greet(name))
        db.execute(
            sa.text("""
                insert into procrastinate_workers (last_heartbeat)
                values (now() - interval '1 hour'), (now())
            """)
        )
        db.execute(
            sa.text("""
                update procrastinate_jobs set status = 'doing', worker_id = (
                    select id from procrastinate_workers
                    where (args ->> 'name' = 'dead' and last_heartbeat < now())
                        or (args ->> 'name' = 'alive' and last_heartbeat >= now())
                )
            """)
        )

    async def run() -> None:
        app = worker_app(handlers, Work(database, Reactions(), system_clock))
        async with app.open_async():
            await take_up_stalled(app)
            await app.run_worker_async(wait=False, listen_notify=False)

    asyncio.run(run())

    assert sorted(one.name for one in greeted) == ["dead", "gone"]
    database.close()
