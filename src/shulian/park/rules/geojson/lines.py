"""Lines built from runs."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import GeometryType

from shulian.park.rules.geojson.areas import Geometries
from shulian.park.rules.geojson.columns import Ints, Run, Runs


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines in metres, and the item each belongs to, ascending."""

    lines: Geometries
    owners: Ints

    def pairs(self) -> list[tuple[shapely.Geometry, int]]:
        """Each line and its item."""
        owners: list[int] = self.owners.tolist()
        return list(zip(self.lines, owners, strict=True))


def lines(runs: Runs) -> Lines:
    """The lines of `runs`, which hold positions in metres."""
    wanted = runs.kinds == Run.LINE
    sizes = runs.sizes[wanted]
    positions = np.round(runs.positions[np.repeat(wanted, runs.sizes)], 3)
    ends = np.concatenate([[0], np.cumsum(sizes)])
    found = shapely.from_ragged_array(GeometryType.LINESTRING, positions, (ends,))
    return Lines(found, runs.owners[wanted])
