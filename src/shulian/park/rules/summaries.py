"""What the audit log keeps of an import: every number, and the first of each list."""

from collections.abc import Sequence
from itertools import islice

from shulian.park.rules.changes import differences
from shulian.park.types import Change, Changes, Scenery, Shape, Space

LISTED = 200
"""So many spaces are named one by one; of more there is a number."""


def before(changes: Changes) -> dict[str, object]:
    """How it was: the spaces that go, and the fields that change."""
    return {
        "removed": _ids(changes.removed),
        "changed": _fields(changes.changed, "before"),
        "scenery_removed": _ids(changes.scenery_removed),
        "place": changes.place and changes.place.before,
    }


def after(changes: Changes) -> dict[str, object]:
    """How it became: the spaces that come, the fields that change, and how many there are."""
    return {
        "added": _ids(changes.added),
        "changed": _fields(changes.changed, "after"),
        "scenery_added": _ids(changes.scenery_added),
        "place": changes.place and changes.place.after,
        "counts": counts(changes),
    }


def counts(changes: Changes) -> dict[str, int]:
    """How many spaces and pieces of scenery an import adds, changes, removes and leaves."""
    return {
        "added": len(changes.added),
        "changed": len(changes.changed),
        "removed": len(changes.removed),
        "unchanged": changes.unchanged,
        "scenery_added": len(changes.scenery_added),
        "scenery_changed": len(changes.scenery_changed),
        "scenery_removed": len(changes.scenery_removed),
        "scenery_unchanged": changes.scenery_unchanged,
        "kept": len(changes.kept),
    }


def _ids(things: Sequence[Space] | Sequence[Scenery]) -> list[str]:
    return [thing.id for thing in islice(things, LISTED)]


def _fields(changed: Sequence[Change[Space]], side: str) -> dict[str, dict[str, object]]:
    return {
        change.after.id: {one.field: _told(getattr(one, side)) for one in differences(change)}
        for change in islice(changed, LISTED)
    }


def _told(value: object) -> object:
    """A value as the log keeps it; of a body its size is enough."""
    if not isinstance(value, Shape):
        return value
    corners = sum(len(ring) for prism in value.prisms for ring in prism.rings)
    triangles = len(value.mesh.corners) // 3 if value.mesh else 0
    return {"prisms": len(value.prisms), "corners": corners, "triangles": triangles}
