"""Which names stand on a drawing at which magnification, so that none touches another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from shulian.kit.text import Text
from shulian.park.rules.figures import Bounds
from shulian.park.types import Point, SpaceId

ZOOMS = (1, 2, 4, 8, 16, 32)
"""The magnifications for which labels are chosen."""

WIDTH = 360.0
"""[px] the width of the narrowest drawing, for which labels are chosen; a wider one shows those
of a higher zoom."""
GLYPH = 14.0
"""[px] the height of a label, and the width of one Chinese character."""

_LATIN = 0.55
"""The width of a Latin letter beside a Chinese character."""
_CHINESE = 0x2E80
"""The first code point of a script whose letters fill a square."""
_OVERHANG = 1.5
"""So much longer than its space a label may be."""
_LANDMARKS = 5
"""So many buildings, for each step of the zoom, are named although their names are larger."""
_NEAR = 4
"""The zoom from which the shortest names stand as well."""
_SHORT = 1.5
"""So many Chinese characters are a name."""


@dataclass(frozen=True, slots=True)
class Named:
    """What may get a label, and where it would stand."""

    id: SpaceId
    name: Text
    bounds: Bounds
    at: Point
    """Where the middle of the label would stand."""
    height: float = 0.0
    """[m] of a building; of what lies inside one it does not count."""
    telling: bool = False
    """Whether the park says something about it."""


def labels(spaces: Sequence[Named], width: float, whole: Bounds) -> Mapping[SpaceId, int]:
    """The smallest zoom at which each label fits without touching one that was there before.

    width  of what is seen of the drawing at first [m]
    whole  what can be seen of it at all
    Buildings that the park tells of and the highest come first, which may be smaller than their
    names, then what has room for its name, the larger first; what fits at one zoom stays at all
    larger ones. A space whose label fits at none has no entry.
    """
    ranked = sorted((one for one in spaces if one.name), key=_size, reverse=True)
    landmarks = sorted(
        (one for one in ranked if one.height), key=lambda one: (not one.telling, -one.height)
    )
    chosen: dict[SpaceId, int] = {}
    for zoom in ZOOMS:
        glyph = GLYPH * width / WIDTH / zoom
        placed = _Taken(cell=8 * glyph)
        for one in ranked:
            if one.id in chosen:
                placed.put(_label(one, glyph))
        roomy = (one for one in ranked if _fits(one, glyph) and _tells(one, zoom))
        for one in [*landmarks[: _LANDMARKS * zoom], *roomy]:
            label = _label(one, glyph)
            if one.id not in chosen and _is_inside(label, whole) and placed.is_free(label):
                placed.put(label)
                chosen[one.id] = zoom
    return chosen


def _size(one: Named) -> float:
    west, south, east, north = one.bounds
    return (east - west) * (north - south)


def _fits(one: Named, glyph: float) -> bool:
    west, south, east, north = one.bounds
    return _length(one.name) * glyph <= max(east - west, north - south) * _OVERHANG


def _tells(one: Named, zoom: int) -> bool:
    """Whether a name is more than a number, which helps only where much is magnified."""
    return zoom >= _NEAR or _length(one.name) >= _SHORT


def _is_inside(label: Bounds, whole: Bounds) -> bool:
    return (
        whole[0] <= label[0]
        and whole[1] <= label[1]
        and label[2] <= whole[2]
        and label[3] <= whole[3]
    )


def _label(one: Named, glyph: float) -> Bounds:
    """The box of a label in the middle of its space [m]."""
    (x, y), half = one.at, _length(one.name) * glyph / 2
    return (x - half, y - glyph / 2, x + half, y + glyph / 2)


def _length(name: Text) -> float:
    """How many Chinese characters wide the wider of both names is."""
    return max(
        sum(1.0 if ord(letter) > _CHINESE else _LATIN for letter in words)
        for words in (name.zh, name.en)
    )


class _Taken:
    """Boxes that labels occupy, found again by the cells of a grid."""

    def __init__(self, *, cell: float) -> None:
        self._cell = cell
        self._cells: dict[tuple[int, int], list[Bounds]] = {}

    def is_free(self, box: Bounds) -> bool:
        """Whether nothing touches `box`."""
        return not any(
            box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
            for cell in self._under(box)
            for other in self._cells.get(cell, ())
        )

    def put(self, box: Bounds) -> None:
        """Occupy `box`."""
        for cell in self._under(box):
            self._cells.setdefault(cell, []).append(box)

    def _under(self, box: Bounds) -> Iterator[tuple[int, int]]:
        for x in range(int(box[0] // self._cell), int(box[2] // self._cell) + 1):
            for y in range(int(box[1] // self._cell), int(box[3] // self._cell) + 1):
                yield x, y
