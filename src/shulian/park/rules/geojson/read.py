"""The door of the import: files of GeoJSON in, the plan of a park out."""

import gc
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
from tzfpy import get_tz

from shulian.kit.geometry import Frame
from shulian.kit.text import Text
from shulian.park.errors import ImportEmpty
from shulian.park.rules.geojson import buildings
from shulian.park.rules.geojson.areas import array_of
from shulian.park.rules.geojson.assembly import assembled
from shulian.park.rules.geojson.bodies import bodies
from shulian.park.rules.geojson.collect import collect
from shulian.park.rules.geojson.columns import Columns, Flags, Runs, runs
from shulian.park.rules.geojson.crs import to_degrees
from shulian.park.rules.geojson.documents import features
from shulian.park.rules.geojson.earth import LonLat, middle_of, survey
from shulian.park.rules.geojson.files import opened
from shulian.park.rules.geojson.grammar import Value
from shulian.park.rules.geojson.items import File, Item
from shulian.park.rules.geojson.keys import of_geometry
from shulian.park.rules.geojson.materials import Materials, materials
from shulian.park.rules.geojson.report import Report
from shulian.park.rules.geojson.roles import Role
from shulian.park.rules.geojson.scenery import scenery
from shulian.park.rules.geojson.words import NAMELESS, cleaned
from shulian.park.types import Import, ParkPlan, Place, Scenery, Space, SpaceId, SpaceKind

_REACH = 1e6
"""[m] from the origin to the farthest end of a river or a road."""
_BODY = 1e5
"""[m] from the origin to the farthest corner of a building."""
LIMIT = 256 << 20
"""[byte] all files may have together, unpacked."""


def read(
    files: Sequence[tuple[str, bytes]],
    *,
    park: SpaceId,
    name: Text = NAMELESS,
    site: SpaceId | None = None,
    site_name: Text = NAMELESS,
    origin: LonLat | None = None,
    timezone: str | None = None,
    limit: int = LIMIT,
) -> Import:
    """The park that files of GeoJSON show: one site with its buildings, and the scenery between.

    Understood are OpenStreetMap's tags and their spellings in the exports of Tilezen, GDAL,
    osmtogeojson, osmium, Overture and OpenMapTiles. A file may be a collection, one feature or
    geometry, or one of these a line, plain or gzipped. The same files give the same plan.

    files   name and content of each; the name appears in notices
    site    id of the site, `<park>.site` if not given; the names default to the park's
    origin  (longitude, latitude) [°] of the plane; the middle of the buildings if not given
    timezone  of the tz database; that of the plane's origin if not given
    limit   [byte] all files may have together, unpacked

    Raises the failures below `park.errors.ImportRefused`, ImportTooLarge and ImportCrowded;
    mistakes of single features become notices.
    """
    with _uninterrupted():
        report = Report()
        names = [cleaned(file) or f"file {number}" for number, (file, _) in enumerate(files, 1)]
        columns, degrees = _collected(names, files, report, limit)
        kept, middle = _located(columns.items, degrees, names, origin, report)
        _say_opened(columns, report)
        items, degrees = _only(columns.items, degrees, kept)
        metres, items, degrees = _on_plane(Frame(*middle), items, degrees, report)
        if not items:
            raise ImportEmpty(files=", ".join(names), first=report.first())
        _identify(items, degrees)
        top = _spaces(park, name, site or SpaceId(f"{park}.site"), site_name)
        stuff = materials(items, metres, degrees, report)
        below, between = _built(park, top[-1].id, stuff)
        if not below and not between:
            raise ImportEmpty(files=", ".join(names), first=report.first())
        place = Place(park, *middle, timezone or get_tz(*middle))
        return Import(ParkPlan(place, (*top, *below), tuple(between)), report.notices())


