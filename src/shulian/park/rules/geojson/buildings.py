"""Buildings as spaces: the prisms of outlines and parts, their heights, names and ids."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import shapely
from shapely import Polygon

from shulian.kit.text import Text
from shulian.park.rules.geojson.areas import Geometries, array_of, polygons_of, rings
from shulian.park.rules.geojson.bodies import Body
from shulian.park.rules.geojson.effort import Effort
from shulian.park.rules.geojson.heights import default
from shulian.park.rules.geojson.report import Report
from shulian.park.rules.geojson.roles import building_kind
from shulian.park.rules.geojson.words import address, altered, website
from shulian.park.types import Prism, Shape, Space, SpaceId, SpaceKind, SpaceStatus

_SLIVER = 0.5
"""[m] strips narrower than this between a part and its outline are mistakes of drawing."""
_LEAST = 4.0
"""[m²] of an outline that no part covers are worth a prism."""
_NEAR = 30.0
"""[m] a point that names a building lies no farther from it."""


@dataclass(slots=True)
class Solids:
    """The prisms of all buildings, one after the other."""

    polygons: list[Polygon] = field(default_factory=list[Polygon])
    bases: list[float] = field(default_factory=list[float])
    tops: list[float] = field(default_factory=list[float])
    counts: list[int] = field(default_factory=list[int])
    """How many each building has."""

    def add(self, polygons: Geometries, base: float, top: float) -> None:
        """Raise `polygons` from `base` to `top`, unless that is flat."""
        if top > base:
            for polygon in polygons.tolist():
                self.polygons.append(polygon)
                self.bases.append(round(base, 3))
                self.tops.append(round(top, 3))


Label = tuple[Text, float, float]
"""A name, and where it stands: metres east and north."""


def named(bodies: Sequence[Body], labels: Mapping[str, Label]) -> None:
    """Give bodies without a name that of a point which has their id and lies on them."""
    if not labels:
        return
    for body in bodies:
        if not body.name and (label := labels.get(body.key)):
            words, east, north = label
            if shapely.distance(body.shape, shapely.Point(east, north)) <= _NEAR:
                body.name = words


def spaces(
    bodies: Sequence[Body], park: SpaceId, site: SpaceId, effort: Effort, report: Report
) -> list[Space]:
    """Each body as a building of `site`."""
    solids = Solids()
    guessed: Counter[str] = Counter()
    for body in bodies:
        before = len(solids.tops)
        _raise(body, solids, guessed, effort)
        solids.counts.append(len(solids.tops) - before)
        _say_faults(body, report)
    for file, count in guessed.items():
        words = f"{count} buildings say nothing of their height; taken from what they are"
        report.say("height_missing", file, words)
    shells = rings(array_of(solids.polygons))
    prisms = list(map(Prism, shells, solids.bases, solids.tops))
    result: list[Space] = []
    end = 0
    for body, count in zip(bodies, solids.counts, strict=True):
        start, end = end, end + count
        if count:
            result.append(_space(body, tuple(prisms[start:end]), park, site))
    return result


def _space(body: Body, prisms: tuple[Prism, ...], park: SpaceId, site: SpaceId) -> Space:
    words = body.name
    if body.parts and not words:
        words = next((part.name for part in body.parts if part.name), words)
    rising = "construction" in (body.tags.building, body.tags.kind_detail)
    return Space(
        id=SpaceId(f"{park}.{body.key}"),
        parent=site,
        kind=SpaceKind.BUILDING,
        name=words,
        about=address(body.tags),
        shape=Shape(prisms),
        status=SpaceStatus.BUILDING if rising else SpaceStatus.OPEN,
        link=website(body.tags),
    )


def _say_faults(body: Body, report: Report) -> None:
    if body.extent.fault:
        words = f"{body.extent.fault} is no height one can believe; left out of account"
        report.say("height_absurd", f"{body.place} {body.key}", words)
    if altered(body.tags):
        words = "its name lost control characters, or what was beyond its bound"
        report.say("name_cleaned", f"{body.place} {body.key}", words)
    for part in body.parts:
        _say_faults(part, report)


def _raise(body: Body, solids: Solids, guessed: Counter[str], effort: Effort) -> None:
    """Add the prisms of a building to `solids`."""
    top = body.extent.top
    if body.parts:
        _raise_parts(body, solids, guessed, effort)
        return
    if not top:
        guessed[_file(body)] += 1
        top = body.extent.base + default(building_kind(body.tags))
    solids.add(body.polygons, body.extent.base, top)


def _raise_parts(body: Body, solids: Solids, guessed: Counter[str], effort: Effort) -> None:
    """Parts as they are; the outline only where none of them lies, as high as that rest may be.

    A part without a height is as high as the building. A part of height 0 is open ground.
    """
    whole = body.extent.top or max(part.peak for part in body.parts)
    if not whole:
        guessed[_file(body)] += 1
        whole = default(building_kind(body.tags))
    before = len(solids.tops)
    covering: list[shapely.Geometry] = []
    for part in body.parts:
        top = part.extent.top
        if part.parts:
            covering.append(part.shape)
            _raise_parts(part, solids, guessed, effort)
            continue
        if top is None:
            if not part.part:
                continue
            base = part.extent.base
            top = whole if whole > base else base + default(building_kind(part.tags))
        covering.append(part.shape)
        solids.add(part.polygons, part.extent.base, top)
    rest = _rest(body, covering, effort)
    if len(rest):
        solids.add(rest, body.extent.base, _rest_top(body, whole))
    if len(solids.tops) == before:
        solids.add(body.polygons, body.extent.base, whole)


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
    own = body.extent.top
    peaks = [part.peak for part in body.parts if part.peak]
    if own and (not peaks or own < max(peaks)):
        return own
    standing = [part.peak for part in body.parts if part.peak and part.extent.base == 0.0]
    podium = min(standing, default=whole)
    return podium if own else min(podium, default(building_kind(body.tags)))


def _file(body: Body) -> str:
    return body.place.rpartition("#")[0]
