"""How far spaces reach: by their own bodies, or by what stands in them."""

from collections.abc import Mapping, Sequence

from shulian.park.types import Extent, Shape, Space, SpaceId


def extents(spaces: Sequence[Space]) -> Mapping[SpaceId, Extent]:
    """The extent of each space that has a body or anything with a body in it.

    Parents stand before their children.
    """
    found: dict[SpaceId, Extent] = {}
    within: dict[SpaceId, Extent] = {}
    for space in reversed(spaces):
        own = (of_shape(space.shape) if space.shape else None) or within.get(space.id)
        if own is None:
            continue
        found[space.id] = own
        if space.parent is not None:
            around = within.get(space.parent)
            within[space.parent] = own if around is None else _union(around, own)
    return found


def of_shape(shape: Shape) -> Extent | None:
    """The extent of a body; none if it has no corner."""
    corners = shape.mesh.corners if shape.mesh else ()
    east = [corner[0] for corner in corners]
    north = [corner[1] for corner in corners]
    up = [corner[2] for corner in corners]
    for prism in shape.prisms:
        for ring in prism.rings[:1]:
            east += [point[0] for point in ring]
            north += [point[1] for point in ring]
        up += (prism.base, prism.top)
    if not east:
        return None
    return Extent((min(east), min(north), max(east), max(north)), min(up), max(up))


def _union(one: Extent, other: Extent) -> Extent:
    a, b = one.bounds, other.bounds
    bounds = (min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]))
    return Extent(bounds, min(one.base, other.base), max(one.top, other.top))
