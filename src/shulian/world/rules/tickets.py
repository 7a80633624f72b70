"""Tickets into the world: signed by the web application, read by the presence server.

JSON Web Tokens (RFC 7519), HMAC with SHA-256; a ticket opens one connection, a session brings
somebody back after a lost link, a handover takes them to another process.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import jwt
import msgspec

from shulian.park.types import SpaceId
from shulian.world.errors import TicketExpired, TicketWrong
from shulian.world.types import Stand, Visitor

LIFE = timedelta(seconds=60)
"""Of a ticket: long enough to open a connection with."""
SESSION_LIFE = timedelta(hours=24)
"""Of a session: the server itself forgets who is away for a minute."""

_ALGORITHM = "HS256"
_LONGEST = 8192
"""[bytes] of a ticket."""


class Kind(StrEnum):
    """What a ticket is for."""

    TICKET = "world.ticket"
    SESSION = "world.session"
    HANDOVER = "world.handover"


@dataclass(frozen=True, slots=True)
class Ticket:
    """Who comes, and where to."""

    visitor: Visitor
    park: SpaceId
    space: SpaceId | None
    """Where they want to be; none: at the park's entrance."""
    nonce: str
    """Told once: a ticket counts for one connection."""
    stand: Stand | None = None
    """The very place, of a session or a handover."""
    slot: int = -1
    """Of a session: the place in the arrays of the process …"""
    visit: int = 0
    """… and which visit there it is."""
    last: int = 0
    """Number of the last message that was seen."""
    wants: SpaceId | None = None
    """Of a handover: the full zone of another process that they wait for."""


def sign(ticket: Ticket, *, kind: Kind, secret: str, now: datetime, life: timedelta) -> str:
    """`ticket` as a token that is good from `now` for `life`."""
    claims = {
        "aud": kind.value,
        "iat": now.timestamp(),
        "exp": (now + life).timestamp(),
        "ticket": msgspec.to_builtins(ticket),
    }
    return jwt.encode(claims, secret, algorithm=_ALGORITHM)


def read(text: str, *, kind: Kind, secret: str, now: datetime) -> Ticket:
    """The ticket in the token `text`; raises TicketWrong or TicketExpired."""
    if len(text) > _LONGEST:
        raise TicketWrong
    try:
        claims = jwt.decode(
            text,
            secret,
            algorithms=[_ALGORITHM],
            audience=kind.value,
            # the clock is the caller's: expiry is looked at below
            options={"require": ["exp", "aud"], "verify_exp": False, "verify_iat": False},
        )
        ticket = msgspec.convert(claims.get("ticket"), Ticket)
    except (jwt.InvalidTokenError, msgspec.ValidationError, ValueError) as error:
        raise TicketWrong from error
    if not _number(claims["exp"]) > now.timestamp():
        raise TicketExpired
    return ticket


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
