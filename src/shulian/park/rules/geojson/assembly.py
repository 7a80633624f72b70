"""Which body belongs to which: parts to outlines, houses within houses, towers to their podiums."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
import numpy as np
import shapely

from shulian.park.rules.geojson.areas import Geometries, array_of
from shulian.park.rules.geojson.bodies import Body
from shulian.park.rules.geojson.columns import Ints
from shulian.park.rules.geojson.heights import UNKNOWN
from shulian.park.rules.geojson.items import Item
from shulian.park.rules.geojson.report import Report

_INSIDE = 0.95
"""Share of a building's ground that lies in another one's, for it to be a part of that one."""
_PART_INSIDE = 0.5
_TOWER = 60.0
"""[m] a tower is at least so high, """
_OVER = 3.0
"""and so many times as high as its podium, """
_WALLED = 0.5
"""which stands along this share of its walls, """
_GAP = 0.5
"""[m] at most so far from them."""
_MOST_PAIRS = 2_000_000
"""Pairs of bodies whose boxes meet that are worth comparing."""
_LOOKS = 200
"""Bodies by which the number of such pairs is told."""


def assembled(outlines: list[Body], parts: list[Body], report: Report) -> list[Body]:
    """The buildings: outlines that hold their parts, and what is left of the parts.

    A part belongs to the outline it names; else to the one it lies in. A building without a name
    that lies in another one is a part of it too, and so is a tower without a name that a named
    podium clasps. Parts that find no outline make a building together if they name the same one,
    else one each.
    """
    holders: dict[int, Body] = {}
    lost: dict[str, list[Body]] = {}
    roots = _roots([*outlines, *parts], report)
    if roots:
        by_key = {body.key: body for body in outlines}
        for body in (*outlines, *parts):
            named = roots.get(body.key, "")
            holder = by_key.get(named)
            if holder is not None and holder is not body:
                holders[id(body)] = holder
            elif named and body.part:
                lost.setdefault(named, []).append(body)
    rootless = [body for body in parts if not roots.get(body.key)]
    ground = array_of([body.shape for body in outlines])
    _hold(holders, _located(rootless, outlines, ground, _PART_INSIDE, report))
    _attach(parts, holders)
    nameless = [body for body in outlines if not body.item.name and id(body) not in holders]
    _hold(holders, _located(nameless, outlines, ground, _INSIDE, report))
    _hold(holders, _clasped(nameless, outlines, holders, report))
    _attach([body for body in outlines if id(body) in holders], holders)
    orphans = [body for body in rootless if id(body) not in holders]
    made = [_together(key, pieces) for key, pieces in lost.items()]
    whole = [body for body in outlines if id(body) not in holders]
    return _distinct([*whole, *made, *orphans])


def _attach(some: Sequence[Body], holders: Mapping[int, Body]) -> None:
    """Give bodies to what holds them: a part to its outline, a building to the outermost one."""
    held: dict[int, list[Body]] = {}
    by_id: dict[int, Body] = {}
    for body in some:
        if id(body) in holders:
            holder = holders[id(body)] if body.part else _top(body, holders)
            by_id[id(holder)] = holder
            held.setdefault(id(holder), []).append(body)
    for mark, bodies in held.items():
        by_id[mark].parts = (*by_id[mark].parts, *bodies)


def _distinct(found: list[Body]) -> list[Body]:
    """The same bodies; one whose key an earlier one has gets another."""
    taken: set[str] = set()
    if len({body.key for body in found}) == len(found):
        return found
    for body in found:
        key, number = body.key, 2
        while body.key in taken:
            body.key, number = f"{key}-{number}", number + 1
        taken.add(body.key)
    return found


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
    return Body(key, msgspec.structs.replace(first.item, extent=UNKNOWN), first.polygons, pieces)


def _roots(all_bodies: Iterable[Body], report: Report) -> dict[str, str]:
    """The key at the end of each chain of roots; a chain that bites its tail is noted and cut."""
    parents: dict[str, str] = {}
    items: dict[str, Item] = {}
    for body in all_bodies:
        parent = body.item.root
        if parent and parent != body.key:
            parents[body.key] = parent
            items[body.key] = body.item
    ends: dict[str, str] = {}
    for begin in list(parents):
        key, chain = begin, dict[str, None]()
        while key in parents and key not in ends and key not in chain:
            chain[key] = None
            key = parents[key]
        if key in chain:
            report.say_of("root_cycle", items[key], "is a part of itself; placed by where it lies")
        end = "" if key in chain else ends.get(key, key)
        ends.update(dict.fromkeys(chain, end))
    return ends


def _located(
    inner: Sequence[Body],
    outlines: Sequence[Body],
    theirs: Geometries,
    share: float,
    report: Report,
) -> list[tuple[Body, Body]]:
    """Each body, and the smallest outline in which it lies by at least `share` of its ground.

    theirs  (n,) ground of the outlines
    """
    if not inner or not outlines:
        return []
    places = {id(outline): place for place, outline in enumerate(outlines)}
    itself = np.array([places.get(id(body), -1) for body in inner])
    mine = array_of([body.shape for body in inner]) if (itself < 0).any() else theirs[itself]
    tree = shapely.STRtree(theirs)
    if _stacked(mine, tree, inner[0], report):
        return []
    pairs = _overlapping(mine, tree, itself, share)
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
    return (outer, bool(outline.item.name), outline.key) > (inner, bool(body.item.name), body.key)


def _overlapping(
    mine: Geometries, tree: shapely.STRtree, itself: Ints, share: float
) -> list[tuple[int, int]]:
    """Places of pairs of which the first lies by at least `share` of its area in the second.

    tree    of the second ones
    itself  place of each of `mine` among these; -1 if it is not there
    """
    theirs = tree.geometries
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


def _stacked(mine: Geometries, tree: shapely.STRtree, first: Body, report: Report) -> bool:
    """Whether so much stands in one place that no pair is worth comparing."""
    step = max(1, len(mine) // _LOOKS)
    stacked = tree.query(mine[::step]).shape[1] * step > _MOST_PAIRS
    if stacked:
        words = "stands where too much stands; what is a part of what is not looked for"
        report.say_of("stacked", first.item, words)
    return stacked


def _clasped(
    nameless: Sequence[Body],
    outlines: Sequence[Body],
    holders: Mapping[int, Body],
    report: Report,
) -> list[tuple[Body, Body]]:
    """Towers, and the podium that each rises from: named, much lower, around most of its walls."""
    towers = [body for body in nameless if body.peak >= _TOWER and id(body) not in holders]
    podiums = [body for body in outlines if body.item.name]
    if not towers or not podiums:
        return []
    mine = array_of([body.shape for body in towers])
    tree = shapely.STRtree(array_of([body.shape for body in podiums]))
    if _stacked(mine, tree, towers[0], report):
        return []
    walls = shapely.boundary(mine)
    best: dict[int, tuple[float, int]] = {}
    near: list[list[int]] = tree.query(mine, predicate="dwithin", distance=_GAP).T.tolist()
    for one, other in near:
        tower, podium = towers[one], podiums[other]
        lower = podium.peak * _OVER <= tower.peak
        if not lower or shapely.area(tree.geometries[other]) < shapely.area(mine[one]):
            continue
        share = _share_along(walls[one], tree.geometries[other])
        if share >= _WALLED:
            best[one] = max(best.get(one, (0.0, -1)), (share, other))
    return [(towers[one], podiums[other]) for one, (_, other) in best.items()]


def _share_along(wall: shapely.Geometry, podium: shapely.Geometry) -> float:
    """Share of a wall along which a podium stands."""
    along = shapely.intersection(wall, shapely.buffer(podium, _GAP))
    return float(shapely.length(along) / shapely.length(wall))
