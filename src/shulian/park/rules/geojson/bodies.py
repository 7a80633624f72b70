"""Buildings and parts of buildings as bodies, before it is known which belongs to which."""

from collections.abc import Sequence
from dataclasses import dataclass

import shapely

from shulian.kit.text import Text
from shulian.park.rules.geojson.areas import Geometries, shapes
from shulian.park.rules.geojson.elements import kept_apart, tags_of
from shulian.park.rules.geojson.grammar import Tags
from shulian.park.rules.geojson.heights import Extent, extent
from shulian.park.rules.geojson.materials import Materials
from shulian.park.rules.geojson.roles import Role
from shulian.park.rules.geojson.words import name


@dataclass(slots=True)
class Body:
    """An outline, or a part of one."""

    key: str
    place: str
    tags: Tags
    name: Text
    extent: Extent
    polygons: Geometries
    part: bool
    """Whether it was drawn as a part; a building inside another one was not."""
    parts: "Sequence[Body]" = ()

    @property
    def shape(self) -> shapely.Geometry:
        """All of its polygons as one geometry."""
        return self.polygons[0] if len(self.polygons) == 1 else shapely.union_all(self.polygons)

    @property
    def peak(self) -> float:
        """The highest that is written of it and its parts [m]; 0 if nothing is."""
        return max((part.peak for part in self.parts), default=0.0) or self.extent.top or 0.0


def bodies(stuff: Materials, *, part: bool) -> list[Body]:
    """The parts, or the outlines, among all items; those without any ground are left out."""
    role = Role.PART if part else Role.BUILDING
    groups = kept_apart(stuff.groups(role), stuff.items, stuff.first, stuff.report)
    polygons = shapes(stuff.areas, groups.values(), len(stuff.items), stuff.effort)
    result: list[Body] = []
    for (key, group), mine in zip(groups.items(), polygons, strict=True):
        if len(mine):
            tags = tags_of(group, stuff.items)
            place = stuff.items[group[0]].place
            result.append(Body(key, place, tags, name(tags), extent(tags), mine, part))
    return result
