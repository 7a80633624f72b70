"""The presence server of a soak: the real one, which tells what is in its books when asked.

python -m soak.server DATABASE_URL FOLDER SECRET PORT STAGE CENSUS: at SIGUSR1 it writes CENSUS.
"""

import asyncio
import ctypes
import json
import signal
import sys
from collections import deque
from collections.abc import Sized
from pathlib import Path
from typing import Any, cast

import numpy as np

from shulian.world.live.process import World, WorldConfig
from shulian.world.live.sockets.engine import PLAIN
from shulian.world.rules.admission import Gate
from world.server import run

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
        "heap": _heap(),
    }


class _MallInfo(ctypes.Structure):
    """`struct mallinfo2` of glibc."""

    _fields_ = [
        (name, ctypes.c_size_t)
        for name in (
            *("arena", "ordblks", "smblks", "hblks", "hblkhd"),
            *("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"),
        )
    ]


def _heap() -> int:
    """Bytes that malloc has given out to the loop's thread and that are in use.

    Of what lies between them, and is counted as memory of the process, there may be more with time.
    """
    mallinfo2 = ctypes.CDLL(None).mallinfo2
    mallinfo2.restype = _MallInfo
    found = mallinfo2()
    return int(found.uordblks + found.hblkhd)


def _held(value: object) -> int:
    """How many things are in a container, and in the containers and gates that it holds."""
    if isinstance(value, Gate):
        return sum(_held(part) for part in vars(value).values() if isinstance(part, Sized))
    if isinstance(value, dict):
        return sum(_held(part) for part in cast("dict[Any, object]", value).values())
    return len(cast("Sized", value)) if isinstance(value, set | deque) else 1


async def _serve(config: WorldConfig, census_path: str) -> None:
    world, path = World(config), Path(census_path)

    def tell() -> None:
        draft = path.with_suffix(".draft")
        draft.write_text(json.dumps(census(world)))
        draft.replace(path)

    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, tell)
    async with world.running():
        await asyncio.Event().wait()


if __name__ == "__main__":
    run(_serve)
