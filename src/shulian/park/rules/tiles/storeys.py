"""The walkable storeys of buildings beside the tiles: one file each, and the index of all."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from re import compile as pattern

import msgspec

from shulian.kit.text import Text
from shulian.park.rules.tiles.glb import Json
from shulian.park.types import Point, SpaceId

_PLAIN = pattern(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True, slots=True)
class StoreyModel:
    """A storey one can walk on: its file in park metres and what the scene must know of it."""

    building: SpaceId
    storey: SpaceId
    name: Text
    order: int
    base: float
    """[m] of its floor above the park's ground."""
    height: float
    """[m] to the floor above."""
    center: Point
    bounds: tuple[float, float, float, float]
    """[m] smallest east and north, largest east and north."""
    glb: bytes

    @property
    def uri(self) -> str:
        """Where its file stands in the tileset; an id that is no plain file name is hashed."""
        name: str = self.storey
        if not _PLAIN.fullmatch(name):
            name = blake2b(name.encode(), digest_size=16).hexdigest()
        return f"storeys/{name}.glb"


def index(models: Sequence[StoreyModel]) -> bytes:
    """`storeys.json`: the storeys of each building, from the lowest up."""
    found: dict[str, list[Json]] = {}
    for model in sorted(models, key=lambda each: (each.building, each.order, each.storey)):
        entry: Json = {
            "id": model.storey,
            "name": {"zh": model.name.zh, "en": model.name.en},
            "order": model.order,
            "base": model.base,
            "height": model.height,
            "uri": model.uri,
            "center": model.center,
            "bounds": model.bounds,
        }
        found.setdefault(model.building, []).append(entry)
    return msgspec.json.encode(found)
