"""What a newer plan makes of a park: the records to keep, and what differs from those there are."""

from collections.abc import Mapping
from dataclasses import fields as fields_of

from shulian.kit.text import Text
from shulian.park.rules.extents import extents
from shulian.park.rules.needles import needle
from shulian.park.rules.overrides import kept, merged
from shulian.park.rules.trees import ancestors
from shulian.park.types import (
    Change,
    Changes,
    Extent,
    FieldChange,
    ParkPlan,
    Place,
    Record,
    Scenery,
    SceneryId,
    Space,
    SpaceId,
)

Held = Mapping[SpaceId, Record]


def records(plan: ParkPlan, held: Held) -> dict[SpaceId, Record]:
    """What the park keeps of each space of `plan`, operators' edits of what it held included."""
    above = ancestors(plan.spaces)
    reach = extents(plan.spaces)
    made: dict[SpaceId, Record] = {}
    for file in plan.spaces:
        line, extent = above[file.id], reach.get(file.id)
        before = held.get(file.id)
        if before is None:
            made[file.id] = Record(file, line, extent, needle(file.name))
        else:
            made[file.id] = _over(before, file, line, extent)
    return made


def compare(
    plan: ParkPlan,
    made: Mapping[SpaceId, Record],
    *,
    held: Held,
    scenery: Mapping[SceneryId, Scenery],
    place: Place | None,
) -> Changes:
    """What differs between the park as it is kept and as `made` from `plan`."""
    common = [(held[key].space, made[key].space) for key in made if key in held]
    changed = tuple(Change(before, after) for before, after in common if before != after)
    pieces = {piece.id: piece for piece in plan.scenery}
    pairs = [(scenery[key], pieces[key]) for key in pieces if key in scenery]
    redrawn = tuple(Change(before, after) for before, after in pairs if before != after)
    return Changes(
        added=tuple(record.space for key, record in made.items() if key not in held),
        changed=changed,
        removed=tuple(record.space for key, record in held.items() if key not in made),
        unchanged=len(common) - len(changed),
        scenery_added=tuple(piece for key, piece in pieces.items() if key not in scenery),
        scenery_changed=redrawn,
        scenery_removed=tuple(piece for key, piece in scenery.items() if key not in pieces),
        scenery_unchanged=len(pairs) - len(redrawn),
        place=None if place == plan.place else Change(place, plan.place),
        kept=tuple(one for record in made.values() for one in kept(record.space, record.origin)),
    )


def differences(change: Change[Space] | Change[Scenery]) -> tuple[FieldChange, ...]:
    """The fields in which the two sides of a change differ; names and texts by language."""
    found: list[FieldChange] = []
    for field in fields_of(change.before):
        before = getattr(change.before, field.name)
        after = getattr(change.after, field.name)
        if isinstance(before, Text) and isinstance(after, Text):
            found.append(FieldChange(f"{field.name}.zh", before.zh, after.zh))
            found.append(FieldChange(f"{field.name}.en", before.en, after.en))
        else:
            found.append(FieldChange(field.name, before, after))
    return tuple(one for one in found if one.before != one.after)


def _over(before: Record, file: Space, line: tuple[SpaceId, ...], extent: Extent | None) -> Record:
    """`before` as the newer `file` makes it; a change seals the operators' last edit."""
    space, origin = merged(file, before.space, before.origin)
    same = space == before.space
    return Record(
        space=space,
        ancestors=line,
        extent=extent,
        needle=before.needle if same else needle(space.name),
        origin=origin,
        undo=before.undo if same else None,
        version=before.version if same else before.version + 1,
    )
