"""Where on earth the features lie: mistakes of order, unit and place are found before any metre.

A mistake that most of a file shares refuses the file; a feature that stands alone is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from shulian.kit.geometry import Array
from shulian.park.errors import (
    ImportElsewhere,
    ImportEmpty,
    ImportProjected,
    ImportScattered,
    ImportSwapped,
)
from shulian.park.rules.geojson.columns import Flags, Ints, Runs
from shulian.park.rules.geojson.items import Item
from shulian.park.rules.geojson.report import Report
from shulian.park.rules.geojson.roles import Role

REACH = 50.0
"""[km] from the middle of a park to its farthest feature."""

_FAR = 100.0
_DEGREE = 111.2
"""[km] of a great circle."""
_FEW = 20
_SHARE = 0.02
_NAMED = 3

LonLat = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Ground:
    """Which items stay, and around which point they lie."""

    kept: Flags
    middle: LonLat


def survey(
    runs: Runs,
    items: Sequence[Item],
    files: Sequence[str],
    origin: LonLat | None,
    report: Report,
) -> Ground:
    """Look at every position, and keep the items that can belong to one park.

    Raises ImportSwapped, ImportProjected, ImportScattered, ImportElsewhere, ImportEmpty.
    """
    if not items:
        raise ImportEmpty(files=", ".join(files), first=report.first())
    file_of = np.array([item.file.index for item in items])
    owner = runs.owners_of_positions()
    on_earth = _on_earth(runs.positions)
    kept = np.bincount(owner[~on_earth], minlength=len(items)) == 0
    for file in range(len(files)):
        mine = file_of == file
        if not kept[mine].all():
            _check_range(runs.positions, owner, items, mine & ~kept, mine & kept, files[file])
    _say_outside(runs.positions, owner, items, ~kept, report)
    begins = runs.begins(len(items))[:-1]
    first = runs.positions[begins]
    _check_order(first, kept, file_of, items, files, origin)
    middle = origin or _median(first[kept])
    nearest = np.minimum.reduceat(_kilometres(runs.positions, middle), begins)
    far = kept & (nearest > REACH)
    told = np.array([item.role is not Role.NAME for item in items])
    _check_far(far & told, kept & told, first, items, middle, given=origin is not None)
    for index in np.flatnonzero(far & told).tolist():
        swapped = _kilometres(first[index : index + 1, ::-1], middle)[0] <= REACH
        _say_far(items[index], float(nearest[index]), report, swapped=bool(swapped))
    return Ground(kept & ~far, middle)


def _on_earth(positions: Array) -> Flags:
    """(n,) whether each position has a longitude and a latitude; the comparison refuses NaN."""
    east, north = np.abs(positions).T
    return (east <= 180.0) & (north <= 90.0)  # noqa: PLR2004


def _swapped(positions: Array) -> Flags:
    """(n,) whether each position would lie on earth only with its numbers exchanged."""
    return ~_on_earth(positions) & _on_earth(positions[:, ::-1])


def _check_range(
    positions: Array,
    owner: Ints,
    items: Sequence[Item],
    wrong: Flags,
    right: Flags,
    file: str,
) -> None:
    """Refuse a file of which most features lie outside the earth."""
    if wrong.sum() <= right.sum():
        return
    places = np.flatnonzero(wrong[owner] & ~_on_earth(positions))
    x, y = (float(number) for number in positions[places[0]])
    feature = items[int(owner[places[0]])].place
    if 2 * _swapped(positions[places]).sum() > len(places):
        raise ImportSwapped(file=file, feature=feature, x=x, y=y)
    raise ImportProjected(file=file, feature=feature, x=x, y=y)


def _say_outside(
    positions: Array,
    owner: Ints,
    items: Sequence[Item],
    outside: Flags,
    report: Report,
) -> None:
    if not outside.any():
        return
    places = np.flatnonzero(outside[owner] & ~_on_earth(positions))
    _, first = np.unique(owner[places], return_index=True)
    for place in places[first].tolist():
        x, y = positions[place].tolist()
        item = items[int(owner[place])]
        if _swapped(positions[place : place + 1])[0]:
            report.say_of("swapped", item, f"{x:g}, {y:g} has latitude first; left out")
        else:
            report.say_of("outside_earth", item, f"{x:g}, {y:g} is no place on earth; left out")


def _check_order(
    first: Array,
    kept: Flags,
    file_of: Ints,
    items: Sequence[Item],
    files: Sequence[str],
    origin: LonLat | None,
) -> None:
    """Refuse a file that would lie with the origin, or with the other files, if it were swapped."""
    numbers: list[int] = np.unique(file_of[kept]).tolist()
    middles = {file: _median(first[kept & (file_of == file)]) for file in numbers}
    anchor = origin or middles[numbers[0]]
    for file, middle in middles.items():
        apart = _kilometres(np.array([middle, middle[::-1]]), anchor)
        if apart[0] > _FAR and apart[1] < _FAR:
            place = int(np.flatnonzero(kept & (file_of == file))[0])
            x, y = (float(number) for number in first[place])
            raise ImportSwapped(file=files[file], feature=items[place].place, x=x, y=y)


def _check_far(
    far: Flags, kept: Flags, first: Array, items: Sequence[Item], middle: LonLat, *, given: bool
) -> None:
    """Refuse features that lie nowhere near the origin, or all over the earth."""
    count, of = int(far.sum()), int(kept.sum())
    if not count:
        return
    if given and count == of:
        apart = float(np.median(_kilometres(first[kept], middle)))
        raise ImportElsewhere(kilometres=round(apart))
    if count > max(_FEW, _SHARE * of) or 2 * count >= max(of, 2):
        places: list[int] = np.flatnonzero(far)[:_NAMED].tolist()
        named = ", ".join(items[place].place for place in places)
        raise ImportScattered(count=count, kilometres=round(REACH), features=named)


def _say_far(item: Item, apart: float, report: Report, *, swapped: bool) -> None:
    if swapped:
        report.say_of("swapped", item, "has latitude first; left out")
    else:
        report.say_of("far_away", item, f"lies {apart:.0f} km from the rest; left out")


def _median(lonlat: Array) -> LonLat:
    """The middle one in both directions [°]; the date line may run through the features."""
    start = lonlat[0, 0]
    longitude = start + np.median(_wrapped(lonlat[:, 0] - start))
    return float(_wrapped(longitude)), float(np.median(lonlat[:, 1]))


def _wrapped(longitude: Array) -> Array:
    """Degrees between -180 and 180."""
    return (longitude + 180.0) % 360.0 - 180.0


def _kilometres(lonlat: Array, middle: LonLat) -> Array:
    """About how far each position lies from `middle`, on a sphere.

    lonlat  (n, 2) [°]
    return  (n,) [km]; infinite where a position is none
    """
    with np.errstate(over="ignore", invalid="ignore"):
        east = _wrapped(lonlat[:, 0] - middle[0]) * np.cos(np.radians(middle[1])) * _DEGREE
        north = (lonlat[:, 1] - middle[1]) * _DEGREE
        return np.nan_to_num(np.hypot(east, north), nan=np.inf, posinf=np.inf)


def middle_of(lonlat: Array) -> LonLat:
    """The middle of the box around positions [°], to about a decimetre.

    lonlat  (n, 2) [°]
    """
    start = lonlat[0, 0]
    turned = _wrapped(lonlat[:, 0] - start)
    longitude = float(_wrapped(start + (turned.min() + turned.max()) / 2))
    latitude = float((lonlat[:, 1].min() + lonlat[:, 1].max()) / 2)
    return round(longitude, 6), round(latitude, 6)
