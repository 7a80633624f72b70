"""The nouns of the twin: one tree of spaces, their shapes, the scenery between, what they are now.

Lengths are metres, areas square metres. Planar coordinates are metres east and north of the
park's origin in its own plane (`kit.geometry.Frame`); heights are metres above its ground.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from types import MappingProxyType
from typing import Generic, NewType, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from shulian.identity.types import Permission
from shulian.kit.text import Text

SpaceId = NewType("SpaceId", str)
"""The id a space has in its definition: stable for ever, unique in the installation."""

SceneryId = NewType("SceneryId", str)

T = TypeVar("T")

Point = tuple[float, float]
"""(east, north) [m]."""

Ring = tuple[Point, ...]
"""The corners of a closed line, the first not repeated; shells run counter-clockwise, holes
clockwise."""


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
    about: Text = Text()  # noqa: RUF009  # frozen
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
class Entrance:
    """Where a visitor starts, and where the visitor looks first."""

    east: float
    north: float
    heading: float = 0.0
    """0 north, 90 east [°]."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a park's plane touches the earth, and where one enters it."""

    park: SpaceId
    longitude: float
    """[° east, WGS 84]."""
    latitude: float
    """[° north, WGS 84]."""
    timezone: str = "Asia/Shanghai"
    entrance: Entrance | None = None
    """None: the park does not say; then a place is found from which much of it is seen."""


@dataclass(frozen=True, slots=True)
class Locality:
    """Where a space is, for who knows its id alone: its name, its park, the clock there."""

    park: SpaceId
    kind: SpaceKind
    name: Text
    timezone: str


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


@dataclass(frozen=True, slots=True)
class Import:
    """A park read from files, and what had to be said about them."""

    plan: ParkPlan
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Barriers:
    """Upright faces that stop who walks; where a door is, there is none."""

    lines: NDArray[np.float64]
    """(n, 2, 2) [m] from → to, east and north."""
    low: NDArray[np.float64]
    """(n,) [m] of their lower edges, above the park's ground."""
    high: NDArray[np.float64]
    """(n,) [m] of their upper edges."""


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


EDIT = Permission("park.edit")
"""Change what a space is called, what it is for and how much it holds."""
IMPORT = Permission("park.import")
"""Import a park from files, build its scene, remove it."""
STATUS = Permission("park.status")
"""Say what a space is now."""
PERMISSIONS = (EDIT, IMPORT, STATUS)

OPERATOR = "operator"
"""The source of a live status that a person set."""


class Field(StrEnum):
    """What an operator may change of a space."""

    NAME_ZH = "name.zh"
    NAME_EN = "name.en"
    ABOUT_ZH = "about.zh"
    ABOUT_EN = "about.en"
    KIND = "kind"
    CAPACITY = "capacity"
    STATUS = "status"
    LINK = "link"


FieldValue = str | int | None


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a space reaches: its own body, or else all that stands in it."""

    bounds: tuple[float, float, float, float]
    """Least east, least north, greatest east, greatest north [m]."""
    base: float
    top: float
    """Of its lowest and highest point, above the park's ground [m]."""

    @property
    def height(self) -> float:
        """From its base to its top [m]."""
        return self.top - self.base

    @property
    def center(self) -> Point:
        """The middle of its bounds."""
        west, south, east, north = self.bounds
        return ((west + east) / 2, (south + north) / 2)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a space or of scenery that two states differ in."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Change(Generic[T]):
    """The same thing before and after."""

    before: T
    after: T


@dataclass(frozen=True, slots=True)
class Kept:
    """A field in which an operator's word stands against the file's."""

    space: SpaceId
    field: Field
    operator: FieldValue
    file: FieldValue


