"""The plane a park is drawn on: metres east and north of an origin, and back to degrees."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Frame:
    """A transverse Mercator plane that touches the ellipsoid at its origin with scale 1.

    Within 20 km of the origin lengths are true to 5 parts in a million (Snyder 1987, eq. 8-11).
    """

    longitude: float
    """[° east, WGS 84]."""
    latitude: float
    """[° north, WGS 84]."""

    @cached_property
    def _transformer(self) -> Transformer:
        plane = (
            f"+proj=tmerc +lat_0={self.latitude!r} +lon_0={self.longitude!r}"
            " +k=1 +datum=WGS84 +units=m"
        )
        return Transformer.from_crs("EPSG:4326", plane, always_xy=True)

    def to_plane(self, lonlat: Array) -> Array:
        """Metres east and north of the origin.

        lonlat  (n, 2) [°]
        return  (n, 2) [m]
        """
        east, north = self._transformer.transform(lonlat[:, 0], lonlat[:, 1])
        return np.column_stack([east, north])

    def to_lonlat(self, plane: Array) -> Array:
        """Longitude and latitude of points of the plane.

        plane   (n, 2) [m]
        return  (n, 2) [°]
        """
        lon, lat = self._transformer.transform(plane[:, 0], plane[:, 1], direction="INVERSE")
        return np.column_stack([lon, lat])
