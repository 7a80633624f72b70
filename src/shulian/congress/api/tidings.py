"""What those who edit a draft are told while they do: that somebody changed it."""

from shulian.congress.types import CongressId
from shulian.congress.wire.draft import DraftMovedView
from shulian.kit.db import Db
from shulian.kit.live import announce


def topic(congress: CongressId) -> str:
    """The topic of the live channel on which a draft is followed."""
    return f"congress/{congress}/draft"


def tell(db: Db, congress: CongressId, version: int, by: str) -> None:
    """Have everyone who edits the draft know that it is another one."""
    announce(db, topic(congress), "moved", DraftMovedView(version, by))