@dataclass(frozen=True, slots=True)
class Changes:
    """What an import does to a park, or its removal."""

    added: tuple[Space, ...] = ()
    changed: tuple[Change[Space], ...] = ()
    removed: tuple[Space, ...] = ()
    unchanged: int = 0
    """How many spaces stay as they are."""
    scenery_added: tuple[Scenery, ...] = ()
    scenery_changed: tuple[Change[Scenery], ...] = ()
    scenery_removed: tuple[Scenery, ...] = ()
    scenery_unchanged: int = 0
    place: Change[Place | None] | None = None
    """If the park's origin or time zone changes; there is none before it comes or after it goes."""
    kept: tuple[Kept, ...] = ()
    """Where operators' edits outlive the file."""

    def __bool__(self) -> bool:
        """Whether anything is added, changed or removed."""
        return any(
            (
                self.added,
                self.changed,
                self.removed,
                self.scenery_added,
                self.scenery_changed,
                self.scenery_removed,
                self.place,
            )
        )


@dataclass(frozen=True, slots=True)
class Step:
    """A space on the way to another, or among its children."""

    id: SpaceId
    parent: SpaceId | None
    kind: SpaceKind
    name: Text
    order: int = 0
    extent: Extent | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """A space and what surrounds it."""

    space: Space
    park: SpaceId
    extent: Extent | None
    path: tuple[Step, ...]
    """From the park to the parent."""
    children: tuple[Step, ...]
    delivered: date | None
    """The day in force: its own, or of the nearest space above that has one."""
    status: SpaceStatus
    """The status in force: what stands in a planned phase is planned."""
    live: tuple[LiveStatus, ...]
    """What it and its children are now; at most one each."""
    version: int
    """Grows with every change; an edit names the one it was made on."""
    edited: tuple[Field, ...]
    """The fields in which an operator's word stands instead of the file's."""
    revertible: bool
    """Whether there is an edit to take back."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A space that a search found, and the names on the way down to it."""

    step: Step
    park: SpaceId
    path: Text


@dataclass(frozen=True, slots=True)
class ParkSummary:
    """A park in a list."""

    id: SpaceId
    name: Text
    about: Text
    spaces: int
    buildings: int


@dataclass(frozen=True, slots=True)
class Tileset:
    """The files of a park's scene: `version` is a digest of their content."""

    park: SpaceId
    version: str
    built: datetime


@dataclass(frozen=True, slots=True)
class Scene:
    """A park as a visitor of its 3D scene finds it."""

    park: Space
    place: Place
    tileset: Tileset | None
    """None: its files are not built yet."""
    bounds: tuple[float, float, float, float]
    phases: tuple[Space, ...]
    """In order of delivery, with the days in force."""
    places: tuple[Step, ...]
    """What has a name and can be jumped to; the important first."""
    entrance: Entrance


@dataclass(frozen=True, slots=True)
class SunDay:
    """Where the sun stands over a place through one local day."""

    day: date
    timezone: str
    samples: tuple[tuple[int, float, float], ...]
    """Minute of the day by the clock there, azimuth from north by east [°], elevation as it
    appears through the air [°]; every ten minutes, both midnights included."""
    sunrise: time | None
    """By the clock there; none: it does not rise that day."""
    sunset: time | None


class BuildTiles(msgspec.Struct, frozen=True, tag="park.build_tiles"):
    """A job: build the scene of `park` as it is when the job runs."""

    park: SpaceId


class DropTiles(msgspec.Struct, frozen=True, tag="park.drop_tiles"):
    """A job: delete the files of scenes of `park` that are shown no more."""

    park: SpaceId


@dataclass(frozen=True, slots=True)
class Record:
    """A space with everything that the park keeps of it."""

    space: Space
    ancestors: tuple[SpaceId, ...]
    """From the park to the parent."""
    extent: Extent | None
    needle: str
    """What a search looks through."""
    origin: Mapping[Field, FieldValue] = field(default_factory=lambda: MappingProxyType({}))
    """What the file says where an operator's word stands instead."""
    undo: Mapping[Field, FieldValue] | None = None
    """What the last edit changed, as it was before."""
    version: int = 1
