"""Buildings as spaces: their prisms, names, addresses and ids."""

from collections.abc import Mapping, Sequence

import shapely

from shulian.kit.text import Text
from shulian.park.rules.geojson.bodies import Body
from shulian.park.rules.geojson.effort import Effort
from shulian.park.rules.geojson.raising import Solids
from shulian.park.rules.geojson.report import Report
from shulian.park.types import Prism, Shape, Space, SpaceId, SpaceKind, SpaceStatus

_NEAR = 30.0
"""[m] a point that names a building lies no farther from it."""

Label = tuple[Text, float, float]
"""A name, and where it stands: metres east and north."""


def named(bodies: Sequence[Body], labels: Mapping[str, Label]) -> None:
    """Give bodies without a name that of a point which has their id and lies on them."""
    if not labels:
        return
    for body in bodies:
        if not body.item.name and (label := labels.get(body.key)):
            words, east, north = label
            if shapely.distance(body.shape, shapely.Point(east, north)) <= _NEAR:
                body.item.name = words


def spaces(
    bodies: Sequence[Body], park: SpaceId, site: SpaceId, effort: Effort, report: Report
) -> list[Space]:
    """Each body as a building of `site`."""
    solids = Solids(effort)
    counts = [solids.raised(body) for body in bodies]
    for file, count in solids.guessed.items():
        words = f"no height is given for {count} of the buildings; taken from what they are"
        report.say("height_missing", file, words)
    prisms = solids.prisms()
    result: list[Space] = []
    end = 0
    for body, count in zip(bodies, counts, strict=True):
        if body.parts or body.item.altered or body.item.extent.fault:
            _say_faults(body, report)
        start, end = end, end + count
        if count:
            result.append(_space(body, tuple(prisms[start:end]), park, site))
    return result


def _space(body: Body, prisms: tuple[Prism, ...], park: SpaceId, site: SpaceId) -> Space:
    item = body.item
    words = item.name
    if body.parts and not words:
        words = next((part.item.name for part in body.parts if part.item.name), words)
    return Space(
        id=SpaceId(f"{park}.{body.key}"),
        parent=site,
        kind=SpaceKind.BUILDING,
        name=words,
        about=item.about,
        shape=Shape(prisms),
        status=SpaceStatus.BUILDING if item.rising else SpaceStatus.OPEN,
        link=item.link,
    )


def _say_faults(body: Body, report: Report) -> None:
    item = body.item
    if item.extent.fault:
        words = f"{item.extent.fault} is no height one can believe; left out of account"
        report.say_of("height_absurd", item, words)
    if item.altered:
        words = "its name lost control characters, or what was beyond its bound"
        report.say_of("name_cleaned", item, words)
    for part in body.parts:
        _say_faults(part, report)
