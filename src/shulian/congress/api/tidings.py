"""What those who edit a draft are told while they do: that somebody changed it, or searches."""

from shulian.congress.types import CongressId
from shulian.congress.wire.draft import DraftMovedView
from shulian.kit.db import Db
from shulian.kit.live import announce, announce_anew


def topic(congress: CongressId) -> str:
    """The topic of the live channel on which a draft is followed."""
    return f"congress/{congress}/draft"


def tell(db: Db, congress: CongressId, version: int, by: str) -> None:
    """Have everyone who edits the draft know that it is another one."""
    announce(db, topic(congress), "moved", DraftMovedView(version, by))


def searches(congress: CongressId) -> str:
    """The topic of the live channel on which searches for a timetable are followed."""
    return f"congress.solve/{congress}"


def tell_searches(db: Db, congress: CongressId) -> None:
    """Have everyone who follows a search read anew how far it is."""
    announce_anew(db, searches(congress))
