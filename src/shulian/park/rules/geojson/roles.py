"""What a feature is to a park: decided by its tags, by tables one can read and extend."""

from collections.abc import Mapping
from enum import Enum

from shulian.park.rules.geojson.classes import flow_class, way_class
from shulian.park.rules.geojson.grammar import Tags, Value
from shulian.park.rules.geojson.words import said
from shulian.park.types import SceneryKind


class Form(Enum):
    """Of what a geometry is made."""

    POINT = 0
    LINE = 1
    AREA = 2


class Role(Enum):
    """What a feature becomes."""

    BUILDING = "building"
    PART = "part"
    WAY = "way"
    STREAM = "stream"
    WATER = "water"
    GREEN = "green"
    GARDEN = "garden"
    WOOD = "wood"
    PAVED = "paved"
    HEDGE = "hedge"
    TREE = "tree"
    TREE_ROW = "tree_row"
    NAME = "name"
    """A point that says what something is called."""
    NOTHING = "nothing"
    UNKNOWN = "unknown"
    """An area that says nothing of what it is."""


GROUND = {
    Role.WATER: SceneryKind.WATER,
    Role.GREEN: SceneryKind.GREEN,
    Role.GARDEN: SceneryKind.GREEN,
    Role.WOOD: SceneryKind.GREEN,
    Role.PAVED: SceneryKind.PAVED,
}
"""What areas between the buildings become."""


def _all(words: str, role: Role) -> dict[str, Role]:
    return dict.fromkeys(words.split(), role)


_WATER = _all(
    "water lake pond basin reservoir riverbank river canal stream dock ocean bay strait "
    "swimming_pool fountain lagoon moat",
    Role.WATER,
)
_GREEN = _all(
    "grass meadow village_green recreation_ground golf_course pitch cemetery grassland scrub "
    "heath wetland allotments farmland farm greenfield flowerbed plant_nursery dog_park track "
    "playground",
    Role.GREEN,
)
_GARDEN = _all("park garden nature_reserve orchard vineyard theme_park zoo common", Role.GARDEN)
_WOOD = _all("wood forest natural_wood natural_forest", Role.WOOD)
_PAVED = _all(
    "pedestrian footway plaza square parking bridge pier platform path living_street fuel service",
    Role.PAVED,
)
_PLANTED = _GREEN | _GARDEN | _WOOD
_RAISED = _all(
    "tower communications_tower chimney water_tower storage_tank silo cooling_tower gasometer "
    "bunker_silo works",
    Role.BUILDING,
)

_AREAS: tuple[tuple[str, Mapping[str, Role]], ...] = (
    ("kind", _WATER | _PLANTED | _PAVED),
    ("natural", _WATER | _PLANTED),
    ("waterway", _WATER),
    ("water", _WATER),
    ("landuse", _WATER | _PLANTED),
    ("leisure", _WATER | _PLANTED),
    ("amenity", _PAVED | _WATER),
    ("man_made", _RAISED | _all("pier bridge", Role.PAVED)),
    ("highway", _PAVED),
    ("railway", _all("platform", Role.PAVED)),
    ("place", _all("square", Role.PAVED)),
)
_OTHERS = ("building", "building_part", "boundary", "barrier")
_NO_BUILDING = frozenset(("", "entrance", "proposed", "demolished", "razed"))


def role(tags: Tags, form: Form) -> Role:
    """What a feature of this `form` becomes."""
    if form is Form.AREA:
        return _area(tags)
    return _line(tags) if form is Form.LINE else _point(tags)


def _area(tags: Tags) -> Role:
    if tags.building is not None and said(tags.building) not in _NO_BUILDING:
        return Role.BUILDING
    kind = said(tags.kind)
    if kind == "building":
        return Role.BUILDING
    if kind == "building_part" or said(tags.building_part):
        return Role.PART
    told = any(getattr(tags, tag) is not None for tag in _OTHERS)
    for tag, table in _AREAS:
        value: Value = getattr(tags, tag)
        if value is None:
            continue
        told = True
        if found := table.get(said(value)):
            return Role.NOTHING if _hidden(tags) else found
    if told:
        return Role.NOTHING
    high = any(value is not None for value in (tags.height, tags.building_levels, tags.num_floors))
    return Role.BUILDING if high else Role.UNKNOWN


def _line(tags: Tags) -> Role:
    if tags.boundary is not None or _hidden(tags):
        return Role.NOTHING
    kind = said(tags.kind)
    if "tree_row" in (kind, said(tags.natural)):
        return Role.TREE_ROW
    if "hedge" in (kind, said(tags.barrier)):
        return Role.HEDGE
    if way_class(tags):
        return Role.WAY
    return Role.STREAM if flow_class(tags) else Role.NOTHING


def _point(tags: Tags) -> Role:
    if "tree" in (said(tags.natural), said(tags.kind)):
        return Role.TREE
    named = tags.name is not None or tags.name_zh is not None or tags.name_en is not None
    return Role.NAME if named else Role.NOTHING


def _hidden(tags: Tags) -> bool:
    """Whether it lies below ground or inside a building."""
    return (
        tags.is_tunnel is True
        or bool(said(tags.tunnel))
        or said(tags.location) == "underground"
        or bool(said(tags.indoor))
    )


def closed(tags: Tags) -> bool:
    """Whether a line that returns to its start bounds an area; roads that do are roundabouts."""
    if tags.boundary is not None or (way_class(tags) and said(tags.area) != "yes"):
        return False
    return _area(tags) not in (Role.NOTHING, Role.UNKNOWN)


def building_kind(tags: Tags) -> str:
    """What a building is used for, as a word of OpenStreetMap: `commercial`, `church`, `yes`."""
    detail = said(tags.kind_detail)
    if detail:
        return detail
    word = said(tags.building) or said(tags.building_part) or "yes"
    return said(tags.man_made) or word if word == "yes" else word
