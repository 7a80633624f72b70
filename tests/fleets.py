"""Several web processes on one database, and people who call them at the same time."""

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier
from typing import TypeVar

import httpx
from tests.commands import Running, free_port, running
from tests.processes import wait_until

from shulian.app.grants import GRANTS
from shulian.identity import api as identity
from shulian.identity.api.hashing import hashed
from shulian.identity.store import people as person_store
from shulian.identity.types import Person, PersonId, Via
from shulian.kit.db import Database, Db
from shulian.kit.ids import new_id
from shulian.kit.supervisor import responds
from shulian.kit.text import Language

T = TypeVar("T")

_NOBODYS = hashed("no one knows this one")


@dataclass(frozen=True)
class Caller:
    """Somebody who calls by a token, at one of the processes."""

    person: PersonId
    token: str
    web: httpx.Client

    def call(self, method: str, path: str, body: object = None) -> httpx.Response:
        """Call the API."""
        headers = {"authorization": f"Bearer {self.token}"}
        return self.web.request(method, path, json=body, headers=headers)


class Fleet:
    """Web processes that share a database."""

    def __init__(self, url: str, webs: Sequence[tuple[Running, int]], stack: ExitStack) -> None:
        self.url = url
        self.processes = [one for one, _ in webs]
        self._ports = [port for _, port in webs]
        self._stack = stack

    def callers(self, count: int) -> list[Caller]:
        """So many people, each at the next process."""
        with closing(Database(self.url)) as database, database.transaction() as db:
            known = [_person(db, number) for number in range(count)]
        return [
            Caller(who, token, self._client(number)) for number, (who, token) in enumerate(known)
        ]

    def _client(self, number: int) -> httpx.Client:
        port = self._ports[number % len(self._ports)]
        client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60)
        return self._stack.enter_context(client)


@contextmanager
def fleet(url: str, folder: Path, client: Path, *, count: int = 3) -> Generator[Fleet]:
    """So many processes that are ready."""
    home = folder / "home"
    home.mkdir()
    with ExitStack() as stack:
        webs: list[tuple[Running, int]] = []
        for _ in range(count):
            port = free_port()
            given = {
                "DATABASE_URL": url,
                "SHULIAN_DATA": folder / "data",
                "SHULIAN_CLIENT": client,
                "SHULIAN_PORT": port,
            }
            webs.append((stack.enter_context(running("web", home=home, **given)), port))
        for _, port in webs:
            wait_until(responds(f"http://127.0.0.1:{port}/readyz"))
        yield Fleet(url, webs, stack)


def at_once(callers: Sequence[Caller], act: Callable[[int, Caller], T]) -> list[T]:
    """What came of it when all of them act at the same time."""
    start = Barrier(len(callers))

    def run(number: int) -> T:
        start.wait()
        return act(number, callers[number])

    with ThreadPoolExecutor(len(callers)) as pool:
        return list(pool.map(run, range(len(callers))))


def _person(db: Db, number: int) -> tuple[PersonId, str]:
    """Somebody with a token."""
    now = datetime.now(UTC)  # noqa: TID251  # real processes look at a real clock
    who = PersonId(new_id(now))
    one = Person(who, f"caller-{number}@crowd.example", f"Caller {number}", Language.EN, now)
    assert person_store.put_new(db, one, _NOBODYS)
    actor = identity.actor_of_person(db, GRANTS, who)
    in_person = replace(actor, via=Via.LOGIN)
    _, token = identity.create_token(db, in_person, name="race", scopes=(), days=1, now=now)
    return who, token
