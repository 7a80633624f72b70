"""The presence server of a soak: the real one, which tells what is in its books when asked.

python server.py DATABASE_URL FOLDER SECRET PORT STAGE CENSUS: at SIGUSR1 it writes CENSUS.
"""

import asyncio
import json
import signal
import sys
from collections import deque
from collections.abc import Sized
from pathlib import Path
from typing import Any, cast

import numpy as np
import uvloop

from shulian.app import features
from shulian.app.grants import GRANTS
from shulian.app.reactions import reactions
from shulian.kit import log
from shulian.kit.clock import system_clock
from shulian.kit.descriptors import raise_limit
from shulian.world.live.process import World, WorldConfig
from shulian.world.live.sockets.config import Stage
from shulian.world.live.sockets.engine import PLAIN
from shulian.world.rules.admission import Gate

_NOBODY = {"counters", "turns", "free", "resting", "grounds", "owners"}
"""Containers that hold no people: tallies, empty slots, parks and their zones."""


def census(world: World) -> dict[str, int]:
    """How many things each container of the house and of the sockets holds, by its name."""
    book, sockets = world.book, vars(world.server)
    keepers: dict[str, object] = {"book": book, "absences": book.absences}
    keepers |= {f"ground {park}": ground for park, ground in book.grounds.items()}
    keepers |= {name: sockets[f"_{name}"] for name in ("door", "leaving", "desk")}
    keepers |= {f"lane {place}": lane for place, lane in enumerate(sockets["_lanes"])}
    return {
        f"{keeper}.{name.lstrip('_')}": _held(cast("object", value))
        for keeper, thing in keepers.items()
        for name, value in vars(thing).items()
        if isinstance(value, dict | set | deque) and name.lstrip("_") not in _NOBODY
    } | {
        "slots": len(book.crowd.state) - book.free,
        "crowd": int(np.count_nonzero(book.crowd.state)),
        "journal": vars(book.journal)["_queue"].qsize(),
        "connected": world.server.counters.connected,
        "compiled": int(sockets["_engine"] is not PLAIN),
        "blocks": sys.getallocatedblocks(),
    }


def _held(value: object) -> int:
    """How many things are in a container, and in the containers and gates that it holds."""
    if isinstance(value, Gate):
        return sum(_held(part) for part in vars(value).values() if isinstance(part, Sized))
    if isinstance(value, dict):
        return sum(_held(part) for part in cast("dict[Any, object]", value).values())
    return len(cast("Sized", value)) if isinstance(value, set | deque) else 1


async def _serve(config: WorldConfig, path: Path) -> None:
    world = World(config)

    def tell() -> None:
        draft = path.with_suffix(".draft")
        draft.write_text(json.dumps(census(world)))
        draft.replace(path)

    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, tell)
    async with world.running():
        await asyncio.Event().wait()


def main() -> None:
    """Serve until killed."""
    url, folder, secret, port, stage, path = sys.argv[1:]
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
        runner.run(_serve(config, Path(path)))


if __name__ == "__main__":
    main()
