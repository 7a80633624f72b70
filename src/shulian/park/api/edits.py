"""What operators change of single spaces, and how they take it back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from shulian.identity.api import record as write_down
from shulian.identity.types import Actor, Subject
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.park.api.ids import checked
from shulian.park.api.tilesets import order_tiles
from shulian.park.errors import EditWrong, NothingToRevert, SpaceNewer
from shulian.park.events import SpaceEdited
from shulian.park.rules import overrides
from shulian.park.rules.needles import needle
from shulian.park.rules.sayings import edit_faults, tidied
from shulian.park.store import parks, records, spaces
from shulian.park.types import EDIT, Field, FieldValue, Record, Space, SpaceId

_DRAWN = {Field.NAME_ZH, Field.NAME_EN, Field.KIND, Field.STATUS}
"""What the files of a scene tell of a space."""


def edit_space(
    db: Db,
    bus: Bus,
    actor: Actor,
    space: SpaceId,
    told: Mapping[Field, FieldValue],
    *,
    version: int | None = None,
    now: datetime,
) -> Space:
    """Let `space` say `told` in the fields that are named there; later imports respect it.

    version  the one the edit was made on; SpaceNewer is raised if the space has changed since
    Raises EditWrong with the faults of each field.
    """
    actor.demand(EDIT)
    before = _held(db, space)
    if version is not None and version != before.version:
        raise SpaceNewer(space=space, version=before.version)
    return _tell(db, bus, actor, "park.edit", before, tidied(told), now)


def revert_edit(db: Db, bus: Bus, actor: Actor, space: SpaceId, *, now: datetime) -> Space:
    """Take the last edit of `space` back, as an edit of its own: twice, and it is there again.

    Raises NothingToRevert where it was never edited, or a newer file changed it since.
    """
    actor.demand(EDIT)
    before = _held(db, space)
    if before.undo is None:
        raise NothingToRevert(space=space)
    return _tell(db, bus, actor, "park.revert", before, before.undo, now)


def _held(db: Db, space: SpaceId) -> Record:
    """The record of `space`, when nobody else is changing its park."""
    records.lock(db, spaces.park_of(db, checked(space)))
    return spaces.line(db, space)[-1]


def _tell(
    db: Db,
    bus: Bus,
    actor: Actor,
    verb: str,
    before: Record,
    told: Mapping[Field, FieldValue],
    now: datetime,
) -> Space:
    if wrong := edit_faults(before.space, told):
        raise EditWrong(fields=wrong)
    after, origin = overrides.edited(before.space, before.origin, told)
    if after == before.space:
        return after
    old, new = overrides.values(before.space, told), overrides.values(after, told)
    changed = {field: value for field, value in old.items() if value != new[field]}
    record = replace(
        before,
        space=after,
        needle=needle(after.name),
        origin=origin,
        undo=changed,
        version=before.version + 1,
    )
    park = record.ancestors[0] if record.ancestors else after.id
    records.put(db, park, [record])
    parks.renew(db, record.ancestors[0] if record.ancestors else after.id)
    shown = {field: new[field] for field in changed}
    write_down(db, actor, verb, Subject("space", after.id), changed, shown, now=now)
    if _DRAWN & changed.keys():
        order_tiles(db, park)
    bus.publish(SpaceEdited(before.space, after))
    return after
