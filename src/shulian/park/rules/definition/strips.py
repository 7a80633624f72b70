"""Corridors and the strips of rooms along them, for the outlines whose plan is known.

┌─────┬─────┬─────┐   strip: rooms on one side of a corridor
├─────┴─────┴─────┤   corridor
├─────┬─────┬─────┤   strip; the first one is the south side, where the entrance is
└─────┴─────┴─────┘
"""

from dataclasses import dataclass

from shulian.park.rules.definition.outlines import Rings
from shulian.park.rules.definition.schema import Layout, Outline
from shulian.park.types import Point, Ring

STAIRS = 3.2
"""Width of a bay with stairs [m]."""
SERVICE = 3.6
"""Width of the bay for services beside it [m]."""

_CORNER = 2.6
"""What lies between a rounded corner and stairs is at least a room wide [m]."""
_EAST, _WEST, _NORTH, _SOUTH = (1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)


@dataclass(frozen=True, slots=True)
class Strip:
    """Rooms side by side between a corridor and a wall."""

    start: Point
    """Where it begins, on the edge of the corridor [m]."""
    along: Point
    """Unit vector along the corridor."""
    outward: Point
    """Unit vector away from the corridor."""
    length: float
    """Along the corridor [m]."""
    depth: float
    """Away from the corridor [m]."""
    lead: float = 0.0
    """How far its first room reaches back around the corner [m]."""
    tail: float = 0.0
    """How far its last room reaches on around the corner [m]."""

    def bay(self, begin: float, end: float) -> Ring:
        """The rectangle from `begin` to `end` [m] along the strip, corners included."""
        begin = begin - self.lead if begin <= 0 else begin
        end = end + self.tail if end >= self.length else end
        near, far = 0.0, self.depth
        corners = tuple(self._at(*corner) for corner in ((begin, near), (end, near), (end, far)))
        ring = (*corners, self._at(begin, far))
        turning = self.along[0] * self.outward[1] - self.along[1] * self.outward[0]
        return ring if turning > 0 else ring[::-1]

    def span(self, ring: Ring) -> tuple[float, float] | None:
        """What of the strip's length a ring takes [m]; none if it lies beside the strip."""
        places = [self._back(corner) for corner in ring]
        begin, end = min(p[0] for p in places), max(p[0] for p in places)
        near, far = min(p[1] for p in places), max(p[1] for p in places)
        touching = 0.01  # m
        if end < touching or begin > self.length - touching:
            return None
        if far < touching or near > self.depth - touching:
            return None
        return max(begin, 0.0), min(end, self.length)

    def _at(self, along: float, outward: float) -> Point:
        (x, y), (u, v), (p, q) = self.start, self.along, self.outward
        return round(x + u * along + p * outward, 3), round(y + v * along + q * outward, 3)

    def _back(self, point: Point) -> Point:
        x, y = point[0] - self.start[0], point[1] - self.start[1]
        (u, v), (p, q) = self.along, self.outward
        return x * u + y * v, x * p + y * q


@dataclass(frozen=True, slots=True)
class Plan:
    """A corridor, its strips, and where stairs and services stand if nothing else says so."""

    corridor: Rings
    strips: tuple[Strip, ...]
    stairs: tuple[Ring, ...]
    service: Ring


@dataclass(frozen=True, slots=True)
class _Sketch:
    """A corridor, its strips, and the spots for stairs: starts (True) or ends of strips."""

    corridor: Rings
    strips: tuple[Strip, ...]
    spots: tuple[tuple[Strip, bool], ...]


def plan(outline: Outline, layout: Layout) -> Plan | None:
    """The plan of an outline around its zero; none if it has no shape with a known plan."""
    if outline.box is not None and layout.core is not None:
        return _core(outline.box, layout.core, layout.corridor)
    if outline.box is not None:
        sketch = _box(outline.box, layout.corridor)
    elif outline.ell is not None:
        sketch = _ell(outline.ell, layout.corridor)
    elif outline.horseshoe is not None:
        sketch = _horseshoe(outline.horseshoe, layout.corridor)
    elif outline.court is not None:
        sketch = _court(outline.court, layout.corridor)
    else:
        return None
    return _finished(sketch, clear_of_corners(outline))


def clear_of_corners(outline: Outline) -> float:
    """How far from the ends of an outline stairs stand, so that no rounded corner cuts them [m]."""
    return max(outline.fillet, _CORNER) if outline.fillet else 0.0


def _box(size: tuple[float, float], corridor: float) -> _Sketch:
    x, half, deep = size[0] / 2, corridor / 2, (size[1] - corridor) / 2
    south = Strip((-x, -half), _EAST, _SOUTH, size[0], deep)
    north = Strip((x, half), _WEST, _NORTH, size[0], deep)
    spots = ((north, True), (north, False))
    return _Sketch((_rectangle(-x, -half, x, half),), (south, north), spots)


