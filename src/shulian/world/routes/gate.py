"""The way from the web application into the presence server: tickets, and where it listens."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from urllib.parse import urlsplit
from uuid import UUID

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.types import Scope

from shulian.identity.types import Actor
from shulian.kit.http.edge import AnyConnection, AnyRequest
from shulian.world.rules.tickets import LIFE, Kind, Ticket, sign

RequestActor = NamedDependency[Actor]

_COOKIE = "guest"
_YEAR = 365 * 86400
_LONGEST_SECRET = 64
_PLACE = re.compile(r"wss?://[A-Za-z0-9.:\[\]-]+")
"""What a policy may name: a host that a request made up must not add words to it."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What the web application knows of the presence server."""

    secret: str
    """Signs tickets; both sides have it."""
    port: int
    shards: int = 1
    """How many processes share the world."""
    url: str = ""
    """Where browsers find it, with `{shard}` where there are several; empty: at `port` of the host
    under which they find us."""

    def address(self, connection: AnyConnection, shard: int = 0) -> str:
        """The address of the process with that number."""
        if self.url:
            return self.url.replace("{shard}", str(shard))
        host = connection.url.hostname or "127.0.0.1"
        scheme = "wss" if connection.url.scheme == "https" else "ws"
        place = f"[{host}]" if ":" in host else host
        return f"{scheme}://{place}:{self.port + shard}/world"

    def origins(self, scope: Scope) -> str:
        """Where the pages of a request may open WebSockets, as the sources of a policy."""
        connection: AnyConnection = ASGIConnection(scope)
        found = [urlsplit(self.address(connection, one)) for one in range(self.shards)]
        places = sorted({f"{url.scheme}://{url.netloc}" for url in found})
        return " ".join(place for place in places if _PLACE.fullmatch(place))

    def ticket(self, ticket: Ticket, now: datetime) -> str:
        """`ticket`, signed."""
        return sign(ticket, kind=Kind.TICKET, secret=self.secret, now=now, life=LIFE)


def gate_of(connection: AnyConnection) -> Gate:
    """The gate of the process that serves `connection`."""
    gate = connection.app.state["gate"]
    assert isinstance(gate, Gate)  # noqa: S101  # put there by the composition
    return gate


def nonce() -> str:
    """What tells one ticket from all others."""
    return secrets.token_urlsafe(16)


def guest_secret(request: AnyRequest) -> str | None:
    """What the browser of a guest keeps: they are nobody else because only it knows that."""
    told = request.cookies.get(_cookie_name(request), "")
    return told if 0 < len(told) <= _LONGEST_SECRET else None


def new_guest_secret() -> str:
    """Such a secret for somebody who comes the first time."""
    return secrets.token_urlsafe(24)


def guest_of(secret: str) -> UUID:
    """The guest who has `secret`, which cannot be found out from it: others see the guest's id."""
    return UUID(bytes=blake2b(secret.encode(), digest_size=16, person=b"world.guest").digest())


def guest_cookie(request: AnyRequest, secret: str) -> Cookie:
    """The cookie by which a guest is known when they come back."""
    return Cookie(
        key=_cookie_name(request),
        value=secret,
        max_age=_YEAR,
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )


def _cookie_name(connection: AnyConnection) -> str:
    return f"__Host-{_COOKIE}" if connection.url.scheme == "https" else _COOKIE
