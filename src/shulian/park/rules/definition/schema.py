"""What may stand in a park definition: one structure per thing, every field with its meaning.

Lengths are metres, angles degrees counter-clockwise, areas square metres. `docs/reference/
park-definition.md` is made from the docstrings here.
"""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from shulian.park.types import SceneryKind, SpaceKind, SpaceStatus

Metres = Annotated[float, Meta(ge=-1_000_000, le=1_000_000)]
Height = Annotated[float, Meta(ge=-1_000, le=3_000)]
Length = Annotated[float, Meta(ge=0.01, le=100_000)]
Spacing = Annotated[float, Meta(ge=0.5, le=10_000)]
Aisles = Annotated[tuple[Annotated[int, Meta(ge=1, le=100_000)], ...], Meta(max_length=100)]
Degrees = Annotated[float, Meta(ge=-360, le=360)]
Count = Annotated[int, Meta(ge=1, le=100_000)]
Corner = tuple[Metres, Metres]
"""`[east, north]` in the frame of the entry that draws it."""
LonLat = tuple[Annotated[float, Meta(ge=-180, le=180)], Annotated[float, Meta(ge=-85, le=85)]]
Pair = tuple[Length, Length]
Triple = tuple[Length, Length, Length]


class Words(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A name or a text in both languages; one of them is enough."""

    zh: str = ""
    """Chinese."""
    en: str = ""
    """English."""


class Outline(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where something stands and what it looks like from above: at most one of the shapes."""

    at: Corner = (0.0, 0.0)
    """Where its own zero lies in the frame of its parent: [east, north] [m]."""
    turn: Degrees = 0.0
    """How far its frame is turned against its parent's, counter-clockwise [°]."""
    box: Pair | None = None
    """A rectangle around its zero: [width, depth] [m]."""
    circle: Length | None = None
    """A circle around its zero: its radius [m]."""
    oval: Pair | None = None
    """An ellipse around its zero: [width, depth] [m]."""
    ell: Triple | None = None
    """An L around its zero, its corner in the south-west: [width, depth, thickness] [m]."""
    horseshoe: Triple | None = None
    """A U around its zero, open to the north: [width, depth, thickness] [m]."""
    court: Triple | None = None
    """A rectangle around a courtyard: [width, depth, thickness] [m]."""
    footprint: tuple[Corner, ...] | None = None
    """Its corners one after the other, the first not repeated [m]."""
    holes: tuple[tuple[Corner, ...], ...] = ()
    """Corners of courts cut out of the footprint [m]."""
    geometry: str | None = None
    """A feature of a GeoJSON file, in longitude and latitude: `scenery.geojson#pond`."""
    smooth: bool = False
    """Draw the footprint or the line as a soft curve through the neighbourhood of its corners."""
    fillet: Annotated[float, Meta(ge=0, le=1_000)] = 0.0
    """Round its outer corners with this radius [m]."""


class Part(Outline, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A prism of a body: an outline raised from `base` to `top`, or over a span of storeys."""

    base: Height | None = None
    """Its foot above the park's ground [m]; none: the foot of what it belongs to."""
    top: Height | None = None
    """Its top above the park's ground [m]."""
    storeys: int | str | None = None
    """Instead of base and top, the storeys it reaches over: `1-3`, or `1`."""


class Entry(Outline, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every place of the tree may say of itself."""

    id: str
    """Stable for ever and unique in the installation. One that begins with a hyphen is appended
    to its parent's."""
    name: Words | None = None
    """What it is called, in both languages."""
    about: Words | None = None
    """A few sentences about it."""
    status: SpaceStatus | None = None
    """Where it stands in its life; none: as its parent."""
    delivered: date | None = None
    """The day from which it can be used; none: as its parent."""
    area: Annotated[float, Meta(ge=0, le=1e10)] | UnsetType | None = UNSET
    """Floor area, of open ground its surface [m²]; left out: what its outline gives; `null`:
    unknown."""
    capacity: Annotated[int, Meta(ge=0, le=10_000_000)] | None = None
    """Persons it holds."""
    link: str | None = None
    """A web page about it."""
    order: Annotated[int, Meta(ge=-1_000_000, le=1_000_000)] | None = None
    """Its place among its siblings; none: as written."""
    parts: tuple[Part, ...] | None = None
    """Its body as prisms, where one outline is not enough."""
    doors: tuple[Corner, ...] | None = None
    """Where one can walk through its walls; none: found by the reader; `[]`: nowhere."""
    mesh: str | None = None
    """A GLB file whose triangles are its body, drawn in its own frame, heights above the park's
    ground: `tower.glb`."""


class Seats(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Rows of seats, every one a space of its own: row 1 in front, seat 1 on the left."""

    rows: Count
    """How many rows."""
    per_row: Count
    """How many seats in a row."""
    at: Corner = (0.0, 0.0)
    """The middle of the block in the room's frame [m]."""
    turn: Degrees = 0.0
    """0: the rows look north; otherwise turned counter-clockwise [°]."""
    pitch: Pair = (0.55, 0.95)
    """From seat to seat and from row to row [m]."""
    aisles: Aisles = ()
    """After which seats of a row an aisle runs."""
    aisle: Length = 1.4
    """Width of such an aisle [m]."""


class Booths(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Rows of booths back to back in pairs: A01, A02 … in the north row, then B01 and on."""

    rows: Annotated[int, Meta(ge=1, le=26)]
    """How many rows."""
    per_row: Count
    """How many booths in a row."""
    size: Pair = (3.0, 3.0)
    """Width and depth of a booth [m]."""
    at: Corner = (0.0, 0.0)
    """The middle of the block in the room's frame [m]."""
    turn: Degrees = 0.0
    """The block turned counter-clockwise [°]."""
    aisle: Length = 3.0
    """Width of the aisle between two pairs of rows, and of the cross aisles [m]."""
    aisles: Aisles = ()
    """After which booths of a row a cross aisle runs."""


class Tables(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Rows of tables, numbered through from the north-west."""

    rows: Count
    """How many rows."""
    per_row: Count
    """How many tables in a row."""
    size: Pair = (1.6, 0.8)
    """Width and depth of a table [m]."""
    at: Corner = (0.0, 0.0)
    """The middle of the block in the room's frame [m]."""
    turn: Degrees = 0.0
    """The block turned counter-clockwise [°]."""
    pitch: Pair = (3.2, 3.2)
    """From table to table and from row to row [m]."""
    seats: Count = 4
    """Persons at a table."""


class Ground(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the ground of an open place looks like."""

    kind: SceneryKind = SceneryKind.PAVED
    """How its surface is drawn: `paved`, `green`, `water` …"""
    trees: Spacing | None = None
    """Plant a grove on it, a tree about every so many metres [m]."""


class Place(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Anything that is neither site, phase, building nor storey: a hall, a booth, a plaza."""

    kind: SpaceKind | None = None
    """What it is; needed unless the entry only adds to a space that a layout made."""
    base: Height = 0.0
    """Its floor above the floor of its storey [m]."""
    height: Annotated[float, Meta(ge=0, le=1_000)] | None = None
    """From its floor to its top [m]; none: up to the ceiling, of furniture the usual."""
    ground: Ground | None = None
    """How the surface of an open place is drawn."""
    seats: Seats | None = None
    """Seats standing in it."""
    booths: Booths | None = None
    """Booths standing in it."""
    tables: Tables | None = None
    """Tables standing in it."""
    spaces: tuple["Place", ...] = ()
    """What lies in it: a stage in a hall."""


class Layout(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A plan that draws a whole storey: rooms on a corridor, halls on a foyer, or one open space.

    Rooms are numbered around the corridor in the order of the kinds here.
    """

    offices: Count | None = None
    """So many offices along a corridor."""
    labs: Count | None = None
    """So many labs along a corridor."""
    studios: Count | None = None
    """So many studios along a corridor."""
    meeting_rooms: Count | None = None
    """So many meeting rooms along a corridor."""
    shops: Count | None = None
    """So many shops along a corridor."""
    corridor: Length = 2.4
    """Width of the corridor [m]."""
    core: Pair | None = None
    """In a box: the corridor runs around a core of this [width, depth] [m] in the middle."""
    lobby: Length = 9.0
    """Width of the lobby behind the entrance of the ground storey [m]."""
    halls: Count | None = None
    """So many halls side by side behind a foyer along the south side."""
    foyer: Length = 8.0
    """Depth of that foyer [m]."""
    open: SpaceKind | None = None
    """One space of this kind takes all that stairs and rooms drawn by hand leave free."""
    stairs: Annotated[int, Meta(ge=1, le=2)] | None = None
    """How many stairs; none: two where the corridor is longer than 45 m."""


class Storey(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A storey, or several alike. Without an outline it takes the building's."""

    id: str = ""
    """Left out, the building's with `-f02` (`-b01` below ground) appended."""
    storeys: int | str
    """Which: `1` is the ground storey, `B1` the first below ground, `3-9` seven alike."""
    height: Annotated[float, Meta(ge=0, le=1_000)] | None = None
    """From its floor to the next [m]; none: the building's `storey_height`."""
    base: Height | None = None
    """Its floor above the park's ground [m]; none: on top of the one below."""
    layout: Layout | None = None
    """The plan that draws its rooms."""
    spaces: tuple[Place, ...] = ()
    """Rooms drawn by hand, and what is to be said of rooms of the layout."""


class Crown(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A set-back top on the roof: plant, a last half storey."""

    inset: Length
    """How far it stays behind the walls below [m]."""
    height: Length
    """How high it rises above the roof [m]."""


class Building(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A building: a mass with a number of storeys, or one that can be walked storey by storey."""

    base: Height = 0.0
    """Its ground storey's floor above the park's ground [m]."""
    height: Annotated[float, Meta(ge=0, le=1_000)] | None = None
    """From base to top [m], where storeys do not say it."""
    storeys: Annotated[int, Meta(ge=1, le=200)] | tuple[Storey, ...] = ()
    """How many storeys it has; or each of them, from below, to walk in."""
    storey_height: Annotated[float, Meta(gt=0, le=100)] = 4.2
    """From floor to floor where a storey does not say it [m]."""
    crown: Crown | None = None
    """A set-back top on its highest roof."""
    stairs: tuple[Outline, ...] = ()
    """Stairs that stand at the same place on every storey; none: where the layouts put them."""
    spaces: tuple[Place, ...] = ()
    """Spaces on no storey, and what is to be said of rooms of the layouts."""


class Phase(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stage in which a site is built."""

    buildings: tuple[Building | str, ...] = ()
    """Its buildings, or names of the files that hold one each."""
    spaces: tuple[Place, ...] = ()
    """Its plazas, gardens, parking."""


class Area(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of several pieces of ground."""

    footprint: tuple[Corner, ...]
    """Its corners [m]."""
    holes: tuple[tuple[Corner, ...], ...] = ()
    """Corners of what is cut out of it [m]."""


class Scene(Outline, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What lies between the buildings: roads, water, lawns, trees."""

    id: str
    """Stable and unique among the scenery of the park."""
    kind: SceneryKind
    """What it is."""
    name: Words | None = None
    """What it is called."""
    line: tuple[Corner, ...] | None = None
    """The middle of a road, a path, a canal or a row of trees [m]."""
    width: Length | None = None
    """Width of a line [m]; none: that of its kind."""
    areas: tuple[Area, ...] | None = None
    """Several pieces of ground at once."""
    points: tuple[Corner, ...] | None = None
    """Where single trees stand [m]."""
    trees: Spacing | None = None
    """A tree every so many metres: on both sides of a road or path, on a line of trees, or
    about that far apart on an area [m]."""
    walks: Length | None = None
    """Width of the pavements on both sides of a road [m]."""


class Site(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A piece of land with its own zero and grid. One that draws nothing is a place to link."""

    origin: LonLat | None = None
    """Longitude and latitude of its zero [°, WGS 84]; none: drawn in the park's metres."""
    phases: tuple[Phase | str, ...] = ()
    """Its phases, or names of the files that hold one each."""
    buildings: tuple[Building | str, ...] = ()
    """Buildings outside the phases, or names of the files that hold one each."""
    spaces: tuple[Place, ...] = ()
    """Its plazas, gardens, parking."""
    scenery: tuple[Scene | str, ...] = ()
    """What lies between its buildings, or names of files that hold lists of it."""


class Entrance(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a visitor starts."""

    east: Metres
    """In the park's metres [m]."""
    north: Metres
    """In the park's metres [m]."""
    heading: Degrees = 0.0
    """Where the visitor looks: 0 north, 90 east [°]."""


class Park(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole park: the one thing that stands in the first file."""

    origin: LonLat
    """Longitude and latitude of the zero of its metres [°, WGS 84]."""
    timezone: str = "Asia/Shanghai"
    """Its time zone by the name of the IANA database."""
    entrance: Entrance | None = None
    """Where a visitor starts."""
    sites: tuple[Site | str, ...] = ()
    """Its sites, or names of the files that hold one each."""
    buildings: tuple[Building | str, ...] = ()
    """Buildings on no site, or names of the files that hold one each."""
    spaces: tuple[Place, ...] = ()
    """Places on no site."""
    scenery: tuple[Scene | str, ...] = ()
    """What lies between the sites, or names of files that hold lists of it."""