@contextmanager
def _uninterrupted() -> Generator[None]:
    """Without the collector of cycles: millions of values are made here, and none has a cycle.

    What was made joins the oldest generation unseen, unless somebody keeps frozen values there.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():
            gc.freeze()
            gc.unfreeze()
        if collecting:
            gc.enable()


def _collected(
    names: Sequence[str], files: Sequence[tuple[str, bytes]], report: Report, limit: int
) -> tuple[Columns, Runs]:
    """The features of all files, their positions in degrees."""
    columns = Columns()
    ends: list[int] = []
    systems: list[Value] = []
    for number, (_, data) in enumerate(files):
        text = opened(names[number], data, limit=limit)
        limit -= len(text)
        found = features(names[number], text)
        collect(File(number, names[number]), found.records, columns, report)
        ends.append(len(columns.numbers) // 2)
        systems.append(found.crs)
    whole = runs(columns)
    start = 0
    for number, (end, crs) in enumerate(zip(ends, systems, strict=True)):
        if crs is not None and end > start:
            whole.positions[start:end] = to_degrees(names[number], crs, whole.positions[start:end])
        start = end
    return columns, whole


def _located(
    items: Sequence[Item],
    degrees: Runs,
    names: Sequence[str],
    origin: LonLat | None,
    report: Report,
) -> tuple[Flags, LonLat]:
    """Which items stay, and the origin of the park."""
    ground = survey(degrees, items, names, origin, report)
    if origin is not None:
        return ground.kept, origin
    built = np.array([item.role in (Role.BUILDING, Role.PART) for item in items], dtype=bool)
    wanted = ground.kept & built if (ground.kept & built).any() else ground.kept
    return ground.kept, middle_of(degrees.of(wanted).positions)


def _say_opened(columns: Columns, report: Report) -> None:
    for index in dict.fromkeys(columns.opened):
        report.say_of("unclosed", columns.items[index], "has a ring left open; closed")


def _only(items: Sequence[Item], whole: Runs, kept: Flags) -> tuple[list[Item], Runs]:
    """The items that are kept, and their runs; owners are counted anew."""
    if kept.all():
        return list(items), whole
    some = whole.of(kept)
    numbers = np.cumsum(kept) - 1
    left = [item for item, stays in zip(items, kept.tolist(), strict=True) if stays]
    return left, replace(some, owners=numbers[some.owners])


def _on_plane(
    frame: Frame, items: list[Item], degrees: Runs, report: Report
) -> tuple[Runs, list[Item], Runs]:
    """Positions in metres; items that reach farther than such things do are left out."""
    plane = frame.to_plane(degrees.positions)
    if np.abs(plane).max(initial=0.0) <= _BODY:
        return replace(degrees, positions=plane), items, degrees
    bodies = np.array([item.role in (Role.BUILDING, Role.PART) for item in items], dtype=bool)
    owner = degrees.owners_of_positions()
    near = np.abs(plane).max(axis=1) <= np.where(bodies, _BODY, _REACH)[owner]
    beyond = np.bincount(owner[~near], minlength=len(items)) > 0
    for index in np.flatnonzero(beyond).tolist():
        report.say_of("far_away", items[index], "reaches too far; left out")
    items, degrees = _only(items, degrees, ~beyond)
    return replace(degrees, positions=frame.to_plane(degrees.positions)), items, degrees


def _identify(items: Sequence[Item], degrees: Runs) -> None:
    """Give items without a key that of their positions."""
    ends = degrees.begins(len(items)).tolist()
    for index, item in enumerate(items):
        if not item.key:
            item.key = of_geometry(degrees.positions[ends[index] : ends[index + 1]])


def _spaces(park: SpaceId, name: Text, site: SpaceId, site_name: Text) -> tuple[Space, Space]:
    words = name or Text(en=park)
    return (
        Space(park, None, SpaceKind.PARK, words),
        Space(site, park, SpaceKind.SITE, site_name or words),
    )


def _built(park: SpaceId, site: SpaceId, stuff: Materials) -> tuple[list[Space], list[Scenery]]:
    outlines = bodies(stuff, part=False)
    buildings.named(outlines, _labels(stuff))
    built = assembled(outlines, bodies(stuff, part=True), stuff.report)
    spaces = buildings.spaces(built, park, site, stuff.effort, stuff.report)
    polygons = [one.polygons for body in built for one in (body, *body.parts)]
    footprints = np.concatenate([array_of([]), *polygons])
    return spaces, scenery(park, stuff, footprints)


def _labels(stuff: Materials) -> dict[str, buildings.Label]:
    """Names that stand at points, by the key they share with what they name."""
    labels: dict[str, buildings.Label] = {}
    for index, item in enumerate(stuff.items):
        if item.role is Role.NAME and item.name:
            east, north = stuff.first[index].tolist()
            labels.setdefault(item.key, (item.name, east, north))
    return labels
