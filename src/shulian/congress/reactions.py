"""What congresses do when something happens: tell those whom a release concerns."""

from shulian.congress import api
from shulian.congress.events import Released
from shulian.kit.bus import Bus, Reactions
from shulian.kit.db import Db


def react(reactions: Reactions) -> None:
    """Keep notices for those whom a release concerns."""
    reactions.on(Released, _released)


def _released(db: Db, _bus: Bus, event: Released) -> None:
    api.tell(db, event.release)
