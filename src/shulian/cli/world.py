"""`shulian world`: one process of the shared world, on a database that stands."""

import asyncio
import os
from functools import partial

import click
import structlog

from shulian.app.features import catalogue
from shulian.app.grants import GRANTS
from shulian.app.reactions import reactions
from shulian.cli.bots import gather
from shulian.cli.databases import opened
from shulian.cli.installation import expect_free, folder_of, secret_of
from shulian.kit import log
from shulian.kit.clock import system_clock
from shulian.kit.descriptors import raise_limit
from shulian.kit.errors import Failure
from shulian.settings import Settings, read_settings
from shulian.world.live.process import WorldConfig, run
from shulian.world.live.sockets.config import Stage

_log = structlog.stdlib.get_logger("shulian.world.bots")


@click.command("world")
@click.option(
    "--shard",
    type=click.IntRange(0, 63),
    default=0,
    show_default=True,
    help="Which of the SHULIAN_WORLDS processes this is.",
)
def command(shard: int) -> None:
    """Run one process of the shared world. DATABASE_URL must name the database."""
    settings = read_settings(os.environ)  # noqa: TID251  # the edge where settings are read
    port = settings.first_world_port + shard
    expect_free(settings.host, port)
    log.configure(process="world", for_people=settings.log == "people")
    with opened(settings.database_url, pool=1):
        secret = secret_of(folder_of(settings))
    raise_limit()
    bots = settings.bots if shard == 0 else 0
    run(_config(settings, shard, port, secret), partial(_bots, settings, secret, bots))


async def _bots(settings: Settings, secret: str, count: int) -> None:
    """Let simulated visitors walk beside the server, as long as there is a place to walk to."""
    if not count:
        return
    try:
        bots = await asyncio.to_thread(gather, settings, secret, count)
    except Failure as failure:
        _log.warning("no simulated visitors", reason=str(failure))
        return
    await bots.live(seconds=None, told=lambda _figures: None)


def _config(settings: Settings, shard: int, port: int, secret: str) -> WorldConfig:
    folder = folder_of(settings)
    return WorldConfig(
        database_url=settings.database_url,
        folder=folder,
        secret=secret,
        grants=GRANTS,
        words=catalogue(),
        clock=system_clock,
        reactions=reactions(),
        host=settings.host,
        port=port,
        stage=Stage(settings.world_stage),
        cache=folder / "compiled",
        shard=shard,
        urls=_urls(settings),
        nats_url=settings.nats_url,
    )


def _urls(settings: Settings) -> tuple[str, ...]:
    """Where browsers find each process; from a colon on: at that port of the host they know."""
    if not settings.world_url:
        first = settings.first_world_port
        return tuple(f":{first + shard}" for shard in range(settings.worlds))
    return tuple(
        settings.world_url.replace("{shard}", str(shard)) for shard in range(settings.worlds)
    )
