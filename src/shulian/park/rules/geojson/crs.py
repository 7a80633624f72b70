"""Coordinate reference systems: what a file says its numbers are, and those numbers as degrees."""

import re

import numpy as np
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from shulian.kit.geometry import Array
from shulian.park.errors import ImportCrs
from shulian.park.rules.geojson.grammar import Value

_NAME = re.compile(
    r"(?:urn:(?:x-)?ogc:def:crs:|https?://(?:www\.)?opengis\.net/def/crs/)?"
    r"(?P<authority>EPSG|OGC|ESRI|IGNF)(?:[:/][\d.]*)?[:/](?P<code>\w{1,16})",
    re.IGNORECASE,
)
_DEGREES = frozenset(("OGC:CRS84", "OGC:CRS84H", "EPSG:4326", "EPSG:4979", "CRS84", "WGS84"))


def to_degrees(file: str, crs: Value, positions: Array) -> Array:
    """Longitude and latitude on WGS 84 of positions in the reference system that a file names.

    crs        the `crs` member of GeoJSON 2008; without one they are degrees (RFC 7946, §4)
    positions  (n, 2)
    return     (n, 2) [°]; not finite where a position lies outside the system

    Raises ImportCrs.
    """
    name = _name(crs)
    if name in _DEGREES:
        return positions
    found = _NAME.fullmatch(name)
    if not found:
        raise ImportCrs(file=file, crs=name)
    authority, code = found["authority"].upper(), found["code"].upper()
    if f"{authority}:{code}" in _DEGREES:
        return positions
    try:
        system = CRS.from_authority(authority, code)
        turn = Transformer.from_crs(system, "OGC:CRS84", always_xy=True)
        longitude, latitude = turn.transform(positions[:, 0], positions[:, 1])
    except (CRSError, ProjError) as error:
        raise ImportCrs(file=file, crs=name) from error
    return np.column_stack([longitude, latitude])


def _name(crs: Value) -> str:
    """How a `crs` member names its system."""
    if not isinstance(crs, dict):
        return str(crs)[:80]
    properties: Value = crs.get("properties")
    if isinstance(properties, dict):
        name: Value = properties.get("name")
        if isinstance(name, str):
            return name.strip()[:80]
        code: Value = properties.get("code")
        if crs.get("type") == "EPSG" and code is not None:
            return f"EPSG:{code}"[:80]
    return str(crs.get("type"))[:80]
