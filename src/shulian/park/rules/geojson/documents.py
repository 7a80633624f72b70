"""Text becomes features: collections, single features and geometries, one a line or one in all."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from shulian.park.errors import (
    ImportCrowded,
    ImportMalformed,
    ImportNested,
    ImportNotGeoJson,
)
from shulian.park.rules.geojson.grammar import Document, Value

Record = bytes | msgspec.Raw
"""The text of one feature."""

MOST_VALUES = 16_000_000
"""More commas than this are more positions and features than a park has; they would fill memory."""

MOST_FEATURES = 1_000_000

_GEOMETRIES = frozenset(
    (
        "Point",
        "MultiPoint",
        "LineString",
        "MultiLineString",
        "Polygon",
        "MultiPolygon",
        "GeometryCollection",
    )
)
_SEPARATOR = b"\x1e"
_PLACE = re.compile(r" \(byte (\d+)\)$")
_LINES = re.compile(rb"[^\n]+")
_TEXTS = re.compile(rb"[^\x1e]+")
_NO_NUMBER = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|-?\b(?:NaN|Infinity)\b', re.DOTALL)
_decoder = msgspec.json.Decoder(Document)


@dataclass(frozen=True, slots=True)
class Features:
    """The features of a file as texts, and the reference system it names."""

    records: Sequence[Record]
    crs: Value


def features(file: str, text: bytes) -> Features:
    """The features of a FeatureCollection, a Feature, a geometry, or one of these a line.

    NaN and Infinity, which JSON does not have but some programs write, are read as null.

    Raises ImportMalformed, ImportNested, ImportNotGeoJson, ImportCrowded.
    """
    if text.count(b",") > MOST_VALUES:
        raise ImportCrowded(file=file, limit=MOST_VALUES)
    try:
        found = _parsed(file, text)
    except ImportMalformed:
        if not any(token in text for token in (b"NaN", b"Infinity")):
            raise
        found = _parsed(file, _NO_NUMBER.sub(_null, text))
    if len(found.records) > MOST_FEATURES:
        raise ImportCrowded(file=file, limit=MOST_FEATURES)
    return found


def _null(found: re.Match[bytes]) -> bytes:
    return found[0] if found[0].startswith(b'"') else b"null"


def _parsed(file: str, text: bytes) -> Features:
    if text.lstrip().startswith(_SEPARATOR):
        return _sequence(file, text, _TEXTS)
    try:
        return _document(file, text)
    except ImportMalformed as malformed:
        if malformed.params["detail"] != "trailing characters":
            raise
    return _sequence(file, text, _LINES)


def _sequence(file: str, text: bytes, pattern: re.Pattern[bytes]) -> Features:
    """The features of newline-delimited GeoJSON or a GeoJSON text sequence (RFC 8142)."""
    records: list[Record] = []
    crs: Value = None
    for found in pattern.finditer(text):
        if not found[0].strip():
            continue
        try:
            features = _document(file, found[0])
        except ImportMalformed as malformed:
            place = found.start() + int(malformed.params["byte"])
            raise _malformed(file, text, place, str(malformed.params["detail"])) from malformed
        records.extend(features.records)
        crs = crs or features.crs
        if len(records) > MOST_FEATURES:
            break
    return Features(records, crs)


def _document(file: str, text: bytes) -> Features:
    """The features of one JSON value."""
    try:
        document = _decoder.decode(text)
    except msgspec.ValidationError as error:
        raise ImportNotGeoJson(file=file, found=_outermost(text)) from error
    except msgspec.DecodeError as error:
        place = _PLACE.search(str(error))
        detail = _PLACE.sub("", str(error)).removeprefix("JSON is malformed: ")
        raise _malformed(file, text, int(place[1]) if place else len(text), detail) from error
    except RecursionError as error:
        raise ImportNested(file=file) from error
    if document.type == "FeatureCollection":
        return Features(document.features, document.crs)
    if document.type == "Feature":
        return Features([text], document.crs)
    if document.type in _GEOMETRIES:
        return Features([b'{"type":"Feature","geometry":' + text + b"}"], document.crs)
    raise ImportNotGeoJson(file=file, found=document.type[:40] or "object")


def _malformed(file: str, text: bytes, place: int, detail: str) -> ImportMalformed:
    """Where in `file` the JSON ends to be JSON; `place` counts bytes from 0."""
    line = text.count(b"\n", 0, place) + 1
    column = place - text.rfind(b"\n", 0, place)
    return ImportMalformed(file=file, line=line, column=column, byte=place, detail=detail)


def _outermost(text: bytes) -> str:
    """The JSON type of the outermost value."""
    return {b"[": "array", b"{": "object", b'"': "string"}.get(text.lstrip()[:1], "value")
