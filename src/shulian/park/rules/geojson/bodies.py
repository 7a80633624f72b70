"""Buildings and parts of buildings as bodies, and which body belongs to which."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from shulian.kit.text import Text
from shulian.park.rules.geojson.areas import Areas, Geometries, array_of, shapes
from shulian.park.rules.geojson.columns import Ints, Item
from shulian.park.rules.geojson.elements import tags_of
from shulian.park.rules.geojson.grammar import Tags
from shulian.park.rules.geojson.heights import UNKNOWN, Extent, extent
from shulian.park.rules.geojson.keys import root
from shulian.park.rules.geojson.report import Report
from shulian.park.rules.geojson.words import name

_INSIDE = 0.95
"""Share of a building's ground that lies in another one's, for it to be a part of that one."""
_PART_INSIDE = 0.5


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


def bodies(
    groups: Mapping[str, Sequence[int]], items: Sequence[Item], found: Areas, *, part: bool
) -> list[Body]:
    """The bodies of items grouped by key; those without any ground are left out."""
    result: list[Body] = []
    polygons = shapes(found, list(groups.values()), len(items))
    for (key, group), mine in zip(groups.items(), polygons, strict=True):
        if len(mine):
            tags = tags_of(group, items)
            place = items[group[0]].place
            result.append(Body(key, place, tags, name(tags), extent(tags), mine, part))
    return result


def assembled(outlines: list[Body], parts: list[Body], report: Report) -> list[Body]:
    """The buildings: outlines that hold their parts, and what is left of the parts.

    A part belongs to the outline it names; else to the one it lies in. A building without a name
    that lies in another one is a part of it too. Parts that find no outline make a building
    together if they name the same one, else one each.
    """
    roots = _roots([*outlines, *parts], report)
    by_key = {body.key: body for body in outlines}
    holders: dict[int, Body] = {}
    lost: dict[str, list[Body]] = {}
    for body in (*outlines, *parts):
        named = roots.get(body.key, "")
        holder = by_key.get(named)
        if holder is not None and holder is not body:
            holders[id(body)] = holder
        elif named and body.part:
            lost.setdefault(named, []).append(body)
    rootless = [body for body in parts if not roots.get(body.key)]
    _hold(holders, _located(rootless, outlines, _PART_INSIDE))
    nameless = [body for body in outlines if not body.name and id(body) not in holders]
    _hold(holders, _located(nameless, outlines, _INSIDE))
    held: dict[int, list[Body]] = {}
    for body in (*outlines, *parts):
        if id(body) in holders:
            held.setdefault(id(_top(body, holders)), []).append(body)
    for body in outlines:
        body.parts = held.get(id(body), ())
    orphans = [body for body in rootless if id(body) not in holders]
    made = [_together(key, pieces) for key, pieces in lost.items()]
    return [*(body for body in outlines if id(body) not in holders), *made, *orphans]


def _hold(holders: dict[int, Body], more: Iterable[tuple[Body, Body]]) -> None:
    """Put each body into its outline, unless that one already lies in the body."""
    for body, outline in more:
        if _top(outline, holders) is not body:
            holders[id(body)] = outline


def _top(body: Body, holders: Mapping[int, Body]) -> Body:
    while id(body) in holders:
        body = holders[id(body)]
    return body


def _together(key: str, pieces: list[Body]) -> Body:
    """A building of parts whose outline is missing."""
    first = pieces[0]
    return Body(
        key, first.place, first.tags, first.name, UNKNOWN, first.polygons, part=True, parts=pieces
    )


def _roots(all_bodies: Iterable[Body], report: Report) -> dict[str, str]:
    """The key at the end of each chain of roots; a chain that bites its tail is noted and cut."""
    parents: dict[str, str] = {}
    places: dict[str, str] = {}
    for body in all_bodies:
        if (parent := root(body.tags)) and parent != body.key:
            parents[body.key] = parent
            places[body.key] = body.place
    ends: dict[str, str] = {}
    for begin in list(parents):
        key, chain = begin, dict[str, None]()
        while key in parents and key not in ends and key not in chain:
            chain[key] = None
            key = parents[key]
        if key in chain:
            report.say("root_cycle", places[key], "is a part of itself; placed by where it lies")
        end = "" if key in chain else ends.get(key, key)
        ends.update(dict.fromkeys(chain, end))
    return ends


def _located(
    inner: Sequence[Body], outlines: Sequence[Body], share: float
) -> list[tuple[Body, Body]]:
    """Each body, and the smallest outline in which it lies by at least `share` of its ground."""
    if not inner or not outlines:
        return []
    theirs = array_of([body.shape for body in outlines])
    places = {id(outline): place for place, outline in enumerate(outlines)}
    itself = np.array([places.get(id(body), -1) for body in inner])
    mine = array_of([body.shape for body in inner])
    pairs = _overlapping(mine, theirs, itself, share)
    my_areas: list[float] = shapely.area(mine).tolist()
    their_areas: list[float] = shapely.area(theirs).tolist()
    found: dict[int, int] = {}
    for one, other in pairs:
        if not _holds(outlines[other], their_areas[other], inner[one], my_areas[one]):
            continue
        if one not in found or their_areas[other] < their_areas[found[one]]:
            found[one] = other
    return [(inner[one], outlines[other]) for one, other in found.items()]


def _holds(outline: Body, outer: float, body: Body, inner: float) -> bool:
    """Whether the one of two that cover each other is the outline: never both of them."""
    if body.part:
        return True
    return (outer, bool(outline.name), outline.key) > (inner, bool(body.name), body.key)


def _overlapping(
    mine: Geometries, theirs: Geometries, itself: Ints, share: float
) -> list[tuple[int, int]]:
    """Places of pairs of which the first lies by at least `share` of its area in the second.

    itself  place of each of `mine` among `theirs`; -1 if it is not there
    """
    tree = shapely.STRtree(theirs)
    first, second = tree.query(mine)
    boxes, others = shapely.bounds(mine)[first], shapely.bounds(theirs)[second]
    low = np.maximum(boxes[:, :2], others[:, :2])
    high = np.minimum(boxes[:, 2:], others[:, 2:])
    common = np.prod(np.maximum(high - low, 0.0), axis=1)
    areas = shapely.area(mine)[first]
    near = (common >= share * areas) & (itself[first] != second)
    first, second, areas = first[near], second[near], areas[near]
    inside = shapely.area(shapely.intersection(mine[first], theirs[second])) >= share * areas
    mine_inside: list[int] = first[inside].tolist()
    return list(zip(mine_inside, second[inside].tolist(), strict=True))
