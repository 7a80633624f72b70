"""Buildings and parts of buildings as bodies, before it is known which belongs to which."""

from collections.abc import Sequence

import msgspec
import shapely

from shulian.park.rules.geojson.areas import Geometries, shapes
from shulian.park.rules.geojson.elements import kept_apart
from shulian.park.rules.geojson.items import Item, together
from shulian.park.rules.geojson.materials import Materials
from shulian.park.rules.geojson.roles import Role


class Body(msgspec.Struct):
    """An outline, or a part of one."""

    key: str
    item: Item
    polygons: Geometries
    parts: "Sequence[Body]" = ()

    @property
    def part(self) -> bool:
        """Whether it was drawn as a part; a building inside another one was not."""
        return self.item.role is Role.PART

    @property
    def shape(self) -> shapely.Geometry:
        """All of its polygons as one geometry."""
        return self.polygons[0] if len(self.polygons) == 1 else shapely.union_all(self.polygons)

    @property
    def peak(self) -> float:
        """The highest that is written of it and its parts [m]; 0 if nothing is."""
        highest = max((part.peak for part in self.parts), default=0.0)
        return highest or self.item.extent.top or 0.0


def bodies(stuff: Materials, *, part: bool) -> list[Body]:
    """The parts, or the outlines, among all items; those without any ground are left out."""
    role = Role.PART if part else Role.BUILDING
    groups = kept_apart(stuff.groups(role), stuff.items, stuff.first, stuff.report)
    polygons = shapes(stuff.areas, groups.values(), len(stuff.items), stuff.effort)
    return [
        Body(key, together([stuff.items[index] for index in group]), mine)
        for (key, group), mine in zip(groups.items(), polygons, strict=True)
        if len(mine)
    ]
