"""How the presence server learns that something was decided about a park."""

import msgspec

from shulian.kit.db import Db
from shulian.kit.live import announce
from shulian.park.types import SpaceId


class Decided(msgspec.Struct, frozen=True):
    """Rules, sanctions, silences, blocks or exhibits of `park` are others now."""

    park: SpaceId


def topic(park: SpaceId) -> str:
    """The topic of the live channel on which decisions about `park` are announced."""
    return f"world/{park}"


def tell(db: Db, park: SpaceId) -> None:
    """Announce that something was decided about `park`, once the transaction is committed."""
    announce(db, topic(park), "order", Decided(park))
