"""Work for later: a job is a value, queued in the transaction that wants it, run by a worker.

The queue is procrastinate's, in the same database: a job is there if and only if the
transaction that queued it was committed.
"""

import asyncio
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, cast

import msgspec
import procrastinate
import sqlalchemy as sa
import structlog
from procrastinate.exceptions import ConnectorException
from sqlalchemy.exc import OperationalError

from shulian.kit.bus import Bus, Reactions
from shulian.kit.clock import Clock
from shulian.kit.db import Database, Db
from shulian.kit.errors import Failure, Unavailable
from shulian.kit.progress import Progress, report

J = TypeVar("J", bound=msgspec.Struct)

_DEFER = sa.text("""
    select procrastinate_defer_jobs_v1(array[row(
        'default', :task, 0, :alone, null, cast(:args as jsonb), cast(:at as timestamptz)
    )::procrastinate_job_to_defer_v1])
    where not exists (
        select 1 from procrastinate_jobs where lock = :alone and status = 'todo'
    )
""")

log = structlog.stdlib.get_logger("shulian.jobs")

AT_ONCE = 4
"""Jobs that one worker does at a time: a long one keeps no short one waiting."""
_STALLED_AFTER = 30
"""Seconds without a heartbeat after which a worker is taken for dead."""


@dataclass(frozen=True)
class Work:
    """What a task has at hand while it handles a job."""

    database: Database
    reactions: Reactions
    clock: Clock

    @contextmanager
    def transaction(self) -> Generator[tuple[Db, Bus]]:
        """A transaction and its bus; kept if the block ends well."""
        with self.database.transaction() as db:
            yield db, Bus(db, self.reactions)

    def report(self, progress: Progress) -> None:
        """Tell how far the work has come, in a transaction of its own."""
        with self.database.transaction() as db:
            report(db, progress, now=self.clock())


Handler = Callable[[Work, J], None]


class Handlers:
    """Which function handles which type of job; filled by the composition at start."""

    def __init__(self) -> None:
        """No job can be handled yet."""
        self.by_type: dict[type[msgspec.Struct], Handler[Any]] = {}
        self.clocks: dict[type[msgspec.Struct], str] = {}

    def on(self, job: type[J], handler: Handler[J], *, every: str = "") -> None:
        """Let `handler` do every `job`; with `every`, as cron writes it, one is queued each time.

        Such a job carries nothing, and waits once however many workers there are.
        """
        self.by_type[job] = handler
        if every:
            self.clocks[job] = every


def name_of(job: type[msgspec.Struct]) -> str:
    """The name a job's type has in the queue: its tag."""
    tag = job.__struct_config__.tag
    if not isinstance(tag, str):
        raise TypeError(f"{job.__name__} needs a tag such as 'feature.verb'")
    return tag


def enqueue(
    db: Db, job: msgspec.Struct, *, alone: str | None = None, at: datetime | None = None
) -> bool:
    """Queue `job` in the transaction of `db`; answer whether it was not waiting already.

    alone  of the jobs that share this name one runs at the most, and one waits beside it; one
           that waits to be tried again may wait as well
    at     not before this instant

    The queue's own lock against double jobs is not used: it also refuses to put a failed job back
    beside a waiting one, and then neither would ever run.
    """
    args = msgspec.to_builtins(job)
    args.pop("type", None)
    values = {
        "task": name_of(type(job)),
        "alone": alone,
        "args": msgspec.json.encode(args).decode(),
        "at": at,
    }
    if alone is not None:
        db.execute(sa.text("select pg_advisory_xact_lock(hashtextextended(:alone, 1))"), values)
    return db.execute(_DEFER, values).one_or_none() is not None


def dequeue(db: Db, alone: str) -> None:
    """Take back the job that waits under the name `alone`; one that runs goes on."""
    db.execute(
        sa.text("delete from procrastinate_jobs where lock = :alone and status = 'todo'"),
        {"alone": alone},
    )


def worker_app(handlers: Handlers, work: Work) -> procrastinate.App:
    """The worker that handles the queue's jobs."""
    app = procrastinate.App(
        connector=procrastinate.PsycopgConnector(conninfo=work.database.dsn, min_size=1, max_size=4)
    )
    again = procrastinate.RetryStrategy(
        max_attempts=4,
        exponential_wait=2,
        retry_exceptions={OperationalError, OSError, Unavailable},
    )
    for job, handler in handlers.by_type.items():
        app.task(name=name_of(job), retry=again)(_task(job, handler, work))
    return app


def wind(app: procrastinate.App, handlers: Handlers) -> None:
    """Let the worker queue what is done on a clock; one of a kind runs at a time."""
    for job, every in handlers.clocks.items():
        name = name_of(job)
        app.periodic(cron=every, lock=name)(cast("Any", app.tasks[name]))


async def run_worker(handlers: Handlers, work: Work) -> None:
    """Handle jobs until the process is told to stop; what a dead worker left is taken up again."""
    app = worker_app(handlers, work)
    wind(app, handlers)
    async with app.open_async():
        looking = asyncio.create_task(_look_after_others(app))
        try:
            await app.run_worker_async(
                concurrency=AT_ONCE, delete_jobs="successful", shutdown_graceful_timeout=10
            )
        finally:
            looking.cancel()


async def take_up_stalled(app: procrastinate.App) -> None:
    """Queue again what workers began that are dead now."""
    for stalled in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=_STALLED_AFTER):
        log.warning("taking up a job that a dead worker left", job=stalled.task_name)
        await app.job_manager.retry_job(stalled)


async def _look_after_others(app: procrastinate.App) -> None:
    """Do so again and again: who starts anew at once may still find the dead one's heart warm."""
    while True:
        try:
            await take_up_stalled(app)
        except ConnectorException as error:
            log.warning("cannot look for jobs of dead workers", reason=str(error))
        await asyncio.sleep(_STALLED_AFTER)


def _task(job: type[J], handler: Handler[J], work: Work) -> Callable[..., None]:
    def handle(**args: Any) -> None:
        value = msgspec.convert(args, job, strict=False)
        try:
            handler(work, value)
        except Failure as failure:
            log.warning("job failed", job=name_of(job), failure=str(failure))
            raise

    return handle
