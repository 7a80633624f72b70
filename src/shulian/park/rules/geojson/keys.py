"""Ids of features: OpenStreetMap's where there is one, else another id made safe, else a hash."""

import re
from hashlib import blake2b

from shulian.kit.geometry import Array
from shulian.park.rules.geojson.grammar import Feature, Tags, Value
from shulian.park.rules.geojson.words import said

_ELEMENT = re.compile(r"(?:(node|way|relation|area|[nwra])[/:_ ]?)?(-?\d{1,19})", re.IGNORECASE)
_WAY = re.compile(r"way/[1-9][0-9]{0,18}")
_LETTERS = {"n": "n", "w": "w", "r": "r", "node": "n", "way": "w", "relation": "r"}
_UNSAFE = re.compile(r"[^a-z0-9._-]+")
_LONGEST = 48


def key(feature: Feature, tags: Tags, *, point: bool) -> str:
    """What identifies a feature: `w123`, `r123`, `n123`, `f-north-tower`; empty if nothing does.

    A negative number is a relation, as in Tilezen's tiles. A number without a type is a node if
    the feature is a `point` of its own, else a way: Tilezen's label of a way has the way's number.
    """
    kind = said(tags.osm_type or tags.type)
    if isinstance(tags.osm, str) and _WAY.fullmatch(tags.osm):
        return f"w{tags.osm[4:]}"
    for value in (tags.osm, feature.id, tags.id):
        if value is not None and (found := _element(value, kind, point=point)):
            return found
    if tags.osm_way_id and (found := _element(tags.osm_way_id, "way", point=False)):
        return found
    if tags.osm_id is None:
        return ""
    return _element(tags.osm_id, kind or ("node" if point else "relation"), point=point)


def root(tags: Tags) -> str:
    """The key of the outline that a part says it belongs to; empty if it does not say."""
    return _element(tags.root_id, "", point=False)


def _element(value: Value, kind: str, *, point: bool) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        return ""
    words = str(value).strip()
    found = _ELEMENT.fullmatch(words)
    if not found:
        return _safe(words)
    number = int(found[2])
    given = (found[1] or kind).lower()
    if given in ("a", "area"):  # osmium: ways are even, relations odd
        return f"{'r' if number % 2 else 'w'}{abs(number) // 2}"
    letter = _LETTERS.get(given) or ("r" if number < 0 else "n" if point else "w")
    return f"{letter}{abs(number)}"


def _safe(words: str) -> str:
    """Another program's id as a part of ours; what had to go is kept apart by a hash."""
    if not words:
        return ""
    slug = _UNSAFE.sub("-", words.lower()).strip("-._")
    if slug == words.lower() and len(slug) <= _LONGEST:
        return f"f-{slug}"
    mark = blake2b(words.encode("utf-8", "replace"), digest_size=4).hexdigest()
    return f"f-{slug[:_LONGEST].rstrip('-._')}-{mark}" if slug else f"f-{mark}"


def of_geometry(lonlat: Array) -> str:
    """A key for positions without any id: the same positions have the same one.

    lonlat  (n, 2) [°]
    """
    steps = (lonlat * 1e7).round().astype("<i8")
    return "g" + blake2b(steps.tobytes(), digest_size=8).hexdigest()
