"""What a programme from elsewhere would make of a draft, before it does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from shulian.congress.api.drafts import surroundings, whole
from shulian.congress.api.imports import Imported, Merged
from shulian.congress.api.rights import planned
from shulian.congress.rules.conflicts import conflicts
from shulian.congress.rules.exchange.differences import Difference, differences
from shulian.congress.types import Conflict, CongressId, Programme
from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.park.types import SpaceId


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What bringing a programme in would make of a draft."""

    after: Programme
    """All of the draft as it would be."""
    counts: Imported
    differences: tuple[Difference, ...]
    conflicts: tuple[Conflict, ...]
    """What would be wrong with it then."""
    faults: Mapping[str, str]
    """Why it cannot be brought in, by where that stands; as ImportRefused has them."""


def foresee_import(
    db: Db,
    actor: Actor,
    wanted: CongressId,
    incoming: Programme,
    *,
    halls: Mapping[SpaceId, SpaceId | None],
    now: datetime,
) -> Foreseen:
    """The same as `import_programme` would do; what is in its way is told, not raised."""
    before = whole(db, planned(db, actor, wanted))
    merged = Merged(db, before, incoming, halls)
    faults, after = merged.faults(), merged.whole()
    found = () if faults else conflicts(after, surroundings(db, after, now=now))
    return Foreseen(
        after, merged.counts(), differences(before.sessions, merged.sessions), found, faults
    )
