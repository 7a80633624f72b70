"""`shulian bots`: simulated visitors who walk through a park over the real protocol."""

import asyncio
import math
import os
import secrets
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import click
import numpy as np
import uvloop

from shulian.cli.databases import opened
from shulian.cli.installation import reached, secret_of
from shulian.cli.words import say
from shulian.kit.clock import Clock, system_clock
from shulian.kit.db import Database, Db
from shulian.kit.descriptors import raise_limit
from shulian.kit.errors import Failure, Unavailable
from shulian.kit.text import Language
from shulian.park import api
from shulian.park.types import SpaceId
from shulian.settings import Settings, read_settings
from shulian.world.live.bots import Bots, Figures
from shulian.world.rules.looks import guest_look
from shulian.world.rules.paths.ground import Bounds, Ground, ground
from shulian.world.rules.paths.indoors import Indoors
from shulian.world.rules.paths.sights import Sight, sights
from shulian.world.rules.paths.ways import net
from shulian.world.rules.tickets import LIFE, Kind, Ticket, sign
from shulian.world.types import Stand, Visitor, VisitorKey

_AROUND = 220.0
"""How far around the entrance they walk where nothing else is said [m]."""
_MARGIN = 40.0
"""[m] around that, for ways that lead outside."""
_BODY = (0.5, 2.2)
"""Walls that stand in the way begin below the one and end above the other … [m]."""
_EACH = 10
"""[s] between two lines of figures."""
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  # compared, not bound
"""Addresses that stand for all of a machine's, and one of each that can be reached from here."""
_NUMBERS = 100_000
"""More than one command has bots: their keys are the numbers after this times its process."""


class ParkMissing(Failure):
    """There is no park to walk in."""

    code = "cli.park_missing"


class Nowhere(Failure):
    """Around `space` there is nothing to walk to."""

    code = "cli.nowhere"


class WorldSilent(Unavailable):
    """The world at `url` let nobody in for `seconds`."""

    code = "cli.world_silent"


@dataclass(frozen=True, slots=True, eq=False)
class Walks:
    """Where bots walk."""

    park: SpaceId
    ground: Ground
    sights: tuple[Sight, ...]


@click.command("bots")
@click.option("--count", default=300, type=click.IntRange(1, 5000), help="How many; 300.")
@click.option("--park", metavar="ID", help="The park they visit; the first.")
@click.option("--around", metavar="SPACE", help="The space they stay in; around the entrance.")
@click.option("--seconds", type=click.FloatRange(min=1), help="How long; until stopped.")
@click.option("--url", help="Of the world; the one of this installation.")
@click.option("--patience", default=20, help="Seconds in which somebody must get in; 20.")
@click.option("--seed", default=1, help="Other numbers give other walks.")
def command(
    count: int,
    park: str | None,
    around: str | None,
    seconds: float | None,
    url: str | None,
    patience: int,
    seed: int,
) -> None:
    """Let simulated visitors walk through a park, marked as such; Ctrl-C ends them."""
    settings = read_settings(os.environ)  # noqa: TID251  # the edge where settings are read
    rng = np.random.default_rng(seed)
    with reached(settings) as installation:
        secret = secret_of(installation.folder)
        with opened(installation.database_url, pool=1) as database, database.transaction() as db:
            walks = find_walks(db, park, around, now=system_clock(), rng=rng)
    raise_limit()
    where = url or _address(settings)
    bots = Bots(
        where,
        _tickets(walks.park, secret, system_clock),
        count,
        ground=walks.ground,
        sights=walks.sights,
        rng=rng,
        clock=time.monotonic,
    )
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(bots.live(seconds=seconds, told=_teller(where, patience)))
    finally:
        click.echo(_fare(bots.figures()))


def gather(settings: Settings, secret: str, count: int) -> Bots:
    """Simulated visitors for the first park, on a database that stands; raises as `find_walks`."""
    rng = np.random.default_rng(1)
    with closing(Database(settings.database_url, pool=1)) as database, database.transaction() as db:
        walks = find_walks(db, None, None, now=system_clock(), rng=rng)
    return Bots(
        _address(settings),
        _tickets(walks.park, secret, system_clock),
        count,
        ground=walks.ground,
        sights=walks.sights,
        rng=rng,
        clock=time.monotonic,
    )


def find_walks(
    db: Db, park: str | None, around: str | None, *, now: datetime, rng: np.random.Generator
) -> Walks:
    """Where bots walk in `park`, or in the first one; raises ParkMissing, Nowhere."""
    chosen = SpaceId(park) if park else next((one.id for one in api.parks(db)), None)
    if chosen is None:
        raise ParkMissing
    scene = api.scene(db, chosen)
    entrance = scene.entrance
    within = _grown((entrance.east, entrance.north, entrance.east, entrance.north), _AROUND)
    if around is not None:
        extent = api.details(db, SpaceId(around), now=now).extent
        if extent is None:
            raise Nowhere(space=around)
        within = extent.bounds
    day = now.astimezone(ZoneInfo(scene.place.timezone)).date()
    found = api.barriers(db, chosen, day=day)
    walls = found.lines[(found.low < _BODY[1]) & (found.high > _BODY[0])]
    spaces = api.spaces(db, within=chosen)
    made = ground(spaces, api.scenery(db, chosen), _grown(within, _MARGIN), walls=walls)
    behind = Indoors(spaces, walls)
    goals = sights(net(made), spaces, entrance, within, rng=rng, indoors=behind)
    if not goals:
        raise Nowhere(space=around or chosen)
    return Walks(chosen, made, goals)


def _tickets(park: SpaceId, secret: str, clock: Clock) -> Callable[[int, Stand], str]:
    """Signs a ticket for a bot with a number."""
    first = os.getpid() * _NUMBERS

    def ticket(number: int, stand: Stand) -> str:
        key = VisitorKey(f"b-{first + number}")
        visitor = Visitor(
            key=key,
            person=None,
            name=say("cli.bots.name", number=number + 1),
            look=guest_look(key),
            language=Language.ZH if number % 2 else Language.EN,
            simulated=True,
        )
        asked = Ticket(visitor, park, None, secrets.token_urlsafe(12), stand)
        return sign(asked, kind=Kind.TICKET, secret=secret, now=clock(), life=LIFE)

    return ticket


def _teller(url: str, patience: int) -> Callable[[Figures], None]:
    """Says now and then how they fare; raises WorldSilent where nobody ever got in."""
    told = 0

    def tell(figures: Figures) -> None:
        nonlocal told
        told += 1
        if told == patience and not figures.welcomes:
            raise WorldSilent(url=url, seconds=patience)
        if told % _EACH == 0:
            click.echo(_fare(figures))

    return tell


def _fare(figures: Figures) -> str:
    return say(
        "cli.bots.fare",
        count=figures.count,
        here=figures.here,
        half=_milliseconds(figures.half),
        most=_milliseconds(figures.most),
        welcomes=figures.welcomes,
        corrected=figures.corrected,
    )


def _milliseconds(seconds: float) -> str:
    return "–" if math.isnan(seconds) else f"{seconds * 1000:.0f}"


def _address(settings: Settings) -> str:
    """The first process of the world; from there one is sent on to the one that has the zone."""
    if settings.world_url:
        return settings.world_url.replace("{shard}", "0")
    host = _EVERYWHERE.get(settings.host, settings.host)
    place = f"[{host}]" if ":" in host else host
    return f"ws://{place}:{settings.first_world_port}/world"


def _grown(bounds: Bounds, margin: float) -> Bounds:
    west, south, east, north = bounds
    return (west - margin, south - margin, east + margin, north + margin)
