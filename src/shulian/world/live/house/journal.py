"""What must be kept: one thread with a connection to the database works for the event loop.

What is said at the same time is kept in one transaction, so that a busy hour costs no more commits
than the disk has turns. Where the database does not answer a request fails at once and the next one
tries again: people stay where they are meanwhile.
"""

import asyncio
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

import structlog
from sqlalchemy import exc

from shulian.kit.bus import Bus, Reactions
from shulian.kit.db import Database, Db
from shulian.kit.errors import Failure
from shulian.world import api
from shulian.world.errors import WorldUnavailable
from shulian.world.types import Draft, Message

T = TypeVar("T")
Failed = Callable[[Failure], None]

_MOST_AT_ONCE = 200
"""Messages in one transaction."""
MOST_WAITING = 10_000
"""Requests that may wait for the database; what comes on top fails at once."""

log = structlog.stdlib.get_logger("shulian.world")


@dataclass(frozen=True, slots=True)
class _Saying:
    """Something to be kept that was said."""

    draft: Draft
    done: Callable[[Message], None]
    failed: Failed


@dataclass(frozen=True, slots=True)
class _Work(Generic[T]):
    """Anything else that needs the database."""

    do: Callable[[Db, Bus], T]
    done: Callable[[T], None]
    failed: Failed
    reads: bool
    """Whether it changes nothing: then it shares a transaction with others."""


class Journal:
    """The thread, and what waits for it."""

    def __init__(
        self, database: Database, reactions: Reactions, loop: asyncio.AbstractEventLoop
    ) -> None:
        """Begin to work; results come back in `loop`."""
        self._database, self._reactions, self._loop = database, reactions, loop
        self._queue: queue.SimpleQueue[_Saying | _Work[object] | None] = queue.SimpleQueue()
        self.failures = 0
        """How many requests the database did not answer."""
        self._thread = threading.Thread(target=self._live, name="journal", daemon=True)
        self._thread.start()

    def say(self, draft: Draft, done: Callable[[Message], None], failed: Failed) -> None:
        """Keep what is said; `done` hears of it once it is committed."""
        self._put(_Saying(draft, done, failed))

    def work(self, do: Callable[[Db, Bus], T], done: Callable[[T], None], failed: Failed) -> None:
        """Do anything else, in a transaction of its own."""
        self._put(_Work(do, done, failed, reads=False))

    def read(self, do: Callable[[Db], T], done: Callable[[T], None], failed: Failed) -> None:
        """Read something."""
        self._put(_Work(lambda db, _bus: do(db), done, failed, reads=True))

    async def ask(self, do: Callable[[Db, Bus], T]) -> T:
        """Do anything else and wait for it; raises the failure of what fails."""
        future: asyncio.Future[T] = self._loop.create_future()

        def done(answer: T) -> None:
            if not future.done():
                future.set_result(answer)

        def failed(failure: Failure) -> None:
            if not future.done():
                future.set_exception(failure)

        self.work(do, done, failed)
        return await future

    def close(self) -> None:
        """Finish what waits, then end."""
        self._queue.put(None)
        self._thread.join()
        self._database.close()

    def _put(self, request: "_Saying | _Work[T]") -> None:
        if self._queue.qsize() >= MOST_WAITING:
            self._loop.call_soon(request.failed, WorldUnavailable())
            return
        self._queue.put(request)  # type: ignore[arg-type]  # whatever its result is, it fits itself

    def _live(self) -> None:
        while True:
            waiting = [self._queue.get()]
            while len(waiting) < _MOST_AT_ONCE and not self._queue.empty():
                waiting.append(self._queue.get())
            sayings = [one for one in waiting if isinstance(one, _Saying)]
            if sayings:
                self._keep(sayings)
            works = [one for one in waiting if isinstance(one, _Work)]
            for _, together in groupby(works, key=lambda one: one.reads):
                self._answer(list(together))
            if None in waiting:
                return

    def _keep(self, sayings: Sequence[_Saying]) -> None:
        try:
            with self._database.transaction() as db:
                messages = api.say(db, [one.draft for one in sayings])
        except Exception as error:  # noqa: BLE001  # whatever it is, those who wait hear of it
            if len(sayings) > 1 and not _gone(error):
                for one in sayings:  # so that one that cannot be kept does not take others along
                    self._keep([one])
                return
            failure = self._failure(error)
            for one in sayings:
                self._back(one.failed, failure)
            return
        for one, message in zip(sayings, messages, strict=True):
            self._back(one.done, message)

    def _answer(self, works: Sequence[_Work[object]]) -> None:
        """Do works of one kind: those that only read in one transaction."""
        if len(works) > 1 and not works[0].reads:
            for work in works:
                self._answer([work])
            return
        try:
            with self._database.transaction() as db:
                bus = Bus(db, self._reactions)
                answers = [work.do(db, bus) for work in works]
        except Exception as error:  # noqa: BLE001  # whatever it is, those who wait hear of it
            if len(works) > 1 and not _gone(error):
                for work in works:
                    self._answer([work])
                return
            failure = self._failure(error)
            for work in works:
                self._back(work.failed, failure)
            return
        for work, answer in zip(works, answers, strict=True):
            self._back(work.done, answer)

    def _failure(self, error: Exception) -> Failure:
        if isinstance(error, Failure):
            return error
        self.failures += 1
        log.warning("the database did not keep it", error=str(error))
        return WorldUnavailable()

    def _back(self, call: Callable[[T], None], value: T) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(call, value)


def _gone(error: Exception) -> bool:
    """Whether the database itself does not answer."""
    if isinstance(error, exc.TimeoutError):
        return True
    return isinstance(error, exc.DBAPIError) and error.connection_invalidated
