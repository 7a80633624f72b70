"""What the park says over HTTP and on the live channel, and what it takes.

Lengths are metres, areas square metres, capacities persons. Both languages always travel
together; the reader chooses.
"""

from datetime import date, datetime
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from shulian.kit.text import Text
from shulian.park.types import (
    Details,
    Hit,
    LiveStatus,
    LiveToken,
    ParkSummary,
    Scene,
    SpaceId,
    SpaceKind,
    SpaceStatus,
    Step,
    SunDay,
)

Pair = tuple[float, float]
Bounds = tuple[float, float, float, float]
"""Least east, least north, greatest east, greatest north."""


class LiveView(Struct, frozen=True):
    """What a space is now; one without a token takes away what was said before."""

    space: SpaceId
    token: LiveToken | None
    words: Text
    number: float | None
    until: datetime | None
    """From then on it counts no more; whoever shows it drops it and asks anew."""


class LiveList(Struct, frozen=True):
    """What the spaces of a park are now; of spaces that are not listed nothing is said."""

    statuses: tuple[LiveView, ...]


class ParkView(Struct, frozen=True):
    """A park in the list of parks."""

    id: SpaceId
    name: Text
    about: Text
    spaces: int
    buildings: int


class SpaceStep(Struct, frozen=True):
    """A space on the way down to another."""

    id: SpaceId
    kind: SpaceKind
    name: Text


class SpaceChild(Struct, frozen=True):
    """A space that stands directly in another."""

    id: SpaceId
    kind: SpaceKind
    name: Text
    order: int
    base: float | None
    height: float | None
    live: LiveView | None


class SpaceView(Struct, frozen=True):
    """A space and what surrounds it."""

    id: SpaceId
    parent: SpaceId | None
    park: SpaceId
    kind: SpaceKind
    name: Text
    about: Text
    order: int
    area: float | None
    capacity: int | None
    delivered: date | None
    """The day from which it can be used: its own, or of the nearest space above that has one."""
    status: SpaceStatus
    """In force: what stands in a planned phase is planned."""
    link: str | None
    base: float | None
    height: float | None
    center: Pair | None
    path: tuple[SpaceStep, ...]
    children: tuple[SpaceChild, ...]
    live: LiveView | None
    version: int
    """An edit that names it is refused if the space has changed since."""


class SearchHit(Struct, frozen=True):
    """A space that a search found, with the names on the way down to it."""

    id: SpaceId
    kind: SpaceKind
    name: Text
    park: SpaceId
    path: Text
    center: Pair | None
    base: float | None
    height: float | None


class SearchResult(Struct, frozen=True):
    """What a search found, the best first."""

    hits: tuple[SearchHit, ...]


class SunView(Struct, frozen=True):
    """Where the sun stands through one local day."""

    date: date
    timezone: str
    samples: tuple[tuple[int, float, float], ...]
    """Minute of the local day, azimuth and apparent elevation [°], every ten minutes from 0 to
    1440."""
    sunrise: str | None
    """`HH:MM` by the clock there."""
    sunset: str | None


class ParkHead(Struct, frozen=True):
    """A park's name and what it says of itself."""

    id: SpaceId
    name: Text
    about: Text


class PlaceView(Struct, frozen=True):
    """A space worth a label or a jump."""

    id: SpaceId
    kind: SpaceKind
    name: Text
    center: Pair | None
    base: float | None
    height: float | None
    parent: SpaceId | None


class PhaseView(Struct, frozen=True):
    """A stage of the park's building-out, and the site it builds."""

    id: SpaceId
    name: Text
    delivered: date | None
    site: SpaceId | None


class Geolocation(Struct, frozen=True):
    """Where the zero of a park's metres lies [°, WGS 84], and its time zone."""

    longitude: float
    latitude: float
    timezone: str


class EntranceView(Struct, frozen=True):
    """Where a visitor starts; heading 0 is north, 90 east [°]."""

    east: float
    north: float
    heading: float


class SceneManifest(Struct, frozen=True):
    """What a client needs to open a park's scene; addresses are none until tiles are built."""

    park: ParkHead
    place: Geolocation
    tileset: str | None
    version: str | None
    storeys: str | None
    trees: str | None
    bounds: Bounds
    phases: tuple[PhaseView, ...]
    """In order of delivery."""
    places: tuple[PlaceView, ...]
    """The important first; 400 at the most."""
    entrance: EntranceView


class StoreyFile(Struct, frozen=True):
    """A storey in a tileset's `storeys.json`, which lists them by the ids of their buildings."""

    id: SpaceId
    name: Text
    order: int
    base: float
    height: float
    uri: str
    center: Pair
    bounds: Bounds


class TilesetChanged(Struct, frozen=True):
    """A park's scene was built anew."""

    park: SpaceId
    version: str


