"""The files of a tileset from buildings, scenery and storeys."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from shulian.kit.text import Text
from shulian.park.rules.tiles import scenery as flat
from shulian.park.rules.tiles import storeys as walkable
from shulian.park.rules.tiles.bodies import Bodies, Floats, Rows, from_shapes
from shulian.park.rules.tiles.glb import Json
from shulian.park.rules.tiles.gltf import Surface, Table, write_glb
from shulian.park.rules.tiles.massing import ground, massing
from shulian.park.rules.tiles.metadata import Column
from shulian.park.rules.tiles.quadtree import Cell, divide
from shulian.park.rules.tiles.storeys import StoreyModel
from shulian.park.rules.tiles.tileset import layer, tileset
from shulian.park.types import (
    Place,
    Scenery,
    SceneryKind,
    Shape,
    Space,
    SpaceId,
    SpaceKind,
    SpaceStatus,
)

File = tuple[str, bytes]
"""Path below the tileset's folder, content."""
Progress = Callable[[int, int], None]
"""Called with the number of files made and of all files."""

ALWAYS = -(2**31)
"""Column `delivered` of a building that has no date: it is always there."""

_STOREY_HEIGHT = 3.6
_EPOCH = date(1970, 1, 1).toordinal()
_STATUSES = {status: number for number, status in enumerate(SpaceStatus)}
_KINDS = {kind: number for number, kind in enumerate(SceneryKind)}
_NOTHING = Shape()


@dataclass(frozen=True, slots=True)
class Buildings:
    """Buildings as they are seen from outside, in columns of the same length."""

    spaces: Sequence[Space]
    delivered: Sequence[date | None]
    """The day in force: its own, or that of the nearest space above that has one."""
    storeys: Sequence[int]
    """0: not known; then its height says how many there may be."""


def exteriors(spaces: Sequence[Space]) -> Buildings:
    """The buildings among spaces that stand in order, parents before their children."""
    delivered: dict[SpaceId | None, date | None] = {None: None}
    for space in spaces:
        delivered[space.id] = space.delivered or delivered.get(space.parent)
    storeys = Counter(space.parent for space in spaces if space.kind is SpaceKind.STOREY)
    chosen = [space for space in spaces if space.kind is SpaceKind.BUILDING]
    return Buildings(
        chosen,
        [delivered[space.id] for space in chosen],
        [storeys[space.id] for space in chosen],
    )


def build(
    place: Place,
    buildings: Buildings,
    scenery: Sequence[Scenery] = (),
    storeys: Sequence[StoreyModel] = (),
    progress: Progress = lambda _done, _total: None,
) -> Iterator[File]:
    """Each file of the tileset; `tileset.json` is the last, when all it names have been given.

    Buildings and scenery without a body are left out. The same values always give the same bytes.
    """
    enterable = {model.building for model in storeys}
    layers = [_exterior(buildings, enterable), _scenery(scenery)]
    shown = [each for each in layers if each is not None]
    total = sum(each.files for each in shown) + len(storeys) + 3
    for done, file in enumerate(_files(place, shown, scenery, storeys), start=1):
        yield file
        progress(done, total)


def _files(
    place: Place,
    layers: Sequence["_Layer"],
    scenery: Sequence[Scenery],
    storeys: Sequence[StoreyModel],
) -> Iterator[File]:
    for each in layers:
        yield from each.contents()
    for model in storeys:
        yield model.uri, model.glb
    yield "storeys.json", walkable.index(storeys)
    yield "trees.bin", flat.trees(scenery).tobytes()
    yield "tileset.json", tileset(place, [each.tile() for each in layers])


@dataclass(frozen=True, slots=True, eq=False)
class _Layer:
    """Features of one class, the cells they are dealt into and how their surface is made."""

    folder: str
    bodies: Bodies
    bounds: Floats
    table: Table
    cell: Cell
    surface: Callable[[Bodies], Surface]

    @property
    def files(self) -> int:
        return sum(1 for cell in self.cell.cells() if len(cell.rows))

    def contents(self) -> Iterator[File]:
        for cell in self.cell.cells():
            if len(cell.rows):
                surface = self.surface(self.bodies.take(cell.rows))
                yield f"{self.folder}/{cell.path}.glb", write_glb(surface, self._rows(cell.rows))

    def tile(self) -> Json:
        return layer(self.cell, self.bounds, self.folder)

    def _rows(self, rows: Rows) -> Table:
        columns = {name: _chosen(column, rows) for name, column in self.table.columns.items()}
        return Table(self.table.name, columns, self.table.no_data)


def _exterior(buildings: Buildings, enterable: set[SpaceId]) -> _Layer | None:
    bodies = from_shapes([space.shape or _NOTHING for space in buildings.spaces])
    bounds = bodies.bounds()
    seen = np.flatnonzero(~np.isnan(bounds[:, 0]))
    if not len(seen):
        return None
    bodies, bounds = bodies.take(seen), bounds[seen]
    shown: list[int] = seen.tolist()
    spaces = [buildings.spaces[row] for row in shown]
    height = bounds[:, 5] - bounds[:, 2]
    columns: dict[str, Column] = {
        **_names([space.id for space in spaces], [space.name for space in spaces]),
        "height": height.astype(np.float32),
        "base": bounds[:, 2].astype(np.float32),
        "storeys": _storeys(np.array([buildings.storeys[row] for row in shown]), height),
        "delivered": np.array([_day(buildings.delivered[row]) for row in shown], np.int32),
        "status": np.array([_STATUSES[space.status] for space in spaces], np.uint8),
        "enterable": np.array([space.id in enterable for space in spaces], np.uint8),
    }
    table = Table("building", columns, {"delivered": ALWAYS})
    return _Layer("exterior", bodies, bounds, table, divide(bounds), massing)


def _scenery(scenery: Sequence[Scenery]) -> _Layer | None:
    # lower kinds first, so that every tile's triangles are in the order they are painted in
    pieces = sorted(scenery, key=lambda piece: flat.LEVELS[piece.kind])
    bodies = flat.bodies(pieces)
    bounds = bodies.bounds()
    seen = np.flatnonzero(~np.isnan(bounds[:, 0]))
    if not len(seen):
        return None
    bodies, bounds = bodies.take(seen), bounds[seen]
    shown = [pieces[row] for row in seen.tolist()]
    kinds = np.array([_KINDS[piece.kind] for piece in shown], np.uint8)
    names = _names([piece.id for piece in shown], [piece.name for piece in shown])
    table = Table("scenery", {**names, "kind": kinds})
    return _Layer("scenery", bodies, bounds, table, divide(bounds), ground)


def _names(ids: Sequence[str], names: Sequence[Text]) -> dict[str, Column]:
    return {
        "id": list(ids),
        "zh": [name.zh for name in names],
        "en": [name.en for name in names],
    }


def _chosen(column: Column, rows: Rows) -> Column:
    if isinstance(column, np.ndarray):
        return column[rows]
    chosen: list[int] = rows.tolist()
    return [column[row] for row in chosen]


def _storeys(known: NDArray[np.int64], height: Floats) -> NDArray[np.uint16]:
    """(f,) the storeys it is known to have, or else as many as its height [m] allows."""
    likely = np.clip(np.rint(height / _STOREY_HEIGHT), 1, 65_535)
    return np.where(known > 0, known, likely).astype(np.uint16)


def _day(day: date | None) -> int:
    return ALWAYS if day is None else day.toordinal() - _EPOCH