def _core(size: tuple[float, float], core: tuple[float, float], corridor: float) -> Plan:
    wide, high = core
    x, y = wide / 2 + corridor, high / 2 + corridor
    beside, before = size[0] / 2 - x, size[1] / 2 - y
    strips = (
        Strip((-x, -y), _EAST, _SOUTH, 2 * x, before, beside, beside),
        Strip((x, -y), _NORTH, _EAST, 2 * y, beside),
        Strip((x, y), _WEST, _NORTH, 2 * x, before, beside, beside),
        Strip((-x, y), _SOUTH, _WEST, 2 * y, beside),
    )
    w, h = wide / 2, high / 2
    inner = min(STAIRS, wide / 3)
    return Plan(
        (_rectangle(-x, -y, x, y), _rectangle(-w, -h, w, h)[::-1]),
        strips,
        (_rectangle(-w, -h, inner - w, h), _rectangle(w - inner, -h, w, h)),
        _rectangle(inner - w, -h, w - inner, h),
    )


def _ell(size: tuple[float, float, float], corridor: float) -> _Sketch:
    x, y, thick = size[0] / 2, size[1] / 2, size[2]
    deep = (thick - corridor) / 2
    south, north = deep - y, deep - y + corridor
    west, east = deep - x, deep - x + corridor
    ring = ((west, south), (x, south), (x, north), (east, north), (east, y), (west, y))
    base = Strip((x, north), _WEST, _NORTH, x - east, deep)
    wing = Strip((east, thick - y), _NORTH, _EAST, 2 * y - thick, deep)
    strips = (
        Strip((west, south), _EAST, _SOUTH, x - west, deep, lead=deep),
        base,
        wing,
        Strip((west, y), _SOUTH, _WEST, y - south, deep),
    )
    return _Sketch((ring,), strips, ((base, False), (wing, False)))


def _horseshoe(size: tuple[float, float, float], corridor: float) -> _Sketch:
    x, y, thick = size[0] / 2, size[1] / 2, size[2]
    deep = (thick - corridor) / 2
    south, north, inner = deep - y, deep - y + corridor, deep - x + corridor
    outer, wing = x - deep, 2 * y - thick
    ring = (
        *((-outer, south), (outer, south), (outer, y), (-inner, y)),
        *((-inner, north), (inner, north), (inner, y), (-outer, y)),
    )
    base = Strip((-inner, north), _WEST, _NORTH, -2 * inner, deep)
    strips = (
        Strip((-outer, south), _EAST, _SOUTH, 2 * outer, deep, deep, deep),
        Strip((outer, south), _NORTH, _EAST, y - south, deep),
        Strip((-inner, y), _SOUTH, _WEST, wing, deep),
        base,
        Strip((inner, thick - y), _NORTH, _EAST, wing, deep),
        Strip((-outer, y), _SOUTH, _WEST, y - south, deep),
    )
    return _Sketch((ring,), strips, ((base, True), (base, False)))


def _court(size: tuple[float, float, float], corridor: float) -> _Sketch:
    x, y, thick = size[0] / 2, size[1] / 2, size[2]
    deep = (thick - corridor) / 2
    ox, oy, ix, iy = x - deep, y - deep, x - deep - corridor, y - deep - corridor
    inner_south = Strip((ix, -iy), _WEST, _NORTH, 2 * ix, deep)
    inner_north = Strip((-ix, iy), _EAST, _SOUTH, 2 * ix, deep)
    strips = (
        Strip((-ox, -oy), _EAST, _SOUTH, 2 * ox, deep, deep, deep),
        Strip((ox, -oy), _NORTH, _EAST, 2 * oy, deep),
        Strip((ox, oy), _WEST, _NORTH, 2 * ox, deep, deep, deep),
        Strip((-ox, oy), _SOUTH, _WEST, 2 * oy, deep),
        inner_south,
        Strip((-ix, thick - y), _NORTH, _EAST, 2 * y - 2 * thick, deep),
        inner_north,
        Strip((ix, y - thick), _SOUTH, _WEST, 2 * y - 2 * thick, deep),
    )
    spots = ((inner_south, True), (inner_north, True))
    ring = (_rectangle(-ox, -oy, ox, oy), _rectangle(-ix, -iy, ix, iy)[::-1])
    return _Sketch(ring, strips, spots)


def _finished(sketch: _Sketch, clear: float) -> Plan:
    """The plan with stairs at their spots, `clear` [m] of the ends, and services by the first."""
    stairs = tuple(
        _bay(strip, clear, clear + STAIRS, at_start=start) for strip, start in sketch.spots
    )
    first, start = sketch.spots[0]
    service = _bay(first, clear + STAIRS, clear + STAIRS + SERVICE, at_start=start)
    corridor = tuple(tuple((round(x, 3), round(y, 3)) for x, y in ring) for ring in sketch.corridor)
    return Plan(corridor, sketch.strips, stairs, service)


def _bay(strip: Strip, begin: float, end: float, *, at_start: bool) -> Ring:
    if at_start:
        return strip.bay(begin, end)
    return strip.bay(strip.length - end, strip.length - begin)


def _rectangle(west: float, south: float, east: float, north: float) -> Ring:
    return ((west, south), (east, south), (east, north), (west, north))
