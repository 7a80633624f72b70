"""Bodies raised to prisms: parts as they are, outlines where no part stands."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely import Polygon

from shulian.park.rules.geojson.areas import Geometries, array_of, polygons_of, rings
from shulian.park.rules.geojson.bodies import Body
from shulian.park.rules.geojson.effort import Effort
from shulian.park.rules.geojson.heights import default
from shulian.park.types import Prism

_SLIVER = 0.5
"""[m] strips narrower than this between a part and its outline are mistakes of drawing."""
_LEAST = 4.0
"""[m²] of an outline that no part covers are worth a prism."""


@dataclass(slots=True)
class Solids:
    """The prisms of all buildings, one after the other."""

    effort: Effort
    polygons: list[Polygon] = field(default_factory=list[Polygon])
    bases: list[float] = field(default_factory=list[float])
    tops: list[float] = field(default_factory=list[float])
    guessed: Counter[str] = field(default_factory=Counter[str])
    """Buildings by file of which nobody says how high they are."""

    def raised(self, body: Body) -> int:
        """Raise a body and its parts; how many prisms that makes."""
        before = len(self.tops)
        if body.parts:
            self._parts(body)
        else:
            reach = body.item.extent
            self._put(body.polygons, reach.base, reach.top or reach.base + self._guess(body))
        return len(self.tops) - before

    def prisms(self) -> list[Prism]:
        """All of them; heights to the millimetre."""
        bases: list[float] = np.round(self.bases, 3).tolist()
        tops: list[float] = np.round(self.tops, 3).tolist()
        return list(map(Prism, rings(array_of(self.polygons)), bases, tops))

    def _put(self, polygons: Geometries, base: float, top: float) -> None:
        """Raise `polygons` from `base` to `top`, unless that is flat."""
        if top > base:
            self.polygons.extend(polygons)
            self.bases.extend([base] * len(polygons))
            self.tops.extend([top] * len(polygons))

    def _guess(self, body: Body) -> float:
        self.guessed[body.item.file.name] += 1
        return default(body.item.kind)

    def _parts(self, body: Body) -> None:
        """Parts as they are; the outline only where none of them lies, as high as that may be.

        A part without a height is as high as the building. A part of height 0 is open ground.
        """
        whole = body.item.extent.top or max(part.peak for part in body.parts) or self._guess(body)
        before = len(self.tops)
        covering: list[shapely.Geometry] = []
        for part in body.parts:
            base, top = part.item.extent.base, part.item.extent.top
            if top is None and not part.part and not part.parts:
                continue
            covering.append(part.shape)
            if part.parts:
                self._parts(part)
                continue
            if top is None:
                top = whole if whole > base else base + default(part.item.kind)
            self._put(part.polygons, base, top)
        rest = _rest(body, covering, self.effort)
        self._put(rest, body.item.extent.base, _rest_top(body, whole))
        if len(self.tops) == before:
            self._put(body.polygons, body.item.extent.base, whole)


def _rest(body: Body, covering: Sequence[shapely.Geometry], effort: Effort) -> Geometries:
    """What parts leave of the ground of an outline, without slivers."""
    if not covering:
        return body.polygons
    if not effort.affords(array_of([body.shape, *covering])):
        return body.polygons[:0]
    rest = shapely.difference(body.shape, shapely.union_all(array_of(covering)))
    narrowed = shapely.buffer(rest, -_SLIVER / 2, join_style="mitre")
    opened = shapely.buffer(narrowed, _SLIVER / 2, join_style="mitre")
    found = polygons_of(shapely.intersection(opened, rest))
    return found[shapely.area(found) >= max(_LEAST, 0.01 * shapely.area(body.shape))]


def _rest_top(body: Body, whole: float) -> float:
    """How high the ground is built on that no part covers [m].

    The height of a building is that of its highest part. So it says how high the rest is only
    where it is lower than a part; else the rest is a podium, no higher than its lowest neighbour.
    """
    own = body.item.extent.top
    peaks = [part.peak for part in body.parts if part.peak]
    if own and (not peaks or own < max(peaks)):
        return own
    standing = [part.peak for part in body.parts if part.peak and part.item.extent.base == 0.0]
    podium = min(standing, default=whole)
    return podium if own else min(podium, default(body.item.kind))
