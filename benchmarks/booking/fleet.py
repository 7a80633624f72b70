"""Our side over HTTP: a database, three web processes on it, and people who are logged in."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_urlsafe

from litestar.middleware.csrf import generate_csrf_token

from booking.ledger import HERE
from shulian.cli.installation import secret_of
from shulian.identity.api.hashing import hashed
from shulian.identity.rules.keys import fingerprint
from shulian.identity.store import logins, people
from shulian.identity.types import Login, LoginId, Person, PersonId
from shulian.kit.db import Database, Db
from shulian.kit.ids import new_id
from shulian.kit.supervisor import responds
from shulian.kit.text import Language

WEBS = 3
_CLIENT = HERE.parents[1] / "client" / "dist"
_PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Fleet:
    """Web processes that share a database."""

    url: str
    ports: Sequence[int]


@contextmanager
def fleet(url: str, folder: Path, count: int = WEBS) -> Generator[Fleet]:
    """So many web processes, for as long as the block lasts."""
    secret = secret_of(folder)
    with ExitStack() as stack:
        log = stack.enter_context((folder / "web.log").open("ab"))
        ports = [_free_port() for _ in range(count)]
        for port in ports:
            command = [sys.executable, HERE / "server.py", url, folder, _CLIENT, secret, str(port)]
            web = subprocess.Popen(command, stdout=log, stderr=log, env=os.environ)  # noqa: TID251
            stack.callback(web.wait)
            stack.callback(web.kill)
        for port in ports:
            _wait_for(port)
        yield Fleet(url, ports)


def cookies(url: str, folder: Path, count: int) -> list[str]:
    """What the browsers of so many new people send, who are logged in: a `Cookie` header each."""
    nobodys, secret = hashed("nobody knows this one"), secret_of(folder)
    with closing(Database(url, pool=1)) as database, database.transaction() as db:
        return [_cookie(db, number, nobodys, secret) for number in range(count)]


def _cookie(db: Db, number: int, password: str, secret: str) -> str:
    now = datetime.now(UTC)  # noqa: TID251  # an edge
    who, key = PersonId(new_id(now)), token_urlsafe(32)
    one = Person(who, f"{who}@crowd.example", f"Buyer {number}", Language.EN, now)
    people.put_new(db, one, password)
    until = now + timedelta(days=1)
    login = Login(LoginId(new_id(now)), who, created=now, seen=now, expires=until, agent="bench")
    logins.put_new(db, login, fingerprint(key))
    return f"login={key}; csrf={generate_csrf_token(secret)}"


def _free_port() -> int:
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        port: int = attempt.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    ready, deadline = responds(f"http://127.0.0.1:{port}/readyz"), time.monotonic() + _PATIENCE
    while not ready():
        if time.monotonic() > deadline:
            raise SystemExit("a web process did not start")
        time.sleep(0.1)
