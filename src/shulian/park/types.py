"""The nouns of the twin: one tree of spaces, their shapes, the scenery between, what they are now.

Lengths are metres, areas square metres. Planar coordinates are metres east and north of the
park's origin in its own plane (`kit.geometry.Frame`); heights are metres above its ground.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from shulian.kit.text import Text

SpaceId = NewType("SpaceId", str)
"""The id a space has in its definition: stable for ever, unique in the installation."""

SceneryId = NewType("SceneryId", str)

Point = tuple[float, float]
"""(east, north) [m]."""

Ring = tuple[Point, ...]
"""The corners of a closed line, the first not repeated; shells run counter-clockwise, holes clockwise."""


class SpaceKind(StrEnum):
    """What a space is. The first five are the levels of the tree, the others stand below them."""

    PARK = "park"
    SITE = "site"
    PHASE = "phase"
    BUILDING = "building"
    STOREY = "storey"
    HALL = "hall"
    EXHIBITION_HALL = "exhibition_hall"
    BOOTH = "booth"
    SEAT = "seat"
    TABLE = "table"
    OFFICE = "office"
    LAB = "lab"
    STUDIO = "studio"
    MEETING_ROOM = "meeting_room"
    LOBBY = "lobby"
    CORRIDOR = "corridor"
    STAIRS = "stairs"
    STAGE = "stage"
    CAFE = "cafe"
    SHOP = "shop"
    SERVICE = "service"
    PLAZA = "plaza"
    GARDEN = "garden"
    PARKING = "parking"


class SpaceStatus(StrEnum):
    """Where a space stands in its life; what it is at this moment is a `LiveStatus`."""

    PLANNED = "planned"
    BUILDING = "building"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Prism:
    """A polygon raised from `base` to `top`; the first ring is its shell, the others its holes."""

    rings: tuple[Ring, ...]
    base: float
    top: float


@dataclass(frozen=True, slots=True)
class Mesh:
    """Triangles that replace a prism where a building has a shape of its own."""

    corners: tuple[tuple[float, float, float], ...]
    """(east, north, up) of each triangle's three corners in turn: three entries a triangle."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The body of a space: prisms, or a mesh, or both."""

    prisms: tuple[Prism, ...] = ()
    mesh: Mesh | None = None
    doors: tuple[Point, ...] = ()
    """Where one can walk through the space's walls: middles of door openings on its boundary."""


@dataclass(frozen=True, slots=True)
class Space:
    """A bounded place one can walk to, assign, meet or measure in."""

    id: SpaceId
    parent: SpaceId | None
    kind: SpaceKind
    name: Text
    about: Text = Text()
    order: int = 0
    """Place among its siblings; of a storey: its number, ground storey 0, basements below."""
    shape: Shape | None = None
    area: float | None = None
    capacity: int | None = None
    """Persons it holds."""
    delivered: date | None = None
    """The day from which it can be used; none: as its parent."""
    status: SpaceStatus = SpaceStatus.OPEN
    link: str | None = None
    """A web page about it."""


class SceneryKind(StrEnum):
    """What lies between the buildings; it can be seen but not assigned."""

    ROAD = "road"
    PATH = "path"
    RAIL = "rail"
    WATER = "water"
    GREEN = "green"
    PAVED = "paved"
    TREE = "tree"


@dataclass(frozen=True, slots=True)
class Scenery:
    """A piece of ground, water, road or a tree."""

    id: SceneryId
    park: SpaceId
    kind: SceneryKind
    name: Text
    rings: tuple[tuple[Ring, ...], ...] = ()
    """Polygons (shell, holes …); lines arrive here already widened to polygons."""
    points: tuple[Point, ...] = ()
    """Where its trees stand."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a park's plane touches the earth."""

    park: SpaceId
    longitude: float
    """[° east, WGS 84]."""
    latitude: float
    """[° north, WGS 84]."""
    timezone: str = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class ParkPlan:
    """A whole park as a definition or an import gives it: parents stand before their children."""

    place: Place
    spaces: tuple[Space, ...]
    scenery: tuple[Scenery, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """One line about one feature of an import: repaired, or left out."""

    feature: str
    """Id of the feature, or its place in the file: `buildings.geojson#12`."""
    code: str
    """A key of the catalogue below `park.notice.`, such as `self_crossing`."""
    words: str
    """What it says to people who read logs, in English."""


class LiveToken(StrEnum):
    """What a space is now, in one word; the order is the order of precedence, strongest first."""

    CLOSED = "closed"
    ALERT = "alert"
    FULL = "full"
    BUSY = "busy"
    HELD = "held"
    EVENT = "event"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class LiveStatus:
    """What one feature says a space is now."""

    space: SpaceId
    source: str
    """The feature that says so: `operator`, `booking`, `energy` …"""
    token: LiveToken
    words: Text
    number: float | None = None
    until: datetime | None = None
    since: datetime | None = None
