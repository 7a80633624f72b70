"""Our presence server as a process for a round: the real one, with what no setting says.

python server.py DATABASE_URL FOLDER SECRET PORT STAGE EVERYONE
"""

import asyncio
import gc
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path

import uvloop

from shulian.app import features
from shulian.app.grants import GRANTS
from shulian.app.reactions import reactions
from shulian.kit import log
from shulian.kit.clock import system_clock
from shulian.kit.descriptors import raise_limit
from shulian.world.live.process import World, WorldConfig
from shulian.world.live.sockets.config import SocketsConfig, Stage
from shulian.world.live.sockets.server import Server
from shulian.world.rules.walls import no_walls

Serve = Callable[[WorldConfig, str], Coroutine[None, None, None]]
"""Serves for ever, by a configuration and the last argument of the program."""


async def _serve(config: WorldConfig, everyone: str) -> None:
    world = World(config)
    sockets = SocketsConfig(port=config.port, stage=config.stage, everyone=int(everyone))
    world.server = Server(world.house, world.book.crowd, no_walls(), sockets)
    async with world.running():
        gc.freeze()  # as the process does when it is open
        await asyncio.Event().wait()


def run(serve: Serve) -> None:
    """Have a program `serve` until it is killed: its arguments are as above, but for the last."""
    url, folder, secret, port, stage, last = sys.argv[1:]
    log.configure(process="world", for_people=True)
    raise_limit()
    config = WorldConfig(
        database_url=url,
        folder=Path(folder),
        secret=secret,
        grants=GRANTS,
        words=features.catalogue(),
        clock=system_clock,
        reactions=reactions(),
        port=int(port),
        stage=Stage(stage),
    )
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(config, last))


if __name__ == "__main__":
    run(_serve)
