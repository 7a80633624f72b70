"""Who handles which job: the composition of every feature's tasks."""

from functools import partial

from shulian.kit.blobs import Blobs
from shulian.kit.jobs import Handlers
from shulian.park.tasks import build_tiles, drop_tiles
from shulian.park.types import BuildTiles, DropTiles
from shulian.world.tasks import forget_messages
from shulian.world.types import ForgetMessages


def handlers(blobs: Blobs) -> Handlers:
    """The handlers of this installation; files go to `blobs`."""
    made = Handlers()
    made.on(BuildTiles, partial(build_tiles, blobs=blobs))
    made.on(DropTiles, partial(drop_tiles, blobs=blobs))
    made.on(ForgetMessages, forget_messages)
    return made