class ProgressView(Struct, frozen=True):
    """How far the building of a park's scene has come."""

    job: str
    done: int
    total: int
    words: Text
    failed: bool


class TextPatch(Struct, frozen=True, forbid_unknown_fields=True):
    """The sides of a text that change."""

    zh: str | UnsetType = UNSET
    en: str | UnsetType = UNSET


class SpacePatch(Struct, frozen=True, forbid_unknown_fields=True):
    """What changes of a space; what is left out stays."""

    name: TextPatch | UnsetType = UNSET
    about: TextPatch | UnsetType = UNSET
    kind: SpaceKind | UnsetType = UNSET
    capacity: int | UnsetType | None = UNSET
    status: SpaceStatus | UnsetType = UNSET
    link: str | UnsetType | None = UNSET
    version: int | UnsetType = UNSET
    """The version the edit was made on; left out: whatever it is now."""


class LivePut(Struct, frozen=True, forbid_unknown_fields=True):
    """What an operator says a space is now."""

    token: LiveToken
    words: Text = msgspec.field(default_factory=Text)
    number: float | None = None
    until: Annotated[datetime, Meta(tz=True)] | None = None


def live_view(space: SpaceId, status: LiveStatus | None) -> LiveView:
    """What `status` says of `space`; nothing any more if there is none."""
    if status is None:
        return LiveView(space, None, Text(), None, None)
    return LiveView(space, status.token, status.words, status.number, status.until)


def live_list(statuses: tuple[LiveStatus, ...]) -> LiveList:
    """Statuses of several spaces."""
    return LiveList(tuple(live_view(one.space, one) for one in statuses))


def park_view(park: ParkSummary) -> ParkView:
    """A park in the list of parks."""
    return ParkView(park.id, park.name, park.about, park.spaces, park.buildings)


def space_view(details: Details) -> SpaceView:
    """A space and what surrounds it."""
    space, extent = details.space, details.extent
    live = {one.space: live_view(one.space, one) for one in details.live}
    return SpaceView(
        id=space.id,
        parent=space.parent,
        park=details.park,
        kind=space.kind,
        name=space.name,
        about=space.about,
        order=space.order,
        area=space.area,
        capacity=space.capacity,
        delivered=details.delivered,
        status=details.status,
        link=space.link,
        base=extent.base if extent else None,
        height=extent.height if extent else None,
        center=extent.center if extent else None,
        path=tuple(SpaceStep(one.id, one.kind, one.name) for one in details.path),
        children=tuple(_child(one, live.get(one.id)) for one in details.children),
        live=live.get(space.id),
        version=details.version,
    )


def search_result(hits: tuple[Hit, ...]) -> SearchResult:
    """What a search found."""
    return SearchResult(tuple(_hit(one) for one in hits))


def sun_view(sun: SunDay) -> SunView:
    """Where the sun stands through one local day."""
    rise, fall = (f"{one:%H:%M}" if one else None for one in (sun.sunrise, sun.sunset))
    return SunView(sun.day, sun.timezone, sun.samples, rise, fall)


def scene_manifest(scene: Scene) -> SceneManifest:
    """What a client needs to open a park's scene."""
    park, place, entrance = scene.park, scene.place, scene.entrance
    version = scene.tileset.version if scene.tileset else None
    folder = f"/tiles/{park.id}/{version}" if version else None
    return SceneManifest(
        park=ParkHead(park.id, park.name, park.about),
        place=Geolocation(place.longitude, place.latitude, place.timezone),
        tileset=folder and f"{folder}/tileset.json",
        version=version,
        storeys=folder and f"{folder}/storeys.json",
        trees=folder and f"{folder}/trees.bin",
        bounds=scene.bounds,
        phases=tuple(
            PhaseView(one.id, one.name, one.delivered, one.parent) for one in scene.phases
        ),
        places=tuple(_place(one) for one in scene.places),
        entrance=EntranceView(entrance.east, entrance.north, entrance.heading),
    )


def _child(step: Step, live: LiveView | None) -> SpaceChild:
    base, height = _rise(step)
    return SpaceChild(step.id, step.kind, step.name, step.order, base, height, live)


def _hit(hit: Hit) -> SearchHit:
    step = hit.step
    base, height = _rise(step)
    return SearchHit(step.id, step.kind, step.name, hit.park, hit.path, _center(step), base, height)


def _place(step: Step) -> PlaceView:
    base, height = _rise(step)
    return PlaceView(step.id, step.kind, step.name, _center(step), base, height, step.parent)


def _center(step: Step) -> Pair | None:
    return step.extent.center if step.extent else None


def _rise(step: Step) -> tuple[float, float] | tuple[None, None]:
    return (step.extent.base, step.extent.height) if step.extent else (None, None)
