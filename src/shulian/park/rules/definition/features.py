"""Features of GeoJSON files that a definition refers to: `scenery.geojson#pond`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import msgspec
import numpy as np

from shulian.kit.geometry import Frame
from shulian.park.errors import (
    DefinitionGeometryMissing,
    DefinitionNotGeoJson,
    DefinitionTooLarge,
    DefinitionValueWrong,
)
from shulian.park.rules.definition.outlines import Rings
from shulian.park.rules.definition.placement import FAR, FARTHEST
from shulian.park.rules.definition.sources import Where, find
from shulian.park.rules.geojson.grammar import (
    Geometry,
    LineString,
    MultiLineString,
    MultiPoint,
    MultiPolygon,
    Point,
    Polygon,
    Position,
    Value,
)
from shulian.park.types import Ring

POSITIONS = 1_000_000
"""How many positions the features that are used may have."""

_EASTMOST, _NORTHMOST = 180.0, 85.0


class _Named(msgspec.Struct, gc=False):
    id: Value = None


class _Feature(msgspec.Struct, gc=False):
    geometry: Geometry | None = None
    id: Value = None
    properties: _Named | None = None

    @property
    def named(self) -> str:
        """Its id, or the one among its properties."""
        found = self.id if self.id is not None or not self.properties else self.properties.id
        return "" if found is None else str(found)


class _Collection(msgspec.Struct, gc=False):
    features: list[_Feature]


@dataclass(slots=True)
class Features:
    """The GeoJSON files of a definition, each read when it is first referred to."""

    files: Mapping[str, bytes]
    frame: Frame
    _read: dict[str, dict[str, Geometry]] = field(default_factory=dict[str, dict[str, Geometry]])
    _positions: int = 0

    def polygons(self, reference: str, where: Where) -> Sequence[Rings]:
        """The polygons of a feature in the park's plane, to the millimetre."""
        geometry = self._find(reference, where)
        if isinstance(geometry, Polygon):
            pieces = [geometry.coordinates]
        elif isinstance(geometry, MultiPolygon):
            pieces = geometry.coordinates
        else:
            raise self._missing(reference, where)
        return [tuple(self._ring(ring[:-1], where) for ring in piece) for piece in pieces]

    def lines(self, reference: str, where: Where) -> Sequence[Ring]:
        """The lines of a feature in the park's plane, to the millimetre; none if it has none."""
        geometry = self._find(reference, where)
        if isinstance(geometry, LineString):
            return [self._ring(geometry.coordinates, where)]
        if isinstance(geometry, MultiLineString):
            return [self._ring(line, where) for line in geometry.coordinates]
        return ()

    def points(self, reference: str, where: Where) -> Ring:
        """The points of a feature in the park's plane, to the millimetre; none if it has none."""
        geometry = self._find(reference, where)
        if isinstance(geometry, Point):
            return self._ring([geometry.coordinates], where)
        if isinstance(geometry, MultiPoint):
            return self._ring(geometry.coordinates, where)
        return ()

    def _find(self, reference: str, where: Where) -> Geometry:
        name, mark, feature = reference.partition("#")
        if not mark:
            problem = f"expected file#feature, got {reference!r}"
            raise where.fault(DefinitionValueWrong, problem=problem)
        if name not in self._read:
            self._read[name] = _decode(name, find(self.files, name, where), where)
        found = self._read[name].get(feature)
        if found is None:
            raise self._missing(reference, where)
        return found

    def _missing(self, reference: str, where: Where) -> DefinitionGeometryMissing:
        name, _, feature = reference.partition("#")
        raise where.fault(DefinitionGeometryMissing, name=name, feature=feature)

    def _ring(self, positions: Sequence[Position], where: Where) -> Ring:
        self._positions += len(positions)
        if self._positions > POSITIONS:
            raise where.fault(DefinitionTooLarge, what="positions", limit=POSITIONS)
        if not positions:
            return ()
        if not all(map(_on_earth, positions)):
            raise where.fault(DefinitionValueWrong, problem="expected longitude and latitude")
        lonlat = np.array([position[:2] for position in positions])
        plane = np.round(self.frame.to_plane(lonlat), 3) + 0.0
        if not (np.abs(plane) <= FARTHEST).all():  # nor where there is no plane any more
            raise where.fault(DefinitionValueWrong, problem=FAR)
        return tuple((east, north) for east, north in plane.tolist())


def _on_earth(position: Position) -> bool:
    return len(position) > 1 and abs(position[0]) <= _EASTMOST and abs(position[1]) <= _NORTHMOST


def _decode(name: str, data: bytes, where: Where) -> dict[str, Geometry]:
    try:
        collection = msgspec.json.decode(data, type=_Collection)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as problem:
        fault = where.fault(DefinitionNotGeoJson, name=name, problem=str(problem))
        raise fault from problem
    found: dict[str, Geometry] = {}
    for feature in collection.features:
        if feature.geometry is not None and feature.named:
            found.setdefault(feature.named, feature.geometry)
    return found
