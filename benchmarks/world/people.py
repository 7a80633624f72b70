"""Who comes: tickets that the benchmark signs, and the places people begin at."""

import secrets
from datetime import timedelta
from pathlib import Path

import numpy as np

from shulian.kit.clock import system_clock
from shulian.kit.text import Language
from shulian.park.types import SpaceId
from shulian.world.rules.looks import guest_look
from shulian.world.rules.tickets import Kind, Ticket, sign
from shulian.world.types import Stand, Visitor, VisitorKey

SIDE = 400.0
"""Of the square they walk in [m]."""
_LIFE = timedelta(minutes=10)


def stands(count: int, seed: int) -> list[Stand]:
    """Places all over the square."""
    places = np.random.default_rng(seed).uniform(0.5, SIDE - 0.5, (count, 2)).round(2)
    return [Stand(east, north, 0.0, 0.0) for east, north in places.tolist()]


def ticket(number: int, stand: Stand, *, park: SpaceId, secret: str) -> str:
    """Lets one person in, at their place."""
    key = VisitorKey(f"b-{number}")
    name = f"示例访客 {number} · Sample {number}"
    visitor = Visitor(key, None, name, guest_look(key), Language.ZH, simulated=True)
    asked = Ticket(visitor, park, None, secrets.token_urlsafe(12), stand)
    return sign(asked, kind=Kind.TICKET, secret=secret, now=system_clock(), life=_LIFE)


def write_people(
    path: Path, count: int, seed: int, *, park: SpaceId, secret: str | None, mute: int = 0
) -> Path:
    """The file `load` reads: with tickets where there is a secret; the last `mute` never read."""
    lines: list[str] = []
    for number, stand in enumerate(stands(count, seed)):
        query = "-"
        if secret is not None:
            query = "ticket=" + ticket(number, stand, park=park, secret=secret)
        silent = int(number >= count - mute)
        lines.append(f"{query} {stand.east * 100:.0f} {stand.north * 100:.0f} {silent}\n")
    path.write_text("".join(lines))
    return path
